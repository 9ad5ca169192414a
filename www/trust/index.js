// Trust that can be checked: what the browser lets this page do, which wasm it runs, and the page as one file for a machine without a network.

import { badge, facts } from "../material/words.js";
import { copyable } from "../shared/copy.js";
import { element } from "../shared/dom.js";
import { certificates } from "../shared/package.js";
import { record, SINGLE_FILE, wasms } from "../shared/wasm.js";
import { explained } from "./policy.js";

/** Fills the section. */
export function setUp(root) {
  root.replaceChildren(
    element("h2", { textContent: "Don’t take our word for it" }),
    element("div", { className: "trust-parts" }, policy(), running(), SINGLE_FILE ? inOneFile() : toTakeAway()),
  );
}

/** As it stands in the document, and so as the browser enforces it. */
function policy() {
  const text = document.querySelector('meta[http-equiv="Content-Security-Policy"]').content;
  const rows = explained(text).map(({ directive, words }) => element("li", {}, element("code", { textContent: directive }), element("span", { textContent: words })));
  const short = SINGLE_FILE
    ? "The browser lets this file run its own script and nothing else, and lets it connect to nobody."
    : "The browser lets this page load its own files, and connect to nobody but where it came from.";
  return part("What it may do", short, unfolding("Its content security policy", element("ul", { className: "policy" }, ...rows), copyable(text, "the content security policy")));
}

function running() {
  const list = element("div", { className: "wasms", "aria-live": "polite" });
  const details = unfolding("Check what runs", list, ...howToRebuild());
  let begun = false;
  details.addEventListener("toggle", () => {
    if (!details.open || begun) return;
    begun = true;
    list.textContent = "Computing…";
    digests().then(
      (nodes) => list.replaceChildren(...nodes),
      (error) => {
        begun = false;
        // A fetch that failed has but a technical term to say.
        list.textContent = error instanceof TypeError ? "This needs the network once. Connect, and open it again." : `It can’t be told here: ${error.message}`;
      },
    );
  });
  return part("What runs", "WebAssembly that anyone can build from the sources, byte for byte. Compare its SHA-256 with your own build, or with what the project published.", details);
}

async function digests() {
  await certificates();
  const built = await record();
  const nodes = [];
  for (const [name, bytes] of Object.entries(wasms())) {
    const sha256 = await digest(await bytes());
    const recorded = built.wasms[name];
    const same = sha256 === recorded;
    const verdict = sha256 === undefined ? badge("recorded; this page can compute it only over https, from this machine or from a file") : same ? badge("is what the build recorded", "good") : badge("is NOT what the build recorded", "bad");
    nodes.push(element("h4", { textContent: name }), element("p", {}, fingerprintOf(sha256 ?? recorded)), element("p", {}, verdict));
  }
  nodes.push(facts([["Compiler", built.rustc], ["Sources’ SHA-256", fingerprintOf(built.sources)]]));
  return nodes;
}

// In the form that sha256sum prints, so that it can be searched for.
function fingerprintOf(hex) {
  const parts = hex.match(/.{8}/g).flatMap((part) => [part, element("wbr")]);
  return element("code", { className: "sha256" }, ...parts);
}

async function digest(bytes) {
  if (!globalThis.crypto?.subtle) return undefined;
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function howToRebuild() {
  return [element("p", { className: "hint", textContent: "A page can’t vouch for itself. In a checkout of the project, this builds the same bytes and prints their digests:" }), copyable("cargo xtask build && sha256sum pkg/dist/*.wasm", "the command that builds them")];
}

function toTakeAway() {
  const link = element("a", { className: "button", href: new URL("../dist/mtls-certs.html", import.meta.url).href, download: "mtls-certs.html", textContent: "Download mtls-certs.html" });
  return part("Take it along", "The whole page as one file, wasm and all. It runs from a disk, on a machine without any network, and its policy allows no connection at all.", element("p", {}, link));
}

function inOneFile() {
  return part("One file", "Everything is in this file. It needs no network, and its text can be read: scripts and styles are not shortened. To compare it with another copy:", copyable("sha256sum mtls-certs.html", "the command that compares it"));
}

function part(title, about, ...children) {
  return element("section", { className: "trust-part" }, element("h3", { textContent: title }), element("p", { className: "step-about", textContent: about }), ...children);
}

function unfolding(summary, ...children) {
  return element("details", { className: "all" }, element("summary", { textContent: summary }), ...children);
}
