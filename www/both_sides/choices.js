// The form's choices outlive a slip (a reload, the way back) in this tab's session storage. There are names in it and never a key, and the
// browser drops it with the tab.

const PLACE = "mtls-certs: both sides";

/** What is kept, or nothing. Storage may be forbidden or full, or hold what an older page left: then the form begins anew. */
export function keptChoices() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(PLACE));
    return kept && typeof kept.fields === "object" && Array.isArray(kept.clients) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** `choices` is plain data, or nothing to forget them. */
export function keepChoices(choices) {
  try {
    if (choices) sessionStorage.setItem(PLACE, JSON.stringify(choices));
    else sessionStorage.removeItem(PLACE);
  } catch {
    // Then a reload begins with the defaults.
  }
}
