import { cleanup, configure, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { FactorCategory } from "../../shared/bindings/FactorCategory";
import type { ConsoleView } from "../../shared/bindings/ConsoleView";
import { DESK, Desk } from "../desk.svelte";
import { FixtureHost } from "../fixtures/host";
import { open } from "../fixtures/render";
import * as views from "../fixtures/views";
import Factors from "./Factors.svelte";

vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

function causes(...categories: FactorCategory[]): ReturnType<typeof open> {
  const [first, ...rest] = views.causes().factors;
  if (first === undefined) throw new Error("there is no factor");
  const factors = categories.map((category, place) => ({
    ...(rest[place] ?? first),
    id: 60 + place,
    category,
    text: `Condition ${place + 1}`,
  }));
  return open({ ...views.causes(), factors });
}

const ANOTHER = "Another category…";
const optionsOf = (select: HTMLElement): string[] =>
  within(select)
    .getAllByRole("option")
    .map(({ textContent }) => textContent ?? "");

it("offers the categories that the room has made after those that are always there", async () => {
  causes("technical", "Weather", "Tides");
  const category = await screen.findByLabelText("Category of: Condition 1");
  const built = ["Technical", "Process", "Communication", "External", "Organisation"];
  expect(optionsOf(category)).toEqual([...built, "Tides", "Weather", ANOTHER]);
  const headings = screen.getAllByRole("heading", { level: 4 }).map(({ textContent }) => textContent);
  expect(headings).toEqual(["Technical", "Tides", "Weather"]);
});

it("gives a factor a category of the room's own by its name", async () => {
  const host = causes("technical");
  await userEvent.selectOptions(await screen.findByLabelText("Category of: Condition 1"), ANOTHER);
  const name = screen.getByLabelText<HTMLInputElement>("Name for: Category of: Condition 1");
  expect(document.activeElement).toBe(name);
  await userEvent.type(name, "Tides{Enter}");
  const change = { field: "category", value: "Tides" };
  const edit = { type: "factor", factor: 60, change };
  await waitFor(() => expect(host.requests).toEqual([{ type: "edit", edit }]));
  expect(screen.queryByLabelText("Name for: Category of: Condition 1")).toBeNull();
  expect(document.activeElement).toBe(screen.getByLabelText("Category of: Condition 1"));

  await userEvent.selectOptions(screen.getByLabelText("Category of: Condition 1"), ANOTHER);
  await userEvent.type(screen.getByLabelText("Name for: Category of: Condition 1"), "Wind{Escape}");
  expect(screen.getByLabelText<HTMLSelectElement>("Category of: Condition 1").value).toBe("technical");
  expect(document.activeElement).toBe(screen.getByLabelText("Category of: Condition 1"));
  expect(host.requests.length).toBe(1);
});

it("adds a factor in a category that nothing had before", async () => {
  const host = causes("technical");
  await userEvent.type(await screen.findByLabelText("Add a factor"), "The harbour froze");
  await userEvent.selectOptions(screen.getByLabelText("Category of the new factor"), ANOTHER);
  await userEvent.type(screen.getByLabelText("Name for: Category of the new factor"), "Tides{Enter}");
  expect(host.requests, "Enter took the name and nothing else").toEqual([]);
  await userEvent.type(screen.getByLabelText("Add a factor"), "{Enter}");
  const added = { type: "add-factor", category: "Tides", text: "The harbour froze" };
  await waitFor(() => expect(host.requests).toMatchObject([added]));
});

it("takes a category that is there already, whatever the case of its letters", async () => {
  const host = causes("technical", "Tides");
  await userEvent.selectOptions(await screen.findByLabelText("Category of: Condition 1"), ANOTHER);
  await userEvent.type(screen.getByLabelText("Name for: Category of: Condition 1"), "TIDES{Enter}");
  const edit = { type: "factor", factor: 60, change: { field: "category", value: "Tides" } };
  await waitFor(() => expect(host.requests).toEqual([{ type: "edit", edit }]));
});

it("gives the focus back to the pencil when a category keeps its name", async () => {
  const host = causes("technical");
  const pencil = await screen.findByRole("button", { name: "Rename the category Technical" });
  await userEvent.click(pencil);
  await userEvent.keyboard("{Escape}");
  const again = screen.getByRole("button", { name: "Rename the category Technical" });
  await waitFor(() => expect(document.activeElement).toBe(again));
  expect(host.requests).toEqual([]);
});

it("renames a category with all of its factors in one act", async () => {
  const host = causes("technical", "process", "technical");
  await userEvent.click(await screen.findByRole("button", { name: "Rename the category Technical" }));
  const name = screen.getByLabelText<HTMLInputElement>("New name of the category Technical");
  expect(name.value).toBe("Technical");
  await userEvent.clear(name);
  await userEvent.type(name, "Software{Enter}");
  const edit = { type: "rename-category", from: "technical", to: "Software" };
  await waitFor(() => expect(host.requests).toEqual([{ type: "edit", edit }]));
});

describe("when the categories are drawn anew", () => {
  const at = (...categories: FactorCategory[]): ConsoleView => ({
    ...views.causes(),
    factors: views
      .causes()
      .factors.slice(0, categories.length)
      .map((factor, place) => ({
        ...factor,
        id: 60 + place,
        text: `Condition ${place + 1}`,
        category: categories[place] ?? "technical",
      })),
  });

  it("leaves the focus with the factor that went to another one", async () => {
    const host = new FixtureHost(views.shownIn(null));
    const context = new Map([[DESK, new Desk(host)]]);
    const { rerender } = render(Factors, { props: { view: at("technical", "process") }, context });
    const select = screen.getByLabelText("Category of: Condition 1");
    await userEvent.selectOptions(select, "External");
    select.focus();
    await rerender({ view: at("external", "process") });
    expect(select.isConnected, "it is drawn in another place").toBe(false);
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByLabelText("Category of: Condition 1")),
    );
  });

  it("leaves the focus with the category that was renamed", async () => {
    const context = new Map([[DESK, new Desk(new FixtureHost(views.shownIn(null)))]]);
    const { rerender } = render(Factors, { props: { view: at("technical", "process") }, context });
    await userEvent.click(screen.getByRole("button", { name: "Rename the category Process" }));
    await userEvent.keyboard("Practice{Enter}");
    await waitFor(() =>
      expect(document.activeElement).toBe(
        screen.getByRole("button", { name: "Rename the category Process" }),
      ),
    );
    await rerender({ view: at("technical", "Practice") });
    await waitFor(() =>
      expect(document.activeElement).toBe(
        screen.getByRole("button", { name: "Rename the category Practice" }),
      ),
    );
  });

  it("takes no focus that was elsewhere", async () => {
    const context = new Map([[DESK, new Desk(new FixtureHost(views.shownIn(null)))]]);
    const { rerender } = render(Factors, { props: { view: at("technical") }, context });
    screen.getByLabelText("Category of: Condition 1").focus();
    screen.getByLabelText("Category of: Condition 1").blur();
    await rerender({ view: at("external") });
    await tick();
    expect(document.activeElement).toBe(document.body);
  });
});
