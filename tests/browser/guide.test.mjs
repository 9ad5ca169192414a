// The guide by clicking: make in the page, download, start app_bob.js on the files, and curl gets in.

import assert from "node:assert/strict";
import { copyFile, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { issueCertificate } from "../../pkg/index.js";
import { APP_BOB, curl, run, startAppBob, temporaryFolder } from "./support/app_bob.mjs";
import { skip } from "./support/browser.mjs";
import { downloadAll, downloadEach, form, make, openPage } from "./support/page.mjs";

const PARTIES = ["amy_client.crt", "amy_client.csr", "amy_client.key", "bob_server.crt", "bob_server.csr", "bob_server.key"];

test("the defaults, untouched: one CA", { skip }, async (t) => {
  const { page } = await openPage(t);
  await make(page);
  const folder = await temporaryFolder(t);
  assert.deepEqual(await downloadEach(page, folder), [...PARTIES, "amy_client.p12", "ca.crt", "ca.key"].sort());
  await copyFile(APP_BOB, join(folder, "app_bob.js"));
  await onlyAmyGetsIn(t, page, folder, "ca.crt");
});

test("distinct CAs", { skip }, async (t) => {
  const { page } = await openPage(t);
  await form(page).getByLabel("Distinct CAs").check();
  await make(page);
  const { folder, names } = await downloadAll(page, await temporaryFolder(t));
  const more = ["README.txt", "amy_client.mjs", "amy_client.p12", "app_bob.js"];
  assert.deepEqual(names, [...PARTIES, ...more, "amy_ca.crt", "amy_ca.key", "bob_ca.crt", "bob_ca.key"].sort());
  const bob = await onlyAmyGetsIn(t, page, folder, "bob_ca.crt");

  // Crosswise: Amy does not trust Bob by her own CA, and Bob does not let in whom his own CA signed.
  assert.equal((await curl(folder, bob.url, { ca: "amy_ca.crt", client: "amy_client" })).code, 60);
  const [request, certificate, privateKey] = await Promise.all(
    ["amy_client.csr", "bob_ca.crt", "bob_ca.key"].map((name) => readFile(join(folder, name))),
  );
  const crossed = await issueCertificate({ request, authority: { certificate, privateKey }, profile: "client" });
  await writeFile(join(folder, "crossed.crt"), crossed.certificate);
  await copyFile(join(folder, "amy_client.key"), join(folder, "crossed.key"));
  const refused = await curl(folder, bob.url, { ca: "bob_ca.crt", client: "crossed" });
  assert.notEqual(refused.code, 0);
  assert.equal(refused.stdout, "");
  await bob.logged(/refused .*: its certificate is not from the CA\n/);
});

for (const [label, algorithm] of [
  ["ECDSA P-384", /id-ecPublicKey[^]*384 bit/],
  ["Ed25519", /ED25519/],
  ["RSA 2048", /rsaEncryption[^]*2048 bit/],
]) {
  test(`names, days and ${label} keys of one's own, TLS 1.3 only`, { skip }, async (t) => {
    const { page } = await openPage(t);
    await form(page).getByLabel("Name of the CA").fill("Our CA");
    await form(page).getByLabel("Host name").fill("bob.example");
    await form(page).getByLabel("More names").fill("www.bob.example, 10.0.0.1\nlocalhost");
    await page.getByRole("button", { name: "Add another client" }).click();
    await form(page).getByLabel("Common name of client 2").fill("Zoë Müller");
    await form(page).getByLabel("Key type").selectOption({ label });
    await form(page).getByLabel("Valid for, in days").fill("30");
    await make(page);
    const { folder, names } = await downloadAll(page, await temporaryFolder(t));
    const zoes = [".crt", ".csr", ".key", ".mjs", ".p12"].map((ending) => `zoe_muller${ending}`);
    assert.deepEqual(names.filter((name) => name.startsWith("zoe")), zoes);

    const { stdout: text } = await run("openssl", ["x509", "-in", "bob_server.crt", "-noout", "-text"], folder);
    assert.match(text, algorithm);
    assert.match(text, /Issuer: CN = Our CA\n/);
    assert.match(text, /DNS:bob\.example, DNS:www\.bob\.example, IP Address:10\.0\.0\.1, DNS:localhost\n/);
    const month = ["-checkend", String(31 * 24 * 3600)];
    assert.equal((await run("openssl", ["x509", "-in", "bob_server.crt", "-noout", ...month], folder)).code, 1);

    const bob = await startAppBob(t, folder, { app: "app_bob.js", flags: ["--tls-min-v1.3"] });
    // The page's own commands, in a shell, one for each client.
    for (const name of ["amy-client", "Zoë Müller"]) {
      const { stdout, stderr } = await runCurlOf(page, name, bob, folder);
      assert.equal(stdout, `Hello ${name}, your certificate let you in.\n`, stderr);
      const byNode = await runNodeOf(page, name, bob, folder);
      assert.equal(byNode.stdout, `Hello ${name}, your certificate let you in.\n`, byNode.stderr);
    }
    const old = await runCurlOf(page, "amy-client", bob, folder, "--tls-max 1.2");
    assert.notEqual(old.code, 0);
    await bob.logged(/speaks only an older TLS/);
  });
}

test("an IPv6 address as the server's name", { skip }, async (t) => {
  const { page } = await openPage(t);
  await form(page).getByLabel("Host name").fill("::1");
  await make(page);
  assert.match(await commandFor(page, "amy-client"), /'https:\/\/\[::1\]:3000'$/);
});

test("the .zip runs as it is, and its README says how", { skip }, async (t) => {
  const { page } = await openPage(t);
  await make(page);
  const { folder } = await downloadAll(page, await temporaryFolder(t));
  const text = await readFile(join(folder, "README.txt"), "utf8");
  assert.ok(text.includes(await commandFor(page, "amy-client")), text);
  assert.ok(text.includes(await page.locator(".passphrase code").textContent()), text);
  assert.deepEqual(await readFile(join(folder, "app_bob.js")), await readFile(APP_BOB));
  const modes = async (...names) => Promise.all(names.map(async (name) => (await stat(join(folder, name))).mode & 0o777));
  assert.deepEqual(await modes("ca.key", "bob_server.key", "amy_client.key", "amy_client.p12", "README.txt"), Array(5).fill(0o600));
  assert.deepEqual(await modes("ca.crt", "app_bob.js"), [0o644, 0o644]);

  const bob = await onlyAmyGetsIn(t, page, folder, "ca.crt");
  const amy = await runNodeOf(page, "amy-client", bob, folder);
  assert.equal(amy.stdout, "Hello amy-client, your certificate let you in.\n", amy.stderr);
  // The same program with a certificate of another page's CA.
  await make(page);
  const other = await downloadAll(page, await temporaryFolder(t));
  await copyFile(join(folder, "ca.crt"), join(other.folder, "ca.crt"));
  const stranger = await runNodeOf(page, "amy-client", bob, other.folder);
  assert.notEqual(stranger.code, 0);
  await bob.logged(/refused .*: its certificate is not from the CA\n/);
});

async function onlyAmyGetsIn(t, page, folder, ca) {
  let bob;
  for (const flags of [["--tls-min-v1.3"], []]) {
    await bob?.stop();
    bob = await startAppBob(t, folder, { app: "app_bob.js", flags });
    const amy = await runCurlOf(page, "amy-client", bob, folder);
    assert.equal(amy.stdout, "Hello amy-client, your certificate let you in.\n", amy.stderr);
    const nobody = await curl(folder, bob.url, { ca });
    assert.notEqual(nobody.code, 0);
    assert.equal(nobody.stdout, "");
    await bob.logged(/refused .*: showed no certificate\n/);
  }
  return bob;
}

// As it stands in the page, but on the port that was free.
async function runCurlOf(page, name, bob, folder, more = "") {
  const command = (await commandFor(page, name)).replaceAll("3000", new URL(bob.url).port);
  return run("sh", ["-c", `${command} --silent --show-error --max-time 10 ${more}`], folder);
}

async function commandFor(page, name) {
  const choice = page.getByLabel("Call him as", { exact: true });
  if ((await choice.count()) > 0) await choice.selectOption({ label: name });
  return page.locator(".command").filter({ hasText: `Call him as ${name}.` }).locator("code").first().textContent();
}

// The file of the .zip, which is what the page shows, on the port that was free.
async function runNodeOf(page, name, bob, folder) {
  await commandFor(page, name);
  const command = await page.getByText(/^node \w+\.mjs$/).textContent();
  const file = command.replace("node ", "");
  const program = await readFile(join(folder, file), "utf8");
  assert.equal(await page.locator("details", { has: page.getByText(file, { exact: true }) }).locator("pre").textContent(), program);
  await writeFile(join(folder, `here_${file}`), program.replaceAll("3000", new URL(bob.url).port));
  return run(process.execPath, [`here_${file}`], folder);
}
