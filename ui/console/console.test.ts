import { cleanup, configure, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { open } from "./fixtures/render";
import * as views from "./fixtures/views";

// A whole console is rendered for each test, which a busy computer does slowly.
vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(cleanup);

const BARRIER = {
  code: "barrier",
  message: "The next step reveals what was written. Press R to do it.",
  hint: "",
};

describe("the library", () => {
  it("lists post-mortems with their state, and opens one", async () => {
    const host = open(null);
    const entry = await screen.findByRole("button", {
      name: /Search returned stale results.*2 of 4 action items open/s,
    });
    await userEvent.click(entry);
    expect(host.calls).toContainEqual({ command: "open_post_mortem", args: { id: "search-index" } });
  });

  it("asks for a title before it creates one, and keeps the zone of this computer", async () => {
    const host = open(null);
    await screen.findByText("4 post-mortems");
    await userEvent.click(screen.getByRole("button", { name: "New post-mortem" }));
    expect(screen.getByText(/needs a title first/)).toBeDefined();
    await userEvent.type(screen.getByLabelText("Title"), "Login down{Enter}");
    await waitFor(() =>
      expect(host.calls).toContainEqual({
        command: "create_post_mortem",
        args: { title: "Login down", zone: "Europe/Berlin" },
      }),
    );
  });
});

describe("preparation", () => {
  it("offers pasting a timeline first, previews it, and takes it in", async () => {
    const host = open(views.fresh());
    await userEvent.type(await screen.findByLabelText("Paste the timeline here"), "14:12 deployed");
    const found = await screen.findByRole("region", { name: "What was found" });
    expect(within(found).getByText(/Which time zone/)).toBeDefined();
    expect(within(found).getByText("(screenshot missing)", { exact: false })).toBeDefined();
    await userEvent.click(within(found).getByRole("checkbox", { name: "Take in: Errors at 4.8 %" }));
    await userEvent.click(within(found).getByRole("button", { name: "Take in 5 events" }));
    await waitFor(() => expect(host.requests.at(-1)).toMatchObject({ type: "add-events" }));
    expect(screen.queryByRole("region", { name: "What was found" }), "the field is free again").toBeNull();
  });

  it("sends the answer to a doubt along with the text", async () => {
    const host = open(views.fresh());
    await userEvent.type(await screen.findByLabelText("Paste the timeline here"), "14:12 deployed");
    await userEvent.selectOptions(await screen.findByLabelText("Time zone"), "Europe/Berlin");
    await waitFor(() =>
      expect(host.calls.at(-1)).toMatchObject({
        command: "read_timeline",
        args: { assumptions: { zone: "Europe/Berlin" } },
      }),
    );
  });

  it("says what is missing, and starts the meeting all the same", async () => {
    const host = open(views.preparing());
    expect(await screen.findByRole("link", { name: "Note-taker" })).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Start the meeting" }));
    expect(host.requests).toEqual([{ type: "start-meeting" }]);
  });
});

describe("each section renders", () => {
  it.each([
    ["opening", views.opening, "The opening statement, to say in your own words"],
    ["timeline", views.walking, "6 min, no event · “What happened between 14:17 and 14:23?”"],
    ["writing", views.writingOpen, "Typed here, still hidden"],
    ["notes", views.revealed, "3 of 8 spoken about"],
    ["causes", views.causes, "Not finished."],
    ["proposing", views.proposing, "Parking lot · 2 to decide"],
    ["voting", views.voting, "The vote is open"],
    ["tie", views.tied, "A tie at the line"],
    ["committed", views.committed, "Still needs a due date, a success criterion and a ticket."],
    ["wrap-up", views.wrapUp, "5 of 6 learned something that changes how they work"],
    ["ended", views.ended, "Ended with gaps: Two owners join tomorrow and set their dates then."],
  ])("%s", async (_, view, text) => {
    open(view());
    expect(await screen.findByText(text, { exact: false })).toBeDefined();
  });
});

describe("a meeting", () => {
  it("goes on with the key and with the button alike", async () => {
    const host = open(views.walking());
    await screen.findByRole("button", { name: "Next event" });
    await userEvent.keyboard("{PageDown}");
    await userEvent.click(screen.getByRole("button", { name: "Next event" }));
    expect(host.requests).toEqual([{ type: "next" }, { type: "next" }]);
  });

  it("opens a question before a reveal, and sends nothing until it is confirmed", async () => {
    const host = open(views.writingOpen());
    await screen.findByRole("button", { name: "Reveal 13 notes…" });
    await userEvent.keyboard("r");
    expect(screen.getByRole("dialog", { name: "Reveal 13 notes?" })).toBeDefined();
    expect(host.requests).toEqual([]);
    await userEvent.keyboard("{PageDown}");
    expect(host.requests, "a clicker does not act behind the question").toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Reveal 13 notes" }));
    expect(host.requests).toEqual([{ type: "reveal", section: "went-well" }]);
  });

  it("shows the sentence of a refusal, and it can be dismissed", async () => {
    const host = open(views.walking());
    host.refusal = BARRIER;
    await screen.findByRole("button", { name: "Next event" });
    await userEvent.keyboard("{PageDown}");
    expect(await screen.findByText(BARRIER.message, { exact: false })).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByText(BARRIER.message, { exact: false })).toBeNull();
  });

  it("keeps what was typed into a line that was refused", async () => {
    const host = open(views.walking());
    host.refusal = { code: "too-long", message: "It has 1200 characters; 1000 fit.", hint: "" };
    const field = await screen.findByLabelText<HTMLTextAreaElement>("Park a topic");
    await userEvent.type(field, "A retry budget{Enter}");
    expect(await screen.findByText("It has 1200 characters", { exact: false })).toBeDefined();
    expect(field.value).toBe("A retry budget");
    host.refusal = undefined;
    await userEvent.type(field, "{Enter}");
    await waitFor(() => expect(field.value).toBe(""));
  });

  it("keeps an answer under the event as it is typed", async () => {
    const host = open(views.walking());
    await userEvent.type(
      await screen.findByLabelText("What happened between 14:17 and 14:23?"),
      "Nobody was staffed.",
    );
    await userEvent.tab();
    expect(host.requests).toContainEqual({
      type: "edit",
      edit: {
        type: "answer",
        event: 5,
        question: "What happened between 14:17 and 14:23?",
        answer: "Nobody was staffed.",
      },
    });
  });

  it("leaves letters to a field while it has the focus", async () => {
    const host = open(views.walking());
    await userEvent.type(await screen.findByLabelText("Park a topic"), "the retry ate them");
    expect(host.requests).toEqual([]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("sets the note in focus aside, and otherwise darkens the stage", async () => {
    const host = open(views.revealed());
    (await screen.findByRole("checkbox", { name: /^Select: Database dashboards/ })).focus();
    await userEvent.keyboard("x");
    (document.activeElement as HTMLElement).blur();
    await userEvent.keyboard("x");
    expect(host.requests).toEqual([
      {
        type: "edit",
        edit: {
          type: "note",
          section: "went-poorly",
          note: 101,
          change: { field: "set-aside", value: true },
        },
      },
      { type: "blank", on: true },
    ]);
  });

  it("lets the facilitator enter a ballot within the limits of a phone", async () => {
    const host = open(views.voting());
    await userEvent.click(await screen.findByRole("button", { name: "Enter ballot: Priya (on the call)" }));
    const more = screen.getByRole<HTMLButtonElement>("button", { name: /^One dot more on: Limit database/ });
    await userEvent.click(more);
    await userEvent.click(more);
    expect(more.disabled, "two at most on one").toBe(true);
    await userEvent.click(screen.getByRole("button", { name: "Enter the ballot" }));
    expect(host.requests).toMatchObject([
      { type: "enter-ballot", round: 80, voter: 9, ballot: { dots: [[70, 2]] } },
    ]);
  });

  it("asks for a reason when it ends with gaps", async () => {
    const host = open(views.committed());
    await screen.findByText("Committed · 3");
    await userEvent.keyboard("e");
    const dialog = screen.getByRole("dialog", { name: "End the meeting?" });
    expect(within(dialog).getByText(/Route every database page.*needs an owner/s)).toBeDefined();
    await userEvent.type(within(dialog).getByLabelText(/Why it ends all the same/), "They join tomorrow");
    await userEvent.click(within(dialog).getByRole("button", { name: "End it with this reason" }));
    expect(host.requests).toEqual([{ type: "end-meeting", reason: "They join tomorrow" }]);
  });
});

describe("notes that seem to say the same", () => {
  it("are proposed for a merge, and kept apart when they do not", async () => {
    const view = views.revealed();
    const writing = view.writings.find(({ section }) => section === view.section)!;
    const [first, second] = writing.notes;
    writing.alike = [[first!.id, second!.id]];
    const host = open(view);
    await screen.findByText("Say the same? · 1");
    await userEvent.click(screen.getByRole("button", { name: /^Merge 2 notes/ }));
    const name = screen.getByLabelText("Merge 2 notes as");
    await userEvent.clear(name);
    await userEvent.type(name, "Both{Enter}");
    await waitFor(() =>
      expect(host.requests.at(-1)).toEqual({
        type: "edit",
        edit: {
          type: "merge-notes",
          section: view.section,
          into: first!.id,
          from: [second!.id],
          text: "Both",
        },
      }),
    );
    await userEvent.click(await screen.findByRole("button", { name: /^Keep apart/ }));
    expect(screen.queryByText(/^Say the same/)).toBeNull();
  });
});

describe("what the words of a chain and of an action lack", () => {
  it("proposes where a chain ends, and keeps it when the facilitator agrees", async () => {
    const view = views.causes();
    const chain = view.chains[0]!.chain;
    const last = chain.steps.find((step) => !chain.steps.some(({ parent }) => parent === step.id))!;
    last.ends_at = null;
    const host = open(view);
    const accept = await screen.findAllByRole("button", { name: "It ends at a process" });
    await userEvent.click(accept[0]!);
    await waitFor(() =>
      expect(host.requests.at(-1)).toEqual({
        type: "edit",
        edit: {
          type: "step",
          chain: chain.id,
          step: last.id,
          change: { field: "ends-at", value: "process" },
        },
      }),
    );
  });

  it("asks on where a chain seems to end at a person", async () => {
    const view = views.causes();
    for (const { chain } of view.chains) for (const step of chain.steps) step.ends_at = null;
    open(view, { chain_end: { ends_at: "person", reason: "It names somebody." } });
    const asked = await screen.findAllByText("What would have led anyone in that seat to do the same?");
    expect(asked.length).toBeGreaterThan(0);
    expect(screen.queryByRole("button", { name: /^It ends at/ })).toBeNull();
  });

  it("says of an action what its words lack, and leaves empty fields to the line that names them", async () => {
    const view = views.committed();
    view.actions = [{ ...view.actions[0]!, action: { ...view.actions[0]!.action, owner: "" } }];
    open(view, {
      action_check: {
        missing: ["object", "owner"],
        hints: ["It names nothing that will exist.", "Nobody is named."],
      },
    });
    expect(await screen.findByText("It names nothing that will exist.")).toBeDefined();
    expect(screen.queryByText("Nobody is named.")).toBeNull();
  });
});

describe("the end of a meeting", () => {
  it("leaves the record on the disk before anybody leaves", async () => {
    const host = open({ ...views.wrapUp(), actions: views.committed().actions });
    await userEvent.keyboard("e");
    await userEvent.type(await screen.findByLabelText(/^Why it ends all the same/), "Two owners are away");
    await userEvent.click(screen.getByRole("button", { name: "End it with this reason" }));
    await waitFor(() =>
      expect(host.calls.at(-1)).toEqual({
        command: "export_record",
        args: { formats: ["pdf", "markdown", "json"], edition: "internal" },
      }),
    );
  });

  it("shows the record at any time with one key", async () => {
    open(views.walking());
    await screen.findByRole("button", { name: "Next event" });
    await userEvent.keyboard("o");
    const record = screen.getByRole("dialog", { name: "The record so far" });
    const pages = within(record).getByRole("region", { name: "The record as it will be printed" });
    expect(document.activeElement, "the keys scroll it at once").toBe(pages);
  });
});

describe("what leads on from a cause", () => {
  it("proposes an action for the answer in focus with one key, from inside its field", async () => {
    const host = open(views.causes());
    const answer = await screen.findByDisplayValue("The client opened a connection for every retry.");
    answer.focus();
    await userEvent.keyboard("{Alt>}a{/Alt}");
    expect(screen.getByText("Why: The client opened a connection for every retry.")).toBeDefined();
    await userEvent.type(screen.getByLabelText(/^What would be done/), "Limit retries{Enter}");
    expect(host.requests.at(-1)).toEqual({
      type: "add-proposal",
      text: "Limit retries",
      category: "prevention",
      priority: "should",
      addresses: { type: "why", chain: 40, step: 42 },
    });
  });

  it("proposes for nothing in particular where nothing of the kind has the focus", async () => {
    const host = open(views.walking());
    await screen.findByRole("button", { name: "Next event" });
    await userEvent.keyboard("a");
    await userEvent.type(screen.getByLabelText(/^What would be done/), "Limit retries{Enter}");
    expect(host.requests.at(-1)).toMatchObject({ type: "add-proposal", addresses: null });
  });

  it("asks why about a factor that has no chain yet, and about the event on the stage", async () => {
    const host = open(views.causes());
    await userEvent.click(
      await screen.findByRole("button", { name: /^Ask why about: Two database rotations/ }),
    );
    expect(host.requests.at(-1)).toMatchObject({ type: "add-chain", event: null, factor: 62 });
    expect(screen.queryByRole("button", { name: /^Ask why about: No limit on/ }), "it has one").toBeNull();
    cleanup();
    const walk = open(views.walking());
    await screen.findByRole("button", { name: "Next event" });
    await userEvent.keyboard("w");
    const picture = views.walking().picture;
    expect(walk.requests.at(-1)).toMatchObject({
      type: "add-chain",
      event: picture.type === "event" ? picture.event : -1,
      factor: null,
    });
    expect(await screen.findByText(/waits in the root cause analysis/)).toBeDefined();
  });

  it("asks with the words of the answer before", async () => {
    open(views.causes());
    const asked = "What made it possible that the client opened a connection for every retry?";
    await userEvent.click(
      await screen.findByRole("button", { name: /^Branch at: The client opened a connection/ }),
    );
    expect(screen.getByLabelText(asked.replace("What ", "What else "))).toBeDefined();
  });

  it("asks the question before once more with one key, and a further one up with each press", async () => {
    const host = open(views.causes());
    const answer = await screen.findByDisplayValue("The client opened a connection for every retry.");
    answer.focus();
    await userEvent.keyboard("{Alt>}b{/Alt}");
    const asked = "What else made it possible that the client opened a connection for every retry?";
    expect(document.activeElement).toBe(screen.getByLabelText(asked));
    await userEvent.keyboard("{Alt>}b{/Alt}{Alt>}b{/Alt}");
    await userEvent.keyboard("Nobody was paged{Enter}");
    expect(host.requests.at(-1)).toMatchObject({
      type: "add-step",
      parent: null,
      answer: "Nobody was paged",
    });
  });

  it("names the factors that nothing addresses before anything is committed", async () => {
    const host = open(views.proposing());
    const region = await screen.findByRole("region", { name: "What the actions reach" });
    expect(within(region).getByText(/prevents the class of incident/)).toBeDefined();
    await userEvent.click(
      within(region).getByRole("button", { name: /^Propose an action for: Two database/ }),
    );
    await userEvent.type(screen.getByLabelText(/^What would be done/), "Staff one rotation{Enter}");
    expect(host.requests.at(-1)).toMatchObject({ addresses: { type: "factor", factor: 62 } });
  });

  it("files a ticket in the browser, and asks once where", async () => {
    const view = views.committed();
    view.actions = [{ ...view.actions[0]!, action: { ...view.actions[0]!.action, ticket: "" } }];
    const host = open(view, { ticket_template: null });
    const called = (): string[] => host.calls.map(({ command }) => command);
    await userEvent.click(await screen.findByRole("button", { name: /^File a ticket for/ }));
    const address = await screen.findByLabelText("Address of the project");
    expect(called()).not.toContain("open_ticket_page");
    await userEvent.type(address, "https://github.com/acme/shop");
    host.answers["ticket_template"] = {
      tracker: "github",
      address: "https://github.com/acme/shop",
      body: "",
    };
    host.answers["keep_ticket_template"] = null;
    await userEvent.click(screen.getByRole("button", { name: "Keep it" }));
    await waitFor(() => expect(called()).toContain("open_ticket_page"));
  });
});
