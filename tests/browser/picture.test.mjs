// The picture is drawn from the result: every line and label is compared with what the files themselves say.

import assert from "node:assert/strict";
import { createPublicKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { run, temporaryFolder } from "./support/app_bob.mjs";
import { skip } from "./support/browser.mjs";
import { downloadAll, form, make, openPage } from "./support/page.mjs";

/** What stands in the picture: the boxes with their keys, and the lines. */
function drawn(page) {
  return page.locator(".picture .stage svg").evaluate((svg) => ({
    boxes: Object.fromEntries(
      [...svg.querySelectorAll("[data-party]")].map((box) => [box.dataset.party, box.querySelector(".key").dataset.file]),
    ),
    lines: [...svg.querySelectorAll("[data-kind]:not(.tls)")].map(({ dataset: { kind, file, from, to } }) => ({ kind, file, from, to })),
    labels: [...svg.querySelectorAll("text")].map((text) => text.querySelector("title")?.textContent ?? text.textContent),
  }));
}

async function read(folder, name) {
  return readFile(join(folder, name), "utf8");
}

/** Checks the lines against the files. `callers` are the bases of the clients' files. */
async function isTrue({ boxes, lines, labels }, folder, callers) {
  const certificate = async (name) => new X509Certificate(await read(folder, `${name}.crt`));
  const parties = Object.keys(boxes);
  for (const [party, key] of Object.entries(boxes)) {
    const publicKey = createPublicKey(await read(folder, key)).export({ type: "spki", format: "pem" });
    assert.equal((await certificate(party)).publicKey.export({ type: "spki", format: "pem" }), publicKey, party);
    assert.ok(labels.includes(key), key);
  }
  for (const party of ["bob_server", ...callers]) {
    const of = (kind, end) => lines.filter((line) => line.kind === kind && line[end] === party);
    const [request, ...noRequest] = of("request", "from");
    const [issued, ...noIssued] = of("certificate", "to");
    const [trusted, ...noTrusted] = of("trust", "to");
    assert.deepEqual([noRequest, noIssued, noTrusted], [[], [], []], party);
    for (const { file } of [request, issued, trusted]) assert.ok(labels.includes(file), `${file} is written somewhere`);

    assert.ok((await certificate(party)).checkIssued(await certificate(issued.from)), `${issued.from} signed ${party}`);
    assert.equal(issued.file, `${party}.crt`);
    assert.equal(request.to, issued.from);
    const { stdout } = await run("openssl", ["req", "-in", request.file, "-noout", "-pubkey"], folder);
    assert.equal(stdout, (await certificate(party)).publicKey.export({ type: "spki", format: "pem" }));

    // What goes into its `ca:` is who signed the other side.
    const other = party === "bob_server" ? callers[0] : "bob_server";
    assert.equal(trusted.file, `${trusted.from}.crt`);
    assert.ok((await certificate(other)).checkIssued(await certificate(trusted.from)), `${trusted.from} signed ${other}`);
  }
  assert.equal(lines.length, 3 * (1 + callers.length));
  assert.deepEqual(parties.filter((party) => party.endsWith("ca")).length + 1 + callers.length, parties.length);
}

for (const [about, width] of [["on a desktop", 1280], ["on a tablet", 768], ["on a phone", 360]]) {
  for (const authorities of ["One CA", "Distinct CAs"]) {
    test(`${authorities}, two clients, ${about}`, { skip }, async (t) => {
      const { page } = await openPage(t, { viewport: { width, height: 800 } });
      await form(page).getByLabel(authorities).check();
      await page.getByRole("button", { name: "Add another client" }).click();
      await form(page).getByLabel("Common name of client 2").fill("zoe");
      await make(page);
      const { folder } = await downloadAll(page, await temporaryFolder(t));
      const picture = await drawn(page);
      await isTrue(picture, folder, ["amy_client", "zoe"]);
      // The check itself tells true from false.
      const wrong = structuredClone(picture);
      const line = wrong.lines.find(({ kind }) => kind === "trust");
      [line.from, line.file] = ["zoe", "zoe.crt"];
      await assert.rejects(isTrue(wrong, folder, ["amy_client", "zoe"]), { code: "ERR_ASSERTION" });

      // And the same stands there in words.
      const words = await page.locator("#picture-words").textContent();
      for (const { file } of picture.lines) assert.ok(words.includes(file), file);
      for (const key of Object.values(picture.boxes)) assert.ok(words.includes(`keeps ${key}`), key);
    });
  }
}

test("drawn again when the room changes", { skip }, async (t) => {
  const { page } = await openPage(t, { viewport: { width: 1280, height: 800 } });
  await make(page);
  const height = () => page.locator(".picture .stage svg").evaluate((svg) => svg.getBoundingClientRect().height);
  const wide = await height();
  await page.setViewportSize({ width: 360, height: 800 });
  await page.waitForFunction((before) => document.querySelector(".picture .stage svg").getBoundingClientRect().height > before, wide);
});

test("long names, many clients: shortened, and nothing leaves its box", { skip }, async (t) => {
  const { page } = await openPage(t);
  await form(page).getByLabel("Name of the CA").fill("The certificate authority of a very large organisation");
  await form(page).getByLabel("Host name").fill("a-rather-long-name-of-a-server.some-department.bob.example");
  await form(page).getByLabel("Common name", { exact: true }).fill("Wilhelmina Featherstonehaugh-Cholmondeley (Accounts)");
  for (let count = 2; count <= 7; count++) {
    await page.getByRole("button", { name: "Add another client" }).click();
    await form(page).getByLabel(`Common name of client ${count}`).fill(`client-of-a-long-name-in-some-department-${count}`);
  }
  await make(page);
  for (const width of [1280, 768, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(200);
    const outside = await page.locator(".picture .stage svg").evaluate((svg) => {
      const within = (inner, outer) => inner.left >= outer.left - 0.5 && inner.right <= outer.right + 0.5;
      const all = svg.getBoundingClientRect();
      const box = (text) => text.closest(".box")?.querySelector("rect").getBoundingClientRect() ?? all;
      return [...svg.querySelectorAll("text")].filter((text) => !within(text.getBoundingClientRect(), box(text))).map((text) => text.textContent);
    });
    assert.deepEqual(outside, [], `${width}px`);
    const { labels } = await drawn(page);
    assert.ok(labels.includes("a-rather-long-name-of-a-server.some-department.bob.example"), "the whole name is in the title");
    assert.ok(labels.includes("and 3 more clients"), labels.join());
  }
});
