// "Download all": one .zip that runs as it is.

import { appBob } from "./app_bob.js";
import { nodeProgram, nodeProgramName } from "./commands.js";
import { readme } from "./readme.js";

// Fetched with the page, so that it is here when the network is gone.
const library = import("../node_modules/client-zip/index.js");
library.catch(() => {});
appBob().catch(() => {});

/** A Blob. `imports` are the PKCS#12 files: client, name, bytes, passphrase. */
export async function zipOf(files, parties, imports) {
  const [{ makeZip }, app] = await Promise.all([library, appBob()]);
  const entries = [
    ...Object.entries(files),
    ["app_bob.js", app],
    ...parties.clients.map((client) => [nodeProgramName(client), nodeProgram(parties.server, client)]),
    ...imports.map(({ name, bytes }) => [name, bytes]),
    ["README.txt", readme(parties, imports)],
  ];
  const lastModified = new Date();
  const inFolder = entries.map(([name, input]) => ({ name: `mutual-tls/${name}`, input, lastModified, mode: modeOf(name) }));
  return new Response(makeZip(inFolder)).blob();
}

// What is secret is for its owner's eyes; `unzip` on Linux and macOS sets it so.
function modeOf(name) {
  return /\.(key|p12)$|^README\.txt$/.test(name) ? 0o600 : 0o644;
}
