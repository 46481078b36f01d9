// The phone has no switch for its theme: it follows the wish of the system, and changes with it.

/** Sets the theme of the page, now and whenever the system changes its mind. */
export function followTheme(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const paint = (): void => {
    const theme = contrast.matches ? "contrast" : dark.matches ? "dark" : "light";
    document.documentElement.dataset["theme"] = theme;
  };
  for (const wish of [dark, contrast]) wish.onchange = paint;
  paint();
}
