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
  test(`${about} loads at most ${budget} bytes (brotli)`, () => {
    const each = sizes(files);
    const total = Object.values(each).reduce((sum, size) => sum + size, 0);
    const list = Object.entries(each).map(([file, size]) => `  ${String(size).padStart(8)} ${file}`).join("\n");
    assert.ok(
      total <= budget,
      `${about} loads ${total} bytes, ${total - budget} above the budget:\n${list}\n` +
        "Where they are: build with `strip = false` and `debug = true` in [profile.release], and let twiggy (`twiggy top`, `twiggy dominators`) look at " +
        "target/wasm*/wasm32-unknown-unknown/release/mtls_certs.wasm; `cargo xtask bench size` compares with the peers. " +
        `If they are worth it, set "${name}".brotli in tests/data/size-budget.json to ${Math.ceil(total * 1.05)} (5 % above what is measured) and say in the commit why.`,
    );
  });
}

test("no file of pkg/dist is forgotten in the budget", () => {
  const budgeted = new Set(Object.values(BUDGETS).flatMap(({ files }) => files));
  const built = readdirSync(new URL("dist/", PACKAGE)).filter((file) => file !== "build.json");
  assert.deepEqual(built.map((file) => `dist/${file}`).filter((file) => !budgeted.has(file)), []);
});

function brotli(bytes) {
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return brotliCompressSync(bytes, { params }).length;
}
