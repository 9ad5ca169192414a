// @ts-check
// The entry for every host but workerd. The wasm travels inside JavaScript files: that is the one way that works without
// configuration in Node, browsers, file:// and every bundler. They are imported on first use only, so a page that calls
// init(url) never loads the first, and the second is loaded where the platform's crypto is not enough.
import { use } from "./wasm.js";

use(
  async () => (await import("./dist/wasm-inline.js")).default(),
  async () => (await import("./dist/in-page-inline.js")).default(),
);

export * from "./api.js";
