// The platform's crypto and in-page crypto in a real browser: keys that no script can read, pages that go on while a call works,
// pages over plain http where there is no WebCrypto, and which of the two wasms is loaded.

import assert from "node:assert/strict";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run, temporaryFolder } from "./support/app_bob.mjs";
import { openContext, skip } from "./support/browser.mjs";
import { form, make } from "./support/page.mjs";
import { startServer } from "./support/server.mjs";

/** A host without TLS that is not this one, so that browsers give it no WebCrypto. */
const PLAIN = "plain.example";
const WATCH = await readFile(new URL("support/watch.js", import.meta.url));
/** What only in-page crypto needs. */
const IN_PAGE = /^\/pkg\/dist\/in[-_]page/;

/**
 * An empty page with the package as `certs`, and what was asked of its server. `csp` is its policy, `host` the name that it is
 * called by, `script` a bundle in place of the modules.
 */
async function openEmpty(t, { host = "localhost", csp, script = WATCH } = {}) {
  const asked = [];
  const html = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/watch.js"></script>`;
  const more = {
    "/empty": { headers: { "content-type": "text/html", ...(csp && { "content-security-policy": csp }) }, body: html },
    "/watch.js": { headers: { "content-type": "text/javascript" }, body: script },
  };
  const address = (await startServer(t, { asked, more })).replace("localhost", host);
  const { page, context } = await openBrowser(t);
  await page.goto(`${address}empty`);
  await page.waitForFunction(() => window.watched);
  return { address, page, context, asked };
}

async function openBrowser(t) {
  const context = await openContext(t, {}, [`--host-resolver-rules=MAP ${PLAIN} 127.0.0.1`]);
  return { context, page: await context.newPage() };
}

const issuedBy = (certificate, authority) => {
  const [leaf, ca] = [certificate, authority].map((pem) => new X509Certificate(pem));
  return leaf.checkIssued(ca) && leaf.verify(ca.publicKey);
};

for (const algorithm of ["ecdsa-p256", "rsa-2048"]) {
  test(`a CA on an ${algorithm} key that no script can read outlives the page in IndexedDB`, { skip }, async (t) => {
    const { page } = await openEmpty(t);
    const authority = await page.evaluate(async (algorithm) => {
      const { privateKey } = await certs.generateKeyPair({ algorithm, extractable: false });
      const { certificate, privateKey: kept } = await certs.createAuthority({ subject: "CN=my-ca", privateKey });
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open("ca", 1);
        opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
        opening.onsuccess = () => {
          const transaction = opening.result.transaction("keys", "readwrite");
          transaction.objectStore("keys").put({ certificate, privateKey: kept }, "ca");
          transaction.oncomplete = resolve;
          transaction.onabort = () => reject(transaction.error);
        };
      });
      return certificate;
    }, algorithm);

    await page.reload();
    await page.waitForFunction(() => window.watched);
    const seen = await page.evaluate(async () => {
      const authority = await new Promise((resolve) => {
        const opening = indexedDB.open("ca", 1);
        opening.onsuccess = () => {
          const reading = opening.result.transaction("keys").objectStore("keys").get("ca");
          reading.onsuccess = () => resolve(reading.result);
        };
      });
      const amy = await certs.generateKeyPair();
      const { request } = await certs.createRequest({ subject: "CN=amy", profile: "client", privateKey: amy.privateKey });
      const { certificate } = await certs.issueCertificate({ request, authority });
      const refused = (call) => call.then(() => undefined, ({ code, field, message }) => ({ code, field, message }));
      const { privateKey } = authority;
      return {
        certificate,
        extractable: privateKey.privateKey.extractable,
        exported: await refused(certs.convertKey({ privateKey, format: "pkcs8" })),
        byThePlatform: await crypto.subtle.exportKey("pkcs8", privateKey.privateKey).then(() => true, () => false),
      };
    });
    assert.ok(issuedBy(seen.certificate, authority));
    assert.equal(seen.extractable, false);
    assert.equal(seen.byThePlatform, false);
    assert.deepEqual([seen.exported.code, seen.exported.field], ["ERR_NOT_EXTRACTABLE", "privateKey"]);
    assert.match(seen.exported.message, /extractable: false/);
  });
}

// By tasks and not by the clock, and with the best of three, for on a busy machine any task may be made to wait. What is too long
// by nature is so each time.
const CALLS = {
  "createMutualTls of rsa-2048": () => certs.createMutualTls({ algorithm: "rsa-2048" }).then(({ files }) => Object.keys(files).length),
  "createMutualTls for 200 clients": () => {
    const clients = Array.from({ length: 200 }, (_, i) => ({ commonName: `device-${i}` }));
    return certs.createMutualTls({ clients }).then(({ files }) => Object.keys(files).length);
  },
  "issueCertificates of 500 requests": async () => {
    const { authority, requests } = window.fleet;
    const results = await certs.issueCertificates({ authority, requests });
    return results.filter(({ certificate }) => certificate).length;
  },
  "a CA whose key is under a passphrase": async () => {
    const passphrase = "correct horse";
    const { privateKey } = await certs.generateKeyPair({ passphrase, iterations: 1_000_000 });
    const authority = await certs.createAuthority({ subject: "CN=ca", privateKey: { pem: privateKey, passphrase } });
    const wrong = await certs.createAuthority({ subject: "CN=ca", privateKey: { pem: privateKey, passphrase: "wrong" } }).catch(({ code, field }) => ({ code, field }));
    return [authority.privateKey.split("\n")[0], wrong.code, wrong.field].join(" ");
  },
};

test("with WebCrypto no call holds the page for more than 50 ms", { skip }, async (t) => {
  const { page, asked } = await openEmpty(t);
  await page.evaluate(async () => {
    await certs.init();
    const authority = await certs.createAuthority({ subject: "CN=fleet-ca" });
    const { privateKey } = await certs.generateKeyPair();
    const requests = [];
    for (let i = 0; i < 500; i++) requests.push((await certs.createRequest({ subject: `CN=device-${i}`, profile: "client", privateKey })).request);
    window.fleet = { authority, requests };
  });
  const made = { "createMutualTls of rsa-2048": 8, "createMutualTls for 200 clients": 605, "issueCertificates of 500 requests": 500, "a CA whose key is under a passphrase": "-----BEGIN PRIVATE KEY----- ERR_PASSPHRASE privateKey" };
  for (const [name, call] of Object.entries(CALLS)) {
    const tries = [];
    do {
      const { result, error, ...times } = await page.evaluate(`watched(${call})`);
      assert.equal(error, undefined, name);
      assert.equal(result, made[name], name);
      tries.push(times);
    } while (tries.at(-1).longest > 50 && tries.length < 3);
    t.diagnostic(`${name}: ${JSON.stringify(tries)}`);
    assert.ok(tries.at(-1).longest <= 50, `${name}: ${JSON.stringify(tries)}`);
  }
  assert.deepEqual(asked.filter((path) => IN_PAGE.test(path)), []);

  const busy = await page.evaluate(() => watched(async () => { for (const end = performance.now() + 80; performance.now() < end; ); }));
  assert.ok(busy.longest > 50 && busy.gap > 50, `the watch does not see what it is for: ${JSON.stringify(busy)}`);
});

test("PKCS#12 is made and read in a Worker, and the page goes on", { skip }, async (t) => {
  const { page, asked } = await openEmpty(t);
  const tries = [];
  do {
    const { result, error, ...times } = await page.evaluate(() => watched(async () => {
      await certs.init(undefined, { inPage: "/pkg/dist/in_page_bg.wasm" });
      const { files } = await certs.createMutualTls();
      const passphrase = "correct horse";
      const pkcs12 = await certs.createPkcs12({ certificate: files["amy_client.crt"], privateKey: files["amy_client.key"], passphrase });
      const read = await certs.readPkcs12({ pkcs12, passphrase });
      const refused = [];
      for (const call of [() => certs.readPkcs12({ pkcs12, passphrase: "wrong" }), () => certs.createPkcs12({ certificate: files["ca.crt"], privateKey: files["amy_client.key"], passphrase }), () => certs.createPkcs12({ oops: () => 1 })]) {
        refused.push(await call().catch((error) => [error instanceof certs.CertificateError, error.code, error.field]));
      }
      return [read.privateKey === files["amy_client.key"], read.certificate === files["amy_client.crt"], refused];
    }));
    assert.equal(error, undefined);
    assert.deepEqual(result, [true, true, [[true, "ERR_PASSPHRASE", "passphrase"], [true, "ERR_KEY_MISMATCH", "privateKey"], [true, "ERR_UNKNOWN_OPTION", "oops"]]]);
    tries.push(times);
  } while (tries.at(-1).longest > 50 && tries.length < 3);
  t.diagnostic(JSON.stringify(tries));
  assert.ok(tries.at(-1).longest <= 50, JSON.stringify(tries));
  assert.ok(asked.includes("/pkg/worker.js"));
});

test("over plain http there is no WebCrypto, and everything works but what needs it", { skip }, async (t) => {
  const { page, asked } = await openEmpty(t, { host: PLAIN });
  const seen = await page.evaluate(async () => {
    const { files, details } = await certs.createMutualTls();
    const authority = { certificate: files["ca.crt"], privateKey: files["ca.key"] };
    const { privateKey } = await certs.generateKeyPair({ algorithm: "ecdsa-p384" });
    const { request } = await certs.createRequest({ subject: "CN=amy", profile: "client", privateKey });
    const { certificate } = await certs.issueCertificate({ request, authority });
    const renewed = await certs.renewCertificate({ certificate, authority });
    const { details: list } = await certs.createRevocationList({ authority, revoked: [{ certificate, reason: "superseded" }] });
    const refused = (call) => call.then(() => undefined, ({ code, field }) => [code, field]);
    return {
      renewed: renewed.certificate,
      revoked: list.revoked.map(({ serialNumber }) => serialNumber),
      secure: [isSecureContext, typeof crypto.subtle],
      files,
      commonName: details["amy_client.crt"].subject.commonName,
      certificate,
      signatureValid: (await certs.inspect(request)).signatureValid,
      refused: await Promise.all([
        refused(certs.generateKeyPair({ crypto: "webcrypto" })),
        refused(certs.createMutualTls({ crypto: "webcrypto" })),
        refused(certs.createAuthority({ subject: "CN=x", crypto: "webcrypto" })),
        refused(certs.generateKeyPair({ extractable: false })),
      ]),
    };
  });
  assert.deepEqual(seen.secure, [false, "undefined"]);
  assert.equal(Object.keys(seen.files).length, 8);
  assert.equal(seen.commonName, "amy-client");
  assert.equal(seen.signatureValid, true);
  for (const certificate of [seen.files["bob_server.crt"], seen.files["amy_client.crt"], seen.certificate, seen.renewed]) {
    assert.ok(issuedBy(certificate, seen.files["ca.crt"]));
  }
  assert.deepEqual(seen.revoked, [new X509Certificate(seen.certificate).serialNumber]);
  const unavailable = (field) => ["ERR_CRYPTO_UNAVAILABLE", field];
  assert.deepEqual(seen.refused, [unavailable("crypto"), unavailable("crypto"), unavailable("crypto"), unavailable("extractable")]);
  assert.ok(!asked.includes("/pkg/worker.js"), "a Worker for keys that take no time");

  // Of a passphrase a key is derived, which takes its time.
  const { result, ...times } = await page.evaluate(() => watched(async () => {
    const passphrase = "correct horse";
    const pair = await certs.generateKeyPair({ passphrase, iterations: 200_000 });
    const sign = (passphrase) => certs.createRequest({ subject: "CN=amy", privateKey: { pem: pair.privateKey, passphrase } });
    return [(await certs.inspect((await sign(passphrase)).request)).signatureValid, await sign("wrong").catch(({ code, field }) => [code, field])];
  }));
  assert.deepEqual(result, [true, ["ERR_PASSPHRASE", "privateKey"]]);
  t.diagnostic(JSON.stringify(times));
  assert.ok(asked.includes("/pkg/worker.js"));
});

test("over plain http an RSA key is made in a Worker, and the page goes on", { skip }, async (t) => {
  const { page, asked } = await openEmpty(t, { host: PLAIN });
  // The wasm is there before: compiling it is not what is looked at.
  await page.evaluate(() => certs.createMutualTls());
  const workers = [];
  page.on("worker", (worker) => workers.push(worker));
  const tries = [];
  do {
    const { result, error, ...times } = await page.evaluate(() => watched(() => certs.generateKeyPair({ algorithm: "rsa-3072" }).then(({ privateKey }) => privateKey)));
    assert.equal(error, undefined);
    assert.equal(createPrivateKey(result).asymmetricKeyDetails.modulusLength, 3072);
    tries.push(times);
  } while (tries.at(-1).longest > 50 && tries.length < 3);
  t.diagnostic(JSON.stringify(tries));
  assert.ok(tries.at(-1).longest <= 50, JSON.stringify(tries));
  assert.equal(workers.length, tries.length);
  assert.deepEqual(page.workers(), [], "a Worker is left over");
  // The wasm goes there compiled.
  assert.deepEqual(asked.filter((path) => /^\/pkg\/dist\/in-page/.test(path)), ["/pkg/dist/in-page-inline.js"]);
});

test("a fleet with RSA keys takes no more Workers than there are cores", { skip }, async (t) => {
  const { page } = await openEmpty(t, { host: PLAIN });
  const clients = Array.from({ length: 6 }, (_, i) => ({ commonName: `device-${i}` }));
  const { count, most, cores } = await page.evaluate(async (clients) => {
    let [now, most] = [0, 0];
    window.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        most = Math.max(most, ++now);
      }
      terminate() {
        super.terminate();
        now--;
      }
    };
    const { files } = await certs.createMutualTls({ algorithm: "rsa-2048", clients });
    return { count: Object.keys(files).length, most, cores: navigator.hardwareConcurrency };
  }, clients);
  assert.equal(count, 5 + 3 * clients.length);
  assert.ok(most >= 1 && most <= cores, `${most} Workers on ${cores} cores`);
});

for (const [what, open, call] of [
  ["a key in a Worker", { host: PLAIN }, (signal) => certs.generateKeyPair({ algorithm: "rsa-4096", signal })],
  ["a whole createMutualTls in Workers", { host: PLAIN }, (signal) => certs.createMutualTls({ algorithm: "rsa-4096", signal })],
  ["a key of WebCrypto's", {}, (signal) => certs.generateKeyPair({ algorithm: "rsa-4096", signal })],
]) {
  test(`a signal stops ${what} at once`, { skip }, async (t) => {
    const { page } = await openEmpty(t, open);
    await page.evaluate(() => certs.createMutualTls());
    // An RSA key may be found by luck before the signal comes, but not each time.
    let seen;
    for (let tries = 0; tries < 5 && !seen?.error; tries++) {
      seen = await page.evaluate(`(async () => {
        const control = new AbortController();
        let stopped;
        setTimeout(() => { stopped = performance.now(); control.abort(); }, 100);
        const error = await (${call})(control.signal).then(() => undefined, ({ name }) => name);
        return { error, after: performance.now() - stopped };
      })()`);
    }
    assert.equal(seen.error, "AbortError");
    t.diagnostic(`rejects ${seen.after.toFixed(1)} ms after the signal`);
    assert.ok(seen.after < 100, `${seen.after} ms after the signal`);
    for (let waited = 0; page.workers().length > 0 && waited < 2000; waited += 20) await page.waitForTimeout(20);
    assert.deepEqual(page.workers(), []);
    assert.equal(await page.evaluate(() => certs.generateKeyPair().then(({ algorithm }) => algorithm)), "ecdsa-p256");
  });
}

test("a policy that forbids Workers costs the page its time, and no key", { skip }, async (t) => {
  const csp = "script-src 'self' 'wasm-unsafe-eval'; worker-src 'none'";
  const { page, asked } = await openEmpty(t, { host: PLAIN, csp });
  const { result, error } = await page.evaluate(() => watched(() => certs.generateKeyPair({ algorithm: "rsa-2048" }).then(({ privateKey }) => privateKey)));
  assert.equal(error, undefined);
  assert.equal(createPrivateKey(result).asymmetricKeyDetails.modulusLength, 2048);
  assert.ok(!asked.includes("/pkg/worker.js"));
});

test("a bundle that was served without the Worker's file makes the key itself", { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const index = fileURLToPath(new URL("../../pkg/index.js", import.meta.url));
  await writeFile(join(folder, "entry.js"), WATCH.toString().replace("/pkg/index.js", index));
  const esbuild = fileURLToPath(new URL("../node_modules/.bin/esbuild", import.meta.url));
  for (const format of ["esm", "iife"]) {
    const args = ["entry.js", "--bundle", "--minify", `--format=${format}`, "--outfile=watch.js", "--log-level=error"];
    const { code, stderr } = await run(esbuild, args, folder);
    assert.equal(code, 0, stderr);
    const { page, asked } = await openEmpty(t, { host: PLAIN, script: await readFile(join(folder, "watch.js")) });
    const made = await page.evaluate(() => certs.generateKeyPair({ algorithm: "rsa-2048" }).then(({ algorithm }) => algorithm));
    assert.equal(made, "rsa-2048");
    // Classic scripts have no address of their own to find it by.
    assert.equal(asked.includes("/worker.js"), format === "esm", format);
  }
});

test("with WebCrypto only the first wasm is loaded", { skip }, async (t) => {
  const { page, asked } = await openEmpty(t);
  await page.evaluate(async () => {
    await certs.init("/pkg/dist/mtls_certs_bg.wasm", { inPage: "/pkg/dist/in_page_bg.wasm" });
    for (const algorithm of ["ecdsa-p256", "ecdsa-p384", "rsa-2048", "ed25519"]) {
      const { privateKey, publicKey } = await certs.generateKeyPair({ algorithm });
      const authority = await certs.createAuthority({ subject: "CN=ca", algorithm });
      const { request } = await certs.createRequest({ subject: "CN=amy", profile: "client", privateKey });
      const { certificate } = await certs.issueCertificate({ request, authority });
      const { files } = await certs.createMutualTls({ algorithm });
      certs.forget();
      for (const material of [privateKey, publicKey, request, certificate, authority.certificate]) await certs.inspect(material);
      await certs.inspectAll(Object.values(files).join(""));
    }
    const { privateKey } = await certs.generateKeyPair({ passphrase: "x", iterations: 1000 });
    await certs.createRequest({ subject: "CN=amy", privateKey: { pem: privateKey, passphrase: "x" } });
  });
  assert.deepEqual(asked.filter((path) => path.startsWith("/pkg/dist/")).sort(), ["/pkg/dist/mtls_certs.js", "/pkg/dist/mtls_certs_bg.wasm"]);

  // Asked for, it comes from where init was told, once, for the Worker too.
  await page.evaluate(async () => {
    await certs.generateKeyPair({ crypto: "in-page" });
    await certs.generateKeyPair({ algorithm: "rsa-2048", crypto: "in-page" });
  });
  assert.ok(asked.includes("/pkg/worker.js"));
  assert.equal(asked.filter((path) => path === "/pkg/dist/in_page_bg.wasm").length, 1);
  assert.deepEqual(asked.filter((path) => path.includes("inline")), []);
});

test("the page over plain http makes RSA keys in Workers", { skip }, async (t) => {
  const asked = [];
  const address = (await startServer(t, { asked })).replace("localhost", PLAIN);
  const { page } = await openBrowser(t);
  const complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  await page.goto(address);
  await form(page).getByLabel("Key type").selectOption({ label: "RSA 2048" });
  await make(page);
  assert.ok(asked.includes("/pkg/worker.js"));
  assert.deepEqual(asked.filter((path) => path.includes("inline")), []);
  assert.deepEqual(complaints, []);
});
