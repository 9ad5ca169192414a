// @ts-check
// What both entry points export. Not `use`, which is between them and api.js.
export { convertKey, createAuthority, createMutualTls, createRequest, generateKeyPair, init, inspect, inspectAll, issueCertificate } from "./api.js";
export { CertificateError } from "./error.js";
