// A process that issues many certificates from requests, and tells how long it took and what memory it held.
// node --expose-gc many.mjs PEER COUNT MATERIAL: JSON on standard output.
import { readFileSync } from "node:fs";
import { PEERS } from "../peers/index.mjs";
import { verifyIssued } from "../support/verify.mjs";

const [name, text, file] = process.argv.slice(2);
const count = Number(text);
const { algorithm, authority: given, requests: different } = JSON.parse(readFileSync(file, "utf8"));
const requests = Array.from({ length: count }, (_, i) => different[i % different.length]);

const peer = await PEERS[name].load();
const key = await peer.importKey(given.privateKey, algorithm);
const authority = await peer.authority(given.certificate, key, algorithm);
const together = name === "ours" ? (await import("../peers/ours-many.mjs")).certificates : undefined;

// What a first certificate costs has a row of its own.
await peer.certificate(authority, different[0], "client");

const before = held();
const result = await measured();
// Outside the function nothing names the certificates any more.
console.log(JSON.stringify({ ...result, left: held() - before }));

async function measured() {
  const start = performance.now();
  const certificates = together ? await together(authority, requests) : await oneByOne();
  const time = performance.now() - start;
  const peak = process.resourceUsage().maxRSS * 1024;
  if (certificates.length !== count) throw new Error(`${certificates.length} certificates of ${count}`);
  for (const certificate of new Set([certificates[0], certificates[count - 1]])) verifyIssued(certificate, given.certificate);
  const kept = held() - before;
  // Named after the collection, so that it takes place with all of them there.
  return { time, peak, kept, bytes: certificates.reduce((sum, { length }) => sum + length, 0) };
}

async function oneByOne() {
  const list = [];
  for (const request of requests) list.push(await peer.certificate(authority, request, "client"));
  return list;
}

/** The heap and what it holds outside, such as the wasm's memory, after a collection. */
function held() {
  for (let i = 0; i < 3; i++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
