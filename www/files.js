// One file of the result: its name, whether it is secret, and the ways to take it along. Knows which keys are still only here.

import { byId, copyButton, element } from "./dom.js";

const unsaved = new Set();
let urls = [];

/** Forgets the files of the former result. */
export function forgetFiles() {
  for (const url of urls) URL.revokeObjectURL(url);
  urls = [];
  unsaved.clear();
}

/** True while a key was made that was neither downloaded nor copied. */
export function hasUnsavedKeys() {
  return unsaved.size > 0;
}

export function fileRow(name, text) {
  const secret = name.endsWith(".key");
  if (secret) unsaved.add(name);
  const saved = () => {
    unsaved.delete(name);
    showUnsaved();
  };
  const shown = { textContent: text, hidden: true, tabIndex: 0, role: "region", "aria-label": name };
  const content = element("pre", { id: `content-${name}`, ...shown });
  return element(
    "li",
    { className: "file" },
    element(
      "div",
      { className: "file-line" },
      element("span", {}, element("span", { className: "file-name", textContent: name }), ...(secret ? [secretMark()] : [])),
      element(
        "span",
        { className: "file-actions" },
        downloadLink(name, text, saved),
        copyButton(text, name, saved),
        viewButton(name, content),
      ),
    ),
    content,
  );
}

/** Says which keys would be lost with the tab. */
export function showUnsaved() {
  const names = [...unsaved].flatMap((name, index) => [index === 0 ? "" : ", ", element("code", { textContent: name })]);
  const words = names.length > 0 ? ["Only in this tab, and gone with it: ", ...names, "."] : ["All keys are saved."];
  byId("unsaved").replaceChildren(...words);
}

function secretMark() {
  return element("span", { className: "secret", textContent: "secret", title: "Stays with its owner. Never send it to anyone." });
}

// A link and not a button, so that everything one does with links works: save as, drag, open the menu.
function downloadLink(name, text, saved) {
  // No text type: some browsers add .txt to the guide's names then.
  const url = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
  urls.push(url);
  const label = { textContent: "Download", "aria-label": `Download ${name}` };
  const link = element("a", { className: "button", href: url, download: name, ...label });
  link.addEventListener("click", saved);
  return link;
}

function viewButton(name, content) {
  const label = { textContent: "View", "aria-label": `View ${name}` };
  const button = element("button", { type: "button", ...label, "aria-expanded": "false", "aria-controls": content.id });
  button.addEventListener("click", () => {
    content.hidden = !content.hidden;
    button.setAttribute("aria-expanded", String(!content.hidden));
  });
  return button;
}
