// The same types in a Node project, which does not know the browser's: what is declared there must not become `any` here.
import { webcrypto } from "node:crypto";
import { createServer } from "node:https";
import * as certs from "mtls-certs";

export async function uses(): Promise<void> {
  const pair = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const authority = await certs.createAuthority({ subject: "CN=ca", privateKey: pair });
  const kept: webcrypto.CryptoKey = authority.privateKey.privateKey;
  const made: webcrypto.CryptoKeyPair = (await certs.generateKeyPair({ extractable: false })).privateKey;
  const { key } = await certs.convertKey({ privateKey: { jwk: { kty: "OKP" } }, format: "jwk" });
  const jwk: webcrypto.JsonWebKey = key;
  const pfx = Buffer.from(await certs.createPkcs12({ certificate: authority.certificate, privateKey: "", passphrase: "x" }));
  createServer({ pfx, passphrase: "x" });
  new Blob([await certs.createTrustStore({ certificates: [authority.certificate], passphrase: "x" })]);
  const extractable: boolean = Math.random() < 0.5;
  const either: string | certs.PlatformKeyPair = (await certs.generateKeyPair({ extractable })).privateKey;
  await certs.inspect(new ArrayBuffer(8));
  await certs.init(fetch("https://a.example/mtls_certs_bg.wasm"));
  await certs.init(Buffer.alloc(8));
  void [kept, made, jwk, either];
}

export async function misuses(): Promise<void> {
  // @ts-expect-error: no key
  await certs.createAuthority({ subject: "CN=x", privateKey: 42 });
  // @ts-expect-error: no key either
  await certs.createRequest({ subject: "CN=x", privateKey: { pom: 1 } });
  // @ts-expect-error: half a pair
  await certs.createRequest({ subject: "CN=x", privateKey: { privateKey: (await certs.generateKeyPair({ extractable: false })).privateKey.privateKey } });
  // @ts-expect-error: a pair is no number
  const number: number = (await certs.generateKeyPair({ extractable: false })).privateKey;
  // @ts-expect-error: nothing that wasm comes from
  await certs.init({ crypto: "in-page" });
  void number;
}
