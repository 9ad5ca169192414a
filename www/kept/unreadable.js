// A private key made unreadable: the same key, as one of the browser's that signs and is never handed out.

import { certificates } from "../shared/package.js";

const NAMED = { "P-256": { name: "ECDSA", namedCurve: "P-256" }, "P-384": { name: "ECDSA", namedCurve: "P-384" } };

/** A CryptoKeyPair of a key in any form. */
export async function unreadable(privateKey) {
  if (privateKey.privateKey instanceof CryptoKey) return privateKey;
  const { convertKey } = await certificates();
  const { key } = await convertKey({ privateKey, format: "jwk" });
  const algorithm = key.kty === "RSA" ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } : (NAMED[key.crv] ?? { name: "Ed25519" });
  // What is left is what both halves of every type need: bare numbers.
  const { kty, crv, x, y, n, e, d, p, q, dp, dq, qi } = key;
  const [secret, open] = await Promise.all([
    crypto.subtle.importKey("jwk", { kty, crv, x, y, n, e, d, p, q, dp, dq, qi }, algorithm, false, ["sign"]),
    crypto.subtle.importKey("jwk", { kty, crv, x, y, n, e }, algorithm, true, ["verify"]),
  ]);
  return { privateKey: secret, publicKey: open };
}
