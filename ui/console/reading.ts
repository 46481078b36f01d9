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

/** An event that was read and one of the timeline that may be the same. */
export interface Likeness {
  /** The event of the timeline. */
  event: number;
  /** The place in `Reading.events` of the one that was read. */
  new: number;
  /** Surely the same: the same instant and the same words. */
  sure: boolean;
  /** Why, in a sentence. */
  reason: string;
}

export interface Reading {
  events: ReadEvent[];
  doubts: Doubt[];
  not_understood: { line: number; text: string; reason?: string }[];
  zone: { name: string; words: string; line: number } | null;
  /** Which events the timeline may hold already; at most one for each. */
  likenesses?: Likeness[];
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

/** Kinds that the person has chosen instead of the suggested ones, by the place of the event. */
export type Kinds = ReadonlyMap<number, EventKind>;

/** Returns the kind of an event as it will be taken in. */
export function kindAt(reading: Reading, kinds: Kinds, place: number): EventKind {
  return kinds.get(place) ?? reading.events[place]?.kind ?? "observation";
}

/** Returns the events to add, without those left out (by their place). */
export function newEvents(
  reading: Reading,
  leftOut: ReadonlySet<number>,
  kinds: Kinds = new Map(),
): NewEvent[] {
  const events = reading.events.map((event, place) => ({ ...event, kind: kindAt(reading, kinds, place) }));
  const taken = events.filter((_, place) => !leftOut.has(place));
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

/** Returns the reading with some of the lines that were not understood as events without a time, at the end. */
export function withMade(reading: Reading, made: ReadonlySet<number>): Reading {
  const lines = reading.not_understood.filter(({ line }) => made.has(line));
  if (lines.length === 0) return reading;
  const events = lines.map(({ line, text }): ReadEvent => ({
    line,
    at: null,
    local: "",
    precision: "unknown",
    kind: "observation",
    kind_reason: "",
    actor: null,
    text: text.trim(),
    how: `Line ${line}, made an event by you; no time is written.`,
  }));
  return {
    ...reading,
    events: [...reading.events, ...events],
    not_understood: reading.not_understood.filter(({ line }) => !made.has(line)),
  };
}

/** Returns why an event needs a look, by its place, in a word or two; events whose time is settled are not in it. */
export function needingALook(reading: Reading): ReadonlyMap<number, string> {
  const doubtful = new Set(reading.doubts.flatMap(({ events }) => events));
  const found = new Map<number, string>();
  reading.events.forEach(({ at, local, precision }, place) => {
    if (at === null) found.set(place, local === "" ? "no time" : "time open");
    else if (doubtful.has(place)) found.set(place, "in doubt");
    else if (precision === "about") found.set(place, "about");
  });
  return found;
}

/** Names an event of the timeline for `reasonsOf`: by its kind and text, because it has no id until it is taken in. */
export function reasonKey(kind: EventKind, text: string): string {
  return `${kind} ${text}`;
}

/** Returns the words that suggested the kinds of the taken events, without those that the person chose. */
export function reasonsOf(reading: Reading, leftOut: ReadonlySet<number>, kinds: Kinds): Map<string, string> {
  const reasons = new Map<string, string>();
  reading.events.forEach(({ kind, kind_reason, text }, place) => {
    if (kind_reason === "" || leftOut.has(place) || kindAt(reading, kinds, place) !== kind) return;
    reasons.set(reasonKey(kind, text), kind_reason);
  });
  return reasons;
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

/** Returns the places of events that surely stand in the timeline already: left out unless the person takes them in. */
export function surelyThere(reading: Reading): ReadonlySet<number> {
  return new Set((reading.likenesses ?? []).filter(({ sure }) => sure).map((likeness) => likeness.new));
}
