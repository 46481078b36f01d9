// The questions that only a person can answer, with the ways to answer them, and the answers in words.

import { NO_ANSWERS, type Answers, type Doubt } from "../reading";

/** The questions that have two answers: which answer they set, and the ways with their words. */
export const TWO_WAYS = {
  "day-month-order": {
    key: "day_first",
    ways: [
      ["true", "Day first, 03/04 is 3 April"],
      ["false", "Month first, 03/04 is 4 March"],
    ],
  },
  "am-pm": {
    key: "unmarked_hours",
    ways: [
      ["as-written", "As written, 2:14 is at night"],
      ["after-noon", "After noon, 2:14 is 14:14"],
    ],
  },
  "clock-goes-back": {
    key: "clock_goes_back",
    ways: [
      ["next-day", "Midnight has passed"],
      ["same-day", "The lines are not in order"],
    ],
  },
  "repeated-by-daylight-saving": {
    key: "repeated",
    ways: [
      ["first", "Before the clock was set back"],
      ["second", "After the clock was set back"],
    ],
  },
} as const;

/** Returns the two ways of a question; none when it is answered in another way, or cannot be. */
export function waysOf(question: Doubt["question"]): (typeof TWO_WAYS)[keyof typeof TWO_WAYS] | undefined {
  return question in TWO_WAYS ? TWO_WAYS[question as keyof typeof TWO_WAYS] : undefined;
}

/** An answer that was given. */
export interface Given {
  key: keyof Answers;
  words: string;
}

/** Returns the answers that were given, in words. */
export function givenIn(answers: Answers): Given[] {
  const given: Given[] = [];
  if (answers.zone !== null) given.push({ key: "zone", words: `Times in ${answers.zone}` });
  if (answers.date !== null) given.push({ key: "date", words: `It began on ${answers.date}` });
  for (const { key, ways } of Object.values(TWO_WAYS)) {
    const words = ways.find(([value]) => value === String(answers[key]))?.[1];
    if (words !== undefined) given.push({ key, words });
  }
  return given;
}

/** Returns the answers without one of them. */
export function takenBack(answers: Answers, key: keyof Answers): Answers {
  return { ...answers, [key]: NO_ANSWERS[key] };
}
