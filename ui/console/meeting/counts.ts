// How many have contributed to what is asked of the room right now, as one phrase.

import type { ConsoleView } from "../../shared/bindings/ConsoleView";

/** Returns "5 of 7 have written"; `undefined` when nothing is being asked. */
export function contributed(view: ConsoleView): string | undefined {
  const round = view.rounds.find(({ round }) => round.result === null);
  if (round !== undefined) return `${round.voted} of ${round.of} have voted`;
  const writing = view.writings.find(({ section }) => section === view.section)?.writing;
  if (writing?.type === "open") return `${writing.written} of ${writing.of} have written`;
  if (view.poll.type === "open")
    return `${view.poll_answered} of ${view.people.filter(({ phone }) => phone).length} have answered`;
  return undefined;
}
