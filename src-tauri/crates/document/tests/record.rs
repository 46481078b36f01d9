//! The record of a meeting: what stands in it at any moment, and what never does.

#![allow(clippy::unwrap_used, missing_docs, reason = "a test may stop at the first surprise")]
#![allow(clippy::needless_pass_by_value, reason = "a scenario reads better when a request is written in place")]

use document::{ImportError, from_json, json, markdown, no_images, pdf, record};
use meeting::{
    Actor, Chance, DraftId, Edit, EventKind, FactorCategory, Image, ImageFormat, ListField, Meeting, Millis, Moment,
    NewEvent, NoteKind, PostMortemId, Precision, Request, Section, Severity, TextField, apply, apply_secret, decide,
    default_agenda,
};

struct Scenario {
    meeting: Meeting,
    seconds: u32,
}

impl Scenario {
    fn begin() -> Self {
        let mut scenario = Self { meeting: Meeting::unwritten(), seconds: 0 };
        let id = PostMortemId("pm-1".into());
        scenario.ask(Request::Create {
            id,
            title: "Checkout errors".into(),
            zone: chrono_tz::UTC,
            planned: default_agenda(),
        });
        scenario
    }

    fn ask_as(&mut self, by: Actor, request: &Request) {
        self.seconds += 1;
        let now = Moment { wall: chrono::DateTime::UNIX_EPOCH, uptime: Millis::seconds(self.seconds), boot: 1 };
        let decided = decide(&self.meeting, request, by, Chance(3)).unwrap();
        for recorded in self.meeting.record(decided.events, by, now) {
            apply(&mut self.meeting, &recorded);
        }
        decided.secrets.iter().for_each(|secret| apply_secret(&mut self.meeting, secret));
    }

    fn ask(&mut self, request: Request) {
        self.ask_as(Actor::Facilitator, &request);
    }

    fn edit(&mut self, edit: Edit) {
        self.ask(Request::Edit { edit });
    }
}

#[test]
fn what_nobody_recorded_reads_not_recorded_and_empty_sections_are_left_out() {
    let text = markdown(&record(&Scenario::begin().meeting));
    assert!(text.contains("**Severity**: not recorded"), "{text}");
    assert!(text.contains("**Time to mitigate**: not recorded"), "{text}");
    for absent in ["What went well", "Root cause analysis", "Action items", "Parking lot", "The meeting"] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
}

#[test]
fn what_is_typed_stands_in_both_forms() {
    let mut scenario = Scenario::begin();
    scenario.edit(Edit::Severity { severity: Some(Severity::Sev2), definition: String::new() });
    scenario.edit(Edit::Text { field: TextField::Summary, text: "Retries emptied the pool.".into() });
    scenario.edit(Edit::List { list: ListField::Takeaways, items: vec!["Name one owner".into()] });
    scenario.ask(Request::StartMeeting {});
    scenario.ask(Request::AddNote { kind: NoteKind::Lucky, text: "It was a Sunday".into() });
    scenario.ask(Request::AddChain { symptom: "The pool was empty".into(), event: None, factor: None });
    scenario.ask(Request::Park { text: "Retry budget".into() });
    let document = record(&scenario.meeting);
    let text = markdown(&document);
    let made = pdf(&document, &no_images).unwrap();
    let file = lopdf::Document::load_mem(&made.bytes).unwrap();
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    let printed = file.extract_text(&pages).unwrap();
    for fact in
        ["SEV2", "Retries emptied the pool", "Name one owner", "It was a Sunday", "The pool was empty", "Retry budget"]
    {
        assert!(text.contains(fact), "{fact} in the Markdown");
        assert!(printed.contains(fact), "{fact} in the PDF: {printed}");
    }
}

#[test]
fn a_record_written_before_the_reveal_holds_nothing_hidden() {
    let mut scenario = Scenario::begin();
    scenario.ask(Request::StartMeeting {});
    scenario.ask(Request::OpenWriting { section: Section::WentPoorly });
    scenario.ask_as(Actor::Application, &Request::Join { name: Some("Ada".into()) });
    let ada = scenario.meeting.participants[0].id;
    let (draft, kind) = (DraftId("d".into()), NoteKind::WentPoorly);
    scenario.ask_as(Actor::Participant { id: ada }, &Request::Write { draft, kind, text: "xyzzy".into() });
    assert!(!markdown(&record(&scenario.meeting)).contains("xyzzy"));
    assert!(!json(&scenario.meeting).contains("xyzzy"));
    scenario.ask(Request::Reveal { section: Section::WentPoorly });
    assert!(markdown(&record(&scenario.meeting)).contains("xyzzy"));
}

#[test]
fn an_exported_record_comes_back_as_the_same_post_mortem() {
    let mut scenario = Scenario::begin();
    scenario.ask(Request::Park { text: "Retry budget".into() });
    scenario.ask(Request::Undo {});
    let exported = json(&scenario.meeting);
    assert_eq!(from_json(&exported).unwrap(), scenario.meeting);
    let newer = exported.replacen("\"version\": 1", "\"version\": 9", 1);
    assert!(matches!(from_json(&newer), Err(ImportError::Newer(9))));
    let holed = exported.replacen("\"seq\": 2", "\"seq\": 5", 1);
    assert!(matches!(from_json(&holed), Err(ImportError::Incomplete(2))));
    assert!(matches!(from_json("{\"format\":\"other\",\"version\":1}"), Err(ImportError::OtherFormat(_))));
    assert!(matches!(from_json("no json"), Err(ImportError::NotARecord(_))));
}

#[test]
fn a_drawing_in_markdown_stays_in_its_fence_whatever_was_typed() {
    let mut scenario = Scenario::begin();
    for symptom in ["````\n# Not a heading", "``` `x` ````", "<script>alert(1)</script>\u{2028}````"] {
        scenario.ask(Request::AddChain { symptom: symptom.into(), event: None, factor: None });
    }
    let text = markdown(&record(&scenario.meeting));
    let mut fences = 0;
    for event in pulldown_cmark::Parser::new(&text) {
        match event {
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Fenced(
                kind,
            ))) => {
                assert_eq!(&*kind, "mermaid");
                fences += 1;
            }
            pulldown_cmark::Event::Start(pulldown_cmark::Tag::Heading { .. })
            | pulldown_cmark::Event::Text(_)
            | pulldown_cmark::Event::Html(_) => {
                assert!(!matches!(&event, pulldown_cmark::Event::Html(html) if html.contains("script")));
            }
            _ => {}
        }
    }
    assert_eq!(fences, 3, "{text}");
}

#[test]
fn evidence_is_numbered_in_the_order_of_the_timeline_and_says_which_event_it_belongs_to() {
    let mut scenario = Scenario::begin();
    let event = |minute: i64, text: &str| NewEvent {
        at: chrono::DateTime::from_timestamp(60 * minute, 0),
        precision: Precision::Exact,
        kind: EventKind::Alert,
        text: text.into(),
        actor_name: None,
        actor_role: None,
        known_then: None,
        key: false,
    };
    scenario.ask(Request::AddEvents { events: vec![event(1, "The alert fired"), event(2, "The pool was empty")] });
    let ids: Vec<_> = scenario.meeting.timeline.iter().map(|event| Some(event.id)).collect();
    let image =
        |digest: &str| Image { format: ImageFormat::Jpeg, width: 4, height: 3, bytes: 9, digest: digest.repeat(64) };
    let attach = |event, digest: &str, caption: &str| Request::AttachImage {
        event,
        image: image(digest),
        caption: caption.into(),
    };
    scenario.ask(attach(ids[1], "a", "Connections in use"));
    scenario.ask(attach(ids[0], "b", ""));
    scenario.ask(Request::AttachExcerpt { event: None, text: "a\n  b".into(), caption: "The whole log!".into() });
    scenario
        .edit(Edit::List { list: ListField::SupportingMaterial, items: vec!["Board: https://board.example/1".into()] });
    let text = markdown(&record(&scenario.meeting));
    let mut from = text.find("## Supporting material").unwrap();
    for part in [
        "- Board: [https\\://board.example/1](https://board.example/1)",
        "_Excerpt 1. The whole log!_\n\n```text\na\n  b\n```",
        "](files/figure-1.jpg)\n\n_Figure 1. Belongs to 1 Jan 00:01: The alert fired_",
        "![Connections in use](files/figure-2.jpg)\n\n_Figure 2. Connections in use. Belongs to 1 Jan 00:02: The pool",
    ] {
        from += text[from..].find(part).unwrap_or_else(|| panic!("{part} is not in its place in {text}"));
    }
}

#[test]
fn a_factor_says_what_was_asked_when_it_was_found_and_which_event_shows_it() {
    let mut scenario = Scenario::begin();
    let event = NewEvent {
        at: chrono::DateTime::from_timestamp(120, 0),
        precision: Precision::Exact,
        kind: EventKind::Alert,
        text: "The pool was empty".into(),
        actor_name: None,
        actor_role: None,
        known_then: None,
        key: false,
    };
    scenario.ask(Request::AddEvents { events: vec![event] });
    scenario.ask(Request::AddChain { symptom: "Checkout failed".into(), event: None, factor: None });
    let (event, chain) = (scenario.meeting.timeline[0].id, scenario.meeting.chains[0].id);
    let mut factor = |text: &str, chain, event| {
        let category = FactorCategory::Technical;
        scenario.ask(Request::AddFactor { category, text: text.into(), chain, event });
    };
    factor("No limit on retries", Some(chain), None);
    factor("No alert on the pool", None, Some(event));
    factor("Nobody owned the pool", None, None);
    let similar = vec!["Checkout errors, 6 May 2026 https://wiki.example/7".to_owned()];
    scenario.edit(Edit::List { list: ListField::SimilarIncidents, items: similar });
    let text = markdown(&record(&scenario.meeting));
    for part in [
        "| Factor | Found asking about | Seen in |",
        "| No limit on retries | Checkout failed |  |",
        "| No alert on the pool |  | 00:02 The pool was empty |",
        "## Similar incidents\n\n- Checkout errors, 6 May 2026 [https\\://wiki.example/7](https://wiki.example/7)",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert!(!text.contains("| Nobody owned the pool |"), "without a link it stands in the drawing alone");
}
