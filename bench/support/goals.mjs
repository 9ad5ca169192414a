// What the project wants to reach, and whether this run did. Told, never enforced: a busy machine is no fault of the code.
import { PEERS } from "../peers/index.mjs";
import { ratio } from "./report.mjs";

const TIMES_THE_PLATFORM = 1.5;
const TIMES_OPENSSL = 2;
const PAGE_BYTES = 130_000;
/** Noise of the collector, for 10,000 certificates. */
const FLAT_BYTES = 1_000_000;

/** @param {any[]} lines of all subjects @returns {{ goal: string, measured: string, reached: boolean }[]} those that this run can judge */
export function goals(lines) {
  const line = (row) => lines.find((one) => one.row === row);
  const value = (row, name = "ours") => line(row)?.cells[name]?.value;
  const found = [];
  const judge = (goal, amount, text, reached) => amount > 0 && found.push({ goal, measured: text(amount), reached: reached(amount) });
  const times = (amount) => `${amount.toFixed(2)} times`;

  for (const { row, cells } of lines) {
    if (!/^(certificate|self-signed|chromium\/certificate)\//.test(row)) continue;
    const against = row.startsWith("self-signed") ? "`sign` alone" : "the platform calls that it can't avoid";
    const ofNode = cells.ours?.value / cells.node?.value;
    const text = (amount) => times(amount) + (ofNode ? `; ${times(ofNode)} those of Node's own \`crypto\`` : "");
    judge(`${row}: at most ${TIMES_THE_PLATFORM} times ${against}`, cells.ours?.value / cells.subtle?.value, text, (amount) => amount <= TIMES_THE_PLATFORM);
  }
  judge(`guide/rsa-2048: at least ${TIMES_OPENSSL} times faster than openssl`, value("guide/rsa-2048", "openssl") / value("guide/rsa-2048"), times, (amount) => amount >= TIMES_OPENSSL);
  const growth = (what) => value(`many/10000/${what}`) - value(`many/1000/${what}`);
  const flat = growth("left");
  if (!Number.isNaN(flat)) {
    const grown = `${(flat / 1e6).toFixed(1)} MB left, ${(growth("peak") / 1e6).toFixed(1)} MB peak, of which ${(growth("kept") / 1e6).toFixed(1)} MB are the certificates`;
    found.push({ goal: "many: nothing more is left after 10,000 than after 1,000", measured: grown, reached: flat <= FLAT_BYTES });
  }
  judge("size: at most 130 kB of brotli, with `init(url)`", value("size/brotli", "ours-url"), (amount) => `${(amount / 1000).toFixed(1)} kB`, (amount) => amount <= PAGE_BYTES);

  // Of the sizes, the one that travels.
  const compared = lines.filter(({ row }) => !row.startsWith("size/") || row === "size/brotli").filter((one) => Object.keys(one.cells).some((name) => isPeer(name) && ratio(one, name)));
  if (compared.length) {
    const told = (one, name) => `${one.row}: ${PEERS[name].title} ×${ratio(one, name).toFixed(2)}${overlap(one.cells.ours, one.cells[name]) ? " (may be chance)" : ""}`;
    const behind = compared.flatMap((one) => Object.keys(one.cells).filter((name) => isPeer(name) && ratio(one, name) < 1).map((name) => told(one, name)));
    found.push({ goal: `ahead of every peer in every row (${compared.length} rows)`, measured: behind.join("; ") || "ahead in all", reached: behind.length === 0 });
  }
  return found;
}

/** Whether the samples leave open which of two is faster. */
const overlap = ({ between: one }, { between: other }) => Boolean(one && other) && one[0] <= other[1] && other[0] <= one[1];

const isPeer = (name) => name !== "ours" && PEERS[name] && !PEERS[name].limit && !PEERS[name].pageOnly;

export function goalsTable(found) {
  const rows = found.map(({ goal, measured, reached }) => `| ${goal} | ${measured} | ${reached ? "yes" : "no"} |`);
  return `### What we want to reach\n\n| goal | measured | reached |\n|---|---|---|\n${rows.join("\n")}\n`;
}
