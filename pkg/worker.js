// @ts-check
// One call of in-page crypto, off the page's own thread: the page sends the call and the compiled wasm, so that nothing is loaded twice,
// and from no other place. It gets `{ result }`, `{ refused }` with an error as the wasm gives it, or nothing where the call failed otherwise.
import * as glue from "./dist/in_page.js";

globalThis.onmessage = async ({ data: { name, args, module } }) => {
  let answer;
  try {
    await glue.default({ module_or_path: module });
    answer = { result: /** @type {any} */ (glue)[name](...args) };
  } catch (failure) {
    const refused = /** @type {any} */ (failure);
    // Of anything else the page tries it itself, and has the say.
    if (!(refused instanceof Error) && typeof refused?.code === "string") answer = { refused };
  }
  globalThis.postMessage(answer);
};
globalThis.onmessageerror = () => globalThis.postMessage(undefined);
