// @ts-check
// In-page crypto, in the wasm of its own. It is loaded when the platform can't do what is asked.
import { CertificateError } from "./error.js";
import { inPage } from "./wasm.js";

/** @typedef {{ type: string, pkcs8: Uint8Array, spki: Uint8Array }} Numbers */

/** What such a call takes is one core, and a Worker with its memory. */
const WORKERS = Math.max(1, Math.min(8, globalThis.navigator?.hardwareConcurrency ?? 2));
let free = WORKERS;
/** @type {(() => void)[]} */
const waiting = [];

/** A new key; RSA takes up to seconds. @param {string} type @param {AbortSignal} [signal] @returns {Promise<Numbers>} */
export async function generateKey(type, signal) {
  if (type.startsWith("rsa")) return apart("generateKey", [type], signal);
  const loaded = await inPage.load();
  signal?.throwIfAborted();
  return loaded.call("generateKey", type);
}

/**
 * The RSA key of two primes, which are wiped; refused where they are not what such a key needs. The wasm is loaded while they are searched for.
 * @param {Promise<Uint8Array[]>} primes @returns {Promise<Numbers>}
 */
export async function keyOfPrimes(primes) {
  const [loaded, found] = await Promise.all([inPage.load(), primes]);
  try {
    return loaded.call("keyOfPrimes", ...found);
  } finally {
    for (const prime of found) prime.fill(0);
  }
}

/**
 * A call that takes so long that a page would stand still: there it is made in a Worker, if one can be had.
 * @param {string} name
 * @param {unknown[]} args
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function apart(name, args, signal) {
  const loaded = await inPage.load();
  signal?.throwIfAborted();
  if (typeof Worker !== "function" || typeof document !== "object") return loaded.call(name, ...args);
  while (free === 0) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  free--;
  try {
    signal?.throwIfAborted();
    const answer = await inWorker({ name, args, module: loaded.module }, signal);
    if (!answer) return loaded.call(name, ...args);
    if (answer.refused) throw new CertificateError(answer.refused.code, answer.refused.message, answer.refused.field);
    return answer.result;
  } finally {
    free++;
    waiting.shift()?.();
  }
}

/**
 * `undefined` where no Worker starts (a policy forbids it, a bundler left it out), or it can't be sent what it needs.
 * @param {{ name: string, args: unknown[], module: WebAssembly.Module }} call
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ result?: any, refused?: any } | undefined>}
 */
function inWorker(call, signal) {
  return new Promise((resolve, reject) => {
    /** @type {Worker | undefined} */
    let worker;
    const stop = () => {
      worker?.terminate();
      reject(signal?.reason);
    };
    /** @param {{ result?: any, refused?: any } | undefined} answer */
    const done = (answer) => {
      signal?.removeEventListener("abort", stop);
      worker?.terminate();
      resolve(answer);
    };
    try {
      worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      worker.postMessage(call);
    } catch {
      return done(undefined);
    }
    signal?.addEventListener("abort", stop, { once: true });
    worker.onmessage = ({ data }) => done(data && ("result" in data || "refused" in data) ? data : undefined);
    worker.onmessageerror = () => done(undefined);
    worker.onerror = (event) => {
      event.preventDefault();
      done(undefined);
    };
  });
}

/** What can't be read here is for the wasm to refuse. @param {any} material */
export function hasPassphrase(material) {
  try {
    return typeof material === "object" && typeof material?.passphrase === "string";
  } catch {
    return false;
  }
}

/** A private key in any form. @param {unknown} material @returns {Promise<Numbers>} */
export async function readKey(material) {
  // Deriving a key from a passphrase is made to take long.
  if (hasPassphrase(material)) return apart("readKey", [material]);
  return (await inPage.load()).call("readKey", material);
}

/** @param {unknown} material @returns {Promise<{ type: "privateKey" | "publicKey", spki: Uint8Array }>} */
export async function readJwk(material) {
  return (await inPage.load()).call("readJwk", material);
}

/** @param {Uint8Array} pkcs8 @param {Uint8Array} message @returns {Promise<Uint8Array>} */
export async function sign(pkcs8, message) {
  return (await inPage.load()).call("sign", pkcs8, message);
}

/** @param {{ spki: Uint8Array, scheme: string, message: Uint8Array, signature: Uint8Array }} verification @returns {Promise<boolean>} */
export async function verify({ spki, scheme, message, signature }) {
  return (await inPage.load()).call("verify", spki, scheme, message, signature);
}

/** @param {unknown} options @param {Uint8Array} [spki] of a key that can't be read */
export async function convertKey(options, spki) {
  return (await inPage.load()).call("convertKey", options, spki);
}

/** @param {Uint8Array} pkcs8 @param {string} passphrase @param {number} iterations @returns {Promise<string>} */
export async function encryptKey(pkcs8, passphrase, iterations) {
  return apart("encryptKey", [pkcs8, passphrase, iterations]);
}

/** Wipes the key that the wasm keeps, if it is there. */
export function forget() {
  inPage.loading?.then((loaded) => loaded.call("forget")).catch((error) => {
    if (!(error instanceof CertificateError)) throw error;
  });
}
