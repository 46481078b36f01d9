// Shares the lines of the fishbone between its ribs.

import type { FactorCategory } from "../shared/bindings/FactorCategory";
import type { StageFactors } from "../shared/bindings/StageFactors";

export interface Rib {
  category: FactorCategory;
  factors: string[];
  /** Factors of this category without a line of their own. */
  more: number;
}

/** Returns every category with at least one factor each; lines are given in turn, so that no category takes them all. */
export function ribs(categories: StageFactors[], lines: number): Rib[] {
  const given = categories.map(() => 0);
  let left = lines;
  let gave = true;
  while (left > 0 && gave) {
    gave = false;
    for (const [place, { factors }] of categories.entries()) {
      if (left > 0 && given[place]! < factors.length) {
        given[place]! += 1;
        left -= 1;
        gave = true;
      }
    }
  }
  return categories.map(({ category, factors }, place) => {
    const shown = Math.max(1, given[place]!);
    return { category, factors: factors.slice(0, shown), more: Math.max(0, factors.length - shown) };
  });
}
