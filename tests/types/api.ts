// The hand-written types against the code: every export has the declared type, and uses that are wrong do not compile.
import * as declared from "mtls-certs";
import * as actual from "../../pkg/api.js";

// Each declared export exists, and each export is declared.
const assigned: Omit<typeof declared, "CertificateError"> = actual;
const names: Record<keyof typeof declared, unknown> = actual;
const declaredNames: Record<keyof typeof actual, unknown> = declared;
void [assigned, names, declaredNames];

export async function uses(): Promise<void> {
  const { files, details } = await declared.createMutualTls({ authorities: "distinct", clients: [{ commonName: "a" }] });
  const key: string | undefined = files["ca.key"];
  const until: Date | undefined = details["ca.crt"]?.notAfter;
  const { privateKey } = await declared.generateKeyPair();
  const { request } = await declared.createRequest({ subject: { commonName: "a", organization: ["b", "c"] }, privateKey });
  const authority = await declared.createAuthority({ subject: { commonName: "ca" }, validity: { notAfter: new Date() } });
  const issued = await declared.issueCertificate({ request, authority, profile: "peer", altNames: ["x", { ip: "::1" }] });
  const seen = await declared.inspect(issued.certificate);
  if (seen.type === "certificate") seen.serialNumber.length;
  else if (seen.type === "request") seen.signatureValid satisfies boolean | undefined;
  else if (seen.type === "crl") seen.revoked.map(({ date }) => date.getTime());
  else seen.encrypted satisfies boolean;
  const pem: string = (await declared.convertKey({ privateKey: { pem: privateKey, passphrase: "x" }, format: "sec1" })).key;
  const jwk: JsonWebKey = (await declared.convertKey({ privateKey: pem, format: "public-jwk" })).key;
  await declared.convertKey({ privateKey: { jwk }, format: "pkcs8", passphrase: "x", iterations: 1000 });
  const [first] = await declared.inspectAll({ pem: issued.certificate, passphrase: "x" });
  first?.sameKeyAs satisfies number[] | undefined;
  const { revocationList } = await declared.createRevocationList({ authority, revoked: [{ serialNumber: "01", reason: "superseded", date: new Date() }] });
  const updated = await declared.updateRevocationList({ revocationList, authority, revoked: [{ certificate: issued.certificate }], removed: [{ serialNumber: "02" }], number: 5n });
  updated.details.crlNumber satisfies string | undefined;
  (await declared.renewCertificate({ certificate: issued.certificate, authority, privateKey, validity: { days: 30 } })).details.notAfter.getTime();
  const verdict = await declared.verifyCertificate({ certificate: issued.chain, trusted: [authority.certificate], purpose: "server", host: "a", at: new Date() });
  if (verdict.ok) verdict.path.map(({ notAfter }) => notAfter.getTime());
  else verdict.reasons.map(({ code, message, certificate }): [declared.VerificationCode, string] => [code, message + certificate.sha256]);
  const { matches, keys } = await declared.matchKey({ certificate: issued.certificate, privateKey: { pem: privateKey, passphrase: "x" } });
  matches satisfies boolean;
  keys.privateKey?.sha256 satisfies string | undefined;
  const p12: Uint8Array = await declared.createPkcs12({ certificate: issued.certificate, privateKey, passphrase: "x", for: "java", chain: [pem] });
  const { entries, certificates, friendlyName } = await declared.readPkcs12({ pkcs12: p12.buffer as ArrayBuffer });
  void [entries[0]?.chain satisfies string | undefined, certificates[0]?.trusted, friendlyName];
  p12.set(await declared.createTrustStore({ certificates: [pem], passphrase: "changeit", iterations: 1000 }));
  const bundle: string = await declared.createBundle({ format: "key-and-chain", certificate: pem, privateKey });
  const der: Uint8Array = await declared.createBundle({ format: "pkcs7-der", certificate: bundle });
  const format = (der.length ? "chain" : "pkcs7-der") as "chain" | "pkcs7-der";
  void ((await declared.createBundle({ format, certificate: bundle })) satisfies string | Uint8Array);
  const yaml: string = await declared.createKubernetesSecret({ name: "a", ca: der });
  await declared.createKubernetesSecret({ name: yaml, namespace: "b", certificate: pem, privateKey, ca: pem });
  await declared.init(new URL("https://x.example/a.wasm"));
  await declared.init(new Uint8Array());
  void [key, until];
}

export async function misuses(): Promise<void> {
  // @ts-expect-error: an algorithm that is none
  await declared.generateKeyPair({ algorithm: "rsa-1024" });
  // @ts-expect-error: an unknown option
  await declared.createMutualTls({ client: [] });
  // @ts-expect-error: a format that is none
  await declared.convertKey({ privateKey: "", format: "der" });
  // @ts-expect-error: the subject is needed
  await declared.createAuthority({});
  // @ts-expect-error: a reason that complete lists do not have
  await declared.createRevocationList({ authority: { certificate: "", privateKey: "" }, revoked: [{ serialNumber: "01", reason: "removeFromCRL" }] });
  // @ts-expect-error: a certificate that is named twice
  await declared.createRevocationList({ authority: { certificate: "", privateKey: "" }, revoked: [{ serialNumber: "01", certificate: "" }] });
  // @ts-expect-error: the old certificate is needed
  await declared.renewCertificate({ authority: { certificate: "", privateKey: "" } });
  // @ts-expect-error: a passphrase is needed
  await declared.createPkcs12({ certificate: "", privateKey: "" });
  // @ts-expect-error: a target that is none
  await declared.createPkcs12({ certificate: "", privateKey: "", passphrase: "x", for: "ios" });
  // @ts-expect-error: the key goes into one format alone
  await declared.createBundle({ format: "chain", certificate: "", privateKey: "" });
  // @ts-expect-error: a name of no kind
  await declared.createRequest({ subject: {}, altNames: [{ host: "x" }], privateKey: "" });
}

export async function misusesOfVerification(): Promise<void> {
  // @ts-expect-error: the purpose is never guessed
  await declared.verifyCertificate({ certificate: "", trusted: "" });
  const verdict = await declared.verifyCertificate({ certificate: "", trusted: "", purpose: "client" });
  // @ts-expect-error: only a refusal has reasons
  verdict.reasons.length;
  // @ts-expect-error: codes are a closed set
  if (!verdict.ok && verdict.reasons[0]?.code === "no-such-code") return;
}

export function errors(error: unknown): string {
  if (!(error instanceof declared.CertificateError)) return "";
  const field: string | undefined = error.field;
  // @ts-expect-error: codes are a closed set
  if (error.code === "ERR_NO_SUCH_CODE") return "";
  return error.code + field;
}
