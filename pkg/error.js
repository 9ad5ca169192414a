// @ts-check

/** The one error of every function: a code of a closed set, and the path of the option concerned. */
export class CertificateError extends Error {
  /**
   * @param {import("./index.js").ErrorCode} code
   * @param {string} message
   * @param {string} [field]
   * @param {ErrorOptions} [options]
   */
  constructor(code, message, field, options) {
    super(message, options);
    this.name = "CertificateError";
    this.code = code;
    if (field !== undefined) this.field = field;
  }
}
