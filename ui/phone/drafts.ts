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

/** Where something can be left unsent: in a section, or in what was meant for the facilitator alone. */
export type Unsent = Section | "confided";

/** What never left this phone. */
export interface LeftOver {
  place: Unsent;
  slot: Slot;
  text: string;
}

const PREFIX = "debrief.";
const STALE_AFTER_MS = 3 * 60 * 60 * 1000;
const memory = new Map<string, string>();

export function readNote(section: Section, slot: Slot): NoteDraft | undefined {
  const found = read<NoteDraft>(nameOf(section, slot));
  const usable =
    typeof found?.text === "string" && typeof found.draft === "string" && found.kind !== undefined;
  return usable ? found : undefined;
}

export function keepNote(section: Section, slot: Slot, note: NoteDraft): void {
  keep(nameOf(section, slot), note);
}

export function dropNote(place: Unsent, slot: Slot): void {
  drop(nameOf(place, slot));
}

/** Returns what is still here of everything but `asked`, which the screen asks for now. */
export function leftOvers(asked: Unsent[]): LeftOver[] {
  const places: Unsent[] = [
    "confided",
    "timeline",
    "went-well",
    "went-poorly",
    "root-causes",
    "action-items",
  ];
  const slots: Slot[] = ["new", "edit"];
  return places
    .filter((place) => !asked.includes(place))
    .map((place) =>
      slots.map((slot) => ({ place, slot, text: read<{ text: unknown }>(nameOf(place, slot))?.text })),
    )
    .reduce((all, some) => all.concat(some), [])
    .filter((left): left is LeftOver => typeof left.text === "string" && left.text.trim() !== "");
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

/** Names what is unfinished in one place; `timeline` holds what somebody remembers. */
export function nameOf(place: Unsent, slot: Slot): string {
  return `note.${slot}.${place}`;
}

export function read<T>(name: string): T | undefined {
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

export function keep(name: string, kept: unknown): void {
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
