// The desk that every part of the console works at: the way to ask, what was refused, and what is half typed.
//
// It holds nothing of the meeting itself; views are handed down as properties, so that each part can be shown from a
// fixture. A refusal is kept here as one sentence and shown once, near the work, by `parts/Notice.svelte`.

import { getContext, setContext, untrack } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { Edit } from "../shared/bindings/Edit";
import type { Request } from "../shared/bindings/Request";
import { asFailure, type Failure, type Host } from "../shared/host/host";
import {
  Dismissed,
  sentenceOf,
  type ActionCheck,
  type EndSuggestion,
  type FoundHint,
  type Hint,
  type Prose,
  type SimilarIncident,
} from "./hints";
import type { Edition, RecordForm } from "./record/edition";

/** How long a change may hold up what was asked for after it, in milliseconds; an answer may never come. */
const PATIENCE_MS = 2_000;

export class Desk {
  /** What was refused last; gone once dismissed or once something else was granted. */
  refusal = $state.raw<Failure | undefined>(undefined);
  /** A sentence about something that went well and is not visible by itself, such as where a file lies. */
  word = $state("");
  /** Where the record was left when the meeting ended; empty while it is being written, nothing when it was not. */
  recordIn = $state<string | undefined>(undefined);
  /** How the record is read: as it will be printed, or as text. */
  recordAs = $state<RecordForm>("pages");
  /** How many requests are on their way. */
  pending = $state(0);

  #record = "";
  #recordBefore = "";
  #drafts = new SvelteMap<string, string>();
  readonly #draftsOf = new Map([[this.#record, this.#drafts]]);
  readonly #host: Host;
  readonly #dismissed = new Dismissed(globalThis.localStorage);
  #zones: Promise<string[]> | undefined;
  /** The newest change; done once it was granted or refused. */
  #changed: Promise<unknown> = Promise.resolve();

  constructor(host: Host) {
    this.#host = host;
  }

  /** The post-mortem that is open, if any; dismissed hints are remembered by it. */
  get record(): string {
    return this.#record;
  }

  set record(record: string) {
    this.#record = record;
    this.#drafts = this.#draftsOf.get(record) ?? new SvelteMap();
    this.#draftsOf.set(record, this.#drafts);
    if (record === "" || record === this.#recordBefore) return;
    this.#recordBefore = record;
    this.recordIn = undefined;
  }

  /**
   * What was typed into a line of this post-mortem that has not been added yet, by the name of the line; it outlives its
   * section, and waits while another post-mortem is open.
   */
  get drafts(): SvelteMap<string, string> {
    return this.#drafts;
  }

  /** Asks the meeting for something; rejects when it is refused, after the refusal has been shown. */
  async keep(request: Request): Promise<void> {
    const ask = (): Promise<unknown> => this.#host.call("ask", { id: crypto.randomUUID(), request });
    // A vote closes only after the last ballots had time to come; the console is not held up as long.
    await this.#change(ask, request.type !== "close-vote");
  }

  /** Asks the meeting for something and says whether it was granted. */
  async ask(request: Request): Promise<boolean> {
    return this.keep(request).then(
      () => true,
      () => false,
    );
  }

  /** Keeps a fact of the record; rejects like `keep`, which is what a field needs to hold on to its text. */
  keepEdit(edit: Edit): Promise<void> {
    return this.keep({ type: "edit", edit });
  }

  /** Keeps a fact of the record and says whether it was granted. */
  edit(edit: Edit): Promise<boolean> {
    return this.ask({ type: "edit", edit });
  }

  /**
   * Calls a command of the shell; `undefined` when it failed, after the failure has been shown. Every change that was asked
   * for before is made first, so that an export holds the sentence from which the press took the focus.
   */
  async call<T>(command: string, args?: Record<string, unknown>): Promise<T | undefined> {
    const before = this.#changed;
    return this.#carried(() => after(before, () => this.#host.call<T>(command, args))).catch(() => undefined);
  }

  /** Lets the facilitator point at a folder; nothing when none was chosen. It is not counted: nothing is saved meanwhile. */
  async chooseFolder(from: string): Promise<string | undefined> {
    try {
      return (await this.#host.call<string | null>("choose_folder", { folder: from })) ?? undefined;
    } catch (thrown) {
      this.refusal = asFailure(thrown);
      return undefined;
    }
  }

  /** Sends bytes to a command of the shell; `undefined` when it failed, after the failure has been shown. */
  async send<T>(
    command: string,
    bytes: Uint8Array,
    headers?: Record<string, string>,
  ): Promise<T | undefined> {
    return this.#carried(() => this.#host.send<T>(command, bytes, headers)).catch(() => undefined);
  }

  /** Attaches an image to an event, or to the incident, and says whether it was kept. */
  async attachImage(bytes: Uint8Array, event?: number): Promise<boolean> {
    const headers = {
      "debrief-request": crypto.randomUUID(),
      ...(event === undefined ? {} : { "debrief-event": String(event) }),
    };
    const attached = this.#change(() => this.#host.send("attach_image", bytes, headers));
    return attached.then(
      () => true,
      () => false,
    );
  }

  /** Returns where the image of an attachment can be fetched by an `img`. */
  image(attachment: number): string {
    return this.#host.image(attachment);
  }

  /** Fetches an edition of the record as PDF; rejects with a `Failure`, which its reader shows in place of the pages. */
  pdf(edition: Edition): Promise<Uint8Array> {
    return this.#host.pdf(edition);
  }

  /** Reads a text for sentences that speak about people. A hint that does not come is no failure worth a word. */
  async hints(text: string, prose: Prose): Promise<Hint[]> {
    return (await this.#quietly<Hint[]>("hints", { text, prose })) ?? [];
  }

  /** Reads the whole record for sentences that speak about people; dismissed ones are left out. */
  async hintsInRecord(): Promise<FoundHint[] | undefined> {
    const found = await this.#quietly<FoundHint[]>("hints_in_record");
    return found?.filter(({ text, hint }) => !this.hasDismissed(sentenceOf(text, hint)));
  }

  /** Says where an answer of a why-chain seems to end. */
  chainEnd(text: string): Promise<EndSuggestion | undefined> {
    return this.#quietly<EndSuggestion>("chain_end", { text });
  }

  /** Says what an action lacks; fields that are empty are looked for in the task. */
  actionCheck(
    action: Record<"task" | "owner" | "due" | "criterion", string>,
  ): Promise<ActionCheck | undefined> {
    return this.#quietly<ActionCheck>("action_check", { action });
  }

  /** Returns incidents of the past that speak of the same thing. */
  async similarIncidents(text: string): Promise<readonly SimilarIncident[]> {
    return (await this.#quietly<SimilarIncident[] | null>("similar_incidents", { text })) ?? [];
  }

  hasDismissed(sentence: string): boolean {
    return this.#dismissed.has(this.record, sentence);
  }

  dismissHint(sentence: string): void {
    this.#dismissed.add(this.record, sentence);
  }

  #quietly<T>(command: string, args?: Record<string, unknown>): Promise<T | undefined> {
    return this.#host.call<T>(command, args).catch(() => undefined);
  }

  /** Returns the names of the time zones, fetched once. */
  zones(): Promise<string[]> {
    this.#zones ??= this.#host.call<string[]>("zones").catch(() => {
      this.#zones = undefined;
      return ["UTC"];
    });
    return this.#zones;
  }

  dismiss(): void {
    this.refusal = undefined;
    this.word = "";
  }

  /** Says why something was not even asked for. */
  refuse(message: string, hint = ""): void {
    this.refusal = { code: "not-asked", message, hint };
  }

  /** Asks for a change after those that were asked for before it; what comes next waits for it, if it `holds`. */
  #change<T>(ask: () => Promise<T>, holds = true): Promise<T> {
    const turn = after(this.#changed, ask);
    if (holds) this.#changed = turn.catch(() => undefined);
    return this.#carried(() => turn);
  }

  async #carried<T>(carry: () => Promise<T>): Promise<T> {
    // An effect that asks for something must not run again because it is counted.
    untrack(() => (this.pending += 1));
    const before = untrack(() => this.refusal);
    try {
      const answer = await carry();
      // What was refused meanwhile is still to be read.
      if (untrack(() => this.refusal) === before) this.refusal = undefined;
      this.word = "";
      return answer;
    } catch (thrown) {
      this.refusal = asFailure(thrown);
      throw this.refusal;
    } finally {
      this.pending -= 1;
    }
  }
}

/** Does something once something else is done, or was waited for long enough. */
async function after<T>(before: Promise<unknown>, act: () => Promise<T>): Promise<T> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([before, new Promise((enough) => (patience = setTimeout(enough, PATIENCE_MS)))]);
  clearTimeout(patience);
  return act();
}

/** The key of the desk in the context of a component; tests hand in their own. */
export const DESK = Symbol("desk");

export function provideDesk(desk: Desk): Desk {
  return setContext(DESK, desk);
}

export function useDesk(): Desk {
  return getContext<Desk>(DESK);
}
