// @ts-check
// Makes one key with in-page crypto, off the page's own thread, and sends it back: the page sends the type and the compiled wasm, so
// that nothing is loaded twice, and from no other place. `undefined` says that it could not be made.
import * as glue from "./dist/in_page.js";

globalThis.onmessage = async ({ data: { type, module } }) => {
  let made;
  try {
    await glue.default({ module_or_path: module });
    made = glue.generateKey(type);
  } catch {
    // The page tries it itself, and has the say.
  }
  globalThis.postMessage(made);
};
globalThis.onmessageerror = () => globalThis.postMessage(undefined);
