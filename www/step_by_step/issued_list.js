// What a CA has issued, to renew and to revoke; of one that is kept in this browser, the list is kept too.

import * as kept from "../kept/store.js";
import { materialField } from "../material/material_field.js";
import { inWords } from "../material/read.js";
import { called } from "../material/words.js";
import { announce, element } from "../shared/dom.js";
import { releaseLinks } from "../shared/download.js";
import { fileChip } from "../shared/file_chip.js";
import { certificates } from "../shared/package.js";
import { UnsavedKeys } from "../shared/unsaved_keys.js";
import { fileBase } from "./fields.js";
import { linkBack, pemOf } from "./handover.js";
import { issuedItem } from "./issued_item.js";
import { laterOf, nextList, revokedBy } from "./revoking.js";

export function issuedList() {
  let authority;
  /** The revocation list that is in some file, as far as is known. */
  let savedList;
  let lastChange = Promise.resolve();
  let drawings = 0;
  const unsaved = new UnsavedKeys();
  const alert = element("div", { className: "alert", role: "alert" });
  const list = element("ul", { className: "issued" });
  const revocations = element("div", { className: "revocations" });
  const empty = element("p", { className: "empty" });
  const given = materialField({
    label: "A certificate of this CA",
    hint: "To renew or revoke one that is not listed here: its .crt file.",
    accept: ".crt,.pem,.cer,.der",
    multiple: true,
    take: takeCertificates,
  });
  const root = element("div", {}, alert, empty, list, given, revocations);

  function show(next) {
    authority = next;
    savedList = next?.revocationList;
    unsaved.clear();
    alert.textContent = "";
    return draw();
  }

  /** One after the other, in the browser too where the CA is kept there: `work` is given the record as it is then. */
  function change(work) {
    const of = authority;
    const turn = lastChange.then(async () => {
      Object.assign(of, await (of.id ? kept.change(of.id, work) : work(of)));
      if (of === authority) await draw();
    });
    lastChange = turn.catch(() => {});
    return turn;
  }

  const add = (...entries) => change((record) => ({ ...record, issued: [...record.issued, ...entries] }));

  /** Goes on from a revocation list that came from a file. */
  async function adopt(revocationList) {
    await change(async (record) => ({ ...record, revocationList: await laterOf(record, revocationList) }));
    savedList = revocationList;
    await draw();
  }

  /** Of a CA that is kept, another tab may have issued or revoked. */
  async function refresh() {
    const record = authority?.id && (await kept.all()).find(({ id }) => id === authority.id);
    if (!record) return;
    Object.assign(authority, record);
    await draw();
  }

  async function takeCertificates(pieces) {
    const { subject } = authority.details;
    const found = pieces.filter(({ details }) => details?.type === "certificate" && details.issuer.text === subject.text && !details.selfSigned);
    if (found.length === 0) {
      const [{ name, details }] = pieces;
      throw new Error(details?.type === "certificate" ? `${name} was issued by ${called(details.issuer)}, and not by ${called(subject)}.` : `${name} is no certificate.`);
    }
    const listed = new Set(await Promise.all(authority.issued.map(async ({ certificate }) => (await inspected(certificate)).fingerprints.sha256)));
    const news = found.filter(({ details }) => !listed.has(details.fingerprints.sha256));
    if (news.length === 0) throw new Error(`${found[0].name} is in the list already.`);
    await add(...news.map(({ content }) => ({ certificate: pemOf(content), at: new Date(), about: "from a file" })));
    list.querySelector(".issued-actions button")?.focus();
    announce(news.length === 1 ? `${called(news[0].details.subject)} is in the list now.` : `${news.length} certificates are in the list now.`);
  }

  async function draw() {
    const drawing = ++drawings;
    const entries = [...(authority?.issued ?? [])].reverse();
    const revoked = await revokedBy(authority?.revocationList);
    const items = await Promise.all(entries.map(async (entry) => item(entry, await inspected(entry.certificate), revoked)));
    if (drawing !== drawings) return;
    empty.hidden = entries.length > 0;
    empty.textContent = authority ? "Nothing yet." : "The list begins with the first certificate.";
    given.hidden = !authority;
    releaseLinks(root);
    list.replaceChildren(...items);
    revocations.replaceChildren(...(authority?.revocationList ? revocationListShown() : []));
  }

  function item(entry, details, revoked) {
    const name = called(details.subject);
    // Servers that load a list which knows nothing of the one before let in again whom that one had revoked.
    const isFirst = authority.isLoaded && !authority.revocationList;
    return issuedItem({
      entry,
      details,
      isRevoked: revoked.has(details.serialNumber),
      warning: isFirst ? " If this CA has a revocation list already, add it above first, where the CA was loaded: the new one else forgets whom that one revoked." : "",
      button,
      link: () => linkBack(entry.certificate, authority.certificate),
      async renew() {
        const { renewCertificate } = await certificates();
        const made = await renewCertificate({ certificate: entry.certificate, authority: signing(authority) });
        await add({ certificate: made.certificate, at: new Date(), about: "renewed" });
        await list.firstElementChild.showLink("The same names and key, new dates. The old one works until it ends.");
        announce(`Renewed ${name}.`);
      },
      async revoke(reason) {
        await revoke(entry.certificate, details.serialNumber, reason);
        announce(`Revoked ${name}. Give the revocation list to the servers.`);
        revocations.querySelector("a")?.focus();
      },
    });
  }

  const revoke = (certificate, serialNumber, reason) =>
    change(async (record) => {
      // Another tab may have done it.
      if ((await revokedBy(record.revocationList)).has(serialNumber)) return record;
      return { ...record, revocationList: await nextList(record.revocationList, signing(record), [{ certificate, reason }]) };
    });

  function revocationListShown() {
    const { details, id, revocationList } = authority;
    const name = `${fileBase(details.subject.commonName)}.crl`;
    const isOnlyHere = !id && revocationList !== savedList;
    if (!isOnlyHere) unsaved.clear();
    const saved = { add: (it) => unsaved.add(it), saved: (it) => ((savedList = revocationList), unsaved.saved(it)) };
    return [
      element("h3", { textContent: "Revocation list" }),
      element("ul", { className: "chips" }, fileChip({ name, content: revocationList, about: "goes to every server", guarded: isOnlyHere, unsaved: saved })),
      element("p", { className: "hint", textContent: `${isOnlyHere ? "It is only in this tab: download it, for the next one has to go on from it. " : ""}Servers are to load it (Node: crl) before they refuse what is on it. It is good for 30 days: make the next one in time, by revoking another certificate or with the button.` }),
      button("Make the next list", "Make the next list of what is revoked", async () => {
        await change(async (record) => ({ ...record, revocationList: await nextList(record.revocationList, signing(record), []) }));
        revocations.querySelector("a")?.focus();
        announce("Made the next revocation list.");
      }),
    ];
  }

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

  return Object.assign(root, { show, add, adopt, refresh, unsaved });
}

const signing = ({ certificate, privateKey }) => ({ certificate, privateKey });

async function inspected(certificate) {
  return (await certificates()).inspect(certificate);
}
