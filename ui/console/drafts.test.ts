import { cleanup, configure, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { ConsoleView } from "../shared/bindings/ConsoleView";
import type { ConsoleWindow } from "../shared/bindings/ConsoleWindow";
import App from "./App.svelte";
import { Desk } from "./desk.svelte";
import { FixtureHost } from "./fixtures/host";
import * as views from "./fixtures/views";

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

/** A shell that opens one post-mortem after the other. */
class Changing extends FixtureHost {
  #now: ConsoleWindow;
  #announce: (revision: number) => void = () => undefined;

  constructor(view: ConsoleView | null) {
    const now = views.shownIn(view);
    super(now);
    this.#now = now;
  }

  override view<T>(): Promise<T> {
    return Promise.resolve(this.#now as unknown as T);
  }

  override onRevision(announce: (revision: number) => void = () => undefined): Promise<() => void> {
    this.#announce = announce;
    return Promise.resolve(() => undefined);
  }

  open(view: ConsoleView | null): void {
    this.#now = { ...views.shownIn(view), revision: this.#now.revision + 1 };
    this.#announce(this.#now.revision);
  }
}

const LINE = "Paste the timeline here";
const line = async (): Promise<HTMLTextAreaElement> => screen.findByLabelText<HTMLTextAreaElement>(LINE);

it("shows half a line of one post-mortem in no other, and has it still when that one is opened again", async () => {
  const [one, other] = ["pm-1", "pm-2"].map((id): ConsoleView => ({ ...views.fresh(), id }));
  const host = new Changing(one!);
  render(App, { host });
  const before = await line();
  await userEvent.type(before, "14:12 deployed");
  host.open(other!);
  await waitFor(async () => expect(await line()).not.toBe(before));
  expect((await line()).value).toBe("");
  await userEvent.type(await line(), "09:00 paged");
  expect((await line()).value).toBe("09:00 paged");
  host.open(null);
  await screen.findByText("4 post-mortems");
  host.open(one!);
  expect((await line()).value).toBe("14:12 deployed");
});

it("says where the record was left only of the post-mortem that was left there", () => {
  const desk = new Desk(new FixtureHost(views.shownIn(null)));
  desk.record = "pm-1";
  desk.recordIn = "/records";
  desk.record = "";
  desk.record = "pm-1";
  expect(desk.recordIn).toBe("/records");
  desk.record = "pm-2";
  expect(desk.recordIn).toBeUndefined();
});
