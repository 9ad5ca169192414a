// Several people, each in a browser context of their own: nothing is shared between them but what they are handed.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "./app_bob.mjs";
import { openContext } from "./browser.mjs";
import { startServer } from "./server.mjs";

/** `machine(fragment, options)` opens the page as another person. `complaints` grows as the pages run. */
export async function openMachines(t, { flags = [], host = "localhost" } = {}) {
  const address = (await startServer(t)).replace("localhost", host);
  const complaints = [];
  const machine = async (fragment = "", options = {}) => {
    return tab(await openContext(t, options, flags), fragment);
  };
  const tab = async (context, fragment = "") => {
    const page = await context.newPage();
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(address + fragment);
    return page;
  };
  return { address, machine, tab, complaints };
}

/** Files for a file input, from text or bytes. */
export const asFiles = (files) => Object.entries(files).map(([name, content]) => ({ name, mimeType: "", buffer: Buffer.from(content) }));

/** Gives files to the drop zone of this label, as by its button. */
export function give(page, label, files) {
  return page.locator(".drop-zone", { has: page.getByText(label, { exact: true }) }).locator("visible=true").locator('input[type="file"]').setInputFiles(asFiles(files));
}

/** The text of the file that this download link gives. */
export async function downloaded(page, name) {
  const link = page.getByRole("link", { name: `Download ${name}` }).locator("visible=true").last();
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return readFile(await download.path(), "utf8");
}

/** Files that openssl makes in the folder, by the commands' arguments. */
export async function openssl(folder, ...commands) {
  for (const command of commands) {
    const { code, stderr } = await run("openssl", command.split(" "), folder);
    assert.equal(code, 0, `openssl ${command}: ${stderr}`);
  }
  return (name) => readFile(join(folder, name));
}

/** What is wrong with the page, to axe, and whether it is wider than its window. */
export async function checkAccess(page, when) {
  if (!(await page.evaluate(() => "axe" in window))) {
    // By evaluation and not by a script tag, which the page's policy refuses.
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  }
  const { violations } = await page.evaluate((options) => window.axe.run(options), await whatToAsk(page));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), [], when);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${when}: ${overflow}px too wide`);
}

/** Everything in the light; in the dark, where the colors alone are others, what is about colors. */
async function whatToAsk(page) {
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  return dark ? { runOnly: ["cat.color"] } : {};
}
