// Serves the page as `cargo xtask serve` does: "/" is www/, "/pkg/" is pkg/, and app_bob.js is where it is in the checkout.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

const ROOT = new URL("../../../", import.meta.url);
// A browser takes modules, styles and streamed wasm only by their right type.
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/**
 * Starts the server on a free port and gives its address. `asked` is given the path of every request, those of workers too;
 * `more` are pages beside the project's: by path, the headers and the body; `posted` is called with what is sent.
 */
export async function startServer(t, { asked = [], more = {}, posted } = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(pathname);
    if (request.method === "POST") {
      posted?.(Buffer.concat(await request.toArray()).toString());
      return response.writeHead(204).end();
    }
    if (more[pathname]) return response.writeHead(200, more[pathname].headers).end(more[pathname].body);
    const outside = pathname.startsWith("/pkg/") || pathname === "/examples/app_bob/app_bob.js";
    const path = outside ? `.${pathname}` : `./www${pathname.replace(/\/$/, "/index.html")}`;
    try {
      const body = await readFile(new URL(path, ROOT));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  // The one address that every name is mapped to; localhost may first be the other.
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => (server.close(), server.closeAllConnections()));
  return `http://localhost:${server.address().port}/`;
}
