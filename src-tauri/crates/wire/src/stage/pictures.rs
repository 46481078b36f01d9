//! What each picture of the stage is made of.

use drawing::Drawing;
use meeting::{AttachmentId, Helped, Image, PollResult, PreviousState, Priority, ProposalId, Section};
use serde::Serialize;

/// One event on the rail of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RailDot {
    /// The one on the stage.
    pub current: bool,
    /// Already walked through.
    pub passed: bool,
    /// A silence before it that stands out: `9 min, no event`.
    pub gap: Option<String>,
}

/// A note on the stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StageNote {
    /// What it says.
    pub text: String,
    /// Luck, named as such.
    pub lucky: bool,
    /// How many wordings were merged into it.
    pub merged: u32,
}

/// One answer of a why-chain on the stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StageWhy {
    /// 1 for the first answer.
    pub depth: u32,
    /// The answer.
    pub answer: String,
    /// What it ends at: `a process`.
    pub ends_at: Option<String>,
}

/// Factors of one category on the stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StageFactors {
    /// The category.
    pub category: String,
    /// The factors.
    pub factors: Vec<String>,
}

/// A drawing for each type size of the stage, in hundredths of the stage's height.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct DrawnSizes {
    /// Small.
    pub s: Drawing,
    /// Middle.
    pub m: Drawing,
    /// Large.
    pub l: Drawing,
}

/// A proposal on the stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StageProposal {
    /// What to do.
    pub text: String,
    /// `prevention`, `detection`, `mitigation` or `process`.
    pub category: String,
    /// How much it matters.
    pub priority: Priority,
}

/// A line of a closed vote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ResultRow {
    /// Which proposal.
    pub proposal: ProposalId,
    /// What to do.
    pub text: String,
    /// Dots.
    pub dots: u32,
    /// People who gave it at least one.
    pub supporters: u32,
    /// Above the line.
    pub chosen: bool,
    /// Tied at the line.
    pub tied: bool,
}

/// An action item on the stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StageAction {
    /// What will be done.
    pub task: String,
    /// Who; empty when nobody has taken it yet.
    pub owner: String,
    /// By when, `22 May`; empty when not set.
    pub due: String,
}

/// What is on the stage, resolved to words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
#[expect(missing_docs, reason = "the fields are the words of the glossary; each variant says the rest")]
pub enum StagePicture {
    /// The title, and how many have joined.
    Welcome { label: String, date: Option<String>, services: Vec<String>, severity: Option<String>, joined: u32 },
    /// The opening statement.
    Statement { points: Vec<String> },
    /// An earlier action item.
    Previous {
        task: String,
        origin: String,
        owner: String,
        state: PreviousState,
        helped: Option<Helped>,
        number: u32,
        of: u32,
    },
    /// An event of the timeline.
    Event {
        clock: Option<String>,
        about: bool,
        date: Option<String>,
        zone: String,
        since_impact: Option<String>,
        kind: String,
        text: String,
        known_then: Option<String>,
        number: u32,
        of: u32,
        rail: Vec<RailDot>,
    },
    /// An image or an excerpt that belongs to an event; of an excerpt the first lines.
    Evidence {
        attachment: AttachmentId,
        image: Option<Image>,
        lines: Vec<String>,
        of_lines: u32,
        caption: String,
        event: Option<String>,
        clock: Option<String>,
    },
    /// A section without events to walk through.
    NoEvents {},
    /// The question of a section, and how the writing goes.
    Question { section: Section, question: String, writing: WritingView },
    /// Notes, a page at a time.
    Notes { section: Section, notes: Vec<StageNote>, from: u32, to: u32, total: u32 },
    /// A why-chain: a page of it, or what leads to its newest answer; `position` says which when it is not all of it.
    Chain {
        symptom: String,
        steps: Vec<StageWhy>,
        total: u32,
        number: u32,
        of: u32,
        position: Option<String>,
        drawn: DrawnSizes,
    },
    /// The contributing factors: all categories, or some factors of one; nothing is drawn before there is one.
    Factors { categories: Vec<StageFactors>, total: u32, position: Option<String>, drawn: Option<DrawnSizes> },
    /// Proposals, a page at a time.
    Proposals { proposals: Vec<StageProposal>, from: u32, to: u32, total: u32 },
    /// An open vote.
    Voting {
        voted: u32,
        of: u32,
        dots: u8,
        per_option: u8,
        seats: u8,
        run_off: bool,
        closing: bool,
        options: Vec<String>,
    },
    /// A closed vote.
    Result { rows: Vec<ResultRow>, dots: u32, people: u32, chosen: u32, rule: String, tied: bool, run_off: bool },
    /// The committed action items.
    Actions { actions: Vec<StageAction> },
    /// Takeaways and open questions.
    Takeaways { takeaways: Vec<String>, open_questions: Vec<String> },
    /// The exit poll.
    Poll { open: bool, answered: u32, of: u32, result: Option<PollResult> },
    /// Thanks.
    Thanks { actions: u32 },
}

/// How silent writing goes, in counts only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub enum WritingView {
    /// Not begun.
    Closed,
    /// Going on.
    Open {
        /// How many have written.
        written: u32,
        /// Of how many with a phone.
        of: u32,
        /// How many notes there are.
        notes: u32,
    },
    /// Revealed.
    Revealed {
        /// How many notes may be shown.
        notes: u32,
        /// How many people had written.
        writers: u32,
    },
}
