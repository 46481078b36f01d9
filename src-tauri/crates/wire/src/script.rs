//! What to say: the script of each section, and the sentences that rescue a moment.

use meeting::Section;
use serde::Serialize;

/// What the facilitator can say, ask and watch for in a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Script {
    /// To say.
    pub say: &'static [&'static str],
    /// To ask.
    pub ask: &'static [&'static str],
    /// To watch for.
    pub watch: &'static str,
}

/// A difficult moment and one sentence for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct Rescue {
    /// What is happening.
    pub moment: &'static str,
    /// What to say.
    pub say: &'static str,
}

/// The opening statement, point by point, as the stage shows it.
pub(crate) const STATEMENT: [&str; 5] = [
    "We are here to understand, not to find fault.",
    "Everyone acted sensibly on what they knew then.",
    "We change conditions, not people.",
    "Different views of one event are welcome.",
    "Fixes wait in the parking lot.",
];

/// The five moments behind the rescue key.
pub(crate) const RESCUES: [Rescue; 5] = [
    Rescue {
        moment: "Blame comes up",
        say: "Let us take the person out of it: what would have led any of us to do the same?",
    },
    Rescue { moment: "Silence", say: "Take a minute and write one thing down: what stood out for you?" },
    Rescue { moment: "One voice fills the room", say: "Thank you. Let us go round once, so that everybody is heard." },
    Rescue {
        moment: "A manager leads the questioning",
        say: "Let us hear first how it looked from the inside; questions about people can wait.",
    },
    Rescue {
        moment: "The room wants the fix",
        say: "Good. It goes into the parking lot, and we come back to it when we choose actions.",
    },
];

/// Returns the script of a section.
#[must_use]
pub(crate) const fn script(section: Section) -> Script {
    match section {
        Section::Opening => Script {
            say: &[
                "We are here to understand what happened, not to find fault.",
                "Everyone acted sensibly on what they knew at that minute. Conditions are what we can change.",
                "I keep the time and give no opinions. Fixes wait in the parking lot.",
                "What you write on the phone stays anonymous. The record holds what we say about the system, and nothing said here enters a performance review.",
            ],
            ask: &[
                "Who is here for the first time?",
                "Is there anything that makes this one hard to talk about?",
                "Earlier action items: finished, still open, or do we say plainly that we drop it?",
                "Did it change anything we could see this time?",
            ],
            watch: "If someone above the responders is in the room, offer them a listening role now.",
        },
        Section::Timeline => Script {
            say: &[
                "One event at a time, from before the first sign.",
                "If a fix comes up: “Parked. We come back to it.”",
            ],
            ask: &[
                "What was known at this minute?",
                "What was hard to see then that is easy to see now?",
                "Who saw it differently?",
                "How did the news reach the next person?",
                "At the end: is anything missing or out of order?",
            ],
            watch: "“Obviously” is a sign. Ask: is that known to everyone here?",
        },
        Section::WentWell => Script {
            say: &[
                "First we write, in silence. Then we read together.",
                "Luck is worth naming, and it is not a safeguard.",
            ],
            ask: &[
                "What kept it from being worse?",
                "What worked as designed?",
                "Who knew something nobody else knew, and how do we spread it?",
                "Where were we lucky?",
            ],
            watch: "This section is short and not optional: what worked is what we keep.",
        },
        Section::WentPoorly => Script {
            say: &["Silent writing first. Nobody sees who wrote what.", "We speak about what was hard, not about who."],
            ask: &[
                "What made this hard to notice, to understand, to stop?",
                "What was missing, late or misleading?",
                "Which step relied on someone remembering?",
                "Which risks were known and accepted?",
                "Where did work pass between people, and what was lost?",
            ],
            watch: "Someone blames themselves: “Hindsight makes it look plain; what did it look like then?”",
        },
        Section::RootCauses => Script {
            say: &[
                "We ask what made each thing possible, until we reach something a group can change.",
                "A fix at the first answer repairs this incident; a fix at the last prevents its class.",
            ],
            ask: &[
                "What made that possible?",
                "What is the evidence?",
                "Is that the only reason, or is there a branch?",
                "What let it reach production?",
            ],
            watch: "The answer names a person: what would have led anyone in that seat to do the same?",
        },
        Section::ActionItems => Script {
            say: &[
                "Three to five, and no more: what is not chosen is kept, with the reason.",
                "Each one gets one owner, a date, and a way to tell that it is done, before we leave.",
            ],
            ask: &[
                "First the parking lot: which of these becomes a proposal?",
                "Which change makes this less likely, sooner noticed, faster to stop?",
                "Does it add a control, or a person who must remember?",
                "Could the fix cause trouble?",
                "What will we not do, and why?",
            ],
            watch: "“Be more careful” is not an action. Ask what would have shown it.",
        },
        Section::WrapUp => Script {
            say: &["Thank you for speaking openly.", "The record is finished; you can read it before you leave."],
            ask: &[
                "What is still unclear?",
                "What surprised you?",
                "What will you do differently next week?",
                "Who else should hear this?",
            ],
            watch: "Then the exit poll: two taps on the phone, anonymous.",
        },
    }
}
