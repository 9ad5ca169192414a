// A file as a chip: its name, whether it is secret, and the ways to take it along.

import { copyButton } from "./copy.js";
import { element } from "./dom.js";
import { downloadLink } from "./download.js";
import { lookInside } from "./look_inside.js";

/**
 * A list item. `content` is PEM text, or bytes, which can't be copied. `secret` marks what stays with its owner; `guarded` is what must not be
 * lost, and `unsaved` (UnsavedKeys) is told of it, and when it is taken along; `about` says in few words what the file is; `passphrase` opens it where it is looked into.
 */
export function fileChip({ name, content, secret = name.endsWith(".key"), guarded = secret, about = "", unsaved, passphrase }) {
  if (guarded) unsaved?.add(name);
  const saved = () => unsaved?.saved(name);
  const actions = [downloadLink(name, content, saved)];
  if (typeof content === "string") actions.push(copyButton(content, name, saved));
  actions.push(insideButton({ name, content, passphrase }));
  return element(
    "li",
    { className: secret ? "chip secret" : "chip" },
    element(
      "span",
      { className: "chip-name" },
      element("code", { textContent: name }),
      ...(secret ? [secretMark()] : []),
      ...(about ? [element("span", { className: "chip-about", textContent: about })] : []),
    ),
    element("span", { className: "chip-actions" }, ...actions),
  );
}

function secretMark() {
  return element("span", { className: "mark", textContent: "secret", title: "Stays with its owner. Never send it to anyone." });
}

function insideButton(file) {
  const button = element("button", { type: "button", textContent: "Look inside", "aria-label": `Look inside ${file.name}` });
  button.addEventListener("click", () => lookInside([file]));
  return button;
}
