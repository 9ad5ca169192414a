// The npm package, with its wasms as files of their own, compiled while they stream in: a quarter smaller than the inlined copies.

import * as api from "../../pkg/index.js";

export { CertificateError } from "../../pkg/index.js";

const WASM = new URL("../../pkg/dist/mtls_certs_bg.wasm", import.meta.url);
const IN_PAGE = { inPage: new URL("../../pkg/dist/in_page_bg.wasm", import.meta.url) };

/** The package's public API, once its wasm is there. A load that failed is tried again. */
export async function certificates() {
  await api.init(WASM, IN_PAGE);
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
