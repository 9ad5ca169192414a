// A CA that is kept in the browser and used in two tabs: neither undoes what the other does, and each shows how it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createRequest, generateKeyPair, inspect } from "../../pkg/index.js";
import { skip } from "./support/browser.mjs";
import { downloaded, give, openMachines } from "./support/machines.mjs";
import { sign } from "./support/steps.mjs";

async function issue(page, commonName) {
  const { privateKey } = await generateKeyPair();
  const { request } = await createRequest({ subject: { commonName }, profile: "client", privateKey });
  await give(page, "A request to sign", { "one.csr": request });
  await sign(page, commonName);
}

/** Two tabs of one browser that both use a CA which has issued for amy and for carol. */
async function twoTabs(t) {
  const { machine, tab, complaints } = await openMachines(t);
  const first = await machine("#step-by-step");
  await first.getByRole("checkbox", { name: "Keep it in this browser" }).check();
  await first.getByRole("button", { name: "Make the CA" }).click();
  await first.getByRole("heading", { name: "my-ca is ready to sign" }).waitFor();
  for (const name of ["amy", "carol"]) await issue(first, name);
  const second = await tab(first.context(), "#step-by-step");
  await second.getByRole("button", { name: "Use my-ca" }).click();
  await second.getByRole("button", { name: /^Revoke amy/ }).waitFor();
  return { first, second, complaints };
}

async function askToRevoke(page, name) {
  await page.getByRole("button", { name: new RegExp(`^Revoke ${name}`) }).click();
}

test("what one tab revokes is on the list that the other makes, and is shown there", { skip }, async (t) => {
  const { first, second, complaints } = await twoTabs(t);
  await askToRevoke(first, "carol");
  await first.getByRole("button", { name: "Revoke for good: carol" }).click();
  await second.locator(".issued .badge.bad", { hasText: "revoked" }).waitFor();
  await askToRevoke(second, "amy");
  await second.getByRole("button", { name: "Revoke for good: amy" }).click();
  for (const page of [first, second]) {
    await page.locator(".issued .badge.bad", { hasText: "revoked" }).nth(1).waitFor();
    const list = await inspect(await downloaded(page, "my_ca.crl"));
    assert.deepEqual([list.crlNumber, list.revoked.length], ["02", 2]);
  }
  assert.deepEqual(complaints, []);
});

test("both may revoke at once, the same one too", { skip }, async (t) => {
  const { first, second } = await twoTabs(t);
  await Promise.all([first, second].map((page) => askToRevoke(page, "amy")));
  // Held beforehand: the tab that comes second is drawn anew, without the button, maybe before its click.
  const buttons = await Promise.all([first, second].map((page) => page.getByRole("button", { name: "Revoke for good: amy" }).elementHandle()));
  await Promise.all(buttons.map((button) => button.evaluate((node) => node.click())));
  await Promise.all([first, second].map((page) => page.locator(".issued .badge.bad").waitFor()));
  const [one, two] = await Promise.all([first, second].map((page) => downloaded(page, "my_ca.crl").then(inspect)));
  assert.deepEqual([one.crlNumber, one.revoked.length, one.fingerprints.sha256], ["01", 1, two.fingerprints.sha256]);
});

test("a CA that one tab deletes is gone from the other", { skip }, async (t) => {
  const { first, second } = await twoTabs(t);
  await issue(second, "dave");
  await first.getByText(", 3 issued").waitFor();
  await first.getByRole("button", { name: "Delete this CA from the browser" }).click();
  await first.getByRole("button", { name: "Delete it" }).click();
  await second.getByText("my-ca was deleted in another tab").waitFor();
  assert.equal(await second.getByRole("heading", { name: "my-ca is ready to sign" }).count(), 0);
  await second.getByRole("radio", { name: "Make a CA" }).waitFor();
  assert.equal(await second.getByRole("button", { name: /^Revoke/ }).count(), 0);
});
