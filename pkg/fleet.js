// @ts-check
// Many certificates of one authority, and the whole guide in one call.
import { each } from "./batch.js";
import * as certify from "./certify.js";
import { at, CertificateError } from "./error.js";
import * as keys from "./keys.js";
import { encodePem } from "./pem.js";
import { addDetails } from "./results.js";
import { certificates } from "./wasm.js";

const { choiceOf, peek } = certify;

/** RSA keys take long, and nothing here has a part in that: enough for every core of a large machine. */
const KEYS_IN_FLIGHT = 32;

/**
 * Each result stands at the index of its request; a request that is refused has its error there, and the others go on.
 * @param {any} options
 * @returns {Promise<any>}
 */
export async function issueCertificates(options) {
  const core = await certificates.load();
  const choice = choiceOf(options);
  const given = peek(peek(options, "authority"), "privateKey");
  const signer = given === undefined ? undefined : await keys.signerOf(given, "authority.privateKey", choice);
  // All that is wrong with what the requests share is said once.
  core.call("checkIssue", options, signer?.spki ?? new Uint8Array());
  const { requests, onProgress, onIssued, signal, ...shared } = options;
  const total = requests.length;
  let done = 0;
  const one = async (/** @type {any} */ request, /** @type {number} */ index) => {
    const own = request !== null && typeof request === "object" && !ArrayBuffer.isView(request) ? request : { request };
    let result;
    try {
      const prepared = core.call("prepareIssue", { ...shared, ...own }, /** @type {any} */ (signer).spki);
      if (!(await certify.verified(prepared.verification, choice))) core.call("falseSignature");
      result = await certify.issued(prepared, /** @type {any} */ (signer));
    } catch (error) {
      if (!(error instanceof CertificateError)) throw error;
      result = { error: ofRequest(error, index) };
    }
    done++;
    onProgress?.({ done, total });
    if (!onIssued) return result;
    await onIssued(result, index);
  };
  const results = await each(requests, one, { signal });
  return onIssued ? [] : results;
}

/** @param {CertificateError} error @param {number} index */
function ofRequest(error, index) {
  const path = `requests[${index}]`;
  if (error.field !== "request") return at(error, path);
  return new CertificateError(error.code, error.message.replace(/^request: /, `${path}: `), path, { cause: error.cause });
}

/** @param {any} [options] @returns {Promise<any>} */
export async function createMutualTls(options) {
  const core = await certificates.load();
  const choice = choiceOf(options);
  const signal = peek(options, "signal");
  const plan = core.call("planMutualTls", options);
  /** @param {any} party */
  const key = async (party) => {
    const signer = await keys.generated(plan.algorithm, { choice, signal });
    return { party, signer, pem: encodePem("PRIVATE KEY", await signer.pkcs8()) };
  };
  const parties = await each([...plan.authorities, ...plan.leaves], key, { signal, inFlight: KEYS_IN_FLIGHT });
  const authorities = await each(parties.slice(0, plan.authorities.length), ({ party, signer, pem }) => authority(core, plan, party, signer, pem), { signal });
  const leaves = await each(parties.slice(plan.authorities.length), ({ party, signer, pem }) => leaf(core, plan, options, authorities[party.authority], party, signer, pem), { signal });
  /** @type {Record<string, string>} */
  const files = {};
  const details = {};
  for (const { party, pem, request, certificate, selfSigned } of [...authorities, ...leaves]) {
    files[`${party.file}.key`] = pem;
    if (request !== undefined) files[`${party.file}.csr`] = request;
    const name = `${party.file}.crt`;
    files[name] = certificate;
    addDetails(details, name, certificate, selfSigned);
  }
  return { files, details };
}

/** @param {import("./wasm.js").Loaded} core @param {any} plan @param {any} party @param {keys.Signer} signer @param {string} pem */
async function authority(core, plan, party, signer, pem) {
  return named(party.path, async () => {
    const options = { subject: { commonName: party.commonName }, validity: { days: plan.authorityDays } };
    const certificate = await certify.finish("CERTIFICATE", core.call("prepareAuthority", options, signer.spki), signer);
    return { party, signer, pem, request: undefined, certificate, selfSigned: true };
  });
}

/**
 * The steps of one party: its request, and its certificate. That the request's signature is true is known, for it was just made.
 * @param {import("./wasm.js").Loaded} core @param {any} plan @param {any} options @param {any} authority @param {any} party
 * @param {keys.Signer} signer @param {string} pem
 */
async function leaf(core, plan, options, authority, party, signer, pem) {
  return named(party.path, async () => {
    const given = party.path === "server" ? peek(options, "server") : peek(peek(options, "clients"), party.path.slice("clients[".length, -1));
    const altNames = peek(given, "altNames");
    const asked = { subject: { commonName: party.commonName }, altNames, profile: party.profile, privateKey: pem };
    const request = await certify.finish("CERTIFICATE REQUEST", core.call("prepareRequest", asked, signer.spki), signer);
    const issue = { request, authority: { certificate: authority.certificate, privateKey: authority.pem }, validity: { days: plan.days } };
    const certificate = await certify.finish("CERTIFICATE", core.call("prepareIssue", issue, authority.signer.spki), authority.signer);
    return { party, signer, pem, request, certificate, selfSigned: false };
  });
}

/** @template T @param {string} path @param {() => Promise<T>} work */
async function named(path, work) {
  try {
    return await work();
  } catch (error) {
    throw at(error, path);
  }
}
