// One piece as a card: what it is, the few things that matter, and everything else behind "All of it".

import { inWords } from "../material/read.js";
import { badge, called, day, facts, fingerprint, keyInWords, lasting, listed, moment, nameInWords, purposeInWords, roleInWords, TYPES, usageInWords, wholeName } from "../material/words.js";
import { element } from "../shared/dom.js";
import { showError } from "../shared/field_errors.js";
import { extensionList } from "./extension_list.js";
import { againInWords } from "./once_each.js";

let count = 0;

/** A list item. `unlock(passphrase)` opens what is encrypted. */
export function pieceCard(piece, { unlock }) {
  const { details, error, name, container, locked } = piece;
  const said = locked ? locking(piece, unlock) : error ? broken(error) : (KINDS[details.type] ?? (() => []))(details);
  const kind = container ?? (details ? kindOf(details) : "Not readable");
  return element(
    "li",
    { className: `piece panel ${locked ? "locked" : error ? "broken" : details.type}` },
    element(
      "div",
      { className: "piece-head" },
      element("h3", { textContent: titleOf(piece) }),
      element("p", { className: "piece-kind" }, element("span", { className: "kind", textContent: kind }), ...state(piece), element("span", { className: "piece-file", textContent: name }), ...given(piece)),
    ),
    ...said,
    element("ul", { className: "relations" }),
  );
}

function given(piece) {
  const again = againInWords(piece);
  return again ? [element("span", { className: "kind", textContent: `(${again})` })] : [];
}

function signature({ signatureValid }) {
  if (signatureValid === undefined) return badge("its signature can’t be checked here", "soon");
  return signatureValid ? badge("its sender has the key", "good") : badge("its signature does not fit its key", "bad");
}

function kindOf(details) {
  if (details.type !== "certificate") return TYPES[details.type];
  if (details.basicConstraints?.ca) return details.selfSigned ? "CA certificate (root)" : "CA certificate (intermediate)";
  return details.selfSigned ? "Certificate, self-signed" : "Certificate";
}

function titleOf({ details, container }) {
  if (!details) return container ?? "Something else";
  if (details.subject) return called(details.subject);
  if (details.type === "crl") return `Revoked by ${called(details.issuer)}`;
  if (details.type === "publicKey") return "A public key";
  return details.encrypted && !details.publicKey ? "An encrypted private key" : "A private key";
}

function state({ details }) {
  if (details?.type === "certificate") {
    const { text, state } = lasting(details);
    return [badge(text, state)];
  }
  if (details?.type === "request") return [signature(details)];
  if (details?.type === "privateKey") return [element("span", { className: "mark", textContent: "secret" })];
  if (details?.type === "crl" && details.nextUpdate) {
    return [details.nextUpdate < new Date() ? badge(`ran out on ${day(details.nextUpdate)}`, "bad") : badge(`good until ${day(details.nextUpdate)}`, "good")];
  }
  return [];
}

const KINDS = {
  certificate: (details) => [
    facts([
      ["Who", wholeName(details.subject)],
      ["Issued by", details.selfSigned ? "itself" : wholeName(details.issuer)],
      ["For", roleInWords(details)],
      ["Names", details.basicConstraints?.ca && details.altNames.length === 0 ? "" : names(details)],
      ["Valid", `${day(details.notBefore)} to ${day(details.notAfter)}`],
      ["Key", keyInWords(details.publicKey)],
      ["SHA-256", fingerprint(details.fingerprints.sha256)],
    ]),
    ...warnings(details),
    all([
      ["Version", `X.509 v${details.version}`],
      ["Serial number", element("code", { textContent: details.serialNumber })],
      ["Valid from", moment(details.notBefore)],
      ["Valid until", moment(details.notAfter)],
      ["Key usage", listed(details.keyUsage.map(usageInWords))],
      ["Signed with", details.signatureAlgorithm],
      ["SHA-1", fingerprint(details.fingerprints.sha1)],
      ["Key’s SHA-256", fingerprint(details.publicKey.sha256)],
    ], details.extensions),
  ],
  request: (details) => [
    facts([
      ["Who", wholeName(details.subject)],
      ["Asks to be", details.extendedKeyUsage.length > 0 ? listed(details.extendedKeyUsage.map(purposeInWords)) : "it does not say"],
      ["Names", names(details)],
      ["Key", keyInWords(details.publicKey)],
      ["Key’s SHA-256", fingerprint(details.publicKey.sha256)],
    ]),
    all([
      ["Signed with", details.signatureAlgorithm],
      ["Key usage", listed(details.keyUsage.map(usageInWords))],
      ...details.attributes.map(({ name, oid, text, value }) => [name ?? oid, text ?? value]),
    ], details.extensions),
  ],
  crl: (details) => [
    facts([
      ["Issued by", wholeName(details.issuer)],
      ["Made", moment(details.thisUpdate)],
      ["Next one by", details.nextUpdate ? moment(details.nextUpdate) : "it does not say"],
      ["Number", details.crlNumber],
      ["Revoked", details.revoked.length === 0 ? "nothing" : revoked(details.revoked)],
    ]),
    all([["Signed with", details.signatureAlgorithm], ["SHA-256", fingerprint(details.fingerprints.sha256)]], details.extensions),
  ],
  privateKey: (details) => [
    facts([
      ["Kind", keyInWords(details.publicKey)],
      ["Encrypted", details.encrypted ? "yes, and opened here" : "no: whoever has the file has the key"],
      ["Public half", fingerprint(details.publicKey.sha256)],
    ]),
    element("p", { className: "hint", textContent: "The key itself is not shown. It stays with its owner, and is never sent to anyone, the CA included." }),
  ],
  publicKey: (details) => [facts([["Kind", keyInWords(details.publicKey)], ["SHA-256", fingerprint(details.publicKey.sha256)]])],
};

function names({ altNames }) {
  if (altNames.length === 0) return "none";
  const shown = altNames.slice(0, 20).map(nameInWords).join(", ");
  return altNames.length > 20 ? `${shown} and ${altNames.length - 20} more` : shown;
}

function warnings(details) {
  const said = [];
  if (details.version < 3) said.push("It is of X.509 version 1: Chromium, rustls and Python refuse it.");
  if (!details.basicConstraints?.ca && details.extendedKeyUsage.includes("serverAuth") && details.altNames.length === 0) said.push("It names no host but in its common name, which today’s clients pass over.");
  // Nobody looks at a root's own signature.
  if (/sha-?1|md5/i.test(details.signatureAlgorithm) && !details.selfSigned) said.push(`It is signed with ${details.signatureAlgorithm}, which is too weak: verifiers refuse it.`);
  return said.map((textContent) => element("p", { className: "warning", textContent }));
}

function revoked(entries) {
  const rows = entries.slice(0, 50).map(({ serialNumber, date, reason }) => element("li", {}, element("code", { textContent: serialNumber }), ` on ${day(date)}${reason ? `, ${reason}` : ""}`));
  if (entries.length > 50) rows.push(element("li", { textContent: `and ${entries.length - 50} more` }));
  return element("ul", { className: "revoked" }, ...rows);
}

function all(rows, extensions) {
  return element("details", { className: "all" }, element("summary", { textContent: "All of it" }), facts(rows), ...extensionList(extensions));
}

function broken(error) {
  return [element("p", { className: "alert", textContent: inWords(error) })];
}

function locking({ name, container }, unlock) {
  const input = element("input", { id: `unlock-${++count}`, type: "password", autocomplete: "off" });
  const label = element("label", { htmlFor: input.id, textContent: `Passphrase of ${name}` });
  const form = element("form", { className: "unlock", noValidate: true }, element("div", { className: "field" }, label, element("div", { className: "line" }, input, element("button", { textContent: "Open" }))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await unlock(input.value);
    } catch (error) {
      showError(input, error.message);
    }
  });
  return [element("p", { className: "hint", textContent: `${container ? "The file" : "The key"} is encrypted. Its passphrase stays in this tab.` }), form];
}

