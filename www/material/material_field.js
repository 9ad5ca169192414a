// A drop zone that takes pieces of some kinds, says beside itself what is wrong with what it was given, and asks for the passphrase of each
// file that needs one.

import { announce, element } from "../shared/dom.js";
import { dropZone } from "../shared/drop_zone.js";
import { clearErrors, showError } from "../shared/field_errors.js";
import { inWords, readMaterial } from "./read.js";

const WRONG = "This passphrase does not open it. Check it, also for capital letters.";

let count = 0;

/**
 * `take(pieces)` is given what was read, and rejects with an error in words for what is not wanted. `readText` may take a text that is no
 * material, such as a link: it returns pieces, or undefined.
 */
export function materialField({ label, hint, accept, multiple = false, readText, take }) {
  const zone = dropZone({ label, hint, accept, multiple, onFiles: (files) => handle(files) });
  const input = zone.querySelector('input[type="file"]');
  const area = zone.querySelector("textarea");
  const passphrase = passphraseForm(`material-passphrase-${++count}`);
  const field = element("div", { className: "field material" }, zone, passphrase.form);
  /** What was given, each with its pieces; and which of them is asked for its passphrase. */
  let given = [];
  let asked;

  async function handle(files) {
    given = files.map((file) => ({ file, pieces: undefined }));
    asked = undefined;
    await go();
  }

  /** A passphrase is tried on all that are locked: those of one CA often have one. */
  async function go(secret) {
    const those = given;
    clearErrors(field);
    try {
      for (const one of those) if (isLocked(one)) await open(one, secret);
      // Others were given meanwhile.
      if (those !== given) return;
      const locked = given.find(isLocked);
      if (locked) return ask(locked);
      const pieces = given.flatMap((one) => one.pieces);
      const broken = pieces.find((piece) => piece.error);
      if (broken) throw new Error(`${broken.name}: ${inWords(broken.error)}`);
      await take(pieces);
      passphrase.close();
      closePaste(zone);
    } catch (error) {
      passphrase.close();
      const isPasted = given.some(({ file }) => file.content === area.value && area.value !== "");
      showError(isPasted ? area : input, inWords(error));
    }
  }

  const isLocked = ({ pieces }) => !pieces || pieces.some((piece) => piece.locked);

  async function open(one, secret) {
    const { file } = one;
    const linked = typeof file.content === "string" && readText ? await readText(file.content) : undefined;
    one.pieces = linked ?? (await readMaterial({ ...file, passphrase: secret }));
  }

  function ask(locked) {
    passphrase.open(locked.file.name, asked === locked ? WRONG : "");
    asked = locked;
  }

  passphrase.form.addEventListener("submit", (event) => {
    event.preventDefault();
    // A file with an empty one was opened without asking.
    if (passphrase.value === "") showError(passphrase.input, "Type the passphrase.");
    else go(passphrase.value);
  });
  return Object.assign(field, { handle, input });
}

function passphraseForm(id) {
  const input = element("input", { id, type: "password", autocomplete: "off" });
  const label = element("label", { htmlFor: id });
  const field = element("div", { className: "field" }, label, element("div", { className: "line" }, input, element("button", { textContent: "Open" })));
  const form = element("form", { className: "unlock", hidden: true, noValidate: true }, field);
  return {
    form,
    input,
    get value() {
      return input.value;
    },
    open(name, message) {
      label.textContent = `Passphrase of ${name}`;
      form.hidden = false;
      // What opened another file says nothing of this one.
      if (message) showError(input, message);
      else {
        input.value = "";
        announce(`${name} is encrypted, and needs its passphrase`);
      }
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
