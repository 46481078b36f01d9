//! What no export may give away: who wrote what, and who voted for what.
//!
//! Two meetings differ in nothing but that, and their exports are the same, byte for byte.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use document::{json, markdown, record};
use meeting::{
    ActionCategory, Actor, Ballot, Chance, DraftId, Meeting, Millis, Moment, NoteKind, PostMortemId, Priority, Request,
    Section, apply, apply_secret, decide, default_agenda,
};

struct Scenario {
    meeting: Meeting,
    seconds: u32,
}

impl Scenario {
    fn ask(&mut self, by: Actor, request: &Request) {
        self.seconds += 1;
        let now = Moment { wall: chrono::DateTime::UNIX_EPOCH, uptime: Millis::seconds(self.seconds), boot: 1 };
        let decided = decide(&self.meeting, request, by, Chance(3)).unwrap();
        for recorded in self.meeting.record(decided.events, by, now) {
            apply(&mut self.meeting, &recorded);
        }
        decided.secrets.iter().for_each(|secret| apply_secret(&mut self.meeting, secret));
    }

    fn person(&self, place: usize) -> Actor {
        Actor::Participant { id: self.meeting.participants[place].id }
    }

    /// Plays a meeting of Ada and Ben to the open result; `first` is the place of the one who writes and votes first.
    fn played(first: usize) -> Meeting {
        let mut scenario = Self { meeting: Meeting::unwritten(), seconds: 0 };
        let (id, planned) = (PostMortemId("pm-1".into()), default_agenda());
        let create = Request::Create { id, title: "Checkout".into(), zone: chrono_tz::UTC, planned };
        scenario.ask(Actor::Facilitator, &create);
        scenario.ask(Actor::Facilitator, &Request::StartMeeting {});
        for name in ["Ada", "Ben"] {
            scenario.ask(Actor::Application, &Request::Join { name: Some(name.into()) });
        }
        scenario.ask(Actor::Facilitator, &Request::OpenWriting { section: Section::WentPoorly });
        for (place, text) in [(first, "xyzzy the dashboard"), (1 - first, "plugh the pager")] {
            let (draft, kind) = (DraftId("a-draft-name".into()), NoteKind::WentPoorly);
            scenario.ask(scenario.person(place), &Request::Write { draft, kind, text: text.into() });
        }
        scenario.ask(Actor::Facilitator, &Request::Reveal { section: Section::WentPoorly });
        for text in ["Add an alert", "Write a runbook"] {
            let (category, priority) = (ActionCategory::Process, Priority::Must);
            let request = Request::AddProposal { text: text.into(), category, priority, addresses: None };
            scenario.ask(Actor::Facilitator, &request);
        }
        scenario.ask(Actor::Facilitator, &Request::OpenVote { seats: 3, budget: None });
        let round = scenario.meeting.open_round().unwrap().clone();
        for (place, option) in [(first, 0), (1 - first, 1)] {
            let ballot = Ballot { revision: 1, dots: vec![(round.options[option], 1)] };
            scenario.ask(scenario.person(place), &Request::Vote { round: round.id, ballot });
        }
        scenario.ask(Actor::Facilitator, &Request::CloseVote { round: round.id });
        scenario.meeting
    }
}

#[test]
fn an_export_is_the_same_whoever_wrote_and_voted_what() {
    let [one, other] = [0, 1].map(Scenario::played);
    for (export, of_other) in [(json(&one), json(&other)), (markdown(&record(&one)), markdown(&record(&other)))] {
        assert!(export.contains("xyzzy") && export.contains("plugh"), "what is open is exported: {export}");
        assert_eq!(export, of_other);
        assert!(!export.contains("a-draft-name"), "{export}");
    }
}
