// Says what no module can say: that one of them did not arrive, and the page with it. A script of its own and none of theirs, which runs before
// them. As long as #loading is there, the page is not (both_sides/index.js takes it away).

addEventListener("error", ({ target, message }) => {
  const loading = document.getElementById("loading");
  if (!loading || (target !== window && target.localName !== "script")) return;
  loading.hidden = true;
  // A script that runs and fails has a message, one that was not found has none.
  document.getElementById("failure").textContent = message
    ? `This page does not run in this browser (${message}). A newer one may help.`
    : "A part of the page did not arrive; reload it.";
}, true);
