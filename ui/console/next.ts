// The label of the one main button: what *next* does, in plain words.

import type { ConsoleView } from "../shared/bindings/ConsoleView";
import type { Picture } from "../shared/bindings/Picture";
import type { Section } from "../shared/bindings/Section";
import type { KeyAction } from "./keys";
import { sectionWords } from "./words";

export interface NextLabel {
  words: string;
  /** The key action that does it; a barrier has its own. */
  action: KeyAction | "settle-tie";
}

/** Returns what the main button says and does; `undefined` when nothing is left to do. */
export function nextLabel(view: ConsoleView): NextLabel | undefined {
  const next = view.next;
  const goes = (words: string): NextLabel => ({ words, action: "next" });
  switch (next.type) {
    case "start":
      return goes("Start the meeting");
    case "show":
      return goes(showWords(next.picture, view.picture));
    case "open-writing":
      return goes("Open silent writing");
    case "reveal":
      return { words: revealWords(view, next.section), action: "reveal" };
    case "open-vote":
      return goes("Open the vote");
    case "close-vote":
      return { words: "Close the vote…", action: "close-vote" };
    case "settle-tie":
      return { words: "Settle the tie…", action: "settle-tie" };
    case "commit-chosen":
      return goes("Commit what was chosen");
    case "open-poll":
      return goes("Open the exit poll");
    case "enter":
      return goes(`Go on to ${sectionWords(view, next.section)}`);
    case "resume":
      return goes("Resume the meeting");
    case "end":
      return { words: "End the meeting…", action: "end" };
    case "nothing":
      return undefined;
  }
}

function revealWords(view: ConsoleView, section: Section): string {
  const writing = view.writings.find((writing) => writing.section === section)?.writing;
  const notes = writing?.type === "open" ? writing.notes : 0;
  const what = section === "action-items" ? "proposal" : "note";
  return notes === 0 ? `Reveal the ${what}s…` : `Reveal ${notes} ${what}${notes === 1 ? "" : "s"}…`;
}

function showWords(next: Picture, current: Picture): string {
  const again = next.type === current.type;
  switch (next.type) {
    case "welcome":
      return "Show the welcome";
    case "statement":
      return "Show the opening statement";
    case "previous":
      return again ? "Next earlier action item" : "Review earlier action items";
    case "event":
      return "Next event";
    case "evidence":
      return again ? "Next piece of evidence" : "Show the evidence";
    case "question":
      return "Show the question";
    case "notes":
      return again ? "Next page of notes" : "Show the notes";
    case "chain":
      if (current.type === "chain" && current.chain === next.chain) return "Next page of the why-chain";
      return again ? "Next why-chain" : "Show the why-chain";
    case "factors":
      return again ? "Next page of factors" : "Show the factors";
    case "proposals":
      return again ? "Next page of proposals" : "Show the proposals";
    case "voting":
      return "Show the vote";
    case "result":
      return "Show the result";
    case "actions":
      return "Show the action items";
    case "takeaways":
      return "Show the takeaways";
    case "poll":
      return "Show the exit poll";
    case "thanks":
      return "Say thanks";
  }
}
