// PKCS#12 files (RFC 7292) and bundles.
import type { Material, PrivateKeyInput } from "./keys.js";
import type { Files } from "./verification.js";

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
