// The npm package, with its wasms from wherever this version of the page has them.

import * as api from "../../pkg/index.js";
import { load } from "./wasm.js";

export { CertificateError } from "../../pkg/index.js";

/** The package's public API, once its wasm is there. A load that failed is tried again. */
export async function certificates() {
  await load(api.init);
  return api;
}

/**
 * Loads the second wasm too, so that all of the page works once the network is gone. The package loads it for whatever needs it, which is
 * here a call that it then refuses.
 */
export async function everything() {
  const { createTrustStore } = await certificates();
  await createTrustStore({}).catch(() => {});
}
