// What the numbers were measured on. No names of hosts, no paths.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";
import { PEERS } from "../peers/index.mjs";

export function machine(chromium) {
  const lines = {
    Processor: `${os.cpus()[0]?.model ?? "unknown"}, ${os.cpus().length} cores`,
    Memory: `${Math.round(os.totalmem() / 2 ** 30)} GB`,
    System: `${distribution()} (${os.type()} ${os.machine()})`,
    Node: process.version.slice(1),
    Chromium: version(chromium, ["--version"]),
    OpenSSL: version("openssl", ["version"]),
    Peers: [...new Set(Object.values(PEERS).flatMap(({ packages = [] }) => packages))].map((name) => `${name} ${installed(name)}`).join(", "),
    Load: `${os.loadavg()[0].toFixed(1)} at the start`,
  };
  return Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
}

function distribution() {
  try {
    return /^PRETTY_NAME="?(.*?)"?$/m.exec(readFileSync("/etc/os-release", "utf8"))[1];
  } catch {
    return os.version();
  }
}

function version(program, args) {
  try {
    // Some Chromiums say more on further lines.
    return /\d[\w.]*/.exec(execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }))[0];
  } catch {
    return "none";
  }
}

const installed = (name) => JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
