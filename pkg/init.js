// @ts-check
// Where the two wasms come from, and whose crypto, said before the first call rather than left to the defaults.
import { CertificateError } from "./error.js";
import { chooseCrypto } from "./keys.js";
import { certificates, inPage } from "./wasm.js";

/** @typedef {import("./wasm.js").Source} Source */

const OPTIONS = ["crypto", "inPage"];
const SOURCES = ["Response", "WebAssembly.Module", "ArrayBuffer", "SharedArrayBuffer"];

/**
 * Loads the wasm, from `source` where that is given.
 * @param {Source | Promise<Response>} [source]
 * @param {{ crypto?: "webcrypto" | "in-page", inPage?: Source }} [options]
 * @returns {Promise<void>}
 */
export async function init(source, options) {
  const given = sourceOf(source, "source");
  const { crypto, inPage: inPageSource } = checked(options ?? {});
  if (crypto) chooseCrypto(crypto);
  if (inPageSource !== undefined) inPage.inlined = async () => inPageSource;
  // At once, so that a call which does not wait for `init` waits for this source, and does not begin to load another.
  await certificates.load(given);
}

/** @param {any} options */
function checked(options) {
  const tag = typeof options === "object" ? Object.prototype.toString.call(options) : typeof options;
  if (tag !== "[object Object]") throw refusal("ERR_INVALID_TYPE", "options", "is no plain object; give { crypto, inPage }");
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) {
    throw refusal("ERR_UNKNOWN_OPTION", unknown, `is not an option here; the options are ${OPTIONS.join(", ")}`);
  }
  const crypto = options.crypto ?? undefined;
  if (![undefined, "webcrypto", "in-page"].includes(crypto)) {
    throw refusal("ERR_INVALID_OPTION", "crypto", 'is neither "webcrypto" nor "in-page"');
  }
  return { crypto, inPage: sourceOf(options.inPage, "inPage") };
}

/**
 * What wasm can come from: by its tag, since it may be of another realm.
 * @param {any} source
 * @param {string} field
 */
function sourceOf(source, field) {
  if (source === undefined || source === null) return undefined;
  const tag = Object.prototype.toString.call(source).slice("[object ".length, -1);
  if (typeof source === "string" || tag === "URL" || SOURCES.includes(tag) || ArrayBuffer.isView(source)) return source;
  // `init(fetch(url))`; the other is not awaited until it is needed.
  if (tag === "Promise" && field === "source") return source;
  const remedy = tag === "Object" && field === "source" ? "; options come second: init(undefined, { … })" : "";
  throw refusal("ERR_INVALID_TYPE", field, `is nothing that wasm comes from; give a URL, a Response, bytes or a WebAssembly.Module${remedy}`);
}

/** @param {import("./index.js").ErrorCode} code @param {string} field @param {string} message */
function refusal(code, field, message) {
  return new CertificateError(code, `${field}: ${message}`, field);
}
