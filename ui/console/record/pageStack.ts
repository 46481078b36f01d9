// Where the pages of a record lie, one below the other, and which of them are worth painting. Arithmetic only.

/** The space around and between pages, in CSS pixels. */
export const GAP = 16;

/** Pages of one size. */
export interface Stack {
  count: number;
  /** The height of a page, in CSS pixels. */
  height: number;
}

/** Returns how far down a place lies: 2.5 is the middle of the third page. */
export const topOf = ({ height }: Stack, place: number): number => Math.round(place * (height + GAP));

/** Returns the place that lies at a distance from the top. */
export const placeAt = ({ height }: Stack, top: number): number => top / (height + GAP);

/**
 * Returns the first page that is painted and the one after the last, for a view of this height at this place.
 *
 * Half a view is painted ahead on both sides, so that the pages alive never cover more than two views and two pages.
 */
export function painted(stack: Stack, place: number, view: number): readonly [number, number] {
  const top = topOf(stack, place);
  const from = Math.floor(placeAt(stack, top - view / 2 - GAP));
  const to = Math.ceil(placeAt(stack, top + view * 1.5));
  return [Math.max(0, Math.min(from, stack.count - 1)), Math.min(stack.count, Math.max(to, 1))];
}

/** Returns the page, counted from one, that lies a third down the view. */
export function pageInView(stack: Stack, place: number, view: number): number {
  const page = Math.floor(placeAt(stack, topOf(stack, place) + view / 3 - GAP));
  return Math.max(1, Math.min(stack.count, page + 1));
}
