//! The course of a whole meeting through `decide` and `apply`, and what undo does to it.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use meeting::{
    ActionCategory, ActionChange, Actor, Author, Edit, Event, EventKind, FactorCategory, Meeting, Milestone,
    MilestoneTime, Millis, NewEvent, NextStep, NoteKind, Outcome, Picture, Poll, PollAnswer, Precision, Priority,
    Progress, Recorded, Refusal, Request, Section, TextField, WritingState, apply, apply_secret, next_step,
};
use proptest::prelude::*;

mod scenario;
use scenario::Scenario;

const POORLY: NoteKind = NoteKind::WentPoorly;

#[test]
fn next_leads_through_the_whole_meeting_and_stops_at_every_barrier() {
    let mut scenario = Scenario::running();
    let ada = scenario.join();
    scenario.facilitator(Request::Next {});
    assert_eq!(scenario.meeting.stage.picture, Picture::Statement);
    scenario.facilitator(Request::Next {});
    assert_eq!(scenario.meeting.section(), Some(Section::Timeline));
    scenario.facilitator(Request::Next {});
    assert_eq!(scenario.meeting.section(), Some(Section::WentWell), "a timeline without events is passed");
    for (section, kind) in [(Section::WentWell, NoteKind::WentWell), (Section::WentPoorly, POORLY)] {
        assert_eq!(next_step(&scenario.meeting), NextStep::OpenWriting { section });
        scenario.facilitator(Request::Next {});
        scenario.write(ada, kind, "The rollback worked").unwrap();
        assert!(matches!(scenario.refused(Request::Next {}), Refusal::Barrier { .. }), "the reveal is a barrier");
        assert_eq!(scenario.meeting.writing(section), WritingState::Open);
        scenario.facilitator(Request::Reveal { section });
        scenario.facilitator(Request::Next {});
        assert_eq!(scenario.meeting.stage.picture, Picture::Notes { section, page: 0 });
        scenario.facilitator(Request::Next {});
    }
    assert_eq!(scenario.meeting.section(), Some(Section::RootCauses));
    scenario.facilitator(Request::EnterSection { section: Section::ActionItems });
    scenario.facilitator(Request::OpenWriting { section: Section::ActionItems });
    let proposal = NoteKind::Proposal { category: ActionCategory::Process, priority: Priority::Should };
    for text in ["Name one owner", "Add an alert", "Test the contract", "Write a runbook"] {
        scenario.write(ada, proposal, text).unwrap();
    }
    assert_eq!(scenario.refused(Request::OpenVote { seats: 3, budget: None }), Refusal::WritingOpen);
    scenario.facilitator(Request::Reveal { section: Section::ActionItems });
    scenario.facilitator(Request::Next {});
    assert_eq!(scenario.meeting.stage.picture, Picture::Proposals { page: 0 });
    assert_eq!(next_step(&scenario.meeting), NextStep::OpenVote);
    scenario.facilitator(Request::Next {});
    let round = scenario.meeting.open_round().unwrap().clone();
    let dots = [(round.options[1], 1), (round.options[2], 1), (round.options[3], 1)];
    scenario.vote(ada, round.id, 1, &dots).unwrap();
    assert!(matches!(scenario.refused(Request::Next {}), Refusal::Barrier { .. }), "closing is a barrier");
    scenario.facilitator(Request::CloseVote { round: round.id });
    assert_eq!(next_step(&scenario.meeting), NextStep::CommitChosen);
    scenario.facilitator(Request::Next {});
    let committed: Vec<_> = scenario.meeting.actions.iter().map(|action| action.proposal).collect();
    assert_eq!(committed, dots.map(|(option, _)| option));

    scenario.facilitator(Request::Next {});
    assert_eq!(scenario.meeting.section(), Some(Section::WrapUp));
    scenario.facilitator(Request::Next {});
    assert_eq!(next_step(&scenario.meeting), NextStep::OpenPoll);
    scenario.facilitator(Request::Next {});
    let answer = PollAnswer { learned: true, again: true, spoke_freely: None, improve: String::new() };
    scenario.phone(ada, Request::AnswerPoll { answer }).unwrap();
    scenario.facilitator(Request::Next {});
    assert_eq!((scenario.meeting.stage.picture, next_step(&scenario.meeting)), (Picture::Thanks, NextStep::End));
    assert!(matches!(scenario.refused(Request::Next {}), Refusal::Barrier { .. }), "the end is a barrier");
    assert!(matches!(scenario.refused(Request::EndMeeting { reason: String::new() }), Refusal::Incomplete { .. }));
    scenario.facilitator(Request::EndMeeting { reason: "Owners are away until Monday.".into() });
    assert_eq!(scenario.meeting.progress, Progress::Ended);
    let Poll::Counted { result } = &scenario.meeting.poll else { panic!("the poll is counted at the end") };
    assert_eq!((result.answers, result.learned), (1, 1));
}

#[test]
fn a_meeting_ends_without_a_reason_only_when_every_action_is_complete() {
    let mut scenario = Scenario::running();
    let proposals: Vec<_> = ["One", "Two", "Three"].map(|text| scenario.propose(text)).to_vec();
    scenario.facilitator(Request::Commit { proposals });
    for action in scenario.meeting.actions.clone() {
        let due = chrono::NaiveDate::from_ymd_opt(2026, 5, 22);
        for change in [
            ActionChange::Owner("Ines".into()),
            ActionChange::Due(due),
            ActionChange::Criterion("The alert fires in the load test".into()),
        ] {
            scenario.facilitator(Request::Edit { edit: Edit::Action { action: action.id, change } });
        }
    }
    let Refusal::Incomplete { gaps } = scenario.refused(Request::EndMeeting { reason: String::new() }) else {
        panic!("tickets are missing")
    };
    assert_eq!(gaps.len(), 3);
    for action in scenario.meeting.actions.clone() {
        let change = ActionChange::Ticket("OPS-911".into());
        scenario.facilitator(Request::Edit { edit: Edit::Action { action: action.id, change } });
    }
    scenario.facilitator(Request::EndMeeting { reason: String::new() });
    assert_eq!(scenario.meeting.progress, Progress::Ended);
}

#[test]
fn notes_that_were_never_revealed_are_not_lost_in_passing() {
    let mut scenario = Scenario::running();
    let ada = scenario.join();
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly });
    scenario.write(ada, POORLY, "Two rotations with one name").unwrap();
    assert_eq!(
        scenario.refused(Request::EndMeeting { reason: String::new() }),
        Refusal::StillHidden { section: Section::WentPoorly }
    );
}

#[test]
fn a_note_that_is_added_after_the_meeting_is_seen_at_once() {
    let mut scenario = Scenario::running();
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly });
    scenario.facilitator(Request::EndMeeting { reason: "Nobody had anything to say".into() });
    scenario.facilitator(Request::AddNote { kind: POORLY, text: "The status page said nothing".into() });
    let notes: Vec<_> = scenario.meeting.shown_notes(Section::WentPoorly).map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["The status page said nothing"]);
}

#[test]
fn a_reveal_forgets_whose_a_note_was_and_in_which_order_they_came() {
    let mut orders = std::collections::BTreeSet::new();
    for seed in 0..20 {
        let mut scenario = Scenario::running();
        scenario.seconds = seed * 100;
        let people = [scenario.join(), scenario.join()];
        scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly });
        for (place, text) in ["a", "b", "c", "d"].into_iter().enumerate() {
            scenario.write(people[place % 2], POORLY, text).unwrap();
        }
        scenario.facilitator(Request::Reveal { section: Section::WentPoorly });
        let texts: Vec<_> = scenario.meeting.shown_notes(Section::WentPoorly).map(|note| note.text.clone()).collect();
        orders.insert(texts.concat());
        assert_eq!(scenario.meeting.own_notes(Author::Participant { id: people[0] }), []);
        assert_eq!(scenario.meeting.writing(Section::WentPoorly), WritingState::Revealed { writers: 2 });
    }
    assert!(orders.len() > 5, "the order is shuffled: {orders:?}");
}

#[test]
fn a_writing_in_which_nobody_wrote_is_ended_like_any_other() {
    let mut scenario = Scenario::running();
    let section = Section::WentPoorly;
    scenario.facilitator(Request::EnterSection { section });
    scenario.facilitator(Request::OpenWriting { section });
    scenario.facilitator(Request::Reveal { section });
    assert_eq!(scenario.meeting.writing(section), WritingState::Revealed { writers: 0 });
    assert!(matches!(next_step(&scenario.meeting), NextStep::Enter { section: Section::RootCauses, .. }));
}

#[test]
fn a_tie_goes_to_a_run_off_and_then_to_the_room() {
    let mut scenario = Scenario::running();
    let people: Vec<_> = (0..6).map(|_| scenario.join()).collect();
    let proposals: Vec<_> = (0..7).map(|n| scenario.propose(&format!("Option {n}"))).collect();
    let round = scenario.open_vote();
    for (place, person) in people.iter().enumerate() {
        scenario.vote(*person, round, 1, &[(proposals[place], 1)]).unwrap();
    }
    scenario.facilitator(Request::CloseVote { round });
    let tied = scenario.meeting.tied_round().unwrap().id;
    assert_eq!(scenario.refused(Request::CommitChosen {}), Refusal::TieOpen);
    scenario.facilitator(Request::OpenRunOff { of: tied });
    let run_off = scenario.meeting.open_round().unwrap().clone();
    assert_eq!((run_off.options.len(), run_off.budget.dots, run_off.seats), (6, 1, 3));
    for (place, person) in people.iter().enumerate() {
        scenario.vote(*person, run_off.id, 1, &[(proposals[place], 1)]).unwrap();
    }
    scenario.facilitator(Request::CloseVote { round: run_off.id });
    assert_eq!(scenario.refused(Request::OpenRunOff { of: run_off.id }), Refusal::TieOpen, "one run-off is enough");
    let picked = vec![proposals[5], proposals[0], proposals[3]];
    scenario.facilitator(Request::SettleTie { round: run_off.id, chosen: picked.clone() });
    scenario.facilitator(Request::CommitChosen {});
    assert_eq!(scenario.meeting.actions.iter().map(|action| action.proposal).collect::<Vec<_>>(), picked);
}

#[test]
fn a_run_off_fills_the_seats_that_the_first_round_left() {
    let mut scenario = Scenario::running();
    let people: Vec<_> = (0..5).map(|_| scenario.join()).collect();
    let options: Vec<_> = (0..7).map(|n| scenario.propose(&format!("Option {n}"))).collect();
    let round = scenario.open_vote();
    for (place, person) in people.iter().enumerate() {
        scenario.vote(*person, round, 1, &[(options[6], 1), (options[place], 1)]).unwrap();
    }
    scenario.facilitator(Request::CloseVote { round });
    let Some(Outcome::Tied { certain, contenders, seats }) =
        scenario.meeting.rounds[0].result.as_ref().map(|result| result.outcome.clone())
    else {
        panic!("five are tied for two seats")
    };
    assert_eq!((certain, contenders.len(), seats), (vec![options[6]], 5, 2));
    scenario.facilitator(Request::OpenRunOff { of: round });
    let run_off = scenario.meeting.open_round().unwrap().id;
    for (place, person) in people.iter().enumerate() {
        scenario.vote(*person, run_off, 1, &[(options[place.min(1)], 1)]).unwrap();
    }
    scenario.facilitator(Request::CloseVote { round: run_off });
    assert_eq!(scenario.meeting.chosen().unwrap().0, [options[6], options[1], options[0]]);
}

#[test]
fn a_silence_counts_until_users_are_no_longer_affected() {
    let mut scenario = Scenario::prepared();
    let at = |minute: i64| chrono::DateTime::from_timestamp(minute * 60, 0);
    let event = |minute| NewEvent {
        at: at(minute),
        precision: Precision::Exact,
        kind: EventKind::Observation,
        text: format!("minute {minute}"),
        actor_name: None,
        actor_role: None,
        known_then: None,
        key: false,
    };
    scenario.facilitator(Request::AddEvents { events: [0, 1, 2, 11, 12, 13, 90].map(event).to_vec() });
    let silences = |meeting: &Meeting| meeting.silences(&meeting.timeline.iter().collect::<Vec<_>>());
    assert_eq!(silences(&scenario.meeting), [(3, Millis::minutes(9)), (6, Millis::minutes(77))]);
    let time = MilestoneTime::At { at: at(13).unwrap() };
    scenario.facilitator(Request::Edit { edit: Edit::Milestone { milestone: Milestone::Mitigated, time } });
    assert_eq!(silences(&scenario.meeting), [(3, Millis::minutes(9))]);
}

#[test]
fn undo_takes_back_what_the_facilitator_did_and_leaves_what_others_did() {
    let mut scenario = Scenario::running();
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly });
    let ada = scenario.join();
    scenario.write(ada, POORLY, "The dashboard showed green").unwrap();
    scenario.facilitator(Request::Park { text: "Retry budget".into() });
    scenario.facilitator(Request::Undo {});
    assert_eq!(scenario.meeting.parked, []);
    scenario.facilitator(Request::Undo {});
    assert_eq!(scenario.meeting.writing(Section::WentPoorly), WritingState::Closed);
    assert!(scenario.meeting.participant(ada).is_some(), "whoever joined stays");
    scenario.facilitator(Request::Redo {});
    assert_eq!(scenario.meeting.hidden_notes(Section::WentPoorly), (1, 1), "and so does what they wrote");
    scenario.facilitator(Request::Reveal { section: Section::WentPoorly });
    assert_eq!(scenario.refused(Request::Undo {}), Refusal::NothingToUndo, "a barrier");
}

#[test]
fn typing_in_one_field_is_one_act() {
    let mut scenario = Scenario::prepared();
    for text in ["C", "Check", "Checkout errors"] {
        let edit = Edit::Text { field: TextField::Summary, text: text.into() };
        scenario.facilitator(Request::Edit { edit });
    }
    scenario.facilitator(Request::Undo {});
    assert_eq!(scenario.meeting.incident.text(TextField::Summary), "");
    assert_eq!(scenario.refused(Request::Undo {}), Refusal::NothingToUndo);
}

#[test]
fn secrets_applied_after_the_log_give_the_same_meeting_as_in_their_order() {
    let mut scenario = Scenario::running();
    let people = [scenario.join(), scenario.join()];
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly });
    scenario.write(people[0], POORLY, "One").unwrap();
    scenario.facilitator(Request::Park { text: "Later".into() });
    scenario.write(people[1], POORLY, "Two").unwrap();
    scenario.facilitator(Request::Remove { participant: people[0] });
    let mut again = Meeting::unwritten();
    scenario.log.iter().for_each(|recorded| apply(&mut again, recorded));
    scenario.secrets.iter().for_each(|secret| apply_secret(&mut again, secret));
    assert_eq!(again, scenario.meeting);
    scenario.facilitator(Request::Reveal { section: Section::WentPoorly });
    let texts: Vec<_> = scenario.meeting.shown_notes(Section::WentPoorly).map(|note| note.text.clone()).collect();
    assert_eq!(texts, ["Two"], "a note of somebody who was taken out goes with them");
}

/// The acts of a facilitator that undo must be able to take back in any order of doing.
fn act(kind: u8, n: u32) -> Request {
    match kind {
        0 => Request::Park { text: format!("parked {n}") },
        1 => Request::AddChain { symptom: format!("symptom {n}"), event: None, factor: None },
        2 => Request::AddFactor {
            category: FactorCategory::Process,
            text: format!("factor {n}"),
            chain: None,
            event: None,
        },
        3 => Request::Next {},
        4 => Request::ToggleClock {},
        5 => Request::AddMinutes { minutes: 1 },
        6 => Request::Edit { edit: Edit::Text { field: TextField::Summary, text: format!("summary {n}") } },
        7 => Request::RecordDecision { text: format!("decision {n}") },
        8 => Request::EnterSection { section: Section::ALL[n as usize % 7] },
        9 => Request::Undo {},
        _ => Request::Redo {},
    }
}

/// What undo is about, without the time that passes and the stage, which are not the facilitator's to take back.
fn essence(meeting: &Meeting) -> String {
    let agenda: Vec<_> = meeting.agenda.iter().map(|item| (item.allotted, item.clock.is_running())).collect();
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {agenda:?}",
        meeting.progress, meeting.parked, meeting.chains, meeting.factors, meeting.decisions, meeting.incident
    )
}

proptest! {
    #[test]
    fn undoing_and_redoing_leads_back_to_where_it_was(acts in prop::collection::vec((0u8..9, 0u32..50), 1..40), back in 1usize..12) {
        let mut scenario = Scenario::running();
        for (kind, n) in acts {
            // Some are refused, at the end of the agenda for instance; that changes nothing.
            let _ = scenario.ask(Actor::Facilitator, &act(kind, n));
        }
        let before = essence(&scenario.meeting);
        let mut undone = 0;
        while undone < back && scenario.ask(Actor::Facilitator, &Request::Undo {}).is_ok() {
            undone += 1;
        }
        for _ in 0..undone {
            scenario.facilitator(Request::Redo {});
        }
        prop_assert_eq!(essence(&scenario.meeting), before);
    }

    #[test]
    fn the_log_alone_rebuilds_the_meeting(acts in prop::collection::vec((0u8..11, 0u32..50), 1..60)) {
        let mut scenario = Scenario::running();
        for (kind, n) in acts {
            let _ = scenario.ask(Actor::Facilitator, &act(kind, n));
        }
        let mut again = Meeting::unwritten();
        for recorded in &scenario.log {
            let stored = serde_json::to_string(recorded).unwrap();
            apply(&mut again, &serde_json::from_str(&stored).unwrap());
        }
        prop_assert_eq!(again, scenario.meeting);
    }

    #[test]
    fn no_order_of_ballots_spends_more_dots_than_there_are(
        casts in prop::collection::vec((0usize..4, 0u32..6, prop::collection::vec((0usize..6, 0u8..4), 0..4)), 0..60),
    ) {
        let mut scenario = Scenario::running();
        let people: Vec<_> = (0..4).map(|_| scenario.join()).collect();
        let options: Vec<_> = (0..6).map(|n| scenario.propose(&format!("Option {n}"))).collect();
        let round = scenario.open_vote();
        let mut kept = std::collections::BTreeMap::new();
        for (person, revision, dots) in casts {
            let dots: Vec<_> = dots.into_iter().map(|(option, dots)| (options[option], dots)).collect();
            if scenario.vote(people[person], round, revision, &dots).is_ok() {
                let latest: u32 = dots.iter().map(|(_, dots)| u32::from(*dots)).sum();
                prop_assert!(latest <= 3);
                kept.insert(person, latest);
            }
        }
        scenario.facilitator(Request::CloseVote { round });
        let result = scenario.meeting.rounds[0].result.as_ref().unwrap();
        prop_assert_eq!(result.tally.iter().map(|tally| tally.dots).sum::<u32>(), kept.values().sum::<u32>());
        prop_assert_eq!(result.ballots as usize, kept.len());
    }
}

#[test]
fn an_event_of_the_log_keeps_its_stored_form() {
    // Golden: written by the first version, and readable for ever.
    let stored = r#"{"seq":7,"act":4,"by":{"type":"facilitator"},"at":{"wall":"2026-05-06T14:23:00Z","uptime":1000,"boot":9},"event":{"type":"edited","edit":{"type":"action","action":3,"change":{"field":"owner","value":"Ines"}}}}"#;
    let recorded: Recorded = serde_json::from_str(stored).unwrap();
    assert!(
        matches!(&recorded.event, Event::Edited { edit: Edit::Action { change: ActionChange::Owner(name), .. } } if name == "Ines")
    );
    assert_eq!(serde_json::to_string(&recorded).unwrap(), stored);
}

#[test]
fn pictures_without_a_page_keep_their_stored_form() {
    // Golden: written before a why-chain and the contributing factors had pages.
    for stored in [r#"{"type":"chain","chain":4}"#, r#"{"type":"factors"}"#] {
        let picture: Picture = serde_json::from_str(stored).unwrap();
        assert!(matches!(picture, Picture::Chain { page: None, .. } | Picture::Factors { page: 0 }), "{picture:?}");
        assert_eq!(serde_json::to_string(&picture).unwrap(), stored);
    }
    let second = r#"[{"type":"chain","chain":4,"page":1},{"type":"factors","page":1}]"#;
    let pictures: Vec<Picture> = serde_json::from_str(second).unwrap();
    assert_eq!(serde_json::to_string(&pictures).unwrap(), second);
}

#[test]
fn next_turns_the_pages_of_a_chain_and_of_the_factors_and_a_page_that_has_gone_is_the_last_one() {
    let mut scenario = Scenario::running();
    scenario.facilitator(Request::EnterSection { section: Section::RootCauses });
    scenario.facilitator(Request::AddChain { symptom: "It was slow".into(), event: None, factor: None });
    let chain = scenario.meeting.chains[0].id;
    let mut parent = None;
    for number in 0..8 {
        let answer = format!("Answer {number} says what made the one above it possible, in a line and a half");
        scenario.facilitator(Request::AddStep { chain, parent, answer, ends_at: None });
        parent = scenario.meeting.chains[0].steps.last().map(|step| step.id);
    }
    for _ in 0..7 {
        let text = "Nobody owned the backups, so restoring was never tested".to_owned();
        scenario.facilitator(Request::AddFactor { category: FactorCategory::Process, text, chain: None, event: None });
    }
    let page = |page| Picture::Chain { chain, page };
    let factors = |page| Picture::Factors { page };
    let expected = [page(None), page(Some(0)), page(Some(1)), page(Some(2)), factors(0), factors(1), factors(2)];
    let all = meeting::pictures(&scenario.meeting, Section::RootCauses);
    assert_eq!(all[1..8], expected, "the newest answer first, then from the beginning");
    scenario.facilitator(Request::Show { picture: page(None) });
    for then in &expected[1..] {
        scenario.facilitator(Request::Next {});
        assert_eq!(scenario.meeting.stage.picture, *then);
    }
    let nearest = |picture| meeting::existing(&scenario.meeting, picture);
    let last = *all.last().unwrap();
    assert_eq!((nearest(page(Some(9))), nearest(factors(99))), (page(Some(2)), last));
    let gone = meeting::ChainId(99);
    assert_eq!(nearest(Picture::Chain { chain: gone, page: Some(1) }), all[0]);
}
