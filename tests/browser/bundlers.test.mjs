// The package in other people's builds: installed from its tarball, bundled as each bundler does without further ado, and run in
// Chromium. What is bundled differs in one thing that matters: whether the bundler knows Workers.

import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { installed } from "../js/support/installed.mjs";
import { openContext, skip } from "./support/browser.mjs";
import { startServer } from "./support/server.mjs";

const README = new URL("../../README.md", import.meta.url);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const PAGE = (script) => `<!doctype html><link rel="icon" href="data:,"><script type="module" src="${script}"></script>`;

/**
 * Each bundles `entry` of `root` into `out`. `url` is how it gives the URL of a wasm, as README.md says it.
 * @type {Record<string, { bundle: (root: string, entry: string, out: string) => Promise<unknown>, workers: boolean, url?: string }>}
 */
const BUNDLERS = {
  Vite: {
    workers: true,
    url: 'import wasm from "mtls-certs/wasm?url"',
    async bundle(root, entry, outDir) {
      const { build } = await import("vite");
      // As with index.html as its input; that is the server's here, as with the others.
      const output = { entryFileNames: "main.js" };
      await build({ root, logLevel: "error", configFile: false, build: { outDir, rollupOptions: { input: join(root, entry), output } } });
    },
  },
  webpack: {
    workers: true,
    url: 'const wasm = new URL("mtls-certs/wasm", import.meta.url)',
    async bundle(context, entry, path) {
      const { default: webpack } = await import("webpack");
      // Not made smaller, which takes webpack three times as long as all else.
      const options = { mode: "production", context, entry: `./${entry}`, output: { path }, optimization: { minimize: false }, performance: false };
      const stats = await promisify(webpack)(options);
      assert.ok(!stats.hasErrors() && !stats.hasWarnings(), stats.toString());
    },
  },
  Rollup: {
    workers: false,
    async bundle(root, entry, dir) {
      const [{ rollup }, { default: resolve }] = await Promise.all([import("rollup"), import("@rollup/plugin-node-resolve")]);
      const onwarn = (warning) => assert.fail(warning.message);
      const bundle = await rollup({ input: join(root, entry), plugins: [resolve({ browser: true })], onwarn });
      await bundle.write({ dir, format: "es", entryFileNames: "main.js" });
    },
  },
  esbuild: {
    workers: false,
    url: 'import wasm from "mtls-certs/wasm"',
    async bundle(root, entry, outdir) {
      const { build } = await import("esbuild");
      const options = { bundle: true, minify: true, format: "esm", splitting: true, loader: { ".wasm": "file" }, logLevel: "error" };
      await build({ ...options, entryPoints: { main: join(root, entry) }, outdir, publicPath: "/" });
    },
  },
};

let root;

before(async () => {
  ({ folder: root } = await installed());
});

after(() => rm(root, { recursive: true, force: true }));

/** The bundle of this program in a page; `asked` is what was loaded. */
async function bundled(t, name, code) {
  const entry = `${name}.js`;
  await writeFile(join(root, entry), code);
  const out = await mkdtemp(join(root, "out-"));
  await BUNDLERS[t.name.split(" ")[0]].bundle(root, entry, out);
  const more = { "/app": { headers: { "content-type": "text/html" }, body: PAGE("/main.js") } };
  for (const file of await readdir(out, { recursive: true })) {
    const headers = { "content-type": TYPES[extname(file)] };
    if (headers["content-type"]) more[`/${file}`] = { headers, body: await readFile(join(out, file)) };
  }
  const asked = [];
  const address = await startServer(t, { asked, more });
  const page = await (await openContext(t)).newPage();
  // A Worker that is not bundled is asked for all the same, and not found: what counts is one that has answered.
  await page.addInitScript(() => {
    window.answers = 0;
    window.Worker = class extends Worker {
      constructor(...of) {
        super(...of);
        this.addEventListener("message", ({ data }) => (window.answers += data.result ? 1 : 0));
      }
    };
  });
  await page.goto(`${address}app`);
  await page.waitForFunction(() => window.certs);
  return { page, asked };
}

/** A certificate in that page, as Node reads it. */
async function issued(page) {
  const { certificate, authority } = await page.evaluate(async () => {
    const { createAuthority, createRequest, generateKeyPair, issueCertificate } = window.certs;
    const authority = await createAuthority({ subject: "CN=my-ca" });
    const { privateKey } = await generateKeyPair();
    const { request } = await createRequest({ subject: "CN=amy", profile: "client", privateKey });
    return { authority: authority.certificate, certificate: (await issueCertificate({ request, authority })).certificate };
  });
  const [leaf, ca] = [certificate, authority].map((pem) => new X509Certificate(pem));
  assert.ok(leaf.checkIssued(ca) && leaf.verify(ca.publicKey));
}

const large = (asked) => asked.filter((path) => /in-page|in_page|\.wasm$/.test(path));

for (const [name, { workers: hasWorkers, url }] of Object.entries(BUNDLERS)) {
  test(`${name} without configuration: a certificate, and RSA where the platform has none`, { skip }, async (t) => {
    const { page, asked } = await bundled(t, "app", 'import * as certs from "mtls-certs"; window.certs = certs;');
    await issued(page);
    const before = asked.length;
    assert.deepEqual(large(asked), [], "in-page crypto is not loaded unasked");
    const privateKey = await page.evaluate(async () => {
      const { privateKey } = await window.certs.generateKeyPair({ algorithm: "rsa-2048", crypto: "in-page" });
      return privateKey;
    });
    assert.match(privateKey, /^-----BEGIN PRIVATE KEY-----/);
    assert.ok(asked.length > before, "in-page crypto is loaded when it is needed");
    assert.equal(await page.evaluate(() => window.answers), hasWorkers ? 1 : 0, "as README.md says");
  });

  if (!url) continue;
  test(`${name} with the wasm as a file of its own`, { skip }, async (t) => {
    assert.ok((await readFile(README, "utf8")).includes(`\`${url}\``), "README.md says how");
    const code = `import * as certs from "mtls-certs"; ${url}; certs.init(wasm).then(() => { window.certs = certs; });`
      .replace(/^(.*?); (import .*?);/, "$2; $1;");
    const { page, asked } = await bundled(t, "app-with-url", code);
    await issued(page);
    assert.equal(large(asked).length, 1, asked.join());
    assert.match(large(asked)[0], /\.wasm$/);
    assert.ok(!asked.some((path) => /inline/.test(path)), "the copy in JavaScript is not loaded");
  });
}
