// @ts-check
// PKCS#12 files and bundles: the second wasm makes and reads them, those under a passphrase in a Worker; keys are read here, so that
// a CryptoKeyPair will do.
import { peek } from "./call.js";
import { at, CertificateError } from "./error.js";
import { apart } from "./in_page.js";
import * as keys from "./keys.js";
import { inPage } from "./wasm.js";

/** @param {any} options @returns {Promise<any>} */
export async function createPkcs12(options) {
  return apart("createPkcs12", [options, await pkcs8Of(peek(options, "privateKey"))]);
}

/** @param {any} options @returns {Promise<any>} */
export async function createTrustStore(options) {
  return apart("createTrustStore", [options]);
}

/** @param {any} options @returns {Promise<any>} */
export async function readPkcs12(options) {
  return apart("readPkcs12", [options]);
}

/** @param {any} options @returns {Promise<any>} */
export async function createBundle(options) {
  return withKey("createBundle", options);
}

/** @param {any} options @returns {Promise<any>} */
export async function createKubernetesSecret(options) {
  return withKey("createKubernetesSecret", options);
}

/**
 * @param {string} name
 * @param {any} options
 */
async function withKey(name, options) {
  const loaded = await inPage.load();
  return loaded.call(name, options, await pkcs8Of(peek(options, "privateKey")));
}

/** The key written down; nothing where there is none, which the wasm has words for. @param {unknown} given @returns {Promise<Uint8Array>} */
async function pkcs8Of(given) {
  if (given === undefined) return new Uint8Array();
  const signer = await keys.signerOf(given, "privateKey");
  try {
    return await signer.pkcs8();
  } catch (error) {
    throw error instanceof CertificateError && error.field === undefined ? at(error, "privateKey") : error;
  }
}
