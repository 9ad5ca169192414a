// @ts-check
// PEM (RFC 7468), written.

/** @param {string} label @param {Uint8Array} der */
export function encodePem(label, der) {
  let characters = "";
  for (const octet of der) characters += String.fromCharCode(octet);
  return `-----BEGIN ${label}-----\n${btoa(characters).replace(/.{1,64}/g, "$&\n")}-----END ${label}-----\n`;
}
