// In place of wasm.js in the single-file version, where nothing can be fetched: the package brings its wasms as text.

import inPage from "../../pkg/dist/in-page-inline.js";
import main from "../../pkg/dist/wasm-inline.js";
import built from "../../pkg/dist/build.json";
import { loadError } from "./load_error.js";

export const SINGLE_FILE = true;

/** The package finds its own copies, which are these. */
export async function load(init) {
  try {
    await init();
  } catch (error) {
    throw loadError(error);
  }
}

/** As in wasm.js. */
export function wasms() {
  return { "mtls_certs_bg.wasm": async () => main(), "in_page_bg.wasm": async () => inPage() };
}

/** As in wasm.js. */
export async function record() {
  return built;
}
