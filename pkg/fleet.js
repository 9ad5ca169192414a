// @ts-check
// Many certificates of one authority, and the whole guide in one call.
import { each } from "./batch.js";
import { choiceOf, peek, signalOf, stoppable } from "./call.js";
import * as certify from "./certify.js";
import { at, CertificateError, internal } from "./error.js";
import * as keys from "./keys.js";
import { encodePem } from "./pem.js";
import { addDetails } from "./results.js";
import { verified } from "./signature.js";
import { certificates } from "./wasm.js";

/** RSA keys take long, and nothing here has a part in that: enough for every core of a large machine. */
const KEYS_IN_FLIGHT = 32;

/** What all requests share, and none has an own of. */
const SHARED = ["authority", "requests", "onProgress", "onIssued", "crypto", "signal"];

/**
 * Each result stands at the index of its request; a request that is refused has its error there, and the others go on.
 * @param {any} options
 * @returns {Promise<any>}
 */
export async function issueCertificates(options) {
  // What is in flight when it is aborted is waited for: each certificate that was made is handed over.
  const signal = signalOf(options);
  const core = await certificates.load();
  const choice = choiceOf(options);
  const given = peek(peek(options, "authority"), "privateKey");
  const signer = given === undefined ? undefined : await keys.signerOf(given, "authority.privateKey", choice);
  // All that is wrong with what the requests share is said once.
  core.call("checkIssue", options, signer?.spki ?? new Uint8Array());
  const { requests, onProgress, onIssued, signal: _, ...shared } = options;
  const total = requests.length;
  const serialNumbers = new Map();
  let done = 0;
  const one = async (/** @type {any} */ request, /** @type {number} */ index) => {
    const result = await issued(request, index).catch((error) => ({ error: ofRequest(internal(error), index) }));
    done++;
    await onProgress?.({ done, total });
    if (!onIssued) return result;
    await onIssued(result, index);
  };
  const issued = async (/** @type {any} */ request, /** @type {number} */ index) => {
    const own = ownOptions(request);
    onlyOnce(serialNumbers, own.serialNumber, index);
    const prepared = core.call("prepareIssue", { ...shared, ...own }, /** @type {any} */ (signer).spki);
    if (!(await verified(prepared.verification, choice))) core.call("falseSignature");
    return certify.issued(prepared, /** @type {any} */ (signer));
  };
  const results = await each(requests, one, { signal });
  return onIssued ? [] : results;
}

/**
 * The options of one request: what is not there is shared, as everywhere `undefined` and `null` are not there.
 * @param {any} request
 * @returns {any}
 */
function ownOptions(request) {
  if (!isPlain(request)) return { request };
  /** @type {any} */
  const own = {};
  for (const name of Reflect.ownKeys(request)) {
    const value = readOf(request, name);
    if (value === undefined || value === null) continue;
    if (SHARED.includes(/** @type {string} */ (name))) {
      throw new CertificateError("ERR_UNKNOWN_OPTION", `${String(name)}: is the same for all requests; give it beside them`, String(name));
    }
    own[name] = value;
  }
  return own;
}

/** @param {any} request @param {string | symbol} name */
function readOf(request, name) {
  try {
    return request[name];
  } catch (cause) {
    throw new CertificateError("ERR_INVALID_TYPE", `${String(name)}: can't be read: reading it threw an error of its own`, String(name), { cause });
  }
}

/** An object of options, of any realm, and not bytes. @param {any} value */
function isPlain(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/**
 * An authority gives no serial number twice (RFC 5280 section 4.1.2.2).
 * @param {Map<string, number>} seen @param {unknown} serialNumber @param {number} index
 */
function onlyOnce(seen, serialNumber, index) {
  if (typeof serialNumber !== "string") return;
  const number = serialNumber.replaceAll(":", "").replace(/^0+/, "").toUpperCase();
  const other = seen.get(number);
  if (other !== undefined) {
    throw new CertificateError("ERR_CONFLICTING_OPTIONS", `serialNumber: is that of requests[${other}] too; an authority gives each certificate its own`, "serialNumber");
  }
  seen.set(number, index);
}

/** @param {CertificateError} error @param {number} index */
function ofRequest(error, index) {
  const path = `requests[${index}]`;
  if (error.field !== "request") return at(error, path);
  return new CertificateError(error.code, error.message.replace(/^request: /, `${path}: `), path, { cause: error.cause });
}

/** @param {any} [options] @returns {Promise<any>} */
export function createMutualTls(options) {
  return stoppable(options, (signal) => mutualTls(options, signal));
}

/** @param {any} options @param {AbortSignal} [signal] */
async function mutualTls(options, signal) {
  const core = await certificates.load();
  const choice = choiceOf(options);
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
    const options = { subject: { commonName: party.commonName }, validity: plan.authorityValidity };
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
    const issue = { request, authority: { certificate: authority.certificate, privateKey: authority.pem }, validity: plan.validity };
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
