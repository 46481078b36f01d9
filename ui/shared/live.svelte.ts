// The newest view of a surface, kept current.
//
// Events alone lose changes: a window that has not finished listening misses them. So it listens first, then fetches a
// numbered snapshot, and applies only newer ones. At most one fetch is under way and at most one waits behind it, so a
// burst of changes costs two fetches. Painting seconds between two views is left to `clock.ts`.

import { asFailure, type Failure, type Host } from "./host/host";

/** A view that says which revision of the meeting it shows. Revisions rise for as long as the shell lives. */
export interface Numbered {
  revision: number;
}

/** Everything here is reactive; `view` is `undefined` until the first one has arrived. */
export interface Live<T> {
  readonly view: T | undefined;
  /** The revision of `view`; -1 before the first. */
  readonly revision: number;
  /** Why the newest attempt failed, or `undefined` once one has worked. The last good view stays. */
  readonly failure: Failure | undefined;
  /** `performance.now()` when `view` arrived: where its clocks start counting. */
  readonly received: number;
  /** Tries at once instead of waiting for the next attempt. */
  refresh(): void;
  /** Stops listening and retrying. */
  close(): void;
}

/** Waits before another attempt, in milliseconds; the last one repeats. */
export const RETRY_AFTER_MS = [500, 1000, 2000, 5000];

/** Follows the views of a host. */
export function connect<T extends Numbered>(host: Host): Live<T> {
  let view = $state.raw<T | undefined>(undefined);
  let revision = $state.raw(-1);
  let received = $state.raw(0);
  let failure = $state.raw<Failure | undefined>(undefined);

  let closed = false;
  let listening = false;
  let busy = false;
  let queued = false;
  let attempts = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;

  async function bringUpToDate(): Promise<void> {
    if (closed) return;
    if (busy) {
      queued = true;
      return;
    }
    busy = true;
    clearTimeout(retry);
    try {
      if (!listening) await listen();
      const next = await host.view<T>();
      if (closed) return;
      failure = undefined;
      attempts = 0;
      apply(next);
    } catch (thrown) {
      if (closed) return;
      failure = asFailure(thrown);
      tryLater();
    } finally {
      busy = false;
    }
    if (queued) {
      queued = false;
      void bringUpToDate();
    }
  }

  async function listen(): Promise<void> {
    const stopListening = await host.onRevision((announced) => {
      if (announced > revision) void bringUpToDate();
    });
    listening = true;
    if (closed) stopListening();
    else stop = stopListening;
  }

  function apply(next: T): void {
    if (next.revision <= revision) return;
    view = next;
    revision = next.revision;
    received = performance.now();
  }

  function tryLater(): void {
    const wait = RETRY_AFTER_MS[Math.min(attempts, RETRY_AFTER_MS.length - 1)];
    attempts += 1;
    retry = setTimeout(() => void bringUpToDate(), wait);
  }

  void bringUpToDate();

  return {
    get view() {
      return view;
    },
    get revision() {
      return revision;
    },
    get failure() {
      return failure;
    },
    get received() {
      return received;
    },
    refresh: () => void bringUpToDate(),
    close() {
      closed = true;
      clearTimeout(retry);
      stop?.();
    },
  };
}
