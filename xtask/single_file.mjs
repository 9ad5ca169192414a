// The page as one file: node xtask/single_file.mjs OUT. Its modules, styles and both wasms go into index.html, with a policy that allows
// exactly them, by their hashes, and no connection at all: it runs from file://, on a machine without any network.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const WWW = fileURLToPath(new URL("../www/", import.meta.url));
const out = process.argv[2] ?? resolve(WWW, "dist/mtls-certs.html");

/** As a browser hashes it, to allow it. */
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Replaces what must be there exactly once. `by` is a function, so that no `$` in it counts. */
function replaceOne(text, pattern, by) {
  const count = text.match(new RegExp(pattern, "g"))?.length ?? 0;
  if (count !== 1) throw new Error(`index.html has ${pattern} ${count} times, and not once`);
  return text.replace(pattern, by);
}

/** A module X.js that takes something from a file has a twin X_inlined.js for here. */
const inlined = {
  name: "inlined",
  setup({ onResolve }) {
    onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir, with: attributes }) => {
      const twin = resolve(resolveDir, path.replace(/\.js$/, "_inlined.js"));
      return attributes.type !== "text" && existsSync(twin) ? { path: twin } : undefined;
    });
  },
};

// Not minified: whoever wants to know what runs can read it, and most of the file is wasm.
const options = { bundle: true, write: false, charset: "utf8", absWorkingDir: WWW, logLevel: "error" };
const bundled = async (more) => (await build({ ...options, ...more })).outputFiles[0].text.trim();

const page = (await readFile(resolve(WWW, "index.html"), "utf8")).replaceAll("\r\n", "\n");
const STYLESHEET = /<link rel="stylesheet" href="([^"]+)">\n/g;
const styles = [...page.matchAll(STYLESHEET)].map(([, href]) => `@import "./${href}";`).join("\n");
const css = await bundled({ stdin: { contents: styles, resolveDir: WWW, loader: "css" } });
const js = await bundled({ entryPoints: ["single_file.js"], format: "esm", target: "es2022", plugins: [inlined] });
if (/<\/style/i.test(css) || /<\/script|<!--/i.test(js)) throw new Error("it would end its own element");

const policy = [
  "default-src 'none'",
  `script-src ${hash(js)} 'wasm-unsafe-eval'`,
  `style-src ${hash(css)}`,
  // The page's own script once more, see worker_inlined.js.
  "worker-src blob:",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
let html = page.replaceAll(STYLESHEET, "");
html = replaceOne(html, /(?<=<meta http-equiv="Content-Security-Policy" content=")[^"]+/, () => policy);
// What says that a module did not arrive: here they all are.
html = replaceOne(html, /<script defer src="loading\.js"><\/script>\n/, () => "");
html = replaceOne(html, /<script type="module" src="app\.js"><\/script>/, () => `<style>${css}</style>\n<script type="module">${js}</script>`);
const outside = html.slice(0, html.indexOf("<style>")) + html.slice(html.indexOf("</script>"));
if (/<(?:link|script|img)[^>]* (?:src|href)="(?!data:|#)/.test(outside)) throw new Error("index.html needs a file that is not inlined");

// In one step, so that nobody ever reads half of it.
await mkdir(dirname(out), { recursive: true });
const partial = `${out}.${process.pid}`;
await writeFile(partial, html);
await rename(partial, out);
