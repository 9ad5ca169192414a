// @ts-check
// Keys made, and written in other forms.
import { choiceOf, peek, stoppable } from "./call.js";
import { written } from "./certify.js";
import { at } from "./error.js";
import * as inPage from "./in_page.js";
import * as keys from "./keys.js";
import { encodePem } from "./pem.js";
import * as platform from "./platform.js";
import { certificates } from "./wasm.js";

/** @param {any} [options] @returns {Promise<any>} */
export function generateKeyPair(options) {
  return stoppable(options, (signal) => keyPair(options, signal));
}

/** @param {any} options @param {AbortSignal} [signal] */
async function keyPair(options, signal) {
  const core = await certificates.load();
  const { algorithm, passphrase, iterations, extractable } = core.call("keyPairOptions", options);
  const choice = choiceOf(options);
  const signer = await keys.generated(algorithm, { choice, extractable, signal });
  const publicKey = encodePem("PUBLIC KEY", signer.spki);
  if (!extractable) return { algorithm, privateKey: signer.pair, publicKey };
  if (passphrase === undefined) return { algorithm, privateKey: await written(signer, choice), publicKey };
  return { algorithm, privateKey: await encrypted(core, await signer.pkcs8(), passphrase, iterations, choice), publicKey };
}

/** @param {any} options @returns {Promise<any>} */
export async function convertKey(options) {
  const given = peek(options, "privateKey");
  if (!keys.isPair(given)) return converted(options, given);
  const signer = await keys.signerOf(given, "privateKey");
  // The public half of a key that can't be read can be.
  if (["spki", "public-jwk"].includes(peek(options, "format"))) return inPage.convertKey(options, signer.spki);
  const pkcs8 = await signer.pkcs8().catch((error) => {
    throw at(error, "privateKey");
  });
  return converted({ ...options, privateKey: pkcs8 });
}

/**
 * The passphrases, the one that it had and the one that it gets, are for the platform where it can; the forms are in-page crypto's.
 * @param {any} options
 * @param {any} [given] a key that may be encrypted
 */
async function converted(options, given) {
  const choice = choiceOf(options);
  const unlocked = await keys.unlocked(given, choice).catch((error) => {
    throw at(error, "privateKey");
  });
  const plain = unlocked ? { ...options, privateKey: unlocked } : options;
  const passphrase = peek(options, "passphrase");
  if (passphrase === undefined || peek(options, "format") !== "pkcs8" || keys.isInPage(choice)) return inPage.convertKey(plain);
  const core = await certificates.load();
  const { iterations } = core.call("keyPairOptions", { passphrase, iterations: peek(options, "iterations") });
  const { passphrase: _, iterations: __, ...rest } = plain;
  const { key } = await inPage.convertKey(rest);
  return { key: await encrypted(core, core.call("plainKey", key).pkcs8, passphrase, iterations, choice) };
}

/**
 * PKCS#8 under a passphrase (PBES2, RFC 8018): by the platform, off the page's thread, where it can.
 * @param {import("./wasm.js").Loaded} core
 * @param {Uint8Array} pkcs8
 * @param {string} passphrase
 * @param {number} iterations
 * @param {import("./call.js").Choice} choice
 * @returns {Promise<string>}
 */
async function encrypted(core, pkcs8, passphrase, iterations, choice) {
  const made = keys.isInPage(choice) ? undefined : await platform.encrypt(pkcs8, passphrase, iterations);
  if (!made) return inPage.encryptKey(pkcs8, passphrase, iterations);
  return core.call("encodeEncrypted", made.salt, made.iv, iterations, made.encrypted);
}
