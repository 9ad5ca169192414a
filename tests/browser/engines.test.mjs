// The package and the page in the other engines, whose WebCrypto and IndexedDB are others: Firefox, and WebKit, which is Safari's (its
// GTK port). A page of ours does it all there and sends what came of it, since without a driver nobody can look in.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "./support/server.mjs";

const { FIREFOX, WEBKIT } = process.env;

/** The programs, with an empty profile. */
const ENGINES = {
  Firefox: {
    skip: FIREFOX ? false : "no Firefox (set FIREFOX)",
    start: (profile, url) => ({ command: FIREFOX, args: ["--headless", "--no-remote", "--profile", profile, url] }),
  },
  WebKit: {
    skip: WEBKIT ? false : "no MiniBrowser of WebKitGTK (set WEBKIT)",
    // It needs a screen; and as root its sandbox can't be had.
    start: (profile, url) => ({
      command: "xvfb-run",
      args: ["-a", WEBKIT, url],
      env: { ...process.env, HOME: profile, XDG_RUNTIME_DIR: profile, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1", LIBGL_ALWAYS_SOFTWARE: "1" },
    }),
  },
};

/** What this program, the body of an async function, returns in a page of that engine. */
async function runIn(t, { start }, program) {
  const script = `
    const send = (report) => fetch("/report", { method: "POST", body: JSON.stringify(report) });
    addEventListener("error", ({ message }) => send({ failure: message }));
    (${program})().then((result) => send({ result }), (error) => send({ failure: error + "\\n" + error?.stack }));`;
  const more = {
    "/start": { headers: { "content-type": "text/html" }, body: '<!doctype html><script type="module" src="/start.js"></script>' },
    "/start.js": { headers: { "content-type": "text/javascript" }, body: script },
  };
  const reported = {};
  reported.promise = new Promise((resolve, reject) => Object.assign(reported, { resolve, reject }));
  const address = await startServer(t, { more, posted: reported.resolve });
  const profile = await mkdtemp(join(tmpdir(), "mtls-certs-engine-"));
  const { command, args, env } = start(profile, `${address}start`);
  // A group of its own: it is many processes.
  const engine = spawn(command, args, { stdio: "ignore", detached: true, env });
  const ended = once(engine, "exit");
  ended.then(([code]) => reported.reject(new Error(`${command} ended with ${code} before it reported`)), reported.reject);
  t.after(async () => {
    for (const signal of ["SIGTERM", "SIGKILL"]) {
      if (engine.exitCode === null && engine.signalCode === null) process.kill(-engine.pid, signal);
      await Promise.race([ended, sleep(3000, undefined, { ref: false })]);
    }
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });
  const { result, failure } = JSON.parse(await reported.promise);
  assert.equal(failure, undefined);
  return result;
}

/** The guide's certificates verify, and the keys are theirs. */
function assertChain(files) {
  const ca = new X509Certificate(files["ca.crt"]);
  for (const name of ["bob_server", "amy_client"]) {
    const leaf = new X509Certificate(files[`${name}.crt`]);
    assert.ok(leaf.checkIssued(ca) && leaf.verify(ca.publicKey), name);
    assert.ok(leaf.checkPrivateKey(createPrivateKey(files[`${name}.key`])), name);
  }
  assert.ok(!new X509Certificate(files["bob_server.crt"]).verify(createPublicKey(files["amy_client.key"])), "not by another key");
}

for (const [name, engine] of Object.entries(ENGINES)) {
  test(`${name}: the guide with keys of every kind, the platform's and in-page`, { skip: engine.skip }, async (t) => {
    const { made, unasked } = await runIn(t, engine, `async () => {
      const { createMutualTls } = await import("/pkg/index.js");
      const algorithms = ["ecdsa-p256", "ecdsa-p384", "ed25519", "rsa-2048"];
      const made = {};
      for (const algorithm of algorithms) made[algorithm] = (await createMutualTls({ algorithm })).files;
      const unasked = performance.getEntriesByType("resource").some(({ name }) => name.includes("in-page-inline"));
      for (const algorithm of algorithms) made[algorithm + " in-page"] = (await createMutualTls({ algorithm, crypto: "in-page" })).files;
      return { made, unasked };
    }`);
    assert.equal(Object.keys(made).length, 8);
    for (const files of Object.values(made)) assertChain(files);
    assert.equal(unasked, false, "it offers all of them, so that in-page crypto is not loaded");
  });

  test(`${name}: a CA that no script can read outlives the connection to IndexedDB; PKCS#12 there and back; errors as everywhere`, { skip: engine.skip }, async (t) => {
    const made = await runIn(t, engine, `async () => {
      const certs = await import("/pkg/index.js");
      const { privateKey } = await certs.generateKeyPair({ extractable: false });
      const authority = await certs.createAuthority({ subject: "CN=my-ca", privateKey });
      const asked = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const open = () => {
        const opening = indexedDB.open("ca", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
        return asked(opening);
      };
      const { certificate } = authority;
      let store = await open();
      await asked(store.transaction("kept", "readwrite").objectStore("kept").put({ certificate, privateKey }, "ca"));
      store.close();
      store = await open();
      const kept = await asked(store.transaction("kept").objectStore("kept").get("ca"));
      const amy = await certs.generateKeyPair();
      const { request } = await certs.createRequest({ subject: "CN=amy", profile: "client", privateKey: amy.privateKey });
      const issued = await certs.issueCertificate({ request, authority: kept });
      const pkcs12 = await certs.createPkcs12({ certificate: issued.certificate, privateKey: amy.privateKey, passphrase: "horse" });
      const back = await certs.readPkcs12({ pkcs12, passphrase: "horse" });
      const refused = (call) => call.then(() => undefined, ({ code, field }) => [code, field]);
      return {
        authority: certificate,
        certificate: issued.certificate,
        details: issued.details.subject.text,
        same: back.privateKey === amy.privateKey,
        unreadable: await refused(certs.convertKey({ privateKey: kept.privateKey, format: "pkcs8" })),
        wrongPassphrase: await refused(certs.readPkcs12({ pkcs12, passphrase: "mare" })),
        noHost: await refused(certs.createMutualTls({ server: { commonName: "ex ample.com" } })),
      };
    }`);
    const [ca, leaf] = [made.authority, made.certificate].map((pem) => new X509Certificate(pem));
    assert.ok(leaf.checkIssued(ca) && leaf.verify(ca.publicKey));
    assert.equal(made.details, "CN=amy");
    assert.equal(made.same, true);
    assert.deepEqual(made.unreadable, ["ERR_NOT_EXTRACTABLE", "privateKey"]);
    assert.deepEqual(made.wrongPassphrase, ["ERR_PASSPHRASE", "passphrase"]);
    assert.deepEqual(made.noHost, ["ERR_INVALID_ALT_NAME", "server.commonName"]);
  });

  test(`${name}: the page makes all files with one click`, { skip: engine.skip }, async (t) => {
    const made = await runIn(t, engine, `async () => {
      const frame = document.createElement("iframe");
      frame.src = "/";
      frame.width = 1200;
      frame.height = 800;
      document.body.append(frame);
      await new Promise((resolve) => (frame.onload = resolve));
      const page = frame.contentDocument;
      const until = async (found) => {
        for (let i = 0; i < 600; i++, await new Promise((resolve) => setTimeout(resolve, 50))) if (found()) return;
        throw new Error("waited in vain for " + found);
      };
      await until(() => page.querySelector("#make:enabled"));
      page.querySelector("#make").click();
      await until(() => page.querySelectorAll('#result [download$=".p12"]').length);
      const links = [...page.querySelectorAll("#result a[download]")];
      const text = async (name) => (await fetch(links.find(({ download }) => download === name).href)).text();
      const names = links.map(({ download }) => download).filter((name) => /\\.(key|crt)$/.test(name));
      return { files: Object.fromEntries(await Promise.all(names.map(async (name) => [name, await text(name)]))), failure: page.querySelector("#failure").textContent };
    }`);
    assertChain(made.files);
    assert.equal(made.failure, "");
  });
}
