// @ts-check
// The entry for Cloudflare Workers, which forbid compiling at run time and import wasm as a compiled module instead.
import { use } from "./api.js";
// @ts-ignore: only workerd's bundlers know how to import wasm.
import module from "./dist/mtls_certs_bg.wasm";

use(async () => module);

export * from "./public.js";
