// "Both sides": a form, one call of the package, its result.

import { announce, byId, painted } from "../shared/dom.js";
import { clearErrors } from "../shared/field_errors.js";
import { CertificateError, certificates } from "../shared/package.js";
import { readOptions, setUpForm, showOptionError } from "./form.js";
import { setUpResult, showResult } from "./result.js";

export function setUp() {
  setUpForm();
  setUpResult();
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    // The submit button is disabled while a run is on, but Enter in a text field may still come through.
    if (!byId("make").disabled) make();
  });
  byId("cancel").addEventListener("click", () => running.abort());
  // Until the scripts are here, a click would be lost.
  byId("make").disabled = false;
}

let running;

async function make() {
  running = new AbortController();
  clearErrors(byId("form"));
  byId("failure").textContent = "";
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
  // First, because a disabled button can't take the focus.
  setBusy(false);
  show();
}

function showFailure(error, options) {
  announce("");
  // Cancelled: the button that was clicked is gone, so the focus goes where it came from.
  if (error.name === "AbortError") return byId("make").focus();
  if (error instanceof CertificateError && error.field && showOptionError(error, options)) return;
  byId("failure").textContent = error.message;
  byId("make").focus();
  if (!(error instanceof CertificateError)) console.error(error);
}

function setBusy(busy) {
  const button = byId("make");
  button.disabled = busy;
  button.setAttribute("aria-busy", String(busy));
  button.textContent = busy ? "Making…" : "Make certificates";
  byId("cancel").hidden = !busy;
  if (busy) announce("Making…");
}
