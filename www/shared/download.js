// Files that leave the page for the disk.

import { element } from "./dom.js";

/** A link and not a button, so that everything one does with links works: save as, drag, open the menu. `content` is text or bytes. */
export function downloadLink(name, content, whenSaved = () => {}) {
  const url = URL.createObjectURL(blob(content));
  const label = { textContent: "Download", "aria-label": `Download ${name}` };
  const link = element("a", { className: "button", href: url, download: name, ...label });
  link.addEventListener("click", whenSaved);
  return link;
}

/** Gives back the memory of all links within an element that is about to go. */
export function releaseLinks(within) {
  for (const { href } of within.querySelectorAll('a[download][href^="blob:"]')) URL.revokeObjectURL(href);
}

/** Saves at once, for what was made by a click. */
export function save(name, content) {
  const link = downloadLink(name, content);
  link.click();
  // Browsers read it after the click, and say nothing when they have.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// No text type: some browsers add .txt to the guide's names then.
function blob(content) {
  return content instanceof Blob ? content : new Blob([content], { type: "application/octet-stream" });
}
