// A place where files are dropped, chosen or pasted.

import { element } from "./dom.js";
import { clearError, showError } from "./field_errors.js";

let count = 0;

// A file that misses the zone would be opened in place of the page, which may hold keys that are nowhere else.
for (const type of ["dragover", "drop"]) {
  window.addEventListener(type, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
}

/**
 * `label` says what is wanted; `onFiles` is given `[{ name, content, failure }]`, the content as bytes, or as text where it was pasted (its name is
 * "pasted text" then). `accept` only narrows the browser's dialog.
 */
export function dropZone({ label, hint = "", accept = "", multiple = false, onFiles }) {
  const id = `drop-zone-${++count}`;
  const input = element("input", { type: "file", id, className: "visually-hidden", accept, multiple });
  const paste = element("button", { type: "button", className: "quiet", textContent: "Paste text", "aria-expanded": "false" });
  const pasted = pasteField(id, label, onFiles);
  const zone = element(
    "div",
    { className: "drop-zone" },
    element("p", { className: "drop-label", id: `${id}-label`, textContent: label }),
    ...(hint ? [element("p", { className: "hint", id: `${id}-hint`, textContent: hint })] : []),
    element("p", { className: "drop-actions" }, input, element("label", { htmlFor: id, className: "button", textContent: multiple ? "Choose files" : "Choose a file" }), paste),
    pasted,
  );
  input.setAttribute("aria-describedby", hint ? `${id}-label ${id}-hint` : `${id}-label`);
  input.addEventListener("change", async () => {
    const files = [...input.files];
    // So that the same file can be chosen again once it was corrected.
    input.value = "";
    if (files.length > 0) onFiles(await read(files));
  });
  paste.addEventListener("click", () => {
    pasted.hidden = !pasted.hidden;
    paste.setAttribute("aria-expanded", String(!pasted.hidden));
    if (!pasted.hidden) pasted.querySelector("textarea").focus();
  });
  takeDrops(zone, multiple, onFiles);
  return zone;
}

function pasteField(id, label, onFiles) {
  const area = element("textarea", { id: `${id}-text`, rows: 6, spellcheck: false, "aria-label": `${label}, as text` });
  const take = element("button", { type: "button", textContent: "Take it" });
  const field = element("div", { className: "drop-paste", hidden: true }, area, take);
  take.addEventListener("click", () => {
    if (area.value.trim()) onFiles([{ name: "pasted text", content: area.value }]);
    else showError(area, "Paste something first.");
  });
  area.addEventListener("input", () => clearError(area));
  return field;
}

function takeDrops(zone, multiple, onFiles) {
  // Entering a child leaves the zone's own area, so entries are counted.
  let inside = 0;
  const mark = () => zone.classList.toggle("over", inside > 0);
  zone.addEventListener("dragenter", (event) => (event.preventDefault(), inside++, mark()));
  zone.addEventListener("dragleave", () => (inside--, mark()));
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    inside = 0;
    mark();
    const files = [...event.dataTransfer.files];
    const text = event.dataTransfer.getData("text/plain");
    if (files.length > 1 && !multiple) onFiles([{ ...nothing(`${files.length} files`), failure: `${files.length} files were dropped. One is taken here at a time.` }]);
    else if (files.length > 0) onFiles(await read(files));
    else if (text.trim()) onFiles([{ name: "dropped text", content: text }]);
  });
}

/** More than is read of any file: beyond it the content is not even fetched. */
const LARGEST = 8 * 1024 * 1024;

const nothing = (name) => ({ name, content: new Uint8Array() });

/** What can't be read has its reason, in words, in `failure`. */
function read(files) {
  return Promise.all(
    files.map(async (file) => {
      const none = nothing(file.name);
      if (file.size > LARGEST) return { ...none, failure: `${file.name} is too large to be a certificate, a request or a key.` };
      try {
        return { name: file.name, content: new Uint8Array(await file.arrayBuffer()) };
      } catch {
        return { ...none, failure: `${file.name} is a folder, or can’t be read.` };
      }
    }),
  );
}
