import { cleanup, configure, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { INVITATION, prepared, READ_RECOLLECTION, ready, TEMPLATES } from "./fixtures/preparation";
import { open } from "./fixtures/render";
import { fresh, preparing } from "./fixtures/views";
import { recollectionLine, settled, UNSETTLED } from "./preparation/recollection";
import { clockElsewhere, dayWords, wallIn } from "./preparation/schedule";

// A whole console is rendered for each test, which a busy computer does slowly.
vi.setConfig({ testTimeout: 30_000 });
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const part = (name: string): Promise<HTMLElement> => screen.findByRole("region", { name });

/** What the reader of timelines answers for one line. */
const readAs = (at: string | null): unknown => ({
  events: [
    { at, precision: at === null ? "unknown" : "about", kind: "decision", text: "", local: "", line: 1 },
  ],
});

describe("when the meeting is held", () => {
  it("keeps a date on the wall clock of the record's zone, and removes it again", async () => {
    const host = open(prepared({ incident: { ...prepared().incident, zone: "Asia/Tokyo" } }));
    const field = await screen.findByLabelText<HTMLInputElement>("Date and time, Asia/Tokyo");
    await userEvent.clear(field);
    await userEvent.type(field, "2026-05-08T14:00");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    await waitFor(() =>
      expect(host.requests).toContainEqual({
        type: "edit",
        edit: { type: "planned-for", at: "2026-05-08T05:00:00Z" },
      }),
    );
    await userEvent.click(screen.getByRole("button", { name: "Remove the date of the meeting" }));
    expect(host.requests.at(-1)).toEqual({ type: "edit", edit: { type: "planned-for", at: null } });
  });

  it("says what speaks against the date beside the date", async () => {
    open(prepared());
    const schedule = await part("Date and invitation");
    expect(within(schedule).getByText(/On the first day people are tired/)).toBeDefined();
  });

  it("gives the timeline the minutes it needs with one press", async () => {
    const host = open(prepared());
    const agenda = await part("Agenda");
    expect(within(agenda).getByText(/24 events in 10 min are 25 s each/)).toBeDefined();
    await userEvent.click(within(agenda).getByRole("button", { name: "Give the timeline 20 min" }));
    expect(host.requests).toEqual([
      { type: "edit", edit: { type: "agenda", planned: prepared().minutes_proposal?.planned } },
    ]);
  });

  it("names the day, and the clock elsewhere where it differs", () => {
    expect(dayWords("2026-05-08T14:00:00")).toBe("Friday 8 May 2026");
    expect(clockElsewhere("2026-05-08T14:00:00", "UTC", "Europe/Berlin")).toBe("16:00");
    expect(clockElsewhere("2026-05-08T23:00:00", "UTC", "Europe/Berlin")).toBe("Saturday 01:00");
    expect(clockElsewhere("2026-05-08T14:00:00", "UTC", "UTC")).toBe("");
    expect(clockElsewhere("2026-01-08T14:00:00", "UTC", "Europe/London"), "the same clock").toBe("");
    expect(wallIn("2026-05-08T22:30:00Z", "Asia/Tokyo")).toBe("2026-05-09T07:30:00");
  });
});

describe("who is invited", () => {
  it("adds everybody who is named in the incident at once", async () => {
    const host = open(prepared());
    await userEvent.click(await screen.findByRole("button", { name: "Add Sam Okafor, Ana Ruiz" }));
    expect(host.requests).toMatchObject([{ type: "edit", edit: { type: "list", list: "invited" } }]);
    expect(JSON.stringify(host.requests)).toContain(
      '"Ngozi Adichie-Okonkwo-Hernández","Sam Okafor","Ana Ruiz"',
    );
  });

  it("takes several lines, leaves out who is there already, and takes one off", async () => {
    const host = open(prepared());
    const field = await screen.findByLabelText("Invite somebody, one name or mail address a line");
    await userEvent.click(field);
    await userEvent.paste("Ada Park\n- ben@example.org; jo park");
    await userEvent.keyboard("{Enter}");
    const before = prepared().incident.lists.invited ?? [];
    await waitFor(() =>
      expect(host.requests).toEqual([
        {
          type: "edit",
          edit: { type: "list", list: "invited", items: [...before, "Ada Park", "ben@example.org"] },
        },
      ]),
    );
    await userEvent.click(screen.getByRole("button", { name: "Take off the list: Lee" }));
    expect(host.requests.at(-1)).toEqual({
      type: "edit",
      edit: { type: "list", list: "invited", items: before.filter((name) => name !== "Lee") },
    });
  });
});

describe("the invitation", () => {
  /** The test's browser has no clipboard of its own. */
  function clipboard(writeText: (text: string) => Promise<void>): typeof writeText {
    const written = vi.fn(writeText);
    Object.defineProperty(navigator, "clipboard", { value: { writeText: written }, configurable: true });
    return written;
  }

  it("is copied as Markdown", async () => {
    open(prepared());
    await userEvent.click(await screen.findByRole("button", { name: "Invitation" }));
    const written = clipboard(() => Promise.resolve());
    await userEvent.click(await screen.findByRole("button", { name: "Copy as Markdown" }));
    expect(written).toHaveBeenCalledWith(INVITATION);
    expect(await screen.findByText(/^Copied\./)).toBeDefined();
  });

  it("is selected for copying by hand where copying is refused", async () => {
    open(prepared());
    await userEvent.click(await screen.findByRole("button", { name: "Invitation" }));
    clipboard(() => Promise.reject(new Error("denied")));
    await userEvent.click(await screen.findByRole("button", { name: "Copy as Markdown" }));
    const field = await screen.findByLabelText<HTMLTextAreaElement>(/Copying was refused here/);
    expect(field.value).toBe(INVITATION);
    expect(field.selectionEnd - field.selectionStart).toBe(INVITATION.length);
  });

  it("is saved as files, and says where they lie", async () => {
    const host = open(prepared());
    await userEvent.click(await screen.findByRole("button", { name: "Invitation" }));
    await userEvent.click(await screen.findByRole("button", { name: "Save as files" }));
    expect(await screen.findByText("/records")).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: /^Show in folder: .*\.ics$/ }));
    expect(host.calls.at(-1)).toMatchObject({ command: "show_in_folder" });
  });

  it("says what a calendar file needs", async () => {
    const host = open(prepared());
    host.answers["invitation"] = { markdown: "# Soon", dated: false };
    await userEvent.click(await screen.findByRole("button", { name: "Invitation" }));
    expect(await screen.findByText(/Without a date there is no calendar file/)).toBeDefined();
  });
});

describe("templates", () => {
  it("apply in one request, and undo takes them back", async () => {
    const host = open(prepared());
    host.answers["templates"] = TEMPLATES;
    await userEvent.click(await screen.findByRole("button", { name: "Templates" }));
    await userEvent.click(await screen.findByRole("button", { name: "Use: Payments team" }));
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    expect(host.requests).toEqual([{ type: "edit-all", edits: TEMPLATES[1]?.edits }, { type: "undo" }]);
  });

  it("are kept under a name, and say when they replace one", async () => {
    const host = open(prepared());
    host.answers["templates"] = TEMPLATES;
    await userEvent.click(await screen.findByRole("button", { name: "Templates" }));
    const sheet = await screen.findByRole("dialog", { name: "Templates" });
    await userEvent.click(within(sheet).getByRole("radio", { name: "The whole post-mortem" }));
    await userEvent.type(within(sheet).getByLabelText("Name"), "80 minutes");
    expect(within(sheet).getByText(/There is one of this name/)).toBeDefined();
    await userEvent.click(within(sheet).getByRole("button", { name: "Replace it" }));
    expect(host.calls).toContainEqual({
      command: "keep_template",
      args: { name: "80 minutes", scope: "post-mortem" },
    });
  });

  it("are deleted only after a second press", async () => {
    const host = open(prepared());
    host.answers["templates"] = TEMPLATES;
    await userEvent.click(await screen.findByRole("button", { name: "Templates" }));
    await userEvent.click(await screen.findByRole("button", { name: "Delete: 80 minutes" }));
    expect(host.calls.some(({ command }) => command === "delete_template")).toBe(false);
    expect(document.activeElement?.textContent?.trim(), "Enter pressed twice deletes nothing").toBe(
      "Do not delete",
    );
    await userEvent.click(screen.getByRole("button", { name: "Delete it" }));
    expect(host.calls).toContainEqual({ command: "delete_template", args: { name: "80 minutes" } });
  });

  it("start a new post-mortem", async () => {
    const host = open(null, { templates: TEMPLATES });
    await userEvent.selectOptions(await screen.findByLabelText("Template"), "Payments team");
    await userEvent.type(screen.getByLabelText("Title"), "Login down{Enter}");
    await waitFor(() => expect(host.requests).toEqual([{ type: "edit-all", edits: TEMPLATES[1]?.edits }]));
    const commands = host.calls.map(({ command }) => command);
    expect(commands.indexOf("create_post_mortem")).toBeLessThan(commands.indexOf("ask"));
  });
});

describe("what people remember", () => {
  it("is taken in with its time, read against the day of the incident", async () => {
    const host = open(prepared());
    host.answers["read_timeline"] = readAs("2026-05-06T14:20:00Z");
    await userEvent.click(
      await screen.findByRole("button", { name: /^Take in: I looked at the database board/ }),
    );
    expect(await screen.findByText("About 14:20, Wednesday 6 May 2026.")).toBeDefined();
    expect(host.calls.find(({ command }) => command === "read_timeline")?.args).toMatchObject({
      text: "2026-05-06 around 14:20 I looked at the database board first. It was green, so I took the alert for a false one.",
      assumptions: { zone: "UTC" },
    });
    const field = screen.getByLabelText(/^What happened, in the past tense/);
    expect(document.activeElement).toBe(field);
    await userEvent.clear(field);
    await userEvent.type(field, "The database board was green.{Enter}");
    await waitFor(() =>
      expect(host.requests).toEqual([
        {
          type: "take-recollection",
          draft: "r-2",
          event: {
            at: "2026-05-06T14:20:00Z",
            precision: "about",
            kind: "decision",
            text: "The database board was green.",
            actor_name: null,
            actor_role: null,
            known_then: null,
            key: true,
          },
        },
      ]),
    );
    await waitFor(() =>
      expect(document.activeElement?.getAttribute("aria-label"), "one key goes on").toMatch(
        /^Take in: Two channels/,
      ),
    );
  });

  it("is taken in without a time when its words do not settle one", async () => {
    const host = open(prepared());
    host.answers["read_timeline"] = readAs(null);
    await userEvent.click(await screen.findByRole("button", { name: /^Take in: Two channels/ }));
    expect(await screen.findByText(/“right after the second page” does not settle the time/)).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Put it on the timeline" }));
    await waitFor(() => expect(host.requests).toMatchObject([{ event: { at: null, precision: "unknown" } }]));
  });

  it("stays visible once it is taken", async () => {
    open(ready());
    const remembered = await part("What people remember");
    expect(within(remembered).getAllByText("On the timeline")).toHaveLength(4);
    expect(within(remembered).queryByRole("button", { name: /^Take in/ })).toBeNull();
  });

  it("is explained while the room is closed, with the way to open it", async () => {
    open(fresh());
    const remembered = await part("What people remember");
    expect(within(remembered).getByText(/only you read it/)).toBeDefined();
    await userEvent.click(within(remembered).getByRole("button", { name: "Open the room" }));
    expect(screen.getByRole("dialog", { name: "The room" })).toBeDefined();
  });

  it("becomes one line, whatever was typed", () => {
    const line = recollectionLine("2026-05-06", {
      draft: "r",
      when: "14:20",
      text: "one\ntwo",
      taken: false,
    });
    expect(line).toBe("2026-05-06 14:20 one two");
    expect(settled({ ...READ_RECOLLECTION, events: [] })).toBe(UNSETTLED);
  });

  it("shows the facilitator what is hard to discuss, and who else sees it", async () => {
    open(prepared());
    expect(await screen.findByText(/^I approved the upgrade/)).toBeDefined();
    expect(
      screen.getByText("Only you see this. It is not in the record and is deleted when the meeting ends."),
    ).toBeDefined();
  });
});

describe("the pre-flight", () => {
  const row = (name: string): string | undefined =>
    screen.getByRole("link", { name }).closest("li")?.textContent?.replace(/\s+/g, " ").trim();

  it("says of each check how it stands, in words", async () => {
    open(prepared());
    await screen.findByRole("link", { name: "Everyone invited" });
    expect(row("Everyone invited")).toBe("Everyone invited to do 2 people named in the incident are not.");
    expect(row("Timeline")).toBe("Timeline 10 events");
    expect(row("Minutes")).toMatch(/^Minutes 80 min 24 events in 10 min are 25 s each/);
    expect(row("A phone has joined")).toBe("A phone has joined 2 phones");
    expect(row("Second display")).toBe("Second display found");
  });

  it("asks for a phone while none has joined, and says that nothing else is missing when it is so", async () => {
    open(preparing());
    await screen.findByRole("link", { name: "A phone has joined" });
    expect(row("A phone has joined")).toMatch(/room closed Try it with your own/);
    cleanup();
    open(ready());
    expect(await screen.findByText("Everything the meeting needs is here.")).toBeDefined();
  });
});

describe("the rest", () => {
  it("keeps hints on phones off unless they are turned on", async () => {
    const host = open(prepared());
    const check = await screen.findByRole<HTMLInputElement>("checkbox", {
      name: "Show hints on phones before a sentence that blames is sent",
    });
    expect(check.checked).toBe(false);
    await userEvent.click(check);
    expect(host.requests).toEqual([{ type: "edit", edit: { type: "phone-hints", on: true } }]);
  });

  it("keeps that nobody with authority will be there, with one press", async () => {
    const host = open(prepared());
    await userEvent.click(await screen.findByRole("button", { name: "Nobody will" }));
    expect(host.requests).toMatchObject([
      { edit: { type: "neutrality", answers: { authority_present: expect.stringMatching(/^Nobody/) } } },
    ]);
  });
});
