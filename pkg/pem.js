// @ts-check
// PEM (RFC 7468), written.

const LINE = 64;
/** As many arguments as every engine takes for one call, and a whole number of base64's groups. */
const AT_ONCE = 0x6000;

/** @param {string} label @param {Uint8Array} der */
export function encodePem(label, der) {
  const text = base64(der);
  const lines = [`-----BEGIN ${label}-----`];
  for (let at = 0; at < text.length; at += LINE) lines.push(text.slice(at, at + LINE));
  lines.push(`-----END ${label}-----`, "");
  // Joined and not added to each other: V8 keeps a sum in its parts, which takes more than twice the memory.
  return lines.join("\n");
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
