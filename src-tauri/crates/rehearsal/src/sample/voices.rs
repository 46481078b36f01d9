//! What the participants of the sample meeting write, vote and answer on their phones.
//!
//! Notes are dealt out in turn, so that any number of phones writes all of them. Ballots are dealt the same way and
//! are drawn up so that the same three proposals win clearly with any number of phones.

use meeting::ActionCategory::{Detection, Mitigation, Prevention, Process};
use meeting::NoteKind::{self, Lucky, WentWell};
use meeting::Priority::{Must, NiceToHave, Should};
use meeting::{ActionCategory, Priority};

/// The names phones join with; an empty one joins without a name, and so does every phone beyond these.
pub const NAMES: [&str; 6] = ["Kofi", "Mirela", "Jonas", "", "Agnes", "Lena"];

/// Somebody in the room without a phone, whose words and ballot the facilitator enters.
pub const WITHOUT_A_PHONE: &str = "Dana Wirth";

/// What went well; the last is spoken by somebody without a phone.
pub const WENT_WELL: [(NoteKind, &str); 6] = [
    (WentWell, "The queue-age alert paged the label rota before most merchants noticed."),
    (WentWell, "The alert on queue age from November fired and reached the right rota."),
    (WentWell, "The status page was updated within three minutes of the declaration, and on time after that."),
    (WentWell, "Trying the flag in staging with 200 real addresses took twelve minutes and settled the doubt."),
    (Lucky, "Somebody who had built the address check happened to be on call that night."),
    (Lucky, "The limit came on a Wednesday. On a Sunday the volume is twice as high."),
];

/// What went poorly; the last is spoken by somebody without a phone.
pub const WENT_POORLY: [&str; 8] = [
    "The supplier's refusals were not on any dashboard.",
    "Answers of the supplier are logged at debug level, one in a hundred. Seeing a 429 took 31 minutes from the alert.",
    "It took nine minutes to find out which rota answers for the address check.",
    "The runbook's first step, more workers, made the load on the supplier worse.",
    "Nine support cases came before the alert, and nothing connects cases to the label queue.",
    "The notice about the limit went to purchasing and reached no engineer.",
    "The feature flag had not been used since launch, so nobody could say whether it was safe.",
    "There was no way to know how many unchecked addresses would be wrong.",
];

/// A note that is written first in one wording and then changed, and one that is written and withdrawn.
pub const FIRST_THOUGHTS: [&str; 2] = ["Refusals not visible", "The dashboard is slow to load"];

/// The conditions that had to come together, before they are worked out.
pub const CAUSES: [&str; 5] = [
    "A refused request is tried again at once, five times, and holds its worker meanwhile.",
    "Printing waits for a check it could do without.",
    "The supplier's limit is lower than our evening peak, and nobody compares the two.",
    "An integration has no owner once it is live.",
    "Supplier notices have no way into engineering.",
];

/// Two notes that say the same, and the wording they become.
#[derive(Debug, Clone, Copy)]
pub struct Merge {
    /// The notes.
    pub from: [&'static str; 2],
    /// The wording.
    pub text: &'static str,
}

/// What is merged under went well, and under went poorly.
pub const MERGES: [Merge; 2] = [
    Merge {
        from: [WENT_WELL[0].1, WENT_WELL[1].1],
        text: "The queue-age alert, an action item from November, paged the right rota before most merchants noticed.",
    },
    Merge {
        from: [WENT_POORLY[0], WENT_POORLY[1]],
        text: "The supplier's refusals were hard to see: on no dashboard, and one in a hundred in the log.",
    },
];

/// The proposed actions.
pub const PROPOSALS: [(ActionCategory, Priority, &str); 12] = [
    (
        Process,
        Should,
        "Add every external integration to the service catalogue with an owner and a rota, and refuse a launch without them",
    ),
    (
        Detection,
        Should,
        "Show the share of refused address checks on the label dashboard, and log every refusal at warning level",
    ),
    (
        Mitigation,
        Must,
        "Let labels print unchecked by themselves when the address checker refuses more than 20 % for two minutes",
    ),
    (Detection, NiceToHave, "Count support cases by merchant journey and show the count next to the label queue"),
    (Process, NiceToHave, "Rewrite the label runbook so that it asks what the workers wait for before it adds workers"),
    (Mitigation, Should, "Use each emergency feature flag once a quarter in a game day and record what it did"),
    (Detection, Should, "Alert when an address check takes longer than two seconds at the median for five minutes"),
    (
        Prevention,
        Must,
        "Replace immediate retries in all supplier clients with growing delays and a shared limit below the contract's",
    ),
    (Prevention, NiceToHave, "Cache checked addresses for thirty days so that the evening peak asks the supplier less"),
    (
        Process,
        NiceToHave,
        "Ask the ten largest suppliers which limits apply to our accounts and compare them with our peaks",
    ),
    (
        Process,
        Must,
        "Name a technical contact in all supplier contracts and send supplier notices to a ticket queue that an engineer reads daily",
    ),
    (Detection, Should, "Measure how many labels print with an unchecked address and how many of them come back"),
];

/// Dots by place in [`PROPOSALS`].
pub type Dots = &'static [(usize, u8)];

/// The ballots in the order in which phones cast them, each as it is at last; an empty one is an abstention. A phone
/// whose ballot comes with an earlier one casts that first.
pub const BALLOTS: [(Option<Dots>, Dots); 6] = [
    (None, &[(7, 2), (2, 2), (10, 1)]),
    (None, &[(7, 2), (10, 1), (2, 1), (1, 1)]),
    (Some(&[(4, 2), (5, 2), (7, 1)]), &[(7, 1), (2, 2), (10, 2)]),
    (None, &[(2, 1), (7, 1), (10, 1), (6, 1), (0, 1)]),
    (Some(&[(8, 2)]), &[(7, 2), (8, 1), (2, 1), (10, 1)]),
    (None, &[]),
];

/// The ballot of [`WITHOUT_A_PHONE`].
pub const BALLOT_BY_HAND: Dots = &[(7, 2), (2, 1), (10, 1), (11, 1)];

/// One person's answers to the exit poll.
#[derive(Debug, Clone, Copy)]
pub struct Opinion {
    /// Learned something that changes how they work.
    pub learned: bool,
    /// Would come to another.
    pub again: bool,
    /// Could speak freely, from 1 to 5.
    pub spoke_freely: Option<u8>,
    /// One thing to improve; may be empty.
    pub improve: &'static str,
}

const fn opinion(learned: bool, again: bool, spoke_freely: Option<u8>, improve: &'static str) -> Opinion {
    Opinion { learned, again, spoke_freely, improve }
}

/// The answers to the exit poll, dealt to the phones in turn.
pub const POLL: [Opinion; 7] = [
    opinion(true, true, Some(5), "Send the timeline a day before."),
    opinion(true, true, Some(4), ""),
    opinion(true, true, Some(5), "More time for the causes, less for the timeline."),
    opinion(false, true, Some(4), ""),
    opinion(true, true, None, "Invite somebody from purchasing."),
    opinion(true, false, Some(3), ""),
    opinion(true, true, Some(5), ""),
];
