// The functions of the package, in Node, as a user calls them.
import assert from "node:assert/strict";
import { X509Certificate, createPrivateKey, createPublicKey } from "node:crypto";
import { test } from "node:test";
import {
  createAuthority,
  createMutualTls,
  createRequest,
  generateKeyPair,
  inspect,
  issueCertificate,
} from "../../pkg/index.js";

/** Without the days that are left, which a second between the two looks can change. */
const timeless = ({ daysLeft, ...details }) => details;

const ALGORITHMS = ["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048", "rsa-3072", "rsa-4096"];

for (const algorithm of ALGORITHMS) {
  test(`generateKeyPair makes ${algorithm}, which Node reads`, async () => {
    const pair = await generateKeyPair({ algorithm });
    assert.equal(pair.algorithm, algorithm);
    assert.match(pair.privateKey, /^-----BEGIN PRIVATE KEY-----\n/);
    const key = createPrivateKey(pair.privateKey);
    const spki = { type: "spki", format: "pem" };
    assert.equal(createPublicKey(key).export(spki), pair.publicKey);
    if (algorithm.startsWith("rsa")) {
      assert.equal(key.asymmetricKeyDetails.modulusLength, Number(algorithm.slice(4)));
      assert.equal(key.asymmetricKeyDetails.publicExponent, 65537n);
    }
    const details = await inspect(pair.privateKey);
    assert.equal(details.type, "privateKey");
    assert.equal(details.publicKey.algorithm, algorithm);
  });
}

test("generateKeyPair without options makes the default, a new one each time", async () => {
  const [one, two] = await Promise.all([generateKeyPair(), generateKeyPair()]);
  assert.equal(one.algorithm, "ecdsa-p256");
  assert.notEqual(one.privateKey, two.privateKey);
});

test("a passphrase encrypts the key, for Node and for us", async () => {
  const pair = await generateKeyPair({ passphrase: "correct horse" });
  assert.match(pair.privateKey, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  assert.throws(() => createPrivateKey({ key: pair.privateKey, passphrase: "wrong" }));
  const key = createPrivateKey({ key: pair.privateKey, passphrase: "correct horse" });
  assert.equal(createPublicKey(key).export({ type: "spki", format: "pem" }), pair.publicKey);
  assert.deepEqual(await inspect(pair.privateKey), { type: "privateKey", encrypted: true });
  const subject = { commonName: "amy-client" };
  const withPassphrase = { pem: pair.privateKey, passphrase: "correct horse" };
  const { details } = await createRequest({ subject, privateKey: withPassphrase });
  assert.equal(details.subject.commonName, "amy-client");
  for (const privateKey of [pair.privateKey, { pem: pair.privateKey }, { pem: pair.privateKey, passphrase: "no" }]) {
    await assert.rejects(createRequest({ subject, privateKey }), { code: "ERR_PASSPHRASE", field: "privateKey" });
  }
});

test("the steps of the guide, each alone", async () => {
  const authority = await createAuthority({ subject: { commonName: "my-ca", organization: "Home", organizationalUnit: ["A", "B"] } });
  assert.equal(authority.details.subject.text, "CN=my-ca,OU=B,OU=A,O=Home");
  assert.deepEqual(authority.details.basicConstraints, { ca: true, pathLength: 0 });

  const bob = await generateKeyPair({ algorithm: "rsa-2048" });
  const asked = await createRequest({ subject: { commonName: "localhost" }, profile: "server", privateKey: bob.privateKey });
  assert.equal(asked.details.signatureValid, true);
  assert.deepEqual(asked.details.altNames, [{ dns: "localhost" }, { ip: "127.0.0.1" }, { ip: "::1" }]);

  // The authority as createAuthority returned it.
  const { certificate, details } = await issueCertificate({ request: asked.request, authority });
  const seen = new X509Certificate(certificate);
  assert.ok(seen.verify(new X509Certificate(authority.certificate).publicKey));
  assert.ok(seen.checkIssued(new X509Certificate(authority.certificate)));
  assert.equal(seen.checkHost("localhost"), "localhost");
  assert.equal(seen.checkHost("bob.example"), undefined);
  assert.ok(seen.checkPrivateKey(createPrivateKey(bob.privateKey)));
  assert.equal(seen.serialNumber, details.serialNumber);
  assert.equal(seen.fingerprint256, details.fingerprints.sha256);
  assert.equal(seen.fingerprint, details.fingerprints.sha1);
  assert.deepEqual(new Date(seen.validTo), details.notAfter);
  assert.ok(details.notBefore instanceof Date);
  assert.deepEqual(details.keyUsage, ["digitalSignature", "keyEncipherment"]);
  assert.deepEqual(details.extendedKeyUsage, ["serverAuth"]);
  assert.deepEqual(timeless(await inspect(certificate)), timeless(details));
});

test("PEM and DER, strings and bytes, are the same", async () => {
  const { files, details } = await createMutualTls();
  const der = (text) => new X509Certificate(text).raw;
  const ca = timeless(details["ca.crt"]);
  assert.deepEqual(timeless(await inspect(Buffer.from(files["ca.crt"]))), ca);
  assert.deepEqual(timeless(await inspect(new Uint8Array(der(files["ca.crt"])))), ca);
  const key = createPrivateKey(files["ca.key"]).export({ type: "pkcs8", format: "der" });
  const authority = { certificate: der(files["ca.crt"]), privateKey: key };
  const issued = await issueCertificate({ request: Buffer.from(files["amy_client.csr"]), authority });
  assert.equal(issued.details.subject.text, "CN=amy-client");
  assert.equal((await inspect(key)).type, "privateKey");
});

test("createMutualTls names the guide's files, in its order", async () => {
  const one = await createMutualTls();
  assert.deepEqual(Object.keys(one.files), [
    "ca.key", "ca.crt", "bob_server.key", "bob_server.csr", "bob_server.crt", "amy_client.key", "amy_client.csr", "amy_client.crt",
  ]);
  const distinct = await createMutualTls({ authorities: "distinct" });
  assert.deepEqual(Object.keys(distinct.files), [
    "bob_ca.key", "bob_ca.crt", "amy_ca.key", "amy_ca.crt",
    "bob_server.key", "bob_server.csr", "bob_server.crt", "amy_client.key", "amy_client.csr", "amy_client.crt",
  ]);
  assert.equal(distinct.details["bob_server.crt"].issuer.commonName, "bob-ca");
  assert.equal(distinct.details["amy_client.crt"].issuer.commonName, "amy-ca");
});

test("createMutualTls takes names, clients, days", async () => {
  const { files, details } = await createMutualTls({
    authority: { commonName: "Root", name: "root" },
    server: { commonName: "bücher.example", altNames: ["*.dev.example", { ip: "10.0.0.1" }], name: "shop" },
    clients: [{ commonName: "carol" }, { commonName: "dave@example.com", name: "dave" }],
    days: 4000,
    algorithm: "ecdsa-p384",
  });
  assert.ok(files["root.key"] && files["shop.crt"] && files["carol.csr"] && files["dave.key"]);
  assert.deepEqual(details["shop.crt"].altNames, [{ dns: "xn--bcher-kva.example" }, { dns: "*.dev.example" }, { ip: "10.0.0.1" }]);
  assert.deepEqual(details["dave.crt"].altNames, [{ email: "dave@example.com" }]);
  assert.ok(details["root.crt"].notAfter >= details["shop.crt"].notAfter, "a leaf never outlives its authority");
  assert.equal(details["carol.crt"].publicKey.algorithm, "ecdsa-p384");
});

test("an authority on a key that one has, and a longer path", async () => {
  const { privateKey } = await generateKeyPair({ algorithm: "rsa-2048" });
  const root = await createAuthority({ subject: { commonName: "root" }, privateKey, pathLength: 1 });
  assert.equal(root.privateKey, privateKey);
  const below = await generateKeyPair();
  const { request } = await createRequest({ subject: { commonName: "below" }, privateKey: below.privateKey });
  const intermediate = await issueCertificate({ request, authority: root, profile: "authority" });
  assert.deepEqual(intermediate.details.basicConstraints, { ca: true, pathLength: 0 });
});

test("dates are taken as Date and as text", async () => {
  const validity = { notBefore: "2026-01-31", notAfter: new Date("2030-01-31T12:00:00.9Z") };
  const { details } = await createAuthority({ subject: { commonName: "ca" }, validity });
  assert.equal(details.notBefore.toISOString(), "2026-01-31T00:00:00.000Z");
  assert.equal(details.notAfter.toISOString(), "2030-01-31T12:00:00.000Z");
});

test("results are plain data, which structuredClone takes", async () => {
  const made = await createMutualTls();
  assert.deepEqual(structuredClone(made), made);
  assert.equal(Object.getPrototypeOf(made.details["ca.crt"].subject), Object.prototype);
});

test("details are a property like any other, before and after somebody looked", async () => {
  const authority = await createAuthority({ subject: "CN=my-ca" });
  const { privateKey } = await generateKeyPair();
  const request = await createRequest({ subject: "CN=amy-client", privateKey });
  const options = { request: request.request, authority, profile: "client" };
  const one = () => Promise.all([createAuthority({ subject: "CN=a" }), createRequest({ subject: "CN=amy-client", privateKey }), issueCertificate(options), createMutualTls().then(({ details }) => details)]);
  for (const result of await one()) {
    const name = "details" in result ? "details" : "ca.crt";
    assert.ok(Object.keys(result).includes(name));
    assert.deepEqual(JSON.parse(JSON.stringify(result))[name].subject, { ...result }[name].subject);
    assert.equal(result[name], result[name], "computed once");
  }
  for (const result of await one()) {
    const name = "details" in result ? "details" : "ca.crt";
    result[name] = "mine";
    assert.equal(result[name], "mine");
    assert.deepEqual(Object.getOwnPropertyDescriptor(result, name), { value: "mine", enumerable: true, configurable: true, writable: true });
  }
});
