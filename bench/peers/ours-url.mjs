// The package with its wasm as a file of its own, which the browser compiles while it arrives: what the README tells pages to do.
import { init } from "../../pkg/index.js";
// esbuild's `file` loader makes this the file's address.
import url from "../../pkg/dist/mtls_certs_bg.wasm";

const loaded = init(new URL(url, location.href));
// A load that fails is told by the first call.
loaded.catch(() => {});

export { authority, certificate, importKey, key, keyPair, request, selfSigned } from "./ours.mjs";
