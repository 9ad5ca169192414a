// What is done on every host: it is copied to where the package is installed, and what it returns is plain data.
import * as certs from "mtls-certs";

const ALGORITHMS = ["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"];

export async function everywhere() {
  const guides = {};
  for (const algorithm of ALGORITHMS) {
    guides[algorithm] = (await certs.createMutualTls({ algorithm, crypto: "webcrypto" })).files;
    // An RSA key in-page takes up to seconds: one is enough.
    if (algorithm !== "rsa-2048") guides[`${algorithm} in-page`] = (await certs.createMutualTls({ algorithm, crypto: "in-page" })).files;
  }
  const rsa = await certs.generateKeyPair({ algorithm: "rsa-2048", crypto: "in-page" });
  const unreadable = await certs.generateKeyPair({ extractable: false });
  const authority = await certs.createAuthority({ subject: "CN=my-ca", privateKey: unreadable.privateKey });
  const amy = await certs.generateKeyPair({ passphrase: "horse" });
  const privateKey = { pem: amy.privateKey, passphrase: "horse" };
  const { request } = await certs.createRequest({ subject: "CN=amy", profile: "client", privateKey });
  const requests = Array.from({ length: 20 }, () => request);
  const fleet = await certs.issueCertificates({ authority, requests });
  const { certificate, details } = fleet[0];
  const pkcs12 = await certs.createPkcs12({ certificate, privateKey, passphrase: "mare" });
  const read = await certs.readPkcs12({ pkcs12, passphrase: "mare" });
  const { revocationList } = await certs.createRevocationList({ authority, revoked: [{ certificate }] });
  const judged = (more) => certs.verifyCertificate({ certificate, trusted: authority.certificate, purpose: "client", ...more });
  const failure = await certs.createMutualTls({ server: { commonName: "ex ample.com" } }).catch((error) => error);
  return {
    guides,
    rsa: rsa.privateKey,
    authority: authority.certificate,
    fleet: fleet.map((one) => one.certificate),
    subject: details.subject.text,
    pkcs12: read.certificate === certificate,
    trusted: (await judged()).ok,
    revoked: (await judged({ crls: revocationList })).reasons.map(({ code }) => code),
    failure: [failure instanceof certs.CertificateError, failure.code, failure.field],
  };
}
