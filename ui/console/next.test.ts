import { expect, it } from "vitest";
import type { NextStep } from "../shared/bindings/NextStep";
import * as views from "./fixtures/views";
import { nextLabel } from "./next";

it.each<[NextStep, string, string]>([
  [{ type: "start" }, "Start the meeting", "next"],
  [{ type: "show", picture: { type: "event", event: 6 } }, "Next event", "next"],
  [{ type: "open-writing", section: "went-well" }, "Open silent writing", "next"],
  [{ type: "open-vote" }, "Open the vote", "next"],
  [{ type: "close-vote", round: 80 }, "Close the vote…", "close-vote"],
  [{ type: "settle-tie", round: 80 }, "Settle the tie…", "settle-tie"],
  [{ type: "commit-chosen" }, "Commit what was chosen", "next"],
  [{ type: "open-poll" }, "Open the exit poll", "next"],
  [{ type: "enter", index: 2, section: "went-well" }, "Go on to What went well", "next"],
  [{ type: "resume" }, "Resume the meeting", "next"],
  [{ type: "end" }, "End the meeting…", "end"],
])("%o reads %s", (next, words, action) => {
  expect(nextLabel({ ...views.walking(), next })).toEqual({ words, action });
});

it("names how many notes a reveal would show, and goes through its own key", () => {
  expect(nextLabel(views.writingOpen())).toEqual({ words: "Reveal 13 notes…", action: "reveal" });
});

it("tells another page from the first", () => {
  expect(nextLabel(views.revealed())?.words).toBe("Next page of notes");
});

it("is not there when nothing is left to do", () => {
  expect(nextLabel(views.ended())).toBeUndefined();
});
