// The form: its inputs become the options of createMutualTls, and an error of it finds the way back to the input it is about.
// Every input has in data-field the path of the option that it gives. What is a valid name or number of days is for the
// package to say, so nothing is checked here.

import { byId } from "../shared/dom.js";
import { daysOf } from "../shared/days.js";
import { clearError, clearErrors, showError } from "../shared/field_errors.js";
import { keepChoices, keptChoices } from "./choices.js";

const FIELDS = ["authority", "server-authority", "client-authority", "server", "alt-names", "algorithm", "days"];

const KEY_TYPE_HINTS = {
  "ecdsa-p256": "Small, fast, and accepted everywhere.",
  "ecdsa-p384": "A little stronger and slower than P-256, accepted everywhere.",
  ed25519: "Fine for curl and Node. Chrome and other browsers refuse it.",
  "rsa-2048": "For old software. Takes a moment to make.",
  "rsa-3072": "For old software. Takes some seconds to make.",
  "rsa-4096": "For old software. Can take half a minute to make.",
};

export function setUpForm() {
  const form = byId("form");
  form.addEventListener("input", (event) => (clearError(event.target), keep()));
  for (const radio of radios()) radio.addEventListener("change", showNamesOfAuthorities);
  byId("algorithm").addEventListener("change", showKeyTypeHint);
  byId("add-client").addEventListener("click", () => (addClient("").focus(), keep()));
  byId("defaults").addEventListener("click", () => {
    fill(undefined);
    keepChoices(undefined);
    byId("defaults").hidden = true;
    radios()[0].focus();
  });
  const kept = keptChoices();
  fill(kept);
  byId("defaults").hidden = !kept;
}

// The form as it was kept, or by its defaults. Not left to the browser, which restores some inputs on some ways.
function fill(kept) {
  clearErrors(byId("form"));
  byId("form").reset();
  byId("clients").replaceChildren();
  for (const name of kept?.clients ?? ["amy-client"]) addClient(name);
  for (const [id, value] of Object.entries(kept?.fields ?? {})) {
    const input = byId(id);
    if (input && FIELDS.includes(id)) input.value = value;
  }
  for (const radio of radios()) radio.checked = radio.value === (kept?.authorities ?? "one");
  showNamesOfAuthorities();
  showKeyTypeHint();
}

function keep() {
  const fields = Object.fromEntries(FIELDS.map((id) => [id, byId(id).value]));
  keepChoices({ authorities: chosenAuthorities(), fields, clients: clientInputs().map((input) => input.value) });
  byId("defaults").hidden = false;
}

/** The options for createMutualTls. File names are given here, because the page says by them which file is whose. */
export function readOptions() {
  const authorities = chosenAuthorities();
  const altNames = byId("alt-names").value.split(/[,\n]/).map((name) => name.trim()).filter(Boolean);
  return {
    authorities,
    algorithm: byId("algorithm").value,
    days: daysOf(byId("days").value),
    ...(authorities === "one"
      ? { authority: { commonName: text("authority"), name: "ca" } }
      : {
          serverAuthority: { commonName: text("server-authority"), name: "bob_ca" },
          clientAuthority: { commonName: text("client-authority"), name: "amy_ca" },
        }),
    // Without a list, the package adds the loopback addresses to localhost.
    server: { commonName: text("server"), name: "bob_server", ...(altNames.length > 0 && { altNames }) },
    clients: nameClients(clientInputs().map((input) => input.value.trim())),
  };
}

/** Says a CertificateError beside the input of its option and goes there. False where no visible input gives that option. */
export function showOptionError({ field, message }, options) {
  const input = inputOf(field);
  if (!input) return false;
  showError(input, inWords(field, message, options));
  return true;
}

// The package says "server.commonName: is empty; give a host name". Beside the input "This" is clear enough; of a list the
// entry has to be named.
function inWords(field, message, { server }) {
  const index = /^server\.altNames\[(\d+)\]/.exec(field)?.[1];
  const subject = index === undefined ? "This" : `“${server.altNames[index]}”`;
  return `${subject} ${message.replace(`${field}: `, "").replace("is no number", "is no whole number").replace(/; give a text, or leave it out$/, "; give a name").replaceAll("`", "")}.`;
}

// "server.altNames[1]" has no input of its own, the list "server.altNames" has.
function inputOf(field) {
  for (let path = field; path; path = path.replace(/(\.[^.[]*|\[\d+\]|^[^.[]*)$/, "")) {
    const input = document.querySelector(`[data-field="${CSS.escape(path)}"]`);
    if (input && !input.closest("[hidden]")) return input;
  }
}

function showNamesOfAuthorities() {
  const distinct = chosenAuthorities() === "distinct";
  for (const field of document.querySelectorAll(".field.one")) field.hidden = distinct;
  for (const field of document.querySelectorAll(".field.distinct")) field.hidden = !distinct;
}

function showKeyTypeHint() {
  byId("algorithm-hint").textContent = KEY_TYPE_HINTS[byId("algorithm").value];
}

function addClient(name) {
  const row = byId("client-row").content.cloneNode(true).firstElementChild;
  const input = row.querySelector("input");
  input.value = name;
  row.querySelector(".remove").addEventListener("click", () => {
    clearErrors(byId("form"));
    row.remove();
    numberClients();
    keep();
    clientInputs().at(-1).focus();
  });
  byId("clients").append(row);
  numberClients();
  return input;
}

function numberClients() {
  clientInputs().forEach((input, index) => {
    const row = input.closest("li");
    input.id = `client-${index}`;
    input.dataset.field = `clients[${index}].commonName`;
    row.querySelector("label").htmlFor = input.id;
    row.querySelector("label").textContent = index === 0 ? "Common name" : `Common name of client ${index + 1}`;
    row.querySelector(".remove").setAttribute("aria-label", `Remove client ${index + 1}`);
  });
}

// "amy-client" has the guide's files "amy_client". Two clients never share a file, nor does one take another party's.
function nameClients(commonNames) {
  const taken = new Set(["ca", "bob_ca", "amy_ca", "bob_server"]);
  return commonNames.map((commonName, index) => {
    const plain = commonName.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const base = plain.replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "").slice(0, 60) || `client_${index + 1}`;
    let name = base;
    for (let count = 2; taken.has(name); count++) name = `${base}_${count}`;
    taken.add(name);
    return { commonName, name };
  });
}

function clientInputs() {
  return [...document.querySelectorAll("#clients input")];
}

function chosenAuthorities() {
  return radios().find((radio) => radio.checked).value;
}

function radios() {
  return [...document.querySelectorAll('[name="authorities"]')];
}

function text(id) {
  return byId(id).value.trim();
}
