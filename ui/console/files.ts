// Reading a file that somebody brings: in pieces, so that neither side holds all of it, with progress and a way to stop.

import type { FileReading } from "../shared/bindings/FileReading";
import type { ReadingProgress } from "../shared/bindings/ReadingProgress";
import type { ReadingWindow } from "../shared/bindings/ReadingWindow";
import type { Desk } from "./desk.svelte";
import type { Answers, Likeness } from "./reading";

/** The bytes sent at once. */
const PIECE = 512 * 1024;

/** What a file turned out to be; a record of Debrief and a list of people are told apart from timelines. */
export type FileRead =
  { type: "timeline"; file: FileReading; likenesses: Likeness[] } | { type: "record" } | { type: "people" };

export interface Brought {
  file: File;
  answers: Answers;
  /** The part of the file that is wanted; an open end is `null`. */
  window: ReadingWindow;
  /** The users.json of a chat export, for the names behind its ids. */
  users?: string;
}

/** How far the reading has come: the share of the file from 0 to 1, and the events found so far. */
export interface Seen {
  share: number;
  events: number;
}

/**
 * Reads a file piece by piece.
 *
 * Returns `undefined` when it was stopped or refused; what was refused has been shown by then.
 */
export async function readFile(
  desk: Desk,
  { file, answers, window, users }: Brought,
  seen: (progress: Seen) => void,
  signal: AbortSignal,
): Promise<FileRead | undefined> {
  const began = await desk.call<null>("begin_file", { assumptions: answers, window, users: users ?? null });
  if (began === undefined) return undefined;
  for (let from = 0; from < file.size || from === 0; from += PIECE) {
    if (signal.aborted) {
      await desk.call("stop_file");
      return undefined;
    }
    const piece = new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer());
    const progress = await desk.send<ReadingProgress>("file_piece", piece);
    if (progress === undefined) return undefined;
    seen({ share: Math.min(1, (from + piece.length) / Math.max(1, file.size)), events: progress.events });
  }
  return desk.call<FileRead>("finish_file");
}
