// Photographs every scene of the phone page, and asks axe about each. Development only.
//
//   node phone/dev/shoot.mjs <folder of the built page> <folder for the pictures> [--short]
//
// `--short` leaves the dark theme out, which has the same layout; the tests of the project run it so.
//
// Ends with an error when axe finds something, when a page scrolls sideways, or when a control is too small.

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { openFakeRoom, SCENES } from "./fake-room.mjs";

const short = process.argv.includes("--short");
const [pages = "dist/phone", pictures = "pictures"] = process.argv
  .slice(2)
  .filter((word) => word !== "--short");
const AXE = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const SIZES = [
  { name: "390", viewport: { width: 390, height: 844 } },
  { name: "320", viewport: { width: 320, height: 640 } },
  { name: "large-text", viewport: { width: 320, height: 640 }, largeText: true },
];
/** What is done on a scene before it is photographed. */
const STEPS = {
  vote: async (page) => {
    for (const at of [0, 1])
      await page
        .locator("button.step")
        .nth(at * 2 + 1)
        .click();
  },
  "write-poorly": (page) => page.fill("textarea", "The rollback had never been tried with"),
  propose: (page) => page.fill("textarea", "Alert when the pool ".repeat(14)),
  refusing: async (page) => {
    await page.fill("textarea", "Two rotations with the same name");
    await page.click("text=Send");
    await page.waitForSelector("text=still in the field");
  },
  join: async (page) => {
    await page.fill("[name=code]", "k7q 10");
    await page.click("text=Join >> nth=-1");
  },
  locked: async (page) => {
    await page.fill("[name=code]", "k7q-x3m");
    await page.click("text=Join >> nth=-1");
    await page.waitForSelector("text=is locked");
  },
  look: (page) => page.click("summary"),
  wait: async (page) => {
    await page.waitForSelector("text=What do you remember?");
    await page.fill("textarea >> nth=0", "I saw the connection pool at its limit and");
    await page.click("text=Is anything hard to discuss?");
  },
  taps: (page) => page.waitForSelector("text=Time to move on"),
  remote: (page) => page.waitForSelector("text=only at the laptop"),
  "note-taker": (page) => page.waitForSelector("text=You take notes"),
  poll: (page) => page.waitForSelector("text=Before you go"),
  "poll-sent": (page) => page.waitForSelector("text=Sent ✓"),
  "was-here": async (page) => {
    await page.click("text=I was here before");
    await page.fill(".apart [name=code]", "k7qxmr");
    await page.click("text=Ask to be let back");
    await page.waitForSelector("text=K7Q");
  },
  "wait-sent": (page) => page.waitForSelector("text=What do you remember?"),
  "look-recollects": (page) => page.click("text=Something missing or different?"),
};

mkdirSync(pictures, { recursive: true });
const room = await openFakeRoom(pages);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
let faults = 0;
const complain = (where, what) => {
  faults += 1;
  console.log(`${where}: ${what}`);
};

for (const theme of short ? ["light"] : ["light", "dark"]) {
  for (const { name, viewport, largeText } of SIZES) {
    for (const scene of [...Object.keys(SCENES), "offline", "second-script-lost"]) {
      const where = `${scene}-${name}-${theme}`;
      const context = await browser.newContext({ viewport, colorScheme: theme, bypassCSP: true });
      const page = await context.newPage();
      page.on("pageerror", (error) => complain(where, error.message));
      room.faults.withoutSecondScript = scene === "second-script-lost";
      const shown = { offline: "write-poorly", "second-script-lost": "wait" }[scene] ?? scene;
      await page.goto(`${room.address}/?scene=${shown}`);
      if (largeText) await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      await page.waitForFunction(() => !document.querySelector("h1")?.textContent.startsWith("Connecting"));
      await STEPS[scene]?.(page);
      if (scene === "offline") {
        await context.setOffline(true);
        await page.waitForSelector("text=has no network");
      }
      if (room.faults.withoutSecondScript) await page.waitForSelector("text=did not load");
      await page.screenshot({ path: join(pictures, `${where}.png`) });
      await inspect(page, where);
      if (room.faults.withoutSecondScript) {
        room.faults.withoutSecondScript = false;
        await page.click("text=Try again");
        await page.waitForSelector("text=What do you remember?");
      }
      await context.close();
      room.rooms.clear();
    }
  }
}
await browser.close();
await room.close();
console.log(faults === 0 ? "Nothing to complain about." : `${faults} complaints.`);
process.exitCode = faults === 0 ? 0 : 1;

async function inspect(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const { id, help, nodes } of violations) complain(where, `${id}: ${help} (${nodes[0].target})`);
  const small = await page.evaluate(() =>
    [
      ...document.querySelectorAll(
        "button, summary, select, textarea, input:not([type=radio]), label:has([type=radio])",
      ),
    ]
      .filter((control) => control.getClientRects().length > 0)
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width < 48 || box.height < 48)
      .map(({ control, box }) => `${control.textContent || control.tagName} ${box.width} × ${box.height}`),
  );
  for (const control of small) complain(where, `too small: ${control}`);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (wide > 0) complain(where, `scrolls sideways by ${wide} px`);
}
