// What `inspect` and `inspectAll` give across the border: dates as Date, places as numbers, errors with their field.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { test } from "node:test";
import { createMutualTls, generateKeyPair, inspect, inspectAll } from "../../pkg/index.js";

// Made with `openssl ca -gencrl`: one entry, of number 0A.
const CRL = `-----BEGIN X509 CRL-----
MIG4MGwCAQEwBQYDK2VwMA0xCzAJBgNVBAMMAmNhFw0yNjExMDYwMDAwMDBaFw0y
NjEyMDYwMDAwMDBaMCIwIAIBChcNMjYxMTAxMDAwMDAwWjAMMAoGA1UdFQQDCgEB
oA8wDTALBgNVHRQEBAICAfQwBQYDK2VwA0EA5ULZINyDoofqKuCs4bdg9EB1wMjm
oVQBhJIyh5RGvTdlUyLwlaIS6mhmqDEyGA/VE4LieNyXYBIdp6NDChCbDw==
-----END X509 CRL-----
`;

const { files } = await createMutualTls();

test("a revocation list has its dates as Date", async () => {
  const details = await inspect(CRL);
  assert.equal(details.type, "crl");
  assert.equal(details.issuer.text, "CN=ca");
  assert.deepEqual(details.thisUpdate, new Date("2026-11-06T00:00:00Z"));
  assert.deepEqual(details.nextUpdate, new Date("2026-12-06T00:00:00Z"));
  assert.equal(details.crlNumber, "01F4");
  const [entry] = details.revoked;
  assert.deepEqual([entry.serialNumber, entry.date, entry.reason], ["0A", new Date("2026-11-01T00:00:00Z"), "keyCompromise"]);
  assert.equal(entry.extensions[0].decoded, "keyCompromise");
});

test("a revocation list in DER, and one among others", async () => {
  const details = await inspect(CRL);
  const der = Buffer.from(CRL.replace(/-----.*-----|\s/g, ""), "base64");
  assert.deepEqual(await inspect(der), details);
  const [, { sameKeyAs, ...among }] = await inspectAll(files["ca.crt"] + CRL);
  assert.deepEqual([among, sameKeyAs], [details, []]);
});

test("a certificate's facts are those that Node sees", async () => {
  const details = await inspect(files["bob_server.crt"]);
  const node = new X509Certificate(files["bob_server.crt"]);
  assert.equal(details.serialNumber, node.serialNumber);
  assert.equal(details.fingerprints.sha256, node.fingerprint256);
  assert.deepEqual(details.notAfter, new Date(node.validTo));
  assert.ok([364, 365].includes(details.daysLeft));
  assert.equal(details.selfSigned, false);
  assert.equal((await inspect(files["ca.crt"])).selfSigned, true);
  assert.equal(details.publicKey.bits, 256);
  const constraints = details.extensions.find(({ name }) => name === "basicConstraints");
  assert.deepEqual(constraints.decoded, { ca: false });
});

test("inspectAll shows what belongs together", async () => {
  const all = await inspectAll(files["bob_server.key"] + files["ca.crt"] + CRL + files["bob_server.crt"]);
  assert.deepEqual(
    all.map(({ type, sameKeyAs }) => [type, sameKeyAs]),
    [["privateKey", [3]], ["certificate", []], ["crl", []], ["certificate", [0]]],
  );
  assert.ok(all[2].thisUpdate instanceof Date && all[3].notAfter instanceof Date);
});

test("a passphrase shows what is encrypted", async () => {
  const { privateKey, publicKey } = await generateKeyPair({ passphrase: "horse" });
  const expected = (await inspect(publicKey)).publicKey;
  const opened = { type: "privateKey", encrypted: true, publicKey: expected };
  assert.deepEqual(await inspect({ pem: privateKey, passphrase: "horse" }), opened);
  assert.deepEqual(await inspect({ pem: Buffer.from(privateKey), passphrase: "horse" }), opened);
  assert.deepEqual(await inspectAll({ pem: privateKey }), [{ type: "privateKey", encrypted: true, sameKeyAs: [] }]);
});

const REFUSED = {
  "a wrong passphrase": async () => {
    const { privateKey } = await generateKeyPair({ passphrase: "horse" });
    return [inspect({ pem: privateKey, passphrase: "mare" }), "ERR_PASSPHRASE", "pem"];
  },
  "an unknown option": () => [inspect({ pem: CRL, password: "x" }), "ERR_UNKNOWN_OPTION", "password"],
  "no PEM": () => [inspectAll({ passphrase: "x" }), "ERR_MISSING_OPTION", "pem"],
  "a number": () => [inspectAll(5), "ERR_INVALID_TYPE", "pem"],
  "a passphrase that is a number": () => [inspectAll({ pem: CRL, passphrase: 5 }), "ERR_INVALID_TYPE", "passphrase"],
  "one that is many": () => [inspect(CRL + CRL), "ERR_MULTIPLE_PEM", "pem"],
  "a wrong passphrase for one of several, by its place": async () => {
    const { privateKey } = await generateKeyPair({ passphrase: "horse" });
    return [inspectAll({ pem: CRL + privateKey, passphrase: "mare" }), "ERR_PASSPHRASE", "pem[1]"];
  },
  "a damaged revocation list, by its place": () => [
    inspectAll(files["ca.crt"] + "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"),
    "ERR_INVALID_CRL",
    "pem[1]",
  ],
  "DER that is signed and none of these": () => [inspect(Buffer.from("300730003000030100", "hex")), "ERR_INVALID_PEM", "pem"],
  "a block of an unknown kind, by its place": () => [
    inspectAll(CRL + "-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----\n"),
    "ERR_INVALID_PEM",
    "pem[1]",
  ],
};

for (const [name, make] of Object.entries(REFUSED)) {
  test(`refuses ${name}`, async () => {
    const [promise, code, field] = await make();
    await assert.rejects(promise, { name: "CertificateError", code, field });
  });
}
