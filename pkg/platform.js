// @ts-check
// The platform's crypto (WebCrypto): keys, signatures made and verified, encryption of keys. Whether it has an algorithm is found
// out once for each, by using it.
import { isWhole, ofJwk, ofPkcs8 } from "./curve_key.js";
import { derSignature, rawSignature } from "./ecdsa.js";
import * as node from "./node_crypto.js";

/** What WebCrypto calls the types of keys; the hash is the one that certificates are signed with here. @type {Record<string, any>} */
const ALGORITHMS = {
  "ecdsa-p256": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256", size: 32 },
  "ecdsa-p384": { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384", size: 48 },
  ed25519: { name: "Ed25519" },
  rsa: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" },
};

/** Read at each use: a page may be given it late, by a polyfill. */
const subtle = () => globalThis.crypto?.subtle;

/** @param {string} type `ecdsa-p256`, `rsa-2048` … */
const algorithmOf = (type) => ALGORITHMS[type.startsWith("rsa") ? "rsa" : type];

/** @type {Map<string, Promise<boolean>>} */
const offered = new Map();

/**
 * Whether the platform signs with keys of this type.
 * @param {string} type
 * @returns {Promise<boolean>}
 */
export function offers(type) {
  const name = type.startsWith("rsa") ? "rsa" : type;
  const known = offered.get(name);
  if (known) return known;
  if (!subtle()) return Promise.resolve(false);
  // RSA and the two curves are wherever WebCrypto is; an RSA key would take long to make for nothing.
  const found = name === "ed25519" || name.startsWith("ecdsa")
    ? twice(() => generate(type, false)).then(() => true, () => false)
    : Promise.resolve(Boolean(algorithmOf(type)));
  offered.set(name, found);
  return found;
}

/**
 * @param {string} type
 * @param {boolean} extractable
 * @returns {Promise<CryptoKeyPair>}
 */
export function generate(type, extractable) {
  const rsa = type.startsWith("rsa") && { modulusLength: Number(type.slice(4)), publicExponent: new Uint8Array([1, 0, 1]) };
  return /** @type {any} */ (subtle().generateKey({ ...algorithmOf(type), ...rsa }, extractable, ["sign", "verify"]));
}

/**
 * Done once more where it fails: WebKitGTK failed at 3 Ed25519 keys of 800, and made the next. Seen there once, too, was a new key whose public half
 * could not be read; that it lacked a zero is a guess.
 * @template T
 * @param {() => Promise<T>} make a key
 * @returns {Promise<T>}
 */
export const twice = (make) => make().catch(make);

/**
 * @param {string} type
 * @param {Uint8Array} pkcs8
 * @param {boolean} extractable
 */
export function importPrivate(type, pkcs8, extractable = false) {
  return subtle().importKey("pkcs8", /** @type {any} */ (pkcs8), algorithmOf(type), extractable, ["sign"]);
}

/** The public half of an extractable private key. @param {CryptoKey} key @param {string} type */
export async function publicHalf(key, type) {
  const { kty, crv, x, y, n, e } = await subtle().exportKey("jwk", key);
  return subtle().importKey("jwk", { kty, crv, x, y, n, e, ext: true }, algorithmOf(type), true, ["verify"]);
}

/** Node writes PKCS#8 in another thread, which takes it longer than a JWK at once; Chromium takes longer for a JWK. */
const IS_NODE = typeof /** @type {any} */ (globalThis).process?.versions?.node === "string";

/**
 * Both halves of a new key. Of a curve's by one call: each takes as long as half of making the key.
 * @param {string} type
 * @param {CryptoKeyPair} pair extractable
 */
export async function writtenPair(type, { privateKey, publicKey }) {
  const curve = type.startsWith("rsa") ? undefined : await writtenCurve(type, privateKey);
  if (curve) return curve;
  const [spki, pkcs8] = await Promise.all([writtenPublic(type, publicKey), exported("pkcs8", privateKey)]);
  return { spki, pkcs8 };
}

/** @param {string} type @param {CryptoKey} key */
async function writtenCurve(type, key) {
  const both = IS_NODE || type === "ed25519" ? undefined : ofPkcs8(type, await exported("pkcs8", key));
  return both ?? ofJwk(type, await subtle().exportKey("jwk", key));
}

/** The public half of a new key. @param {string} type @param {CryptoKey} key */
export async function writtenPublic(type, key) {
  const spki = await exported("spki", key);
  if (!isWhole(type, spki)) throw new Error(`this platform's WebCrypto wrote a public key (${type}) of a wrong length; try again`);
  return spki;
}

/** @param {"spki" | "pkcs8"} form @param {CryptoKey} key */
export async function exported(form, key) {
  return new Uint8Array(await subtle().exportKey(form, key));
}

/**
 * A signature in X.509's encoding.
 * @param {string} type
 * @param {CryptoKey} key
 * @param {Uint8Array} message
 * @param {CryptoKey} [readable] the same key, extractable, where it need not be WebCrypto that signs
 */
export async function sign(type, key, message, readable) {
  const signed = readable && node.sign(type, readable, message);
  if (signed) return signed;
  const algorithm = algorithmOf(type);
  const signature = new Uint8Array(await subtle().sign(algorithm, key, /** @type {any} */ (message)));
  return algorithm.name === "ECDSA" ? derSignature(signature) : signature;
}

/**
 * @typedef {object} Verification
 * @property {Uint8Array} spki
 * @property {string} type
 * @property {Uint8Array} [point] the key itself, of a curve
 * @property {Uint8Array} [modulus] the key itself, of RSA
 * @property {Uint8Array} [exponent]
 * @property {string} scheme
 * @property {Uint8Array} message
 * @property {Uint8Array} signature
 */

/**
 * Whether a public key made the signature; `undefined` where the platform can't tell (a hash that it has not, a key in a form
 * that it does not read).
 * @param {Verification} verification
 * @param {boolean} [byWebCrypto] and by nothing else
 * @returns {Promise<boolean | undefined>}
 */
export async function verify(verification, byWebCrypto = false) {
  const { type, scheme, message, signature } = verification;
  const [kind, hash, salt] = scheme.split("/");
  const platform = subtle();
  if (!platform || hash === "MD5" || hash === "SHA-224" || !(await offers(type))) return undefined;
  const algorithm = kind === "rsa-pss" ? { name: "RSA-PSS", hash, saltLength: Number(salt) } : { ...algorithmOf(type), hash };
  const raw = algorithm.name === "ECDSA" ? rawSignature(signature, algorithm.size) : signature;
  if (!raw) return false;
  let key;
  try {
    key = await importPublic(platform, verification, algorithm);
  } catch {
    return undefined;
  }
  const told = byWebCrypto ? undefined : node.verify(type, hash, key, message, signature);
  if (told !== undefined) return told;
  try {
    return await platform.verify(algorithm, key, /** @type {any} */ (raw), /** @type {any} */ (message));
  } catch {
    // A salt that is longer than the key is an error to some, and no false signature.
    return undefined;
  }
}

/**
 * Node reads bare numbers in a third of the time that it takes for a SubjectPublicKeyInfo. Extractable, for Node's own crypto.
 * @param {SubtleCrypto} platform
 * @param {Verification} verification
 * @param {any} algorithm
 * @returns {Promise<CryptoKey>}
 */
function importPublic(platform, { spki, point, modulus, exponent }, algorithm) {
  if (point) return platform.importKey("raw", /** @type {any} */ (point), algorithm, true, ["verify"]);
  if (!modulus || !exponent) return platform.importKey("spki", /** @type {any} */ (spki), algorithm, true, ["verify"]);
  return platform.importKey("jwk", { kty: "RSA", n: base64url(modulus), e: base64url(exponent) }, algorithm, true, ["verify"]);
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/[+/=]/g, (c) => ({ "+": "-", "/": "_" })[c] ?? "");
}

/** @param {CryptoKey} key the type that certificates call it by, if it can sign them */
export function typeOf({ algorithm }) {
  const { name, namedCurve, hash, modulusLength } = /** @type {any} */ (algorithm);
  if (name === "RSASSA-PKCS1-v1_5") return hash?.name === "SHA-256" ? `rsa-${modulusLength}` : undefined;
  return Object.keys(ALGORITHMS).find((type) => type !== "rsa" && ALGORITHMS[type].name === name && ALGORITHMS[type].namedCurve === namedCurve);
}

/**
 * PBKDF2-HMAC-SHA-256 and AES-256-CBC; `undefined` where there is no platform's crypto.
 * @param {Uint8Array} plain
 * @param {string} passphrase
 * @param {number} iterations
 */
export async function encrypt(plain, passphrase, iterations) {
  if (!subtle()) return undefined;
  const [salt, iv] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(16))];
  const secret = await subtle().importKey("raw", new TextEncoder().encode(passphrase), "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  const key = await subtle().deriveKey(derivation, secret, { name: "AES-CBC", length: 256 }, false, ["encrypt"]);
  const encrypted = await subtle().encrypt({ name: "AES-CBC", iv }, key, /** @type {any} */ (plain));
  return { salt, iv, encrypted: new Uint8Array(encrypted) };
}

/**
 * The PKCS#8 key in an encrypted one; `"wrong passphrase"`, or `undefined` where the platform has not what it takes.
 * @param {{ salt: Uint8Array, iterations: number, hash: string, keyBits: number, iv: Uint8Array, encrypted: Uint8Array, passphrase: string }} locked
 */
export async function decrypt({ salt, iterations, hash, keyBits, iv, encrypted, passphrase }) {
  if (!subtle()) return undefined;
  let key;
  try {
    const secret = await subtle().importKey("raw", new TextEncoder().encode(passphrase), "PBKDF2", false, ["deriveKey"]);
    const derivation = { name: "PBKDF2", hash, salt, iterations };
    key = await subtle().deriveKey(/** @type {any} */ (derivation), secret, { name: "AES-CBC", length: keyBits }, false, ["decrypt"]);
  } catch {
    return undefined;
  }
  const decrypting = subtle().decrypt({ name: "AES-CBC", iv: /** @type {any} */ (iv) }, key, /** @type {any} */ (encrypted));
  return decrypting.then((plain) => new Uint8Array(plain), () => /** @type {const} */ ("wrong passphrase"));
}
