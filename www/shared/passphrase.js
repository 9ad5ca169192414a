// A passphrase that nobody guesses, and that can be typed on a phone: 20 characters of 30 are 98 bits.

// Without those that look like others: i, l, o, 0 and 1 are left out, and u, so that no word comes out of it.
const ALPHABET = "abcdefghjkmnpqrstvwxyz23456789";

/** Four groups of five small letters and digits, ASCII as Java wants it. */
export function newPassphrase() {
  const letters = Array.from({ length: 20 }, letter).join("");
  return letters.match(/.{5}/g).join("-");
}

// Bytes beyond the last multiple of the alphabet's length are thrown away, since some letters would come more often.
function letter() {
  const [byte] = crypto.getRandomValues(new Uint8Array(1));
  return byte < 256 - (256 % ALPHABET.length) ? ALPHABET[byte % ALPHABET.length] : letter();
}
