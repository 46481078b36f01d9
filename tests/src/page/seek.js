// Finds what a person would: something that can be seen, is not disabled, and has this name. An exact name is
// preferred to one that only begins so; while a dialog is open, everything behind it is out of reach.
//
// Arguments: the kind of control, its name, and the name of the part of the page it is in (or null).
const [kind, name, part] = arguments;

const KINDS = {
  button: "button, summary, a[href]",
  field: "input:not([type=checkbox]):not([type=radio]), textarea",
  choice: "select",
  check: "input[type=checkbox], input[type=radio]",
};

const tidy = (text) => text.replace(/\s+/g, " ").trim();

function spoken(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.getAttribute("aria-hidden") === "true") return "";
  if (["INPUT", "SELECT", "TEXTAREA"].includes(node.tagName)) return "";
  const words = Array.from(node.childNodes, spoken).join("");
  // Browsers part what stands in a block of its own, which a visually hidden part does too.
  return getComputedStyle(node).display === "inline" ? words : ` ${words} `;
}

function nameOf(element) {
  const given = element.getAttribute("aria-label");
  if (given !== null) return tidy(given);
  if (element.tagName === "FIELDSET") return tidy(spoken(element.querySelector("legend") ?? element));
  const labels = Array.from(element.labels ?? [], spoken);
  return tidy(labels.length > 0 ? labels.join(" ") : spoken(element));
}

const isThere = (element) => element.getClientRects().length > 0 && !element.closest("[inert]");
const best = (found) =>
  found.find((element) => nameOf(element) === name) ?? found.find((element) => nameOf(element).startsWith(name));

const top = Array.from(document.querySelectorAll("dialog[open]")).at(-1) ?? document;
const parts = Array.from(top.querySelectorAll("[aria-label], fieldset"));
const root = part === null ? top : parts.find((element) => isThere(element) && nameOf(element).startsWith(part));
if (root === undefined) return null;
return best(Array.from(root.querySelectorAll(KINDS[kind])).filter((one) => isThere(one) && !one.disabled)) ?? null;
