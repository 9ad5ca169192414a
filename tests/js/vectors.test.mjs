// The files that PyPI's cryptography tests itself with: certificates, requests, CRLs and keys of many tools and years, sound and
// broken. Each is read with the facts that cryptography sees (tests/python/facts.py), or refused with the right code.
//
// tests/data/vectors.json holds what differs from cryptography, by path, each with its reason:
//   inspect        the code that inspectAll refuses the file with, or "read", where cryptography refuses it and we don't
//   createRequest  the code that a private key in it is refused with when it is to sign a request, or "works"
//   issue          the code that a request in it is refused with when a certificate is to be issued
//   forgiven       the same where its old hash is forgiven
// Everything else is read by both or refused by both, and what is read can be used, but for requests whose signature is
// false or made with an old hash. An entry that isn't so is a failure.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { CertificateError, createAuthority, createRequest, inspectAll, issueCertificate } from "../../pkg/index.js";
import { differences } from "./support/facts.mjs";

const here = new URL(".", import.meta.url);
const python = process.env.MTLS_CERTS_PYTHON;
const skip = python ? false : "needs MTLS_CERTS_PYTHON, which `cargo xtask test` sets up";
const expected = JSON.parse(readFileSync(new URL("../data/vectors.json", here), "utf8"));
const { root, files } = skip ? { files: [] } : facts();
const [EQUAL, EXPECTED, BOTH, LENIENT] = ["read with equal facts", "refused with the expected code", "refused by cryptography too", "read though cryptography refuses"];
const counts = { [EQUAL]: 0, [EXPECTED]: 0, [BOTH]: 0, [LENIENT]: 0 };
let authority;

before(async () => {
  authority = await createAuthority({ subject: { commonName: "vectors-ca" } });
});

function facts() {
  const script = fileURLToPath(new URL("../python/facts.py", here));
  return JSON.parse(execFileSync(python, [script], { maxBuffer: 1 << 28, encoding: "utf8" }));
}

/** What refusing a file as what it is looks like, where the table doesn't say it more exactly. */
const FITTING = {
  certificate: ["ERR_INVALID_CERTIFICATE", "ERR_INVALID_PEM"],
  request: ["ERR_INVALID_REQUEST", "ERR_INVALID_PEM"],
  crl: ["ERR_INVALID_CRL", "ERR_INVALID_PEM"],
  privateKey: ["ERR_INVALID_KEY", "ERR_UNSUPPORTED_KEY", "ERR_INVALID_PEM"],
  publicKey: ["ERR_INVALID_KEY", "ERR_UNSUPPORTED_KEY", "ERR_INVALID_PEM"],
  unknown: ["ERR_INVALID_PEM", "ERR_INVALID_KEY", "ERR_UNSUPPORTED_KEY", "ERR_INVALID_CERTIFICATE", "ERR_INVALID_REQUEST", "ERR_INVALID_CRL"],
};

const count = (what) => {
  counts[what] = (counts[what] ?? 0) + 1;
};

/** `{ result }`, or `{ code }` of a refusal. Anything else that is thrown is ours to answer for. */
async function outcome(call) {
  try {
    return { result: await call() };
  } catch (error) {
    if (!(error instanceof CertificateError) || error.code === "ERR_INTERNAL") return { code: `a crash: ${error.stack}` };
    return { code: error.code, message: error.message };
  }
}

/** What is wrong with how the file was taken, in words; nothing when all is well. */
async function check({ path, items }) {
  const entry = expected[path] ?? {};
  const pem = readFileSync(join(root, path));
  const passphrase = items.find((item) => item.passphrase)?.passphrase;
  const theirsRead = items.every((item) => !item.error);
  const problems = [];

  const inspected = await outcome(() => inspectAll(passphrase ? { pem, passphrase } : { pem }));
  const told = inspected.code ? `${inspected.code} (${inspected.message})` : "read";
  if (entry.inspect && entry.inspect !== (inspected.code ?? "read")) {
    problems.push(`inspectAll: expected ${entry.inspect}, got ${told}`);
  } else if (!entry.inspect && theirsRead !== !inspected.code) {
    problems.push(`inspectAll: ${told}, and cryptography ${theirsRead ? "reads it" : `says ${items.map((item) => item.error)}`}`);
  } else if (!entry.inspect && !theirsRead && !items.some((item) => FITTING[item.kind].includes(inspected.code))) {
    problems.push(`inspectAll: ${told}, which doesn't fit ${items.map((item) => item.kind)}`);
  }
  if (!inspected.code) problems.push(...differences(items, inspected.result, count));
  if (entry.inspect === "read" && theirsRead) problems.push("the table says that cryptography refuses it, and it doesn't");
  if (inspected.code) count(entry.inspect ? EXPECTED : BOTH);
  else count(entry.inspect ? LENIENT : EQUAL);

  const [item] = items;
  if (items.length === 1 && item.kind === "privateKey") {
    const privateKey = passphrase ? { pem, passphrase } : pem;
    const made = await outcome(() => createRequest({ subject: { commonName: "vectors" }, privateKey }));
    problems.push(...used("createRequest", entry, item, made));
    if (passphrase) problems.push(...(await guarded(pem, entry)));
    const ours = made.result?.details.publicKey.sha256;
    if (ours && item.publicKey && hex(ours) !== item.publicKey.sha256) problems.push(`createRequest: for another key, ${ours}`);
  }
  if (items.length === 1 && item.kind === "request") {
    const issue = (options) => outcome(() => issueCertificate({ request: pem, authority, profile: "client", ...options }));
    problems.push(...used("issue", entry, item, await issue()));
    // Only the age of the hash is forgiven.
    if (item.weakSignature === true) {
      const forgiven = await issue({ allowWeakSignature: true });
      const wanted = entry.forgiven ?? entry.issue ?? (item.signatureValid === true ? undefined : "ERR_REQUEST_SIGNATURE");
      if (forgiven.code !== wanted) problems.push(`issue, allowWeakSignature: expected ${wanted ?? "a certificate"}, got ${forgiven.code} (${forgiven.message})`);
    }
  }
  return problems.map((problem) => `${path}: ${problem}`);
}

/** A missing passphrase and a wrong one are told from everything else, but where the encryption itself is refused. */
async function guarded(pem, entry) {
  const problems = [];
  for (const privateKey of [pem, { pem, passphrase: "wrong" }]) {
    const { code, message } = await outcome(() => createRequest({ subject: { commonName: "vectors" }, privateKey }));
    const encryption = entry.why?.startsWith("encrypted") && entry.createRequest;
    if (code !== "ERR_PASSPHRASE" && code !== encryption) problems.push(`without its passphrase: ${code ?? "works"} (${message})`);
  }
  return problems;
}

/** A key or request can be used where cryptography reads it, unless the table has the code that it is refused with. */
function used(step, entry, item, { code, message }) {
  const natural = item.weakSignature === true ? "ERR_WEAK_SIGNATURE" : item.signatureValid === false ? "ERR_REQUEST_SIGNATURE" : "works";
  const wanted = entry[step] ?? (item.error ? undefined : natural);
  const got = code ?? "works";
  count(`${item.kind === "request" ? "requests" : "keys"} ${code ? "refused by" : "good for"} ${step === "issue" ? "issueCertificate" : step}`);
  if (wanted ? got === wanted : FITTING[item.kind].includes(code)) return [];
  return [`${step}: expected ${wanted ?? FITTING[item.kind].join(" or ")}, got ${got} (${message})`];
}

const hex = (text) => text.replaceAll(":", "").toLowerCase();

const folders = new Set(files.map((file) => dirname(file.path)));

test("cryptography's files, by folder", { skip }, async (t) => {
  for (const folder of folders) {
    const inside = files.filter((file) => dirname(file.path) === folder);
    await t.test(`${folder}: ${inside.length} files`, async () => {
      const problems = [];
      for (const file of inside) problems.push(...(await check(file)));
      assert.ok(problems.length === 0, `\n${problems.join("\n")}`);
    });
  }
  const sum = Object.entries(counts).map(([what, number]) => `${number} ${what}`).join(", ");
  t.diagnostic(`${files.length} files: ${sum}`);
});

test("every entry of the table is of a file that there is, and has a reason", { skip }, () => {
  const paths = new Set(files.map((file) => file.path));
  for (const [path, { why, ...codes }] of Object.entries(expected)) {
    assert.ok(paths.has(path), `${path} is not among cryptography's files`);
    assert.ok(why?.length > 10, `${path} has no reason`);
    assert.ok(Object.keys(codes).length > 0, `${path} expects nothing`);
    for (const step of Object.keys(codes)) assert.ok(["inspect", "createRequest", "issue", "forgiven"].includes(step), `${path}: ${step}`);
  }
});
