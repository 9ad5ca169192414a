// The platform's crypto and in-page crypto: which one works, that both give the same, and keys that no script can read.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { test } from "node:test";
import { CertificateError, convertKey, createAuthority, createMutualTls, createRequest, forget, generateKeyPair, inspect, inspectAll, issueCertificate } from "../../pkg/index.js";
import { damaged } from "./support/damaged.mjs";

const ALGORITHMS = ["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"];
const { subtle } = globalThis.crypto;

/** Counts the platform's calls while `work` runs. */
async function counting(work) {
  const counts = {};
  const prototype = Object.getPrototypeOf(subtle);
  const names = ["importKey", "sign", "verify", "generateKey", "deriveKey"];
  const original = Object.fromEntries(names.map((name) => [name, prototype[name]]));
  for (const name of names) {
    prototype[name] = function (...args) {
      counts[name] = (counts[name] ?? 0) + 1;
      return original[name].apply(this, args);
    };
  }
  try {
    await work();
  } finally {
    Object.assign(prototype, original);
  }
  return counts;
}

for (const algorithm of ALGORITHMS) {
  test(`${algorithm}: the platform signs by default, in-page crypto when it is asked, and each reads the other's`, async () => {
    const platform = await counting(() => generateKeyPair({ algorithm }).then(({ privateKey }) => createRequest({ subject: "CN=amy", privateKey })));
    // RSA keys are of primes that Node finds: node_crypto.test.mjs.
    const generates = !algorithm.startsWith("rsa");
    assert.ok(platform.generateKey >= 1 === generates && platform.sign >= 1, JSON.stringify(platform));
    let made;
    const inPage = await counting(async () => {
      made = await createMutualTls({ algorithm, crypto: "in-page" });
    });
    assert.deepEqual(inPage, {});
    for (const crypto of ["webcrypto", "in-page"]) {
      const authority = { certificate: made.files["ca.crt"], privateKey: made.files["ca.key"] };
      const { certificate } = await issueCertificate({ request: made.files["amy_client.csr"], authority, crypto });
      assert.ok(new X509Certificate(certificate).verify(new X509Certificate(made.files["ca.crt"]).publicKey), crypto);
      await assert.rejects(issueCertificate({ request: damaged(made.files["amy_client.csr"]), authority, crypto }), { code: "ERR_REQUEST_SIGNATURE", field: "request" });
    }
  });
}

for (const algorithm of ["ed25519", "rsa-2048"]) {
  test(`${algorithm}: both give the same bytes`, async () => {
    const { privateKey } = await generateKeyPair({ algorithm });
    const options = { subject: "CN=amy,O=Example", altNames: ["amy.example"], profile: "client", privateKey };
    const requests = await Promise.all(["webcrypto", "in-page"].map((crypto) => createRequest({ ...options, crypto })));
    assert.equal(requests[0].request, requests[1].request);
    const dates = { notBefore: "2026-01-01", notAfter: "2030-01-01" };
    const authorities = await Promise.all(["webcrypto", "in-page"].map((crypto) => createAuthority({ subject: "CN=ca", privateKey, validity: dates, serialNumber: "01", crypto })));
    assert.equal(authorities[0].certificate, authorities[1].certificate);
    assert.deepEqual(authorities[0].details, authorities[1].details);
  });
}

test("a key is imported once, kept for the next signature, and dropped by forget()", async () => {
  const ca = await createAuthority({ subject: "CN=ca" });
  const { privateKey } = await generateKeyPair();
  const { request } = await createRequest({ subject: "CN=amy", profile: "client", privateKey });
  // As read from disk: another string, and bytes.
  const authority = () => ({ certificate: ca.certificate, privateKey: Buffer.from(ca.privateKey) });
  const issue = () => issueCertificate({ request, authority: authority(), crypto: "webcrypto" });
  forget();
  const first = await counting(issue);
  assert.ok(first.importKey > 1, JSON.stringify(first));
  // Only the request's public key is imported from now on.
  assert.deepEqual(await counting(issue), { importKey: 1, verify: 1, sign: 1 });
  assert.deepEqual(await counting(() => Promise.all([issue(), issue(), issue()])), { importKey: 3, verify: 3, sign: 3 });
  forget();
  assert.deepEqual(await counting(issue), first);
});

for (const [encryption, derived] of Object.entries({
  "-v2 aes-256-cbc": 1,
  "-v2 aes-128-cbc -v2prf hmacWithSHA512": 1,
  "-v2 aes-256-cbc -v2prf hmacWithSHA1": 1,
  // What WebCrypto has not is decrypted in-page.
  "-v2 des3": undefined,
  "-scrypt": undefined,
})) {
  test(`openssl pkcs8 ${encryption}: whose crypto opens the key, and both the same one`, async () => {
    const { privateKey, publicKey } = await generateKeyPair();
    const pem = execFileSync("openssl", ["pkcs8", "-topk8", "-passout", "pass:sesame", ...encryption.split(" ")], { input: privateKey, encoding: "utf8" });
    for (const [crypto, expected] of [["webcrypto", derived], ["in-page", undefined]]) {
      forget();
      const key = { pem, passphrase: "sesame" };
      const counts = await counting(() => createRequest({ subject: "CN=amy", privateKey: key, crypto }));
      assert.equal(counts.deriveKey, expected, crypto);
      assert.equal((await convertKey({ privateKey: key, format: "spki", crypto })).key, publicKey);
      for (const passphrase of ["wrong", "sesam", ""]) {
        for (const use of [(privateKey) => createRequest({ subject: "CN=amy", privateKey, crypto }), (privateKey) => convertKey({ privateKey, format: "spki", crypto })]) {
          await assert.rejects(use({ pem, passphrase }), { code: "ERR_PASSPHRASE", field: "privateKey", message: "privateKey: can't be decrypted with this passphrase; check it" });
        }
      }
    }
  });
}

test("a key that can't even be looked at is refused like any other", async () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const throwing = new Proxy({}, { get() { throw new Error("mine"); }, has() { throw new Error("mine"); }, ownKeys() { throw new Error("mine"); } });
  for (const privateKey of [proxy, throwing]) {
    for (const call of [() => createRequest({ subject: "CN=amy", privateKey }), () => convertKey({ privateKey, format: "spki" })]) {
      const error = await call().then(() => assert.fail("nothing was thrown"), (error) => error);
      assert.ok(error instanceof CertificateError, error.stack);
      assert.equal(error.field, "privateKey", error.message);
    }
  }
});

test("a wrong passphrase that leaves a right padding is told all the same", async () => {
  const { privateKey } = await generateKeyPair({ passphrase: "sesame", iterations: 1000 });
  // One in 256 does.
  const tries = Array.from({ length: 1500 }, (_, i) => createRequest({ subject: "CN=amy", privateKey: { pem: privateKey, passphrase: `wrong ${i}` } }).then(() => "made", ({ code, field }) => `${code} ${field}`));
  assert.deepEqual(new Set(await Promise.all(tries)), new Set(["ERR_PASSPHRASE privateKey"]));
});

test("a key is put under a passphrase by the platform or in-page, and openssl opens both", async () => {
  const { privateKey } = await generateKeyPair({ algorithm: "rsa-2048" });
  for (const [crypto, expected] of [["webcrypto", 1], ["in-page", undefined]]) {
    let key;
    const counts = await counting(async () => ({ key } = await convertKey({ privateKey, format: "pkcs8", passphrase: "sesame", iterations: 1000, crypto })));
    assert.equal(counts.deriveKey, expected);
    assert.equal(execFileSync("openssl", ["pkcs8", "-passin", "pass:sesame"], { input: key, encoding: "utf8" }), privateKey);
    assert.throws(() => execFileSync("openssl", ["pkcs8", "-passin", "pass:wrong"], { input: key, stdio: "pipe" }));
    for (const wrong of [{ passphrase: "" }, { passphrase: "x", iterations: 10 }, { passphrase: "x", format: "sec1" }, { passphrase: "x", oops: 1 }]) {
      await assert.rejects(convertKey({ privateKey, format: "pkcs8", crypto, ...wrong }), CertificateError);
    }
  }
});

test("many keys in use keep no more than a few", async () => {
  const pairs = await Promise.all(Array.from({ length: 12 }, () => generateKeyPair()));
  forget();
  const use = (pair) => createRequest({ subject: "CN=amy", privateKey: pair.privateKey, crypto: "webcrypto" });
  for (const pair of pairs) await use(pair);
  assert.deepEqual(await counting(() => use(pairs[11])), { sign: 1 });
  assert.ok((await counting(() => use(pairs[0]))).importKey > 0);
});

for (const algorithm of ALGORITHMS) {
  test(`${algorithm}: a CA on a key that no script can read`, async () => {
    const pair = await generateKeyPair({ algorithm, extractable: false });
    assert.equal(pair.privateKey.privateKey.extractable, false);
    const ca = await createAuthority({ subject: "CN=ca", privateKey: pair.privateKey });
    assert.equal(ca.privateKey, pair.privateKey);
    const { request } = await createRequest({ subject: "CN=amy", profile: "client", privateKey: (await generateKeyPair()).privateKey });
    const { certificate } = await issueCertificate({ request, authority: ca });
    assert.ok(new X509Certificate(certificate).verify(new X509Certificate(ca.certificate).publicKey));
    await assert.rejects(convertKey({ privateKey: pair.privateKey, format: "pkcs8" }), (error) => {
      assert.ok(error instanceof CertificateError);
      assert.deepEqual([error.code, error.field], ["ERR_NOT_EXTRACTABLE", "privateKey"]);
      assert.match(error.message, /extractable: false/);
      return true;
    });
    assert.equal((await convertKey({ privateKey: pair.privateKey, format: "spki" })).key, pair.publicKey);
    // It can be cloned, as IndexedDB and postMessage do.
    const again = structuredClone(pair.privateKey);
    await issueCertificate({ request, authority: { certificate: ca.certificate, privateKey: again } });
  });
}

test("a CryptoKeyPair that one has, extractable too", async () => {
  const pair = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const { request, details } = await createRequest({ subject: "CN=amy", privateKey: pair });
  assert.equal(details.publicKey.algorithm, "ecdsa-p256");
  const { key } = await convertKey({ privateKey: pair, format: "pkcs8" });
  assert.deepEqual((await inspectAll(request + key)).map(({ sameKeyAs }) => sameKeyAs), [[1], [0]]);
});

test("a pair that is changed afterwards is another pair", async () => {
  const made = () => crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const [one, two] = [await made(), await made()];
  const pair = { privateKey: one.privateKey, publicKey: one.publicKey };
  const first = await createAuthority({ subject: "CN=one", privateKey: pair });
  assert.equal(first.privateKey, pair);
  Object.assign(pair, { privateKey: two.privateKey, publicKey: two.publicKey });
  const second = await createAuthority({ subject: "CN=two", privateKey: pair });
  const spki = async (key) => Buffer.from(await crypto.subtle.exportKey("spki", key)).toString("base64");
  assert.equal(new X509Certificate(second.certificate).publicKey.export({ type: "spki", format: "der" }).toString("base64"), await spki(two.publicKey));
  // A pair that was refused is looked at again once it is put right.
  pair.publicKey = one.publicKey;
  await assert.rejects(createAuthority({ subject: "CN=x", privateKey: pair }), { code: "ERR_KEY_MISMATCH" });
  pair.publicKey = two.publicKey;
  await createAuthority({ subject: "CN=x", privateKey: pair });
});

test("CryptoKeyPairs that can't sign certificates are refused with the reason", async () => {
  const refused = async (pair, code, why) => {
    await assert.rejects(createRequest({ subject: "CN=amy", privateKey: pair }), (error) => {
      assert.deepEqual([error.code, error.field], [code, "privateKey"], error.message);
      assert.match(error.message, why);
      return true;
    });
  };
  const generate = (algorithm, usages = ["sign", "verify"]) => subtle.generateKey(algorithm, true, usages);
  const rsa = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  await refused(await generate({ name: "ECDSA", namedCurve: "P-521" }), "ERR_UNSUPPORTED_KEY", /ECDSA/);
  await refused(await generate({ name: "RSA-PSS", hash: "SHA-256", ...rsa }), "ERR_UNSUPPORTED_KEY", /RSA-PSS/);
  await refused(await generate({ name: "RSASSA-PKCS1-v1_5", hash: "SHA-384", ...rsa }), "ERR_UNSUPPORTED_KEY", /SHA-256/);
  await refused(await generate({ name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", ...rsa, modulusLength: 1024 }), "ERR_UNSUPPORTED_KEY", /1024/);
  await refused(await generate({ name: "ECDH", namedCurve: "P-256" }, ["deriveBits"]), "ERR_UNSUPPORTED_KEY", /ECDH/);
  const [one, two] = await Promise.all([generate({ name: "ECDSA", namedCurve: "P-256" }), generate({ name: "ECDSA", namedCurve: "P-256" })]);
  await refused({ privateKey: one.privateKey, publicKey: two.publicKey }, "ERR_KEY_MISMATCH", /belong together/);
  await refused({ privateKey: one.privateKey, publicKey: one.privateKey }, "ERR_UNSUPPORTED_KEY", /publicKey is a private key/);
  const secret = await generate({ name: "HMAC", hash: "SHA-256" });
  await refused({ privateKey: one.privateKey, publicKey: secret }, "ERR_UNSUPPORTED_KEY", /publicKey is a secret key/);
});

test("a PKCS#8 file whose two halves do not belong together is refused, whoever reads it", async () => {
  const [one, two] = await Promise.all([generateKeyPair(), generateKeyPair()]);
  const der = (pem) => Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64");
  const point = der(two.publicKey).subarray(-65);
  const mixed = der(one.privateKey);
  const at = mixed.indexOf(der(one.publicKey).subarray(-65));
  assert.ok(at > 0);
  point.copy(mixed, at);
  for (const crypto of ["webcrypto", "in-page"]) {
    await assert.rejects(createRequest({ subject: "CN=x", privateKey: mixed, crypto }), { code: "ERR_INVALID_KEY", field: "privateKey" });
  }
});

test("keys are encrypted by the platform in the same form", async () => {
  const { privateKey } = await generateKeyPair({ passphrase: "ünlock", iterations: 1000 });
  for (const crypto of ["webcrypto", "in-page"]) {
    await createRequest({ subject: "CN=x", privateKey: { pem: privateKey, passphrase: "ünlock" }, crypto });
    await assert.rejects(createRequest({ subject: "CN=x", privateKey: { pem: privateKey, passphrase: "unlock" }, crypto }), { code: "ERR_PASSPHRASE" });
  }
  assert.equal((await inspect({ pem: privateKey, passphrase: "ünlock" })).encrypted, true);
});

test("where the platform has no crypto, everything works in-page, and what needs the platform says so", () => {
  const script = `
    Object.defineProperty(globalThis.crypto, "subtle", { value: undefined });
    const api = await import(${JSON.stringify(new URL("../../pkg/index.js", import.meta.url).href)});
    const made = await api.createMutualTls({ authorities: "distinct" });
    const pair = await api.generateKeyPair({ passphrase: "x", iterations: 1000 });
    const { request } = await api.createRequest({ subject: "CN=amy", profile: "client", privateKey: { pem: pair.privateKey, passphrase: "x" } });
    const authority = { certificate: made.files["amy_ca.crt"], privateKey: made.files["amy_ca.key"] };
    const issued = await api.issueCertificate({ request, authority });
    const [details] = await api.inspectAll(request);
    const codes = await Promise.all([api.generateKeyPair({ extractable: false }), api.createAuthority({ subject: "CN=x", crypto: "webcrypto" })].map((call) => call.catch(({ code, field }) => [code, field])));
    console.log(JSON.stringify([Object.keys(made.files).length, issued.details.subject.text, details.signatureValid, codes]));
  `;
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  const unavailable = ["ERR_CRYPTO_UNAVAILABLE", "crypto"];
  assert.deepEqual(JSON.parse(printed), [10, "CN=amy", true, [["ERR_CRYPTO_UNAVAILABLE", "extractable"], unavailable]]);
});

test("init can choose for all calls", () => {
  const script = `
    const api = await import(${JSON.stringify(new URL("../../pkg/index.js", import.meta.url).href)});
    await api.init(undefined, { crypto: "in-page" });
    let used = 0;
    const prototype = Object.getPrototypeOf(crypto.subtle);
    for (const name of ["sign", "generateKey"]) { const original = prototype[name]; prototype[name] = function (...args) { used++; return original.apply(this, args); }; }
    await api.createMutualTls();
    console.log(used);
    await api.createMutualTls({ crypto: "webcrypto" });
    console.log(used > 0);
  `;
  assert.equal(execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" }), "0\ntrue\n");
});

test("details are plain data, told when somebody asks", async () => {
  const made = await createMutualTls();
  const details = made.details["ca.crt"];
  assert.equal(details, made.details["ca.crt"], "computed once");
  assert.deepEqual(JSON.parse(JSON.stringify(made)).details["ca.crt"].subject, details.subject);
  assert.deepEqual({ ...(await createAuthority({ subject: "CN=x" })) }.details.subject.text, "CN=x");
  const hash = createHash("sha256").update(new X509Certificate(made.files["ca.crt"]).raw).digest("hex");
  assert.equal(details.fingerprints.sha256.replaceAll(":", "").toLowerCase(), hash);
});

test("a key that the platform fails at is asked for once more", async () => {
  const prototype = Object.getPrototypeOf(subtle);
  const { generateKey } = prototype;
  const failing = async (times) => {
    let asked = 0;
    prototype.generateKey = function (...args) {
      asked++;
      return asked > times ? generateKey.apply(this, args) : Promise.reject(new DOMException("no", "OperationError"));
    };
    const made = await generateKeyPair({ algorithm: "ecdsa-p384" }).then(({ algorithm }) => algorithm, ({ name }) => name);
    return [made, asked];
  };
  await generateKeyPair({ algorithm: "ecdsa-p384" });
  try {
    assert.deepEqual(await failing(1), ["ecdsa-p384", 2]);
    assert.deepEqual(await failing(2), ["OperationError", 2]);
  } finally {
    prototype.generateKey = generateKey;
  }
});

test("a key that the platform writes without its zeros is made anew", async () => {
  const prototype = Object.getPrototypeOf(subtle);
  const { exportKey } = prototype;
  const cut = { jwk: (jwk) => ({ ...jwk, x: jwk.x.slice(0, -4) }), spki: (spki) => spki.slice(0, -3), pkcs8: (pkcs8) => pkcs8 };
  for (const extractable of [true, false]) {
    // What is written of the first key: as a JWK, then each half, or the public one alone.
    let left = extractable ? 3 : 1;
    prototype.exportKey = async function (form, key) {
      const isCut = left-- > 0;
      const whole = await exportKey.call(this, form, key);
      return isCut ? cut[form](whole) : whole;
    };
    try {
      const made = await generateKeyPair({ algorithm: "ed25519", extractable });
      assert.equal(made.algorithm, "ed25519");
      assert.match(made.publicKey, /^-----BEGIN PUBLIC KEY-----/);
      assert.equal((await inspect(made.publicKey)).publicKey.bits, 255);
    } finally {
      prototype.exportKey = exportKey;
    }
  }
});
