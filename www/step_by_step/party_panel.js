// What Bob and Amy do: a key and a request, the request to the CA, the certificate back to the key that waits for it.

import { badge, called, facts, fingerprint, keyInWords, lasting, listed, nameInWords } from "../material/words.js";
import { materialField } from "../material/material_field.js";
import { announce, element } from "../shared/dom.js";
import { releaseLinks } from "../shared/download.js";
import { clearErrors } from "../shared/field_errors.js";
import { fileChip } from "../shared/file_chip.js";
import { certificates } from "../shared/package.js";
import { UnsavedKeys } from "../shared/unsaved_keys.js";
import { fieldError, keyTypeField, secretField, splitNames, step, textField, workForm } from "./fields.js";
import { giveUp } from "./giving_up.js";
import { linkFor, readLink } from "./handover.js";
import { linkBox } from "./link_box.js";
import { tellOtherTabs, whenTold } from "./other_tabs.js";

const PARTIES = {
  bob: {
    name: "Bob",
    base: "bob_server",
    profile: "server",
    label: "Host name",
    value: "localhost",
    hint: "By which clients call the server. Or an IP address.",
    uses: "Bob’s server loads his key, his certificate, and as its ca the certificate of the CA that signs its clients: this one, unless Amy has a CA of her own.",
  },
  amy: {
    name: "Amy",
    base: "amy_client",
    profile: "client",
    label: "Common name",
    value: "amy-client",
    hint: "By which the server knows the client.",
    uses: "Amy’s client shows her certificate, signs with her key, and checks the server with the certificate of the CA that signed it: this one, unless Bob has a CA of his own.",
  },
};

export function partyPanel(who) {
  const party = PARTIES[who];
  /** The key that waits: how it is given to the package, and whether it was made here. */
  let waiting;
  let arrived;

  const unsaved = new UnsavedKeys();
  const handing = element("div", { className: "handing" });
  const result = element("div", { className: "came-back" });

  const commonName = textField({ label: party.label, value: party.value, hint: party.hint, options: ["subject"], name: `${who} common name` });
  const altNames = textField({ label: "More names", optional: true, hint: "Separated by commas.", options: ["altNames"], name: `${who} more names` });
  const algorithm = keyTypeField(`${who} key type`);
  const passphrase = secretField({
    label: "Passphrase for the key’s file",
    optional: true,
    hint: "Encrypts it. Programs that load the key will ask for it, and without it the key is lost.",
    options: ["passphrase"],
  });
  const making = workForm({
    button: "Make key and request",
    busy: "Making…",
    cancellable: true,
    children: [element("div", { className: "grid" }, commonName, altNames, algorithm, passphrase)],
    work: make,
  });

  const keyField = materialField({
    label: `${party.base}.key`,
    hint: "The key that the request was made with. It stays in this tab.",
    accept: ".key,.pem,.p8,.der,.p12,.pfx",
    take: takeKey,
  });
  const keyNeeded = element("div", { className: "key-needed", hidden: true }, element("p", { className: "step-about", textContent: "This tab has no key for it. If it was reloaded, or is another one than the request was made in, load the key’s file again." }), keyField);
  const certificateField = materialField({
    label: `The certificate for ${party.name}`,
    hint: "A file, its text, or the link that the CA sent.",
    accept: ".crt,.pem,.cer,.der,.p7b",
    multiple: true,
    readText: fromLink,
    take: (pieces) => takeCertificate(certificatesAmong(pieces)),
  });

  const panel = element(
    "div",
    { className: "steps" },
    step("1", "Make a key and a request", `The key stays with ${party.name}. The request says who ${party.name} is, and holds the key’s public half.`, making),
    step("2", "Send the request to the CA", "As a file or as a link, by mail or chat: it holds nothing secret. That it comes from you is for the CA to find out, by comparing the key’s fingerprint on the phone, for one.", handing),
    step("3", "Take the certificate", "It is matched with the key that waits for it.", certificateField, keyNeeded, result),
  );
  showNothingYet();

  async function make(signal) {
    const { createRequest, generateKeyPair } = await certificates();
    const secret = passphrase.input.value;
    if (secret && !secret.trim()) throw fieldError("passphrase", "These are blanks alone. Type a passphrase, or leave it empty for a key that is not encrypted.");
    giveUp(unsaved, "the key that was made before");
    const { privateKey } = await generateKeyPair({ algorithm: algorithm.input.value, ...(secret ? { passphrase: secret } : {}), signal });
    const given = secret ? { pem: privateKey, passphrase: secret } : privateKey;
    const names = splitNames(altNames.input.value);
    const { request, details } = await createRequest({
      subject: { commonName: commonName.input.value.trim() },
      profile: party.profile,
      ...(names.length > 0 ? { altNames: names } : {}),
      privateKey: given,
    });
    unsaved.clear();
    waiting = { given, pem: privateKey, encrypted: Boolean(secret) };
    arrived = undefined;
    const link = await linkFor("request", [request]);
    releaseLinks(handing);
    handing.replaceChildren(
      element(
        "ul",
        { className: "chips" },
        fileChip({ name: `${party.base}.key`, content: privateKey, unsaved, about: secret ? "encrypted; stays here" : "stays here" }),
        fileChip({ name: `${party.base}.csr`, content: request, about: "goes to the CA" }),
      ),
      linkBox("Link for the CA", link, "It carries the request, and no key."),
      facts([["Key", keyInWords(details.publicKey)], ["Its fingerprint", fingerprint(details.publicKey.sha256)]]),
    );
    result.replaceChildren(waitingNote());
    keyNeeded.hidden = true;
    clearErrors(certificateField);
    const heading = handing.closest("section").heading;
    heading.focus();
    announce(`Made ${party.base}.key and ${party.base}.csr. Save the key, and send the request to the CA.`);
  }

  function showNothingYet() {
    handing.replaceChildren(element("p", { className: "empty", textContent: "The request will be here." }));
  }

  function waitingNote() {
    return element("p", { className: "waiting" }, badge("The key waits in this tab", "plain"), " Keep the tab open, or save the key: with its file, any tab can go on.");
  }

  async function takeKey(pieces) {
    const key = pieces.find(({ details }) => details?.type === "privateKey");
    if (!key) throw new Error("There is no private key in it. Load the file that ends in .key.");
    const given = key.passphrase && key.details.encrypted ? { pem: key.content, passphrase: key.passphrase } : key.content;
    if (arrived && !(await belongs(arrived, given))) {
      throw new Error("This is another key than the one of the certificate. Load the key that its request was made with.");
    }
    waiting = { given, pem: typeof key.content === "string" ? key.content : undefined, loaded: true };
    keyNeeded.hidden = true;
    if (arrived) await showMatched();
  }

  /** PEMs in whatever order; with a key at hand, the one of that key counts. */
  async function takeCertificate(pems) {
    if (waiting) {
      const leaf = await leafAmong(pems, waiting.given);
      if (!leaf) throw new Error(`This certificate is not for the key that waits here. Was it made for another request? ${party.name}’s certificate has to hold the key of ${party.base}.csr.`);
      arrived = [leaf, ...pems.filter((pem) => pem !== leaf)];
      await showMatched();
      return;
    }
    const leaf = await firstLeaf(pems);
    if (!leaf) throw new Error("This is the certificate of a CA, and not one that a CA gave to somebody.");
    arrived = [leaf, ...pems.filter((pem) => pem !== leaf)];
    keyNeeded.hidden = false;
    result.replaceChildren(await describe(arrived, undefined));
    keyField.input.focus();
    announce("The certificate is here. Now load the key that it was made for.");
  }

  async function showMatched() {
    const { base } = party;
    const [leaf, ...others] = arrived;
    const { chain, roots } = await sorted(leaf, others);
    releaseLinks(result);
    const files = [fileChip({ name: `${base}.crt`, content: [leaf, ...chain].join(""), about: chain.length > 0 ? "with the CA’s in between" : "" })];
    if (roots.length > 0) files.push(fileChip({ name: "ca.crt", content: roots.join(""), about: "whom it was signed by" }));
    const key = waiting.loaded ? "the key that you loaded" : "the key that waited here";
    const heading = element("h3", { tabIndex: -1 }, badge("They belong together", "good"));
    result.replaceChildren(
      heading,
      element("p", { textContent: `This certificate is for ${key}.` }),
      await describe(arrived, party.profile),
      element("ul", { className: "chips" }, ...files),
      element("p", { className: "hint", textContent: party.uses }),
      ...(roots.length === 0 ? [element("p", { className: "hint", textContent: "The CA’s own certificate did not come along: ask for ca.crt." })] : []),
    );
    heading.focus();
    announce("The certificate belongs to the key.");
  }

  async function receive(pems) {
    await takeCertificate(pems);
    // The tab that has the key may be another one: it is told, and takes the certificate too.
    if (!waiting) tellOtherTabs(pems, takenElsewhere);
  }

  function takenElsewhere() {
    if (waiting) return;
    const hadFocus = keyNeeded.contains(document.activeElement);
    keyNeeded.hidden = true;
    const note = element("p", { className: "waiting", tabIndex: -1 }, badge("The tab where its key waits has taken it", "good"), " Go on there; this tab can be closed.");
    result.prepend(note);
    if (hadFocus) note.focus();
    announce("The tab where the key waits has taken the certificate.");
  }

  const waitsFor = async (leaf) => Boolean(waiting) && (await belongs([leaf], waiting.given));
  whenTold(async (pems) => {
    if (!waiting || !(await leafAmong(pems, waiting.given))) return false;
    await takeCertificate(pems);
    return true;
  });

  return Object.assign(panel, { receive, waitsFor });
}

async function inspected(pem) {
  return (await certificates()).inspect(pem);
}

async function belongs([certificate], privateKey) {
  const { matchKey } = await certificates();
  return (await matchKey({ certificate, privateKey })).matches;
}

async function leafAmong(pems, privateKey) {
  for (const pem of pems) if (await belongs([pem], privateKey)) return pem;
  return undefined;
}

async function firstLeaf(pems) {
  for (const pem of pems) if (!(await inspected(pem)).basicConstraints?.ca) return pem;
  return undefined;
}

/** Those between the leaf and a root, and the roots. */
async function sorted(leaf, others) {
  const found = { chain: [], roots: [] };
  for (const pem of others) ((await inspected(pem)).selfSigned ? found.roots : found.chain).push(pem);
  return found;
}

async function fromLink(text) {
  const carried = await readLink(text);
  if (carried?.kind === "request") throw new Error("This link carries a request: it is for the CA.");
  return carried && Promise.all(carried.pems.map(async (content) => ({ name: "the link", content, details: await inspected(content) })));
}

function certificatesAmong(pieces) {
  const found = pieces.filter(({ details }) => details?.type === "certificate");
  if (pieces.some(({ details }) => details?.type === "request") && found.length === 0) {
    throw new Error("This is the request. The certificate is what the CA makes of it and sends back.");
  }
  if (found.length === 0) throw new Error("There is no certificate in it.");
  return found.map(({ content }) => content);
}

async function describe([leaf, ...others], purpose) {
  const { verifyCertificate } = await certificates();
  const details = await inspected(leaf);
  const { chain, roots } = await sorted(leaf, others);
  const lasts = lasting(details);
  const verdict = purpose && roots.length > 0 ? await verifyCertificate({ certificate: leaf, chain, trusted: roots, purpose }) : undefined;
  const answer = verdict && (verdict.ok ? badge(`Accepted by whoever trusts ${called(roots.length === 1 ? await inspected(roots[0]).then(({ subject }) => subject) : details.issuer)}`, "good") : element("span", {}, badge("It would be refused", "bad"), ` ${listed(verdict.reasons.map(({ message }) => message))}`));
  return facts([
    ["For", called(details.subject)],
    ["Names", details.altNames.map(nameInWords).join(", ")],
    ["Signed by", called(details.issuer)],
    ["Valid", badge(lasts.text, lasts.state)],
    ["Verified", answer],
    ["Certificate’s SHA-256", fingerprint(details.fingerprints.sha256)],
  ]);
}
