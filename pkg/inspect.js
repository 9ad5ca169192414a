// @ts-check
// What the wasm sees, completed with what only who computes can tell: whether signatures verify, and the public halves of keys; and
// with revocation lists, which the second wasm describes.
import { choiceOf, peek } from "./call.js";
import { at } from "./error.js";
import * as inPage from "./in_page.js";
import * as keys from "./keys.js";
import { verified } from "./signature.js";
import { certificates, inPage as secondWasm } from "./wasm.js";

/** @param {any} material */
export async function inspect(material) {
  const core = await certificates.load();
  if (core.call("isJson", material)) return jwk(core, material);
  return (await complete(core, core.call("inspect", material), material, "pem")).details;
}

/** @param {any} material */
export async function inspectAll(material) {
  const core = await certificates.load();
  if (core.call("isJson", material)) return [{ ...(await jwk(core, material)), sameKeyAs: [] }];
  /** @type {any[]} */
  const seen = core.call("inspectAll", material);
  const all = await Promise.all(seen.map((one) => complete(core, one, material, one.field ?? "pem")));
  const same = core.call("sameKeys", all.map(({ spki }) => spki));
  return all.map(({ details }, index) => ({ ...details, sameKeyAs: same[index] }));
}

/**
 * @param {import("./wasm.js").Loaded} core
 * @param {any} seen
 * @param {any} material
 * @param {string} field
 */
async function complete(core, seen, material, field) {
  let { details, spki } = seen;
  const { verification, key, revocationList } = seen;
  if (revocationList) details = await described(revocationList, seen.labelled, field);
  if (verification) {
    const what = details.type === "request" ? "signatureValid" : "selfSigned";
    details[what] = await verified(verification, choiceOf(material));
  }
  if (key) {
    const passphrase = peek(material, "passphrase");
    const signer = await keys.signerOf(passphrase === undefined ? key : { pem: key, passphrase }, field);
    spki = signer.spki;
    details = core.call("describeKey", "privateKey", details.encrypted, spki);
  }
  return { details, spki };
}

/** @param {Uint8Array} der @param {boolean} labelled @param {string} field */
async function described(der, labelled, field) {
  const core = await secondWasm.load();
  try {
    return core.call("describeRevocationList", der, labelled);
  } catch (error) {
    throw at(error, field);
  }
}

/** @param {import("./wasm.js").Loaded} core @param {any} material */
async function jwk(core, material) {
  try {
    const { type, spki } = await inPage.readJwk(material);
    return core.call("describeKey", type, false, spki);
  } catch (error) {
    throw at(error, "pem");
  }
}
