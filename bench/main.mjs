// cargo xtask bench: measures us beside our peers and prints tables. It judges nothing: no number makes it fail.
//
//   node main.mjs [NAME]   all rows, or those whose name contains NAME
//     --list               the names of the rows
//     --quick              a look in a fraction of the time
//     --write              the tables into BENCHMARKS.md too; only with all rows, and it says so where they are of a quick run
//     --without-chromium=REASON
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { context } from "./support/context.mjs";
import { goals, goalsTable } from "./support/goals.mjs";
import { machine } from "./support/machine.mjs";
import { failed } from "./support/measure.mjs";
import { LEGEND, table } from "./support/report.mjs";

const BENCHMARKS = new URL("../BENCHMARKS.md", import.meta.url);
const [BEGIN, END] = ["<!-- begin: written by cargo xtask bench --write -->", "<!-- end -->"];

const { values, positionals } = read({
  allowPositionals: true,
  options: { list: { type: "boolean" }, quick: { type: "boolean" }, write: { type: "boolean" }, "without-chromium": { type: "string" } },
});
const { certificate, guide, key, selfSigned } = await import("./subjects/operations.mjs");
const { many } = await import("./subjects/many.mjs");
const { start } = await import("./subjects/start.mjs");
const pages = await import("./subjects/pages.mjs");
const SUBJECTS = [guide, key, certificate, selfSigned, many, start, pages.size, pages.key, pages.certificate, pages.first, pages.start];

const wanted = positionals[0] ?? "";
const chosen = SUBJECTS.map((subject) => ({ subject, rows: subject.rows.filter((row) => row.includes(wanted)) })).filter(({ rows }) => rows.length);
if (positionals.length > 1 || !chosen.length) fail(`no row is called \`${positionals.join(" ")}\`; --list names them`);
if (values.write && (wanted || values["without-chromium"])) fail("--write needs all rows, and Chromium");
if (values.list) for (const { subject, rows } of chosen) for (const row of rows) console.log(`${row.padEnd(30)} ${subject.title}`);
else await run();

async function run() {
  const chromium = process.env.CHROMIUM || "/usr/bin/chromium";
  const here = context({ quick: values.quick, chromium });
  const about = machine(values["without-chromium"] ? "" : chromium);
  const parts = [];
  const all = [];
  const show = (text) => (parts.push(text), console.log(text));
  if (values.quick) about.push("A quick run: few samples, so that medians are rough");
  show([...about, `Date: ${new Date().toISOString().slice(0, 10)}`].map((line) => `- ${line}`).join("\n") + `\n\n${LEGEND}\n`);
  try {
    for (const { subject, rows } of chosen) {
      if (subject.chromium && values["without-chromium"]) {
        here.notes.add(`${rows.join(", ")}: skipped, ${values["without-chromium"]}`);
        continue;
      }
      const lines = [];
      for (const row of rows) {
        process.stderr.write(`measuring ${row}\n`);
        try {
          lines.push(...(await subject.run(row, here)));
        } catch (error) {
          here.notes.add(`${row}: ${failed(error).error}`);
        }
      }
      all.push(...lines);
      if (lines.length) show(table(subject, lines));
    }
  } finally {
    await pages.close();
  }
  const reached = goals(all);
  if (reached.length) show(goalsTable(reached));
  if (here.notes.size) show(`Notes:\n\n${[...here.notes].map((note) => `- ${note}`).join("\n")}\n`);
  if (values.write) write(parts.join("\n").trim());
}

function write(tables) {
  const text = readFileSync(BENCHMARKS, "utf8");
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) fail(`BENCHMARKS.md has lost its markers, ${BEGIN} and ${END}`);
  writeFileSync(BENCHMARKS, `${text.slice(0, before + BEGIN.length)}\n\n${tables}\n\n${text.slice(after)}`);
  console.log("written into BENCHMARKS.md");
}

function read(config) {
  try {
    return parseArgs(config);
  } catch (error) {
    return fail(error.message);
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
