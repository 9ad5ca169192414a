// Samples of several functions in turns, so that whatever else the machine does hits all alike. Runs in Node and in pages.

/**
 * @typedef {{ samples: number, budget: number }} Effort
 *   how many samples each gets at most, and after how many milliseconds one gets no more than the least
 * @typedef {{ value: number, samples: number, between?: [number, number] } | { error: string } | undefined} Cell
 *   `between` which the median of ever so many samples lies, in 19 of 20 runs
 */

/** The least, however slow it is: a median of fewer says nothing. */
const LEAST = 3;
/** For how many milliseconds each runs before it is measured. */
const WARM_UP = 1500;
/**
 * V8 optimizes a function of a wasm when some 13 MB of its code have run: what a call spends in many small ones is not there yet after 10,000
 * calls. So quick calls are made this often, or for this many milliseconds.
 */
const WARM_CALLS = 25_000;
const LONGEST_WARM_UP = 8000;
/** Milliseconds. */
const QUICK = 10;
/** A sample is repeated until it takes about this many milliseconds: pages' clocks tick in tenths of one. */
const LENGTH = 10;

/**
 * The median of one call of each, in milliseconds.
 * @param {Record<string, () => Promise<any>>} functions
 * @param {Effort} effort
 * @param {(result: any) => number} [told] for those that say themselves how long they took
 * @returns {Promise<Record<string, Cell>>}
 */
export async function inTurns(functions, { samples, budget }, told) {
  const all = [];
  const cells = {};
  for (const [name, run] of Object.entries(functions)) {
    try {
      all.push({ name, run, repeat: told ? (await run(), 1) : await warmUp(run), times: [], spent: 0 });
    } catch (error) {
      cells[name] = failed(error);
    }
  }
  for (let round = 0; round < samples; round++) {
    // Another one begins each time: none is always the one that runs after the slowest.
    for (const one of rotated(all, round)) {
      if (one.name in cells || (one.times.length >= LEAST && one.spent > budget)) continue;
      try {
        const time = told ? told(await one.run()) : await settled(one.run, one.repeat);
        one.spent += time;
        one.times.push(time / one.repeat);
      } catch (error) {
        cells[one.name] = failed(error);
      }
    }
  }
  for (const one of all) cells[one.name] ??= { value: median(one.times), samples: one.times.length, between: interval(one.times) };
  return cells;
}

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Of the median, by the order of the samples (half a binomial distribution's 95 %), whatever they are distributed like. */
function interval(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const below = Math.max(0, Math.floor(sorted.length / 2 - 0.98 * Math.sqrt(sorted.length)));
  return [sorted[below], sorted[sorted.length - 1 - below]];
}

/** @param {any} error @returns {{ error: string }} */
export function failed(error) {
  return { error: String(error?.message ?? error).split("\n")[0].trim() };
}

/** Runs it until compilers have had their chance, and gives how often one sample repeats it. */
async function warmUp(run) {
  let [spent, calls, repeat, each] = [0, 0, 1, 0];
  const isCold = () => each < QUICK && calls < WARM_CALLS && spent < LONGEST_WARM_UP;
  while (spent < WARM_UP || isCold()) {
    each = (await timed(run, repeat)) / repeat;
    spent += each * repeat;
    calls += repeat;
    // By what it took last: the first calls are the slowest.
    repeat = Math.max(1, Math.min(500, Math.round(LENGTH / Math.max(each, 0.005))));
  }
  return repeat;
}

/** After a call that is not timed where there are several: it pays for what the others have pushed out of caches and compilers. */
async function settled(run, repeat) {
  if (repeat > 1) await run();
  return timed(run, repeat);
}

async function timed(run, repeat) {
  const start = performance.now();
  for (let i = 0; i < repeat; i++) await run();
  return performance.now() - start;
}

function rotated(list, by) {
  const at = list.length ? by % list.length : 0;
  return [...list.slice(at), ...list.slice(0, at)];
}
