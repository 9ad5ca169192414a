// Certificate revocation lists (RFC 5280 section 5).
import type { CallOptions, Material } from "./keys.js";
import type { IssueOptions, Validity } from "./issuing.js";
import type { CrlDetails } from "./details.js";

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
