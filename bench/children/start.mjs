// A process that loads a peer, issues one certificate and ends. node start.mjs PEER MATERIAL [FILE]: the certificate into FILE.
// The peer alone is imported, not the list of them.
import { readFileSync, writeFileSync } from "node:fs";

const [name, material, file] = process.argv.slice(2);
const { algorithm, authority: given, request } = JSON.parse(readFileSync(material, "utf8"));
if (name !== "nothing") {
  const peer = await import(`../peers/${name}.mjs`);
  const key = await peer.importKey(given.privateKey, algorithm);
  const authority = await peer.authority(given.certificate, key, algorithm);
  const certificate = await peer.certificate(authority, request, "client");
  if (file) writeFileSync(file, certificate);
}
