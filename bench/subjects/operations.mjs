// In Node, in one process: the guide, keys, certificates from a request, self-signed ones.
import { inNode } from "../peers/index.mjs";
import { inTurns } from "../support/measure.mjs";
import { material } from "../support/material.mjs";
import { verifyGuide, verifyIssued, verifyKeyPair, verifySelfSigned } from "../support/verify.mjs";

const SIGNING = ["rsa-2048", "ecdsa-p256", "ecdsa-p384", "ed25519"];
const KEYS = ["rsa-2048", "rsa-3072", "rsa-4096", "ecdsa-p256", "ecdsa-p384", "ed25519"];

export const guide = subject({
  name: "guide",
  title: "The guide: a CA, and a key, a request and a certificate each for server and client",
  about:
    "The guide's seven commands, or what stands for them. openssl is a process for each command; selfsigned makes no requests. " +
    "The limit is the platform making three keys at once, and nothing else; RSA keys of ours are made otherwise, from primes.",
  algorithms: ["rsa-2048", "ecdsa-p256"],
  effort: [41, 15],
  async prepare(peer, algorithm) {
    if (peer.threeKeys) return { run: async () => peer.threeKeys(algorithm).then(() => true) };
    return peer.guide && { run: async () => peer.guide(algorithm), check: (files) => verifyGuide(files, algorithm) };
  },
});

export const key = subject({
  name: "key",
  title: "A new key, both halves as PEM",
  about: "PKCS#8 and SubjectPublicKeyInfo. @peculiar/x509 leaves keys to WebCrypto, so that its column is the limit's once more. RSA keys take a random time: their medians are rough even with the many samples that they get. The limits are the platform's generators; RSA keys of ours are made from primes that `crypto.generatePrime` finds.",
  algorithms: KEYS,
  effort: [61, 12],
  async prepare(peer, algorithm) {
    return peer.keyPair && { run: async () => peer.keyPair(algorithm), check: (made) => verifyKeyPair(made, algorithm) };
  },
});

export const certificate = subject({
  name: "certificate",
  title: "A certificate from a request",
  about:
    "The request's signature is checked; its key, subject and names are taken. The CA has been loaded before, as in a server. " +
    "The limits: import of the request's key, `verify`, `sign`, on the same bytes.",
  algorithms: SIGNING,
  effort: [41, 6],
  async prepare(peer, algorithm) {
    const given = await material(algorithm);
    if (peer.limits) return { run: (await peer.limits(given)).certificate };
    const ca = peer.certificate && (await peer.importKey(given.authority.privateKey, algorithm));
    if (!ca) return undefined;
    const authority = await peer.authority(given.authority.certificate, ca, algorithm);
    return {
      run: () => peer.certificate(authority, given.request, "client"),
      check: (pem) => verifyIssued(pem, given.authority.certificate),
    };
  },
});

export const selfSigned = subject({
  name: "self-signed",
  title: "A self-signed CA for a key that was loaded before",
  about: "The limits: `sign` alone, on the same bytes. So these two columns are also the cost of one signature.",
  algorithms: SIGNING,
  effort: [41, 6],
  async prepare(peer, algorithm) {
    const given = await material(algorithm);
    if (peer.limits) return { run: (await peer.limits(given)).selfSigned };
    const key = peer.selfSigned && (await peer.importKey(given.authority.privateKey, algorithm));
    if (!key) return undefined;
    return { run: () => peer.selfSigned(key, algorithm), check: (pem) => verifySelfSigned(pem, key.pem) };
  },
});

function subject({ name, title, about, algorithms, effort, prepare }) {
  return {
    title,
    about,
    columns: inNode,
    rows: algorithms.map((algorithm) => `${name}/${algorithm}`),
    async run(row, context) {
      const algorithm = row.slice(name.length + 1);
      const { functions, cells } = await context.functions(row, inNode, (peer) => prepare(peer, algorithm));
      const measured = await inTurns(functions, context.effort(...effort));
      return [{ row, label: algorithm, unit: "ms", cells: { ...cells, ...measured } }];
    },
  };
}
