// Files under a passphrase, each under its own; and what is said of one that is empty, of too many files, and of one that is too large.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createAuthority, createPkcs12, createRequest, convertKey, generateKeyPair } from "../../pkg/index.js";
import { skip } from "./support/browser.mjs";
import { checkAccess, give, openMachines } from "./support/machines.mjs";
import { be, makeAuthority } from "./support/steps.mjs";

async function loading(t) {
  const { machine, complaints } = await openMachines(t);
  const page = await machine("#step-by-step");
  await page.getByRole("radio", { name: "Load a CA" }).check();
  const type = async (text) => {
    await page.locator(".unlock:visible input").fill(text);
    await page.getByRole("button", { name: "Open" }).locator("visible=true").click();
  };
  return { page, type, complaints };
}

test("two files, each under a passphrase of its own", { skip }, async (t) => {
  const { page, type, complaints } = await loading(t);
  const { certificate, privateKey } = await createAuthority({ subject: "CN=my-ca" });
  const p12 = await createPkcs12({ certificate, privateKey, passphrase: "first" });
  const { key } = await convertKey({ privateKey, format: "pkcs8", passphrase: "second" });
  await give(page, "ca.crt and ca.key", { "ca.p12": p12, "ca.key": key });
  await page.getByText("Passphrase of ca.p12").waitFor();
  await type("");
  await page.getByText("Type the passphrase.").waitFor();
  await type("neither");
  await page.getByText("This passphrase does not open it").waitFor();
  await type("first");
  await page.getByText("Passphrase of ca.key").waitFor();
  assert.equal(await page.getByText("This passphrase does not open it").count(), 0);
  await type("second");
  await page.getByRole("heading", { name: "my-ca is ready to sign" }).waitFor();
  assert.deepEqual(complaints, []);
});

test("what is too large, and what is too many, is told as that", { skip }, async (t) => {
  const { page } = await loading(t);
  await give(page, "ca.crt and ca.key", { "disk.img": Buffer.alloc(9 * 1024 * 1024) });
  await page.getByText("disk.img is too large to be a certificate, a request or a key.").waitFor();
  const requests = [];
  for (const name of ["amy", "dave"]) requests.push((await createRequest({ subject: { commonName: name }, privateKey: (await generateKeyPair()).privateKey })).request);
  await give(page, "A request to sign", { "both.csr": requests.join("") });
  await page.getByText("both.csr holds 2 requests").waitFor();
  const files = await page.evaluateHandle((texts) => {
    const transfer = new DataTransfer();
    for (const [index, text] of texts.entries()) transfer.items.add(new File([text], `${index}.csr`));
    return transfer;
  }, requests);
  const zone = page.locator(".drop-zone", { has: page.getByText("A request to sign", { exact: true }) });
  await zone.dispatchEvent("drop", { dataTransfer: files });
  await page.getByText("2 files were dropped. One is taken here at a time.").waitFor();
});

test("text that is none is told beside the text, until it is changed", { skip }, async (t) => {
  const { page } = await loading(t);
  const zone = page.locator(".drop-zone", { has: page.getByText("A request to sign", { exact: true }) });
  await zone.getByRole("button", { name: "Paste text" }).click();
  const area = zone.getByRole("textbox");
  await area.fill("hello");
  await zone.getByRole("button", { name: "Take it" }).click();
  await page.locator(".error").waitFor();
  assert.equal(await area.getAttribute("aria-invalid"), "true");
  assert.ok(await area.evaluate((node) => node === document.activeElement));
  await area.fill("");
  assert.equal(await page.locator(".error").count(), 0);
  await zone.getByRole("button", { name: "Take it" }).click();
  await page.getByText("Paste something first.").waitFor();
});

test("a passphrase for a new key can be looked at, and is no blanks", { skip }, async (t) => {
  const { page } = await loading(t);
  await be(page, "Bob, the server");
  const field = page.getByLabel("Passphrase for the key’s file").locator("visible=true");
  await field.fill("   ");
  const make = page.getByRole("button", { name: "Make key and request" }).locator("visible=true");
  await make.click();
  await page.getByText("These are blanks alone").waitFor();
  await field.fill("kept safe");
  await page.getByRole("button", { name: "Show the passphrase" }).locator("visible=true").click();
  assert.equal(await field.getAttribute("type"), "text");
  await checkAccess(page, "with a passphrase that is shown");
  await make.click();
  await page.getByText("encrypted; stays here").waitFor();
});

test("a key that is made anew takes the complaint about the last certificate along", { skip }, async (t) => {
  const { page } = await loading(t);
  await page.getByRole("radio", { name: "Make a CA" }).check();
  await makeAuthority(page);
  await be(page, "Bob, the server");
  const make = page.getByRole("button", { name: "Make key and request" }).locator("visible=true");
  await give(page, "The certificate for Bob", { "bob.csr": (await createRequest({ subject: "CN=x", privateKey: (await generateKeyPair()).privateKey })).request });
  await page.getByText("This is the request.").waitFor();
  await make.click();
  await page.getByRole("link", { name: "Download bob_server.key" }).waitFor();
  assert.equal(await page.getByText("This is the request.").count(), 0);
});
