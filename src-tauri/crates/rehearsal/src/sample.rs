//! The sample incident: what a facilitator has prepared before the meeting. All of it is fiction.
//!
//! `timeline` holds the events and the same events as scribe's notes to paste, `voices` what the participants write,
//! vote and answer, `findings` what the room works out together.

mod findings;
mod timeline;
mod voices;

use chrono_tz::Tz;
use meeting::{
    DetectionSource, Edit, IncidentKind, ListField, Meeting, MilestoneTime, MitigationKind, Neutrality, Request, Role,
    Severity, TextField,
};

pub use findings::{
    ANSWERS, CHAINS, COMMITMENTS, Chain, Commitment, DECISIONS, FACTORS, Factor, NOT_CHOSEN, PARKED, Parked, REVIEWS,
    Target, WRAP_UP, Why,
};
pub use timeline::{Entry, PASTED, TIMELINE};
pub use voices::{
    BALLOT_BY_HAND, BALLOTS, CAUSES, Dots, FIRST_THOUGHTS, MERGES, Merge, NAMES, Opinion, POLL, PROPOSALS, WENT_POORLY,
    WENT_WELL, WITHOUT_A_PHONE,
};

/// What the post-mortem is called.
pub const TITLE: &str = "Parcel labels up to 94 minutes late";

/// Action items of earlier post-mortems: what was to be done, by whom, and where it came from.
pub const PREVIOUS: [(&str, &str, &str); 2] = [
    (
        "Page the label rota when the oldest label job is more than 20 minutes old",
        "Mirela Popescu",
        "Labels stuck behind a database lock, November 2025",
    ),
    (
        "Give every service in the catalogue an owner and a rota",
        "Henrik Aalto",
        "Tracking page empty for an hour, February 2026",
    ),
];

/// Returns the zone in which the sample's times are shown.
#[must_use]
pub const fn zone() -> Tz {
    Tz::Europe__Berlin
}

/// Returns what fills a fresh post-mortem with the incident, apart from its milestones.
#[must_use]
pub fn prepare() -> Vec<Request> {
    let mut requests = vec![Request::AddEvents { events: TIMELINE.iter().map(Entry::event).collect() }];
    requests.extend(PREVIOUS.map(|(task, owner, origin)| Request::AddPrevious {
        task: task.into(),
        owner: owner.into(),
        origin: origin.into(),
    }));
    requests.extend(facts().into_iter().map(|edit| Request::Edit { edit }));
    requests
}

/// Returns what marks the milestones on the events that are in the meeting now.
///
/// They point at events and so move with them; the ids of the events are known only after [`prepare`] was granted.
#[must_use]
pub fn mark(meeting: &Meeting) -> Vec<Request> {
    let marked = TIMELINE.iter().filter_map(|entry| entry.milestone.map(|milestone| (milestone, entry.text)));
    marked
        .filter_map(|(milestone, text)| {
            let event = meeting.timeline.iter().find(|event| event.text == text)?.id;
            Some(Request::Edit { edit: Edit::Milestone { milestone, time: MilestoneTime::Event { event } } })
        })
        .collect()
}

const SUMMARY: &str = "For 1 h 52 min on the evening of 3 June parcel labels came late, up to 94 minutes, because the \
     label workers waited for an address checker that had begun to refuse requests above a limit. Printing was \
     restored by switching the address check off; the next morning a release kept it below the limit.";

const BACKGROUND: &str = "This incident is fiction. Brennmoor Parcels, Lodestar Address and everybody named here were \
     made up to practise a post-mortem with.\n\nBrennmoor Parcels collects parcels from small merchants. A merchant \
     orders a label, the label service checks the address with a supplier, Lodestar Address, and then prints. \
     Labels are ordered mostly in the evening, because the vans leave at six in the morning. Lodestar works in \
     Portland on Pacific time, nine hours behind.";

const TEXTS: [(TextField, &str); 13] = [
    (TextField::DocumentLabel, "Post-mortem"),
    (TextField::Owner, "Ruth Albers"),
    (TextField::Summary, SUMMARY),
    (TextField::Background, BACKGROUND),
    (TextField::ImpactWho, "Merchants who ordered labels between 22:52 and 00:44; the support desk."),
    (TextField::ImpactShare, "1,930 of 5,200 merchants active that evening (37 %), 38,400 labels."),
    (
        TextField::ImpactErrorRate,
        "At the worst 61 % of address checks refused; 100 % of labels later than five minutes.",
    ),
    (TextField::ImpactDataLoss, "None. Every label was printed; 212 addresses needed a correction before pick-up."),
    (TextField::ImpactSupportCases, "46 cases, 9 of them before the alert."),
    (
        TextField::Trigger,
        "Lodestar began to enforce a limit of 40 requests a second for the account at 22:41 (13:41 PDT). The evening \
         peak is 110 a second.",
    ),
    (
        TextField::Detection,
        "The queue-age alert fired 26 minutes after the first late labels. Nine support cases had come in before; \
         they looked like printer trouble one by one.",
    ),
    (
        TextField::TemporaryFix,
        "The address check was made optional with its feature flag; the queue drained in 13 minutes.",
    ),
    (
        TextField::PermanentFix,
        "Label service 4.18 waits longer after each refusal and sends at most 35 requests a second; the rest waits \
         outside the workers.",
    ),
];

const ROLES: [(Role, &[&str]); 8] = [
    (Role::IncidentCommander, &["Jonas Reuter"]),
    (Role::TechnicalLead, &["Mirela Popescu"]),
    (Role::CommunicationsLead, &["Agnes Thorel"]),
    (Role::Scribe, &["Tobias Anand"]),
    (Role::Responder, &["Kofi Mensah", "Dana Wirth"]),
    (Role::Facilitator, &["Ruth Albers"]),
    (Role::CoFacilitator, &["Ines Caldera"]),
    (Role::NoteTaker, &["Sami Leinonen"]),
];

fn facts() -> Vec<Edit> {
    let list = |list, items: &[&str]| Edit::List { list, items: items.iter().map(|item| (*item).to_owned()).collect() };
    let mut facts = vec![
        Edit::Severity { severity: Some(Severity::Sev2), definition: Severity::Sev2.definition().into() },
        Edit::Kind { kind: Some(IncidentKind::CustomerImpacting) },
        Edit::DetectedBy { source: Some(DetectionSource::Alert) },
        Edit::MitigatedBy { mitigation: Some(MitigationKind::FeatureFlagOff) },
        list(ListField::Services, &["Label service", "Address check", "Merchant portal"]),
        list(
            ListField::Invited,
            &[
                "Jonas Reuter",
                "Mirela Popescu",
                "Agnes Thorel",
                "Tobias Anand",
                "Kofi Mensah",
                "Dana Wirth",
                "Lena Brandt",
            ],
        ),
        list(
            ListField::SupportingMaterial,
            &[
                "Dashboard “Label queue”, 3 June 22:30 to 4 June 01:00",
                "Lodestar’s notice of 14 April, “Changes to fair use”",
                "Trace of label job 7c1e at 23:49",
            ],
        ),
        Edit::StakeholdersTold { times: timeline::stakeholders_told() },
        Edit::Neutrality {
            answers: Neutrality {
                led_the_incident: Some(false),
                made_critical_decision: Some(false),
                has_line_authority: Some(false),
                authority_present: "Henrik Aalto leads two of the responders. He takes part as a listener and speaks \
                                    last."
                    .into(),
            },
        },
    ];
    facts.extend(TEXTS.map(|(field, text)| Edit::Text { field, text: text.into() }));
    facts.extend(
        ROLES.map(|(role, names)| Edit::Role { role, names: names.iter().map(|name| (*name).to_owned()).collect() }),
    );
    facts
}
