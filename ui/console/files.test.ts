// @vitest-environment node
// The DOM of the other tests knows no bytes of a part of a file.

import { expect, it, vi } from "vitest";
import { Desk } from "./desk.svelte";
import { preparing } from "./fixtures/base";
import { FixtureHost } from "./fixtures/host";
import { shownIn } from "./fixtures/views";
import { readFile } from "./files";
import { NO_ANSWERS } from "./reading";

const PIECE = 512 * 1024;

function desk(): { host: FixtureHost; desk: Desk } {
  const host = new FixtureHost(shownIn(preparing()));
  host.answers["begin_file"] = null;
  host.answers["file_piece"] = { bytes: 7, events: 3 };
  host.answers["finish_file"] = { type: "record" };
  return { host, desk: new Desk(host) };
}

const brought = (bytes: number): Parameters<typeof readFile>[1] => ({
  file: new File([new Uint8Array(bytes)], "export.json"),
  answers: NO_ANSWERS,
  window: { from: null, to: null },
});

const never = new AbortController().signal;

it("sends a file in pieces, says how far it is, and asks what it was", async () => {
  const { host, desk: at } = desk();
  const seen = vi.fn();
  expect(await readFile(at, brought(PIECE + 1), seen, never)).toEqual({ type: "record" });
  expect(host.calls.map(({ command }) => command)).toEqual([
    "begin_file",
    "file_piece",
    "file_piece",
    "finish_file",
  ]);
  expect(seen.mock.calls.map(([progress]) => progress.share)).toEqual([PIECE / (PIECE + 1), 1]);
});

it("gives an empty file to the reader too, which has a sentence for it", async () => {
  const { host, desk: at } = desk();
  await readFile(at, brought(0), () => undefined, never);
  expect(host.calls.map(({ command }) => command)).toEqual(["begin_file", "file_piece", "finish_file"]);
});

it("stops between two pieces", async () => {
  const { host, desk: at } = desk();
  const stop = new AbortController();
  expect(await readFile(at, brought(3 * PIECE), () => stop.abort(), stop.signal)).toBeUndefined();
  expect(host.calls.map(({ command }) => command)).toEqual(["begin_file", "file_piece", "stop_file"]);
});
