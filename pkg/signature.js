// @ts-check
// Whether a signature is true, as the wasm gives it to verify.
import * as inPage from "./in_page.js";
import * as keys from "./keys.js";
import * as platform from "./platform.js";

/**
 * A signature, and all that it takes to verify it: `bytes` begin with the message, the signature and the key.
 * @typedef {object} ToVerify
 * @property {string} kind the key's type and the scheme: `ecdsa-p256 ecdsa/SHA-256`
 * @property {Uint8Array} bytes
 * @property {number} messageLength
 * @property {number} signatureLength
 * @property {number} spkiLength
 * @property {number} [pointLength] of the key itself, of a curve, with which it ends
 * @property {Uint8Array} [modulus] the key itself, of RSA
 * @property {Uint8Array} [exponent]
 */

/**
 * By the platform, or by in-page crypto for what the platform can't tell.
 * @param {ToVerify} toVerify
 * @param {import("./call.js").Choice} choice
 */
export async function verified(toVerify, choice) {
  const verification = parts(toVerify);
  const told = (await keys.usesPlatform(verification.type, choice)) ? await platform.verify(verification, keys.isWebCrypto(choice)) : undefined;
  return told ?? inPage.verify(verification);
}

/** @param {ToVerify} toVerify @returns {platform.Verification} */
function parts({ kind, bytes, messageLength, signatureLength, spkiLength, pointLength, modulus, exponent }) {
  const [type, scheme] = kind.split(" ");
  const key = messageLength + signatureLength;
  const end = key + spkiLength;
  return {
    type,
    scheme,
    message: bytes.subarray(0, messageLength),
    signature: bytes.subarray(messageLength, key),
    spki: bytes.subarray(key, end),
    point: pointLength === undefined ? undefined : bytes.subarray(end - pointLength, end),
    modulus,
    exponent,
  };
}
