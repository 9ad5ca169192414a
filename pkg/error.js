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

/** Anything that is not refused but went wrong: a fault of ours, or of the platform. @param {unknown} cause */
export function internal(cause) {
  if (cause instanceof CertificateError) return cause;
  return new CertificateError("ERR_INTERNAL", "an internal fault ended this call; nothing was made, and the next call works. Please report it", undefined, { cause });
}

/**
 * An error said of `path`: one at `commonName` becomes one at `server.commonName`.
 * @param {unknown} error
 * @param {string} path
 */
export function at(error, path) {
  if (!(error instanceof CertificateError) || error.code === "ERR_INTERNAL" || error.code === "ERR_LOAD") return error;
  const { code, field } = error;
  const below = field === undefined ? path : `${path}${field.startsWith("[") ? "" : "."}${field}`;
  const subject = field === undefined ? "the argument " : `${field}: `;
  const said = error.message.startsWith(subject) ? error.message.slice(subject.length) : error.message;
  return new CertificateError(code, `${below}: ${said}`, below, { cause: error.cause });
}
