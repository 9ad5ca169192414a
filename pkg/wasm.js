// @ts-check
// The package's two wasms: each is loaded once, when it is first needed, and made anew after a fault. `certificates` reads options,
// and prepares; `inPage` is crypto for where the platform's is not there, the forms of keys, revocation lists and renewal.
import * as certificatesGlue from "./dist/mtls_certs.js";
import { CertificateError, internal } from "./error.js";

/** @typedef {string | URL | Response | BufferSource | WebAssembly.Module} Source */
/** @typedef {{ default: Function, initSync: Function, scheduleReinit: () => void, [name: string]: any }} Glue */

class Wasm {
  /** @type {() => Promise<Source>} */
  inlined = () => Promise.reject(new Error("no entry point was imported"));
  /** @type {Promise<Loaded> | undefined} */
  loading;
  /** @type {Loaded | undefined} */
  loaded;

  /** @param {() => Promise<Glue>} glue @param {string} marker an export that only this wasm has */
  constructor(glue, marker) {
    this.glue = glue;
    this.marker = marker;
  }

  /**
   * One load serves all callers; one that failed is forgotten, so that the next call tries again.
   * @param {Source | Promise<Source>} [source]
   * @returns {Promise<Loaded>}
   */
  load(source) {
    this.loading ??= this.start(source).catch((cause) => {
      this.loading = undefined;
      const message = `the WebAssembly module could not be loaded (${cause?.message ?? cause}); check the URL and the page's CSP, which needs 'wasm-unsafe-eval'`;
      throw new CertificateError("ERR_LOAD", message, undefined, { cause });
    });
    return this.loading;
  }

  /** What is loaded already. @returns {Loaded} */
  now() {
    if (!this.loaded) throw new CertificateError("ERR_LOAD", "the WebAssembly module is not loaded");
    return this.loaded;
  }

  /** @param {Source | Promise<Source>} [source] */
  async start(source) {
    const [glue, module] = await Promise.all([this.glue(), (source === undefined ? this.inlined() : Promise.resolve(source)).then(compiled)]);
    // The glue keeps whatever module it is given first, also one that then fails.
    if (!WebAssembly.Module.exports(module).some(({ name }) => name === this.marker)) {
      throw new Error("it is not the wasm of this package that is wanted here");
    }
    await instantiate(glue, module);
    this.loaded = new Loaded(glue, module);
    return this.loaded;
  }
}

/**
 * At once, since the generated code that waits names Response, at which Node loads all of its fetch. Old browsers do not
 * instantiate a large module at once on a page's own thread.
 * @param {Glue} glue @param {WebAssembly.Module} module
 */
async function instantiate(glue, module) {
  try {
    glue.initSync({ module });
  } catch {
    await glue.default({ module_or_path: module });
  }
}

/** A wasm that is there: its exports are called without waiting. */
export class Loaded {
  /** @param {Glue} glue @param {WebAssembly.Module} module */
  constructor(glue, module) {
    this.glue = glue;
    this.module = module;
  }

  /**
   * @param {string} name
   * @param {unknown[]} args
   * @returns {any}
   */
  call(name, ...args) {
    try {
      return this.glue[name](...args);
    } catch (failure) {
      throw asError(this.glue, failure);
    }
  }
}

export const certificates = new Wasm(async () => certificatesGlue, "prepareIssue");
export const inPage = new Wasm(() => import("./dist/in_page.js"), "readKey");

/**
 * Where the two come from when nobody says. The entry points set it: they differ in this alone.
 * @param {() => Promise<Source>} certificatesSource
 * @param {() => Promise<Source>} inPageSource
 */
export function use(certificatesSource, inPageSource) {
  certificates.inlined = certificatesSource;
  inPage.inlined = inPageSource;
}

/**
 * @param {Source} source
 * @returns {Promise<WebAssembly.Module>}
 */
async function compiled(source) {
  if (typeof source === "string" || source instanceof URL) return fromResponse(await fetch(source));
  // By their tags: in test runners they may be of another realm; and at the mere name of Response, Node loads all of its fetch.
  const tag = Object.prototype.toString.call(source);
  if (tag === "[object Response]") return fromResponse(/** @type {Response} */ (source));
  if (tag === "[object WebAssembly.Module]") return /** @type {any} */ (source);
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
 * What the core refused crosses as plain data. Anything else is a fault of ours or of the host (a trap, exhausted
 * memory, stack overflow): the instance may be half changed, so the glue makes a fresh one before the next call.
 * @param {Glue} glue
 * @param {any} failure
 */
function asError(glue, failure) {
  if (!(failure instanceof Error) && typeof failure?.code === "string" && typeof failure.message === "string") {
    return new CertificateError(failure.code, failure.message, failure.field);
  }
  glue.scheduleReinit();
  return internal(failure);
}
