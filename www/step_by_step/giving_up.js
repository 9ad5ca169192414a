// A key that is only in this tab is not given up by a slip: who is about to is told once, and asked to do it again.

const warned = new WeakSet();

/**
 * Throws, in words, the first time that keys which were saved nowhere would go. `what` says whose they are. They are forgotten by who puts
 * others in their place, once those are made.
 */
export function giveUp(unsaved, what) {
  if (unsaved.names.length > 0 && !warned.has(unsaved)) {
    warned.add(unsaved);
    throw new Error(`${unsaved.names.join(" and ")}, ${what}, is saved nowhere yet. Download it first. Or do this once more, and it is gone.`);
  }
  warned.delete(unsaved);
}
