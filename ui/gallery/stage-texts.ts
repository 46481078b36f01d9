// Texts of the stage scenes: ordinary, long, hostile, and in several scripts.

import type { StageProposal } from "../shared/bindings/StageProposal";

/** Must never be drawn: it is sent where a picture has to hold back. */
export const SECRET = "SECRET-free-text-of-one-of-four";

export const LONG_TITLE =
  "Payments, refunds and invoices were unavailable for customers in four regions after the certificate rotation of the internal gateway";
export const SERVICES = [
  "checkout",
  "payments",
  "refunds",
  "invoices",
  "gateway-internal",
  "ledger",
  "notifications",
];
export const STATEMENT = [
  "We are here to understand, not to find fault.",
  "Everyone acted sensibly on what they knew then.",
  "We change conditions, not people.",
  "Different views of one event are welcome.",
  "Fixes wait in the parking lot.",
];
export const EVENT_LONG =
  "The on-call engineer compared the error rate of the two regions, saw that only the one with client 9.2 was affected, and proposed to roll it back while the database team looked at the connection count.";
export const KNOWN_LONG =
  "checkout errors at 4.8 %, dashboards green, one page unanswered, the release notes of 9.2 not yet read by anybody in the channel.";
export const HOSTILE_WORD = "Kubernetes".repeat(12);
export const MARKUP = '<b>not bold</b> & <script>alert("no")</script> \u202Ereversed\u202C';

export const NOTES = [
  "The dashboard showed green for nine minutes",
  "Two rotations with the same name",
  "The alert said latency, not connections",
  "Nobody knew that client 9.2 retries forever",
  "The runbook names a team, not a rotation",
  "The rollback had never been tried with a full pool",
];
export const LINES_45 = [
  "The dashboard stayed green for nine full mins",
  "Two paging rotations carried exactly one name",
  "The alert named the latency, not connections.",
  "Client 9.2 retried forever and nobody knew it",
  "The runbook names one team but two rotations.",
  "Rolling back had never been tried with a full pool, so that the first try was the real one",
];
export const SCRIPTS = [
  "لوحة المراقبة بقيت خضراء تسع دقائق",
  "接続プールが空でも、監視画面は緑のままでした",
  "Откат раньше не проверяли 🙈",
  "Η ειδοποίηση ανέφερε μόνο καθυστέρηση",
  "告警只提到延迟，没有提到连接数 🚨📈",
];
export const PROPOSAL_300 =
  "Run the contract test against the payment sandbox in the build of every client library, fail the build when the number of connections opened during a retry storm exceeds the limit that is written down in the service's own definition, and show the measured number beside the limit in the build log page";
export const NOTE_1000 =
  `${"What made it hard was that every screen told a different story: the pool was full on one, the checkout was green on another, and the status page still said monitoring. ".repeat(6)}`
    .slice(0, 999)
    .concat(".");

export const OPTIONS = [
  "Contract test for the payment sandbox in CI",
  "Alert at 80 % of the connection pool",
  "One owner for every paging rotation",
  "Feature flag around the new client",
  "Runbook page for pool exhaustion",
  "Dashboard for retries",
  "Rehearse a rollback with a full pool every quarter",
  "Read release notes before an upgrade",
  "Separate pools for reads and writes",
  "Cap retries in every client",
  "Name an owner of the sandbox",
  "Move the status page off the same cluster",
];
export const PROPOSALS: StageProposal[] = OPTIONS.slice(0, 6).map((text, place) => ({
  text,
  category: ["prevention", "detection", "process", "mitigation"][place % 4]!,
  priority: (["must", "should", "nice-to-have"] as const)[place % 3]!,
}));
export const TAKEAWAYS = [
  "No check compares the client's behaviour with the payment sandbox before a release.",
  "The pager knew two rotations of one name; one had nobody on it.",
  "The pool was full for nine minutes before any dashboard showed it.",
];

/** The look of a code of 25 modules; no phone can read it. */
export const QR: string[] = Array.from({ length: 25 }, (_, y) =>
  Array.from({ length: 25 }, (_, x) => (module(x, y) ? "1" : "0")).join(""),
);

function module(x: number, y: number): boolean {
  for (const [left, top] of [
    [0, 0],
    [18, 0],
    [0, 18],
  ] as const) {
    const [dx, dy] = [x - left, y - top];
    if (dx < -1 || dx > 7 || dy < -1 || dy > 7) continue;
    const ring = Math.max(Math.abs(dx - 3), Math.abs(dy - 3));
    return ring === 3 || ring <= 1;
  }
  return (x * 7 + y * 13 + x * y * 5) % 11 < 5;
}
