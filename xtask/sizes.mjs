// Prints the sizes of files: as they are, gzip -9, brotli 11. A .tgz is unpacked to its tar first.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync, constants, gunzipSync, gzipSync } from "node:zlib";

const rows = process.argv.slice(2).map((path) => {
  const packed = path.endsWith(".tgz");
  const bytes = packed ? gunzipSync(readFileSync(path)) : readFileSync(path);
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  return [basename(path), ...[bytes, gzip, brotli].map(({ length }) => `${(length / 1000).toFixed(1)} kB`)];
});
const table = [["", "raw", "gzip", "brotli"], ...rows];
const width = (column) => Math.max(...table.map((row) => row[column].length));
for (const row of table) {
  console.log(row.map((cell, i) => (i ? cell.padStart(width(i) + 2) : cell.padEnd(width(i)))).join("").trimEnd());
}
