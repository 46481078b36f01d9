// What the shell read from a pasted timeline, and how it becomes events.
//
// The reader answers with every line accounted for: events, doubts that one answer settles, lines it did not
// understand. Nothing is dropped in silence, so this side only chooses what is taken in.

import type { EventKind } from "../shared/bindings/EventKind";
import type { Milestone } from "../shared/bindings/Milestone";
import type { NewEvent } from "../shared/bindings/NewEvent";
import type { Precision } from "../shared/bindings/Precision";

/** An event as read. */
export interface ReadEvent {
  line: number;
  /** The instant, once text and answers leave no doubt. */
  at: string | null;
  /** The wall clock as far as it is known: `2026-05-06T14:23`, `--05-06T14:23`, `T14:23`, or empty. */
  local: string;
  precision: Precision;
  kind: EventKind;
  /** The words that suggested the kind; empty when none did. */
  kind_reason: string;
  actor: string | null;
  text: string;
  /** How the time was read, as a short sentence. */
  how: string;
  /** The milestone that its words suggest; stakeholders may be told several times. */
  milestone?: {
    mark: { type: "reached"; milestone: Milestone } | { type: "stakeholders-told" };
    words: string;
  } | null;
}

/** A question that settles the times of several events. */
export interface Doubt {
  question:
    | "missing-zone"
    | "ambiguous-zone"
    | "missing-date"
    | "missing-year"
    | "day-month-order"
    | "am-pm"
    | "clock-goes-back"
    | "weekday-disagrees"
    | "skipped-by-daylight-saving"
    | "repeated-by-daylight-saving";
  /** Places in `Reading.events`. */
  events: number[];
  sentence: string;
  choices?: string[];
}

export interface Reading {
  events: ReadEvent[];
  doubts: Doubt[];
  not_understood: { line: number; text: string; reason?: string }[];
  zone: { name: string; words: string; line: number } | null;
}

/** What the person has answered; sent along with the text. */
export interface Answers {
  zone: string | null;
  date: string | null;
  day_first: boolean | null;
  unmarked_hours: "as-written" | "after-noon" | null;
  repeated: "first" | "second" | null;
  clock_goes_back: "next-day" | "same-day" | null;
}

export const NO_ANSWERS: Answers = {
  zone: null,
  date: null,
  day_first: null,
  unmarked_hours: null,
  repeated: null,
  clock_goes_back: null,
};

/** Up to this many events are all walked through; of more, those whose kind usually turns the story. */
const WALK_ALL_UP_TO = 12;

const TURNS: ReadonlySet<EventKind> = new Set<EventKind>([
  "trigger",
  "change",
  "detection",
  "alert",
  "decision",
  "escalation",
  "mitigation",
  "recovery",
]);

/** Returns the events to add, without those left out (by their place). */
export function newEvents(reading: Reading, leftOut: ReadonlySet<number>): NewEvent[] {
  const taken = reading.events.filter((_, place) => !leftOut.has(place));
  return taken.map((event) => ({
    at: event.at,
    precision: event.at === null ? "unknown" : event.precision,
    kind: event.kind,
    text: event.text,
    actor_name: event.actor,
    actor_role: null,
    known_then: null,
    key: taken.length <= WALK_ALL_UP_TO || TURNS.has(event.kind),
  }));
}

/** Splits the wall clock of an event into what the preview shows; a missing part is empty. */
export function shownTime(local: string): { day: string; clock: string } {
  const [day = "", clock = ""] = local.split("T");
  return { day: day.replace(/^--/, ""), clock: clock.slice(0, 5) };
}

/** Returns how many events have no settled time yet. */
export function untimed(reading: Reading, leftOut: ReadonlySet<number>): number {
  return reading.events.filter((event, place) => event.at === null && !leftOut.has(place)).length;
}

/** A milestone that the words of a taken event suggest; the event is known by its text and time until it has an id. */
export interface Guess {
  milestone: Milestone;
  at: string;
  text: string;
}

/** Returns the first guess for each milestone among the events that have a time. */
export function guesses(reading: Reading, leftOut: ReadonlySet<number>): Guess[] {
  const found = new Map<Milestone, Guess>();
  reading.events.forEach(({ milestone, at, text }, place) => {
    if (milestone?.mark.type !== "reached" || at === null || leftOut.has(place)) return;
    const reached = milestone.mark.milestone;
    if (!found.has(reached)) found.set(reached, { milestone: reached, at, text });
  });
  return [...found.values()];
}
