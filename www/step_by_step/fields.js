// The fields of the forms here, and a button's work with what is wrong said beside the field that it is about.

import { announce, element, painted } from "../shared/dom.js";
import { clearError, clearErrors, showError } from "../shared/field_errors.js";
import { CertificateError } from "../shared/package.js";
import { inWords } from "../material/read.js";
import { remember, remembered } from "./remembered.js";

let count = 0;

const KEY_TYPES = [
  ["ecdsa-p256", "ECDSA P-256"],
  ["ecdsa-p384", "ECDSA P-384"],
  ["ed25519", "Ed25519 (not for browsers)"],
  ["rsa-2048", "RSA 2048"],
  ["rsa-3072", "RSA 3072"],
  ["rsa-4096", "RSA 4096"],
];

/** `options` are paths of the package's options that this field gives; a field with a `name` survives a reload of the tab. */
export function textField({ label, value = "", hint = "", optional = false, options = [], name, ...more }) {
  const id = `step-field-${++count}`;
  const input = element("input", { id, value: (name && remembered(name)) ?? value, spellcheck: false, autocapitalize: "none", ...more });
  if (name) input.addEventListener("input", () => remember(name, input.value));
  return fieldOf(input, { label, hint, optional, options });
}

/** A passphrase that is chosen here: who types it can look at it. */
export function secretField(options) {
  const field = textField({ type: "password", autocomplete: "new-password", ...options });
  const show = element("button", { type: "button" });
  function setShown(isShown) {
    field.input.type = isShown ? "text" : "password";
    show.textContent = isShown ? "Hide" : "Show";
    show.setAttribute("aria-label", `${show.textContent} the passphrase`);
  }
  show.addEventListener("click", () => setShown(field.input.type === "password"));
  setShown(false);
  const line = element("div", { className: "line" });
  field.input.replaceWith(line);
  line.append(field.input, show);
  return field;
}

export function keyTypeField(name) {
  const select = element("select", { id: `step-field-${++count}` }, ...KEY_TYPES.map(([value, textContent]) => element("option", { value, textContent })));
  select.value = KEY_TYPES.some(([value]) => value === remembered(name)) ? remembered(name) : KEY_TYPES[0][0];
  select.addEventListener("change", () => remember(name, select.value));
  return fieldOf(select, { label: "Key type", hint: "", options: ["algorithm"] });
}

function fieldOf(input, { label, hint, optional, options }) {
  const words = element("label", { htmlFor: input.id }, label, ...(optional ? [" ", element("span", { className: "optional", textContent: "optional" })] : []));
  const field = element("div", { className: "field" }, words, input);
  if (hint) {
    field.append(element("p", { className: "hint", id: `${input.id}-hint`, textContent: hint }));
    input.setAttribute("aria-describedby", `${input.id}-hint`);
  }
  input.dataset.options = options.join(" ");
  input.addEventListener("input", () => clearError(input));
  return Object.assign(field, { input });
}

/** Radio buttons as cards: `choices` are `{ value, name, about }`. `changed` is given the value. */
export function choiceField({ legend, choices, value, changed = () => {}, options = [], className = "" }) {
  const name = `step-field-${++count}`;
  const cards = choices.map((choice, index) => {
    const id = `${name}-${index}`;
    const radio = element("input", { type: "radio", name, id, value: choice.value, checked: choice.value === value, "aria-labelledby": `${id}-name` });
    if (choice.about) radio.setAttribute("aria-describedby", `${id}-about`);
    radio.addEventListener("change", () => changed(choice.value));
    const about = choice.about ? [element("span", { className: "choice-about", id: `${id}-about`, textContent: choice.about })] : [];
    return element("label", { className: "choice" }, radio, element("span", { className: "choice-name", id: `${id}-name`, textContent: choice.name }), ...about);
  });
  const field = element("fieldset", { className: `field choice-field ${className}` }, element("legend", { textContent: legend }), element("div", { className: "choice-cards" }, ...cards));
  const radios = [...field.querySelectorAll("input")];
  radios[0].dataset.options = options.join(" ");
  field.addEventListener("change", () => clearErrors(field));
  Object.defineProperty(field, "value", {
    get: () => radios.find((radio) => radio.checked)?.value,
    set(next) {
      for (const radio of radios) radio.checked = radio.value === next;
    },
  });
  return Object.assign(field, { input: radios[0] });
}

/**
 * A form with one button that does the work, once at a time. What it rejects with is said beside the field whose option it is about, else
 * above the button. `cancellable` is work that can take long, and ends by the signal that it is given.
 */
export function workForm({ button, busy, children, work, cancellable = false }) {
  const submit = element("button", { className: "primary", textContent: button });
  const cancel = element("button", { type: "button", className: "quiet", textContent: "Cancel", hidden: true });
  const alert = element("div", { className: "alert", role: "alert" });
  const form = element("form", { className: "work", noValidate: true }, ...children, alert, element("p", { className: "work-action" }, submit, cancel));
  /** The AbortController of the work that is on. */
  let running;
  cancel.addEventListener("click", () => running?.abort());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (running) return;
    running = new AbortController();
    cancel.hidden = !cancellable;
    clearErrors(form);
    alert.textContent = "";
    submit.setAttribute("aria-busy", "true");
    submit.textContent = busy;
    announce(busy);
    await painted();
    try {
      await work(running.signal);
    } catch (error) {
      announce("");
      // Cancelled: the button that was clicked is about to go.
      if (error.name === "AbortError") submit.focus();
      else sayBeside(form, alert, error);
      if (!(error instanceof CertificateError) && !(error instanceof Error)) console.error(error);
    } finally {
      running = undefined;
      cancel.hidden = true;
      submit.removeAttribute("aria-busy");
      submit.textContent = button;
    }
  });
  return Object.assign(form, { submitButton: submit });
}

function sayBeside(form, alert, error) {
  const input = error.field && inputOf(form, error.field);
  if (input) showError(input, inWords(error));
  else alert.textContent = inWords(error);
}

// "altNames[1]" is of the field "altNames".
function inputOf(form, field) {
  const inputs = [...form.querySelectorAll("[data-options]")].filter((input) => !input.closest("[hidden]"));
  return inputs.find((input) => input.dataset.options.split(" ").some((option) => option && (field === option || field.startsWith(`${option}.`) || field.startsWith(`${option}[`))));
}

/** An error that is about a field. */
export function fieldError(field, message) {
  return Object.assign(new Error(message), { field });
}

/** Names separated by commas or lines. */
export const splitNames = (text) => text.split(/[,\n]/).map((name) => name.trim()).filter(Boolean);

/** The base of a file's name for a common name. */
export function fileBase(commonName) {
  const plain = (commonName ?? "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "").slice(0, 60) || "certificate";
}

/** A numbered step of a panel. */
export function step(number, title, about, ...children) {
  const heading = element("h2", { tabIndex: -1 }, element("span", { className: "step-number", "aria-hidden": "true", textContent: number }), title);
  const section = element("section", { className: "step panel" }, heading, ...(about ? [element("p", { className: "step-about", textContent: about })] : []), ...children);
  return Object.assign(section, { heading });
}
