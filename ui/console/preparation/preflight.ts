// What the pre-flight looks at before the meeting starts. Nothing of it stops anybody.
//
// What is missing in the record is decided by the meeting and arrives in the view; the room, the phones and the
// displays are known only here.

import type { ConsoleView } from "../../shared/bindings/ConsoleView";
import type { ConsoleWindow } from "../../shared/bindings/ConsoleWindow";
import type { MissingFact } from "../../shared/bindings/MissingFact";
import { counted, SEVERITIES, wordOf } from "../words";

export interface PreflightItem {
  name: string;
  /** `look` works as it is and is worth a second look. */
  state: "done" | "open" | "look";
  /** How it stands, in a word or two. */
  word: string;
  /** The id of the part of the document where it is filled in; empty when there is none. */
  place: string;
  /** One sentence; empty when the name says it all. */
  why: string;
}

/** Where each fact is filled in; what is not listed comes in the meeting. */
export const PLACES: Readonly<Partial<Record<MissingFact, string>>> = {
  timeline: "timeline",
  date: "timeline",
  "key-events": "timeline",
  title: "incident",
  severity: "incident",
  summary: "incident",
  impact: "impact",
  milestones: "milestones",
  facilitator: "roles",
  "note-taker": "roles",
  neutrality: "neutrality",
  invited: "schedule",
};

/** Returns every check in the order of the document. */
export function preflight(view: ConsoleView, window: ConsoleWindow): PreflightItem[] {
  const { incident } = view;
  const invited = incident.lists.invited ?? [];
  const facts: readonly (readonly [MissingFact, string, string, string])[] = [
    ["timeline", "Timeline", counted(view.timeline.length, "event"), "Paste what you have."],
    ["severity", "Severity", wordOf(SEVERITIES, incident.severity), ""],
    ["impact", "Impact", "recorded", "Which services, and who or how many."],
    ["milestones", "Milestones", "recorded", "When impact started, and when it was mitigated or resolved."],
    ["facilitator", "Facilitator", "chosen", ""],
    ["note-taker", "Note-taker", "chosen", "Somebody other than the facilitator."],
    ["neutrality", "Neutrality", "answered", "Three short questions."],
    ["invited", "Everyone invited", counted(invited.length, "invited", "invited"), uninvitedWords(view)],
  ];
  const named = facts.map(([fact, name, word, why]): PreflightItem => {
    const place = PLACES[fact] ?? "";
    return isMissing(view, fact)
      ? { name, state: "open", word: "to do", place, why }
      : { name, state: "done", word, place, why: "" };
  });
  const others = view.missing_for_meeting
    .filter(({ fact }) => !facts.some(([other]) => other === fact))
    .map(({ fact, words }): PreflightItem => ({
      name: words,
      state: "open",
      word: "to do",
      place: PLACES[fact] ?? "",
      why: "",
    }));
  return [...named, ...others, minutes(view), phone(view), display(window)];
}

const isMissing = (view: ConsoleView, fact: MissingFact): boolean =>
  view.missing_for_meeting.some((other) => other.fact === fact);

function uninvitedWords(view: ConsoleView): string {
  const count = view.uninvited.length;
  if (count === 0) return "Nobody is on the list yet.";
  return count === 1
    ? "One person named in the incident is not."
    : `${count} people named in the incident are not.`;
}

function minutes(view: ConsoleView): PreflightItem {
  const total = view.agenda.reduce((sum, item) => sum + item.planned_minutes, 0);
  const length = view.cautions.find((caution) => caution.type === "length");
  const why = view.minutes_proposal?.sentence ?? length?.sentence ?? "";
  return { name: "Minutes", state: why === "" ? "done" : "look", word: `${total} min`, place: "agenda", why };
}

function phone(view: ConsoleView): PreflightItem {
  const joined = view.people.filter((person) => person.phone).length;
  const count = Math.max(joined, view.room?.connected ?? 0);
  const name = "A phone has joined";
  if (count > 0) return { name, state: "done", word: counted(count, "phone"), place: "room", why: "" };
  return {
    name,
    state: "open",
    word: view.room === null ? "room closed" : "none yet",
    place: "room",
    why: "Try it with your own: then you know that this network lets phones in.",
  };
}

function display({ displays, stage_open }: ConsoleWindow): PreflightItem {
  if (displays > 1) return { name: "Second display", state: "done", word: "found", place: "room", why: "" };
  return {
    name: "Second display",
    state: "look",
    word: "not found",
    place: "room",
    why: stage_open
      ? "One display: the stage is a window. Share it in the call, or plug in a projector."
      : "One display: F5 opens the stage as a window. Share it in the call, or plug in a projector.",
  };
}
