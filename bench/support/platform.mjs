// What Node and pages both have: WebCrypto's names of the algorithms, base64, PEM.

/** @param {string} algorithm */
export function subtleAlgorithm(algorithm) {
  const usages = ["sign", "verify"];
  const [family, size] = algorithm.split("-");
  if (family === "rsa") {
    const name = "RSASSA-PKCS1-v1_5";
    const create = { name, hash: "SHA-256", publicExponent: new Uint8Array([1, 0, 1]), modulusLength: Number(size) };
    return { create, sign: { name, hash: "SHA-256" }, usages };
  }
  if (family === "ecdsa") {
    const [namedCurve, hash] = size === "p256" ? ["P-256", "SHA-256"] : ["P-384", "SHA-384"];
    return { create: { name: "ECDSA", namedCurve }, sign: { name: "ECDSA", hash }, usages };
  }
  return { create: { name: "Ed25519" }, sign: { name: "Ed25519" }, usages };
}

/** @param {string} base64 */
export const bytes = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** @param {Uint8Array} der @param {string} label */
export function toPem(der, label) {
  const lines = btoa(String.fromCharCode(...der)).replace(/.{64}(?!$)/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

/** A new key of WebCrypto's, both halves written down. */
export async function keyPair(algorithm) {
  const { create, usages } = subtleAlgorithm(algorithm);
  const { privateKey, publicKey } = await crypto.subtle.generateKey(create, true, usages);
  const [pkcs8, spki] = await Promise.all([crypto.subtle.exportKey("pkcs8", privateKey), crypto.subtle.exportKey("spki", publicKey)]);
  return { pem: toPem(new Uint8Array(pkcs8), "PRIVATE KEY"), publicPem: toPem(new Uint8Array(spki), "PUBLIC KEY") };
}

/** A serial number as ours are: 16 random bytes, positive; in hexadecimal digits. */
export function serialNumber() {
  const random = crypto.getRandomValues(new Uint8Array(16));
  random[0] = (random[0] & 0x7f) | 0x40;
  return Array.from(random, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** From an hour ago for so many days. */
export function window(days) {
  const now = Date.now();
  return { notBefore: new Date(now - 3_600_000), notAfter: new Date(now + days * 86_400_000) };
}
