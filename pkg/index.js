// @ts-check
// The entry for every host but workerd. The wasm travels inside a JavaScript file: that is the one way that works
// without configuration in Node, browsers, file:// and every bundler. It is imported on first use only, so a page that
// calls init(url) never loads it.
import { use } from "./api.js";

use(async () => (await import("./dist/wasm-inline.js")).default());

export * from "./public.js";
