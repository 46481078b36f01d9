// The keys of the list of events: one table that both acts and explains.
//
// Thirteen kinds share the letters with moving, so each has a letter of its own word, the first where that is free.
// Shift and K is a key event, because K alone moves up. The list hands over only what was pressed on a row: letters
// that are typed into a field never come here.

import type { EventKind } from "../../shared/bindings/EventKind";

/** The letter of each kind; always one of its word. */
export const KIND_KEYS: Readonly<Record<EventKind, string>> = {
  trigger: "t",
  change: "c",
  detection: "n",
  alert: "l",
  observation: "o",
  hypothesis: "h",
  decision: "d",
  action: "a",
  escalation: "e",
  communication: "u",
  mitigation: "m",
  result: "r",
  recovery: "v",
};

/** The other keys, for the legend. */
export const LIST_KEYS: readonly { caps: readonly string[]; words: string }[] = [
  { caps: ["↑", "↓"], words: "move" },
  { caps: ["Space"], words: "select" },
  { caps: ["Shift ↓"], words: "select further" },
  { caps: ["Ctrl A"], words: "select all" },
  { caps: ["Esc"], words: "select none" },
  { caps: ["Shift K"], words: "key event" },
  { caps: ["Enter"], words: "edit" },
  { caps: ["Del"], words: "remove" },
];

/** What a key does in the list. */
export type ListAction =
  | { type: "move"; by: number; selects: boolean }
  | { type: "toggle" }
  | { type: "all" }
  | { type: "none" }
  | { type: "kind"; kind: EventKind }
  | { type: "key" }
  | { type: "open" }
  | { type: "remove" };

/** A key press on a row; `key` as in `KeyboardEvent.key`. */
export interface RowStroke {
  key: string;
  control: boolean;
  shift: boolean;
  alt: boolean;
}

const PAGE = 10;
const MOVES: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: PAGE,
  PageUp: -PAGE,
  End: Infinity,
  Home: -Infinity,
};

/** Returns what a key press on a row does, if anything. */
export function listActionFor({ key, control, shift, alt }: RowStroke): ListAction | undefined {
  if (alt) return undefined;
  const letter = key.toLowerCase();
  if (control) return letter === "a" ? { type: "all" } : undefined;
  const by = MOVES[key];
  if (by !== undefined) return { type: "move", by, selects: shift };
  if (key === "Enter") return { type: "open" };
  if (key === "Escape") return { type: "none" };
  if (key === "Delete" || key === "Backspace") return { type: "remove" };
  if (key === " ") return { type: "toggle" };
  if (shift) return letter === "k" ? { type: "key" } : undefined;
  if (letter === "j") return { type: "move", by: 1, selects: false };
  if (letter === "k") return { type: "move", by: -1, selects: false };
  if (letter === "x") return { type: "toggle" };
  const found = Object.entries(KIND_KEYS).find(([, own]) => own === letter);
  return found && { type: "kind", kind: found[0] as EventKind };
}
