import { cleanup, fireEvent, render } from "@testing-library/svelte";
import { afterEach, expect, it } from "vitest";
import type { StagePicture } from "../shared/bindings/StagePicture";
import { view } from "../gallery/scenes/stage";
import { IMAGES } from "./images";
import Stage from "./Stage.svelte";

afterEach(cleanup);

const GRAPH: StagePicture = {
  type: "evidence",
  attachment: 7,
  image: { format: "png", width: 640, height: 360, bytes: 1, digest: "" },
  lines: [],
  of_lines: 0,
  caption: "Connections stood at their limit.",
  event: "The database on-call was paged.",
  clock: "14:23",
};

function shown(picture: StagePicture, images?: (attachment: number) => string): HTMLElement {
  const context = new Map<symbol, unknown>(images ? [[IMAGES, images]] : []);
  return render(Stage, { props: { view: view(picture), received: 0 }, context }).container;
}

it("fetches the image of the attachment, and enlarges it no more than twice", () => {
  const image = shown(GRAPH, (attachment) => `/image/${attachment}`).querySelector("img");
  expect(image?.getAttribute("src")).toBe("/image/7");
  expect(image?.style.maxWidth).toBe("1280px");
  expect(image?.style.maxHeight).toBe("720px");
});

it("shows the caption alone when the image does not come, and no error", async () => {
  const stage = shown(GRAPH, () => "/image/7");
  const image = stage.querySelector("img");
  if (image) await fireEvent.error(image);
  expect(stage.querySelector("img")).toBeNull();
  expect(stage.querySelector("h1")?.textContent).toBe("Connections stood at their limit.");
  expect(shown(GRAPH).querySelector("h1"), "and where nobody can fetch it").not.toBeNull();
});

it("says the event when there is no caption", () => {
  const stage = shown({ ...GRAPH, caption: "" }, () => "/image/7");
  expect(stage.textContent).toContain("The database on-call was paged.");
});

it("says how much of an excerpt it shows, and nothing when it shows all", () => {
  const lines = Array.from({ length: 10 }, (_, place) => `14:23:0${place} ERROR`);
  const excerpt: StagePicture = { ...GRAPH, image: null, lines, of_lines: 31 };
  expect(shown(excerpt).querySelectorAll(".lines li")).toHaveLength(10);
  cleanup();
  expect(shown({ ...excerpt, of_lines: 10 }).textContent).not.toContain("First");
});
