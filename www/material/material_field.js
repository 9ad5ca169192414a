// A drop zone that takes pieces of some kinds, says beside itself what is wrong with what it was given, and asks for a passphrase where
// one is needed.

import { announce, element } from "../shared/dom.js";
import { dropZone } from "../shared/drop_zone.js";
import { clearErrors, showError } from "../shared/field_errors.js";
import { inWords, readMaterial } from "./read.js";

let count = 0;

/**
 * `take(pieces)` is given what was read, and rejects with an error in words for what is not wanted. `readText` may take a text that is no
 * material, such as a link: it returns pieces, or undefined.
 */
export function materialField({ label, hint, accept, multiple = false, readText, take }) {
  const zone = dropZone({ label, hint, accept, multiple, onFiles: (files) => handle(files) });
  const input = zone.querySelector('input[type="file"]');
  const passphrase = passphraseForm(`material-passphrase-${++count}`);
  const field = element("div", { className: "field material" }, zone, passphrase.form);
  let waiting;

  async function handle(files, secret) {
    clearErrors(field);
    waiting = undefined;
    try {
      const pieces = await piecesOf(files, readText, secret);
      const locked = pieces.find((piece) => piece.locked);
      if (locked) return ask(files, locked);
      const broken = pieces.find((piece) => piece.error);
      if (broken) throw new Error(`${broken.name}: ${inWords(broken.error)}`);
      await take(pieces);
      passphrase.close();
      closePaste(zone);
    } catch (error) {
      passphrase.close();
      showError(input, inWords(error));
    }
  }

  function ask(files, locked) {
    waiting = files;
    passphrase.open(locked.name, locked.error && passphrase.value ? "This passphrase does not open it. Check it, also for capital letters." : "");
  }

  passphrase.form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (waiting) handle(waiting, passphrase.value);
  });
  return Object.assign(field, { handle, input });
}

async function piecesOf(files, readText, passphrase) {
  const found = [];
  for (const { name, content } of files) {
    const linked = typeof content === "string" && readText ? await readText(content) : undefined;
    found.push(...(linked ?? (await readMaterial({ name, content, passphrase }))));
  }
  return found;
}

function passphraseForm(id) {
  const input = element("input", { id, type: "password", autocomplete: "off" });
  const label = element("label", { htmlFor: id });
  const field = element("div", { className: "field" }, label, element("div", { className: "line" }, input, element("button", { textContent: "Open" })));
  const form = element("form", { className: "unlock", hidden: true, noValidate: true }, field);
  return {
    form,
    get value() {
      return input.value;
    },
    open(name, message) {
      label.textContent = `Passphrase of ${name}`;
      form.hidden = false;
      if (message) showError(input, message);
      else announce(`${name} is encrypted, and needs its passphrase`);
      input.focus();
    },
    close() {
      input.value = "";
      form.hidden = true;
    },
  };
}

function closePaste(zone) {
  const area = zone.querySelector("textarea");
  area.value = "";
  area.closest(".drop-paste").hidden = true;
  zone.querySelector('[aria-expanded="true"]')?.setAttribute("aria-expanded", "false");
}
