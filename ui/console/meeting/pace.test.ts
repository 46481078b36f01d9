import { fireEvent, screen } from "@testing-library/svelte";
import { expect, it } from "vitest";
import { inSection } from "../fixtures/base";
import { open } from "../fixtures/render";

const late = (change = {}): ReturnType<typeof inSection> =>
  inSection("timeline", { type: "no-events" }, change);

const extend = { type: "change-pace", change: { type: "extend", minutes: 5 } };

it("takes a proposal to win time with its number", async () => {
  const host = open(late());
  await screen.findByText("4 min behind");
  await fireEvent.keyDown(window, { key: "2" });
  expect(host.requests).toEqual([extend]);
});

it("takes a proposal to win time with its button", async () => {
  const host = open(late());
  await fireEvent.click(await screen.findByRole("button", { name: /Do it: Ask the room to stay/ }));
  expect(host.requests).toEqual([extend]);
});

it("says so when there is nothing to win", async () => {
  const host = open(late({ pace: [], behind_minutes: 1 }));
  await screen.findByText("1 min behind");
  await fireEvent.keyDown(window, { key: "1" });
  expect(host.requests).toEqual([]);
  expect(await screen.findByText(/not late/)).toBeTruthy();
});
