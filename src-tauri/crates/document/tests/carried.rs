//! What carries a part of the record elsewhere: CSV for spreadsheets, iCalendar for calendars, a summary for a chat, the
//! index for a folder.

#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "a test may stop at the first surprise")]

mod scenes;

use chrono::NaiveDate;
use document::{Listed, actions_csv, due_dates, index, is_an_index, markdown, plain, public, summary, timeline_csv};
use meeting::{ActionChange, Edit, Meeting, NewEvent, Precision, Request, Severity, TextField};
use scenes::{Scene, post_mortem};

fn rows(csv: &str) -> Vec<Vec<String>> {
    let text = csv.strip_prefix('\u{feff}').expect("a byte order mark tells spreadsheets that it is UTF-8");
    assert!(text.ends_with("\r\n"), "RFC 4180, 2.1");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// A meeting whose one event says `text`.
fn telling(text: &str) -> Meeting {
    let mut scene = Scene::begin(1);
    let event = NewEvent {
        at: Some(scenes::start()),
        precision: Precision::Exact,
        kind: meeting::EventKind::Alert,
        text: text.to_owned(),
        actor_name: None,
        actor_role: None,
        known_then: None,
        key: false,
    };
    scene.ask(Request::AddEvents { events: vec![event] });
    scene.meeting
}

#[test]
fn no_cell_is_a_formula_and_every_other_cell_is_what_was_typed() {
    for text in ["=1+2", "+49 1", "-1", "@SUM(A1)", "＝1", " =HYPERLINK(\"http://x\")", "=cmd|'/C calc'!A0"] {
        let told = &rows(&timeline_csv(&telling(text)))[1][4];
        assert_eq!(*told, format!("'{}", text.trim()));
    }
    for text in ["plain", "a, \"b\"; c", "two\nlines", "1 - 2 = -1"] {
        assert_eq!(rows(&timeline_csv(&telling(text)))[1][4], text);
    }
    for seed in 1..=60 {
        let meeting = post_mortem(seed);
        for cell in rows(&timeline_csv(&meeting)).iter().chain(&rows(&actions_csv(&meeting))).flatten() {
            let first = cell.trim_start().chars().next();
            assert!(!first.is_some_and(|c| "=+-@＝＋－＠".contains(c)), "{cell:?}");
        }
    }
}

#[test]
fn the_tables_hold_every_event_and_every_action_item() {
    for seed in 1..=60 {
        let meeting = post_mortem(seed);
        let events = rows(&timeline_csv(&meeting));
        assert_eq!(events.len(), meeting.timeline.len() + 1);
        for (row, event) in events.iter().skip(1).zip(&meeting.timeline) {
            assert_eq!(row.len(), 11);
            assert_eq!(row[0], event.at.map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default());
            assert_eq!(row[4].trim_start_matches('\''), event.text.trim_start_matches('\''));
        }
        let actions = rows(&actions_csv(&meeting));
        assert_eq!(actions.len(), meeting.actions.len() + 1);
        for (row, action) in actions.iter().skip(1).zip(&meeting.actions) {
            assert_eq!(row[5], action.due.map(|due| due.to_string()).unwrap_or_default());
            assert!(row[9].ends_with(&action.ticket) && row[4].ends_with(&action.owner), "{row:?}");
        }
    }
}

/// The lines of a calendar file, unfolded, after a look at how they were folded.
fn lines(file: &str) -> Vec<String> {
    assert!(file.ends_with("\r\n"));
    assert!(!file.replace("\r\n", "").contains(['\r', '\n']), "every line ends as RFC 5545, 3.1 says");
    for line in file.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
    }
    file.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

fn value<'a>(lines: &'a [String], name: &str) -> Vec<&'a str> {
    lines.iter().filter_map(|line| line.strip_prefix(name)).collect()
}

#[test]
fn due_dates_are_whole_days_with_identifiers_that_stay() {
    let (mut seen, mut cancelled) = (0, 0);
    for seed in 1..=60 {
        let meeting = post_mortem(seed);
        let Some(file) = due_dates(&meeting) else {
            assert!(meeting.actions.iter().all(|action| action.due.is_none()));
            continue;
        };
        let lines = lines(&file);
        seen += value(&lines, "BEGIN:VEVENT").len();
        assert_eq!(value(&lines, "BEGIN:VEVENT").len(), meeting.actions.len());
        let due: Vec<_> = meeting.actions.iter().map(|it| it.due.unwrap().format("%Y%m%d").to_string()).collect();
        assert_eq!(value(&lines, "DTSTART;VALUE=DATE:"), due);
        let next = meeting.actions.iter().map(|it| it.due.unwrap().succ_opt().unwrap().format("%Y%m%d").to_string());
        assert_eq!(value(&lines, "DTEND;VALUE=DATE:"), next.collect::<Vec<_>>());
        let ids: Vec<_> = meeting.actions.iter().map(|it| format!("{}-action-{}@debrief", meeting.id, it.id)).collect();
        assert_eq!(value(&lines, "UID:"), ids);
        let dropped = |it: &&meeting::ActionItem| matches!(it.state, meeting::ActionState::Dropped { .. });
        let status = meeting.actions.iter().map(|it| if dropped(&it) { "CANCELLED" } else { "CONFIRMED" });
        assert_eq!(value(&lines, "STATUS:"), status.collect::<Vec<_>>());
        cancelled += meeting.actions.iter().filter(dropped).count();
        let stamp = meeting.changed.format("%Y%m%dT%H%M%SZ").to_string();
        assert!(value(&lines, "DTSTAMP:").iter().all(|at| *at == stamp), "{stamp} in {file}");
        assert_eq!(due_dates(&meeting).unwrap(), file, "same record, same bytes");
    }
    assert!(seen > 60 && cancelled > 0, "{seen} due dates only, {cancelled} of what was dropped");
}

#[test]
fn a_calendar_reads_commas_semicolons_and_long_words_as_they_were_typed() {
    let mut scene = Scene::begin(3);
    scene.ask(Request::StartMeeting {});
    let text = format!("Alert, page; \\ and \"tell\" {}", "Müßiggänger".repeat(12));
    let (category, priority) = (meeting::ActionCategory::Detection, meeting::Priority::Must);
    scene.ask(Request::AddProposal { text: text.clone(), category, priority, addresses: None });
    let proposal = scene.meeting.proposals[0].id;
    scene.ask(Request::Commit { proposals: vec![proposal] });
    let action = scene.meeting.actions[0].id;
    let change = ActionChange::ConfirmBy(NaiveDate::from_ymd_opt(2026, 5, 20));
    scene.edit(Edit::Action { action, change });
    let lines = lines(&due_dates(&scene.meeting).unwrap());
    let escaped = text.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
    assert_eq!(value(&lines, "SUMMARY:"), [format!("Confirm: {escaped}")]);
}

#[test]
fn a_summary_says_what_how_bad_how_long_what_changes_and_where_the_record_lies() {
    let meeting = (1..).map(post_mortem).find(|it| it.actions.len() == 3 && it.incident.severity.is_some()).unwrap();
    let document = summary(&meeting, "https://wiki.example.org/pm-1");
    for text in [markdown(&document), plain(&document)] {
        for wanted in [meeting.incident.severity.unwrap().word(), "mitigated after", "https://wiki.example.org/pm-1"] {
            assert!(text.contains(wanted), "{wanted} in {text}");
        }
        for action in &meeting.actions {
            assert!(text.contains(&action.due.unwrap().format("%-d %b %Y").to_string()), "{text}");
        }
    }
    let text = plain(&document);
    assert!(meeting.actions.iter().all(|action| text.contains(action.owner.trim())), "{text}");
    let outside = plain(&summary(&public(&meeting, &[]).meeting, ""));
    assert!(meeting.actions.iter().all(|action| !outside.contains(&action.owner)), "{outside}");
}

#[test]
fn the_index_lists_a_record_a_line_newest_first_and_knows_itself_again() {
    let listed = |day: u32, title: &str, files: &[&str]| Listed {
        day: NaiveDate::from_ymd_opt(2026, 5, day).unwrap(),
        severity: Some(Severity::Sev2),
        title: title.to_owned(),
        edition: "internal edition".to_owned(),
        files: files.iter().map(|file| (*file).to_owned()).collect(),
    };
    let text = index(&[listed(6, "Old", &["old.md"]), listed(8, "New | [x](y) <b>", &["new.md", "new.pdf"])]);
    let lines: Vec<_> = text.lines().filter(|line| line.starts_with("- ")).collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(lines[0].contains("](new.md)") && lines[0].contains("[PDF](new.pdf)"), "{text}");
    assert!(lines[0].starts_with("- 2026-05-08 · SEV2 · [New \\| \\[x\\](y) \\<b>](new.md)"), "{text}");
    assert!(is_an_index(&text) && !is_an_index("# Post-mortems\n\nour own page\n"));
}

#[test]
fn a_reader_of_the_record_sees_what_was_changed_after_it_was_published() {
    let mut scene = Scene::begin(5);
    scene.edit(Edit::Status { status: meeting::Status::Published });
    let before = markdown(&document::record(&scene.meeting));
    assert!(before.contains("Published, version 1") && !before.contains("Version 2"), "{before}");
    scene.edit(Edit::Text { field: TextField::Trigger, text: "A release".into() });
    scene.ask(Request::AddChain { symptom: "It was slow".into(), event: None, factor: None });
    scene.ask(Request::Undo {});
    let after = markdown(&document::record(&scene.meeting));
    assert!(after.contains("Version 2: text |"), "what was undone is no change: {after}");
}
