// What was typed on this phone and is not yet acknowledged by the room.
//
// It lies in the phone's own storage, one entry for each thing that can be unfinished, and goes when the room has
// acknowledged it, when the meeting has ended, or when somebody joins hours later: the address of the laptop may then
// serve another meeting. A browser that refuses storage gets a memory that lasts as long as the page.

import type { DraftId } from "../shared/bindings/DraftId";
import type { NoteKind } from "../shared/bindings/NoteKind";
import type { ProposalId } from "../shared/bindings/ProposalId";
import type { RoundId } from "../shared/bindings/RoundId";
import type { Section } from "../shared/bindings/Section";

/** A note being written. It keeps its name over a reload, so that sending it again cannot make a second note. */
export interface NoteDraft {
  draft: DraftId;
  kind: NoteKind;
  text: string;
}

/** Whether a note is new or a change of one that was sent: both can be unfinished in the same section. */
export type Slot = "new" | "edit";

/** Dots that are placed but not sent. */
export interface BallotDraft {
  round: RoundId;
  dots: [ProposalId, number][];
}

/** Answers that are given but not sent; `null` stands for a question not answered yet. */
export interface PollDraft {
  learned: boolean | null;
  again: boolean | null;
  spoke_freely: number | null;
  improve: string;
}

/** A note that never left this phone. */
export interface LeftOver {
  section: Section;
  slot: Slot;
  text: string;
}

const PREFIX = "debrief.";
const STALE_AFTER_MS = 3 * 60 * 60 * 1000;
const memory = new Map<string, string>();

export function readNote(section: Section, slot: Slot): NoteDraft | undefined {
  const found = read<NoteDraft>(`note.${slot}.${section}`);
  const usable =
    typeof found?.text === "string" && typeof found.draft === "string" && found.kind !== undefined;
  return usable ? found : undefined;
}

export function keepNote(section: Section, slot: Slot, note: NoteDraft): void {
  keep(`note.${slot}.${section}`, note);
}

export function dropNote(section: Section, slot: Slot): void {
  drop(`note.${slot}.${section}`);
}

/** Returns the notes that are still here; called where no section is open for writing. */
export function leftOvers(): LeftOver[] {
  const sections: Section[] = ["went-well", "went-poorly", "root-causes", "action-items"];
  const slots: Slot[] = ["new", "edit"];
  return sections
    .flatMap((section) => slots.map((slot) => ({ section, slot, text: readNote(section, slot)?.text ?? "" })))
    .filter(({ text }) => text.trim() !== "");
}

export function readBallot(round: RoundId): BallotDraft | undefined {
  const found = read<BallotDraft>("ballot");
  return found?.round === round && Array.isArray(found.dots) ? found : undefined;
}

export function keepBallot(ballot: BallotDraft): void {
  keep("ballot", ballot);
}

export function dropBallot(): void {
  drop("ballot");
}

export function readPoll(): PollDraft | undefined {
  const found = read<PollDraft>("poll");
  return typeof found?.improve === "string" ? found : undefined;
}

export function keepPoll(poll: PollDraft): void {
  keep("poll", poll);
}

export function dropPoll(): void {
  drop("poll");
}

/** Deletes everything unfinished. */
export function forgetDrafts(): void {
  for (const name of names()) drop(name);
}

/** Deletes what is hours old at `now`, a reading of `Date.now()`. */
export function forgetStaleDrafts(now: number): void {
  for (const name of names()) {
    const at = readEntry(name)?.at ?? 0;
    if (now - at > STALE_AFTER_MS) drop(name);
  }
}

function read<T>(name: string): T | undefined {
  // Whoever reads checks the shape: an older page may have written it.
  return readEntry(name)?.kept as T | undefined;
}

function readEntry(name: string): { at: number; kept: unknown } | undefined {
  try {
    // What is in memory is newer: it is there because storage refused it.
    const text = memory.get(name) ?? localStorage.getItem(PREFIX + name);
    return text === null ? undefined : (JSON.parse(text) as { at: number; kept: unknown });
  } catch {
    return undefined;
  }
}

function keep(name: string, kept: unknown): void {
  const text = JSON.stringify({ at: Date.now(), kept });
  try {
    localStorage.setItem(PREFIX + name, text);
    memory.delete(name);
  } catch {
    memory.set(name, text);
  }
}

function drop(name: string): void {
  memory.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Without storage there was only the memory.
  }
}

function names(): string[] {
  const found = new Set(memory.keys());
  try {
    for (let at = 0; at < localStorage.length; at += 1) {
      const key = localStorage.key(at);
      if (key?.startsWith(PREFIX)) found.add(key.slice(PREFIX.length));
    }
  } catch {
    // Without storage there was only the memory.
  }
  return [...found];
}
