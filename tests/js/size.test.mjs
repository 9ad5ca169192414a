// What a page loads stays below a budget, so that it can't grow unseen.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync, constants } from "node:zlib";

const PACKAGE = new URL("../../pkg/", import.meta.url);
const BUDGETS = JSON.parse(readFileSync(new URL("../data/size-budget.json", import.meta.url), "utf8"));

/** Each by itself, as servers send them. */
const sizes = (files) => Object.fromEntries(files.map((file) => [file, brotli(readFileSync(new URL(file, PACKAGE)))]));

for (const [name, { about, files, brotli: budget }] of Object.entries(BUDGETS)) {
  test(`at most ${budget} bytes of brotli: ${about}`, () => {
    const each = sizes(files);
    const total = Object.values(each).reduce((sum, size) => sum + size, 0);
    const list = Object.entries(each).map(([file, size]) => `  ${String(size).padStart(8)} ${file}`).join("\n");
    assert.ok(
      total <= budget,
      `${total} bytes of brotli are ${total - budget} above the budget of ${about}:\n${list}\n` +
        "Where they are: build with `strip = false` and `debug = true` in [profile.release], and let twiggy (`twiggy top`, `twiggy dominators`) look at " +
        "target/wasm*/wasm32-unknown-unknown/release/*.wasm; `cargo xtask bench size` compares with the peers. " +
        `If they are worth it, set "${name}".brotli in tests/data/size-budget.json to ${Math.ceil(total * 1.05)} (5 % above what is measured) and say in the commit why.`,
    );
  });
}

test("no file that a page can load is forgotten in the budgets", () => {
  const budgeted = new Set(Object.values(BUDGETS).flatMap(({ files }) => files));
  const all = readdirSync(PACKAGE, { recursive: true }).map((file) => file.replaceAll("\\", "/")).filter((file) => /\.(js|wasm)$/.test(file));
  assert.deepEqual(all.filter((file) => !budgeted.has(file)), ["workerd.js"]);
});

function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}
