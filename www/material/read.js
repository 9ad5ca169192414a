// What somebody drops, chooses or pastes, taken apart into pieces: each certificate, request, key and list with what it says.

import { loadError } from "../shared/load_error.js";
import { certificates } from "../shared/package.js";

/** Nothing that belongs here is a tenth of this; a disk image dropped by mistake is said to be one, and not read for minutes. */
const LARGEST = 4 * 1024 * 1024;
const BLOCK = /-----BEGIN ([^-\n]+)-----[\s\S]*?-----END \1-----/g;

/**
 * The pieces of a file, in its order: `{ name, content, details }`, or with `error` in place of details where a piece can't be read.
 * `locked` says that it is encrypted and was not opened; `passphrase` is what opened it. `content` is PEM, or DER as bytes.
 */
export async function readMaterial({ name, content, passphrase, failure }) {
  if (failure) throw new Error(failure);
  if (content.length > LARGEST) throw new Error(`${name} is too large to be a certificate, a request or a key.`);
  if (content.length === 0) throw new Error(`${name} is empty.`);
  if (content[0] === 0x50 && content[1] === 0x4b && content[2] === 3) throw new Error(`${name} is a .zip: unpack it, and take the files in it.`);
  const text = typeof content === "string" ? content : asText(content);
  const blocks = text === undefined ? [] : (text.match(BLOCK) ?? []);
  // What openssl writes into a key file beside the key (its curve's name) is nothing to look at.
  const wanted = blocks.filter((block) => !/^-----BEGIN (EC|DSA|DH) PARAMETERS/.test(block));
  if (wanted.length > 0) return Promise.all(wanted.map((block) => readPiece(name, block, passphrase)));
  const bytes = text === undefined ? content : fromBase64(text);
  if (bytes === undefined) return [await readPiece(name, text, passphrase)];
  return isPkcs12(bytes) ? readPkcs12(name, bytes, passphrase) : [await readPiece(name, bytes, passphrase)];
}

async function readPiece(name, content, passphrase) {
  const { inspect } = await certificates();
  const given = passphrase ? { pem: content, passphrase } : content;
  try {
    const details = await inspect(given);
    return { name, content, details, locked: details.type === "privateKey" && !details.publicKey, passphrase };
  } catch (error) {
    // A passphrase that is wrong for one, or not needed by another of the same file.
    if (passphrase && error.code === "ERR_PASSPHRASE") {
      const details = await inspect(content).catch(() => undefined);
      if (details && !details.encrypted) return { name, content, details, locked: false };
      return { name, content, details, locked: true, error };
    }
    return { name, content, error };
  }
}

async function readPkcs12(name, bytes, passphrase) {
  const api = await certificates();
  let found;
  try {
    found = await api.readPkcs12({ pkcs12: bytes, ...(passphrase ? { passphrase } : {}) });
  } catch (error) {
    return [{ name, content: bytes, container: "PKCS#12", locked: error.code === "ERR_PASSPHRASE", error }];
  }
  const pems = found.entries.flatMap(({ privateKey, certificate = "", chain }) => [privateKey, ...(certificate.match(BLOCK) ?? []), ...(chain.match(BLOCK) ?? [])]);
  const all = [...pems, ...found.certificates.map(({ certificate }) => certificate)];
  return Promise.all(all.map((pem) => readPiece(name, pem)));
}

/** An error of a piece, as a sentence for people: without the option's path, and with a full stop. */
export function inWords(error) {
  const { field, message } = loadError(error);
  const said = (field && message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message).replaceAll("`", "");
  const sentence = /^(is|are|has|have|can't|holds|needs|was|does|must|belongs|names|asks|lacks|contains|would|ends|begins|signs|may|expired)\b/.test(said) ? `This ${said}` : said;
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** Text where every byte is one of a text file. */
function asText(bytes) {
  if (bytes[0] === 0x30 && bytes[1] >= 0x80) return undefined;
  // Windows' tools write UTF-16 now and then.
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** DER as bare base64, without the lines around it. */
function fromBase64(text) {
  const bare = text.replace(/\s+/g, "");
  if (bare.length < 64 || !/^MI[A-Za-z0-9+/]+={0,2}$/.test(bare)) return undefined;
  try {
    return Uint8Array.from(atob(bare), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** A SEQUENCE that begins with the version 3. */
function isPkcs12(bytes) {
  if (bytes[0] !== 0x30) return false;
  const at = bytes[1] < 0x80 ? 2 : 2 + (bytes[1] & 0x7f);
  return bytes[at] === 2 && bytes[at + 1] === 1 && bytes[at + 2] === 3;
}
