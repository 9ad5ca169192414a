// What issueCertificate and createAuthority take beyond the guide, across the border; the native tests judge what comes out.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createAuthority, createRequest, generateKeyPair, inspect, inspectAll, issueCertificate } from "../../pkg/index.js";

const pair = await generateKeyPair();
const other = await generateKeyPair();
const ask = (subject, options) => createRequest({ subject, privateKey: pair.privateKey, ...options }).then(({ request }) => request);

test("subjects in every form are the same", async () => {
  const subjects = [
    { country: "DE", organization: "Größe", organizationalUnit: ["One", "Two"], commonName: "x" },
    "CN=x,OU=Two,OU=One,O=Größe,C=DE",
    "/C=DE/O=Größe/OU=One/OU=Two/CN=x",
    [{ country: "DE" }, { organization: "Größe" }, { organizationalUnit: "One" }, { organizationalUnit: "Two" }, { commonName: "x" }],
  ];
  const seen = await Promise.all(subjects.map(async (subject) => (await inspect(await ask(subject))).subject));
  for (const subject of seen) assert.deepEqual(subject, seen[0]);
  assert.equal(seen[0].text, "CN=x,OU=Two,OU=One,O=Größe,C=DE");
  const multiple = await inspect(await ask([{ organization: "Example" }, { commonName: "Amy", "0.9.2342.19200300.100.1.1": "amy" }]));
  assert.equal(multiple.subject.text, "CN=Amy+UID=amy,O=Example");
  assert.deepEqual(multiple.subject.attributes.map(({ type }) => type), ["organization", "commonName", "userId"]);
  const byOid = await inspect(await ask({ commonName: "x", "1.2.3.4": ["one", "two"] }));
  assert.equal(byOid.subject.text, "1.2.3.4=#0c0374776f,1.2.3.4=#0c036f6e65,CN=x");
});

test("every kind of alternative name goes in and comes out", async () => {
  const altNames = [
    { dns: "a.example" },
    { ip: "10.0.0.1" },
    { email: "amy@example.com" },
    { uri: "spiffe://a.example/amy" },
    { upn: "amy@corp.example" },
    { registeredId: "2.999.1" },
    { directoryName: "CN=Amy,O=Example" },
    { otherName: { oid: "1.2.3", value: "0C:01:78" } },
  ];
  const authority = await createAuthority({ subject: { commonName: "ca" } });
  const request = await ask({ commonName: "Amy Smith" }, { altNames, profile: "client" });
  const { details } = await issueCertificate({ request, authority });
  assert.deepEqual(details.altNames, altNames);
});

test("an intermediate, its chain, and what its root allows", async () => {
  const root = await createAuthority({ subject: "/CN=root", pathLength: 1, nameConstraints: { permitted: ["example.com", "10.0.0.0/8"], excluded: [{ email: "evil.example" }] } });
  assert.deepEqual(root.details.nameConstraints, {
    permitted: [{ dns: "example.com" }, { ip: "10.0.0.0/8" }],
    excluded: [{ email: "evil.example" }],
  });
  const middle = await issueCertificate({ request: await ask("CN=middle"), authority: root, profile: "authority", pathLength: 0 });
  assert.equal(middle.chain, middle.certificate);
  const authority = { certificate: middle.chain + root.certificate, privateKey: pair.privateKey };
  const { request } = await createRequest({ subject: "CN=a.example.com", profile: "server", privateKey: other.privateKey });
  const leaf = await issueCertificate({ request, authority });
  assert.equal(leaf.chain, leaf.certificate + middle.certificate);
  assert.ok(new X509Certificate(leaf.certificate).verify(new X509Certificate(middle.certificate).publicKey));
  await assert.rejects(issueCertificate({ request, authority, altNames: ["b.example.org"] }), { code: "ERR_NAME_CONSTRAINTS", field: "altNames" });
  await assert.rejects(issueCertificate({ request, authority, profile: "authority" }), { code: "ERR_PATH_LENGTH", field: "profile" });
  const all = await inspectAll(leaf.chain + other.privateKey);
  assert.deepEqual(all.map(({ type, sameKeyAs }) => [type, sameKeyAs]), [["certificate", [2]], ["certificate", []], ["privateKey", [0]]]);
});

test("extensions, usages and a request's own wishes", async () => {
  const authority = await createAuthority({ subject: { commonName: "ca" }, serialNumber: "01", certificatePolicies: ["2.5.29.32.0"] });
  assert.equal(authority.details.serialNumber, "01");
  const request = await ask({ commonName: "amy" }, { profile: "server" });
  const { details } = await issueCertificate({
    request,
    authority,
    profile: "client",
    copy: [],
    keyUsage: ["digitalSignature", "keyAgreement"],
    extendedKeyUsage: ["clientAuth", "1.3.6.1.4.1.311.20.2.2"],
    crlDistributionPoints: "http://ca.example/ca.crl",
    authorityInfoAccess: { ocsp: "http://ocsp.example", caIssuers: ["http://ca.example/ca.crt"] },
    certificatePolicies: ["1.2.3.4", { oid: "1.2.3.5", cps: "https://ca.example/cps" }],
    extensions: [{ oid: "1.3.6.1.5.5.7.1.24", value: "30:03:02:01:05" }, { oid: "1.2.3", critical: true, value: new Uint8Array([5, 0]) }],
  });
  assert.deepEqual(details.keyUsage, ["digitalSignature", "keyAgreement"]);
  assert.deepEqual(details.extendedKeyUsage, ["clientAuth", "1.3.6.1.4.1.311.20.2.2"]);
  assert.deepEqual(details.crlDistributionPoints, ["http://ca.example/ca.crl"]);
  assert.deepEqual(details.authorityInfoAccess, { ocsp: ["http://ocsp.example"], caIssuers: ["http://ca.example/ca.crt"] });
  assert.deepEqual(details.certificatePolicies, [{ oid: "1.2.3.4", cps: [] }, { oid: "1.2.3.5", cps: ["https://ca.example/cps"] }]);
  const own = details.extensions.find(({ oid }) => oid === "1.2.3");
  assert.deepEqual([own.critical, own.value], [true, "05:00"]);
});

test("where something is found may leave the host to who looks, as Active Directory does; a name may not", async () => {
  const authority = await createAuthority({ subject: "CN=ca" });
  const request = await ask("CN=amy", { profile: "client" });
  const ldap = "ldap:///CN=ca,DC=example?certificateRevocationList";
  const { details } = await issueCertificate({ request, authority, crlDistributionPoints: ldap, authorityInfoAccess: { caIssuers: ldap } });
  assert.deepEqual([details.crlDistributionPoints, details.authorityInfoAccess.caIssuers], [[ldap], [ldap]]);
  const refusal = { code: "ERR_INVALID_ALT_NAME", field: "altNames[0].uri" };
  await assert.rejects(issueCertificate({ request, authority, altNames: [{ uri: ldap }] }), refusal);
});

test("the authority that is known from the call before is used for none but itself", async () => {
  // Two of the same key, so that the certificate alone tells them apart, and of the same length; one of another key.
  const first = await createAuthority({ subject: "CN=first", algorithm: "ed25519", serialNumber: "11" });
  const again = await createAuthority({ subject: "CN=again", privateKey: first.privateKey, serialNumber: "12" });
  const other = await createAuthority({ subject: "CN=other" });
  const request = await ask("CN=amy", { profile: "client" });
  const issuer = async (certificate, { privateKey }) => (await issueCertificate({ request, authority: { certificate, privateKey } })).details.issuer.text;
  for (const ca of [first, again, other, again, first]) assert.equal(await issuer(ca.certificate, ca), ca.details.subject.text);
  // Bytes that change in place.
  const der = (ca) => new X509Certificate(ca.certificate).raw;
  const file = new Uint8Array(der(first).length);
  for (const ca of [first, again, first]) {
    file.set(der(ca));
    assert.equal(file.length, der(ca).length);
    assert.equal(await issuer(file, first), ca.details.subject.text);
  }
  // The certificate that is known, with another's key.
  assert.equal(await issuer(first.certificate, first), "CN=first");
  await assert.rejects(issuer(first.certificate, other), { code: "ERR_KEY_MISMATCH" });
});

test("a weak signature is taken from who says so", async () => {
  const authority = await createAuthority({ subject: { commonName: "ca" } });
  const request = readFileSync(new URL("../data/sha1.csr.pem", import.meta.url));
  const { details } = await issueCertificate({ request, authority, profile: "client", allowWeakSignature: true });
  assert.equal(details.subject.text, "CN=amy");
  assert.equal((await inspect(request)).signatureAlgorithm, "RSA with SHA-1");
});
