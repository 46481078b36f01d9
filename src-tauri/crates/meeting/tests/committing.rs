//! Action items: what they address, who takes them on, and what keeps the meeting from ending.

#![allow(clippy::unwrap_used, clippy::needless_pass_by_value, reason = "a test may stop at the first surprise")]

mod scenario;

use chrono::NaiveDate;
use meeting::{
    ActionChange, ActionId, ActionState, Addresses, Edit, FactorCategory, FactorId, Gap, Missing, ParticipantId,
    ProposalChange, Refusal, Request, Status, TextField, uncovered,
};
use scenario::Scenario;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, day).unwrap()
}

impl Scenario {
    fn factor(&mut self, text: &str) -> FactorId {
        self.facilitator(Request::AddFactor {
            category: FactorCategory::Process,
            text: text.into(),
            chain: None,
            event: None,
        });
        self.meeting.factors.last().unwrap().id
    }

    fn edit(&mut self, edit: Edit) {
        self.facilitator(Request::Edit { edit });
    }

    fn change(&mut self, action: ActionId, change: ActionChange) {
        self.edit(Edit::Action { action, change });
    }

    fn named(&mut self, name: &str) -> ParticipantId {
        let id = self.join();
        self.phone(id, Request::Rename { name: Some(name.into()) }).unwrap();
        id
    }

    fn commits(&mut self, texts: &[&str]) -> Vec<ActionId> {
        let proposals = texts.iter().map(|text| self.propose(text)).collect();
        self.facilitator(Request::Commit { proposals });
        self.meeting.actions.iter().map(|action| action.id).collect()
    }

    fn completes(&mut self, action: ActionId) {
        self.change(action, ActionChange::Owner("Ines".into()));
        self.change(action, ActionChange::Due(Some(day(1))));
        self.change(action, ActionChange::Criterion("The drill passes".into()));
        self.change(action, ActionChange::Ticket("OPS-1".into()));
    }
}

fn take(action: ActionId, due: Option<NaiveDate>, criterion: &str) -> Request {
    Request::TakeAction { action, due, criterion: criterion.into() }
}

#[test]
fn a_factor_is_covered_by_what_addresses_it_its_chain_or_its_event() {
    let mut room = Scenario::running();
    let direct = room.factor("Deploys skip the canary");
    let by_chain = room.factor("Nobody owns the pool size");
    let open = room.factor("The runbook is old");
    room.facilitator(Request::AddChain { symptom: "Pool".into(), event: None, factor: Some(by_chain) });
    let chain = room.meeting.chains[0].id;
    assert_eq!(room.meeting.factors[1].chain, Some(chain), "the chain that asks about a factor is linked to it");
    room.facilitator(Request::AddStep { chain, parent: None, answer: "No owner".into(), ends_at: None });
    let step = room.meeting.chains[0].steps[0].id;
    assert_eq!(uncovered(&room.meeting), [direct, by_chain, open]);

    let first = room.propose("Add a canary");
    let second = room.propose("Name an owner");
    for (proposal, target) in [(first, Addresses::Factor { factor: direct }), (second, Addresses::Why { chain, step })]
    {
        room.edit(Edit::Proposal { proposal, change: ProposalChange::Addresses(Some(target)) });
    }
    assert_eq!(uncovered(&room.meeting), [open]);
    room.facilitator(Request::Commit { proposals: vec![second] });
    assert_eq!(uncovered(&room.meeting), [direct, open], "what is committed counts, and no longer what was proposed");
}

#[test]
fn one_undo_takes_back_a_chain_and_its_link_to_the_factor_it_asks_about() {
    let mut room = Scenario::running();
    let factor = room.factor("Deploys skip the canary");
    room.facilitator(Request::AddChain { symptom: "Why?".into(), event: None, factor: Some(factor) });
    room.facilitator(Request::Undo {});
    assert!(room.meeting.chains.is_empty());
    assert_eq!(room.meeting.factors[0].chain, None);
    let gone = Request::AddChain { symptom: "Why?".into(), event: None, factor: Some(FactorId(99)) };
    assert_eq!(room.refused(gone), Refusal::NotFound);
}

#[test]
fn an_owner_takes_an_action_item_on_with_a_date_and_a_criterion() {
    let mut room = Scenario::running();
    let ines = room.named("Ines  ");
    let actions = room.commits(&["Add a canary", "Name an owner", "Drill it"]);
    room.change(actions[0], ActionChange::Owner("ines".into()));
    room.phone(ines, take(actions[0], Some(day(9)), "A bad build is stopped")).unwrap();
    let taken = &room.meeting.actions[0];
    assert_eq!((taken.owner.as_str(), taken.due, taken.accepted), ("ines", Some(day(9)), true));
    assert_eq!(taken.criterion, "A bad build is stopped");

    room.phone(ines, take(actions[0], None, "")).unwrap();
    assert_eq!(room.meeting.actions[0].due, Some(day(9)), "confirming takes nothing away");
    room.phone(ines, take(actions[1], None, "")).unwrap();
    assert_eq!(room.meeting.actions[1].owner, "Ines", "what nobody has may be taken");
}

#[test]
fn nobody_takes_what_another_has_or_without_a_name() {
    let mut room = Scenario::running();
    let (ada, nameless) = (room.named("Ada"), room.join());
    let actions = room.commits(&["Add a canary", "Name an owner", "Drill it"]);
    room.change(actions[0], ActionChange::Owner("Ines".into()));
    let before = room.meeting.actions.clone();
    assert_eq!(
        room.phone(ada, take(actions[0], Some(day(9)), "")),
        Err(Refusal::TakenByAnother { owner: "Ines".into() })
    );
    assert_eq!(room.phone(nameless, take(actions[1], None, "")), Err(Refusal::NameNeeded));
    assert_eq!(room.phone(ada, take(ActionId(99), None, "")), Err(Refusal::NotFound));
    assert_eq!(room.meeting.actions, before);
}

#[test]
fn another_task_or_another_owner_has_to_be_accepted_again() {
    let mut room = Scenario::running();
    let ines = room.named("Ines");
    let actions = room.commits(&["Add a canary", "Name an owner", "Drill it"]);
    for change in [ActionChange::Task("Add two canaries".into()), ActionChange::Owner("Ada".into())] {
        room.change(actions[0], ActionChange::Owner("Ines".into()));
        room.phone(ines, take(actions[0], None, "")).unwrap();
        room.change(actions[0], ActionChange::Due(Some(day(3))));
        assert!(room.meeting.actions[0].accepted, "a date that is moved asks for no second yes");
        room.change(actions[0], change);
        assert!(!room.meeting.actions[0].accepted);
    }
}

#[test]
fn the_meeting_does_not_end_with_gaps_unless_the_reason_is_written_and_kept() {
    let mut room = Scenario::running();
    let actions = room.commits(&["Add a canary", "Name an owner", "Drill it"]);
    let end = |reason: &str| Request::EndMeeting { reason: reason.into() };
    for (at, change, missing) in [
        (0, ActionChange::Owner(String::new()), Missing::Owner),
        (1, ActionChange::Due(None), Missing::Due),
        (2, ActionChange::Criterion(String::new()), Missing::Criterion),
        (2, ActionChange::Ticket(String::new()), Missing::Ticket),
    ] {
        actions.iter().for_each(|action| room.completes(*action));
        room.change(actions[at], change);
        let task = room.meeting.actions[at].task.clone();
        assert_eq!(room.refused(end("")), Refusal::Incomplete { gaps: vec![Gap { task, missing: vec![missing] }] });
    }
    room.facilitator(end("Ines is on leave; Ada asks on Monday"));
    assert_eq!(room.meeting.held.ended_because, "Ines is on leave; Ada asks on Monday");
}

#[test]
fn a_filled_in_ticket_a_date_to_confirm_by_and_a_reason_to_drop_stand_for_what_is_missing() {
    let mut room = Scenario::running();
    let actions = room.commits(&["Add a canary", "Name an owner", "Drill it"]);
    actions.iter().for_each(|action| room.completes(*action));
    room.change(actions[0], ActionChange::Ticket(String::new()));
    room.change(actions[0], ActionChange::TicketPending(true));
    room.change(actions[1], ActionChange::Due(None));
    room.change(actions[1], ActionChange::ConfirmBy(Some(day(2))));
    room.change(actions[2], ActionChange::Owner(String::new()));
    room.change(actions[2], ActionChange::State(ActionState::Dropped { reason: "Bought instead".into() }));
    room.facilitator(Request::EndMeeting { reason: String::new() });
}

#[test]
fn a_link_ends_the_waiting_for_one() {
    let mut room = Scenario::running();
    let actions = room.commits(&["Add a canary", "Name an owner", "Drill it"]);
    room.change(actions[0], ActionChange::TicketPending(true));
    room.change(actions[0], ActionChange::Ticket("https://issues.example/7".into()));
    assert!(!room.meeting.actions[0].ticket_pending);
}

#[test]
fn what_was_chosen_is_committed_or_left_out_for_a_reason() {
    let mut room = Scenario::running();
    let people = [room.join(), room.join()];
    for text in ["Add a canary", "Name an owner", "Drill it", "Page sooner"] {
        room.propose(text);
    }
    let options: Vec<_> = room.meeting.proposals.iter().map(|proposal| proposal.id).collect();
    let round = room.open_vote();
    for person in people {
        let dots: Vec<_> = options[..3].iter().map(|option| (*option, 1)).collect();
        room.vote(person, round, 1, &dots).unwrap();
    }
    room.facilitator(Request::CloseVote { round });
    room.facilitator(Request::Commit { proposals: vec![options[0], options[1], options[3]] });
    let actions: Vec<_> = room.meeting.actions.iter().map(|action| action.id).collect();
    actions.iter().for_each(|action| room.completes(*action));
    let gap = Gap { task: "Drill it".into(), missing: vec![Missing::Commitment] };
    assert_eq!(room.refused(Request::EndMeeting { reason: String::new() }), Refusal::Incomplete { gaps: vec![gap] });
    let change = ProposalChange::NotChosenBecause("The canary makes it needless".into());
    room.edit(Edit::Proposal { proposal: options[2], change });
    room.facilitator(Request::EndMeeting { reason: String::new() });
}

#[test]
fn the_reason_why_there_are_fewer_than_three_stands_for_them() {
    let mut room = Scenario::running();
    assert!(matches!(room.refused(Request::EndMeeting { reason: String::new() }), Refusal::Incomplete { .. }));
    room.edit(Edit::Text { field: TextField::NoActionsReason, text: "The service goes away in June".into() });
    room.facilitator(Request::EndMeeting { reason: String::new() });
}

#[test]
fn a_published_record_closes_with_its_last_action_item_and_opens_with_it_again() {
    let mut room = Scenario::running();
    let actions = room.commits(&["Add a canary", "Name an owner"]);
    let status = |status| Request::Edit { edit: Edit::Status { status } };
    assert_eq!(room.refused(status(Status::Closed)), Refusal::ActionsOpen { open: 2 });
    room.change(actions[0], ActionChange::State(ActionState::Done));
    let dropped = ActionState::Dropped { reason: "The service is gone".into() };
    room.change(actions[1], ActionChange::State(dropped.clone()));
    assert_eq!(room.meeting.status, Status::Draft, "what was never published does not close by itself");

    room.facilitator(status(Status::Published));
    assert_eq!(room.meeting.status, Status::Closed, "nothing is left to follow up");
    room.facilitator(Request::Undo {});

    room.change(actions[1], ActionChange::State(ActionState::InProgress));
    room.facilitator(status(Status::Published));
    room.change(actions[1], ActionChange::State(dropped));
    assert_eq!(room.meeting.status, Status::Closed);
    room.facilitator(Request::Undo {});
    assert_eq!(room.meeting.status, Status::Published, "one undo takes both back");
    assert_eq!(room.meeting.actions[1].state, ActionState::InProgress);
    room.facilitator(Request::Redo {});
    room.change(actions[0], ActionChange::State(ActionState::Open));
    assert_eq!(room.meeting.status, Status::Published);

    let done = |action: &_| Edit::Action { action: *action, change: ActionChange::State(ActionState::Done) };
    room.change(actions[1], ActionChange::State(ActionState::Open));
    room.facilitator(Request::EditAll { edits: actions.iter().map(done).collect() });
    assert_eq!(room.meeting.status, Status::Closed, "the last ones may be settled together");
}
