import { describe, expect, it } from "vitest";
import { countdownWord } from "./countdown";
import { sizesToTry } from "./fit";
import { lookOf } from "./look";
import { freelyWords } from "./poll";
import { positionWords } from "./words";

describe("positionWords", () => {
  const notes = { type: "notes" as const, section: "went-well" as const, notes: [] };

  it.each([
    [7, 12, 31, "7–12 of 31"],
    [31, 31, 31, "31 of 31"],
    [1, 3, 3, undefined],
    [1, 0, 0, undefined],
  ])("says of notes %d to %d of %d: %s", (from, to, total, words) => {
    expect(positionWords({ ...notes, from, to, total })).toBe(words);
  });

  it("says nothing of an event that is not part of the walk", () => {
    const event = { type: "event", number: 0, of: 24 } as Parameters<typeof positionWords>[0];
    expect(positionWords(event)).toBeUndefined();
  });
});

describe("countdownWord", () => {
  it.each([
    ["running", 60_000, "left"],
    ["final", 0, "time is up"],
    ["over", -999, "time is up"],
    ["over", -1000, "over time"],
    ["paused", 60_000, "left, paused"],
    ["paused", -60_000, "over, paused"],
    ["armed", 60_000, "not started"],
  ] as const)("says of %s at %d ms: %s", (state, left, word) => {
    expect(countdownWord(state, left)).toBe(word);
  });
});

describe("sizesToTry", () => {
  it("begins at the chosen size and never goes below the floor", () => {
    expect(sizesToTry(8, 6)).toEqual([8, 7, 6]);
    expect(sizesToTry(6, 6)).toEqual([6]);
    expect(sizesToTry(6, 4.5)).toEqual([6, 5.25, 4.5]);
    expect(sizesToTry(4.5, 6), "the small size is a choice of the room").toEqual([4.5]);
  });
});

describe("lookOf", () => {
  it("takes what it does not know for light and medium", () => {
    expect(lookOf({ dataset: { theme: "dark", size: "l" } })).toEqual({ theme: "dark", size: "l" });
    expect(lookOf({ dataset: { theme: "sepia" } })).toEqual({ theme: "light", size: "m" });
  });
});

it("how freely people spoke is said as a count of fours and fives", () => {
  expect(freelyWords([1, 0, 1, 2, 3])).toBe("5 of 7 gave 4 or 5 of 5");
});
