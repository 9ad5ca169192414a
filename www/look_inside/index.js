// "Look inside": whatever somebody drops, chooses or pastes, in words, and whether the pieces belong together. Nothing is kept.

import { inWords, readMaterial } from "../material/read.js";
import { announce, element } from "../shared/dom.js";
import { dropZone } from "../shared/drop_zone.js";
import { clearErrors, showError } from "../shared/field_errors.js";
import { receiveFiles } from "../shared/look_inside.js";
import { filesOnce, piecesOnce } from "./once_each.js";
import { pieceCard } from "./piece_card.js";
import { belonging } from "./together.js";

/** Fills the view. */
export function setUp(root) {
  /** `{ name, content, passphrase, pieces, again }`. */
  let files = [];
  const zone = dropZone({
    label: "Drop anything here",
    hint: "Certificates, requests, keys, revocation lists, bundles, PKCS#12: as many files as you like. They stay in this tab.",
    multiple: true,
    onFiles: (given) => add(given),
  });
  const field = element("div", { className: "field" }, zone);
  const [input, area] = ['input[type="file"]', "textarea"].map((one) => zone.querySelector(one));
  const title = element("h2", { tabIndex: -1 });
  const clear = element("button", { type: "button", className: "quiet", textContent: "Clear" });
  const together = element("div", { className: "together" });
  const cards = element("ul", { className: "pieces" });
  const result = element("section", { className: "inside", hidden: true, "aria-label": "What was found" }, element("div", { className: "inside-head" }, title, clear), together, cards);
  root.replaceChildren(intro(), field, result);

  async function add(given, { replace = false } = {}) {
    clearErrors(field);
    const before = replace ? [] : files;
    try {
      // One that can't be read is told in its place, and the others are looked at; of one alone it is said beside the field.
      const failed = (file) => (error) => {
        if (given.length === 1) throw error;
        return [{ name: file.name, content: "", error }];
      };
      const read = await Promise.all(given.map(async (file) => ({ ...file, pieces: await readMaterial(file).catch(failed(file)) })));
      files = filesOnce([...before, ...read]);
    } catch (error) {
      const pasted = given.some(({ content }) => content !== "" && content === area.value);
      return showError(pasted ? area : input, inWords(error));
    }
    area.value = "";
    await draw();
    title.focus();
  }

  async function draw() {
    const pieces = piecesOnce(files.flatMap(({ pieces, again }, file) => pieces.map((piece) => ({ ...piece, file, again }))));
    title.textContent = pieces.length === 1 ? "One piece" : `${pieces.length} pieces`;
    cards.replaceChildren(...pieces.map((piece) => pieceCard(piece, { unlock: (passphrase) => unlock(piece.file, passphrase) })));
    const found = await belonging(pieces);
    together.replaceChildren(...found.nodes);
    for (const [index, lines] of found.ofPiece.entries()) cards.children[index].querySelector(".relations").replaceChildren(...lines.map((line) => element("li", {}, ...line)));
    result.hidden = pieces.length === 0;
    announce(`${title.textContent}. ${found.said}`);
  }

  /** Rejects, in words, where the passphrase does not open it. */
  async function unlock(index, passphrase) {
    const pieces = await readMaterial({ ...files[index], passphrase });
    // An empty one is tried too: it may be that of a PKCS#12 file, and of a key it leaves no error.
    const wrong = pieces.find((piece) => piece.locked && (piece.error || passphrase === ""));
    if (wrong) throw new Error(passphrase === "" ? "Type the passphrase." : "This passphrase does not open it. Check it, also for capital letters.");
    files[index] = { ...files[index], passphrase, pieces };
    await draw();
    title.focus();
  }

  clear.addEventListener("click", () => {
    files = [];
    draw();
    input.focus();
    announce("Cleared.");
  });
  // From the chips of the other views: they take the place of what was here.
  receiveFiles((given) => add(given, { replace: true }));
}

function intro() {
  return element(
    "div",
    { className: "intro" },
    element("h1", { textContent: "Look inside" }),
    element("p", { className: "lead", textContent: "What a file says, in words: who, issued by whom, for what, until when; and whether the files you have belong together. Private keys are recognised, and never shown." }),
  );
}
