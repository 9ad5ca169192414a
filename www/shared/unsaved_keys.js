// Which keys are only in this tab, and would be gone with it. Whoever closes the tab is asked first.

const groups = new Set();

window.addEventListener("beforeunload", (event) => {
  if ([...groups].some((group) => group.names.length > 0)) event.preventDefault();
});

/** The keys of one result. `changed` is called with the names that are left. */
export class UnsavedKeys {
  #names = new Set();
  #changed;

  constructor(changed = () => {}) {
    this.#changed = changed;
    groups.add(this);
  }

  get names() {
    return [...this.#names];
  }

  add(name) {
    this.#names.add(name);
    this.#changed(this.names);
  }

  /** It was downloaded or copied. */
  saved(name) {
    if (this.#names.delete(name)) this.#changed(this.names);
  }

  /** Another result takes the place of this one. */
  clear() {
    this.#names.clear();
    this.#changed(this.names);
  }
}
