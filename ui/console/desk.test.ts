import { afterEach, expect, it, vi } from "vitest";
import type { Request } from "../shared/bindings/Request";
import { Desk } from "./desk.svelte";
import { FixtureHost } from "./fixtures/host";
import * as views from "./fixtures/views";

/** A shell that takes its time with every change. */
class Slow extends FixtureHost {
  readonly waiting: (() => void)[] = [];

  override call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
    const answer = super.call<T>(command, args);
    if (command !== "ask") return answer;
    // A refusal is handed out later, like any answer.
    answer.catch(() => undefined);
    return new Promise((resolve, reject) => this.waiting.push(() => void answer.then(resolve, reject)));
  }
}

const ADJOURN: Request = { type: "adjourn" };
const RESUME: Request = { type: "resume" };

afterEach(() => vi.useRealTimers());

function desk(): { host: Slow; desk: Desk; called: () => string[]; settle: () => Promise<void> } {
  const host = new Slow(views.shownIn(null));
  const called = (): string[] =>
    host.calls.map(({ command, args }) => {
      const request = args["request"] as Request | undefined;
      return request === undefined ? command : request.type;
    });
  const settle = async (): Promise<void> => {
    host.waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  vi.useFakeTimers();
  return { host, desk: new Desk(host), called, settle };
}

it("exports what was typed last, although it is still on its way", async () => {
  const { desk: console, called, settle } = desk();
  const kept = console.keep(ADJOURN);
  const exported = console.call("export_record");
  await vi.advanceTimersByTimeAsync(0);
  expect(called()).toEqual(["adjourn"]);
  expect(console.pending).toBe(2);
  await settle();
  await Promise.all([kept, exported]);
  expect(called()).toEqual(["adjourn", "export_record"]);
  expect(console.pending).toBe(0);
});

it("asks for changes in their order, and goes on after one that was refused", async () => {
  const { host, desk: console, called, settle } = desk();
  host.refusal = { code: "not-now", message: "Not now.", hint: "" };
  const first = console.ask(ADJOURN);
  const second = console.ask(RESUME);
  await vi.advanceTimersByTimeAsync(0);
  expect(called()).toEqual(["adjourn"]);
  host.refusal = undefined;
  await settle();
  await settle();
  expect(await Promise.all([first, second])).toEqual([false, true]);
  expect(console.refusal?.message, "what was granted meanwhile does not take it away").toBe("Not now.");
  expect(called()).toEqual(["adjourn", "resume"]);
});

it("is held up by an answer that never comes for two seconds and no longer", async () => {
  const { desk: console, called } = desk();
  void console.ask(ADJOURN);
  void console.ask(RESUME);
  const exported = console.call("export_record");
  await vi.advanceTimersByTimeAsync(1_990);
  expect(called()).toEqual(["adjourn"]);
  await vi.advanceTimersByTimeAsync(20);
  expect(called()).toEqual(["adjourn", "resume", "export_record"]);
  await exported;
});

it("goes on while a vote waits for its last ballots", async () => {
  const { desk: console, called } = desk();
  void console.ask({ type: "close-vote", round: 1 });
  void console.ask(ADJOURN);
  await vi.advanceTimersByTimeAsync(0);
  expect(called()).toEqual(["close-vote", "adjourn"]);
});
