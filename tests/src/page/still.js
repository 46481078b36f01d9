// Waits until an element rests: what stands above it may still be growing, and a press would meet something else.
// Then listens for the press, so that one that met something else is not taken for done.
//
// Arguments: the element, and what to call when it rests.
const [element, done] = arguments;

element.scrollIntoView({ block: "center" });
window.unmet = true;
element.addEventListener("click", () => (window.unmet = false), { capture: true, once: true });

function rests(before, frames) {
  const { x, y, width, height } = element.getBoundingClientRect();
  const place = [x, y, width, height].join(" ");
  const still = place === before ? frames + 1 : 0;
  if (still >= 3 || !element.isConnected) return done(true);
  requestAnimationFrame(() => rests(place, still));
}
rests("", 0);
