// The text of app_bob.js for the .zip: the project's own example, at the address that it has in the checkout and from `cargo xtask serve`.

const APP_BOB = new URL("../../examples/app_bob/app_bob.js", import.meta.url);
let text;

/** Fetched with the page, so that it is here when the network is gone. A fetch that failed is tried again. */
export function appBob() {
  text ??= fetch(APP_BOB, { cache: "no-cache" }).then((response) => {
    if (!response.ok) throw new Error(`app_bob.js can't be fetched: ${response.status}`);
    return response.text();
  });
  text.catch(() => (text = undefined));
  return text;
}
