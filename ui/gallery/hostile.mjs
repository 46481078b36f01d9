// Puts every hostile text into everything that is typed, on all three surfaces, and asks whether any of them came to
// life; then writes each one raw into a page and asks whether the content policies hold by themselves.
//
//   node gallery/hostile.mjs [surface ... | policies]
//
// By default every field of every scene gets every text in a bundle with others, and a dozen texts alone; with
// `DEBRIEF_LONG=1` every text alone. The texts are those of `tests/fixtures/hostile`, which the tests of the exports
// read as well. Ends with an error when one came to life.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createServer } from "vite";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const TEXTS = Object.values(JSON.parse(read("tests/fixtures/hostile/texts.json"))).flat();
const only = process.argv.slice(2);
/** How many texts a bundle holds, and how many texts each field gets alone. */
const BUNDLE = 60;
const ALONE = process.env.DEBRIEF_LONG === "1" ? TEXTS.length : 12;
/** Elements that load, run or lead somewhere: there are as many of them as with harmless texts. */
const RISKY =
  "script style iframe object embed img image svg math a form base meta link template video audio portal animate set foreignobject use frame frameset".split(
    " ",
  );

/** What the console draws of the Markdown of a record, as elements without attributes. */
const OF_MARKDOWN = [
  "pre",
  "blockquote",
  "hr",
  "ol",
  "ul",
  "li",
  "table",
  "thead",
  "tbody",
  "tr",
  "th",
  "td",
  "p",
];

let faults = 0;
const complain = (where, what) => {
  faults += 1;
  console.log(`${where}: ${what}`);
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  if (!only.includes("policies")) await encodingAlone();
  if (only.length === 0 || only.includes("policies")) await policyAlone();
} finally {
  await browser.close();
}
console.log(faults === 0 ? "No text came to life." : `${faults} complaints.`);
process.exitCode = faults === 0 ? 0 : 1;

async function encodingAlone() {
  const configFile = fileURLToPath(new URL("../vite.gallery.config.ts", import.meta.url));
  const server = await createServer({
    configFile,
    server: { port: 0, hmr: false, watch: null },
    logLevel: "error",
  });
  await server.listen();
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 }, reducedMotion: "reduce" });
  page.on("dialog", (dialog) => dialog.dismiss());
  await page.goto(`http://localhost:${server.httpServer.address().port}/gallery/hostile.html`);
  await page.waitForFunction(() => "hostile" in globalThis);
  const attempt = (path, texts, first) =>
    page.evaluate(
      ([path, texts, first]) => globalThis.hostile.attempt(path, texts, first),
      [path, texts, first],
    );
  const paths = (await page.evaluate(() => globalThis.hostile.list())).filter(
    (path) => only.length === 0 || only.some((surface) => path.startsWith(surface)),
  );

  const harmless = new Map();
  const vocabulary = new Map();
  for (const path of paths) {
    const outcome = await attempt(path, ["Harmless words."], 0);
    if (outcome.failed !== "") complain(path, `does not take other texts: ${outcome.failed}`);
    harmless.set(path, outcome);
    const surface = path.split("/")[0];
    const words = vocabulary.get(surface) ?? new Set(surface === "console" ? OF_MARKDOWN : []);
    for (const name of Object.keys(outcome.elements)) words.add(name);
    vocabulary.set(surface, words);
  }
  const bundles = Array.from({ length: Math.ceil(TEXTS.length / BUNDLE) }, (_, at) =>
    TEXTS.slice(at * BUNDLE, (at + 1) * BUNDLE).join(" \n"),
  );
  let [fields, mounted] = [0, 0];
  for (const path of paths) {
    const usual = harmless.get(path);
    fields += usual.fields;
    const judge = (what, outcome) => {
      mounted += 1;
      const where = `${path} (${what})`;
      if (outcome.failed !== "") complain(where, outcome.failed);
      if (outcome.ran > 0) complain(where, "a text was run");
      for (const attribute of outcome.attributes)
        if (!usual.attributes.includes(attribute)) complain(where, attribute);
      for (const [name, count] of Object.entries(outcome.elements)) {
        if (!vocabulary.get(path.split("/")[0]).has(name)) complain(where, `a new <${name}>`);
        else if (RISKY.includes(name) && count > (usual.elements[name] ?? 0))
          complain(where, `one more <${name}>`);
      }
    };
    // Each field gets each bundle: with as many rounds as bundles, every deal begins with another one.
    for (let at = 0; at < bundles.length; at += 1) judge(`bundle ${at}`, await attempt(path, bundles, at));
    const stride = Math.max(1, Math.floor(TEXTS.length / ALONE));
    for (let at = 0; at < ALONE; at += 1) {
      const first = (at * stride + paths.indexOf(path)) % TEXTS.length;
      judge(`texts from ${first}`, await attempt(path, TEXTS, first));
    }
  }
  await page.close();
  await server.close();
  console.log(
    `Encoding alone: ${TEXTS.length} texts, ${fields} typed fields in ${paths.length} scenes, ${mounted} pages drawn.`,
  );
}

async function policyAlone() {
  const room = /header::CONTENT_SECURITY_POLICY,\s*"([^"]*)"/.exec(
    read("src-tauri/crates/room/src/guard.rs"),
  );
  const windows = JSON.parse(read("src-tauri/tauri.conf.json")).app.security.csp;
  const policies = {
    none: "",
    room: room[1].replace(/\\\s+/g, ""),
    windows: Object.entries(windows)
      .map(([name, values]) => `${name} ${values}`)
      .join("; "),
  };
  const ran = {};
  for (const [name, policy] of Object.entries(policies)) {
    ran[name] = await raw(policy);
    if (policy !== "") for (const text of ran[name]) complain(`policy of the ${name}`, text);
  }
  // Without a policy most of them must run, or the test would prove nothing.
  if (ran.none.length < TEXTS.length / 5)
    complain("control", `only ${ran.none.length} texts run without a policy`);
  console.log(
    `Policy alone: ${TEXTS.length} texts written raw; ${ran.none.length} run without a policy, ` +
      `${ran.room.length} under the room's, ${ran.windows.length} under the windows'.`,
  );
}

/** Writes every text raw into a page with a policy, touches everything in it, and returns the texts that ran. */
async function raw(policy) {
  const context = await browser.newContext();
  await context.addInitScript(() => {
    globalThis.ran = 0;
    globalThis.canary = () => (globalThis.ran += 1);
  });
  const origin = "http://raw.example";
  let body = "";
  await context.route("**/*", (route) => {
    const isPage = route.request().url() === `${origin}/`;
    if (!isPage) return route.fulfill({ status: 404, body: "" });
    const headers = policy === "" ? {} : { "Content-Security-Policy": policy };
    return route.fulfill({ body, contentType: "text/html; charset=utf-8", headers });
  });
  const page = await context.newPage();
  page.on("dialog", (dialog) => dialog.dismiss());
  const found = [];
  for (const text of TEXTS) {
    body = `<!doctype html><title>raw</title><p>${text}</p>`;
    try {
      await page.goto(`${origin}/`, { waitUntil: "load", timeout: 5_000 });
      const count = await page.evaluate(touch);
      if (count > 0) found.push(text);
    } catch (error) {
      // A page that left for another address before it was looked at has run nothing that is counted here.
      if (policy !== "" && !/navigat|context was destroyed|interrupted/i.test(error.message)) throw error;
    }
  }
  await context.close();
  return found;
}

/** In the page: presses, points at and focuses everything, and returns how often a text ran. */
async function touch() {
  for (const element of document.querySelectorAll("body *")) {
    for (const name of ["mouseover", "pointerenter", "focus", "toggle", "copy", "input", "beforeinput"])
      element.dispatchEvent(new Event(name));
    const stays = !/^(a|area|form)$/i.test(element.localName);
    const script = /^\s*javascript:/i.test(element.getAttribute?.("href") ?? "");
    if (stays || script) element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  await new Promise((done) => setTimeout(done, 4));
  return globalThis.ran;
}
