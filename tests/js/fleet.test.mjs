// Many at once: results by index, one bad request among many, progress, and ways to stop.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import {
  CertificateError,
  createAuthority,
  createMutualTls,
  createRequest,
  createRevocationList,
  generateKeyPair,
  inspect,
  issueCertificate,
  issueCertificates,
  renewCertificate,
} from "../../pkg/index.js";
import { damaged } from "./support/damaged.mjs";

const run = promisify(execFile);

let authority;
let requests;

before(async () => {
  authority = await createAuthority({ subject: "CN=fleet-ca" });
  const { privateKey } = await generateKeyPair();
  requests = await Promise.all(Array.from({ length: 100 }, (_, i) => createRequest({ subject: `CN=client-${i}`, profile: "client", privateKey }).then(({ request }) => request)));
});

for (const crypto of ["webcrypto", "in-page"]) {
  test(`${crypto}: each certificate stands at the index of its request, with a serial number of its own`, async () => {
    const progress = [];
    const results = await issueCertificates({ authority, requests, crypto, onProgress: ({ done, total }) => progress.push([done, total]) });
    assert.deepEqual(results.map(({ details }) => details.subject.text), requests.map((_, i) => `CN=client-${i}`));
    assert.equal(new Set(results.map(({ details }) => details.serialNumber)).size, 100);
    const ca = new X509Certificate(authority.certificate);
    assert.ok(results.every(({ certificate }) => new X509Certificate(certificate).verify(ca.publicKey)));
    assert.deepEqual(progress, requests.map((_, i) => [i + 1, 100]));
  });
}

test("bad requests have their own errors, and nothing else is lost", async () => {
  const mixed = [...requests.slice(0, 10)];
  mixed[2] = "no request";
  mixed[4] = { request: requests[4], altNames: ["ex ample.com"] };
  mixed[5] = { request: requests[5], colour: "blue" };
  mixed[6] = damaged(requests[6]);
  mixed[8] = 5;
  mixed[9] = undefined;
  const results = await issueCertificates({ authority, requests: mixed });
  const errors = results.map(({ error }) => error && [error.code, error.field]);
  assert.deepEqual(errors, [
    undefined,
    undefined,
    ["ERR_INVALID_PEM", "requests[2]"],
    undefined,
    ["ERR_INVALID_ALT_NAME", "requests[4].altNames[0]"],
    ["ERR_UNKNOWN_OPTION", "requests[5].colour"],
    ["ERR_REQUEST_SIGNATURE", "requests[6]"],
    undefined,
    ["ERR_INVALID_TYPE", "requests[8]"],
    ["ERR_MISSING_OPTION", "requests[9]"],
  ]);
  for (const { error } of results) if (error) assert.ok(error instanceof CertificateError && error.message.startsWith(error.field), error.message);
});

test("each may have its own names and dates over what all share", async () => {
  const own = { request: Buffer.from(requests[1]), subject: "CN=renamed", altNames: ["renamed.example"], validity: { days: 3 }, serialNumber: "2A" };
  const [first, second] = await issueCertificates({ authority, requests: [requests[0], own], validity: { days: 30 }, crlDistributionPoints: "http://ca.example/crl" });
  const days = ({ details }) => Math.round((details.notAfter - details.notBefore) / 86_400_000);
  assert.deepEqual([days(first), days(second)], [30, 3]);
  assert.deepEqual([second.details.subject.text, second.details.serialNumber], ["CN=renamed", "2A"]);
  assert.deepEqual(second.details.crlDistributionPoints, ["http://ca.example/crl"]);
});

test("what is undefined or null of a request's own is shared, and what is not its own is refused", async () => {
  const { privateKey } = await generateKeyPair();
  const { request } = await createRequest({ subject: "CN=a.example", privateKey });
  const other = await createAuthority({ subject: "CN=other-ca", privateKey: authority.privateKey });
  class Entry {
    request = requests[0];
  }
  const unreadable = { request, get validity() { throw new Error("not now"); } };
  const entries = [
    { request, profile: undefined, validity: null },
    { request: requests[0], authority: other },
    { request: requests[0], crypto: "in-page" },
    { request: requests[0], signal: AbortSignal.abort() },
    new Entry(),
    unreadable,
  ];
  const results = await issueCertificates({ authority, profile: "client", validity: { days: 3 }, requests: entries });
  assert.equal(Math.round((results[0].details.notAfter - results[0].details.notBefore) / 86_400_000), 3);
  assert.deepEqual(results.slice(1).map(({ error }) => [error.code, error.field]), [
    ["ERR_UNKNOWN_OPTION", "requests[1].authority"],
    ["ERR_UNKNOWN_OPTION", "requests[2].crypto"],
    ["ERR_UNKNOWN_OPTION", "requests[3].signal"],
    ["ERR_INVALID_TYPE", "requests[4]"],
    ["ERR_INVALID_TYPE", "requests[5].validity"],
  ]);
});

test("a serial number is given once", async () => {
  const numbered = ["2A", "00:2a", "2B"].map((serialNumber, index) => ({ request: requests[index], serialNumber }));
  const [first, second, third] = await issueCertificates({ authority, requests: numbered });
  assert.deepEqual([first.details.serialNumber, third.details.serialNumber], ["2A", "2B"]);
  assert.deepEqual([second.error.code, second.error.field], ["ERR_CONFLICTING_OPTIONS", "requests[1].serialNumber"]);
  assert.match(second.error.message, /requests\[0\]/);
});

test("a salt that no key has room for is a false signature, and ends nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mtls-certs-pss-"));
  const key = join(folder, "r.key");
  await run("openssl", ["genrsa", "-out", key, "2048"]);
  const { stdout } = await run("openssl", ["req", "-new", "-key", key, "-subj", "/CN=x.example", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:222", "-outform", "DER"], { encoding: "buffer" });
  await rm(folder, { recursive: true });
  const hostile = Buffer.from(stdout);
  hostile.writeUInt16BE(0x7fff, hostile.lastIndexOf(Buffer.from([2, 2, 0, 0xde])) + 2);
  for (const crypto of [undefined, "webcrypto", "in-page"]) {
    const results = await issueCertificates({ authority, crypto, profile: "server", requests: [requests[0], hostile, stdout, requests[1]] });
    assert.deepEqual(results.map(({ error }) => error && [error.code, error.field]), [undefined, ["ERR_REQUEST_SIGNATURE", "requests[1]"], undefined, undefined]);
  }
  assert.equal((await inspect(hostile)).signatureValid, false);
  assert.equal((await inspect(stdout)).signatureValid, true);
});

for (const callback of ["onIssued", "onProgress"]) {
  test(`when ${callback} fails, no more are begun, and nothing happens afterwards`, async () => {
    const failure = new Error("disk full");
    let calls = 0;
    const failing = async () => {
      if (++calls === 3) throw failure;
    };
    await assert.rejects(issueCertificates({ authority, requests, [callback]: failing }), (error) => error === failure);
    const then = calls;
    // Those that were in flight.
    assert.ok(then < 3 + 8, `${then} of ${requests.length}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(calls, then);
  });
}

test("what the platform fails in is the error of that request", async (t) => {
  const { sign } = crypto.subtle;
  let calls = 0;
  t.mock.method(crypto.subtle, "sign", function (...of) {
    return ++calls === 2 ? Promise.reject(new DOMException("busy", "OperationError")) : sign.apply(this, of);
  });
  const results = await issueCertificates({ authority, requests: requests.slice(0, 5), crypto: "webcrypto" });
  const errors = results.filter(({ error }) => error).map(({ error }) => [error instanceof CertificateError, error.code, error.cause.name]);
  assert.deepEqual(errors, [[true, "ERR_INTERNAL", "OperationError"]]);
});

test("onIssued takes each as it comes, and none is kept", async () => {
  const taken = new Map();
  const results = await issueCertificates({ authority, requests, onIssued: (result, index) => void taken.set(index, result) });
  assert.deepEqual(results, []);
  assert.equal(taken.size, 100);
  assert.equal(taken.get(41).details.subject.text, "CN=client-41");
  await assert.rejects(issueCertificates({ authority, requests, onIssued() { throw new Error("disk full"); } }), /disk full/);
});

test("what all share is checked once, before anything is issued", async () => {
  const refused = (options, code, field) => assert.rejects(issueCertificates({ authority, requests, ...options }), { code, field });
  await refused({ requests: undefined }, "ERR_MISSING_OPTION", "requests");
  await refused({ requests: "x" }, "ERR_INVALID_TYPE", "requests");
  await refused({ authority: undefined }, "ERR_MISSING_OPTION", "authority");
  await refused({ altNames: ["a.example"] }, "ERR_UNKNOWN_OPTION", "altNames");
  await refused({ profile: "both" }, "ERR_INVALID_OPTION", "profile");
  await refused({ onProgress: 5 }, "ERR_INVALID_TYPE", "onProgress");
  await refused({ authority: { ...authority, privateKey: (await generateKeyPair()).privateKey } }, "ERR_KEY_MISMATCH", "authority.privateKey");
  assert.deepEqual(await issueCertificates({ authority, requests: [] }), []);
});

test("a signal stops it, between two certificates", async () => {
  const control = new AbortController();
  let done = 0;
  const call = issueCertificates({
    authority,
    requests,
    signal: control.signal,
    onProgress: (progress) => {
      done = progress.done;
      if (done === 10) control.abort();
    },
  });
  await assert.rejects(call, { name: "AbortError" });
  assert.ok(done < 100, `${done} were issued`);
  for (const work of [generateKeyPair, createMutualTls, (options) => createAuthority({ subject: "CN=x", ...options })]) {
    await assert.rejects(work({ signal: AbortSignal.abort(), crypto: "in-page" }), { name: "AbortError" });
    await assert.rejects(work({ signal: AbortSignal.abort() }), { name: "AbortError" });
  }
});

test("createMutualTls for a fleet: every client's files, under the options' paths", async () => {
  const clients = Array.from({ length: 50 }, (_, i) => ({ commonName: `device-${i}`, altNames: [`spiffe://fleet.example/${i}`] }));
  const { files, details } = await createMutualTls({ clients });
  assert.equal(Object.keys(files).length, 2 + 3 + 150);
  assert.deepEqual(details["device_7.crt"].altNames, [{ dns: "device-7" }, { uri: "spiffe://fleet.example/7" }]);
  const ca = new X509Certificate(files["ca.crt"]);
  for (const name of Object.keys(details)) assert.ok(new X509Certificate(files[name]).verify(ca.publicKey), name);
  await assert.rejects(createMutualTls({ clients: [...clients, { commonName: "x", altNames: ["a b"] }] }), { code: "ERR_INVALID_ALT_NAME", field: "clients[50].altNames[0]" });
});

test("createMutualTls is of one moment, however long it takes", async (t) => {
  const { now } = Date;
  let late = 0;
  t.mock.method(Date, "now", () => now() + (late += 700));
  const clients = Array.from({ length: 5 }, (_, i) => ({ commonName: `client-${i}` }));
  for (const days of [3650, 4000]) {
    const { details } = await createMutualTls({ days, clients });
    const ends = Object.values(details).map(({ notAfter }) => notAfter.getTime());
    assert.equal(new Set(ends).size, 1, "all of them end as the authority does");
  }
  const { details } = await createMutualTls({ days: 30 });
  assert.equal(Math.round((details["ca.crt"].notAfter - details["bob_server.crt"].notAfter) / 86_400_000), 3620);
});

test("as many days for what an authority signs as for itself: within the hour that both begin early, they fit", async (t) => {
  const { now } = Date;
  let late = 0;
  t.mock.method(Date, "now", () => now() + late);
  const short = await createAuthority({ subject: "CN=short-ca", validity: { days: 365 } });
  const issue = () => issueCertificates({ authority: short, requests: requests.slice(0, 1), validity: { days: 365 } });
  late = 59 * 60_000;
  const [{ details }] = await issue();
  assert.deepEqual(details.notAfter, short.details.notAfter);
  late = 61 * 60_000;
  const [{ error }] = await issue();
  assert.deepEqual([error.code, error.field], ["ERR_OUTLIVES_AUTHORITY", "requests[0].validity.days"]);
});

test("an authority that has ended is told so, and goes on once it is renewed", async (t) => {
  const old = await createAuthority({ subject: "CN=old-ca", validity: { days: 1 } });
  const { now } = Date;
  t.mock.method(Date, "now", () => now() + 3 * 86_400_000);
  for (const call of [() => issueCertificate({ authority: old, request: requests[0] }), () => createRevocationList({ authority: old, revoked: [] })]) {
    await assert.rejects(call(), { code: "ERR_OUTLIVES_AUTHORITY", field: "authority.certificate", message: /ended at .*; renew it/ });
  }
  const { certificate } = await renewCertificate({ certificate: old.certificate, authority: old });
  await issueCertificate({ authority: { certificate, privateKey: old.privateKey }, request: requests[0] });
});
