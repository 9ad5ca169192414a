// @peculiar/x509, over the platform's WebCrypto, with the polyfill that its README asks for.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { guide as steps } from "./guide.mjs";
import { serialNumber, subtleAlgorithm, toPem, window } from "../support/platform.mjs";

const { digitalSignature, keyEncipherment, keyCertSign, cRLSign } = x509.KeyUsageFlags;
const USAGE = { client: x509.ExtendedKeyUsage.clientAuth, server: x509.ExtendedKeyUsage.serverAuth };
const SUBJECT_ALT_NAME = "2.5.29.17";

export async function key(algorithm) {
  const { create, usages } = subtleAlgorithm(algorithm);
  const pair = await crypto.subtle.generateKey(create, true, usages);
  const pem = toPem(new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey)), "PRIVATE KEY");
  return { pem, privateKey: pair.privateKey, publicKey: pair.publicKey };
}

// It has none of its own: WebCrypto's calls.
export { keyPair } from "../support/platform.mjs";

export async function importKey(pem, algorithm) {
  const { create } = subtleAlgorithm(algorithm);
  const privateKey = await crypto.subtle.importKey("pkcs8", x509.PemConverter.decodeFirst(pem), create, true, ["sign"]);
  const { key_ops, d, p, q, dp, dq, qi, ...jwk } = await crypto.subtle.exportKey("jwk", privateKey);
  return { pem, privateKey, publicKey: await crypto.subtle.importKey("jwk", jwk, create, true, ["verify"]) };
}

export async function selfSigned(keys, algorithm) {
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: "CN=my-ca",
    ...window(3650),
    signingAlgorithm: subtleAlgorithm(algorithm).sign,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return made.toString("pem");
}

export async function authority(pem, key, algorithm) {
  const certificate = new x509.X509Certificate(pem);
  // The CA's own identifier: `create(publicKey)` would take SHA-1 of the key for it, whatever the CA says.
  const { keyId } = certificate.getExtension(x509.SubjectKeyIdentifierExtension);
  const identifier = new x509.AuthorityKeyIdentifierExtension(keyId);
  return { certificate, identifier, signingKey: key.privateKey, signingAlgorithm: subtleAlgorithm(algorithm).sign };
}

export async function request(keys, algorithm, commonName, role) {
  const made = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: subtleAlgorithm(algorithm).sign,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: "dns", value: commonName }]),
      new x509.ExtendedKeyUsageExtension([USAGE[role]]),
    ],
  });
  return made.toString("pem");
}

export async function certificate({ certificate, identifier, signingKey, signingAlgorithm }, pem, role) {
  const request = new x509.Pkcs10CertificateRequest(pem);
  if (!(await request.verify())) throw new Error("the request's signature is wrong");
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: request.subject,
    issuer: certificate.subject,
    ...window(365),
    signingAlgorithm,
    publicKey: request.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([USAGE[role]]),
      ...request.extensions.filter(({ type }) => type === SUBJECT_ALT_NAME),
      await x509.SubjectKeyIdentifierExtension.create(request.publicKey),
      identifier,
    ],
  });
  return made.toString("pem");
}

const self = { key, selfSigned, authority, request, certificate };
export const guide = (algorithm) => steps(self, algorithm);
