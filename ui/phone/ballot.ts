// Placing dots within the limits of a round, and making a ballot of them. The room checks every limit once more.

import type { Ballot } from "../shared/bindings/Ballot";
import type { PhoneOption } from "../shared/bindings/PhoneOption";
import type { PhoneTask } from "../shared/bindings/PhoneTask";
import type { ProposalId } from "../shared/bindings/ProposalId";

/** The limits and options of an open round. */
export type Round = Extract<PhoneTask, { type: "vote" }>;

/** Dots by option; an option without dots has no entry. */
export type Dots = ReadonlyMap<ProposalId, number>;

/** Why a dot cannot be added. */
export type Full = "all-placed" | "option-full";

export function placed(dots: Dots): number {
  return [...dots.values()].reduce((sum, count) => sum + count, 0);
}

/** Says why one more dot on `option` does not fit; nothing when it does. */
export function whyFull(dots: Dots, option: ProposalId, round: Round): Full | undefined {
  if ((dots.get(option) ?? 0) >= round.per_option) return "option-full";
  return placed(dots) >= round.dots ? "all-placed" : undefined;
}

export function withOneMore(dots: Dots, option: ProposalId, round: Round): Dots {
  if (whyFull(dots, option, round) !== undefined) return dots;
  return new Map(dots).set(option, (dots.get(option) ?? 0) + 1);
}

export function withOneLess(dots: Dots, option: ProposalId): Dots {
  const next = new Map(dots);
  const count = (next.get(option) ?? 0) - 1;
  if (count > 0) next.set(option, count);
  else next.delete(option);
  return next;
}

/** Keeps of `given` what fits a round whose limits or options may have changed since. */
export function fitted(given: readonly (readonly [ProposalId, number])[], round: Round): Dots {
  let dots: Dots = new Map();
  for (const [option, count] of given) {
    if (!round.options.some(({ id }) => id === option)) continue;
    for (let dot = 0; dot < count; dot += 1) dots = withOneMore(dots, option, round);
  }
  return dots;
}

/** Makes the ballot that follows `last`; without dots it is an abstention. */
export function ballotAfter(last: Ballot | null, dots: Dots): Ballot {
  return { revision: (last?.revision ?? 0) + 1, dots: [...dots] };
}

export function sameDots(one: Dots, other: Dots): boolean {
  return one.size === other.size && [...one].every(([option, count]) => other.get(option) === count);
}

/** Returns the options in this phone's own order; one that the order does not name comes last. */
export function inOwnOrder(options: readonly PhoneOption[], order: readonly ProposalId[]): PhoneOption[] {
  const rank = ({ id }: PhoneOption): number => {
    const at = order.indexOf(id);
    return at < 0 ? order.length : at;
  };
  return [...options].sort((one, other) => rank(one) - rank(other));
}
