// What certificates say, in words.

import { element } from "../shared/dom.js";

const DATE = new Intl.DateTimeFormat("en", { dateStyle: "long" });
const TIME = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });

const ALGORITHMS = {
  "ecdsa-p256": "ECDSA P-256",
  "ecdsa-p384": "ECDSA P-384",
  "ecdsa-p521": "ECDSA P-521",
  ed25519: "Ed25519",
};

const PURPOSES = {
  serverAuth: "a server (TLS)",
  clientAuth: "a client (TLS)",
  codeSigning: "signing code",
  emailProtection: "e-mail",
  timeStamping: "time stamps",
  OCSPSigning: "OCSP answers",
  ocspSigning: "OCSP answers",
  anyExtendedKeyUsage: "any purpose",
};

const USAGES = {
  digitalSignature: "signatures",
  nonRepudiation: "binding signatures",
  keyEncipherment: "encrypting keys",
  dataEncipherment: "encrypting data",
  keyAgreement: "agreeing on keys",
  keyCertSign: "signing certificates",
  cRLSign: "signing revocation lists",
  encipherOnly: "encrypting only",
  decipherOnly: "decrypting only",
};

export const TYPES = {
  certificate: "Certificate",
  request: "Certificate request",
  crl: "Revocation list",
  privateKey: "Private key",
  publicKey: "Public key",
};

export const day = (date) => DATE.format(date);
export const moment = (date) => `${TIME.format(date)} UTC`;

export function keyInWords({ algorithm, bits }) {
  const rsa = /^rsa-(\d+)$/.exec(algorithm);
  if (rsa) return `RSA, ${rsa[1]} bits`;
  return ALGORITHMS[algorithm] ?? (bits ? `${algorithm}, ${bits} bits` : algorithm);
}

export const purposeInWords = (name) => PURPOSES[name] ?? name;
export const usageInWords = (name) => USAGES[name] ?? name;

/** What a certificate is for, in a few words. */
export function roleInWords({ basicConstraints, extendedKeyUsage }) {
  if (basicConstraints?.ca) return "signing other certificates (a CA)";
  if (extendedKeyUsage.length > 0) return listed(extendedKeyUsage.map(purposeInWords));
  return "anything: it does not say";
}

/** `server`, `client` or `peer`, as far as the usages say; undefined where they don't. */
export function profileOf({ extendedKeyUsage }) {
  const [server, client] = ["serverAuth", "clientAuth"].map((one) => extendedKeyUsage.includes(one));
  return server && client ? "peer" : server ? "server" : client ? "client" : undefined;
}

/** Text of others, with what can't be seen or turns what stands beside it around shown as what it is. */
export function visible(text) {
  const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
  return text.replace(hidden, (sign) => `‹U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}›`);
}

/** The name that people know it by. */
export function called(name) {
  return visible(name.commonName ?? (name.text || "(no name)"));
}

/** All of a name (RFC 4514). */
export function wholeName(name) {
  return visible(name.text || "(no name)");
}

export function nameInWords(altName) {
  const [[kind, value]] = Object.entries(altName);
  const text = typeof value === "string" ? value : Object.values(value).join(" ");
  return visible({ dns: text, ip: text, email: text, uri: text }[kind] ?? `${kind}: ${text}`);
}

/** How long a certificate lasts: a text, and whether that is good. */
export function lasting({ notBefore, notAfter, daysLeft }, now = new Date()) {
  if (notBefore > now) return { text: `not valid before ${day(notBefore)}`, state: "bad" };
  if (notAfter < now) return { text: `ended on ${day(notAfter)}, ${days(-daysLeft)} ago`, state: "bad" };
  return { text: `${days(daysLeft)} left, until ${day(notAfter)}`, state: daysLeft < 30 ? "soon" : "good" };
}

export const days = (count) => (count === 1 ? "1 day" : `${count} days`);

export function listed(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A fingerprint may wrap after a colon, and copies without what makes it wrap. Digits without colons get them. */
export function fingerprint(text) {
  const pairs = (text.includes(":") ? text : (text.toUpperCase().match(/../g) ?? []).join(":")).split(/(?<=:)/);
  return element("span", { className: "fingerprint" }, ...pairs.flatMap((pair) => [pair, element("wbr")]));
}

/** Terms and what is said of them; those without a value are left out. A value is text, a node, or several. */
export function facts(rows) {
  const list = element("dl", { className: "terms" });
  for (const [term, value] of rows) {
    const values = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== "" && one !== null);
    if (values.length > 0) list.append(element("dt", { textContent: term }), element("dd", {}, ...values));
  }
  return list;
}

/** A word with a colour and a sign, so that the colour is not all that tells. */
export function badge(text, state = "plain") {
  const sign = { good: "✓ ", bad: "✕ ", soon: "! " }[state] ?? "";
  return element("span", { className: `badge ${state}` }, element("span", { "aria-hidden": "true", textContent: sign }), text);
}
