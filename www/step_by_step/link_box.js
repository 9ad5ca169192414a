// A link to send, with what it carries.

import { copyButton } from "../shared/copy.js";
import { element } from "../shared/dom.js";

export function linkBox(label, link, about) {
  const long = link.length > 2000 ? ` It is ${link.length} characters long: where a program cuts it, send the file.` : "";
  const local = location.protocol === "file:" ? " This page is a file of yours, so whoever gets the link opens their own copy and pastes the link there." : "";
  const input = element("input", { readOnly: true, value: link, "aria-label": label });
  input.addEventListener("focus", () => input.select());
  return element(
    "div",
    { className: "link-box" },
    element("p", { className: "link-label", textContent: label }),
    element("div", { className: "line" }, input, copyButton(link, `the ${label[0].toLowerCase()}${label.slice(1)}`, undefined, input)),
    element("p", { className: "hint", textContent: about + long + local }),
  );
}
