import { describe, expect, it } from "vitest";
import type { RailDot } from "../shared/bindings/RailDot";
import { railWindow } from "./rail";

function rail(count: number, current: number, gaps: number[] = []): RailDot[] {
  return Array.from({ length: count }, (_, place) => ({
    current: place === current,
    passed: place < current,
    gap: gaps.includes(place) ? `${place} min, no event` : null,
  }));
}

const said = (dots: RailDot[]): (string | null)[] =>
  railWindow(dots)
    .dots.filter(({ says }) => says)
    .map(({ dot }) => dot.gap);

describe("railWindow", () => {
  it.each([
    [24, 0, 0, 15],
    [24, 3, 0, 15],
    [24, 12, 8, 7],
    [24, 23, 15, 0],
    [9, 5, 0, 0],
    [3, 2, 0, 0],
  ])("of %d events around place %d leaves %d before and %d after", (count, current, before, after) => {
    const part = railWindow(rail(count, current));
    expect([part.before, part.after]).toEqual([before, after]);
    expect(part.dots).toHaveLength(Math.min(9, count));
    expect(
      part.dots.filter(({ dot }) => dot.current),
      "the current event is always on the rail",
    ).toHaveLength(1);
  });

  it("writes out one silence only, the nearest to the current event", () => {
    expect(said(rail(24, 12, [9, 11, 16]))).toEqual(["11 min, no event"]);
    expect(said(rail(24, 12, [9, 12]))).toEqual(["12 min, no event"]);
  });

  it("writes out no silence that lies before the first dot or outside the window", () => {
    expect(said(rail(24, 12, [8, 20]))).toEqual([]);
  });

  it("begins at the start when the event on the stage is not part of the walk", () => {
    expect(railWindow(rail(24, -1))).toMatchObject({ before: 0, after: 15 });
  });
});
