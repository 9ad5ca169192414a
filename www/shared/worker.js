// The Worker of background.js, from its file.

export function startWorker() {
  return new Worker(new URL("./background_worker.js", import.meta.url), { type: "module" });
}
