// Loading the wasm: on first use, from elsewhere, after failure; and recovery from a trap. Each case is its own process,
// since a module is loaded once.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const pkg = new URL("../../pkg/", import.meta.url).href;

/** Runs a module in a new process and returns what it printed as JSON. */
async function run(code, ...flags) {
  const source = `import * as certs from "${pkg}index.js"; import { readFile } from "node:fs/promises"; const pkg = "${pkg}"; ${code}`;
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, "--input-type=module", "-e", source]);
  return JSON.parse(stdout);
}

const WASM = `await readFile(new URL("dist/mtls_certs_bg.wasm", pkg))`;

test("nothing needs to be said", async () => {
  assert.equal(await run(`console.log(JSON.stringify((await certs.generateKeyPair()).algorithm))`), "ecdsa-p256");
});

test("init takes bytes, a module, a Response and a URL", async () => {
  const sources = {
    bytes: WASM,
    module: `await WebAssembly.compile(${WASM})`,
    response: `new Response(${WASM}, { headers: { "content-type": "application/wasm" } })`,
    url: `"data:application/wasm;base64," + (${WASM}).toString("base64")`,
  };
  for (const [name, source] of Object.entries(sources)) {
    const code = `await certs.init(${source}); await certs.init(); console.log(JSON.stringify((await certs.generateKeyPair()).algorithm))`;
    assert.equal(await run(code), "ecdsa-p256", name);
  }
});

test("a load that fails says so with its code, and the next one works", async () => {
  const code = `
    const errors = [];
    const foreign = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    for (const source of [new Uint8Array([1, 2, 3]), foreign, new Response("no", { status: 404 }), "data:,no"]) {
      await certs.init(source).catch((error) => errors.push(error));
    }
    const { algorithm } = await certs.generateKeyPair();
    console.log(JSON.stringify({ codes: errors.map((e) => e instanceof certs.CertificateError && e.code), algorithm }))`;
  assert.deepEqual(await run(code), { codes: Array(4).fill("ERR_LOAD"), algorithm: "ecdsa-p256" });
});

test("a call that does not wait for init waits for init's source, and loads no other", async () => {
  const code = `
    const outcomes = [];
    for (const source of [new Uint8Array([1]), Promise.resolve(new Uint8Array([1])), ${WASM}]) {
      const loading = certs.init(source).then(() => "loaded", (error) => error.code);
      outcomes.push(await certs.generateKeyPair().then(({ algorithm }) => algorithm, (error) => error.code), await loading);
    }
    console.log(JSON.stringify(outcomes))`;
  assert.deepEqual(await run(code), ["ERR_LOAD", "ERR_LOAD", "ERR_LOAD", "ERR_LOAD", "ecdsa-p256", "loaded"]);
});

test("Node's fetch is not loaded for it", async () => {
  // At the first mention of Response, Node loads it, which takes as long as all else.
  const code = `
    const { Response } = Object.getOwnPropertyDescriptors(globalThis);
    let mentioned = false;
    Object.defineProperty(globalThis, "Response", { configurable: true, get() { mentioned = true; } });
    const { algorithm } = await certs.generateKeyPair();
    Object.defineProperty(globalThis, "Response", Response);
    console.log(JSON.stringify({ algorithm, mentioned }))`;
  assert.deepEqual(await run(code), { algorithm: "ecdsa-p256", mentioned: false });
});

test("where a large module can't be made an instance at once, it is waited for", async () => {
  const code = `
    let refused = 0;
    const construct = () => {
      refused++;
      throw new RangeError("WebAssembly.Instance is disallowed on the main thread");
    };
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct });
    const { algorithm } = await certs.generateKeyPair();
    console.log(JSON.stringify({ algorithm, refused }))`;
  assert.deepEqual(await run(code), { algorithm: "ecdsa-p256", refused: 1 });
});

test("the wasm inside JavaScript is the same bytes however its text is read", async () => {
  const code = `
    const { default: wasmBytes } = await import(new URL("dist/wasm-inline.js", pkg));
    const wasm = ${WASM};
    const { Buffer } = globalThis;
    delete Uint8Array.fromBase64;
    const ways = [() => {}, () => delete globalThis.Buffer, () => { Uint8Array.fromBase64 = (text) => new Uint8Array(Buffer.from(text, "base64")); }];
    const same = ways.map((way) => { way(); return Buffer.compare(wasm, wasmBytes()) === 0; });
    console.log(JSON.stringify(same))`;
  assert.deepEqual(await run(code), [true, true, true]);
});

test("many first calls at once share one load", async () => {
  const code = `
    let loads = 0;
    const { compile } = WebAssembly;
    // Ours is the large one: Node itself compiles small modules.
    WebAssembly.compile = (source) => {
      if (source.byteLength > 100_000) loads++;
      return compile(source);
    };
    await Promise.all(Array.from({ length: 20 }, () => certs.generateKeyPair()));
    console.log(JSON.stringify(loads))`;
  assert.equal(await run(code), 1);
});

test("a trap in wasm is ERR_INTERNAL, and the next call works; again and again", async () => {
  // The random source is made to fail, which is a panic inside of the wasm, and so a trap. Of more clients than serial numbers are
  // drawn for at once.
  const code = `
    const seen = [];
    const clients = Array.from({ length: 40 }, (_, i) => ({ commonName: "amy" + i }));
    await certs.init();
    const { getRandomValues } = globalThis.crypto;
    for (let round = 0; round < 3; round++) {
      crypto.getRandomValues = () => { throw new Error("no entropy"); };
      await certs.createMutualTls({ clients }).catch((error) => seen.push([error.code, error.cause?.constructor?.name]));
      crypto.getRandomValues = getRandomValues;
      seen.push(Object.keys((await certs.createMutualTls()).files).length);
    }
    console.log(JSON.stringify(seen))`;
  const trapped = ["ERR_INTERNAL", "RuntimeError"];
  assert.deepEqual(await run(code), [trapped, 8, trapped, 8, trapped, 8]);
});

test("a fault that no panic hook sees (memory exhausted) is ERR_INTERNAL too, and the next call works", async () => {
  const code = `
    const { default: instance } = await import(pkg + "dist/mtls_certs.js");
    const seen = [];
    for (let round = 0; round < 2; round++) {
      await certs.createMutualTls();
      // All the memory that this instance may ever have is taken, and its allocator does not know of it.
      const { memory } = await instance();
      for (let pages = 32768; pages >= 1; ) {
        try { memory.grow(pages); } catch { pages = Math.floor(pages / 2); }
      }
      await certs.inspect("x".repeat(1 << 20)).catch((error) => seen.push([error.code, error.cause?.constructor?.name]));
      seen.push(Object.keys((await certs.createMutualTls()).files).length);
    }
    console.log(JSON.stringify(seen))`;
  const trapped = ["ERR_INTERNAL", "RuntimeError"];
  assert.deepEqual(await run(code), [trapped, 8, trapped, 8]);
});

test("require() works where Node has it for modules", async (context) => {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) return context.skip("this Node can't require modules");
  const file = fileURLToPath(new URL("index.js", pkg));
  const source = `require(${JSON.stringify(file)}).generateKeyPair().then(({ algorithm }) => console.log(algorithm))`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=commonjs", "-e", source]);
  assert.equal(stdout.trim(), "ecdsa-p256");
});
