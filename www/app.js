// The page: a form, one call of the package, its result. Everything here uses the package's public API only.

import { CertificateError, createMutualTls, init } from "../pkg/index.js";
import { announce, byId } from "./dom.js";
import { hasUnsavedKeys } from "./files.js";
import { clearErrors, readOptions, setUpForm, showError } from "./form.js";
import { setUpResult, showResult } from "./result.js";

// The wasms as files of their own, compiled while they stream in: a quarter smaller than the package's inlined copies. The second
// is fetched only where the browser's own crypto is not enough, over plain http for one.
const WASM = new URL("../pkg/dist/mtls_certs_bg.wasm", import.meta.url);
const IN_PAGE = { inPage: new URL("../pkg/dist/in_page_bg.wasm", import.meta.url) };

setUpForm();
setUpResult();
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  // The submit button is disabled while a run is on, but Enter in a text field may still come through.
  if (!byId("make").disabled) make();
});
window.addEventListener("beforeunload", (event) => {
  if (hasUnsavedKeys()) event.preventDefault();
});
// Loaded while the form is read. Where that fails, the attempt on the click has the say.
init(WASM, IN_PAGE).catch(() => {});

async function make() {
  clearErrors();
  byId("failure").textContent = "";
  setBusy(true);
  await painted();
  const options = readOptions();
  let show;
  try {
    await init(WASM, IN_PAGE);
    const made = await createMutualTls(options);
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
  if (error instanceof CertificateError && error.field && showError(error, options)) return;
  byId("failure").textContent = error.message;
  byId("make").focus();
  if (!(error instanceof CertificateError)) console.error(error);
}

function setBusy(busy) {
  const button = byId("make");
  button.disabled = busy;
  button.textContent = busy ? "Making…" : "Make certificates";
  if (busy) announce("Making…");
}

// Where neither the browser's crypto nor a Worker can be had the work blocks the tab's one thread, so what tells of it has to be on
// the screen before: one frame to draw, one to show.
function painted() {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve, 0));
  });
}
