//! Answering a request with events, secrets, or a refusal. Nothing here changes the meeting.
//!
//! This file sorts requests to the part that answers them; each part checks its own rules: `record` what is typed, `causes` how why-chains are put together,
//! `evidence` what shows and remembers it, `running` the course of the meeting, `writing` silent writing and the reveal, `voting` rounds and the exit poll,
//! `committing` how proposals become action items that somebody has taken,
//! `joining` who is in the room.

mod causes;
mod closing;
mod committing;
mod evidence;
mod joining;
mod record;
mod running;
mod voting;
mod writing;

use crate::{ActId, Actor, Event, Meeting, Moment, Recorded, Refusal, Request, Secret};

/// A seed for what must not be guessed or follow an order: the shuffle of a reveal. The caller draws it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance(pub u64);

impl Chance {
    /// Shuffles by Fisher and Yates, with numbers from splitmix64.
    pub(crate) fn shuffle<T>(mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u64::try_from(last).unwrap_or(u64::MAX).saturating_add(1);
            let place = usize::try_from(self.draw() % bound).unwrap_or(0);
            items.swap(last, place);
        }
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

/// What a request leads to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided {
    /// What goes into the log.
    pub events: Vec<Event>,
    /// What is kept apart from it.
    pub secrets: Vec<Secret>,
}

impl From<Event> for Decided {
    fn from(event: Event) -> Self {
        Self { events: vec![event], secrets: Vec::new() }
    }
}

impl From<Vec<Event>> for Decided {
    fn from(events: Vec<Event>) -> Self {
        Self { events, secrets: Vec::new() }
    }
}

impl From<Secret> for Decided {
    fn from(secret: Secret) -> Self {
        Self { events: Vec::new(), secrets: vec![secret] }
    }
}

/// Decides what a request leads to.
///
/// # Errors
/// A [`Refusal`] that says what to do; the meeting is as it was.
pub fn decide(meeting: &Meeting, request: &Request, by: Actor, chance: Chance) -> Result<Decided, Refusal> {
    match (by, request) {
        (Actor::Participant { id }, request) => {
            meeting.participant(id).ok_or(Refusal::NotInTheRoom)?;
            match request {
                Request::Numbered { number, request } => {
                    crate::numbers::decide_numbered(meeting, id, *number, request, chance)
                }
                Request::Rename { name } => joining::rename(id, name.as_deref()),
                Request::Write { draft, kind, text } => {
                    writing::write(meeting, crate::Author::Participant { id }, draft, *kind, text)
                }
                Request::Withdraw { draft, section } => {
                    writing::withdraw(meeting, crate::Author::Participant { id }, draft, *section)
                }
                Request::Recollect { draft, when, text } => evidence::recollect(meeting, id, draft, when, text),
                Request::Confide { text } => evidence::confide(meeting, id, text),
                Request::Vote { round, ballot } => voting::vote(meeting, *round, id, ballot),
                Request::AnswerPoll { answer } => voting::answer_poll(meeting, id, answer),
                Request::TakeAction { action, due, criterion } => {
                    committing::take(meeting, id, *action, *due, criterion)
                }
                Request::MoveOn { on } => joining::move_on(meeting, id, *on),
                Request::FindNew { event, on } => joining::find_new(meeting, id, *event, *on),
                request => joining::on_duty(meeting, id, request, chance),
            }
        }
        (Actor::Application, Request::Join { name }) => joining::join(meeting, name.as_deref(), true),
        (Actor::Application, Request::Return { participant }) => joining::come_back(meeting, *participant),
        (Actor::Application, Request::Interrupt { last_seen }) => Ok(if meeting.is_timed() {
            Event::Interrupted { last_seen: *last_seen }.into()
        } else {
            Decided::default()
        }),
        (Actor::Facilitator | Actor::Application, request) => facilitate(meeting, request, chance),
    }
}

fn facilitate(meeting: &Meeting, request: &Request, chance: Chance) -> Result<Decided, Refusal> {
    match request {
        Request::Create { id, title, zone, planned } => record::create(id, title, *zone, planned),
        Request::Edit { edit } => record::edit(meeting, edit),
        Request::EditAll { edits } => record::edit_all(meeting, edits),
        Request::AttachExcerpt { event, text, caption } => evidence::attach_excerpt(meeting, *event, text, caption),
        Request::AttachImage { event, image, caption } => evidence::attach_image(meeting, *event, image, caption),
        Request::TakeRecollection { draft, event } => evidence::take_recollection(meeting, draft, event),
        Request::AddEvents { events } => record::add_events(meeting, events),
        Request::AddPrevious { task, owner, origin } => record::add_previous(meeting, task, owner, origin),
        Request::AddNote { kind, text } => writing::add_note(meeting, *kind, text),
        Request::AddChain { symptom, event, factor } => causes::add_chain(meeting, symptom, *event, *factor),
        Request::AddStep { chain, parent, answer, ends_at } => {
            causes::add_step(meeting, *chain, *parent, answer, *ends_at)
        }
        Request::SplitChain { chain, step } => causes::split(meeting, *chain, *step),
        Request::JoinChains { into, under, from } => causes::join(meeting, *into, *under, *from),
        Request::AddFactor { category, text, chain, event } => {
            causes::add_factor(meeting, category, text, *chain, *event)
        }
        Request::AddProposal { text, category, priority, addresses } => {
            record::add_proposal(meeting, text, *category, *priority, *addresses)
        }
        Request::Park { text } => record::park(meeting, text),
        Request::RecordDecision { text } => record::record_decision(meeting, text),
        Request::StartMeeting {} => running::start(meeting),
        Request::Next {} => running::next(meeting),
        Request::Back {} => running::back(meeting),
        Request::EnterSection { section } => running::enter(meeting, *section),
        Request::Show { picture } => {
            running::in_progress(meeting).map(|_| Event::PictureShown { picture: *picture }.into())
        }
        Request::ToggleClock {} => running::toggle_clock(meeting),
        Request::AddMinutes { minutes } => running::add_minutes(meeting, *minutes),
        Request::ChangePace { change } => running::change_pace(meeting, change),
        Request::Adjourn {} => running::in_progress(meeting).map(|_| Event::Adjourned {}.into()),
        Request::Resume {} => running::resume(meeting),
        Request::EndMeeting { reason } => running::end(meeting, reason, chance),
        Request::Blank { on } => Ok(Event::StageBlanked { on: *on }.into()),
        Request::Freeze { on } => Ok(Event::StageFrozen { on: *on }.into()),
        Request::ShowJoinCard { on } => Ok(Event::JoinCardShown { on: *on }.into()),
        Request::Register { name } => joining::join(meeting, Some(name), false),
        Request::Remove { participant } => joining::remove(meeting, *participant),
        Request::GiveDuty { participant, duty } => joining::give_duty(meeting, *participant, *duty),
        Request::OpenWriting { section } => writing::open(meeting, *section),
        Request::Reveal { section } => writing::reveal(meeting, *section, chance),
        Request::OpenVote { seats, budget } => voting::open(meeting, *seats, *budget),
        Request::OpenRunOff { of } => voting::open_run_off(meeting, *of),
        Request::ChangeBudget { round, budget, seats } => voting::change_budget(meeting, *round, *budget, *seats),
        Request::EnterBallot { round, voter, ballot } => voting::enter_ballot(meeting, *round, *voter, ballot),
        Request::CloseVote { round } => voting::close(meeting, *round),
        Request::SettleTie { round, chosen } => voting::settle_tie(meeting, *round, chosen),
        Request::CommitChosen {} => committing::commit_chosen(meeting),
        Request::Commit { proposals } => committing::commit(meeting, proposals),
        Request::OpenPoll {} => voting::open_poll(meeting),
        Request::ClosePoll {} => voting::close_poll(meeting, chance),
        Request::Undo {} => meeting.log.to_undo().map(|act| Event::Undone { act }.into()).ok_or(Refusal::NothingToUndo),
        Request::Redo {} => meeting.log.to_redo().map(|act| Event::Redone { act }.into()).ok_or(Refusal::NothingToRedo),
        Request::Interrupt { .. }
        | Request::Join { .. }
        | Request::Rename { .. }
        | Request::Write { .. }
        | Request::Withdraw { .. }
        | Request::Recollect { .. }
        | Request::Confide { .. }
        | Request::Vote { .. }
        | Request::Return { .. }
        | Request::MoveOn { .. }
        | Request::TakeAction { .. }
        | Request::FindNew { .. }
        | Request::AnswerPoll { .. }
        | Request::Numbered { .. } => Err(Refusal::NotInTheRoom),
    }
}

impl Meeting {
    /// Numbers events for the log: one act for all of them.
    ///
    /// Typing in one field goes on with the act before it as long as nothing else came between, so that one undo
    /// takes back a sentence and not a letter.
    #[must_use]
    pub fn record(&self, events: Vec<Event>, by: Actor, at: Moment) -> Vec<Recorded> {
        let act = match (self.log.newest(), events.as_slice()) {
            (Some(newest), [only]) if newest.by == by && continues(newest, only) => newest.act,
            _ => self.log.next_act(),
        };
        (self.revision() + 1..).zip(events).map(|(seq, event)| Recorded { seq, act, by, at, event }).collect()
    }

    /// Returns the next act that would be recorded.
    #[must_use]
    pub fn next_act(&self) -> ActId {
        self.log.next_act()
    }

    pub(crate) const fn fresh(&self) -> u32 {
        self.next_id
    }
}

fn continues(newest: &Recorded, event: &Event) -> bool {
    use crate::Edit;
    let (Event::Edited { edit: before }, Event::Edited { edit: after }) = (&newest.event, event) else { return false };
    match (before, after) {
        (Edit::Text { field: a, .. }, Edit::Text { field: b, .. }) => a == b,
        (Edit::List { list: a, .. }, Edit::List { list: b, .. }) => a == b,
        (Edit::Answer { event: a, question: q, .. }, Edit::Answer { event: b, question: r, .. }) => a == b && q == r,
        (Edit::Event { event: a, change: c }, Edit::Event { event: b, change: d }) => {
            a == b && std::mem::discriminant(c) == std::mem::discriminant(d)
        }
        (Edit::Action { action: a, change: c }, Edit::Action { action: b, change: d }) => {
            a == b && std::mem::discriminant(c) == std::mem::discriminant(d)
        }
        (Edit::Step { step: a, change: c, .. }, Edit::Step { step: b, change: d, .. }) => {
            a == b && std::mem::discriminant(c) == std::mem::discriminant(d)
        }
        (Edit::Symptom { chain: a, .. }, Edit::Symptom { chain: b, .. }) => a == b,
        _ => false,
    }
}
