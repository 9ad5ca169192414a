// Every extension, also those that nobody here knows: its name, whether it is critical, and its value in words where it can be read.

import { element } from "../shared/dom.js";

/** Characters of one value; what is longer is for programs to read. */
const MOST = 3000;

export function extensionList(extensions) {
  if (extensions.length === 0) return [];
  return [element("h4", { textContent: extensions.length === 1 ? "One extension" : `${extensions.length} extensions` }), element("ul", { className: "extensions" }, ...extensions.map(item))];
}

function item({ oid, name, critical, value, decoded }) {
  const head = element("p", { className: "extension-head" }, element("strong", { textContent: name ?? oid }), ...(critical ? [element("span", { className: "kind", textContent: "critical" })] : []), ...(name ? [element("span", { className: "piece-file", textContent: oid })] : []));
  const text = decoded === undefined ? value : inText(decoded);
  return element("li", {}, head, element("pre", { textContent: text.length > MOST ? `${text.slice(0, MOST)} …` : text }));
}

/** Plain data without the signs of a programming language. */
function inText(data, indent = "") {
  if (data === null || typeof data !== "object") return String(data);
  if (Array.isArray(data)) return data.every((one) => typeof one !== "object") ? data.join(", ") || "(none)" : data.map((one) => inText(one, indent)).join("\n");
  const rows = Object.entries(data).filter(([, value]) => value !== undefined);
  return rows.map(([key, value]) => (value !== null && typeof value === "object" && !Array.isArray(value) ? `${indent}${key}:\n${inText(value, `${indent}  `)}` : `${indent}${key}: ${inText(value)}`)).join("\n");
}
