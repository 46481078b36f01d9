// A reading of `performance.now()` that repaints whoever reads it.
//
// One interval serves all clocks of a page and runs only while something on the screen reads it.

import { createSubscriber } from "svelte/reactivity";

/** Four paints a second: no second is ever skipped on the screen. */
const PAINT_EVERY_MS = 250;

const follow = createSubscriber((repaint) => {
  const timer = setInterval(repaint, PAINT_EVERY_MS);
  return () => clearInterval(timer);
});

/** Returns `performance.now()`; inside an effect or a template it is read again four times a second. */
export function now(): number {
  follow();
  return performance.now();
}
