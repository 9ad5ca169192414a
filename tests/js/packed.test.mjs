// The tarball as npm would publish it: what is in it, and that it works where it is installed, by every way in.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installed } from "./support/installed.mjs";

const run = promisify(execFile);
const esbuild = fileURLToPath(new URL("../node_modules/.bin/esbuild", import.meta.url));
const USE = `createMutualTls().then(({ files }) => console.log(Object.keys(files).length))`;

let folder;
let packed;

before(async () => {
  ({ folder, packed } = await installed());
});

after(() => rm(folder, { recursive: true, force: true }));

/** Runs a program in a folder where the package is installed, and returns what it printed. */
async function node(name, code) {
  await writeFile(path.join(folder, name), code);
  return (await run(process.execPath, [name], { cwd: folder })).stdout.trim();
}

test("the tarball holds what is needed and nothing else", async () => {
  assert.deepEqual(packed.files.map((file) => file.path).sort(), [
    "LICENSE-APACHE", "LICENSE-MIT", "README.md", "api.js", "batch.js", "call.js", "certify.js", "curve_key.js",
    "dist/build.json", "dist/in-page-inline.js", "dist/in_page.js", "dist/in_page_bg.wasm",
    "dist/mtls_certs.js", "dist/mtls_certs_bg.wasm", "dist/wasm-inline.js",
    "ecdsa.js", "error.js", "fleet.js", "in_page.js", "index.d.ts", "index.js", "init.js", "inspect.js", "key_pair.js", "keys.js", "node_crypto.js",
    "package.json", "pem.js", "pkcs12.js", "platform.js", "renewal.js", "results.js", "revocation.js", "signature.js", "signed.js", "types/details.d.ts", "types/issuing.d.ts", "types/keys.d.ts", "types/names.d.ts", "types/pkcs12.d.ts", "types/revocation.d.ts", "types/verification.d.ts",
    "verify.js", "wasm.js", "worker.js", "workerd.js",
  ]);
});

test("its version is the crate's, its licences are the project's", async () => {
  const read = (file) => readFile(new URL(`../../${file}`, import.meta.url), "utf8");
  const [, version] = /^version = "(.*)"$/m.exec(await read("Cargo.toml"));
  assert.equal(packed.version, version);
  for (const file of ["LICENSE-MIT", "LICENSE-APACHE"]) assert.equal(await read(`pkg/${file}`), await read(file));
});

test("import and require()", async () => {
  assert.equal(await node("a.mjs", `import { createMutualTls } from "mtls-certs"; ${USE}`), "8");
  assert.equal(await node("b.cjs", `const { createMutualTls } = require("mtls-certs"); ${USE}`), "8");
});

test("the wasms by their own names, for init", async () => {
  const code = `import { readFileSync } from "node:fs"; import { fileURLToPath } from "node:url";
    import { createMutualTls, init } from "mtls-certs";
    const bytes = (name) => readFileSync(fileURLToPath(import.meta.resolve(name)));
    await init(bytes("mtls-certs/wasm"), { inPage: bytes("mtls-certs/in-page.wasm"), crypto: "in-page" }); ${USE}`;
  assert.equal(await node("c.mjs", code), "8");
});

test("nothing else can be imported", async () => {
  await assert.rejects(node("d.mjs", `import "mtls-certs/api.js"`), /ERR_PACKAGE_PATH_NOT_EXPORTED/);
});

test("bundled and minified by esbuild without configuration, for a browser and for Node", async () => {
  for (const platform of ["browser", "node"]) {
    await writeFile(path.join(folder, "entry.mjs"), `import { createMutualTls } from "mtls-certs"; ${USE}`);
    const out = `bundle-${platform}.mjs`;
    await run(esbuild, ["entry.mjs", "--bundle", "--minify", "--format=esm", `--platform=${platform}`, `--outfile=${out}`, "--log-level=error"], { cwd: folder });
    assert.equal((await run(process.execPath, [out], { cwd: folder })).stdout.trim(), "8", platform);
  }
});
