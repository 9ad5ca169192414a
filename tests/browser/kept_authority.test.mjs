// A CA that stays: kept only where that is chosen, with a key that nothing can read; there after a reload, and gone without a trace.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createMutualTls, generateKeyPair, createRequest, inspect, verifyCertificate } from "../../pkg/index.js";
import { temporaryFolder } from "./support/app_bob.mjs";
import { skip } from "./support/browser.mjs";
import { checkAccess, downloaded, give, openMachines, openssl } from "./support/machines.mjs";

const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));

/** What is kept, with what the browser says of the keys. */
const records = (page) =>
  page.evaluate(async () => {
    const { all } = await import("./kept/store.js");
    return Promise.all(
      (await all()).map(async ({ certificate, privateKey, issued, revocationList }) => {
        const exported = (format) => crypto.subtle.exportKey(format, privateKey.privateKey).then(() => "read", (error) => error.name);
        return { certificate, issued, revocationList, extractable: privateKey.privateKey.extractable, exports: [await exported("pkcs8"), await exported("jwk")] };
      }),
    );
  });

async function request(commonName) {
  const { privateKey } = await generateKeyPair();
  return (await createRequest({ subject: { commonName }, profile: "client", privateKey })).request;
}

async function issue(page, commonName) {
  await give(page, "A request to sign", { "one.csr": await request(commonName) });
  await page.getByRole("heading", { name: `${commonName} asks for a certificate` }).waitFor();
  await page.getByRole("button", { name: "Sign it" }).click();
  await page.getByRole("heading", { name: `Signed for ${commonName}` }).waitFor();
  return downloaded(page, "one.crt");
}

async function keepNew(page) {
  await page.getByRole("checkbox", { name: "Keep it in this browser" }).check();
  await page.getByRole("button", { name: "Make the CA" }).click();
  await page.getByRole("heading", { name: "my-ca is ready to sign" }).waitFor();
}

test("nothing is kept unless that is chosen", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  await page.getByRole("button", { name: "Make the CA" }).click();
  await page.getByRole("heading", { name: "my-ca is ready to sign" }).waitFor();
  await issue(page, "amy-client");
  assert.deepEqual(await databases(page), []);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("kept, there after a reload, issues again; its key can't be read", { skip }, async (t) => {
  const { machine, complaints } = await openMachines(t);
  const page = await machine("#step-by-step");
  await keepNew(page);
  // There is no ca.key to be had.
  assert.equal(await page.getByRole("link", { name: /Download .*\.key/ }).locator("visible=true").count(), 0);
  const first = await issue(page, "amy-client");
  await page.reload();
  await page.getByText(/kept since .*, 1 issued/).waitFor();
  await page.getByRole("button", { name: "Use my-ca" }).click();
  await page.getByRole("heading", { name: "my-ca is ready to sign" }).waitFor();
  const second = await issue(page, "carol");
  const [kept] = await records(page);
  assert.equal(kept.extractable, false);
  assert.deepEqual(kept.exports, ["InvalidAccessError", "InvalidAccessError"]);
  assert.deepEqual(kept.issued.map(({ certificate }) => certificate.trim()), [first.trim(), second.trim()]);
  for (const certificate of [first, second]) assert.equal((await verifyCertificate({ certificate, trusted: kept.certificate, purpose: "client" })).ok, true);
  await checkAccess(page, "with a CA that is kept");
  assert.deepEqual(complaints, []);
});

test("renews and revokes from its list, and the list of the revoked goes on after a reload", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  await keepNew(page);
  const [old, gone] = [await issue(page, "amy-client"), await issue(page, "carol")];
  await page.getByRole("button", { name: "Renew amy-client" }).click();
  await page.getByText("The same names and key, new dates").waitFor();
  const [{ issued }] = await records(page);
  const [before, after] = [await inspect(old), await inspect(issued[2].certificate)];
  assert.equal(after.publicKey.sha256, before.publicKey.sha256);
  assert.notEqual(after.serialNumber, before.serialNumber);
  const revoked = page.locator(".badge.bad", { hasText: "revoked" });
  const revoke = async (name) => {
    await page.getByRole("button", { name: new RegExp(`^Revoke ${name}, serial number`) }).first().click();
    await page.getByLabel("Why").selectOption({ label: "Its key was seen by others" });
    await page.getByRole("button", { name: `Revoke for good: ${name}` }).click();
  };
  await revoke("carol");
  await revoked.first().waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Use my-ca" }).click();
  await page.getByRole("heading", { name: "Revocation list" }).waitFor();
  await revoke("amy-client");
  await revoked.nth(1).waitFor();
  const list = await inspect(await downloaded(page, "my_ca.crl"));
  assert.equal(list.revoked.length, 2);
  assert.deepEqual(list.revoked.map(({ reason }) => reason), ["keyCompromise", "keyCompromise"]);
  const [kept] = await records(page);
  const verdict = await verifyCertificate({ certificate: gone, trusted: kept.certificate, purpose: "client", crls: kept.revocationList });
  assert.deepEqual(verdict.ok ? [] : verdict.reasons.map(({ code }) => code), ["revoked"]);
});

test("deleting asks first, and leaves nothing", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  await keepNew(page);
  await issue(page, "amy-client");
  assert.deepEqual(await databases(page), ["mtls-certs"]);
  await page.getByRole("button", { name: "Delete this CA from the browser" }).click();
  await page.getByRole("button", { name: "Leave it" }).click();
  assert.equal((await records(page)).length, 1);
  await page.getByRole("button", { name: "Delete this CA from the browser" }).click();
  await page.getByRole("button", { name: "Delete it" }).click();
  await page.getByRole("radio", { name: "Make a CA" }).waitFor();
  await page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
  assert.equal(await page.getByRole("radio", { name: "Kept in this browser" }).count(), 0);
  await page.reload();
  await page.getByRole("radio", { name: "Make a CA" }).waitFor();
  assert.deepEqual(await databases(page), []);
});

test("a CA that openssl made can be kept too, of every kind of key", { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  for (const [name, kind] of Object.entries({ rsa: "RSA -pkeyopt rsa_keygen_bits:2048", p384: "EC -pkeyopt ec_paramgen_curve:P-384" })) {
    const read = await openssl(folder, `genpkey -algorithm ${kind} -out ${name}.key`, `req -x509 -new -key ${name}.key -subj /CN=${name}-ca -addext keyUsage=critical,keyCertSign,cRLSign -days 3650 -out ${name}.crt`);
    await page.getByRole("radio", { name: "Load a CA" }).check();
    await give(page, "ca.crt and ca.key", { "ca.crt": await read(`${name}.crt`), "ca.key": await read(`${name}.key`) });
    await page.getByRole("heading", { name: `${name}-ca is ready to sign` }).waitFor();
    await page.getByText("Keep this CA in this browser").click();
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByText("can’t be read or copied").waitFor();
    await issue(page, `of-${name}`);
  }
  const kept = await records(page);
  assert.deepEqual(kept.map(({ extractable, issued }) => [extractable, issued.length]), [[false, 1], [false, 1]]);
  for (const { certificate, issued } of kept) assert.equal((await verifyCertificate({ certificate: issued[0].certificate, trusted: certificate, purpose: "client" })).ok, true);
});

test("the store itself refuses a key that can be read", { skip }, async (t) => {
  const { machine } = await openMachines(t);
  const page = await machine("#step-by-step");
  const { files } = await createMutualTls();
  const said = await page.evaluate(async ([certificate, privateKey]) => {
    const { keep } = await import("./kept/store.js");
    const readable = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
    return Promise.all([privateKey, readable].map((key) => keep({ certificate, privateKey: key }).then(() => "kept", (error) => error.message)));
  }, [files["ca.crt"], files["ca.key"]]);
  for (const message of said) assert.match(message, /can’t be read is kept/);
  assert.deepEqual(await databases(page), []);
});
