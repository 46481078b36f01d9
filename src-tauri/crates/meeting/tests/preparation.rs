//! Before the meeting: what is attached, remembered and confided, who is invited, when and for how long.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]

use chrono::DateTime;
use meeting::{
    Actor, AttachmentChange, Caution, Content, DraftId, Edit, EventChange, EventId, EventKind, Image, ImageFormat,
    ListField, Milestone, MilestoneTime, NewEvent, Picture, Planned, Precision, PromptKind, Refusal, Request, Role,
    Section, cautions, pictures, prompts, propose_minutes, uninvited,
};

mod scenario;
use scenario::Scenario;

fn event(minute: i64, kind: EventKind, text: &str) -> NewEvent {
    NewEvent {
        at: DateTime::from_timestamp(minute * 60, 0),
        precision: Precision::Exact,
        kind,
        text: text.into(),
        actor_name: None,
        actor_role: None,
        known_then: None,
        key: true,
    }
}

fn with_events(events: Vec<NewEvent>) -> Scenario {
    let mut scenario = Scenario::prepared();
    scenario.facilitator(Request::AddEvents { events });
    scenario
}

fn image() -> Image {
    Image { format: ImageFormat::Png, width: 640, height: 480, bytes: 1_000, digest: "ab".repeat(32) }
}

#[test]
fn several_events_change_their_kind_in_one_act() {
    let mut scenario = with_events((0..3).map(|n| event(n, EventKind::Observation, "seen")).collect());
    let ids: Vec<EventId> = scenario.meeting.timeline.iter().map(|event| event.id).collect();
    let kind = |id: &EventId| Edit::Event { event: *id, change: EventChange::Kind(EventKind::Decision) };
    scenario.facilitator(Request::EditAll { edits: ids[..2].iter().map(kind).collect() });
    let kinds = |scenario: &Scenario| scenario.meeting.timeline.iter().map(|e| e.kind).collect::<Vec<_>>();
    assert_eq!(kinds(&scenario), [EventKind::Decision, EventKind::Decision, EventKind::Observation]);
    scenario.facilitator(Request::Undo {});
    assert_eq!(kinds(&scenario), [EventKind::Observation; 3], "one undo takes all of it back");

    let gone = Edit::Event { event: EventId(999), change: EventChange::Key(true) };
    assert_eq!(scenario.refused(Request::EditAll { edits: vec![kind(&ids[0]), gone] }), Refusal::NotFound);
    assert_eq!(kinds(&scenario)[0], EventKind::Observation, "all of it or nothing");
}

#[test]
fn evidence_follows_its_event_on_the_stage_unless_it_is_kept_off() {
    let mut scenario = with_events(vec![event(0, EventKind::Alert, "fired"), event(1, EventKind::Action, "restarted")]);
    let [first, second] = [0, 1].map(|place: usize| scenario.meeting.timeline[place].id);
    scenario.facilitator(Request::AttachImage { event: Some(first), image: image(), caption: "Queue depth".into() });
    let shown = scenario.meeting.attachments[0].id;
    let event_of = |event| Picture::Event { event };
    let evidence = Picture::Evidence { attachment: shown };
    assert_eq!(pictures(&scenario.meeting, Section::Timeline), [event_of(first), evidence, event_of(second)]);

    let change = AttachmentChange::Staged(false);
    scenario.facilitator(Request::Edit { edit: Edit::Attachment { attachment: shown, change } });
    assert_eq!(pictures(&scenario.meeting, Section::Timeline), [event_of(first), event_of(second)]);

    scenario.facilitator(Request::Edit { edit: Edit::RemoveEvent { event: first } });
    assert_eq!(scenario.meeting.attachments[0].event, None, "evidence outlives its event");
}

#[test]
fn an_image_that_is_too_large_is_refused_and_a_foreign_event_too() {
    let mut scenario = with_events(vec![event(0, EventKind::Alert, "fired")]);
    let attach = |image, event| Request::AttachImage { event, image, caption: String::new() };
    let large = Image { bytes: 20 * 1024 * 1024 + 1, ..image() };
    assert_eq!(scenario.refused(attach(large, None)), Refusal::ImageTooLarge);
    let wide = Image { width: 20_001, ..image() };
    assert_eq!(scenario.refused(attach(wide, None)), Refusal::ImageTooLarge);
    assert_eq!(scenario.refused(attach(image(), Some(EventId(999)))), Refusal::NotFound);
    let text = "x".repeat(10_001);
    let excerpt = Request::AttachExcerpt { event: None, text, caption: String::new() };
    assert_eq!(scenario.refused(excerpt), Refusal::TooLong { limit: 10_000, length: 10_001 });
    scenario.facilitator(Request::AttachExcerpt { event: None, text: "ERROR 503".into(), caption: String::new() });
    assert_eq!(scenario.meeting.attachments[0].content, Content::Excerpt { text: "ERROR 503".into() });
}

#[test]
fn a_recollection_stays_out_of_the_log_until_it_is_taken_in() {
    let mut scenario = Scenario::prepared();
    let ada = scenario.join();
    let draft = DraftId("r-1".into());
    let recollect =
        |when: &str, text: &str| Request::Recollect { draft: draft.clone(), when: when.into(), text: text.into() };
    scenario.phone(ada, recollect("14:20", "The dashboard was green")).unwrap();
    scenario.phone(ada, recollect("14:21", "The dashboard was green for eu-west")).unwrap();
    let kept: Vec<_> =
        scenario.meeting.recollections().map(|(r, taken)| (r.when.clone(), r.text.clone(), taken)).collect();
    assert_eq!(kept, [("14:21".into(), "The dashboard was green for eu-west".into(), false)]);
    let log = serde_json::to_string(&scenario.log).unwrap();
    assert!(!log.contains("dashboard"), "what is private is no part of the log");

    let take = Request::TakeRecollection { draft: draft.clone(), event: event(861, EventKind::Observation, "Green") };
    assert_eq!(scenario.phone(ada, take.clone()), Err(Refusal::FacilitatorOnly));
    scenario.facilitator(take);
    assert_eq!(scenario.meeting.timeline[0].text, "Green");
    assert!(scenario.meeting.recollections().all(|(_, taken)| taken));

    scenario.phone(ada, recollect("", "")).unwrap();
    assert_eq!(scenario.meeting.recollections().count(), 0, "an empty text withdraws it");
}

#[test]
fn recollections_are_asked_for_before_the_meeting_and_in_the_timeline_only() {
    let mut scenario = Scenario::running();
    let ada = scenario.join();
    let recollect = Request::Recollect { draft: DraftId("r".into()), when: String::new(), text: "seen".into() };
    assert_eq!(scenario.phone(ada, recollect.clone()), Err(Refusal::WritingClosed), "the opening is no place for it");
    scenario.facilitator(Request::EnterSection { section: Section::Timeline });
    scenario.phone(ada, recollect.clone()).unwrap();
    scenario.facilitator(Request::EnterSection { section: Section::WentWell });
    assert_eq!(scenario.phone(ada, recollect), Err(Refusal::WritingClosed));
}

#[test]
fn what_is_confided_is_gone_when_the_meeting_ends() {
    let mut scenario = Scenario::prepared();
    let (ada, ben) = (scenario.join(), scenario.join());
    scenario.phone(ada, Request::Confide { text: "The freeze was my call".into() }).unwrap();
    scenario.phone(ben, Request::Confide { text: "Tension with the vendor".into() }).unwrap();
    scenario.phone(ben, Request::Confide { text: " ".into() }).unwrap();
    assert_eq!(scenario.meeting.confided(), ["The freeze was my call"]);
    scenario.facilitator(Request::StartMeeting {});
    scenario.facilitator(Request::EndMeeting { reason: "cut short".into() });
    assert_eq!(scenario.meeting.confided(), Vec::<&str>::new());
    assert_eq!(
        scenario.ask(Actor::Participant { id: ada }, &Request::Confide { text: "late".into() }),
        Err(Refusal::NotInProgress)
    );
}

#[test]
fn everybody_named_in_the_incident_is_expected_on_the_list() {
    let mut named = event(0, EventKind::Action, "restarted");
    named.actor_name = Some("Ada Park".into());
    let mut scenario = with_events(vec![named]);
    let role = |role, name: &str| Request::Edit { edit: Edit::Role { role, names: vec![name.into()] } };
    scenario.facilitator(role(Role::IncidentCommander, "Ben Ito"));
    scenario.facilitator(role(Role::Facilitator, "Kim Sol"));
    assert_eq!(uninvited(&scenario.meeting), ["Ben Ito", "Ada Park"]);
    let items = vec!["ada park ".into()];
    scenario.facilitator(Request::Edit { edit: Edit::List { list: ListField::Invited, items } });
    assert_eq!(uninvited(&scenario.meeting), ["Ben Ito"], "case and outer space do not matter");
    let items = vec!["Ada Park <ada@example.org>".into(), "ben.ito@example.org".into()];
    scenario.facilitator(Request::Edit { edit: Edit::List { list: ListField::Invited, items } });
    assert_eq!(uninvited(&scenario.meeting), Vec::<String>::new(), "an address names somebody too");
}

fn resolved_at(scenario: &mut Scenario, hour: i64) {
    let at = DateTime::from_timestamp(hour * 3_600, 0).unwrap();
    let edit = Edit::Milestone { milestone: Milestone::Resolved, time: MilestoneTime::At { at } };
    scenario.facilitator(Request::Edit { edit });
}

#[test]
fn a_date_outside_one_to_three_days_after_the_resolution_is_remarked_on() {
    let mut scenario = Scenario::prepared();
    assert_eq!(cautions(&scenario.meeting), [], "80 minutes, and nothing known about the resolution");
    resolved_at(&mut scenario, 10);
    assert!(
        matches!(&cautions(&scenario.meeting)[..], [Caution::Window(s)] if s.contains("2 Jan 10:00 to 4 Jan 10:00"))
    );
    for (hours_after, expected) in [
        (23, Some("23 h after")),
        (24, None),
        (72, None),
        (73, Some("3 d 1 h after")),
        (-1, Some("before the resolution")),
    ] {
        let at = DateTime::from_timestamp((10 + hours_after) * 3_600, 0);
        scenario.facilitator(Request::Edit { edit: Edit::PlannedFor { at } });
        match (&cautions(&scenario.meeting)[..], expected) {
            ([], None) => {}
            ([Caution::Date(sentence)], Some(words)) => assert!(sentence.contains(words), "{sentence}"),
            (other, _) => panic!("{hours_after} h after: {other:?}"),
        }
    }
}

fn agenda(scenario: &mut Scenario, minutes: &[(Section, u32)]) {
    let planned = minutes.iter().map(|(section, minutes)| Planned { section: *section, minutes: *minutes }).collect();
    scenario.facilitator(Request::Edit { edit: Edit::Agenda { planned } });
}

#[test]
fn an_agenda_outside_sixty_to_ninety_minutes_is_remarked_on() {
    let mut scenario = Scenario::prepared();
    for (minutes, remarked) in [(59, true), (60, false), (90, false), (91, true)] {
        agenda(&mut scenario, &[(Section::Timeline, minutes)]);
        assert_eq!(!cautions(&scenario.meeting).is_empty(), remarked, "{minutes} min");
    }
}

#[test]
fn minutes_for_a_long_timeline_come_from_a_longer_meeting_first_and_never_from_the_causes() {
    let mut scenario = with_events((0..24).map(|n| event(n, EventKind::Observation, "seen")).collect());
    let proposal = propose_minutes(&scenario.meeting).unwrap();
    // 24 events in 10 min are 25 s each. At 50 s they take 20 min: 80 + 10 = 90 min in all, so nobody gives.
    assert!(proposal.sentence.starts_with("24 events in 10 min are 25 s each."), "{}", proposal.sentence);
    let minutes = |planned: &[Planned], section| planned.iter().find(|p| p.section == section).unwrap().minutes;
    assert_eq!(minutes(&proposal.planned, Section::Timeline), 20);
    assert_eq!(proposal.planned.iter().map(|p| p.minutes).sum::<u32>(), 90);

    let sections =
        [(Section::Timeline, 10), (Section::WentPoorly, 8), (Section::RootCauses, 60), (Section::ActionItems, 12)];
    agenda(&mut scenario, &sections);
    let proposal = propose_minutes(&scenario.meeting).unwrap();
    assert_eq!(minutes(&proposal.planned, Section::WentPoorly), 5, "gives what it can spare");
    assert_eq!(minutes(&proposal.planned, Section::Timeline), 13);
    assert_eq!(minutes(&proposal.planned, Section::RootCauses), 60);

    agenda(&mut scenario, &[(Section::Timeline, 12)]);
    assert_eq!(propose_minutes(&scenario.meeting), None, "30 s each will do");
}

#[test]
fn silences_and_pivots_come_with_a_question_about_the_system() {
    let mut scenario = with_events(vec![
        event(0, EventKind::Trigger, "limit lowered"),
        event(1, EventKind::Alert, "latency alert"),
        event(2, EventKind::Action, "restarted"),
        event(11, EventKind::Escalation, "paged the database on-call"),
        event(12, EventKind::Decision, "rolled back"),
    ]);
    let found = prompts(&scenario.meeting);
    let words: Vec<_> = found.iter().map(|p| (p.kind, p.what.as_str(), p.question.as_str())).collect();
    assert_eq!(
        words,
        [
            (
                PromptKind::Silence,
                "9 min without an entry before 00:11",
                "What made 00:11 the moment to call for help, and how was it known whom?"
            ),
            (PromptKind::Pivot, "Escalation at 00:11", "What made it the moment to ask, and how was it known whom?"),
            (PromptKind::Pivot, "Decision at 00:12", "What led to this, and what else was possible?"),
        ]
    );
    let detected = scenario.meeting.timeline[3].id;
    let edit = Edit::Milestone { milestone: Milestone::Detected, time: MilestoneTime::Event { event: detected } };
    scenario.facilitator(Request::Edit { edit });
    let question = &prompts(&scenario.meeting)[0].question;
    assert_eq!(question, "What could have made it visible between 00:02 and 00:11?");
}

#[test]
fn everything_written_is_listed_with_its_place_and_nothing_hidden() {
    let mut named = event(863, EventKind::Action, "restarted the workers");
    named.actor_name = Some("Ada Park".into());
    named.known_then = Some("Only the latency alert".into());
    let mut scenario = with_events(vec![named]);
    let summary = Edit::Text { field: meeting::TextField::Summary, text: "Checkout was slow".into() };
    scenario.facilitator(Request::Edit { edit: summary });
    scenario.facilitator(Request::StartMeeting {});
    scenario.facilitator(Request::OpenWriting { section: Section::WentPoorly });
    let ada = scenario.join();
    scenario.write(ada, meeting::NoteKind::WentPoorly, "hidden as yet").unwrap();
    let listed = |scenario: &Scenario| -> Vec<(String, String)> {
        meeting::written(&scenario.meeting).into_iter().map(|written| (written.place, written.text)).collect()
    };
    let expected = [
        ("Summary", "Checkout was slow"),
        ("Timeline, 14:23", "restarted the workers"),
        ("Timeline, 14:23, known then", "Only the latency alert"),
    ]
    .map(|(place, text)| (place.to_owned(), text.to_owned()));
    assert_eq!(listed(&scenario), expected);
    scenario.facilitator(Request::Reveal { section: Section::WentPoorly });
    assert_eq!(listed(&scenario)[3], ("What went poorly".to_owned(), "hidden as yet".to_owned()));
    assert_eq!(meeting::people_named(&scenario.meeting), ["Ada Park"]);
}
