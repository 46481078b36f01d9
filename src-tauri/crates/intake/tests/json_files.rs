//! Exports in JSON: chats, pagers, trackers, logs. All of it is fiction.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod brought;

use std::ops::ControlFlow;

use brought::{bring, check, in_zone, refusal, timeline, told};
use intake::{Assumptions, Brought, Format, People};
use meeting::timeline::EventKind;

// 2026-05-06 14:23:05 UTC is 1 778 077 385 seconds after 1970.
const SLACK: &str = r#"[
    {
        "type": "message",
        "subtype": "channel_join",
        "user": "U0ADA11",
        "text": "<@U0ADA11> has joined the channel",
        "ts": "1778077000.000100"
    },
    {
        "client_msg_id": "0001",
        "type": "message",
        "text": "Checkout returns 500s, p95 &gt; 2 s &amp; rising. <@U0BOB22> can you look? <https://graphs.example/d/1|graph>",
        "user": "U0ADA11",
        "ts": "1778077385.000200",
        "thread_ts": "1778077385.000200",
        "replies": [{"user": "U0BOB22", "ts": "1778077400.000300"}],
        "reactions": [{"name": "eyes", "users": ["U0BOB22"], "count": 1}],
        "blocks": [{"type": "rich_text", "elements": [{"type": "text", "text": "never read"}]}]
    },
    {
        "type": "message",
        "text": "<!here> rolling back, follow in <#C0PAY|payments>",
        "user": "U0BOB22",
        "user_profile": {"display_name": "", "real_name": "Bob Roe", "name": "bob"},
        "ts": "1778077400.000300",
        "thread_ts": "1778077385.000200"
    },
    {
        "subtype": "bot_message",
        "text": "",
        "username": "Alerts",
        "attachments": [{"fallback": "never shown", "title": "High error rate", "text": "checkout > 5 %"}],
        "type": "message",
        "ts": "1778077445.000000"
    },
    {"type": "message", "user": "U0EVE55", "text": "", "files": [{"name": "graph.png"}], "ts": "1778077446.5"}
]"#;

const USERS: &str = r#"[
    {"id": "U0ADA11", "name": "ada", "real_name": "Ada Doe", "profile": {"display_name": "Ada", "email": "ada@shop.example"}},
    {"id": "U0BOB22", "name": "bob", "real_name": "Bob Roe", "profile": {"display_name": ""}},
    {"id": "USLACKBOT", "name": "slackbot", "deleted": false}
]"#;

fn people(json: &str) -> People {
    People::read(json.as_bytes(), &mut |_| ControlFlow::Continue(())).unwrap()
}

#[test]
fn a_slack_export_is_read_with_the_names_of_its_people() {
    let people = people(USERS);
    assert_eq!((people.len(), people.name("U0BOB22"), people.name("U0X")), (3, Some("Bob Roe"), None));
    let Ok(Brought::Timeline(found)) = bring(SLACK.as_bytes(), &Assumptions::default(), &people) else { panic!() };
    let expected = [
        "2026-05-06 14:23:05 <Ada> Checkout returns 500s, p95 > 2 s & rising. @Bob Roe can you look? graph (https://graphs.example/d/1)",
        "2026-05-06 14:23:20 <Bob Roe> @here rolling back, follow in #payments",
        "2026-05-06 14:24:05 <Alerts> High error rate · checkout > 5 %",
        "2026-05-06 14:24:06 <U0EVE55> [file: graph.png]",
        "lost 2: <@U0ADA11> has joined the channel (The message only says that somebody came or went.)",
        "note: 1 message only says who came or went and was left out.",
        "note: 1 id stands for people whose names are not in the file. Add the users.json of the export.",
    ];
    assert_eq!(told(&found).lines().collect::<Vec<_>>(), expected);
    assert_eq!(found.format, Format::Slack);
    assert_eq!(found.reading.events[0].line, 9, "the line where the message begins");
}

#[test]
fn the_answer_of_the_interface_and_a_list_of_people_are_known() {
    let wrapped = format!("{{\"ok\": true, \"messages\": {SLACK}, \"has_more\": false}}");
    assert_eq!(timeline(wrapped.as_bytes(), &Assumptions::default()).reading.events.len(), 4);
    for list in [USERS.to_owned(), format!("{{\"ok\":true,\"members\":{USERS}}}")] {
        assert_eq!(bring(list.as_bytes(), &Assumptions::default(), &People::default()), Ok(Brought::People), "{list}");
        assert_eq!(people(&list).len(), 3);
    }
}

#[test]
fn the_log_of_a_pager_keeps_its_kinds() {
    let log = r#"{"log_entries": [
        {"id": "R1", "type": "trigger_log_entry", "summary": "Triggered through the API", "created_at": "2026-05-06T16:23:05+02:00",
         "agent": {"id": "P1", "type": "service_reference", "summary": "Checkout"},
         "channel": {"type": "api", "summary": "Error rate above 5 %"}},
        {"id": "R2", "type": "notify_log_entry", "summary": "Notified Ada Doe by phone.", "created_at": "2026-05-06T14:23:30Z",
         "agent": {"summary": "Checkout"}, "channel": {"type": "auto"}},
        {"id": "R3", "type": "acknowledge_log_entry", "summary": "Acknowledged by Ada Doe.", "created_at": "2026-05-06T14:25:00Z",
         "agent": {"summary": "Ada Doe"}, "channel": {"type": "mobile"}},
        {"id": "R4", "type": "annotate_log_entry", "summary": "Note added by Ada Doe.", "created_at": "2026-05-06T14:26:00Z",
         "agent": {"summary": "Ada Doe"}, "channel": {"type": "note", "summary": "We suspect the new driver"}},
        {"id": "R5", "type": "resolve_log_entry", "summary": "Resolved by Ada Doe.", "created_at": "2026-05-06T14:52:00Z",
         "agent": {"summary": "Ada Doe"}, "channel": {"type": "website"}}
    ], "limit": 100, "offset": 0, "more": false}"#;
    check(
        "pager",
        log.as_bytes(),
        &Assumptions::default(),
        &[
            "2026-05-06 14:23:05 <Checkout> Triggered through the API · Error rate above 5 %",
            "2026-05-06 14:23:30 <Checkout> Notified Ada Doe by phone.",
            "2026-05-06 14:25:00 <Ada Doe> Acknowledged by Ada Doe.",
            "2026-05-06 14:26:00 <Ada Doe> Note added by Ada Doe. · We suspect the new driver",
            "2026-05-06 14:52:00 <Ada Doe> Resolved by Ada Doe.",
        ],
    );
    let found = timeline(log.as_bytes(), &Assumptions::default());
    assert_eq!(found.format, Format::PagerDuty);
    let kinds: Vec<EventKind> = found.reading.events.iter().map(|event| event.kind).collect();
    use EventKind::*;
    assert_eq!(kinds, [Alert, Escalation, Action, Hypothesis, Recovery]);
    let notes = r#"{"notes":[{"id":"N1","user":{"summary":"Ada Doe"},"content":"Cache is cold","created_at":"2026-05-06T14:30:00Z"}]}"#;
    check("notes", notes.as_bytes(), &Assumptions::default(), &["2026-05-06 14:30:00 <Ada Doe> Cache is cold"]);
    let alerts = r#"{"alerts":[{"id":"A1","type":"alert","summary":"Disk full","created_at":"2026-05-06T14:20:00Z","status":"resolved","severity":"critical","body":{"type":"alert_body","details":{"free":"0"}}}]}"#;
    check("alerts", alerts.as_bytes(), &Assumptions::default(), &["2026-05-06 14:20:00 Disk full"]);
    assert_eq!(timeline(alerts.as_bytes(), &Assumptions::default()).reading.events[0].kind, Alert);
}

#[test]
fn trackers_are_read_by_the_names_of_their_fields() {
    let exports = [
        (
            "incident.io",
            r#"{"timeline_items":[{"id":"1","occurred_at":"2026-05-06T14:23:05.123Z","created_at":"2026-05-07T08:00:00Z","title":"Alert fires","actor":{"user":{"name":"Ada"}}}]}"#,
        ),
        (
            "FireHydrant",
            r#"{"data":[{"id":"1","type":"GeneralUpdate","occurred_at":"2026-05-06T14:23:05Z","data":{"x":1},"summary":"Alert fires","author":{"name":"Ada","source":"x"}}],"pagination":{"count":1}}"#,
        ),
        (
            "Rootly",
            r#"{"data":[{"id":"1","type":"incident_events","attributes":{"event":"Alert fires","kind":"trail","occurred_at":"2026-05-06T07:23:05-07:00","created_at":"2026-05-06T15:00:00Z","user_display_name":"Ada"}}]}"#,
        ),
        (
            "Jira",
            r#"{"expand":"x","issues":[{"key":"OPS-1","fields":{"summary":"Alert fires","created":"2026-05-06T16:23:05.000+0200","updated":"2026-05-08T10:00:00.000+0200","reporter":{"displayName":"Ada"}}}]}"#,
        ),
        (
            "Jira comments",
            r#"{"comments":[{"author":{"displayName":"Ada"},"created":"2026-05-06T16:23:05.000+0200","body":{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"Alert"},{"type":"text","text":"fires"}]}]}}]}"#,
        ),
        (
            "Opsgenie",
            r#"{"data":[{"log":"Alert fires","type":"system","owner":"Ada","createdAt":"2026-05-06T14:23:05.5Z","offset":"1"}],"took":0.1}"#,
        ),
        (
            "a search engine",
            r#"{"took":3,"hits":{"total":{"value":1},"hits":[{"_index":"logs","_id":"1","_source":{"@timestamp":"2026-05-06T14:23:05Z","message":"Alert fires","user":"Ada"}}]}}"#,
        ),
        (
            "GraphQL",
            r#"{"data":{"incident":{"title":"Checkout","timeline":{"nodes":[{"at":1778077385123,"text":"Alert fires","by":"Ada"}]}}}}"#,
        ),
        ("one object", r#"{"time":"2026-05-06 14:23:05 UTC","event":"Alert fires","who":"Ada"}"#),
        (
            "date and time apart",
            r#"[{"date":"2026-05-06","time":"16:23:05","timezone":"Europe/Berlin","event":"Alert fires","who":"Ada"}]"#,
        ),
        ("JSON lines", "{\"ts\":1778077385.75,\"msg\":\"Alert fires\",\"user\":\"Ada\"}\n"),
        ("microseconds as text", r#"[{"timestamp":"1778077385123456","message":"Alert fires","author":"Ada"}]"#),
        ("Mongo", r#"[{"createdAt":{"$date":"2026-05-06T14:23:05Z"},"message":"Alert fires","author":"Ada"}]"#),
        ("unknown names", r#"[{"moment_x":"2026-05-06T14:23:05Z","was_war":"Alert fires","user":"Ada"}]"#),
    ];
    for (name, json) in exports {
        check(name, json.as_bytes(), &Assumptions::default(), &["2026-05-06 14:23:05 <Ada> Alert fires"]);
    }
}

#[test]
fn the_updates_within_an_incident_are_the_events() {
    let page = r#"{"page":{"id":"p","name":"Shop","updated_at":"2026-05-06T18:00:00Z"},"incidents":[{"name":"Checkout errors","status":"resolved","created_at":"2026-05-06T14:40:00Z","impact":"major","incident_updates":[
        {"status":"resolved","body":"This incident has been resolved.","created_at":"2026-05-06T15:31:00Z","display_at":"2026-05-06T15:30:00Z","affected_components":[{"name":"Checkout"}]},
        {"status":"investigating","body":"We are looking into it.","created_at":"2026-05-06T14:40:00Z","display_at":"2026-05-06T14:40:00Z"}]}]}"#;
    check(
        "status page",
        page.as_bytes(),
        &Assumptions::default(),
        &[
            "2026-05-06 15:30:00 This incident has been resolved.",
            "2026-05-06 14:40:00 We are looking into it.",
            "lost 1: Checkout errors (The entry holds the entries below and was not made an event of its own.)",
        ],
    );
    let found = timeline(page.as_bytes(), &Assumptions::default());
    assert_eq!(found.reading.events[0].kind, EventKind::Recovery);
    assert_eq!(found.reading.order, intake::Order::NewestFirst);
}

#[test]
fn a_time_without_a_zone_is_asked_for_and_a_broken_line_of_a_log_is_listed() {
    let log = "{\"time\":\"2026-07-06 16:23:05\",\"text\":\"Alert\"}\nnot JSON\n{\"time\":\"2026-07-06 16:25\",\"text\":\"Calm\"}\n{\"time\":\"2026-07-06 16:26\",\"te";
    check(
        "asked",
        log.as_bytes(),
        &Assumptions::default(),
        &[
            "? 2026-07-06T16:23:05 Alert",
            "? 2026-07-06T16:25 Calm",
            "ask MissingZone [0, 1]",
            "lost 2: not JSON (The line is no entry.)",
            "lost 4: {\"time\":\"2026-07-06 16:26\",\"te (The line is no whole JSON.)",
        ],
    );
    // Berlin is two hours ahead in July.
    let found = timeline(log.as_bytes(), &in_zone("Europe/Berlin"));
    assert_eq!(found.reading.events[0].at.unwrap().to_rfc3339(), "2026-07-06T14:23:05+00:00");
    assert_eq!(found.format, Format::JsonLines);
}

#[test]
fn entries_without_time_or_text_are_listed_with_their_line() {
    let list = "[\n {\"time\":\"2026-05-06T14:23:05Z\",\"text\":\"Alert\"},\n {\"text\":\"no time\"},\n {\"time\":\"2026-05-06T14:24:00Z\"},\n {\"time\":\"TBD\",\"text\":\"later\"},\n 5\n]";
    check(
        "listed",
        list.as_bytes(),
        &Assumptions::default(),
        &[
            "2026-05-06 14:23:05 Alert",
            "? TBD · later",
            "lost 3: no time (The entry has no time.)",
            "lost 4: 2026-05-06T14:24:00Z (The entry has no text.)",
            "lost 6: 5 (This is a value and no entry.)",
        ],
    );
}

#[test]
fn an_exported_record_is_told_apart() {
    let record = "{\n  \"format\": \"debrief-record\",\n  \"log\": [{\"at\": 1778077385, \"text\": \"x\"}],\n  \"record\": {},\n  \"version\": 1\n}\n";
    assert_eq!(bring(record.as_bytes(), &Assumptions::default(), &People::default()), Ok(Brought::Record));
}

#[test]
fn broken_json_is_refused_with_its_line_and_nothing_is_taken_in() {
    let entry = "{\"time\":\"2026-05-06T14:23:05Z\",\"text\":\"Alert\"}";
    let cases = [
        (
            format!("[\n{entry},\n{entry},\n{{\"time\":\"2026"),
            "The file ends at line 4 in the middle of the JSON. 2 events stand before it",
        ),
        (format!("[\n{entry},\n{entry}"), "The file ends at line 3 in the middle of the JSON. 2 events"),
        (format!("[\n{entry}\n{entry}]"), "Line 3, column 1: the JSON cannot be read (expected “,” or “]”). 1 events"),
        (format!("[\n{entry},\n{{\"time\": NaN}}]"), "Line 3, column 10: the JSON cannot be read"),
        (
            format!("[\n{entry},\n{{\"time\": 1e999, \"text\":\"x\"}}]"),
            "Line 3, column 14: the JSON cannot be read (number out of range)",
        ),
        (format!("[{entry}] trailing"), "there is more behind its end"),
        ("[".to_owned(), "ends at line 1"),
        ("[]".to_owned(), "None of the 0 entries"),
        ("[{\"a\":1},{\"b\":2}]".to_owned(), "None of the 2 entries"),
        (format!("{}1{}", "[{\"a\":".repeat(100_000), "}]".repeat(100_000)), "None of the 1 entries"),
        (format!("[{{\"text\":{}1{}}}]", "[".repeat(100_000), "]".repeat(100_000)), "nested deeper"),
        (format!("[{{\"events\":{}1", "[{\"events\":".repeat(100_000)), "ends at line 1"),
        (format!("{}1", "{\"a\":".repeat(100_000)), "nested deeper"),
    ];
    for (json, sentence) in cases {
        let refused = refusal(json.as_bytes());
        assert!(refused.contains(sentence), "{refused}\n{}", &json[..json.len().min(200)]);
        assert!(refused.to_lowercase().contains("nothing was taken in"), "{refused}");
    }
}

#[test]
fn odd_values_do_no_harm() {
    let odd = r#"[
        {"time":"2026-05-06T14:23:05Z","time":"2026-05-06T14:24:00Z","text":"the last of two counts"},
        {"time":99999999999999999999999999,"text":"far out"},
        {"time":-5,"text":"before 1970"},
        {"time":true,"text":"no time"},
        {"time":["2026-05-06T14:25:00Z"],"text":{"text":"in an object"}},
        {"time":"2026-05-06T14:26:00Z","text":["two","pieces"],"attachments":"none","files":[3],"updates":7}
    ]"#;
    check(
        "odd",
        odd.as_bytes(),
        &Assumptions::default(),
        &[
            "2026-05-06 14:24:00 the last of two counts",
            "? 100000000000000000000000000 · far out",
            "? -5 · before 1970",
            "2026-05-06 14:25:00 in an object",
            "2026-05-06 14:26:00 two pieces",
            "lost 5: no time (The entry has no time.)",
        ],
    );
}

#[test]
fn pasted_json_is_read_like_a_file() {
    let reading = intake::read(SLACK, &Assumptions::default()).unwrap();
    assert_eq!(reading.events.len(), 4);
    assert_eq!(reading.events[0].at.unwrap().timestamp(), 1_778_077_385);
    let log = intake::read("[14:23] alert\n[14:24] calm", &in_zone("UTC")).unwrap();
    assert_eq!(log.events.len(), 2, "brackets around a clock are no JSON");
}
