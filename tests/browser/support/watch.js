// Runs in the page: the package as `certs`, and a watch on the page's own thread as `watched`.
import * as certs from "/pkg/index.js";

/**
 * Does the work, and tells what the page's thread did meanwhile, in milliseconds: the longest task (0 where none took over 50, for
 * those are not reported), and the longest time without a heartbeat, in which other processes have a part too.
 */
async function watched(work) {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: "longtask" });
  let [gap, last, on] = [0, performance.now(), true];
  const beat = () => {
    const now = performance.now();
    gap = Math.max(gap, now - last);
    last = now;
    if (on) setTimeout(beat);
  };
  beat();
  // So that nothing of before counts: the call begins in a task of its own.
  await new Promise((resolve) => setTimeout(resolve, 20));
  [gap, longest] = [0, 0];
  const began = performance.now();
  let result, error;
  try {
    result = await work();
  } catch (thrown) {
    error = { name: thrown.name, code: thrown.code, field: thrown.field, message: thrown.message };
  }
  const took = performance.now() - began;
  // The report of a task comes after it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  on = false;
  observer.disconnect();
  return { result, error, took: Math.round(took), longest: Math.round(longest), gap: Math.round(gap) };
}

Object.assign(window, { certs, watched });
