// The limit without promises: the same calls of Node's own crypto.
import { createPrivateKey, createPublicKey, generateKeyPair, sign, verify } from "node:crypto";
import { promisify } from "node:util";
import { bytes } from "../support/platform.mjs";

const generate = promisify(generateKeyPair);

/** Off the main thread, as crypto.subtle does it. */
export async function keyPair(algorithm) {
  const [family, size] = algorithm.split("-");
  const privateKeyEncoding = { type: "pkcs8", format: "pem" };
  const publicKeyEncoding = { type: "spki", format: "pem" };
  const options = { privateKeyEncoding, publicKeyEncoding };
  const { privateKey, publicKey } = await {
    rsa: () => generate("rsa", { ...options, modulusLength: Number(size) }),
    ecdsa: () => generate("ec", { ...options, namedCurve: { p256: "prime256v1", p384: "secp384r1" }[size] }),
    ed25519: () => generate("ed25519", options),
  }[family]();
  return { pem: privateKey, publicPem: publicKey };
}

export async function limits({ algorithm, limit }) {
  const digest = { ed25519: null, "ecdsa-p384": "sha384" }[algorithm];
  const hash = digest === undefined ? "sha256" : digest;
  const caKey = createPrivateKey({ key: bytes(limit.caKey), format: "der", type: "pkcs8" });
  const [publicKey, signed, signature] = [limit.publicKey, limit.requestInfo, limit.requestSignature].map(bytes);
  const [leaf, root] = [limit.certificateInfo, limit.caInfo].map(bytes);
  return {
    async certificate() {
      const key = createPublicKey({ key: publicKey, format: "der", type: "spki" });
      if (!verify(hash, signed, key, signature)) throw new Error("the request's signature is wrong");
      return sign(hash, leaf, caKey);
    },
    selfSigned: async () => sign(hash, root, caKey),
  };
}
