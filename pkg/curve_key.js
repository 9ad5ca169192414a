// @ts-check
// A curve's key written down: PKCS#8 (RFC 5958 with RFC 5915, RFC 8410) and SubjectPublicKeyInfo (RFC 5480, RFC 8410). Its numbers
// have a fixed length, so that what stands around them is the same for every key.

/** @param {string} hexadecimal */
const octets = (hexadecimal) => Uint8Array.from(hexadecimal.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));

/**
 * What stands before the private number, between that and the public one, and before the public one alone.
 * @type {Record<string, { size: number, before: Uint8Array, between?: Uint8Array, beforePublic: Uint8Array }>}
 */
const AROUND = {
  "ecdsa-p256": {
    size: 32,
    before: octets("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420"),
    between: octets("a14403420004"),
    beforePublic: octets("3059301306072a8648ce3d020106082a8648ce3d03010703420004"),
  },
  "ecdsa-p384": {
    size: 48,
    before: octets("3081b6020100301006072a8648ce3d020106052b8104002204819e30819b0201010430"),
    between: octets("a16403620004"),
    beforePublic: octets("3076301006072a8648ce3d020106052b8104002203620004"),
  },
  // In PKCS#8 this one is the private half alone.
  ed25519: {
    size: 32,
    before: octets("302e020100300506032b657004220420"),
    beforePublic: octets("302a300506032b6570032100"),
  },
};

/**
 * Both halves of a private key as the platform's JWK gives it; `undefined` for a key of another kind.
 * @param {string} type `ecdsa-p256` …
 * @param {JsonWebKey} jwk
 */
export function ofJwk(type, { d = "", x = "", y = "" }) {
  const around = AROUND[type];
  if (!around) return undefined;
  const { size, before, between, beforePublic } = around;
  const numbers = [d, x, ...(between ? [y] : [])].map((number) => atob(number.replace(/-/g, "+").replace(/_/g, "/")));
  if (numbers.some(({ length }) => length !== size)) return undefined;
  const [secret, ...point] = numbers;
  return {
    pkcs8: joined(between ? [before, secret, between, ...point] : [before, secret]),
    spki: joined([beforePublic, ...point]),
  };
}

/**
 * The same of one that was written as PKCS#8, where that holds the public half and is as it is written here.
 * @param {string} type `ecdsa-p256` or `ecdsa-p384`
 * @param {Uint8Array} pkcs8
 */
export function ofPkcs8(type, pkcs8) {
  const { size, before, between = octets(""), beforePublic } = AROUND[type];
  const point = before.length + size + between.length;
  const isUsual = pkcs8.length === point + 2 * size && stands(before, pkcs8, 0) && stands(between, pkcs8, before.length + size);
  return isUsual ? { pkcs8, spki: joined([beforePublic, pkcs8.subarray(point)]) } : undefined;
}

/** @param {Uint8Array} part @param {Uint8Array} whole @param {number} at */
const stands = (part, whole, at) => part.every((octet, index) => octet === whole[at + index]);

/**
 * Whether a SubjectPublicKeyInfo that the platform has written is as long as those of this type are.
 * @param {string} type
 * @param {Uint8Array} spki
 */
export function isWhole(type, spki) {
  const around = AROUND[type];
  return !around || spki.length === around.beforePublic.length + around.size * (around.between ? 2 : 1);
}

/** @param {(Uint8Array | string)[]} parts octets, or as many characters below 256 */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    if (typeof part !== "string") whole.set(part, at);
    else for (let i = 0; i < part.length; i++) whole[at + i] = part.charCodeAt(i);
    at += part.length;
  }
  return whole;
}
