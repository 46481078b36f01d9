// Measures a stage that a browser has laid out. The function is sent into the page, so it refers to nothing outside.

/** Lists texts that are too small for their place, run out of the stage, or lie over one another. */
export function offences() {
  const stage = document.querySelector(".stage");
  const frame = stage.getBoundingClientRect();
  // One note longer than a page is the exception: it goes down to the small size before it is cut short.
  const isLoneNote = stage.querySelectorAll(".entries > li").length === 1;
  // The meeting pages for screens of 16:9; on a nearly square one the same page gives way to the small size.
  const isNarrow = frame.width / frame.height <= 1.5;
  const least = stage.dataset.size === "s" || isLoneNote || isNarrow ? 4.5 : 6;
  const subjects = { ".countdown .digits": 14, ".code": 15, ".voting .number": 18 };
  const found = [];
  const boxes = [];

  // A drawing has units of its own; what counts is how large it ends up on the screen.
  const scale = (element) => (element instanceof SVGGraphicsElement ? element.getScreenCTM().a : 1);
  const share = (element) =>
    ((parseFloat(getComputedStyle(element).fontSize) * scale(element)) / frame.height) * 100;
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent.trim();
    const element = node.parentElement;
    if (text === "" || element.closest(".visually-hidden, [hidden]") !== null) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (box.width === 0) continue;
    const said = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    const inFooter = element.closest("footer") !== null;
    if (!inFooter && share(element) < least - 0.01) found.push(`${share(element).toFixed(2)} vh: ${said}`);
    const clipped = element.closest(".cut, .one-line, .two-lines, .words") !== null;
    const over = box.right > frame.right + 1 || box.left < frame.left - 1 || box.bottom > frame.bottom + 1;
    if (!clipped && over) found.push(`runs out of the stage: ${said}`);
    if (!clipped) boxes.push({ element, box, said });
  }

  for (const drawing of stage.querySelectorAll("svg[role=img]")) {
    if (!drawing.checkVisibility()) continue;
    for (const text of drawing.querySelectorAll("text")) {
      const inside = text.getBBox();
      const { width, height } = drawing.viewBox.baseVal;
      const frame = drawing.querySelector(`rect[data-id="${text.dataset.box}"]`)?.getBBox();
      const { x, y, width: right, height: bottom } = frame ?? { x: 0, y: 0, width, height };
      const leaves = inside.x < x - 0.05 || inside.x + inside.width > x + right + 0.05;
      const falls = inside.y < y - 1 || inside.y + inside.height > y + bottom + 1;
      if (leaves || falls) found.push(`leaves its box: ${text.textContent}`);
    }
  }
  for (const [selector, size] of Object.entries(subjects)) {
    for (const element of stage.querySelectorAll(selector)) {
      if (share(element) < size - 0.01)
        found.push(`${share(element).toFixed(2)} vh for ${selector}, not ${size}`);
    }
  }
  for (const box of stage.querySelectorAll(".box, footer")) {
    if (box.scrollHeight > box.clientHeight + 1)
      found.push(`${box.className || "footer"}: runs over by ${box.scrollHeight - box.clientHeight} px`);
    if (box.scrollWidth > box.clientWidth + 1)
      found.push(`${box.className || "footer"}: is too wide by ${box.scrollWidth - box.clientWidth} px`);
  }
  for (const [at, one] of boxes.entries()) {
    for (const other of boxes.slice(at + 1)) {
      if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
      if (one.element.closest("p, h1") === other.element.closest("p, h1")) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      // Line boxes may touch where line heights are tight; the letters do not.
      if (across > 2 && down > 0.25 * Math.min(one.box.height, other.box.height)) {
        found.push(`“${one.said}” lies over “${other.said}”`);
      }
    }
  }
  return found;
}
