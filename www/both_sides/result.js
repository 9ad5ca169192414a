// The result: the picture of what was made, who has which files, all of them in one .zip, and what to run.

import { announce, byId, element, painted } from "../shared/dom.js";
import { releaseLinks, save } from "../shared/download.js";
import { UnsavedKeys } from "../shared/unsaved_keys.js";
import { addressOf } from "./address.js";
import { importFile } from "./import_file.js";
import { partiesOf } from "./parties.js";
import { cardsOf, partyCard } from "./party_card.js";
import { picture } from "./picture/index.js";
import { runIt } from "./run_it.js";
import { zipOf } from "./zip.js";

// More clients than these are folded away: whoever makes a fleet takes the .zip.
const CLIENTS = 5;

let unsaved;

/** `whenSaved` is called when none of the keys is only in this tab any more. */
export function setUpResult({ whenSaved }) {
  unsaved = new UnsavedKeys((names) => {
    sayUnsaved(names);
    if (names.length === 0) whenSaved();
  });
}

/** The keys that are only in this tab, a few of many by their names. */
export const unsavedKeys = {
  get names() {
    const { names } = unsaved;
    return names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} others`] : names;
  },
};

/** Shows what createMutualTls made of the options, in place of any result before. */
export function showResult(options, made) {
  const root = byId("result");
  releaseLinks(root);
  unsaved.clear();
  const parties = partiesOf(made, options);
  const imports = new Map(parties.clients.map((client) => [client, importFile(client, made.files)]));
  const title = element("h2", { id: "result-title", tabIndex: -1, textContent: `${Object.keys(made.files).length} files made` });
  const cards = cardsOf(parties).map(([party, about]) => partyCard(party, about, made.files, unsaved, ...(imports.has(party) ? [imports.get(party).element] : [])));
  const shown = cards.length - Math.max(0, parties.clients.length - CLIENTS);
  root.replaceChildren(
    element("div", { className: "result-head" }, title, element("p", { id: "unsaved" }), downloadAll(made.files, parties, [...imports.values()])),
    picture(parties, addressOf(parties.server.commonName).url),
    element("div", { id: "parties" }, ...cards.slice(0, shown), ...moreParties(cards.slice(shown))),
    runIt(parties),
  );
  sayUnsaved(unsaved.names);
  root.hidden = false;
  title.focus();
  announce(`${title.textContent}. The keys are only in this tab.`);
}

function moreParties(cards) {
  if (cards.length === 0) return [];
  const summary = element("summary", { textContent: cards.length === 1 ? "One more client" : `${cards.length} more clients` });
  return [element("details", { className: "more-parties" }, summary, ...cards)];
}

function downloadAll(files, parties, imports) {
  const button = element("button", { type: "button", id: "download-all", className: "primary", textContent: "Download all (.zip)" });
  const failure = element("p", { className: "alert", role: "alert" });
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    failure.textContent = "";
    // Not `disabled`, which would take the focus from it, to nowhere.
    button.setAttribute("aria-disabled", "true");
    button.setAttribute("aria-busy", "true");
    await painted();
    try {
      save("mutual-tls.zip", await zipOf(files, parties, await Promise.all(imports.map(({ made }) => made()))));
      for (const name of Object.keys(files)) unsaved.saved(name);
      announce("mutual-tls.zip is downloaded.");
    } catch (error) {
      failure.textContent = `The .zip could not be made: ${error.message}. Each file can still be downloaded by itself.`;
    }
    button.removeAttribute("aria-disabled");
    button.removeAttribute("aria-busy");
  });
  return element("div", { className: "download-all" }, button, failure);
}

// Says which keys would be lost with the tab.
function sayUnsaved(names) {
  byId("replaces").hidden = names.length === 0;
  const listed = names.flatMap((name, index) => [index === 0 ? "" : ", ", element("code", { textContent: name })]);
  byId("unsaved")?.replaceChildren(...(names.length > 0 ? ["Only in this tab, and gone with it: ", ...listed, "."] : ["All keys are saved."]));
}
