// The package on the other hosts where it is run: Deno, Bun, workerd (Cloudflare Workers), and in the test runners that give files a
// world of their own. All of them do the same, from the tarball; what came of it is judged here.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { copyFile, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { installed } from "./support/installed.mjs";

const run = promisify(execFile);
const modules = fileURLToPath(new URL("../node_modules", import.meta.url));
const PROGRAM = 'import { everywhere } from "./everywhere.mjs"; console.log(JSON.stringify(await everywhere()));';
/** `test` is a global of both runners. */
const TEST = `import { writeFileSync } from "node:fs"; import { everywhere } from "./everywhere.mjs";
  test("everywhere", async () => writeFileSync("report.json", JSON.stringify(await everywhere())), 120_000);`;

let folder;

before(async () => {
  ({ folder } = await installed());
  await copyFile(new URL("support/everywhere.mjs", import.meta.url), path.join(folder, "everywhere.mjs"));
});

after(() => rm(folder, { recursive: true, force: true }));

/** What a program prints, in the folder where the package is installed. */
async function printed(command, args, env) {
  await writeFile(path.join(folder, "main.mjs"), PROGRAM);
  const options = { cwd: folder, env: { ...process.env, ...env }, maxBuffer: 1 << 24 };
  return (await run(command, args, options)).stdout;
}

/** What a test of a test runner wrote down. */
async function written(name, args, environment) {
  await writeFile(path.join(folder, name), TEST);
  const report = path.join(folder, "report.json");
  await rm(report, { force: true });
  await run(process.execPath, args, { cwd: folder, env: { ...process.env, ...environment } });
  return readFile(report, "utf8");
}

/** What a Worker answers, bundled as Wrangler does it: the wasms stay modules of their own. */
async function answered(t) {
  await writeFile(path.join(folder, "worker.mjs"), 'import { everywhere } from "./everywhere.mjs"; export default { fetch: async () => Response.json(await everywhere()) };');
  const wasms = [];
  const keepWasm = {
    name: "keep-wasm",
    setup(bundle) {
      bundle.onResolve({ filter: /\.wasm$/ }, ({ path: name, resolveDir }) => {
        wasms.push(path.resolve(resolveDir, name));
        return { path: path.basename(name), external: true };
      });
    },
  };
  const options = { bundle: true, format: "esm", conditions: ["workerd"], plugins: [keepWasm], logLevel: "error" };
  await build({ ...options, entryPoints: [path.join(folder, "worker.mjs")], outfile: path.join(folder, "bundle.js") });
  const embedded = wasms.map((file) => `(name = "${path.basename(file)}", wasm = embed "${path.relative(folder, file)}")`);
  await writeFile(path.join(folder, "config.capnp"), `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = .worker)], sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]);
    const worker :Workerd.Worker = (modules = [(name = "worker", esModule = embed "bundle.js"), ${embedded}], compatibilityDate = "2026-01-01");`);
  const workerd = spawn(programs.workerd(), ["serve", "config.capnp", "--control-fd=1"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
  t.after(async () => {
    workerd.kill();
    if (workerd.exitCode === null && workerd.signalCode === null) await once(workerd, "exit");
  });
  const [line] = await once(createInterface(workerd.stdout), "line");
  const response = await fetch(`http://127.0.0.1:${JSON.parse(line).port}/`);
  assert.equal(response.status, 200, await response.clone().text());
  return response.text();
}

const packageOf = (...of) => path.join(modules, ...of);

/** npm runs no scripts here, so that the programs are where their packages for this machine put them. */
const programs = {
  Deno: () => path.join(modules, ".bin/deno"),
  Bun: () => packageOf("@oven", readdirSync(packageOf("@oven"))[0], "bin", process.platform === "win32" ? "bun.exe" : "bun"),
  workerd: () => createRequire(import.meta.url)("workerd").default,
};

/** @type {Record<string, (t: import("node:test").TestContext) => Promise<string>>} */
const HOSTS = {
  Deno: () => printed(programs.Deno(), ["run", "--no-prompt", "main.mjs"], { DENO_DIR: path.join(folder, "deno"), DENO_NO_UPDATE_CHECK: "1" }),
  Bun: () => printed(programs.Bun(), ["main.mjs"]),
  workerd: answered,
  Vitest: () => written("vitest.test.mjs", [packageOf("vitest/vitest.mjs"), "run", "--globals", "--root", folder]),
  Jest: () => written("jest.test.mjs", [packageOf("jest/bin/jest.js"), "--rootDir", folder, "--testMatch", "**/jest.test.mjs", "--transform", "{}"], { NODE_OPTIONS: "--experimental-vm-modules" }),
};

for (const [host, reported] of Object.entries(HOSTS)) {
  const program = programs[host]?.();
  const skip = !program || existsSync(program) ? false : `${host} has no package for this machine`;
  test(`${host}: keys of every kind, a CA that no script can read, PKCS#12, revocation, errors`, { skip }, async (t) => {
    const made = JSON.parse(await reported(t));
    assert.equal(Object.keys(made.guides).length, 7);
    for (const [name, files] of Object.entries(made.guides)) assertGuide(name, files);
    assert.equal(createPrivateKey(made.rsa).asymmetricKeyDetails.modulusLength, 2048);
    assert.equal(made.fleet.length, 20);
    assert.equal(new Set(made.fleet).size, 20);
    const authority = new X509Certificate(made.authority);
    for (const certificate of made.fleet) assert.ok(new X509Certificate(certificate).verify(authority.publicKey));
    const { guides, rsa, authority: _, fleet, ...rest } = made;
    assert.deepEqual(rest, {
      subject: "CN=amy",
      pkcs12: true,
      trusted: true,
      revoked: ["revoked"],
      failure: [true, "ERR_INVALID_ALT_NAME", "server.commonName"],
    });
  });
}

/** The guide's certificates verify by their CA and by no other key. @param {string} name @param {Record<string, string>} files */
function assertGuide(name, files) {
  const authority = new X509Certificate(files["ca.crt"]);
  for (const party of ["bob_server", "amy_client"]) {
    const leaf = new X509Certificate(files[`${party}.crt`]);
    assert.ok(leaf.checkIssued(authority) && leaf.verify(authority.publicKey), name);
    assert.ok(!leaf.verify(leaf.publicKey), name);
    assert.ok(leaf.checkPrivateKey(createPrivateKey(files[`${party}.key`])), name);
  }
}
