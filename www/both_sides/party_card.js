// A party of the result: who it is, what it does with its files, the files, and what its certificate says.

import { visible, wholeName } from "../material/words.js";
import { element } from "../shared/dom.js";
import { fileChip } from "../shared/file_chip.js";

const DATE = new Intl.DateTimeFormat("en", { dateStyle: "long" });

/** `more` goes below the files. */
export function partyCard(party, about, files, unsaved, ...more) {
  const { title, commonName, key, request, certificate, details } = party;
  const chips = [
    { name: key, about: "stays" },
    ...(request ? [{ name: request, about: "went to the CA" }] : []),
    { name: certificate, about: request ? "came back" : "for whoever trusts this CA" },
  ];
  return element(
    "section",
    { className: "party panel" },
    element("h3", {}, `${title} `, element("span", { className: "who", textContent: commonName })),
    element("p", { className: "party-about", textContent: about }),
    element(
      "div",
      { className: "party-body" },
      element(
        "div",
        {},
        element("ul", { className: "chips" }, ...chips.map((chip) => fileChip({ ...chip, content: files[chip.name], unsaved }))),
        ...more,
      ),
      facts(details),
    ),
  );
}

/** What is to be said of each party, in the order in which they are shown. */
export function cardsOf({ authorities, server, clients }) {
  const one = authorities.length === 1;
  const receivers = (authority) => (authority === server.signedBy ? "every client, to check Bob with" : "Bob, to check the clients with");
  return [
    ...authorities.map((authority) => [
      authority,
      one
        ? `${authority.certificate} goes to Bob and to every client. ${authority.key} is needed again only to sign more.`
        : `${authority.certificate} goes to ${receivers(authority)}. ${authority.key} is needed again only to sign more.`,
    ]),
    [server, `His server needs his key, his certificate, and ${server.trusts.certificate} as its ca.`],
    ...clients.map((client) => [client, `Shows this certificate to Bob, and checks his with ${client.trusts.certificate}.`]),
  ];
}

function facts({ subject, issuer, altNames, notAfter, fingerprints }) {
  const rows = [
    ["Subject", wholeName(subject)],
    ["Issuer", wholeName(issuer)],
    ["Names", visible(altNames.map((name) => Object.values(name)[0]).join(", "))],
    ["Valid until", DATE.format(notAfter)],
    ["SHA-256", breakable(fingerprints.sha256)],
  ];
  const list = element("dl", { className: "facts" });
  for (const [term, value] of rows) {
    if (!value) continue;
    list.append(element("dt", { textContent: term }), element("dd", {}, value));
  }
  return list;
}

// May wrap after a colon, and copies without what makes it wrap.
function breakable(fingerprint) {
  const pairs = fingerprint.split(/(?<=:)/);
  return element("span", { className: "fingerprint" }, ...pairs.flatMap((pair) => [pair, element("wbr")]));
}
