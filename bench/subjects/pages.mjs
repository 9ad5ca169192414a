// In headless Chromium: bytes to load, keys, certificates, cold start.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { PEERS, inPage } from "../peers/index.mjs";
import { failed, inTurns } from "../support/measure.mjs";
import { material } from "../support/material.mjs";
import { bundle, close, host } from "../support/pages.mjs";
import { verifyIssued, verifyKeyPair } from "../support/verify.mjs";

export { close };

/** Source text: from `peer`, `given` and `algorithm`, what makes a certificate. */
const ISSUE = `peer.limits ? { run: (await peer.limits(given)).certificate } : await (async () => {
    const authority = await peer.authority(given.authority.certificate, await peer.importKey(given.authority.privateKey, algorithm), algorithm);
    return { run: () => peer.certificate(authority, given.request, "client") };
  })()`;

/** The algorithms of which a peer can do all in a page; the others are dashes. */
const SIGNS = { "node-forge": ["rsa-2048"], jsrsasign: ["rsa-2048", "ecdsa-p256"] };
const able = (algorithm) => inPage.filter((name) => SIGNS[name]?.includes(algorithm) ?? true);
const issuing = (algorithm) => able(algorithm).filter((name) => !PEERS[name].limit);

export const size = {
  title: "Bytes that a page loads for a key, a request and a certificate",
  about:
    "Each peer bundled and minified by esbuild in the same way; what Chromium then really loads until the certificate is there, each file compressed by itself. " +
    "P-256, but RSA-2048 for node-forge.",
  columns: inPage.filter((name) => !PEERS[name].limit),
  chromium: true,
  rows: ["size"],
  async run(row, context) {
    const server = await host(context.chromium);
    const sizes = {};
    const errors = {};
    for (const name of issuing("rsa-2048")) {
      const algorithm = name === "node-forge" ? "rsa-2048" : "ecdsa-p256";
      try {
        const given = await material(algorithm);
        const folder = await bundle("issue", name);
        server.served.clear();
        const script = `
          import * as peer from "/${folder}/stdin.js";
          ${guarded(`
          const { algorithm, authority: given } = ${JSON.stringify(given)};
          const key = await peer.key(algorithm);
          const request = await peer.request(key, algorithm, "amy-client", "client");
          const authority = await peer.authority(given.certificate, await peer.importKey(given.privateKey, algorithm), algorithm);
          return { key: key.pem, certificate: await peer.certificate(authority, request, "client") };`)}`;
        const made = await server.open(`/size-${name}.html`, script);
        if (made.error) throw new Error(made.error);
        verifyIssued(made.certificate, given.authority.certificate, made.key);
        const paths = [...server.served].filter((path) => !path.endsWith(".html"));
        sizes[name] = await Promise.all(paths.map((path) => server.file(path)));
      } catch (error) {
        errors[name] = failed(error);
        context.note(row, name, errors[name].error);
      }
    }
    const line = (label, measure) => ({
      row: `size/${label}`,
      label,
      unit: "kB",
      cells: {
        ...errors,
        ...Object.fromEntries(Object.entries(sizes).map(([name, files]) => [name, { value: files.reduce((sum, file) => sum + measure(file), 0) }])),
      },
    });
    return [line("brotli", brotli), line("gzip", (file) => gzipSync(file, { level: 9 }).length), line("as they are", (file) => file.length)];
  },
};

export const key = inChromium("key", "A new key, both halves as PEM, in Chromium", [31, 12], ["rsa-2048", "ecdsa-p256"], "{ run: () => peer.keyPair(algorithm) }", (made, { algorithm }) =>
  verifyKeyPair(made, algorithm),
);

export const certificate = inChromium(
  "certificate",
  "A certificate from a request, in Chromium",
  [31, 6],
  ["rsa-2048", "ecdsa-p256"],
  ISSUE,
  (made, { authority }) => typeof made === "string" && verifyIssued(made, authority.certificate),
);

export const first = {
  title: "The first hundred certificates of a page, in Chromium",
  about: "In a page of its own each, where nothing is optimized yet: after one certificate a hundred more, each on average.",
  columns: inPage.filter((peer) => peer !== "ours-url"),
  chromium: true,
  rows: ["chromium/first/ecdsa-p256"],
  async run(row, context) {
    const algorithm = row.split("/").at(-1);
    const given = await material(algorithm);
    const server = await host(context.chromium);
    const peers = able(algorithm).filter((peer) => peer !== "ours-url");
    const { functions, cells } = await context.functions(row, peers, async (_, name) => {
      const script = `
        import * as peer from "/${await bundle("measure", name)}/stdin.js";
        ${guarded(`
        const given = ${JSON.stringify(given)};
        const { algorithm } = given;
        const { run } = ${ISSUE};
        const made = await run();
        const start = performance.now();
        for (let i = 0; i < 100; i++) await run();
        return { made: typeof made === "string" ? made : undefined, time: (performance.now() - start) / 100 };`)}`;
      return {
        run: async () => {
          const told = await server.open(`/first-${name}-${algorithm}.html`, script);
          if (told.error) throw new Error(told.error);
          return told;
        },
        check: ({ made }) => PEERS[name].limit || verifyIssued(made, given.authority.certificate),
      };
    }, { inPage: true });
    const measured = await inTurns(functions, context.effort(7, 20), ({ time }) => time);
    return [{ row, label: algorithm, unit: "ms", cells: { ...cells, ...measured } }];
  },
};

export const start = {
  title: "Cold start in Chromium: a page that issues one certificate from a request",
  about: "From the start of the navigation, by the page's clock, in a context of its own with nothing cached, from localhost.",
  columns: inPage.filter((name) => !PEERS[name].limit),
  chromium: true,
  rows: ["chromium/start/rsa-2048", "chromium/start/ecdsa-p256"],
  async run(row, context) {
    const algorithm = row.slice("chromium/start/".length);
    const given = await material(algorithm);
    const server = await host(context.chromium);
    const { functions, cells } = await context.functions(row, issuing(algorithm), async (_, name) => {
      const folder = await bundle("issue", name);
      const script = `
        import * as peer from "/${folder}/stdin.js";
        ${guarded(`
        const { algorithm, authority: given, request } = ${JSON.stringify(given)};
        const authority = await peer.authority(given.certificate, await peer.importKey(given.privateKey, algorithm), algorithm);
        return { certificate: await peer.certificate(authority, request, "client"), time: performance.now() };`)}`;
      return {
        run: async () => {
          const made = await server.open(`/start-${name}-${algorithm}.html`, script);
          if (made.error) throw new Error(made.error);
          return made;
        },
        check: ({ certificate }) => verifyIssued(certificate, given.authority.certificate),
      };
    }, { inPage: true });
    const measured = await inTurns(functions, context.effort(21, 20), ({ time }) => time);
    return [{ row, label: algorithm, unit: "ms", cells: { ...cells, ...measured } }];
  },
};

function brotli(file) {
  const params = { [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: file.length };
  return brotliCompressSync(file, { params }).length;
}

/** A row of one page in which all peers take turns. `prepare` is source text: it runs in the page. */
function inChromium(name, title, effort, algorithms, prepare, check) {
  const row = (algorithm) => `chromium/${name}/${algorithm}`;
  return {
    title,
    about: "All peers in one page, in turns.",
    columns: inPage.filter((peer) => peer !== "ours-url"),
    chromium: true,
    rows: algorithms.map(row),
    async run(row, context) {
      const algorithm = row.split("/").at(-1);
      const given = await material(algorithm);
      const server = await host(context.chromium);
      const folders = {};
      for (const peer of able(algorithm).filter((peer) => peer !== "ours-url")) folders[peer] = await bundle("measure", peer);
      const script = `
        import { inTurns, failed } from "/${await bundle("turns", "all")}/stdin.js";
        ${guarded(`
        const given = ${JSON.stringify(given)};
        const { algorithm } = given;
        const functions = {}, errors = {}, made = {};
        for (const [name, folder] of Object.entries(${JSON.stringify(folders)})) {
          try {
            const peer = await import("/" + folder + "/stdin.js");
            const ready = ${prepare};
            const result = await ready.run();
            made[name] = result instanceof ArrayBuffer ? true : typeof result === "string" ? result : { pem: result.pem, publicPem: result.publicPem };
            functions[name] = ready.run;
          } catch (error) {
            errors[name] = failed(error);
          }
        }
        return { functions, errors, made, inTurns };`)}`;
      const cells = await server.open(`/${row}.html`, script, async (page) => {
        const told = await page.evaluate(async () => {
          const { error, errors, made } = await globalThis.result;
          return { error, errors, made };
        });
        if (told.error) throw new Error(told.error);
        for (const [name, made] of Object.entries(told.made)) {
          try {
            check(made, given);
          } catch (error) {
            told.errors[name] = failed(error);
          }
        }
        const measured = await page.evaluate(
          async ([effort, broken]) => {
            const { functions, inTurns } = await globalThis.result;
            for (const name of broken) delete functions[name];
            return inTurns(functions, effort);
          },
          [context.effort(...effort), Object.keys(told.errors)],
        );
        return { ...measured, ...told.errors };
      });
      for (const [name, cell] of Object.entries(cells)) if (cell.error) context.note(row, name, cell.error);
      return [{ row, label: algorithm, unit: "ms", cells }];
    },
  };
}

/** A page's script whose `result` is what the body returns, or its error. */
function guarded(body) {
  return `globalThis.result = (async () => {${body}})().catch((error) => ({ error: String(error) }));`;
}
