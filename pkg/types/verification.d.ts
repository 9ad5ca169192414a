// Whether a chain is accepted, and whether a key belongs to it.
import type { Material, PrivateKeyInput } from "./keys.js";
import type { PublicKeyDetails } from "./details.js";

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
   * Revocation lists. Where they are given, each certificate but the trusted one needs a list of its issuer that is about it (issuing
   * distribution point) and not too old, as with Node's `crl`; a root must not be on a list of its own. At most 100 lists.
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
