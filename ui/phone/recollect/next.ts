// What the remote's button says and does.

import type { NextStep } from "../../shared/bindings/NextStep";
import { SECTION } from "../words";

/** Returns whether a step cannot be taken back, or needs a decision that is made at the laptop. */
export function isBarrier(next: NextStep): boolean {
  return ["reveal", "close-vote", "settle-tie", "end"].includes(next.type);
}

/** Returns what the next step does, in plain words. */
export function nextWords(next: NextStep): string {
  switch (next.type) {
    case "start":
      return "Start the meeting";
    case "show":
      return "Next";
    case "open-writing":
      return "Open silent writing";
    case "reveal":
      return "Reveal what was written";
    case "open-vote":
      return "Open the vote";
    case "close-vote":
      return "Close the vote";
    case "settle-tie":
      return "Settle the tie";
    case "commit-chosen":
      return "Commit what was chosen";
    case "open-poll":
      return "Open the exit poll";
    case "enter":
      return `Go on to ${SECTION[next.section]}`;
    case "resume":
      return "Resume the meeting";
    case "end":
      return "End the meeting";
    case "nothing":
      return "";
  }
}
