// @ts-check
// Revocation lists: what the list is to hold is read and prepared by the second wasm, since most pages never make one.
import { each } from "./batch.js";
import { choiceOf, peek, stoppable } from "./call.js";
import { finish } from "./certify.js";
import * as keys from "./keys.js";
import { revocationListResult } from "./results.js";
import { verified } from "./signature.js";
import { inPage } from "./wasm.js";

/** @param {any} options @returns {Promise<any>} */
export function createRevocationList(options) {
  return stoppable(options, (signal) => made(options, false, signal));
}

/** @param {any} options @returns {Promise<any>} */
export function updateRevocationList(options) {
  return stoppable(options, (signal) => made(options, true, signal));
}

/** @param {any} options @param {boolean} isUpdate @param {AbortSignal} [signal] */
async function made(options, isUpdate, signal) {
  const core = await inPage.load();
  const choice = choiceOf(options);
  const given = peek(peek(options, "authority"), "privateKey");
  const signer = given === undefined ? undefined : await keys.signerOf(given, "authority.privateKey", choice);
  const prepared = core.call("prepareRevocationList", options, signer?.spki ?? new Uint8Array(), isUpdate);
  // The list before, and the certificates that were given whole: each must be the authority's.
  const check = async (/** @type {any} */ verification) => {
    if (!(await verified(verification, choice))) core.call("notIssued", verification.field);
  };
  await each(prepared.verifications, check, { signal });
  const revocationList = await finish("X509 CRL", prepared, /** @type {keys.Signer} */ (signer));
  return revocationListResult(revocationList);
}
