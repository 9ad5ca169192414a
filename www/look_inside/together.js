// Whether the pieces belong together: which have one key, who issued whom, and whether a verifier would let a certificate in with them.

import { badge, called, listed } from "../material/words.js";
import { element } from "../shared/dom.js";
import { certificates } from "../shared/package.js";

/** Beyond this many, who issued whom is not looked for: it takes a question for each pair. */
const MOST = 24;
/** What says that one was not signed by the other, in whatever words. */
const NOT_ISSUED = new Set(["unknown-issuer", "untrusted-root", "self-signed", "bad-signature"]);

/** `nodes` tell of all, and `said` the same as text; `ofPiece` are the lines of each piece, each a list of nodes. */
export async function belonging(pieces) {
  const ofPiece = pieces.map(() => []);
  const name = (index) => element("strong", { textContent: nameOf(pieces[index]) });
  const keys = sameKeys(pieces);
  for (const group of keys) {
    for (const index of group) {
      const others = group.filter((other) => other !== index);
      ofPiece[index].push(["Same key as ", ...separated(others.map(name)), "."]);
    }
  }
  const tooMany = pieces.filter(isCertificate).length > MOST;
  const issuers = tooMany ? new Map() : await whoIssued(pieces);
  for (const [subject, issuer] of issuers) {
    ofPiece[subject].push(["Issued by ", name(issuer), ", which is here too."]);
  }
  for (const [index, lines] of (await revocations(pieces)).entries()) ofPiece[index].push(...lines);
  const verdicts = tooMany ? [] : await judged(pieces, issuers);
  for (const { index, line } of verdicts) ofPiece[index].push(line);
  const all = tooMany ? undecided(pieces, keys) : summary(pieces, keys, verdicts, issuers);
  if (!all) return { nodes: [], said: "", ofPiece };
  const { answer, state, text } = all;
  return { nodes: [element("p", { className: "verdict" }, badge(answer, state), ` ${text}`)], said: `${answer}. ${text}`, ofPiece };
}

/** Of so many, only the keys are compared. */
function undecided(pieces, keys) {
  const text = keys.length > 0 ? "Those that have the same key say so below." : "No two have the same key.";
  return { answer: `More than ${MOST} certificates: who issued whom was not looked for`, state: "soon", text };
}

/** A few of many, by name. */
function some(names) {
  const different = [...new Set(names)];
  return different.length > 6 ? `${different.slice(0, 5).join(", ")} and ${different.length - 5} more` : listed(different);
}

function summary(pieces, keys, verdicts, issuers) {
  const readable = pieces.filter(({ details, locked }) => details && !locked);
  if (readable.length < 2) return undefined;
  const related = new Set([...keys.flat(), ...[...issuers].flat()]);
  const alone = pieces.filter((piece, index) => !related.has(index) && readable.includes(piece) && piece.details.type !== "crl");
  if (alone.length === readable.length) return { answer: "None of these belong together", state: "bad", text: "No two have the same key, and none issued another." };
  if (alone.length > 0) return { answer: "Some belong together", state: "soon", text: `By ${alone.length === 1 ? "itself" : "themselves"}: ${some(alone.map(nameOf))}.` };
  const refused = verdicts.some(({ ok }) => !ok);
  return { answer: "They belong together", state: refused ? "soon" : "good", text: refused ? "But not all of them would be accepted, see below." : "Each has its key or its issuer among the others." };
}

/** Groups of the indexes of those with one public key. */
function sameKeys(pieces) {
  const groups = new Map();
  pieces.forEach(({ details }, index) => {
    const key = details?.publicKey?.sha256;
    if (key) groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  return [...groups.values()].filter((group) => group.length > 1);
}

const isCertificate = ({ details }) => details?.type === "certificate";

/** By name first, then by asking whether the signature is that one's. */
async function whoIssued(pieces) {
  const { verifyCertificate } = await certificates();
  const found = new Map();
  for (const [index, { details, content }] of pieces.entries()) {
    if (details?.type !== "certificate" || details.selfSigned) continue;
    for (const [other, candidate] of pieces.entries()) {
      if (other === index || !isCertificate(candidate) || candidate.details.subject.text !== details.issuer.text) continue;
      const verdict = await verifyCertificate({ certificate: content, trusted: candidate.content, purpose: purposeOf(details) }).catch(() => undefined);
      if (verdict && (verdict.ok || !verdict.reasons.some(({ code }) => NOT_ISSUED.has(code)))) {
        found.set(index, other);
        break;
      }
    }
  }
  return found;
}

/** What a verifier that trusts the roots here would say of each leaf. */
async function judged(pieces, issuers) {
  const { verifyCertificate } = await certificates();
  const roots = pieces.filter((piece) => isCertificate(piece) && piece.details.selfSigned && piece.details.basicConstraints?.ca);
  const chain = pieces.filter((piece) => isCertificate(piece) && !piece.details.selfSigned && piece.details.basicConstraints?.ca);
  if (roots.length === 0) return [];
  const said = [];
  for (const [index, { details, content }] of pieces.entries()) {
    if (details?.type !== "certificate" || details.basicConstraints?.ca || !issuers.has(index)) continue;
    const verdict = await verifyCertificate({ certificate: content, chain: chain.map((one) => one.content), trusted: roots.map((one) => one.content), purpose: purposeOf(details) }).catch(() => undefined);
    if (!verdict) continue;
    const who = purposeOf(details);
    if (verdict.ok) said.push({ index, ok: true, line: [badge(`Accepted as a ${who} by whoever trusts ${called(roots[0].details.subject)}`, "good")] });
    else said.push({ index, ok: false, line: [badge(`Refused as a ${who}`, "bad"), ` ${verdict.reasons.map(({ message }) => message).join("; ")}`] });
  }
  return said;
}

const purposeOf = ({ extendedKeyUsage }) => (extendedKeyUsage.includes("clientAuth") && !extendedKeyUsage.includes("serverAuth") ? "client" : "server");

/** Which certificates stand on the lists here. */
async function revocations(pieces) {
  return pieces.map(({ details }) => {
    if (details?.type !== "certificate") return [];
    const lists = pieces.filter((piece) => piece.details?.type === "crl" && piece.details.issuer.text === details.issuer.text);
    return lists.flatMap((list) => {
      const entry = list.details.revoked.find(({ serialNumber }) => bare(serialNumber) === bare(details.serialNumber));
      return entry ? [[badge(`Revoked by ${list.name}`, "bad")]] : [[`Not on the revocation list ${list.name}.`]];
    });
  });
}

const bare = (serial) => serial.replace(/^0+/, "").toUpperCase();

function nameOf({ name, details }) {
  const what = { certificate: "certificate", request: "request", crl: "list", privateKey: "key", publicKey: "public key" }[details?.type] ?? "file";
  return /\.\w{1,4}$/.test(name) ? name : details?.subject ? `the ${what} of ${called(details.subject)}` : `the ${what} in ${name}`;
}

const separated = (nodes) => nodes.flatMap((node, index) => [index === 0 ? "" : index === nodes.length - 1 ? " and " : ", ", node]);
