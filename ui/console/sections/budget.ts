// How many dots each voter gets, unless the facilitator says otherwise.

import type { Budget } from "../../shared/bindings/Budget";

/** Returns `min(5, m−1, ⌈m/3⌉+1)` dots for m options, two at most on one option, one when there are fewer than five. */
export function suggestedBudget(options: number): Budget {
  const dots = Math.max(1, Math.min(5, options - 1, Math.ceil(options / 3) + 1));
  return { dots, per_option: Math.min(dots, options < 5 ? 1 : 2) };
}
