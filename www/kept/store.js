// The CAs that somebody chose to keep in this browser, in IndexedDB, each with a key that no script can read and the list of what it issued.
// There is no database until the first is kept, and none after the last is deleted.

const NAME = "mtls-certs";
const STORE = "authorities";

/** The reason why none can be kept here, or "". */
export function whyNot() {
  if (!globalThis.crypto?.subtle) return "This page was not loaded over https or from this machine, so the browser gives it no keys that can’t be read.";
  if (!globalThis.indexedDB) return "This browser keeps nothing for this page.";
  return "";
}

/** All of them, the oldest first: `{ id, certificate, privateKey, keptAt, issued, revocationList }`. Never makes a database. */
export async function all() {
  if (whyNot()) return [];
  const database = await open(false).catch(() => undefined);
  if (!database) return [];
  const found = await within(database, "readonly", (store) => store.getAll());
  return found.sort((a, b) => a.keptAt - b.keptAt);
}

/** Keeps one. Its key must be one that no script can read. */
export async function keep({ certificate, privateKey, issued = [], revocationList }) {
  if (privateKey.privateKey?.extractable !== false) throw new Error("only a key that can’t be read is kept");
  const record = { id: crypto.randomUUID(), certificate, privateKey, keptAt: new Date(), issued, revocationList };
  await alone(async () => within(await open(true), "readwrite", (store) => store.add(record)));
  tell(record.id);
  // Browsers may else drop it when the disk is full. They decide; nothing here depends on it.
  await navigator.storage?.persist?.().catch(() => false);
  return record;
}

/**
 * Changes one, in one tab after the other: `work` is given the record as it is now, and gives what it is to be. Rejects where another tab has
 * deleted it.
 */
export async function change(id, work) {
  const changed = await navigator.locks.request(`${NAME} ${id}`, async () => {
    const record = (await all()).find((one) => one.id === id);
    if (!record) throw new Error(GONE);
    const next = await work(record);
    await replace(next);
    return next;
  });
  tell(id);
  return changed;
}

/** Never puts back what was deleted meanwhile. */
async function replace(record) {
  const database = await open(false);
  const there = database && (await within(database, "readwrite", (store) => {
    const reading = store.get(record.id);
    reading.onsuccess = () => reading.result && store.put(record);
    return reading;
  }));
  if (!there) throw new Error(GONE);
}

const GONE = "This CA is no longer kept in this browser: it was deleted in another tab.";

/** Deletes one, and the database with the last. */
export async function remove(id) {
  await alone(async () => {
    const database = await open(false);
    if (!database) return;
    const left = await within(database, "readwrite", (store) => (store.delete(id), store.count()));
    if (left === 0) await new Promise((resolve) => (indexedDB.deleteDatabase(NAME).onsuccess = resolve));
  });
  tell(id);
}

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("mtls-certs authorities") : undefined;
const tell = (id) => channel?.postMessage({ id });

/** `told` is given the id of each that another tab keeps, changes or deletes. */
export function whenChangedElsewhere(told) {
  channel?.addEventListener("message", ({ data }) => told(data?.id));
}

/** One tab at a time: deleting the database must not take along what another tab is about to keep. */
const alone = (work) => navigator.locks.request(NAME, work);

/** Undefined where there is none and none is to be made: an upgrade from nothing that is not wanted is undone. */
function open(make) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.onupgradeneeded = () => {
      if (make) opening.result.createObjectStore(STORE, { keyPath: "id" });
      else opening.transaction.abort();
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = (event) => {
      event.preventDefault();
      if (!make && opening.error?.name === "AbortError") resolve(undefined);
      else reject(opening.error);
    };
  });
}

function within(database, mode, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode);
    const request = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => {
      database.close();
      resolve(request.result);
    };
    transaction.onabort = () => {
      database.close();
      reject(transaction.error);
    };
  });
}
