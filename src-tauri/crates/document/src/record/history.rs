//! The change history: when the record was begun, held and published, and what was changed after that.
//!
//! It is read off the log, without what was undone. What is changed after the first publication makes a new version, one
//! for each day, so that whoever has an older copy can see what is different.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use meeting::{Edit, Event, Meeting, Recorded, Status, Times};

use crate::{Align, Block, Column, Span, Table};

/// Adds the history, once there is more to say than that the record was begun.
pub(super) fn history(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    let mut rows = Vec::new();
    let mut published = false;
    let mut later: Vec<Version> = Vec::new();
    for recorded in standing(meeting) {
        let at = recorded.at.wall;
        match &recorded.event {
            Event::Created { .. } => rows.push((at, "Begun".to_owned())),
            Event::MeetingStarted {} => rows.push((at, "The meeting began".to_owned())),
            Event::MeetingEnded { .. } => rows.push((at, "The meeting ended".to_owned())),
            Event::NameRemoved { .. } => rows.push((at, "A person’s name was removed".to_owned())),
            Event::Edited { edit: Edit::Status { status } } => {
                let first = *status == Status::Published && !published;
                published |= first;
                rows.push((at, if first { "Published, version 1".to_owned() } else { status.word().to_owned() }));
            }
            event => {
                let Some(what) = changed(event).filter(|_| published) else { continue };
                if later.last().is_none_or(|version| !times.same_day(version.at, at)) {
                    later.push(Version { at, changed: BTreeMap::new() });
                }
                if let Some(version) = later.last_mut() {
                    *version.changed.entry(what).or_default() += 1;
                }
            }
        }
    }
    for (number, version) in (2..).zip(&later) {
        rows.push((version.at, format!("Version {number}: {}", version.words())));
    }
    rows.sort_by_key(|(at, _)| *at);
    if rows.len() < 2 {
        return;
    }
    blocks.push(Block::heading(1, "Change history"));
    let column = |title: &str, share| Column { title: title.to_owned(), share, align: Align::Start };
    blocks.push(Block::Table(Table {
        columns: vec![column("When", 1.4), column("What", 4.0)],
        rows: rows
            .into_iter()
            .map(|(at, what)| {
                vec![vec![Span::text(format!("{}, {}", times.date(at), times.clock(at)))], vec![Span::text(what)]]
            })
            .collect(),
        caption: None,
    }));
}

/// What was changed on one day after the first publication.
struct Version {
    at: DateTime<Utc>,
    changed: BTreeMap<&'static str, u32>,
}

impl Version {
    fn words(&self) -> String {
        let words = self.changed.iter().map(|(what, count)| match count {
            1 => (*what).to_owned(),
            count => format!("{what} ({count} changes)"),
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

/// Returns the events of the log that still count.
fn standing(meeting: &Meeting) -> impl Iterator<Item = &Recorded> {
    let mut undone = BTreeSet::new();
    for recorded in meeting.recorded() {
        match recorded.event {
            Event::Undone { act } => {
                undone.insert(act);
            }
            Event::Redone { act } => {
                undone.remove(&act);
            }
            _ => {}
        }
    }
    meeting.recorded().filter(move |recorded| !undone.contains(&recorded.act))
}

/// Returns what of the record an event changed; none when no reader would see it.
const fn changed(event: &Event) -> Option<&'static str> {
    match event {
        Event::Edited {
            edit: Edit::PlannedFor { .. } | Edit::PhoneHints { .. } | Edit::RoomRule { .. } | Edit::Status { .. },
        } => None,
        Event::Edited { edit } => Some(edit.label()),
        Event::EventsAdded { .. } => Some("events added"),
        Event::Attached { .. } => Some("evidence added"),
        Event::PreviousAdded { .. } => Some("earlier action item added"),
        Event::NoteAdded { .. } | Event::NotesRevealed { .. } => Some("notes added"),
        Event::ChainAdded { .. } | Event::StepAdded { .. } | Event::ChainSplit { .. } | Event::ChainsJoined { .. } => {
            Some("why-chain")
        }
        Event::FactorAdded { .. } => Some("factor added"),
        Event::ProposalAdded { .. } => Some("proposal added"),
        Event::Parked { .. } => Some("parking lot"),
        Event::DecisionRecorded { .. } => Some("decision added"),
        Event::RoundClosed { .. } | Event::TieSettled { .. } => Some("vote"),
        Event::ActionsCommitted { .. } => Some("action items committed"),
        Event::PollClosed { .. } => Some("exit poll"),
        _ => None,
    }
}
