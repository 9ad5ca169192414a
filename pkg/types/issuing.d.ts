// Authorities, requests, certificates, renewal, many at once, and the whole guide.
import type { CertificateError } from "../index.js";
import type { AltName, NameSubtree, Subject } from "./names.js";
import type { CallOptions, KeyAlgorithm, Material, PrivateKeyInput } from "./keys.js";
import type { CertificateDetails, RequestDetails } from "./details.js";

/** What a certificate is for. `peer` is server and client at once. */
export type Profile = "server" | "client" | "peer" | "authority";

/**
 * When a certificate is valid. Without `notBefore`: from an hour ago (against clocks that run behind). `days` counts
 * from now, or from `notBefore` where that is given; it excludes `notAfter`. What does not fit into the authority's own dates is an error;
 * days from now may miss them by that hour, and are shortened to fit. Strings are RFC 3339, or `2027-01-31` for the
 * first moment of that day in UTC.
 */
export interface Validity {
  days?: number;
  notBefore?: Date | string;
  notAfter?: Date | string;
}

export interface CertificateRequest {
  /** PEM. */
  request: string;
  details: RequestDetails;
}

export interface IssuedCertificate {
  /** PEM. */
  certificate: string;
  /**
   * PEM: the certificate and the intermediates above it, without the root. It is what a server loads as its `cert`, and what
   * an intermediate is used with as `authority.certificate`.
   */
  chain: string;
  details: CertificateDetails;
}

export interface Authority<PrivateKey = string> {
  /** PEM. */
  certificate: string;
  /** PKCS#8 PEM, not encrypted, even where the key that was given is. Whoever has it can sign. A CryptoKeyPair stays one. */
  privateKey: PrivateKey;
  details: CertificateDetails;
}

export interface Party {
  commonName?: string;
  altNames?: AltName[];
  /** The base of the names of its files: `bob_server` gives `bob_server.key`, `.csr` and `.crt`. */
  name?: string;
}

export interface AuthorityOptions extends ExtensionOptions, CallOptions {
  subject: Subject;
  algorithm?: KeyAlgorithm;
  /** In place of a new key. */
  privateKey?: PrivateKeyInput;
  /** Default: 3650 days. */
  validity?: Validity;
  /** How many authorities may stand between this one and a leaf. Default: 0. */
  pathLength?: number;
  /** Hexadecimal. Default: 16 random bytes. */
  serialNumber?: string;
}

export type KeyUsage =
  | "digitalSignature"
  | "nonRepudiation"
  | "keyEncipherment"
  | "dataEncipherment"
  | "keyAgreement"
  | "keyCertSign"
  | "cRLSign"
  | "encipherOnly"
  | "decipherOnly";

/** What is added to a certificate, beyond what follows from its profile. */
export interface ExtensionOptions {
  /** In place of the profile's, for those who know. */
  keyUsage?: KeyUsage[];
  /**
   * In place of the profile's: `serverAuth`, `clientAuth`, `codeSigning` … or OIDs. A leaf's holds its profile's roles, and others
   * beside them.
   */
  extendedKeyUsage?: string[];
  /** Of an authority: which names it may sign for (RFC 5280 section 4.2.1.10). */
  nameConstraints?: { permitted?: NameSubtree[]; excluded?: NameSubtree[] };
  /** URIs of revocation lists. */
  crlDistributionPoints?: string | string[];
  /** URIs of OCSP responders, and of the issuer's certificate. */
  authorityInfoAccess?: { ocsp?: string | string[]; caIssuers?: string | string[] };
  certificatePolicies?: (string | { oid: string; cps?: string })[];
  /** Any other extension: `value` is its DER, as bytes or hexadecimal digits. */
  extensions?: { oid: string; critical?: boolean; value: Uint8Array | ArrayBuffer | string }[];
}

export interface RequestOptions extends CallOptions {
  subject: Subject;
  /** The common name is added where it can be a name, as a server's must; `localhost` alone gets `127.0.0.1` and `::1`, unless it is for a client. */
  altNames?: AltName[];
  /** Written as extended key usage, so that `issueCertificate` knows the role; `authority` is never taken from a request. */
  profile?: Profile;
  privateKey: PrivateKeyInput;
}

export interface IssueOptions extends ExtensionOptions, CallOptions {
  /** PEM or DER, from any tool. Its signature is checked. */
  request: Material;
  /**
   * What `createAuthority` returned, or the two files of an authority that any tool made. The certificate may be a file of
   * several: the key's own, and those above it in whatever order. What all of them allow (path length, name constraints,
   * dates, roles) is obeyed.
   */
  authority: { certificate: Material; privateKey: PrivateKeyInput; details?: CertificateDetails };
  /** Default: what the request asks for by its extended key usage. */
  profile?: Profile;
  /** Default: 365 days, shortened to the authority's own end. */
  validity?: Validity;
  /** With `profile: "authority"`: how many may stand between it and a leaf. Default: 0. */
  pathLength?: number;
  /** In place of the request's, its common name too. */
  altNames?: AltName[];
  /** In place of the request's. */
  subject?: Subject;
  /** Hexadecimal. Default: 16 random bytes. */
  serialNumber?: string;
  /**
   * What of the request's extensions is taken: `altNames`, `extendedKeyUsage` (as the role, where no profile is given),
   * `keyUsage`, or others by OID. Default: `["altNames", "extendedKeyUsage"]`. Without `altNames`, the request's common name becomes
   * no alternative name either.
   */
  copy?: ("altNames" | "extendedKeyUsage" | "keyUsage" | (string & {}))[];
  /** Takes a request that is signed with MD5 or SHA-1. Its signature alone then no longer shows who sent it. */
  allowWeakSignature?: boolean;
}

export interface RenewalOptions extends CallOptions {
  /** The old certificate, PEM or DER, expired or not. The authority must have signed it. */
  certificate: Material;
  /** As for `issueCertificate`. For an authority's own self-signed certificate, the authority itself. */
  authority: IssueOptions["authority"];
  /** Where the authority has another key by now: its certificate with the key that signed the old one. */
  formerAuthority?: Material;
  /** A new key; only its public half goes into the certificate. Default: the same public key. */
  privateKey?: PrivateKeyInput;
  /** Default: as many whole days as the old one had, at least one, shortened to the authority's own end. */
  validity?: Validity;
  /** Hexadecimal, and not the old one's. Default: 16 random bytes. */
  serialNumber?: string;
}

/** One of many: a request, or a request with what is its own. */
export type BatchRequest = Material | Omit<IssueOptions, "authority" | keyof CallOptions>;

export interface BatchOptions extends Omit<IssueOptions, "request" | "altNames" | "subject" | "serialNumber"> {
  requests: BatchRequest[];
  /** Called after each, and waited for. */
  onProgress?: (progress: { done: number; total: number }) => void | Promise<void>;
  /**
   * Takes each result as it comes, in whatever order; then none is kept, and memory does not grow with their number. When it rejects, or
   * the call is aborted, no more are begun; the few that are being made are still handed over, and then the call rejects.
   */
  onIssued?: (result: BatchResult, index: number) => void | Promise<void>;
}

/** What became of a request. */
export type BatchResult = (IssuedCertificate & { error?: undefined }) | { error: CertificateError };

export interface MutualTlsOptions extends CallOptions {
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
