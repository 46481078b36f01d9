import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { room, state } from "./dev/fixture";
import Later from "./Later.svelte";
import { offer } from "./later";
import More from "./recollect/More.svelte";

const asked = (): HTMLScriptElement[] => Array.from(document.head.querySelectorAll("script"));
const show = (): void => {
  const latest = state({ type: "wait" });
  render(Later, { latest, room: room(latest) });
};

beforeEach(() => vi.stubEnv("DEV", false));
afterEach(() => {
  cleanup();
  vi.unstubAllEnvs();
});

it("says calmly that the form is on its way, offers to try again when it does not come, and shows it in the end", async () => {
  show();
  expect(screen.getByRole("status").textContent).toContain("Fetching");
  const [first] = asked();
  expect(first!.type).toBe("module");
  expect(new URL(first!.src).pathname, "the room serves it under this name").toBe("/recollect.js");

  await fireEvent.error(first!);
  await vi.waitFor(() => expect(screen.getByRole("status").textContent).toContain("did not load"));
  await fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  expect(asked(), "it is asked for once more").toHaveLength(2);

  // A script that arrives and cannot be run offers nothing.
  await fireEvent.load(asked()[1]!);
  await vi.waitFor(() => expect(screen.getByRole("status").textContent).toContain("did not load"));

  await fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  offer(More);
  await fireEvent.load(asked()[2]!);
  await vi.waitFor(() => expect(screen.getByRole("heading").textContent).toBe("What do you remember?"));

  cleanup();
  show();
  await vi.waitFor(() => expect(screen.getByRole("heading")).toBeDefined());
  expect(asked(), "it is fetched once").toHaveLength(3);
});
