// What was given twice is one thing: a second card of it would seem to belong to the first.

import { listed } from "../material/words.js";

/** The files, each once. `again` are the names under which it came once more. */
export const filesOnce = (files) => once(files, ({ content }) => textOf(content));

/** The pieces, each once, in whatever files they are. `again` as of files. */
export const piecesOnce = (pieces) => once(pieces, ({ content, details }) => details?.fingerprints?.sha256 ?? textOf(content).replace(/\s+/g, ""));

/** "given twice", and under which other names; nothing where it was not. */
export function againInWords({ name, again }) {
  if (again.length === 0) return "";
  const others = [...new Set(again)].filter((other) => other !== name);
  return `given ${again.length === 1 ? "twice" : `${again.length + 1} times`}${others.length > 0 ? `, also as ${listed(others)}` : ""}`;
}

function once(things, identityOf) {
  const known = new Map();
  for (const thing of things) {
    // What can't be read has no content to compare.
    const identity = identityOf(thing) || Symbol();
    const [first, again] = [known.get(identity), thing.again ?? []];
    if (!first) known.set(identity, { ...thing, again: [...again] });
    else if (first.locked && !thing.locked) known.set(identity, { ...thing, again: [first.name, ...first.again, ...again] });
    else first.again.push(thing.name, ...again);
  }
  return [...known.values()];
}

/** Bytes as one letter each. */
const textOf = (content) => (typeof content === "string" ? content : new TextDecoder("latin1").decode(content));
