// @ts-check
// Makes one key with in-page crypto, off the page's own thread, and sends it back.
import { inPage, use } from "./wasm.js";

use(
  () => Promise.reject(new Error("not needed here")),
  async () => (await import("./dist/in-page-inline.js")).default(),
);

globalThis.onmessage = async ({ data: type }) => {
  const made = await inPage.load().then((loaded) => loaded.call("generateKey", type), () => undefined);
  globalThis.postMessage(made);
};
