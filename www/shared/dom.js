// The few helpers for the document that every module here uses.

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

/** An element with properties (or attributes, where the name has a hyphen) and children. Text stays text: there is no HTML in it. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-")) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

/** The same for SVG, which knows attributes only. */
export function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Said by screen readers, without moving the focus. */
export function announce(text) {
  byId("status").textContent = text;
}

/**
 * Resolves once what was changed is on the screen: one frame to draw, one to show. Where neither the browser's crypto nor a Worker can be
 * had the work blocks the tab's one thread, so what tells of it has to be seen before.
 */
export function painted() {
  return new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve, 0));
  });
}
