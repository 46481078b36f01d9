// The clipboard, by whichever way the window allows.

/**
 * Puts a text on the clipboard and says whether it is there.
 *
 * `near` is an element of the part that can have the focus: behind an open dialog nothing can be selected.
 */
export async function copyText(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelecting(text, near);
  }
}

function copyBySelecting(text: string, near: HTMLElement): boolean {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.readOnly = true;
  field.value = text;
  near.append(field);
  try {
    field.focus();
    field.select();
    // Deprecated, and still the only way where a window has no clipboard of its own.
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
}
