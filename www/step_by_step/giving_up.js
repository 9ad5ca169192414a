// What is only in this tab is not given up by a slip: who is about to is told once, and asked to do it again.

import { listed } from "../material/words.js";

/** When who. @type {WeakMap<object, number>} */
const warned = new WeakMap();
/** The second half of a double click is no answer. */
const TOO_SOON = 500;

/**
 * Throws, in words, the first time that files (`unsaved.names`) which were saved nowhere would go. `what` says whose they are. They are forgotten
 * by who puts others in their place, once those are made.
 */
export function giveUp(unsaved, what) {
  const now = performance.now();
  if (unsaved.names.length > 0 && !(now - warned.get(unsaved) > TOO_SOON)) {
    if (!warned.has(unsaved)) warned.set(unsaved, now);
    const [is, it, itIs] = unsaved.names.length === 1 ? ["is", "it", "it is"] : ["are", "them", "they are"];
    throw new Error(`${listed(unsaved.names)}, ${what}, ${is} saved nowhere yet. Download ${it} first. Or do this once more, and ${itIs} gone.`);
  }
  warned.delete(unsaved);
}
