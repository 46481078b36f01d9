// Rules of the house that no compiler checks, read from the sources of all three surfaces.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const FILES = ["console", "stage", "phone", "shared"]
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .filter((path) => /\.(ts|svelte|css|html)$/.test(path) && !path.endsWith(".test.ts"))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** Returns the files, among those that `path` matches, in which `pattern` occurs. */
function filesWith(path: RegExp, pattern: RegExp): string[] {
  return FILES.filter((file) => path.test(file.path) && pattern.test(file.text)).map((file) => file.path);
}

it("only the host adapter imports the Tauri API", () => {
  expect(filesWith(/./, /@tauri-apps\/|__TAURI/)).toEqual(["shared/host/tauri.ts"]);
});

it("no HTML is built from text that a person typed", () => {
  expect(filesWith(/./, /\{@html|innerHTML|insertAdjacentHTML|document\.write/)).toEqual([]);
});

it("no type is any", () => {
  expect(filesWith(/\.(ts|svelte)$/, /(:|\bas|<|,)\s*any\b(?=[\s;,>)[\]=|&]|$)/m)).toEqual([]);
});

it("colours and durations come from the token file", () => {
  const literal = /:[^;{}]*(#[0-9a-f]{3,8}\b|\b(rgba?|hsla?)\(|\b[0-9.]+m?s\b)[^;{}]*;/i;
  const styles = FILES.filter(({ path }) => path !== "shared/tokens.css" && !path.includes("fonts")).map(
    ({ path, text }) => ({
      path,
      css: path.endsWith(".css") ? text : (/<style>[^]*<\/style>/.exec(text)?.[0] ?? ""),
    }),
  );
  expect(styles.filter(({ css }) => literal.test(css)).map(({ path }) => path)).toEqual([]);
});

it("no markup carries a style attribute, which the content policy of the room would drop", () => {
  expect(filesWith(/\.(svelte|html)$/, /\sstyle="/)).toEqual([]);
});

it("the phone imports neither fonts nor icons nor the desktop seam", () => {
  expect(filesWith(/^phone\//, /fonts\/|@lucide|"@host"/)).toEqual([]);
});
