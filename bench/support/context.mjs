// What subjects share: the peers that can be used here, the effort, and the notes below the tables.
import { PEERS } from "../peers/index.mjs";
import { failed } from "./measure.mjs";

/**
 * @param {{ quick: boolean, chromium?: string, withoutChromium?: string }} options
 */
export function context({ quick, chromium, withoutChromium }) {
  const modules = new Map();
  const notes = new Set();
  const load = async (name) => {
    if (!modules.has(name)) modules.set(name, PEERS[name].load().catch((error) => ({ failed: failed(error).error })));
    return modules.get(name);
  };
  return {
    quick,
    chromium,
    withoutChromium,
    notes,
    /** @param {string} row @param {string} name @param {string} error */
    note: (row, name, error) => notes.add(`${row}, ${PEERS[name]?.title ?? name}: ${error}`),
    /** With `--quick` a look, else a measurement. */
    effort: (samples, seconds) => (quick ? { samples: Math.min(samples, 5), budget: 500 } : { samples, budget: seconds * 1000 }),

    /**
     * A function for each of the peers that can do it, tried and judged; a peer that fails has an error in place of it.
     * @param {string} row
     * @param {string[]} names
     * @param {(peer: any, name: string) => Promise<{ run: () => Promise<any>, check?: (result: any) => void } | undefined>} prepare
     */
    async functions(row, names, prepare, { inPage = false } = {}) {
      const functions = {};
      const cells = {};
      for (const name of names) {
        try {
          // A page loads its own.
          const peer = inPage ? {} : await load(name);
          if (peer.failed) throw new Error(peer.failed);
          const ready = await prepare(peer, name);
          const result = ready && (await ready.run());
          if (result === undefined) continue;
          ready.check?.(result);
          functions[name] = ready.run;
        } catch (error) {
          cells[name] = failed(error);
          this.note(row, name, cells[name].error);
        }
      }
      return { functions, cells };
    },
  };
}
