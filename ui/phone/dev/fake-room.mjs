// A room for looking at the phone page without an application behind it. Development only, loopback only.
//
//   node phone/dev/fake-room.mjs [folder of the built page]
//
// Opens a free port and prints its address. `/?scene=write-poorly` shows a scene; what is sent is kept, refused and
// answered as the real room would, for that scene. `SCENES` lists them. Nothing is hidden and nothing is safe here.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const OPTIONS = [
  ["Alert at 80 % of the connection pool", "detection", "must"],
  ["One owner for every paging rotation", "process", "should"],
  ["Dashboard for retries", "detection", "nice-to-have"],
  ["Contract test for the payment sandbox in CI", "prevention", "must"],
  ["Feature flag around the new client", "mitigation", "should"],
  ["Runbook page for pool exhaustion", "mitigation", "should"],
].map(([text, category, priority], at) => ({ id: at + 1, text, category, priority }));

const clock = (left, extra = {}) => ({
  planned_ms: 600_000,
  spent_ms: 600_000 - left,
  running: true,
  state: left < 0 ? "over" : left <= 30_000 ? "final" : left <= 120_000 ? "warning" : "running",
  ...extra,
});
const write = (section, question) => ({ type: "write", section, question, written: 5, of: 7 });
const note = (draft, kind, text) => ({ draft, kind, text });
const proposal = (category, priority) => ({ type: "proposal", category, priority });
const vote = (extra = {}) => ({
  type: "vote",
  round: 9,
  dots: 3,
  per_option: 2,
  options: OPTIONS,
  run_off: false,
  closing: false,
  voted: 2,
  of: 7,
  ...extra,
});
const row = ([text, dots, supporters, chosen, tied], at) => ({
  proposal: at + 1,
  text,
  dots,
  supporters,
  chosen,
  tied,
});
const RESULT = [
  ["Alert at 80 % of the connection pool", 7, 5, true, false],
  ["Contract test for the payment sandbox in CI", 5, 4, true, false],
  ["One owner for every paging rotation", 4, 4, true, false],
  ["Dashboard for retries", 2, 1, false, false],
  ["Feature flag around the new client", 0, 0, false, false],
].map(row);
const STATEMENT = [
  "We are here to understand, not to find fault.",
  "People acted sensibly on what they knew.",
  "Conditions are what we can change.",
].join("\n");

const REMEMBERED = [
  {
    draft: "r1",
    when: "about 14:20",
    text: "The retry graph was already climbing, but it is on no dashboard.",
  },
  { draft: "r2", when: "", text: "I called the provider before I saw the page." },
];

/** What each scene shows: the shared part, and what this phone has sent. */
function duty(duty) {
  const isRemote = duty === "remote";
  return {
    duty,
    script: isRemote
      ? {
          say: [
            "First we write, in silence. Then we read together.",
            "Luck is worth naming, and it is not a safeguard.",
          ],
          ask: [
            "What kept it from being worse?",
            "Who knew something nobody else knew, and how do we spread it?",
          ],
          watch: "Praise of a person is a sign of a missing safeguard.",
        }
      : null,
    next: isRemote ? { type: "reveal", section: "went-well" } : null,
    is_timed: true,
    event: isRemote
      ? null
      : {
          id: 7,
          clock: "14:23 CET",
          text: "The first customer reported that paying by card fails.",
          questions: [["What was known at this minute?", "Only that one customer could not pay"]],
        },
    parked: 2,
    decided: 0,
  };
}

export const SCENES = {
  wait: { section: null, clock: null, recollects: true, task: { type: "wait" }, own: { name: "Ada" } },
  "wait-sent": {
    section: null,
    clock: null,
    recollects: true,
    task: { type: "wait" },
    own: { recollections: REMEMBERED, confided: "Two of us had been on call for nine days." },
  },
  "look-recollects": {
    section: "timeline",
    clock: clock(372_000),
    recollects: true,
    task: {
      type: "look",
      heading: "14:23 CET",
      text: "The first customer reported that paying by card fails.",
    },
    own: { recollections: REMEMBERED },
  },
  look: {
    section: "timeline",
    clock: clock(372_000),
    task: {
      type: "look",
      heading: "14:23 CET",
      text: "The first customer reported that paying by card fails.",
    },
  },
  "look-plain": {
    section: "root-causes",
    clock: clock(-80_000),
    task: { type: "look", heading: "Look at the screen", text: "" },
  },
  statement: {
    section: "opening",
    clock: clock(200_000, { state: "armed", running: false }),
    task: { type: "look", heading: "Blameless", text: STATEMENT },
  },
  taps: {
    section: "timeline",
    clock: clock(372_000),
    task: { type: "look", heading: "14:23 CET", text: "The first customer reported that paying fails." },
    view: { move_on: true, novelty: 7 },
    own: { found_new: true },
  },
  remote: {
    section: "went-well",
    clock: clock(372_000),
    task: write("went-well", "What kept this from being worse? What worked as designed?"),
    own: { duty: duty("remote") },
  },
  "note-taker": {
    section: "timeline",
    clock: clock(372_000),
    task: { type: "look", heading: "14:23 CET", text: "The first customer reported that paying fails." },
    own: { duty: duty("note-taker") },
  },
  owner: {
    section: "action-items",
    task: { type: "look", heading: "Look at the screen", text: "" },
    own: {
      name: "Ines",
      actions: [
        {
          id: 1,
          task: "Limit database connections per service in the proxy",
          own: true,
          due: "2026-06-01",
          criterion: "A service that asks for more is refused and alerts",
          accepted: true,
        },
        {
          id: 2,
          task: "Run the checkout load test on every library upgrade",
          own: true,
          due: null,
          criterion: "",
          accepted: false,
        },
        {
          id: 3,
          task: "Route every database page to the staffed rotation",
          own: false,
          due: null,
          criterion: "",
          accepted: false,
        },
      ],
    },
  },
  "write-poorly": {
    section: "went-poorly",
    clock: clock(250_000),
    task: write("went-poorly", "What made this hard to notice, to understand, to stop?"),
    own: {
      notes: [
        note("a", { type: "went-poorly" }, "The dashboard showed green for nine minutes"),
        note("b", { type: "went-poorly" }, "Two rotations with the same name"),
      ],
    },
  },
  "write-empty": {
    section: "root-causes",
    clock: clock(590_000),
    task: write("root-causes", "Which conditions had to come together for this to happen?"),
  },
  "write-well": {
    section: "went-well",
    clock: clock(95_000),
    task: write("went-well", "What kept this from being worse? What worked as designed?"),
    own: { notes: [note("a", { type: "lucky" }, "The intern had the old config open in another window")] },
  },
  propose: {
    section: "action-items",
    clock: clock(290_000),
    task: write("action-items", "What would make this less likely, sooner noticed, or faster to stop?"),
    own: { notes: [note("a", proposal("detection", "must"), "Alert at 80 % of the connection pool")] },
  },
  vote: { section: "action-items", clock: clock(108_000), task: vote(), own: { order: [3, 4, 5, 6, 1, 2] } },
  "vote-sent": {
    section: "action-items",
    clock: clock(48_000),
    task: vote(),
    own: {
      order: [1, 2, 3, 4, 5, 6],
      ballot: {
        revision: 2,
        dots: [
          [1, 2],
          [4, 1],
        ],
      },
    },
  },
  "vote-abstained": {
    section: "action-items",
    clock: clock(48_000),
    task: vote(),
    own: { ballot: { revision: 1, dots: [] } },
  },
  "run-off": {
    section: "action-items",
    clock: clock(55_000),
    task: vote({
      round: 10,
      dots: 1,
      per_option: 1,
      run_off: true,
      closing: false,
      options: OPTIONS.slice(1, 3),
    }),
  },
  result: {
    section: "action-items",
    clock: clock(400_000),
    task: { type: "result", rows: RESULT, rule: "Chosen by dots." },
  },
  "result-tied": {
    section: "action-items",
    clock: clock(400_000),
    task: {
      type: "result",
      rows: RESULT.map((line, at) =>
        at === 2 || at === 3 ? { ...line, dots: 4, chosen: false, tied: true } : line,
      ),
      rule: "A tie at the line.",
    },
  },
  poll: { section: "wrap-up", clock: clock(120_000), task: { type: "poll" } },
  "poll-sent": {
    section: "wrap-up",
    clock: clock(120_000),
    task: { type: "poll" },
    own: {
      poll: { learned: true, again: true, spoke_freely: 4, improve: "Ten minutes more for the causes" },
    },
  },
  adjourned: { section: "root-causes", clock: null, task: { type: "adjourned" } },
  ended: { section: "wrap-up", clock: null, task: { type: "ended" } },
  join: { joined: false },
  "was-here": { joined: false },
  locked: { joined: false, refusesToJoin: true },
  gone: {
    gone: { code: "gone", message: "The facilitator closed the room.", hint: "You can close this page." },
  },
  refusing: {
    section: "went-poorly",
    clock: clock(5_000),
    task: write("went-poorly", "What made this hard to notice, to understand, to stop?"),
    refuses: {
      code: "writing-closed",
      message: "Writing is not open in this section now. What you typed is still in the field.",
      hint: "",
    },
  },
};

/** Starts the room. `pages` is the folder of the built page. */
export function openFakeRoom(pages, port = 0) {
  const rooms = new Map();
  const server = createServer((request, response) => void answer(request, response));
  /** Answers that are to be lost after the request was applied, and requests to be lost before. */
  const faults = { answersToLose: 0, down: false, withoutSecondScript: false };
  const seen = [];

  function roomOf(request) {
    const name = /scene=([a-z-]+)/.exec(request.headers.cookie ?? "")?.[1] ?? "wait";
    const scene = SCENES[name] ?? SCENES.wait;
    if (!rooms.has(name)) {
      const own = {
        participant: 3,
        name: null,
        notes: [],
        recollections: [],
        confided: null,
        ballot: null,
        poll: null,
        order: [],
        moving_on: false,
        found_new: false,
        duty: null,
        actions: [],
        number: 0,
        ...scene.own,
      };
      const view = {
        protocol: 4,
        revision: 1,
        title: "Card payments failed for 40 minutes",
        section: scene.section ?? null,
        clock: scene.clock ?? null,
        task: scene.task ?? { type: "wait" },
        recollects: scene.recollects ?? false,
        hints: false,
        move_on: false,
        novelty: null,
        ...scene.view,
      };
      rooms.set(name, {
        scene,
        joined: scene.joined ?? true,
        state: structuredClone({ view, own }),
        streams: new Set(),
        done: new Set(),
      });
    }
    return rooms.get(name);
  }

  async function answer(request, response) {
    const url = new URL(request.url, "http://room");
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("Cache-Control", "no-store");
    if (!url.pathname.startsWith("/api/")) return page(url, response);
    if (faults.down) return request.socket.destroy();
    const room = roomOf(request);
    if (url.pathname === "/api/stream") return stream(room, request, response);
    if (url.pathname === "/api/state") {
      return room.joined
        ? send(response, 200, room.state)
        : send(response, 401, { code: "not-joined", message: "This phone has not joined.", hint: "" });
    }
    let body = "";
    for await (const chunk of request) body += chunk;
    const asked = JSON.parse(body);
    seen.push(asked);
    if (url.pathname === "/api/return") return send(response, 200, { waiting: "K7Q" });
    const refused = url.pathname === "/api/join" ? join_(room, asked) : ask(room, asked);
    if (faults.answersToLose > 0) {
      faults.answersToLose -= 1;
      return request.socket.destroy();
    }
    if (refused) return send(response, 409, refused);
    send(response, 200, room.state);
    publish(room);
  }

  function page(url, response) {
    const path = url.pathname === "/" ? "/index.html" : url.pathname;
    const scene = url.searchParams.get("scene");
    if (scene !== null) response.setHeader("Set-Cookie", `scene=${scene}; Path=/; HttpOnly; SameSite=Strict`);
    if (faults.withoutSecondScript && path === "/recollect.js") return response.socket.destroy();
    try {
      const bytes = readFileSync(join(pages, path));
      response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(bytes);
    } catch {
      send(response, 404, { code: "not-found", message: "There is nothing here.", hint: "" });
    }
  }

  function stream(room, request, response) {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    const event = (name, data) => response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
    if (room.scene.gone) return event("gone", room.scene.gone);
    room.streams.add(event);
    request.on("close", () => room.streams.delete(event));
    event("state", room.state);
  }

  function publish(room) {
    for (const event of room.streams) event("state", room.state);
  }

  function join_(room, { key, code, name }) {
    if (room.scene.refusesToJoin) {
      return { code: "room-locked", message: "The room is locked.", hint: "Ask the facilitator to open it." };
    }
    if (key === null && code !== "K7QX3M") {
      return {
        code: "wrong-code",
        message: "This is not the code of this meeting.",
        hint: "Look at the big screen once more.",
      };
    }
    room.joined = true;
    room.state.own.name = name;
    return undefined;
  }

  function ask(room, { id, request }) {
    if (room.scene.refuses) return room.scene.refuses;
    if (room.done.has(id)) return undefined;
    const { own, view } = room.state;
    if (request.type === "rename") own.name = request.name;
    if (request.type === "answer-poll") own.poll = request.answer;
    if (request.type === "confide") own.confided = request.text || null;
    if (request.type === "recollect") {
      const sent = { draft: request.draft, when: request.when, text: request.text };
      own.recollections = placed(own.recollections, sent).filter(({ text }) => text !== "");
    }
    if (request.type === "withdraw") own.notes = own.notes.filter(({ draft }) => draft !== request.draft);
    if (request.type === "write") {
      const sent = { draft: request.draft, kind: request.kind, text: request.text };
      own.notes = placed(own.notes, sent);
    }
    if (request.type === "vote") {
      if (own.ballot && own.ballot.revision >= request.ballot.revision) {
        return { code: "ballot-outdated", message: "A newer ballot of yours is already kept.", hint: "" };
      }
      own.ballot = request.ballot;
    }
    room.done.add(id);
    view.revision += 1;
    return undefined;
  }

  /** Puts `sent` in the place of what has its name, or behind the others. */
  function placed(others, sent) {
    const at = others.findIndex(({ draft }) => draft === sent.draft);
    return at < 0 ? [...others, sent] : others.map((kept, place) => (place === at ? sent : kept));
  }

  function send(response, status, body) {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  }

  return new Promise((resolve) => {
    server.listen(port, "127.0.0.1", () => {
      const address = `http://127.0.0.1:${server.address().port}`;
      const close = () => new Promise((done) => (server.closeAllConnections(), server.close(done)));
      resolve({ address, close, faults, seen, rooms, publish });
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const room = await openFakeRoom(process.argv[2] ?? "dist/phone");
  console.log(room.address);
  for (const scene of Object.keys(SCENES)) console.log(`${room.address}/?scene=${scene}`);
}
