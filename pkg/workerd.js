// @ts-check
// The entry for Cloudflare Workers, which forbid compiling at run time and import wasm as compiled modules instead.
import { use } from "./wasm.js";
// @ts-ignore: only workerd's bundlers know how to import wasm.
import inPage from "./dist/in_page_bg.wasm";
// @ts-ignore
import certificates from "./dist/mtls_certs_bg.wasm";

use(async () => certificates, async () => inPage);

export * from "./api.js";
