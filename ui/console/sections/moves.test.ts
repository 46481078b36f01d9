import { describe, expect, it } from "vitest";
import type { WhyStep } from "../../shared/bindings/WhyStep";
import { branchFrom, placeAfter } from "./moves";

const step = (id: number, parent: number | null): WhyStep => ({
  id,
  parent,
  answer: `answer ${id}`,
  evidence: "",
  ends_at: null,
});
// 1 with 2, 3 and 4 below it, 5 below 3; 6 beside 1.
const STEPS = [step(1, null), step(2, 1), step(3, 1), step(4, 1), step(5, 3), step(6, null)];
const from = (id: number) => STEPS.find((step) => step.id === id)!;

describe("an answer that is moved with a key", () => {
  it.each([
    [3, "up", { parent: 1, before: 2 }],
    [3, "down", { parent: 1, before: null }],
    [2, "down", { parent: 1, before: 4 }],
    [3, "in", { parent: 2, before: null }],
    [5, "out", { parent: 1, before: 4 }],
    [4, "out", { parent: null, before: 6 }],
  ] as const)("%d goes %s", (id, direction, place) => {
    expect(placeAfter(STEPS, from(id), direction)).toEqual(place);
  });

  it.each([
    [2, "up"],
    [4, "down"],
    [2, "in"],
    [1, "out"],
  ] as const)("%d cannot go %s", (id, direction) => {
    expect(placeAfter(STEPS, from(id), direction)).toBeUndefined();
  });
});

describe("the question that is asked once more", () => {
  it("is the one before the last answer of a branch, and one further up with each press", () => {
    expect(branchFrom(STEPS, 5, undefined)).toBe(3);
    expect(branchFrom(STEPS, 5, 3)).toBe(1);
    expect(branchFrom(STEPS, 5, 1)).toBeNull();
    expect(branchFrom(STEPS, 5, null), "the symptom is the end of the way up").toBeNull();
  });

  it("is the one about the answer in focus where that was answered", () => {
    expect(branchFrom(STEPS, 3, undefined)).toBe(3);
    expect(branchFrom(STEPS, null, undefined)).toBeNull();
  });
});
