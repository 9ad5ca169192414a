// Copying, with a button that says whether it worked.

import { announce, element } from "./dom.js";

/** `label` names for screen readers what is copied; `text` may be a function, for what changes. */
export function copyButton(text, label, whenCopied = () => {}) {
  const button = element("button", { type: "button", className: "copy", textContent: "Copy", "aria-label": `Copy ${label}` });
  button.addEventListener("click", async () => {
    const done = await copy(typeof text === "function" ? text() : text);
    if (done) whenCopied();
    button.textContent = done ? "Copied" : "Failed";
    announce(done ? `Copied ${label}` : `Could not copy ${label}`);
    setTimeout(() => (button.textContent = "Copy"), 1600);
  });
  return button;
}

/** A command or other text, with its button. */
export function copyable(text, label) {
  return element("div", { className: "copyable" }, element("pre", {}, element("code", { textContent: text })), copyButton(text, label));
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
