// @ts-check
// What calls have in common: options that a signer or the call itself needs before the wasm has read them, whose crypto, and how a
// call is stopped.
import { CertificateError } from "./error.js";

/** @typedef {"webcrypto" | "in-page" | undefined} Choice */

/** An option; what is wrong with the options is for the wasm to say. @param {any} options @param {string} name */
export function peek(options, name) {
  try {
    return options?.[name] ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {any} options @returns {Choice} */
export function choiceOf(options) {
  const choice = peek(options, "crypto");
  return choice === "webcrypto" || choice === "in-page" ? choice : undefined;
}

/** The signal, if one is given: an AbortSignal of any realm, not aborted. @param {any} options @returns {AbortSignal | undefined} */
export function signalOf(options) {
  const signal = peek(options, "signal");
  if (signal === undefined) return undefined;
  if (typeof peek(signal, "throwIfAborted") !== "function" || typeof peek(signal, "addEventListener") !== "function") {
    throw new CertificateError("ERR_INVALID_TYPE", "signal: is no AbortSignal; give the `signal` of an AbortController, or AbortSignal.timeout(ms)", "signal");
  }
  signal.throwIfAborted();
  return signal;
}

/**
 * A call that ends as soon as its signal says so. The platform can't be stopped: what comes of it afterwards is dropped.
 * @template T
 * @param {any} options
 * @param {(signal?: AbortSignal) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function stoppable(options, work) {
  const signal = signalOf(options);
  const working = work(signal);
  if (!signal) return working;
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    working.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
