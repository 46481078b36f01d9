//! Every order in which a handful of requests can reach the owner, cut into commits at different places, against a
//! model that is simple enough to be believed.
//!
//! A ballot or a note that races with closing, undo, a newer change of the same person or a copy of itself is before
//! or after, never half: answers, state and what the library gives back must be those of the model.
//! `DEBRIEF_LONG=1` cuts at every set of places, and takes all requests together.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::{BTreeMap, HashMap};

use meeting::{
    ActionCategory, Author, Ballot, DraftId, NoteKind, ParticipantId, Priority, ProposalId, RoundId, Section,
    default_agenda,
};

use super::*;

const SECTION: Section = Section::WentPoorly;
/// Runs that share a library.
const SHARED: usize = 250;

/// Something asked; the two people are numbered 0 and 1, and copies have the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Vote { by: usize, revision: u32, option: usize },
    Close,
    Undo,
    Redo,
    Write { by: usize, number: u64, text: &'static str },
    Withdraw { by: usize, number: u64 },
    Reveal,
}

const VOTES: [Step; 6] = [
    Step::Vote { by: 0, revision: 1, option: 0 },
    Step::Vote { by: 0, revision: 2, option: 1 },
    Step::Vote { by: 1, revision: 1, option: 2 },
    Step::Close,
    Step::Undo,
    Step::Redo,
];

const NOTES: [Step; 6] = [
    Step::Write { by: 0, number: 1, text: "first" },
    Step::Write { by: 0, number: 1, text: "first" },
    Step::Write { by: 0, number: 2, text: "second" },
    Step::Withdraw { by: 0, number: 3 },
    Step::Write { by: 1, number: 1, text: "other" },
    Step::Reveal,
];

const BOTH: [Step; 7] = [
    Step::Vote { by: 0, revision: 1, option: 0 },
    Step::Vote { by: 0, revision: 1, option: 0 },
    Step::Close,
    Step::Undo,
    Step::Redo,
    Step::Write { by: 1, number: 1, text: "other" },
    Step::Reveal,
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vote {
    Open,
    TakenBack,
    Closed,
}

/// What has to come of it.
#[derive(Debug)]
struct Model {
    vote: Vote,
    ballots: [Option<(u32, usize)>; 2],
    drafts: [Option<(u64, Option<&'static str>)>; 2],
    revealed: Option<Vec<&'static str>>,
    can_undo: bool,
    can_redo: bool,
    answered: Vec<(Step, Result<(), &'static str>)>,
}

impl Model {
    fn begin() -> Self {
        Self {
            vote: Vote::Open,
            ballots: [None; 2],
            drafts: [None; 2],
            revealed: None,
            can_undo: true,
            can_redo: false,
            answered: Vec::new(),
        }
    }

    fn ask(&mut self, step: Step) -> Result<(), &'static str> {
        // A copy is answered as what it is a copy of.
        if let Some((_, answer)) = self.answered.iter().find(|(other, _)| *other == step) {
            return *answer;
        }
        let answer = self.decide(step);
        self.answered.push((step, answer));
        answer
    }

    fn decide(&mut self, step: Step) -> Result<(), &'static str> {
        match step {
            Step::Vote { by, revision, option } => match self.ballots[by] {
                _ if self.vote != Vote::Open => return Err("voting-closed"),
                Some((kept, _)) if kept > revision => return Err("ballot-outdated"),
                _ => self.ballots[by] = Some((revision, option)),
            },
            Step::Close if self.vote == Vote::Open => {
                self.vote = Vote::Closed;
                self.pass_a_barrier();
            }
            Step::Close => return Err("voting-closed"),
            Step::Undo if self.can_undo => {
                self.vote = Vote::TakenBack;
                (self.can_undo, self.can_redo) = (false, true);
            }
            Step::Undo => return Err("nothing-to-undo"),
            Step::Redo if self.can_redo => {
                self.vote = Vote::Open;
                (self.can_undo, self.can_redo) = (true, false);
            }
            Step::Redo => return Err("nothing-to-redo"),
            Step::Write { by, number, text } => self.overwrite(by, number, Some(text))?,
            Step::Withdraw { by, number } => self.overwrite(by, number, None)?,
            Step::Reveal => {
                let mut notes: Vec<_> = self.drafts.iter().flatten().filter_map(|(_, text)| *text).collect();
                notes.sort_unstable();
                self.revealed = Some(notes);
                self.pass_a_barrier();
            }
        }
        Ok(())
    }

    fn overwrite(&mut self, by: usize, number: u64, text: Option<&'static str>) -> Result<(), &'static str> {
        if self.revealed.is_some() {
            return Err("writing-closed");
        }
        if self.drafts[by].is_none_or(|(newest, _)| newest < number) {
            self.drafts[by] = Some((number, text));
        }
        Ok(())
    }

    fn pass_a_barrier(&mut self) {
        (self.can_undo, self.can_redo) = (false, false);
    }

    /// Compares the meeting with what has to have come of it.
    fn check(&self, meeting: &Meeting, people: [ParticipantId; 2], round: RoundId, options: &[ProposalId]) {
        let result = meeting.rounds.iter().find(|other| other.id == round).map(|round| round.result.clone());
        match self.vote {
            Vote::Open => assert_eq!(result, Some(None)),
            Vote::TakenBack => assert_eq!(result, None),
            Vote::Closed => {
                let result = result.unwrap().unwrap();
                let ballots: Vec<_> = self.ballots.iter().flatten().collect();
                assert_eq!(usize::try_from(result.ballots).unwrap(), ballots.len());
                for (place, option) in options.iter().enumerate() {
                    let dots = ballots.iter().filter(|(_, given)| *given == place).count();
                    let got = result.tally.iter().find(|tally| tally.proposal == *option).unwrap();
                    assert_eq!(
                        (got.dots, got.supporters),
                        (u32::try_from(dots).unwrap(), u32::try_from(dots).unwrap())
                    );
                }
            }
        }
        for (place, id) in people.into_iter().enumerate() {
            let kept = self.ballots[place].filter(|_| self.vote != Vote::Closed);
            let kept = kept.map(|(revision, option)| Ballot { revision, dots: vec![(options[option], 1)] });
            assert_eq!(meeting.own_ballot(round, id), kept.as_ref(), "the newest of each, and none once it is counted");
            let hidden = self.drafts[place].and_then(|(_, text)| text).filter(|_| self.revealed.is_none());
            let notes = meeting.own_notes(Author::Participant { id });
            assert_eq!(notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), Vec::from_iter(hidden));
        }
        let mut shown: Vec<_> = meeting.shown_notes(SECTION).map(|note| note.text.as_str()).collect();
        shown.sort_unstable();
        assert_eq!(shown, self.revealed.clone().unwrap_or_default());
    }
}

/// An owner in whose meeting a vote and a writing are open.
struct Stage {
    _folder: tempfile::TempDir,
    owner: Owner,
    begun: Meeting,
    people: [ParticipantId; 2],
    round: RoundId,
    options: Vec<ProposalId>,
    runs: usize,
}

impl Stage {
    fn build() -> Self {
        // That a commit outlives the power is tested elsewhere; thousands of them are quicker where there is no disk.
        let memory = std::path::Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let library = Library::open(folder.path()).unwrap();
        let (snapshot, notice) = (Arc::default(), String::new());
        let first = Snapshot { revision: 1, meeting: None, phones: snapshot, closing: false, notice };
        let owner = Owner::new(library, watch::channel(first).0);
        let mut begun = Meeting::unwritten();
        let (id, title, planned) = (PostMortemId("pm".into()), "Checkout".into(), default_agenda());
        let mut requests = vec![
            (Actor::Facilitator, Request::Create { id, title, zone: chrono_tz::UTC, planned }),
            (Actor::Facilitator, Request::StartMeeting {}),
            (Actor::Application, Request::Join { name: None }),
            (Actor::Application, Request::Join { name: None }),
        ];
        let (category, priority) = (ActionCategory::Process, Priority::Must);
        requests.extend(["A", "B", "C"].map(|text| {
            (Actor::Facilitator, Request::AddProposal { text: text.into(), category, priority, addresses: None })
        }));
        requests.push((Actor::Facilitator, Request::OpenWriting { section: SECTION }));
        requests.push((Actor::Facilitator, Request::OpenVote { seats: 3, budget: None }));
        for (by, request) in requests {
            grant(&mut begun, &request, by, Chance(7), clock::now()).unwrap();
        }
        let people: Vec<_> = begun.present().map(|person| person.id).collect();
        let round = begun.open_round().unwrap().clone();
        let people = [people[0], people[1]];
        Self { _folder: folder, owner, begun, people, round: round.id, options: round.options, runs: 0 }
    }

    /// Opens the same meeting under another id.
    fn begin(&mut self) -> PostMortemId {
        self.runs += 1;
        let id = PostMortemId(format!("pm-{}", self.runs));
        let mut recorded: Vec<_> = self.begun.recorded().cloned().collect();
        let mut meeting = Meeting::unwritten();
        for recorded in &mut recorded {
            if let Event::Created { id: begun, .. } = &mut recorded.event {
                *begun = id.clone();
            }
            apply(&mut meeting, recorded);
        }
        self.owner.library.commit(&meeting, &[Commit { recorded, ..Commit::default() }]).unwrap();
        self.owner.show(Some((meeting, HashMap::new())));
        id
    }

    fn request(&self, step: Step) -> (Actor, Request) {
        let draft = DraftId("a".into());
        let phone = |by: usize, number: u64, request| {
            (Actor::Participant { id: self.people[by] }, Request::Numbered { number, request: Box::new(request) })
        };
        match step {
            Step::Vote { by, revision, option } => {
                let ballot = Ballot { revision, dots: vec![(self.options[option], 1)] };
                phone(by, u64::from(revision), Request::Vote { round: self.round, ballot })
            }
            Step::Write { by, number, text } => {
                phone(by, number, Request::Write { draft, kind: NoteKind::WentPoorly, text: text.into() })
            }
            Step::Withdraw { by, number } => phone(by, number, Request::Withdraw { draft, section: SECTION }),
            Step::Close => (Actor::Facilitator, Request::CloseVote { round: self.round }),
            Step::Undo => (Actor::Facilitator, Request::Undo {}),
            Step::Redo => (Actor::Facilitator, Request::Redo {}),
            Step::Reveal => (Actor::Facilitator, Request::Reveal { section: SECTION }),
        }
    }

    /// Asks everything in this order, with a commit after each place whose bit is set in `cuts`.
    fn run(&mut self, order: &[Step], cuts: usize) {
        let (id, mut model, mut batch, mut answers) = (self.begin(), Model::begin(), VecDeque::new(), Vec::new());
        for (place, step) in order.iter().enumerate() {
            let (by, request) = self.request(*step);
            let (reply, answer) = tokio::sync::oneshot::channel();
            batch.push_back((Ask { id: format!("{step:?}"), by, request, token: None }, reply));
            answers.push(answer);
            while (cuts >> place & 1 == 1 || place + 1 == order.len()) && !batch.is_empty() {
                self.owner.ask_some(&mut batch);
            }
        }
        let wanted: Vec<_> = order.iter().map(|step| model.ask(*step)).collect();
        let got: Vec<_> = answers
            .into_iter()
            .map(|mut answer| answer.try_recv().unwrap().map(drop).map_err(|refused| refused.code()))
            .collect();
        assert_eq!(got, wanted);
        let meeting = self.owner.meeting().unwrap();
        model.check(&meeting, self.people, self.round, &self.options);
        let loaded = self.owner.library.load(&id).unwrap();
        assert!(loaded == *meeting, "the library holds what was answered, and nothing that was destroyed: {loaded:?}");
    }
}

/// Returns every order of the steps; copies are told apart by their place.
fn orders(steps: &[Step]) -> Vec<Vec<Step>> {
    let Some((first, rest)) = steps.split_first() else { return vec![Vec::new()] };
    let with_first = |order: Vec<Step>| {
        (0..=order.len()).map(move |place| {
            let mut order = order.clone();
            order.insert(place, *first);
            order
        })
    };
    orders(rest).into_iter().flat_map(with_first).collect()
}

fn try_all(steps: &[Step]) {
    let every = 1 << (steps.len() - 1);
    let is_long = std::env::var_os("DEBRIEF_LONG").is_some();
    let mut stage = Stage::build();
    let mut seen = BTreeMap::new();
    for (number, order) in orders(steps).into_iter().enumerate() {
        // Each place is a cut in one run of an order and none in the other; which ones go together changes from order
        // to order.
        let cuts = if is_long { (0..every).collect() } else { vec![number % every, every - 1 - number % every] };
        for cuts in cuts {
            if stage.runs == SHARED {
                stage = Stage::build();
            }
            let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| stage.run(&order, cuts)));
            assert!(told.is_ok(), "in the order {order:?}, cut by {cuts:b}");
            *seen.entry(cuts).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len(), every, "every set of cuts was tried: {seen:?}");
}

#[test]
fn a_ballot_that_races_with_closing_and_undo_is_before_or_after() {
    try_all(&VOTES);
}

#[test]
fn a_note_that_races_with_its_own_copies_and_the_reveal_is_before_or_after() {
    try_all(&NOTES);
}

#[test]
fn votes_and_notes_that_race_with_each_others_barriers_are_before_or_after() {
    // A seventh request is seven times the orders.
    let steps = if std::env::var_os("DEBRIEF_LONG").is_some() { &BOTH[..] } else { &BOTH[1..] };
    try_all(steps);
}
