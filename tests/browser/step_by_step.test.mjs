// Three people on three machines: requests and certificates travel as links or files, and no key does.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { createMutualTls, inspect, matchKey } from "../../pkg/index.js";
import { curl, startAppBob, temporaryFolder } from "./support/app_bob.mjs";
import { skip } from "./support/browser.mjs";
import { checkAccess, downloaded, give, openMachines, openssl } from "./support/machines.mjs";
import { ask, be, fragmentOf, makeAuthority, sign } from "./support/steps.mjs";

test("links there and back, three machines, and curl gets in", { skip }, async (t) => {
  const { machine, complaints } = await openMachines(t);
  const [bob, amy] = [await machine("#step-by-step"), await machine("#step-by-step")];
  const links = { bob: await ask(bob, "Bob, the server"), amy: await ask(amy, "Amy, the client") };
  const ca = await machine(fragmentOf(links.bob));
  await ca.getByRole("heading", { name: "localhost asks for a certificate" }).waitFor();
  // What it asks for is there to be read before anything is signed; and there is no CA yet to sign with.
  await ca.getByText("localhost, 127.0.0.1, ::1").waitFor();
  assert.equal(await ca.getByRole("radio", { name: "A server" }).isChecked(), true);
  assert.equal(await ca.getByRole("button", { name: "Sign it" }).isDisabled(), true);
  await makeAuthority(ca);
  const backToBob = await sign(ca, "localhost");
  await ca.evaluate((fragment) => (location.hash = fragment), fragmentOf(links.amy));
  const backToAmy = await sign(ca, "amy-client");
  for (const link of [...Object.values(links), backToBob, backToAmy]) assert.doesNotMatch(Buffer.from(fragmentOf(link)).toString("latin1"), /PRIVATE/);

  const folder = await temporaryFolder(t);
  for (const [page, link, base] of [[bob, backToBob, "bob_server"], [amy, backToAmy, "amy_client"]]) {
    await page.evaluate((fragment) => (location.hash = fragment), fragmentOf(link));
    await page.getByRole("heading", { name: "They belong together" }).waitFor();
    await page.getByText(/Accepted by whoever trusts/).waitFor();
    for (const name of [`${base}.key`, `${base}.crt`, "ca.crt"]) await writeFile(join(folder, name), await downloaded(page, name));
  }
  const { url, logged } = await startAppBob(t, folder);
  const answer = await curl(folder, url, { ca: "ca.crt", client: "amy_client" });
  assert.equal(answer.code, 0, answer.stderr);
  await logged(/amy-client/);
  assert.notEqual((await curl(folder, url, { ca: "ca.crt" })).code, 0);
  assert.deepEqual(complaints, []);
});

test("a link opened in another tab reaches the one where the key waits", { skip }, async (t) => {
  const { machine, tab } = await openMachines(t);
  const amy = await machine("#step-by-step");
  const link = await ask(amy, "Amy, the client");
  const ca = await machine(fragmentOf(link));
  await makeAuthority(ca);
  const back = fragmentOf(await sign(ca, "amy-client"));
  const second = await tab(amy.context(), back);
  await amy.getByRole("heading", { name: "They belong together" }).waitFor();
  await second.getByText("The tab where its key waits has taken it").waitFor();
});

test("after a reload the key's file is loaded again; another key is refused beside its field", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const amy = await machine("#step-by-step");
  await be(amy, "Amy, the client");
  await amy.getByLabel("Passphrase for the key’s file").locator("visible=true").fill("correct horse");
  const link = await ask(amy, "Amy, the client");
  const key = await downloaded(amy, "amy_client.key");
  assert.match(key, /ENCRYPTED PRIVATE KEY/);
  const ca = await machine(fragmentOf(link));
  await makeAuthority(ca);
  const back = fragmentOf(await sign(ca, "amy-client"));
  const later = await machine(back);
  await later.getByText("This tab has no key for it").locator("visible=true").waitFor();
  const { files } = await createMutualTls();
  await give(later, "amy_client.key", { "amy_client.key": files["amy_client.key"] });
  await later.getByText("This is another key than the one of the certificate").waitFor();
  await give(later, "amy_client.key", { "amy_client.key": files["amy_client.crt"] });
  await later.getByText("There is no private key in it").waitFor();
  await give(later, "amy_client.key", { "amy_client.key": key });
  const passphrase = later.getByLabel("Passphrase of amy_client.key");
  await passphrase.fill("wrong");
  await later.getByRole("button", { name: "Open" }).click();
  await later.getByText("This passphrase does not open it").waitFor();
  assert.equal(await passphrase.getAttribute("aria-invalid"), "true");
  await passphrase.fill("correct horse");
  await later.getByRole("button", { name: "Open" }).click();
  await later.getByRole("heading", { name: "They belong together" }).waitFor();
  const certificate = await downloaded(later, "amy_client.crt");
  assert.equal((await matchKey({ certificate, privateKey: { pem: key, passphrase: "correct horse" } })).matches, true);
});

test("a certificate for another key is refused beside the field", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const bob = await machine("#step-by-step");
  await ask(bob, "Bob, the server");
  const { files } = await createMutualTls();
  await give(bob, "The certificate for Bob", { "bob_server.crt": files["bob_server.crt"] });
  await bob.getByText("This certificate is not for the key that waits here").waitFor();
  await give(bob, "The certificate for Bob", { "bob_server.csr": files["bob_server.csr"] });
  await bob.getByText("This is the request").waitFor();
  assert.equal(await bob.locator(".error").locator("visible=true").count(), 1);
});

test("a link with a key, with more than it says, or with garbage is refused, and does not stay in the address", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const { files } = await createMutualTls();
  const der = (pem) => Buffer.from(pem.replace(/-----[^-]+-----/g, ""), "base64");
  const url = (bytes) => Buffer.from(bytes).toString("base64url");
  const [key, request, certificate] = ["bob_server.key", "bob_server.csr", "bob_server.crt"].map((name) => der(files[name]));
  const REFUSED = {
    [`#request=${url(key)}`]: /carries a private key, and is refused/,
    [`#certificate=${url(certificate)}.${url(key)}`]: /carries a private key, and is refused/,
    [`#request=${url(files["bob_server.key"])}`]: /carries a private key, and is refused/,
    [`#request=${url(Buffer.concat([request, Buffer.from(files["bob_server.key"])]))}`]: /carries a private key, and is refused/,
    [`#request=${url(Buffer.concat([request, key]))}`]: /damaged, or is none of ours/,
    [`#request=${url(certificate)}`]: /damaged, or is none of ours/,
    [`#request=${url(request).slice(0, 200)}`]: /damaged, or is none of ours/,
    "#request=%3Cscript%3E": /damaged/,
    "#request=": /damaged/,
    [`#request=${"A".repeat(50_000)}`]: /too long/,
    "#something=else": /nothing that this page knows/,
  };
  const page = await machine("#step-by-step");
  for (const [fragment, said] of Object.entries(REFUSED)) {
    await page.evaluate((next) => (location.hash = next), fragment);
    const alert = page.locator("#view-step-by-step > .alert");
    await alert.filter({ hasText: said }).waitFor({ timeout: 10_000 }).catch(async () => assert.fail(`${fragment.slice(0, 40)}: ${await alert.textContent()}`));
    assert.equal(new URL(page.url()).hash, "#step-by-step", fragment.slice(0, 40));
    assert.equal(await page.getByRole("heading", { name: "asks for a certificate" }).count(), 0);
    await page.evaluate(() => (location.hash = "#look-inside"));
  }
  // And none is ever made.
  const refused = await page.evaluate(async (pem) => {
    const { linkFor } = await import("./step_by_step/handover.js");
    return Promise.all(["request", "certificate"].map((kind) => linkFor(kind, [pem]).then(() => "made", (error) => error.message)));
  }, files["bob_server.key"]);
  for (const said of refused) assert.match(said, /private key/);
});

test("openssl's CA with a passphrase, and openssl's request", { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const read = await openssl(
    folder,
    "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -pass pass:secret -out ca.key",
    "req -x509 -new -key ca.key -passin pass:secret -subj /CN=old-ca -addext keyUsage=critical,keyCertSign,cRLSign -days 3650 -out ca.crt",
    "req -new -newkey rsa:2048 -nodes -keyout carol.key -subj /CN=carol -out carol.csr",
  );
  const { machine, complaints } = await openMachines(t);
  const ca = await machine("#step-by-step");
  await ca.getByRole("radio", { name: "Load a CA" }).check();
  const { files } = await createMutualTls();
  // Wrong files, said beside the field.
  await give(ca, "ca.crt and ca.key", { "notes.txt": "nothing of the kind" });
  await ca.locator(".error").waitFor();
  await give(ca, "ca.crt and ca.key", { "ca.crt": files["ca.crt"], "ca.key": files["bob_server.key"] });
  await ca.getByText("the two do not belong together").waitFor();
  await give(ca, "ca.crt and ca.key", { "ca.crt": files["bob_server.crt"], "ca.key": files["bob_server.key"] });
  await ca.getByText("which is no CA").waitFor();
  await give(ca, "ca.crt and ca.key", { "carol.csr": await read("carol.csr") });
  await ca.getByText("neither a certificate nor a private key").waitFor();
  // The right ones, one after the other.
  await give(ca, "ca.crt and ca.key", { "ca.crt": await read("ca.crt") });
  await ca.getByText("Now add its private key").first().waitFor();
  await give(ca, "ca.crt and ca.key", { "ca.key": await read("ca.key") });
  const passphrase = ca.getByLabel("Passphrase of ca.key");
  await passphrase.fill("guess");
  await passphrase.press("Enter");
  await ca.getByText("This passphrase does not open it").waitFor();
  await passphrase.fill("secret");
  await passphrase.press("Enter");
  await ca.getByRole("heading", { name: "old-ca is ready to sign" }).waitFor();
  // A request that does not say what it is for: the CA has to.
  await give(ca, "A request to sign", { "ca.key": files["ca.key"] });
  await ca.getByText("is a private key, and no request").waitFor();
  await give(ca, "A request to sign", { "carol.csr": await read("carol.csr") });
  await ca.getByRole("heading", { name: "carol asks for a certificate" }).waitFor();
  await ca.getByRole("button", { name: "Sign it" }).click();
  await ca.getByText("Choose what it is good for").waitFor();
  await ca.getByRole("radio", { name: "A client" }).check();
  await ca.getByLabel("Valid for, in days").locator("visible=true").fill("9999");
  await ca.getByRole("button", { name: "Sign it" }).click();
  await ca.locator(".error").waitFor();
  await ca.getByLabel("Valid for, in days").locator("visible=true").fill("30");
  await ca.getByRole("button", { name: "Sign it" }).click();
  await ca.getByRole("heading", { name: "Signed for carol" }).waitFor();
  await writeFile(join(folder, "carol.crt"), await downloaded(ca, "carol.crt"));
  await openssl(folder, "verify -x509_strict -purpose sslclient -CAfile ca.crt carol.crt");
  assert.deepEqual(complaints, []);
});

test("an altered request is shown, and not signed", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const { files } = await createMutualTls();
  const bytes = Buffer.from(files["bob_server.csr"].replace(/-----[^-]+-----/g, ""), "base64");
  bytes[bytes.indexOf("localhost")] = "x".charCodeAt(0);
  const ca = await machine("#step-by-step");
  await makeAuthority(ca);
  await give(ca, "A request to sign", { "bob_server.csr": bytes });
  await ca.getByText("Its signature does not fit its key").waitFor();
  assert.equal(await ca.getByRole("button", { name: "Sign it" }).count(), 0);
});

test("what is wrong is said beside the field that it is about", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  for (const { who, label, bad, button } of [
    { who: "Bob, the server", label: "Host name", bad: "ex ample.com", button: "Make key and request" },
    { who: "Bob, the server", label: "Host name", bad: "", button: "Make key and request" },
    { who: "Amy, the client", label: "Common name", bad: "", button: "Make key and request" },
    { who: "The CA", label: "Name of the CA", bad: "", button: "Make the CA" },
    { who: "The CA", label: "Valid for, in days", bad: "never", button: "Make the CA" },
  ]) {
    await be(page, who);
    const input = page.locator("#view-step-by-step").getByLabel(label).locator("visible=true");
    const before = await input.inputValue();
    await input.fill(bad);
    await page.getByRole("button", { name: button }).locator("visible=true").click();
    const error = page.locator(".error").locator("visible=true");
    await error.waitFor();
    const said = await error.textContent();
    assert.doesNotMatch(said, /commonName|altNames|subject|validity|undefined|NaN/, `${label}: ${said}`);
    assert.equal(await input.getAttribute("aria-invalid"), "true", label);
    assert.ok(await input.evaluate((element) => element === document.activeElement), label);
    await input.fill(before);
    assert.equal(await error.count(), 0, label);
  }
});

test("over plain http, without WebCrypto, everything but keeping a CA works", { skip }, async (t) => {
  const { machine, address } = await openMachines(t, { host: "bob.example", flags: ["--host-resolver-rules=MAP bob.example 127.0.0.1"] });
  assert.match(address, /^http:\/\/bob\.example/);
  const amy = await machine("#step-by-step");
  assert.equal(await amy.evaluate(() => window.isSecureContext), false);
  const link = await ask(amy, "Amy, the client");
  const ca = await machine(fragmentOf(link));
  assert.equal(await ca.getByRole("checkbox", { name: "Keep it in this browser" }).isDisabled(), true);
  await makeAuthority(ca);
  const back = await sign(ca, "amy-client");
  await amy.evaluate((fragment) => (location.hash = fragment), fragmentOf(back));
  await amy.getByRole("heading", { name: "They belong together" }).waitFor();
  assert.equal((await inspect(await downloaded(amy, "amy_client.crt"))).issuer.commonName, "my-ca");
});

test("by keyboard alone, and the keys are asked for before they are lost", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent.trim());
  const tabTo = async (name) => {
    for (let count = 0; !(await focused()).startsWith(name); count++) {
      assert.ok(count < 40, `no way to "${name}"`);
      await page.keyboard.press("Tab");
    }
  };
  await tabTo("The CA");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.getByRole("radio", { name: "Bob, the server" }).isChecked(), true);
  await tabTo("Make key and request");
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Link for the CA" }).waitFor();
  assert.match(await focused(), /Send the request to the CA/);
  const asked = [];
  page.on("dialog", async (dialog) => (asked.push(dialog.type()), await dialog.accept()));
  await page.reload();
  assert.deepEqual(asked, ["beforeunload"]);
  // Who somebody is survives the reload.
  assert.equal(await page.getByRole("radio", { name: "Bob, the server" }).isChecked(), true);
});

test("a key that is saved nowhere is not given up by a slip, and names survive a reload", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  await page.getByRole("textbox", { name: "Name of the CA" }).fill("our-ca");
  await page.getByRole("button", { name: "Make the CA" }).click();
  await page.getByRole("heading", { name: "our-ca is ready to sign" }).waitFor();
  const first = await page.locator(".authority-card .fingerprint").textContent();
  await page.getByRole("button", { name: "Make the CA" }).click();
  await page.getByText("ca.key, of the CA in use, is saved nowhere yet").waitFor();
  assert.equal(await page.locator(".authority-card .fingerprint").textContent(), first);
  await downloaded(page, "ca.key");
  await page.getByRole("button", { name: "Make the CA" }).click();
  await page.waitForFunction((before) => document.querySelector(".authority-card .fingerprint").textContent !== before, first);
  await downloaded(page, "ca.key");
  await page.reload();
  assert.equal(await page.getByRole("textbox", { name: "Name of the CA" }).inputValue(), "our-ca");
});

test("a key that takes long can be cancelled, and what there was stays", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  await makeAuthority(page);
  await downloaded(page, "ca.key");
  const first = await page.locator(".authority-card .fingerprint").textContent();
  const button = page.getByRole("button", { name: "Make the CA" });
  const cancel = page.getByRole("button", { name: "Cancel" });
  const keyType = page.getByLabel("Key type").locator("visible=true").first();
  await keyType.selectOption({ label: "RSA 4096" });
  await button.click();
  await cancel.click();
  await button.waitFor();
  assert.equal(await cancel.isVisible(), false);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Make the CA");
  assert.equal(await page.locator(".authority-card .fingerprint").textContent(), first);
  await keyType.selectOption({ label: "ECDSA P-256" });
  await button.click();
  await page.waitForFunction((before) => document.querySelector(".authority-card .fingerprint").textContent !== before, first);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds no fault, ${colorScheme}, from phone to desktop`, { skip }, async (t) => {
    const { machine } = await openMachines(t);
    const bob = await machine("#step-by-step", { colorScheme, viewport: { width: 360, height: 800 } });
    await checkAccess(bob, "the CA, at first");
    const link = await ask(bob, "Bob, the server");
    await checkAccess(bob, "Bob, with a request");
    const ca = await machine(fragmentOf(link), { colorScheme, viewport: { width: 360, height: 800 } });
    await makeAuthority(ca);
    const back = await sign(ca, "localhost");
    await ca.getByRole("button", { name: "Revoke localhost" }).click();
    await checkAccess(ca, "the CA, with everything");
    await ca.setViewportSize({ width: 1280, height: 800 });
    await checkAccess(ca, "the CA, on a desktop");
    await bob.evaluate((fragment) => (location.hash = fragment), fragmentOf(back));
    await bob.getByRole("heading", { name: "They belong together" }).waitFor();
    await checkAccess(bob, "Bob, with his certificate");
    await bob.getByText("Its content security policy").click();
    await bob.getByText("Check what runs").click();
    await bob.getByText("is what the build recorded").first().waitFor();
    await checkAccess(bob, "with all that can be checked");
  });
}
