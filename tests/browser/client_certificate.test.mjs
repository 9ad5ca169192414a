// A browser as the client: Chromium imports what the page made, by the page's own commands, and reaches app_bob.js over mutual TLS.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { access, constants, mkdir, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { chromium } from "playwright-core";
import { run, startAppBob, temporaryFolder } from "./support/app_bob.mjs";
import { CHROMIUM, FLAGS, skip as noBrowser } from "./support/browser.mjs";
import { downloadAll, form, make, openPage } from "./support/page.mjs";

// Debian's Chromium reads policies from here, and without one it would ask on the screen which certificate to show.
const POLICIES = "/etc/chromium/policies/managed";

const skip = noBrowser || (await reason());

async function reason() {
  for (const tool of ["certutil", "pk12util"]) {
    try {
      execFileSync(tool, ["-H"], { stdio: "ignore" });
    } catch (error) {
      if (error.code === "ENOENT") return `no ${tool} (Debian: libnss3-tools)`;
    }
  }
  if (!existsSync("/etc/chromium")) return "not Debian's Chromium, so that it can't be told by a policy which certificate to show";
  return access("/etc/chromium", constants.W_OK).then(() => false, () => "/etc/chromium can't be written: not root");
}

/** Lets Chromium show its certificate to this server without asking. What is written is gone after the test. */
async function showCertificatesTo(t, url) {
  const file = join(POLICIES, `mtls-certs-test-${process.pid}-${new URL(url).port}.json`);
  // Only this origin, for other browsers of this machine read the policy too.
  const choice = JSON.stringify({ pattern: new URL(url).origin, filter: {} });
  t.after(async () => {
    await rm(file, { force: true });
    // And the folders, where nobody else has put anything there.
    for (const folder of [POLICIES, dirname(POLICIES)]) await rmdir(folder).catch(() => {});
  });
  await mkdir(POLICIES, { recursive: true });
  await writeFile(file, JSON.stringify({ AutoSelectCertificateForUrls: [choice] }));
}

/** What a fresh Chromium gets from Bob, after commands in the folder of the files. */
async function visit(t, url, folder, commands) {
  const home = await temporaryFolder(t);
  const env = { ...process.env, HOME: home };
  await mkdir(join(home, ".pki/nssdb"), { recursive: true });
  await run("certutil", ["-d", `sql:${home}/.pki/nssdb`, "-N", "--empty-password"], folder);
  for (const command of commands) {
    const { code, stdout, stderr } = await run("env", [`HOME=${home}`, "sh", "-c", command], folder);
    assert.equal(code, 0, `${command}\n${stdout}${stderr}`);
  }
  const context = await chromium.launchPersistentContext(join(home, "profile"), { executablePath: CHROMIUM, args: FLAGS, env });
  try {
    const page = await context.newPage();
    await page.goto(url);
    return await page.textContent("body");
  } catch (error) {
    return /net::(ERR_\w+)/.exec(error.message)?.[1] ?? error.message;
  } finally {
    await context.close();
  }
}

/** The page's commands for Chromium on Linux; what pk12util asks for is answered. */
async function importCommands(page) {
  const place = page.locator("details", { has: page.getByText("Chromium and Chrome on Linux") });
  const [trust, import_] = await place.locator("code").allTextContents();
  const passphrase = await page.locator(".passphrase code").first().textContent();
  return { trust, import_: `${import_} -W ${passphrase} -K ''` };
}

for (const [authorities, algorithm] of [["One CA", "ECDSA P-256"], ["Distinct CAs", "RSA 2048"]]) {
  test(`${authorities}, ${algorithm}: Chromium gets in with what was imported, and not without`, { skip }, async (t) => {
    const { page } = await openPage(t);
    await form(page).getByLabel(authorities).check();
    await form(page).getByLabel("Key type").selectOption({ label: algorithm });
    await make(page);
    const { folder } = await downloadAll(page, await temporaryFolder(t));
    const { trust, import_ } = await importCommands(page);
    const bob = await startAppBob(t, folder, { app: "app_bob.js" });
    await showCertificatesTo(t, bob.url);

    assert.equal(await visit(t, bob.url, folder, [trust, import_]), "Hello amy-client, your certificate let you in.\n");
    await bob.logged(/let in .*: amy-client\n/);

    const without = await visit(t, bob.url, folder, [trust]);
    // Bob hangs up after the handshake: what of that Chromium sees first differs.
    assert.match(without, /^ERR_/);
    assert.notEqual(without, "ERR_CERT_AUTHORITY_INVALID");
    await bob.logged(/refused .*: showed no certificate\n/);
    // And Bob is not trusted where his CA isn't.
    assert.equal(await visit(t, bob.url, folder, [import_]), "ERR_CERT_AUTHORITY_INVALID");

    // A certificate from another page, under a CA of the same name.
    await make(page);
    const other = await downloadAll(page, await temporaryFolder(t));
    const strangers = await importCommands(page);
    const inBoth = [`cd '${other.folder}' && ${strangers.import_}`, trust];
    assert.match(await visit(t, bob.url, folder, inBoth), /^ERR_/);
  });
}
