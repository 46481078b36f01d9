import { expect, it } from "vitest";
import { GAP, pageInView, painted, placeAt, topOf } from "./pageStack";

const STACK = { count: 200, height: 1000 };

it("finds a place again from how far down it lies, whatever the size of the pages", () => {
  for (const height of [400, 1000, 2000]) {
    const stack = { count: 200, height };
    expect(placeAt(stack, topOf(stack, 7.25))).toBeCloseTo(7.25, 2);
  }
});

it("paints what is in view and a little more, however long the record is", () => {
  expect(painted(STACK, 0, 600)).toEqual([0, 1]);
  expect(painted(STACK, 0.7, 600), "the next page is ready before it is reached").toEqual([0, 2]);
  expect(painted(STACK, 100, 600)).toEqual([99, 101]);
  for (let place = 0; place < 200; place += 0.1) {
    const [from, to] = painted(STACK, place, 600);
    expect(to - from).toBeLessThanOrEqual(3);
    const inView = pageInView(STACK, place, 600) - 1;
    expect(inView >= from && inView < to, `page ${inView} at ${place}`).toBe(true);
  }
});

it("never leaves the pages there are, also after the record has become shorter", () => {
  expect(painted({ count: 3, height: 1000 }, 40, 600)).toEqual([2, 3]);
  expect(painted({ count: 1, height: 1000 }, 0, 0)).toEqual([0, 1]);
  expect(pageInView({ count: 3, height: 1000 }, 40, 600)).toBe(3);
});

it("says which page is read: the one a third down the view", () => {
  expect(pageInView(STACK, 0, 600)).toBe(1);
  const reached = placeAt(STACK, topOf(STACK, 1) + GAP - 200);
  expect(pageInView(STACK, reached - 0.01, 600)).toBe(1);
  expect(pageInView(STACK, reached + 0.01, 600)).toBe(2);
});
