// One Chromium for all tests of a file: to start one takes longer than most of what they do in it. Each test has contexts of its
// own, which share nothing.

import { existsSync } from "node:fs";
import { after } from "node:test";
import { chromium } from "playwright-core";

export const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
// The first two make it run as root and without a screen, the others keep it from talking to anyone but us.
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The reason why these tests can't run here, or false. */
export const skip = existsSync(CHROMIUM) ? false : `no Chromium at ${CHROMIUM} (set CHROMIUM)`;

/** By their further flags. @type {Map<string, Promise<import("playwright-core").Browser>>} */
const running = new Map();

/**
 * A context that is closed after the test `t`, in a browser with these further flags.
 * @param {{ after: (end: () => Promise<void>) => void }} t
 * @param {import("playwright-core").BrowserContextOptions} [options]
 * @param {string[]} [flags]
 */
export async function openContext(t, options = {}, flags = []) {
  const name = flags.join(" ");
  // One that crashed is the failure of that test alone.
  if (!(await running.get(name))?.isConnected()) {
    running.set(name, chromium.launch({ executablePath: CHROMIUM, args: [...FLAGS, ...flags] }));
  }
  const context = await (await running.get(name)).newContext(options);
  t.after(() => context.close());
  return context;
}

export async function closeBrowsers() {
  for (const browser of running.values()) await (await browser).close();
  running.clear();
}

after(closeBrowsers);
