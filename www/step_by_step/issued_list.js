// What a CA has issued, to renew and to revoke; of one that is kept in this browser, the list is kept too.

import { badge, called, lasting, roleInWords } from "../material/words.js";
import { inWords } from "../material/read.js";
import { announce, element } from "../shared/dom.js";
import { releaseLinks } from "../shared/download.js";
import { fileChip } from "../shared/file_chip.js";
import { certificates } from "../shared/package.js";
import * as kept from "../kept/store.js";
import { fileBase } from "./fields.js";
import { linkFor } from "./handover.js";
import { linkBox } from "./party_panel.js";

export function issuedList() {
  let authority;
  const alert = element("div", { className: "alert", role: "alert" });
  const list = element("ul", { className: "issued" });
  const revocations = element("div", { className: "revocations" });
  const empty = element("p", { className: "empty", textContent: "Nothing yet." });
  const root = element("div", {}, alert, empty, list, revocations);

  function show(next) {
    authority = next;
    alert.textContent = "";
    return draw();
  }

  /** Changes the list, in the browser too where the CA is kept there. */
  async function change(changeRecord) {
    if (authority.id) Object.assign(authority, await kept.change(authority.id, changeRecord));
    else Object.assign(authority, changeRecord(authority));
    await draw();
  }

  const add = (entry) => change((record) => ({ ...record, issued: [...record.issued, entry] }));

  async function draw() {
    const entries = [...(authority?.issued ?? [])].reverse();
    empty.hidden = entries.length > 0;
    empty.textContent = authority ? "Nothing yet." : "The list begins with the first certificate.";
    const items = await Promise.all(entries.map(item));
    releaseLinks(root);
    list.replaceChildren(...items);
    const revocationList = authority?.revocationList;
    revocations.replaceChildren(
      ...(revocationList
        ? [
            element("h3", { textContent: "Revocation list" }),
            element("ul", { className: "chips" }, fileChip({ name: `${fileBase(authority.details.subject.commonName)}.crl`, content: revocationList, about: "goes to every server" })),
            element("p", { className: "hint", textContent: "Servers are to load it (Node: crl) before they refuse what is on it. It is good for 30 days: make the next one in time, by revoking another certificate or with the button." }),
            newListButton(),
          ]
        : []),
    );
  }

  async function item(entry) {
    const { inspect } = await certificates();
    const details = await inspect(entry.certificate);
    const name = called(details.subject);
    const lasts = entry.revoked ? { text: "revoked", state: "bad" } : lasting(details);
    const file = `${fileBase(details.subject.commonName)}.crt`;
    const more = element("div", { className: "more" });
    const row = element(
      "li",
      { className: "issued-item" },
      element("p", { className: "issued-head" }, element("strong", { textContent: name }), " ", badge(lasts.text, lasts.state)),
      element("p", { className: "hint" }, `For ${roleInWords(details)}. Serial number `, element("code", { textContent: details.serialNumber })),
      element("ul", { className: "chips" }, fileChip({ name: file, content: entry.certificate, about: entry.renews ? "renewed" : "" })),
      ...(entry.revoked ? [] : [actions(entry, name, details, more), more]),
    );
    return row;
  }

  function actions(entry, name, { serialNumber }, more) {
    const serial = `serial number ${serialNumber.slice(0, 8)}`;
    const renew = button("Renew", `Renew ${name}, ${serial}`, async () => {
      const { renewCertificate } = await certificates();
      const made = await renewCertificate({ certificate: entry.certificate, authority: signing() });
      await add({ certificate: made.certificate, at: new Date(), renews: true });
      const link = await linkFor("certificate", [made.certificate]);
      list.firstElementChild.append(linkBox("Link to send back", link, "The same names and key, new dates. The old one works until it ends."));
      list.querySelector(".link-box input").focus();
      announce(`Renewed ${name}.`);
    });
    const revoke = button("Revoke", `Revoke ${name}, ${serial}`, () => ask(more, entry, name));
    return element("p", { className: "line issued-actions" }, renew, revoke);
  }

  function ask(more, entry, name) {
    const id = `reason-${Math.random().toString(36).slice(2)}`;
    const select = element("select", { id }, ...REASONS.map(([value, textContent]) => element("option", { value, textContent })));
    const yes = button("Revoke for good", `Revoke for good: ${name}`, async () => {
      await revoke(entry, select.value);
      announce(`Revoked ${name}. Give the revocation list to the servers.`);
      revocations.querySelector("a")?.focus();
    });
    yes.classList.add("danger");
    const no = element("button", { type: "button", textContent: "Leave it" });
    no.addEventListener("click", () => {
      more.replaceChildren();
      more.closest("li").querySelector(".issued-actions button:last-child").focus();
    });
    // Servers that load a list which knows nothing of the one before let in again whom that one had revoked.
    const first = authority.isLoaded && !authority.revocationList ? " If this CA has a revocation list already, load it above with the CA’s files first: the new one else forgets whom that one revoked." : "";
    more.replaceChildren(
      element("div", { className: "question" }, element("p", { textContent: `It can’t be undone. Servers refuse it once they have loaded the list.${first}` }), element("div", { className: "field" }, element("label", { htmlFor: id, textContent: "Why" }), select), element("p", { className: "line" }, yes, no)),
    );
    select.focus();
  }

  async function revoke(entry, reason) {
    const revocationList = await nextList([{ certificate: entry.certificate, reason }]);
    await change((record) => ({
      ...record,
      revocationList,
      issued: record.issued.map((one) => (one.certificate === entry.certificate ? { ...one, revoked: { reason, at: new Date() } } : one)),
    }));
  }

  async function nextList(revoked) {
    const { createRevocationList, updateRevocationList } = await certificates();
    const before = authority.revocationList;
    const made = await (before ? updateRevocationList({ revocationList: before, authority: signing(), revoked }) : createRevocationList({ authority: signing(), revoked }));
    return made.revocationList;
  }

  function newListButton() {
    return button("Make the next list", "Make the next list of what is revoked", async () => {
      const revocationList = await nextList([]);
      await change((record) => ({ ...record, revocationList }));
      revocations.querySelector("a")?.focus();
      announce("Made the next revocation list.");
    });
  }

  const signing = () => ({ certificate: authority.certificate, privateKey: authority.privateKey });

  function button(text, label, work) {
    const made = element("button", { type: "button", textContent: text, "aria-label": label });
    made.addEventListener("click", async () => {
      if (made.getAttribute("aria-busy")) return;
      alert.textContent = "";
      made.setAttribute("aria-busy", "true");
      try {
        await work();
      } catch (error) {
        alert.textContent = inWords(error);
      } finally {
        made.removeAttribute("aria-busy");
      }
    });
    return made;
  }

  return Object.assign(root, { show, add });
}

const REASONS = [
  ["unspecified", "No reason is said"],
  ["keyCompromise", "Its key was seen by others"],
  ["superseded", "Another one takes its place"],
  ["cessationOfOperation", "It is no longer needed"],
  ["affiliationChanged", "Its holder has left"],
];
