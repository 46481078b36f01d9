//! A late meeting: what is proposed, what it wins, and that one undo gives it back.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use meeting::{
    Actor, Millis, Moment, NextStep, PaceChange, Planned, Refusal, Request, Section, behind, next_step, pace_proposals,
};

mod scenario;
use scenario::Scenario;

/// A meeting in its opening, some minutes after it began; the opening has five.
fn late_by(minutes: u32) -> (Scenario, Moment) {
    let mut scenario = Scenario::running();
    scenario.facilitator(Request::ToggleClock {});
    let began = scenario.seconds;
    let now = Moment {
        wall: chrono::DateTime::UNIX_EPOCH,
        uptime: Millis::seconds(began).plus(Millis::minutes(5 + minutes)),
        boot: 1,
    };
    (scenario, now)
}

fn behind_at(scenario: &Scenario, now: Moment) -> i64 {
    let meeting = &scenario.meeting;
    behind(&meeting.agenda, meeting.index().unwrap(), &meeting.clock, meeting.extended, now)
}

#[test]
fn two_minutes_are_nothing_to_act_on() {
    let (scenario, now) = late_by(2);
    assert_eq!(behind_at(&scenario, now), 2);
    assert_eq!(pace_proposals(&scenario.meeting, now), []);
}

#[test]
fn every_proposal_that_promises_to_end_on_time_does_and_is_undone_at_once() {
    let (mut scenario, now) = late_by(8);
    let proposals = pace_proposals(&scenario.meeting, now);
    let sentences: Vec<_> = proposals.iter().map(|proposal| proposal.sentence.as_str()).collect();
    // Timeline 10, went well 10, went poorly 15 can spare 5, 5 and 10 min: eight of twenty, in proportion.
    assert_eq!(
        sentences,
        [
            "Shorten timeline to 8 min and what went well to 8 min and what went poorly to 11 min.",
            "Leave out what went well: the meeting ends on time.",
            "Ask the room to stay 10 min longer.",
        ]
    );
    for proposal in proposals {
        scenario.facilitator(Request::ChangePace { change: proposal.change });
        assert!(behind_at(&scenario, now) <= 0, "{}", proposal.sentence);
        scenario.facilitator(Request::Undo {});
        assert_eq!(behind_at(&scenario, now), 8, "{}", proposal.sentence);
    }
}

#[test]
fn root_causes_give_only_when_nothing_else_can_and_action_items_never() {
    let (scenario, now) = late_by(40);
    let Some(PaceChange::Shorten { minutes }) =
        pace_proposals(&scenario.meeting, now).into_iter().map(|p| p.change).next()
    else {
        panic!("something can be shortened")
    };
    // Everything that can be spared: 5 + 5 + 10 and half of the root cause analysis.
    let expected =
        [(Section::Timeline, 5), (Section::WentWell, 5), (Section::WentPoorly, 5), (Section::RootCauses, 10)];
    assert_eq!(minutes, expected.map(|(section, minutes)| Planned { section, minutes }));
    let first = &pace_proposals(&scenario.meeting, now)[0].sentence;
    assert!(first.ends_with("; 10 min late remain."), "{first}");
}

#[test]
fn a_section_that_was_left_out_is_passed_over_and_can_still_be_gone_to() {
    let (mut scenario, _) = late_by(8);
    scenario.facilitator(Request::EnterSection { section: Section::Timeline });
    scenario.facilitator(Request::ChangePace { change: PaceChange::Drop { section: Section::WentWell } });
    assert!(matches!(next_step(&scenario.meeting), NextStep::Enter { section: Section::WentPoorly, .. }));
    scenario.facilitator(Request::Next {});
    scenario.facilitator(Request::Back {});
    assert_eq!(scenario.meeting.section(), Some(Section::Timeline), "back goes over it too");
    scenario.facilitator(Request::EnterSection { section: Section::WentWell });
    assert!(scenario.meeting.agenda.iter().all(|item| !item.dropped));
}

#[test]
fn what_has_passed_and_what_must_stay_cannot_give_time() {
    let (mut scenario, _) = late_by(8);
    scenario.facilitator(Request::EnterSection { section: Section::WentPoorly });
    let shorten = |section| PaceChange::Shorten { minutes: vec![Planned { section, minutes: 5 }] };
    for change in [
        shorten(Section::Timeline),
        PaceChange::Shorten { minutes: vec![] },
        PaceChange::Drop { section: Section::ActionItems },
        PaceChange::Extend { minutes: 0 },
    ] {
        assert_eq!(scenario.ask(Actor::Facilitator, &Request::ChangePace { change }), Err(Refusal::OutOfRange));
    }
}
