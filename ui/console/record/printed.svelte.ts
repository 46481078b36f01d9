// An edition of the record as it will be printed, kept up with the record.
//
// The pages that are on the screen stay until newer ones are there. Fetching, reading and painting are left to others.

import { tick } from "svelte";
import { asFailure, type Failure } from "../../shared/host/host";
import type { Pages, PdfReader } from "./pdf";

/** How long later changes are gathered before the pages are set anew, in milliseconds. */
export const GATHER_MS = 600;

const NOT_PAINTED: Failure = {
  code: "no-pages",
  message: "This window could not open the pages of the record. The record itself is safe.",
  hint: "Read it as text, or export it as PDF.",
};

export class PrintedRecord {
  /** The newest pages; nothing until they are there. */
  pages = $state.raw<Pages | undefined>(undefined);
  /** Why there are no pages, or no newer ones. */
  failure = $state.raw<Failure | undefined>(undefined);

  readonly #fetch: () => Promise<Uint8Array>;
  /** What the newest pages were read from; nothing once they could not be opened or painted. */
  #bytes: Uint8Array | undefined;
  /** Whoever reads the next file; nothing at first, and once one failed. */
  #reader: Promise<PdfReader> | undefined;
  /** Whoever read the pages that are shown, and still paints them. */
  #painter: Promise<PdfReader> | undefined;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #outdated = false;
  #closed = false;

  constructor(fetch: () => Promise<Uint8Array>) {
    this.#fetch = fetch;
  }

  /** Sets the pages anew, the first time at once. */
  refresh(): void {
    if (this.#busy) this.#outdated = true;
    else if (this.#bytes === undefined) void this.#load();
    else this.#waiting ??= setTimeout(() => void this.#load(), GATHER_MS);
  }

  /** Tries again after a failure, at once. */
  retry(): void {
    this.failure = undefined;
    clearTimeout(this.#waiting);
    if (this.#busy) this.#outdated = true;
    else void this.#load();
  }

  /** Says that a page could not be painted. */
  unpainted(error: unknown): void {
    console.error("a page was not painted:", error);
    this.failure = NOT_PAINTED;
    // The next change opens it anew, even one that leaves the record as it is, and another reader does.
    this.#bytes = undefined;
    if (this.#reader === this.#painter) this.#reader = undefined;
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#waiting);
    this.pages?.close();
    for (const reader of new Set([this.#reader, this.#painter])) letGo(reader);
    this.#reader = undefined;
    this.#painter = undefined;
  }

  async #load(): Promise<void> {
    this.#waiting = undefined;
    this.#busy = true;
    this.#outdated = false;
    try {
      const bytes = await this.#fetch();
      // Most changes of a meeting change nothing in the record.
      if (this.#closed) return;
      if (isSame(bytes, this.#bytes)) this.failure = undefined;
      else await this.#show(bytes);
    } catch (thrown) {
      if (!this.#closed) this.failure = asFailure(thrown);
    } finally {
      this.#busy = false;
      if (this.#outdated && !this.#closed) this.refresh();
    }
  }

  async #show(bytes: Uint8Array): Promise<void> {
    const [pages, reader] = await this.#open(bytes);
    if (this.#closed) {
      pages.close();
      return;
    }
    const before = [this.pages, this.#painter] as const;
    this.pages = pages;
    this.#painter = reader;
    this.#bytes = bytes;
    // Before they are painted, which may fail at once.
    this.failure = undefined;
    // Whoever paints the old pages has turned to the new ones by then.
    await tick();
    before[0]?.close();
    if (before[1] !== this.#painter) letGo(before[1]);
  }

  async #open(bytes: Uint8Array): Promise<[Pages, Promise<PdfReader>]> {
    const reader = (this.#reader ??= import("./pdf").then(({ PdfReader }) => new PdfReader()));
    try {
      return [await (await reader).open(bytes), reader];
    } catch (error) {
      console.error("the pages were not opened:", error);
      this.#bytes = undefined;
      // Another reader takes the next file; the pages on the screen are painted by whoever read them.
      if (this.#reader === reader) this.#reader = undefined;
      if (reader !== this.#painter) letGo(reader);
      throw NOT_PAINTED;
    }
  }
}

function letGo(reader: Promise<PdfReader> | undefined): void {
  void reader?.then(
    (reader) => reader.close(),
    () => undefined,
  );
}

function isSame(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return one.length === other?.length && one.every((byte, at) => byte === other[at]);
}
