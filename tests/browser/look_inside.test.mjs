// Whatever is dropped is said in words; what belongs together is found; and no private key is ever shown.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createMutualTls, createPkcs12, createRevocationList } from "../../pkg/index.js";
import { temporaryFolder } from "./support/app_bob.mjs";
import { skip } from "./support/browser.mjs";
import { checkAccess, give, openMachines, openssl } from "./support/machines.mjs";
import { make } from "./support/page.mjs";

const LABEL = "Drop anything here";
const piece = (page, file) => page.locator(".piece", { hasText: file });
const found = (page, title) => page.getByRole("heading", { name: title, exact: true }).waitFor();

test("the guide's files: who, for what, until when, and that they belong together", { skip }, async (t) => {
  const { machine, complaints } = await openMachines(t);
  const page = await machine("#look-inside");
  const { files } = await createMutualTls();
  await give(page, LABEL, files);
  await found(page, "8 pieces");
  const [bob] = [await page.locator(".piece.certificate", { has: page.getByText("bob_server.crt", { exact: true }).locator("visible=true") }).first().textContent()];
  for (const said of ["localhost", "CN=my-ca", "a server (TLS)", "127.0.0.1", " days left", "Same key as bob_server.key and bob_server.csr", "Issued by ca.crt, which is here too", "Accepted as a server by whoever trusts my-ca"]) assert.ok(bob.includes(said), `${said}: ${bob}`);
  await page.locator(".verdict", { hasText: "They belong together" }).waitFor();
  const shown = await page.locator("body").evaluate((body) => body.outerHTML);
  for (const name of ["ca.key", "bob_server.key", "amy_client.key"]) {
    for (const line of files[name].split("\n").filter((line) => line && !line.startsWith("---"))) assert.ok(!shown.includes(line), `${name} is shown`);
  }
  assert.deepEqual(complaints, []);
});

test("what does not belong together is said to be so", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  const [one, other] = [(await createMutualTls()).files, (await createMutualTls()).files];
  // The same names, and another CA's signature and key.
  await give(page, LABEL, { "ca.crt": one["ca.crt"], "bob_server.crt": other["bob_server.crt"], "bob_server.key": one["bob_server.key"] });
  await found(page, "3 pieces");
  await page.locator(".verdict", { hasText: "None of these belong together" }).waitFor();
  assert.equal(await page.getByText("which is here too").count(), 0);
  await page.getByRole("button", { name: "Clear" }).click();
  await give(page, LABEL, { "ca.crt": one["ca.crt"], "ca.key": one["ca.key"], "amy_client.crt": other["amy_client.crt"] });
  await page.locator(".verdict", { hasText: "Some belong together" }).waitFor();
});

test("a bundle, DER, bare base64, a revocation list, an old certificate", { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const read = await openssl(folder, "req -x509 -newkey rsa:2048 -nodes -keyout old.key -out old.der -outform DER -subj /CN=old.example -days 10");
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  const { files } = await createMutualTls();
  await give(page, LABEL, { "bundle.pem": `# ours\n${files["bob_server.key"]}${files["bob_server.crt"]}${files["ca.crt"]}` });
  await found(page, "3 pieces");
  await give(page, LABEL, { "old.der": await read("old.der") });
  await found(page, "4 pieces");
  assert.match(await piece(page, "old.der").last().textContent(), /CA certificate \(root\).*(9|10) days left/s);
  await page.getByRole("button", { name: "Clear" }).click();
  await page.locator("#view-look-inside").getByRole("button", { name: "Paste text" }).click();
  await page.getByLabel(`${LABEL}, as text`).fill(files["amy_client.crt"].replace(/-----[^-]+-----/g, ""));
  await page.getByRole("button", { name: "Take it" }).locator("visible=true").click();
  await found(page, "One piece");
  const authority = { certificate: files["ca.crt"], privateKey: files["ca.key"] };
  const { revocationList } = await createRevocationList({ authority, revoked: [{ certificate: files["amy_client.crt"], reason: "keyCompromise" }] });
  await give(page, LABEL, { "ca.crl": revocationList });
  await page.getByText("Revoked by ca.crl").waitFor();
});

test("PKCS#12 and an encrypted key, by their passphrases; a wrong one is said beside the field", { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const read = await openssl(folder, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -pass pass:secret -out locked.key");
  const { files } = await createMutualTls();
  const p12 = await createPkcs12({ certificate: files["amy_client.crt"], privateKey: files["amy_client.key"], chain: files["ca.crt"], passphrase: "correct horse" });
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  for (const { name, content, passphrase, title } of [
    { name: "amy.p12", content: p12, passphrase: "correct horse", title: "3 pieces" },
    { name: "locked.key", content: await read("locked.key"), passphrase: "secret", title: "One piece" },
  ]) {
    await give(page, LABEL, { [name]: content });
    const input = page.getByLabel(`Passphrase of ${name}`);
    await input.fill("guess");
    await input.press("Enter");
    await page.getByText("This passphrase does not open it").waitFor();
    assert.equal(await input.getAttribute("aria-invalid"), "true");
    await input.fill(passphrase);
    await input.press("Enter");
    await found(page, title);
    await page.getByText("The key itself is not shown").waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
  }
});

test("what is given twice is one card, and no family", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  const { files } = await createMutualTls();
  await give(page, LABEL, { "ca.crt": files["ca.crt"] });
  await give(page, LABEL, { "ca.crt": files["ca.crt"], "copy.crt": files["ca.crt"].replaceAll("\n", "\r\n") });
  await page.getByText("given 3 times, also as copy.crt").waitFor();
  await found(page, "One piece");
  assert.equal(await page.locator(".verdict").count(), 0);
  // In a bundle too, and what is encrypted is opened once for both.
  await give(page, LABEL, { "chain.pem": files["bob_server.crt"] + files["ca.crt"] });
  await found(page, "2 pieces");
  const p12 = await createPkcs12({ certificate: files["amy_client.crt"], privateKey: files["amy_client.key"], passphrase: "secret" });
  await give(page, LABEL, { "amy.p12": p12, "again.p12": p12 });
  await found(page, "3 pieces");
  await page.getByLabel("Passphrase of amy.p12").fill("secret");
  await page.getByLabel("Passphrase of amy.p12").press("Enter");
  await found(page, "4 pieces");
  assert.equal(await page.getByText("given twice, also as again.p12").count(), 2);
});

test("an empty passphrase is asked for beside its field, which keeps the focus", { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const read = await openssl(folder, "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-256-cbc -pass pass:secret -out locked.key");
  const { files } = await createMutualTls();
  const p12 = await createPkcs12({ certificate: files["amy_client.crt"], privateKey: files["amy_client.key"], passphrase: "secret" });
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  for (const [name, content] of Object.entries({ "locked.key": await read("locked.key"), "amy.p12": p12 })) {
    await give(page, LABEL, { [name]: content });
    const input = page.getByLabel(`Passphrase of ${name}`);
    await input.press("Enter");
    await page.getByText("Type the passphrase.").waitFor();
    assert.ok(await input.evaluate((element) => element === document.activeElement), name);
    await page.getByRole("button", { name: "Clear" }).click();
  }
});

test("what was pasted and is nothing is marked where it was pasted", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  await page.locator("#view-look-inside").getByRole("button", { name: "Paste text" }).click();
  const area = page.getByLabel(`${LABEL}, as text`);
  await area.fill("-".repeat(4 * 1024 * 1024 + 1));
  await page.getByRole("button", { name: "Take it" }).locator("visible=true").click();
  await page.getByText("is too large").waitFor();
  assert.equal(await area.getAttribute("aria-invalid"), "true");
  assert.ok(await area.evaluate((element) => element === document.activeElement));
  await area.fill("");
  assert.equal(await page.getByText("is too large").count(), 0);
});

test("what is no material of ours is said to be none, and the rest is shown", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  const { files } = await createMutualTls();
  await give(page, LABEL, { "ca.crt": files["ca.crt"], "photo.jpg": Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2, 3]), "notes.txt": "hello" });
  await found(page, "3 pieces");
  assert.equal(await page.locator(".piece.broken .alert").count(), 2);
  await give(page, LABEL, { "empty.pem": "" });
  await page.getByText("empty.pem is empty").waitFor();
  await give(page, LABEL, { "disk.img": Buffer.alloc(5 * 1024 * 1024) });
  await page.getByText("disk.img is too large").waitFor();
});

test("files are taken where they are dropped, and nowhere else does a drop leave the page", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  const { files } = await createMutualTls();
  const dropped = await page.evaluateHandle((texts) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(texts)) data.items.add(new File([text], name));
    return data;
  }, { "ca.crt": files["ca.crt"], "ca.key": files["ca.key"] });
  const zone = page.locator("#view-look-inside .drop-zone");
  await zone.dispatchEvent("dragenter", { dataTransfer: dropped });
  assert.match(await zone.getAttribute("class"), /over/);
  await zone.dispatchEvent("drop", { dataTransfer: dropped });
  await found(page, "2 pieces");
  assert.doesNotMatch(await zone.getAttribute("class"), /over/);
  // A file that misses the zone would else be opened in place of the page, and its keys with it.
  const kept = await page.evaluate((data) => !document.body.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data })), dropped);
  assert.equal(kept, true);
});

test("a chip of another view is looked into without any file in between", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine();
  await make(page);
  await page.getByRole("button", { name: "Look inside bob_server.crt" }).first().click();
  await found(page, "One piece");
  assert.match(page.url(), /#look-inside$/);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds no fault, ${colorScheme}, from phone to desktop`, { skip }, async (t) => {
    const { machine } = await openMachines(t);
    const page = await machine("#look-inside", { colorScheme, viewport: { width: 360, height: 800 } });
    await checkAccess(page, "at first");
    const { files } = await createMutualTls({ server: { commonName: "a-rather-long-name-of-a-server.some-department.bob.example" } });
    await give(page, LABEL, { ...files, "notes.txt": "hello" });
    await found(page, "9 pieces");
    for (const summary of await page.getByText("All of it").all()) await summary.click();
    await checkAccess(page, "with everything open");
    await page.setViewportSize({ width: 1280, height: 800 });
    await checkAccess(page, "on a desktop");
  });
}

test("of very many, who issued whom is not looked for, and that is said", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#look-inside");
  const clients = Array.from({ length: 24 }, (_, index) => ({ commonName: `client-${index}` }));
  const { files } = await createMutualTls({ clients });
  const certificates = Object.fromEntries(Object.entries(files).filter(([name]) => name.endsWith(".crt")));
  await give(page, LABEL, certificates);
  await found(page, "26 pieces");
  const verdict = page.locator(".verdict");
  await verdict.getByText("More than 24 certificates: who issued whom was not looked for").waitFor();
  assert.doesNotMatch(await verdict.textContent(), /belong together/);
});

test("one file that can't be read does not keep the others from being looked at", { skip }, async (t) => {
  const { machine, complaints } = await openMachines(t);
  const page = await machine("#look-inside");
  const { files } = await createMutualTls();
  await give(page, LABEL, { "ca.crt": files["ca.crt"], "empty.crt": "", "files.zip": "PK\u0003\u0004" });
  await found(page, "3 pieces");
  assert.match(await piece(page, "empty.crt").textContent(), /empty\.crt is empty/);
  assert.match(await piece(page, "files.zip").textContent(), /unpack it/);
  await page.getByRole("button", { name: "Clear" }).click();
  await give(page, LABEL, { "large.bin": Buffer.alloc(9 << 20) });
  await page.getByText("large.bin is too large").waitFor();
  assert.deepEqual(complaints, []);
});
