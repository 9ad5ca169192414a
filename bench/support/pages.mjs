// Pages in headless Chromium: every peer bundled and minified by esbuild in the same way, served on localhost.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { temporary } from "./temporary.mjs";

const BENCH = fileURLToPath(new URL("..", import.meta.url));
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
// As in tests/browser: able to run as root, without a screen, and talking to nobody else.
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** What a page of each kind imports of a peer. Named one by one, so that a bundler can leave out what isn't used. */
const ENTRIES = {
  // "Key, request, certificate": what a page needs that lets a person make a key and have its request signed.
  issue: (peer) => `export { authority, certificate, importKey, key, request } from "./peers/${peer}.mjs";`,
  measure: (peer) => `export * from "./peers/${peer}.mjs";`,
};

/** Bundles what a page of the kind needs of the peer, once, and gives the folder below the server's root. */
export const bundle = once(async (kind, peer) => {
  const folder = `${kind}/${peer}`;
  await build({
    stdin: { contents: kind === "turns" ? `export * from "./support/measure.mjs";` : ENTRIES[kind](peer), resolveDir: BENCH, sourcefile: "entry.mjs" },
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "es2022",
    minify: true,
    splitting: true,
    legalComments: "none",
    outdir: join(temporary(), "pages", folder),
    publicPath: `/${folder}`,
    loader: { ".wasm": "file" },
    logLevel: "silent",
  });
  return folder;
});

/** The server and the browser of this run. `served` are the paths asked for since it was emptied. */
export const host = once(async (executablePath) => {
  const pages = new Map();
  const served = new Set();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    // Isolated, so that the page's clock ticks in microseconds.
    const headers = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp", "cache-control": "no-store" };
    try {
      const body = pages.get(pathname) ?? (await readFile(join(temporary(), "pages", pathname)));
      served.add(pathname);
      response.writeHead(200, { ...headers, "content-type": TYPES[extname(pathname)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const address = `http://localhost:${server.address().port}`;
  return {
    browser,
    served,
    file: (path) => readFile(join(temporary(), "pages", path)),
    /** Opens a page with this script in a context of its own, with nothing cached, and gives what its `result` resolves to. */
    async open(path, script, use = (page) => page.evaluate(() => globalThis.result)) {
      pages.set(path, `<!doctype html><title>bench</title><link rel="icon" href="data:,"><script type="module">${script}</script>`);
      const context = await browser.newContext();
      try {
        const page = await context.newPage();
        page.setDefaultTimeout(600_000);
        // A module that fails to load would leave us waiting for a result that nobody sets.
        const broken = new Promise((_, reject) => page.on("pageerror", reject));
        broken.catch(() => {});
        await page.goto(address + path);
        await Promise.race([page.waitForFunction(() => globalThis.result !== undefined), broken]);
        return await use(page);
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
});

/** Ends what was started. */
export async function close() {
  for (const started of await Promise.allSettled(host.all())) await started.value?.close();
}

function once(make) {
  const made = new Map();
  const get = (...args) => {
    const key = args.join();
    if (!made.has(key)) made.set(key, make(...args));
    return made.get(key);
  };
  return Object.assign(get, { all: () => [...made.values()] });
}
