import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { state } from "./dev/fixture";
import {
  ANSWER_WITHIN_MS,
  askUntilAnswered,
  fetchState,
  freshId,
  LEAST_WAIT_MS,
  MOST_WAIT_MS,
  patience,
  PROTOCOL,
  waitBefore,
} from "./protocol";

const fetched = vi.fn<(path: string, init: RequestInit) => Promise<Response>>();
const ASK = { id: freshId(), number: 1, request: { type: "rename" as const, name: "Ada" } };
const STATE = state({ type: "wait" });
const REFUSAL = { code: "writing-closed", message: "Writing is not open.", hint: "" };

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });

beforeEach(() => {
  vi.useFakeTimers();
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("speaks the version that the room speaks", () => {
  const wire = readFileSync("../src-tauri/crates/wire/src/lib.rs", "utf8");
  expect(wire).toContain(`pub const PROTOCOL: u32 = ${PROTOCOL};`);
});

it("repeats a lost request under the same id until it is answered", async () => {
  fetched
    .mockRejectedValueOnce(new TypeError("no network"))
    .mockResolvedValueOnce(json(503, { code: "disk-full", message: "The disk is full.", hint: "" }))
    .mockResolvedValueOnce(json(200, STATE));
  const unanswered = vi.fn();
  const answer = askUntilAnswered(ASK, patience(), unanswered);
  await vi.advanceTimersByTimeAsync(2 * MOST_WAIT_MS);

  expect(await answer).toEqual({ type: "state", state: STATE });
  const bodies = fetched.mock.calls.map(([, init]) => JSON.parse(init.body as string) as unknown);
  expect(bodies).toEqual([ASK, ASK, ASK]);
  expect(unanswered.mock.calls.map(([failure]) => (failure as { code: string } | undefined)?.code)).toEqual([
    undefined,
    "disk-full",
  ]);
});

it("repeats a request whose answer never comes", async () => {
  fetched.mockReturnValueOnce(new Promise(() => {})).mockResolvedValueOnce(json(200, STATE));
  const answer = askUntilAnswered(ASK, patience(), () => {});
  await vi.advanceTimersByTimeAsync(ANSWER_WITHIN_MS + MOST_WAIT_MS);
  expect((await answer).type).toBe("state");
});

it("does not repeat what the room refused", async () => {
  fetched.mockResolvedValue(json(409, REFUSAL));
  const answer = await askUntilAnswered(ASK, patience(), () => {});
  expect(answer).toEqual({ type: "refused", status: 409, failure: REFUSAL });
  expect(fetched).toHaveBeenCalledOnce();
});

it("repeats at once when the phone wakes up", async () => {
  fetched.mockRejectedValueOnce(new TypeError("asleep")).mockResolvedValueOnce(json(200, STATE));
  const pauses = patience();
  const answer = askUntilAnswered(ASK, pauses, () => {});
  await vi.advanceTimersByTimeAsync(0);
  pauses.hurry();
  expect((await answer).type, "no time has passed").toBe("state");
});

it("sends the headers by which the room knows its own page", async () => {
  fetched.mockResolvedValue(json(200, STATE));
  await askUntilAnswered(ASK, patience(), () => {});
  expect(fetched.mock.calls[0]![1].headers).toEqual({ "Content-Type": "application/json", "X-Debrief": "1" });
});

it("takes the sign-in page of a guest network for no answer", async () => {
  fetched.mockResolvedValue(new Response("<html>Welcome to the hotel</html>", { status: 200 }));
  expect(await fetchState()).toEqual({ type: "unreachable", failure: undefined });
});

it("waits between the least and the most, longer each time, and never in step with others", () => {
  for (let attempt = 0; attempt < 12; attempt += 1) {
    expect(waitBefore(attempt, 0)).toBe(LEAST_WAIT_MS);
    expect(waitBefore(attempt, 1)).toBeLessThanOrEqual(MOST_WAIT_MS);
    expect(waitBefore(attempt, 0.9)).toBeGreaterThan(waitBefore(attempt, 0.1));
  }
  expect(waitBefore(0, 1)).toBe(2 * LEAST_WAIT_MS);
  expect(waitBefore(9, 1)).toBe(MOST_WAIT_MS);
});

it("names requests as the room wants them, each differently", () => {
  const ids = Array.from({ length: 50 }, freshId);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(50);
});
