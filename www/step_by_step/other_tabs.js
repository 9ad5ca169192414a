// A link from the CA opens a tab of its own, and the key waits in another one. The certificate, which is public, is told to that one.

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("mtls-certs certificates") : undefined;
const takers = [];
let taken = () => {};

/** `whenTaken` is called where another tab has the key and has taken them. */
export function tellOtherTabs(pems, whenTaken) {
  taken = whenTaken;
  channel?.postMessage({ pems });
}

/** `take` is given certificates that arrived elsewhere (PEM), and resolves to whether they are its own. */
export function whenTold(take) {
  takers.push(take);
}

channel?.addEventListener("message", async ({ data }) => {
  if (data?.taken) return taken();
  if (!Array.isArray(data?.pems) || !data.pems.every((pem) => typeof pem === "string")) return;
  for (const take of takers) if (await take(data.pems).catch(() => false)) channel.postMessage({ taken: true });
});
