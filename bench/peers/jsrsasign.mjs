// jsrsasign, all in JavaScript: no Ed25519.
import jsrsasign from "jsrsasign";
import { guide as steps } from "./guide.mjs";
import { serialNumber, window } from "../support/platform.mjs";

const { KEYUTIL, KJUR } = jsrsasign;
const { Certificate } = KJUR.asn1.x509;
const { CertificationRequest, CSRUtil } = KJUR.asn1.csr;

const SIGNATURE = { "rsa-2048": "SHA256withRSA", "ecdsa-p256": "SHA256withECDSA", "ecdsa-p384": "SHA384withECDSA" };
const CURVE = { "ecdsa-p256": "secp256r1", "ecdsa-p384": "secp384r1" };

/** Longer RSA keys are left out: one of them takes a minute or more, and this waits for it. */
export async function key(algorithm) {
  if (!SIGNATURE[algorithm]) return undefined;
  const [kind, size] = CURVE[algorithm] ? ["EC", CURVE[algorithm]] : ["RSA", 2048];
  const { prvKeyObj, pubKeyObj } = KEYUTIL.generateKeypair(kind, size);
  return { pem: KEYUTIL.getPEM(prvKeyObj, "PKCS8PRV"), privateKey: prvKeyObj, publicKey: pubKeyObj };
}

export async function keyPair(algorithm) {
  const made = await key(algorithm);
  return made && { pem: made.pem, publicPem: KEYUTIL.getPEM(made.publicKey) };
}

export async function importKey(pem, algorithm) {
  if (!SIGNATURE[algorithm]) return undefined;
  const privateKey = KEYUTIL.getKey(pem);
  if (privateKey.generatePublicKeyHex) privateKey.setPublicKeyHex(privateKey.generatePublicKeyHex());
  const publicKey = CURVE[algorithm] ? new KJUR.crypto.ECDSA({ curve: CURVE[algorithm], pub: privateKey.pubKeyHex }) : KEYUTIL.getKey({ n: privateKey.n.toString(16), e: "010001" });
  return { pem, privateKey, publicKey };
}

export async function selfSigned({ privateKey, publicKey }, algorithm) {
  return new Certificate({
    version: 3,
    serial: { hex: serialNumber() },
    issuer: { str: "/CN=my-ca" },
    subject: { str: "/CN=my-ca" },
    ...dates(3650),
    sbjpubkey: publicKey,
    ext: [
      { extname: "basicConstraints", cA: true, pathLen: 0, critical: true },
      { extname: "keyUsage", critical: true, names: ["keyCertSign", "cRLSign"] },
      { extname: "subjectKeyIdentifier", kid: publicKey },
    ],
    sigalg: SIGNATURE[algorithm],
    cakey: privateKey,
  }).getPEM();
}

export async function authority(pem, key, algorithm) {
  const certificate = new jsrsasign.X509(pem);
  const identifier = certificate.getExtSubjectKeyIdentifier().kid;
  return { identifier, subject: certificate.getSubjectString(), key: key.privateKey, sigalg: SIGNATURE[algorithm] };
}

export async function request({ privateKey, publicKey }, algorithm, commonName, role) {
  return new CertificationRequest({
    subject: { str: `/CN=${commonName}` },
    sbjpubkey: publicKey,
    extreq: [
      { extname: "subjectAltName", array: [{ dns: commonName }] },
      { extname: "extKeyUsage", array: [`${role}Auth`] },
    ],
    sigalg: SIGNATURE[algorithm],
    sbjprvkey: privateKey,
  }).getPEM();
}

export async function certificate({ identifier, subject, key, sigalg }, request, role) {
  const asked = CSRUtil.getParam(request);
  if (!CSRUtil.verifySignature(request)) throw new Error("the request's signature is wrong");
  return new Certificate({
    version: 3,
    serial: { hex: serialNumber() },
    issuer: { str: subject },
    subject: asked.subject,
    ...dates(365),
    sbjpubkey: asked.sbjpubkey,
    ext: [
      { extname: "basicConstraints", cA: false, critical: true },
      { extname: "keyUsage", critical: true, names: ["digitalSignature", "keyEncipherment"] },
      { extname: "extKeyUsage", array: [`${role}Auth`] },
      ...(asked.extreq ?? []).filter(({ extname }) => extname === "subjectAltName"),
      { extname: "subjectKeyIdentifier", kid: asked.sbjpubkey },
      { extname: "authorityKeyIdentifier", kid: identifier },
    ],
    sigalg,
    cakey: key,
  }).getPEM();
}

const self = { key, selfSigned, authority, request, certificate };
/** @returns {any} */
export const guide = (algorithm) => (SIGNATURE[algorithm] ? steps(self, algorithm) : undefined);

function dates(days) {
  const { notBefore, notAfter } = window(days);
  const text = (date) => date.toISOString().replace(/^..|[-:T]|\.\d+/g, "");
  return { notbefore: text(notBefore), notafter: text(notAfter) };
}
