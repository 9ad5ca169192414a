// The functions of the package. What they take and give is declared by subject in types/.
import type { Bytes, ConvertKeyOptions, Jwk, KeyPair, KeyPairOptions, Material, PlatformKeyPair, PrivateKeyInput } from "./types/keys.js";
import type { Authority, AuthorityOptions, BatchOptions, BatchResult, CertificateRequest, IssueOptions, IssuedCertificate, MutualTls, MutualTlsOptions, RenewalOptions, RequestOptions } from "./types/issuing.js";
import type { RevocationList, RevocationListOptions, RevocationListUpdateOptions } from "./types/revocation.js";
import type { Details, InspectInput } from "./types/details.js";
import type { KeyMatch, MatchKeyOptions, Verdict, VerifyOptions } from "./types/verification.js";
import type { BundleOptions, KubernetesSecretName, Pkcs12Contents, Pkcs12Options, ReadPkcs12Options, TrustStoreOptions } from "./types/pkcs12.js";

export * from "./types/names.js";
export * from "./types/keys.js";
export * from "./types/issuing.js";
export * from "./types/revocation.js";
export * from "./types/details.js";
export * from "./types/verification.js";
export * from "./types/pkcs12.js";

/** Makes a key. RSA takes from a tenth of a second to several; a page goes on meanwhile. */
export function generateKeyPair(options: KeyPairOptions & { extractable: false }): Promise<KeyPair<PlatformKeyPair>>;
export function generateKeyPair(options?: KeyPairOptions & { extractable?: true }): Promise<KeyPair>;
export function generateKeyPair(options?: KeyPairOptions): Promise<KeyPair<string | PlatformKeyPair>>;

/** Writes a private key, or its public half, in another form. Without a passphrase it is written unencrypted. */
export function convertKey(options: ConvertKeyOptions<"jwk" | "public-jwk">): Promise<{ key: Jwk }>;
export function convertKey(options: ConvertKeyOptions<"pkcs8" | "pkcs1" | "sec1" | "spki">): Promise<{ key: string }>;
export function convertKey(options: ConvertKeyOptions): Promise<{ key: string | Jwk }>;

/** Makes a certificate authority: a key, unless one is given, and its self-signed certificate. */
export function createAuthority(options: AuthorityOptions & { privateKey: PlatformKeyPair }): Promise<Authority<PlatformKeyPair>>;
export function createAuthority(options: AuthorityOptions & { privateKey?: Exclude<PrivateKeyInput, PlatformKeyPair> }): Promise<Authority>;
export function createAuthority(options: AuthorityOptions): Promise<Authority<string | PlatformKeyPair>>;

/** Makes a certificate request (PKCS#10), which may leave the machine; the key stays. */
export function createRequest(options: RequestOptions): Promise<CertificateRequest>;

/**
 * Signs a request. Of it, the public key, the subject and what `copy` says are taken; everything else is the
 * authority's decision. Needs to know the role: from `profile`, or from the request's extended key usage.
 */
export function issueCertificate(options: IssueOptions): Promise<IssuedCertificate>;

/**
 * Signs many requests under one authority: its key is imported once, signatures are in flight together. Each result stands at the
 * index of its request; one that is refused has its error there, and the others go on.
 */
export function issueCertificates(options: BatchOptions): Promise<BatchResult[]>;

/**
 * Makes a certificate revocation list (RFC 5280 section 5): the serial numbers that are no longer to be let in. Who verifies has to be
 * given it (Node: `crl`), and a new one before it runs out.
 */
export function createRevocationList(options: RevocationListOptions): Promise<RevocationList>;

/** Makes the next list: what the one before holds, with what is added and less the holds that are lifted, under a larger number. */
export function updateRevocationList(options: RevocationListUpdateOptions): Promise<RevocationList>;

/**
 * Issues a certificate with the old one in place of a request: subject, alternative names, usages and all other extensions stay as they
 * are, also those that are not known here (where revocation lists are found, policies); serial number, dates and key identifiers are new.
 * What the authority allows is obeyed as in issuing. An authority's own self-signed certificate keeps its key identifier too, or goes without as before, so that
 * what it has issued stays valid under the new one; with a new `privateKey`, it is its successor's, signed by the old key. (Some tools
 * name the authority by its serial number too, openssl by `authorityKeyIdentifier=issuer:always`: such certificates have to be renewed as well.)
 */
export function renewCertificate(options: RenewalOptions): Promise<IssuedCertificate>;

/** Everything of the guide in one call: authorities, server and clients, by the names of the files. */
export function createMutualTls(options?: MutualTlsOptions): Promise<MutualTls>;

/**
 * A PKCS#12 file (`.p12`, `.pfx`; RFC 7292) of a certificate, its key and those above it.
 *
 * `for` decides the algorithms:
 * - `"modern"` (default) and `"java"`: AES-256-CBC and PBKDF2-HMAC-SHA-256 (PBES2), SHA-256 for the MAC. Read by OpenSSL, Node, NSS and
 *   GnuTLS; Windows from 10 1709 and Server 2019; Java from 8u301 and 11.0.12; Android from 14.
 * - `"apple"`, `"android"` and `"windows-2016"`: triple DES and SHA-1, which every version reads. **These are weak**: who gets hold of
 *   such a file guesses short passphrases fast. Choose a long random one, hand it over another way, and delete the file once it is imported.
 *
 * There is always a MAC, whose salt has 8 octets. RC2-40, which everybody breaks, is never written.
 *
 * Rejects with `ERR_KEY_MISMATCH`, `ERR_PASSPHRASE`, `ERR_NOT_EXTRACTABLE`, `ERR_INVALID_CERTIFICATE`, `ERR_INVALID_OPTION`, and what
 * keys are refused with.
 */
export function createPkcs12(options: Pkcs12Options): Promise<Bytes>;

/**
 * A PKCS#12 file of certificates that Java trusts (`-Djavax.net.ssl.trustStore`), each marked with Oracle's attribute, without which
 * Java passes them over. Aliases are the common names in small letters, numbered where they repeat.
 */
export function createTrustStore(options: TrustStoreOptions): Promise<Bytes>;

/**
 * Reads a PKCS#12 file of OpenSSL 1 and 3 (RC2-40 too), Java, NSS, GnuTLS or Windows. Of a file with several keys, all are in `entries`.
 *
 * Rejects with `ERR_PASSPHRASE` at `passphrase` where it is wrong or missing, and with `ERR_INVALID_PKCS12` for what can't be read:
 * damaged files, ones under a MAC of RFC 9579 (PBMAC1), and ones that ask for more than 10,000,000 iterations at once or 30,000,000 in all.
 */
export function readPkcs12(options: ReadPkcs12Options): Promise<Pkcs12Contents>;

/**
 * A certificate with what belongs to it, in one file:
 * - `"chain"`: PEM, the certificate first, as servers take it (nginx' `ssl_certificate`, Node's `cert`);
 * - `"key-and-chain"`: PEM, the key (PKCS#8, not encrypted) in front of these: HAProxy, Postfix, stunnel, also nginx and Node;
 * - `"pkcs7"`: PKCS#7 with certificates alone (`.p7b`), PEM under the label `PKCS7`. They need not make a chain;
 * - `"pkcs7-der"`: the same as DER.
 */
export function createBundle(options: BundleOptions & { format: "chain" | "pkcs7" }): Promise<string>;
export function createBundle(options: BundleOptions & { format: "key-and-chain"; privateKey: PrivateKeyInput }): Promise<string>;
export function createBundle(options: BundleOptions & { format: "pkcs7-der" }): Promise<Bytes>;
export function createBundle(options: BundleOptions & { format: "chain" | "pkcs7" | "pkcs7-der" }): Promise<string | Bytes>;

/**
 * A Secret for `kubectl apply -f`, YAML: of a certificate and its key, `kubernetes.io/tls` with `tls.crt`, `tls.key` and, where `ca` is given,
 * `ca.crt`; of `ca` alone, `Opaque` with `ca.crt`. The key in it is not encrypted.
 */
export function createKubernetesSecret(
  options: KubernetesSecretName & BundleOptions & { privateKey: PrivateKeyInput; ca?: Material },
): Promise<string>;
export function createKubernetesSecret(options: KubernetesSecretName & { ca: Material }): Promise<string>;

/** Looks at one certificate, request, revocation list or key. */
export function inspect(material: InspectInput): Promise<Details>;

/**
 * Looks at everything in a file, in its order. `sameKeyAs` are the indexes of the others with the same public key: a
 * key and its certificate name each other.
 */
export function inspectAll(material: InspectInput): Promise<(Details & { sameKeyAs: number[] })[]>;

/**
 * Whether a verifier with these trusted certificates would accept this one: data, and no error. `ok: true` means that every common
 * verifier does (OpenSSL also with `-x509_strict`, Node, curl, Java, Chromium, rustls, Python), `ok: false` comes with everything that
 * is wrong. rustls-webpki builds the path and judges (RFC 5280 section 6); what it leaves out is checked besides: dates and
 * usages of the trusted certificate, weak keys, what strict verifiers want.
 *
 * A self-signed certificate of a server or client may be trusted itself. One that is not self-signed is not accepted for being among
 * `trusted`. A trusted intermediate ends the path; OpenSSL and Node want its root there too, unless told otherwise
 * (`-partial_chain`, `allowPartialTrustChain`). Where several ways lead to what is trusted, one that is right is enough; OpenSSL and Node try
 * only the first that they build, which begins with what is trusted: leave out of `trusted` what has expired or was replaced.
 *
 * Rejects only for options that are wrong and material that can't be read.
 */
export function verifyCertificate(options: VerifyOptions): Promise<Verdict>;

/** Whether a certificate, request and key belong together: whether all that is given, two at least, is of one key. */
export function matchKey(options: MatchKeyOptions): Promise<KeyMatch>;

/**
 * Loads the wasm now rather than on first use, from `source` where that is given: a URL (fetched and compiled while it
 * streams), a Response (or what `fetch` returns), bytes, or a compiled module. Once it has been loaded, `source` is without effect; the
 * options count from then on.
 */
export function init(source?: WasmSource | Promise<Response>, options?: InitOptions): Promise<void>;

/**
 * Drops every private key that is kept in memory for the next signature, at once. They are few, kept by digest, and never more than
 * eight.
 */
export function forget(): void;

/** A compiled module of WebAssembly, where the libraries of this project know it. */
export type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : never;

export type WasmSource = string | URL | Response | ArrayBuffer | ArrayBufferView | WasmModule;

export interface InitOptions {
  /** Whose crypto, for every call that does not say it. */
  crypto?: "webcrypto" | "in-page";
  /** Where the second wasm comes from (`mtls-certs/in-page.wasm`), which is loaded only where the platform's crypto is not enough, and for revocation lists and renewal. */
  inPage?: WasmSource;
}

/** What `CertificateError.code` can be: a closed set. */
export type ErrorCode =
  /** An option that the function does not have: mostly a slip of the pen. */
  | "ERR_UNKNOWN_OPTION"
  /** An option that is needed and was not given. */
  | "ERR_MISSING_OPTION"
  /** An option of the wrong type. */
  | "ERR_INVALID_TYPE"
  /** An option of the right type whose value is outside of what is allowed. */
  | "ERR_INVALID_OPTION"
  /** Two options that can't both be meant. */
  | "ERR_CONFLICTING_OPTIONS"
  /** A subject attribute that can't stand in a certificate (empty, too long, wrong characters). */
  | "ERR_INVALID_SUBJECT"
  /** An alternative name that is no DNS name, IP address, e-mail address or URI. */
  | "ERR_INVALID_ALT_NAME"
  /** Dates that can't be: reversed, not a date, outside of the years 1950 to 9999. */
  | "ERR_INVALID_VALIDITY"
  /** A window that the authority's own does not cover. */
  | "ERR_OUTLIVES_AUTHORITY"
  /** A serial number that is no positive integer of at most 20 octets. */
  | "ERR_INVALID_SERIAL_NUMBER"
  /** Text that is not PEM, or a block of another kind than wanted. */
  | "ERR_INVALID_PEM"
  /** Several blocks where one is wanted. */
  | "ERR_MULTIPLE_PEM"
  /** A private or public key that can't be read. */
  | "ERR_INVALID_KEY"
  /** A key of a kind or size that is not supported. */
  | "ERR_UNSUPPORTED_KEY"
  /** An encrypted private key without, or with the wrong, passphrase. */
  | "ERR_PASSPHRASE"
  /** A certificate request that can't be read. */
  | "ERR_INVALID_REQUEST"
  /** A certificate request whose signature does not verify. */
  | "ERR_REQUEST_SIGNATURE"
  /** A certificate that can't be read. */
  | "ERR_INVALID_CERTIFICATE"
  /** A certificate revocation list that can't be read. */
  | "ERR_INVALID_CRL"
  /** A PKCS#12 file that can't be read. */
  | "ERR_INVALID_PKCS12"
  /** A certificate that may not sign others. */
  | "ERR_NOT_AN_AUTHORITY"
  /** A private key and a certificate that do not belong together. */
  | "ERR_KEY_MISMATCH"
  /** A certificate or a revocation list that the authority has not signed. */
  | "ERR_WRONG_ISSUER"
  /** Neither the caller nor the request says what the certificate is for. */
  | "ERR_PROFILE_REQUIRED"
  /** An authority below one whose path length allows none. */
  | "ERR_PATH_LENGTH"
  /** A name that the name constraints of an authority do not let it sign for. */
  | "ERR_NAME_CONSTRAINTS"
  /** A certificate request signed with MD5 or SHA-1, which prove possession no longer. */
  | "ERR_WEAK_SIGNATURE"
  /** Crypto of the platform's was asked for, and it does not offer it. */
  | "ERR_CRYPTO_UNAVAILABLE"
  /** A key that no script can read is to be written down. */
  | "ERR_NOT_EXTRACTABLE"
  /** The WebAssembly module could not be loaded. */
  | "ERR_LOAD"
  /** A fault of this library. The next call works. */
  | "ERR_INTERNAL";

/** The one error of every function. Nothing was made when it is thrown. */
export class CertificateError extends Error {
  constructor(code: ErrorCode, message: string, field?: string, options?: ErrorOptions);
  readonly name: "CertificateError";
  readonly code: ErrorCode;
  /** The path of the option concerned: `server.altNames[0]`. */
  readonly field?: string;
}
