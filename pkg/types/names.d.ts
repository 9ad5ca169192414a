// Whom a certificate is for, and what its holder is called by.

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
