// "Both sides": a form, one call of the package, its result.

import { announce, byId, painted } from "../shared/dom.js";
import { clearErrors } from "../shared/field_errors.js";
import { loadError } from "../shared/load_error.js";
import { CertificateError, certificates } from "../shared/package.js";
import { giveUp } from "../step_by_step/giving_up.js";
import { readOptions, setUpForm, showOptionError } from "./form.js";
import { setUpResult, showResult, unsavedKeys } from "./result.js";

export function setUp() {
  setUpForm();
  setUpResult({ whenSaved: stopAsking });
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (!running) make();
  });
  byId("cancel").addEventListener("click", () => running?.abort());
  // Until the scripts are here, a click would be lost.
  byId("make").disabled = false;
  byId("loading").remove();
  // Whatever was said of the loading (loading.js), it has come to its end.
  byId("failure").textContent = "";
}

/** The AbortController of the run that is on. */
let running;

async function make() {
  clearErrors(byId("form"));
  byId("failure").textContent = "";
  if (asksFirst()) return;
  running = new AbortController();
  setBusy(true);
  await painted();
  const options = readOptions();
  let show;
  try {
    const { createMutualTls } = await certificates();
    const made = await createMutualTls({ ...options, signal: running.signal });
    show = () => showResult(options, made);
  } catch (error) {
    show = () => showFailure(error, options);
  }
  running = undefined;
  setBusy(false);
  show();
}

/** True where keys would go that were saved nowhere, and who made them has not been told yet. */
function asksFirst() {
  try {
    giveUp(unsavedKeys, "the keys below");
    return false;
  } catch (error) {
    byId("failure").textContent = asked = error.message;
    return true;
  }
}

let asked;

// What was asked before is no longer true once the keys are saved.
function stopAsking() {
  if (byId("failure").textContent === asked) byId("failure").textContent = "";
}

function showFailure(error, options) {
  announce("");
  // Cancelled: the button that was clicked is gone, so the focus goes where it came from.
  if (error.name === "AbortError") return byId("make").focus();
  if (error instanceof CertificateError && error.field && showOptionError(error, options)) return;
  byId("failure").textContent = loadError(error).message;
  byId("make").focus();
  if (!(error instanceof CertificateError)) console.error(error);
}

function setBusy(busy) {
  const button = byId("make");
  // Not `disabled`, which would take the focus from it, to nowhere.
  button.setAttribute("aria-disabled", String(busy));
  button.setAttribute("aria-busy", String(busy));
  button.textContent = busy ? "Making…" : "Make certificates";
  byId("cancel").hidden = !busy;
  if (busy) announce("Making…");
}
