// PKCS#12 and trust stores, as a user calls for them; Node, which reads them with its own OpenSSL, and Python judge.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import https from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, test } from "node:test";
import tls from "node:tls";
import { fileURLToPath } from "node:url";
import {
  CertificateError,
  createAuthority,
  createMutualTls,
  createPkcs12,
  createRequest,
  createTrustStore,
  generateKeyPair,
  issueCertificate,
  readPkcs12,
} from "../../pkg/index.js";

const python = process.env.MTLS_CERTS_PYTHON;
const skip = python ? false : "needs MTLS_CERTS_PYTHON, which `cargo xtask test` sets up";
const script = fileURLToPath(new URL("../python/pkcs12.py", import.meta.url));
const TARGETS = ["modern", "apple", "windows-2016", "java", "android"];
const passphrase = "correct horse";
const iterations = 1000;
let files;

before(async () => {
  ({ files } = await createMutualTls({ authorities: "distinct" }));
});

const of = (name, ca, options) =>
  createPkcs12({ certificate: files[`${name}.crt`], privateKey: files[`${name}.key`], chain: files[`${ca}.crt`], passphrase, iterations, ...options });

/** What the server says to a client over mutual TLS. */
async function handshake(server, client) {
  const listening = https.createServer({ ...server, requestCert: true }, (request, response) => response.end(request.socket.getPeerCertificate().subject.CN));
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  try {
    const { port } = listening.address();
    const [response] = await once(https.get({ host: "127.0.0.1", port, servername: "localhost", agent: false, ...client }), "response");
    let text = "";
    for await (const part of response) text += part;
    return text;
  } catch (error) {
    return error.code;
  } finally {
    listening.closeAllConnections();
    listening.close();
  }
}

for (const target of TARGETS) {
  test(`for ${target}: Node takes it for a handshake with the passphrase alone, and it comes back`, async () => {
    const [bob, amy] = [await of("bob_server", "bob_ca", { for: target }), await of("amy_client", "amy_ca", { for: target, friendlyName: "Amy" })];
    assert.ok(bob instanceof Uint8Array);
    const pfx = (bytes) => ({ pfx: Buffer.from(bytes), passphrase });
    assert.throws(() => tls.createSecureContext({ ...pfx(amy), passphrase: "wrong" }), /mac verify failure/);
    const server = { ...pfx(bob), ca: files["amy_ca.crt"] };
    assert.equal(await handshake(server, { ...pfx(amy), ca: files["bob_ca.crt"] }), "amy-client");
    assert.notEqual(await handshake(server, { ...pfx(bob), ca: files["bob_ca.crt"] }), "localhost");

    for (const pkcs12 of [amy, amy.buffer.slice(amy.byteOffset, amy.byteOffset + amy.length), Buffer.from(amy)]) {
      const read = await readPkcs12({ pkcs12, passphrase });
      const entry = { privateKey: files["amy_client.key"], certificate: files["amy_client.crt"], chain: files["amy_ca.crt"], friendlyName: "Amy" };
      assert.deepEqual(read, { ...entry, entries: [entry], certificates: [], unread: [], authenticated: true });
    }
    await assert.rejects(readPkcs12({ pkcs12: amy, passphrase: "wrong" }), { code: "ERR_PASSPHRASE", field: "passphrase" });
    await assert.rejects(readPkcs12({ pkcs12: amy }), { code: "ERR_PASSPHRASE", field: "passphrase" });
  });
}

test("by default the name is the common name, and guessing takes 250,000 iterations", async () => {
  const pkcs12 = await of("amy_client", "amy_ca", { iterations: undefined });
  assert.equal((await readPkcs12({ pkcs12, passphrase })).friendlyName, "amy-client");
  const count = Buffer.from([2, 3, 250_000 >> 16, (250_000 >> 8) & 255, 250_000 & 255]).toString("hex");
  assert.equal(Buffer.from(pkcs12).toString("hex").split(count).length - 1, 3, "MAC, certificates and key");
});

test("keys of WebCrypto and encrypted ones will do, and ones that no script can read are refused", async () => {
  const authority = await createAuthority({ subject: { commonName: "my-ca" } });
  const { privateKey: hidden } = await generateKeyPair({ extractable: false });
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const encrypted = await generateKeyPair({ passphrase: "x", iterations, algorithm: "rsa-2048" });
  for (const privateKey of [pair, { pem: encrypted.privateKey, passphrase: "x" }, hidden]) {
    const { request } = await createRequest({ subject: { commonName: "amy" }, privateKey });
    const { certificate, chain } = await issueCertificate({ request, authority, profile: "client" });
    const made = createPkcs12({ certificate, chain: [chain, authority.certificate], privateKey, passphrase, iterations });
    if (privateKey === hidden) {
      await assert.rejects(made, { code: "ERR_NOT_EXTRACTABLE", field: "privateKey" });
    } else {
      const read = await readPkcs12({ pkcs12: await made, passphrase });
      assert.equal(read.certificate, certificate);
      assert.equal(read.chain, authority.certificate);
      assert.ok(new X509Certificate(certificate).checkPrivateKey((await import("node:crypto")).createPrivateKey(read.privateKey)));
    }
  }
});

test("a trust store comes back as trusted certificates, each under a name of its own", async () => {
  const again = await createAuthority({ subject: { commonName: "BOB-CA" } });
  const pkcs12 = await createTrustStore({ certificates: [files["bob_ca.crt"] + files["amy_ca.crt"], Buffer.from(again.certificate)], passphrase: "changeit", iterations });
  const read = await readPkcs12({ pkcs12, passphrase: "changeit" });
  assert.deepEqual(read.entries, []);
  assert.equal(read.privateKey, undefined);
  assert.deepEqual(read.certificates, [
    { certificate: files["bob_ca.crt"], friendlyName: "bob-ca", trusted: true },
    { certificate: files["amy_ca.crt"], friendlyName: "amy-ca", trusted: true },
    { certificate: again.certificate, friendlyName: "bob-ca 2", trusted: true },
  ]);
});

test("what is given wrongly is refused at its option", async () => {
  const amy = (options) => of("amy_client", "amy_ca", options);
  const store = (options) => createTrustStore({ certificates: files["bob_ca.crt"], passphrase, ...options });
  for (const [call, code, field] of [
    [() => createPkcs12(), "ERR_MISSING_OPTION", "passphrase"],
    [() => amy({ certificate: undefined }), "ERR_MISSING_OPTION", "certificate"],
    [() => amy({ privateKey: undefined }), "ERR_MISSING_OPTION", "privateKey"],
    [() => amy({ password: "x" }), "ERR_UNKNOWN_OPTION", "password"],
    [() => amy({ for: "ios" }), "ERR_INVALID_OPTION", "for"],
    [() => amy({ passphrase: "" }), "ERR_PASSPHRASE", "passphrase"],
    [() => amy({ passphrase: "a\0b" }), "ERR_PASSPHRASE", "passphrase"],
    [() => amy({ passphrase: "grüße", for: "java" }), "ERR_PASSPHRASE", "passphrase"],
    [() => amy({ passphrase: 5 }), "ERR_INVALID_TYPE", "passphrase"],
    [() => amy({ friendlyName: "" }), "ERR_INVALID_OPTION", "friendlyName"],
    [() => amy({ iterations: 10 }), "ERR_INVALID_OPTION", "iterations"],
    [() => amy({ privateKey: files["bob_server.key"] }), "ERR_KEY_MISMATCH", "privateKey"],
    [() => amy({ privateKey: "x" }), "ERR_INVALID_PEM", "privateKey"],
    [() => amy({ chain: [files["amy_ca.crt"], files["bob_ca.crt"]] }), "ERR_INVALID_CERTIFICATE", "chain[1]"],
    [() => amy({ chain: [5] }), "ERR_INVALID_TYPE", "chain[0]"],
    [() => store({ certificates: [] }), "ERR_INVALID_OPTION", "certificates"],
    [() => store({ certificates: files["bob_ca.key"] }), "ERR_INVALID_PEM", "certificates"],
    [() => store({ passphrase: "grüße" }), "ERR_PASSPHRASE", "passphrase"],
    [() => readPkcs12(), "ERR_MISSING_OPTION", "pkcs12"],
    [() => readPkcs12({ pkcs12: "text" }), "ERR_INVALID_TYPE", "pkcs12"],
    [() => readPkcs12({ pkcs12: new Uint8Array(2 << 20) }), "ERR_INVALID_PKCS12", "pkcs12"],
    [() => readPkcs12({ pkcs12: Buffer.from(files["bob_ca.crt"]) }), "ERR_INVALID_PKCS12", "pkcs12"],
    [() => readPkcs12({ pkcs12: new ArrayBuffer(0) }), "ERR_INVALID_PKCS12", "pkcs12"],
  ]) {
    const error = await call().then(() => assert.fail(`${code} at ${field}`), (error) => error);
    assert.ok(error instanceof CertificateError, error.stack);
    assert.deepEqual([error.code, error.field], [code, field], error.message);
    assert.ok(error.message.startsWith(`${field}: `) && !error.message.includes(passphrase), error.message);
  }
});

test("damaged files are refused in the built wasm, and never trap", async () => {
  const pkcs12 = await of("amy_client", "amy_ca", { for: "android" });
  const tried = async (bytes, what) => {
    const error = await readPkcs12({ pkcs12: bytes, passphrase }).then(() => assert.fail(what), (error) => error);
    assert.ok(["ERR_INVALID_PKCS12", "ERR_PASSPHRASE"].includes(error.code), `${what}: ${error.stack}`);
  };
  for (let length = 0; length < pkcs12.length; length += 7) await tried(pkcs12.subarray(0, length), `${length} octets`);
  for (let at = 0; at < pkcs12.length; at += 5) {
    for (const value of [0x00, 0x80, 0xff]) {
      const changed = Uint8Array.from(pkcs12);
      if (changed[at] === value) continue;
      changed[at] = value;
      await tried(changed, `octet ${at}`);
    }
  }
  for (const deep of [[0x30, 0x80], [0x24, 0x80], [0xa0, 0x80]]) await tried(Uint8Array.from({ length: 1 << 20 }, (_, at) => deep[at % 2]), "nested");
});

test("the files that Python's cryptography tests itself with are read", { skip }, async () => {
  const where = execFileSync(python, ["-c", "import cryptography_vectors as v; print(v.__path__[0])"], { encoding: "utf8" }).trim();
  const names = (await readdir(path.join(where, "pkcs12"))).filter((name) => name.endsWith(".p12"));
  assert.ok(names.length > 25, `${names.length} files`);
  for (const name of names) {
    const pkcs12 = await readFile(path.join(where, "pkcs12", name));
    const right = /no-p(ass)?w(or)?d|truststore/.test(name) ? undefined : name.includes("-pwd") ? "password" : "cryptography";
    const { entries, certificates, unread, authenticated } = await readPkcs12({ pkcs12, passphrase: right });
    assert.ok(authenticated && unread.length === 0 && entries.length + certificates.length > 0, name);
    assert.equal(entries.length, /no-key|truststore|no-cert-n/.test(name) ? 0 : 1, name);
    assert.equal(certificates.some(({ trusted }) => trusted), name.includes("truststore"), name);
    await assert.rejects(readPkcs12({ pkcs12, passphrase: "wrong" }), { code: "ERR_PASSPHRASE", field: "passphrase" }, name);
  }
});

test("Python's cryptography reads every target with the passphrase alone, and what it writes is read", { skip }, async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "mtls-certs-pkcs12-"));
  try {
    const names = [];
    for (const target of TARGETS) {
      names.push(path.join(folder, `${target}.p12`));
      await writeFile(names.at(-1), await of("amy_client", "amy_ca", { for: target, friendlyName: "Ämy" }));
    }
    const judge = (...words) => execFileSync(python, [script, ...words], { encoding: "utf8" }).trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const sha256 = (name) => new X509Certificate(files[name]).fingerprint256.replaceAll(":", "").toLowerCase();
    const facts = { key: true, names: ["Ämy", null], certificates: [sha256("amy_client.crt"), sha256("amy_ca.crt")] };
    assert.deepEqual(judge("read", passphrase, ...names), TARGETS.map(() => facts));
    for (const { error } of judge("read", "wrong", ...names)) assert.match(error, /password/i);

    const at = (name) => path.join(folder, name);
    await writeFile(at("amy.key"), files["amy_client.key"]);
    await writeFile(at("amy.crt"), files["amy_client.crt"]);
    judge("write", passphrase, at("amy.key"), at("amy.crt"), at("theirs.p12"));
    const read = await readPkcs12({ pkcs12: await readFile(at("theirs.p12")), passphrase });
    assert.deepEqual([read.privateKey, read.certificate, read.friendlyName], [files["amy_client.key"], files["amy_client.crt"], "Amy"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
