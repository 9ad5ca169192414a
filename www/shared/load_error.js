// A wasm that can't be had, in words for who came to a page. The package's own are for who builds one: they speak of URLs and policies.

const NOT_ARRIVED = "A part of this page, its WebAssembly, did not arrive. Check the network, and do it once more.";
const NOT_RUN = "This browser does not run the WebAssembly of this page. A newer one does.";

/** The error itself, where it is about something else. */
export function loadError(error) {
  if (error?.code !== "ERR_LOAD") return error;
  // Of what came from a Worker only the message is left; nearly always it is the network.
  const refused = !globalThis.WebAssembly || error.cause instanceof WebAssembly.CompileError || error.cause instanceof WebAssembly.LinkError;
  return new Error(refused ? NOT_RUN : NOT_ARRIVED, { cause: error });
}
