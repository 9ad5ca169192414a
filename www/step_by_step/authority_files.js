// A CA from its files: its certificate and its key, and the revocation list to go on from.

import { materialField } from "../material/material_field.js";
import { badge, called, day } from "../material/words.js";
import { announce, element } from "../shared/dom.js";
import { certificates } from "../shared/package.js";
import { laterOf } from "./revoking.js";

/**
 * A field that takes them. `current()` is the CA in use, and `adopt` is given a list that came for it; `take` is given another CA, and throws where the
 * one in use is not to be given up.
 */
export function authorityFiles({ current, adopt, take }) {
  let found = {};
  const note = element("div", { className: "load-note" });
  const field = materialField({
    label: "ca.crt and ca.key",
    hint: "Both at once or one after the other; an encrypted key asks for its passphrase. With the CA’s last revocation list (.crl), the next one goes on from it.",
    accept: ".crt,.pem,.cer,.der,.key,.p8,.p12,.pfx,.crl",
    multiple: true,
    async take(pieces) {
      const certs = pieces.filter(({ details }) => details?.type === "certificate");
      const key = pieces.find(({ details }) => details?.type === "privateKey");
      const list = pieces.find(({ details }) => details?.type === "crl");
      if (certs.length === 0 && !key && !list) throw new Error(`${pieces[0].name} is neither a certificate nor a private key. A CA is loaded from its two files, ca.crt and ca.key.`);
      if (certs.length > 0) found.certs = certs;
      if (key) found.key = key;
      if (list) found.list = list;
      if (!found.certs && !found.key && isOfCurrent(list)) return goOnFrom(list);
      if (!found.certs || !found.key) return wait((key ?? certs[0] ?? list).name);
      note.replaceChildren();
      const given = found;
      // A key or list that does not fit is given again; the certificate is still here then.
      found = { certs: certs.length > 0 && key ? undefined : given.certs };
      const ready = await loaded(given);
      if (isCurrent(ready)) await goOnWith(ready, given.list);
      else await take(ready);
      found = {};
    },
  });

  function wait(name) {
    const missing = found.certs ? "its private key, ca.key" : found.key ? "its certificate, ca.crt" : "its certificate and its key, ca.crt and ca.key";
    announce(`Taken. Now add ${missing}.`);
    note.replaceChildren(element("p", { className: "waiting" }, badge(`${name} is taken`, "good"), ` Now add ${missing}.`));
  }

  const isCurrent = ({ details }) => current()?.details.fingerprints.sha256 === details.fingerprints.sha256;
  const isOfCurrent = ({ details }) => current()?.details.subject.text === details.issuer.text;

  /** What it has issued here stays in its list. */
  async function goOnWith({ details }, list) {
    if (list) return goOnFrom(list);
    const words = `${called(details.subject)} is in use already.`;
    announce(words);
    note.replaceChildren(element("p", { className: "waiting", textContent: words }));
  }

  async function goOnFrom(list) {
    found = {};
    note.replaceChildren();
    await adopt(list.content);
    const { name, details } = list;
    const words = `The next revocation list goes on from it: ${details.revoked.length === 1 ? "one certificate is" : `${details.revoked.length} certificates are`} revoked.`;
    announce(`${name} is taken. ${words}`);
    note.replaceChildren(element("p", { className: "waiting" }, badge(`${name} is taken`, "good"), ` ${words}`));
  }

  field.append(note);
  return field;
}

async function loaded({ certs, key, list }) {
  const { matchKey } = await certificates();
  const privateKey = key.passphrase && key.details.encrypted ? { pem: key.content, passphrase: key.passphrase } : key.content;
  let own;
  for (const piece of certs) {
    const { matches } = await matchKey({ certificate: piece.content, privateKey });
    if (matches) own = piece;
  }
  if (!own) throw new Error(`${key.name} is not the key of ${certs[0].name}: the two do not belong together.`);
  if (!own.details.basicConstraints?.ca) throw new Error(`${own.name} is the certificate of ${called(own.details.subject)}, which is no CA: it may not sign others.`);
  if (own.details.notAfter < new Date()) throw new Error(`This CA ended on ${day(own.details.notAfter)}: nothing that it signs would be accepted.`);
  // The key's own first, and those above it.
  const chain = [own, ...certs.filter((piece) => piece !== own)].map(({ content }) => content);
  const certificate = chain.length === 1 ? chain[0] : chain.join("");
  if (list && list.details.issuer.text !== own.details.subject.text) {
    throw new Error(`${list.name} is a revocation list of ${called(list.details.issuer)}, and not of ${called(own.details.subject)}.`);
  }
  const revocationList = list && (await laterOf({ certificate, privateKey }, list.content));
  return { certificate, privateKey, details: own.details, issued: [], revocationList, isLoaded: true };
}
