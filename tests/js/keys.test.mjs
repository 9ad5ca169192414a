// Keys in and out in every form, in Node, whose own crypto judges them.
import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { convertKey, createRequest, generateKeyPair, inspect } from "../../pkg/index.js";

const ALGORITHMS = ["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"];
const spki = (key) => createPublicKey(key).export({ type: "spki", format: "pem" });
const jwkOf = (pem) => createPrivateKey(pem).export({ format: "jwk" });
const subject = { commonName: "amy-client" };

for (const algorithm of ALGORITHMS) {
  test(`convertKey takes ${algorithm} through its forms, and Node reads them`, async () => {
    const { privateKey, publicKey } = await generateKeyPair({ algorithm });
    const convert = (format, key = privateKey) => convertKey({ privateKey: key, format }).then(({ key }) => key);
    const own = algorithm.startsWith("rsa") ? ["pkcs1"] : algorithm === "ed25519" ? [] : ["sec1"];
    for (const format of ["pkcs8", ...own]) {
      const pem = await convert(format);
      assert.equal(spki(createPrivateKey(pem)), publicKey, format);
      assert.equal(await convert("pkcs8", pem), privateKey, format);
    }
    for (const format of ["pkcs1", "sec1"].filter((format) => !own.includes(format))) {
      await assert.rejects(convert(format), { code: "ERR_INVALID_OPTION", field: "format" });
    }
    const jwk = await convert("jwk");
    assert.deepEqual({ ...jwk }, jwkOf(privateKey));
    assert.equal(Object.getPrototypeOf(jwk), Object.prototype);
    assert.equal(await convert("pkcs8", { jwk }), privateKey);
    assert.equal(await convert("pkcs8", JSON.stringify(jwk)), privateKey);
    assert.equal(await convert("spki"), publicKey);
    const publicJwk = await convert("public-jwk");
    assert.ok(!("d" in publicJwk));
    assert.equal(spki({ key: publicJwk, format: "jwk" }), publicKey);
  });
}

test("convertKey encrypts PKCS#8, and takes the passphrase off again", async () => {
  const { privateKey, publicKey } = await generateKeyPair();
  const { key } = await convertKey({ privateKey, format: "pkcs8", passphrase: "correct horse", iterations: 1000 });
  assert.match(key, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
  assert.equal(spki(createPrivateKey({ key, passphrase: "correct horse" })), publicKey);
  const open = (passphrase) => convertKey({ privateKey: { pem: key, passphrase }, format: "pkcs8" });
  assert.equal((await open("correct horse")).key, privateKey);
  for (const passphrase of ["wrong", "", undefined]) {
    await assert.rejects(open(passphrase), { code: "ERR_PASSPHRASE", field: "privateKey" });
  }
  // One that is not needed is passed over, as OpenSSL does.
  assert.equal((await convertKey({ privateKey: { pem: privateKey, passphrase: "x" }, format: "pkcs8" })).key, privateKey);
});

test("keys that Node writes, old forms too, are read", async () => {
  const passphrase = "secret";
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  for (const [key, type] of [[rsa, "pkcs1"], [ec, "sec1"]]) {
    const read = async (privateKey) => (await convertKey({ privateKey, format: "spki" })).key;
    assert.equal(await read(key.export({ type, format: "pem" })), spki(key));
    assert.equal(await read(key.export({ type, format: "der" })), spki(key));
    for (const cipher of ["aes-128-cbc", "aes-256-cbc", "des-ede3-cbc"]) {
      for (const form of [type, "pkcs8"]) {
        const pem = key.export({ type: form, format: "pem", cipher, passphrase });
        assert.equal(await read({ pem, passphrase }), spki(key), `${form} ${cipher}`);
        await assert.rejects(read(pem), { code: "ERR_PASSPHRASE", field: "privateKey" });
      }
    }
    const { details } = await createRequest({ subject, privateKey: { jwk: key.export({ format: "jwk" }) } });
    assert.equal(details.subject.commonName, "amy-client");
  }
});

test("generateKeyPair takes the iterations", async () => {
  const { privateKey, publicKey } = await generateKeyPair({ passphrase: "secret", iterations: 1000 });
  assert.equal(spki(createPrivateKey({ key: privateKey, passphrase: "secret" })), publicKey);
});

const cyclic = {};
cyclic.self = cyclic;

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const pem = privateKey.export({ type: "pkcs8", format: "pem" });
const jwk = privateKey.export({ format: "jwk" });
const convert = (options) => () => convertKey({ privateKey: pem, format: "pkcs8", ...options });

const REFUSED = {
  "no format": [() => convertKey({ privateKey: pem }), "ERR_MISSING_OPTION", "format"],
  "no key": [() => convertKey({ format: "pkcs8" }), "ERR_MISSING_OPTION", "privateKey"],
  "an unknown format": [convert({ format: "der" }), "ERR_INVALID_OPTION", "format"],
  "a passphrase for an unencrypted form": [convert({ format: "sec1", passphrase: "x" }), "ERR_CONFLICTING_OPTIONS", "passphrase"],
  "an empty passphrase": [convert({ passphrase: "" }), "ERR_PASSPHRASE", "passphrase"],
  "iterations without a passphrase": [convert({ iterations: 1000 }), "ERR_CONFLICTING_OPTIONS", "iterations"],
  "too few iterations": [convert({ passphrase: "x", iterations: 999 }), "ERR_INVALID_OPTION", "iterations"],
  "too many iterations": [convert({ passphrase: "x", iterations: 10_000_001 }), "ERR_INVALID_OPTION", "iterations"],
  "iterations that are text": [convert({ passphrase: "x", iterations: "1000" }), "ERR_INVALID_TYPE", "iterations"],
  "iterations for an unencrypted pair": [() => generateKeyPair({ iterations: 1000 }), "ERR_CONFLICTING_OPTIONS", "iterations"],
  "a JWK that is text in its object": [convert({ privateKey: { jwk: JSON.stringify(jwk) } }), "ERR_INVALID_TYPE", "privateKey.jwk"],
  "a JWK that is no data": [convert({ privateKey: { jwk: cyclic } }), "ERR_INVALID_TYPE", "privateKey.jwk"],
  "a JWK without its kind": [convert({ privateKey: { jwk: {} } }), "ERR_INVALID_KEY", "privateKey.jwk"],
  "a JWK that is public": [convert({ privateKey: { jwk: { ...jwk, d: undefined } } }), "ERR_INVALID_KEY", "privateKey.jwk"],
  "a JWK whose halves differ": [convert({ privateKey: { jwk: { ...jwk, d: jwk.x } } }), "ERR_INVALID_KEY", "privateKey.jwk"],
  "a JWK on another curve": [convert({ privateKey: { jwk: { ...jwk, crv: "P-521" } } }), "ERR_UNSUPPORTED_KEY", "privateKey.jwk"],
  "a JWK beside PEM": [convert({ privateKey: { jwk, pem } }), "ERR_CONFLICTING_OPTIONS", "privateKey.pem"],
  "a JWK with a passphrase": [convert({ privateKey: { jwk, passphrase: "x" } }), "ERR_CONFLICTING_OPTIONS", "privateKey.passphrase"],
  "two keys": [convert({ privateKey: pem + pem }), "ERR_MULTIPLE_PEM", "privateKey"],
};

for (const [name, [call, code, field]] of Object.entries(REFUSED)) {
  test(`refused: ${name}`, async () => {
    await assert.rejects(call, (error) => {
      assert.equal(error.code, code, error.message);
      assert.equal(error.field, field, error.message);
      // No part of the key stands in a message.
      assert.ok(!error.message.includes(jwk.d) && !error.message.includes(pem.slice(40, 80)), error.message);
      return true;
    });
  });
}

test("a key that does not say its curve is shown with the EC PARAMETERS beside it", async () => {
  const parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
  const { privateKey, publicKey } = await generateKeyPair();
  const jwk = (await convertKey({ privateKey, format: "jwk" })).key;
  const scalar = Buffer.from(jwk.d, "base64url");
  const sec1 = Buffer.concat([Buffer.from([0x30, 0x25, 2, 1, 1, 4, 32]), scalar]);
  const pem = `-----BEGIN EC PRIVATE KEY-----\n${sec1.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END EC PRIVATE KEY-----\n`;
  const [shown, known] = await Promise.all([inspect(parameters + pem), inspect(publicKey)]);
  assert.equal(shown.publicKey.sha256, known.publicKey.sha256);
  await assert.rejects(inspect(pem), { code: "ERR_UNSUPPORTED_KEY" });
});

test("a JSON Web Key with a byte order mark is read", async () => {
  const { privateKey } = await generateKeyPair();
  const { key } = await convertKey({ privateKey, format: "jwk" });
  const converted = await convertKey({ privateKey: Buffer.from(`\ufeff${JSON.stringify(key)}`), format: "pkcs8" });
  assert.equal(converted.key, privateKey);
});
