//! The rules of the room, duties of phones, and who comes back.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod scenario;

use meeting::{
    Actor, Author, DraftId, Duty, Edit, EventKind, NewEvent, NextStep, NoteKind, ParticipantId, PollAnswer, Precision,
    Refusal, Request, RoomRule, Secret, Section, next_step,
};
use scenario::Scenario;

fn turn(room: &mut Scenario, rule: RoomRule, on: bool) {
    room.facilitator(Request::Edit { edit: Edit::RoomRule { rule, on } });
}

fn give(room: &mut Scenario, participant: ParticipantId, duty: Option<Duty>) {
    room.facilitator(Request::GiveDuty { participant, duty });
}

fn add_event(room: &mut Scenario) -> meeting::EventId {
    let event = NewEvent {
        at: None,
        precision: Precision::Unknown,
        kind: EventKind::Observation,
        text: "Checkout answered 500".into(),
        actor_name: None,
        actor_role: None,
        known_then: None,
        key: true,
    };
    room.facilitator(Request::AddEvents { events: vec![event] });
    room.meeting.timeline.last().unwrap().id
}

#[test]
fn once_joining_is_locked_nobody_else_gets_in_and_whoever_is_known_comes_back() {
    let mut room = Scenario::running();
    let ada = room.join();
    turn(&mut room, RoomRule::JoiningLocked, true);
    let join = |room: &mut Scenario| room.ask(Actor::Application, &Request::Join { name: None });
    assert_eq!(join(&mut room), Err(Refusal::JoiningLocked));
    assert_eq!(room.ask(Actor::Application, &Request::Return { participant: ada }), Ok(()));
    room.facilitator(Request::Register { name: "Bo".into() });
    turn(&mut room, RoomRule::JoiningLocked, false);
    assert_eq!(join(&mut room), Ok(()));
}

#[test]
fn nobody_comes_back_as_somebody_who_was_taken_out_or_has_no_phone() {
    let mut room = Scenario::running();
    let ada = room.join();
    room.facilitator(Request::Remove { participant: ada });
    room.facilitator(Request::Register { name: "Bo".into() });
    let bo = room.meeting.present().next().unwrap().id;
    for participant in [ada, bo, ParticipantId(999)] {
        assert_eq!(room.ask(Actor::Application, &Request::Return { participant }), Err(Refusal::NotFound));
    }
    let cy = room.join();
    assert_eq!(room.phone(cy, Request::Return { participant: cy }), Err(Refusal::FacilitatorOnly));
}

#[test]
fn wishes_to_move_on_are_counted_for_what_is_on_the_stage_and_for_nothing_else() {
    let mut room = Scenario::running();
    let [ada, bo, cy] = [room.join(), room.join(), room.join()];
    assert_eq!(room.phone(ada, Request::MoveOn { on: true }), Err(Refusal::NotTurnedOn));
    turn(&mut room, RoomRule::MoveOn, true);
    for person in [ada, bo, cy, cy] {
        room.phone(person, Request::MoveOn { on: true }).unwrap();
    }
    assert_eq!(room.meeting.moving_on(), 3, "the second tap of one person is the same wish");
    room.phone(bo, Request::MoveOn { on: false }).unwrap();
    room.facilitator(Request::Remove { participant: cy });
    assert_eq!(room.meeting.moving_on(), 1);
    room.facilitator(Request::EnterSection { section: Section::Timeline });
    assert_eq!(room.meeting.moving_on(), 0, "the wish was about another picture");
    assert!(room.log.iter().all(|recorded| recorded.by == Actor::Facilitator || recorded.by == Actor::Application));
}

#[test]
fn what_was_new_is_counted_while_the_meeting_lasts_and_only_the_counts_outlast_it() {
    let mut room = Scenario::running();
    let [ada, bo] = [room.join(), room.join()];
    let event = add_event(&mut room);
    assert_eq!(room.phone(ada, Request::FindNew { event, on: true }), Err(Refusal::NotTurnedOn));
    turn(&mut room, RoomRule::Novelty, true);
    for person in [ada, bo, bo] {
        room.phone(person, Request::FindNew { event, on: true }).unwrap();
    }
    assert_eq!(room.meeting.found_new(event), 2);
    assert!(room.meeting.has_found_new(event, ada));
    room.phone(ada, Request::FindNew { event, on: false }).unwrap();
    room.facilitator(Request::EndMeeting { reason: "A test".into() });
    assert_eq!(room.meeting.found_new(event), 1);
    assert!(!room.meeting.has_found_new(event, bo), "who it was is forgotten");
}

#[test]
fn a_note_taker_types_answers_decisions_and_parked_entries_and_nothing_else() {
    let mut room = Scenario::running();
    let ada = room.join();
    let event = add_event(&mut room);
    let answer = || Request::Edit {
        edit: Edit::Answer { event, question: "What did we know?".into(), answer: "Only the alert".into() },
    };
    assert_eq!(room.phone(ada, answer()), Err(Refusal::FacilitatorOnly));
    give(&mut room, ada, Some(Duty::NoteTaker));
    room.phone(ada, answer()).unwrap();
    room.phone(ada, Request::Park { text: "Rotas".into() }).unwrap();
    room.phone(ada, Request::RecordDecision { text: "We freeze the schema".into() }).unwrap();
    let meeting = &room.meeting;
    assert_eq!((meeting.timeline[0].answers.len(), meeting.parked.len(), meeting.decisions.len()), (1, 1, 1));
    for refused in [Request::Next {}, Request::Undo {}, Request::Reveal { section: Section::WentWell }] {
        assert_eq!(room.phone(ada, refused), Err(Refusal::FacilitatorOnly));
    }
    assert_eq!(room.meeting.undo_labels().0, Some("approve a phone"), "an undo never takes back what a phone typed");
    give(&mut room, ada, None);
    assert_eq!(room.phone(ada, Request::Park { text: "More".into() }), Err(Refusal::FacilitatorOnly));
}

#[test]
fn a_remote_moves_on_and_back_and_stops_at_a_barrier() {
    let mut room = Scenario::running();
    let [ada, bo] = [room.join(), room.join()];
    give(&mut room, ada, Some(Duty::Remote));
    room.phone(ada, Request::ToggleClock {}).unwrap();
    room.facilitator(Request::EnterSection { section: Section::WentWell });
    room.phone(ada, Request::Next {}).unwrap();
    room.write(bo, NoteKind::WentWell, "The rollback worked").unwrap();
    assert!(matches!(next_step(&room.meeting), NextStep::Reveal { .. }));
    let refused = room.phone(ada, Request::Next {}).unwrap_err();
    assert_eq!(refused.code(), "barrier");
    room.phone(ada, Request::Back {}).unwrap();
    assert_eq!(room.phone(ada, Request::Park { text: "Rotas".into() }), Err(Refusal::FacilitatorOnly));

    give(&mut room, bo, Some(Duty::Remote));
    assert_eq!(room.phone(ada, Request::Back {}), Err(Refusal::FacilitatorOnly), "there is one remote");
}

#[test]
fn what_is_as_old_as_what_was_kept_is_granted_and_changes_nothing() {
    let mut room = Scenario::running();
    let ada = room.join();
    let event = add_event(&mut room);
    turn(&mut room, RoomRule::Novelty, true);
    turn(&mut room, RoomRule::MoveOn, true);
    room.facilitator(Request::EnterSection { section: Section::Timeline });
    room.facilitator(Request::OpenWriting { section: Section::WentWell });
    room.facilitator(Request::OpenPoll {});
    let (draft, kind, section) = (DraftId("a".into()), NoteKind::WentWell, Section::WentWell);
    let write = |text: &str| Request::Write { draft: draft.clone(), kind, text: text.into() };
    let recollect = |text: &str| Request::Recollect { draft: draft.clone(), when: String::new(), text: text.into() };
    let answer = |again| Request::AnswerPoll {
        answer: PollAnswer { learned: true, again, spoke_freely: None, improve: String::new() },
    };
    let pairs = [
        (write("newer"), write("older")),
        (Request::Withdraw { draft: DraftId("b".into()), section }, {
            Request::Write { draft: DraftId("b".into()), kind, text: "older".into() }
        }),
        (recollect("newer"), recollect("older")),
        (Request::Confide { text: String::new() }, Request::Confide { text: "older".into() }),
        (answer(true), answer(false)),
        (Request::MoveOn { on: true }, Request::MoveOn { on: false }),
        (Request::FindNew { event, on: true }, Request::FindNew { event, on: false }),
        (Request::Rename { name: Some("newer".into()) }, Request::Rename { name: Some("older".into()) }),
    ];
    for (newer, older) in pairs {
        let numbered = |number, request: &Request| Request::Numbered { number, request: Box::new(request.clone()) };
        room.phone(ada, numbered(7, &newer)).unwrap();
        let before = room.meeting.clone();
        for number in [0, 6, 7] {
            room.phone(ada, numbered(number, &older)).unwrap();
            assert!(room.meeting == before, "{older:?} with {number} behind {newer:?} with 7");
        }
        room.phone(ada, numbered(8, &newer)).unwrap();
    }
    assert_eq!(room.meeting.own_notes(Author::Participant { id: ada })[0].text, "newer");
    assert_eq!(room.meeting.newest_number(ada), 8);
    room.facilitator(Request::EndMeeting { reason: "A test".into() });
    assert_eq!(room.meeting.newest_number(ada), 0, "who had a hand in what is forgotten");
    let sealed = room.secrets.len();
    let rename = Request::Rename { name: None };
    room.phone(ada, Request::Numbered { number: 9, request: Box::new(rename) }).unwrap();
    assert_eq!(room.secrets.len(), sealed, "no seal is made that nothing would break");
}

#[test]
fn a_phone_that_withdraws_drafts_without_end_is_refused_and_others_are_not() {
    let mut room = Scenario::running();
    let [ada, bo] = [room.join(), room.join()];
    room.facilitator(Request::OpenWriting { section: Section::WentWell });
    let withdraw = |number: u64| {
        let request = Request::Withdraw { draft: DraftId(format!("d-{number}")), section: Section::WentWell };
        Request::Numbered { number, request: Box::new(request) }
    };
    let refused = (1..10_000).find_map(|number| room.phone(ada, withdraw(number)).err());
    assert_eq!(refused, Some(Refusal::TooManyNotes { limit: 50 }));
    let remembered = room.secrets.iter().filter(|secret| matches!(secret, Secret::Numbered { .. })).count();
    assert_eq!(remembered, 500);
    room.phone(bo, withdraw(1)).unwrap();
}

#[test]
fn the_room_takes_as_many_people_as_it_is_set_to() {
    let mut room = Scenario::running();
    let set = |limit| Request::Edit { edit: Edit::ParticipantLimit { limit } };
    room.facilitator(set(2));
    let [_, _] = [room.join(), room.join()];
    let join = Request::Join { name: None };
    assert_eq!(room.ask(Actor::Application, &join), Err(Refusal::RoomFull { limit: 2 }));
    room.facilitator(set(3));
    room.join();
    assert_eq!([room.refused(set(0)), room.refused(set(5_001))], [Refusal::OutOfRange, Refusal::OutOfRange]);
}
