// Copying, with a button that says whether it worked, and what to do where it did not.

import { announce, element } from "./dom.js";

/**
 * `label` names for screen readers what is copied; `text` may be a function, for what changes. `shown` is the element or input in which the text
 * stands, if any: what can't be copied is selected there, to be copied by hand.
 */
export function copyButton(text, label, whenCopied = () => {}, shown = undefined) {
  const button = element("button", { type: "button", className: "copy", textContent: "Copy", "aria-label": `Copy ${label}` });
  button.addEventListener("click", async () => {
    const done = await copy(typeof text === "function" ? text() : text);
    if (done) whenCopied();
    else if (shown) select(shown);
    button.textContent = done ? "Copied" : shown ? "Selected: copy it" : "Download it instead";
    announce(done ? `Copied ${label}` : `Could not copy ${label}. ${shown ? "It is selected: copy it from there" : "Download it instead"}.`);
    setTimeout(() => (button.textContent = "Copy"), done ? 1600 : 6000);
  });
  return button;
}

/** A command or other text, with its button. */
export function copyable(text, label) {
  const shown = element("code", { textContent: text });
  return element("div", { className: "copyable" }, element("pre", {}, shown), copyButton(text, label, undefined, shown));
}

function select(shown) {
  if (shown.select) shown.select();
  else getSelection().selectAllChildren(shown);
}

/** True where the clipboard has it. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelecting(text);
  }
}

// A page served by plain http from another machine has no navigator.clipboard, and the old way still works there.
function copyBySelecting(text) {
  const before = document.activeElement;
  const area = element("textarea", { value: text, className: "visually-hidden" });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}
