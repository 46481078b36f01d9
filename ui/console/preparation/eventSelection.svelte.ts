// Which row of the list of events has the focus, and which are selected.
//
// It knows ids and their order and nothing of what an event is. What is asked for meets the selection, or the focused
// row when nothing is selected: `targets` is that rule.

import type { EventId } from "../../shared/bindings/EventId";

export class EventSelection {
  /** The row that has, or had last, the focus. */
  active = $state<EventId | undefined>(undefined);
  selected = $state.raw<ReadonlySet<EventId>>(new Set());

  readonly #order: () => readonly EventId[];
  /** Where an extended selection began. */
  #anchor: EventId | undefined;
  /** What was selected besides when the extension began. */
  #besides: ReadonlySet<EventId> = new Set();

  /** `order` returns the ids of the rows from top to bottom. */
  constructor(order: () => readonly EventId[]) {
    this.#order = order;
  }

  /** The rows that what is asked for meets, from top to bottom; those that have gone are left out. */
  get targets(): EventId[] {
    const chosen = this.chosen;
    if (chosen.length > 0) return chosen;
    return this.#order().filter((id) => id === this.active);
  }

  /** The selected rows that are still there, from top to bottom. */
  get chosen(): EventId[] {
    return this.#order().filter((id) => this.selected.has(id));
  }

  /** Returns the row `by` rows below the focused one, kept within the list. */
  beside(by: number): EventId | undefined {
    const order = this.#order();
    const from = this.active === undefined ? -1 : order.indexOf(this.active);
    return order[Math.min(order.length - 1, Math.max(0, from + by))];
  }

  focus(id: EventId): void {
    this.active = id;
    this.#anchor = undefined;
  }

  toggle(id: EventId): void {
    const next = new Set(this.selected);
    if (!next.delete(id)) next.add(id);
    this.selected = next;
    this.active = id;
    this.#anchor = undefined;
  }

  /** Selects from where the extension began to a row, which gets the focus. */
  extendTo(id: EventId): void {
    if (this.#anchor === undefined) {
      this.#anchor = this.active ?? id;
      this.#besides = this.selected;
    }
    const order = this.#order();
    const [from, to] = [order.indexOf(this.#anchor), order.indexOf(id)].sort((a, b) => a - b);
    this.selected = new Set([...this.#besides, ...order.slice(Math.max(0, from ?? 0), (to ?? 0) + 1)]);
    this.active = id;
  }

  all(): void {
    this.selected = new Set(this.#order());
    this.#anchor = undefined;
  }

  none(): void {
    this.selected = new Set();
    this.#anchor = undefined;
  }

  /** Returns which row gets the focus when some go: the first that stays below them, or else above. */
  after(going: readonly EventId[]): EventId | undefined {
    const order = this.#order();
    const stays = (id: EventId): boolean => !going.includes(id);
    const last = Math.max(...going.map((id) => order.indexOf(id)));
    return order.slice(last + 1).find(stays) ?? order.slice(0, Math.max(0, last)).filter(stays).at(-1);
  }
}
