import { expect, it } from "vitest";
import { suggestedBudget } from "./budget";

// The formula of the product: min(5, m−1, ⌈m/3⌉+1) dots, two at most on one, one when there are fewer than five options.
it.each([
  [2, 1, 1],
  [3, 2, 1],
  [4, 3, 1],
  [5, 3, 2],
  [6, 3, 2],
  [9, 4, 2],
  [12, 5, 2],
  [30, 5, 2],
])("%i options give %i dots, at most %i on one", (options, dots, per_option) => {
  expect(suggestedBudget(options)).toEqual({ dots, per_option });
});
