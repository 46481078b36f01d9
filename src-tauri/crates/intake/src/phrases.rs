//! The words that suggest a kind or a milestone: data, in the order in which they are tried.
//!
//! Phrases are separated by commas. A phrase matches whole words regardless of case; a `*` at its end lets the last
//! word go on ("deploy*").

use meeting::Milestone;
use meeting::timeline::EventKind::{self, *};

use crate::milestone::Mark;

/// Labels before a colon or a dash, which say the kind outright.
pub(crate) const LABELS: &[(EventKind, &str)] = &[
    (Trigger, "trigger"),
    (Change, "change, deploy, deployment, release"),
    (Detection, "detection, detected"),
    (Alert, "alert, alarm, page"),
    (Observation, "observation, observed, identified, symptom"),
    (Hypothesis, "hypothesis, theory, suspicion, investigating"),
    (Decision, "decision, decided"),
    (Action, "action, acknowledged, ack"),
    (Escalation, "escalation, escalated"),
    (Communication, "communication, comms, update, status update, status page, statuspage"),
    (Mitigation, "mitigation, mitigated, rollback, workaround, monitoring"),
    (Result, "result, outcome"),
    (Recovery, "recovery, recovered, resolved, resolution, all clear"),
];

/// Phrases anywhere in the text; the first row that matches decides.
pub(crate) const KINDS: &[(EventKind, &str)] = &[
    (
        Recovery,
        "all clear, all-clear, incident closed, incident is closed, incident over, incident ends, incident ended, \
         incident resolved, incident is resolved, marked as resolved, marked resolved, declared resolved, fully \
         resolved, fully recovered, fully restored, back to normal, service restored, normal operation*, service \
         recovered, outage ends, outage ended, outage over, has been resolved, is resolved, recovery complete, \
         closed the incident, closes the incident, issue resolved, resolved",
    ),
    (Decision, "decided, decide to, decides to, decision, agreed to, we agree to, chose to, chooses to, opted to"),
    (
        Hypothesis,
        "hypothesis, hypothesise*, hypothesize*, suspect*, theory, we think, might be caused, may be caused, possibly caused, \
         could be caused, believed to be, our guess, looks like it is caused",
    ),
    (
        Communication,
        "status page, statuspage, posted an update, posts an update, posted update, customers notified, customers \
         informed, customers were informed, customers were told, notified customers, informs customers, informed \
         customers, stakeholders informed, stakeholders told, stakeholders notified, informed support, told \
         support, support team informed, tweet*, sent an email, announced, update posted, communicated, internal \
         update",
    ),
    (
        Escalation,
        "escalat*, pages, paged, paging, called in, pulled in, pulls in, brought in, brings in, joined the call, \
         joins the call, joins the incident, incident declared, declared an incident, declares an incident, \
         declared a sev*, declares a sev*, declares sev*, declared sev*, incident opened, opened an incident, \
         opens an incident, war room, incident channel, handed over to",
    ),
    (
        Mitigation,
        "rolled back, rolls back, roll back, rolling back, rollback, revert*, mitigat*, failed over, fails over, \
         failover, fail over, feature flag off, flag off, flag disabled, turned off, turns off, switched off, \
         redirected traffic, traffic redirected, traffic shifted, shifted traffic, drained, scaled up, scales up, \
         scaling up, hotfix*, fix deployed, fix is deployed, deployed a fix, deployed the fix, fix rolled out, \
         workaround, disabled the, disables the, blocked the traffic, restored from backup",
    ),
    (
        Result,
        "error rate dropped, error rate drops, error rates dropped, error rate falls, error rate fell, errors \
         stop*, errors drop*, errors decreas*, errors are gone, latency dropped, latency drops, latency recovers, \
         latency recovered, recovering, starts to recover, begins to recover, no effect, no improvement, did not \
         help, didn't help, had no effect, queue drains, queue drained, backlog cleared, traffic recovers, \
         traffic recovered, improves, improved, error rate back, drops to, dropped to, recover*",
    ),
    (
        Action,
        "acknowledg*, ack, acks, acked, ack'd, restart*, rebooted, reboots, killed the, cleared the cache, begins \
         investigat*, began investigat*, starts investigat*, started investigat*, investigating",
    ),
    (
        Alert,
        "alert, alerts, alerted, alerting, alarm, alarms, pager, pagerduty, opsgenie, monitor fires, monitor \
         fired, monitoring fires, page goes out",
    ),
    (
        Detection,
        "first report*, user report*, users report*, customer report*, customers report*, support ticket*, \
         reported by, reports from, noticed, notices, detected, complaint*, complain*, discovered",
    ),
    (
        Change,
        "deploy*, released, release of, rolled out, rolls out, rollout, merged, merges, config change*, \
         configuration change*, config push*, migration, feature flag, flag enabled, enabled the, upgraded, \
         upgrades, upgrade of, shipped, maintenance",
    ),
    (
        Trigger,
        "outage begins, outage began, outage starts, outage started, incident begins, incident starts, incident \
         started, triggered the, triggers the, power loss, power failure, fiber cut, fibre cut",
    ),
];

/// Phrases for milestones.
pub(crate) const MILESTONES: &[(Mark, &str)] = &[
    (
        Mark::Reached { milestone: Milestone::ImpactStarted },
        "impact start*, impact began, impact begins, outage begins, outage began, outage starts, outage started, \
         incident begins, incident starts, incident started, start of impact, start of outage, start of incident, \
         errors begin, errors began, errors start, errors started, begins to fail, begin to fail, began to fail, \
         start failing, started failing, starts failing, begin failing, began failing, requests fail, users \
         affected, customers affected, customers begin to see, users begin to see, users started seeing, users start \
         seeing, customers started seeing, started returning errors, starts returning errors, degradation begins, \
         degradation began, degradation starts, degradation started, became unavailable, becomes unavailable, went \
         down, goes down, first errors, error rate rises, error rate increases, error rate climbs, error rate rose",
    ),
    (
        Mark::Reached { milestone: Milestone::Detected },
        "alert, alerts, alerted, alarm, monitor fires, monitor fired, pager, pagerduty, paged, first report*, \
         user report*, users report*, customer report*, customers report*, support ticket*, detected, noticed, \
         notices, complain*",
    ),
    (
        Mark::Reached { milestone: Milestone::Acknowledged },
        "acknowledg*, ack, acks, acked, ack'd, begins investigat*, began investigat*, starts investigat*, started \
         investigat*, on-call responds, on-call responded",
    ),
    (
        Mark::Reached { milestone: Milestone::Declared },
        "incident declared, declared an incident, declares an incident, declared the incident, declares the \
         incident, declares incident, declared a sev*, declares a sev*, declares sev*, declared sev*, sev1 \
         declared, sev2 declared, sev3 declared, incident opened, opened an incident, opens an incident, declared \
         a major incident, major incident declared",
    ),
    (
        Mark::Reached { milestone: Milestone::Mitigated },
        "mitigated, mitigation complete, impact ends, impact ended, impact over, end of impact, users no longer \
         affected, customers no longer affected, no longer affected, service restored, traffic restored, back to \
         normal, outage ends, outage ended, rollback complete*, rollback finished, errors stop*, errors are gone, \
         error rate back, fully recovered, fully restored, service recovered, impact mitigated, fix deployed, \
         recovered",
    ),
    (
        Mark::Reached { milestone: Milestone::Resolved },
        "all clear, all-clear, incident closed, incident is closed, closed the incident, closes the incident, \
         incident ends, incident ended, incident over, resolved, root cause fixed, permanent fix",
    ),
    (
        Mark::StakeholdersTold,
        "status page, statuspage, customers notified, customers informed, customers were informed, customers were \
         told, notified customers, informed customers, informs customers, stakeholders informed, stakeholders \
         told, stakeholders notified, posted an update, posts an update, posted update, update posted, posted \
         to the status, first status post, tweet*, informed support, told support, press release, sent an email to*",
    ),
];
