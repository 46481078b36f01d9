import { describe, expect, it } from "vitest";
import type { StageFactors } from "../shared/bindings/StageFactors";
import { ribs } from "./factors";

const group = (category: StageFactors["category"], count: number): StageFactors => ({
  category,
  factors: Array.from({ length: count }, (_, place) => `${category} ${place}`),
});

describe("ribs", () => {
  it("gives the lines in turn, so that a long category leaves room for the others", () => {
    const shared = ribs([group("technical", 9), group("process", 1), group("external", 3)], 5);
    expect(shared.map(({ factors, more }) => [factors.length, more])).toEqual([
      [2, 7],
      [1, 0],
      [2, 1],
    ]);
  });

  it("gives every category a factor even when lines run out", () => {
    const shared = ribs([group("technical", 2), group("process", 2)], 1);
    expect(shared.map(({ factors }) => factors)).toEqual([["technical 0"], ["process 0"]]);
  });

  it("loses none: what is not shown is counted", () => {
    const all = [group("technical", 5), group("communication", 4), group("organisation", 8)];
    const total = ribs(all, 7).reduce((sum, { factors, more }) => sum + factors.length + more, 0);
    expect(total).toBe(17);
  });
});
