// What the pictures are drawn with. One unit is one CSS pixel, or more where letters are large (index.js); colours and fonts come from the style sheet, by class.

import { drawn } from "../../shared/dom.js";

const FONTS = { sans: "600 14px system-ui, sans-serif", small: "400 12.5px system-ui, sans-serif", mono: "500 12px ui-monospace, Menlo, Consolas, 'Liberation Mono', monospace" };
const canvas = document.createElement("canvas").getContext("2d");

/** How wide a text is. */
export function widthOf(text, font) {
  canvas.font = FONTS[font];
  return canvas.measureText(text).width;
}

/** The text, or its beginning and end where it is too long: file names differ in both. */
export function fitted(text, font, width) {
  if (widthOf(text, font) <= width) return text;
  const letters = [...text];
  for (let kept = letters.length - 1; kept > 2; kept--) {
    const short = `${letters.slice(0, Math.ceil(kept / 2)).join("")}…${letters.slice(-Math.floor(kept / 2)).join("")}`;
    if (widthOf(short, font) <= width) return short;
  }
  return "…";
}

/** A text that is shortened to fit; the whole of it is in its title. */
export function text(content, { x, y, width, font = "mono", anchor = "start", className = "" }) {
  const shown = fitted(content, font, width);
  const title = shown === content ? [] : [drawn("title", {}, content)];
  return drawn("text", { x, y, class: `${font} ${className}`.trim(), "text-anchor": anchor }, shown, ...title);
}

/** A party's box with its heading and the key that stays in it. */
export function box({ x, y, width, height, party, kind }) {
  const inner = width - 28;
  return drawn(
    "g",
    { class: `box ${kind}`, "data-party": party.name },
    drawn("rect", { x, y, width, height, rx: 10 }),
    text(party.role, { x: x + 14, y: y + 25, width: inner, font: "sans" }),
    text(party.commonName, { x: x + 14, y: y + 43, width: inner, font: "small", className: "who" }),
    keyPill(party.key, x + 8, y + 55, width - 16),
  );
}

/** Where the key pill of a box ends, below its top. */
export const HEAD = 92;

// The key stays: a lock, and no line that leaves it.
function keyPill(name, x, y, width) {
  return drawn(
    "g",
    { class: "key", "data-file": name },
    drawn("rect", { x, y, width, height: 26, rx: 6 }),
    drawn("path", { class: "lock", d: `M${x + 9} ${y + 12}h9v7h-9zM${x + 11} ${y + 12}v-2.5a2.5 2.5 0 0 1 5 0v2.5` }),
    text(name, { x: x + 24, y: y + 17.5, width: width - 28 }),
  );
}

/** A line with an arrow at its end, through points. `kind` is request, certificate or trust. */
export function arrow(kind, points, { file, from, to }) {
  const d = points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
  return drawn("path", { class: `line ${kind}`, d, "marker-end": `url(#head-${kind})`, "data-kind": kind, "data-file": file, "data-from": from, "data-to": to });
}

export function heads() {
  const shape = (kind) =>
    drawn(
      "marker",
      { id: `head-${kind}`, class: `head ${kind}`, viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 8, markerHeight: 8, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse" },
      drawn("path", { d: "M0 0.5 10 5 0 9.5z" }),
    );
  return drawn("defs", {}, ...["request", "certificate", "trust", "tls"].map(shape));
}
