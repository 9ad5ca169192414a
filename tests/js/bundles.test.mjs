// Bundles: PEM for servers, PKCS#7, Kubernetes secrets; judged by Node, openssl and a YAML parser.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { before, test } from "node:test";
import tls from "node:tls";
import { parse } from "yaml";
import { createAuthority, createBundle, createKubernetesSecret, createRequest, generateKeyPair, issueCertificate } from "../../pkg/index.js";

let root;
let leaf;
let middle;
let other;

before(async () => {
  root = await createAuthority({ subject: { commonName: "root" }, pathLength: 1 });
  const key = await generateKeyPair();
  const asked = await createRequest({ subject: { commonName: "middle" }, privateKey: key.privateKey });
  middle = await issueCertificate({ request: asked.request, authority: root, profile: "authority" });
  const { privateKey } = await generateKeyPair();
  const { request } = await createRequest({ subject: { commonName: "localhost" }, profile: "server", privateKey });
  const authority = { certificate: middle.certificate + root.certificate, privateKey: key.privateKey };
  leaf = { ...(await issueCertificate({ request, authority })), privateKey };
  other = await createAuthority({ subject: { commonName: "other" } });
});

const openssl = (input, ...words) => execFileSync("openssl", words, { input, encoding: "utf8", stdio: "pipe" });
const subjects = (text) => [...text.matchAll(/subject=.*CN ?= ?(\w+)/g)].map(([, name]) => name);

test("a chain is in order however it was given, each once", async () => {
  const { certificate } = leaf;
  for (const options of [
    { chain: [root.certificate, middle.certificate] },
    { chain: root.certificate + middle.certificate + certificate },
    { certificate: leaf.chain, chain: Buffer.from(root.certificate) },
  ]) {
    assert.equal(await createBundle({ format: "chain", certificate, ...options }), certificate + middle.certificate + root.certificate);
  }
  assert.equal(await createBundle({ format: "chain", certificate: leaf.chain }), leaf.chain);
  await assert.rejects(createBundle({ format: "chain", certificate, chain: other.certificate }), { code: "ERR_INVALID_CERTIFICATE", field: "chain" });
});

test("key and chain in one PEM are what Node and openssl take for both", async () => {
  // The key says which certificate is the leaf.
  const bundle = await createBundle({ format: "key-and-chain", certificate: root.certificate + leaf.chain, privateKey: leaf.privateKey });
  assert.equal(bundle, leaf.privateKey + leaf.certificate + middle.certificate + root.certificate);
  assert.doesNotThrow(() => tls.createSecureContext({ key: bundle, cert: bundle }));
  assert.equal(openssl(bundle, "pkey", "-pubout"), openssl(bundle, "x509", "-noout", "-pubkey"));
  await assert.rejects(createBundle({ format: "key-and-chain", certificate: leaf.chain, privateKey: root.privateKey }), { code: "ERR_KEY_MISMATCH", field: "privateKey" });
});

test("PKCS#7 is read by openssl, as PEM and as DER, and need be no chain", async () => {
  const options = { certificate: leaf.chain, chain: [other.certificate, root.certificate, leaf.certificate] };
  const pem = await createBundle({ format: "pkcs7", ...options });
  assert.match(pem, /^-----BEGIN PKCS7-----\n/);
  assert.deepEqual(subjects(openssl(pem, "pkcs7", "-print_certs", "-noout")), ["localhost", "middle", "other", "root"]);
  const der = await createBundle({ format: "pkcs7-der", ...options });
  assert.ok(der instanceof Uint8Array);
  assert.equal(openssl(der, "pkcs7", "-inform", "DER"), pem);
  const certificates = openssl(pem, "pkcs7", "-print_certs").match(/-----BEGIN[^]*?-----END CERTIFICATE-----\n/g);
  assert.deepEqual(certificates, [leaf.certificate, middle.certificate, other.certificate, root.certificate]);
  assert.throws(() => openssl(der.subarray(0, 99), "pkcs7", "-inform", "DER"));
});

const plain = (text) => Buffer.from(text, "base64").toString();

test("a Kubernetes secret is what a YAML parser and TLS take", async () => {
  const yaml = await createKubernetesSecret({ name: "bob.tls", namespace: "web", certificate: leaf.chain, privateKey: leaf.privateKey, ca: root.certificate });
  const { data, ...rest } = parse(yaml);
  assert.deepEqual(rest, { apiVersion: "v1", kind: "Secret", metadata: { name: "bob.tls", namespace: "web" }, type: "kubernetes.io/tls" });
  assert.deepEqual(Object.keys(data), ["ca.crt", "tls.crt", "tls.key"]);
  assert.equal(plain(data["ca.crt"]), root.certificate);
  assert.equal(plain(data["tls.crt"]), leaf.chain);
  assert.equal(plain(data["tls.key"]), leaf.privateKey);
  assert.doesNotThrow(() => tls.createSecureContext({ key: createPrivateKey(plain(data["tls.key"])).export({ type: "pkcs8", format: "pem" }), cert: plain(data["tls.crt"]) }));
  const bare = parse(await createKubernetesSecret({ name: "bob", certificate: leaf.certificate, chain: middle.certificate, privateKey: leaf.privateKey }));
  assert.deepEqual([bare.metadata, Object.keys(bare.data)], [{ name: "bob" }, ["tls.crt", "tls.key"]]);
});

test("a secret of an authority alone is Opaque, and names stay text", async () => {
  for (const name of ["1e3", "null", "true", "0x1f", "12", "2026-11-24", "a.b-c"]) {
    const secret = parse(await createKubernetesSecret({ name, namespace: "1", ca: root.certificate }));
    assert.deepEqual(secret.metadata, { name, namespace: "1" });
    assert.equal(secret.type, "Opaque");
    assert.equal(plain(secret.data["ca.crt"]), root.certificate);
  }
});

test("what is given wrongly is refused at its option", async () => {
  const { certificate, privateKey } = leaf;
  for (const [call, code, field] of [
    [() => createBundle({ certificate }), "ERR_MISSING_OPTION", "format"],
    [() => createBundle({ format: "zip", certificate }), "ERR_INVALID_OPTION", "format"],
    [() => createBundle({ format: "chain" }), "ERR_MISSING_OPTION", "certificate"],
    [() => createBundle({ format: "pkcs7", certificate, privateKey }), "ERR_CONFLICTING_OPTIONS", "privateKey"],
    [() => createBundle({ format: "key-and-chain", certificate }), "ERR_MISSING_OPTION", "privateKey"],
    [() => createBundle({ format: "pkcs7", certificate, chain: privateKey }), "ERR_INVALID_PEM", "chain"],
    [() => createKubernetesSecret({ certificate, privateKey }), "ERR_MISSING_OPTION", "name"],
    [() => createKubernetesSecret({ name: "Bob", certificate, privateKey }), "ERR_INVALID_OPTION", "name"],
    [() => createKubernetesSecret({ name: "a\nb", ca: certificate }), "ERR_INVALID_OPTION", "name"],
    [() => createKubernetesSecret({ name: "a", namespace: "a.b", ca: certificate }), "ERR_INVALID_OPTION", "namespace"],
    [() => createKubernetesSecret({ name: "a" }), "ERR_MISSING_OPTION", "privateKey"],
    [() => createKubernetesSecret({ name: "a", certificate, ca: certificate }), "ERR_MISSING_OPTION", "privateKey"],
    [() => createKubernetesSecret({ name: "a", ca: privateKey }), "ERR_INVALID_PEM", "ca"],
  ]) {
    await assert.rejects(call(), { code, field });
  }
});

test("what is missing between the leaf and what was given is named", async () => {
  const without = { format: "chain", certificate: leaf.certificate, chain: [root.certificate] };
  await assert.rejects(createBundle(without), { code: "ERR_INVALID_CERTIFICATE", field: "chain", message: /give the missing one of CN=middle, or the leaf's chain alone/ });
  assert.ok(await createBundle({ ...without, chain: [root.certificate, middle.certificate] }));
});
