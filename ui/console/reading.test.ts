import { expect, it } from "vitest";
import { READING } from "./fixtures/texts";
import {
  guesses,
  needingALook,
  newEvents,
  reasonsOf,
  shownTime,
  untimed,
  withMade,
  type Reading,
} from "./reading";

const NOTHING: ReadonlySet<number> = new Set();

it("takes in every event but those left out, with the speaker as a private name", () => {
  const taken = newEvents(READING, new Set([0]));
  expect(taken.map(({ text }) => text)).not.toContain("Deployed client library 9.2 to checkout");
  expect(taken).toHaveLength(READING.events.length - 1);
  expect(taken.find(({ kind }) => kind === "escalation")).toMatchObject({
    actor_name: "sam",
    actor_role: null,
  });
});

it("calls a time unknown rather than exact when it was not settled", () => {
  expect(
    newEvents(READING, NOTHING).every(({ at, precision }) => at === null && precision === "unknown"),
  ).toBe(true);
  expect(untimed(READING, NOTHING)).toBe(6);
  expect(untimed(READING, new Set([1, 2]))).toBe(4);
});

it("walks all of a few events, and of many those that turn the story", () => {
  expect(newEvents(READING, NOTHING).every(({ key }) => key)).toBe(true);
  const many: Reading = { ...READING, events: [...READING.events, ...READING.events, ...READING.events] };
  const taken = newEvents(many, NOTHING);
  expect(taken.filter(({ kind }) => kind === "observation").every(({ key }) => !key)).toBe(true);
  expect(taken.filter(({ kind }) => kind === "decision").every(({ key }) => key)).toBe(true);
});

it("splits a wall clock into day and minute, whatever part is missing", () => {
  expect(shownTime("2026-05-06T14:23:05")).toEqual({ day: "2026-05-06", clock: "14:23" });
  expect(shownTime("--05-06T14:23")).toEqual({ day: "05-06", clock: "14:23" });
  expect(shownTime("T14:23")).toEqual({ day: "", clock: "14:23" });
  expect(shownTime("")).toEqual({ day: "", clock: "" });
});

it("suggests each milestone once, for the first taken event with a time", () => {
  const marked: Reading = {
    ...READING,
    events: READING.events.map((event, place) => ({
      ...event,
      at: place === 0 ? null : `2026-05-06T14:${10 + place}:00Z`,
      milestone: { mark: { type: "reached", milestone: "detected" }, words: "fired" },
    })),
  };
  expect(guesses(marked, new Set([1]))).toEqual([
    { milestone: "detected", at: "2026-05-06T14:12:00Z", text: "Errors at 4.8 %" },
  ]);
});

it("takes the kind that was chosen instead of the one that was suggested, and forgets its reason", () => {
  const kinds = new Map([[1, "detection"] as const]);
  expect(newEvents(READING, NOTHING, kinds)[1]?.kind).toBe("detection");
  const reasons = reasonsOf(READING, new Set([0]), kinds);
  expect([...reasons.values()]).toEqual(["paged", "decided", "down to"]);
});

it("says of each event why it needs a look, and of a settled one nothing", () => {
  const settled: Reading = {
    ...READING,
    doubts: [{ question: "weekday-disagrees", events: [1], sentence: "" }],
    events: READING.events.map((event, place) => ({
      ...event,
      at: place === 0 ? null : `2026-05-06T14:${10 + place}:00Z`,
    })),
  };
  expect([...needingALook(settled)]).toEqual([
    [0, "time open"],
    [1, "in doubt"],
    [2, "about"],
  ]);
});

it("makes events of lines without moving the places of the others", () => {
  const made = withMade(READING, new Set([5]));
  expect(made.events.slice(0, READING.events.length)).toEqual(READING.events);
  expect(made.events.at(-1)).toMatchObject({ line: 5, at: null, precision: "unknown" });
  expect(made.not_understood).toEqual([]);
});
