//! What the room sees: one idea, resolved to words, without a name beside a note or a vote.
//!
//! `pictures` says what each picture is made of; the other modules make them. What is drawn is laid out in `causes`.

mod causes;
mod events;
mod notes;
mod pictures;
mod votes;

use causes::{chain_picture, factors_picture};
use events::{event_picture, evidence_picture};
use meeting::{Meeting, Moment, Picture, Section, TextField, Times, existing};
pub(crate) use notes::writing_view;
use notes::{notes_picture, proposals_picture};
pub use pictures::*;
use serde::Serialize;
pub(crate) use votes::result_rows;
use votes::{result_picture, voting_picture};

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
        Picture::Chain { chain, page } => chain_picture(meeting, chain, page),
        Picture::Factors { page } => factors_picture(meeting, page),
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
