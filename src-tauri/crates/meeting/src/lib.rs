//! The domain of Debrief: what a post-mortem meeting is, and what may happen in it.
//!
//! Pure on purpose: no clock, no file, no socket, no randomness. Whoever calls brings the moment and the chance.
//! [`decide()`] answers a [`Request`] with events or a [`Refusal`] and changes nothing; [`apply()`] changes the
//! [`Meeting`] and never fails. Storing is left to `store`, running to `live`, what each surface may see to `wire`.
//!
//! # Glossary
//!
//! - **post-mortem**: one incident, its meeting and its record; a [`Meeting`] from creation to closing.
//! - **evidence**: an image or an excerpt of a log, **attached** to an event or to the incident.
//! - **recollection**: what somebody remembers and sends to the facilitator alone.
//! - **section**: a step of the **agenda**; **picture**: one idea on the stage.
//! - **event** (of the **timeline**): something that happened in the incident. An [`Event`] of the log is something
//!   that happened to the record.
//! - **note**: a sentence written silently; **hidden** until the **reveal**.
//! - **why-chain**: answers to *what made that possible?*; **contributing factor**: a condition.
//! - **proposal**: an action somebody suggests; **round**: a vote on proposals; **ballot**: one person's **dots**.
//! - **action item**: what the room commits to; **previous action**: one from an earlier post-mortem.
//! - **participant**: somebody in the room, with a phone or without; **facilitator**: whoever sits at the console.
//! - **act**: what the facilitator did at once and one **undo** takes back; **barrier**: what cannot be taken back.
//! - **seal**: keeps **secrets** (hidden notes, ballots, poll answers) together until it is broken.

mod actions;
mod agenda;
mod apply;
mod attachments;
mod causes;
mod coverage;
mod decide;
mod event;
mod flow;
mod hidden;
mod ids;
mod incident;
mod meeting;
mod milestones;
mod notes;
mod numbers;
mod pace;
pub mod paging;
mod people;
mod picture;
mod prompts;
mod prose;
mod question;
mod readiness;
mod recollections;
mod refusal;
mod request;
mod schedule;
mod settings;
mod show;
mod similar;
mod template;
pub mod text;
mod time;
pub mod timeline;
mod undo;
mod vote;
mod wrapup;

pub use actions::*;
pub use agenda::*;
pub use apply::{apply, apply_secret};
pub use attachments::*;
pub use causes::*;
pub use coverage::uncovered;
pub use decide::{Chance, Decided, decide};
pub use event::*;
pub use flow::{NextStep, next_step};
pub use ids::*;
pub use incident::*;
pub use meeting::*;
pub use milestones::*;
pub use notes::*;
pub use numbers::Overwritten;
pub use pace::{PaceChange, PaceProposal, pace_proposals};
pub use people::*;
pub use picture::{Picture, existing, pictures};
pub use prompts::{Prompt, PromptKind, prompts};
pub use prose::{Prose, Written, people_named, written};
pub use question::why_question;
pub use readiness::{
    MissingFact, NAME_REMOVED, conflicts, missing_for_meeting, missing_for_publishing, name_and_address, same_name,
    uninvited,
};
pub use recollections::*;
pub use refusal::{Gap, Refusal};
pub use request::Request;
pub use schedule::{Caution, MinutesProposal, cautions, propose_minutes};
pub use settings::{PublishingPlan, Retention, TicketTemplate, Tracker};
pub use show::{Times, duration_words, status_words};
pub use similar::{alike, nearest};
pub use template::{Scope, Template, template};
pub use time::{Clock, ClockState, Millis, Moment};
pub use timeline::{Answer, EventChange, EventKind, NewEvent, Precision, TimelineEvent};
pub use vote::*;
pub use wrapup::*;
