// Hints about language: what the shell found in a text, what was dismissed, and how a rewording is put in.
//
// Hints are shown to whoever sits at the console and are no part of the record. That one was dismissed is remembered for its
// sentence in its post-mortem: by this window's own storage, as a digest and never as text.

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
    this.#digestOld();
  }

  has(record: string, sentence: string): boolean {
    return this.#of(record).includes(digest(record, sentence));
  }

  add(record: string, sentence: string): void {
    if (this.has(record, sentence)) return;
    // The newest two hundred are enough for one record.
    this.#keep(record, [...this.#of(record), digest(record, sentence)].slice(-200));
  }

  /** Earlier versions kept the sentences themselves. */
  #digestOld(): void {
    for (const record of recordsIn(this.#storage)) {
      const kept = this.#of(record);
      if (kept.every((entry) => DIGEST.test(entry))) continue;
      this.#keep(
        record,
        kept.map((entry) => (DIGEST.test(entry) ? entry : digest(record, entry))),
      );
    }
  }

  #keep(record: string, digests: readonly string[]): void {
    try {
      this.#storage?.setItem(PREFIX + record, JSON.stringify(digests));
    } catch {
      // A window that may keep nothing shows the hint again; that is all.
    }
  }

  #of(record: string): string[] {
    try {
      const kept: unknown = JSON.parse(this.#storage?.getItem(PREFIX + record) ?? "[]");
      return Array.isArray(kept) ? kept.filter((entry) => typeof entry === "string") : [];
    } catch {
      return [];
    }
  }
}

/** Forgets what was dismissed in post-mortems other than these. */
export function forgetDismissed(storage: Storage | undefined, keep: ReadonlySet<string>): void {
  for (const record of recordsIn(storage)) if (!keep.has(record)) storage?.removeItem(PREFIX + record);
}

const PREFIX = "debrief.hints.dismissed.";
const DIGEST = /^[0-9a-f]{14}$/;

/** The post-mortems in which something was dismissed. */
function recordsIn(storage: Storage | undefined): string[] {
  return Array.from({ length: storage?.length ?? 0 }, (_, at) => storage?.key(at) ?? "")
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length));
}

/**
 * Returns a short digest (cyrb53) of a sentence, whatever its case and spaces; another one in every post-mortem. It hides the
 * words from whoever looks into the storage, not from whoever guesses the sentence.
 */
function digest(record: string, sentence: string): string {
  const text = `${record}\n${sentence.trim().toLowerCase().replace(/\s+/g, " ")}`;
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  const number = 0x1_0000_0000 * (low & 0x1f_ffff) + (high >>> 0);
  return number.toString(16).padStart(14, "0");
}
