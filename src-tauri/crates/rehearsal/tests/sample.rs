//! The sample incident on its own: complete, within every limit, and the same whether added or pasted.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use meeting::text::{NAME_LIMIT, NOTE_LIMIT, PROPOSAL_LIMIT};
use meeting::{
    Actor, Chance, DurationStatus, ListField, Measure, Meeting, Milestone, Millis, Moment, PostMortemId, Request,
    TextField, apply, conflicts, decide, default_agenda, missing_for_meeting, timeline,
};
use rehearsal::sample;

fn grant(meeting: &mut Meeting, request: &Request) {
    let now = Moment { wall: DateTime::UNIX_EPOCH, uptime: Millis::ZERO, boot: 1 };
    let decided = decide(meeting, request, Actor::Facilitator, Chance(7)).unwrap();
    for recorded in meeting.record(decided.events, Actor::Facilitator, now) {
        apply(meeting, &recorded);
    }
}

fn prepared() -> Meeting {
    let mut meeting = Meeting::unwritten();
    let (id, title) = (PostMortemId("pm-sample".into()), sample::TITLE.to_owned());
    grant(&mut meeting, &Request::Create { id, title, zone: sample::zone(), planned: default_agenda() });
    for request in sample::prepare() {
        grant(&mut meeting, &request);
    }
    for request in sample::mark(&meeting) {
        grant(&mut meeting, &request);
    }
    meeting
}

fn times(meeting: &Meeting) -> Vec<DateTime<Utc>> {
    meeting.timeline.iter().filter_map(|event| event.at).collect()
}

#[test]
fn the_timeline_runs_over_a_midnight_in_order() {
    let meeting = prepared();
    assert!(meeting.timeline.len() >= 24, "{} events", meeting.timeline.len());
    assert!(times(&meeting).is_sorted() && times(&meeting).len() == meeting.timeline.len());
    let days: BTreeSet<_> = times(&meeting).iter().map(|at| at.with_timezone(&sample::zone()).date_naive()).collect();
    assert_eq!(days.len(), 2, "{days:?}");
    let written: Vec<_> = sample::TIMELINE.iter().map(|entry| entry.text).collect();
    let sorted: Vec<_> = meeting.timeline.iter().map(|event| event.text.as_str()).collect();
    assert_eq!(sorted, written, "places in the sample are places in the timeline");
    let key = meeting.timeline.iter().filter(|event| event.key);
    assert!((10..=14).contains(&key.clone().count()));
    assert!(key.clone().all(|event| event.known_then.is_some()), "what was known then is what a walk asks for");
}

#[test]
fn nine_silent_minutes_lie_between_the_acknowledgement_and_the_page() {
    let meeting = prepared();
    let silences = timeline::silences(&times(&meeting));
    let nine: Vec<_> = silences.iter().filter(|(_, lasted)| *lasted == Millis::minutes(9)).collect();
    let ended_by: Vec<_> = nine.iter().map(|(place, _)| meeting.timeline[*place].text.as_str()).collect();
    assert!(ended_by.contains(&"Integration on-call is paged."), "{ended_by:?}");
    let before =
        nine.iter().map(|(place, _)| &meeting.timeline[place - 1]).find(|event| event.text.contains("acknowledges"));
    assert!(before.is_some());
}

#[test]
fn nothing_is_missing_for_the_meeting_and_the_facilitator_is_neutral() {
    let meeting = prepared();
    assert_eq!(missing_for_meeting(&meeting), []);
    assert_eq!(conflicts(&meeting), Vec::<String>::new());
    assert!(meeting.incident.neutrality.is_neutral());
    assert!(meeting.incident.text(TextField::Background).starts_with("This incident is fiction."));
    for list in [ListField::Services, ListField::SupportingMaterial] {
        assert!(!meeting.incident.list(list).is_empty(), "{list:?}");
    }
    assert_eq!(meeting.incident.roles.len(), 8);
    assert!(meeting.incident.stakeholders_told.len() >= 3 && meeting.incident.stakeholders_told.is_sorted());
    assert_eq!(meeting.previous.len(), 2);
}

#[test]
fn the_milestones_stand_on_events_and_give_the_durations_the_texts_name() {
    let meeting = prepared();
    for milestone in Milestone::ALL {
        assert!(meeting.incident.milestones.contains_key(&milestone), "{milestone:?}");
    }
    let minutes = |minutes| DurationStatus::Recorded { millis: Millis::minutes(minutes) };
    assert_eq!(meeting.measure(Measure::TimeToDetect), minutes(26), "the detection says 26 minutes");
    assert_eq!(meeting.measure(Measure::TimeToAcknowledge), minutes(4));
    assert_eq!(meeting.measure(Measure::TimeToMitigate), minutes(112), "the summary says 1 h 52 min");
    assert_eq!(meeting.measure(Measure::TimeToResolve), minutes(11 * 60 + 38));
}

#[test]
fn the_pasted_notes_give_the_same_instants_without_a_question() {
    let reading = intake::read(sample::PASTED, &intake::Assumptions::default()).unwrap();
    assert_eq!(reading.doubts, []);
    assert_eq!(reading.not_understood, []);
    let read: Vec<_> = reading.events.iter().map(|event| (event.at, event.precision)).collect();
    let added: Vec<_> =
        sample::TIMELINE.iter().map(sample::Entry::event).map(|event| (event.at, event.precision)).collect();
    assert_eq!(read, added);
}

#[test]
fn what_the_room_says_is_enough_and_fits_the_limits() {
    let fits = |text: &str, limit: usize| (1..=limit).contains(&text.chars().count());
    assert!(sample::PROPOSALS.iter().all(|(.., text)| fits(text, PROPOSAL_LIMIT)));
    assert!(sample::WENT_WELL.iter().all(|(_, text)| fits(text, NOTE_LIMIT)));
    assert!(sample::WENT_POORLY.iter().all(|text| fits(text, NOTE_LIMIT)));
    assert!(sample::NAMES.iter().chain([&sample::WITHOUT_A_PHONE]).all(|name| name.chars().count() <= NAME_LIMIT));
    assert_eq!(sample::WENT_WELL.iter().filter(|(kind, _)| *kind == meeting::NoteKind::Lucky).count(), 2);
    let categories: BTreeSet<_> = sample::FACTORS.iter().map(|factor| &factor.category).collect();
    assert!(sample::FACTORS.len() >= 6 && categories.len() >= 4, "{categories:?}");
    let unchosen: BTreeSet<_> = sample::NOT_CHOSEN.iter().map(|(place, _)| *place).collect();
    let chosen: BTreeSet<_> = sample::COMMITMENTS.iter().map(|commitment| commitment.proposal).collect();
    assert_eq!(
        &unchosen | &chosen,
        (0..sample::PROPOSALS.len()).collect(),
        "each proposal is committed or has its reason"
    );
    assert!(unchosen.is_disjoint(&chosen));
}

#[test]
fn the_same_proposals_win_with_any_number_of_phones() {
    for phones in 1..60 {
        let mut dots = [0u32; sample::PROPOSALS.len()];
        let cast = (0..phones).map(|place| sample::BALLOTS[place % sample::BALLOTS.len()].1);
        for (place, given) in cast.chain([sample::BALLOT_BY_HAND]).flatten() {
            dots[*place] += u32::from(*given);
        }
        let mut order: Vec<_> = (0..dots.len()).collect();
        order.sort_by_key(|place| std::cmp::Reverse(dots[*place]));
        let winners: Vec<_> = sample::COMMITMENTS.iter().map(|commitment| commitment.proposal).collect();
        assert_eq!(order[..3], winners, "{phones} phones: {dots:?}");
        assert!(dots[order[0]] > dots[order[1]] && dots[order[1]] > dots[order[2]] && dots[order[2]] > dots[order[3]]);
    }
}
