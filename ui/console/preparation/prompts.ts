// The silences and turns of the timeline, gathered by the event they stand at.

import type { ConsoleView } from "../../shared/bindings/ConsoleView";
import type { EventView } from "../../shared/bindings/EventView";
import type { Prompt } from "../../shared/bindings/Prompt";

/** An event that is worth asking about. */
export interface Asked {
  shown: EventView;
  prompts: Prompt[];
}

/** Returns the events that have prompts, in the order of the timeline. */
export function askedOf(view: ConsoleView): Asked[] {
  return view.timeline.flatMap((shown) => {
    const prompts = view.prompts.filter(({ event }) => event === shown.event.id);
    return prompts.length === 0 ? [] : [{ shown, prompts }];
  });
}

/** Returns the answer that a question has already; empty when there is none. */
export function answerTo({ event }: EventView, question: string): string {
  return event.answers.find((answer) => answer.question === question)?.answer ?? "";
}

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
