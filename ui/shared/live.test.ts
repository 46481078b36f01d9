import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Failure, Host } from "./host/host";
import { connect, RETRY_AFTER_MS, type Numbered } from "./live.svelte";

const OFFLINE: Failure = { code: "offline", message: "The shell is gone.", hint: "Wait." };

/** A host whose answers the test lets through one by one, in any order it likes. */
class SlowHost implements Host {
  readonly fetches: PromiseWithResolvers<Numbered>[] = [];
  readonly listens: PromiseWithResolvers<() => void>[] = [];
  readonly stopped = vi.fn();
  #heard: ((revision: number) => void) | undefined;

  view<T>(): Promise<T> {
    const fetch = withResolvers<Numbered>();
    this.fetches.push(fetch);
    return fetch.promise as Promise<unknown> as Promise<T>;
  }

  call<T>(): Promise<T> {
    throw new Error("following views calls no command");
  }

  send<T>(): Promise<T> {
    throw new Error("following views sends nothing");
  }

  image(): string {
    throw new Error("following views shows no image");
  }

  pdf(): Promise<Uint8Array> {
    throw new Error("following views reads no record");
  }

  onRevision(callback: (revision: number) => void): Promise<() => void> {
    this.#heard = callback;
    const listen = withResolvers<() => void>();
    this.listens.push(listen);
    return listen.promise;
  }

  announce(revision: number): void {
    this.#heard?.(revision);
  }

  async listening(): Promise<void> {
    this.listens.at(-1)!.resolve(this.stopped);
    await settled();
  }

  async answer(fetch: number, revision: number): Promise<void> {
    this.fetches[fetch]!.resolve({ revision });
    await settled();
  }

  async refuse(fetch: number, failure: Failure): Promise<void> {
    this.fetches[fetch]!.reject(failure);
    await settled();
  }
}

interface PromiseWithResolvers<T> {
  promise: Promise<T>;
  resolve: (value: T) => void;
  reject: (reason: unknown) => void;
}

function withResolvers<T>(): PromiseWithResolvers<T> {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((keep, breakIt) => {
    resolve = keep;
    reject = breakIt;
  });
  return { promise, resolve, reject };
}

/** Lets every promise that can go on go on; no real time passes. */
async function settled(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

async function connected(
  revision: number,
): Promise<{ host: SlowHost; live: ReturnType<typeof connect<Numbered>> }> {
  const host = new SlowHost();
  const live = connect<Numbered>(host);
  await host.listening();
  await host.answer(0, revision);
  return { host, live };
}

describe("a live view", () => {
  it("listens before it fetches, so that no change falls between", async () => {
    const host = new SlowHost();
    const live = connect<Numbered>(host);
    await settled();
    expect(host.fetches).toHaveLength(0);

    await host.listening();
    expect(host.fetches).toHaveLength(1);
    expect(live.view).toBeUndefined();

    await host.answer(0, 7);
    expect(live.view).toEqual({ revision: 7 });
    expect(live.revision).toBe(7);
  });

  it("shows a change whose event was missed before it was listening", async () => {
    const host = new SlowHost();
    const live = connect<Numbered>(host);
    // Revision 4 was announced to nobody; the snapshot after listening carries it.
    await host.listening();
    await host.answer(0, 4);
    expect(live.revision).toBe(4);
  });

  it("ignores an older answer and an older announcement", async () => {
    const { host, live } = await connected(9);

    host.announce(8);
    host.announce(9);
    await settled();
    expect(host.fetches, "nothing newer was announced").toHaveLength(1);

    host.announce(10);
    await settled();
    await host.answer(1, 6);
    expect(live.view).toEqual({ revision: 9 });
  });

  it("fetches once more, and only once, after a burst during a fetch", async () => {
    const { host, live } = await connected(1);

    host.announce(2);
    host.announce(3);
    host.announce(4);
    host.announce(5);
    await settled();
    expect(host.fetches, "one in flight").toHaveLength(2);

    await host.answer(1, 3);
    expect(host.fetches, "one that waited").toHaveLength(3);

    await host.answer(2, 5);
    expect(host.fetches).toHaveLength(3);
    expect(live.revision).toBe(5);
  });

  it("remembers when the view arrived, and not when an older one was ignored", async () => {
    const { host, live } = await connected(1);
    const first = live.received;

    await vi.advanceTimersByTimeAsync(5000);
    host.announce(2);
    await settled();
    await host.answer(1, 1);
    expect(live.received).toBe(first);

    host.announce(2);
    await settled();
    await host.answer(2, 2);
    expect(live.received).toBe(first + 5000);
  });

  it("keeps the last view when the shell fails, says so, and tries again by itself", async () => {
    const { host, live } = await connected(1);

    host.announce(2);
    await settled();
    await host.refuse(1, OFFLINE);
    expect(live.view).toEqual({ revision: 1 });
    expect(live.failure).toEqual(OFFLINE);

    await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS[0]!);
    expect(host.fetches).toHaveLength(3);
    await host.answer(2, 2);
    expect(live.revision).toBe(2);
    expect(live.failure).toBeUndefined();
  });

  it("tries to listen again when listening failed", async () => {
    const host = new SlowHost();
    const live = connect<Numbered>(host);
    host.listens[0]!.reject(OFFLINE);
    await settled();
    expect(live.failure).toEqual(OFFLINE);
    expect(host.fetches, "a snapshot without listening could go stale unnoticed").toHaveLength(0);

    await vi.advanceTimersByTimeAsync(RETRY_AFTER_MS[0]!);
    await host.listening();
    await host.answer(0, 3);
    expect(live.revision).toBe(3);
  });

  it("stops listening and retrying once closed", async () => {
    const { host, live } = await connected(1);
    live.close();
    expect(host.stopped).toHaveBeenCalledOnce();

    host.announce(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(host.fetches).toHaveLength(1);
  });
});
