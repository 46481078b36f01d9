// Checks that the built page is for browsers of 2017: its syntax, what its style relies on, and that it works where
// everything newer is missing.
//
//   node phone/dev/older.mjs <folder of the built page>
//
// A script with a word that is too new is refused as a whole, and a missing function stops the page where it is called;
// both are seen by nobody who builds the page with a browser of today.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "acorn";
import { chromium } from "playwright-core";
import { openFakeRoom } from "./fake-room.mjs";

const [pages = "dist/phone"] = process.argv.slice(2);
let faults = 0;
const complain = (where, what) => {
  faults += 1;
  console.log(`${where}: ${what}`);
};

/** Taken away before the page starts: what came after ES2017, and what browsers got after the first half of 2018. */
const NEWER = {
  Object: ["fromEntries", "hasOwn", "groupBy"],
  "Array.prototype": "at flat flatMap findLast findLastIndex toSorted toReversed toSpliced with".split(" "),
  "String.prototype": "at matchAll replaceAll trimStart trimEnd trimLeft trimRight isWellFormed".split(" "),
  Promise: ["allSettled", "any", "withResolvers", "try"],
  "Promise.prototype": ["finally"],
  "Symbol.prototype": ["description"],
  "Set.prototype": ["union", "intersection", "difference", "isSubsetOf"],
  "Element.prototype": "replaceChildren toggleAttribute checkVisibility".split(" "),
  "HTMLElement.prototype": ["inert", "popover", "showPopover", "enterKeyHint"],
  "HTMLFormElement.prototype": ["requestSubmit"],
  "Event.prototype": ["composedPath"],
  "Blob.prototype": ["text", "arrayBuffer", "stream"],
  "Crypto.prototype": ["randomUUID", "subtle"],
  "AbortSignal.prototype": ["throwIfAborted"],
  "Navigator.prototype": ["locks", "share", "clipboard", "userAgentData", "wakeLock"],
  "Document.prototype": ["startViewTransition", "adoptedStyleSheets"],
  window:
    "structuredClone queueMicrotask AbortController AbortSignal ResizeObserver BroadcastChannel WeakRef FinalizationRegistry BigInt requestIdleCallback scheduler visualViewport reportError trustedTypes navigation globalThis".split(
      " ",
    ),
};

/** In a style sheet: what those browsers drop together with the layout that hangs on it. */
const NEWER_STYLE = [
  [/:(is|where|has)\(/, "a selector that takes others: the whole rule would be dropped"],
  [/@(layer|container|scope|property|starting-style)\b/, "an at-rule whose content would be dropped"],
  [
    /[;{](aspect-ratio|inset(-\w+)*|translate|scale|rotate|content-visibility):/,
    "a property without a stand-in",
  ],
  [/\b(color-mix|oklch|oklab|lch|light-dark|clamp)\(/, "a function without a stand-in"],
  [/&|\{[^{}]*\{[^{}]*\{/, "a rule within a rule"],
];

for (const name of readdirSync(pages)) {
  const text = readFileSync(join(pages, name), "utf8");
  if (name.endsWith(".js")) {
    try {
      parse(text, { ecmaVersion: 2017, sourceType: "module" });
    } catch (error) {
      complain(name, `${error.message}: ${text.slice(error.pos - 40, error.pos + 40)}`);
    }
  }
  if (name.endsWith(".css")) {
    for (const [pattern, why] of NEWER_STYLE) {
      const found = pattern.exec(text);
      if (found) complain(name, `${why}: ${text.slice(found.index, found.index + 60)}`);
    }
    for (const [rule] of text.matchAll(/[^{}]*\{[^{}]*\}/g)) {
      if (/display:(inline-)?flex/.test(rule) && /[;{]gap:/.test(rule))
        complain(name, `a gap in a flex box: ${rule}`);
      if (/height:100dvh/.test(rule) && !/height:100vh/.test(rule))
        complain(name, `no height but dvh: ${rule}`);
    }
  }
}

const room = await openFakeRoom(pages);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

/** What is done in each scene, and what must be seen after it. The tests look from a world of their own. */
const STEPS = {
  join: async (page) => {
    await page.locator("[name=code]").fill("k7qx3m");
    await page.locator("text=Join >> nth=-1").click();
    await page.waitForSelector("text=You are in");
  },
  "write-poorly": async (page) => {
    await page.locator("textarea").fill("The rollback had never been tried");
    await page.locator("button.main").click();
    await page.waitForSelector("text=Sent ✓");
  },
  propose: (page) => page.waitForSelector("text=Priority"),
  vote: async (page) => {
    await page.locator("button.step").nth(1).click();
    await page.locator("text=Send my dots").click();
    await page.waitForSelector("text=Sent ✓");
  },
  result: (page) => page.waitForSelector("text=How the room voted"),
  wait: (page) => page.waitForSelector("text=What do you remember?"),
  poll: (page) => page.waitForSelector("text=Before you go"),
  "was-here": (page) => page.locator("text=I was here before").click(),
  remote: (page) => page.waitForSelector("text=only at the laptop"),
};

for (const [scene, step] of Object.entries(STEPS)) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  await context.addInitScript((newer) => {
    for (const [path, names] of Object.entries(newer)) {
      const owner = path.split(".").reduce((object, name) => object[name], window);
      for (const name of names) delete owner[name];
    }
  }, NEWER);
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  page.on("pageerror", (error) => complain(scene, error.message));
  try {
    await page.goto(`${room.address}/?scene=${scene}`);
    await step(page);
  } catch (error) {
    complain(scene, String(error.message).split("\n")[0]);
  }
  await context.close();
  room.rooms.clear();
}
await browser.close();
await room.close();
console.log(faults === 0 ? "It is for browsers of 2017." : `${faults} complaints.`);
process.exitCode = faults === 0 ? 0 : 1;
