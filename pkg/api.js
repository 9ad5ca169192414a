// @ts-check
// The functions of the package over the wasm-bindgen glue: load on first use, call, turn failures into errors.
import initGlue, * as glue from "./dist/mtls_certs.js";
import { CertificateError } from "./error.js";

/** @typedef {string | URL | Response | BufferSource | WebAssembly.Module} Source */

/** @type {() => Promise<Source>} */
let inlined;
/** @type {Promise<void> | undefined} */
let loading;

/**
 * Where the wasm comes from when nobody says. The entry points set it: they differ in this alone.
 * @param {() => Promise<Source>} source
 */
export function use(source) {
  inlined = source;
}

/**
 * Loads the wasm. One load serves all callers; one that failed is forgotten, so that the next call tries again.
 * @param {Source} [source]
 * @returns {Promise<void>}
 */
export function init(source) {
  loading ??= load(source).catch((cause) => {
    loading = undefined;
    const message = `the WebAssembly module could not be loaded (${cause?.message ?? cause}); check the URL and the page's CSP, which needs 'wasm-unsafe-eval'`;
    throw new CertificateError("ERR_LOAD", message, undefined, { cause });
  });
  return loading;
}

/** @param {Source} [source] */
async function load(source) {
  const module = await compiled(source === undefined ? await inlined() : source);
  // The glue keeps whatever module it is given first, also one that then fails.
  if (!WebAssembly.Module.exports(module).some(({ name }) => name === "scheduleReinit")) {
    throw new Error("it is not the wasm of this package");
  }
  await initGlue({ module_or_path: module });
}

/**
 * @param {Source} source
 * @returns {Promise<WebAssembly.Module>}
 */
async function compiled(source) {
  if (typeof source === "string" || source instanceof URL) return fromResponse(await fetch(source));
  if (typeof Response === "function" && source instanceof Response) return fromResponse(source);
  // By its tag: in test runners a module may be of another realm.
  if (Object.prototype.toString.call(source) === "[object WebAssembly.Module]") return /** @type {any} */ (source);
  return WebAssembly.compile(/** @type {BufferSource} */ (source));
}

/** @param {Response} response */
async function fromResponse(response) {
  // An error page would be compiled, and fail with words about magic numbers.
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  const streams = response.headers.get("content-type")?.startsWith("application/wasm");
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * The async function over an export of the glue.
 * @param {string} name
 * @returns {(argument?: unknown) => Promise<any>}
 */
function calling(name) {
  return async (argument) => {
    await init();
    try {
      return /** @type {any} */ (glue)[name](argument);
    } catch (failure) {
      throw asError(failure);
    }
  };
}

/**
 * What the core refused crosses as plain data. Anything else is a fault of ours or of the host (a trap, exhausted
 * memory, stack overflow): the instance may be half changed, so the glue makes a fresh one before the next call.
 * @param {any} failure
 */
function asError(failure) {
  if (!(failure instanceof Error) && typeof failure?.code === "string" && typeof failure.message === "string") {
    return new CertificateError(failure.code, failure.message, failure.field);
  }
  glue.scheduleReinit();
  const message = "an internal fault ended this call; nothing was made, and the next call works. Please report it";
  return new CertificateError("ERR_INTERNAL", message, undefined, { cause: failure });
}

export const generateKeyPair = calling("generateKeyPair");
export const convertKey = calling("convertKey");
export const createAuthority = calling("createAuthority");
export const createRequest = calling("createRequest");
export const issueCertificate = calling("issueCertificate");
export const createMutualTls = calling("createMutualTls");
export const inspect = calling("inspect");
export const inspectAll = calling("inspectAll");
