// Hints about language: what the shell found in a text, what was dismissed, and how a rewording is put in.
//
// Hints are shown to whoever sits at the console and kept nowhere. That one was dismissed is remembered for its sentence
// in its post-mortem, on this computer only.

import type { ChainEnd } from "../shared/bindings/ChainEnd";
import type { Prose } from "../shared/bindings/Prose";

/** A sentence that speaks about people, and another way to say it. */
export interface Hint {
  class: string;
  /** Where the sentence begins and ends, in characters (code points) of the whole text. */
  start: number;
  end: number;
  /** Why the wording closes the conversation, in one sentence. */
  reason: string;
  /** The sentence said about the system; `null` where none can be built from it. */
  reword: string | null;
}

/** A hint with its place in the record. */
export interface FoundHint {
  place: string;
  text: string;
  hint: Hint;
}

/** Where an answer of a why-chain seems to end, and the words that say so. */
export interface EndSuggestion {
  ends_at: ChainEnd;
  reason: string;
}

/** An incident of the past that speaks of the same thing. */
export interface SimilarIncident {
  id: string;
  title: string;
  /** The day of it, in words. */
  happened: string | null;
  /** What speaks of it: a factor, a root cause, or the title itself. */
  text: string;
}

/** What an action lacks, each with a sentence that says how to put it. */
export interface ActionCheck {
  missing: ("verb" | "object" | "owner" | "due" | "criterion")[];
  hints: string[];
}

export type { Prose };

/** Returns the sentence that a hint is about. */
export function sentenceOf(text: string, hint: Hint): string {
  return [...text].slice(hint.start, hint.end).join("");
}

/** Returns the text with the sentence of a hint said in its other way. */
export function reworded(text: string, hint: Hint): string {
  if (hint.reword === null) return text;
  const characters = [...text];
  return [...characters.slice(0, hint.start), hint.reword, ...characters.slice(hint.end)].join("");
}

/** The sentences somebody has dismissed, by post-mortem. */
export class Dismissed {
  readonly #storage: Storage | undefined;

  constructor(storage: Storage | undefined) {
    this.#storage = storage;
  }

  has(record: string, sentence: string): boolean {
    return this.#of(record).includes(key(sentence));
  }

  add(record: string, sentence: string): void {
    if (this.has(record, sentence)) return;
    try {
      // The newest two hundred are enough for one record.
      const kept = [...this.#of(record), key(sentence)].slice(-200);
      this.#storage?.setItem(place(record), JSON.stringify(kept));
    } catch {
      // A window that may keep nothing shows the hint again; that is all.
    }
  }

  #of(record: string): string[] {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(place(record)) ?? "[]");
      return Array.isArray(kept) ? kept.filter((entry) => typeof entry === "string") : [];
    } catch {
      return [];
    }
  }
}

const place = (record: string): string => `debrief.hints.dismissed.${record}`;
const key = (sentence: string): string => sentence.trim().toLowerCase().replace(/\s+/g, " ");
