//! What the room of the sample meeting works out together, as the note-taker types it.

use meeting::ChainEnd::{Organisation, Process, Resource};
use meeting::ListField::{OpenQuestions, RootCauses, ShareWith, Surprises, Takeaways};
use meeting::{ChainEnd, FactorCategory, Helped, ListField, ParkedOutcome, PreviousState, Section};

use super::voices::PROPOSALS;

/// What the room says about each of the earlier action items.
pub const REVIEWS: [(PreviousState, Helped, &str); 2] = [
    (PreviousState::Done, Helped::Yes, "It was the alert that fired at 23:18."),
    (
        PreviousState::StillOpen,
        Helped::No,
        "31 of 44 services have an owner. Integrations were never counted as services, so the gap was not visible.",
    ),
];

/// Answers typed under events: the place in the timeline, and what the room said to the question of its kind.
pub const ANSWERS: [(usize, &str); 5] = [
    (0, "From our side nothing changed. The notice of April announced a date in “early summer”."),
    (4, "Queue, age and a link. It was made in November for locks, so its dashboard shows the database first."),
    (
        6,
        "The database looked calm, so it had to be something the workers wait for. The owner was looked for in the \
         catalogue, the wiki, the chat and at last in the commit log.",
    ),
    (12, "That the queue would shrink as in March. Then the workers were computing, this time they waited."),
    (21, "A higher limit would have needed the supplier's office and ours. The flag needed twelve minutes in staging."),
];

/// One answer in a why-chain.
#[derive(Debug, Clone, Copy)]
pub struct Why {
    /// The place of the answer it asks about; none for the symptom itself.
    pub parent: Option<usize>,
    /// The answer.
    pub answer: &'static str,
    /// What shows it; empty when the room only knows it.
    pub evidence: &'static str,
    /// What it points at, where the chain ends.
    pub ends_at: Option<ChainEnd>,
}

const fn why(parent: Option<usize>, answer: &'static str, evidence: &'static str) -> Why {
    Why { parent, answer, evidence, ends_at: None }
}

const fn end(parent: usize, answer: &'static str, evidence: &'static str, ends_at: ChainEnd) -> Why {
    Why { parent: Some(parent), answer, evidence, ends_at: Some(ends_at) }
}

/// A why-chain.
#[derive(Debug, Clone, Copy)]
pub struct Chain {
    /// Where it starts.
    pub symptom: &'static str,
    /// The answers, parents before their children.
    pub steps: &'static [Why],
}

/// The why-chains: five answers deep with a branch, and two of four.
pub const CHAINS: [Chain; 3] = [
    Chain {
        symptom: "Labels waited up to 94 minutes in the queue.",
        steps: &[
            why(
                None,
                "Every worker was waiting for an answer of the address checker.",
                "Dashboard at 23:33: 12 of 12 busy, processor at 4 %.",
            ),
            why(
                Some(0),
                "A refused check is tried again five times at once, and the worker holds its job meanwhile.",
                "Trace of job 7c1e at 23:49.",
            ),
            why(
                Some(1),
                "The retry rule dates from a time without a limit and has not been looked at since.",
                "Last change of the rule: March 2023.",
            ),
            why(
                Some(2),
                "Integrations are reviewed before launch and at no later date.",
                "Launch checklist, section 4.",
            ),
            end(
                3,
                "After launch no team owns an integration, so nobody would call for a review.",
                "Service catalogue: no entry for the address check.",
                Organisation,
            ),
            why(
                Some(1),
                "A label is not printed before its address is checked, although it could be.",
                "Staging at 00:28: 200 labels without a check, all of them scan.",
            ),
            end(
                5,
                "Which steps may be left out under load is not asked when a feature is planned.",
                "Feature template, no such question.",
                Process,
            ),
        ],
    },
    Chain {
        symptom: "Nine minutes passed between the acknowledgement and the page to the integration rota.",
        steps: &[
            why(
                None,
                "The rota was looked for in four places before it was found in the commit log.",
                "Scribe's notes, 23:22 to 23:31.",
            ),
            why(Some(0), "The service catalogue has no entry for the address check.", "Catalogue, export of 5 June."),
            why(
                Some(1),
                "Only what is deployed on its own gets an entry; an integration inside a service does not.",
                "",
            ),
            end(
                2,
                "The launch process asks for an entry per deployment and not per responsibility.",
                "Launch checklist, section 1.",
                Process,
            ),
        ],
    },
    Chain {
        symptom: "The limit had been announced seven weeks before and was news to everybody on call.",
        steps: &[
            why(None, "The notice went to a mailbox of purchasing.", "Notice of 14 April, list of recipients."),
            why(Some(0), "The contract names that mailbox as the only contact.", "Contract with Lodestar, annex B."),
            why(
                Some(1),
                "The form for supplier contracts has no field for a technical contact.",
                "Form 7, version of 2021.",
            ),
            end(
                2,
                "Two people look after sixty supplier contracts; there has been no time to revise the form.",
                "Said by purchasing before the meeting.",
                Resource,
            ),
        ],
    },
];

/// A contributing factor.
#[derive(Debug, Clone)]
pub struct Factor {
    /// What sort of condition it is.
    pub category: FactorCategory,
    /// The condition.
    pub text: &'static str,
    /// The place of the chain that led to it.
    pub chain: Option<usize>,
    /// The place of the event that shows it.
    pub event: Option<usize>,
}

/// The contributing factors.
pub const FACTORS: [Factor; 6] = [
    Factor {
        category: FactorCategory::Technical,
        text: "Retries without a delay multiply the load on a supplier that already refuses.",
        chain: Some(0),
        event: Some(14),
    },
    Factor {
        category: FactorCategory::Technical,
        text: "Printing depends on a check that it could do without for some hours.",
        chain: Some(0),
        event: Some(22),
    },
    Factor {
        category: FactorCategory::Process,
        text: "The runbook's first step assumes that workers are short, and does not ask what they wait for.",
        chain: None,
        event: Some(12),
    },
    Factor {
        category: FactorCategory::Communication,
        text: "Supplier notices reach purchasing and have no way into engineering.",
        chain: Some(2),
        event: Some(0),
    },
    Factor {
        category: FactorCategory::External,
        text: "The supplier enforces a limit below our evening peak.",
        chain: None,
        event: Some(20),
    },
    Factor {
        category: FactorCategory::Organisation,
        text: "An integration that is live has no owner and no rota in the catalogue.",
        chain: Some(1),
        event: Some(6),
    },
];

/// What a committed action addresses.
#[derive(Debug, Clone, Copy)]
pub enum Target {
    /// A factor, by its place.
    Factor(usize),
    /// An answer of a chain, by their places.
    Why(usize, usize),
    /// An event, by its place.
    Event(usize),
}

/// What a chosen proposal needs to become an action item.
#[derive(Debug, Clone, Copy)]
pub struct Commitment {
    /// The place of the proposal.
    pub proposal: usize,
    /// What it addresses.
    pub addresses: Target,
    /// Who does it.
    pub owner: &'static str,
    /// By when, in days from the meeting.
    pub due_in_days: u64,
    /// How it will be known that it is done.
    pub criterion: &'static str,
    /// Its ticket.
    pub ticket: &'static str,
}

/// The three proposals that win the vote, the winner first.
pub const COMMITMENTS: [Commitment; 3] = [
    Commitment {
        proposal: 7,
        addresses: Target::Factor(0),
        owner: "Mirela Popescu",
        due_in_days: 21,
        criterion: "In the load test a supplier that refuses half of all requests receives no more than its limit, and no worker waits longer than two seconds.",
        ticket: "https://tickets.example/LABEL-2214",
    },
    Commitment {
        proposal: 2,
        addresses: Target::Event(21),
        owner: "Kofi Mensah",
        due_in_days: 28,
        criterion: "In a game day the checker is blocked in staging, and the oldest label job stays below five minutes without anybody doing anything.",
        ticket: "https://tickets.example/LABEL-2215",
    },
    Commitment {
        proposal: 10,
        addresses: Target::Why(2, 2),
        owner: "Henrik Aalto",
        due_in_days: 42,
        criterion: "All 60 contracts name a technical contact, and a test notice of Lodestar is a ticket within one day.",
        ticket: "https://tickets.example/OPS-871",
    },
];

/// Why a proposal was not chosen, by its place.
pub const NOT_CHOSEN: [(usize, &str); 9] = [
    (0, "Goes on as the earlier action item about the catalogue, which now counts integrations."),
    (1, "Part of the work on retries; not tracked by itself."),
    (3, "Few votes; support looks at it with its own tools first."),
    (4, "Few votes; the change of the runbook is small and done this week."),
    (5, "Few votes; to be proposed again for the next quarter."),
    (6, "Would have fired four minutes earlier at best."),
    (8, "Postpones the limit and does not remove it."),
    (9, "Waits for the technical contacts."),
    (11, "Follows from letting labels print unchecked and is measured there."),
];

/// An entry of the parking lot.
#[derive(Debug, Clone, Copy)]
pub struct Parked {
    /// Where it comes up.
    pub section: Section,
    /// What it says.
    pub text: &'static str,
    /// What becomes of it.
    pub outcome: ParkedOutcome,
}

/// The parking lot.
pub const PARKED: [Parked; 3] = [
    Parked {
        section: Section::Timeline,
        text: "Labels could print unchecked by themselves when the checker refuses.",
        outcome: ParkedOutcome::Proposed,
    },
    Parked {
        section: Section::WentPoorly,
        text: "Does the contract let us ask for a refund?",
        outcome: ParkedOutcome::OpenQuestion,
    },
    Parked {
        section: Section::RootCauses,
        text: "Are there other suppliers with a limit below our peak?",
        outcome: ParkedOutcome::Discussed,
    },
];

/// The decision log.
pub const DECISIONS: [(Section, &str); 2] = [
    (Section::RootCauses, "From today an integration counts as a service in the catalogue."),
    (
        Section::ActionItems,
        "The higher limit that Lodestar offers for thirty days is accepted; it is not the fix. See its date in the open questions.",
    ),
];

/// What is written down at the end.
pub const WRAP_UP: [(ListField, &[&str]); 5] = [
    (
        RootCauses,
        &[
            "Integrations are owned until launch and by nobody after it, so their behaviour under a refusal is not revisited.",
            "News from suppliers travels along the contract and not along the system that depends on it.",
        ],
    ),
    (
        Takeaways,
        &[
            "Workers that are busy may be waiting: ask for what before adding more.",
            "A feature flag is a safeguard only if it has been used lately.",
            "Whatever we depend on needs an owner and a rota here, not only a contract.",
        ],
    ),
    (
        OpenQuestions,
        &[
            "What happens when the thirty days of the higher limit end?",
            "Does the contract let us ask for a refund?",
            "How many of the 38,400 unchecked labels come back?",
        ],
    ),
    (Surprises, &["More workers made it worse.", "Only 212 of 38,400 unchecked addresses needed a correction."]),
    (ShareWith, &["Purchasing", "Support leads", "Teams that call a supplier: tracking, invoices"]),
];

/// The place in [`PROPOSALS`] of each winner must exist; a place beyond the end fails to compile.
const _: () = {
    let mut place = 0;
    while place < COMMITMENTS.len() {
        assert!(COMMITMENTS[place].proposal < PROPOSALS.len());
        place += 1;
    }
};
