//! The rules of the room, duties of phones, and who comes back.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod scenario;

use meeting::{
    Actor, Duty, Edit, EventKind, NewEvent, NextStep, NoteKind, ParticipantId, Precision, Refusal, Request, RoomRule,
    Section, next_step,
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
