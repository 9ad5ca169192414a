// Node's own crypto in place of WebCrypto: for which keys, that it is the same in what it makes and refuses, and when it isn't used; and RSA
// keys of primes that it finds.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import nodesOwn, { X509Certificate, createPrivateKey, createPublicKey, generateKeyPairSync, generatePrimeSync, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { createAuthority, createMutualTls, createRequest, generateKeyPair, init, issueCertificate } from "../../pkg/index.js";
import * as nodeCrypto from "../../pkg/node_crypto.js";
import { damaged } from "./support/damaged.mjs";

const BY_NODE = ["ecdsa-p256", "ed25519"];
const BY_WEBCRYPTO = ["ecdsa-p384", "rsa-2048"];

/** How often WebCrypto is asked to while `work` runs. */
async function askedOf(work, names = ["sign", "verify"]) {
  const prototype = Object.getPrototypeOf(crypto.subtle);
  const originals = Object.fromEntries(names.map((name) => [name, prototype[name]]));
  const asked = Object.fromEntries(names.map((name) => [name, 0]));
  for (const name of names) {
    prototype[name] = function (...args) {
      asked[name]++;
      return originals[name].apply(this, args);
    };
  }
  try {
    await work();
  } finally {
    Object.assign(prototype, originals);
  }
  return asked;
}

/** How many keys WebCrypto makes while `work` runs. */
const madeIn = async (work) => (await askedOf(work, ["generateKey"])).generateKey;

/** `work`, with a function of Node's own crypto replaced. */
async function withNode(name, replacement, work) {
  const original = nodesOwn[name];
  nodesOwn[name] = replacement;
  try {
    return await work();
  } finally {
    nodesOwn[name] = original;
  }
}

async function given(algorithm) {
  const authority = await createAuthority({ subject: "CN=ca", algorithm });
  const { privateKey } = await generateKeyPair({ algorithm });
  const { request } = await createRequest({ subject: "CN=amy", profile: "client", privateKey });
  return { authority: { certificate: authority.certificate, privateKey: authority.privateKey }, privateKey, request };
}

// It comes in after the first calls of a process.
before(async () => {
  const { request, authority } = await given("ed25519");
  for (let i = 0; i < 10; i++) await issueCertificate({ request, authority });
});

for (const algorithm of [...BY_NODE, ...BY_WEBCRYPTO]) {
  test(`${algorithm}: who signs and verifies, and a false signature is refused`, async () => {
    const { authority, privateKey, request } = await given(algorithm);
    const ours = BY_NODE.includes(algorithm) ? { sign: 0, verify: 0 } : { sign: 1, verify: 1 };
    let made;
    const issue = async (more) => (made = await issueCertificate({ request, authority, ...more }));
    await issue();
    assert.deepEqual(await askedOf(() => issue()), ours);
    const ca = new X509Certificate(authority.certificate);
    assert.ok(new X509Certificate(made.certificate).verify(ca.publicKey));
    await issue({ crypto: "webcrypto" });
    assert.deepEqual(await askedOf(() => issue({ crypto: "webcrypto" })), { sign: 1, verify: 1 });
    assert.ok(new X509Certificate(made.certificate).verify(ca.publicKey));
    assert.deepEqual(await askedOf(() => createRequest({ subject: "CN=amy", privateKey })), { sign: ours.sign, verify: 0 });
    for (const crypto of [undefined, "webcrypto"]) {
      await assert.rejects(issueCertificate({ request: damaged(request), authority, crypto }), { code: "ERR_REQUEST_SIGNATURE", field: "request" });
    }
  });
}

test("keys in every form, whoever reads them, are signed with by Node", async () => {
  const { privateKey: key } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  for (const [format, passphrase] of [["pkcs8"], ["sec1"], ["pkcs8", "sesame"]]) {
    const text = key.export({ type: format, format: "pem", ...(passphrase && { cipher: "aes-256-cbc", passphrase }) });
    const privateKey = passphrase ? { pem: text, passphrase } : text;
    await createRequest({ subject: "CN=amy", privateKey });
    assert.deepEqual(await askedOf(() => createRequest({ subject: "CN=amy", privateKey })), { sign: 0, verify: 0 }, format);
  }
});

test("Ed25519: the same bytes from both", async () => {
  const { privateKey } = await generateKeyPair({ algorithm: "ed25519" });
  const [byNode, byWebCrypto] = await Promise.all([undefined, "webcrypto"].map((crypto) => createRequest({ subject: "CN=amy", privateKey, crypto })));
  assert.equal(byNode.request, byWebCrypto.request);
});

test("requests of OpenSSL with another hash are verified by Node, and refused when they are false", async () => {
  const { authority } = await given("ecdsa-p256");
  const folder = mkdtempSync(join(tmpdir(), "mtls-certs-"));
  try {
    writeFileSync(join(folder, "key.pem"), generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey.export({ type: "pkcs8", format: "pem" }));
    for (const hash of ["sha384", "sha512"]) {
      const request = execFileSync("openssl", ["req", "-new", "-key", join(folder, "key.pem"), "-subj", "/CN=amy", `-${hash}`], { encoding: "utf8" });
      assert.deepEqual(await askedOf(() => issueCertificate({ request, authority, profile: "client" })), { sign: 0, verify: 0 }, hash);
      await assert.rejects(issueCertificate({ request: damaged(request), authority, profile: "client" }), { code: "ERR_REQUEST_SIGNATURE" });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a pair of CryptoKeys stays WebCrypto's", async () => {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const use = () => createRequest({ subject: "CN=amy", privateKey: pair });
  await use();
  assert.deepEqual(await askedOf(use), { sign: 1, verify: 0 });
});

test("what is long, of another type, or fails is left to WebCrypto", async () => {
  const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const message = new Uint8Array(0x10000).fill(7);
  const signature = nodeCrypto.sign("ecdsa-p256", privateKey, message);
  assert.ok(verify("sha256", message, { key: await spki(publicKey), format: "der", type: "spki" }, signature));
  assert.equal(nodeCrypto.verify("ecdsa-p256", "SHA-256", publicKey, message, signature), true);
  assert.equal(nodeCrypto.verify("ecdsa-p256", "SHA-256", publicKey, message.subarray(1), signature), false);
  assert.equal(nodeCrypto.sign("ecdsa-p256", privateKey, new Uint8Array(0x10001)), undefined);
  assert.equal(nodeCrypto.verify("ecdsa-p256", "SHA-256", publicKey, new Uint8Array(0x10001), signature), undefined);
  assert.equal(nodeCrypto.sign("ecdsa-p384", privateKey, message), undefined);
  assert.equal(nodeCrypto.verify("ecdsa-p256", "SHA-999", publicKey, message, signature), undefined);
  assert.equal(nodeCrypto.sign("ecdsa-p256", {}, message), undefined);
});

for (const bits of [2048, 3072, 4096]) {
  test(`rsa-${bits}: a key of primes that Node finds is one to OpenSSL, and is made by WebCrypto where that is asked for`, async () => {
    const algorithm = `rsa-${bits}`;
    let pair;
    const make = async (more) => (pair = await generateKeyPair({ algorithm, ...more }));
    assert.equal(await madeIn(make), 0);
    const key = createPrivateKey(pair.privateKey);
    assert.deepEqual({ ...key.asymmetricKeyDetails }, { modulusLength: bits, publicExponent: 65537n });
    assert.equal(createPublicKey(pair.privateKey).export({ type: "spki", format: "pem" }), pair.publicKey);
    assert.match(openssl(["pkey", "-check", "-noout"], pair.privateKey), /Key is valid/);
    const damaged = createPrivateKey({ format: "jwk", key: { ...key.export({ format: "jwk" }), q: key.export({ format: "jwk" }).p } });
    assert.throws(() => openssl(["pkey", "-check", "-noout"], damaged.export({ type: "pkcs8", format: "pem" })), /Key is invalid/);
    if (bits > 2048) return;
    assert.equal(await madeIn(() => make({ crypto: "webcrypto" })), 1);
    assert.equal(await madeIn(() => make({ extractable: false })), 1);
    assert.equal(await madeIn(() => make({ crypto: "in-page" })), 0);
  });
}

test("the authority and keys of a guide in RSA are of primes that Node finds, each of others", async () => {
  let files;
  assert.equal(await madeIn(async () => ({ files } = await createMutualTls({ algorithm: "rsa-2048" }))), 0);
  const keys = Object.entries(files).filter(([name]) => name.endsWith(".key")).map(([, pem]) => createPrivateKey(pem).export({ format: "jwk" }));
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys.flatMap(({ p, q }) => [p, q])).size, 6);
});

test("the primes are wiped", async () => {
  const { generatePrime } = nodesOwn;
  const found = [];
  const watched = (bits, done) =>
    generatePrime(bits, (error, prime) => {
      found.push(prime);
      assert.ok(new Uint8Array(prime)[0] >= 0xc0);
      done(error, prime);
    });
  assert.equal(await withNode("generatePrime", watched, () => madeIn(() => generateKeyPair({ algorithm: "rsa-2048" }))), 0);
  assert.equal(found.length, 2);
  for (const prime of found) assert.ok(new Uint8Array(prime).every((octet) => octet === 0));
});

/** A prime, and then a number that has all that is asked of a prime's size, and is none. @param {number} asked */
function oneComposite(asked) {
  if (asked === 0) return generatePrimeSync(1024);
  const number = generatePrimeSync(1024, { bigint: true }) - 2n * 3n * 5n * 7n;
  const hexadecimal = [0n, 2n, 4n].map((more) => number + more).find((odd) => odd % 3n === 0n).toString(16);
  return Uint8Array.from(Buffer.from(hexadecimal, "hex")).buffer;
}

let asked = 0;
for (const [what, generatePrime] of Object.entries({
  "fails at primes": (bits, done) => done(new Error("no entropy")),
  "throws": () => {
    throw new Error("no such function");
  },
  "finds a number that is none": (bits, done) => done(null, oneComposite(asked++)),
  "finds them too small": (bits, done) => done(null, generatePrimeSync(bits - 8)),
})) {
  test(`where Node ${what}, WebCrypto makes the key`, async () => {
    let pair;
    const make = async () => (pair = await generateKeyPair({ algorithm: "rsa-2048" }));
    assert.equal(await withNode("generatePrime", generatePrime, () => madeIn(make)), 1);
    assert.match(openssl(["pkey", "-check", "-noout"], pair.privateKey), /Key is valid/);
  });
}

test("where Node is to keep to FIPS's crypto, OpenSSL makes the key", async () => {
  assert.equal(await withNode("getFips", () => 1, () => madeIn(() => generateKeyPair({ algorithm: "rsa-2048" }))), 1);
});

for (const [where, versions] of Object.entries({ "a page": undefined, Deno: { node: "22.0.0", uv: "1", deno: "2" }, Bun: { node: "22.0.0", uv: "1", bun: "1" }, workerd: { node: "22.0.0" } })) {
  test(`${where} has none of it`, async () => {
    const { process } = globalThis;
    globalThis.process = versions && { versions, getBuiltinModule: process.getBuiltinModule };
    const elsewhere = await import(`../../pkg/node_crypto.js?${where}`).finally(() => (globalThis.process = process));
    assert.equal(elsewhere.computes("ecdsa-p256"), false);
    assert.equal(elsewhere.primes("rsa-2048"), undefined);
    assert.equal(nodeCrypto.computes("ecdsa-p256"), true);
  });
}

test("a process that makes one certificate does not load it", () => {
  const program = `
    import { createMutualTls } from ${JSON.stringify(new URL("../../pkg/index.js", import.meta.url).href)};
    const loaded = () => process.moduleLoadList.includes("NativeModule crypto");
    const { files } = await createMutualTls();
    console.log(Object.keys(files).length, loaded());
    for (let i = 0; i < 4; i++) await createMutualTls();
    console.log(loaded());`;
  const told = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  assert.equal(told, "8 false\ntrue\n");
});

// The last one: it can't be taken back.
test("a process that asks for WebCrypto gets it", async () => {
  const { authority, request } = await given("ecdsa-p256");
  const issue = () => issueCertificate({ authority, request });
  await issue();
  assert.deepEqual(await askedOf(issue), { sign: 0, verify: 0 });
  await init(undefined, { crypto: "webcrypto" });
  await issue();
  assert.deepEqual(await askedOf(issue), { sign: 1, verify: 1 });
});

/** What it says, on either channel; it throws where it fails. */
function openssl(args, input) {
  const { status, stdout, stderr } = spawnSync("openssl", args, { input, encoding: "utf8" });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

async function spki(key) {
  return Buffer.from(await crypto.subtle.exportKey("spki", key));
}
