// What travels between three machines as a link: a request to the CA, and certificates back. It stands in the fragment, which browsers send to
// no server. Only what is public ever gets into a link, and a link with anything else is refused: both ends look at the pieces themselves.

import { certificates } from "../shared/package.js";

const TYPE_OF = { request: "request", certificate: "certificate" };
/** A leaf, its intermediates and its root. */
const MOST_PIECES = { request: 1, certificate: 8 };
/** Of a fragment; a request with an RSA key of 4096 bits takes a tenth. */
const LONGEST = 40_000;

/** The link that opens this page with these pieces (PEM). Rejects for whatever is not public. */
export async function linkFor(kind, pems) {
  const ders = pems.map(fromPem);
  await check(kind, ders);
  return `${location.href.split("#")[0]}#${kind}=${ders.map(toBase64url).join(".")}`;
}

/** The link that brings a certificate back, with the CA's own: PEM or DER, each with whatever belongs to it. */
export function linkBack(certificate, authority) {
  const blocks = [certificate, authority].flatMap((material) => pemOf(material).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []);
  return linkFor("certificate", [...new Set(blocks.map((pem) => `${pem.replaceAll("\r\n", "\n")}\n`))]);
}

/**
 * What a link, or its fragment, carries: `{ kind, pems }`; undefined where it carries nothing of ours. Rejects, in words, for what must not be in
 * a link or is damaged.
 */
export async function readLink(text) {
  const fragment = text.trim().replace(/^[^#]*#/, "");
  const [, kind, payload] = /^(request|certificate)=(.*)$/s.exec(fragment) ?? [];
  if (kind === undefined) return undefined;
  if (fragment.length > LONGEST) throw new Error("This link is too long to be one of ours.");
  let ders;
  try {
    ders = payload.split(".").map(fromBase64url);
  } catch {
    throw new Error("This link is damaged: a part of it may be missing. Ask for it again, or for the file.");
  }
  await check(kind, ders);
  const label = kind === "request" ? "CERTIFICATE REQUEST" : "CERTIFICATE";
  return { kind, pems: ders.map((der) => toPem(label, der)) };
}

async function check(kind, ders) {
  const { inspect } = await certificates();
  if (ders.length > MOST_PIECES[kind]) throw new Error("This link holds more than one of ours does.");
  for (const der of ders) {
    // Before anything else: text, or bytes behind the end, could hold whatever.
    if (!isOneElement(der)) throw new Error(/PRIVATE KEY/.test(latin(der)) ? KEY_IN_LINK : DAMAGED);
    const details = await inspect(der).catch(() => undefined);
    if (details?.type === "privateKey") throw new Error(KEY_IN_LINK);
    if (details?.type !== TYPE_OF[kind]) throw new Error(DAMAGED);
  }
}

const KEY_IN_LINK =
  "This link carries a private key, and is refused. A key never travels: whoever made this link should make a new key, and tell nobody.";
const DAMAGED = "This link is damaged, or is none of ours. Ask for it again, or for the file.";

/** One DER SEQUENCE, and nothing behind it. */
function isOneElement(der) {
  if (der.length < 2 || der[0] !== 0x30) return false;
  if (der[1] < 0x80) return der.length === 2 + der[1];
  const count = der[1] & 0x7f;
  if (count === 0 || count > 3) return false;
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + der[2 + index];
  return der.length === 2 + count + length;
}

function fromPem(pem) {
  const [, label, body] = /^-----BEGIN ([^-]+)-----([^-]+)-----END \1-----\s*$/.exec(pem.trim()) ?? [];
  if (!/^((NEW )?CERTIFICATE REQUEST|(X509 )?CERTIFICATE)$/.test(label ?? "")) throw new Error(KEY_IN_LINK);
  return bytes(atob(body.replace(/\s+/g, "")));
}

/** A certificate as PEM, that may be DER. */
export const pemOf = (certificate) => (typeof certificate === "string" ? certificate : toPem("CERTIFICATE", certificate));

function toPem(label, der) {
  const lines = btoa(latin(der)).match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}

const toBase64url = (der) => btoa(latin(der)).replace(/[+/=]/g, (letter) => ({ "+": "-", "/": "_", "=": "" })[letter]);

function fromBase64url(text) {
  if (!/^[\w-]+$/.test(text)) throw new Error("no base64url");
  return bytes(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
}

const bytes = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const latin = (der) => Array.from(der, (byte) => String.fromCharCode(byte)).join("");
