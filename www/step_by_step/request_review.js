// A request is looked at, and then signed: what it asks for in words, the CA's decisions beside it, and the certificate that goes back.

import { materialField } from "../material/material_field.js";
import { badge, called, day, facts, fingerprint, keyInWords, nameInWords, profileOf, purposeInWords, wholeName } from "../material/words.js";
import { daysOf } from "../shared/days.js";
import { announce, element } from "../shared/dom.js";
import { releaseLinks } from "../shared/download.js";
import { fileChip } from "../shared/file_chip.js";
import { certificates } from "../shared/package.js";
import { choiceField, fieldError, fileBase, textField, workForm } from "./fields.js";
import { linkBack, readLink } from "./handover.js";
import { linkBox } from "./link_box.js";

const ROLES = [
  { value: "server", name: "A server", about: "Clients may trust it under the names above." },
  { value: "client", name: "A client", about: "Servers may let it in." },
  { value: "peer", name: "Both", about: "It serves, and calls others." },
];
/** Of these the certificate has its own, or they are shown as names and role. */
const EXPECTED = new Set(["subjectAltName", "extendedKeyUsage", "keyUsage", "basicConstraints", "subjectKeyIdentifier"]);

/** `authority()` is the CA of the moment; `issued` is told of each certificate. */
export function requestReview({ authority, issued }) {
  const shown = element("div", { className: "review" });
  const result = element("div", { className: "signed" });
  const field = materialField({
    label: "A request to sign",
    hint: "bob_server.csr or the like, its text, or the link that Bob or Amy sent.",
    accept: ".csr,.req,.pem,.p10,.der",
    readText: fromLink,
    take: async (pieces) => show(requestAmong(pieces)),
  });
  let refresh = () => {};

  async function show({ content, details, name }) {
    releaseLinks(result);
    result.replaceChildren();
    const heading = element("h3", { tabIndex: -1 }, `${called(details.subject)} asks for a certificate`);
    const form = details.signatureValid ? decisions(content, details, name) : element("p", { className: "alert", textContent: whyNot(details) });
    shown.replaceChildren(heading, asked(details), form);
    heading.focus();
    announce(`${called(details.subject)} asks for a certificate. Look at it, and choose what it is good for.`);
  }

  function decisions(request, details, name) {
    const role = choiceField({ legend: "What is it good for?", choices: ROLES, value: profileOf(details), options: ["profile"] });
    const days = daysField(authority);
    const form = workForm({
      button: "Sign it",
      busy: "Signing…",
      children: [role, element("div", { className: "grid" }, days)],
      async work() {
        const ca = authority();
        if (!ca) throw new Error("There is no CA yet: make or load one above.");
        if (!role.value) throw fieldError("profile", "Choose what it is good for. The request does not say.");
        const { issueCertificate } = await certificates();
        const made = await issueCertificate({
          request,
          authority: { certificate: ca.certificate, privateKey: ca.privateKey },
          profile: role.value,
          validity: { days: daysOf(days.input.value) },
        });
        await issued({ certificate: made.certificate, at: new Date() });
        await showSigned(made, ca, name);
      },
    });
    const missing = element("p", { className: "hint", textContent: "Make or load a CA above, to sign it. If your CA is in another tab, take the link there." });
    refresh = () => {
      form.submitButton.toggleAttribute("disabled", !authority());
      missing.hidden = Boolean(authority());
      days.refresh();
    };
    form.append(missing);
    refresh();
    return form;
  }

  async function showSigned({ certificate, chain, details }, ca, name) {
    const base = /^[\w.-]+\.(csr|req|p10)$/i.test(name) ? name.replace(/\.\w+$/, "") : fileBase(details.subject.commonName);
    const link = await linkBack(chain, ca.certificate);
    releaseLinks(result);
    const heading = element("h3", { tabIndex: -1 }, badge(`Signed for ${called(details.subject)}`, "good"));
    result.replaceChildren(
      heading,
      element("ul", { className: "chips" }, fileChip({ name: `${base}.crt`, content: chain, about: "goes back" })),
      linkBox("Link to send back", link, "It carries the certificate and the CA’s own, which are public."),
    );
    heading.focus();
    announce(`Signed. Send the certificate back to ${called(details.subject)}.`);
  }

  async function receive(request) {
    const { inspect } = await certificates();
    await show({ content: request, details: await inspect(request), name: "" });
  }

  return Object.assign(element("div", {}, field, shown, result), { receive, refresh: () => refresh() });
}

const USUAL_DAYS = 365;
const DAY = 86_400_000;

/** A year, or what is left of the CA where that is less. */
function daysField(authority) {
  const field = textField({ label: "Valid for, in days", value: String(USUAL_DAYS), inputMode: "numeric", hint: "Apple devices accept servers up to 825 days.", options: ["validity"] });
  const left = element("p", { className: "hint" });
  field.append(left);
  let isTouched = false;
  field.input.addEventListener("input", () => (isTouched = true));
  function refresh() {
    const end = authority()?.details.notAfter;
    const most = end && Math.floor((end - Date.now()) / DAY);
    const isShort = most !== undefined && most < USUAL_DAYS;
    left.textContent = isShort ? `The CA itself ends on ${day(end)}, ${most === 1 ? "a day" : `${most} days`} from now: nothing that it signs lasts longer.` : "";
    if (!isTouched) field.input.value = String(isShort ? Math.max(most, 1) : USUAL_DAYS);
  }
  return Object.assign(field, { refresh });
}

function asked(details) {
  const role = details.extendedKeyUsage.map(purposeInWords).join(", ");
  const wantsCa = details.basicConstraints?.ca;
  const more = details.extensions.filter(({ name }) => !EXPECTED.has(name)).map(({ name, oid }) => name ?? oid);
  return facts([
    ["Who", wholeName(details.subject)],
    ["Names", details.altNames.map(nameInWords).join(", ") || "none"],
    ["To be", role || "it does not say"],
    ["Key", keyInWords(details.publicKey)],
    ["Key’s fingerprint", fingerprint(details.publicKey.sha256)],
    ["Signature", signature(details)],
    ["Not granted", wantsCa ? "It asks to be a CA. A request can’t make itself one." : ""],
    ["Left out", more.join(", ")],
  ]);
}

function signature({ signatureValid }) {
  if (signatureValid === undefined) return badge("It can’t be checked here", "soon");
  return signatureValid ? badge("Its sender has the key", "good") : badge("It does not fit the key", "bad");
}

function whyNot({ signatureValid, publicKey }) {
  return signatureValid === undefined
    ? `It is for a key of a kind that is not signed here (${keyInWords(publicKey)}), or signed in a way that is not known here. Ask for one with ECDSA P-256, P-384, Ed25519, or RSA of 2048 bits or more.`
    : "Its signature does not fit its key: whoever sent it has not shown to have the key, or it was altered on the way. It is not signed.";
}

function requestAmong(pieces) {
  const requests = pieces.filter(({ details }) => details?.type === "request");
  if (requests.length > 1) throw new Error(`${requests[0].name} holds ${requests.length} requests. They are looked at one by one: give one at a time.`);
  if (requests.length === 1) return requests[0];
  const [{ name, details }] = pieces;
  if (details?.type === "privateKey") throw new Error(`${name} is a private key, and no request. It should never come to the CA: whoever sent it should make a new one, and send the request alone.`);
  if (details?.type === "certificate") throw new Error(`${name} is a certificate already, and no request.`);
  throw new Error(`${name} is no request.`);
}

async function fromLink(text) {
  const carried = await readLink(text);
  if (!carried) return undefined;
  if (carried.kind === "certificate") throw new Error("This link carries a certificate: it is for Bob or Amy.");
  const { inspect } = await certificates();
  return [{ name: "", content: carried.pems[0], details: await inspect(carried.pems[0]) }];
}
