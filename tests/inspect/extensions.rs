//! Every extension that is read here.

use serde_json::json;

use crate::common::Folder;
use crate::{certificate, decoded, folder_with, json};

const LINES: &str = "\
basicConstraints=critical,CA:TRUE,pathlen:3
keyUsage=critical,digitalSignature,keyAgreement,keyCertSign,cRLSign,decipherOnly
extendedKeyUsage=serverAuth,clientAuth,1.3.6.1.4.1.311.20.2.2
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid:always,issuer:always
subjectAltName=@names
issuerAltName=URI:http://issuer.example/
nameConstraints=critical,permitted;DNS:example.com,permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:2001:db8::/ffff:ffff::,permitted;dirName:directory,excluded;email:.bad.example,excluded;IP:10.9.0.0/255.255.0.255
certificatePolicies=1.2.3.4,@policy
policyConstraints=requireExplicitPolicy:3,inhibitPolicyMapping:0
policyMappings=1.2.3:2.999.4
inhibitAnyPolicy=2
authorityInfoAccess=OCSP;URI:http://ocsp.example/,caIssuers;URI:http://ca.example/ca.crt,caIssuers;DNS:ca.example
subjectInfoAccess=1.3.6.1.5.5.7.48.5;URI:http://repository.example/
crlDistributionPoints=point,relative
freshestCRL=URI:http://crl.example/delta.crl
nsCertType=client,sslCA
nsComment=hello there
nsBaseUrl=http://base.example/
tlsfeature=status_request
noCheck=yes
1.3.6.1.4.1.311.20.2=ASN1:BMP:WebServer
1.3.6.1.4.1.311.21.1=ASN1:INTEGER:131075
1.3.6.1.4.1.311.21.7=ASN1:SEQUENCE:template
1.3.6.1.4.1.311.21.10=ASN1:SEQUENCE:applications
1.3.6.1.4.1.11129.2.4.2=DER:0435003300310001020304050607080910111213141516171819202122232425262728293031320000018bcfe56800000004030002aabb
1.3.6.1.5.5.7.1.3=ASN1:SEQUENCE:applications
2.5.29.16=DER:3022800f32303234303130313030303030305a810f32303234313233313233353935395a
1.2.3.4.5=critical,DER:0403010203
[names]
DNS.1=localhost
DNS.2=*.example.com
IP.1=127.0.0.1
IP.2=::1
email.1=amy@example.com
URI.1=spiffe://example/amy
RID.1=1.2.3.4
dirName.1=directory
otherName.1=1.3.6.1.4.1.311.20.2.3;UTF8:amy@corp.example
otherName.2=1.2.3.4;IA5:x
[directory]
O=Bob, Inc.
CN=bob
[policy]
policyIdentifier=1.3.5.8
CPS.1=http://cps.example/
CPS.2=http://cps.example/2
userNotice.1=@notice
[notice]
explicitText=UTF8:Hello
organization=Bob
noticeNumbers=1,2
[point]
fullname=URI:http://crl.example/a.crl,URI:ldap://crl.example/a
CRLissuer=dirName:directory
reasons=keyCompromise,CACompromise,AACompromise
[relative]
relativename=relative_name
[relative_name]
CN=list
[template]
a=OID:1.3.6.1.4.1.311.21.8.1.2.3
b=INTEGER:100
c=INTEGER:5
[applications]
a=SEQUENCE:application
[application]
a=OID:1.3.6.1.5.5.7.3.1
";

fn full() -> Folder {
    let folder = folder_with(LINES);
    folder.openssl("req -x509 -new -key k -config x.cnf -extensions x -days 3 -out full.crt");
    folder
}

#[test]
fn the_ones_that_decide_stand_by_themselves() {
    let folder = full();
    let details = certificate(&folder, "full.crt");
    let extensions = &details.extensions;
    assert_eq!(
        json(&extensions.alt_names),
        json!([
            { "dns": "localhost" },
            { "dns": "*.example.com" },
            { "ip": "127.0.0.1" },
            { "ip": "::1" },
            { "email": "amy@example.com" },
            { "uri": "spiffe://example/amy" },
            { "registeredId": "1.2.3.4" },
            { "directoryName": "CN=bob,O=Bob\\, Inc." },
            { "upn": "amy@corp.example" },
            { "otherName": { "oid": "1.2.3.4", "value": "16:01:78" } },
        ])
    );
    assert_eq!(
        extensions.key_usage,
        ["digitalSignature", "keyAgreement", "keyCertSign", "cRLSign", "decipherOnly"]
    );
    assert_eq!(extensions.extended_key_usage, ["serverAuth", "clientAuth", "1.3.6.1.4.1.311.20.2.2"]);
    assert_eq!(json(&extensions.basic_constraints), json!({ "ca": true, "pathLength": 3 }));
    assert_eq!(
        json(&extensions.name_constraints),
        json!({
            "permitted": [
                { "dns": "example.com" },
                { "ip": "10.0.0.0/8" },
                { "ip": "2001:db8::/32" },
                { "directoryName": "CN=bob,O=Bob\\, Inc." },
            ],
            "excluded": [{ "email": ".bad.example" }, { "ip": "10.9.0.0/255.255.0.255" }],
        })
    );
    assert_eq!(
        json(&extensions.crl_distribution_points),
        json!(["http://crl.example/a.crl", "ldap://crl.example/a"])
    );
    assert_eq!(
        json(&extensions.authority_info_access),
        json!({ "ocsp": ["http://ocsp.example/"], "caIssuers": ["http://ca.example/ca.crt"] })
    );
    assert_eq!(
        json(&extensions.certificate_policies),
        json!([
            { "oid": "1.2.3.4", "cps": [] },
            { "oid": "1.3.5.8", "cps": ["http://cps.example/", "http://cps.example/2"] },
        ])
    );
    let own = extensions.subject_key_identifier.as_deref().unwrap();
    assert_eq!(extensions.authority_key_identifier.as_deref(), Some(own));
    assert!(folder.openssl("x509 -in full.crt -noout -ext subjectKeyIdentifier").contains(own));
    assert!(details.self_signed);
}

#[test]
fn each_is_decoded() {
    let folder = full();
    let details = certificate(&folder, "full.crt");
    let all = &details.extensions.extensions;
    assert_eq!(all.len(), 29);
    let is = |name: &str, critical, value| assert_eq!(decoded(all, name), (critical, value), "{name}");
    let own = json(&details.extensions.subject_key_identifier);
    is("basicConstraints", true, json!({ "ca": true, "pathLength": 3 }));
    is("keyUsage", true, json(&details.extensions.key_usage));
    is("extendedKeyUsage", false, json(&details.extensions.extended_key_usage));
    is("subjectKeyIdentifier", false, own.clone());
    is(
        "authorityKeyIdentifier",
        false,
        json!({
            "keyIdentifier": own,
            "issuer": [{ "directoryName": "CN=bob" }],
            "serialNumber": details.serial_number,
        }),
    );
    is("subjectAltName", false, json(&details.extensions.alt_names));
    is("issuerAltName", false, json!([{ "uri": "http://issuer.example/" }]));
    is("nameConstraints", true, json(&details.extensions.name_constraints));
    is(
        "certificatePolicies",
        false,
        json!([
            { "oid": "1.2.3.4", "cps": [], "userNotices": [] },
            {
                "oid": "1.3.5.8",
                "cps": ["http://cps.example/", "http://cps.example/2"],
                "userNotices": ["Hello"],
            },
        ]),
    );
    is("policyConstraints", false, json!({ "requireExplicitPolicy": 3, "inhibitPolicyMapping": 0 }));
    is("policyMappings", false, json!([{ "issuer": "1.2.3", "subject": "2.999.4" }]));
    is("inhibitAnyPolicy", false, json!(2));
    is(
        "authorityInfoAccess",
        false,
        json!([
            { "method": "ocsp", "location": { "uri": "http://ocsp.example/" } },
            { "method": "caIssuers", "location": { "uri": "http://ca.example/ca.crt" } },
            { "method": "caIssuers", "location": { "dns": "ca.example" } },
        ]),
    );
    is(
        "subjectInfoAccess",
        false,
        json!([{ "method": "caRepository", "location": { "uri": "http://repository.example/" } }]),
    );
    is(
        "cRLDistributionPoints",
        false,
        json!([
            {
                "name": [{ "uri": "http://crl.example/a.crl" }, { "uri": "ldap://crl.example/a" }],
                "reasons": ["keyCompromise", "cACompromise", "aACompromise"],
                "crlIssuer": [{ "directoryName": "CN=bob,O=Bob\\, Inc." }],
            },
            { "name": "CN=list" },
        ]),
    );
    is("freshestCRL", false, json!([{ "name": [{ "uri": "http://crl.example/delta.crl" }] }]));
    is("nsCertType", false, json!(["client", "sslCA"]));
    is("nsComment", false, json!("hello there"));
    is("nsBaseUrl", false, json!("http://base.example/"));
    is("tlsFeature", false, json!(["status_request"]));
    is("ocspNoCheck", false, json!(null));
    is("msCertificateTemplateName", false, json!("WebServer"));
    is("msCaVersion", false, json!({ "certificate": 3, "key": 2 }));
    is(
        "msCertificateTemplate",
        false,
        json!({ "oid": "1.3.6.1.4.1.311.21.8.1.2.3", "majorVersion": 100, "minorVersion": 5 }),
    );
    is("msApplicationPolicies", false, json!(["1.3.6.1.5.5.7.3.1"]));
    is("qcStatements", false, json!(["1.3.6.1.5.5.7.3.1"]));
    is(
        "privateKeyUsagePeriod",
        false,
        json!({ "notBefore": "2024-01-01T00:00:00Z", "notAfter": "2024-12-31T23:59:59Z" }),
    );
    let log =
        "01:02:03:04:05:06:07:08:09:10:11:12:13:14:15:16:17:18:19:20:21:22:23:24:25:26:27:28:29:30:31:32";
    is("signedCertificateTimestamps", false, json!([{ "logId": log, "timestamp": "2023-11-14T22:13:20Z" }]));
    let unknown = all.iter().find(|extension| extension.oid == "1.2.3.4.5").unwrap();
    assert_eq!(
        json(unknown),
        json!({ "oid": "1.2.3.4.5", "critical": true, "value": "04:03:01:02:03" }),
        "no name, nothing decoded"
    );
}

#[test]
fn one_that_is_malformed_is_shown_in_hexadecimal() {
    for (name, value, hexadecimal) in [
        ("subjectAltName", "04020000", "04:02:00:00"),
        ("basicConstraints", "0500", "05:00"),
        ("keyUsage", "3000", "30:00"),
        ("nameConstraints", "300102", "30:01:02"),
        ("certificatePolicies", "ff", "FF"),
        ("1.3.6.1.4.1.11129.2.4.2", "0402ffff", "04:02:FF:FF"),
        ("1.3.6.1.4.1.311.21.7", "0500", "05:00"),
        ("1.3.6.1.5.5.7.1.24", "30020500", "30:02:05:00"),
    ] {
        let folder = folder_with(&format!("{name}=DER:{value}\n"));
        folder.openssl("req -x509 -new -key k -config x.cnf -extensions x -out c.crt");
        let details = certificate(&folder, "c.crt");
        let all = &details.extensions.extensions;
        let bad = all.iter().find(|extension| extension.value == hexadecimal).unwrap();
        assert_eq!(bad.decoded, None, "{name}");
        assert!(details.extensions.alt_names.is_empty());
        assert!(details.extensions.basic_constraints.is_none());
    }
}

#[test]
fn a_name_that_is_damaged_is_shown_beside_the_others() {
    let folder = folder_with("subjectAltName=DER:300c820161820280008703010203\n");
    folder.openssl("req -x509 -new -key k -config x.cnf -extensions x -out c.crt");
    assert_eq!(
        json(certificate(&folder, "c.crt").extensions.alt_names),
        json!([{ "dns": "a" }, { "other": "dNSName:80:00" }, { "other": "iPAddress:01:02:03" }])
    );
}
