// The keys of the console: one table that both acts and explains.
//
// Letter keys rest while a field has the focus; the keys of a clicker do not, because a presenter does not know where
// the focus is. No key here passes a barrier by itself: R, C and E open a question, and *next* is stopped by the meeting.

export type KeyAction =
  | "next"
  | "back"
  | "timer"
  | "more-time"
  | "less-time"
  | "join-card"
  | "black"
  | "freeze"
  | "win-time-1"
  | "win-time-2"
  | "win-time-3"
  | "park"
  | "propose"
  | "why"
  | "decide"
  | "rescue"
  | "take-off"
  | "reveal"
  | "close-vote"
  | "end"
  | "stage"
  | "leave-field"
  | "undo"
  | "redo"
  | "record"
  | "keys";

export interface KeyBinding {
  action: KeyAction;
  /** Values of `KeyboardEvent.key`; letters in lower case. */
  keys: readonly string[];
  /** With Control (or Command), with Shift; absent means without Control, and Shift does not matter. */
  control?: boolean;
  shift?: boolean;
  /** With Alt; such a key works from inside fields too. On a Mac it is known by the letter that Option types. */
  alt?: boolean;
  /** What stands on the caps. */
  caps: readonly string[];
  /** What it does, as the list of keys says it. */
  words: string;
  /** These of its keys work from inside fields too, because a clicker sends them. */
  clicker?: readonly string[];
  /** Works outside of a meeting as well. */
  anywhere?: boolean;
}

export const KEYS: readonly KeyBinding[] = [
  {
    action: "next",
    keys: ["PageDown", "ArrowRight"],
    caps: ["→", "Page Down"],
    words: "The next sensible thing",
    clicker: ["PageDown"],
  },
  {
    action: "back",
    keys: ["PageUp", "ArrowLeft"],
    caps: ["←", "Page Up"],
    words: "Back",
    clicker: ["PageUp"],
  },
  { action: "timer", keys: ["t"], caps: ["T"], words: "Start or pause the timer" },
  { action: "more-time", keys: ["+", "="], caps: ["+"], words: "One minute more" },
  { action: "less-time", keys: ["-", "−"], caps: ["−"], words: "One minute less" },
  { action: "win-time-1", keys: ["1"], caps: ["1"], words: "When late: take the first proposal" },
  { action: "win-time-2", keys: ["2"], caps: ["2"], words: "When late: take the second" },
  { action: "win-time-3", keys: ["3"], caps: ["3"], words: "When late: take the third" },
  { action: "park", keys: ["p"], caps: ["P"], words: "Park it" },
  { action: "propose", keys: ["a"], caps: ["A"], words: "Propose an action" },
  {
    action: "propose",
    keys: ["a", "å"],
    alt: true,
    caps: ["Alt A"],
    words: "Propose an action for the why, factor or event in focus",
  },
  { action: "why", keys: ["w"], caps: ["W"], words: "Ask why about the event on the stage" },
  {
    action: "why",
    keys: ["w", "∑"],
    alt: true,
    caps: ["Alt W"],
    words: "Ask why about the factor in focus",
  },
  { action: "decide", keys: ["d"], caps: ["D"], words: "Record a decision" },
  { action: "rescue", keys: ["h"], caps: ["H"], words: "Help me now: one sentence to say" },
  { action: "take-off", keys: ["x"], caps: ["X"], words: "Set the note in focus aside, or darken the stage" },
  { action: "join-card", keys: ["j"], caps: ["J"], words: "Join card on the stage, or off" },
  { action: "black", keys: ["b", "."], caps: ["B", "."], words: "Darken the stage, or light it" },
  { action: "freeze", keys: ["f"], caps: ["F"], words: "Freeze the stage, or let it go on" },
  {
    action: "stage",
    keys: ["F5"],
    caps: ["F5"],
    words: "Open the stage on the projector",
    clicker: ["F5"],
    anywhere: true,
  },
  { action: "reveal", keys: ["r"], caps: ["R"], words: "Reveal the notes, after a question" },
  { action: "close-vote", keys: ["c"], caps: ["C"], words: "Close the vote, after a question" },
  { action: "end", keys: ["e"], caps: ["E"], words: "End the meeting, after a question" },
  {
    action: "leave-field",
    keys: ["Escape"],
    caps: ["Esc"],
    words: "Leave the field; what was typed is kept",
    clicker: ["Escape"],
    anywhere: true,
  },
  {
    action: "undo",
    keys: ["z"],
    control: true,
    shift: false,
    caps: ["Ctrl Z"],
    words: "Undo",
    anywhere: true,
  },
  {
    action: "redo",
    keys: ["z"],
    control: true,
    shift: true,
    caps: ["Ctrl Shift Z"],
    words: "Redo",
    anywhere: true,
  },
  { action: "record", keys: ["o"], caps: ["O"], words: "The record as it will be printed" },
  { action: "keys", keys: ["?"], caps: ["?"], words: "This list", anywhere: true },
];

/** A key press, as far as it matters here. */
export interface Stroke {
  key: string;
  control: boolean;
  shift: boolean;
  alt: boolean;
  /** The focus is in a field that takes text or arrow keys. */
  inField: boolean;
  /** A dialog is open; it has its own keys, and a clicker must not act behind it. */
  inDialog: boolean;
  /** The meeting is in progress. */
  inMeeting: boolean;
}

/** Returns what a key press does, if anything. */
export function actionFor(stroke: Stroke): KeyAction | undefined {
  if (stroke.inDialog) return undefined;
  const key = stroke.key.length === 1 ? stroke.key.toLowerCase() : stroke.key;
  const binding = KEYS.find(
    (binding) =>
      binding.keys.includes(key) &&
      (binding.control ?? false) === stroke.control &&
      (binding.alt ?? false) === stroke.alt &&
      (binding.shift === undefined || binding.shift === stroke.shift),
  );
  if (binding === undefined) return undefined;
  if (!stroke.inMeeting && binding.anywhere !== true) return undefined;
  if (stroke.inField && binding.alt !== true && !(binding.clicker ?? []).includes(key)) return undefined;
  return binding.action;
}

/** Returns what stands on the first cap of an action, for a button that does the same. */
export function capOf(action: KeyAction): string {
  return KEYS.find((binding) => binding.action === action)?.caps[0] ?? "";
}

/** How long after the last letter a sentence may still be going on, in milliseconds. */
export const PAUSE_MS = 800;

/**
 * Notices that somebody is still typing although the field is gone: Enter takes a line away, the next one is not there
 * yet, and the next letter must not end the meeting.
 */
export class Typing {
  #last = -Infinity;

  /** Takes a key press in, at `now` in milliseconds, and returns whether it belongs to what is being typed. */
  goesOn(key: string, inField: boolean, now: number): boolean {
    const isLetter = key.length === 1;
    if (isLetter && (inField || now - this.#last < PAUSE_MS)) {
      this.#last = now;
      return true;
    }
    // Tab, Escape and the arrows leave a field on purpose; Enter does not.
    if (!isLetter && !["Enter", "Shift", "Backspace"].includes(key)) this.#last = -Infinity;
    return inField;
  }
}

/** Whether a dialog lies over the window, whoever opened it. */
export function isDialogOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}

/** Whether an element takes letters or arrow keys for itself. */
export function isField(element: Element | null): boolean {
  if (element instanceof HTMLInputElement)
    return !["checkbox", "button", "submit", "reset"].includes(element.type);
  if (element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement) return true;
  return element instanceof HTMLElement && element.isContentEditable === true;
}
