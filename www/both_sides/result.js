// The result: who has which files, and what to run.

import { copyable } from "../shared/copy.js";
import { announce, byId, element } from "../shared/dom.js";
import { releaseLinks } from "../shared/download.js";
import { fileChip } from "../shared/file_chip.js";
import { UnsavedKeys } from "../shared/unsaved_keys.js";
import { commands } from "./commands.js";

let unsaved;

export function setUpResult() {
  unsaved = new UnsavedKeys(sayUnsaved);
}

export function showResult(options, { files }) {
  const root = byId("result");
  releaseLinks(root);
  unsaved.clear();
  const title = element("h2", { id: "result-title", tabIndex: -1, textContent: `${Object.keys(files).length} files made` });
  const list = element("ul", { className: "chips" });
  root.replaceChildren(title, element("p", { id: "unsaved" }), list);
  list.append(...Object.entries(files).map(([name, content]) => fileChip({ name, content, unsaved })));
  root.append(...commands(options).map(({ about, command }) => element("div", {}, about, copyable(command, "the command"))));
  root.hidden = false;
  title.focus();
  announce(`${title.textContent}. The keys are only in this tab.`);
}

// Says which keys would be lost with the tab.
function sayUnsaved(names) {
  const listed = names.flatMap((name, index) => [index === 0 ? "" : ", ", element("code", { textContent: name })]);
  byId("unsaved")?.replaceChildren(...(names.length > 0 ? ["Only in this tab, and gone with it: ", ...listed, "."] : ["All keys are saved."]));
}
