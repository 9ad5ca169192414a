// What is the same for every call: how it is stopped, that it either makes a thing or rejects with a CertificateError, and what init takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  convertKey,
  createAuthority,
  createMutualTls,
  createRequest,
  createRevocationList,
  generateKeyPair,
  init,
  inspect,
  issueCertificate,
  issueCertificates,
  renewCertificate,
  updateRevocationList,
} from "../../pkg/index.js";

const authority = await createAuthority({ subject: "CN=my-ca" });
const { privateKey } = await generateKeyPair();
const { request } = await createRequest({ subject: "CN=amy", profile: "client", privateKey });
const { certificate } = await issueCertificate({ request, authority });
const { revocationList } = await createRevocationList({ authority, revoked: [] });

const refused = (call) => call.then(() => assert.fail("not refused"), ({ code, field }) => [code, field]);

/** Every function that takes a signal. */
const STOPPABLE = {
  generateKeyPair: (signal) => generateKeyPair({ signal }),
  "createAuthority with a key": (signal) => createAuthority({ subject: "CN=x", privateKey, signal }),
  createAuthority: (signal) => createAuthority({ subject: "CN=x", signal }),
  createRequest: (signal) => createRequest({ subject: "CN=x", privateKey, signal }),
  issueCertificate: (signal) => issueCertificate({ request, authority, signal }),
  issueCertificates: (signal) => issueCertificates({ requests: [request], authority, signal }),
  "issueCertificates of none": (signal) => issueCertificates({ requests: [], authority, signal }),
  renewCertificate: (signal) => renewCertificate({ certificate, authority, signal }),
  createRevocationList: (signal) => createRevocationList({ authority, revoked: [], signal }),
  updateRevocationList: (signal) => updateRevocationList({ revocationList, authority, signal }),
  createMutualTls: (signal) => createMutualTls({ signal }),
};

for (const [name, call] of Object.entries(STOPPABLE)) {
  test(`${name} ends with the reason of a signal that is aborted, and refuses what is none`, async () => {
    const reason = new Error("enough");
    await assert.rejects(call(AbortSignal.abort(reason)), (error) => error === reason);
    for (const none of [5, {}, "x", true, new AbortController()]) assert.deepEqual(await refused(call(none)), ["ERR_INVALID_TYPE", "signal"]);
    await call(AbortSignal.timeout(60_000));
    await call(null);
  });
}

test("a call ends at once when its signal is aborted on the way", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const making = generateKeyPair({ passphrase: "horse", iterations: 10_000_000, signal: controller.signal });
  const begun = performance.now();
  setTimeout(() => controller.abort(reason), 20);
  await assert.rejects(making, (error) => error === reason);
  // That many iterations take seconds.
  assert.ok(performance.now() - begun < 1000);
});

test("init refuses what is no source and no option, and says which", async () => {
  for (const source of [5, true, {}, [], () => {}]) assert.deepEqual(await refused(init(source)), ["ERR_INVALID_TYPE", "source"]);
  await assert.rejects(init({ crypto: "in-page" }), /options come second/);
  assert.deepEqual(await refused(init(undefined, { cripto: "in-page" })), ["ERR_UNKNOWN_OPTION", "cripto"]);
  assert.deepEqual(await refused(init(undefined, { crypto: "webgl" })), ["ERR_INVALID_OPTION", "crypto"]);
  assert.deepEqual(await refused(init(undefined, { inPage: 5 })), ["ERR_INVALID_TYPE", "inPage"]);
  for (const options of [5, "in-page", []]) assert.deepEqual(await refused(init(undefined, options)), ["ERR_INVALID_TYPE", "options"]);
  await init();
  await init(null, null);
});

test("a promise that was not awaited, and things that look like keys, are told by what they are", async () => {
  await assert.rejects(issueCertificate({ request, authority: createAuthority({ subject: "CN=x" }) }), /authority: is a Promise that was not awaited/);
  await assert.rejects(createRequest({ subject: "CN=x", privateKey: generateKeyPair() }), /privateKey: is a Promise that was not awaited; give a private key as PEM/);
  const pair = await generateKeyPair();
  await assert.rejects(createRequest({ subject: "CN=x", privateKey: pair }), { code: "ERR_INVALID_TYPE", field: "privateKey", message: /is a whole key pair or authority; give its privateKey/ });
  const { privateKey: keys } = await generateKeyPair({ extractable: false });
  await assert.rejects(createRequest({ subject: "CN=x", privateKey: keys.privateKey }), /privateKey: is an object of the class CryptoKey; .*CryptoKeyPair/);
  await assert.rejects(inspect(5), { message: /^pem: is a number; give PEM/ });
  await assert.rejects(createAuthority(5), { message: /^the argument is a number; give a plain object/ });
});

test("an option that is named by a key does not show the key", async () => {
  for (const name of [privateKey, privateKey.split("\n")[1]]) {
    await assert.rejects(createRequest({ [name]: 1 }), (error) => {
      assert.equal(error.code, "ERR_UNKNOWN_OPTION");
      assert.ok(!`${error.message} ${error.field}`.includes(privateKey.slice(40, 50)));
      return true;
    });
  }
  assert.deepEqual(await refused(createRequest({ subjekt: "CN=x" })), ["ERR_UNKNOWN_OPTION", "subjekt"]);
});

test("half a character is refused and not replaced", async () => {
  assert.deepEqual(await refused(createAuthority({ subject: { commonName: "x\ud800" } })), ["ERR_INVALID_OPTION", "subject.commonName"]);
  const { details } = await createAuthority({ subject: { commonName: "x\ufffd\u{1f600}" } });
  assert.equal(details.subject.commonName, "x\ufffd\u{1f600}");
});

test("bytes may be an ArrayBuffer", async () => {
  const buffer = new TextEncoder().encode(certificate).buffer;
  assert.equal((await inspect(buffer)).type, "certificate");
  const shared = new SharedArrayBuffer(buffer.byteLength);
  new Uint8Array(shared).set(new Uint8Array(buffer));
  assert.equal((await inspect({ pem: shared })).type, "certificate");
  const key = new TextEncoder().encode(privateKey).buffer;
  const asked = new TextEncoder().encode(request).buffer;
  await createRequest({ subject: "CN=x", privateKey: key });
  const [issued] = await issueCertificates({ requests: [asked], authority });
  assert.match(issued.certificate, /^-----BEGIN CERTIFICATE/);
  await assert.rejects(inspect(new Uint16Array(8)), /pem: is an object of the class Uint16Array/);
});

test("PEM whose line ends are written out is told so", async () => {
  await assert.rejects(inspect(certificate.replaceAll("\n", "\\n")), { code: "ERR_INVALID_PEM", message: /has `\\n` written out/ });
});

test("a result that is frozen is as good as one that is not", async () => {
  const frozen = Object.freeze(await createAuthority({ subject: "CN=frozen" }));
  const { certificate: made, details } = await issueCertificate({ request, authority: frozen });
  assert.match(made, /^-----BEGIN/);
  assert.equal(details.issuer.text, "CN=frozen");
  assert.equal(frozen.details.subject.text, "CN=frozen");
  assert.equal(frozen.details, frozen.details);
  assert.equal({ ...frozen }.details, frozen.details);
  assert.equal(structuredClone(frozen).details.subject.text, "CN=frozen");
  assert.equal(JSON.parse(JSON.stringify(frozen)).details.subject.text, "CN=frozen");
  assert.throws(() => (frozen.details = 5), TypeError);
  const all = Object.freeze((await createMutualTls()).details);
  assert.equal(all["ca.crt"].subject.text, "CN=my-ca");
});

test("an authority is used without its details being told", async () => {
  const lazy = await createAuthority({ subject: "CN=x" });
  await issueCertificate({ request, authority: lazy });
  await renewCertificate({ certificate: lazy.certificate, authority: lazy });
  assert.equal(typeof Object.getOwnPropertyDescriptor(lazy, "details").get, "function");
});

test("crypto: \"in-page\" is obeyed in encrypting, and can't be with a key that no script can read", async (t) => {
  const calls = t.mock.method(Object.getPrototypeOf(crypto.subtle), "deriveKey");
  await generateKeyPair({ passphrase: "x", iterations: 1000, crypto: "in-page" });
  assert.equal(calls.mock.callCount(), 0);
  await generateKeyPair({ passphrase: "x", iterations: 1000 });
  assert.equal(calls.mock.callCount(), 1);
  assert.deepEqual(await refused(generateKeyPair({ extractable: false, crypto: "in-page" })), ["ERR_CONFLICTING_OPTIONS", "extractable"]);
  assert.deepEqual(await refused(convertKey({ privateKey, format: "pkcs8", crypto: "bogus" })), ["ERR_INVALID_OPTION", "crypto"]);
});

test("the public half of a key that can't be read is written in either form, and nothing else of it", async () => {
  const { privateKey: pair, publicKey } = await generateKeyPair({ extractable: false });
  assert.equal((await convertKey({ privateKey: pair, format: "spki" })).key, publicKey);
  const { key } = await convertKey({ privateKey: pair, format: "public-jwk" });
  assert.deepEqual([key.kty, key.crv, key.d], ["EC", "P-256", undefined]);
  assert.deepEqual(await refused(convertKey({ privateKey: pair, format: "jwk" })), ["ERR_NOT_EXTRACTABLE", "privateKey"]);
  assert.deepEqual(await refused(convertKey({ privateKey: pair, format: "spki", bogus: 1 })), ["ERR_UNKNOWN_OPTION", "bogus"]);
  assert.deepEqual(await refused(convertKey({ privateKey: pair, format: "spki", passphrase: "x" })), ["ERR_CONFLICTING_OPTIONS", "passphrase"]);
});
