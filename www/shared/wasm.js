// The wasms as files of their own, compiled while they stream in: a quarter smaller than the package's inlined copies. The single-file
// version has wasm_inlined.js in place of this module.

import { loadError } from "./load_error.js";

const DIST = new URL("../../pkg/dist/", import.meta.url);
const MAIN = new URL("mtls_certs_bg.wasm", DIST);
const IN_PAGE = new URL("in_page_bg.wasm", DIST);

export const SINGLE_FILE = false;

let loading;
let copyOfMain;
let recorded;

/** Loads the package with them, once. A load that failed is tried again. */
export function load(init) {
  loading ??= start(init).catch((error) => {
    loading = undefined;
    throw loadError(error);
  });
  return loading;
}

async function start(init) {
  // Where nothing answers, the package says so in its own words.
  const response = await fetch(MAIN).catch(() => MAIN);
  if (response instanceof Response) copyOfMain = response.clone();
  await init(response, { inPage: IN_PAGE });
  // For when the network is gone. A Worker is asked for nothing of it.
  if (typeof document === "object") record().catch(() => {});
}

/**
 * The wasms by their names in build.json: the bytes of the one that runs, and of the other as it was loaded, which the browser has from then;
 * else as it would be.
 */
export function wasms() {
  return {
    "mtls_certs_bg.wasm": async () => (copyOfMain ?? (await fetch(MAIN))).clone().arrayBuffer(),
    "in_page_bg.wasm": async () => (await fetch(IN_PAGE, { cache: "force-cache" })).arrayBuffer(),
  };
}

/** What the build recorded of them: build.json, fetched once. */
export function record() {
  recorded ??= fetch(new URL("build.json", DIST)).then((response) => response.json());
  recorded.catch(() => (recorded = undefined));
  return recorded;
}
