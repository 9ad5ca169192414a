// @ts-check
// Whether a chain is accepted, and whether a key belongs to it. Both are told by the wasm with in-page crypto: it builds the path and
// verifies each signature at once, which the platform does only one by one and later.
import { peek } from "./call.js";
import * as keys from "./keys.js";
import { inPage } from "./wasm.js";

/** @param {any} options @returns {Promise<any>} */
export async function verifyCertificate(options) {
  return (await inPage.load()).call("verifyCertificate", options);
}

/** @param {any} options @returns {Promise<any>} */
export async function matchKey(options) {
  const given = peek(options, "privateKey");
  const spki = given === undefined ? undefined : (await keys.signerOf(given, "privateKey")).spki;
  return (await inPage.load()).call("matchKey", options, spki);
}
