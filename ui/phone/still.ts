// The words of every screen on which there is nothing to write, to place or to answer.

import type { Failure } from "../shared/bindings/Failure";
import type { PhoneView } from "../shared/bindings/PhoneView";
import type { Unsent } from "./drafts";
import type { Place } from "./room.svelte";
import { SECTION } from "./words";

export interface Still {
  heading: string;
  /** What matters, in big type. */
  large: string;
  small: string;
  /** What the only button says; without it there is none. */
  action: string;
}

function still(heading: string, large: string, small: string, action = ""): Still {
  return { heading, large, small, action };
}

/** Returns the words for where the page is, before, beside or after a meeting. */
export function placeWords(place: Place, farewell: Failure | undefined): Still {
  switch (place) {
    case "elsewhere":
      return still(
        "Open in another tab",
        "The meeting follows the tab that was opened last.",
        "What you typed is kept.",
        "Use here",
      );
    case "outdated":
      return still(
        "This page is out of date",
        "The laptop speaks a newer version than this page.",
        "What you typed is kept. If reloading does not help, close the page and scan the code on the big screen again.",
        "Reload",
      );
    case "gone":
      return still("You are not in the room", farewell?.message ?? "", farewell?.hint ?? "", "Try again");
    default:
      return still(
        "Connecting to the meeting",
        "Keep this page open.",
        "If nothing happens, check that this phone is on the same Wi-Fi as the laptop.",
      );
  }
}

/** Returns the words for a task that asks nothing of the phone. */
export function taskWords({ task, title }: PhoneView): Still {
  switch (task.type) {
    case "look":
      // The words of the stage, for whoever cannot see it.
      return still(
        task.heading,
        task.text.replace(/\n+/g, "\n\n"),
        task.text === "" ? "There is nothing to do on the phone now." : "",
      );
    case "adjourned":
      return still(
        "The meeting is adjourned",
        "It goes on another day. What you have sent is kept, hidden as before.",
        "You can close this page. Next time, scan the code on the big screen again.",
      );
    case "ended":
      return still(
        "Thank you for what you brought up",
        "The meeting is over. Ask the facilitator where to read the record.",
        "The action items are followed up after the meeting.\n\n" +
          "Who wrote which note and who voted for what is no longer stored anywhere.\n\n" +
          "What was typed on this phone and not sent has been deleted from it.\n\n" +
          "You can close this page.",
      );
    default:
      return still(
        "You are in",
        title,
        "The meeting has not begun. Keep this page open; it changes by itself. If the phone sleeps, nothing is lost.",
      );
  }
}

/** Says why something is still on the phone, and what can be done. */
export function leftOverWords(place: Unsent): string {
  switch (place) {
    case "confided":
      return "The meeting began before what you wrote to the facilitator left your phone. You can still say it in person.";
    case "timeline":
      return "This has not left your phone; only you can see it. Send it while the room walks the timeline, or say it aloud.";
    default:
      return `${SECTION[place]} closed before this left your phone. Only you can see it; you can still say it aloud.`;
  }
}
