// The picture of a result: parties as boxes, the keys that stay in them, requests and certificates that travel, and whose CA certificate
// goes into whose `ca:`. It is drawn again when the room for it changes.

import { drawn, element } from "../../shared/dom.js";
import { narrow } from "./narrow.js";
import { heads } from "./parts.js";
import { wide } from "./wide.js";
import { inWords } from "./words.js";

// More clients than these would say nothing new.
const CLIENTS = 4;
// In units (`unitFor`). Where there is a little less room than the guide's own names need, the wide picture is scaled down.
const NARROWEST_WIDE = 640;
const WIDE = 760;
const WIDEST_NARROW = 440;
// What the narrow one needs for names to be told apart.
const NARROWEST = 250;

const LEGEND = [
  ["key", "a key stays"],
  ["request", "a request travels to the CA"],
  ["certificate", "a certificate comes back"],
  ["trust", "a CA’s certificate goes into ca: of who trusts it"],
];

/** A figure. `address` is where Bob can be called. */
export function picture(parties, address) {
  const shown = { ...parties, clients: parties.clients.slice(0, CLIENTS), more: Math.max(0, parties.clients.length - CLIENTS) };
  const words = element("ol", { id: "picture-words" }, ...inWords(parties).map((sentence) => element("li", { textContent: sentence })));
  const svg = drawn("svg", { role: "img", "aria-label": `Who keeps, sends and trusts what: ${summary(parties)}`, "aria-describedby": "picture-words" });
  const stage = element("div", { className: "stage" }, svg);
  let drawnFor;
  const draw = () => {
    const pixels = stage.clientWidth;
    const unit = unitFor(pixels);
    const room = Math.floor(pixels / unit);
    if (room === 0 || `${room} ${unit}` === drawnFor) return;
    drawnFor = `${room} ${unit}`;
    const isWide = room >= NARROWEST_WIDE;
    const width = isWide ? Math.max(room, WIDE) : Math.min(room, WIDEST_NARROW);
    const { parts, height } = isWide ? wide(shown, width - 2, address) : narrow(shown, width - 2);
    svg.setAttribute("viewBox", `-1 -1 ${width} ${height + 2}`);
    const scale = Math.min(1, room / width) * unit;
    svg.setAttribute("width", width * scale);
    svg.setAttribute("height", (height + 2) * scale);
    svg.replaceChildren(heads(), ...parts);
  };
  new ResizeObserver(draw).observe(stage);
  return element(
    "figure",
    { className: "picture panel" },
    stage,
    element("figcaption", {}, legend(), element("details", {}, element("summary", { textContent: "The picture in words" }), words)),
  );
}

// All of it is drawn in units of a pixel, and grows with the letters of who wants large ones, as far as there is room.
function unitFor(pixels) {
  const wanted = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  return wanted > 1 ? Math.max(1, Math.min(wanted, pixels / NARROWEST)) : 1;
}

function summary({ authorities, clients }) {
  const who = clients.length === 1 ? "Amy" : `Amy and ${clients.length - 1} more`;
  return authorities.length === 1 ? `one CA for Bob and ${who}.` : `Bob with his CA, ${who} with theirs, each trusting the other’s.`;
}

function legend() {
  const sample = (kind) =>
    drawn("svg", { class: "sample", viewBox: "0 0 28 12", "aria-hidden": "true" }, kind === "key"
      ? drawn("path", { class: "lock", d: "M9.5 5.5h9v6h-9zM11.5 5.5v-2a2.5 2.5 0 0 1 5 0v2" })
      : drawn("path", { class: `line ${kind}`, d: "M1 6h26" }));
  return element("ul", { className: "legend" }, ...LEGEND.map(([kind, said]) => element("li", {}, sample(kind), said)));
}
