// What an action can address, and how it is found: a part of the console that stands for a factor, a why or an event
// says so in `data-about`, so that one key serves whatever has the focus.

import type { Addresses } from "../shared/bindings/Addresses";
import type { ConsoleView } from "../shared/bindings/ConsoleView";
import { eventLine } from "./words";

/** Names a target in one string; its keys always stand in the same order, so that equal targets have equal names. */
export function nameOf(target: Addresses): string {
  switch (target.type) {
    case "factor":
      return JSON.stringify({ type: "factor", factor: target.factor });
    case "why":
      return JSON.stringify({ type: "why", chain: target.chain, step: target.step });
    case "event":
      return JSON.stringify({ type: "event", event: target.event });
  }
}

/** Returns the target a name stands for. Names are only ever made by `nameOf`. */
export function targetOf(name: string): Addresses | null {
  return name === "" ? null : (JSON.parse(name) as Addresses);
}

/** Returns what the part of the console around an element stands for. */
export function targetIn(element: Element | null): Addresses | null {
  return targetOf(element?.closest<HTMLElement>("[data-about]")?.dataset["about"] ?? "");
}

/** Says what a target is; nothing when it has gone. */
export function targetWords(view: ConsoleView, target: Addresses): string | undefined {
  switch (target.type) {
    case "factor": {
      const factor = view.factors.find(({ id }) => id === target.factor);
      return factor && `Factor: ${factor.text}`;
    }
    case "why": {
      const chain = view.chains.find(({ chain }) => chain.id === target.chain)?.chain;
      const step = chain?.steps.find(({ id }) => id === target.step);
      return step && `Why: ${step.answer}`;
    }
    case "event": {
      const event = view.timeline.find(({ event }) => event.id === target.event);
      return event && `Event: ${eventLine(event)}`;
    }
  }
}

/** Lists everything an action can address: factors, answers of why-chains, and the events that are walked through. */
export function targets(view: ConsoleView): Addresses[] {
  return [
    ...view.factors.map(({ id }): Addresses => ({ type: "factor", factor: id })),
    ...view.chains.flatMap(({ chain }) =>
      chain.steps.map(({ id }): Addresses => ({ type: "why", chain: chain.id, step: id })),
    ),
    ...view.timeline
      .filter(({ event }) => event.key)
      .map(({ event }): Addresses => ({ type: "event", event: event.id })),
  ];
}
