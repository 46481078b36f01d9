//! Chats, status pages, Markdown tables and separated values.

mod transcript;

use transcript::{check, given};

#[test]
fn a_slack_copy_names_its_authors() {
    let text = "Alice Doe\n  2:14 PM\nseeing 500s on checkout\nanyone else?\n2:15\nlooks like the deploy\n\nBob Roe:palm_tree:  2:16 PM\nyes, rolling back\n\nPagerDuty APP  2:17 PM\nTriggered #123: high error rate";
    check(
        "slack",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:14 <Alice Doe> seeing 500s on checkout / anyone else?",
            "2026-05-06 14:15 <Alice Doe> looks like the deploy",
            "2026-05-06 14:16 <Bob Roe> yes, rolling back",
            "2026-05-06 14:17 <PagerDuty> Triggered #123: high error rate",
        ],
    );
    let dividers = "Wednesday, May 6th\nAlice Doe  11:58 PM\nalert\nThursday, May 7th\nAlice Doe  12:04 AM\ncalm";
    check(
        "dividers",
        dividers,
        &given("UTC", "2026-05-06"),
        &["2026-05-06 23:58 <Alice Doe> alert", "2026-05-07 00:04 <Alice Doe> calm"],
    );
    check(
        "old slack",
        "alice [2:14 PM]\nseeing 500s\nbob [2:16 PM]\nyes",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:14 <alice> seeing 500s", "2026-05-06 14:16 <bob> yes"],
    );
}

#[test]
fn a_handle_above_its_message_is_the_actor() {
    let text = "@alice 09:12\ndeploy started\n@bob 09:15\nerrors at 09:14 and 09:15\n\nsee the graph";
    check(
        "handles",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 09:12 <alice> deploy started",
            "2026-05-06 09:15 <bob> errors at 09:14 and 09:15 / see the graph",
        ],
    );
}

#[test]
fn teams_discord_and_whatsapp_copies_are_read() {
    check(
        "teams",
        "[14:23] Alice Doe\nseeing 500s\n[14:25] Roe, Bob\nyes\nrolling back",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 <Alice Doe> seeing 500s", "2026-05-06 14:25 <Roe, Bob> yes / rolling back"],
    );
    check(
        "teams with dates",
        "[13/05/2026 14:23] Alice Doe: seeing 500s\n[13/05/2026 14:25] Bob Roe: yes",
        &given("UTC", ""),
        &["2026-05-13 14:23 <Alice Doe> seeing 500s", "2026-05-13 14:25 <Bob Roe> yes"],
    );
    check(
        "discord",
        "alice — 05/13/2026 2:23 PM\nseeing 500s\nbob — 05/13/2026 2:25 PM\nyes",
        &given("UTC", ""),
        &["2026-05-13 14:23 <alice> seeing 500s", "2026-05-13 14:25 <bob> yes"],
    );
    check(
        "whatsapp",
        "13/05/2026, 14:23 - Alice: seeing 500s\n[13/05/2026, 14:25:01] Bob: yes",
        &given("UTC", ""),
        &["2026-05-13 14:23 <Alice> seeing 500s", "2026-05-13 14:25:01 <Bob> yes"],
    );
}

#[test]
fn a_status_page_has_its_times_below_the_text() {
    let text = "Resolved - This incident has been resolved.\nMay 6, 15:31 UTC\n\nMonitoring - A fix has been implemented.\nMay 6, 15:02 UTC\n\nInvestigating - We are looking into it.\nMay 6, 14:40 UTC";
    check(
        "history",
        text,
        &given("", "2026-05-06"),
        &[
            "2026-05-06 15:31 Resolved - This incident has been resolved.",
            "2026-05-06 15:02 Monitoring - A fix has been implemented.",
            "2026-05-06 14:40 Investigating - We are looking into it.",
        ],
    );
    let page = "Checkout errors\n\nResolved\nThis incident has been resolved.\nPosted May 06, 2026 - 15:31 UTC\nInvestigating\nWe are looking into it.\nPosted 2 months ago. May 06, 2026 - 14:40 UTC";
    check(
        "page",
        page,
        &given("", ""),
        &[
            "2026-05-06 15:31 Resolved / This incident has been resolved.",
            "2026-05-06 14:40 Investigating / We are looking into it.",
            "lost 1: Checkout errors",
        ],
    );
}

#[test]
fn a_markdown_table_may_have_its_time_anywhere() {
    let expected = ["2026-05-06 14:23 <Alice> Alert fires", "2026-05-06 14:31 <Bob> Pods | restarted"];
    let tables = [
        (
            "first",
            "| Time (UTC) | Who | What |\n|---|---|---|\n| 2026-05-06 14:23 | Alice | Alert fires |\n| 14:31 | Bob | Pods \\| restarted |",
        ),
        (
            "last",
            "| What | Who | Time |\n|:--|:-:|--:|\n| Alert fires | Alice | 2026-05-06 14:23 UTC |\n| Pods \\| restarted | Bob | **14:31** UTC |",
        ),
        (
            "no frame",
            "Date | UTC | Event | Actor\n--- | --- | --- | ---\n2026-05-06 | 14:23 | Alert fires | Alice\n | 14:31 | Pods \\| restarted | Bob",
        ),
        (
            "two zones",
            "| PT | UTC | Event | By |\n|---|---|---|---|\n| 07:23 | 2026-05-06 14:23 | Alert fires | Alice |\n| 07:31 | 14:31 | Pods \\| restarted | Bob |",
        ),
        (
            "date row",
            "| Time UTC | Event | Author |\n|---|---|---|\n| **6 May 2026** | | |\n| 14:23 | Alert fires | Alice |\n| 14:31 | Pods \\| restarted | Bob |",
        ),
    ];
    for (name, text) in tables {
        check(name, text, &given("", ""), &expected);
    }
    check(
        "no titles",
        "|14:23|Alert|\n|14:31|Calm|",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 Alert", "2026-05-06 14:31 Calm"],
    );
    check(
        "a table of something else",
        "| Action | Owner | Due |\n|---|---|---|\n| Add an alert | Alice | 2026-06-01 |",
        &given("UTC", ""),
        &["lost 1: | Action | Owner | Due |", "lost 3: | Add an alert | Alice | 2026-06-01 |"],
    );
    check(
        "columns that were not asked for",
        "| Time | Event | Severity |\n|---|---|---|\n| 14:23 | Alert | high |\n| | Guess | |",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 Alert · Severity: high", "? Guess"],
    );
}

#[test]
fn separated_values_are_read_by_their_titles() {
    let expected = ["2026-05-13 14:23 <Alice> Alert, loud / second line", "2026-05-13 14:31 <Bob> Pods restarted"];
    let files = [
        (
            "commas",
            "time,author,description\n2026-05-13T14:23Z,Alice,\"Alert, loud\nsecond line\"\n2026-05-13T14:31Z,Bob,Pods restarted\n",
        ),
        (
            "semicolons, european",
            "\u{feff}Beschreibung text;Wer;Zeit (UTC)\r\n\"Alert, loud\r\nsecond line\";Alice;13.05.2026 14:23\r\nPods restarted;Bob;13.05.2026 14:31\r\n",
        ),
        (
            "american",
            "Date,Time,Timezone,User,Event\n05/13/2026,2:23 PM,UTC,Alice,\"Alert, loud\nsecond line\"\n05/13/2026,2:31 PM,UTC,Bob,Pods restarted",
        ),
        (
            "tabs",
            "event\tby\twhen\n\"Alert, loud\nsecond line\"\tAlice\t2026-05-13 14:23 UTC\nPods restarted\tBob\t2026-05-13 14:31 UTC",
        ),
    ];
    for (name, text) in files {
        check(name, text, &given("", ""), &expected);
    }
    check(
        "seconds since 1970",
        "ts,message\n1778077385,Alert\n1778077385123,Again",
        &given("", ""),
        &["2026-05-06 14:23:05 Alert", "2026-05-06 14:23:05 Again"],
    );
    check(
        "an unreadable time",
        "time,event\n14:23,Alert\nTBD,Calm\n14:40,",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 Alert", "? TBD · Calm", "lost 4: 14:40,"],
    );
}
