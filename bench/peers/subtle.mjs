// The limit: the calls of WebCrypto that no implementation on top of it can avoid, on the very bytes that ours signs.
import { bytes, subtleAlgorithm } from "../support/platform.mjs";

export { keyPair } from "../support/platform.mjs";

/** The guide's three keys alone, all at once. Its five signatures take no time beside them. */
export async function threeKeys(algorithm) {
  const { create, usages } = subtleAlgorithm(algorithm);
  await Promise.all([1, 2, 3].map(() => crypto.subtle.generateKey(create, true, usages)));
}

/**
 * For a certificate from a request: the request's key imported, its signature verified, the certificate signed.
 * For a self-signed one: signed.
 */
export async function limits({ algorithm, limit }) {
  const { create, sign } = subtleAlgorithm(algorithm);
  const caKey = await crypto.subtle.importKey("pkcs8", bytes(limit.caKey), create, false, ["sign"]);
  const [publicKey, signed, signature] = [limit.publicKey, limit.requestInfo, limit.requestSignatureP1363].map(bytes);
  const [leaf, root] = [limit.certificateInfo, limit.caInfo].map(bytes);
  return {
    async certificate() {
      const key = await crypto.subtle.importKey("spki", publicKey, create, false, ["verify"]);
      if (!(await crypto.subtle.verify(sign, key, signature, signed))) throw new Error("the request's signature is wrong");
      return crypto.subtle.sign(sign, caKey, leaf);
    },
    selfSigned: () => crypto.subtle.sign(sign, caKey, root),
  };
}
