// Makes a picture fit the stage without a scroll bar.
//
// A full page at size M needs none of this: the meeting has paged it to seven lines. It matters at size L, on a screen
// that is nearly square, and for one text longer than a page. In that order: headlines come down to the size of the
// text, what can be spared leaves, rows of two lines keep to one, the text comes down to a floor, and at last entries are left out with a sentence
// that says so. It works on the elements rather than on state, because it has to measure between two steps.

import type { Attachment } from "svelte/attachments";

/** How far a picture may give way. */
export interface Limits {
  /** The smallest text in hundredths of the stage's height; the stage's own size when that is smaller. */
  floor: number;
  /** Whether rows of two lines may be cut to one before the text gets smaller. */
  tightens: boolean;
  /** What stands at the end even when nothing is left out; empty: nothing. */
  stands: string;
  /** Says what was left out: how many entries, or 0 when the last one was cut short. Empty: nothing. */
  says: (hidden: number) => string;
}

const SIZES = [8, 7, 6, 5.25, 4.5];
const HEADLINE_SHARES = [1, 0.85, 0.7];

/** Returns the text sizes to try, largest first. */
export function sizesToTry(size: number, floor: number): number[] {
  return [size, ...SIZES.filter((smaller) => smaller < size && smaller >= floor)];
}

/**
 * Fits what is inside an element into the height of that element.
 *
 * Inside, `[data-spare]` may leave, `[data-entry]` are left out from the end, `[data-long]` are cut short from the
 * last, and `[data-rest]` holds the sentence. Text follows `--text`, headlines `--headline`.
 */
export function fit(limits: Limits): Attachment<HTMLElement> {
  return (box) => {
    // Without layout (component tests) there is nothing to measure.
    if (typeof ResizeObserver === "undefined") return;
    const mutations = new MutationObserver(refit);
    function refit(): void {
      fitNow(box, limits);
      // What fitting itself wrote is not a reason to fit again.
      mutations.takeRecords();
    }
    const sizes = new ResizeObserver(refit);
    sizes.observe(box);
    mutations.observe(box, { childList: true, characterData: true, subtree: true });
    refit();
    void document.fonts.ready.then(refit);
    return () => {
      sizes.disconnect();
      mutations.disconnect();
    };
  };
}

function fitNow(box: HTMLElement, limits: Limits): void {
  const all = (name: string): HTMLElement[] => [...box.querySelectorAll<HTMLElement>(`[data-${name}]`)];
  const [spare, entries, long, rest] = [all("spare"), all("entry"), all("long"), all("rest")[0]];
  const own = parseFloat(getComputedStyle(box).getPropertyValue("--stage-text")) || 6;
  const overflows = (): boolean => box.scrollHeight > box.clientHeight + 1;
  const setSize = (text: number, share: number): void => {
    box.style.setProperty("--text", `${text}cqh`);
    box.style.setProperty("--headline", `max(${text}cqh, calc(var(--stage-headline) * ${share}))`);
  };

  const rows = limits.tightens ? [...box.querySelectorAll<HTMLElement>(".two-lines")] : [];
  box.classList.remove("tight");
  for (const row of rows) row.classList.remove("one");
  for (const element of [...spare, ...entries]) element.hidden = false;
  for (const element of long) {
    element.style.removeProperty("-webkit-line-clamp");
    element.classList.remove("cut");
  }
  if (rest !== undefined) {
    rest.hidden = limits.stands === "";
    rest.textContent = limits.stands;
  }

  let least = HEADLINE_SHARES[0]!;
  for (const share of HEADLINE_SHARES) {
    least = share;
    setSize(own, share);
    if (!overflows()) return;
  }
  for (const element of spare) element.hidden = true;
  if (!overflows()) return;
  if (limits.tightens) {
    box.classList.add("tight");
    // From the end, so that what stands first keeps its second line for as long as there is room.
    for (const row of rows.reverse()) {
      if (!overflows()) return;
      row.classList.add("one");
    }
  }
  for (const size of sizesToTry(own, limits.floor)) {
    setSize(size, least);
    if (!overflows()) return;
  }

  let hidden = 0;
  const say = (): void => {
    if (rest === undefined) return;
    const sentence = entries.length + long.length > 0 ? limits.says(hidden) : "";
    rest.hidden = sentence === "";
    rest.textContent = sentence;
  };
  say();
  while (overflows() && hidden < entries.length - 1) {
    hidden += 1;
    entries[entries.length - hidden]!.hidden = true;
    say();
  }
  const shown = long.filter((element) => element.closest("[hidden]") === null);
  for (const text of shown.reverse()) {
    if (!overflows()) return;
    cutShort(text, box);
  }
}

function cutShort(text: HTMLElement, box: HTMLElement): void {
  const line = parseFloat(getComputedStyle(text).lineHeight);
  const excess = box.scrollHeight - box.clientHeight;
  const lines = Math.max(1, Math.floor((text.clientHeight - excess) / line));
  text.classList.add("cut");
  text.style.setProperty("-webkit-line-clamp", String(lines));
}
