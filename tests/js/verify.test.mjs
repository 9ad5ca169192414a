// verifyCertificate and matchKey as the package has them: data in, data out, and the same answers in wasm as natively.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate, webcrypto } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import tls from "node:tls";
import * as inPage from "../../pkg/dist/in_page.js";
import {
  CertificateError,
  convertKey,
  createAuthority,
  createMutualTls,
  createRequest,
  generateKeyPair,
  issueCertificate,
  matchKey,
  verifyCertificate,
} from "../../pkg/index.js";

const VECTORS = new URL("../../../shared/vectors/", import.meta.url);
const folder = mkdtempSync(path.join(tmpdir(), "mtls-certs-verify-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const openssl = (line) => execFileSync("openssl", line.split(" "), { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });

let one;
let distinct;
const server = { purpose: "server", host: "localhost" };

before(async () => {
  one = (await createMutualTls()).files;
  distinct = (await createMutualTls({ authorities: "distinct" })).files;
});

const codes = (verdict) => (verdict.reasons ?? []).map(({ code }) => code);

test("the guide's files are accepted, with one authority and with two", async () => {
  const verdict = await verifyCertificate({ certificate: one["bob_server.crt"], trusted: one["ca.crt"], ...server });
  assert.deepEqual(Object.keys(verdict), ["ok", "path"]);
  assert.equal(verdict.ok, true);
  assert.deepEqual(verdict.path.map(({ subject }) => subject), ["CN=localhost", "CN=my-ca"]);
  const [bob] = verdict.path;
  const node = new X509Certificate(one["bob_server.crt"]);
  assert.deepEqual(
    { serialNumber: bob.serialNumber, sha256: bob.sha256, pem: bob.pem, notAfter: bob.notAfter, issuer: bob.issuer },
    { serialNumber: node.serialNumber, sha256: node.fingerprint256, pem: one["bob_server.crt"], notAfter: new Date(node.validTo), issuer: "CN=my-ca" },
  );
  assert.deepEqual(structuredClone(verdict), verdict);
  const amy = { certificate: one["amy_client.crt"], trusted: one["ca.crt"], purpose: "client" };
  assert.ok((await verifyCertificate(amy)).ok);
  assert.deepEqual(codes(await verifyCertificate({ ...amy, purpose: "server" })), ["wrong-purpose"]);
  assert.ok((await verifyCertificate({ certificate: distinct["bob_server.crt"], trusted: distinct["bob_ca.crt"], ...server })).ok);
  assert.ok((await verifyCertificate({ ...amy, certificate: distinct["amy_client.crt"], trusted: distinct["amy_ca.crt"] })).ok);
});

test("crosswise they are refused, and the sentence says who is trusted", async () => {
  const verdict = await verifyCertificate({ certificate: distinct["amy_client.crt"], trusted: distinct["bob_ca.crt"], purpose: "client" });
  assert.equal(verdict.ok, false);
  assert.deepEqual(codes(verdict), ["unknown-issuer"]);
  const [{ message, certificate }] = verdict.reasons;
  assert.match(message, /^amy-client: is issued by amy-ca, but only bob-ca is trusted here; trust amy-ca/);
  assert.equal(certificate.sha256, new X509Certificate(distinct["amy_client.crt"]).fingerprint256);
  const other = await verifyCertificate({ certificate: distinct["bob_server.crt"], trusted: [distinct["amy_ca.crt"]], ...server });
  assert.match(other.reasons[0].message, /issued by bob-ca, but only amy-ca is trusted here/);
  // The CA was made anew, under its old name.
  const again = (await createMutualTls()).files;
  const anew = await verifyCertificate({ certificate: one["bob_server.crt"], trusted: again["ca.crt"], ...server });
  assert.match(anew.reasons[0].message, /my-ca whose key is not that of the my-ca given here/);
});

test("all that is wrong is told at once", async () => {
  const year = new Date(Date.now() + 400 * 86_400_000);
  const verdict = await verifyCertificate({ certificate: one["amy_client.crt"], trusted: one["ca.crt"], purpose: "server", host: "bob.example", at: year });
  assert.deepEqual(codes(verdict), ["expired", "wrong-purpose", "wrong-host"]);
  assert.deepEqual(verdict.reasons[2].covers, ["amy-client"]);
  assert.ok(verdict.reasons[0].certificate.notAfter instanceof Date && verdict.reasons[0].certificate.notAfter < year);
  const text = await verifyCertificate({ certificate: one["bob_server.crt"], trusted: one["ca.crt"], ...server, at: "1999-01-01" });
  assert.deepEqual(codes(text), ["not-yet-valid", "not-yet-valid"]);
});

test("files in every form, and chains in any order", async () => {
  const root = await createAuthority({ subject: "CN=root", pathLength: 1 });
  const middle = await generateKeyPair();
  const asked = await createRequest({ subject: "CN=middle", privateKey: middle.privateKey });
  const intermediate = await issueCertificate({ request: asked.request, authority: root, profile: "authority" });
  const authority = { certificate: intermediate.chain + root.certificate, privateKey: middle.privateKey };
  const { request } = await createRequest({ subject: "CN=www.example.com", profile: "server", privateKey: (await generateKeyPair()).privateKey });
  const { certificate, chain } = await issueCertificate({ request, authority });
  const der = new X509Certificate(certificate).raw;
  const host = "www.example.com";
  for (const options of [
    { certificate: chain, trusted: root.certificate },
    { certificate: Buffer.from(chain), trusted: Buffer.from(root.certificate) },
    { certificate: der, chain: intermediate.certificate, trusted: new X509Certificate(root.certificate).raw },
    { certificate: [certificate], chain: [one["ca.crt"], root.certificate + intermediate.certificate], trusted: [one["ca.crt"], root.certificate] },
    { certificate: "text around\n" + certificate, chain: intermediate.chain, trusted: one["ca.crt"] + root.certificate, host: "WWW.EXAMPLE.COM" },
  ]) {
    const verdict = await verifyCertificate({ purpose: "server", host, ...options });
    assert.deepEqual(verdict.reasons ?? [], []);
    assert.equal(verdict.path.length, 3);
  }
  const missing = await verifyCertificate({ certificate, chain: [], trusted: root.certificate, purpose: "server", host });
  assert.match(missing.reasons[0].message, /issued by middle, but only root is trusted here; trust middle, or, if it is an intermediate, add its certificate to the chain/);
});

test("revocation lists", async () => {
  writeFileSync(path.join(folder, "ca.crt"), one["ca.crt"]);
  writeFileSync(path.join(folder, "ca.key"), one["ca.key"]);
  writeFileSync(path.join(folder, "amy.crt"), one["amy_client.crt"]);
  writeFileSync(path.join(folder, "index.txt"), "");
  writeFileSync(path.join(folder, "number"), "01\n");
  writeFileSync(path.join(folder, "ca.cnf"), "[ca]\ndefault_ca=x\n[x]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\n");
  const ca = "ca -config ca.cnf -cert ca.crt -keyfile ca.key";
  openssl(`${ca} -revoke amy.crt -crl_reason superseded`);
  openssl(`${ca} -gencrl -crldays 30 -out ca.crl`);
  const crls = readFileSync(path.join(folder, "ca.crl"));
  const amy = { certificate: one["amy_client.crt"], trusted: one["ca.crt"], purpose: "client" };
  const verdict = await verifyCertificate({ ...amy, crls });
  assert.deepEqual(codes(verdict), ["revoked"]);
  const { revocation } = verdict.reasons[0];
  assert.equal(revocation.reason, "superseded");
  assert.ok(Math.abs(Date.now() - revocation.date.getTime()) < 600_000);
  assert.ok((await verifyCertificate({ certificate: one["bob_server.crt"], trusted: one["ca.crt"], ...server, crls: [crls] })).ok);
  const later = await verifyCertificate({ certificate: one["bob_server.crt"], trusted: one["ca.crt"], ...server, crls, at: new Date(Date.now() + 31 * 86_400_000) });
  assert.deepEqual(codes(later), ["crl-expired"]);
  const strange = await verifyCertificate({ certificate: distinct["bob_server.crt"], trusted: distinct["bob_ca.crt"], ...server, crls });
  assert.deepEqual(codes(strange), ["crl-missing"]);
});

/** Whether Node's TLS client takes the server's certificates for this host. */
async function nodeAccepts({ cert, key, ca, host }) {
  const serving = tls.createServer({ cert, key }, (socket) => socket.end());
  serving.on("tlsClientError", () => {});
  serving.listen(0, "127.0.0.1");
  await once(serving, "listening");
  const socket = tls.connect({ port: serving.address().port, host: "127.0.0.1", servername: net.isIP(host) ? "" : host, ca, checkServerIdentity: (_, peer) => tls.checkServerIdentity(host, peer) });
  try {
    return await Promise.race([once(socket, "secureConnect").then(() => true), once(socket, "error").then(() => false)]).catch(() => false);
  } finally {
    socket.destroy();
    serving.close();
  }
}

test("Node's TLS client agrees", async () => {
  const root = await createAuthority({ subject: "CN=root", pathLength: 1 });
  const [middle, bob] = [await generateKeyPair(), await generateKeyPair()];
  const between = await createRequest({ subject: "CN=middle", privateKey: middle.privateKey });
  const intermediate = await issueCertificate({ request: between.request, authority: root, profile: "authority" });
  const { request } = await createRequest({ subject: "CN=localhost", profile: "server", privateKey: bob.privateKey });
  const issued = await issueCertificate({ request, authority: { certificate: intermediate.chain, privateKey: middle.privateKey } });
  const own = { cert: one["bob_server.crt"], key: one["bob_server.key"], ca: one["ca.crt"], host: "localhost" };
  for (const [expected, served] of [
    [true, own],
    [true, { ...own, host: "127.0.0.1" }],
    [false, { ...own, host: "bob.example" }],
    [false, { ...own, ca: distinct["bob_ca.crt"] }],
    [true, { ...own, ca: [distinct["bob_ca.crt"], one["ca.crt"]] }],
    [false, { ...own, cert: one["amy_client.crt"], key: one["amy_client.key"], host: "amy-client" }],
    [true, { cert: issued.chain, key: bob.privateKey, ca: root.certificate, host: "localhost" }],
    [false, { cert: issued.certificate, key: bob.privateKey, ca: root.certificate, host: "localhost" }],
  ]) {
    const verdict = await verifyCertificate({ certificate: served.cert, trusted: served.ca, purpose: "server", host: served.host });
    assert.deepEqual([verdict.ok, await nodeAccepts(served)], [expected, expected], JSON.stringify(verdict.reasons));
  }
});

test("wrong options and unreadable material are errors, with their field", async () => {
  const good = { certificate: one["bob_server.crt"], trusted: one["ca.crt"], purpose: "server" };
  for (const [options, code, field] of [
    [{ ...good, hostname: "x" }, "ERR_UNKNOWN_OPTION", "hostname"],
    [{ ...good, purpose: undefined }, "ERR_MISSING_OPTION", "purpose"],
    [{ ...good, purpose: "peer" }, "ERR_INVALID_OPTION", "purpose"],
    [{ ...good, certificate: undefined }, "ERR_MISSING_OPTION", "certificate"],
    [{ ...good, trusted: undefined }, "ERR_MISSING_OPTION", "trusted"],
    [{ ...good, trusted: [] }, "ERR_INVALID_OPTION", "trusted"],
    [{ ...good, certificate: [] }, "ERR_INVALID_OPTION", "certificate"],
    [{ ...good, crls: [] }, "ERR_INVALID_OPTION", "crls"],
    [{ ...good, trusted: "hello" }, "ERR_INVALID_PEM", "trusted"],
    [{ ...good, trusted: [one["ca.crt"], one["ca.key"]] }, "ERR_INVALID_PEM", "trusted[1]"],
    [{ ...good, chain: [5] }, "ERR_INVALID_TYPE", "chain[0]"],
    [{ ...good, certificate: new Uint8Array([0x30, 0]) }, "ERR_INVALID_CERTIFICATE", "certificate"],
    [{ ...good, crls: one["ca.crt"] }, "ERR_INVALID_PEM", "crls"],
    [{ ...good, crls: new Uint8Array([0x30, 0]) }, "ERR_INVALID_CRL", "crls"],
    [{ ...good, host: "https://localhost/" }, "ERR_INVALID_ALT_NAME", "host"],
    [{ ...good, host: "localhost:3000" }, "ERR_INVALID_ALT_NAME", "host"],
    [{ ...good, host: "*.example.com" }, "ERR_INVALID_ALT_NAME", "host"],
    [{ ...good, host: 5 }, "ERR_INVALID_TYPE", "host"],
    [{ ...good, purpose: "client", host: "localhost" }, "ERR_CONFLICTING_OPTIONS", "host"],
    [{ ...good, at: "yesterday" }, "ERR_INVALID_VALIDITY", "at"],
    [{ ...good, at: new Date(NaN) }, "ERR_INVALID_VALIDITY", "at"],
    [{ ...good, at: 5 }, "ERR_INVALID_TYPE", "at"],
    [{ ...good, chain: one["ca.crt"].repeat(1001) }, "ERR_INVALID_PEM", "chain"],
    [{ ...good, chain: Array(10_000).fill(one["ca.crt"]) }, "ERR_INVALID_OPTION", "chain"],
    [undefined, "ERR_MISSING_OPTION", "purpose"],
    [[], "ERR_INVALID_TYPE", undefined],
  ]) {
    const error = await verifyCertificate(options).then(() => assert.fail(`${code} at ${field} was expected`), (error) => error);
    assert.ok(error instanceof CertificateError, `${error.stack}`);
    assert.deepEqual([error.code, error.field], [code, field], error.message);
    assert.ok(!error.message.includes("PRIVATE KEY-----"));
  }
  assert.ok((await verifyCertificate(good)).ok);
  await assert.rejects(verifyCertificate({ ...good, host: "" }), { code: "ERR_INVALID_ALT_NAME", field: "host", message: /is empty; give a host name or an IP address$/ });
});

test("every code of a reason is declared, and no other", () => {
  const declared = readFileSync(new URL("../../pkg/types/verification.d.ts", import.meta.url), "utf8");
  const union = declared.match(/export type VerificationCode =(.*?);\n\n/s)[1];
  assert.deepEqual(inPage.verificationCodes(), [...union.matchAll(/\| "([^"]+)"/g)].map(([, code]) => code));
});

test("keys match their certificates and requests, or not", async () => {
  const [certificate, request, privateKey] = ["crt", "csr", "key"].map((end) => one[`bob_server.${end}`]);
  const { matches, keys } = await matchKey({ certificate, request, privateKey });
  assert.equal(matches, true);
  assert.deepEqual(Object.keys(keys).sort(), ["certificate", "privateKey", "request"]);
  assert.equal(keys.certificate.sha256, keys.privateKey.sha256);
  assert.equal(keys.certificate.algorithm, "ecdsa-p256");
  assert.equal((await matchKey({ certificate, privateKey: one["amy_client.key"] })).matches, false);
  assert.equal((await matchKey({ certificate: certificate + one["ca.crt"], request })).matches, true);
  assert.equal((await matchKey({ certificate: one["amy_client.crt"], request })).matches, false);
  const publicKey = (await convertKey({ privateKey, format: "spki" })).key;
  assert.equal((await matchKey({ publicKey, privateKey: (await convertKey({ privateKey, format: "sec1" })).key })).matches, true);
  const encrypted = (await convertKey({ privateKey, format: "pkcs8", passphrase: "secret", iterations: 1000 })).key;
  assert.equal((await matchKey({ certificate, privateKey: { pem: encrypted, passphrase: "secret" } })).matches, true);
  const pair = await webcrypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const own = await createAuthority({ subject: "CN=x", privateKey: pair });
  assert.equal((await matchKey({ certificate: own.certificate, privateKey: pair })).matches, true);
  assert.equal((await matchKey({ certificate, privateKey: pair })).matches, false);
  for (const [options, code, field] of [
    [{ certificate }, "ERR_MISSING_OPTION", undefined],
    [{ certificate, privateKey: { pem: encrypted } }, "ERR_PASSPHRASE", "privateKey"],
    [{ certificate, privateKey: certificate }, "ERR_INVALID_PEM", "privateKey"],
    [{ certificate: request, privateKey }, "ERR_INVALID_PEM", "certificate"],
    [{ certificate, request: request + request }, "ERR_MULTIPLE_PEM", "request"],
    [{ certificate, key: privateKey }, "ERR_UNKNOWN_OPTION", "key"],
  ]) {
    const error = await matchKey(options).then(() => assert.fail(`${code} was expected`), (error) => error);
    assert.ok(error instanceof CertificateError, `${error.stack}`);
    assert.deepEqual([error.code, error.field], [code, field], error.message);
  }
});

test("damaged certificates are refused or errors, and the next call works", async () => {
  const good = new X509Certificate(one["bob_server.crt"]).raw;
  for (let index = 0; index < good.length; index += 3) {
    const certificate = Uint8Array.from(good);
    certificate[index] ^= 0x41;
    const outcome = await verifyCertificate({ certificate, trusted: one["ca.crt"], ...server }).catch((error) => error);
    assert.ok(outcome.ok === false || ["ERR_INVALID_CERTIFICATE", "ERR_INVALID_PEM"].includes(outcome.code), `byte ${index}: ${outcome.stack ?? outcome}`);
  }
  assert.ok((await verifyCertificate({ certificate: good, trusted: one["ca.crt"], ...server })).ok);
});

test("x509-limbo, in wasm as natively", async (t) => {
  const file = new URL("limbo.json", VECTORS);
  if (!existsSync(file)) return t.diagnostic("skipped: ../shared/vectors/limbo.json is not there");
  const { testcases } = JSON.parse(readFileSync(file, "utf8"));
  const { notApplicable, deviations } = JSON.parse(readFileSync(new URL("../data/limbo.json", import.meta.url), "utf8"));
  const problems = [];
  let [accepted, rejected] = [0, 0];
  for (const limbo of testcases) {
    if (limbo.features.some((feature) => feature in notApplicable)) continue;
    const purpose = limbo.validation_kind === "CLIENT" ? "client" : "server";
    const outcome = await verifyCertificate({
      certificate: limbo.peer_certificate,
      chain: limbo.untrusted_intermediates,
      trusted: limbo.trusted_certs,
      purpose,
      host: purpose === "server" ? (limbo.expected_peer_name?.value ?? undefined) : undefined,
      at: limbo.validation_time ?? "2026-11-24T12:00:00Z",
      crls: limbo.crls.length > 0 ? limbo.crls : undefined,
    }).catch((error) => error);
    if (outcome instanceof Error && outcome.code === "ERR_INTERNAL") problems.push(`${limbo.id}: ${outcome.cause}`);
    const expected = (limbo.expected_result === "SUCCESS") !== (limbo.id in deviations);
    if ((outcome.ok === true) !== expected) problems.push(`${limbo.id}: ${outcome.message ?? JSON.stringify(outcome.reasons?.map(({ message }) => message))}`);
    if (outcome.ok === true) accepted++;
    else rejected++;
  }
  t.diagnostic(`${accepted} accepted, ${rejected} rejected, as in tests/data/limbo.json`);
  assert.deepEqual(problems, []);
});
