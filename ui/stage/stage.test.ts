// Renders every scene of the gallery without layout. Sizes and overflow are measured in a real browser by
// `gallery/shoot.mjs`.

import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, describe, expect, it } from "vitest";
import { scenes, view } from "../gallery/scenes/stage";
import { SECRET } from "../gallery/stage-texts";
import type { StageView } from "../shared/bindings/StageView";
import Stage from "./Stage.svelte";

afterEach(cleanup);

const SCENES = Object.entries(scenes).map(([name, { props }]) => ({
  name,
  props: props as { view: StageView | null; received: number },
}));

const PICTURES: StageView["picture"]["type"][] = [
  "welcome",
  "statement",
  "previous",
  "event",
  "evidence",
  "no-events",
  "question",
  "notes",
  "chain",
  "factors",
  "proposals",
  "voting",
  "result",
  "actions",
  "takeaways",
  "poll",
  "thanks",
];

it("the gallery has a scene of every picture", () => {
  const shown = new Set(SCENES.map(({ props }) => props.view?.picture.type));
  expect(PICTURES.filter((type) => !shown.has(type))).toEqual([]);
});

describe.each(SCENES)("scene $name", ({ props }) => {
  it("is drawn, without what has to be held back and without a word of the machinery", () => {
    const { container } = render(Stage, props);
    const text = container.textContent;
    const isBlank = props.view?.blank === true;
    expect(text.trim() === "").toBe(isBlank);
    expect(text).not.toContain(SECRET);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|frozen/);
  });

  it("offers nothing to press, to type into or to scroll", () => {
    const { container } = render(Stage, props);
    expect(container.querySelector("a, button, input, textarea, select, [tabindex]")).toBeNull();
  });
});

describe("what lies over what", () => {
  const picture: StageView["picture"] = { type: "thanks", actions: 3 };

  it("blank hides the join card and the footer", () => {
    const { container } = render(Stage, {
      view: view(picture, { blank: true, join_card: true }),
      received: 0,
    });
    expect(container.textContent).toBe("");
  });

  it("the join card hides the picture", () => {
    render(Stage, { view: view(picture, { join_card: true }), received: 0 });
    expect(screen.getByRole("img", { name: /QR code/ })).toBeDefined();
    expect(screen.queryByText("Thank you.")).toBeNull();
  });

  it("a join card of a closed room leaves the picture where it is", () => {
    render(Stage, { view: view(picture, { join_card: true, join: null }), received: 0 });
    expect(screen.getByText("Thank you.")).toBeDefined();
  });
});

describe("the exit poll", () => {
  const counted = (answers: number): StageView["picture"] => ({
    type: "poll",
    open: false,
    answered: answers,
    of: 7,
    result: { answers, learned: 3, again: 4, spoke_freely: [0, 0, 1, 2, 2], improve: ["A longer break"] },
  });

  it("shows totals only below five answers, even if more was sent", () => {
    render(Stage, { view: view(counted(4)), received: 0 });
    expect(screen.queryByText("A longer break")).toBeNull();
    expect(screen.queryByText(/Spoke freely/)).toBeNull();
    expect(screen.getByText("3 of 4")).toBeDefined();
  });

  it("shows what to improve from five answers on", () => {
    render(Stage, { view: view(counted(5)), received: 0 });
    expect(screen.getByText("A longer break")).toBeDefined();
  });
});

describe("a vote", () => {
  it("shows no dot while it is open", () => {
    const { container } = render(Stage, SCENES.find(({ name }) => name === "voting")!.props);
    expect(container.querySelector(".voting .dot, .voting .bar")).toBeNull();
  });

  it("draws the line under what is chosen, and says so", () => {
    const { container } = render(Stage, SCENES.find(({ name }) => name === "result")!.props);
    const rows = [...container.querySelectorAll(".table > *")].map((row) => row.className.split(" ")[0]);
    expect(rows).toEqual(["row", "row", "row", "row", "line", "row", "row", "row"]);
    expect(screen.getByText("three chosen")).toBeDefined();
  });

  it("says of every tied row that it is tied", () => {
    render(Stage, SCENES.find(({ name }) => name === "result-tie")!.props);
    expect(screen.getAllByText("Tied ·")).toHaveLength(3);
    expect(screen.getByText("A tie at the line.")).toBeDefined();
  });
});
