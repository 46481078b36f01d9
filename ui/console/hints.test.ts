import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, it, vi } from "vitest";
import { DESK, Desk } from "./desk.svelte";
import { preparing } from "./fixtures/base";
import { FixtureHost } from "./fixtures/host";
import { shownIn } from "./fixtures/views";
import { Dismissed, forgetDismissed, reworded, sentenceOf, type Hint } from "./hints";
import Hints from "./parts/Hints.svelte";

const TEXT = "Checkout was slow 🐌. Bob should have checked. Then it went on.";
const HINT: Hint = {
  class: "counterfactual",
  start: 21,
  end: 45,
  reason: "What should have been done was not visible then.",
  reword: "What would have shown it?",
};

beforeEach(() => localStorage.clear());

it("counts characters and not bytes, so that the right sentence is replaced", () => {
  expect(sentenceOf(TEXT, HINT)).toBe("Bob should have checked.");
  expect(reworded(TEXT, HINT)).toBe("Checkout was slow 🐌. What would have shown it? Then it went on.");
});

it("remembers a dismissal for that sentence in that post-mortem only", () => {
  const dismissed = new Dismissed(localStorage);
  dismissed.add("pm-1", "Bob should  have checked.");
  expect(dismissed.has("pm-1", "bob should have checked.")).toBe(true);
  expect(dismissed.has("pm-2", "Bob should have checked.")).toBe(false);
  expect(new Dismissed(undefined).has("pm-1", "Bob should have checked.")).toBe(false);
});

const KEPT = "debrief.hints.dismissed.";

it("keeps no words of a dismissed sentence, and another digest in every post-mortem", () => {
  const dismissed = new Dismissed(localStorage);
  for (const record of ["pm-1", "pm-2"]) dismissed.add(record, "Bob should have checked.");
  const [one, other] = ["pm-1", "pm-2"].map((record) => localStorage.getItem(KEPT + record));
  expect(one).toMatch(/^\["[0-9a-f]{14}"\]$/);
  expect(other).not.toBe(one);
});

it("tells a thousand sentences apart", () => {
  const dismissed = new Dismissed(localStorage);
  const sentences = Array.from({ length: 1000 }, (_, number) => `Bob should have checked ${number}.`);
  dismissed.add("pm-1", "Bob should have checked.");
  expect(sentences.filter((sentence) => dismissed.has("pm-1", sentence))).toEqual([]);
});

it("replaces the sentences that an earlier version kept by their digests", () => {
  localStorage.setItem(`${KEPT}pm-1`, JSON.stringify(["bob should have checked.", "sam was careless."]));
  const dismissed = new Dismissed(localStorage);
  expect(localStorage.getItem(`${KEPT}pm-1`)).toMatch(/^\["[0-9a-f]{14}","[0-9a-f]{14}"\]$/);
  expect(dismissed.has("pm-1", "Bob should have checked.")).toBe(true);
  const migrated = localStorage.getItem(`${KEPT}pm-1`);
  expect(new Dismissed(localStorage).has("pm-1", "Sam was careless.")).toBe(true);
  expect(localStorage.getItem(`${KEPT}pm-1`), "only once").toBe(migrated);
});

it("forgets what was dismissed in post-mortems that are gone, and nothing else", () => {
  const dismissed = new Dismissed(localStorage);
  for (const record of ["pm-1", "pm-2", "pm-3"]) dismissed.add(record, "Bob should have checked.");
  localStorage.setItem("theme", "dark");
  forgetDismissed(localStorage, new Set(["pm-2"]));
  const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at));
  expect(keys.sort()).toEqual([`${KEPT}pm-2`, "theme"]);
  expect(dismissed.has("pm-2", "Bob should have checked.")).toBe(true);
  expect(() => forgetDismissed(undefined, new Set())).not.toThrow();
});

function shown(use = vi.fn<(text: string) => void>()): { host: FixtureHost; use: typeof use } {
  const host = new FixtureHost(shownIn(preparing()));
  host.hints = [HINT];
  const desk = new Desk(host);
  desk.record = "pm-1";
  render(Hints, { props: { text: TEXT, prose: "note", use }, context: new Map([[DESK, desk]]) });
  return { host, use };
}

it("puts the other wording in the place of its sentence", async () => {
  const { host, use } = shown();
  await fireEvent.click(await screen.findByRole("button", { name: "Say it this way" }));
  expect(use).toHaveBeenCalledWith("Checkout was slow 🐌. What would have shown it? Then it went on.");
  expect(host.calls).toEqual([{ command: "hints", args: { text: TEXT, prose: "note" } }]);
});

it("goes when it is dismissed, and does not come back", async () => {
  shown();
  await fireEvent.click(await screen.findByRole("button", { name: "Leave it as it is" }));
  expect(screen.queryByText(HINT.reason)).toBeNull();
  shown();
  await waitFor(() => expect(screen.getAllByRole("status")).toHaveLength(2));
  expect(screen.queryByText(HINT.reason)).toBeNull();
});
