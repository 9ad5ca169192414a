// A page of many files, of which one may not arrive: it says so, in words, and what has arrived stays.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openContext, skip } from "./support/browser.mjs";
import { form, make, openPage } from "./support/page.mjs";
import { startServer } from "./support/server.mjs";

const loading = (page) => page.locator("#loading");
const failure = (page) => page.locator("#failure");

/** The page, with what comes of the requests for these files decided by the test. */
async function open(t, pattern, answer) {
  const context = await openContext(t);
  const page = await context.newPage();
  await page.route(pattern, answer);
  await page.goto(await startServer(t), { waitUntil: "commit" });
  return page;
}

test("says that it is loading until a click would do something", { skip }, async (t) => {
  // The page may say so before it asks for the file.
  let ask;
  const asked = new Promise((resolve) => (ask = resolve));
  const page = await open(t, "**/shared/dom.js", ask);
  await loading(page).waitFor();
  assert.equal(await page.locator("#make").isDisabled(), true);
  assert.equal(await failure(page).textContent(), "");
  await (await asked).continue();
  await make(page);
  assert.equal(await loading(page).count(), 0);
});

test("says that a module did not arrive, or does not run here", { skip }, async (t) => {
  const missing = await open(t, "**/look_inside/together.js", (route) => route.abort());
  await missing.getByText("A part of the page did not arrive; reload it.").waitFor();
  assert.equal(await loading(missing).isVisible(), false);
  const broken = await open(t, "**/shared/days.js", (route) => route.fulfill({ contentType: "text/javascript", body: "export const daysOf = ?;" }));
  await broken.getByText(/^This page does not run in this browser \(.*SyntaxError/).waitFor();
});

test("says that its WebAssembly did not arrive, and makes the certificates once it does", { skip }, async (t) => {
  const page = await open(t, "**/*_bg.wasm", (route) => route.abort());
  await form(page).getByRole("button", { name: "Make certificates" }).click();
  await page.getByText(/^A part of this page, its WebAssembly, did not arrive\. Check the network/).waitFor();
  assert.doesNotMatch(await failure(page).textContent(), /CSP|URL|fetch/);
  await page.unroute("**/*_bg.wasm");
  await make(page);
});

test("tells what runs without a network too, once it has loaded", { skip }, async (t) => {
  const { page, context } = await openPage(t);
  await page.waitForLoadState("networkidle");
  await context.setOffline(true);
  await page.getByText("Check what runs").click();
  await page.getByText("is what the build recorded").nth(1).waitFor();
});

test("without a network and without what it has to look at, it says what is needed", { skip }, async (t) => {
  const page = await open(t, "**/build.json", (route) => route.abort());
  await make(page);
  await page.getByText("Check what runs").click();
  await page.getByText("This needs the network once. Connect, and open it again.").waitFor();
});
