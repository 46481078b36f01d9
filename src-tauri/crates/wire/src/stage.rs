//! What the room sees: one idea, resolved to words, without a name beside a note or a vote.

use meeting::{
    AttachmentId, ChainEnd, ChainId, Content, FactorCategory, Helped, Image, Meeting, Moment, NoteKind, Outcome,
    Picture, PollResult, PreviousState, Priority, ProposalId, Round, RoundKind, Section, TextField, TimelineEvent,
    Times, WritingState, duration_words, existing, paging,
};
use serde::Serialize;

use crate::{ClockView, PROTOCOL, script::STATEMENT};

/// How to get in: shown on the join card and in the footer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct JoinView {
    /// The typed code in two groups, `K7Q XMR`.
    pub code: String,
    /// What to type into a browser, `192.168.1.23:8080`.
    pub address: String,
    /// The QR code's modules as rows of `0` and `1`, the quiet zone not included.
    pub qr: Vec<String>,
}

/// The stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StageView {
    /// The version of the views.
    pub protocol: u32,
    /// Rises with every change.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub revision: u64,
    /// What the post-mortem is called.
    pub title: String,
    /// Where the meeting is; none before it starts.
    pub section: Option<Section>,
    /// The section's clock.
    pub clock: Option<ClockView>,
    /// Whether the clock is the subject: while writing and voting.
    pub countdown: bool,
    /// How to get in; none while the room is closed.
    pub join: Option<JoinView>,
    /// The join card lies over the picture.
    pub join_card: bool,
    /// Dark.
    pub blank: bool,
    /// What is on it.
    pub picture: StagePicture,
}

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
    pub category: FactorCategory,
    /// The factors.
    pub factors: Vec<String>,
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
    /// A why-chain; the steps that fit, the newest branch first to stay.
    Chain { symptom: String, steps: Vec<StageWhy>, from: u32, total: u32, number: u32, of: u32 },
    /// The contributing factors.
    Factors { categories: Vec<StageFactors>, total: u32 },
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

impl StageView {
    /// Says that the open vote closes in a moment.
    pub const fn say_closing(&mut self) {
        if let StagePicture::Voting { closing, .. } = &mut self.picture {
            *closing = true;
        }
    }
}

/// Builds the stage.
#[must_use]
pub fn stage_view(meeting: &Meeting, join: Option<&JoinView>, now: Moment) -> StageView {
    let picture = meeting.stage.frozen.unwrap_or(meeting.stage.picture);
    let item = meeting.index().and_then(|index| meeting.agenda.get(index));
    let picture = resolve(meeting, existing(meeting, picture));
    let countdown = matches!(
        picture,
        StagePicture::Voting { .. } | StagePicture::Question { writing: WritingView::Open { .. }, .. }
    );
    StageView {
        protocol: PROTOCOL,
        revision: 0,
        title: meeting.incident.text(TextField::Title).to_owned(),
        section: meeting.section(),
        clock: item.map(|item| ClockView::at(item, now)),
        countdown,
        join: join.cloned(),
        join_card: meeting.stage.join_card,
        blank: meeting.stage.blank,
        picture,
    }
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Returns how the writing of a section goes.
#[must_use]
pub(crate) fn writing_view(meeting: &Meeting, section: Section) -> WritingView {
    match meeting.writing(section) {
        WritingState::Closed => WritingView::Closed,
        WritingState::Open => {
            let (notes, written) = meeting.hidden_notes(section);
            WritingView::Open { written, of: count(meeting.present().filter(|person| person.phone).count()), notes }
        }
        WritingState::Revealed { writers } => {
            let shown = match section {
                Section::ActionItems => meeting.options().count(),
                _ => meeting.shown_notes(section).count(),
            };
            WritingView::Revealed { notes: count(shown), writers }
        }
    }
}

fn resolve(meeting: &Meeting, picture: Picture) -> StagePicture {
    match picture {
        Picture::Welcome => StagePicture::Welcome {
            label: label(meeting),
            date: meeting.timeline.iter().find_map(|event| event.at).map(|at| Times::of(meeting).date(at)),
            services: meeting.incident.list(meeting::ListField::Services).to_vec(),
            severity: meeting.incident.severity.map(|severity| severity.word().to_owned()),
            joined: count(meeting.present().count()),
        },
        Picture::Statement => StagePicture::Statement { points: STATEMENT.map(str::to_owned).to_vec() },
        Picture::Previous { previous } => previous_picture(meeting, previous),
        Picture::Event { event } => event_picture(meeting, event),
        Picture::Evidence { attachment } => evidence_picture(meeting, attachment),
        Picture::Question { section } => StagePicture::Question {
            section,
            question: section.writing_question().unwrap_or_default().to_owned(),
            writing: writing_view(meeting, section),
        },
        Picture::Notes { section, page } => notes_picture(meeting, section, page),
        Picture::Chain { chain } => chain_picture(meeting, chain),
        Picture::Factors => StagePicture::Factors {
            categories: FactorCategory::ALL
                .into_iter()
                .map(|category| StageFactors {
                    category,
                    factors: meeting
                        .factors
                        .iter()
                        .filter(|f| f.category == category)
                        .map(|f| f.text.clone())
                        .collect(),
                })
                .filter(|group| !group.factors.is_empty())
                .collect(),
            total: count(meeting.factors.len()),
        },
        Picture::Proposals { page } => proposals_picture(meeting, page),
        Picture::Voting { round } => meeting
            .rounds
            .iter()
            .find(|other| other.id == round)
            .map_or(StagePicture::NoEvents {}, |round| voting_picture(meeting, round)),
        Picture::Result { round } => meeting
            .rounds
            .iter()
            .find(|other| other.id == round)
            .map_or(StagePicture::NoEvents {}, |round| result_picture(meeting, round)),
        Picture::Actions => StagePicture::Actions {
            actions: meeting
                .actions
                .iter()
                .map(|action| StageAction {
                    task: action.task.clone(),
                    owner: action.owner.clone(),
                    due: action.due.map(|due| due.format("%-d %b").to_string()).unwrap_or_default(),
                })
                .collect(),
        },
        Picture::Takeaways => StagePicture::Takeaways {
            takeaways: meeting.incident.list(meeting::ListField::Takeaways).to_vec(),
            open_questions: meeting.incident.list(meeting::ListField::OpenQuestions).to_vec(),
        },
        Picture::Poll => StagePicture::Poll {
            open: meeting.poll == meeting::Poll::Open,
            answered: meeting.poll_answers(),
            of: count(meeting.present().filter(|person| person.phone).count()),
            result: match &meeting.poll {
                meeting::Poll::Counted { result } => Some(result.clone()),
                meeting::Poll::Closed | meeting::Poll::Open => None,
            },
        },
        Picture::Thanks => StagePicture::Thanks { actions: count(meeting.actions.len()) },
    }
}

fn label(meeting: &Meeting) -> String {
    match meeting.incident.text(TextField::DocumentLabel) {
        "" => "Post-mortem".to_owned(),
        label => label.to_owned(),
    }
}

fn previous_picture(meeting: &Meeting, id: meeting::PreviousId) -> StagePicture {
    let place = meeting.previous.iter().position(|previous| previous.id == id);
    let Some((place, previous)) = place.and_then(|place| Some((place, meeting.previous.get(place)?))) else {
        return StagePicture::Statement { points: STATEMENT.map(str::to_owned).to_vec() };
    };
    StagePicture::Previous {
        task: previous.task.clone(),
        origin: previous.origin.clone(),
        owner: previous.owner.clone(),
        state: previous.state,
        helped: previous.helped,
        number: count(place + 1),
        of: count(meeting.previous.len()),
    }
}

fn event_picture(meeting: &Meeting, id: meeting::EventId) -> StagePicture {
    let walk: Vec<&TimelineEvent> = meeting.walk().collect();
    let place = walk.iter().position(|event| event.id == id);
    let Some(event) = meeting.timeline.iter().find(|event| event.id == id) else { return StagePicture::NoEvents {} };
    let times = Times::of(meeting);
    let number = place.map_or(0, |place| count(place + 1));
    StagePicture::Event {
        clock: event.at.map(|at| times.clock(at)),
        about: event.precision == meeting::Precision::About,
        date: event.at.map(|at| times.day(at)),
        zone: times.zone_words(event.at),
        since_impact: event.at.and_then(|at| times.since_impact(at)),
        kind: event.kind.word().to_owned(),
        text: event.text.clone(),
        known_then: event.known_then.clone(),
        number,
        of: count(walk.len()),
        rail: rail(meeting, &walk, place),
    }
}

/// Lines of an excerpt that can be read from afar at once.
const EXCERPT_LINES: usize = 10;

fn evidence_picture(meeting: &Meeting, id: AttachmentId) -> StagePicture {
    let Some(attachment) = meeting.attachments.iter().find(|other| other.id == id) else {
        return StagePicture::NoEvents {};
    };
    let event = attachment.event.and_then(|id| meeting.timeline.iter().find(|event| event.id == id));
    let (image, all) = match &attachment.content {
        Content::Image { image } => (Some(image.clone()), Vec::new()),
        Content::Excerpt { text } => (None, text.lines().collect()),
    };
    StagePicture::Evidence {
        attachment: id,
        image,
        of_lines: count(all.len()),
        lines: all.into_iter().take(EXCERPT_LINES).map(str::to_owned).collect(),
        caption: attachment.caption.clone(),
        event: event.map(|event| event.text.clone()),
        clock: event.and_then(|event| event.at).map(|at| Times::of(meeting).clock(at)),
    }
}

/// The silences that stand out on the rail come from all events of the walk, so that a gap stays where it is.
fn rail(meeting: &Meeting, walk: &[&TimelineEvent], current: Option<usize>) -> Vec<RailDot> {
    let gaps = meeting.silences(walk);
    (0..walk.len())
        .map(|place| RailDot {
            current: current == Some(place),
            passed: current.is_some_and(|current| place < current),
            gap: gaps
                .iter()
                .find(|(after, _)| *after == place)
                .map(|(_, length)| format!("{}, no event", duration_words(*length))),
        })
        .collect()
}

fn notes_picture(meeting: &Meeting, section: Section, page: u32) -> StagePicture {
    let notes: Vec<_> = meeting.shown_notes(section).collect();
    let pages = paging::pages(notes.iter().map(|note| note.text.as_str()));
    let range = pages.get(usize::try_from(page).unwrap_or(0)).cloned().unwrap_or(0..0);
    StagePicture::Notes {
        section,
        from: count(range.start + 1),
        to: count(range.end),
        total: count(notes.len()),
        notes: notes
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|note| StageNote {
                text: note.text.clone(),
                lucky: note.kind == NoteKind::Lucky,
                merged: count(note.merged.len()),
            })
            .collect(),
    }
}

/// Shows the end of a chain that does not fit, with the symptom always above it: the room works at the end.
fn chain_picture(meeting: &Meeting, id: ChainId) -> StagePicture {
    let place = meeting.chains.iter().position(|chain| chain.id == id);
    let Some((place, chain)) = place.and_then(|place| Some((place, meeting.chains.get(place)?))) else {
        return StagePicture::Factors { categories: Vec::new(), total: 0 };
    };
    let steps: Vec<_> = chain
        .walk()
        .into_iter()
        .map(|(depth, step)| StageWhy {
            depth: count(depth),
            answer: step.answer.clone(),
            // That a chain ends at a person is for the facilitator to ask on about, not for the room to read.
            ends_at: step.ends_at.filter(|end| end.is_systemic()).map(ChainEnd::word).map(str::to_owned),
        })
        .collect();
    let mut left = paging::LINES.saturating_sub(paging::lines(&chain.symptom));
    let fitting = steps
        .iter()
        .rev()
        .take_while(|step| {
            let needed = paging::lines(&step.answer);
            let fits = needed <= left;
            left = left.saturating_sub(needed);
            fits
        })
        .count()
        .max(usize::from(!steps.is_empty()));
    let from = steps.len() - fitting;
    StagePicture::Chain {
        symptom: chain.symptom.clone(),
        from: count(from),
        total: count(steps.len()),
        steps: steps.into_iter().skip(from).collect(),
        number: count(place + 1),
        of: count(meeting.chains.len()),
    }
}

fn proposals_picture(meeting: &Meeting, page: u32) -> StagePicture {
    let options: Vec<_> = meeting.options().collect();
    let pages = paging::pages(options.iter().map(|proposal| proposal.text.as_str()));
    let range = pages.get(usize::try_from(page).unwrap_or(0)).cloned().unwrap_or(0..0);
    StagePicture::Proposals {
        from: count(range.start + 1),
        to: count(range.end),
        total: count(options.len()),
        proposals: options
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|proposal| StageProposal {
                text: proposal.text.clone(),
                category: proposal.category.word().to_lowercase(),
                priority: proposal.priority,
            })
            .collect(),
    }
}

fn voting_picture(meeting: &Meeting, round: &Round) -> StagePicture {
    StagePicture::Voting {
        voted: meeting.voted(round.id),
        of: count(meeting.present().count()),
        closing: false,
        dots: round.budget.dots,
        per_option: round.budget.per_option,
        seats: round.seats,
        run_off: round.kind != RoundKind::Full,
        options: round
            .options
            .iter()
            .filter_map(|id| meeting.proposal(*id))
            .map(|option| option.text.clone())
            .collect(),
    }
}

/// Builds the rows of a closed vote, best first.
#[must_use]
pub(crate) fn result_rows(meeting: &Meeting, round: &Round) -> Vec<ResultRow> {
    let Some(result) = &round.result else { return Vec::new() };
    let (chosen, tied): (&[ProposalId], &[ProposalId]) = match &result.outcome {
        Outcome::Chosen { chosen, .. } => (chosen, &[]),
        Outcome::Tied { certain, contenders, .. } => (certain, contenders),
    };
    let mut rows: Vec<ResultRow> = result
        .tally
        .iter()
        .map(|tally| ResultRow {
            proposal: tally.proposal,
            text: meeting.proposal(tally.proposal).map(|proposal| proposal.text.clone()).unwrap_or_default(),
            dots: tally.dots,
            supporters: tally.supporters,
            chosen: chosen.contains(&tally.proposal),
            tied: tied.contains(&tally.proposal),
        })
        .collect();
    // The room's decision may put one above the line that has no more dots than one below it.
    rows.sort_by_key(|row| !row.chosen);
    rows
}

fn result_picture(meeting: &Meeting, round: &Round) -> StagePicture {
    let rows = result_rows(meeting, round);
    let (people, tied, rule) =
        round.result.as_ref().map_or((0, false, String::new()), |result| match &result.outcome {
            Outcome::Chosen { rule, .. } => (result.ballots, false, rule.sentence().to_owned()),
            Outcome::Tied { .. } => (result.ballots, true, "A tie at the line.".to_owned()),
        });
    StagePicture::Result {
        dots: rows.iter().map(|row| row.dots).sum(),
        chosen: count(rows.iter().filter(|row| row.chosen).count()),
        run_off: round.kind != RoundKind::Full,
        people,
        tied,
        rule,
        rows,
    }
}
