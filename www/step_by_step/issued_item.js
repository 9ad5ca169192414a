// One certificate that the CA has issued: how it stands, and what the CA can do about it.

import { badge, called, lasting, roleInWords } from "../material/words.js";
import { element } from "../shared/dom.js";
import { fileChip } from "../shared/file_chip.js";
import { fileBase } from "./fields.js";
import { linkBox } from "./link_box.js";

const REASONS = [
  ["unspecified", "No reason is said"],
  ["keyCompromise", "Its key was seen by others"],
  ["superseded", "Another one takes its place"],
  ["cessationOfOperation", "It is no longer needed"],
  ["affiliationChanged", "Its holder has left"],
];

/**
 * A list item. `renew()`, `revoke(reason)` and `link()`, which gives what to send back, are the CA's; `warning` stands above a revocation; `button`
 * makes one that says what goes wrong in its work.
 */
export function issuedItem({ entry, details, isRevoked, warning, renew, revoke, link, button }) {
  const name = called(details.subject);
  const serial = `serial number ${details.serialNumber.slice(0, 8)}`;
  const lasts = isRevoked ? { text: "revoked", state: "bad" } : lasting(details);
  const file = fileChip({ name: `${fileBase(details.subject.commonName)}.crt`, content: entry.certificate, about: entry.about ?? "" });
  const more = element("div", { className: "more" });
  const revoking = button("Revoke", `Revoke ${name}, ${serial}`, () => ask());
  const actions = element("p", { className: "line issued-actions" }, button("Renew", `Renew ${name}, ${serial}`, renew), revoking, button("Link", `Link to send back, for ${name}, ${serial}`, () => showLink()));
  const row = element(
    "li",
    { className: "issued-item" },
    element("p", { className: "issued-head" }, element("strong", { textContent: name }), " ", badge(lasts.text, lasts.state)),
    element("p", { className: "hint" }, `For ${roleInWords(details)}. Serial number `, element("code", { textContent: details.serialNumber })),
    element("ul", { className: "chips" }, file),
    ...(isRevoked ? [] : [actions, more]),
  );

  async function showLink(about = "It carries the certificate and the CA’s own, which are public.") {
    more.replaceChildren(linkBox("Link to send back", await link(), about));
    more.querySelector("input").focus();
  }

  function ask() {
    const id = `reason-${Math.random().toString(36).slice(2)}`;
    const select = element("select", { id }, ...REASONS.map(([value, textContent]) => element("option", { value, textContent })));
    const yes = button("Revoke for good", `Revoke for good: ${name}`, () => revoke(select.value));
    yes.classList.add("danger");
    const no = element("button", { type: "button", textContent: "Leave it" });
    no.addEventListener("click", () => {
      more.replaceChildren();
      revoking.focus();
    });
    more.replaceChildren(
      element(
        "div",
        { className: "question" },
        element("p", { textContent: `It can’t be undone. Servers refuse it once they have loaded the list.${warning}` }),
        element("div", { className: "field" }, element("label", { htmlFor: id, textContent: "Why" }), select),
        element("p", { className: "line" }, yes, no),
      ),
    );
    select.focus();
  }

  return Object.assign(row, { showLink });
}
