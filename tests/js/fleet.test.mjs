// Many at once: results by index, one bad request among many, progress, and ways to stop.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { before, test } from "node:test";
import { CertificateError, createAuthority, createMutualTls, createRequest, generateKeyPair, issueCertificates } from "../../pkg/index.js";

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
  mixed[6] = requests[6].replace(/[A-Za-z](?=[^\n]*\n-----END)/, (letter) => (letter === "A" ? "B" : "A"));
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
