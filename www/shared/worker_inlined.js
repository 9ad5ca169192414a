// In place of worker.js in the single-file version: the page's own script once more, which is the Worker where there is no document
// (single_file.js). A Worker can't be loaded from file://, but from the page's memory.

export function startWorker() {
  const script = document.querySelector("script").textContent;
  return new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), { type: "module" });
}
