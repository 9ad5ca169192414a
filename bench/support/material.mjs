// What every peer is given: one CA and one client's request for an algorithm; and for the limits the bytes that are signed.
import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import * as ours from "../peers/ours.mjs";

/** @type {Map<string, Promise<any>>} */
const made = new Map();

/** Plain data, so that it can be handed to another process and to a page. Made once for an algorithm. */
export function material(algorithm) {
  if (!made.has(algorithm)) made.set(algorithm, make(algorithm));
  return made.get(algorithm);
}

/** Different requests for one authority, so that nobody can do with one import of a key. */
export async function requests(algorithm, count) {
  const list = [];
  for (let i = 0; i < count; i++) list.push(await ours.request(await ours.key(algorithm), algorithm, `client-${i}`, "client"));
  return list;
}

async function make(algorithm) {
  const ca = await ours.key(algorithm);
  const certificate = await ours.selfSigned(ca);
  const client = await ours.key(algorithm);
  const request = await ours.request(client, algorithm, "amy-client", "client");
  const issued = await ours.certificate(await ours.authority(certificate, ca), request, "client");
  return { algorithm, authority: { certificate, privateKey: ca.pem }, request, limit: limit(algorithm, { ca, client, certificate, request, issued }) };
}

/** @returns {Record<string, string>} base64 of DER */
function limit(algorithm, { ca, client, certificate, request, issued }) {
  const [caKey, clientKey] = [ca, client].map(({ pem }) => createPrivateKey(pem));
  const requestInfo = signedPart(request);
  const hash = { ed25519: null, "ecdsa-p384": "sha384" }[algorithm];
  const signature = (dsaEncoding) => sign(hash === undefined ? "sha256" : hash, requestInfo, { key: clientKey, dsaEncoding });
  const parts = {
    caKey: caKey.export({ type: "pkcs8", format: "der" }),
    publicKey: createPublicKey(clientKey).export({ type: "spki", format: "der" }),
    requestInfo,
    requestSignature: signature("der"),
    requestSignatureP1363: signature("ieee-p1363"),
    certificateInfo: signedPart(issued),
    caInfo: signedPart(certificate),
  };
  return Object.fromEntries(Object.entries(parts).map(([name, der]) => [name, der.toString("base64")]));
}

/** The first element of the outer SEQUENCE: of a certificate and of a request that is what its signature is over. */
function signedPart(pem) {
  const der = Buffer.from(pem.replace(/-----.*-----|\s/g, ""), "base64");
  const { start } = element(der, 0);
  return der.subarray(start, element(der, start).end);
}

function element(der, at) {
  const first = der[at + 1];
  const long = first & 0x80 ? first & 0x7f : 0;
  const start = at + 2 + long;
  return { start, end: start + (long ? der.readUIntBE(at + 2, long) : first) };
}
