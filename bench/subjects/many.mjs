// Many client certificates of one CA: how fast, and how much memory. A process for each peer and count.
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { PEERS, inNode } from "../peers/index.mjs";
import { failed, median } from "../support/measure.mjs";
import { material, requests } from "../support/material.mjs";
import { temporary } from "../support/temporary.mjs";

const ALGORITHM = "ecdsa-p256";
const COUNTS = [1, 100, 1_000, 10_000];
const DIFFERENT = 1_000;
const CHILD = fileURLToPath(new URL("../children/many.mjs", import.meta.url));
/** A count that would take a peer longer than this is left out; its rate at the count before says enough. */
const LIMIT = 150_000;
/** One whose run took longer than this is run once. */
const LONG = 20_000;
/** selfsigned reads no requests, and node-forge has no ECDSA. */
const ABLE = ["ours", "openssl", "peculiar", "jsrsasign"];
const MEASURED_IN_NODE = ABLE.filter((name) => name !== "openssl");

const columns = inNode.filter((name) => !PEERS[name].limit);

let file;
/** The time of one certificate at the counts that were run, by peer. */
const each = {};

export const many = {
  title: "Many P-256 client certificates",
  about:
    `From ${DIFFERENT.toLocaleString("en")} different requests in turn, after a first certificate. Peak: the process's largest resident memory (an idle Node has some 45 MB). ` +
    "Left: heap and external memory (the wasm's among it) above what was held before, after a collection, when the certificates have been let go. " +
    "Kept: the same with the certificates as PEM.",
  columns,
  rows: COUNTS.map((count) => `many/${count}`),
  async run(row, context) {
    const count = Number(row.slice("many/".length));
    if (!file) {
      file = join(temporary(), "many.json");
      writeFileSync(file, JSON.stringify({ ...(await material(ALGORITHM)), requests: await requests(ALGORITHM, DIFFERENT) }));
    }
    const results = Object.fromEntries(ABLE.filter((name) => !(each[name] * count > LIMIT)).map((name) => [name, []]));
    const errors = {};
    for (let round = 0; round < (context.quick || count > 1_000 ? 1 : 3); round++) {
      for (const name of Object.keys(results)) {
        if (errors[name] || results[name][0]?.time > LONG) continue;
        try {
          results[name].push(await child(name, count));
        } catch (error) {
          errors[name] = failed(error);
          context.note(row, name, errors[name].error);
        }
      }
    }
    const line = (what, unit, value, names = MEASURED_IN_NODE) => ({
      row: `${row}/${what}`,
      label: `${count.toLocaleString("en")}: ${what}`,
      unit,
      cells: Object.fromEntries(
        names
          .filter((name) => results[name])
          .map((name) => [name, errors[name] ?? { value: median(results[name].map(value)), samples: results[name].length }]),
      ),
    });
    for (const [name, list] of Object.entries(results)) if (list.length) each[name] = median(list.map(({ time }) => time / count));
    return [
      line("certificates a second", "a second", ({ time }) => (1000 * count) / time, ABLE),
      line("peak", "MB", ({ peak }) => peak),
      line("kept", "MB", ({ kept }) => kept),
      line("left", "MB", ({ left }) => left),
    ];
  },
};

async function child(name, count) {
  const args = ["--expose-gc", CHILD, name, String(count), file];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 10 * LIMIT });
    return JSON.parse(stdout);
  } catch (error) {
    // Node prints the place first and what happened below it.
    throw new Error(/^\w*Error.*$/m.exec(error.stderr ?? "")?.[0] ?? error.message);
  }
}
