// Takes a picture of every scene whose path begins with a prefix, and measures the stage.
//
//   node gallery/shoot.mjs <prefix> <folder> [<width>x<height>]
//
// For stage scenes it also lists every text that is smaller than interface.md allows, that runs out of the stage, or
// that lies over another text, and ends with 1 when there is one. `CHROMIUM` names another browser.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { offences } from "./measure.mjs";

const [prefix, folder, size = "1920x1080"] = process.argv.slice(2);
if (prefix === undefined || folder === undefined) {
  console.error("usage: node gallery/shoot.mjs <prefix> <folder> [<width>x<height>]");
  process.exit(2);
}
const [width, height] = size.split("x").map(Number);

const configFile = fileURLToPath(new URL("../vite.gallery.config.ts", import.meta.url));
const server = await createServer({
  configFile,
  server: { port: 0, hmr: false, watch: null },
  logLevel: "warn",
});
await server.listen();
const address = `http://localhost:${server.httpServer.address().port}/gallery/index.html`;
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

let offended = 0;
try {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: "reduce" });
  page.on("pageerror", (error) => console.error(`  ${error.message}`));
  const ready = () => page.waitForSelector("html[data-ready]", { state: "attached" });
  const twoFrames = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

  await page.goto(address);
  await ready();
  const scenes = (await page.locator(".gallery a").allTextContents()).filter((path) =>
    path.startsWith(prefix),
  );
  mkdirSync(folder, { recursive: true });
  for (const path of scenes) {
    await page.goto(`${address}?scene=${path}`);
    await ready();
    await twoFrames();
    await page.screenshot({ path: join(folder, `${path.replaceAll("/", "-")}.png`) });
    if (!path.startsWith("stage/")) continue;
    const found = await page.evaluate(offences);
    for (const offence of found) console.log(`${path}: ${offence}`);
    offended += found.length;
  }
  console.log(`${scenes.length} scenes, ${offended} offences`);
} finally {
  await browser.close();
  await server.close();
}
process.exit(offended === 0 ? 0 : 1);
