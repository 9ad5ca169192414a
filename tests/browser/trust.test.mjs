// Chromium as the judge of a server's certificate: its own verifier, with our CA installed as a person would.

import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { chromium } from "playwright-core";
import { createAuthority, createMutualTls, createRequest, generateKeyPair, issueCertificate } from "../../pkg/index.js";
import { temporaryFolder } from "./support/app_bob.mjs";
import { CHROMIUM, FLAGS, skip as noBrowser } from "./support/browser.mjs";

const skip = noBrowser || noCertutil();

function noCertutil() {
  try {
    execFileSync("certutil", ["-H"], { stdio: "ignore" });
    return false;
  } catch (error) {
    // It exits with 1 after its help.
    return error.code === "ENOENT" && "no certutil (Debian: libnss3-tools)";
  }
}

/** What a fresh Chromium, which trusts `trusted`, says of a server with this key and certificate. */
async function visit(t, { key, cert }, trusted) {
  const home = await temporaryFolder(t);
  const store = join(home, ".pki/nssdb");
  await mkdir(store, { recursive: true });
  const certutil = (...args) => promisify(execFile)("certutil", ["-d", `sql:${store}`, ...args]);
  await certutil("-N", "--empty-password");
  if (trusted) {
    await writeFile(join(home, "ca.crt"), trusted);
    await certutil("-A", "-t", "C,,", "-n", "ca", "-i", join(home, "ca.crt"));
  }
  const server = createServer({ key, cert }, (request, response) => response.end("in"));
  server.listen(0, "localhost");
  await once(server, "listening");
  const env = { ...process.env, HOME: home };
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS, env });
  try {
    const page = await browser.newPage();
    await page.goto(`https://localhost:${server.address().port}/`);
    return await page.textContent("body");
  } catch (error) {
    return /net::(ERR_\w+)/.exec(error.message)?.[1] ?? error.message;
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

async function made(options) {
  const { files } = await createMutualTls(options);
  const of = (name) => ({ key: files[`${name}.key`], cert: files[`${name}.crt`] });
  return { ca: files["ca.crt"], bob: of("bob_server"), amy: of("amy_client") };
}

for (const algorithm of ["ecdsa-p256", "ecdsa-p384", "rsa-2048"]) {
  test(`Chromium trusts a server with ${algorithm} under its CA`, { skip }, async (t) => {
    const { ca, bob } = await made({ algorithm });
    assert.equal(await visit(t, bob, ca), "in");
  });
}

test("Chromium refuses it without the CA, or under another", { skip }, async (t) => {
  const { bob } = await made();
  const { ca: other } = await made();
  assert.equal(await visit(t, bob), "ERR_CERT_AUTHORITY_INVALID");
  assert.equal(await visit(t, bob, other), "ERR_CERT_AUTHORITY_INVALID");
});

test("Chromium refuses another name, and the certificate of a client", { skip }, async (t) => {
  const elsewhere = await made({ server: { commonName: "bob.example" } });
  assert.equal(await visit(t, elsewhere.bob, elsewhere.ca), "ERR_CERT_COMMON_NAME_INVALID");
  const client = await made({ clients: [{ commonName: "amy-client", altNames: ["localhost"], name: "amy_client" }] });
  assert.equal(await visit(t, client.amy, client.ca), "ERR_CERT_INVALID");
});

test("Chromium refuses an Ed25519 leaf, as the README says", { skip }, async (t) => {
  // Under a CA that certutil takes: NSS knows no Ed25519.
  const authority = await createAuthority({ subject: { commonName: "my-ca" } });
  const { privateKey } = await generateKeyPair({ algorithm: "ed25519" });
  const { request } = await createRequest({ subject: { commonName: "localhost" }, profile: "server", privateKey });
  const { certificate } = await issueCertificate({ request, authority });
  const said = await visit(t, { key: privateKey, cert: certificate }, authority.certificate);
  assert.equal(said, "ERR_SSL_VERSION_OR_CIPHER_MISMATCH");
});
