// @ts-check
// Renewal: issuing with the old certificate in place of a request. It is read and prepared by the second wasm.
import { choiceOf, peek, stoppable } from "./call.js";
import { finish } from "./certify.js";
import * as keys from "./keys.js";
import { certificateResult } from "./results.js";
import { verified } from "./signature.js";
import { inPage } from "./wasm.js";

/** @param {any} options @returns {Promise<any>} */
export function renewCertificate(options) {
  return stoppable(options, () => renewed(options));
}

/** @param {any} options */
async function renewed(options) {
  const core = await inPage.load();
  const choice = choiceOf(options);
  const [own, given] = [peek(options, "privateKey"), peek(peek(options, "authority"), "privateKey")];
  const signer = given === undefined ? undefined : await keys.signerOf(given, "authority.privateKey", choice);
  // Of a new key, the public half.
  const next = own === undefined ? undefined : await keys.signerOf(own, "privateKey", choice);
  const prepared = core.call("prepareRenewal", options, signer?.spki ?? new Uint8Array(), next?.spki);
  if (!(await verified(prepared.verification, choice))) core.call("notIssued", "certificate");
  const certificate = await finish("CERTIFICATE", prepared, /** @type {keys.Signer} */ (signer));
  return certificateResult(certificate, prepared.chain, prepared.selfSigned);
}
