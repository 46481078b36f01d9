//! The events of the sample incident, and the same events as a scribe would have noted them.

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use meeting::EventKind::{
    self, Action, Alert, Change, Communication, Decision, Escalation, Hypothesis, Mitigation, Observation, Recovery,
    Result as Outcome, Trigger,
};
use meeting::{Milestone, NewEvent, Precision};

/// An event of the sample's timeline.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Day of June 2026, hour and minute on the wall clock of the record's zone.
    pub when: (u32, u32, u32),
    /// The time is about right and no better.
    pub about: bool,
    /// What sort of thing it is.
    pub kind: EventKind,
    /// What happened.
    pub text: &'static str,
    /// Name (private) and role of whoever acted; empty where it was a machine.
    pub actor: (&'static str, &'static str),
    /// What was known at that minute; empty when it goes without saying.
    pub known_then: &'static str,
    /// Walked through in the meeting.
    pub key: bool,
    /// The milestone that was reached with it.
    pub milestone: Option<Milestone>,
}

impl Entry {
    const fn at(when: (u32, u32, u32), kind: EventKind, text: &'static str) -> Self {
        Self { when, about: false, kind, text, actor: ("", ""), known_then: "", key: false, milestone: None }
    }

    const fn about(self) -> Self {
        Self { about: true, ..self }
    }

    const fn by(self, name: &'static str, role: &'static str) -> Self {
        Self { actor: (name, role), ..self }
    }

    const fn key(self, known_then: &'static str) -> Self {
        Self { known_then, key: true, ..self }
    }

    const fn reaches(self, milestone: Milestone) -> Self {
        Self { milestone: Some(milestone), ..self }
    }

    /// Returns when it happened.
    ///
    /// # Panics
    /// Never: no entry lies in the hour that daylight saving skips.
    #[must_use]
    pub fn instant(&self) -> DateTime<Utc> {
        let (day, hour, minute) = self.when;
        let wall = NaiveDate::from_ymd_opt(2026, 6, day).and_then(|date| date.and_hms_opt(hour, minute, 0));
        wall.and_then(|wall| super::zone().from_local_datetime(&wall).single())
            .map_or_else(|| unreachable!("{:?} is no time", self.when), |at| at.with_timezone(&Utc))
    }

    /// Returns it as an event to add to a timeline.
    #[must_use]
    pub fn event(&self) -> NewEvent {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        NewEvent {
            at: Some(self.instant()),
            precision: if self.about { Precision::About } else { Precision::Exact },
            kind: self.kind,
            text: self.text.to_owned(),
            actor_name: some(self.actor.0),
            actor_role: some(self.actor.1),
            known_then: some(self.known_then),
            key: self.key,
        }
    }
}

/// Returns every time stakeholders were told.
pub(super) fn stakeholders_told() -> Vec<DateTime<Utc>> {
    TIMELINE.iter().filter(|entry| entry.kind == Communication && entry.actor.1 == COMMS).map(Entry::instant).collect()
}

const LABELS: &str = "Label on-call";
const INTEGRATION: &str = "Integration on-call";
const COMMANDER: &str = "Incident commander";
const COMMS: &str = "Communications lead";
const SUPPLIER: &str = "Supplier";

/// What happened, in the order of time.
pub const TIMELINE: [Entry; 30] = [
    Entry::at(
        (3, 22, 41),
        Trigger,
        "Lodestar begins to enforce a limit of 40 requests a second for the account (13:41 PDT in Lodestar's log).",
    )
    .by("", SUPPLIER)
    .key("A notice of 14 April had gone to a mailbox of purchasing. Nobody on call had heard of a limit."),
    Entry::at(
        (3, 22, 43),
        Observation,
        "One address check in five is answered with status 429; the label service tries each again, five times at once.",
    ),
    Entry::at((3, 22, 52), Observation, "First labels take longer than five minutes.")
        .about()
        .key("No screen showed it. The evening's volume was as on any Wednesday.")
        .reaches(Milestone::ImpactStarted),
    Entry::at((3, 23, 5), Observation, "Support has five cases about missing labels, all filed under “printer”.")
        .by("Lena Brandt", "Support")
        .key("Each case looked like the printer set-up of one merchant. Support has no view of the label queue."),
    Entry::at((3, 23, 18), Alert, "Queue-age alert fires: the oldest label job is 20 minutes old.")
        .key("The alert names the queue and its age, and links to a dashboard of the workers.")
        .reaches(Milestone::Detected),
    Entry::at((3, 23, 22), Action, "Label on-call acknowledges the page and opens the dashboard.")
        .by("Kofi Mensah", LABELS)
        .key("Workers busy, processor idle, database calm. The picture fits waiting, not computing.")
        .reaches(Milestone::Acknowledged),
    Entry::at((3, 23, 31), Escalation, "Integration on-call is paged.")
        .by("Kofi Mensah", LABELS)
        .key("The service catalogue names no owner for the address check. The rota was found through the commit log."),
    Entry::at((3, 23, 33), Observation, "All 12 label workers are busy; none has finished a job for four minutes.")
        .by("Kofi Mensah", LABELS),
    Entry::at((3, 23, 34), Hypothesis, "A database lock is suspected, as in November.").by("Kofi Mensah", LABELS),
    Entry::at((3, 23, 36), Action, "Integration on-call joins the call.").by("Mirela Popescu", INTEGRATION),
    Entry::at((3, 23, 38), Decision, "SEV2 is declared; an incident commander takes over coordination.")
        .by("Jonas Reuter", COMMANDER)
        .key("14 support cases, a queue of 9,000 labels and growing. Vans leave at 06:00.")
        .reaches(Milestone::Declared),
    Entry::at((3, 23, 41), Communication, "Status page: labels are delayed, orders are safe.")
        .by("Agnes Thorel", COMMS),
    Entry::at((3, 23, 43), Action, "Label workers are doubled from 12 to 24.")
        .by("Kofi Mensah", LABELS)
        .key("More workers had cleared the queue in March. The runbook names it as the first step."),
    Entry::at((3, 23, 46), Outcome, "The queue grows faster: 61 % of address checks are now refused.")
        .by("Mirela Popescu", INTEGRATION)
        .key("The share of refusals came from a query written on the spot; no dashboard showed it."),
    Entry::at(
        (3, 23, 49),
        Observation,
        "A trace of one job shows status 429 from Lodestar, five times within a second.",
    )
    .by("Mirela Popescu", INTEGRATION)
    .key("Answers of the supplier are logged at debug level, one in a hundred. This trace was the first to hold one."),
    Entry::at((3, 23, 52), Action, "Label workers are set back to 12.").by("Kofi Mensah", LABELS),
    Entry::at((3, 23, 55), Communication, "Support is told what to answer; the “printer” cases are joined into one.")
        .by("Agnes Thorel", COMMS),
    Entry::at((4, 0, 4), Escalation, "A ticket is opened with Lodestar's support (15:04 PDT).")
        .by("Dana Wirth", INTEGRATION),
    Entry::at((4, 0, 7), Hypothesis, "The limit is thought to count per account, so that a second key would not help.")
        .by("Mirela Popescu", INTEGRATION),
    Entry::at((4, 0, 10), Communication, "Status page: cause found at a supplier, next update at 00:50.")
        .by("Agnes Thorel", COMMS),
    Entry::at(
        (4, 0, 13),
        Observation,
        "Lodestar confirms a limit of 40 a second for the account; raising it needs a contract change.",
    )
    .by("", SUPPLIER),
    Entry::at((4, 0, 16), Decision, "The address check will be switched off rather than the limit argued about.")
        .by("Jonas Reuter", COMMANDER)
        .key("The flag dates from the launch and had never been used in production. Unchecked addresses cost returns."),
    Entry::at((4, 0, 28), Action, "In staging 200 labels print without the check; all of them scan.")
        .by("Mirela Popescu", INTEGRATION),
    Entry::at((4, 0, 31), Mitigation, "The address check is made optional in production with its feature flag.")
        .by("Mirela Popescu", INTEGRATION)
        .key("Staging had shown that the renderer takes an unchecked address. The share of wrong ones was a guess."),
    Entry::at((4, 0, 44), Outcome, "The oldest label job is younger than one minute; the queue has drained.")
        .reaches(Milestone::Mitigated),
    Entry::at(
        (4, 0, 46),
        Communication,
        "Status page: labels are on time again; addresses are checked by hand until morning.",
    )
    .by("Agnes Thorel", COMMS),
    Entry::at((4, 8, 30), Observation, "The depot has corrected 212 of 38,400 addresses before pick-up.")
        .by("Lena Brandt", "Support"),
    Entry::at((4, 9, 12), Communication, "Lodestar offers 120 a second for thirty days (00:12 PDT).")
        .about()
        .by("", SUPPLIER),
    Entry::at(
        (4, 9, 40),
        Change,
        "Label service 4.18 is deployed: it waits longer after each refusal, 35 a second at most.",
    )
    .by("Mirela Popescu", INTEGRATION),
    Entry::at(
        (4, 10, 30),
        Recovery,
        "The address check is on for all merchants; no refusal for 20 minutes; all-clear given.",
    )
    .by("Jonas Reuter", COMMANDER)
    .key("The limiter holds at 35 a second. The evening's peak was still to come and was watched.")
    .reaches(Milestone::Resolved),
];

/// The timeline as the scribe noted it: day headings, the zone named once, a layout that changes under way.
pub const PASTED: &str = "\
Incident notes, label delays (all times Europe/Berlin)

Wednesday, 3 June 2026

22:41 - Trigger: Lodestar begins to enforce a limit of 40 requests a second for the account (13:41 PDT in Lodestar's log)
22:43 - One address check in five is answered with status 429; the label service tries each again, five times at once
~22:52 - First labels take longer than five minutes
23:05 - Support has five cases about missing labels, all filed under “printer”
23:18 - ALERT queue age: the oldest label job is 20 minutes old
23:22 - Label on-call acknowledges the page and opens the dashboard

23:31 - Integration on-call is paged
23:33 - All 12 label workers are busy; none has finished a job for four minutes
23:34 - Hypothesis: a database lock, as in November
23:36 - Integration on-call joins the call
- **23:38** SEV2 is declared; an incident commander takes over coordination
- **23:41** Status page: labels are delayed, orders are safe
- **23:43** Label workers are doubled from 12 to 24
- **23:46** Result: the queue grows faster, 61 % of address checks are now refused
- **23:49** A trace of one job shows status 429 from Lodestar, five times within a second
- **23:52** Label workers are set back to 12
- **23:55** Support is told what to answer; the “printer” cases are joined into one

Thursday, 4 June 2026

- **00:04** A ticket is opened with Lodestar's support (15:04 PDT)
- **00:07** Hypothesis: the limit counts per account, so that a second key would not help
- **00:10** Status page: cause found at a supplier, next update at 00:50
- **00:13** Lodestar confirms a limit of 40 a second for the account; raising it needs a contract change
[00:16] Decision: switch the address check off rather than argue about the limit
[00:28] In staging 200 labels print without the check; all of them scan
[00:31] Mitigation: the address check is made optional in production with its feature flag
[00:44] Result: the oldest label job is younger than one minute, the queue has drained
[00:46] Status page: labels are on time again; addresses are checked by hand until morning
08:30 The depot has corrected 212 of 38,400 addresses before pick-up
about 09:12 Lodestar offers 120 a second for thirty days (00:12 PDT)
09:40 Deployed label service 4.18: it waits longer after each refusal, 35 a second at most
10:30 All-clear: the address check is on for all merchants, no refusal for 20 minutes
";
