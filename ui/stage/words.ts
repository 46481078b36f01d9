// Words of the stage that are not sent with a picture.

import type { Helped } from "../shared/bindings/Helped";
import type { PreviousState } from "../shared/bindings/PreviousState";
import type { Priority } from "../shared/bindings/Priority";
import type { Section } from "../shared/bindings/Section";
import type { StagePicture } from "../shared/bindings/StagePicture";

export const SECTION_WORDS: Record<Section, string> = {
  opening: "Opening",
  timeline: "Timeline",
  "went-well": "What went well",
  "went-poorly": "What went poorly",
  "root-causes": "Root cause analysis",
  "action-items": "Action items",
  "wrap-up": "Wrap-up",
};

export const PRIORITY_WORDS: Record<Priority, string> = {
  must: "must",
  should: "should",
  "nice-to-have": "nice to have",
};

export const PREVIOUS_WORDS: Record<PreviousState, string> = {
  "not-reviewed": "Finished, still open, or do we drop it?",
  done: "Done.",
  "still-open": "Still open.",
  dropped: "Dropped.",
};

export const HELPED_WORDS: Record<Helped, string> = {
  yes: "It helped this time.",
  no: "It did not help this time.",
  "too-early": "Too early to say whether it helped.",
};

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** Writes a count as a word up to ten: `three`. */
export function numberWord(count: number): string {
  return NUMBERS[count] ?? String(count);
}

/** Writes a count with its noun: `1 note`, `13 notes`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Returns where in its section a picture is, for the footer: `7 of 24`; none for a picture that stands alone. */
export function positionWords(picture: StagePicture): string | undefined {
  switch (picture.type) {
    case "event":
    case "previous":
      return picture.number > 0 && picture.of > 1 ? `${picture.number} of ${picture.of}` : undefined;
    case "chain":
      return picture.position ?? (picture.of > 1 ? `chain ${picture.number} of ${picture.of}` : undefined);
    case "factors":
      return picture.position ?? undefined;
    case "notes":
    case "proposals":
      return pageWords(picture.from, picture.to, picture.total);
    default:
      return undefined;
  }
}

function pageWords(from: number, to: number, total: number): string | undefined {
  if (total === 0 || (from === 1 && to === total)) return undefined;
  return from === to ? `${to} of ${total}` : `${from}–${to} of ${total}`;
}
