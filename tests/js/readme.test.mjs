// Every code block of the READMEs runs: JavaScript as a module that imports the package by its name, shell commands in
// a folder where the steps before have left their files. A block with another language or without one fails the test.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../", import.meta.url));
const run = promisify(execFile);

/** The fenced blocks of a Markdown file. */
async function blocks(file) {
  const text = await readFile(path.join(root, file), "utf8");
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, code]) => ({ language, code }));
}

/** A folder in which `mtls-certs` can be imported, as after `npm install mtls-certs`. */
async function project() {
  const folder = await mkdtemp(path.join(tmpdir(), "mtls-certs-readme-"));
  await mkdir(path.join(folder, "node_modules"));
  await symlink(path.join(root, "pkg"), path.join(folder, "node_modules/mtls-certs"), "dir");
  await cp(path.join(root, "examples/app_bob/app_bob.js"), path.join(folder, "app_bob.js"));
  return folder;
}

/** Runs a shell block. What serves until it is stopped is started, waited for, and stopped by the returned function. */
async function shell(code, folder) {
  const serving = [];
  for (const line of code.trim().split("\n")) {
    if (/^\s*(#|$)/.test(line)) continue;
    if (/node .*app_bob\.js/.test(line)) {
      const child = spawn("bash", ["-c", `exec env ${line}`], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
      serving.push(child);
      await new Promise((resolve, reject) => {
        child.stdout.once("data", resolve);
        child.once("exit", (status) => reject(new Error(`${line} ended with ${status}`)));
      });
    } else {
      const { stdout } = await run("bash", ["-euc", line], { cwd: folder });
      if (line.startsWith("curl")) assert.match(stdout, /amy-client/, line);
    }
  }
  return () => serving.forEach((child) => child.kill());
}

for (const file of ["README.md", "pkg/README.md"]) {
  test(`the code of ${file} runs`, async () => {
    const folder = await project();
    const stops = [];
    let count = 0;
    try {
      for (const { language, code } of await blocks(file)) {
        if (language === "js") {
          const script = path.join(folder, `block-${count}.mjs`);
          await writeFile(script, code);
          await run(process.execPath, [script], { cwd: folder });
        } else if (language === "sh") {
          // The two commands of the checkout are what runs this test; naming them is checked, running them is not.
          if (/^cargo xtask/m.test(code)) assert.match(code, /^(cargo xtask (serve|test|build|pack)\b.*\n)+$/);
          else stops.push(await shell(code, folder));
        } else {
          assert.fail(`a block of ${file} is of language "${language}", which nobody runs:\n${code}`);
        }
        count++;
      }
      assert.ok(count > 0, "no code block was found");
    } finally {
      stops.forEach((stop) => stop());
      await rm(folder, { recursive: true, force: true });
    }
  });
}
