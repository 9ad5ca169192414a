// The clients' PKCS#12 files, as openssl opens them: with the passphrase that the page shows, and with no other.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { run, temporaryFolder } from "./support/app_bob.mjs";
import { skip } from "./support/browser.mjs";
import { downloadAll, importsMade, form, make, openPage } from "./support/page.mjs";

async function download(page, folder, name) {
  await importsMade(page);
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: `Download ${name}` }).click()]);
  assert.equal(saved.suggestedFilename(), name);
  await saved.saveAs(join(folder, name));
}

function open(folder, passphrase, name = "amy_client.p12") {
  return run("openssl", ["pkcs12", "-in", name, "-info", "-nodes", "-passin", `pass:${passphrase}`], folder);
}

for (const [place, algorithm, mac] of [
  ["Windows or Linux", /AES-256-CBC/, /MAC: sha256/],
  ["iPhone, iPad or Mac", /pbeWithSHA1And3-KeyTripleDES-CBC/, /MAC: sha1/],
  ["Android", /pbeWithSHA1And3-KeyTripleDES-CBC/, /MAC: sha1/],
  ["Java", /AES-256-CBC/, /MAC: sha256/],
]) {
  test(`for ${place}`, { skip }, async (t) => {
    const { page, complaints } = await openPage(t);
    await make(page);
    await page.getByLabel("To be imported in").selectOption({ label: place });
    const folder = await temporaryFolder(t);
    await download(page, folder, "amy_client.p12");
    const passphrase = await page.locator(".passphrase code").textContent();
    assert.match(passphrase, /^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    const { code, stdout, stderr } = await open(folder, passphrase);
    assert.equal(code, 0, stderr);
    assert.match(stderr, algorithm);
    assert.match(stderr, mac);
    assert.match(stdout, /friendlyName: amy-client/);
    assert.match(stdout, /subject=CN = amy-client/);
    assert.match(stdout, /BEGIN PRIVATE KEY/);
    for (const wrong of ["", "changeit", passphrase.slice(0, -1)]) {
      const refused = await open(folder, wrong);
      assert.notEqual(refused.code, 0, `"${wrong}"`);
      assert.doesNotMatch(refused.stdout, /PRIVATE KEY/);
    }
    assert.deepEqual(complaints, []);
  });
}

test("each client has a passphrase of its own, and the .zip the file for the chosen place", { skip }, async (t) => {
  const { page } = await openPage(t);
  await page.getByRole("button", { name: "Add another client" }).click();
  await form(page).getByLabel("Common name of client 2").fill("zoe");
  await make(page);
  await page.getByLabel("To be imported in").nth(1).selectOption({ label: "Android" });
  const [amys, zoes] = await page.locator(".passphrase code").allTextContents();
  assert.notEqual(amys, zoes);
  // At once: the .zip waits for what is still being made.
  const { folder } = await downloadAll(page, await temporaryFolder(t));
  assert.match((await open(folder, amys)).stderr, /AES-256-CBC/);
  assert.match((await open(folder, zoes, "zoe.p12")).stderr, /3-KeyTripleDES/);
  assert.notEqual((await open(folder, amys, "zoe.p12")).code, 0);
});

test("the page is not held up while they are made", { skip }, async (t) => {
  const { page } = await openPage(t);
  const longest = await page.evaluate(async () => {
    let longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    }).observe({ type: "longtask" });
    for (let count = 2; count <= 4; count++) {
      document.querySelector("#add-client").click();
      document.querySelector(`#client-${count - 1}`).value = `client-${count}`;
    }
    document.querySelector("#make").click();
    while (document.querySelectorAll('[download$=".p12"]').length < 4) await new Promise((resolve) => setTimeout(resolve, 50));
    return longest;
  });
  assert.ok(longest < 400, `${longest} ms`);
});

test("a file is handed over to be looked into, in memory", { skip }, async (t) => {
  const { page, requests } = await openPage(t);
  await make(page);
  await importsMade(page);
  await page.waitForLoadState("networkidle");
  const before = requests.length;
  await page.getByRole("button", { name: "Look inside bob_server.crt" }).click();
  await page.waitForFunction(() => !document.querySelector("#view-look-inside").hidden);
  assert.equal(await page.locator("#view-both-sides").isVisible(), false);
  assert.match(page.url(), /#look-inside$/);
  await page.locator("#view-look-inside").getByText("bob_server.crt").waitFor();
  assert.deepEqual(requests.slice(before), []);
});
