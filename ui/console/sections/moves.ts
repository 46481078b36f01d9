// Where an answer of a why-chain goes with one key: up and down among its siblings, in and out of a branch.

import type { WhyStep } from "../../shared/bindings/WhyStep";

export type Direction = "up" | "down" | "in" | "out";

/** Where a step hangs: below which answer (`null` is the symptom), before which sibling (`null` is last). */
export interface Place {
  parent: number | null;
  before: number | null;
}

/** The key that, held with Alt, moves an answer. */
export const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowRight: "in",
  ArrowLeft: "out",
};

/** Returns where a step would go, or nothing where it cannot go there. */
export function placeAfter(
  steps: readonly WhyStep[],
  step: WhyStep,
  direction: Direction,
): Place | undefined {
  const siblings = steps.filter(({ parent }) => parent === step.parent);
  const place = siblings.findIndex(({ id }) => id === step.id);
  const idOf = (at: number): number | null => siblings[at]?.id ?? null;
  switch (direction) {
    case "up":
      return place > 0 ? { parent: step.parent, before: idOf(place - 1) } : undefined;
    case "down":
      return place < siblings.length - 1 ? { parent: step.parent, before: idOf(place + 2) } : undefined;
    case "in":
      return place > 0 ? { parent: idOf(place - 1), before: null } : undefined;
    case "out": {
      const parent = steps.find(({ id }) => id === step.parent);
      if (parent === undefined) return undefined;
      const uncles = steps.filter((other) => other.parent === parent.parent);
      const next = uncles[uncles.findIndex(({ id }) => id === parent.id) + 1];
      return { parent: parent.parent, before: next?.id ?? null };
    }
  }
}

/**
 * Returns which question is asked once more by the key for a branch: the answer whose question it is, `null` for the
 * symptom's. From the last answer of a branch it is the question before; each further press goes one up.
 */
export function branchFrom(
  steps: readonly WhyStep[],
  focused: number | null,
  branching: number | null | undefined,
): number | null {
  const above = (id: number | null): number | null => steps.find((step) => step.id === id)?.parent ?? null;
  if (branching !== undefined) return above(branching);
  const isLeaf = !steps.some(({ parent }) => parent === focused);
  return isLeaf ? above(focused) : focused;
}
