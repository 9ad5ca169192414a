// Which CA: a new one, one from its files, or one that was kept in this browser.

import { badge, called, day, facts, fingerprint, keyInWords, lasting } from "../material/words.js";
import { daysOf } from "../shared/days.js";
import { announce, element } from "../shared/dom.js";
import { releaseLinks } from "../shared/download.js";
import { fileChip } from "../shared/file_chip.js";
import { certificates } from "../shared/package.js";
import { UnsavedKeys } from "../shared/unsaved_keys.js";
import * as kept from "../kept/store.js";
import { unreadable } from "../kept/unreadable.js";
import { authorityFiles } from "./authority_files.js";
import { giveUp } from "./giving_up.js";
import { choiceField, fileBase, keyTypeField, textField, workForm } from "./fields.js";

const KEPT_MEANS =
  "The browser makes the key, signs with it on this page, and hands it out to nobody, not even to this page: there is no ca.key, and no backup. Whoever uses this browser’s profile can sign with it here. If the browser’s data are cleared, the CA is gone; what it issued stays valid until it ends.";

/**
 * `use` is given the CA that is chosen, or undefined; `adopt` a revocation list for the one in use, and `unsavedList` (UnsavedKeys) tells whether
 * its last one is saved nowhere.
 */
export function authorityChoice({ use, adopt, unsavedList }) {
  let current;
  const unsaved = new UnsavedKeys();
  const making = makeForm();
  const loading = authorityFiles({ current: () => current, adopt, take: async (ready) => (letGo(), taken(ready)) });
  const keptList = element("ul", { className: "kept-list" });
  const bodies = { make: making, load: loading, kept: keptList };
  const how = element("div", { className: "how" });
  const card = element("div", { className: "authority-card", "aria-live": "polite" });
  const alert = element("div", { className: "alert", role: "alert" });
  const root = element("div", {}, how, making, loading, keptList, alert, card);
  let chosen = "make";
  showHow([]);
  kept.all().then((records) => records.length > 0 && ((chosen = "kept"), showKept(records))).catch(() => {});
  kept.whenChangedElsewhere((id) => changedElsewhere(id).catch(() => {}));

  const onlyHere = {
    get names() {
      return [...unsaved.names, ...unsavedList.names];
    },
  };
  const letGo = () => giveUp(onlyHere, "of the CA in use");

  async function changedElsewhere(id) {
    const records = await kept.all();
    if (current?.id === id && !records.some((record) => record.id === id)) {
      alert.textContent = `${called(current.details.subject)} was deleted in another tab.`;
      leave();
    }
    if (records.length > 0 || keptList.childElementCount > 0) showKept(records);
  }

  function leave() {
    current = undefined;
    card.replaceChildren();
    use(undefined);
  }

  function showHow(records) {
    const choices = [
      ...(records.length > 0 ? [{ value: "kept", name: "Kept in this browser", about: `${records.length === 1 ? "One CA" : `${records.length} CAs`}, ready to sign.` }] : []),
      { value: "make", name: "Make a CA", about: "A new key and its certificate." },
      { value: "load", name: "Load a CA", about: "Its two files: ca.crt and ca.key, from here or from openssl." },
    ];
    if (!choices.some(({ value }) => value === chosen)) chosen = "make";
    const field = choiceField({ legend: "Which CA?", choices, value: chosen, changed: (value) => ((chosen = value), showBody()) });
    how.replaceChildren(field);
    showBody();
  }

  function showBody() {
    for (const [name, body] of Object.entries(bodies)) body.hidden = name !== chosen;
  }

  function makeForm() {
    const commonName = textField({ label: "Name of the CA", value: "my-ca", options: ["subject"], name: "ca name" });
    const days = textField({ label: "Valid for, in days", value: "3650", inputMode: "numeric", hint: "Nothing that it signs lasts longer.", options: ["validity"], name: "ca days" });
    const algorithm = keyTypeField("ca key type");
    const keep = keepBox("Keep it in this browser", KEPT_MEANS);
    return workForm({
      button: "Make the CA",
      busy: "Making…",
      cancellable: true,
      children: [element("div", { className: "grid" }, commonName, algorithm, days), keep],
      async work(signal) {
        const { createAuthority, generateKeyPair } = await certificates();
        letGo();
        const options = { subject: { commonName: commonName.input.value.trim() }, validity: { days: daysOf(days.input.value) } };
        const type = algorithm.input.value;
        if (keep.checked) {
          const { privateKey } = await generateKeyPair({ algorithm: type, extractable: false, signal });
          const made = await createAuthority({ ...options, privateKey });
          const record = await kept.keep(made);
          await taken({ ...made, ...record });
        } else await taken({ ...(await createAuthority({ ...options, algorithm: type, signal })), issued: [], isNew: true });
      },
    });
  }

  async function taken(authority) {
    const { inspect } = await certificates();
    const details = authority.details ?? (await inspect(authority.certificate));
    const ready = { ...authority, details };
    unsaved.clear();
    alert.textContent = "";
    current = ready;
    showCard(ready);
    use(ready);
    if (ready.id) {
      chosen = "kept";
      showKept(await kept.all());
    }
    card.querySelector("h3").focus();
    announce(`${called(details.subject)} is ready to sign.`);
  }

  function showCard(authority) {
    const { certificate, details, privateKey, id, isNew } = authority;
    const lasts = lasting(details);
    const base = isNew ? "ca" : fileBase(details.subject.commonName);
    const files = [fileChip({ name: `${base}.crt`, content: certificate, about: "goes to everybody who is to trust it" })];
    if (isNew) files.unshift(fileChip({ name: `${base}.key`, content: privateKey, unsaved, about: "stays here" }));
    releaseLinks(card);
    card.replaceChildren(
      element("h3", { tabIndex: -1 }, `${called(details.subject)} is ready to sign`),
      facts([
        ["Key", keyInWords(details.publicKey)],
        ["Valid", badge(lasts.text, lasts.state)],
        ["SHA-256", fingerprint(details.fingerprints.sha256)],
      ]),
      element("ul", { className: "chips" }, ...files),
      id ? deleteBox(authority) : keepForm(authority),
    );
  }

  function keepForm(authority) {
    const reason = kept.whyNot();
    if (reason) return element("p", { className: "hint", textContent: `It can’t be kept in this browser. ${reason}` });
    const details = element("details", { className: "keep-later" }, element("summary", { textContent: "Keep this CA in this browser" }));
    const files = authority.isNew ? " Save ca.key first if you want a backup: it is not needed here any more." : "";
    details.append(
      workForm({
        button: "Keep it",
        busy: "Keeping…",
        children: [element("p", { className: "step-about", textContent: KEPT_MEANS.replace("The browser makes the key, signs", "The browser takes the key, signs").replace("there is no ca.key, and no backup", "what is kept is no backup") + files + ofFiles() })],
        async work() {
          const privateKey = await unreadable(authority.privateKey);
          const record = await kept.keep({ certificate: authority.certificate, privateKey, issued: authority.issued, revocationList: authority.revocationList });
          await taken(record);
        },
      }),
    );
    return details;
  }

  function deleteBox({ id, details }) {
    const ask = element("button", { type: "button", className: "quiet", textContent: "Delete this CA from the browser" });
    const yes = element("button", { type: "button", className: "danger", textContent: "Delete it" });
    const no = element("button", { type: "button", textContent: "Leave it" });
    const words = `${called(details.subject)} can then never sign again, and its list is gone. What it issued stays valid until it ends.`;
    const question = element("div", { className: "question", hidden: true, role: "group", "aria-label": "Delete this CA?" }, element("p", { textContent: words }), element("p", { className: "line" }, yes, no));
    const open = (on) => ((question.hidden = !on), (ask.hidden = on), (on ? no : ask).focus());
    ask.addEventListener("click", () => open(true));
    no.addEventListener("click", () => open(false));
    yes.addEventListener("click", async () => {
      await kept.remove(id);
      leave();
      showKept(await kept.all());
      how.querySelector("input:checked").focus();
      announce("Deleted. Nothing of it is left in this browser.");
    });
    return element("div", { className: "delete-box" }, element("p", { className: "hint" }, badge("Kept in this browser", "good"), " Its key can sign here, and can’t be read or copied."), ask, question);
  }

  function showKept(records) {
    keptList.replaceChildren(...records.map(keptItem));
    showHow(records);
  }

  function keptItem(record) {
    const name = element("span", {});
    const button = element("button", { type: "button", textContent: "Use" });
    const item = element("li", { className: "kept" }, name, button);
    certificates()
      .then(({ inspect }) => inspect(record.certificate))
      .then((details) => {
        name.replaceChildren(element("strong", { textContent: called(details.subject) }), ` kept since ${day(record.keptAt)}, ${record.issued.length} issued`);
        button.setAttribute("aria-label", `Use ${called(details.subject)}`);
      });
    button.addEventListener("click", async () => {
      // As it is now: another tab may have issued since.
      const now = (await kept.all()).find(({ id }) => id === record.id);
      try {
        letGo();
      } catch (error) {
        alert.textContent = error.message;
        return;
      }
      alert.textContent = "";
      if (now) await taken(now);
      else showKept(await kept.all());
    });
    return item;
  }

  /** The list tells how many each has issued. */
  const refresh = async () => keptList.childElementCount > 0 && showKept(await kept.all());
  return Object.assign(root, { refresh });
}

function keepBox(label, about) {
  const id = "keep-authority";
  const reason = kept.whyNot();
  const box = element("input", { type: "checkbox", id, disabled: reason !== "", "aria-describedby": `${id}-about` });
  const text = element("span", { className: "check-about", id: `${id}-about`, textContent: reason || about + ofFiles() });
  const field = element("div", { className: "field check" }, box, element("label", { htmlFor: id, textContent: label }), text);
  return Object.defineProperty(field, "checked", { get: () => box.checked });
}

// Browsers take all files of a machine for one site.
function ofFiles() {
  return location.protocol === "file:" ? " Of pages that are opened from files, every other one in this browser could use the key too." : "";
}
