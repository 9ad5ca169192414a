// @ts-check
// In-page crypto, in the wasm of its own. It is loaded when the platform can't do what is asked.
import { CertificateError } from "./error.js";
import { inPage } from "./wasm.js";

/** @typedef {{ type: string, pkcs8: Uint8Array, spki: Uint8Array }} Numbers */

/** What an RSA key takes at worst is one core, and a Worker with its memory. */
const WORKERS = Math.max(1, Math.min(8, globalThis.navigator?.hardwareConcurrency ?? 2));
let free = WORKERS;
/** @type {(() => void)[]} */
const waiting = [];

/**
 * A key of RSA takes up to seconds, during which a page would stand still: there it is made in a Worker, if one can be had.
 * @param {string} type
 * @param {AbortSignal} [signal]
 * @returns {Promise<Numbers>}
 */
export async function generateKey(type, signal) {
  const loaded = await inPage.load();
  signal?.throwIfAborted();
  if (!type.startsWith("rsa") || typeof Worker !== "function" || typeof document !== "object") return loaded.call("generateKey", type);
  while (free === 0) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  free--;
  try {
    signal?.throwIfAborted();
    const made = await inWorker(type, loaded.module, signal);
    return made ?? loaded.call("generateKey", type);
  } finally {
    free++;
    waiting.shift()?.();
  }
}

/**
 * `undefined` where no Worker starts: a policy forbids it, a bundler left it out.
 * @param {string} type
 * @param {WebAssembly.Module} module
 * @param {AbortSignal} [signal]
 * @returns {Promise<Numbers | undefined>}
 */
function inWorker(type, module, signal) {
  return new Promise((resolve, reject) => {
    /** @type {Worker} */
    let worker;
    const stop = () => {
      worker.terminate();
      reject(signal?.reason);
    };
    /** @param {Numbers | undefined} made */
    const done = (made) => {
      signal?.removeEventListener("abort", stop);
      worker.terminate();
      resolve(made);
    };
    try {
      worker = new Worker(new URL("./rsa_worker.js", import.meta.url), { type: "module" });
      worker.postMessage({ type, module });
    } catch {
      return resolve(undefined);
    }
    signal?.addEventListener("abort", stop, { once: true });
    worker.onmessage = ({ data }) => done(data?.pkcs8 ? data : undefined);
    worker.onmessageerror = () => done(undefined);
    worker.onerror = (event) => {
      event.preventDefault();
      done(undefined);
    };
  });
}

/** A private key in any form. @param {unknown} material @returns {Promise<Numbers>} */
export async function readKey(material) {
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

/** @param {unknown} options */
export async function convertKey(options) {
  return (await inPage.load()).call("convertKey", options);
}

/** @param {Uint8Array} pkcs8 @param {string} passphrase @param {number} iterations @returns {Promise<string>} */
export async function encryptKey(pkcs8, passphrase, iterations) {
  return (await inPage.load()).call("encryptKey", pkcs8, passphrase, iterations);
}

/** Wipes the key that the wasm keeps, if it is there. */
export function forget() {
  inPage.loading?.then((loaded) => loaded.call("forget")).catch((error) => {
    if (!(error instanceof CertificateError)) throw error;
  });
}
