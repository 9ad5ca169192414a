// The few encodings that JavaScript writes itself, against the platform's own and OpenSSL's.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { test } from "node:test";
import { ofJwk, ofPkcs8 } from "../../pkg/curve_key.js";
import { derSignature, rawSignature } from "../../pkg/ecdsa.js";
import { encodePem } from "../../pkg/pem.js";
import { signedDer } from "../../pkg/signed.js";

const ALGORITHMS = {
  "ecdsa-p256": { name: "ECDSA", namedCurve: "P-256" },
  "ecdsa-p384": { name: "ECDSA", namedCurve: "P-384" },
  ed25519: { name: "Ed25519" },
};

for (const [type, algorithm] of Object.entries(ALGORITHMS)) {
  test(`${type}: a key by its numbers is what the platform exports, byte for byte`, async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const [jwk, pkcs8, spki] = await Promise.all([
      crypto.subtle.exportKey("jwk", privateKey),
      crypto.subtle.exportKey("pkcs8", privateKey),
      crypto.subtle.exportKey("spki", publicKey),
    ]);
    const written = { pkcs8: new Uint8Array(pkcs8), spki: new Uint8Array(spki) };
    assert.deepEqual(ofJwk(type, jwk), written);
    // Ed25519's PKCS#8 is the private half alone.
    assert.deepEqual(ofPkcs8(type, written.pkcs8), type === "ed25519" ? undefined : written);
  });

  test(`${type}: numbers of another length are not written`, async () => {
    const { privateKey } = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const jwk = await crypto.subtle.exportKey("jwk", privateKey);
    for (const part of ["d", "x", ...(jwk.y ? ["y"] : [])]) {
      assert.equal(ofJwk(type, { ...jwk, [part]: jwk[part].slice(0, -4) }), undefined, part);
      assert.equal(ofJwk(type, { ...jwk, [part]: undefined }), undefined, part);
    }
    const other = type === "ecdsa-p384" ? "ecdsa-p256" : "ecdsa-p384";
    assert.equal(ofJwk(other, jwk), undefined);
    assert.equal(ofJwk("rsa-2048", jwk), undefined);
  });
}

test("the public half is taken only of a PKCS#8 that is written as here", () => {
  for (const [type, namedCurve] of [["ecdsa-p256", "prime256v1"], ["ecdsa-p384", "secp384r1"]]) {
    const pkcs8 = new Uint8Array(generateKeyPairSync("ec", { namedCurve }).privateKey.export({ format: "der", type: "pkcs8" }));
    assert.ok(ofPkcs8(type, pkcs8));
    assert.equal(ofPkcs8(type === "ecdsa-p256" ? "ecdsa-p384" : "ecdsa-p256", pkcs8), undefined);
    assert.equal(ofPkcs8(type, pkcs8.subarray(0, -1)), undefined);
    const size = type === "ecdsa-p256" ? 32 : 48;
    const publicKey = pkcs8.length - 2 * size;
    const secret = publicKey - 6 - size;
    // Every octet but those of the two numbers.
    for (let at = 0; at < publicKey; at++) {
      const altered = pkcs8.map((octet, index) => (index === at ? octet ^ 1 : octet));
      const isSecret = at >= secret && at < secret + size;
      assert.equal(Boolean(ofPkcs8(type, altered)), isSecret, `${type}, octet ${at}`);
    }
  }
});

test("elsewhere than in Node a curve's key leaves as PKCS#8, and as a JWK where that is not written as usual", async () => {
  const { process } = globalThis;
  globalThis.process = undefined;
  const platform = await import("../../pkg/platform.js?elsewhere").finally(() => (globalThis.process = process));
  const prototype = Object.getPrototypeOf(crypto.subtle);
  const { exportKey } = prototype;
  const written = async (type, pair, shorten) => {
    const asked = [];
    prototype.exportKey = async function (form, key) {
      asked.push(form);
      const bytes = await exportKey.call(this, form, key);
      return form === "pkcs8" && shorten ? bytes.slice(0, -1) : bytes;
    };
    return { asked, key: await platform.writtenPair(type, pair).finally(() => (prototype.exportKey = exportKey)) };
  };
  for (const [type, algorithm] of Object.entries(ALGORITHMS)) {
    const pair = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const key = ofJwk(type, await crypto.subtle.exportKey("jwk", pair.privateKey));
    assert.deepEqual(await written(type, pair), { asked: [type === "ed25519" ? "jwk" : "pkcs8"], key }, type);
    assert.deepEqual(await written(type, pair, true), { asked: type === "ed25519" ? ["jwk"] : ["pkcs8", "jwk"], key }, type);
  }
});

test("PEM is as Node's crypto writes it", () => {
  // Their lengths end a line in every place that there is.
  for (const algorithm of [["ed25519"], ["ec", { namedCurve: "prime256v1" }], ["ec", { namedCurve: "secp384r1" }], ["rsa", { modulusLength: 1024 }], ["rsa", { modulusLength: 1040 }]]) {
    const { privateKey, publicKey } = generateKeyPairSync(...algorithm);
    assert.equal(encodePem("PRIVATE KEY", privateKey.export({ format: "der", type: "pkcs8" })), privateKey.export({ format: "pem", type: "pkcs8" }));
    assert.equal(encodePem("PUBLIC KEY", publicKey.export({ format: "der", type: "spki" })), publicKey.export({ format: "pem", type: "spki" }));
  }
  for (const length of [0, 1, 47, 48, 49, 96]) {
    const lines = encodePem("X", new Uint8Array(length)).split("\n");
    assert.equal(lines.length, 3 + Math.ceil(length / 48), `${length} octets`);
    assert.ok(lines.every((line) => line.length <= 64));
  }
});

test("PEM is the same with the engine's base64 and without, also of what is long", () => {
  const der = randomBytes(200_003);
  const expected = `-----BEGIN X509 CRL-----\n${der.toString("base64").replace(/.{1,64}/g, "$&\n")}-----END X509 CRL-----\n`;
  const bytes = (own) => Object.defineProperty(new Uint8Array(der), "toBase64", { value: own });
  assert.equal(encodePem("X509 CRL", bytes(undefined)), expected);
  assert.equal(encodePem("X509 CRL", bytes(() => der.toString("base64"))), expected);
});

test("PEM takes the memory of its letters, and not of the parts that it was put together from", () => {
  const program = `
    import { encodePem } from ${JSON.stringify(new URL("../../pkg/pem.js", import.meta.url).href)};
    const der = new Uint8Array(480);
    const kept = new Array(5000).fill("");
    const make = () => kept.forEach((_, i) => (kept[i] = encodePem("CERTIFICATE", der.fill(i))));
    make();
    kept.fill("");
    const used = () => (gc(), gc(), process.memoryUsage().heapUsed);
    const before = used();
    make();
    console.log((used() - before) / 5000 / kept[0].length);`;
  const times = Number(execFileSync(process.execPath, ["--expose-gc", "--input-type=module", "--eval", program], { encoding: "utf8" }));
  assert.ok(times > 0.9 && times < 1.3, `${times} octets a letter`);
});

test("lengths around what is signed are as short as DER wants them", () => {
  const forms = { 3: "03", 0x7f: "7f", 0x80: "8180", 0xff: "81ff", 0x100: "820100", 0xffff: "82ffff", 0x10000: "83010000" };
  const octets = (digits) => Buffer.from(digits, "hex");
  for (const [content, length] of Object.entries(forms)) {
    const unsigned = randomBytes(content - 3);
    const expected = Buffer.concat([octets(`30${length}`), unsigned, octets("030100")]);
    assert.ok(expected.equals(signedDer(unsigned, new Uint8Array())), `content of ${content} octets`);
  }
  for (const [bits, length] of Object.entries(forms)) {
    const signature = randomBytes(bits - 1);
    const expected = Buffer.concat([octets(`050003${length}00`), signature]);
    assert.ok(expected.equals(signedDer(octets("0500"), signature).subarray(-expected.length)), `bits of ${bits} octets`);
  }
});

test("a key whose numbers begin with zeros keeps them", () => {
  const jwk = { d: "A".repeat(42) + "E", ...pick(createPublicKey(scalarOne()).export({ format: "jwk" })) };
  const { pkcs8, spki } = ofJwk("ecdsa-p256", jwk);
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  assert.ok(createPublicKey(key).equals(createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" })));
});

/** The private key 1, in SEC1 without its public half. */
function scalarOne() {
  const sec1 = Buffer.from(`30310201010420${"00".repeat(31)}01a00a06082a8648ce3d030107`, "hex");
  return createPrivateKey({ key: sec1, format: "der", type: "sec1" });
}

const pick = ({ x, y }) => ({ x, y });

test("ECDSA signatures go from one encoding to the other and back, whatever their numbers begin with", () => {
  for (const [curve, hash, size] of [["prime256v1", "sha256", 32], ["secp384r1", "sha384", 48]]) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: curve });
    const seen = new Set();
    // One in 128 begins with a zero octet, every second with a one bit.
    for (let i = 0; i < 600; i++) {
      const message = Buffer.from(`message ${i}`);
      const raw = new Uint8Array(sign(hash, message, { key: privateKey, dsaEncoding: "ieee-p1363" }));
      const der = derSignature(raw);
      assert.ok(verify(hash, message, publicKey, der));
      assert.deepEqual(rawSignature(der, size), raw);
      seen.add(der.length);
    }
    assert.ok(seen.size >= 3, "short and long numbers were among them");
  }
});

test("what is no DER of two numbers is no signature", () => {
  const good = derSignature(new Uint8Array(64).fill(1));
  assert.ok(rawSignature(good, 32));
  const spoilt = (at, value) => good.with(at, value);
  for (const bad of [
    new Uint8Array(),
    good.subarray(0, -1),
    Uint8Array.from([...good, 0]),
    spoilt(0, 0x31),
    spoilt(1, good[1] - 1),
    spoilt(2, 3),
    spoilt(3, 0),
    // Negative, and with a zero too many.
    spoilt(4, 0x80),
    spoilt(4, 0),
    // Longer than the curve's numbers.
    derSignature(new Uint8Array(66).fill(1)),
  ]) {
    assert.equal(rawSignature(bad, 32), undefined);
  }
});
