//! The thread itself: one loop, one connection, one meeting.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use meeting::{
    Actor, Breaks, Chance, Event, Meeting, Moment, ParticipantId, Planned, PostMortemId, Request, Retention, apply,
    apply_secret, decide,
};
use store::{Commit, Erased, Library, RequestDigest, StoreError, TokenHash};
use tokio::sync::watch;

use crate::chances::Chances;
use crate::settled::Settled;
use crate::{Ask, Command, Granted, LiveError, Reply, Snapshot, clock, keeping};

/// Requests decided for one commit at most.
const BATCH: usize = 256;
/// How often a running clock is marked.
const MARK_EVERY: Duration = Duration::from_secs(3);
/// How often a library that has changed is backed up.
const BACK_UP_EVERY: Duration = Duration::from_secs(4 * 60);

pub(crate) struct Owner {
    library: Library,
    publish: watch::Sender<Snapshot>,
    chances: Chances,
    settled: Settled,
    marked: Instant,
    backed_up: Instant,
    changed_since_backup: bool,
}

type Answer = Reply<Result<Granted, LiveError>>;

impl Owner {
    pub(crate) fn new(library: Library, publish: watch::Sender<Snapshot>) -> Self {
        let (chances, settled, now) = (Chances::default(), Settled::default(), Instant::now());
        Self { library, publish, chances, settled, marked: now, backed_up: now, changed_since_backup: false }
    }

    pub(crate) fn run(mut self, commands: &Receiver<Command>) {
        loop {
            match commands.recv_timeout(MARK_EVERY) {
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
                Ok(command) => {
                    let mut next = Some(command);
                    while let Some(command) = next.take() {
                        match command {
                            Command::Stop(reply) => {
                                // The lock on the library goes before the answer does.
                                drop(self);
                                let _ = reply.send(());
                                return;
                            }
                            Command::Ask(ask, reply) => {
                                let mut batch = VecDeque::from([(ask, reply)]);
                                while batch.len() < BATCH && next.is_none() {
                                    match commands.try_recv() {
                                        Ok(Command::Ask(ask, reply)) => batch.push_back((ask, reply)),
                                        Ok(other) => next = Some(other),
                                        Err(_) => break,
                                    }
                                }
                                while !batch.is_empty() {
                                    self.ask_some(&mut batch);
                                }
                            }
                            other => self.obey(other),
                        }
                    }
                }
            }
            self.keep_up();
        }
    }

    fn obey(&mut self, command: Command) {
        // A reply nobody waits for any more is no fault.
        match command {
            Command::Create { title, zone, planned, reply } => drop(reply.send(self.create(title, zone, planned))),
            Command::Import(meeting, reply) => drop(reply.send(self.import(&meeting))),
            Command::Open(id, reply) => drop(reply.send(self.open(&id))),
            Command::Close(reply) => {
                self.show(None);
                let _ = reply.send(());
            }
            Command::SayClosing(reply) => {
                if self.meeting().is_some_and(|meeting| meeting.open_round().is_some()) {
                    self.publish.send_modify(|snapshot| {
                        snapshot.revision += 1;
                        snapshot.closing = true;
                    });
                }
                let _ = reply.send(());
            }
            Command::Entries(reply) => drop(reply.send(self.library.entries().map_err(LiveError::from))),
            Command::KeepRoom(room, reply) => {
                let kept = self.open_id().and_then(|id| self.library.keep_room(&id, &room).map_err(LiveError::from));
                let _ = reply.send(kept);
            }
            Command::Room(reply) => {
                let room = self.open_id().and_then(|id| self.library.room(&id).map_err(LiveError::from));
                let _ = reply.send(room);
            }
            Command::Templates(reply) => drop(reply.send(self.library.templates().map_err(LiveError::from))),
            Command::KeepTemplate(template, reply) => {
                let _ = reply.send(self.library.keep_template(&template).map_err(LiveError::from));
            }
            Command::DeleteTemplate(name, reply) => {
                let _ = reply.send(self.library.delete_template(&name).map_err(LiveError::from));
            }
            Command::TicketTemplate(reply) => {
                drop(reply.send(self.library.ticket_template().map_err(LiveError::from)));
            }
            Command::KeepTicketTemplate(template, reply) => {
                let _ = reply.send(self.library.keep_ticket_template(&template).map_err(LiveError::from));
            }
            Command::PublishingPlan(reply) => {
                drop(reply.send(self.library.publishing_plan().map_err(LiveError::from)));
            }
            Command::KeepPublishingPlan(plan, reply) => {
                let _ = reply.send(self.library.keep_publishing_plan(&plan).map_err(LiveError::from));
            }
            Command::Retention(reply) => drop(reply.send(self.library.retention().map_err(LiveError::from))),
            Command::KeepFor(months, reply) => {
                let _ = reply.send(self.change_retention(|retention| retention.months = months));
            }
            Command::KeepRecord(id, on, reply) => {
                let _ = reply.send(self.change_retention(|retention| {
                    retention.kept.retain(|kept| *kept != id);
                    retention.kept.extend(Some(id).filter(|_| on));
                }));
            }
            Command::Delete(ids, reply) => {
                let _ = reply.send(self.erase(&ids, |library| library.delete(&ids)));
            }
            Command::Rewrite(logs, templates, reply) => {
                let ids: Vec<_> = logs.iter().map(|log| log.id.clone()).collect();
                let meetings: Vec<_> = logs.iter().map(keeping::with_note).collect();
                let _ = reply.send(self.erase(&ids, |library| library.rewrite(&meetings, &templates)));
            }
            Command::BackUp(reply) => drop(reply.send(self.library.back_up().map_err(LiveError::from))),
            Command::Ask(..) | Command::Stop(_) => {}
        }
    }

    fn meeting(&self) -> Option<Arc<Meeting>> {
        self.publish.borrow().meeting.clone()
    }

    fn open_id(&self) -> Result<PostMortemId, LiveError> {
        self.meeting().map(|meeting| meeting.id.clone()).ok_or(LiveError::NothingOpen)
    }

    fn create(&mut self, title: String, zone: chrono_tz::Tz, planned: Vec<Planned>) -> Result<PostMortemId, LiveError> {
        let id = fresh_id(self.chances.next().map_err(no_chance)?);
        let mut meeting = Meeting::unwritten();
        let request = Request::Create { id: id.clone(), title, zone, planned };
        let chance = self.chances.next().map_err(no_chance)?;
        let commit = grant(&mut meeting, &request, Actor::Facilitator, chance, clock::now())?;
        self.library.commit(&meeting, &[commit]).map_err(LiveError::from)?;
        self.changed_since_backup = true;
        self.show(Some((meeting, HashMap::new())));
        Ok(id)
    }

    fn import(&mut self, meeting: &Meeting) -> Result<(), LiveError> {
        if self.library.entries()?.iter().any(|entry| entry.id == meeting.id) {
            let sentence = format!("The library already holds {}. Nothing was changed.", meeting.id);
            return Err(LiveError::NotKept(sentence));
        }
        let commit = Commit { recorded: meeting.recorded().cloned().collect(), ..Commit::default() };
        self.library.commit(meeting, &[commit])?;
        self.changed_since_backup = true;
        Ok(())
    }

    fn change_retention(&self, change: impl FnOnce(&mut Retention)) -> Result<(), LiveError> {
        let mut retention = self.library.retention()?;
        change(&mut retention);
        Ok(self.library.keep_retention(&retention)?)
    }

    /// Erases something of post-mortems of which none is open.
    fn erase(
        &mut self,
        ids: &[PostMortemId],
        work: impl FnOnce(&mut Library) -> Result<Erased, StoreError>,
    ) -> Result<Erased, LiveError> {
        if self.open_id().is_ok_and(|open| ids.contains(&open)) {
            return Err(LiveError::Open);
        }
        let erased = work(&mut self.library)?;
        // The console lists the library anew.
        self.publish.send_modify(|snapshot| snapshot.revision += 1);
        Ok(erased)
    }

    fn open(&mut self, id: &PostMortemId) -> Result<(), LiveError> {
        let mut meeting = self.library.load(id).map_err(LiveError::from)?;
        let phones = self.library.phones(id).map_err(LiveError::from)?;
        if meeting.is_timed() {
            let marked = self.library.last_mark(id).map_err(LiveError::from)?;
            // A crash before the first mark: the newest event is the last that is known.
            let Some(last_seen) = marked.or_else(|| meeting.last_moment()) else { return Ok(()) };
            let (interrupt, chance) = (Request::Interrupt { last_seen }, self.chances.next().map_err(no_chance)?);
            let commit = grant(&mut meeting, &interrupt, Actor::Application, chance, clock::now())?;
            self.library.commit(&meeting, &[commit]).map_err(LiveError::from)?;
        }
        self.show(Some((meeting, phones)));
        Ok(())
    }

    fn show(&mut self, open: Option<(Meeting, HashMap<TokenHash, ParticipantId>)>) {
        self.settled = Settled::default();
        self.publish.send_modify(|snapshot| {
            let (meeting, phones) = open.unzip();
            snapshot.revision += 1;
            snapshot.meeting = meeting.map(Arc::new);
            snapshot.closing = false;
            snapshot.phones = Arc::new(phones.unwrap_or_default());
        });
    }

    /// Decides many requests, keeps what they lead to in one commit, publishes once, and answers each.
    ///
    /// What comes behind a broken seal is left for the next commit: it may be sealed anew, under a key of its own.
    fn ask_some(&mut self, waiting: &mut VecDeque<(Ask, Answer)>) {
        let Some(before) = self.meeting() else {
            for (_, reply) in waiting.drain(..) {
                let _ = reply.send(Err(LiveError::NothingOpen));
            }
            return;
        };
        let mut working = Meeting::clone(&before);
        let mut commits = Vec::new();
        let mut answers: Vec<(Answer, Result<Granted, LiveError>)> = Vec::new();
        let mut granted_now = HashSet::new();
        let mut joined = Vec::new();
        let now = clock::now();
        while let Some((ask, reply)) = waiting.pop_front() {
            let answer = self.decide_one(&mut working, &ask, &mut granted_now, now).map(|commit| {
                let phone = commit.as_ref().and_then(|commit| commit.phone);
                joined.extend(phone);
                commits.extend(commit);
                Granted { revision: 0, participant: phone.map(|(_, participant)| participant) }
            });
            answers.push((reply, answer));
            if commits.last().is_some_and(breaks_a_seal) {
                break;
            }
        }
        let kept = if commits.is_empty() { Ok(()) } else { self.library.commit(&working, &commits) };
        match kept {
            Ok(()) => {
                if !commits.is_empty() {
                    self.changed_since_backup = true;
                    if working.is_timed() && !before.is_timed() {
                        self.mark(&working);
                    }
                    self.publish.send_modify(|snapshot| {
                        snapshot.revision += 1;
                        snapshot.closing &= working.open_round().is_some();
                        snapshot.meeting = Some(Arc::new(working));
                        let phones = Arc::make_mut(&mut snapshot.phones);
                        phones.retain(|_, known| !joined.iter().any(|(_, participant)| participant == known));
                        phones.extend(joined);
                        snapshot.notice.clear();
                    });
                }
                let revision = self.publish.borrow().revision;
                for (reply, answer) in answers {
                    let _ = reply.send(answer.map(|granted| Granted { revision, ..granted }));
                }
            }
            Err(error) => {
                // Nothing of the batch is there: whoever would have been granted something must repeat it.
                let error = error.to_string();
                for (reply, answer) in answers {
                    let _ = reply.send(answer.and(Err(LiveError::NotKept(error.clone()))));
                }
                self.publish.send_modify(|snapshot| {
                    snapshot.revision += 1;
                    snapshot.notice = error;
                });
            }
        }
    }

    /// Decides one request on the working copy; nothing to commit when it was granted before or changes nothing.
    fn decide_one(
        &mut self,
        working: &mut Meeting,
        ask: &Ask,
        granted_now: &mut HashSet<RequestDigest>,
        now: Moment,
    ) -> Result<Option<Commit>, LiveError> {
        let request = RequestDigest::of(&ask.id);
        if granted_now.contains(&request) || self.library.has_granted(&working.id, request)? {
            return Ok(None);
        }
        if let Some(answer) = self.settled.before(request) {
            return answer.clone().map(|()| None).map_err(LiveError::from);
        }
        let chance = self.chances.next().map_err(no_chance)?;
        let granted = grant(working, &ask.request, ask.by, chance, now)
            .map(|commit| Some(commit).filter(|commit| !(commit.recorded.is_empty() && commit.secrets.is_empty())));
        let mut commit = match granted {
            Ok(Some(commit)) => commit,
            settled => {
                // Whoever could not join may try again under the same name; the others take a new one.
                if matches!(ask.by, Actor::Participant { .. }) {
                    self.settled.keep(request, settled.as_ref().map(drop).map_err(Clone::clone));
                }
                return settled.map_err(LiveError::from);
            }
        };
        granted_now.insert(request);
        commit.request = Some(request);
        commit.phone = ask.token.and_then(|token| Some((token, who_joined(&commit)?)));
        Ok(Some(commit))
    }

    /// Marks a running clock and writes a backup when it is time.
    fn keep_up(&mut self) {
        let Some(meeting) = self.meeting() else { return };
        if meeting.is_timed() && self.marked.elapsed() >= MARK_EVERY {
            self.mark(&meeting);
        }
        if self.changed_since_backup && self.backed_up.elapsed() >= BACK_UP_EVERY {
            self.backed_up = Instant::now();
            match self.library.back_up() {
                Ok(_) => self.changed_since_backup = false,
                Err(error) => self.publish.send_modify(|snapshot| {
                    snapshot.revision += 1;
                    snapshot.notice = error.to_string();
                }),
            }
        }
    }

    fn mark(&mut self, meeting: &Meeting) {
        self.marked = Instant::now();
        // A mark that could not be written costs at most some seconds of a clock after a crash.
        let _ = self.library.mark(&meeting.id, clock::now());
    }
}

/// Decides a request and applies it to the copy.
fn grant(
    working: &mut Meeting,
    request: &Request,
    by: Actor,
    chance: Chance,
    now: Moment,
) -> Result<Commit, meeting::Refusal> {
    let decided = decide(working, request, by, chance)?;
    let recorded = working.record(decided.events, by, now);
    for recorded in &recorded {
        apply(working, recorded);
    }
    for secret in &decided.secrets {
        apply_secret(working, secret);
    }
    Ok(Commit { recorded, secrets: decided.secrets, ..Commit::default() })
}

fn breaks_a_seal(commit: &Commit) -> bool {
    commit.recorded.iter().any(|recorded| recorded.event.breaks() != Breaks::Nothing)
}

fn who_joined(commit: &Commit) -> Option<ParticipantId> {
    commit.recorded.iter().find_map(|recorded| match &recorded.event {
        Event::ParticipantJoined { participant } => Some(participant.id),
        Event::ParticipantReturned { participant } => Some(*participant),
        _ => None,
    })
}

fn no_chance(error: getrandom::Error) -> LiveError {
    LiveError::NotKept(error.to_string())
}

/// Makes an id of the day and a little chance: it sorts by time and fits a file name.
fn fresh_id(Chance(chance): Chance) -> PostMortemId {
    PostMortemId(format!("pm-{}-{:06x}", clock::now().wall.format("%Y%m%d"), chance & 0xFF_FFFF))
}

#[cfg(test)]
mod interleavings;
