// For those who see and read in a way of their own: large letters, colours of their own, paper, a screen reader.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createMutualTls } from "../../pkg/index.js";
import { openContext, skip } from "./support/browser.mjs";
import { give } from "./support/machines.mjs";
import { form, importsMade, make, openPage } from "./support/page.mjs";
import { startServer } from "./support/server.mjs";

const tooWide = (page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
const style = (locator, name) => locator.evaluate((element, name) => getComputedStyle(element)[name], name);

for (const size of [24, 32]) {
  test(`letters of ${size} pixels on a small screen: no view scrolls sideways`, { skip }, async (t) => {
    const context = await openContext(t, { viewport: { width: 320, height: 800 } }, [`--blink-settings=defaultFontSize=${size}`]);
    const page = await context.newPage();
    await page.goto(await startServer(t));
    assert.equal(await style(page.locator("html"), "fontSize"), `${size}px`);
    await form(page).getByLabel("Distinct CAs").check();
    await make(page);
    await importsMade(page);
    assert.ok((await tooWide(page)) <= 0, `Both sides: ${await tooWide(page)}px`);
    for (const view of ["Step by step", "Look inside"]) {
      await page.getByRole("navigation").getByRole("link", { name: view }).click();
      assert.ok((await tooWide(page)) <= 0, `${view}: ${await tooWide(page)}px`);
    }
    await give(page, "Drop anything here", (await createMutualTls()).files);
    await page.getByRole("heading", { name: "8 pieces" }).waitFor();
    assert.ok((await tooWide(page)) <= 0, `pieces: ${await tooWide(page)}px`);
  });
}

test("the picture grows with the letters", { skip }, async (t) => {
  const letter = async (flags) => {
    const context = await openContext(t, { viewport: { width: 1280, height: 800 } }, flags);
    const page = await context.newPage();
    await page.goto(await startServer(t));
    await make(page);
    return page.locator(".picture .stage text").first().evaluate((text) => text.getBoundingClientRect().height);
  };
  const [usual, large] = [await letter([]), await letter(["--blink-settings=defaultFontSize=32"])];
  assert.ok(large > 1.9 * usual, `${large} beside ${usual}`);
});

test("a file takes two rows on a phone: its name, and what can be done with it", { skip }, async (t) => {
  const { page } = await openPage(t, { viewport: { width: 320, height: 800 } });
  await make(page);
  const rows = await page.locator("#parties .chip").first().evaluate((chip) => new Set([...chip.querySelectorAll(".chip-actions > *")].map((action) => action.getBoundingClientRect().top)).size);
  assert.equal(rows, 1);
});

test("a group's title stands in line with its cards", { skip }, async (t) => {
  const { page } = await openPage(t);
  await page.getByRole("navigation").getByRole("link", { name: "Step by step" }).click();
  const legend = page.locator(".choice-field legend").first();
  assert.deepEqual([await style(legend, "paddingLeft"), await style(legend, "marginLeft")], ["0px", "0px"]);
});

test("forced colours: lines tell where one is, what is chosen, and how good it is", { skip }, async (t) => {
  const { page } = await openPage(t, { forcedColors: "active" });
  const nav = page.getByRole("navigation");
  const [current, other] = [nav.getByRole("link", { name: "Both sides" }), nav.getByRole("link", { name: "Look inside" })];
  assert.notEqual(await style(current, "borderColor"), await style(other, "borderColor"));
  const card = (name) => form(page).locator(".choice", { hasText: name });
  assert.equal(await style(card("One CA"), "outlineStyle"), "solid");
  assert.equal(await style(card("Distinct CAs"), "outlineStyle"), "none");
  await make(page);
  const mark = page.locator(".mark").first();
  assert.notEqual(await style(mark, "color"), await style(mark, "backgroundColor"));
  await other.click();
  await give(page, "Drop anything here", (await createMutualTls()).files);
  await page.locator(".verdict .badge").waitFor();
  assert.equal(await style(page.locator(".verdict .badge"), "borderTopStyle"), "solid");
});

test("a dark tab is printed dark on white, without forms, buttons and the passphrase", { skip }, async (t) => {
  const { page } = await openPage(t, { colorScheme: "dark" });
  await make(page);
  await importsMade(page);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await style(page.locator("body"), "backgroundColor"), "rgb(255, 255, 255)");
  assert.equal(await style(page.locator("body"), "color"), "rgb(0, 0, 0)");
  for (const gone of ["#form", "nav", "button", ".button", ".passphrase"]) assert.equal(await page.locator(gone).locator("visible=true").count(), 0, gone);
  assert.equal(await page.getByText("amy_client.key", { exact: true }).locator("visible=true").first().isVisible(), true);
  assert.notEqual(await style(page.locator(".picture .line.trust").first(), "display"), "none");
  assert.ok((await page.pdf()).length > 10_000);
});

test("a choice is named once, and described by what it means", { skip }, async (t) => {
  const { page } = await openPage(t);
  await page.getByRole("radio", { name: "One CA", exact: true }).waitFor();
  const radio = form(page).getByLabel("Distinct CAs", { exact: true });
  await radio.check();
  const described = await radio.evaluate((input) => document.getElementById(input.getAttribute("aria-describedby")).textContent);
  assert.match(described, /^Each side has its own authority/);
});
