// @ts-check
// Private keys, whoever computes with them: the platform where it can, in-page crypto where it can't, and keys that no script can
// read. A key that was read is kept for the next signature, a few of them, until `forget()`.
import { at, CertificateError } from "./error.js";
import * as inPage from "./in_page.js";
import * as node from "./node_crypto.js";
import * as platform from "./platform.js";
import { certificates } from "./wasm.js";

/**
 * A private key that is ready to sign.
 * @typedef {object} Signer
 * @property {string} type `ecdsa-p256`, `rsa-2048` …
 * @property {Uint8Array} spki
 * @property {(message: Uint8Array) => Promise<Uint8Array>} sign in X.509's encoding of the signature
 * @property {() => Promise<Uint8Array>} pkcs8 the key written down; rejects for one that can't be
 * @property {string} [pem] the same as text, once somebody asked for it
 * @property {CryptoKeyPair} [pair] of the platform's keys, where it is one that was given, or that no script can read
 */

/** @typedef {import("./call.js").Choice} Choice */

/** More than a CA for each side and its successor, and few enough to hold. */
const KEPT = 8;
/** By how the key was given (a text as it is, else a digest), and whose crypto; the latest first. @type {{ name: string, choice: Choice, signer: Promise<Signer> }[]} */
let kept = [];
/** Of key pairs, by their private key: the pair itself is an object that can change. @type {WeakMap<object, { publicKey: CryptoKey, signer: Promise<Signer> }>} */
let keptPairs = new WeakMap();
/** @type {Choice} */
let defaultChoice;

/** @param {Choice} choice */
export function chooseCrypto(choice) {
  defaultChoice = choice;
}

/** Whether nothing is to be left to the platform. @param {Choice} [choice] */
export function isInPage(choice = defaultChoice) {
  return choice === "in-page";
}

/** Whether it is to be WebCrypto, and no other crypto of the platform's. @param {Choice} [choice] */
export function isWebCrypto(choice = defaultChoice) {
  return choice === "webcrypto";
}

/** Drops every key that is kept, at once. */
export function forget() {
  kept = [];
  keptPairs = new WeakMap();
  inPage.forget();
}

/**
 * Whose crypto works with keys of this type.
 * @param {string} type
 * @param {Choice} choice
 * @returns {Promise<boolean>} whether it is the platform's
 */
export async function usesPlatform(type, choice = defaultChoice) {
  if (isInPage(choice)) return false;
  if (await platform.offers(type)) return true;
  if (choice === "webcrypto") {
    const message = `is "webcrypto", which does not offer ${type} here; leave it out, or serve the page over https or from localhost`;
    throw new CertificateError("ERR_CRYPTO_UNAVAILABLE", `crypto: ${message}`, "crypto");
  }
  return false;
}

/**
 * A new key.
 * @param {string} type
 * @param {{ choice?: Choice, extractable?: boolean, signal?: AbortSignal }} [options]
 * @returns {Promise<Signer>}
 */
export async function generated(type, { choice = defaultChoice, extractable = true, signal } = {}) {
  if (!extractable) return unreadable(type, choice);
  if (!(await usesPlatform(type, choice))) return ofNumbers(await inPage.generateKey(type, signal));
  const found = isWebCrypto(choice) ? undefined : await ofPrimes(type);
  if (found) return found;
  return platform.twice(async () => {
    const pair = await platform.generate(type, true);
    const { spki, pkcs8 } = await platform.writtenPair(type, pair);
    return ofPlatform({ type, key: pair.privateKey, readable: readableIn(type, choice, pair.privateKey), spki, pkcs8 });
  });
}

/**
 * A new RSA key, of primes that Node finds; `undefined` elsewhere, and where one does not work out: then WebCrypto makes it.
 * @param {string} type
 * @returns {Promise<Signer | undefined>}
 */
async function ofPrimes(type) {
  try {
    const primes = node.primes(type);
    if (!primes) return undefined;
    const { spki, pkcs8 } = await inPage.keyOfPrimes(primes);
    const signer = ofPlatform({ type, key: await platform.importPrivate(type, pkcs8), spki, pkcs8 });
    return (await belongs(signer)) ? signer : undefined;
  } catch {
    return undefined;
  }
}

/** A new key that no script can read. @param {string} type @param {Choice} choice */
async function unreadable(type, choice) {
  if (isInPage(choice)) {
    const message = 'is false, which only WebCrypto can do, and crypto is "in-page"; leave one of them out';
    throw new CertificateError("ERR_CONFLICTING_OPTIONS", `extractable: ${message}`, "extractable");
  }
  if (!(await platform.offers(type))) {
    const message = `is false, which needs WebCrypto, and it does not offer ${type} here; serve the page over https or from localhost`;
    throw new CertificateError("ERR_CRYPTO_UNAVAILABLE", `extractable: ${message}`, "extractable");
  }
  return platform.twice(async () => {
    const pair = await platform.generate(type, false);
    return ofPlatform({ type, key: pair.privateKey, spki: await platform.writtenPublic(type, pair.publicKey), pair });
  });
}

/**
 * The signer of a key as options give it.
 * @param {any} input
 * @param {string} field
 * @param {Choice} [choice]
 * @returns {Promise<Signer>}
 */
export async function signerOf(input, field, choice = defaultChoice) {
  try {
    if (isPair(input)) return await keptPair(input);
    // A text is compared faster than it is digested.
    const name = typeof input === "string" ? input : (await certificates.load()).call("keyDigest", input);
    if (name === undefined) return await read(input, choice);
    const signer = kept.find((one) => one.name === name && one.choice === choice)?.signer ?? read(input, choice);
    keep(name, choice, signer);
    return await signer.catch((error) => {
      kept = kept.filter((one) => one.signer !== signer);
      throw error;
    });
  } catch (error) {
    throw at(error, field);
  }
}

/** @param {CryptoKeyPair} pair @returns {Promise<Signer>} */
function keptPair({ privateKey, publicKey }) {
  const known = keptPairs.get(privateKey);
  if (known?.publicKey === publicKey) return known.signer;
  const signer = ofPair({ privateKey, publicKey });
  keptPairs.set(privateKey, { publicKey, signer });
  signer.catch(() => keptPairs.delete(privateKey));
  return signer;
}

/**
 * Keeps the signer of a key that was just made under how it is written, so that it is not read again.
 * @param {string} pem
 * @param {Signer} signer
 * @param {Choice} [choice]
 */
export function remember(pem, signer, choice = defaultChoice) {
  keep(pem, choice, Promise.resolve(signer));
}

/** @param {string} name @param {Choice} choice @param {Promise<Signer>} signer */
function keep(name, choice, signer) {
  if (kept[0]?.name === name && kept[0].choice === choice) return;
  const others = kept.filter((one) => one.name !== name || one.choice !== choice);
  kept = [{ name, choice, signer }, ...others].slice(0, KEPT);
}

/** @param {any} input @param {Choice} choice @returns {Promise<Signer>} */
async function read(input, choice) {
  const core = await certificates.load();
  const plain = core.call("plainKey", (await unlocked(input, choice)) ?? input);
  if (plain && (await usesPlatform(plain.type, choice))) {
    const signer = await ofPkcs8(plain.type, plain.pkcs8, choice).catch(() => undefined);
    if (signer) return signer;
  }
  // Every other form, and keys that the platform did not take: in-page crypto reads them, or says why not.
  const numbers = await inPage.readKey(input);
  if (!(await usesPlatform(numbers.type, choice))) return ofNumbers(numbers);
  const both = await imported(numbers.type, numbers.pkcs8).catch(() => undefined);
  if (!both) return ofNumbers(numbers);
  return ofPlatform({ ...numbers, key: both.key, readable: readableIn(numbers.type, choice, both.readable) });
}

/**
 * The PKCS#8 key in an encrypted one, by the platform: deriving a key from a passphrase would let a page stand still for a second.
 * `undefined` for every other input, and where in-page crypto has to do it.
 * @param {any} input
 * @param {Choice} choice
 * @returns {Promise<Uint8Array | undefined>}
 */
export async function unlocked(input, choice) {
  if (isInPage(choice) || !inPage.hasPassphrase(input)) return undefined;
  const core = await certificates.load();
  const locked = core.call("lockedKey", input);
  const key = locked && (await platform.decrypt(locked));
  if (key === "wrong passphrase") throw new CertificateError("ERR_PASSPHRASE", "can't be decrypted with this passphrase; check it");
  // A wrong passphrase in 256 leaves something that looks decrypted: in-page crypto then has the word.
  return key && core.call("plainKey", key) ? key : undefined;
}

/** @param {string} type @param {Uint8Array} pkcs8 */
async function imported(type, pkcs8) {
  const [readable, key] = await Promise.all([platform.importPrivate(type, pkcs8, true), platform.importPrivate(type, pkcs8)]);
  return { readable, key };
}

/** The key, extractable, where Node's own crypto signs with it. @param {string} type @param {Choice} choice @param {CryptoKey} key */
const readableIn = (type, choice, key) => (node.computes(type) && !isWebCrypto(choice) ? key : undefined);

/** @param {string} type @param {Uint8Array} pkcs8 @param {Choice} choice */
async function ofPkcs8(type, pkcs8, choice) {
  const { readable, key } = await imported(type, pkcs8);
  const spki = await platform.exported("spki", await platform.publicHalf(readable, type));
  const exact = (await certificates.load()).call("publicKeyType", spki);
  const signer = ofPlatform({ type: exact, key, readable: readableIn(exact, choice, readable), spki, pkcs8 });
  // Not every platform looks whether the two halves in a file belong together.
  if (!(await belongs(signer))) return undefined;
  return signer;
}

/** @param {CryptoKeyPair} pair @returns {Promise<Signer>} */
async function ofPair(pair) {
  const type = platform.typeOf(pair.privateKey);
  if (!type || !pair.privateKey.usages.includes("sign") || pair.privateKey.type !== "private") {
    const { name } = pair.privateKey.algorithm;
    const message = `is a CryptoKeyPair for ${name} that can't sign certificates; make one for ECDSA on P-256 or P-384, Ed25519, or RSASSA-PKCS1-v1_5 with SHA-256, with the usage "sign"`;
    throw new CertificateError("ERR_UNSUPPORTED_KEY", message);
  }
  if (pair.publicKey.type !== "public") {
    throw new CertificateError("ERR_UNSUPPORTED_KEY", `is a CryptoKeyPair whose publicKey is a ${pair.publicKey.type} key; give the public half`);
  }
  if (!pair.publicKey.extractable) {
    throw new CertificateError("ERR_NOT_EXTRACTABLE", "is a CryptoKeyPair whose public key can't be read; import that half with extractable: true");
  }
  const spki = await platform.exported("spki", pair.publicKey);
  const exact = (await certificates.load()).call("publicKeyType", spki);
  const signer = ofPlatform({ type: exact, key: pair.privateKey, spki, pair });
  if (exact !== type || !(await belongs(signer))) {
    throw new CertificateError("ERR_KEY_MISMATCH", "is a CryptoKeyPair whose two keys do not belong together");
  }
  return signer;
}

/** Whether what it signs verifies with its public half. @param {Signer} signer */
async function belongs({ type, spki, sign }) {
  const message = new Uint8Array(32);
  const scheme = { "ecdsa-p256": "ecdsa/SHA-256", "ecdsa-p384": "ecdsa/SHA-384", ed25519: "ed25519" }[type] ?? "rsa-pkcs1/SHA-256";
  return (await platform.verify({ spki, type, scheme, message, signature: await sign(message) }, true)) === true;
}

/**
 * `readable` is the same key, extractable, where it need not be WebCrypto that signs.
 * @param {{ type: string, key: CryptoKey, readable?: CryptoKey, spki: Uint8Array, pkcs8?: Uint8Array, pair?: CryptoKeyPair }} given
 * @returns {Signer}
 */
function ofPlatform({ type, key, readable, spki, pkcs8: written, pair }) {
  const pkcs8 = async () => {
    if (written) return written;
    if (key.extractable) return (written = await platform.exported("pkcs8", key));
    throw new CertificateError("ERR_NOT_EXTRACTABLE", "can't be written down: it is a CryptoKey that was made with extractable: false, which no script can read");
  };
  return { type, spki, sign: (message) => platform.sign(type, key, message, readable), pkcs8, pair };
}

/** @param {{ type: string, pkcs8: Uint8Array, spki: Uint8Array }} numbers @returns {Signer} */
function ofNumbers({ type, pkcs8, spki }) {
  return { type, spki, sign: (message) => inPage.sign(pkcs8, message), pkcs8: async () => pkcs8 };
}

/** @param {any} input */
export function isPair(input) {
  try {
    return isKey(input?.privateKey) && isKey(input?.publicKey);
  } catch {
    return false;
  }
}

/** By its tag, for keys of another realm. @param {any} value */
const isKey = (value) => Object.prototype.toString.call(value) === "[object CryptoKey]";
