// What is seen in certificates, requests, revocation lists and keys.
import type { Material } from "./keys.js";

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
  /** Whether its sender has shown that it holds the key; `undefined` where that can't be told here (a key or signature of another kind). */
  signatureValid: boolean | undefined;
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
export type InspectInput = Material | { pem: Material; passphrase?: string };
