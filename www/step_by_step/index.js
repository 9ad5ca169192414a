// "Step by step": three people, three machines. Each panel is what one of them does; what passes between them is a file or a link.

import { profileOf } from "../material/words.js";
import { element } from "../shared/dom.js";
import { certificates } from "../shared/package.js";
import { authorityPanel } from "./authority_panel.js";
import { choiceField } from "./fields.js";
import { readLink } from "./handover.js";
import { partyPanel } from "./party_panel.js";
import { remember, remembered } from "./remembered.js";

const ROLES = [
  { value: "ca", name: "The CA", about: "Signs requests, and keeps ca.key." },
  { value: "bob", name: "Bob, the server", about: "Makes a key and a request, and gets a certificate back." },
  { value: "amy", name: "Amy, the client", about: "The same, to show it to Bob." },
];

/** Fills the view. */
export function setUp(root) {
  const panels = { ca: authorityPanel(), bob: partyPanel("bob"), amy: partyPanel("amy") };
  const alert = element("div", { className: "alert", role: "alert" });
  let received;
  const who = choiceField({ legend: "Who are you?", choices: ROLES, value: ROLES.some(({ value }) => value === remembered("role")) ? remembered("role") : "ca", changed: show, className: "roles" });
  root.replaceChildren(intro(), who, alert, ...Object.values(panels));
  show(who.value);

  function show(role) {
    who.value = role;
    for (const [name, panel] of Object.entries(panels)) panel.hidden = name !== role;
    remember("role", role);
  }

  async function arrive() {
    alert.textContent = "";
    const fragment = location.hash.slice(1);
    if (!fragment.includes("=")) return;
    // Whoever comes back to it finds what became of it.
    if (fragment === received) return;
    received = fragment;
    try {
      const carried = await readLink(fragment);
      if (!carried) throw new Error("This link carries nothing that this page knows. Ask for it again, or for the file.");
      if (carried.kind === "request") {
        show("ca");
        await panels.ca.receive(carried.pems[0]);
      } else {
        show(await partyOf(carried.pems, panels));
        await panels[who.value].receive(carried.pems);
      }
    } catch (error) {
      // Whatever it was, it does not stay in the address and the history.
      history.replaceState(null, "", "#step-by-step");
      alert.textContent = error.message;
    }
  }
  window.addEventListener("hashchange", arrive);
  arrive();
}

function intro() {
  return element(
    "div",
    { className: "intro" },
    element("h1", { textContent: "Step by step" }),
    element("p", {
      className: "lead",
      textContent:
        "Three people, three machines. Bob and Amy each make a key that never leaves them, and send a request to the CA. The CA looks at it, signs it, and sends a certificate back. Hand things over as files or as links: only what is public travels.",
    }),
  );
}

/** Whose certificate it is: of the panel that waits for it, else of the role that it has. */
async function partyOf([leaf], panels) {
  for (const role of ["bob", "amy"]) if (await panels[role].waitsFor(leaf)) return role;
  const { inspect } = await certificates();
  return profileOf(await inspect(leaf)) === "client" ? "amy" : "bob";
}
