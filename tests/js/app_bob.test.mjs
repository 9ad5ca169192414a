// examples/app_bob: what make-certs.mjs writes, and whom app_bob.js lets in. curl is the client.

import assert from "node:assert/strict";
import { once } from "node:events";
import { copyFile, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { createAuthority, createRequest, createRevocationList, generateKeyPair, issueCertificate, updateRevocationList } from "../../pkg/index.js";
import { APP_BOB, curl, run, startAppBob, temporaryFolder } from "../browser/support/app_bob.mjs";

const MAKE_CERTS = fileURLToPath(new URL("../../examples/app_bob/make-certs.mjs", import.meta.url));
const PARTIES = ["amy_client.crt", "amy_client.csr", "amy_client.key", "bob_server.crt", "bob_server.csr", "bob_server.key"];
const ONE = [...PARTIES, "ca.crt", "ca.key"].sort();
const DISTINCT = [...PARTIES, "amy_ca.crt", "amy_ca.key", "bob_ca.crt", "bob_ca.key"].sort();

const makeCerts = (folder, ...args) => run(process.execPath, [MAKE_CERTS, ...args], folder);

async function made(t, ...args) {
  const folder = await temporaryFolder(t);
  const { code, stderr } = await makeCerts(folder, ...args);
  assert.equal(code, 0, stderr);
  return folder;
}

test("make-certs writes the guide's files, keys for their owner alone", async (t) => {
  for (const [args, names] of [[[], ONE], [["--distinct"], DISTINCT]]) {
    const folder = await made(t, ...args);
    assert.deepEqual((await readdir(folder)).sort(), names);
    for (const name of names) {
      const { mode } = await stat(join(folder, name));
      assert.equal(mode & 0o777, name.endsWith(".key") ? 0o600 : 0o644 & ~process.umask(), name);
    }
  }
});

test("make-certs makes the folder, and says what to run there", async (t) => {
  const folder = await temporaryFolder(t);
  const { code, stdout } = await makeCerts(folder, "new/certs", "--distinct");
  assert.equal(code, 0);
  assert.deepEqual((await readdir(join(folder, "new/certs"))).sort(), DISTINCT);
  assert.match(stdout, /node \S*app_bob\.js new\/certs\n/);
  assert.match(stdout, /curl --cacert new\/certs\/bob_ca\.crt --key new\/certs\/amy_client\.key .* https:\/\/localhost:3000\n/);
  assert.doesNotMatch(stdout, /PRIVATE KEY/);
});

test("make-certs replaces nothing unless forced", async (t) => {
  const folder = await made(t);
  const before = await readFile(join(folder, "ca.key"), "utf8");
  const refused = await makeCerts(folder);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^make-certs: .*ca\.key.* would be replaced.*--force\.\n$/);
  assert.equal(await readFile(join(folder, "ca.key"), "utf8"), before);

  assert.equal((await makeCerts(folder, "--force")).code, 0);
  assert.notEqual(await readFile(join(folder, "ca.key"), "utf8"), before);
});

test("make-certs leaves no key with a wider mode, nor writes through a link", async (t) => {
  const folder = await temporaryFolder(t);
  const elsewhere = join(await temporaryFolder(t), "elsewhere");
  await writeFile(elsewhere, "untouched");
  await writeFile(join(folder, "ca.key"), "old", { mode: 0o644 });
  await symlink(elsewhere, join(folder, "bob_server.key"));
  assert.equal((await makeCerts(folder, "--force")).code, 0);
  for (const name of ["ca.key", "bob_server.key"]) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600, name);
  assert.equal(await readFile(elsewhere, "utf8"), "untouched");

  const dangling = await temporaryFolder(t);
  await symlink("nowhere", join(dangling, "amy_client.key"));
  assert.match((await makeCerts(dangling)).stderr, /amy_client\.key .*would be replaced/);
  assert.deepEqual(await readdir(dangling), ["amy_client.key"]);
});

test("make-certs refuses one CA beside the files of distinct ones, which app_bob.js would take", async (t) => {
  const folder = await made(t, "--distinct");
  const { code, stderr } = await makeCerts(folder, "--force");
  assert.equal(code, 1);
  assert.match(stderr, /amy_ca\.crt .* is from distinct CAs/);
  assert.deepEqual((await readdir(folder)).sort(), DISTINCT);
});

test("make-certs explains itself and every slip in a sentence", async (t) => {
  const folder = await temporaryFolder(t);
  const help = await makeCerts(folder, "--help");
  assert.equal(help.code, 0);
  assert.match(help.stdout, /--distinct/);
  await writeFile(join(folder, "file"), "");
  for (const [args, sentence] of [
    [["--distnict"], /^make-certs: Unknown option '--distnict'\. See --help\.\n$/],
    [["a", "b"], /^make-certs: one folder at most.*\n$/],
    [["file"], /^make-certs: can't look at .*ENOTDIR.*\n$/],
  ]) {
    const { code, stdout, stderr } = await makeCerts(folder, ...args);
    assert.equal(code, 1);
    assert.equal(stdout, "");
    assert.match(stderr, sentence);
  }
  assert.deepEqual(await readdir(folder), ["file"]);
});

test("app_bob says which files are missing and how to make them", async (t) => {
  const folder = await temporaryFolder(t);
  const none = await run(process.execPath, [APP_BOB], folder);
  assert.equal(none.code, 1);
  assert.match(none.stderr, /^app_bob: can't read bob_server\.key, bob_server\.crt, ca\.crt in .*: make the files with .*make-certs\.mjs.*\n$/);

  await makeCerts(folder, "certs");
  await writeFile(join(folder, "certs", "ca.crt"), "");
  assert.match((await run(process.execPath, [APP_BOB, "certs"], folder)).stderr, /ca\.crt holds no certificate in PEM form/);

  await makeCerts(folder, "other");
  await copyFile(join(folder, "other", "ca.crt"), join(folder, "certs", "ca.crt"));
  await copyFile(join(folder, "other", "bob_server.key"), join(folder, "certs", "bob_server.key"));
  const mismatch = await run(process.execPath, [APP_BOB, "certs"], folder);
  assert.equal(mismatch.code, 1);
  assert.match(mismatch.stderr, /^app_bob: bob_server\.key and bob_server\.crt can't be used together.*\n$/);
});

test("app_bob says when its port is taken or no port", async (t) => {
  const folder = await made(t);
  const other = createServer().listen(0);
  t.after(() => other.close());
  await once(other, "listening");
  for (const [port, sentence] of [
    [String(other.address().port), /^app_bob: port \d+ is taken.*\n$/],
    ["http", /^app_bob: PORT is "http".*\n$/],
  ]) {
    const { code, stderr } = await run("env", [`PORT=${port}`, process.execPath, APP_BOB], folder);
    assert.equal(code, 1);
    assert.match(stderr, sentence);
  }
});

test("app_bob runs where it is copied to, whatever kind of package that is", async (t) => {
  for (const manifest of [undefined, { type: "module" }, { type: "commonjs" }, {}]) {
    const folder = await made(t);
    await copyFile(APP_BOB, join(folder, "app_bob.js"));
    if (manifest) await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
    const bob = await startAppBob(t, folder, { app: "app_bob.js" });
    assert.match((await curl(folder, bob.url, { ca: "ca.crt", client: "amy_client" })).stdout, /amy-client/);
    await bob.stop();
  }
});

test("app_bob lets Amy in by name, and no one else", async (t) => {
  const folder = await madeWithStrangers(t);
  const bob = await startAppBob(t, folder);
  const amy = await curl(folder, bob.url, { ca: "ca.crt", client: "amy_client" });
  assert.equal(amy.code, 0, amy.stderr);
  assert.equal(amy.stdout, "Hello amy-client, your certificate let you in.\n");
  await bob.logged(/let in \S+: amy-client\n/);

  await refuses(bob, folder, { ca: "ca.crt" }, /refused .*: showed no certificate\n/);
  await refuses(bob, folder, { ca: "ca.crt", client: "mallory" }, /refused .*: its certificate is not from the CA\n/);
  await refuses(bob, folder, { ca: "ca.crt", client: "expired" }, /refused .*: its certificate has expired\n/);
  await refuses(bob, folder, { ca: "ca.crt", client: "bob_server" }, /refused .*: its certificate is not one for clients\n/);
  // And Amy refuses a Bob whom her CA has not signed.
  await refuses(bob, folder, { ca: "other_ca.crt", client: "amy_client" }, /refused .*: does not trust the CA of bob_server\.crt\n/);

  assert.equal((await curl(folder, bob.url, { ca: "ca.crt", client: "amy_client" })).code, 0);
});

test("app_bob with TLS 1.3 only", async (t) => {
  const folder = await made(t);
  const bob = await startAppBob(t, folder, { flags: ["--tls-min-v1.3"] });
  const amy = { ca: "ca.crt", client: "amy_client" };
  assert.match((await curl(folder, bob.url, { ...amy, args: ["--tlsv1.3"] })).stdout, /^Hello amy-client/);
  await refuses(bob, folder, { ca: "ca.crt", args: ["--tlsv1.3"] }, /refused .*: showed no certificate\n/);
  await refuses(bob, folder, { ...amy, args: ["--tls-max", "1.2"] }, /refused .*: speaks only an older TLS\n/);
});

test("app_bob without the flag takes TLS 1.2 too", async (t) => {
  const folder = await made(t);
  const bob = await startAppBob(t, folder);
  const { stdout } = await curl(folder, bob.url, { ca: "ca.crt", client: "amy_client", args: ["--tls-max", "1.2"] });
  assert.match(stdout, /^Hello amy-client/);
});

test("distinct CAs: each trusts the other's, and crosswise no one gets in", async (t) => {
  const folder = await made(t, "--distinct");
  // The same Amy, signed by Bob's CA instead of her own.
  const [request, certificate, privateKey] = await Promise.all(
    ["amy_client.csr", "bob_ca.crt", "bob_ca.key"].map((name) => readFile(join(folder, name))),
  );
  const crossed = await issueCertificate({ request, authority: { certificate, privateKey }, profile: "client" });
  await writeFile(join(folder, "crossed.crt"), crossed.certificate);
  await copyFile(join(folder, "amy_client.key"), join(folder, "crossed.key"));

  for (const flags of [[], ["--tls-min-v1.3"]]) {
    const bob = await startAppBob(t, folder, { flags });
    assert.match((await curl(folder, bob.url, { ca: "bob_ca.crt", client: "amy_client" })).stdout, /^Hello amy-client/);
    await refuses(bob, folder, { ca: "bob_ca.crt", client: "crossed" }, /refused .*: its certificate is not from the CA\n/);
    await refuses(bob, folder, { ca: "amy_ca.crt", client: "amy_client" }, /refused .*: does not trust the CA/);
    await bob.stop();
  }
});

test("app_bob says that a ca.crt beside amy_ca.crt is passed over", async (t) => {
  const folder = await made(t, "--distinct");
  await copyFile(join(folder, "bob_ca.crt"), join(folder, "ca.crt"));
  const bob = await startAppBob(t, folder);
  await bob.logged(/a ca\.crt too, which counts for nothing here: move amy_ca\.crt away/);
});

test("app_bob with a revocation list refuses a revoked Amy, and no one else", async (t) => {
  const folder = await made(t);
  const text = (name) => readFile(join(folder, name), "utf8");
  const authority = { certificate: await text("ca.crt"), privateKey: await text("ca.key") };
  const carol = await generateKeyPair();
  const { request } = await createRequest({ subject: { commonName: "carol" }, profile: "client", privateKey: carol.privateKey });
  await writeFile(join(folder, "carol.key"), carol.privateKey);
  await writeFile(join(folder, "carol.crt"), (await issueCertificate({ request, authority })).certificate);

  const without = await startAppBob(t, folder);
  for (const client of ["amy_client", "carol"]) assert.match((await curl(folder, without.url, { ca: "ca.crt", client })).stdout, /^Hello /);
  await without.stop();

  const empty = await createRevocationList({ authority });
  const { revocationList } = await updateRevocationList({ revocationList: empty.revocationList, authority, revoked: [{ certificate: await text("amy_client.crt"), reason: "superseded" }] });
  await writeFile(join(folder, "empty.crl"), empty.revocationList);
  await writeFile(join(folder, "ca.crl"), `Amy has left\n${revocationList}`);
  const before = await startAppBob(t, folder, { env: { CRL: "empty.crl" } });
  assert.match((await curl(folder, before.url, { ca: "ca.crt", client: "amy_client" })).stdout, /^Hello amy-client/);
  await before.stop();
  for (const flags of [[], ["--tls-min-v1.3"]]) {
    const bob = await startAppBob(t, folder, { env: { CRL: "ca.crl" }, flags });
    await bob.logged(/from ca\.crt that is not revoked/);
    await refuses(bob, folder, { ca: "ca.crt", client: "amy_client" }, /refused .*: its certificate is revoked\n/);
    assert.match((await curl(folder, bob.url, { ca: "ca.crt", client: "carol" })).stdout, /^Hello carol/);
    await bob.stop();
  }

  const theirs = await createRevocationList({ authority: await createAuthority({ subject: { commonName: "my-ca" } }) });
  await writeFile(join(folder, "other.crl"), theirs.revocationList);
  const bob = await startAppBob(t, folder, { env: { CRL: "other.crl" } });
  await refuses(bob, folder, { ca: "ca.crt", client: "carol" }, /refused .*: the(re is no)? revocation list /);
  for (const [CRL, sentence] of [
    ["none.crl", /^app_bob: can't read none\.crl in /],
    ["ca.crt", /^app_bob: .*ca\.crt holds no revocation list in PEM form.*\n$/],
  ]) {
    const { code, stderr } = await run("env", [`CRL=${CRL}`, process.execPath, APP_BOB], folder);
    assert.equal(code, 1);
    assert.match(stderr, sentence);
  }
});

test("app_bob ends at once when told to, even amid a handshake", async (t) => {
  const folder = await made(t);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const bob = await startAppBob(t, folder);
    const silent = connect(new URL(bob.url).port, "localhost").on("error", () => {});
    t.after(() => silent.destroy());
    await once(silent, "connect");
    assert.equal(await bob.stop(signal), 0);
  }
});

async function refuses(bob, folder, options, logged) {
  const { code, stdout } = await curl(folder, bob.url, options);
  assert.notEqual(code, 0);
  assert.equal(stdout, "");
  await bob.logged(logged);
}

// Files of one CA that has been there for years, an Amy whose certificate ended under it, and a Mallory of another CA.
async function madeWithStrangers(t) {
  const folder = await temporaryFolder(t);
  const put = (name, text) => writeFile(join(folder, name), text);
  const year = 365 * 24 * 3600 * 1000;
  const ago = (years) => new Date(Date.now() - years * year);
  const authority = await createAuthority({ subject: { commonName: "my-ca" }, validity: { notBefore: ago(3), notAfter: ago(-3) } });
  const other = await createAuthority({ subject: { commonName: "my-ca" } });
  await put("ca.crt", authority.certificate);
  await put("other_ca.crt", other.certificate);
  const issue = async (name, commonName, profile, by, validity) => {
    const { privateKey } = await generateKeyPair();
    const { request } = await createRequest({ subject: { commonName }, altNames: [commonName], privateKey });
    const { certificate } = await issueCertificate({ request, authority: by, profile, validity });
    await put(`${name}.key`, privateKey);
    await put(`${name}.crt`, certificate);
  };
  await issue("bob_server", "localhost", "server", authority);
  await issue("amy_client", "amy-client", "client", authority);
  await issue("expired", "amy-client", "client", authority, { notBefore: ago(2), notAfter: ago(1) });
  await issue("mallory", "amy-client", "client", other);
  return folder;
}
