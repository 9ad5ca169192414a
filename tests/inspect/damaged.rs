//! Whatever the bytes: an answer or a refusal, never a panic, which in wasm is a trap.

use mtls_certs::inspect;
use time::macros::datetime;

use crate::common::{Folder, NOW};
use crate::folder_with;

fn every_byte_changed(der: &[u8], look: impl Fn(&[u8])) {
    for at in 0..der.len() {
        let was = der[at];
        let mut changed = der.to_vec();
        for value in [0, 1, 0x7f, 0x80, 0xff, was ^ 1, was.wrapping_add(1), was ^ 0x20] {
            changed[at] = value;
            look(&changed);
        }
        look(&der[..at]);
    }
}

#[test]
fn never_panics_on_changed_certificates() {
    let folder = folder_with(
        "basicConstraints=CA:TRUE,pathlen:3\nkeyUsage=keyCertSign\nsubjectAltName=DNS:a,IP:10.0.0.1,otherName:1.2.3.4;UTF8:x,RID:1.2.3\n\
         nameConstraints=permitted;IP:10.0.0.0/255.0.0.0\ncertificatePolicies=1.2.3.4\nauthorityInfoAccess=OCSP;URI:http://a\n\
         crlDistributionPoints=URI:http://a\nnsCertType=client\nnsComment=x\ntlsfeature=status_request\npolicyMappings=1.2.3:1.2.4\n\
         policyConstraints=requireExplicitPolicy:3\ninhibitAnyPolicy=2\n1.3.6.1.4.1.311.20.2=ASN1:BMP:W\n1.3.6.1.4.1.311.21.1=ASN1:INTEGER:131075\n\
         1.3.6.1.4.1.11129.2.4.2=DER:0435003300310001020304050607080910111213141516171819202122232425262728293031320000018bcfe56800000004030002aabb\n",
    );
    // Not self-signed, so that no signature is verified each time.
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /CN=ca -out ca.crt");
    folder.openssl("req -new -key k -config x.cnf -out r.csr");
    folder.openssl(
        "x509 -req -in r.csr -CA ca.crt -CAkey ca.key -extfile x.cnf -extensions x -outform DER -out c.der",
    );
    every_byte_changed(&folder.read("c.der"), |der| drop(inspect::certificate(der, NOW)));
}

#[test]
fn never_panics_on_changed_requests_and_lists() {
    let folder = folder_with("subjectAltName=DNS:a\n[a]\nchallengePassword=secret12\n");
    let configuration = String::from_utf8(folder.read("x.cnf")).unwrap();
    folder.write("x.cnf", configuration.replace("prompt=no", "prompt=no\nattributes=a\nreq_extensions=x"));
    folder.openssl("req -new -key k -config x.cnf -outform DER -out r.der");
    every_byte_changed(&folder.read("r.der"), |der| drop(inspect::request(der)));

    folder.write(
        "ca.cnf",
        "[ca]\ndefault_ca=d\n[d]\ndatabase=i\ndefault_md=sha256\ncrlnumber=n\ncrl_extensions=x\n[x]\nissuingDistributionPoint=@p\n[p]\nfullname=URI:http://a\n",
    );
    folder.write("n", "01\n");
    folder.write("i", "R\t271124120000Z\t261101000000Z,CAkeyTime,20261001000000Z\t0A\tunknown\t/CN=a\n");
    folder.openssl("req -x509 -new -key k -subj /CN=ca -out ca.crt");
    folder.openssl("ca -config ca.cnf -gencrl -keyfile k -cert ca.crt -crldays 3 -out c.crl");
    folder.openssl("crl -in c.crl -outform DER -out c.der");
    every_byte_changed(&folder.read("c.der"), |der| drop(inspect::crl(der)));
}

#[test]
fn dates_at_the_edge_of_time() {
    let folder = Folder::new();
    folder.openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout k -subj /CN=x -days 20000 -outform DER -out c.der",
    );
    let der = folder.read("c.der");
    // `-days` leads beyond 2050, so that the end is a GeneralizedTime of 15 characters.
    let at = der.windows(2).rposition(|pair| pair == [0x18, 0x0f]).unwrap() + 2;
    for date in [b"99991231235959Z", b"00000101000000Z", b"99991331000000Z", b"000101010000-99"] {
        let mut changed = der.clone();
        changed[at..at + 15].copy_from_slice(date);
        if let Ok(details) = inspect::certificate(&changed, datetime!(9999-12-31 23:59 UTC)) {
            drop(format!("{:?} {}", details.not_after, details.days_left));
        }
        drop(inspect::certificate(&changed, datetime!(-9999-01-01 0:00 UTC)));
    }
}

/// Values within values, of definite and of indefinite length, where a serial number or an extension is expected: what
/// follows them recursively runs out of stack.
#[test]
fn never_runs_out_of_stack() {
    let nested = |levels: usize, wrap: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        (0..levels).fold(vec![5, 0], |inner, _| wrap(inner))
    };
    let definite = |tag: u8| {
        move |inner: Vec<u8>| {
            let length = u32::try_from(inner.len()).unwrap().to_be_bytes();
            [&[tag, 0x84], length.as_slice(), &inner].concat()
        }
    };
    let wrap = definite(0x30);
    let version = [0xa0, 3, 2, 1, 2];
    for serial in [nested(3000, &definite(0x24)), [0x24, 0x80].repeat(100_000), [0x30, 0x80].repeat(100_000)]
    {
        let der = wrap(wrap([version.as_slice(), &serial].concat()));
        assert!(inspect::certificate(&der, NOW).is_err());
        assert!(inspect::inspect(&der, Some("x"), NOW).is_err());
    }
    for (extension, levels) in [("basicConstraints", 2000), ("1.2.3.4", 2000), ("subjectAltName", 2000)] {
        let value =
            nested(levels, &definite(0x30)).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let folder = folder_with(&format!("{extension}=DER:{value}\n"));
        folder.openssl("req -x509 -new -key k -config x.cnf -extensions x -outform DER -out c.der");
        let details = inspect::certificate(&folder.read("c.der"), NOW).unwrap();
        assert!(details.extensions.extensions.iter().all(|extension| extension.oid.len() > 3));
    }
}
