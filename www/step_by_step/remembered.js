// What a reload of this tab would lose: who somebody is, names and choices. Never a key or a passphrase. Gone with the tab.

const PREFIX = "step-by-step ";

export function remembered(name) {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    // Where a browser keeps nothing, the defaults are shown.
    return undefined;
  }
}

export function remember(name, value) {
  try {
    sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // As above.
  }
}
