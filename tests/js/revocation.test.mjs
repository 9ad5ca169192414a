// Revocation lists across the border, and in Node's https server; the native tests judge their bytes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { attempt } from "./support/https.mjs";
import { testRefusals } from "./support/refusals.mjs";
import {
  createAuthority,
  createMutualTls,
  createRequest,
  createRevocationList,
  generateKeyPair,
  inspect,
  issueCertificate,
  updateRevocationList,
} from "../../pkg/index.js";

const { files } = await createMutualTls({ clients: [{ commonName: "amy-client" }, { commonName: "carol" }] });
const authority = { certificate: files["ca.crt"], privateKey: files["ca.key"] };
const other = await createAuthority({ subject: "CN=my-ca" });
const amy = files["amy_client.crt"];
const serialNumber = (await inspect(amy)).serialNumber;

const folder = mkdtempSync(join(tmpdir(), "mtls-certs-"));
after(() => rmSync(folder, { recursive: true }));
const openssl = (...args) => execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] }).toString();

const server = { key: files["bob_server.key"], cert: files["bob_server.crt"], ca: files["ca.crt"] };
const client = (name) => ({ key: files[`${name}.key`], cert: files[`${name}.crt`], ca: files["ca.crt"] });

test("Node's server refuses a revoked Amy, and lets Carol in", async () => {
  const { revocationList, details } = await createRevocationList({ authority, revoked: [{ certificate: amy, reason: "keyCompromise" }] });
  assert.match(revocationList, /^-----BEGIN X509 CRL-----\n/);
  assert.deepEqual(details, await inspect(revocationList));
  assert.deepEqual(details.revoked.map(({ serialNumber, reason }) => [serialNumber, reason]), [[serialNumber, "keyCompromise"]]);
  assert.equal(details.crlNumber, "01");
  assert.equal(Math.round((details.nextUpdate - Date.now()) / 86_400_000), 30);
  assert.equal((await attempt(server, client("amy_client"))).text, "amy-client");
  for (const maxVersion of ["TLSv1.2", "TLSv1.3"]) {
    const crl = { ...server, crl: revocationList, maxVersion };
    assert.equal((await attempt(crl, client("amy_client"))).reason, "CERT_REVOKED");
    assert.equal((await attempt(crl, client("carol"))).text, "carol");
  }
});

test("a list of another authority of the same name does not count, and one that ran out lets nobody in", async () => {
  const theirs = await createRevocationList({ authority: other });
  assert.match((await attempt({ ...server, crl: theirs.revocationList }, client("carol"))).reason, /CRL/);
  const begin = new Date((await inspect(files["ca.crt"])).notBefore.getTime() + 60_000);
  const end = new Date(begin.getTime() + 60_000);
  const old = await createRevocationList({ authority, validity: { notBefore: begin, notAfter: end } });
  assert.equal((await attempt({ ...server, crl: old.revocationList }, client("carol"))).reason, "CRL_HAS_EXPIRED");
});

test("below an intermediate, Node wants the list of each authority", async () => {
  const root = await createAuthority({ subject: "CN=root", pathLength: 1 });
  const keys = await Promise.all([generateKeyPair(), generateKeyPair()]);
  const asked = await createRequest({ subject: "CN=middle", privateKey: keys[0].privateKey });
  const middle = await issueCertificate({ request: asked.request, authority: root, profile: "authority" });
  const below = { certificate: middle.chain, privateKey: keys[0].privateKey };
  const { request } = await createRequest({ subject: "CN=dora", profile: "client", privateKey: keys[1].privateKey });
  const { chain } = await issueCertificate({ request, authority: below });
  const dora = { key: keys[1].privateKey, cert: chain, ca: files["ca.crt"] };
  const lists = [await createRevocationList({ authority: below }), await createRevocationList({ authority: root })].map(({ revocationList }) => revocationList);
  const trusting = (crl) => attempt({ ...server, ca: root.certificate, crl }, dora);
  assert.equal((await trusting(lists)).text, "dora");
  assert.equal((await trusting(lists.slice(0, 1))).reason, "UNABLE_TO_GET_CRL");
  const without = await createRevocationList({ authority: root, revoked: [{ certificate: middle.certificate, reason: "cACompromise" }] });
  assert.equal((await trusting([lists[0], without.revocationList])).reason, "CERT_REVOKED");
});

test("the next list: added, lifted, numbered", async () => {
  const first = await createRevocationList({ authority, number: 255n, revoked: [{ serialNumber: "0A", reason: "certificateHold", date: "2026-01-01" }, { certificate: Buffer.from(amy) }] });
  assert.equal(first.details.crlNumber, "FF");
  const second = await updateRevocationList({ revocationList: first.revocationList, authority, revoked: [{ certificate: files["carol.crt"], reason: "superseded", invalidityDate: new Date(0) }] });
  assert.equal(second.details.crlNumber, "0100");
  assert.deepEqual(second.details.revoked.slice(0, 2), first.details.revoked);
  const third = await updateRevocationList({ revocationList: Buffer.from(second.revocationList), authority, removed: [{ serialNumber: "0a" }], number: "02:00", validity: { days: 1 } });
  assert.equal(third.details.crlNumber, "0200");
  assert.deepEqual(third.details.revoked, second.details.revoked.slice(1));
  assert.equal(third.details.revoked[1].extensions.find(({ name }) => name === "invalidityDate").decoded, "1970-01-01T00:00:00Z");
  // It goes on under openssl, and openssl takes it.
  writeFileSync(join(folder, "ca.crt"), files["ca.crt"]);
  writeFileSync(join(folder, "ca.crl"), third.revocationList);
  openssl("crl", "-in", "ca.crl", "-noout", "-verify", "-CAfile", "ca.crt");
});

test("whoever computes, and a key that no script can read", async () => {
  for (const crypto of ["webcrypto", "in-page"]) {
    const { revocationList } = await createRevocationList({ authority, crypto, revoked: [{ certificate: amy }] });
    const { details } = await updateRevocationList({ revocationList, authority, crypto });
    assert.equal(details.revoked.length, 1);
  }
  const { privateKey } = await generateKeyPair({ extractable: false });
  const device = await createAuthority({ subject: "CN=device-ca", privateKey });
  const { revocationList } = await createRevocationList({ authority: device, revoked: [{ serialNumber: "01" }] });
  writeFileSync(join(folder, "device.crt"), device.certificate);
  writeFileSync(join(folder, "device.crl"), revocationList);
  openssl("crl", "-in", "device.crl", "-noout", "-verify", "-CAfile", "device.crt");
  assert.throws(() => openssl("crl", "-in", "device.crl", "-noout", "-verify", "-CAfile", "ca.crt"));
});

test("ten thousand entries, and what is told of them", async () => {
  const revoked = Array.from({ length: 10_000 }, (_, index) => ({ serialNumber: (2n ** 126n + BigInt(index)).toString(16), reason: "superseded", invalidityDate: "2026-01-01" }));
  const begun = Date.now();
  const { revocationList } = await createRevocationList({ authority, revoked });
  const { details } = await updateRevocationList({ revocationList, authority, revoked: [{ certificate: amy }] });
  assert.equal(details.revoked.length, 10_001);
  assert.ok(Date.now() - begun < 60_000, `${Date.now() - begun} ms`);
  assert.equal((await attempt({ ...server, crl: revocationList }, client("amy_client"))).text, "amy-client");
});

const { revocationList } = await createRevocationList({ authority, revoked: [{ certificate: amy }] });
const { privateKey } = await generateKeyPair();
const { request } = await createRequest({ subject: "CN=amy-client", profile: "client", privateKey });
const impostor = (await issueCertificate({ request, authority: other })).certificate;
const revoke = (entry, more) => (crypto) => createRevocationList({ authority, revoked: [entry], crypto, ...more });
const update = (options) => (crypto) => updateRevocationList({ revocationList, authority, crypto, ...options });

const REFUSALS = {
  "a missing authority": [() => createRevocationList({}), "ERR_MISSING_OPTION", "authority"],
  "an unknown option": [() => createRevocationList({ authority, removed: [] }), "ERR_UNKNOWN_OPTION", "removed"],
  "a certificate by its name": [revoke("amy-client"), "ERR_INVALID_TYPE", "revoked[0]"],
  "no certificate": [revoke({ reason: "superseded" }), "ERR_MISSING_OPTION", "revoked[0]"],
  "a certificate twice over": [revoke({ serialNumber, certificate: amy }), "ERR_CONFLICTING_OPTIONS", "revoked[0].serialNumber"],
  "a serial number that is none": [revoke({ serialNumber: "xyz" }), "ERR_INVALID_SERIAL_NUMBER", "revoked[0].serialNumber"],
  "another authority's certificate": [revoke({ certificate: impostor }), "ERR_WRONG_ISSUER", "revoked[0].certificate"],
  "another name's certificate": [() => createAuthority({ subject: "CN=nobody" }).then((authority) => createRevocationList({ authority, revoked: [{ certificate: amy }] })), "ERR_WRONG_ISSUER", "revoked[0].certificate"],
  "a reason that is none": [revoke({ serialNumber, reason: "revenge" }), "ERR_INVALID_OPTION", "revoked[0].reason"],
  "a reason of delta lists": [revoke({ serialNumber, reason: "removeFromCRL" }), "ERR_INVALID_OPTION", "revoked[0].reason"],
  "a date to come": [revoke({ serialNumber, date: new Date(Date.now() + 60_000) }), "ERR_INVALID_VALIDITY", "revoked[0].date"],
  "a date that is none": [revoke({ serialNumber, invalidityDate: "soon" }), "ERR_INVALID_VALIDITY", "revoked[0].invalidityDate"],
  "the same one twice": [() => createRevocationList({ authority, revoked: [{ serialNumber }, { certificate: amy }] }), "ERR_CONFLICTING_OPTIONS", "revoked[1].certificate"],
  "half a number": [revoke({ serialNumber }, { number: 1.5 }), "ERR_INVALID_OPTION", "number"],
  "a negative number": [revoke({ serialNumber }, { number: -1n }), "ERR_INVALID_OPTION", "number"],
  "a number that is a date": [revoke({ serialNumber }, { number: new Date() }), "ERR_INVALID_TYPE", "number"],
  "a list that outlives its authority": [revoke({ serialNumber }, { validity: { days: 4000 } }), "ERR_OUTLIVES_AUTHORITY", "validity.days"],
  "a missing list": [() => updateRevocationList({ authority }), "ERR_MISSING_OPTION", "revocationList"],
  "a certificate for a list": [update({ revocationList: amy }), "ERR_INVALID_PEM", "revocationList"],
  "a list that can't be read": [update({ revocationList: "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n" }), "ERR_INVALID_CRL", "revocationList"],
  "another authority's list": [update({ authority: other }), "ERR_WRONG_ISSUER", "revocationList"],
  "a number that does not grow": [update({ number: 1 }), "ERR_INVALID_OPTION", "number"],
  "one that is revoked already": [update({ revoked: [{ serialNumber }] }), "ERR_CONFLICTING_OPTIONS", "revoked[0].serialNumber"],
  "one that is revoked for good, to be lifted": [update({ removed: [{ certificate: amy }] }), "ERR_INVALID_OPTION", "removed[0].certificate"],
  "one that is not on the list, to be lifted": [update({ removed: [{ serialNumber: "77" }] }), "ERR_INVALID_OPTION", "removed[0].serialNumber"],
  "a reason to lift": [update({ removed: [{ serialNumber, reason: "superseded" }] }), "ERR_UNKNOWN_OPTION", "removed[0].reason"],
};

testRefusals(REFUSALS);

test("a call that is stopped makes nothing", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(createRevocationList({ authority, signal }), /enough/);
});
