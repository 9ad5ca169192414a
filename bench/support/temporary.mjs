// One folder for this run, gone with it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder;

export function temporary() {
  if (!folder) {
    folder = mkdtempSync(join(tmpdir(), "mtls-certs-bench-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  }
  return folder;
}
