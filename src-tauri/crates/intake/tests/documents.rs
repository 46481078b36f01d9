//! Whole documents: wiki pages, prose, quoted logs, pages with tags; what is an event there, and what is not.

mod transcript;

use transcript::{check, given};

#[test]
fn the_list_marks_and_titles_of_a_wiki_are_read() {
    let text = "== Summary ==\nBad day.\n\n==Timeline==\n''All times in UTC.''\n=== 2026-05-06 ===\n*14:23 Deploy\n*'''14:31''' Alert: '''OUTAGE BEGINS'''\n** on two hosts\n** 14:32 a third host\n* 14:40 '''OUTAGE ENDS'''\n==Conclusions==\n* Add an alert";
    check(
        "wiki",
        text,
        &given("", ""),
        &[
            "2026-05-06 14:23 Deploy",
            "2026-05-06 14:31 Alert: OUTAGE BEGINS / on two hosts",
            "2026-05-06 14:32 a third host",
            "2026-05-06 14:40 OUTAGE ENDS",
            "lost 1: == Summary ==",
            "lost 2: Bad day.",
            "lost 4: ==Timeline==",
            "lost 12: ==Conclusions==",
            "lost 13: * Add an alert",
        ],
    );
    check(
        "other titles",
        "h3. Timeline (UTC)\n\nh4. 2026-05-06\n\n14:23 Deploy",
        &given("", ""),
        &["2026-05-06 14:23 Deploy"],
    );
}

#[test]
fn sentences_that_begin_with_their_time_are_events() {
    let text = "On the morning of February 28th, 2017 a team debugged an issue. At 9:37AM PST, a command was run. It removed too much.\n\nBy 11:37AM PST, the index had\nenough capacity. At 1:54PM PST all was normal. It took 4:17 hours.";
    check(
        "two paragraphs",
        text,
        &given("", ""),
        &[
            "2017-02-28 17:37 a command was run. It removed too much.",
            "2017-02-28 19:37 ~ the index had enough capacity.",
            "2017-02-28 21:54 all was normal. It took 4:17 hours.",
        ],
    );
    check(
        "in passing",
        "The team became aware at 15:44Z, and declared an incident at 15:55Z. After a test, at 16:24:12Z it was restarted.",
        &given("", "2026-05-06"),
        &[
            "2026-05-06 15:44 The team became aware at 15:44Z",
            "2026-05-06 15:55 declared an incident at 15:55Z.",
            "2026-05-06 16:24:12 After a test, at 16:24:12Z it was restarted.",
        ],
    );
}

#[test]
fn sentences_beside_a_list_are_set_aside_and_still_tell_day_and_zone() {
    let text = "# Outage\n\nOn 6 May 2026, between 14:23 and 14:40 UTC, users saw errors. It peaked at 14:30 UTC.\n\n## Timeline\n\n- 14:23 Deploy\n- 14:31 Alert\n- 14:40 Calm\n\n## Root cause\n\nAt 14:20 UTC a change was merged.\n\n## Action items\n\n- 2026-06-01 09:00 UTC: review\n- by June 3 at 10:00: drill";
    check(
        "document",
        text,
        &given("", ""),
        &[
            "2026-05-06 14:23 Deploy",
            "2026-05-06 14:31 Alert",
            "2026-05-06 14:40 Calm",
            "lost 1: # Outage",
            "lost 5: ## Timeline",
            "lost 11: ## Root cause",
            "lost 13: At 14:20 UTC a change was merged.",
            "lost 15: ## Action items",
            "lost 17: - 2026-06-01 09:00 UTC: review",
            "lost 18: - by June 3 at 10:00: drill",
        ],
    );
}

#[test]
fn a_quoted_log_is_no_part_of_the_list() {
    let list = "## Timeline (UTC)\n\n2026-05-06\n- 14:23 Deploy\n- 14:31 Alert\n- 14:40 Calm";
    let log = "```\n2026-05-06 12:00:00 ERROR out of memory\n```";
    check(
        "elsewhere",
        &format!("{list}\n\n## Cause\n\n{log}"),
        &given("", ""),
        &[
            "2026-05-06 14:23 Deploy",
            "2026-05-06 14:31 Alert",
            "2026-05-06 14:40 Calm",
            "lost 8: ## Cause",
            "lost 11: 2026-05-06 12:00:00 ERROR out of memory",
        ],
    );
    check("alone", log, &given("UTC", ""), &["2026-05-06 12:00:00 ERROR out of memory"]);
}

#[test]
fn a_line_broken_before_a_time_goes_on_with_its_sentence() {
    check(
        "wrapped",
        "2026-05-06 (UTC)\n14:23 the graph shows that it was full from\n13:50 and nobody saw it\n14:31 ack",
        &given("", ""),
        &["2026-05-06 14:23 the graph shows that it was full from 13:50 and nobody saw it", "2026-05-06 14:31 ack"],
    );
}

#[test]
fn times_behind_the_text_of_a_list_are_read() {
    let lists = [
        "- Deploy (14:23)\n- Alert (14:31 UTC)",
        "- Deploy at 14:23 UTC\n- Alert, 14:31 UTC",
        "- Deploy: 2026-05-06 14:23 UTC\n- Alert – 2026-05-06 14:31 UTC",
        "* Deploy [14:23]\n* Alert [14:31]",
    ];
    for list in lists {
        check(list, list, &given("UTC", "2026-05-06"), &["2026-05-06 14:23 Deploy", "2026-05-06 14:31 Alert"]);
    }
    check(
        "inside",
        "## Timeline\n- It went out at **14:23** to all hosts\n- 14:31 Alert\n- Seen around 14:40 by users",
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:23 It went out at 14:23 to all hosts",
            "2026-05-06 14:31 Alert",
            "2026-05-06 14:40 ~ Seen around 14:40 by users",
            "lost 1: ## Timeline",
        ],
    );
}

#[test]
fn elapsed_times_need_a_zero() {
    check("none", "T+0 alert\nT+15m ack", &given("UTC", ""), &["? alert", "? ack"]);
    check(
        "named",
        "T+0 (14:23) alert\nT+15m ack\nT+1h20m: calm\nT+0:05 late note",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 alert", "2026-05-06 14:38 ack", "2026-05-06 15:43 calm", "2026-05-06 14:28 late note"],
    );
    check(
        "later",
        "14:23 alert\n15 minutes later the page went out",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 alert", "2026-05-06 14:38 ~ the page went out"],
    );
}

#[test]
fn a_page_with_its_tags_is_read() {
    let text = "<h2>Timeline (UTC)</h2>\n<p><strong>May 6, 2026</strong></p>\n<ul>\n<li><b>14:23</b> &ndash; Deploy</li>\n<li><b>14:31</b>&nbsp;&ndash; Alert\n on two hosts</li></ul>\n<table><tr><th>Time</th><th>Event</th></tr>\n<tr><td>14:40</td>\n<td>Calm &amp; quiet</td></tr></table>";
    check(
        "page",
        text,
        &given("", ""),
        &["2026-05-06 14:23 Deploy", "2026-05-06 14:31 Alert on two hosts", "2026-05-06 14:40 Calm & quiet"],
    );
}

#[test]
fn the_day_of_a_post_is_not_the_day_of_the_incident() {
    let post = "May 20, 2026\n\n# Outage\n\nOn May 6, 2026 checkout was down.\n\n## Timeline\n\n- 14:23 Alert";
    check(
        "below the title",
        post,
        &given("UTC", ""),
        &["2026-05-06 14:23 Alert", "lost 3: # Outage", "lost 7: ## Timeline"],
    );
    let front = "---\nauthor: ada\ndate: 2026-05-20\n---\n\n- 14:23 Alert";
    check(
        "front matter of a post",
        front,
        &given("UTC", ""),
        &["? T14:23 Alert", "ask MissingDate [0]", "lost 2: author: ada", "lost 3: date: 2026-05-20"],
    );
    let year = "# Outage of May 2026\n\n- May 6 14:23 Alert";
    check("the year of a title", year, &given("UTC", ""), &["2026-05-06 14:23 Alert", "lost 1: # Outage of May 2026"]);
    let usual =
        "Unless otherwise noted all events are of 2026-05-06, in UTC.\n- 2026-05-05 23:00: build\n- 01:38: alert";
    check("a usual day", usual, &given("UTC", ""), &["2026-05-05 23:00 build", "2026-05-06 01:38 alert"]);
}

#[test]
fn one_moment_in_two_zones_must_agree() {
    check(
        "agree",
        "2026-05-06\n14:23 UTC / 07:23 PDT alert\n14:31 UTC (9:31 AM Central, 10:31 EDT) ack",
        &given("", ""),
        &["2026-05-06 14:23 alert", "2026-05-06 14:31 ack"],
    );
    check(
        "disagree",
        "2026-05-06\n14:23 UTC / 06:23 PDT alert",
        &given("", ""),
        &["? 2026-05-06T14:23 alert", "ask AmbiguousZone [0]"],
    );
    check(
        "the certain one settles the other",
        "2026-07-06 10:05 PST (17:05 UTC) alert",
        &given("", ""),
        &["2026-07-06 17:05 alert"],
    );
}

#[test]
fn updates_of_a_status_page_come_in_many_shapes() {
    check(
        "title with its time",
        "Checkout is down\nResolved May 26 at 10:33pm UTC\nIt works again.\n1 previous update\nLogin is down\nResolved May 18 at 10:18pm UTC\nIt works.",
        &given("", "2026-05-26"),
        &[
            "2026-05-26 22:33 Resolved / It works again. / 1 previous update / Login is down",
            "2026-05-18 22:18 Resolved / It works.",
            "lost 1: Checkout is down",
        ],
    );
    check(
        "first update without a word",
        "Chain halt\nIncident Report for Chain\nFinal update for now. It moves.\n\nWe go on watching.\nPosted May 06, 2026 - 11:02 UTC\nUpdate: A release is on its way.\nPosted May 06, 2026 - 09:09 UTC",
        &given("", ""),
        &[
            "2026-05-06 11:02 Final update for now. It moves. / We go on watching.",
            "2026-05-06 09:09 Update: A release is on its way.",
            "lost 1: Chain halt",
            "lost 2: Incident Report for Chain",
        ],
    );
}

#[test]
fn what_a_chat_program_adds_is_left_out() {
    let text = "Alice Doe  2:14 PM\nseeing 500s on checkout\n:eyes: 3\n3 replies\nLast reply today at 2:30 PM\nBob Roe:palm_tree:  2:16 PM\nrolling back\n2:19\ndone";
    check(
        "slack",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:14 <Alice Doe> seeing 500s on checkout",
            "2026-05-06 14:16 <Bob Roe> rolling back",
            "2026-05-06 14:19 <Bob Roe> done",
        ],
    );
    check(
        "mail",
        "On Wed, May 6, 2026 at 2:14 PM Alice Doe <alice@example.org> wrote:\n> seeing 500s",
        &given("UTC", ""),
        &["2026-05-06 14:14 <Alice Doe> seeing 500s"],
    );
}

#[test]
fn dates_and_clocks_in_rare_dress_are_read() {
    let lines = [
        "2026 May 6 14:23 alert",
        "20260506 14:23:00 alert",
        "06/May/2026:14:23 alert",
        "6 de mayo de 2026, 14:23 alert",
        "le 6 mai 2026 14h23 alert",
        "2026-05-06 14.23 alert",
        "2026-05-06 2:23p alert",
        "2026-05-06 (Wed) 14:23 alert",
        "Wednesday, 6 May 2026 - 14：23 alert",
        "🔴 2026-05-06 14:23 alert",
        "2026-05-06 14:23 Uhr alert",
    ];
    for line in lines {
        let expected = if line.contains("14:23:00") { "2026-05-06 14:23:00 alert" } else { "2026-05-06 14:23 alert" };
        check(line, line, &given("UTC", ""), &[expected]);
    }
    check(
        "one digit beside an ISO date",
        "2026-05-06 4:19 mail\n4:27 found\n9:14 calm",
        &given("UTC", ""),
        &["2026-05-06 04:19 mail", "2026-05-06 04:27 found", "2026-05-06 09:14 calm"],
    );
    check(
        "days by number with names",
        "Day 1 (Tuesday, 5 May 2026)\n14:23 UTC alert\nDay 2 (Wednesday)\n09:05 UTC calm",
        &given("", ""),
        &["2026-05-05 14:23 alert", "2026-05-06 09:05 calm"],
    );
    check(
        "the given date shows the order of day and month",
        "05/06/2026 14:23 alert",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 alert"],
    );
}

#[test]
fn numbers_that_are_no_clocks_stay_text() {
    let lines = [
        "5:00 min",
        "14:05 minutes was the record",
        "v14.05 released",
        "3:1 ratio",
        "Error at host:8080",
        "10.0.0.1 is down",
        "$14.05 per hour",
        "14.05% of requests",
        "2026-W10",
        "12:30 hours in total",
    ];
    for line in lines {
        check(line, line, &given("UTC", "2026-05-06"), &[format!("lost 1: {line}").as_str()]);
    }
}

#[test]
fn labels_titles_and_names_may_stand_before_the_time() {
    check(
        "labels",
        "**Impact start:** May 6, 2026 14:23 UTC\n**Detected:** May 6, 2026 14:31 UTC\n**Duration:** 14:23 to 14:40",
        &given("", ""),
        &["2026-05-06 14:23 Impact start", "2026-05-06 14:31 Detected", "lost 3: **Duration:** 14:23 to 14:40"],
    );
    check(
        "titles",
        "## May 6, 2026\n\n### Alert fires - 14:23 UTC\nLoud.\n\n### Rolled back (14:31 UTC)\nCalm.",
        &given("", ""),
        &["2026-05-06 14:23 Alert fires / Loud.", "2026-05-06 14:31 Rolled back / Calm."],
    );
    check(
        "names",
        "**alice** (14:23): seeing 500s\nbob 14:31: me too",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 <alice> seeing 500s", "2026-05-06 14:31 <bob> me too"],
    );
    check(
        "states",
        "Resolved\nMay 6 at 02:31pm UTC\nAll good.\n\nCreated\nMay 6 at 02:23pm UTC\nLooking.",
        &given("", "2026-05-06"),
        &["2026-05-06 14:31 Resolved / All good.", "2026-05-06 14:23 Created / Looking."],
    );
    check(
        "letters",
        "a. 14:23 alert\nb. 14:31 ack",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23 alert", "2026-05-06 14:31 ack"],
    );
}

#[test]
fn what_is_planned_is_no_event() {
    check(
        "promise",
        "At 14:23 UTC on 6 May 2026 errors began. We will publish a report by 17:00 UTC.",
        &given("", ""),
        &["2026-05-06 14:23 errors began. We will publish a report by 17:00 UTC."],
    );
}

#[test]
fn an_offset_may_stand_apart_from_utc() {
    check("apart", "2026-05-06 14:23 UTC +1 alert", &given("", ""), &["2026-05-06 13:23 alert"]);
    check("a drop", "2026-05-06 14:23 UTC -5% traffic", &given("", ""), &["2026-05-06 14:23 -5% traffic"]);
    check("title", "## Timeline - UTC\n2026-05-06 14:23 alert", &given("", ""), &["2026-05-06 14:23 alert"]);
}

#[test]
fn japanese_dates_and_clocks_are_read() {
    check(
        "japanese",
        "2026年5月6日（水）\n14:23 障害発生\n14時31分 対応開始\n5月7日 09:00 復旧",
        &given("Asia/Tokyo", ""),
        &["2026-05-06 05:23 障害発生", "2026-05-06 05:31 対応開始", "2026-05-07 00:00 復旧"],
    );
}

#[test]
fn a_summary_tells_the_zone_and_the_day_of_the_list_below() {
    check(
        "fields",
        "| Field | Value |\n|---|---|\n| Incident date | 6 May 2026 |\n| Severity | 2 |\n\n**Duration:** 14:23–14:40 UTC\n\n- 14:23 Deploy\n- 14:40 Calm",
        &given("", ""),
        &[
            "2026-05-06 14:23 Deploy",
            "2026-05-06 14:40 Calm",
            "lost 1: | Field | Value |",
            "lost 4: | Severity | 2 |",
            "lost 6: **Duration:** 14:23–14:40 UTC",
        ],
    );
    check(
        "two zones tell nothing",
        "It was down from 14:23 UTC to 07:40 PDT on 6 May 2026, they say.\n\n- 14:23 Deploy\n- 14:31 Alert\n- 14:40 Calm",
        &given("", ""),
        &[
            "? 2026-05-06T14:23 Deploy",
            "? 2026-05-06T14:31 Alert",
            "? 2026-05-06T14:40 Calm",
            "ask MissingZone [0, 1, 2]",
        ],
    );
}
