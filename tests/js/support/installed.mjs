// The package as npm would publish it, installed in a folder of its own.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const PKG = fileURLToPath(new URL("../../../pkg", import.meta.url));

/** A new folder where the tarball is installed, and what npm says that it packed. The caller removes it. */
export async function installed() {
  const folder = await mkdtemp(path.join(tmpdir(), "mtls-certs-installed-"));
  const { stdout } = await run("npm", ["pack", PKG, "--json", "--pack-destination", folder], { maxBuffer: 1 << 24 });
  // A list, and of newer npms an object by name.
  const [packed] = Object.values(JSON.parse(stdout)).flat();
  const within = path.join(folder, "node_modules/mtls-certs");
  await mkdir(within, { recursive: true });
  await run("tar", ["-xzf", path.join(folder, packed.filename), "-C", within, "--strip-components=1"]);
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ private: true, dependencies: { "mtls-certs": packed.version } }));
  return { folder, packed };
}
