import { describe, expect, it } from "vitest";
import type { ClockView } from "./bindings/ClockView";
import { clockWords, formatClock, paintedState, remaining, spentShare, type ClockState } from "./clock";

const MINUTE = 60_000;

function clock(state: ClockState, spent_ms: number, planned_ms = 10 * MINUTE): ClockView {
  return { planned_ms, spent_ms, running: state !== "armed" && state !== "paused", state };
}

describe("remaining", () => {
  it("counts from the moment the view was received", () => {
    expect(remaining(clock("running", 3 * MINUTE), 1000, 1000 + 48_000)).toBe(7 * MINUTE - 48_000);
  });

  it.each(["armed", "paused"] as const)("stands still while %s", (state) => {
    expect(remaining(clock(state, MINUTE), 0, 5 * MINUTE)).toBe(9 * MINUTE);
  });

  it.each(["warning", "final", "over"] as const)("goes on while %s", (state) => {
    expect(remaining(clock(state, 9 * MINUTE), 0, 2 * MINUTE)).toBe(-MINUTE);
  });

  it("stands still when stopped after its time, whatever the state says", () => {
    const stopped = { ...clock("over", 12 * MINUTE), running: false };
    expect(remaining(stopped, 0, 5 * MINUTE)).toBe(-2 * MINUTE);
  });

  it("counts a reading before the receipt as no time", () => {
    expect(remaining(clock("running", 0), 5000, 4000)).toBe(10 * MINUTE);
  });
});

describe("formatClock", () => {
  it.each([
    [372_000, "6:12"],
    [600_000, "10:00"],
    [599_999, "10:00"],
    [9_000, "0:09"],
    [1, "0:01"],
    [0, "0:00"],
    [-999, "0:00"],
    [-1_000, "+0:01"],
    [-80_000, "+1:20"],
    [3_900_000, "1:05:00"],
    [-3_661_000, "+1:01:01"],
  ])("writes %d ms as %s", (ms, text) => {
    expect(formatClock(ms)).toBe(text);
  });
});

describe("clockWords", () => {
  it.each<[ClockState, number, string]>([
    ["armed", 600_000, "not started"],
    ["running", 372_000, "7 min left"],
    ["running", 360_000, "6 min left"],
    ["warning", 120_000, "2 min left"],
    ["warning", 61_000, "2 min left"],
    ["final", 60_000, "last minute"],
    ["final", 1_000, "last minute"],
    ["final", 0, "time is up"],
    ["over", -80_000, "over by 1:20"],
    ["paused", 372_000, "paused"],
    ["paused", -80_000, "paused, over by 1:20"],
  ])("says %s at %d ms as %s", (state, ms, words) => {
    expect(clockWords(state, ms)).toBe(words);
  });
});

describe("paintedState", () => {
  it("passes zero without waiting for a newer view", () => {
    const final = clock("final", 9.5 * MINUTE);
    expect(paintedState(final, 0, 30_000)).toBe("final");
    expect(paintedState(final, 0, 31_000)).toBe("over");
  });

  it("leaves a paused clock paused, even over its time", () => {
    expect(paintedState(clock("paused", 12 * MINUTE), 0, MINUTE)).toBe("paused");
  });
});

describe("paintedState of a clock that was stopped after its time", () => {
  it("is paused, and the words still say by how much it is over", () => {
    const stopped = { ...clock("over", 10 * MINUTE + 80_000), running: false };
    expect(paintedState(stopped, 0, MINUTE)).toBe("paused");
    expect(clockWords("paused", remaining(stopped, 0, MINUTE))).toBe("paused, over by 1:20");
  });
});

describe("spentShare", () => {
  it("stays between nothing and everything", () => {
    expect(spentShare(clock("running", 0), 0, 0)).toBe(0);
    expect(spentShare(clock("running", 2.5 * MINUTE), 0, 0)).toBe(0.25);
    expect(spentShare(clock("over", 14 * MINUTE), 0, 0)).toBe(1);
  });

  it("takes a clock without a plan as spent", () => {
    expect(spentShare(clock("running", 0, 0), 0, 0)).toBe(1);
  });
});
