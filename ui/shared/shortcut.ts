// Key hints, as shown on a key cap and as read by assistive technology.

const SPOKEN: Readonly<Record<string, string>> = {
  Ctrl: "Control",
  "←": "ArrowLeft",
  "→": "ArrowRight",
  "↑": "ArrowUp",
  "↓": "ArrowDown",
  "+": "Plus",
  "−": "Minus",
  Esc: "Escape",
};

/** Turns a shown hint such as `Ctrl Z` into the value of `aria-keyshortcuts`, here `Control+Z`. */
export function ariaShortcut(shown: string): string {
  return shown
    .split(" ")
    .map((key) => SPOKEN[key] ?? key)
    .join("+");
}
