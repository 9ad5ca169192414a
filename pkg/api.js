// @ts-check
// The functions of the package: a table of contents.
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

export { init } from "./init.js";
