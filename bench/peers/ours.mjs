// The package as it lies in pkg/, by its public functions.
import * as api from "../../pkg/index.js";

export async function key(algorithm) {
  const { privateKey } = await api.generateKeyPair({ algorithm });
  return { pem: privateKey };
}

export async function keyPair(algorithm) {
  const { privateKey, publicKey } = await api.generateKeyPair({ algorithm });
  return { pem: privateKey, publicPem: publicKey };
}

export const importKey = async (pem) => ({ pem });

export async function selfSigned(key) {
  const { certificate } = await api.createAuthority({ subject: { commonName: "my-ca" }, privateKey: key.pem });
  return certificate;
}

export const authority = async (certificate, key) => ({ certificate, privateKey: key.pem });

export async function request(key, _algorithm, commonName, profile) {
  const { request } = await api.createRequest({ subject: { commonName }, profile, privateKey: key.pem });
  return request;
}

export async function certificate(authority, request, profile) {
  const { certificate } = await api.issueCertificate({ authority, request, profile });
  return certificate;
}

export async function guide(algorithm) {
  const { files } = await api.createMutualTls({ algorithm });
  return files;
}
