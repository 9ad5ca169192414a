// @ts-check
// Node's own crypto beside its WebCrypto. With P-256 and Ed25519 keys it computes at once, in less time than WebCrypto takes to another
// thread and back; and it finds primes for RSA keys.

/** What is longer takes its time for the hash alone: another thread's work. In octets. */
const SHORT = 0x10000;
/** Loading it takes as long as these calls would save: a process that makes a certificate or two does without. */
const FIRST_CALLS = 10;

const { versions, getBuiltinModule } = /** @type {any} */ (globalThis).process ?? {};
// Deno, Bun and workerd go by the same names, and have other crypto behind them.
const isNode = Boolean(versions?.node && versions.uv && !versions.deno && !versions.bun && getBuiltinModule);

let calls = 0;

/** Whether it computes with keys of this type. @param {string} type */
export const computes = (type) => isNode && (type === "ecdsa-p256" || type === "ed25519");

/**
 * What `compute` gives; `undefined` where it is left to WebCrypto, or Node fails at it.
 * @template T
 * @param {string} type
 * @param {Uint8Array} message
 * @param {(crypto: any) => T} compute
 */
function computed(type, message, compute) {
  if (!computes(type) || message.length > SHORT || ++calls <= FIRST_CALLS) return undefined;
  try {
    return compute(getBuiltinModule("node:crypto"));
  } catch {
    return undefined;
  }
}

/**
 * Two primes for a new key, big-endian, if it is an RSA key and Node finds them. That takes less than half of the time that the key takes
 * OpenSSL 3, which searches for one after the other, each with auxiliary primes (FIPS 186-4). Where Node is to keep to FIPS's crypto, OpenSSL makes the key.
 * @param {string} type
 * @returns {Promise<Uint8Array[]> | undefined}
 */
export function primes(type) {
  if (!isNode || !type.startsWith("rsa")) return undefined;
  const { generatePrime, getFips } = getBuiltinModule("node:crypto");
  if (getFips()) return undefined;
  const bits = Number(type.slice(4)) / 2;
  /** @returns {Promise<Uint8Array>} */
  const prime = () => new Promise((resolve, reject) => {
    generatePrime(bits, (/** @type {unknown} */ error, /** @type {ArrayBuffer} */ found) => (error ? reject(error) : resolve(new Uint8Array(found))));
  });
  return Promise.all([prime(), prime()]);
}

/**
 * A signature in X.509's encoding.
 * @param {string} type
 * @param {CryptoKey} key extractable: Node takes no other out of WebCrypto's hands
 * @param {Uint8Array} message
 * @returns {Uint8Array | undefined}
 */
export function sign(type, key, message) {
  const hash = type === "ed25519" ? null : "SHA256";
  return computed(type, message, ({ KeyObject, sign }) => sign(hash, message, KeyObject.from(key)));
}

/**
 * @param {string} type
 * @param {string | undefined} hash
 * @param {CryptoKey} key extractable
 * @param {Uint8Array} message
 * @param {Uint8Array} signature in X.509's encoding
 * @returns {boolean | undefined}
 */
export function verify(type, hash, key, message, signature) {
  return computed(type, message, ({ KeyObject, verify }) => verify(hash?.replace("-", "") ?? null, message, KeyObject.from(key), signature));
}
