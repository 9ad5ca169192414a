// @ts-check
// Many at once: signatures in flight together, as many as keep the platform busy and no more, and the page free in between.

/**
 * The wasm's part of a certificate takes about as long as a signature, so that a few keep both busy. More would not be faster, and
 * as their signatures come back together, a page would stand still for the wasm's part of them all.
 */
const IN_FLIGHT = 8;
/** In-page crypto does not wait, so it has to be stopped for the page to move. */
const LONGEST_STRETCH_MS = 12;

/**
 * Runs `work` over the items, several in flight. What it returns is kept by index. What it rejects with ends all: nothing more is begun,
 * what is in flight is waited for, so that nothing happens after the call has ended, and then the whole rejects.
 * @template T, R
 * @param {T[]} items
 * @param {(item: T, index: number) => Promise<R>} work
 * @param {{ signal?: AbortSignal, inFlight?: number }} [options]
 * @returns {Promise<R[]>}
 */
export async function each(items, work, { signal, inFlight = IN_FLIGHT } = {}) {
  /** @type {R[]} */
  const results = new Array(items.length);
  let next = 0;
  let rested = performance.now();
  /** @type {Promise<void> | undefined} */
  let resting;
  /** @type {{ error: unknown } | undefined} */
  let failure;
  const step = async () => {
    signal?.throwIfAborted();
    if (performance.now() - rested > LONGEST_STRETCH_MS) {
      // One rest for all: with one for each, every turn of the event loop would go to another of them, and none to the page.
      resting ??= rest().then(() => {
        rested = performance.now();
        resting = undefined;
      });
      return resting;
    }
    const index = next++;
    results[index] = await work(items[index], index);
  };
  const run = async () => {
    try {
      while (next < items.length && !failure) await step();
    } catch (error) {
      failure ??= { error };
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, items.length) }, run));
  if (failure) throw failure.error;
  return results;
}

/** A turn of the event loop; promises alone give none, and timers are slowed down when they follow each other. */
function rest() {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve(undefined);
    };
    port2.postMessage(undefined);
  });
}
