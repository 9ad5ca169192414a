// Keys as they come in and go out, and what every call that uses one takes.

/** PEM as text, or PEM or DER as bytes: a Node `Buffer` as it was read from a file, an `ArrayBuffer` as a browser gives it. */
export type Material = string | Uint8Array | ArrayBuffer;

/** A `Uint8Array` of memory of its own, which since TypeScript 5.7 is `Uint8Array<ArrayBuffer>`: a `Blob` takes it as it is. */
export type Bytes = ReturnType<Uint8Array["slice"]>;

/** The algorithm of a key. `ecdsa-p256` is the default; browsers refuse leaf certificates with `ed25519`. */
export type KeyAlgorithm = "ecdsa-p256" | "ecdsa-p384" | "ed25519" | "rsa-2048" | "rsa-3072" | "rsa-4096";

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
   * Whose crypto. Default: the platform's (WebCrypto; in Node also `node:crypto`, for P-256, Ed25519 and the primes of new RSA
   * keys) wherever it offers the algorithm, else in-page crypto. The results are the same. `webcrypto` is `crypto.subtle` and nothing else.
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
