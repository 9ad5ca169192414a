// The few helpers for the document that every module here uses.

export const byId = (id) => document.getElementById(id);

/** An element with properties (or attributes, where the name has a hyphen) and children. Text stays text: there is no HTML in it. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-")) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

/** Said by screen readers, without moving the focus. */
export function announce(text) {
  byId("status").textContent = text;
}

/** A button that copies a text and says so. `label` names for screen readers what is copied. */
export function copyButton(text, label, whenCopied = () => {}) {
  const button = element("button", { type: "button", textContent: "Copy", "aria-label": `Copy ${label}` });
  button.addEventListener("click", async () => {
    const done = await copy(text);
    if (done) whenCopied();
    button.textContent = done ? "Copied" : "Failed";
    announce(done ? `Copied ${label}` : `Could not copy ${label}`);
    setTimeout(() => (button.textContent = "Copy"), 1600);
  });
  return button;
}

async function copy(text) {
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
