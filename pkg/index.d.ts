/** PEM as text, or PEM or DER as bytes: a Node `Buffer` as it was read from a file, an `ArrayBuffer` as a browser gives it. */
export type Material = string | Uint8Array | ArrayBuffer;

/** A `Uint8Array` of memory of its own, which since TypeScript 5.7 is `Uint8Array<ArrayBuffer>`: a `Blob` takes it as it is. */
export type Bytes = ReturnType<Uint8Array["slice"]>;

/** The algorithm of a key. `ecdsa-p256` is the default; browsers refuse leaf certificates with `ed25519`. */
export type KeyAlgorithm = "ecdsa-p256" | "ecdsa-p384" | "ed25519" | "rsa-2048" | "rsa-3072" | "rsa-4096";

/** What a certificate is for. `peer` is server and client at once. */
export type Profile = "server" | "client" | "peer" | "authority";

/** A name that a certificate's holder is called by. A string is classified: IP address, URI, e-mail address, else DNS name. */
export type AltName =
  | string
  | { dns: string }
  | { ip: string }
  | { email: string }
  | { uri: string }
  /** Windows' user principal name: `amy@corp.example`. */
  | { upn: string }
  /** An OID. */
  | { registeredId: string }
  | { directoryName: Subject }
  /** Another kind, its value as DER (hexadecimal digits where it is a string). */
  | { otherName: { oid: string; value: Uint8Array | ArrayBuffer | string } };

/**
 * Whom a certificate is for: its attributes, or a text of RFC 4514 (`CN=Bob,O=Example`, the narrowest first) or of OpenSSL's
 * `-subj` (`/O=Example/CN=Bob`), or its relative names one by one in the certificate's order, each of one attribute or more.
 */
export type Subject = SubjectAttributes | string | RelativeName[];

/** The attributes of one relative name, by name or by OID. */
export interface RelativeName extends Partial<Record<AttributeName, string>> {
  [oid: `${number}.${string}`]: string;
}

export type AttributeName = Exclude<keyof SubjectAttributes, `${number}.${string}`>;

/** Arrays are for attributes that repeat. The certificate holds the attributes from the wide to the narrow, those by OID last. */
export interface SubjectAttributes {
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
  postalCode?: string;
  street?: string | string[];
  organizationIdentifier?: string;
  title?: string;
  surname?: string;
  givenName?: string | string[];
  initials?: string;
  generationQualifier?: string;
  pseudonym?: string;
  dnQualifier?: string;
  userId?: string;
  description?: string;
  /** Any other by its OID, as UTF-8 text. */
  [oid: `${number}.${string}`]: string | string[] | undefined;
}

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

/**
 * A private key in any form: PKCS#8, PKCS#1 (`RSA PRIVATE KEY`) or SEC1 (`EC PRIVATE KEY`), as PEM or DER; with its
 * passphrase where it is encrypted (PKCS#8, or OpenSSL's older `Proc-Type: 4,ENCRYPTED`); or a JWK, as an object, or as its
 * JSON text in place of PEM. Other PEM blocks may stand in the same text: the key's certificate, its curve. Or a pair of
 * WebCrypto's keys for ECDSA on P-256 or P-384, Ed25519, or RSASSA-PKCS1-v1_5 with SHA-256, whose private one need not be
 * extractable: then no script can read it.
 */
export type PrivateKeyInput =
  | Material
  | { pem: Material; passphrase?: string }
  | { jwk: Jwk }
  | PlatformKeyPair;

/** A private or public JSON Web Key (RFC 7517, RFC 7518 section 6, RFC 8037): the platform's `JsonWebKey`. */
export type Jwk = {
  kty?: string;
  crv?: string;
  x?: string;
  y?: string;
  d?: string;
  n?: string;
  e?: string;
  p?: string;
  q?: string;
  dp?: string;
  dq?: string;
  qi?: string;
  alg?: string;
  use?: string;
  key_ops?: string[];
  ext?: boolean;
};

/** WebCrypto's `CryptoKey`: what the libraries of this project call so, or where none does, what it is. */
export type PlatformKey = typeof globalThis extends { CryptoKey: { prototype: infer Key } }
  ? Key
  : {
      readonly type: "private" | "public" | "secret";
      readonly extractable: boolean;
      readonly algorithm: { name: string };
      readonly usages: ("decrypt" | "deriveBits" | "deriveKey" | "encrypt" | "sign" | "unwrapKey" | "verify" | "wrapKey")[];
    };

/** WebCrypto's `CryptoKeyPair`. */
export interface PlatformKeyPair {
  privateKey: PlatformKey;
  publicKey: PlatformKey;
}

/** What the functions that make keys and signatures take. */
export interface CallOptions {
  /**
   * Whose crypto. Default: the platform's (WebCrypto) wherever it offers the algorithm, else in-page crypto. The results are the same.
   * The keys of a `CryptoKeyPair` are WebCrypto's to use, whatever is said here.
   */
  crypto?: "webcrypto" | "in-page";
  /** Ends the call, which then rejects with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * What `convertKey` makes: `pkcs8` (PEM; encrypted where a passphrase is given), `pkcs1` (PEM, RSA only), `sec1` (PEM,
 * ECDSA only), `jwk`; of the public key alone, `spki` (PEM) and `public-jwk`.
 */
export type KeyFormat = "pkcs8" | "pkcs1" | "sec1" | "jwk" | "spki" | "public-jwk";

/** PKCS#8 and SPKI PEM. With a passphrase the private key is encrypted (PBES2, AES-256-CBC). */
export interface KeyPair<PrivateKey = string> {
  algorithm: KeyAlgorithm;
  privateKey: PrivateKey;
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

export interface KeyPairOptions extends CallOptions {
  algorithm?: KeyAlgorithm;
  passphrase?: string;
  /** Of PBKDF2-HMAC-SHA-256, which makes the encryption's key of the passphrase: 1000 to 10,000,000. Default: 600,000. */
  iterations?: number;
  /** `false` gives the private key as a CryptoKeyPair that no script can read, and that IndexedDB keeps. Needs WebCrypto. */
  extractable?: boolean;
}

export interface ConvertKeyOptions<Format extends KeyFormat = KeyFormat> {
  privateKey: PrivateKeyInput;
  format: Format;
  /** Encrypts the result; only with `pkcs8`. The passphrase of the key that is given stands in `privateKey`. */
  passphrase?: string;
  /** As for `generateKeyPair`; needs `passphrase`. */
  iterations?: number;
  /** Whose crypto encrypts and decrypts. */
  crypto?: CallOptions["crypto"];
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

/** A part of the names of a kind. A string is classified: network or IP address, mailbox, else domain. */
export type NameSubtree =
  | string
  /** `example.com` stands for itself and all below it; `""` for every DNS name. */
  | { dns: string }
  /** `10.0.0.0/8`, `2001:db8::/32`. */
  | { ip: string }
  /** A mailbox, a host's mailboxes (`example.com`), or those of the hosts below a domain (`.example.com`). */
  | { email: string }
  /** The host of a URI, or with a dot in front the hosts below a domain. */
  | { uri: string }
  /** A name and all below it. */
  | { directoryName: Subject };

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

/** Why a certificate is revoked (RFC 5280 section 5.3.1). `unspecified` is written as no reason; only `certificateHold` can be lifted. */
export type RevocationReason =
  | "unspecified"
  | "keyCompromise"
  | "cACompromise"
  | "affiliationChanged"
  | "superseded"
  | "cessationOfOperation"
  | "certificateHold"
  | "privilegeWithdrawn"
  | "aACompromise";

/** Which certificate: by its serial number (hexadecimal), or the certificate itself (PEM or DER), which the authority must have issued. */
export type RevokedCertificate =
  | { serialNumber: string; certificate?: undefined }
  | { certificate: Material; serialNumber?: undefined };

/** A certificate to revoke. */
export type Revocation = RevokedCertificate & {
  /** Default: none is said. */
  reason?: RevocationReason;
  /** Since when; not in the future. Default: now, or where it was on hold, when that began. */
  date?: Date | string;
  /** Since when its key may have been in other hands, which can be earlier. */
  invalidityDate?: Date | string;
};

export interface RevocationListOptions extends CallOptions {
  /** As for `issueCertificate`. Its key usage must have `cRLSign`, as that of `createAuthority` has. */
  authority: IssueOptions["authority"];
  /** Default: none, for a list to begin with. Each certificate once. */
  revoked?: Revocation[];
  /** Of the list in its authority's sequence; a string is hexadecimal, as `inspect` shows it. Default: 1, or one more than the list before has. */
  number?: number | bigint | string;
  /**
   * `notBefore` is when it was made (`thisUpdate`), `notAfter` by when the next one comes (`nextUpdate`): verifiers refuse everybody
   * once that is over. Default: from an hour ago, for 30 days, shortened to the authority's own end.
   */
  validity?: Validity;
}

export interface RevocationListUpdateOptions extends RevocationListOptions {
  /** The list before, PEM or DER, whatever tool made it. Its signature must be the authority's. All of its entries are kept. */
  revocationList: Material;
  /** Certificates on hold (`certificateHold`) that are valid again. */
  removed?: RevokedCertificate[];
}

export interface RevocationList {
  /** PEM (`X509 CRL`), version 2. */
  revocationList: string;
  details: CrlDetails;
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
export type InspectInput = Material | { pem: Material; passphrase?: string };

/** PEM or DER, a file of several, or an array of such files; in whatever order. */
export type Files = Material | Material[];

export interface VerifyOptions {
  /** The certificate to verify. What comes behind it in the same file counts as `chain`. */
  certificate: Files;
  /** Intermediates, in whatever order; those that are not needed are passed over. At most 1000 certificates. */
  chain?: Files;
  /** The authorities that are trusted. At most 1000 certificates. */
  trusted: Files;
  /** Whether a server or a client shows it. It is never guessed: a certificate for the one is refused for the other. */
  purpose: "server" | "client";
  /**
   * With `purpose: "server"`: the host name (international ones too) or IP address by which the server is called. Without it, any host
   * will do, and a client that connects would still refuse the wrong one.
   */
  host?: string;
  /** The moment that counts. Strings as in `Validity`. Default: now. */
  at?: Date | string;
  /**
   * Revocation lists. Where they are given, each certificate but the trusted one needs a list of its issuer that is not too old, as with
   * Node's `crl`. At most 100 lists.
   */
  crls?: Files;
}

/** What `verifyCertificate` finds. */
export type Verdict =
  | {
      ok: true;
      /** From the certificate to the trusted one. */
      path: VerifiedCertificate[];
    }
  | {
      ok: false;
      /** As far as the way leads that was looked at: the one with the least wrong. */
      path: VerifiedCertificate[];
      /** Everything that is wrong, from the certificate upwards. There is one at least. */
      reasons: VerificationReason[];
    };

/** A certificate of the path. */
export interface VerifiedCertificate {
  /** RFC 4514. */
  subject: string;
  /** RFC 4514. */
  issuer: string;
  /** Hexadecimal, upper case. */
  serialNumber: string;
  notBefore: Date;
  notAfter: Date;
  /** The fingerprint, `AA:BB:…`. */
  sha256: string;
  pem: string;
}

export interface VerificationReason {
  code: VerificationCode;
  /** Which certificate, what is wrong with it, and what to do. */
  message: string;
  /** The certificate concerned. */
  certificate: VerifiedCertificate;
  /** With `wrong-host`: the hosts that are covered. */
  covers?: string[];
  /** With `revoked`: what the list says. `reason` is `keyCompromise`, `superseded` … */
  revocation?: { date: Date; reason?: string };
}

/** What `VerificationReason.code` can be: a closed set. */
export type VerificationCode =
  | "expired"
  /** Or with dates in the wrong order. */
  | "not-yet-valid"
  /** Key usage or extended key usage, its own or an authority's, exclude the purpose. */
  | "wrong-purpose"
  | "wrong-host"
  /** The certificate of an authority where a server's or client's is wanted. */
  | "ca-as-leaf"
  /** It has signed another and may not: no CA:TRUE, or no keyCertSign. */
  | "not-an-authority"
  /** Its issuer is neither trusted nor in the chain: an intermediate is missing, or another authority is trusted. */
  | "unknown-issuer"
  /** The chain is whole, and its root is not trusted. */
  | "untrusted-root"
  /** It signed itself and is not trusted itself. */
  | "self-signed"
  | "name-constraints"
  | "path-length"
  | "revoked"
  | "crl-missing"
  | "crl-expired"
  | "crl-not-yet-valid"
  /** The list is not signed by the issuer, or the issuer may not sign lists. */
  | "crl-signature"
  /** A delta, indirect or partial list, one of version 1, or one with critical extensions that nobody knows. */
  | "crl-unsupported"
  /** RSA under 2048 bits, DSA, P-192, P-224. */
  | "weak-key"
  /** Another key that some verifiers refuse: P-521, Ed448, secp256k1 … */
  | "unsupported-key"
  /** SHA-1 or MD5. */
  | "weak-signature"
  | "unsupported-signature"
  /** It was altered, or another authority of the issuer's name signed it. */
  | "bad-signature"
  /** Chromium, rustls and Python refuse X.509 v1. */
  | "x509-v1"
  /** A critical extension that verifiers do not know, and so must refuse. */
  | "critical-extension"
  | "malformed"
  /**
   * Against a MUST of RFC 5280 that only strict verifiers check (Python 3.13 and later, `openssl verify -x509_strict`; rustls for names
   * written in two ways). Node, curl and browsers accept it: whoever knows who will verify may pass over these alone.
   */
  | "not-conforming"
  /** More certificates, names or constraints than can be judged in reasonable time. */
  | "too-complex"
  /** rustls-webpki refuses it for another reason. */
  | "refused";

/** Two at least. */
export interface MatchKeyOptions {
  /** Of a file of several, the first. */
  certificate?: Material;
  request?: Material;
  publicKey?: Material;
  privateKey?: PrivateKeyInput;
}

export interface KeyMatch {
  /** Whether all are of one key, however each is written (but for curves that are given by their parameters and not by name). */
  matches: boolean;
  /** The key of each piece that was given. */
  keys: Partial<Record<keyof MatchKeyOptions, PublicKeyDetails>>;
}

/** For whom a PKCS#12 file is; see `createPkcs12`. */
export type Pkcs12Target = "modern" | "apple" | "windows-2016" | "java" | "android";

export interface Pkcs12Options {
  /** PEM or DER. In a file of several, the one that the key belongs to is the leaf, and the others are its chain. */
  certificate: Material;
  /** The certificate's key. A CryptoKeyPair must be extractable. */
  privateKey: PrivateKeyInput;
  /** The certificates above it, in whatever order; what is in `certificate` too counts once. A root is written only where it is given. */
  chain?: Files;
  /** Not empty. Outside of ASCII, Java can't read the file: with `for: "java"` that is an error. */
  passphrase: string;
  /** What importers show, and Java's alias: 1 to 200 characters. Default: the certificate's common name. */
  friendlyName?: string;
  /** Who is to read it. Default: `"modern"`. */
  for?: Pkcs12Target;
  /**
   * Of each key derivation (MAC, certificates, key): 1000 to 10,000,000. Default: 250,000. .NET takes 300,000 each and 1,000,000 in
   * all by default; Java 5,000,000.
   */
  iterations?: number;
}

export interface TrustStoreOptions {
  certificates: Files;
  /** ASCII, not empty. Java's custom is `changeit`: the certificates are no secret, and it only guards against damage. */
  passphrase: string;
  /** As for `createPkcs12`. */
  iterations?: number;
}

export interface ReadPkcs12Options {
  /** The bytes of a `.p12` or `.pfx` file, at most 1 MiB. */
  pkcs12: Uint8Array | ArrayBuffer;
  /** Left out for files under none. */
  passphrase?: string;
}

/** A key in a PKCS#12 file, with what belongs to it. */
export interface Pkcs12Entry {
  /** PKCS#8 PEM, not encrypted. A key of a kind that nothing here signs with (P-521) is handed out as it is. */
  privateKey: string;
  /** PEM. Missing where the file has none of this key. */
  certificate?: string;
  /** PEM: those above the certificate, in order, without itself; a root where the file has it. Empty where there are none. */
  chain: string;
  /** Java's alias. */
  friendlyName?: string;
}

/** Everything in a PKCS#12 file. The fields of `Pkcs12Entry` are those of its key, if it has exactly one. */
export interface Pkcs12Contents extends Partial<Pkcs12Entry> {
  /** Every key, in the file's order. */
  entries: Pkcs12Entry[];
  /** The certificates (PEM) that belong to no key, and all that are marked as trusted by Java. */
  certificates: { certificate: string; friendlyName?: string; trusted: boolean }[];
  /** What else there is and has no place here, in words: `a secret`, `a revocation list`. */
  unread: string[];
  /** Whether the file has a MAC, and so is as whoever knows the passphrase wrote it. Java writes trust stores without one. */
  authenticated: boolean;
}

export interface BundleOptions {
  /** PEM or DER, a file of several too. */
  certificate: Material;
  /** Those above it, in whatever order. */
  chain?: Files;
}

export interface KubernetesSecretName {
  /** A subdomain of RFC 1123: at most 253 small letters, digits, `-` and `.`. */
  name: string;
  /** A label of RFC 1123: at most 63 small letters, digits and `-`. Default: none, so that kubectl decides. */
  namespace?: string;
}

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
 * What the authority allows is obeyed as in issuing. An authority's own self-signed certificate keeps its key identifier too, so that
 * what it has issued stays valid under the new one; with a new `privateKey`, it is its successor's, signed by the old key.
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
 * (`-partial_chain`, `allowPartialTrustChain`).
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
