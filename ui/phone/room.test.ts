import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { state, WRITE } from "./dev/fixture";
import { keepNote, readNote } from "./drafts";
import { PROTOCOL } from "./protocol";
import { LOOK_AGAIN_AFTER_MS, openRoom, type Room } from "./room.svelte";

/** A stream that the test speaks through. */
class Stream extends EventTarget {
  static opened: Stream[] = [];
  closed = false;
  onerror: (() => void) | undefined;

  constructor() {
    super();
    Stream.opened.push(this);
  }

  say(name: string, data: unknown): void {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }

  close(): void {
    this.closed = true;
  }
}

const STRANGER = { code: "not-joined", message: "This phone has not joined.", hint: "" };
const answers: Record<string, () => Response | Promise<Response>> = {};
const asked: { path: string; body: unknown }[] = [];
const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });
const at = (revision: number, own = {}): ReturnType<typeof state> => state(WRITE, own, { revision });

let room: Room;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  sessionStorage.clear();
  history.replaceState(null, "", "/");
  Stream.opened = [];
  asked.length = 0;
  for (const path of Object.keys(answers)) delete answers[path];
  answers["/api/state"] = () => json(200, at(1));
  vi.stubGlobal("EventSource", Stream);
  vi.stubGlobal("BroadcastChannel", undefined);
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    asked.push({ path, body: init.body === undefined ? undefined : JSON.parse(init.body as string) });
    const answer = answers[path];
    if (answer === undefined) throw new TypeError("no network");
    return answer();
  });
});

afterEach(() => {
  room.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** What asks to be let in; the room wants a name for it that cannot be guessed. */
function joining(join: object): unknown {
  return {
    id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    key: null,
    code: null,
    name: null,
    ...join,
  };
}

const settled = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);
const stream = (): Stream => Stream.opened.at(-1)!;

async function opened(): Promise<void> {
  room = openRoom();
  await settled();
}

it("comes back as the same person when the room knows its cookie", async () => {
  await opened();
  expect(room.place).toBe("in");
  expect(Stream.opened).toHaveLength(1);
});

it("asks a stranger to join, with the key of the QR code and without showing it any longer", async () => {
  history.replaceState(null, "", "/#SECRETKEY");
  answers["/api/state"] = () => json(401, STRANGER);
  answers["/api/join"] = () => json(200, at(3, { name: "Ada" }));
  await opened();
  expect(room.place).toBe("join");
  expect(room.hasKey).toBe(true);

  expect(await room.join(null, " Ada ")).toBeUndefined();
  expect(asked.at(-1)).toEqual({ path: "/api/join", body: joining({ key: "SECRETKEY", name: "Ada" }) });
  expect(room.place).toBe("in");
  expect(location.hash).toBe("");
  expect(sessionStorage.length, "the key is nowhere any more").toBe(0);
});

it("asks for the typed code when the key is of no use", async () => {
  history.replaceState(null, "", "/#OLDKEY");
  answers["/api/state"] = () => json(401, STRANGER);
  answers["/api/join"] = () => json(403, { code: "wrong-code", message: "No.", hint: "" });
  await opened();
  expect((await room.join(null, ""))?.code).toBe("wrong-code");
  expect(room.hasKey).toBe(false);
  expect(asked.at(-1)!.body).toEqual(joining({ key: "OLDKEY" }));
});

it("repeats a join whose answer was lost under the same name, over a reload too, and then forgets it", async () => {
  answers["/api/state"] = () => json(401, STRANGER);
  await opened();
  const joinId = (): string =>
    (asked.filter(({ path }) => path === "/api/join").at(-1)!.body as { id: string }).id;
  expect((await room.join("K7QX3M", "Ada"))?.code).toBe("no-answer");
  const first = joinId();
  await room.join("K7QX3M", "Ada");
  expect(joinId()).toBe(first);

  room.close();
  await opened();
  answers["/api/join"] = () => json(200, at(3, { name: "Ada" }));
  await room.join("K7QX3M", "Ada");
  expect(joinId()).toBe(first);
  expect(sessionStorage.length, "the name would let anybody in as Ada").toBe(0);
});

it("repeats a join under the same name where the browser stores nothing", async () => {
  const refuse = (): never => {
    throw new DOMException("no", "SecurityError");
  };
  vi.stubGlobal("sessionStorage", { getItem: refuse, setItem: refuse, removeItem: refuse });
  answers["/api/state"] = () => json(401, STRANGER);
  await opened();
  await room.join("K7QX3M", "");
  await room.join("K7QX3M", "");
  const ids = asked.filter(({ path }) => path === "/api/join").map(({ body }) => (body as { id: string }).id);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
});

it("goes by the name that was typed last when the join before was kept", async () => {
  answers["/api/state"] = () => json(401, STRANGER);
  answers["/api/join"] = () => json(200, at(3, { name: "Ada" }));
  answers["/api/ask"] = () => json(200, at(4));
  await opened();
  await room.join("K7QX3M", "");
  await settled();
  expect((asked.find(({ path }) => path === "/api/ask")!.body as { request: unknown }).request).toEqual({
    type: "rename",
    name: null,
  });
});

it("numbers what it asks, rising over a reload and where the clock was set back", async () => {
  const numbers = (): number[] =>
    asked.filter(({ path }) => path === "/api/ask").map(({ body }) => (body as { number: number }).number);
  const change = (): Promise<unknown> => room.send({ type: "confide", text: "" });
  answers["/api/ask"] = () => json(200, at(2));
  await opened();
  await change();
  await change();
  room.close();
  vi.advanceTimersByTime(10);
  await opened();
  await change();

  room.close();
  const newest = numbers().at(-1)!;
  vi.setSystemTime(Date.now() - 3_600_000);
  answers["/api/state"] = () => json(200, at(3, { number: newest }));
  answers["/api/ask"] = () => json(200, at(4, { number: newest }));
  await opened();
  await change();
  const sent = numbers();
  expect(sent).toHaveLength(4);
  expect(sent.every((number, place) => place === 0 || number > sent[place - 1]!)).toBe(true);
});

it("is not sent back to the door by a snapshot that was asked for before joining", async () => {
  answers["/api/state"] = () => json(401, STRANGER);
  answers["/api/join"] = () => json(200, at(3));
  await opened();
  let late: (response: Response) => void = () => {};
  answers["/api/state"] = () => new Promise<Response>((resolve) => (late = resolve));
  window.dispatchEvent(new Event("online"));
  await room.join("K7QX3M", "");
  late(json(401, STRANGER));
  await settled();
  expect(room.place).toBe("in");
});

it("follows the stream and never goes back to something older", async () => {
  await opened();
  stream().say("state", at(5));
  expect(room.latest?.view.revision).toBe(5);
  stream().say("state", at(4));
  expect(room.latest?.view.revision).toBe(5);
});

it("fetches a snapshot and opens a new stream when it wakes up", async () => {
  await opened();
  answers["/api/state"] = () => json(200, at(8));
  document.dispatchEvent(new Event("visibilitychange"));
  await settled();
  expect(room.latest?.view.revision).toBe(8);
  expect(Stream.opened).toHaveLength(2);
  expect(Stream.opened[0]!.closed).toBe(true);
});

it("keeps the last view while the laptop is away, says so, and comes back within three seconds", async () => {
  await opened();
  delete answers["/api/state"];
  stream().onerror?.();
  await vi.advanceTimersByTimeAsync(3_000);
  expect(room.reached).toBe(false);
  expect(room.latest?.view.revision).toBe(1);

  answers["/api/state"] = () => json(200, at(2));
  await vi.advanceTimersByTimeAsync(3_000);
  expect(room.reached).toBe(true);
  expect(room.latest?.view.revision).toBe(2);
  expect(stream().closed).toBe(false);
});

it("goes on by snapshots when no stream comes through", async () => {
  vi.stubGlobal("EventSource", undefined);
  await opened();
  answers["/api/state"] = () => json(200, at(6));
  await vi.advanceTimersByTimeAsync(1.25 * LOOK_AGAIN_AFTER_MS);
  expect(room.latest?.view.revision).toBe(6);
});

it("distrusts a stream that has fallen silent", async () => {
  await opened();
  answers["/api/state"] = () => json(200, at(2));
  await vi.advanceTimersByTimeAsync(1.25 * LOOK_AGAIN_AFTER_MS);
  expect(room.latest?.view.revision).toBe(2);
  expect(Stream.opened, "it should have told of revision 2").toHaveLength(2);
});

it("resolves a sent request when it is kept, and takes the state that came with it", async () => {
  await opened();
  answers["/api/ask"] = () => json(200, at(2, { name: "Ada" }));
  expect(await room.send({ type: "rename", name: "Ada" })).toBeUndefined();
  expect(room.latest?.own.name).toBe("Ada");
});

it("returns why a request was refused, and looks afresh", async () => {
  await opened();
  const refusal = { code: "voting-closed", message: "The vote is closed.", hint: "" };
  answers["/api/ask"] = () => json(409, refusal);
  answers["/api/state"] = () => json(200, at(9));
  expect(await room.send({ type: "rename", name: null })).toEqual(refusal);
  await settled();
  expect(room.latest?.view.revision).toBe(9);
});

it("says goodbye when it is taken out of the room, and stops asking", async () => {
  await opened();
  const farewell = { code: "gone", message: "The room was closed.", hint: "" };
  stream().say("gone", farewell);
  expect(room.place).toBe("gone");
  expect(room.farewell).toEqual(farewell);
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(10 * LOOK_AGAIN_AFTER_MS);
  expect(asked).toHaveLength(before);
});

it("deletes what was not sent when it is taken out, and keeps it when the room closes", async () => {
  for (const [code, kept] of [
    ["gone", true],
    ["not-joined", false],
  ] as const) {
    keepNote("went-poorly", "new", { draft: "d", kind: { type: "went-poorly" }, text: "Half" });
    await opened();
    stream().say("gone", { code, message: "Bye.", hint: "" });
    expect(readNote("went-poorly", "new") !== undefined, code).toBe(kept);
  }
});

it("stays with its thanks when the room closes behind an ended meeting, and deletes what was not sent", async () => {
  keepNote("went-poorly", "new", { draft: "d", kind: { type: "went-poorly" }, text: "Half" });
  await opened();
  stream().say("state", state({ type: "ended" }, {}, { revision: 2 }));
  stream().say("gone", { code: "gone", message: "Closed.", hint: "" });
  expect(room.place).toBe("in");
  expect(readNote("went-poorly", "new")).toBeUndefined();
});

it("does not follow a room of another version, and does not reload for ever", async () => {
  const other = PROTOCOL + 1;
  sessionStorage.setItem("debrief.reloaded", String(other));
  answers["/api/state"] = () => json(200, state(WRITE, {}, { protocol: other }));
  await opened();
  expect(room.place).toBe("outdated");
});

it("steps back for a newer tab, and takes the meeting back when asked", async () => {
  const said: unknown[] = [];
  class Channel {
    static opened: Channel;
    onmessage: ((event: { data: string }) => void) | undefined;

    constructor() {
      Channel.opened = this;
    }

    postMessage(message: unknown): void {
      said.push(message);
    }

    close(): void {}
  }
  vi.stubGlobal("BroadcastChannel", Channel);
  await opened();
  Channel.opened.onmessage?.({ data: said[0] as string });
  expect(room.place, "its own voice").toBe("in");
  Channel.opened.onmessage?.({ data: "another" });
  expect(room.place).toBe("elsewhere");
  expect(stream().closed).toBe(true);

  room.useHere();
  await settled();
  expect(room.place).toBe("in");
  expect(said).toHaveLength(2);
  expect(stream().closed).toBe(false);
});
