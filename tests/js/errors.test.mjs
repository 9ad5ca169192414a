// Bad input: a CertificateError with its code and field, whatever it was, and the next call works.
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { before, test } from "node:test";
import * as glue from "../../pkg/dist/mtls_certs.js";
import {
  CertificateError,
  convertKey,
  createAuthority,
  createMutualTls,
  createRequest,
  generateKeyPair,
  inspect,
  issueCertificate,
  readPkcs12,
  renewCertificate,
} from "../../pkg/index.js";
import { damaged } from "./support/damaged.mjs";

let made;
let authority;
let request;

before(async () => {
  made = await createMutualTls({ authorities: "distinct" });
  authority = { certificate: made.files["bob_ca.crt"], privateKey: made.files["bob_ca.key"] };
  request = made.files["bob_server.csr"];
});

/** The call is refused with this code and field, and a message that names the field and shows no key. */
async function refused(call, code, field) {
  const error = await call.then(
    () => assert.fail(`${code} was expected, and nothing was thrown`),
    (error) => error,
  );
  assert.ok(error instanceof CertificateError && error instanceof Error, `${error.stack}`);
  assert.equal(error.name, "CertificateError");
  assert.equal(error.code, code, error.message);
  assert.equal(error.field, field, error.message);
  if (field) assert.ok(error.message.startsWith(`${field}: `), error.message);
  assert.ok(error.message.length > 15 && !error.message.includes("BEGIN PRIVATE"), error.message);
  return error;
}

const subject = { commonName: "x" };
// Made with `openssl req -new -newkey rsa:2048 -sha1`.
const SHA1_REQUEST = readFileSync(new URL("../data/sha1.csr.pem", import.meta.url));

const CASES = {
  "an unknown option": [() => createMutualTls({ client: [] }), "ERR_UNKNOWN_OPTION", "client"],
  "an unknown option deep inside": [() => createMutualTls({ clients: [{ commonName: "a" }, { cn: "b" }] }), "ERR_UNKNOWN_OPTION", "clients[1].cn"],
  "an unknown subject attribute": [() => createAuthority({ subject: { commonname: "x" } }), "ERR_UNKNOWN_OPTION", "subject.commonname"],
  "options that are no object": [() => createMutualTls("distinct"), "ERR_INVALID_TYPE", undefined],
  "options that are an array": [() => generateKeyPair([]), "ERR_INVALID_TYPE", undefined],
  "a number for a name": [() => createMutualTls({ server: { commonName: 5 } }), "ERR_INVALID_TYPE", "server.commonName"],
  "a string for the days": [() => createMutualTls({ days: "365" }), "ERR_INVALID_TYPE", "days"],
  "a string for alternative names": [() => createMutualTls({ server: { altNames: "x" } }), "ERR_INVALID_TYPE", "server.altNames"],
  "a number among alternative names": [() => createMutualTls({ server: { altNames: ["x", 5] } }), "ERR_INVALID_TYPE", "server.altNames[1]"],
  "a number for PEM": [() => inspect(5), "ERR_INVALID_TYPE", "pem"],
  "nothing to inspect": [() => inspect(), "ERR_INVALID_TYPE", "pem"],
  "a missing subject": [() => createAuthority(), "ERR_MISSING_OPTION", "subject"],
  "a missing key": [() => createRequest({ subject }), "ERR_MISSING_OPTION", "privateKey"],
  "a missing authority": [() => issueCertificate({ request }), "ERR_MISSING_OPTION", "authority"],
  "half an authority": [() => issueCertificate({ request, authority: { certificate: authority.certificate } }), "ERR_MISSING_OPTION", "authority.privateKey"],
  "an unknown algorithm": [() => generateKeyPair({ algorithm: "rsa-1024" }), "ERR_INVALID_OPTION", "algorithm"],
  "an unknown profile": [() => issueCertificate({ request, authority, profile: "both" }), "ERR_INVALID_OPTION", "profile"],
  "neither one nor distinct": [() => createMutualTls({ authorities: "two" }), "ERR_INVALID_OPTION", "authorities"],
  "no clients": [() => createMutualTls({ clients: [] }), "ERR_INVALID_OPTION", "clients"],
  "a path length of 1.5": [() => createAuthority({ subject, pathLength: 1.5 }), "ERR_INVALID_OPTION", "pathLength"],
  "a file name that leaves the folder": [() => createMutualTls({ server: { name: "../x" } }), "ERR_INVALID_OPTION", "server.name"],
  "an option of the other choice": [() => createMutualTls({ serverAuthority: {} }), "ERR_CONFLICTING_OPTIONS", "serverAuthority"],
  "two parties of one file name": [() => createMutualTls({ clients: [{ commonName: "a" }, { commonName: "A" }] }), "ERR_CONFLICTING_OPTIONS", "clients[1].name"],
  "an algorithm beside a key": [() => createAuthority({ subject, algorithm: "ed25519", privateKey: authority.privateKey }), "ERR_CONFLICTING_OPTIONS", "algorithm"],
  "days and notAfter": [() => createAuthority({ subject, validity: { days: 1, notAfter: "2030-01-01" } }), "ERR_CONFLICTING_OPTIONS", "validity.days"],
  "an empty name": [() => createAuthority({ subject: { commonName: "" } }), "ERR_INVALID_SUBJECT", "subject.commonName"],
  "no common name": [() => createAuthority({ subject: { organization: "x" } }), "ERR_INVALID_SUBJECT", "subject.commonName"],
  "a name too long": [() => createAuthority({ subject: { commonName: "x".repeat(65) } }), "ERR_INVALID_SUBJECT", "subject.commonName"],
  "a bad second unit": [() => createAuthority({ subject: { commonName: "x", organizationalUnit: ["a", ""] } }), "ERR_INVALID_SUBJECT", "subject.organizationalUnit[1]"],
  "an empty server name": [() => createMutualTls({ server: { commonName: "" } }), "ERR_INVALID_SUBJECT", "server.commonName"],
  "a server named as its authority": [() => createMutualTls({ authority: { commonName: "localhost" } }), "ERR_INVALID_SUBJECT", "server.commonName"],
  "a server name that is no host name": [() => createMutualTls({ server: { commonName: "ex ample.com" } }), "ERR_INVALID_ALT_NAME", "server.commonName"],
  "a URL for a host name": [() => createMutualTls({ server: { altNames: [{ dns: "https://x/" }] } }), "ERR_INVALID_ALT_NAME", "server.altNames[0].dns"],
  "an IP address as a DNS name": [() => createMutualTls({ server: { altNames: [{ dns: "10.0.0.1" }] } }), "ERR_INVALID_ALT_NAME", "server.altNames[0].dns"],
  "an empty alternative name": [() => createMutualTls({ server: { altNames: [""] } }), "ERR_INVALID_ALT_NAME", "server.altNames[0]"],
  "reversed dates": [() => createAuthority({ subject, validity: { notBefore: "2030-01-02", notAfter: "2030-01-01" } }), "ERR_INVALID_VALIDITY", "validity.notAfter"],
  "the year 10000": [() => createAuthority({ subject, validity: { notAfter: new Date(Date.UTC(10000, 0)) } }), "ERR_INVALID_VALIDITY", "validity.notAfter"],
  "an Invalid Date": [() => createAuthority({ subject, validity: { notAfter: new Date("nonsense") } }), "ERR_INVALID_VALIDITY", "validity.notAfter"],
  "a date that is none": [() => createAuthority({ subject, validity: { notBefore: "31.1.2030" } }), "ERR_INVALID_VALIDITY", "validity.notBefore"],
  "no days": [() => createMutualTls({ days: 0 }), "ERR_INVALID_VALIDITY", "days"],
  "half days": [() => createMutualTls({ days: 1.5 }), "ERR_INVALID_VALIDITY", "days"],
  "days without number": [() => createMutualTls({ days: NaN }), "ERR_INVALID_VALIDITY", "days"],
  "days beyond the year 9999": [() => createMutualTls({ days: 2_949_999 }), "ERR_INVALID_VALIDITY", "days"],
  "a leaf that outlives its authority": [() => issueCertificate({ request, authority, validity: { days: 3651 } }), "ERR_OUTLIVES_AUTHORITY", "validity.days"],
  "a leaf from before its authority": [() => issueCertificate({ request, authority, validity: { notBefore: "2020-01-01" } }), "ERR_OUTLIVES_AUTHORITY", "validity.notBefore"],
  "a serial number of zero": [() => issueCertificate({ request, authority, serialNumber: "00" }), "ERR_INVALID_SERIAL_NUMBER", "serialNumber"],
  "the authority's own serial number": [() => inspect(authority.certificate).then(({ serialNumber }) => issueCertificate({ request, authority, serialNumber })), "ERR_INVALID_SERIAL_NUMBER", "serialNumber"],
  "an authority for any usage": [() => createAuthority({ subject, extendedKeyUsage: ["anyExtendedKeyUsage"] }), "ERR_CONFLICTING_OPTIONS", "extendedKeyUsage"],
  "a mailbox of a domain that is excluded, in another form": [() => smtpUtf8(), "ERR_NAME_CONSTRAINTS", "altNames"],
  "encipherOnly without keyAgreement": [() => issueCertificate({ request, authority, keyUsage: ["digitalSignature", "encipherOnly"] }), "ERR_CONFLICTING_OPTIONS", "keyUsage"],
  "keys of curves that encipher": [() => issueCertificate({ request, authority, keyUsage: ["digitalSignature", "keyEncipherment"] }), "ERR_CONFLICTING_OPTIONS", "keyUsage"],
  "an authority of Ed25519 that agrees on keys": [() => createAuthority({ subject, algorithm: "ed25519", keyUsage: ["keyCertSign", "keyAgreement"] }), "ERR_CONFLICTING_OPTIONS", "keyUsage"],
  "an authority of RSA that agrees on keys": [() => createAuthority({ subject, algorithm: "rsa-2048", keyUsage: ["keyCertSign", "keyAgreement"] }), "ERR_CONFLICTING_OPTIONS", "keyUsage"],
  "encipherOnly and decipherOnly": [() => createAuthority({ subject, keyUsage: ["keyCertSign", "keyAgreement", "encipherOnly", "decipherOnly"] }), "ERR_CONFLICTING_OPTIONS", "keyUsage"],
  "a name as OpenSSL writes it": [() => createRequest({ subject, altNames: ["URI:https://b.example"], privateKey: authority.privateKey }), "ERR_INVALID_ALT_NAME", "altNames[0]"],
  "a name constraint as OpenSSL writes it": [() => createAuthority({ subject, nameConstraints: { permitted: ["DNS:a.example"] } }), "ERR_INVALID_ALT_NAME", "nameConstraints.permitted[0]"],
  "a PKCS#7 file where an authority is wanted": [() => issueCertificate({ request, authority: { ...authority, certificate: "-----BEGIN PKCS7-----\nMAA=\n-----END PKCS7-----\n" } }), "ERR_INVALID_PEM", "authority.certificate"],
  "a URL among name constraints": [() => createAuthority({ subject, nameConstraints: { permitted: ["https://example.com/x"] } }), "ERR_INVALID_ALT_NAME", "nameConstraints.permitted[0]"],
  "PEM in UTF-16": [() => inspect(Buffer.from(`\ufeff${authority.certificate}`, "utf16le")), "ERR_INVALID_PEM", "pem"],
  "a serial number in groups of one digit": [() => issueCertificate({ request, authority, serialNumber: "1:2:3" }), "ERR_INVALID_SERIAL_NUMBER", "serialNumber"],
  "a serial number of 21 octets": [() => issueCertificate({ request, authority, serialNumber: "7f".repeat(21) }), "ERR_INVALID_SERIAL_NUMBER", "serialNumber"],
  "text that is no PEM": [() => inspect("hello"), "ERR_INVALID_PEM", "pem"],
  "an empty file": [() => inspect(new Uint8Array()), "ERR_INVALID_PEM", "pem"],
  "two megabytes": [() => inspect("x".repeat(2 << 20)), "ERR_INVALID_PEM", "pem"],
  "a key where a request is wanted": [() => issueCertificate({ request: authority.privateKey, authority }), "ERR_INVALID_PEM", "request"],
  "a certificate where a key is wanted": [() => createRequest({ subject, privateKey: authority.certificate }), "ERR_INVALID_PEM", "privateKey"],
  "two requests": [() => issueCertificate({ request: request + request, authority }), "ERR_MULTIPLE_PEM", "request"],
  "a stranger in an authority's chain": [() => issueCertificate({ request, authority: { ...authority, certificate: authority.certificate + made.files["amy_ca.crt"] } }), "ERR_INVALID_CERTIFICATE", "authority.certificate"],
  "DER that is no key": [() => createRequest({ subject, privateKey: new Uint8Array([0x30, 0]) }), "ERR_INVALID_KEY", "privateKey"],
  "a request cut short": [() => issueCertificate({ request: Buffer.from(pemBytes(request)).subarray(0, 100), authority }), "ERR_INVALID_REQUEST", "request"],
  "a request whose signature is broken": [() => issueCertificate({ request: damaged(request), authority }), "ERR_REQUEST_SIGNATURE", "request"],
  "DER that is no certificate": [() => issueCertificate({ request, authority: { ...authority, certificate: pemBytes(request) } }), "ERR_INVALID_CERTIFICATE", "authority.certificate"],
  "an authority that is none": [() => issueCertificate({ request, authority: { certificate: made.files["bob_server.crt"], privateKey: made.files["bob_server.key"] } }), "ERR_NOT_AN_AUTHORITY", "authority.certificate"],
  "an authority with another's key": [() => issueCertificate({ request, authority: { ...authority, privateKey: made.files["amy_ca.key"] } }), "ERR_KEY_MISMATCH", "authority.privateKey"],
  "a certificate of another authority, to be renewed": [() => renewCertificate({ certificate: made.files["amy_client.crt"], authority }), "ERR_WRONG_ISSUER", "certificate"],
  "an unknown role": [() => plainRequest().then((request) => issueCertificate({ request, authority })), "ERR_PROFILE_REQUIRED", "profile"],
  "an authority where there is no room": [() => issueCertificate({ request, authority, profile: "authority", subject: { commonName: "below" } }), "ERR_PATH_LENGTH", "profile"],
  "an old form of key that is damaged": [() => createRequest({ subject, privateKey: "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n" }), "ERR_INVALID_KEY", "privateKey"],
  "an empty passphrase": [() => generateKeyPair({ passphrase: "" }), "ERR_PASSPHRASE", "passphrase"],
  "a Date for an object": [() => issueCertificate({ request, authority, validity: new Date() }), "ERR_INVALID_TYPE", "validity"],
  "a Map for options": [() => createMutualTls(new Map([["days", 1]])), "ERR_INVALID_TYPE", undefined],
  "a promise that nobody awaited": [() => issueCertificate({ request, authority: Promise.resolve(authority) }), "ERR_INVALID_TYPE", "authority"],
  "an array of wide numbers for a key": [() => createRequest({ subject, privateKey: new Uint16Array(9) }), "ERR_INVALID_TYPE", "privateKey"],
  "a proxy that throws": [() => createMutualTls(new Proxy({}, { ownKeys() { throw new Error("mine"); } })), "ERR_INVALID_TYPE", undefined],
  "something like a Date": [() => createAuthority({ subject, validity: { notAfter: Object.create(Date.prototype) } }), "ERR_INVALID_TYPE", "validity.notAfter"],
  "a text without end": [() => createAuthority({ subject: { commonName: "x".repeat(1 << 20) } }), "ERR_INVALID_OPTION", "subject.commonName"],
  "a thousand and one names": [() => createRequest({ subject, altNames: Array.from({ length: 1001 }, (_, i) => `h${i}`), privateKey: authority.privateKey }), "ERR_INVALID_ALT_NAME", "altNames"],
  "a server's subject that is no host name": [() => issueCertificate({ request, authority, subject: { commonName: "Bob Server" }, altNames: ["bob.example"] }), "ERR_INVALID_ALT_NAME", "subject.commonName"],
  "a request named as its authority": [() => requestFor("bob-ca").then((request) => issueCertificate({ request, authority, profile: "client" })), "ERR_INVALID_SUBJECT", "request"],
  "a request of a server without a host name": [() => requestFor("Bob Smith").then((request) => issueCertificate({ request, authority, profile: "server" })), "ERR_INVALID_ALT_NAME", "request"],
  "a block cut short behind a whole one": [() => inspect(request + request.slice(0, 100)), "ERR_INVALID_PEM", "pem"],
  "an encrypted key that is none": [() => inspect("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"), "ERR_INVALID_KEY", "pem"],
  "a name that the authority may not sign for": [() => constrained().then((authority) => issueCertificate({ request, authority })), "ERR_NAME_CONSTRAINTS", "request"],
  "a listed name that the authority may not sign for": [() => Promise.all([constrained(), requestFor("Amy Smith")]).then(([authority, request]) => issueCertificate({ request, authority, profile: "client", altNames: ["b.example"] })), "ERR_NAME_CONSTRAINTS", "altNames"],
  "a request that is signed with SHA-1": [() => issueCertificate({ request: SHA1_REQUEST, authority, profile: "client" }), "ERR_WEAK_SIGNATURE", "request"],
  "a revocation list that can't be read": [() => inspect("-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n"), "ERR_INVALID_CRL", "pem"],
  "a subject that is no name": [() => createAuthority({ subject: "Bob" }), "ERR_INVALID_SUBJECT", "subject"],
  "an attribute type that nobody knows, in text": [() => createAuthority({ subject: "/nobody=x/CN=y" }), "ERR_INVALID_SUBJECT", "subject"],
  "an attribute by an OID that is none": [() => createAuthority({ subject: { commonName: "x", "1.99": "y" } }), "ERR_INVALID_SUBJECT", "subject.1.99"],
  "a relative name that is no object": [() => createAuthority({ subject: ["CN=x"] }), "ERR_INVALID_TYPE", "subject[0]"],
  "an unknown attribute in a relative name": [() => createAuthority({ subject: [{ commonName: "x", cn: "y" }] }), "ERR_UNKNOWN_OPTION", "subject[0].cn"],
  "a wrong country in a relative name": [() => createAuthority({ subject: [{ country: "Germany" }] }), "ERR_INVALID_SUBJECT", "subject[0].country"],
  "a user principal name that is none": [() => createRequest({ subject, altNames: [{ upn: "amy" }], privateKey: authority.privateKey }), "ERR_INVALID_ALT_NAME", "altNames[0].upn"],
  "an otherName that is no DER": [() => createRequest({ subject, altNames: [{ otherName: { oid: "1.2.3", value: "0C:05" } }], privateKey: authority.privateKey }), "ERR_INVALID_ALT_NAME", "altNames[0].otherName"],
  "an otherName that is no hexadecimal": [() => createRequest({ subject, altNames: [{ otherName: { oid: "1.2.3", value: "xyz" } }], privateKey: authority.privateKey }), "ERR_INVALID_OPTION", "altNames[0].otherName.value"],
  "an unknown key usage": [() => issueCertificate({ request, authority, keyUsage: ["everything"] }), "ERR_INVALID_OPTION", "keyUsage[0]"],
  "an empty key usage": [() => issueCertificate({ request, authority, keyUsage: [] }), "ERR_INVALID_OPTION", "keyUsage"],
  "a leaf that may sign certificates": [() => issueCertificate({ request, authority, keyUsage: ["keyCertSign"] }), "ERR_CONFLICTING_OPTIONS", "keyUsage"],
  "a server that is no server": [() => issueCertificate({ request, authority, extendedKeyUsage: ["clientAuth"] }), "ERR_CONFLICTING_OPTIONS", "extendedKeyUsage"],
  "name constraints of nothing": [() => createAuthority({ subject, nameConstraints: {} }), "ERR_INVALID_OPTION", "nameConstraints"],
  "a network that is none": [() => createAuthority({ subject, nameConstraints: { permitted: ["10.0.0.0/99"] } }), "ERR_INVALID_ALT_NAME", "nameConstraints.permitted[0]"],
  "name constraints of a leaf": [() => issueCertificate({ request, authority, nameConstraints: { permitted: ["a.example"] } }), "ERR_CONFLICTING_OPTIONS", "nameConstraints"],
  "more usages than a certificate gets": [() => issueCertificate({ request, authority, extendedKeyUsage: Array.from({ length: 101 }, (_, i) => `1.2.${i}`) }), "ERR_INVALID_OPTION", "extendedKeyUsage"],
  "an extension as long as a book": [() => issueCertificate({ request, authority, extensions: [{ oid: "1.2.3", value: new Uint8Array(2 << 20) }] }), "ERR_INVALID_OPTION", "extensions[0].value"],
  "the same in digits": [() => issueCertificate({ request, authority, extensions: [{ oid: "1.2.3", value: "00".repeat(1 << 20) }] }), "ERR_INVALID_OPTION", "extensions[0].value"],
  "a distribution point that is no URI": [() => issueCertificate({ request, authority, crlDistributionPoints: ["crl"] }), "ERR_INVALID_OPTION", "crlDistributionPoints[0]"],
  "an OCSP responder that is no URI": [() => issueCertificate({ request, authority, authorityInfoAccess: { ocsp: "a b" } }), "ERR_INVALID_OPTION", "authorityInfoAccess.ocsp"],
  "a policy that is no OID": [() => issueCertificate({ request, authority, certificatePolicies: [{ oid: "policy" }] }), "ERR_INVALID_OPTION", "certificatePolicies[0].oid"],
  "an extension that has an option of its own": [() => issueCertificate({ request, authority, extensions: [{ oid: "2.5.29.17", value: "0500" }] }), "ERR_INVALID_OPTION", "extensions[0].oid"],
  "an extension that is no DER": [() => issueCertificate({ request, authority, extensions: [{ oid: "1.2.3", value: new Uint8Array([5]) }] }), "ERR_INVALID_OPTION", "extensions[0].value"],
  "an extension given twice": [() => issueCertificate({ request, authority, extensions: [{ oid: "1.2.3", value: "0500" }, { oid: "1.2.3", value: "0500" }] }), "ERR_CONFLICTING_OPTIONS", "extensions[1].oid"],
  "something that can't be copied": [() => issueCertificate({ request, authority, copy: ["basicConstraints"] }), "ERR_INVALID_OPTION", "copy[0]"],
  "a word for a boolean": [() => issueCertificate({ request, authority, allowWeakSignature: "yes" }), "ERR_INVALID_TYPE", "allowWeakSignature"],
  "a path length of a leaf": [() => issueCertificate({ request, authority, pathLength: 0 }), "ERR_CONFLICTING_OPTIONS", "pathLength"],
  "a key whose inner length is longer than it need be": [() => createRequest({ subject, privateKey: withLongLength(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "der" })) }), "ERR_INVALID_KEY", "privateKey"],
  "a key on a curve that no browser takes": [() => createRequest({ subject, privateKey: generateKeyPairSync("ec", { namedCurve: "secp521r1" }).privateKey.export({ type: "pkcs8", format: "pem" }) }), "ERR_UNSUPPORTED_KEY", "privateKey"],
  "bytes that were given away to a worker": [() => inspect(given()), "ERR_INVALID_PEM", "pem"],
  "an array whose length can't be read": [() => createRequest({ subject, altNames: new Proxy([], { get() { throw new Error("mine"); } }), privateKey: authority.privateKey }), "ERR_INVALID_TYPE", "altNames"],
  "options that were revoked": [() => createMutualTls(revoked()), "ERR_INVALID_TYPE", undefined],
  "a key usage given twice": [() => issueCertificate({ request, authority, keyUsage: ["digitalSignature", "digitalSignature"] }), "ERR_CONFLICTING_OPTIONS", "keyUsage[1]"],
  "an extended key usage given twice": [() => issueCertificate({ request, authority, extendedKeyUsage: ["serverAuth", "1.3.6.1.5.5.7.3.1"] }), "ERR_CONFLICTING_OPTIONS", "extendedKeyUsage[1]"],
  "a policy given twice": [() => issueCertificate({ request, authority, certificatePolicies: ["1.2.3", { oid: "1.2.3" }] }), "ERR_CONFLICTING_OPTIONS", "certificatePolicies[1]"],
  "a JSON Web Key that is an array": [() => createRequest({ subject, privateKey: { jwk: [] } }), "ERR_INVALID_TYPE", "privateKey.jwk"],
  "a JSON Web Key that writes itself as text": [() => createRequest({ subject, privateKey: { jwk: { toJSON: () => "text" } } }), "ERR_INVALID_TYPE", "privateKey.jwk"],
  "more days than have digits": [() => createMutualTls({ days: 1e300 }), "ERR_INVALID_VALIDITY", "days"],
  "a client that is a server besides": [() => issueCertificate({ request, authority, profile: "client", extendedKeyUsage: ["clientAuth", "serverAuth"] }), "ERR_CONFLICTING_OPTIONS", "extendedKeyUsage"],
  "crypto of nobody": [() => createMutualTls({ crypto: "openssl" }), "ERR_INVALID_OPTION", "crypto"],
  "a passphrase for a key that can't be read": [() => generateKeyPair({ extractable: false, passphrase: "x" }), "ERR_CONFLICTING_OPTIONS", "passphrase"],
  "a key that can't be read, to be written down": [() => generateKeyPair({ extractable: false }).then(({ privateKey }) => convertKey({ privateKey, format: "pkcs8" })), "ERR_NOT_EXTRACTABLE", "privateKey"],
  "a PKCS#12 file that can't be read": [() => readPkcs12({ pkcs12: new Uint8Array([0x30, 0]) }), "ERR_INVALID_PKCS12", "pkcs12"],
  "a getter that throws": [() => createMutualTls({ get days() { throw new Error("mine"); } }), "ERR_INVALID_TYPE", "days"],
};

for (const [what, [call, code, field]] of Object.entries(CASES)) {
  test(`${what}: ${code}${field ? ` at ${field}` : ""}`, async () => {
    await refused(call(), code, field);
  });
}

test("the wasm's codes are those of index.d.ts, exhaustively, and each but the loader's is thrown above", () => {
  const types = readFileSync(new URL("../../pkg/index.d.ts", import.meta.url), "utf8");
  const union = types.slice(types.indexOf("type ErrorCode ="), types.indexOf("export class CertificateError"));
  const declared = [...union.matchAll(/"(ERR_\w+)"/g)].map(([, code]) => code);
  assert.deepEqual([...glue.errorCodes()].sort(), [...declared].sort());
  const thrown = new Set(Object.values(CASES).map(([, code]) => code));
  const elsewhere = ["ERR_LOAD", "ERR_INTERNAL", "ERR_CRYPTO_UNAVAILABLE"]; // in loading.test.mjs and crypto.test.mjs
  assert.deepEqual(declared.filter((code) => !thrown.has(code) && !elsewhere.includes(code)), []);
});

test("mutated files are read or refused, and never trap", async () => {
  const materials = ["bob_ca.crt", "bob_server.csr", "bob_server.key"].map((name) => pemBytes(made.files[name]));
  let [read, refusals] = [0, 0];
  for (const bytes of materials) {
    for (let at = 0; at < bytes.length; at++) {
      for (const value of [0x00, 0x7f, 0x80, 0xff]) {
        const changed = Uint8Array.from(bytes);
        changed[at] = value;
        const error = await inspect(changed).then(() => undefined, (error) => error);
        if (error) assert.ok(error instanceof CertificateError && error.code !== "ERR_INTERNAL", `byte ${at}: ${error.stack}`);
        error ? refusals++ : read++;
      }
    }
  }
  assert.ok(read > 100 && refusals > 100, `${read} read, ${refusals} refused`);
});

/** An authority for a.example alone. */
/** `a@evil.com` as an SmtpUTF8Mailbox (RFC 9598), where mailboxes of that domain are excluded. */
async function smtpUtf8() {
  const authority = await createAuthority({ subject: "CN=constrained", nameConstraints: { excluded: [{ email: "evil.com" }] } });
  const mailbox = { otherName: { oid: "1.3.6.1.5.5.7.8.9", value: "0c0a61406576696c2e636f6d" } };
  return issueCertificate({ request, authority, profile: "client", altNames: [mailbox] });
}

function constrained() {
  return createAuthority({ subject: { commonName: "constrained" }, nameConstraints: { permitted: ["a.example"] } });
}

/** Bytes whose buffer is another's by now. */
function given() {
  const bytes = new Uint8Array([0x30, 0]);
  structuredClone(bytes, { transfer: [bytes.buffer] });
  return bytes;
}

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function plainRequest() {
  return requestFor("x");
}

async function requestFor(commonName) {
  const { privateKey } = await generateKeyPair();
  return (await createRequest({ subject: { commonName }, privateKey })).request;
}

function pemBytes(text) {
  return new Uint8Array(Buffer.from(text.replace(/-----[^-]+-----/g, ""), "base64"));
}

/** A P-256 key in PKCS#8, with one byte more than DER wants for the length of the SEC1 key in it. */
function withLongLength(pkcs8) {
  const at = pkcs8.indexOf(Buffer.from([0x04, 0x6d, 0x30, 0x6b]));
  assert.deepEqual([pkcs8[1], pkcs8[2], at], [0x81, 0x87, 27]);
  return Buffer.concat([Buffer.from([0x30, 0x81, 0x88]), pkcs8.subarray(3, at), Buffer.from([0x04, 0x6e, 0x30, 0x81, 0x6b]), pkcs8.subarray(at + 4)]);
}
