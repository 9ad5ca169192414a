// selfsigned makes keys and certificates and reads no requests, so it has no row of certificates from one; its guide is six
// files. It is for Node only.
import { generate } from "selfsigned";

const KINDS = {
  "rsa-2048": { keyType: "rsa", keySize: 2048 },
  "ecdsa-p256": { keyType: "ec", curve: "P-256" },
  "ecdsa-p384": { keyType: "ec", curve: "P-384" },
};
const CA = [
  { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
  { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
];
const options = (algorithm) => ({ ...KINDS[algorithm], algorithm: algorithm === "ecdsa-p384" ? "sha384" : "sha256" });
const commonName = (value) => [{ name: "commonName", value }];

export async function importKey(pem, algorithm) {
  if (!KINDS[algorithm]) return undefined;
  const { createPublicKey } = await import("node:crypto");
  return { pem, keyPair: { privateKey: pem, publicKey: createPublicKey(pem).export({ type: "spki", format: "pem" }) } };
}

export async function selfSigned({ keyPair }, algorithm) {
  const made = await generate(commonName("my-ca"), { ...options(algorithm), keyPair, extensions: CA });
  return made.cert;
}

/** @returns {any} */
export function guide(algorithm) {
  return KINDS[algorithm] && files(algorithm);
}

async function files(algorithm) {
  const ca = await generate(commonName("my-ca"), { ...options(algorithm), extensions: CA });
  const leaf = (name) => generate(commonName(name), { ...options(algorithm), ca: { key: ca.private, cert: ca.cert } });
  const [bob, amy] = [await leaf("localhost"), await leaf("amy-client")];
  return {
    "ca.key": ca.private, "ca.crt": ca.cert, "bob_server.key": bob.private, "bob_server.crt": bob.cert, "amy_client.key": amy.private, "amy_client.crt": amy.cert,
  };
}
