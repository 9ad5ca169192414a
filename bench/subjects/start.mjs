// Cold start in Node: a whole process, from its start to its end, with one certificate from a request in between.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PEERS, inNode } from "../peers/index.mjs";
import { inTurns } from "../support/measure.mjs";
import { material } from "../support/material.mjs";
import { shell } from "../support/shell.mjs";
import { temporary } from "../support/temporary.mjs";
import { verifyIssued } from "../support/verify.mjs";

const CHILD = fileURLToPath(new URL("../children/start.mjs", import.meta.url));
const quoted = (...args) => args.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(" ");

export const start = {
  title: "Cold start: a process that issues one certificate from a request",
  about:
    "From the start of the process to its end. `nothing` is the same script without a peer: what Node itself takes. openssl's is one `openssl x509 -req`.",
  columns: [...inNode.filter((name) => !PEERS[name].limit), "nothing"],
  rows: ["start/rsa-2048", "start/ecdsa-p256"],
  async run(row, context) {
    const algorithm = row.slice("start/".length);
    const given = await material(algorithm);
    const [file, made] = ["start.json", "start.crt"].map((name) => join(temporary(), name));
    writeFileSync(file, JSON.stringify(given));
    const names = inNode.filter((name) => !PEERS[name].limit);
    const { functions, cells } = await context.functions(row, names, async (peer, name) => {
      const key = peer.certificate && (await peer.importKey(given.authority.privateKey, algorithm));
      if (!key) return undefined;
      if (name === "openssl") {
        const authority = await peer.authority(given.authority.certificate, key, algorithm);
        const check = (pem) => verifyIssued(pem, given.authority.certificate);
        return { run: () => peer.certificate(authority, given.request, "client"), check };
      }
      await shell().run(quoted(process.execPath, CHILD, name, file, made));
      verifyIssued(readFileSync(made, "utf8"), given.authority.certificate);
      return { run: async () => (await shell().run(quoted(process.execPath, CHILD, name, file)), true) };
    });
    functions.nothing = () => shell().run(quoted(process.execPath, CHILD, "nothing", file));
    const measured = await inTurns(functions, context.effort(25, 20));
    return [{ row, label: algorithm, unit: "ms", cells: { ...cells, ...measured } }];
  },
};
