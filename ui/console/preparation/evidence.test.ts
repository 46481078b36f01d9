import { cleanup, configure, fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FixtureHost } from "../fixtures/host";
import { open } from "../fixtures/render";
import * as views from "../fixtures/views";
import { IMAGE_LIMIT, readImage } from "./evidence";

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

// jsdom reads files only in the old way.
Blob.prototype.arrayBuffer ??= function arrayBuffer(this: Blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(new Error("not read"));
    reader.readAsArrayBuffer(this);
  });
};

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const file = (bytes: Uint8Array, name: string, type: string): File =>
  new File([new Uint8Array(bytes)], name, { type });
const png = (name = "graph.png"): File => file(PNG, name, "image/png");

/** What is on a clipboard or under the pointer. */
const carrying = (files: File[], text = ""): Partial<DataTransfer> => ({
  files: files as unknown as FileList,
  getData: () => text,
});

/** Opens the details of the page to the database on-call and returns its evidence. */
async function shelf(): Promise<{ host: FixtureHost; shelf: HTMLElement }> {
  const host = open(views.withEvidence());
  await userEvent.click(await screen.findByRole("button", { name: /^Edit: The database on-call/ }));
  return { host, shelf: await screen.findByRole("group", { name: "Evidence of this event" }) };
}

const sent = (host: FixtureHost): unknown[] => host.calls.filter(({ command }) => command === "attach_image");

describe("reading an image", () => {
  it("keeps PNG and JPEG as they are", async () => {
    expect(await readImage(png())).toEqual({ type: "ready", bytes: PNG });
    const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
    expect(await readImage(file(jpeg, "photo.jpg", "image/jpeg"))).toEqual({ type: "ready", bytes: jpeg });
  });

  it("draws anything else as PNG, whatever its name says", async () => {
    const drawn = vi.fn(() => Promise.resolve(PNG));
    const webp = file(new TextEncoder().encode("RIFF....WEBP"), "graph.png", "image/png");
    expect(await readImage(webp, drawn)).toEqual({ type: "ready", bytes: PNG });
    expect(drawn).toHaveBeenCalledOnce();
  });

  it("says what to do about a file that cannot be drawn", async () => {
    const broken = file(new Uint8Array([1, 2, 3]), "trace.heic", "image/heic");
    expect(await readImage(broken, () => Promise.reject(new Error("unknown")))).toEqual({
      type: "refused",
      sentence:
        "“trace.heic” is not an image that can be shown here. Save it as PNG or JPEG and attach it again.",
    });
  });

  it("refuses an image above 20 MB without reading it", async () => {
    const large = png("wall.png");
    Object.defineProperty(large, "size", { value: IMAGE_LIMIT + 1 });
    const read = vi.spyOn(large, "arrayBuffer");
    expect(await readImage(large)).toMatchObject({
      type: "refused",
      sentence: expect.stringContaining("20 MB") as unknown,
    });
    expect(read).not.toHaveBeenCalled();
  });

  it("refuses an image that is above 20 MB only once it is a PNG", async () => {
    const bytes = new Uint8Array(IMAGE_LIMIT + 1);
    const bitmap = file(new Uint8Array([0x42, 0x4d]), "wall.bmp", "image/bmp");
    expect(await readImage(bitmap, () => Promise.resolve(bytes))).toMatchObject({ type: "refused" });
  });
});

describe("the evidence of an event", () => {
  it("takes a pasted image", async () => {
    const { host, shelf: evidence } = await shelf();
    await fireEvent.paste(within(evidence).getByLabelText("Add evidence"), {
      clipboardData: carrying([png()]),
    });
    await waitFor(() =>
      expect(sent(host)).toEqual([
        {
          command: "attach_image",
          args: { bytes: PNG, headers: expect.objectContaining({ "debrief-event": "5" }) as unknown },
        },
      ]),
    );
    expect(await within(evidence).findByText(/1 image attached/)).toBeDefined();
  });

  it("takes an image that is pasted on the row of its event", async () => {
    const host = open(views.withEvidence());
    await screen.findByRole("grid", { name: "Events" });
    const row = document.querySelector<HTMLElement>('[data-row="6"]');
    row?.focus();
    if (row) await fireEvent.paste(row, { clipboardData: carrying([png()]) });
    await waitFor(() => expect(sent(host)).toMatchObject([{ args: { headers: { "debrief-event": "6" } } }]));
  });

  it("leaves text on the clipboard to the field, even when a picture of it comes along", async () => {
    const { host, shelf: evidence } = await shelf();
    const isLeft = await fireEvent.paste(within(evidence).getByLabelText("Add evidence"), {
      clipboardData: carrying([png()], "14:23 ERROR"),
    });
    expect(isLeft).toBe(true);
    expect(sent(host)).toEqual([]);
  });

  it("says why an image was not attached, goes on with the next, and tries again", async () => {
    const { host, shelf: evidence } = await shelf();
    host.refusal = { code: "full", message: "The disk is full.", hint: "Free some space." };
    const zone = within(evidence).getByLabelText("Add evidence");
    await fireEvent.drop(zone, { dataTransfer: carrying([png("one.png"), png("two.png")]) });
    for (const name of ["one", "two"])
      expect(
        await within(evidence).findByText(
          `“${name}.png” was not attached. The disk is full. Free some space.`,
        ),
      ).toBeDefined();
    host.refusal = undefined;
    await userEvent.click(within(evidence).getByRole("button", { name: "Try again" }));
    expect(await within(evidence).findByText(/2 images attached/)).toBeDefined();
    expect(sent(host)).toHaveLength(4);
  });

  it("refuses what was dropped and is no image, with a sentence and without sending it", async () => {
    const { host, shelf: evidence } = await shelf();
    const log = file(new Uint8Array([1]), "checkout.log", "text/plain");
    await fireEvent.drop(within(evidence).getByLabelText("Add evidence"), { dataTransfer: carrying([log]) });
    expect(
      await within(evidence).findByText(
        "“checkout.log” is not an image. Of a log, paste the lines that matter.",
      ),
    ).toBeDefined();
    expect(sent(host)).toEqual([]);
  });

  it("attaches lines of a log with what they show, and keeps them when they are refused", async () => {
    const { host, shelf: evidence } = await shelf();
    const field = within(evidence).getByLabelText<HTMLTextAreaElement>("Add evidence");
    await fireEvent.input(field, { target: { value: "  at pool.acquire\n  at charge\n" } });
    await userEvent.type(within(evidence).getByLabelText("What these lines show"), "The pool was full");
    host.refusal = { code: "too-long", message: "It is too long.", hint: "" };
    await userEvent.click(within(evidence).getByRole("button", { name: "Attach 2 lines" }));
    expect(field.value).toContain("pool.acquire");
    host.refusal = undefined;
    await userEvent.click(within(evidence).getByRole("button", { name: "Attach 2 lines" }));
    expect(host.requests.at(-1), "the indentation of a log means something").toEqual({
      type: "attach-excerpt",
      event: 5,
      text: "  at pool.acquire\n  at charge",
      caption: "The pool was full",
    });
    await waitFor(() => expect(field.value).toBe(""));
  });

  it("keeps the caption, where it may be seen, and which event it belongs to", async () => {
    const { host, shelf: evidence } = await shelf();
    const graph = within(evidence).getByRole("group", { name: /^Evidence: Connections on replica 2/ });
    const caption = within(graph).getByLabelText(/^What it shows/);
    await userEvent.clear(caption);
    await userEvent.type(caption, "At the limit");
    await userEvent.click(within(graph).getByRole("checkbox", { name: /^Show on the stage/ }));
    await userEvent.click(within(graph).getByRole("checkbox", { name: /^May stand in the public edition/ }));
    await userEvent.selectOptions(within(graph).getByLabelText("Belongs to"), "The incident as a whole");
    await userEvent.click(within(graph).getByRole("button", { name: /^Remove this evidence/ }));
    const change = (field: string, value: unknown): unknown => ({
      type: "edit",
      edit: { type: "attachment", attachment: 401, change: { field, value } },
    });
    expect(host.requests).toEqual([
      change("caption", "At the limit"),
      change("staged", false),
      change("public", true),
      change("event", null),
      { type: "edit", edit: { type: "remove-attachment", attachment: 401 } },
    ]);
  });
});

describe("evidence in the walk", () => {
  it("stays with its event while it is on the stage, and brings the event back", async () => {
    const host = open(views.walkingEvidence());
    const strip = await screen.findByRole("list", { name: "Evidence of this event" });
    expect(screen.getByRole("region", { name: "The event on the stage" })).toBeDefined();
    await userEvent.click(within(strip).getByRole("button", { name: /Every retry opened/ }));
    await userEvent.click(within(strip).getByRole("button", { name: /Connections on replica 2/ }));
    expect(host.requests).toEqual([
      { type: "show", picture: { type: "evidence", attachment: 403 } },
      { type: "show", picture: { type: "event", event: 5 } },
    ]);
  });

  it("is seen in the small stage as the room sees it", async () => {
    open(views.walkingEvidence());
    const preview = await screen.findByRole("region", { name: "The room sees" });
    expect(preview.querySelector("img")?.src).toMatch(/^data:image/);
  });
});
