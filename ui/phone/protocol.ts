// How the page speaks to the room: one exchange, names for requests, and patience.
//
// A request is named once and repeated under that name until the room answers, so that it is never applied twice and
// never silently lost. What to show meanwhile is left to `room.svelte.ts`. Nothing here keeps state between calls.

import type { Failure } from "../shared/bindings/Failure";
import type { PhoneAsk } from "../shared/bindings/PhoneAsk";
import type { PhoneHint } from "../shared/bindings/PhoneHint";
import type { PhoneHintAsk } from "../shared/bindings/PhoneHintAsk";
import type { PhoneJoin } from "../shared/bindings/PhoneJoin";
import type { PhoneState } from "../shared/bindings/PhoneState";

/** The version of the views this page was built for; a test compares it with the one of the room. */
export const PROTOCOL = 4;

/** The shortest pause before a repeat. */
export const LEAST_WAIT_MS = 300;
/** The longest pause before a repeat. */
export const MOST_WAIT_MS = 3_000;
/** How long an answer may take before the exchange counts as lost. */
export const ANSWER_WITHIN_MS = 8_000;

/** What became of one exchange. Only `unreachable` may be repeated. */
export type Answer =
  | { type: "state"; state: PhoneState }
  | { type: "refused"; status: number; failure: Failure }
  /** Nobody answered, or the laptop could not keep it now and says so in `failure`. */
  | { type: "unreachable"; failure: Failure | undefined };

/** An answer that settles a request. */
export type Settled = Exclude<Answer, { type: "unreachable" }>;

const NOT_UNDERSTOOD: Failure = {
  code: "not-understood",
  message: "The room did not understand this page. What you typed is kept.",
  hint: "Reload the page.",
};

/** Makes a name of 32 hexadecimal digits. `crypto.randomUUID` does not exist on plain HTTP. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Returns the milliseconds to wait before repeat number `attempt`, counted from zero.
 *
 * The upper bound doubles, and every wait is drawn between the least and that bound: a whole room that lost the
 * laptop at the same moment must not come back at the same moment.
 */
export function waitBefore(attempt: number, random: number = Math.random()): number {
  const bound = Math.min(MOST_WAIT_MS, LEAST_WAIT_MS * 2 ** (attempt + 1));
  return LEAST_WAIT_MS + random * (bound - LEAST_WAIT_MS);
}

/** Waits that can be cut short together, when the phone wakes up or its network is back. */
export interface Patience {
  wait(ms: number): Promise<void>;
  hurry(): void;
}

export function patience(): Patience {
  const waiting = new Set<() => void>();
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        waiting.add(done);
      }),
    hurry() {
      for (const done of [...waiting]) done();
    },
  };
}

/** Fetches what the room asks of this phone now. */
export function fetchState(): Promise<Answer> {
  return exchange("/api/state");
}

/** Asks for a hint about a text, where the room gives them; none is no failure worth a word. */
export async function askHint(text: string, prose: PhoneHintAsk["prose"]): Promise<PhoneHint | null> {
  try {
    return await inTime(async (signal) => {
      const answer = await fetch("/api/hint", requestInit({ text, prose }, signal));
      return answer.ok ? ((await answer.json()) as PhoneHint | null) : null;
    });
  } catch {
    return null;
  }
}

/** Asks to be let in, once: whoever waits may rather look at the code again. A repeat has the same name. */
export function askToJoin(join: PhoneJoin): Promise<Answer> {
  return exchange("/api/join", join);
}

/**
 * Sends a request and repeats it under the same id until the room accepts or refuses it.
 *
 * `unanswered` is called after each exchange that was lost, with what the laptop said, if it said anything.
 */
export async function askUntilAnswered(
  ask: PhoneAsk,
  pauses: Patience,
  unanswered: (failure: Failure | undefined) => void,
): Promise<Settled> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await exchange("/api/ask", ask);
    if (answer.type !== "unreachable") return answer;
    unanswered(answer.failure);
    await pauses.wait(waitBefore(attempt));
  }
}

/** Returns the state in a message of the event stream; none when it is not one. */
export function readState(data: string): PhoneState | undefined {
  const parsed = parse(data);
  return isState(parsed) ? parsed : undefined;
}

/** Returns the failure in a message of the event stream; none when it is not one. */
export function readFailure(data: string): Failure | undefined {
  const parsed = parse(data);
  return isFailure(parsed) ? parsed : undefined;
}

async function exchange(path: string, body?: PhoneAsk | PhoneJoin): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    [response, text] = await inTime(async (signal) => {
      const received = await fetch(path, requestInit(body, signal));
      return [received, await received.text()] as const;
    });
  } catch {
    return { type: "unreachable", failure: undefined };
  }
  const parsed = parse(text);
  if (response.ok) {
    // A guest network may answer with its own sign-in page and 200: that was not the room.
    return isState(parsed) ? { type: "state", state: parsed } : { type: "unreachable", failure: undefined };
  }
  const failure = isFailure(parsed) ? parsed : undefined;
  const comesAgain = response.status >= 500 || response.status === 408;
  if (comesAgain) return { type: "unreachable", failure };
  return { type: "refused", status: response.status, failure: failure ?? NOT_UNDERSTOOD };
}

function requestInit(
  body: PhoneAsk | PhoneHintAsk | PhoneJoin | undefined,
  signal: AbortSignal | null,
): RequestInit {
  const common: RequestInit = { credentials: "same-origin", cache: "no-store", signal };
  if (body === undefined) return common;
  const headers = { "Content-Type": "application/json", "X-Debrief": "1" };
  return Object.assign(common, { method: "POST", headers, body: JSON.stringify(body) });
}

/** Runs `work`, and gives it up when it takes too long. Older browsers cannot break it off, and let go of it. */
function inTime<T>(work: (signal: AbortSignal | null) => Promise<T>): Promise<T> {
  const abort = typeof AbortController === "undefined" ? null : new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      abort?.abort();
      reject(new Error("no answer in time"));
    }, ANSWER_WITHIN_MS);
    work(abort?.signal ?? null)
      .then(resolve, reject)
      .then(() => clearTimeout(timer));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isState(value: unknown): value is PhoneState {
  return isObject(value) && isObject(value["view"]) && isObject(value["own"]);
}

function isFailure(value: unknown): value is Failure {
  return isObject(value) && typeof value["code"] === "string" && typeof value["message"] === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
