// Work of the package that would hold up the page, done in a Worker: deriving keys from passphrases takes in-page crypto a second.

import { CertificateError, certificates } from "./package.js";
import { startWorker } from "./worker.js";

let worker;
let next = 0;
const waiting = new Map();

/** Calls the package's function in the background. Where there is no Worker, it is called here. */
export async function inBackground(name, options) {
  worker ??= start();
  const running = await worker;
  if (!running) return (await certificates())[name](options);
  return new Promise((resolve, reject) => {
    waiting.set(++next, { resolve, reject });
    running.postMessage({ id: next, name, options });
  });
}

/** Loads what the Worker needs, so that it works once the network is gone. */
export async function warmUp() {
  await inBackground("createTrustStore", {}).catch(() => {});
}

// Resolves with nothing where the Worker can't be had, which is known only once it has answered, or failed to.
function start() {
  return new Promise((resolve) => {
    let started;
    try {
      started = startWorker();
    } catch {
      return resolve();
    }
    started.addEventListener("error", () => resolve());
    started.addEventListener("message", ({ data }) => {
      if (data.ready) return resolve(started);
      const { resolve: done, reject } = waiting.get(data.id);
      waiting.delete(data.id);
      if (!data.error) return done(data.result);
      const { code, message, field } = data.error;
      reject(code ? new CertificateError(code, message, field) : new Error(message));
    });
  });
}
