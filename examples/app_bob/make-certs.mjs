// Writes every PEM file of the guide "Using MTLS" into a folder, with one call of mtls-certs.
//
//   node make-certs.mjs [folder] [--distinct] [--force]

import { lstat, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
// So that this program runs from a checkout without npm install. In your project: from "mtls-certs".
import { createMutualTls } from "../../pkg/index.js";

const HELP = `Writes the keys, requests and certificates of the guide "Using MTLS".

  node make-certs.mjs [folder] [--distinct] [--force]

  folder       where to write them (default: the current folder; made when it is not there)
  --distinct   one CA for Bob and one for Amy, instead of one for both
  --force      replace files that are there, keys too
  --help       this text`;

/** A fault of the call or of the machine that one sentence explains: shown without a stack. */
class Sorry extends Error {}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Sorry)) throw error;
  console.error(`make-certs: ${error.message}`);
  process.exitCode = 1;
}

async function main(args) {
  const { folder, distinct, force, help } = parse(args);
  if (help) return console.log(HELP);
  const { files } = await createMutualTls({ authorities: distinct ? "distinct" : "one" });
  // Everything that can be checked is checked before the first byte is written.
  if (!force) await refuseToReplace(Object.keys(files), folder);
  if (!distinct) await refuseToMislead(folder);
  await writeAll(files, folder);
  report(files, folder, distinct);
}

function parse(args) {
  const options = { distinct: { type: "boolean" }, force: { type: "boolean" }, help: { type: "boolean", short: "h" } };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (positionals.length > 1) throw new Sorry(`one folder at most, but these are ${positionals.length}. See --help.`);
    return { ...values, folder: resolve(positionals[0] ?? ".") };
  } catch (error) {
    if (!error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
    throw new Sorry(`${error.message.split(". ")[0]}. See --help.`);
  }
}

async function refuseToReplace(names, folder) {
  const there = [];
  for (const name of names) if (await exists(join(folder, name))) there.push(name);
  if (there.length > 0) {
    throw new Sorry(`${there.join(", ")} in ${folder} would be replaced: choose another folder, or say --force.`);
  }
}

// app_bob.js takes amy_ca.crt for its CA where it finds one, and would then refuse the Amy of the one CA.
async function refuseToMislead(folder) {
  if (await exists(join(folder, "amy_ca.crt"))) {
    throw new Sorry(`amy_ca.crt in ${folder} is from distinct CAs: move it away, choose another folder, or say --distinct.`);
  }
}

// lstat and not access: a symbolic link is there even when it leads nowhere.
async function exists(path) {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw new Sorry(`can't look at ${path} (${error.code}).`);
  }
}

// Each file is written anew beside its place and then moved there. So no key is ever readable by others, not even where a
// file with a wider mode was, nothing is written through a symbolic link, and a full disk leaves no half a set.
async function writeAll(files, folder) {
  const moves = Object.keys(files).map((name) => ({ name, from: join(folder, `.${name}.${process.pid}`), to: join(folder, name) }));
  try {
    await mkdir(folder, { recursive: true });
    for (const { name, from } of moves) await writeFile(from, files[name], { flag: "wx", mode: isKey(name) ? 0o600 : 0o644 });
    for (const { from, to } of moves) await rename(from, to);
  } catch (error) {
    for (const { from } of moves) await rm(from, { force: true }).catch(() => {});
    throw new Sorry(`can't write to ${folder} (${error.code}).`);
  }
}

function report(files, folder, distinct) {
  const at = (name) => quote(relative(".", join(folder, name)) || ".");
  const app = quote(relative(".", join(dirname(fileURLToPath(import.meta.url)), "app_bob.js")));
  console.log(`Written to ${folder}:`);
  for (const name of Object.keys(files)) console.log(`  ${isKey(name) ? `${name.padEnd(16)} secret: stays with its owner` : name}`);
  console.log(`
Now start Bob, and in a second terminal call him as Amy:
  node ${app}${folder === resolve(".") ? "" : ` ${at("")}`}
  curl --cacert ${at(distinct ? "bob_ca.crt" : "ca.crt")} --key ${at("amy_client.key")} --cert ${at("amy_client.crt")} https://localhost:3000`);
}

function isKey(name) {
  return name.endsWith(".key");
}

function quote(word) {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
