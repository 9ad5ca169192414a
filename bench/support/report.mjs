// Results as Markdown.
import { PEERS } from "../peers/index.mjs";

/** How a unit is written, and whether more of it is better. */
const UNITS = {
  ms: { text: (value) => `${digits(value)} ms` },
  kB: { text: (value) => `${(value / 1000).toFixed(1)} kB` },
  MB: { text: (value) => `${(value / 1e6).toFixed(1)} MB`, withoutRatio: true },
  "a second": { text: (value) => `${Math.round(value).toLocaleString("en")} a second`, moreIsBetter: true },
};

export const LEGEND = `A cell is the median, then in how many times ours (×1.00 is ours, ×2.00 takes twice as long or twice the bytes, ×0.50 half), and in
brackets the number of samples. Samples of all peers are taken in turns. A dash: the peer can't do it.`;

/** What a peer costs in comparison with ours; undefined where one of them has no number. */
export function ratio({ unit, cells }, name) {
  const [value, ours] = [cells[name]?.value, cells.ours?.value];
  if (!(value > 0 && ours > 0) || UNITS[unit].withoutRatio) return undefined;
  return UNITS[unit].moreIsBetter ? ours / value : value / ours;
}

/** @param {{ title: string, about: string, columns: string[] }} subject @param {any[]} lines */
export function table({ title, about, columns }, lines) {
  // A column that is all dashes says it once for the whole table.
  const used = columns.filter((name) => lines.some(({ cells }) => cells[name]));
  const without = columns.filter((name) => !used.includes(name) && PEERS[name] && !PEERS[name].limit).map((name) => PEERS[name].title);
  const head = ["", ...used.map((name) => PEERS[name]?.title ?? `\`${name}\``)];
  const rows = lines.map((line) => [line.label, ...used.map((name) => cell(line, name))]);
  const markdown = [head, head.map((_, i) => (i ? "---:" : "---")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
  const dashes = without.length ? `\n\nCan't do it: ${without.join(", ")}.` : "";
  return `### ${title}\n\n${about}\n\n${markdown}${dashes}\n`;
}

function cell(line, name) {
  const it = line.cells[name];
  if (!it) return "–";
  if (it.error) return "failed";
  const times = ratio(line, name);
  const samples = it.samples ? ` (${it.samples})` : "";
  return `${UNITS[line.unit].text(it.value)}${times === undefined ? "" : ` ×${times.toFixed(2)}`}${samples}`;
}

export const digits = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));
