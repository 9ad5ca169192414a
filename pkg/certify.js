// @ts-check
// Prepare, sign, finish: the wasm says what is to be signed, a signer signs it, and both are put together.
import { choiceOf, peek, stoppable } from "./call.js";
import * as keys from "./keys.js";
import { encodePem } from "./pem.js";
import { authorityResult, certificateResult, requestResult } from "./results.js";
import { verified } from "./signature.js";
import { signedDer } from "./signed.js";
import { certificates } from "./wasm.js";

/** @typedef {import("./keys.js").Signer} Signer */
/** @typedef {import("./call.js").Choice} Choice */
/** @typedef {{ bytes: Uint8Array, start: number, length: number }} Prepared from `start` on all but the signature; so much of it is signed */

const CERTIFICATE = "CERTIFICATE";
const REQUEST = "CERTIFICATE REQUEST";

/** @param {any} options @returns {Promise<any>} */
export function createAuthority(options) {
  return stoppable(options, (signal) => authority(options, signal));
}

/** @param {any} options @param {AbortSignal} [signal] */
async function authority(options, signal) {
  const core = await certificates.load();
  const given = peek(options, "privateKey");
  const choice = choiceOf(options);
  let signer;
  if (given === undefined) {
    const { algorithm } = core.call("checkAuthority", options);
    signer = await keys.generated(algorithm, { choice, signal });
  } else {
    signer = await keys.signerOf(given, "privateKey", choice);
  }
  const prepared = core.call("prepareAuthority", options, signer.spki);
  // While the signature is made.
  const signing = finish(CERTIFICATE, prepared, signer);
  const privateKey = signer.pair ? given : written(signer, choice);
  const [certificate, key] = await Promise.all([signing, privateKey]);
  return authorityResult(certificate, key);
}

/** @param {any} options @returns {Promise<any>} */
export function createRequest(options) {
  return stoppable(options, () => request(options));
}

/** @param {any} options */
async function request(options) {
  const core = await certificates.load();
  const given = peek(options, "privateKey");
  // Without a key the wasm says what is missing.
  const signer = given === undefined ? undefined : await keys.signerOf(given, "privateKey", choiceOf(options));
  const prepared = core.call("prepareRequest", options, signer?.spki ?? new Uint8Array());
  return requestResult(await finish(REQUEST, prepared, /** @type {Signer} */ (signer)));
}

/** @param {any} options @returns {Promise<any>} */
export function issueCertificate(options) {
  return stoppable(options, () => certificate(options));
}

/** @param {any} options */
async function certificate(options) {
  const core = await certificates.load();
  const choice = choiceOf(options);
  const given = peek(peek(options, "authority"), "privateKey");
  const signer = given === undefined ? undefined : await keys.signerOf(given, "authority.privateKey", choice);
  const prepared = core.call("prepareIssue", options, signer?.spki ?? new Uint8Array());
  if (!(await verified(prepared.verification, choice))) core.call("falseSignature");
  return issued(prepared, /** @type {Signer} */ (signer));
}

/**
 * @param {Prepared & { chain: string }} prepared
 * @param {Signer} signer
 */
export async function issued(prepared, signer) {
  return certificateResult(await finish(CERTIFICATE, prepared, signer), prepared.chain, false);
}

/**
 * @param {string} label
 * @param {Prepared} prepared
 * @param {Signer} signer
 * @returns {Promise<string>}
 */
export async function finish(label, { bytes, start, length }, signer) {
  const signature = await signer.sign(bytes.subarray(start, start + length));
  return encodePem(label, signedDer(bytes.subarray(start), signature));
}

/** A key as PKCS#8 PEM, kept under that name. @param {Signer} signer @param {Choice} choice @returns {Promise<string>} */
export async function written(signer, choice) {
  signer.pem ??= encodePem("PRIVATE KEY", await signer.pkcs8());
  keys.remember(signer.pem, signer, choice);
  return signer.pem;
}
