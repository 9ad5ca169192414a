/** The algorithm of a key. `ecdsa-p256` is the default; browsers refuse leaf certificates with `ed25519`. */
export type KeyAlgorithm = "ecdsa-p256" | "ecdsa-p384" | "ed25519" | "rsa-2048" | "rsa-3072" | "rsa-4096";

/** What a certificate is for. `peer` is server and client at once. */
export type Profile = "server" | "client" | "peer" | "authority";

/** A name that a certificate's holder is called by. A string is classified: IP address, URI, e-mail address, else DNS name. */
export type AltName = string | { dns: string } | { ip: string } | { email: string } | { uri: string };

/** Whom a certificate is for. Arrays are for attributes that repeat, in the order in which the certificate holds them. */
export interface Subject {
  commonName?: string;
  organization?: string | string[];
  organizationalUnit?: string | string[];
  /** Two capital letters. */
  country?: string;
  stateOrProvince?: string;
  locality?: string;
  /** `["com", "example"]` for example.com. */
  domainComponent?: string | string[];
  emailAddress?: string;
  /** Of the subject; the certificate's own is an option of `issueCertificate`. */
  serialNumber?: string;
}

/**
 * When a certificate is valid. Without `notBefore`: from an hour ago (against clocks that run behind). `days` counts
 * from now, or from `notBefore` where that is given; it excludes `notAfter`. Strings are RFC 3339, or `2027-01-31` for the
 * first moment of that day in UTC.
 */
export interface Validity {
  days?: number;
  notBefore?: Date | string;
  notAfter?: Date | string;
}

/** A private key: PKCS#8 as PEM or DER; with its passphrase where it is encrypted. */
export type PrivateKeyInput = string | Uint8Array | { pem: string | Uint8Array; passphrase?: string };

/** PKCS#8 and SPKI PEM. With a passphrase the private key is encrypted (PBES2, AES-256-CBC). */
export interface KeyPair {
  algorithm: KeyAlgorithm;
  privateKey: string;
  publicKey: string;
}

export interface CertificateRequest {
  /** PEM. */
  request: string;
  details: RequestDetails;
}

export interface IssuedCertificate {
  /** PEM. */
  certificate: string;
  details: CertificateDetails;
}

export interface Authority {
  /** PEM. */
  certificate: string;
  /** PKCS#8 PEM, not encrypted, even where the key that was given is. Whoever has it can sign. */
  privateKey: string;
  details: CertificateDetails;
}

export interface Party {
  commonName?: string;
  altNames?: AltName[];
  /** The base of the names of its files: `bob_server` gives `bob_server.key`, `.csr` and `.crt`. */
  name?: string;
}

export interface KeyPairOptions {
  algorithm?: KeyAlgorithm;
  passphrase?: string;
}

export interface AuthorityOptions {
  subject: Subject;
  algorithm?: KeyAlgorithm;
  /** In place of a new key. */
  privateKey?: PrivateKeyInput;
  /** Default: 3650 days. */
  validity?: Validity;
  /** How many authorities may stand between this one and a leaf. Default: 0. */
  pathLength?: number;
}

export interface RequestOptions {
  subject: Subject;
  /** The common name is added where it can be a name; `localhost` alone gets `127.0.0.1` and `::1`, unless it is for a client. */
  altNames?: AltName[];
  /** Written as extended key usage, so that `issueCertificate` knows the role; `authority` is never taken from a request. */
  profile?: Profile;
  privateKey: PrivateKeyInput;
}

export interface IssueOptions {
  /** PEM or DER, from any tool. Its signature is checked. */
  request: string | Uint8Array;
  /** What `createAuthority` returned, or the two files of an authority that any tool made. */
  authority: { certificate: string | Uint8Array; privateKey: PrivateKeyInput; details?: CertificateDetails };
  /** Default: what the request asks for by its extended key usage. */
  profile?: Profile;
  /** Default: 365 days, shortened to the authority's own end. */
  validity?: Validity;
  /** In place of the request's. */
  altNames?: AltName[];
  /** In place of the request's. */
  subject?: Subject;
  /** Hexadecimal. Default: 16 random bytes. */
  serialNumber?: string;
}

export interface MutualTlsOptions {
  /** One CA signs both sides, or each side has its own and trusts the other's. Default: `"one"`. */
  authorities?: "one" | "distinct";
  algorithm?: KeyAlgorithm;
  /** Of the leaves. Default: 365. */
  days?: number;
  /** The one CA. Default: `{ commonName: "my-ca", name: "ca" }`. */
  authority?: Party;
  /** Distinct: Bob's CA. Default: `{ commonName: "bob-ca", name: "bob_ca" }`. */
  serverAuthority?: Party;
  /** Distinct: Amy's CA. Default: `{ commonName: "amy-ca", name: "amy_ca" }`. */
  clientAuthority?: Party;
  /** Default: `{ commonName: "localhost", name: "bob_server" }`. */
  server?: Party;
  /** Default: `[{ commonName: "amy-client", name: "amy_client" }]`. Without a name, files are named after the common name. */
  clients?: Party[];
}

export interface MutualTls {
  /** PEM by file name: `ca.key`, `ca.crt`, `bob_server.key` … */
  files: Record<string, string>;
  /** What each certificate says, by file name. */
  details: Record<string, CertificateDetails>;
}

/** A subject or issuer. */
export interface NameDetails {
  /** RFC 4514: `CN=localhost,O=Bob`. */
  text: string;
  commonName?: string;
  /** In the order in which they stand in the certificate. `type` is the option's name in `Subject`, else the OID. */
  attributes: { type: string; oid: string; value: string }[];
}

export interface PublicKeyDetails {
  /** A `KeyAlgorithm`, or the name or OID of one that is not made here. */
  algorithm: string;
  /** The size of the modulus, or of the curve's field, where that is known. */
  bits?: number;
  /** SHA-256 of the SubjectPublicKeyInfo: the same for a key, its request and its certificate. */
  sha256: string;
}

export type AltNameDetails =
  | { dns: string }
  /** In name constraints a range: `10.0.0.0/8`. */
  | { ip: string }
  | { email: string }
  | { uri: string }
  /** A user principal name of Active Directory. */
  | { upn: string }
  /** `value` is DER as `AA:BB:…`. */
  | { otherName: { oid: string; value: string } }
  /** An OID. */
  | { registeredId: string }
  /** RFC 4514. */
  | { directoryName: string }
  /** Of another kind, or damaged: `x400Address:AA:BB:…`. */
  | { other: string };

export interface ExtensionDetails {
  oid: string;
  /** `basicConstraints`, `subjectAltName` … where it has a usual name. */
  name?: string;
  critical: boolean;
  /** DER as `AA:BB:…`. */
  value: string;
  /** The value as plain data, for those that can be read here; dates in it are RFC 3339 text. */
  decoded?: unknown;
}

export interface ExtensionsDetails {
  altNames: AltNameDetails[];
  /** `digitalSignature`, `keyEncipherment`, `keyCertSign`, `cRLSign` … */
  keyUsage: string[];
  /** `serverAuth`, `clientAuth` … */
  extendedKeyUsage: string[];
  basicConstraints?: { ca: boolean; pathLength?: number };
  nameConstraints?: { permitted: AltNameDetails[]; excluded: AltNameDetails[] };
  /** `AA:BB:…` */
  subjectKeyIdentifier?: string;
  /** `AA:BB:…` */
  authorityKeyIdentifier?: string;
  /** URLs. */
  crlDistributionPoints?: string[];
  /** URLs. */
  authorityInfoAccess?: { ocsp: string[]; caIssuers: string[] };
  /** `cps` are URLs of practice statements. */
  certificatePolicies?: { oid: string; cps: string[] }[];
  /** Every extension, those above too. */
  extensions: ExtensionDetails[];
}

/** Of the DER, `AA:BB:…`. SHA-1 is for comparing only. */
export interface Fingerprints {
  sha256: string;
  sha1: string;
}

/** What `openssl x509 -text` shows, as data. */
export interface CertificateDetails extends ExtensionsDetails {
  type: "certificate";
  version: number;
  /** Hexadecimal, upper case, as Node writes it. */
  serialNumber: string;
  subject: NameDetails;
  issuer: NameDetails;
  notBefore: Date;
  notAfter: Date;
  /** Whole days until it expires; negative once it has. */
  daysLeft: number;
  /** The issuer is the subject, and the signature verifies with its own key where that can be verified here. */
  selfSigned: boolean;
  publicKey: PublicKeyDetails;
  signatureAlgorithm: string;
  fingerprints: Fingerprints;
}

/** What a request asks for. */
export interface RequestDetails extends ExtensionsDetails {
  type: "request";
  subject: NameDetails;
  publicKey: PublicKeyDetails;
  signatureAlgorithm: string;
  /** Whether its sender has shown that it holds the key. */
  signatureValid: boolean;
  /** All but the extension request. `value` is the DER of the values as `AA:BB:…`, `text` what they say where they are text. */
  attributes: { oid: string; name?: string; value: string; text?: string }[];
}

/** A certificate revocation list. Its signature is not checked. */
export interface CrlDetails {
  type: "crl";
  version: number;
  issuer: NameDetails;
  thisUpdate: Date;
  nextUpdate?: Date;
  /** Hexadecimal, as serial numbers are. */
  crlNumber?: string;
  signatureAlgorithm: string;
  /** `reason` is `keyCompromise`, `superseded` … */
  revoked: { serialNumber: string; date: Date; reason?: string; extensions: ExtensionDetails[] }[];
  /** `AA:BB:…` */
  authorityKeyIdentifier?: string;
  extensions: ExtensionDetails[];
  fingerprints: Fingerprints;
}

/** What a key is; never its secret part. */
export interface KeyDetails {
  type: "privateKey" | "publicKey";
  /** Then nothing else is known without the passphrase. */
  encrypted: boolean;
  publicKey?: PublicKeyDetails;
}

export type Details = CertificateDetails | RequestDetails | CrlDetails | KeyDetails;

/** What can be looked at, PEM or DER; with the passphrase of what is encrypted, to see into it. */
export type InspectInput = string | Uint8Array | { pem: string | Uint8Array; passphrase?: string };

/** Makes a key. RSA takes from a tenth of a second to several, during which the page stands still. */
export function generateKeyPair(options?: KeyPairOptions): Promise<KeyPair>;

/** Makes a certificate authority: a key, unless one is given, and its self-signed certificate. */
export function createAuthority(options: AuthorityOptions): Promise<Authority>;

/** Makes a certificate request (PKCS#10), which may leave the machine; the key stays. */
export function createRequest(options: RequestOptions): Promise<CertificateRequest>;

/**
 * Signs a request. Of it, the public key, the subject and the alternative names are taken; everything else is the
 * authority's decision. Needs to know the role: from `profile`, or from the request's extended key usage.
 */
export function issueCertificate(options: IssueOptions): Promise<IssuedCertificate>;

/** Everything of the guide in one call: authorities, server and clients, by the names of the files. */
export function createMutualTls(options?: MutualTlsOptions): Promise<MutualTls>;

/** Looks at one certificate, request, revocation list or key. */
export function inspect(material: InspectInput): Promise<Details>;

/**
 * Looks at everything in a file, in its order. `sameKeyAs` are the indexes of the others with the same public key: a
 * key and its certificate name each other.
 */
export function inspectAll(material: InspectInput): Promise<(Details & { sameKeyAs: number[] })[]>;

/**
 * Loads the wasm now rather than on first use, from `source` where that is given: a URL (fetched and compiled while it
 * streams), a Response, bytes, or a compiled module. After it has been loaded, does nothing.
 */
export function init(source?: string | URL | Response | BufferSource | WebAssembly.Module): Promise<void>;

/** What `CertificateError.code` can be: a closed set. */
export type ErrorCode =
  | "ERR_UNKNOWN_OPTION"
  | "ERR_MISSING_OPTION"
  | "ERR_INVALID_TYPE"
  | "ERR_INVALID_OPTION"
  | "ERR_CONFLICTING_OPTIONS"
  | "ERR_INVALID_SUBJECT"
  | "ERR_INVALID_ALT_NAME"
  | "ERR_INVALID_VALIDITY"
  | "ERR_OUTLIVES_AUTHORITY"
  | "ERR_INVALID_SERIAL_NUMBER"
  | "ERR_INVALID_PEM"
  | "ERR_MULTIPLE_PEM"
  | "ERR_INVALID_KEY"
  | "ERR_UNSUPPORTED_KEY"
  | "ERR_PASSPHRASE"
  | "ERR_INVALID_REQUEST"
  | "ERR_REQUEST_SIGNATURE"
  | "ERR_INVALID_CERTIFICATE"
  | "ERR_NOT_AN_AUTHORITY"
  | "ERR_KEY_MISMATCH"
  | "ERR_PROFILE_REQUIRED"
  | "ERR_PATH_LENGTH"
  | "ERR_LOAD"
  | "ERR_INTERNAL";

/** The one error of every function. Nothing was made when it is thrown. */
export class CertificateError extends Error {
  constructor(code: ErrorCode, message: string, field?: string, options?: ErrorOptions);
  readonly name: "CertificateError";
  readonly code: ErrorCode;
  /** The path of the option concerned: `server.altNames[0]`. */
  readonly field?: string;
}
