// The words of the page that follow from a value: sections, kinds of notes, the connection, the clock.

import type { ActionCategory } from "../shared/bindings/ActionCategory";
import type { Failure } from "../shared/bindings/Failure";
import type { NoteKind } from "../shared/bindings/NoteKind";
import type { PhoneTask } from "../shared/bindings/PhoneTask";
import type { Priority } from "../shared/bindings/Priority";
import type { Section } from "../shared/bindings/Section";

export const SECTION: Readonly<Record<Section, string>> = {
  opening: "Opening",
  timeline: "Timeline",
  "went-well": "What went well",
  "went-poorly": "What went poorly",
  "root-causes": "Root cause analysis",
  "action-items": "Action items",
  "wrap-up": "Wrap-up",
};

const PRIORITY: Readonly<Record<Priority, string>> = {
  must: "Must",
  should: "Should",
  "nice-to-have": "Nice to have",
};

/** The longest note and the longest proposal, in characters. The room refuses what is longer. */
export const NOTE_LIMIT = 1_000;
export const PROPOSAL_LIMIT = 300;
/** The longest name, in characters. */
export const NAME_LIMIT = 60;

/** Returns the section a kind of note belongs to. */
export function sectionOf(kind: NoteKind): Section {
  switch (kind.type) {
    case "went-well":
    case "lucky":
      return "went-well";
    case "went-poorly":
      return "went-poorly";
    case "cause":
      return "root-causes";
    case "proposal":
      return "action-items";
  }
}

/** Returns the kind a note has when nothing else was chosen. */
export function usualKind(section: Section): NoteKind {
  switch (section) {
    case "went-well":
      return { type: "went-well" };
    case "root-causes":
      return { type: "cause" };
    case "action-items":
      return { type: "proposal", category: "prevention", priority: "should" };
    default:
      return { type: "went-poorly" };
  }
}

/** Says what a proposal does and how much it matters. */
export function proposalWords({
  category,
  priority,
}: {
  category: ActionCategory;
  priority: Priority;
}): string {
  return `${PRIORITY[priority]} · ${category}`;
}

/** Says the kind of a note, to stand before other words; nothing where its section has only one. */
export function kindWords(kind: NoteKind): string {
  switch (kind.type) {
    case "went-well":
      return "Went well · ";
    case "lucky":
      return "Where we got lucky · ";
    case "proposal":
      return `${proposalWords(kind)} · `;
    default:
      return "";
  }
}

/** Counts as the room does: characters, not the units of this language. */
export function lengthOf(text: string): number {
  return Array.from(text.trim()).length;
}

/** Says what is wrong with a name; nothing when it fits. */
export function nameProblem(name: string): string {
  return lengthOf(name) > NAME_LIMIT ? `A name has at most ${NAME_LIMIT} characters. Shorten it.` : "";
}

/** Says what happened and what to do; nothing when nothing failed. */
export function failureWords(failure: Failure | undefined): string {
  return failure === undefined ? "" : `${failure.message} ${failure.hint}`.trim();
}

export function dotsWords(count: number): string {
  return count === 1 ? "1 dot" : `${count} dots`;
}

export function peopleWords(count: number): string {
  return count === 1 ? "1 person" : `${count} people`;
}

/** Whether the room is reached, as far as the page can tell. */
export interface Connection {
  /** The phone itself says that it has a network. */
  online: boolean;
  /** The last exchange was answered. */
  reached: boolean;
}

/** Says in a few words how the page stands with the room; `task` is what is asked, once that is known. */
export function statusWords({ online, reached }: Connection, task: PhoneTask["type"] | undefined): string {
  if (!online) return "No network";
  if (!reached) return "Reconnecting";
  if (task === undefined) return "";
  const waits = task === "wait" || task === "look" || task === "result" || task === "adjourned";
  return waits ? "Connected · waiting for the facilitator" : "Connected";
}

/** Says what to do while the room is not reached, and what is kept; nothing when all is well. */
export function troubleWords({ online, reached }: Connection): string {
  if (online && reached) return "";
  const why = online
    ? "The laptop does not answer. The page keeps trying by itself."
    : "This phone has no network. Turn on its Wi-Fi; the page connects by itself.";
  return `${why} What you type is kept on this phone.`;
}

/** Says how far a ballot or an answer has come. `kept`: the room has one of this phone. */
export function sendingWords(busy: boolean, reached: boolean, kept: boolean, unchanged: boolean): string {
  if (busy)
    return reached ? "Sending" : "Not sent yet. It is kept here and sent as soon as the room answers.";
  if (unchanged) return "Sent ✓ You can change it until it is closed.";
  return kept ? "Changed, not sent yet. What you sent before still counts." : "";
}

/** A moment of a clock that is worth saying aloud. */
export type Milestone = "half" | "minute" | "zero";

/** Returns what a clock passed when it went from `before` to `after` milliseconds left; the latest, if several. */
export function passed(planned: number, before: number, after: number): Milestone | undefined {
  const crossed = (at: number): boolean => before > at && after <= at;
  if (crossed(0)) return "zero";
  if (crossed(60_000)) return "minute";
  // Half of a clock of two minutes or less would be said right before the last minute, or after it.
  return planned > 120_000 && crossed(planned / 2) ? "half" : undefined;
}

export function milestoneWords(milestone: Milestone): string {
  switch (milestone) {
    case "half":
      return "Half of the time is left.";
    case "minute":
      return "One minute left.";
    case "zero":
      return "The time is up. You can still finish your sentence.";
  }
}
