// Measures when the phone page answers on a slow phone (P11): from the request for it to a painted answer to the first key.
//
//   node phone/dev/slow.mjs <address of an open room>
//
// The phone is Chromium with a processor slowed to a sixth and a Wi-Fi of 5 Mbit/s and 40 ms, with nothing kept from a
// load before. `CHROMIUM` names another browser.

import { chromium } from "playwright-core";

const ROUNDS = 9;
const SLOWER = 6;
const WIFI = { offline: false, latency: 40, downloadThroughput: 5e6 / 8, uploadThroughput: 5e6 / 8 };

const [address] = process.argv.slice(2);
if (address === undefined) {
  console.error("usage: node phone/dev/slow.mjs <address of an open room>");
  process.exit(2);
}

/** Runs in the page: notes when the field for the code was painted, and when the letter typed into it was. */
function note() {
  const painted = (then) => requestAnimationFrame(() => requestAnimationFrame(() => then(performance.now())));
  const look = () => {
    const field = document.querySelector("[name=code]");
    if (field === null) return setTimeout(look, 5);
    field.focus();
    painted((at) => (window.shown = at));
    field.addEventListener("input", (event) => painted((at) => (window.answered = at - event.timeStamp)));
  };
  look();
}

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const times = [];
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", WIFI);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    await page.addInitScript(note);
    await page.goto(address, { waitUntil: "commit" });
    await page.waitForFunction(() => window.shown !== undefined);
    await page.keyboard.press("k");
    await page.waitForFunction(() => window.answered !== undefined);
    times.push(await page.evaluate(() => window.shown + window.answered));
    await context.close();
  }
} finally {
  await browser.close();
}
times.sort((one, other) => one - other);
const [median, most] = [times[ROUNDS >> 1], times[ROUNDS - 1]].map(Math.round);
console.log(
  `  on a slow phone: the first key is answered after ${median} ms (median of ${ROUNDS}), ${most} ms at most`,
);
console.log(`  processor slowed to 1/${SLOWER}, Wi-Fi of 5 Mbit/s and 40 ms (must 1,500 ms, aim 600 ms)`);
