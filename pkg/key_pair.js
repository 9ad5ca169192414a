// @ts-check
// Keys made, and written in other forms.
import { choiceOf, peek, written } from "./certify.js";
import { at, CertificateError } from "./error.js";
import * as inPage from "./in_page.js";
import * as keys from "./keys.js";
import { encodePem } from "./pem.js";
import * as platform from "./platform.js";
import { certificates } from "./wasm.js";

/** @param {any} [options] @returns {Promise<any>} */
export async function generateKeyPair(options) {
  const core = await certificates.load();
  const { algorithm, passphrase, iterations, extractable } = core.call("keyPairOptions", options);
  const choice = choiceOf(options);
  const signal = peek(options, "signal");
  const signer = await keys.generated(algorithm, { choice, extractable, signal });
  const publicKey = encodePem("PUBLIC KEY", signer.spki);
  if (!extractable) return { algorithm, privateKey: signer.pair, publicKey };
  if (passphrase === undefined) return { algorithm, privateKey: await written(signer, choice), publicKey };
  return { algorithm, privateKey: await encrypted(core, await signer.pkcs8(), passphrase, iterations), publicKey };
}

/** @param {any} options @returns {Promise<any>} */
export async function convertKey(options) {
  const given = peek(options, "privateKey");
  if (!keys.isPair(given)) return converted(options, given);
  let pkcs8;
  try {
    pkcs8 = await (await keys.signerOf(given, "privateKey")).pkcs8();
  } catch (error) {
    // The public half of a key that can't be read can be.
    const format = peek(options, "format");
    if (format !== "spki" || !(error instanceof CertificateError) || error.code !== "ERR_NOT_EXTRACTABLE") {
      throw error instanceof CertificateError && error.field === undefined ? at(error, "privateKey") : error;
    }
    const { spki } = await keys.signerOf(given, "privateKey");
    return { key: encodePem("PUBLIC KEY", spki) };
  }
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
  if (passphrase === undefined || peek(options, "format") !== "pkcs8" || choice === "in-page") return inPage.convertKey(plain);
  const core = await certificates.load();
  const { iterations } = core.call("keyPairOptions", { passphrase, iterations: peek(options, "iterations") });
  const { passphrase: _, iterations: __, ...rest } = plain;
  const { key } = await inPage.convertKey(rest);
  return { key: await encrypted(core, core.call("plainKey", key).pkcs8, passphrase, iterations) };
}

/**
 * PKCS#8 under a passphrase (PBES2, RFC 8018): by the platform, off the page's thread, where it can.
 * @param {import("./wasm.js").Loaded} core
 * @param {Uint8Array} pkcs8
 * @param {string} passphrase
 * @param {number} iterations
 * @returns {Promise<string>}
 */
async function encrypted(core, pkcs8, passphrase, iterations) {
  const made = await platform.encrypt(pkcs8, passphrase, iterations);
  if (!made) return inPage.encryptKey(pkcs8, passphrase, iterations);
  return core.call("encodeEncrypted", made.salt, made.iv, iterations, made.encrypted);
}
