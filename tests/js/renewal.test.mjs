// Renewal across the border: old and new side by side with the same server; the native tests judge their bytes.
import assert from "node:assert/strict";
import { createPublicKey, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { ask, attempt, listen } from "./support/https.mjs";
import { testRefusals } from "./support/refusals.mjs";
import {
  createAuthority,
  createMutualTls,
  createRequest,
  generateKeyPair,
  inspect,
  issueCertificate,
  renewCertificate,
} from "../../pkg/index.js";

const { files } = await createMutualTls();
const authority = { certificate: files["ca.crt"], privateKey: files["ca.key"] };
const ca = files["ca.crt"];
const [amy, bob] = [files["amy_client.crt"], files["bob_server.crt"]];
const publicKey = (pem) => createPublicKey(pem).export({ type: "spki", format: "pem" });

test("old and renewed clients get in side by side, and so does one with a new key", async () => {
  const listening = await listen({ key: files["bob_server.key"], cert: bob, ca });
  try {
    const same = await renewCertificate({ certificate: amy, authority });
    const pair = await generateKeyPair({ algorithm: "rsa-2048" });
    const changed = await renewCertificate({ certificate: Buffer.from(amy), authority, privateKey: pair.privateKey });
    assert.equal(publicKey(same.certificate), publicKey(amy));
    assert.equal(publicKey(changed.certificate), pair.publicKey);
    const serials = [amy, same.certificate, changed.certificate].map((pem) => new X509Certificate(pem).serialNumber);
    assert.equal(new Set(serials).size, 3);
    const clients = [[amy, files["amy_client.key"]], [same.certificate, files["amy_client.key"]], [changed.certificate, pair.privateKey]];
    for (const [cert, key] of clients) assert.equal((await ask(listening, { cert, key, ca })).text, "amy-client");
    // The key is the certificate's own.
    assert.throws(() => new X509Certificate(changed.certificate).checkPrivateKey(files["amy_client.key"]));
  } finally {
    listening.closeAllConnections();
    listening.close();
  }
});

test("a server goes over to its renewed certificate, and the client takes both", async () => {
  const renewed = await renewCertificate({ certificate: bob, authority });
  const { details } = renewed;
  const before = await inspect(bob);
  assert.deepEqual(details.altNames, before.altNames);
  assert.deepEqual(details, await inspect(renewed.certificate));
  assert.equal(renewed.chain, renewed.certificate);
  const client = { cert: amy, key: files["amy_client.key"], ca };
  const listening = await listen({ key: files["bob_server.key"], cert: bob, ca });
  try {
    assert.equal((await ask(listening, client)).certificate, before.serialNumber);
    listening.setSecureContext({ key: files["bob_server.key"], cert: renewed.certificate, ca });
    const { text, certificate } = await ask(listening, client);
    assert.deepEqual([text, certificate], ["amy-client", details.serialNumber]);
  } finally {
    listening.closeAllConnections();
    listening.close();
  }
});

test("an authority's own certificate, renewed: its leaves are valid under the new one", async () => {
  const renewed = await renewCertificate({ certificate: ca, authority });
  assert.ok(renewed.details.selfSigned);
  assert.equal(renewed.chain, renewed.certificate);
  assert.equal(renewed.details.subjectKeyIdentifier, (await inspect(ca)).subjectKeyIdentifier);
  const trusted = { ca: renewed.certificate };
  const result = await attempt({ key: files["bob_server.key"], cert: bob, ...trusted }, { cert: amy, key: files["amy_client.key"], ...trusted });
  assert.equal(result.text, "amy-client");
  const next = await renewCertificate({ certificate: amy, authority: { ...authority, certificate: renewed.certificate } });
  assert.equal((await attempt({ key: files["bob_server.key"], cert: bob, ca }, { cert: next.certificate, key: files["amy_client.key"], ca })).text, "amy-client");
});

test("under an authority with another key", async () => {
  const next = await createAuthority({ subject: "CN=my-ca" });
  await assert.rejects(renewCertificate({ certificate: amy, authority: next }), { code: "ERR_WRONG_ISSUER", field: "certificate" });
  const renewed = await renewCertificate({ certificate: amy, authority: next, formerAuthority: ca });
  assert.ok(new X509Certificate(renewed.certificate).verify(new X509Certificate(next.certificate).publicKey));
  const stranger = await createAuthority({ subject: "CN=stranger" });
  await assert.rejects(renewCertificate({ certificate: amy, authority: next, formerAuthority: stranger.certificate }), { code: "ERR_WRONG_ISSUER", field: "formerAuthority" });
});

test("below an intermediate, with the chain to send; whoever computes", async () => {
  const root = await createAuthority({ subject: "CN=root", pathLength: 1 });
  const { privateKey } = await generateKeyPair({ extractable: false });
  const asked = await createRequest({ subject: "CN=middle", privateKey });
  const middle = await issueCertificate({ request: asked.request, authority: root, profile: "authority" });
  const below = { certificate: middle.chain + root.certificate, privateKey };
  const pair = await generateKeyPair();
  const { request } = await createRequest({ subject: "CN=amy", profile: "client", privateKey: pair.privateKey });
  const { certificate } = await issueCertificate({ request, authority: below });
  for (const crypto of ["webcrypto", "in-page"]) {
    const renewed = await renewCertificate({ certificate, authority: below, crypto });
    assert.equal(renewed.chain, renewed.certificate + middle.certificate);
    assert.ok(new X509Certificate(renewed.certificate).verify(new X509Certificate(middle.certificate).publicKey));
  }
});

test("an expired one is renewed", async () => {
  const ago = (days) => new Date(Date.now() - days * 86_400_000);
  const old = await createAuthority({ subject: "CN=old", validity: { notBefore: ago(900), notAfter: ago(-900) } });
  const { request } = await createRequest({ subject: "CN=amy", profile: "client", privateKey: files["amy_client.key"] });
  const { certificate } = await issueCertificate({ request, authority: old, validity: { notBefore: ago(100), notAfter: ago(70) } });
  const { details } = await renewCertificate({ certificate, authority: old, serialNumber: "4F:00" });
  assert.deepEqual([Math.round((details.notAfter - Date.now()) / 86_400_000), details.serialNumber], [30, "4F00"]);
});

const impostor = await createAuthority({ subject: "CN=my-ca" });
const forged = await createRequest({ subject: "CN=amy-client", profile: "client", privateKey: files["amy_client.key"] }).then(({ request }) => issueCertificate({ request, authority: impostor }));
const renew = (options) => (crypto) => renewCertificate({ certificate: amy, authority, crypto, ...options });

const REFUSALS = {
  "no certificate": [() => renewCertificate({ authority }), "ERR_MISSING_OPTION", "certificate"],
  "no authority": [() => renewCertificate({ certificate: amy }), "ERR_MISSING_OPTION", "authority"],
  "an unknown option": [renew({ profile: "client" }), "ERR_UNKNOWN_OPTION", "profile"],
  "a request": [renew({ certificate: files["amy_client.csr"] }), "ERR_INVALID_PEM", "certificate"],
  "two certificates": [renew({ certificate: amy + bob }), "ERR_MULTIPLE_PEM", "certificate"],
  "a forged one": [renew({ certificate: forged.certificate }), "ERR_WRONG_ISSUER", "certificate"],
  "another authority's": [() => createAuthority({ subject: "CN=x" }).then((authority) => renewCertificate({ certificate: amy, authority })), "ERR_WRONG_ISSUER", "certificate"],
  "the authority's own key": [renew({ privateKey: files["ca.key"] }), "ERR_KEY_MISMATCH", "privateKey"],
  "a key that is none": [renew({ privateKey: "hello" }), "ERR_INVALID_PEM", "privateKey"],
  "the old serial number": [renew({ serialNumber: new X509Certificate(amy).serialNumber }), "ERR_INVALID_SERIAL_NUMBER", "serialNumber"],
  "too many days": [renew({ validity: { days: 4000 } }), "ERR_OUTLIVES_AUTHORITY", "validity.days"],
};

testRefusals(REFUSALS);
