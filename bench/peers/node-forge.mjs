// node-forge signs with RSA only: no row of another algorithm.
import forge from "node-forge";
import { guide as steps } from "./guide.mjs";
import { serialNumber, window } from "../support/platform.mjs";

const { pki } = forge;
const sha256 = () => forge.md.sha256.create();
const commonNameOf = (commonName) => [{ name: "commonName", value: commonName }];

/** @returns {any} */
export function key(algorithm) {
  if (!algorithm.startsWith("rsa")) return undefined;
  return new Promise((resolve, reject) => {
    // With a callback: Node's own generator, or the page's WebCrypto, off the main thread where there is one.
    pki.rsa.generateKeyPair({ bits: Number(algorithm.slice(4)) }, (error, pair) => {
      if (error) reject(error);
      else resolve({ ...pair, pem: pki.privateKeyToPem(pair.privateKey) });
    });
  });
}

export async function keyPair(algorithm) {
  const made = await key(algorithm);
  return made && { pem: made.pem, publicPem: pki.publicKeyToPem(made.publicKey) };
}

export async function importKey(pem, algorithm) {
  if (!algorithm.startsWith("rsa")) return undefined;
  const privateKey = pki.privateKeyFromPem(pem);
  return { pem, privateKey, publicKey: pki.rsa.setPublicKey(privateKey.n, privateKey.e) };
}

export async function selfSigned({ privateKey, publicKey }) {
  const certificate = blank(publicKey, 3650);
  certificate.setSubject(commonNameOf("my-ca"));
  certificate.setIssuer(commonNameOf("my-ca"));
  certificate.setExtensions([
    { name: "basicConstraints", cA: true, pathLenConstraint: 0, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  certificate.sign(privateKey, sha256());
  return pki.certificateToPem(certificate);
}

export async function authority(pem, key) {
  const certificate = pki.certificateFromPem(pem);
  const { subjectKeyIdentifier } = certificate.getExtension("subjectKeyIdentifier");
  return { certificate, key: key.privateKey, identifier: forge.util.hexToBytes(subjectKeyIdentifier) };
}

export async function request({ privateKey, publicKey }, _algorithm, commonName, role) {
  const request = pki.createCertificationRequest();
  request.publicKey = publicKey;
  request.setSubject(commonNameOf(commonName));
  const extensions = [
    { name: "subjectAltName", altNames: [{ type: 2, value: commonName }] },
    { name: "extKeyUsage", [`${role}Auth`]: true },
  ];
  request.setAttributes([{ name: "extensionRequest", extensions }]);
  request.sign(privateKey, sha256());
  return pki.certificationRequestToPem(request);
}

export async function certificate(authority, pem, role) {
  const request = pki.certificationRequestFromPem(pem);
  if (!request.verify()) throw new Error("the request's signature is wrong");
  const certificate = blank(request.publicKey, 365);
  certificate.setSubject(request.subject.attributes);
  certificate.setIssuer(authority.certificate.subject.attributes);
  const asked = request.getAttribute({ name: "extensionRequest" })?.extensions ?? [];
  certificate.setExtensions([
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", [`${role}Auth`]: true },
    ...asked.filter(({ name }) => name === "subjectAltName"),
    { name: "subjectKeyIdentifier" },
    { name: "authorityKeyIdentifier", keyIdentifier: authority.identifier },
  ]);
  certificate.sign(authority.key, sha256());
  return pki.certificateToPem(certificate);
}

const self = { key, selfSigned, authority, request, certificate };
export const guide = (algorithm) => (algorithm.startsWith("rsa") ? steps(self, algorithm) : undefined);

function blank(publicKey, days) {
  const certificate = pki.createCertificate();
  certificate.publicKey = publicKey;
  certificate.serialNumber = serialNumber();
  const { notBefore, notAfter } = window(days);
  certificate.validity.notBefore = notBefore;
  certificate.validity.notAfter = notAfter;
  return certificate;
}
