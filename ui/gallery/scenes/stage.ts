// The stage in every picture, at its best and at its worst. The incident is fiction.

import type { StagePicture } from "../../shared/bindings/StagePicture";
import type { StageView } from "../../shared/bindings/StageView";
import type { Look } from "../../stage/look";
import Stage from "../../stage/Stage.svelte";
import { LOG_LINES } from "../../console/fixtures/evidence";
import { scene, type Scene, type Scenes } from "../scene";
import { CAUSES, cause, hasSize } from "../causes";
import * as texts from "../stage-texts";
import StageWithImages from "../StageWithImages.svelte";

const MINUTE = 60_000;

/** A view that arrives only at the end of time, so that its clocks stand still for a picture. */
const NEVER = Infinity;

type Clock = NonNullable<StageView["clock"]>;

export function clock(state: Clock["state"], leftMs: number, planned_ms = 10 * MINUTE): Clock {
  const running = state !== "armed" && state !== "paused";
  return { planned_ms, spent_ms: planned_ms - leftMs, running, state };
}

export function view(picture: StagePicture, change: Partial<StageView> = {}): StageView {
  return {
    protocol: 4,
    revision: 1,
    title: "Checkout errors after the client upgrade",
    section: "timeline",
    clock: clock("running", 6 * MINUTE + 12_000),
    countdown: false,
    join: { code: "K7Q XMR", address: "192.168.1.23:8080", qr: texts.QR },
    join_card: false,
    blank: false,
    picture,
    ...change,
  };
}

function stage(picture: StagePicture, change: Partial<StageView> = {}, look?: Look): Scene {
  return scene(Stage, { view: view(picture, change), received: NEVER, ...(look && { look }) });
}

const welcome: StagePicture = {
  type: "welcome",
  label: "Post-mortem",
  date: "6 May 2026",
  services: ["checkout", "payments"],
  severity: "SEV2",
  joined: 7,
};
const before: Partial<StageView> = { section: null, clock: null };

function event(change: Partial<Extract<StagePicture, { type: "event" }>> = {}): StagePicture {
  return {
    type: "event",
    clock: "14:23",
    about: false,
    date: "Wed 6 May",
    zone: "UTC",
    since_impact: "+9 min since impact",
    kind: "Escalation",
    text: "The database on-call was paged. An earlier page had gone unanswered.",
    known_then: "checkout errors at 4.8 %, dashboards green.",
    number: 7,
    of: 24,
    rail: rail(24, 7, { 7: "7 min, no event" }),
    ...change,
  };
}

function rail(count: number, current: number, gaps: Record<number, string> = {}) {
  return Array.from({ length: count }, (_, place) => ({
    current: place + 1 === current,
    passed: place + 1 < current,
    gap: gaps[place + 1] ?? null,
  }));
}

type Evidence = Extract<StagePicture, { type: "evidence" }>;
function evidence(size: readonly [number, number] | null, change: Partial<Evidence> = {}): Evidence {
  return {
    type: "evidence",
    attachment: 401,
    image: size && { format: "png", width: size[0], height: size[1], bytes: 184_320, digest: "0" },
    lines: [],
    of_lines: 0,
    caption: "Connections on replica 2 stood at their limit.",
    event: "The database on-call was paged. An earlier page had gone unanswered.",
    clock: "14:23",
    ...change,
  };
}
const excerpt = (lines: string[], of_lines: number): Evidence =>
  evidence(null, { lines, of_lines, caption: "Every retry opened a connection of its own." });
const withImage = (picture: Evidence, look?: Look): Scene =>
  scene(StageWithImages, { view: view(picture), received: NEVER, ...(look && { look }) });

const poorly = { section: "went-poorly", clock: clock("running", 4 * MINUTE + 10_000) } as const;
const question: Extract<StagePicture, { type: "question" }> = {
  type: "question",
  section: "went-poorly",
  question: "What made this hard to notice, to understand, to stop?",
  writing: { type: "open", written: 5, of: 7, notes: 13 },
};

function notes(all: string[], change: Partial<Extract<StagePicture, { type: "notes" }>> = {}): StagePicture {
  return {
    type: "notes",
    section: "went-poorly",
    notes: all.map((text) => ({ text, lucky: false, merged: 0 })),
    from: 1,
    to: all.length,
    total: all.length,
    ...change,
  };
}

const causes = { section: "root-causes", clock: clock("running", 12 * MINUTE, 20 * MINUTE) } as const;
const caused = (name: string, look?: Look): Scene => stage(cause(name), causes, look);
const everyCause: Scenes = Object.fromEntries(
  CAUSES.flatMap((name): [string, Scene][] => {
    const sized = (size: Look["size"], words: string): [string, Scene][] =>
      hasSize(name, size) ? [[`${name}-${words}`, caused(name, { theme: "light", size })]] : [];
    return [[name, caused(name)], ...sized("s", "small"), ...sized("l", "large")];
  }),
);

const actionItems = { section: "action-items", clock: clock("running", 9 * MINUTE, 15 * MINUTE) } as const;
const voting: Extract<StagePicture, { type: "voting" }> = {
  type: "voting",
  voted: 5,
  of: 7,
  dots: 3,
  per_option: 2,
  seats: 3,
  run_off: false,
  closing: false,
  options: texts.OPTIONS.slice(0, 6),
};
const ballot = { ...actionItems, countdown: true, clock: clock("warning", 108_000, 15 * MINUTE) } as const;

type Result = Extract<StagePicture, { type: "result" }>;
function result(
  dots: number[],
  chosen: number,
  change: Partial<Result> = {},
  tied: number[] = [],
): StagePicture {
  return {
    type: "result",
    rows: dots.map((count, place) => ({
      proposal: `p${place}` as unknown as Result["rows"][number]["proposal"],
      text: texts.OPTIONS[place]!,
      dots: count,
      supporters: Math.ceil(count * 0.8),
      chosen: place < chosen,
      tied: tied.includes(place),
    })),
    dots: dots.reduce((sum, count) => sum + count, 0),
    people: 7,
    chosen,
    rule: "Chosen by dots.",
    tied: tied.length > 0,
    run_off: false,
    ...change,
  };
}

const wrapUp = { section: "wrap-up", clock: clock("running", 3 * MINUTE, 5 * MINUTE) } as const;
const action = (task: string, owner: string, due: string) => ({ task, owner, due });

export const scenes: Scenes = {
  waiting: scene(Stage, { view: null, received: NEVER }),
  blank: stage(event(), { blank: true, join_card: true }),
  "join-card": stage(event(), { join_card: true }),
  "join-card-dark": stage(event(), { join_card: true }, { theme: "dark", size: "m" }),

  welcome: stage(welcome, before),
  "welcome-long": stage(
    { ...welcome, joined: 1, date: null, services: texts.SERVICES },
    {
      ...before,
      join: null,
      title: texts.LONG_TITLE,
    },
  ),
  "welcome-bare": stage({ ...welcome, date: null, services: [], severity: null, joined: 0 }, before),
  statement: stage(
    { type: "statement", points: texts.STATEMENT },
    { section: "opening", clock: clock("armed", 5 * MINUTE, 5 * MINUTE) },
  ),
  previous: stage(
    {
      type: "previous",
      task: "Alert when the pool is at 80 %",
      origin: "Slow checkout, 3 March 2026",
      owner: "Ines K.",
      state: "not-reviewed",
      helped: null,
      number: 2,
      of: 5,
    },
    { section: "opening", clock: clock("paused", 2 * MINUTE, 5 * MINUTE) },
  ),
  "previous-done": stage(
    {
      type: "previous",
      task: texts.PROPOSAL_300,
      origin: "",
      owner: "Ines K.",
      state: "done",
      helped: "too-early",
      number: 1,
      of: 1,
    },
    { section: "opening", clock: clock("final", 20_000, 5 * MINUTE) },
  ),

  event: stage(event()),
  "event-long": stage(
    event({
      text: texts.EVENT_LONG,
      known_then: texts.KNOWN_LONG,
      zone: "Europe/Berlin (CEST)",
      since_impact: "+1 h 20 min since impact",
      number: 13,
      rail: rail(24, 13, { 10: "1 h 5 min, no event", 15: "22 min, no event" }),
    }),
  ),
  "event-hostile": stage(
    event({
      text: texts.HOSTILE_WORD,
      known_then: texts.NOTE_1000,
      kind: "Communication",
      zone: "America/Argentina/Buenos_Aires",
    }),
  ),
  "event-first": stage(
    event({
      about: true,
      since_impact: "12 min before impact",
      kind: "Trigger",
      text: "Client 9.2 was deployed.",
      known_then: null,
      number: 1,
      of: 3,
      rail: rail(3, 1, { 3: "12 min, no event" }),
    }),
  ),
  "event-no-time": stage(
    event({ clock: null, date: null, since_impact: null, known_then: null, number: 0, rail: [] }),
  ),
  "event-dark": stage(event(), {}, { theme: "dark", size: "m" }),
  "event-contrast": stage(event(), {}, { theme: "contrast", size: "m" }),
  "event-small": stage(event(), {}, { theme: "light", size: "s" }),
  "event-large": stage(event(), {}, { theme: "light", size: "l" }),
  "no-events": stage({ type: "no-events" }),
  "no-events-elsewhere": stage({ type: "no-events" }, actionItems),

  "question-closed": stage(
    { ...question, writing: { type: "closed" } },
    { ...poorly, clock: clock("armed", 15 * MINUTE, 15 * MINUTE) },
  ),
  "question-writing": stage(question, { ...poorly, countdown: true }),
  "question-writing-30": stage(
    { ...question, writing: { type: "open", written: 29, of: 30, notes: 141 } },
    { ...poorly, countdown: true, clock: clock("over", -754_000) },
  ),
  "question-writing-500": stage(
    {
      ...question,
      section: "action-items",
      question: "What would make this less likely, sooner noticed, or faster to stop?",
      writing: { type: "open", written: 0, of: 480, notes: 0 },
    },
    { ...actionItems, countdown: true, clock: clock("paused", 4 * MINUTE) },
  ),
  "question-no-phones": stage(
    { ...question, writing: { type: "open", written: 0, of: 0, notes: 1 } },
    { ...poorly, join: null, countdown: true },
  ),
  "question-large": stage(question, { ...poorly, countdown: true }, { theme: "light", size: "l" }),
  "question-revealed": stage(
    { ...question, writing: { type: "revealed", notes: 13, writers: 6 } },
    { ...poorly, clock: clock("over", -80_000) },
  ),

  notes: stage(notes(texts.NOTES, { from: 7, to: 12, total: 31 }), poorly),
  "notes-one": stage(notes(texts.NOTES.slice(0, 1)), poorly),
  "notes-none": stage(notes([]), poorly),
  "notes-lucky": stage(
    {
      ...notes([]),
      type: "notes",
      section: "went-well",
      from: 1,
      to: 3,
      total: 3,
      notes: [
        { text: "The one person who knows the pool was awake", lucky: true, merged: 0 },
        { text: "Rolling back took four minutes", lucky: false, merged: 2 },
        { text: "It was a quiet hour for orders", lucky: true, merged: 1 },
      ],
    },
    { section: "went-well" },
  ),
  "notes-full": stage(notes(texts.LINES_45), poorly),
  "notes-full-large": stage(notes(texts.LINES_45), poorly, { theme: "light", size: "l" }),
  "notes-300": stage(notes([texts.PROPOSAL_300]), poorly),
  "notes-1000": stage(notes([texts.NOTE_1000], { from: 3, to: 3, total: 30 }), poorly),
  "notes-scripts": stage(notes(texts.SCRIPTS), poorly, { theme: "dark", size: "m" }),
  "notes-hostile": stage(notes([texts.HOSTILE_WORD, texts.MARKUP]), poorly),

  ...everyCause,
  "chain-branches-dark": caused("chain-branches", { theme: "dark", size: "m" }),
  "chain-branches-contrast": caused("chain-branches", { theme: "contrast", size: "m" }),
  "factors-8-dark": caused("factors-8", { theme: "dark", size: "m" }),
  "factors-8-page-2-dark": caused("factors-8-page-2", { theme: "dark", size: "m" }),

  proposals: stage(
    { type: "proposals", proposals: texts.PROPOSALS.slice(0, 3), from: 1, to: 3, total: 12 },
    actionItems,
  ),
  "proposals-full": stage(
    { type: "proposals", proposals: texts.PROPOSALS, from: 7, to: 12, total: 12 },
    actionItems,
  ),
  "proposals-300": stage(
    {
      type: "proposals",
      proposals: [{ text: texts.PROPOSAL_300, category: "prevention", priority: "nice-to-have" }],
      from: 2,
      to: 2,
      total: 12,
    },
    actionItems,
  ),
  "proposals-none": stage({ type: "proposals", proposals: [], from: 1, to: 0, total: 0 }, actionItems),

  voting: stage(voting, ballot),
  "voting-12": stage(
    { ...voting, voted: 29, of: 30, dots: 5, options: texts.OPTIONS },
    { ...ballot, clock: clock("over", -80_000) },
  ),
  "voting-300": stage(
    { ...voting, options: [texts.PROPOSAL_300, texts.HOSTILE_WORD, ...texts.OPTIONS.slice(0, 2)] },
    ballot,
  ),
  "voting-run-off": stage(
    {
      ...voting,
      run_off: true,
      dots: 1,
      per_option: 1,
      seats: 1,
      voted: 0,
      options: texts.OPTIONS.slice(0, 2),
    },
    { ...ballot, clock: clock("running", 55_000, MINUTE) },
  ),
  "voting-dark": stage(voting, ballot, { theme: "dark", size: "m" }),
  "voting-large": stage({ ...voting, options: texts.OPTIONS }, ballot, { theme: "light", size: "l" }),

  evidence: withImage(evidence([1600, 900])),
  "evidence-long": withImage(
    evidence([1600, 900], { caption: `${texts.EVENT_LONG} ${texts.KNOWN_LONG}`, clock: null }),
  ),
  "evidence-upright": withImage(evidence([720, 1440])),
  "evidence-upright-long": withImage(
    evidence([900, 900], { caption: `${texts.EVENT_LONG} ${texts.KNOWN_LONG}` }),
  ),
  "evidence-small": withImage(evidence([300, 160])),
  "evidence-wide": withImage(evidence([3200, 500], { caption: "" })),
  "evidence-dark": withImage(evidence([1600, 900]), { theme: "dark", size: "m" }),
  "evidence-large": withImage(evidence([1280, 720]), { theme: "light", size: "l" }),
  "evidence-not-there": stage(evidence([1600, 900])),
  excerpt: stage(excerpt(LOG_LINES.slice(0, 4), 4)),
  "excerpt-31": stage(excerpt(LOG_LINES.slice(0, 10), 31)),
  "excerpt-short-lines": stage(
    excerpt(
      LOG_LINES.slice(0, 10).map((line) => line.slice(0, 40)),
      31,
    ),
  ),
  "excerpt-one-line": stage(excerpt([texts.NOTE_1000.replaceAll(" ", "")], 1)),

  result: stage(result([7, 5, 4, 3, 1, 1], 3), actionItems),
  "result-long": stage(
    {
      ...(result([7, 5, 4, 3, 1, 1], 3) as Result),
      rows: (result([7, 5, 4, 3, 1, 1], 3) as Result).rows.map((row, place) => ({
        ...row,
        text: place < 4 ? `${row.text} before every release of the client library` : row.text,
      })),
    },
    actionItems,
  ),
  "result-12": stage(result([38, 31, 22, 17, 12, 9, 6, 4, 2, 1, 1, 0], 3, { people: 30 }), actionItems),
  "result-tie": stage(result([7, 5, 3, 3, 3, 0], 2, { rule: "A tie at the line." }, [2, 3, 4]), actionItems),
  "result-tie-settled": stage(
    result([7, 5, 3, 3, 2, 1, 0, 0], 3, {
      rule: "A tie at the line went to the proposal with more supporters.",
    }),
    actionItems,
  ),
  "result-take-all": stage(
    result([6, 4, 3, 3, 3, 1, 1, 0], 5, {
      rule: "All tied at the line were taken; the total stays at five or fewer.",
    }),
    actionItems,
  ),
  "result-few": stage(result([6, 1], 1, { run_off: true }), actionItems),
  "result-none": stage(result([0, 0, 0], 0, { people: 0 }), actionItems),
  "result-dark": stage(result([7, 5, 4, 3, 1, 1], 3), actionItems, { theme: "dark", size: "m" }),

  actions: stage(
    {
      type: "actions",
      actions: [
        action("Run the contract test against the payment sandbox in CI", "Ines K.", "22 May"),
        action("Alert at 80 % of the connection pool", "Tomasz W.", "15 May"),
        action("One owner for every paging rotation", "", ""),
      ],
    },
    actionItems,
  ),
  "actions-5": stage(
    {
      type: "actions",
      actions: [...texts.OPTIONS.slice(0, 4), texts.PROPOSAL_300].map((task, place) =>
        action(task, place === 1 ? "Maximiliana Featherstonehaugh-Oyelaran" : "Ada M.", "22 May"),
      ),
    },
    actionItems,
  ),
  "actions-none": stage({ type: "actions", actions: [] }, actionItems),
  takeaways: stage(
    {
      type: "takeaways",
      takeaways: texts.TAKEAWAYS,
      open_questions: ["Why did the pager keep two rotations of one name?"],
    },
    wrapUp,
  ),
  "takeaways-many": stage(
    { type: "takeaways", takeaways: texts.TAKEAWAYS, open_questions: texts.NOTES },
    wrapUp,
  ),
  "takeaways-none": stage({ type: "takeaways", takeaways: [], open_questions: [] }, wrapUp),
  "poll-open": stage({ type: "poll", open: true, answered: 5, of: 7, result: null }, wrapUp),
  "poll-before": stage({ type: "poll", open: false, answered: 0, of: 7, result: null }, wrapUp),
  "poll-counted": stage(
    {
      type: "poll",
      open: false,
      answered: 7,
      of: 7,
      result: {
        answers: 7,
        learned: 6,
        again: 7,
        spoke_freely: [0, 0, 1, 2, 4],
        improve: ["Fewer events, more time for the causes", "A break after forty minutes"],
      },
    },
    wrapUp,
  ),
  "poll-few": stage(
    {
      type: "poll",
      open: false,
      answered: 4,
      of: 7,
      result: { answers: 4, learned: 3, again: 4, spoke_freely: [1, 0, 0, 1, 2], improve: [texts.SECRET] },
    },
    wrapUp,
  ),
  thanks: stage({ type: "thanks", actions: 3 }, { ...wrapUp, clock: clock("over", -80_000) }),
  "thanks-none": stage({ type: "thanks", actions: 0 }, wrapUp),
};
