// The Worker's side of background.js: one call of the package for each message.

import { certificates } from "./package.js";

self.addEventListener("message", async ({ data: { id, name, options } }) => {
  try {
    self.postMessage({ id, result: await (await certificates())[name](options) });
  } catch ({ code, message, field }) {
    self.postMessage({ id, error: { code, message, field } });
  }
});
self.postMessage({ ready: true });
