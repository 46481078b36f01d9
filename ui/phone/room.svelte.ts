// Keeps this page in the meeting: joining, the event stream, snapshots after an absence, and sending.
//
// A phone sleeps, changes its network and loses sockets without being told. So the stream is only the quick way for
// news; truth is a snapshot, fetched whenever the page comes back, when the stream fails, and now and then besides.
// With the stream out of order altogether, snapshots alone carry the meeting. Words are left to `words.ts`.

import type { Failure } from "../shared/bindings/Failure";
import type { PhoneRequest } from "../shared/bindings/PhoneRequest";
import type { PhoneState } from "../shared/bindings/PhoneState";
import { forgetDrafts, forgetStaleDrafts } from "./drafts";
import {
  askToJoin,
  askUntilAnswered,
  fetchState,
  freshId,
  patience,
  PROTOCOL,
  readFailure,
  readState,
  waitBefore,
  type Answer,
} from "./protocol";
import { forgetJoin, forgetKey, joinName, mayReloadFor, openTab, readKey } from "./session";

/** Where this page is. `elsewhere`: a newer tab took over. `outdated`: reloading did not bring a matching page. */
export type Place = "connecting" | "join" | "in" | "gone" | "elsewhere" | "outdated";

/** How long a silent stream is believed, give or take a quarter. A dead socket on a phone often reports nothing. */
export const LOOK_AGAIN_AFTER_MS = 40_000;

const CLOSED: Failure = { code: "gone", message: "The room was closed.", hint: "Ask the facilitator." };
const NO_ANSWER: Failure = {
  code: "no-answer",
  message: "The laptop did not answer, so you have not joined yet.",
  hint: "Check that this phone is on the same Wi-Fi as the laptop, then press Join again.",
};

export interface Room {
  readonly place: Place;
  /** The newest state; kept while the room is not reached. */
  readonly latest: PhoneState | undefined;
  /** `performance.now()` when `latest` arrived. */
  readonly received: number;
  /** The last exchange was answered. */
  readonly reached: boolean;
  /** The phone says that it has a network. */
  readonly online: boolean;
  /** What the laptop said it cannot do at present, such as keeping anything on a full disk. */
  readonly trouble: Failure | undefined;
  /** Why this phone is not in the room any more. */
  readonly farewell: Failure | undefined;
  /** Opened with the key of the QR code, so that no code has to be typed. */
  readonly hasKey: boolean;
  /** Joins with the key of the QR code, or with a typed code. Returns why not. */
  join(code: string | null, name: string): Promise<Failure | undefined>;
  /** Sends a request, repeating it until the room answers. Returns why it was refused; nothing once it is kept. */
  send(request: PhoneRequest): Promise<Failure | undefined>;
  /** Makes this tab the active one. */
  useHere(): void;
  /** Tries to come back after a farewell; whoever is no longer known is asked to join. */
  tryAgain(): void;
  close(): void;
}

export function openRoom(): Room {
  let place = $state<Place>("connecting");
  let latest = $state.raw<PhoneState>();
  let received = $state(0);
  let reached = $state(true);
  let online = $state(navigator.onLine);
  let trouble = $state.raw<Failure>();
  let farewell = $state.raw<Failure>();
  let key = $state(readKey());

  const pauses = patience();
  const tab = openTab(() => {
    rest();
    place = "elsewhere";
  });
  let stream: EventSource | undefined;
  let streamFailures = 0;
  let lostSnapshots = 0;
  let snapshot = 0;
  /** Names the join that is not answered yet, for browsers without storage too. */
  let joining: string | undefined;
  let next: ReturnType<typeof setTimeout> | undefined;
  /** Of the newest request. The time makes it rise over a reload, what the room knows when a clock was set back. */
  let number = 0;

  async function refresh(): Promise<void> {
    clearTimeout(next);
    const turn = ++snapshot;
    const answer = await fetchState();
    // A later snapshot, a join or a step back has overtaken this one.
    if (turn === snapshot) hear(answer);
  }

  function hear(answer: Answer): void {
    if (answer.type === "unreachable") {
      if (place === "gone" || isOver()) return;
      unreached(answer.failure);
      later(waitBefore(lostSnapshots));
      lostSnapshots += 1;
      return;
    }
    answered();
    if (answer.type === "refused") {
      closeStream();
      if (place === "gone" || isOver()) return;
      if (answer.status === 401) place = "join";
      else leave(answer.failure);
      return;
    }
    const streamWasBehind = latest !== undefined && answer.state.view.revision > latest.view.revision;
    if (streamWasBehind) closeStream();
    dropKey();
    take(answer.state);
    follow();
  }

  function take(state: PhoneState): void {
    if (place === "elsewhere") return;
    if (state.view.protocol !== PROTOCOL) {
      rest();
      if (mayReloadFor(state.view.protocol)) location.reload();
      else place = "outdated";
      return;
    }
    // The same revision is taken again, for its clock is newer.
    if (latest !== undefined && state.view.revision < latest.view.revision) return;
    latest = state;
    received = performance.now();
    place = "in";
    if (isOver()) forgetDrafts();
  }

  /** Sees to it that news arrive, and that their absence is noticed. */
  function follow(): void {
    if (place !== "in") return;
    later(LOOK_AGAIN_AFTER_MS * (0.75 + Math.random() / 2));
    if (stream !== undefined || typeof EventSource === "undefined") return;

    const opened = new EventSource("/api/stream");
    stream = opened;
    opened.addEventListener("state", (event) => {
      const state = readState((event as MessageEvent<string>).data);
      if (stream !== opened || state === undefined) return;
      streamFailures = 0;
      answered();
      take(state);
    });
    opened.addEventListener("gone", (event) => {
      if (stream === opened) leave(readFailure((event as MessageEvent<string>).data) ?? CLOSED);
    });
    opened.onerror = () => {
      if (stream !== opened) return;
      // The browser's own reconnecting is not jittered and asks for no snapshot.
      closeStream();
      later(waitBefore(streamFailures));
      streamFailures += 1;
    };
  }

  function later(ms: number): void {
    clearTimeout(next);
    next = setTimeout(() => void refresh(), ms);
  }

  function leave(why: Failure): void {
    rest();
    // A room that closes behind an ended meeting is no news.
    if (isOver()) return;
    // Whoever was taken out sends nothing any more; a room that closes may open again.
    if (why.code === "not-joined") forgetDrafts();
    farewell = why;
    place = "gone";
  }

  function isOver(): boolean {
    return latest?.view.task.type === "ended";
  }

  function rest(): void {
    clearTimeout(next);
    snapshot += 1;
    closeStream();
  }

  function closeStream(): void {
    stream?.close();
    stream = undefined;
  }

  function answered(): void {
    reached = true;
    lostSnapshots = 0;
    trouble = undefined;
  }

  function unreached(failure: Failure | undefined): void {
    reached = false;
    trouble = failure;
  }

  function dropKey(): void {
    key = null;
    forgetKey();
    joining = undefined;
    forgetJoin();
  }

  /** Looks at the meeting afresh: whatever the stream last said may be hours old. */
  function comeBack(): void {
    online = navigator.onLine;
    pauses.hurry();
    if (place === "elsewhere" || place === "outdated") return;
    closeStream();
    void refresh();
  }

  async function join(code: string | null, name: string): Promise<Failure | undefined> {
    const usedKey = code === null ? key : null;
    const wanted = name.trim() || null;
    joining = joining ?? joinName();
    const answer = await askToJoin({ id: joining, key: usedKey, code, name: wanted });
    if (answer.type === "unreachable") return answer.failure ?? NO_ANSWER;
    answered();
    if (answer.type === "refused") {
      // The key of an earlier opening of the room lets nobody in; from here the typed code is asked for.
      if (usedKey !== null && answer.failure.code === "wrong-code") dropKey();
      return answer.failure;
    }
    // A snapshot that was asked for before would still say that this phone is a stranger.
    rest();
    latest = undefined;
    forgetStaleDrafts(Date.now());
    dropKey();
    take(answer.state);
    follow();
    // The join before this one was kept, and with it the name that was typed then.
    if (answer.state.own.name !== wanted) void send({ type: "rename", name: wanted });
    return undefined;
  }

  async function send(request: PhoneRequest): Promise<Failure | undefined> {
    number = Math.max(number, latest?.own.number ?? 0, Date.now()) + 1;
    const answer = await askUntilAnswered({ id: freshId(), number, request }, pauses, unreached);
    answered();
    if (answer.type === "state") {
      take(answer.state);
      return undefined;
    }
    // The page acted on a state that no longer holds.
    if (place === "in") void refresh();
    return answer.failure;
  }

  const stops: (() => void)[] = [];
  function on(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener);
    stops.push(() => target.removeEventListener(type, listener));
  }
  on(window, "online", comeBack);
  on(window, "offline", () => (online = false));
  on(window, "hashchange", () => {
    key = readKey();
    if (place === "in") dropKey();
  });
  on(window, "pageshow", (event) => {
    if ((event as PageTransitionEvent).persisted) comeBack();
  });
  on(document, "visibilitychange", () => {
    if (document.visibilityState === "visible") comeBack();
  });
  tab.claim();
  void refresh();

  return {
    get place() {
      return place;
    },
    get latest() {
      return latest;
    },
    get received() {
      return received;
    },
    get reached() {
      return reached;
    },
    get online() {
      return online;
    },
    get trouble() {
      return trouble;
    },
    get farewell() {
      return farewell;
    },
    get hasKey() {
      return key !== null;
    },
    join,
    send,
    useHere() {
      place = latest === undefined ? "connecting" : "in";
      tab.claim();
      comeBack();
    },
    tryAgain() {
      place = "connecting";
      farewell = undefined;
      latest = undefined;
      comeBack();
    },
    close() {
      for (const stop of stops) stop();
      tab.close();
      rest();
    },
  };
}
