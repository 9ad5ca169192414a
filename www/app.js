// The shell: three views, of which the address says which one is shown. Everything here uses the package's public API only.

import { setUp as setUpBothSides } from "./both_sides/index.js";
import { setUp as setUpLookInside } from "./look_inside/index.js";
import { warmUp } from "./shared/background.js";
import { byId } from "./shared/dom.js";
import { everything } from "./shared/package.js";
import { setUp as setUpStepByStep } from "./step_by_step/index.js";
import { setUp as setUpTrust } from "./trust/index.js";

const VIEWS = {
  "both-sides": { title: "Both sides", setUp: setUpBothSides },
  "step-by-step": { title: "Step by step", setUp: setUpStepByStep },
  "look-inside": { title: "Look inside", setUp: setUpLookInside },
};

// Before the views listen too: who was handed something over then goes on at that, and not at the heading.
window.addEventListener("hashchange", () => show(true));
for (const [name, view] of Object.entries(VIEWS)) view.setUp(byId(`view-${name}`));
setUpTrust(byId("trust"));
show(false);
// Loaded while the form is read. Where that fails, the attempt on the click has the say.
everything().then(warmUp).catch(() => {});

// What is no view may be what somebody was handed over (`request=…`), which step by step reads there, or a place on the page.
function viewOf(fragment, place) {
  if (Object.hasOwn(VIEWS, fragment)) return fragment;
  if (fragment.includes("=")) return "step-by-step";
  // Below every view are places too: then the one that is shown stays.
  const section = place && (place.closest(".view") ?? document.querySelector(".view:not([hidden])"));
  return section ? section.id.replace("view-", "") : "both-sides";
}

function show(byNavigation) {
  const fragment = location.hash.slice(1);
  const place = byId(fragment);
  const shown = viewOf(fragment, place);
  for (const [name, { title }] of Object.entries(VIEWS)) {
    const section = byId(`view-${name}`);
    section.hidden = name !== shown;
    const link = document.querySelector(`nav a[href="#${name}"]`);
    if (name !== shown) {
      link.removeAttribute("aria-current");
      continue;
    }
    link.setAttribute("aria-current", "page");
    document.title = `${title} · mtls-certs: mutual TLS certificates, made in this tab`;
    // A screen reader goes on at the view's heading, and what was scrolled in one view says nothing of another.
    const heading = section.querySelector("h1");
    if (place) place.scrollIntoView();
    else if (byNavigation && heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      window.scrollTo({ top: 0, behavior: "instant" });
    }
  }
}
