// @ts-check
// The functions of the package: a table of contents.
import { chooseCrypto } from "./keys.js";
import { certificates, inPage } from "./wasm.js";

export { createAuthority, createRequest, issueCertificate } from "./certify.js";
export { CertificateError } from "./error.js";
export { createMutualTls, issueCertificates } from "./fleet.js";
export { inspect, inspectAll } from "./inspect.js";
export { convertKey, generateKeyPair } from "./key_pair.js";
export { forget } from "./keys.js";
export { renewCertificate } from "./renewal.js";
export { createRevocationList, updateRevocationList } from "./revocation.js";
export { matchKey, verifyCertificate } from "./verify.js";
export { createBundle, createKubernetesSecret, createPkcs12, createTrustStore, readPkcs12 } from "./pkcs12.js";

/**
 * Loads the wasm, from `source` where that is given.
 * @param {import("./wasm.js").Source} [source]
 * @param {{ crypto?: "webcrypto" | "in-page", inPage?: import("./wasm.js").Source }} [options]
 * @returns {Promise<void>}
 */
export async function init(source, options) {
  if (options?.crypto) chooseCrypto(options.crypto);
  const inPageSource = options?.inPage;
  if (inPageSource !== undefined) inPage.inlined = async () => inPageSource;
  await certificates.load(source);
}
