// A real Chromium with the page open in it, and the things that a person does there.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./app_bob.mjs";
import { openContext } from "./browser.mjs";
import { startServer } from "./server.mjs";

/** The page as to somebody who was never here. `requests` and `complaints` (console and uncaught errors) grow as the page runs. */
export async function openPage(t, options = {}) {
  const address = await startServer(t);
  const context = await openContext(t, options);
  const page = await context.newPage();
  const requests = [];
  const complaints = [];
  context.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(address);
  return { address, page, context, requests, complaints };
}

/** The form of "Both sides"; other views have fields of the same names. */
export const form = (page) => page.locator("#form");

/** Clicks the button and waits for the result. Where it asks whether keys may go that were not saved, they may. */
export async function make(page) {
  const button = page.getByRole("button", { name: "Make certificates" });
  await button.click();
  if (await page.locator("#failure", { hasText: "Or do this once more" }).isVisible()) await button.click();
  // A result of before may still be there.
  await page.locator('#make:enabled:not([aria-disabled="true"])').waitFor({ timeout: 60_000 });
  await page.getByRole("heading", { name: /files made$/ }).waitFor();
}

/** Saves every file by its own download link, under the name that the browser gives it. */
export async function downloadEach(page, folder) {
  await importsMade(page);
  const names = [];
  for (const link of await page.locator("#result").getByRole("link", { name: /^Download / }).all()) {
    const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
    await download.saveAs(join(folder, download.suggestedFilename()));
    names.push(download.suggestedFilename());
    // Chromium drops downloads beyond ten within a second, which no hand can click.
    await page.waitForTimeout(100);
  }
  return names.sort();
}

/** Saves the .zip that "Download all" gives, unpacks it, and returns the folder within and the names in it. */
export async function downloadAll(page, folder) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download all" }).click()]);
  assert.equal(download.suggestedFilename(), "mutual-tls.zip");
  await download.saveAs(join(folder, "mutual-tls.zip"));
  const { code, stderr } = await run("unzip", ["-q", "mutual-tls.zip"], folder);
  assert.equal(code, 0, stderr);
  const unpacked = join(folder, "mutual-tls");
  return { folder: unpacked, names: (await readdir(unpacked)).sort() };
}

/** Waits until the clients' PKCS#12 files are there, too. */
export async function importsMade(page) {
  await page.getByText(/^Making .*\.p12…$/).first().waitFor({ state: "detached", timeout: 60_000 });
}
