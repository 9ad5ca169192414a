// What is only in this tab is not given up by a slip: who is about to is told once, and asked to do it again.

import { listed } from "../material/words.js";

const warned = new WeakSet();

/** The second half of a double click is no answer, nor is a key that is held down. */
let sameSlip = false;
addEventListener("click", ({ detail }) => detail > 0 && (sameSlip = detail > 1), true);
addEventListener("keydown", ({ repeat }) => (sameSlip = repeat), true);
for (const type of ["change", "drop", "paste"]) addEventListener(type, () => (sameSlip = false), true);

/**
 * Throws, in words, the first time that files (`unsaved.names`) which were saved nowhere would go. `what` says whose they are. They are forgotten
 * by who puts others in their place, once those are made.
 */
export function giveUp(unsaved, what) {
  if (unsaved.names.length > 0 && !(warned.has(unsaved) && !sameSlip)) {
    warned.add(unsaved);
    const [is, it, itIs] = unsaved.names.length === 1 ? ["is", "it", "it is"] : ["are", "them", "they are"];
    throw new Error(`${listed(unsaved.names)}, ${what}, ${is} saved nowhere yet. Download ${it} first. Or do this once more, and ${itIs} gone.`);
  }
  warned.delete(unsaved);
}
