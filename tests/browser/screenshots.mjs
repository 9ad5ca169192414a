// Makes the pictures of docs/ again: CHROMIUM=/usr/bin/chromium node tests/browser/screenshots.mjs

import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { closeBrowsers } from "./support/browser.mjs";
import { form, importsMade, make, openPage } from "./support/page.mjs";
import { withPalette } from "./support/palette_png.mjs";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const SIZES = [[1280, 800], [768, 900], [360, 740]];
const SCHEMES = ["light", "dark"];

const toDo = [];
await mkdir(DOCS, { recursive: true });
try {
  for (const [width, height] of SIZES) for (const colorScheme of SCHEMES) await shoot(width, height, colorScheme);
} finally {
  for (const end of toDo.reverse()) await end();
  await closeBrowsers();
}

async function shoot(width, height, colorScheme) {
  const after = (end) => toDo.push(end);
  const { page } = await openPage({ after }, { viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  const save = async (name) => {
    await page.mouse.move(0, 0);
    const png = withPalette(await page.screenshot());
    await writeFile(`${DOCS}${name}-${width}-${colorScheme}.png`, png);
    console.log(name, width, colorScheme, png.length);
  };
  await form(page).getByLabel("Distinct CAs").check();
  await make(page);
  await importsMade(page);
  await page.locator("#result").evaluate((result) => result.scrollIntoView());
  await save("both-sides");
  if (width !== 1280) return;
  await page.getByRole("button", { name: "Look inside bob_server.crt" }).click();
  await page.locator("#view-look-inside").getByText("localhost").first().waitFor();
  await save("look-inside");
  await page.getByRole("navigation").getByRole("link", { name: "Step by step" }).click();
  await page.waitForTimeout(300);
  await save("step-by-step");
}
