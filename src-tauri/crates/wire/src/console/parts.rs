//! The parts of the console: agenda, writing, chains, rounds, action items, people.

use meeting::{
    ActionItem, Author, ChainId, Duty, Meeting, Missing, Moment, Note, NoteId, ParticipantId, Progress, ProposalId,
    Round, Section, StepId, Unfinished, WhyChain, alike, paging, why_question,
};
use serde::Serialize;

use crate::stage::{count, result_rows, writing_view};
use crate::{ClockView, OwnNote, ResultRow, WritingView};

/// A section on the agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct AgendaView {
    /// Which section.
    pub section: Section,
    /// In words.
    pub words: &'static str,
    /// Planned before the meeting, in minutes.
    pub planned_minutes: u32,
    /// Its clock.
    pub clock: ClockView,
    /// The meeting is here.
    pub current: bool,
    /// The meeting has gone past it.
    pub passed: bool,
    /// Left out to win time; it can still be gone to.
    pub dropped: bool,
}

/// The writing of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct WritingOf {
    /// Which section.
    pub section: Section,
    /// The question put to the room.
    pub question: &'static str,
    /// How it goes.
    pub writing: WritingView,
    /// What was typed here while the room writes; still hidden.
    pub own: Vec<OwnNote>,
    /// What was revealed, notes set aside included.
    pub notes: Vec<Note>,
    /// The page of the stage each shown note is on, by its place among the shown ones.
    pub pages: Vec<u32>,
    /// Shown notes that seem to say the same, by their ids.
    pub alike: Vec<Vec<NoteId>>,
}

/// A why-chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ChainView {
    /// The chain.
    pub chain: WhyChain,
    /// Its answers in order, with their depth.
    pub walk: Vec<WalkedStep>,
    /// The question about the symptom.
    pub question: String,
    /// Why it is not finished.
    pub unfinished: Option<Unfinished>,
    /// The factors linked to it.
    pub factors: u32,
}

/// A step of a chain in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct WalkedStep {
    /// Which step.
    pub step: StepId,
    /// 1 for the first answer.
    pub depth: u32,
    /// The question that leads on from it.
    pub question: String,
}

/// A round of voting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RoundView {
    /// The round; its result once closed.
    pub round: Round,
    /// How many have voted, while it is open.
    pub voted: u32,
    /// Of how many.
    pub of: u32,
    /// The closed vote, best first.
    pub rows: Vec<ResultRow>,
    /// A sentence when too few voted for the vote to stay secret, or a nice-to-have stands above a must.
    pub remarks: Vec<String>,
}

/// A committed action item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ActionView {
    /// The action item.
    pub action: ActionItem,
    /// What it lacks.
    pub missing: Vec<Missing>,
}

/// Somebody in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct PersonView {
    /// Which one.
    pub id: ParticipantId,
    /// The name given.
    pub name: Option<String>,
    /// With a phone.
    pub phone: bool,
    /// What the phone is approved for.
    pub duty: Option<Duty>,
    /// For somebody without a phone: the ballot for the open round has been entered.
    pub ballot_entered: bool,
}

pub(super) fn agenda_view(meeting: &Meeting, now: Moment) -> Vec<AgendaView> {
    let here = meeting.index();
    meeting
        .agenda
        .iter()
        .enumerate()
        .map(|(place, item)| AgendaView {
            section: item.section,
            words: item.section.word(),
            planned_minutes: item.planned.to_minutes(),
            clock: ClockView::at(item, now),
            current: here == Some(place),
            dropped: item.dropped,
            passed: meeting.progress == Progress::Ended || here.is_some_and(|here| place < here),
        })
        .collect()
}

pub(super) fn writing_of(meeting: &Meeting, section: Section) -> WritingOf {
    let shown: Vec<_> = meeting.shown_notes(section).map(|note| note.text.as_str()).collect();
    let pages = paging::pages(shown.into_iter());
    WritingOf {
        section,
        question: section.writing_question().unwrap_or_default(),
        writing: writing_view(meeting, section),
        own: meeting
            .own_notes(Author::Console)
            .into_iter()
            .filter(|note| note.kind.section() == section)
            .map(|note| OwnNote { draft: note.draft, kind: note.kind, text: note.text })
            .collect(),
        alike: notes_alike(meeting, section),
        notes: meeting.writings.get(&section).map(|writing| writing.notes.clone()).unwrap_or_default(),
        pages: (0u32..).zip(pages).flat_map(|(page, range)| range.map(move |_| page)).collect(),
    }
}

fn notes_alike(meeting: &Meeting, section: Section) -> Vec<Vec<NoteId>> {
    let notes: Vec<_> = meeting.shown_notes(section).collect();
    let texts: Vec<_> = notes.iter().map(|note| note.text.as_str()).collect();
    named(alike(&texts), |place| notes.get(place).map(|note| note.id))
}

pub(super) fn proposals_alike(meeting: &Meeting) -> Vec<Vec<ProposalId>> {
    if !meeting.rounds.is_empty() {
        return Vec::new();
    }
    let options: Vec<_> = meeting.options().collect();
    let texts: Vec<_> = options.iter().map(|proposal| proposal.text.as_str()).collect();
    named(alike(&texts), |place| options.get(place).map(|proposal| proposal.id))
}

fn named<Id>(groups: Vec<Vec<usize>>, id: impl Fn(usize) -> Option<Id>) -> Vec<Vec<Id>> {
    groups.into_iter().map(|group| group.into_iter().filter_map(&id).collect()).collect()
}

pub(super) fn chain_view(meeting: &Meeting, chain: &WhyChain) -> ChainView {
    let linked = |id: ChainId| meeting.factors.iter().filter(|factor| factor.chain == Some(id)).count();
    ChainView {
        walk: chain
            .walk()
            .into_iter()
            .map(|(depth, step)| WalkedStep {
                step: step.id,
                depth: count(depth),
                question: why_question(&step.answer),
            })
            .collect(),
        question: why_question(&chain.symptom),
        unfinished: chain.unfinished(),
        factors: count(linked(chain.id)),
        chain: chain.clone(),
    }
}

/// The number of ballots below which a result says too much about who gave what.
const SECRET_FROM: u32 = 4;

pub(super) fn round_view(meeting: &Meeting, round: &Round) -> RoundView {
    let rows = result_rows(meeting, round);
    let of = count(meeting.present().count());
    let mut remarks = Vec::new();
    if round.result.as_ref().map_or(of, |result| result.ballots) < SECRET_FROM {
        remarks.push("With fewer than four ballots people may guess who gave what.".to_owned());
    }
    let priority = |row: &ResultRow| meeting.proposal(row.proposal).map(|proposal| proposal.priority);
    let first_nice = rows.iter().position(|row| row.dots > 0 && priority(row) == Some(meeting::Priority::NiceToHave));
    let last_must = rows.iter().rposition(|row| priority(row) == Some(meeting::Priority::Must));
    if let (Some(nice), Some(must)) = (first_nice, last_must)
        && nice < must
        && round.result.is_some()
    {
        remarks.push("A nice-to-have stands above a must. Ask the room whether it means that.".to_owned());
    }
    RoundView {
        voted: if round.result.is_none() { meeting.voted(round.id) } else { 0 },
        of,
        rows,
        remarks,
        round: round.clone(),
    }
}

pub(super) fn people_view(meeting: &Meeting) -> Vec<PersonView> {
    let open = meeting.open_round().map(|round| round.id);
    meeting
        .present()
        .map(|person| PersonView {
            id: person.id,
            name: person.name.clone(),
            phone: person.phone,
            duty: person.duty,
            ballot_entered: !person.phone && open.is_some_and(|round| meeting.own_ballot(round, person.id).is_some()),
        })
        .collect()
}
