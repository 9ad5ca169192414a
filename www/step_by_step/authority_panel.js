// What the CA does: be one, look at requests, sign them, keep a list of what it signed.

import { whenChangedElsewhere } from "../kept/store.js";
import { element } from "../shared/dom.js";
import { authorityChoice } from "./authority_choice.js";
import { step } from "./fields.js";
import { issuedList } from "./issued_list.js";
import { requestReview } from "./request_review.js";

export function authorityPanel() {
  /** `{ certificate, privateKey, details, issued, revocationList, id }`: `id` where it is kept in this browser. */
  let authority;

  const list = issuedList();
  const choice = authorityChoice({ use, adopt: list.adopt, unsavedList: list.unsaved });
  whenChangedElsewhere(() => list.refresh().catch(() => {}));
  const review = requestReview({ authority: () => authority, issued: (entry) => list.add(entry).then(choice.refresh) });
  const signing = step("2", "Sign a request", "Look at what it asks for, and find out that it comes from who it says. You decide what it is good for.", review);
  const issued = step("3", "What this CA has issued", "", list);

  function use(next) {
    authority = next;
    list.show(authority);
    review.refresh();
  }
  use(undefined);

  const panel = element("div", { className: "steps" }, step("1", "Be a CA", "Its key signs everybody else’s certificates. Whoever has the key can do that.", choice), signing, issued);
  return Object.assign(panel, { receive: (request) => review.receive(request) });
}
