// The result: who has which files, what the certificates say in short, and what to run.

import { commands } from "./commands.js";
import { announce, byId, copyButton, element } from "./dom.js";
import { fileRow, forgetFiles, showUnsaved } from "./files.js";

const DATE = new Intl.DateTimeFormat("en", { dateStyle: "long" });

export function setUpResult() {
  byId("download-all").addEventListener("click", downloadAll);
}

export function showResult(options, { files, details }) {
  const steps = commands(options).map(commandItem);
  forgetFiles();
  byId("parties").replaceChildren(...parties(options).map((party) => partyCard(party, files, details)));
  byId("commands").replaceChildren(...steps);
  byId("result-title").textContent = `${Object.keys(files).length} files made`;
  showUnsaved();
  byId("result").hidden = false;
  byId("replaces").hidden = false;
  byId("result-title").focus();
  announce(`${byId("result-title").textContent}. The keys are only in this tab.`);
}

function parties({ authorities, authority, serverAuthority, clientAuthority, server, clients }) {
  const one = authorities === "one";
  const signers = one
    ? [{ ...authority, title: "CA", about: "ca.crt goes to Bob and to every client. ca.key is needed again only to sign more." }]
    : [
        { ...serverAuthority, title: "Bob’s CA", about: "bob_ca.crt goes to the clients, who check Bob with it." },
        { ...clientAuthority, title: "Amy’s CA", about: "amy_ca.crt goes to Bob, who checks the clients with it." },
      ];
  const bob = {
    ...server,
    title: "Bob, the server",
    about: `His server needs his key, his certificate, and ${one ? "ca.crt" : "amy_ca.crt"} as its ca.`,
  };
  const callers = clients.map((client, index) => ({
    ...client,
    title: index === 0 ? "Amy, the client" : `Client ${index + 1}`,
    about: `Shows this certificate to Bob, and checks his with ${one ? "ca.crt" : "bob_ca.crt"}.`,
  }));
  return [...signers, bob, ...callers];
}

function partyCard({ title, commonName, name, about }, files, details) {
  const own = [".key", ".csr", ".crt"].map((ending) => name + ending).filter((file) => file in files);
  return element(
    "section",
    { className: "party" },
    element("h3", {}, `${title} `, element("span", { className: "who", textContent: commonName })),
    element("p", { className: "party-about", textContent: about }),
    element(
      "div",
      { className: "party-body" },
      element("ul", {}, ...own.map((file) => fileRow(file, files[file]))),
      facts(details[`${name}.crt`]),
    ),
  );
}

function facts({ subject, issuer, altNames, notAfter, fingerprints }) {
  const rows = [
    ["Subject", subject.text],
    ["Issuer", issuer.text],
    ["Names", altNames.map((name) => Object.values(name)[0]).join(", ")],
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

function commandItem({ about, command, hint }) {
  return element(
    "li",
    { className: "command" },
    element("p", { textContent: about }),
    element(
      "div",
      { className: "command-line" },
      element("pre", {}, element("code", { textContent: command })),
      copyButton(command, "the command"),
    ),
    ...(hint ? [element("p", { className: "hint", textContent: hint })] : []),
  );
}

// Browsers drop downloads that start within the same moment, and ask once whether a page may start several.
async function downloadAll() {
  for (const link of document.querySelectorAll("a[download]")) {
    link.click();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
