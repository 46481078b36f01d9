// Waits until an element rests: what stands above it may still be growing, and a press would meet something else.
// Then listens for the press, so that one that met something else is neither taken for done nor does anything there.
//
// Arguments: the element, and what to call when it rests.
const [element, done] = arguments;

element.scrollIntoView({ block: "center" });
window.unmet = true;
// One that never came must not judge the next.
removeEventListener("click", window.judge, true);
window.judge = (press) => {
  removeEventListener("click", window.judge, true);
  // A press on a label goes on as one on its field.
  const met = element.contains(press.target) || press.target.closest("label")?.control === element;
  window.unmet = !met;
  if (met) return;
  press.preventDefault();
  press.stopImmediatePropagation();
};
addEventListener("click", window.judge, true);

function rests(before, frames) {
  const { x, y, width, height } = element.getBoundingClientRect();
  const place = [x, y, width, height].join(" ");
  const still = place === before ? frames + 1 : 0;
  if (still >= 3 || !element.isConnected) return done(true);
  requestAnimationFrame(() => rests(place, still));
}
rests("", 0);
