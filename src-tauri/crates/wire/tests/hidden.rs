//! Hidden means not sent: what the bytes of each view hold, and what they do not.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use meeting::{
    ActionCategory, Actor, Ballot, Chance, DraftId, EventKind, Meeting, Millis, Moment, NewEvent, NoteKind,
    ParticipantId, Picture, PostMortemId, Precision, Priority, Request, Section, apply, apply_secret, decide,
    default_agenda,
};

struct Scenario {
    meeting: Meeting,
    seconds: u32,
}

impl Scenario {
    fn running() -> Self {
        let mut scenario = Self { meeting: Meeting::unwritten(), seconds: 0 };
        let id = PostMortemId("pm-1".into());
        let planned = default_agenda();
        scenario.facilitator(&Request::Create { id, title: "Checkout".into(), zone: chrono_tz::UTC, planned });
        scenario.facilitator(&Request::StartMeeting {});
        scenario
    }

    fn now(&self) -> Moment {
        Moment { wall: chrono::DateTime::UNIX_EPOCH, uptime: Millis::seconds(self.seconds), boot: 1 }
    }

    fn ask(&mut self, by: Actor, request: &Request) {
        self.seconds += 1;
        let decided = decide(&self.meeting, request, by, Chance(3)).unwrap();
        for recorded in self.meeting.record(decided.events, by, self.now()) {
            apply(&mut self.meeting, &recorded);
        }
        decided.secrets.iter().for_each(|secret| apply_secret(&mut self.meeting, secret));
    }

    fn facilitator(&mut self, request: &Request) {
        self.ask(Actor::Facilitator, request);
    }

    fn join(&mut self, name: &str) -> ParticipantId {
        self.ask(Actor::Application, &Request::Join { name: Some(name.into()) });
        self.meeting.participants.last().unwrap().id
    }

    fn stage(&self) -> String {
        serde_json::to_string(&wire::stage_view(&self.meeting, None, self.now())).unwrap()
    }

    fn console(&self) -> String {
        serde_json::to_string(&wire::console_view(&self.meeting, None, self.now())).unwrap()
    }

    fn phone(&self, id: ParticipantId) -> String {
        let shared = serde_json::to_string(&wire::phone_view(&self.meeting, self.now())).unwrap();
        shared + &serde_json::to_string(&wire::own_view(&self.meeting, id).unwrap()).unwrap()
    }
}

#[test]
fn a_hidden_note_is_sent_to_its_author_and_to_nobody_else() {
    let mut scenario = Scenario::running();
    let (ada, ben) = (scenario.join("Ada"), scenario.join("Ben"));
    let section = Section::WentPoorly;
    scenario.facilitator(&Request::EnterSection { section });
    scenario.facilitator(&Request::OpenWriting { section });
    let (draft, kind, text) = (DraftId("d".into()), NoteKind::WentPoorly, "xyzzy".to_owned());
    scenario.ask(Actor::Participant { id: ada }, &Request::Write { draft, kind, text });
    assert!(scenario.phone(ada).contains("xyzzy"));
    for (who, sent) in [("stage", scenario.stage()), ("console", scenario.console()), ("Ben", scenario.phone(ben))] {
        assert!(!sent.contains("xyzzy"), "{who}: {sent}");
        assert!(sent.contains("\"written\":1"), "{who} is told how many: {sent}");
    }
    scenario.facilitator(&Request::Reveal { section });
    scenario.facilitator(&Request::Show { picture: Picture::Notes { section, page: 0 } });
    for (who, sent) in [("stage", scenario.stage()), ("Ben", scenario.phone(ben))] {
        assert!(!sent.contains("Ada"), "no name beside a note on {who}: {sent}");
    }
    assert!(scenario.stage().contains("xyzzy"));
}

#[test]
fn what_somebody_remembers_or_confides_reaches_the_facilitator_without_a_name_and_nobody_else() {
    let mut scenario = Scenario::running();
    let (ada, ben) = (scenario.join("Ada Quist"), scenario.join("Ben"));
    scenario.facilitator(&Request::EnterSection { section: Section::Timeline });
    let by = Actor::Participant { id: ada };
    let draft = DraftId("d".into());
    scenario.ask(by, &Request::Recollect { draft, when: "14:20".into(), text: "xyzzy".into() });
    scenario.ask(by, &Request::Confide { text: "plugh".into() });
    let shown = wire::console_view(&scenario.meeting, None, scenario.now());
    let reached = serde_json::to_string(&(&shown.recollections, &shown.confided)).unwrap();
    assert!(reached.contains("xyzzy") && reached.contains("plugh"), "{reached}");
    assert!(!reached.contains("Ada") && !reached.contains("\"author\""), "{reached}");
    for (who, sent) in [("stage", scenario.stage()), ("Ben", scenario.phone(ben))] {
        assert!(!sent.contains("xyzzy") && !sent.contains("plugh"), "{who}: {sent}");
    }
    assert!(scenario.phone(ada).contains("plugh"), "whoever wrote it can change it");
}

#[test]
fn no_total_is_sent_to_anybody_before_the_vote_is_closed() {
    let mut scenario = Scenario::running();
    let (ada, ben) = (scenario.join("Ada"), scenario.join("Ben"));
    scenario.facilitator(&Request::EnterSection { section: Section::ActionItems });
    for text in ["One", "Two", "Three"] {
        let (category, priority) = (ActionCategory::Process, Priority::Must);
        scenario.facilitator(&Request::AddProposal { text: text.into(), category, priority, addresses: None });
    }
    scenario.facilitator(&Request::OpenVote { seats: 3, budget: None });
    let round = scenario.meeting.open_round().unwrap().clone();
    let ballot = Ballot { revision: 1, dots: vec![(round.options[1], 1)] };
    let before = (scenario.stage(), scenario.console(), scenario.phone(ben));
    scenario.ask(Actor::Participant { id: ada }, &Request::Vote { round: round.id, ballot });
    let after = (scenario.stage(), scenario.console(), scenario.phone(ben));
    let counted = |text: &str| text.replace("\"voted\":0", "\"voted\":1");
    assert_eq!(counted(&before.0), after.0, "only the number of ballots changes on the stage");
    assert_eq!(counted(&before.1), after.1, "and on the console");
    assert_eq!(counted(&before.2), after.2, "and on another phone");
}

#[test]
fn a_name_from_the_timeline_reaches_neither_stage_nor_phone() {
    let mut scenario = Scenario::running();
    let ada = scenario.join("Ada");
    let event = NewEvent {
        at: Some(chrono::DateTime::UNIX_EPOCH),
        precision: Precision::Exact,
        kind: EventKind::Action,
        text: "The page was acknowledged".into(),
        actor_name: Some("Quentin Private".into()),
        actor_role: Some("On-call".into()),
        known_then: None,
        key: true,
    };
    scenario.facilitator(&Request::AddEvents { events: vec![event] });
    scenario.facilitator(&Request::EnterSection { section: Section::Timeline });
    assert!(scenario.stage().contains("The page was acknowledged"));
    for sent in [scenario.stage(), scenario.phone(ada)] {
        assert!(!sent.contains("Quentin"), "{sent}");
    }
    assert!(scenario.console().contains("Quentin"), "the facilitator knows it");
}
