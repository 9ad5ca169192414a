// Node judges once what a peer makes, before it is timed: nothing broken gets a number.
import assert from "node:assert/strict";
import { X509Certificate, createPrivateKey, createPublicKey } from "node:crypto";

const TYPES = { rsa: "rsa", ecdsa: "ec", ed25519: "ed25519" };
const CURVES = { p256: "prime256v1", p384: "secp384r1" };

export function verifyKey(pem, algorithm) {
  const key = createPrivateKey(pem);
  const [family, size] = algorithm.split("-");
  assert.equal(key.asymmetricKeyType, TYPES[family]);
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails;
  if (family === "rsa") assert.equal(modulusLength, Number(size));
  if (family === "ecdsa") assert.equal(namedCurve, CURVES[size]);
}

export function verifyKeyPair({ pem, publicPem }, algorithm) {
  verifyKey(pem, algorithm);
  assert.ok(createPublicKey(publicPem).equals(createPublicKey(pem)), "the halves do not belong together");
}

export function verifySelfSigned(pem, keyPem) {
  const certificate = new X509Certificate(pem);
  assert.ok(certificate.checkPrivateKey(createPrivateKey(keyPem)), "the certificate is for another key");
  assert.ok(certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey), "it isn't self-signed");
}

/** @param {string} [keyPem] the private key that it must be for */
export function verifyIssued(pem, authorityPem, keyPem) {
  const [certificate, authority] = [pem, authorityPem].map((text) => new X509Certificate(text));
  assert.ok(certificate.checkIssued(authority), "the certificate doesn't name its issuer");
  assert.ok(certificate.verify(authority.publicKey), "its signature is wrong");
  if (keyPem) assert.ok(certificate.checkPrivateKey(createPrivateKey(keyPem)), "the certificate is for another key");
}

export function verifyGuide(files, algorithm) {
  for (const name of ["ca.key", "bob_server.key", "amy_client.key"]) verifyKey(files[name], algorithm);
  verifySelfSigned(files["ca.crt"], files["ca.key"]);
  for (const name of ["bob_server", "amy_client"]) verifyIssued(files[`${name}.crt`], files["ca.crt"], files[`${name}.key`]);
}
