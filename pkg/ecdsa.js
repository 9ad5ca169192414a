// @ts-check
// The two encodings of an ECDSA signature: X.509's, a SEQUENCE of two INTEGERs (RFC 3279 section 2.2.3), and WebCrypto's, the two
// numbers side by side (IEEE P1363).

/** @param {Uint8Array} raw */
export function derSignature(raw) {
  const half = raw.length / 2;
  const body = [...integer(raw.subarray(0, half)), ...integer(raw.subarray(half))];
  return Uint8Array.from([0x30, body.length, ...body]);
}

/** @param {Uint8Array} number unsigned, big-endian, below 128 octets */
function integer(number) {
  let start = 0;
  while (start < number.length - 1 && number[start] === 0) start++;
  const octets = number.subarray(start);
  return octets[0] & 0x80 ? [2, octets.length + 1, 0, ...octets] : [2, octets.length, ...octets];
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
