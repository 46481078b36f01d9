// A meeting as a phone sees it, to be changed by tests and by the gallery.

import type { ClockView } from "../../shared/bindings/ClockView";
import type { Failure } from "../../shared/bindings/Failure";
import type { OwnView } from "../../shared/bindings/OwnView";
import type { PhoneState } from "../../shared/bindings/PhoneState";
import type { PhoneTask } from "../../shared/bindings/PhoneTask";
import type { PhoneView } from "../../shared/bindings/PhoneView";
import type { Room } from "../room.svelte";

export const WRITE: Extract<PhoneTask, { type: "write" }> = {
  type: "write",
  section: "went-poorly",
  question: "What made this hard to notice, to understand, to stop?",
  written: 5,
  of: 7,
};

export const VOTE: Extract<PhoneTask, { type: "vote" }> = {
  type: "vote",
  round: 9,
  dots: 3,
  per_option: 2,
  run_off: false,
  voted: 2,
  of: 7,
  closing: false,
  options: [
    { id: 1, text: "Alert at 80 % of the connection pool", category: "detection", priority: "must" },
    { id: 2, text: "One owner for every paging rotation", category: "process", priority: "should" },
    { id: 3, text: "Dashboard for retries", category: "detection", priority: "nice-to-have" },
    { id: 4, text: "Contract test for the payment sandbox", category: "prevention", priority: "must" },
    { id: 5, text: "Feature flag around the new client", category: "mitigation", priority: "should" },
  ],
};

export const RESULT: Extract<PhoneTask, { type: "result" }> = {
  type: "result",
  rule: "Chosen by dots.",
  rows: [
    { proposal: 1, text: "Alert at 80 % of the pool", dots: 7, supporters: 5, chosen: true, tied: false },
    { proposal: 2, text: "One owner for every rotation", dots: 1, supporters: 1, chosen: false, tied: false },
    { proposal: 3, text: "Dashboard for retries", dots: 0, supporters: 0, chosen: false, tied: false },
  ],
};

export function clock(leftMs: number, change: Partial<ClockView> = {}): ClockView {
  return { planned_ms: 600_000, spent_ms: 600_000 - leftMs, running: true, state: "running", ...change };
}

export function state(
  task: PhoneTask,
  own: Partial<OwnView> = {},
  view: Partial<PhoneView> = {},
): PhoneState {
  return {
    view: {
      protocol: 4,
      revision: 1,
      title: "Card payments failed for 40 minutes",
      section: task.type === "write" ? task.section : "action-items",
      clock: null,
      task,
      recollects: task.type === "wait",
      hints: false,
      move_on: false,
      novelty: null,
      ...view,
    },
    own: {
      participant: 3,
      name: null,
      notes: [],
      recollections: [],
      confided: null,
      ballot: null,
      poll: null,
      order: [],
      moving_on: false,
      found_new: false,
      duty: null,
      actions: [],
      number: 0,
      ...own,
    },
  };
}

/** A room that answers nothing by itself: each test says what it does. */
export function room(latest: PhoneState | undefined, change: Partial<Room> = {}): Room {
  const nothing = (): Promise<Failure | undefined> => Promise.resolve(undefined);
  return {
    place: latest === undefined ? "connecting" : "in",
    latest,
    received: Infinity,
    reached: true,
    online: true,
    trouble: undefined,
    farewell: undefined,
    hasKey: false,
    join: nothing,
    send: nothing,
    useHere() {},
    tryAgain() {},
    close() {},
    ...change,
  };
}
