// Who is measured. A peer is one module, of which everything but `title` is optional; what it lacks is a dash in the tables.
//
//   key(algorithm)                             a new key: { pem, … }, the rest in whatever form the peer goes on with fastest
//   keyPair(algorithm)                         a new key, both halves written down: { pem, publicPem } (PKCS#8, SubjectPublicKeyInfo)
//   importKey(pem, algorithm)                  such a key of PKCS#8 PEM
//   selfSigned(key, algorithm)                 a CA's certificate, PEM
//   authority(certificate, key, algorithm)     what `certificate` signs with; loaded once, as a server would
//   request(key, algorithm, commonName, role)  a request, PEM
//   certificate(authority, request, role)      proof of possession checked, subject, names and key taken from the request; PEM
//   guide(algorithm)                           the guide's files by their names; all of them or, without requests, six
//
// What peers write has the same extensions as ours where they can write them, so that all do the same work.
// Only `openssl` and `selfsigned` import anything of Node: the others also run in the page.

/** @type {Record<string, { title: string, load: () => Promise<any>, packages?: string[], page?: boolean, limit?: boolean, pageOnly?: boolean }>} */
export const PEERS = {
  ours: { title: "ours", load: () => import("./ours.mjs"), page: true },
  "ours-url": { title: "ours, `init(url)`", load: () => import("./ours-url.mjs"), page: true, pageOnly: true },
  subtle: { title: "limit: `crypto.subtle`", load: () => import("./subtle.mjs"), page: true, limit: true },
  node: { title: "limit: Node's `crypto`", load: () => import("./node.mjs"), limit: true },
  openssl: { title: "openssl CLI", load: () => import("./openssl.mjs") },
  "node-forge": { title: "node-forge", load: () => import("./node-forge.mjs"), packages: ["node-forge"], page: true },
  selfsigned: { title: "selfsigned", load: () => import("./selfsigned.mjs"), packages: ["selfsigned"] },
  peculiar: { title: "@peculiar/x509", load: () => import("./peculiar.mjs"), packages: ["@peculiar/x509", "reflect-metadata"], page: true },
  jsrsasign: { title: "jsrsasign", load: () => import("./jsrsasign.mjs"), packages: ["jsrsasign"], page: true },
};

/** The names of those that a column can be made of, ours first. */
export const inNode = Object.keys(PEERS).filter((name) => !PEERS[name].pageOnly);
export const inPage = Object.keys(PEERS).filter((name) => PEERS[name].page);
