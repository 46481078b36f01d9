// The seam between a window and the shell behind it.
//
// The console and the stage know the shell only by these calls. `tauri.ts` is the one that ships; `web.ts`
// lets a plain browser drive the same pages in tests and is left out of a normal build. Surfaces import
// `openHost` from `@host`, which the build points at one of the two.

/** What the shell says when it refuses or cannot do something. */
export interface Failure {
  /** Set apart only where some surface behaves differently for it. */
  code: string;
  /** What happened and what was kept, as a sentence. */
  message: string;
  /** What to do next, as a sentence; empty when there is nothing to do. */
  hint: string;
}

/** The windows that the shell opens. */
export type Surface = "console" | "stage";

export interface Host {
  /** Fetches this surface's newest view; rejects with a `Failure`. */
  view<T>(): Promise<T>;
  /** Calls a command of the shell; rejects with a `Failure`. */
  call<T>(command: string, args?: Record<string, unknown>): Promise<T>;
  /** Calls a command with bytes instead of arguments, such as an image; rejects with a `Failure`. */
  send<T>(command: string, bytes: Uint8Array, headers?: Record<string, string>): Promise<T>;
  /** Returns where the image of an attachment can be fetched by an `img`. */
  image(attachment: number): string;
  /** Fetches an edition of the record as PDF, `internal` or `public`; rejects with a `Failure`. */
  pdf(edition: string): Promise<Uint8Array>;
  /** Calls back whenever the shell has a newer revision. Resolves, once listening, to a function that stops it. */
  onRevision(callback: (revision: number) => void): Promise<() => void>;
}

/**
 * Reads whatever was thrown as a `Failure`.
 *
 * The shell's own failures pass through. Anything else (a broken connection, a refused permission) gets the code
 * `unreachable`, a sentence for people, and its technical text only on the browser's console.
 */
export function asFailure(thrown: unknown): Failure {
  if (isFailure(thrown)) {
    return { code: thrown.code, message: thrown.message, hint: thrown.hint ?? "" };
  }
  console.error("the shell could not be reached:", thrown);
  return {
    code: "unreachable",
    message: "This window cannot reach the meeting right now. What was saved is safe.",
    hint: "It tries again by itself. If this stays, close Debrief and open it again.",
  };
}

/** Fetches bytes whose refusal comes as JSON; rejects with a `Failure`. */
export async function fetchBytes(address: string): Promise<Uint8Array> {
  try {
    const answer = await fetch(address, { cache: "no-store" });
    if (!answer.ok) throw await answer.json();
    return new Uint8Array(await answer.arrayBuffer());
  } catch (thrown) {
    throw asFailure(thrown);
  }
}

interface SentFailure {
  code: string;
  message: string;
  hint?: string | null;
}

function isFailure(thrown: unknown): thrown is SentFailure {
  if (typeof thrown !== "object" || thrown === null) return false;
  const { code, message, hint } = thrown as Partial<Record<keyof SentFailure, unknown>>;
  const saysHint = hint === undefined || hint === null || typeof hint === "string";
  return typeof code === "string" && typeof message === "string" && saysHint;
}
