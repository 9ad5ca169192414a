// How the page behaves: it talks to no one, says what is wrong where it is wrong, works by keyboard, and lets no key get lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { temporaryFolder } from "./support/app_bob.mjs";
import { skip } from "./support/browser.mjs";
import { checkAccess } from "./support/machines.mjs";
import { downloadAll, downloadEach, importsMade, form, make, openPage } from "./support/page.mjs";

test("asks no one but its own origin, streams each wasm once and once for its Worker, stores no key, and complains of nothing", { skip }, async (t) => {
  const { address, page, context, requests, complaints } = await openPage(t);
  await make(page);
  await form(page).getByLabel("Distinct CAs").check();
  await make(page);
  await downloadEach(page, await temporaryFolder(t));
  const foreign = requests.filter((url) => !url.startsWith(address) && !url.startsWith("data:") && !url.startsWith(`blob:${address}`));
  assert.deepEqual(foreign, []);
  const wasm = requests.filter((url) => url.includes("wasm"));
  // By the page, and by its Worker.
  const count = (name) => wasm.filter((url) => url.endsWith(name)).length;
  assert.deepEqual([count("mtls_certs_bg.wasm"), count("in_page_bg.wasm")], [2, 2], wasm.join());
  assert.ok(!wasm.some((url) => url.includes("wasm-inline")), "the inlined copy was loaded too");
  assert.deepEqual(complaints, []);
  assert.deepEqual(await context.cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).length), 0);
  const [kept, passphrase] = await page.evaluate(() => [JSON.stringify(sessionStorage), document.querySelector(".passphrase code").textContent]);
  assert.ok(kept.includes("distinct"), kept);
  assert.ok(!kept.includes("KEY") && !kept.includes(passphrase), kept);
});

test("its policy forbids other hosts and inline scripts", { skip }, async (t) => {
  const { page, complaints } = await openPage(t);
  await page.evaluate(() => fetch("https://example.org/").catch(() => {}));
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => window.injected), undefined);
  for (const directive of [/violates .*"connect-src 'self'"/, /violates .*script-src 'self' 'wasm-unsafe-eval'/]) {
    assert.ok(complaints.some((text) => directive.test(text)), `${directive}: ${complaints.join()}`);
  }
});

test("works offline once it has loaded", { skip }, async (t) => {
  const { page, context } = await openPage(t);
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await make(page);
  await importsMade(page);
  assert.equal(await page.getByRole("link", { name: "Download amy_client.p12" }).count(), 1);
  await downloadAll(page, await temporaryFolder(t));
});

test("says what is wrong beside the field, and works after the correction", { skip }, async (t) => {
  const { page } = await openPage(t);
  for (const { label, bad, message, good } of [
    { label: "Host name", bad: "", message: /empty/, good: "localhost" },
    { label: "Host name", bad: "ex ample.com", message: /no host name/, good: "localhost" },
    { label: "More names", bad: "bob.example, ex ample.com", message: /^“ex ample\.com” .*no host name/, good: "" },
    { label: "Name of the CA", bad: " ", message: /empty/, good: "my-ca" },
    { label: "Common name", bad: "", message: /empty/, good: "amy-client" },
    { label: "Valid for, in days", bad: "0", message: /from 1 to/, good: "365" },
    { label: "Valid for, in days", bad: "", message: /./, good: "365" },
    { label: "Valid for, in days", bad: "a year", message: /./, good: "365" },
    { label: "Valid for, in days", bad: "99999999", message: /./, good: "365" },
    { label: "Valid for, in days", bad: "1.5", message: /no whole number/, good: "365" },
    // Numbers to JavaScript, and to nobody else.
    { label: "Valid for, in days", bad: "1e2", message: /no whole number/, good: "365" },
    { label: "Valid for, in days", bad: "0x1f", message: /no whole number/, good: "365" },
  ]) {
    const input = form(page).getByLabel(label, { exact: label === "Common name" });
    await input.fill(bad);
    await page.getByRole("button", { name: "Make certificates" }).click();
    const error = page.locator(".error");
    await error.waitFor();
    const about = `${label}: "${bad}"`;
    const said = await error.textContent();
    assert.match(said, message, about);
    assert.doesNotMatch(said, /commonName|altNames|undefined|NaN|\bdays:/, about);
    assert.equal(await input.getAttribute("aria-invalid"), "true", about);
    const describedBy = (await input.getAttribute("aria-describedby")).split(" ");
    assert.ok(describedBy.includes(await error.getAttribute("id")), about);
    assert.ok(await input.evaluate((element) => element === document.activeElement), `${about} has the focus`);
    assert.equal(await page.locator("#result").isVisible(), false, about);

    await input.fill(good);
    assert.equal(await error.count(), 0, about);
    assert.equal(await input.getAttribute("aria-invalid"), null, about);
  }
  await make(page);
});

test("the second of several clients is the one that is marked", { skip }, async (t) => {
  const { page } = await openPage(t);
  await page.getByRole("button", { name: "Add another client" }).click();
  await page.getByRole("button", { name: "Make certificates" }).click();
  await page.locator(".error").waitFor();
  assert.equal(await form(page).getByLabel("Common name of client 2").getAttribute("aria-invalid"), "true");
  await page.getByRole("button", { name: "Remove client 2" }).click();
  assert.equal(await page.locator(".error").count(), 0);
  await make(page);
});

test("by keyboard alone", { skip }, async (t) => {
  const { page } = await openPage(t);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim());
  const tabTo = async (name) => {
    for (let count = 0; (await focused()) !== name; count++) {
      assert.ok(count < 30, `no way to "${name}"`);
      await page.keyboard.press("Tab");
    }
  };
  await tabTo("Make certificates");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /files made$/ }).waitFor();
  // The result has the focus, so that a screen reader goes on there.
  assert.equal(await focused(), "8 files made");
  await tabTo("Download bob_server.crt");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  assert.equal(download.suggestedFilename(), "bob_server.crt");
});

test("shows that it is at work, and does the work once", { skip }, async (t) => {
  const { page } = await openPage(t);
  await form(page).getByLabel("Key type").selectOption({ label: "RSA 2048" });
  // Told by the page itself, at the moment of the click.
  const seen = await page.evaluate(async () => {
    const button = document.querySelector("#make");
    const results = [];
    new MutationObserver(() => results.push(document.querySelector("#result-title").textContent)).observe(
      document.querySelector("#result"),
      { childList: true },
    );
    button.focus();
    button.click();
    button.click();
    document.querySelector("#form").requestSubmit();
    const disabled = () => button.getAttribute("aria-disabled") === "true";
    await new Promise((resolve) => setTimeout(resolve, 20));
    // A button that is really disabled would have lost the focus, to nowhere.
    const atWork = { text: button.textContent, disabled: disabled(), focused: document.activeElement.id };
    while (disabled()) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { atWork, results };
  });
  assert.deepEqual(seen, { atWork: { text: "Making…", disabled: true, focused: "make" }, results: ["8 files made"] });
});

test("makes no keys in place of unsaved ones by a slip", { skip }, async (t) => {
  const { page } = await openPage(t);
  await make(page);
  const passphrase = page.locator(".passphrase code");
  const before = await passphrase.textContent();
  const failure = page.locator("#failure");
  // Held down, a key presses again and again.
  await form(page).getByLabel("Host name").focus();
  for (let pressed = 0; pressed < 3; pressed++) await page.keyboard.down("Enter");
  await page.keyboard.up("Enter");
  assert.match(await failure.textContent(), /^ca\.key, bob_server\.key and amy_client\.key, the keys below, are saved nowhere yet\..* once more, and they are gone\.$/);
  await page.waitForTimeout(300);
  assert.equal(await passphrase.textContent(), before);
  // Saved, they are asked for no more; and those that come then are guarded as well.
  await downloadAll(page, await temporaryFolder(t));
  assert.equal(await failure.textContent(), "");
  await form(page).getByLabel("Host name").press("Enter");
  await page.waitForFunction((old) => document.querySelector(".passphrase code").textContent !== old, before);
  const next = await passphrase.textContent();
  const button = page.getByRole("button", { name: "Make certificates" });
  await button.dblclick();
  await page.getByText("are saved nowhere yet").waitFor();
  await page.waitForTimeout(300);
  assert.equal(await passphrase.textContent(), next);
  await button.click();
  await page.waitForFunction((old) => document.querySelector(".passphrase code").textContent !== old, next);
});

test("asks before keys are lost, and only then", { skip }, async (t) => {
  const { page } = await openPage(t);
  const asked = [];
  page.on("dialog", async (dialog) => (asked.push(dialog.type()), await dialog.accept()));
  await make(page);
  assert.match(await page.locator("#unsaved").textContent(), /^Only in this tab.*ca\.key, bob_server\.key, amy_client\.key\.$/);
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
  await make(page);
  await downloadEach(page, await temporaryFolder(t));
  assert.equal(await page.locator("#unsaved").textContent(), "All keys are saved.");
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
  await make(page);
  await downloadAll(page, await temporaryFolder(t));
  assert.equal(await page.locator("#unsaved").textContent(), "All keys are saved.");
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
});

test("copies a file, and a passphrase", { skip }, async (t) => {
  const { page, context } = await openPage(t);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await make(page);
  await page.getByRole("button", { name: "Copy ca.crt" }).click();
  await page.getByText("Copied", { exact: true }).waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^-----BEGIN CERTIFICATE-----\n/);
  await page.getByRole("button", { name: "Copy the passphrase of amy_client.p12" }).click();
  const passphrase = await page.locator(".passphrase code").textContent();
  await page.waitForFunction(async (wanted) => (await navigator.clipboard.readText()) === wanted, passphrase);
});

test("what can't be copied is selected where it stands, else there is the download", { skip }, async (t) => {
  const { page } = await openPage(t);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"));
    document.execCommand = () => false;
  });
  await make(page);
  await page.getByRole("button", { name: "Copy the passphrase of amy_client.p12" }).click();
  await page.getByText("Selected: copy it", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => getSelection().toString()), await page.locator(".passphrase code").textContent());
  await page.getByRole("button", { name: "Copy ca.key" }).click();
  await page.getByText("Download it instead", { exact: true }).waitFor();
  assert.match(await page.locator("#unsaved").textContent(), /ca\.key/);
});

test("clients of one name are told apart by their files", { skip }, async (t) => {
  const { page } = await openPage(t);
  for (const count of [2, 3]) {
    await page.getByRole("button", { name: "Add another client" }).click();
    await form(page).getByLabel(`Common name of client ${count}`).fill(count === 2 ? "zoe" : "amy-client");
  }
  await make(page);
  assert.deepEqual(await page.getByLabel("Call him as", { exact: true }).locator("option").allTextContents(), ["amy-client (amy_client)", "zoe", "amy-client (amy_client_2)"]);
});

test("the files of many clients are folded away, and in the .zip", { skip }, async (t) => {
  const { page } = await openPage(t);
  for (let count = 2; count <= 7; count++) {
    await page.getByRole("button", { name: "Add another client" }).click();
    await form(page).getByLabel(`Common name of client ${count}`).fill(`client-${count}`);
  }
  await make(page);
  const last = page.getByRole("link", { name: "Download client_7.key" });
  assert.equal(await last.isVisible(), false);
  await page.getByText("2 more clients").click();
  await last.waitFor();
  const { names } = await downloadAll(page, await temporaryFolder(t));
  assert.ok(names.includes("client_7.key"), names.join());
  assert.equal(await page.locator("#unsaved").textContent(), "All keys are saved.");
});

test("the address says which view is shown; what is handed over is for step by step", { skip }, async (t) => {
  const { address, page } = await openPage(t);
  const shown = () => page.locator(".view:not([hidden])").evaluateAll((views) => views.map(({ id }) => id));
  assert.deepEqual(await shown(), ["view-both-sides"]);
  for (const [name, id] of [["Step by step", "view-step-by-step"], ["Look inside", "view-look-inside"], ["Both sides", "view-both-sides"]]) {
    await page.getByRole("navigation").getByRole("link", { name }).click();
    await page.waitForFunction((id) => !document.getElementById(id).hidden, id);
    assert.deepEqual(await shown(), [id]);
    assert.equal(await page.getByRole("navigation").locator("[aria-current]").textContent(), name);
    assert.match(await page.title(), new RegExp(`^${name}`));
  }
  await page.goBack();
  assert.deepEqual(await shown(), ["view-look-inside"]);
  await page.goto(`${address}#request=abc`);
  assert.deepEqual(await shown(), ["view-step-by-step"]);
  await page.goto("about:blank");
  await page.goto(`${address}#look-inside`);
  assert.deepEqual(await shown(), ["view-look-inside"]);
  // A place below every view is shown below this one; what is nothing at all is the way to the first.
  await page.goto(`${address}#trust`);
  await page.waitForFunction(() => document.getElementById("trust").getBoundingClientRect().top < innerHeight);
  assert.deepEqual(await shown(), ["view-look-inside"]);
  await page.goto(`${address}#nonsense`);
  assert.deepEqual(await shown(), ["view-both-sides"]);
});

test("a reload keeps what was typed, and no key", { skip }, async (t) => {
  const { page } = await openPage(t);
  page.on("dialog", (dialog) => dialog.accept());
  await form(page).getByLabel("Distinct CAs").check();
  await form(page).getByLabel("Name of Amy’s CA").fill("hers");
  await form(page).getByLabel("Host name").fill("bob.example");
  await page.getByRole("button", { name: "Add another client" }).click();
  await form(page).getByLabel("Common name of client 2").fill("zoe");
  await form(page).getByLabel("Key type").selectOption({ label: "ECDSA P-384" });
  await make(page);
  await page.reload();
  assert.equal(await page.locator("#result").isVisible(), false);
  assert.equal(await form(page).getByLabel("Distinct CAs").isChecked(), true);
  assert.equal(await form(page).getByLabel("Name of Amy’s CA").inputValue(), "hers");
  assert.equal(await form(page).getByLabel("Host name").inputValue(), "bob.example");
  assert.equal(await form(page).getByLabel("Common name of client 2").inputValue(), "zoe");
  assert.equal(await form(page).getByLabel("Key type").inputValue(), "ecdsa-p384");
  await page.getByRole("button", { name: "Back to the defaults" }).click();
  assert.equal(await form(page).getByLabel("One CA").isChecked(), true);
  assert.equal(await form(page).getByLabel("Host name").inputValue(), "localhost");
  assert.equal(await page.locator("#clients input").count(), 1);
  await page.reload();
  assert.equal(await form(page).getByLabel("Host name").inputValue(), "localhost");
});

test("what takes long can be cancelled", { skip }, async (t) => {
  const { page } = await openPage(t);
  await form(page).getByLabel("Key type").selectOption({ label: "RSA 4096" });
  await page.getByRole("button", { name: "Make certificates" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Make certificates" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "make");
  assert.equal(await page.locator("#result").isVisible(), false);
  assert.equal(await page.locator("#failure").textContent(), "");
  await form(page).getByLabel("Key type").selectOption({ label: "ECDSA P-256" });
  await make(page);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds no fault, ${colorScheme}, from phone to desktop`, { skip }, async (t) => {
    const { page } = await openPage(t, { colorScheme, viewport: { width: 360, height: 800 } });
    const check = (when) => checkAccess(page, when);
    await check("at first");
    await form(page).getByLabel("Distinct CAs").check();
    await form(page).getByLabel("Host name").fill("ex ample.com");
    await page.getByRole("button", { name: "Make certificates" }).click();
    await page.locator(".error").waitFor();
    await check("with an error");
    await form(page).getByLabel("Host name").fill("a-rather-long-name-of-a-server.some-department.bob.example");
    await make(page);
    await importsMade(page);
    for (const summary of await page.locator("summary").all()) await summary.click();
    await check("with a result");
    await page.setViewportSize({ width: 1280, height: 800 });
    await check("on a desktop");
    for (const view of ["Step by step", "Look inside"]) {
      await page.getByRole("navigation").getByRole("link", { name: view }).click();
      await check(view);
      await page.setViewportSize({ width: 360, height: 800 });
      await check(`${view}, on a phone`);
    }
  });
}
