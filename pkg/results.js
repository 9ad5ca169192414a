// @ts-check
// What the functions resolve with: plain data. Its `details` are looked up when somebody asks, since that takes longer than making
// the certificate; from then on they are a property like any other, unless the object is frozen. `structuredClone`, `JSON.stringify` and
// spreading see the value.
import { certificates, inPage } from "./wasm.js";

/** @param {string} certificate @param {string | CryptoKeyPair} privateKey */
export function authorityResult(certificate, privateKey) {
  /** @type {any} */
  let known;
  return {
    certificate,
    privateKey,
    get details() {
      return (known ??= settle(this, "details", lookInto(certificate, { selfSigned: true })));
    },
    set details(value) {
      assign(this, "details", value);
    },
  };
}

/** @param {string} request whose signature was just made */
export function requestResult(request) {
  /** @type {any} */
  let known;
  return {
    request,
    get details() {
      return (known ??= settle(this, "details", lookInto(request, { signatureValid: true })));
    },
    set details(value) {
      assign(this, "details", value);
    },
  };
}

/** @param {string} certificate @param {string} above what stands behind it in its chain @param {boolean} selfSigned */
export function certificateResult(certificate, above, selfSigned) {
  /** @type {any} */
  let known;
  return {
    certificate,
    chain: certificate + above,
    get details() {
      return (known ??= settle(this, "details", lookInto(certificate, { selfSigned })));
    },
    set details(value) {
      assign(this, "details", value);
    },
  };
}

/** @param {string} revocationList */
export function revocationListResult(revocationList) {
  /** @type {any} */
  let known;
  return {
    revocationList,
    get details() {
      return (known ??= settle(this, "details", describe(revocationList)));
    },
    set details(value) {
      assign(this, "details", value);
    },
  };
}

/**
 * The same under any name, for the details of many.
 * @param {object} details
 * @param {string} name
 * @param {string} certificate
 * @param {boolean} selfSigned
 */
export function addDetails(details, name, certificate, selfSigned) {
  /** @type {any} */
  let known;
  const get = () => (known ??= settle(details, name, lookInto(certificate, { selfSigned })));
  const set = (/** @type {any} */ value) => assign(details, name, value);
  Object.defineProperty(details, name, { get, set, enumerable: true, configurable: true });
}

/** @param {string} pem @param {object} known what the wasm alone could not tell */
const lookInto = (pem, known) => ({ ...certificates.now().call("inspect", pem).details, ...known });

/** @param {string} revocationList */
function describe(revocationList) {
  const { revocationList: der, labelled } = certificates.now().call("inspect", revocationList);
  return inPage.now().call("describeRevocationList", der, labelled);
}

/** Makes it a plain property, where the object can still be changed. @param {object} object @param {string} name @param {any} value */
function settle(object, name, value) {
  Reflect.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

/** What assigning does; to a frozen object, it throws. @param {object} object @param {string} name @param {any} value */
function assign(object, name, value) {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}
