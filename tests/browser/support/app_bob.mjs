// Runs the guide's two programs as a person would: app_bob.js on a free port, and curl against it.

import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const APP_BOB = fileURLToPath(new URL("../../../examples/app_bob/app_bob.js", import.meta.url));

/** A folder that is gone after the test. */
export async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), "mtls-certs-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts app_bob.js in the folder. `logged` waits for a line, because the log may come after curl's exit. */
export async function startAppBob(t, folder, { app = APP_BOB, flags = [], env = {} } = {}) {
  const child = spawn(process.execPath, [...flags, app], { cwd: folder, env: { ...process.env, PORT: "0", ...env } });
  const ended = new Promise((resolve) => child.on("exit", resolve));
  t.after(async () => {
    child.kill();
    await ended;
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log += chunk));
  const logged = async (pattern) => {
    for (let waited = 0; waited < 10_000; waited += 20) {
      const match = pattern.exec(log);
      if (match) return match;
      if (child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`app_bob.js did not log ${pattern}, but:\n${log}`);
  };
  const [url] = await logged(/https:\/\/\S+/);
  return { url, logged, stop: (signal) => (child.kill(signal), ended) };
}

/** curl in the folder, trusting `ca` and showing the certificate of `client` (the base of its files), if any. */
export function curl(folder, url, { ca, client, args = [] }) {
  const identity = client ? ["--key", `${client}.key`, "--cert", `${client}.crt`] : [];
  return run("curl", ["--silent", "--show-error", "--max-time", "10", "--cacert", ca, ...identity, ...args, url], folder);
}

/** Runs a program to its end and never rejects: the exit code is part of what is tested. */
export function run(program, args, cwd) {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr });
    });
  });
}
