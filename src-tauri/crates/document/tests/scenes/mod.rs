//! Post-mortems made up from a seed, through the same requests that the surfaces send.
//!
//! Every text that somebody could have typed carries a word of its own, so that a test can tell where it went.

#![allow(dead_code, reason = "each test uses the part it needs")]
#![allow(clippy::needless_pass_by_value, reason = "a scene reads better when a request is written in place")]

use chrono::{DateTime, Days, TimeDelta, Utc};
use meeting::{
    ActionCategory, ActionChange, ActionState, Actor, Addresses, Ballot, ChainEnd, Chance, DetectionSource, DraftId,
    Edit, EventKind, FactorCategory, Helped, IncidentKind, ListField, Meeting, Milestone, MilestoneTime, Millis,
    MitigationKind, Moment, Neutrality, NewEvent, NoteChange, NoteKind, ParkedOutcome, PollAnswer, PostMortemId,
    Precision, PreviousChange, PreviousState, Priority, ProposalChange, Request, Role, Section, Severity, Status,
    StepChange, TextField, apply, apply_secret, decide, default_agenda,
};

/// Numbers that follow from a seed (splitmix64).
pub struct Seeded(pub u64);

impl Seeded {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A meeting and the hand that leads it.
pub struct Scene {
    pub meeting: Meeting,
    pub seeded: Seeded,
    seconds: u32,
    word: u32,
}

/// Words as people type them, and as they should not be obeyed.
const PIECES: &[&str] = &[
    "retries emptied the pool",
    "the queue grew",
    "за полчаса",
    "Zürich und Köln",
    "η ουρά μεγάλωσε",
    "naïve café",
    "<script>alert(1)</script>",
    "| a | b |",
    "````",
    "[x](javascript:alert(1))",
    "=2+5",
    "@SUM(A1)",
    "+1",
    "-1",
    "\\",
    "*bold* _it_ ~~s~~",
    "# heading",
    "- item",
    "1. first",
    "&amp; &#35;",
    "$x$",
    "https://example.org/a_b?c=1&d=2",
    "a_b_c",
    ":tada:",
    "<!-- -->",
    "--- ***",
    "> quote",
    "\"quoted\"; 'single'",
    "{#anchor}",
    "50 % of 3/4",
    "…—“”’",
    "first line\nsecond line",
    "tab\there",
    "  spaced  out  ",
    "![i](x.png)",
    "`code`",
    "``",
    "\u{202e}override",
    "e\u{301}tude",
    "www.example.org",
    "[^1]: note",
    "\u{0}\u{7}bell",
    "==mark==",
    "Łódź",
    "ﬁne ligature",
    "100€",
];

impl Scene {
    pub fn begin(seed: u64) -> Self {
        let mut scene = Self { meeting: Meeting::unwritten(), seeded: Seeded(seed), seconds: 0, word: 0 };
        let zone = *scene.seeded.one(&[chrono_tz::UTC, chrono_tz::Europe::Berlin, chrono_tz::Asia::Kolkata]);
        let title = scene.text();
        let id = PostMortemId(format!("pm-{seed}"));
        scene.ask(Request::Create { id, title, zone, planned: default_agenda() });
        scene
    }

    /// A short text with a word that stands nowhere else.
    pub fn text(&mut self) -> String {
        self.word += 1;
        let mark = format!("q{}w{}", self.seeded.0 % 9973, self.word);
        let before = *self.seeded.one(PIECES);
        let after = *self.seeded.one(PIECES);
        match self.seeded.below(4) {
            0 => format!("{mark} {after}"),
            1 => format!("{before} {mark}"),
            _ => format!("{before} {mark} {after}"),
        }
    }

    /// A long text of several sentences.
    pub fn long(&mut self) -> String {
        let sentences = 1 + self.seeded.below(6);
        (0..sentences).map(|_| self.text()).collect::<Vec<_>>().join(". ")
    }

    pub fn name(&mut self) -> String {
        self.word += 1;
        format!(
            "{} N{}x{}",
            self.seeded.one(&["Ada", "Ben", "Zoë", "Łucja", "O'Neil", "Ji-woo"]),
            self.seeded.0 % 97,
            self.word
        )
    }

    pub fn ask_as(&mut self, by: Actor, request: &Request) {
        self.seconds += 7;
        let wall = start() + TimeDelta::days(2) + TimeDelta::seconds(self.seconds.into());
        let now = Moment { wall, uptime: Millis::seconds(self.seconds), boot: 1 };
        let decided = decide(&self.meeting, request, by, Chance(self.seeded.next()))
            .unwrap_or_else(|refusal| panic!("{request:?}: {refusal}"));
        for recorded in self.meeting.record(decided.events, by, now) {
            apply(&mut self.meeting, &recorded);
        }
        decided.secrets.iter().for_each(|secret| apply_secret(&mut self.meeting, secret));
    }

    pub fn ask(&mut self, request: Request) {
        self.ask_as(Actor::Facilitator, &request);
    }

    pub fn edit(&mut self, edit: Edit) {
        self.ask(Request::Edit { edit });
    }
}

/// 6 May 2026, 12:00 UTC.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_778_068_800, 0).unwrap()
}

pub const TEXTS: [TextField; 15] = [
    TextField::Title,
    TextField::DocumentLabel,
    TextField::Owner,
    TextField::Summary,
    TextField::Background,
    TextField::ImpactWho,
    TextField::ImpactShare,
    TextField::ImpactErrorRate,
    TextField::ImpactDataLoss,
    TextField::ImpactSupportCases,
    TextField::Trigger,
    TextField::Detection,
    TextField::TemporaryFix,
    TextField::PermanentFix,
    TextField::NoActionsReason,
];

pub const LISTS: [ListField; 9] = [
    ListField::Services,
    ListField::Takeaways,
    ListField::OpenQuestions,
    ListField::Surprises,
    ListField::ShareWith,
    ListField::RootCauses,
    ListField::SupportingMaterial,
    ListField::SimilarIncidents,
    ListField::Invited,
];

pub const ROLES: [Role; 8] = [
    Role::IncidentCommander,
    Role::TechnicalLead,
    Role::CommunicationsLead,
    Role::Scribe,
    Role::Responder,
    Role::Facilitator,
    Role::CoFacilitator,
    Role::NoteTaker,
];

/// Makes up a whole post-mortem: prepared, held, published, and changed after that; each part only by chance.
pub fn post_mortem(seed: u64) -> Meeting {
    let mut scene = Scene::begin(seed);
    prepare(&mut scene);
    if scene.seeded.chance(90) {
        hold(&mut scene);
    }
    if scene.seeded.chance(50) {
        scene.edit(Edit::Status { status: Status::InReview });
        scene.edit(Edit::Status { status: Status::Published });
        let text = scene.text();
        scene.edit(Edit::Text { field: TextField::Background, text });
    }
    if scene.seeded.chance(20) && scene.meeting.undo_labels().0.is_some() {
        scene.ask(Request::Undo {});
    }
    scene.meeting
}

fn prepare(scene: &mut Scene) {
    for field in TEXTS {
        if scene.seeded.chance(if field == TextField::Title { 100 } else { 65 }) {
            let text =
                if matches!(field, TextField::Summary | TextField::Background) { scene.long() } else { scene.text() };
            let text: String = text.chars().take(300).collect();
            scene.edit(Edit::Text { field, text });
        }
    }
    for list in LISTS {
        let items = (0..scene.seeded.below(4)).map(|_| scene.text()).collect();
        scene.edit(Edit::List { list, items });
    }
    for role in ROLES {
        let names = (0..scene.seeded.below(3)).map(|_| scene.name()).collect();
        scene.edit(Edit::Role { role, names });
    }
    let severity = *scene.seeded.one(&[None, Some(Severity::Sev1), Some(Severity::Sev3)]);
    let definition = scene.text();
    scene.edit(Edit::Severity { severity, definition });
    scene.edit(Edit::Kind { kind: Some(IncidentKind::NearMiss) });
    scene.edit(Edit::DetectedBy { source: Some(DetectionSource::UserReport) });
    scene.edit(Edit::MitigatedBy { mitigation: Some(MitigationKind::Rollback) });
    let answer = scene.seeded.chance(50);
    let authority_present = scene.text();
    scene.edit(Edit::Neutrality {
        answers: Neutrality {
            led_the_incident: Some(answer),
            made_critical_decision: Some(false),
            has_line_authority: Some(false),
            authority_present,
        },
    });
    timeline(scene);
    for _ in 0..scene.seeded.below(3) {
        let (task, owner, origin) = (scene.text(), scene.name(), scene.text());
        scene.ask(Request::AddPrevious { task, owner, origin });
    }
    for previous in scene.meeting.previous.clone() {
        let state = *scene.seeded.one(&[PreviousState::Done, PreviousState::StillOpen, PreviousState::Dropped]);
        let helped = *scene.seeded.one(&[None, Some(Helped::Yes), Some(Helped::No), Some(Helped::TooEarly)]);
        let remark = scene.text();
        for change in [PreviousChange::State(state), PreviousChange::Helped(helped), PreviousChange::Remark(remark)] {
            scene.edit(Edit::Previous { previous: previous.id, change });
        }
    }
}

fn timeline(scene: &mut Scene) {
    let count = scene.seeded.below(9);
    let mut at = start();
    let mut events = Vec::new();
    for number in 0..count {
        at += TimeDelta::minutes(i64::try_from(scene.seeded.below(40)).unwrap());
        let known = scene.seeded.chance(85);
        events.push(NewEvent {
            at: known.then_some(at),
            precision: if known { Precision::About } else { Precision::Unknown },
            kind: EventKind::ALL[number % EventKind::ALL.len()],
            text: scene.text(),
            actor_name: scene.seeded.chance(50).then(|| scene.name()),
            actor_role: scene.seeded.chance(50).then(|| format!("role{number}z{}", scene.word)),
            known_then: scene.seeded.chance(40).then(|| scene.text()),
            key: number % 2 == 0,
        });
    }
    if !events.is_empty() {
        scene.ask(Request::AddEvents { events });
    }
    for event in scene.meeting.timeline.clone() {
        if scene.seeded.chance(30) {
            let (question, answer) = (scene.text(), scene.text());
            scene.edit(Edit::Answer { event: event.id, question, answer });
        }
        if scene.seeded.chance(20) {
            scene.edit(Edit::Event { event: event.id, change: meeting::EventChange::Public(false) });
        }
    }
    for (milestone, event) in
        Milestone::ALL.into_iter().zip(scene.meeting.timeline.clone()).filter(|(_, event)| event.at.is_some())
    {
        scene.edit(Edit::Milestone { milestone, time: MilestoneTime::Event { event: event.id } });
    }
    scene.edit(Edit::StakeholdersTold { times: vec![start() + TimeDelta::minutes(20)] });
}

fn hold(scene: &mut Scene) {
    let people: Vec<_> = (0..4).map(|_| scene.name()).collect();
    for name in &people {
        scene.ask_as(Actor::Application, &Request::Join { name: Some(name.clone()) });
    }
    scene.ask_as(Actor::Application, &Request::Join { name: None });
    scene.ask(Request::StartMeeting {});
    write(scene);
    causes(scene);
    for _ in 0..scene.seeded.below(3) {
        let text = scene.text();
        scene.ask(Request::Park { text });
        let text = scene.text();
        scene.ask(Request::RecordDecision { text });
    }
    for parked in scene.meeting.parked.clone() {
        let outcome = Some(*scene.seeded.one(&[ParkedOutcome::Discussed, ParkedOutcome::OpenQuestion]));
        scene.edit(Edit::ParkedOutcome { parked: parked.id, outcome });
    }
    vote(scene);
    if scene.seeded.chance(70) {
        scene.ask(Request::EnterSection { section: Section::WrapUp });
        scene.ask(Request::OpenPoll {});
        for person in scene.meeting.participants.clone() {
            let improve = scene.text();
            let answer = PollAnswer { learned: true, again: scene.seeded.chance(50), spoke_freely: Some(4), improve };
            scene.ask_as(Actor::Participant { id: person.id }, &Request::AnswerPoll { answer });
        }
        scene.ask(Request::ClosePoll {});
        let reason = scene.text();
        scene.ask(Request::EndMeeting { reason });
    }
}

fn write(scene: &mut Scene) {
    for (section, kind) in [
        (Section::WentWell, NoteKind::Lucky),
        (Section::WentWell, NoteKind::WentWell),
        (Section::WentPoorly, NoteKind::WentPoorly),
        (Section::RootCauses, NoteKind::Cause),
    ] {
        scene.ask(Request::EnterSection { section });
        scene.ask(Request::OpenWriting { section });
        for (number, person) in scene.meeting.participants.clone().into_iter().enumerate() {
            let (text, draft) = (scene.text(), DraftId(format!("d-{number}")));
            scene.ask_as(Actor::Participant { id: person.id }, &Request::Write { draft, kind, text });
        }
        scene.ask(Request::Reveal { section });
        let notes: Vec<_> = scene.meeting.shown_notes(section).map(|note| note.id).collect();
        let text = scene.text();
        scene.edit(Edit::MergeNotes { section, into: notes[0], from: vec![notes[1]], text });
        scene.edit(Edit::Note { section, note: notes[2], change: NoteChange::SetAside(true) });
    }
}

fn causes(scene: &mut Scene) {
    for _ in 0..scene.seeded.below(3) {
        let symptom = scene.text();
        scene.ask(Request::AddChain { symptom, event: None, factor: None });
        let chain = scene.meeting.chains.last().unwrap().id;
        let mut parent = None;
        for _ in 0..1 + scene.seeded.below(5) {
            let answer = scene.text();
            let ends_at = *scene.seeded.one(&[None, Some(ChainEnd::Process), Some(ChainEnd::Technical)]);
            scene.ask(Request::AddStep { chain, parent, answer, ends_at });
            let step = scene.meeting.chains.last().unwrap().steps.last().unwrap().id;
            let evidence = scene.text();
            scene.edit(Edit::Step { chain, step, change: StepChange::Evidence(evidence) });
            parent = scene.seeded.chance(75).then_some(step);
        }
        let mut categories = FactorCategory::BUILT_IN.to_vec();
        categories.push(FactorCategory::Own(scene.name()));
        let (text, category) = (scene.text(), scene.seeded.one(&categories).clone());
        let event = scene.meeting.timeline.first().map(|event| event.id).filter(|_| scene.word.is_multiple_of(2));
        scene.ask(Request::AddFactor { category, text, chain: Some(chain), event });
    }
}

fn vote(scene: &mut Scene) {
    scene.ask(Request::EnterSection { section: Section::ActionItems });
    let addresses = scene.meeting.factors.first().map(|factor| Addresses::Factor { factor: factor.id });
    for number in 0..3 + scene.seeded.below(4) {
        let text = scene.text();
        let category = ActionCategory::ALL[number % 4];
        let priority = *scene.seeded.one(&[Priority::Must, Priority::Should, Priority::NiceToHave]);
        scene.ask(Request::AddProposal { text, category, priority, addresses });
    }
    scene.ask(Request::OpenVote { seats: 3, budget: None });
    let round = scene.meeting.rounds[0].clone();
    for (person, shift) in scene.meeting.participants.clone().into_iter().zip([0, 1, 0, 2, 0]) {
        let options =
            round.options.iter().cycle().skip(shift).take(usize::from(round.budget.dots).min(round.options.len()));
        let ballot = Ballot { revision: 1, dots: options.map(|option| (*option, 1)).collect() };
        scene.ask_as(Actor::Participant { id: person.id }, &Request::Vote { round: round.id, ballot });
    }
    scene.ask(Request::CloseVote { round: round.id });
    let chosen: Vec<_> = round.options.iter().take(3).copied().collect();
    scene.ask(Request::Commit { proposals: chosen });
    for (number, action) in scene.meeting.actions.clone().into_iter().enumerate() {
        let due = start().date_naive() + Days::new(7 + u64::try_from(number).unwrap());
        let state = match number {
            0 => ActionState::Dropped { reason: scene.text() },
            1 => ActionState::InProgress,
            _ => ActionState::Open,
        };
        let (owner, criterion) = (scene.name(), scene.text());
        let ticket = format!("https://tickets.example.org/T-{}", scene.word);
        for change in [
            ActionChange::Owner(owner),
            ActionChange::Due(Some(due)),
            ActionChange::Criterion(criterion),
            ActionChange::Ticket(ticket),
            ActionChange::State(state),
        ] {
            scene.edit(Edit::Action { action: action.id, change });
        }
    }
    for proposal in scene.meeting.proposals.clone().into_iter().skip(3) {
        let reason = scene.text();
        scene.edit(Edit::Proposal { proposal: proposal.id, change: ProposalChange::NotChosenBecause(reason) });
    }
}
