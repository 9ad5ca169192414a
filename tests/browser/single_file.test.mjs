// The page as one file: from file://, with the network off, it does what the page does, and connects to nobody.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { curl, run, startAppBob, temporaryFolder } from "./support/app_bob.mjs";
import { openContext, skip } from "./support/browser.mjs";
import { downloadAll, downloadEach, make } from "./support/page.mjs";
import { startServer } from "./support/server.mjs";

const SCRIPT = fileURLToPath(new URL("../../xtask/single_file.mjs", import.meta.url));

/** Made anew, from the page as it is here. */
async function singleFile(t) {
  const folder = await temporaryFolder(t);
  const file = join(folder, "mtls-certs.html");
  const { code, stderr } = await run(process.execPath, [SCRIPT, file], folder);
  assert.equal(code, 0, stderr);
  return file;
}

async function open(t, { url, offline = false, flags = [] }) {
  const context = await openContext(t, {}, flags);
  await context.setOffline(offline);
  const page = await context.newPage();
  const [requests, complaints] = [[], []];
  context.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(url);
  return { page, context, requests, complaints };
}

test("from file://, with the network off, it makes the guide's files, and asks nobody for anything", { skip }, async (t) => {
  const file = await singleFile(t);
  const { page, requests, complaints } = await open(t, { url: pathToFileURL(file).href, offline: true });
  await make(page);
  const folder = await temporaryFolder(t);
  const names = await downloadEach(page, folder);
  for (const name of ["ca.crt", "ca.key", "bob_server.crt", "bob_server.key", "amy_client.crt", "amy_client.key"]) assert.ok(names.includes(name), names.join());
  const { url, logged } = await startAppBob(t, folder);
  const answer = await curl(folder, url, { ca: "ca.crt", client: "amy_client" });
  assert.equal(answer.code, 0, answer.stderr);
  await logged(/amy-client/);
  assert.deepEqual(requests.filter((url) => !/^(file|blob|data):/.test(url)), []);
  assert.deepEqual(requests.filter((url) => url.startsWith("file:")), [pathToFileURL(file).href]);
  assert.deepEqual(complaints, []);
});

test("its policy allows its own script and style by their hashes, and no connection at all", { skip }, async (t) => {
  const file = await singleFile(t);
  const html = await readFile(file, "utf8");
  const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html);
  for (const tag of ["script", "style"]) {
    const [, text] = new RegExp(`<${tag}(?: type="module")?>([^]*?)</${tag}>`).exec(html);
    assert.ok(policy.includes(`${tag}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`), tag);
  }
  assert.match(policy, /^default-src 'none';/);
  assert.doesNotMatch(policy, /connect-src|unsafe-inline|'unsafe-eval'|https?:/);
  const address = await startServer(t);
  const { page, complaints } = await open(t, { url: pathToFileURL(file).href });
  assert.equal(await page.evaluate((url) => fetch(url).then(() => "connected", () => "refused"), address), "refused");
  await page.evaluate(() => document.body.append(Object.assign(document.createElement("script"), { textContent: "window.injected = true" })));
  assert.equal(await page.evaluate(() => window.injected), undefined);
  assert.ok(complaints.some((text) => /connect-src|default-src/.test(text)), complaints.join());
});

test("it shows the digests of the wasms in it, which are those of pkg/dist", { skip }, async (t) => {
  const { page } = await open(t, { url: pathToFileURL(await singleFile(t)).href, offline: true });
  await page.getByText("Check what runs").click();
  for (const name of ["mtls_certs_bg.wasm", "in_page_bg.wasm"]) {
    const bytes = await readFile(new URL(`../../pkg/dist/${name}`, import.meta.url));
    await page.getByText(createHash("sha256").update(bytes).digest("hex")).waitFor();
  }
  assert.equal(await page.getByText("is what the build recorded").count(), 2);
  assert.equal(await page.getByText("is NOT what").count(), 0);
});

test("step by step from file://: links are pasted, and a CA is kept over a reload", { skip }, async (t) => {
  const url = pathToFileURL(await singleFile(t)).href;
  const { page: amy, complaints } = await open(t, { url: `${url}#step-by-step`, offline: true });
  await amy.getByRole("radio", { name: "Amy, the client" }).check();
  await amy.getByRole("button", { name: "Make key and request" }).locator("visible=true").click();
  const link = await amy.getByRole("textbox", { name: "Link for the CA" }).inputValue();
  const { page: ca } = await open(t, { url: `${url}#step-by-step`, offline: true });
  await ca.getByRole("checkbox", { name: "Keep it in this browser" }).check();
  await ca.getByRole("button", { name: "Make the CA" }).click();
  await ca.getByRole("heading", { name: "my-ca is ready to sign" }).waitFor();
  await ca.reload();
  await ca.getByRole("button", { name: "Use my-ca" }).click();
  await ca.getByRole("heading", { name: "my-ca is ready to sign" }).waitFor();
  // The CA takes other things too, in other places.
  const requests = ca.locator(".drop-zone", { has: ca.getByText("A request to sign", { exact: true }) });
  await requests.getByRole("button", { name: "Paste text" }).click();
  await requests.getByLabel("A request to sign, as text").fill(link);
  await requests.getByRole("button", { name: "Take it" }).click();
  await ca.getByRole("button", { name: "Sign it" }).click();
  const back = await ca.getByRole("textbox", { name: "Link to send back" }).first().inputValue();
  await amy.getByRole("button", { name: "Paste text" }).locator("visible=true").click();
  await amy.getByLabel("The certificate for Amy, as text").fill(back);
  await amy.getByRole("button", { name: "Take it" }).locator("visible=true").click();
  await amy.getByRole("heading", { name: "They belong together" }).waitFor();
  assert.deepEqual(complaints, []);
});

test("over plain http, where there is no WebCrypto, it makes RSA keys too, without a Worker for them", { skip }, async (t) => {
  const file = await singleFile(t);
  const body = await readFile(file);
  const address = await startServer(t, { more: { "/one.html": { headers: { "content-type": "text/html" }, body } } });
  const { page } = await open(t, { url: `http://bob.example:${new URL(address).port}/one.html`, flags: ["--host-resolver-rules=MAP bob.example 127.0.0.1"] });
  assert.equal(await page.evaluate(() => window.isSecureContext), false);
  await page.getByLabel("Key type").first().selectOption({ label: "RSA 2048" });
  await page.getByRole("button", { name: "Make certificates" }).click();
  await page.getByRole("heading", { name: /files made$/ }).waitFor({ timeout: 240_000 });
});

test("the page links to it", { skip }, async (t) => {
  const body = await readFile(await singleFile(t));
  const more = { "/dist/mtls-certs.html": { headers: { "content-type": "text/html" }, body } };
  const { page } = await open(t, { url: await startServer(t, { more }) });
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download mtls-certs.html" }).click()]);
  assert.equal(download.suggestedFilename(), "mtls-certs.html");
  assert.deepEqual(await readFile(await download.path()), body);
});

test("\"Download all\" from file:// has app_bob.js and the PKCS#12 file, and runs", { skip }, async (t) => {
  const file = await singleFile(t);
  const { page, complaints } = await open(t, { url: pathToFileURL(file).href, offline: true });
  await make(page);
  const { folder, names } = await downloadAll(page, await temporaryFolder(t));
  assert.ok(names.includes("amy_client.p12"), names.join());
  const { url, logged } = await startAppBob(t, folder, { app: "app_bob.js" });
  const answer = await curl(folder, url, { ca: "ca.crt", client: "amy_client" });
  assert.equal(answer.stdout, "Hello amy-client, your certificate let you in.\n", answer.stderr);
  assert.notEqual((await curl(folder, url, { ca: "ca.crt" })).code, 0);
  await logged(/showed no certificate/);
  assert.deepEqual(complaints, []);
});
