// The openssl command line, by the guide's own commands. Each command is a process, which is what a script of it costs.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shell } from "../support/shell.mjs";
import { temporary } from "../support/temporary.mjs";

const folder = temporary();
const path = (name) => join(folder, name);
const read = (name) => readFileSync(path(name), "utf8");

/** @param {string[]} commands */
const run = (...commands) => shell().run(`cd '${folder}' && ${commands.map((command) => `openssl ${command} 2>log`).join(" && ")} || { cat log >&2; false; }`);

const EC = { "ecdsa-p256": "P-256", "ecdsa-p384": "P-384" };
const create = (algorithm, file) =>
  algorithm.startsWith("rsa")
    ? `genrsa -out ${file} ${algorithm.slice(4)}`
    : `genpkey ${algorithm === "ed25519" ? "-algorithm ed25519" : `-algorithm EC -pkeyopt ec_paramgen_curve:${EC[algorithm]}`} -out ${file}`;
const SIGN = "x509 -req -CA ca.crt -CAkey ca.key -CAcreateserial -days 365";

export async function key(algorithm) {
  await run(create(algorithm, "one.key"));
  return { pem: read("one.key") };
}

export async function keyPair(algorithm) {
  await run(create(algorithm, "one.key"), "pkey -in one.key -pubout -out one.pub");
  return { pem: read("one.key"), publicPem: read("one.pub") };
}

/** In a file before the measurement. */
export async function importKey(pem) {
  writeFileSync(path("prepared.key"), pem);
  return { pem };
}

export async function selfSigned() {
  await run("req -new -x509 -days 365 -subj /CN=my-ca -key prepared.key -out prepared.crt");
  return read("prepared.crt");
}

export async function authority(certificate, key) {
  writeFileSync(path("ca.crt"), certificate);
  writeFileSync(path("ca.key"), key.pem);
}

export async function certificate(_authority, request) {
  writeFileSync(path("one.csr"), request);
  await run(`${SIGN} -in one.csr -out one.crt`);
  return read("one.crt");
}

export async function guide(algorithm) {
  const leaf = (name, commonName) => [
    create(algorithm, `${name}.key`),
    `req -new -key ${name}.key -subj /CN=${commonName} -out ${name}.csr`,
    `${SIGN} -in ${name}.csr -out ${name}.crt`,
  ];
  const kind = algorithm.startsWith("rsa") ? `rsa:${algorithm.slice(4)}` : `ec -pkeyopt ec_paramgen_curve:${EC[algorithm]}`;
  await run(
    `req -new -x509 -nodes -days 365 -subj /CN=my-ca -newkey ${kind} -keyout ca.key -out ca.crt`,
    ...leaf("bob_server", "localhost"),
    ...leaf("amy_client", "amy-client"),
  );
  const names = ["ca.key", "ca.crt", ...["bob_server", "amy_client"].flatMap((name) => [`${name}.key`, `${name}.csr`, `${name}.crt`])];
  return Object.fromEntries(names.map((name) => [name, read(name)]));
}
