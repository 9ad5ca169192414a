// @ts-check
// PEM (RFC 7468), written.

const LINE = 64;
/** As many arguments as every engine takes for one call, and a whole number of base64's groups. */
const AT_ONCE = 0x6000;

/** @param {string} label @param {Uint8Array} der */
export function encodePem(label, der) {
  const text = base64(der);
  let lines = "";
  for (let at = 0; at < text.length; at += LINE) lines += `${text.slice(at, at + LINE)}\n`;
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}

/** @param {Uint8Array & { toBase64?: () => string }} bytes */
function base64(bytes) {
  if (bytes.toBase64) return bytes.toBase64();
  let text = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    text += btoa(String.fromCharCode.apply(null, /** @type {any} */ (bytes.subarray(at, at + AT_ONCE))));
  }
  return text;
}
