// @ts-check
// The two encodings of an ECDSA signature: X.509's, a SEQUENCE of two INTEGERs (RFC 3279 section 2.2.3), and WebCrypto's, the two
// numbers side by side (IEEE P1363).

/** @param {Uint8Array} raw */
export function derSignature(raw) {
  const half = raw.length / 2;
  // At most 8 octets are added: three headers, and a zero in front of each number.
  const der = new Uint8Array(raw.length + 8);
  const middle = integer(der, 2, raw, 0, half);
  const end = integer(der, middle, raw, half, raw.length);
  der[0] = 0x30;
  der[1] = end - 2;
  return der.subarray(0, end);
}

/**
 * Writes a number, unsigned and big-endian, below 128 octets; gives where it ends.
 * @param {Uint8Array} der @param {number} at @param {Uint8Array} raw @param {number} start @param {number} end
 */
function integer(der, at, raw, start, end) {
  while (start < end - 1 && raw[start] === 0) start++;
  const zero = raw[start] >> 7;
  der[at] = 2;
  der[at + 1] = end - start + zero;
  let to = at + 2 + zero;
  while (start < end) der[to++] = raw[start++];
  return to;
}

/**
 * `undefined` for what is no DER, or a number that is negative or too long: such a signature verifies nowhere.
 * @param {Uint8Array} der
 * @param {number} size octets of a number
 */
export function rawSignature(der, size) {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der[1] > 127) return undefined;
  const raw = new Uint8Array(2 * size);
  let at = 2;
  for (const end of [size, 2 * size]) {
    const length = der[at + 1];
    let number = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== 2 || !length || number.length !== length || number[0] & 0x80) return undefined;
    // A zero stands in front only where the number would else be negative.
    if (number[0] === 0 && length > 1) {
      if (!(number[1] & 0x80)) return undefined;
      number = number.subarray(1);
    }
    if (number.length > size) return undefined;
    raw.set(number, end - number.length);
    at += 2 + length;
  }
  return at === der.length ? raw : undefined;
}
