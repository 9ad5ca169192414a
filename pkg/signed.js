// @ts-check
// A certificate, a request or a revocation list, out of what is signed and the signature: SEQUENCE { what is signed, the algorithm,
// BIT STRING } (RFC 5280 section 4.1.1, RFC 2986 section 4.2).

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;

/**
 * @param {Uint8Array} unsigned what is signed, and behind it the AlgorithmIdentifier, DER
 * @param {Uint8Array} signature in X.509's encoding
 */
export function signedDer(unsigned, signature) {
  // One octet says that none of the last one's bits is unused.
  const bits = header(BIT_STRING, 1 + signature.length);
  const content = unsigned.length + bits.length + 1 + signature.length;
  const outer = header(SEQUENCE, content);
  const der = new Uint8Array(outer.length + content);
  der.set(outer);
  der.set(unsigned, outer.length);
  der.set(bits, outer.length + unsigned.length);
  der.set(signature, der.length - signature.length);
  return der;
}

/** Tag and length (X.690 section 8.1.3). @param {number} tag @param {number} length below 2³² */
function header(tag, length) {
  if (length < 0x80) return [tag, length];
  const octets = [];
  for (let rest = length; rest > 0; rest >>>= 8) octets.unshift(rest & 0xff);
  return [tag, 0x80 | octets.length, ...octets];
}
