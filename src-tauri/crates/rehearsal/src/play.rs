//! The meeting as a whole: who is asked for what, in which order, and what is waited for.
//!
//! The facilitator presses *next* wherever a facilitator would, so that a rehearsal walks the way the product shows.
//! Nothing here waits for time to pass: every wait is for a state, and one that does not come becomes an error with
//! the name of its step. The sections are played in `sections`, silent writing in `writing`, the vote in `voting`.

mod sections;
mod voting;
mod writing;

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use live::{Ask, Live, LiveError};
use meeting::{
    Actor, Edit, Meeting, NextStep, NoteKind, ParticipantId, Picture, Progress, Request, Section, default_agenda,
    next_step,
};
use room::Room;
use tokio::task::JoinSet;

use crate::measured::{Latencies, Stopwatch};
use crate::phone::{PATIENCE, Phone};
use crate::{RehearsalError, sample};

/// What the rehearsal is about to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Where the meeting is; none before it begins and after it has ended.
    pub section: Option<Section>,
    /// What is done now.
    pub what: String,
}

/// What a rehearsal came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// Steps taken.
    pub steps: u32,
    /// Requests sent by the facilitator and by all phones.
    pub requests: u32,
    /// People in the room, with a phone or without.
    pub participants: u32,
    /// How long it took.
    pub elapsed: Duration,
    /// The revision of the log at the end.
    pub revision: u64,
    /// How long the phones waited for their answers.
    pub latencies: Latencies,
    /// What went wrong on phones that then left the rehearsal, a sentence each; the others went on.
    pub errors: Vec<String>,
}

/// Begins a post-mortem with the sample incident and opens it, ready for [`play`].
///
/// # Errors
/// When the owner of the meeting refuses or cannot keep it.
pub async fn begin(live: &Live) -> Result<meeting::PostMortemId, RehearsalError> {
    let doing = "the sample incident is written down";
    let refused = |error| RehearsalError::Refused { doing: doing.to_owned(), error };
    let id = live.create(sample::TITLE, sample::zone(), default_agenda()).await.map_err(refused)?;
    let mut number = 0;
    let mut ask = async |request| {
        number += 1;
        let ask = Ask { id: format!("sample-{number}"), by: Actor::Facilitator, request, token: None };
        live.ask(ask).await.map_err(refused)
    };
    for request in sample::prepare() {
        ask(request).await?;
    }
    let meeting = live.snapshot().meeting.ok_or_else(|| refused(LiveError::NothingOpen))?;
    for request in sample::mark(&meeting) {
        ask(request).await?;
    }
    Ok(id)
}

/// Plays the whole meeting of the sample that is open, with as many phones as asked for and one person without.
///
/// Others may have joined the room as well; they are not waited for.
///
/// # Errors
/// `NoPhones` and `NotFresh` before anything was changed; otherwise what went wrong, with the name of the step.
pub async fn play(
    live: &Live,
    room: &Room,
    phones: usize,
    on_step: impl FnMut(Step),
) -> Result<Played, RehearsalError> {
    if phones == 0 {
        return Err(RehearsalError::NoPhones);
    }
    let fresh = live.snapshot().meeting.filter(|meeting| {
        meeting.progress == Progress::Preparing && meeting.timeline.iter().any(|it| it.text == sample::TIMELINE[0].text)
    });
    let before = fresh.ok_or(RehearsalError::NotFresh)?.revision();
    let began = Instant::now();
    let mut play = Play::new(live, before, on_step);
    play.join(&room.url(), phones).await?;
    play.opening().await?;
    play.timeline().await?;
    play.notes(Section::WentWell, &sample::WENT_WELL, Some(&sample::MERGES[0])).await?;
    let went_poorly = sample::WENT_POORLY.map(|text| (NoteKind::WentPoorly, text));
    play.notes(Section::WentPoorly, &went_poorly, Some(&sample::MERGES[1])).await?;
    play.set_down(Section::WentPoorly).await?;
    play.root_causes().await?;
    play.action_items().await?;
    play.wrap_up().await?;
    let meeting = play.meeting()?;
    Ok(Played {
        steps: play.steps,
        requests: play.asked + play.phones.iter().map(Phone::sent).sum::<u32>(),
        participants: u32::try_from(meeting.present().count()).unwrap_or(u32::MAX),
        elapsed: began.elapsed(),
        revision: meeting.revision(),
        latencies: play.stopwatch.latencies(),
        errors: play.errors,
    })
}

/// A meeting under way.
struct Play<'a, F> {
    live: &'a Live,
    phones: Vec<Phone>,
    without_a_phone: Option<ParticipantId>,
    on_step: F,
    doing: String,
    /// Tells the requests of this rehearsal from those of one that was broken off.
    mark: u64,
    asked: u32,
    steps: u32,
    stopwatch: Stopwatch,
    errors: Vec<String>,
}

impl<'a, F: FnMut(Step)> Play<'a, F> {
    fn new(live: &'a Live, mark: u64, on_step: F) -> Self {
        Self {
            live,
            phones: Vec::new(),
            without_a_phone: None,
            on_step,
            doing: String::new(),
            mark,
            asked: 0,
            steps: 0,
            stopwatch: Stopwatch::start(),
            errors: Vec::new(),
        }
    }

    /// Says what comes next; an error from now on names it.
    fn step(&mut self, what: impl Into<String>) {
        let section = self.live.snapshot().meeting.and_then(|meeting| meeting.section());
        self.step_in(section, what.into());
    }

    fn step_in(&mut self, section: Option<Section>, what: String) {
        self.doing = what;
        self.steps += 1;
        (self.on_step)(Step { section, what: self.doing.clone() });
    }

    fn refused(&self, error: LiveError) -> RehearsalError {
        RehearsalError::Refused { doing: self.doing.clone(), error }
    }

    fn astray(&self, found: impl Into<String>) -> RehearsalError {
        RehearsalError::Astray { doing: self.doing.clone(), found: found.into() }
    }

    fn meeting(&self) -> Result<Arc<Meeting>, RehearsalError> {
        self.live.snapshot().meeting.ok_or_else(|| self.refused(LiveError::NothingOpen))
    }

    /// Asks for something as the console does, and returns the meeting with it.
    async fn ask(&mut self, request: Request) -> Result<Arc<Meeting>, RehearsalError> {
        self.asked += 1;
        let id = format!("rehearsal-{}-{}", self.mark, self.asked);
        let ask = Ask { id, by: Actor::Facilitator, request, token: None };
        // What is granted has been published, so the newest snapshot holds it.
        self.live.ask(ask).await.map_err(|error| self.refused(error))?;
        self.meeting()
    }

    async fn edit(&mut self, edit: Edit) -> Result<Arc<Meeting>, RehearsalError> {
        self.ask(Request::Edit { edit }).await
    }

    /// Presses *next* where it shows another picture; none where something else comes.
    async fn next_picture(&mut self) -> Result<Option<Picture>, RehearsalError> {
        let NextStep::Show { picture } = next_step(&*self.meeting()?) else { return Ok(None) };
        self.ask(Request::Next {}).await?;
        Ok(Some(picture))
    }

    /// Checks that the meeting would go on as expected; a person may have led it elsewhere meanwhile.
    fn next_is(&self, expected: impl Fn(NextStep) -> bool) -> Result<(), RehearsalError> {
        let next = next_step(&*self.meeting()?);
        if expected(next) { Ok(()) } else { Err(self.astray(format!("the meeting would go on with {next:?}"))) }
    }

    /// Walks through the pictures that are left and enters a section with its clock running.
    async fn enter(&mut self, section: Section) -> Result<(), RehearsalError> {
        while self.next_picture().await?.is_some() {}
        self.step_in(Some(section), format!("“{}” begins", section.word()));
        self.next_is(|next| matches!(next, NextStep::Enter { section: entered, .. } if entered == section))?;
        self.ask(Request::Next {}).await?;
        self.ask(Request::ToggleClock {}).await?;
        Ok(())
    }

    /// Waits until the meeting is as wanted.
    async fn meeting_until(&self, shows: impl Fn(&Meeting) -> bool) -> Result<(), RehearsalError> {
        let mut snapshots = self.live.snapshots();
        let wanted = snapshots.wait_for(|snapshot| snapshot.meeting.as_deref().is_some_and(&shows));
        match tokio::time::timeout(PATIENCE, wanted).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) => Err(self.refused(LiveError::Stopped)),
            Err(_) => Err(RehearsalError::TooLate { doing: self.doing.clone(), seconds: PATIENCE.as_secs() }),
        }
    }

    /// Lets every phone do something at the same time; each is told its place.
    async fn everybody<Turn>(&mut self, act: impl Fn(usize, Phone, String) -> Turn) -> Result<(), RehearsalError>
    where
        Turn: Future<Output = Result<Phone, RehearsalError>> + Send + 'static,
    {
        let mut turns = JoinSet::new();
        for (place, phone) in std::mem::take(&mut self.phones).into_iter().enumerate() {
            let turn = act(place, phone, self.doing.clone());
            turns.spawn(async move { turn.await.map(|phone| (place, phone)) });
        }
        self.phones = self.in_order(turns).await?;
        Ok(())
    }

    /// Waits for all turns and puts the phones back in their places. A phone that fails leaves the rehearsal, which goes
    /// on as long as there are others.
    async fn in_order(
        &mut self,
        mut turns: JoinSet<Result<(usize, Phone), RehearsalError>>,
    ) -> Result<Vec<Phone>, RehearsalError> {
        let mut done = Vec::with_capacity(turns.len());
        while let Some(turn) = turns.join_next().await {
            match turn.map_err(|_| self.astray("a simulated phone crashed"))? {
                Ok(phone) => done.push(phone),
                Err(error) if done.is_empty() && turns.is_empty() => return Err(error),
                Err(error) => self.errors.push(error.to_string()),
            }
        }
        done.sort_by_key(|(place, _)| *place);
        Ok(done.into_iter().map(|(_, phone)| phone).collect())
    }
}
