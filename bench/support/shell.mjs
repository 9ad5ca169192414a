// One small shell that starts other programs. To start them from here would mean to copy this large process's page tables
// each time: milliseconds that are not theirs.
import { spawn } from "node:child_process";

let only;

/** The shell, started on first use and ended with this process. */
export function shell() {
  only ??= start();
  return only;
}

function start() {
  const loop = `while IFS= read -r line; do eval "$line" >/dev/null </dev/null; echo "ended $?" >&3; done`;
  const child = spawn("/bin/sh", ["-c", loop], { stdio: ["pipe", "ignore", "pipe", "pipe"] });
  let waiting;
  let errors = "";
  const fail = (error) => waiting?.reject(error);
  child.on("error", fail);
  child.on("exit", () => fail(new Error(`the shell ended: ${errors}`)));
  child.stdin.on("error", fail);
  child.stderr.on("data", (chunk) => (errors += chunk));
  child.stdio[3].on("data", (chunk) => {
    const code = /ended (\d+)/.exec(chunk)?.[1];
    if (code === "0") waiting.resolve();
    // Its message may still be on the way, through the other pipe.
    else setTimeout(() => fail(new Error(errors.trim() || `exit code ${code}`)), 50);
  });
  child.unref();
  for (const stream of child.stdio) stream?.unref?.();
  const hold = () => {};
  return {
    /** Runs one line, one at a time. */
    run(line) {
      errors = "";
      // Unreferenced pipes don't keep Node alive while it waits for them.
      const alive = setInterval(hold, 1 << 30);
      return new Promise((resolve, reject) => (waiting = { resolve, reject }, child.stdin.write(`${line}\n`))).finally(() => clearInterval(alive));
    },
  };
}
