//! Lists of times: scribe notes, bullets, IRC, log lines.

mod transcript;

use transcript::{check, given};

/// Every way to write the same two lines of 6 May 2026, in UTC by assumption.
#[test]
fn a_clock_is_read_in_whatever_dress_it_comes() {
    let layouts = [
        ("dash", "14:23 — Alert fires\n14:31 — Bob restarts the pods"),
        ("space", "14:23 Alert fires\n14:31 Bob restarts the pods"),
        ("bullet and colon", "- 14:23: Alert fires\n- 14:31: Bob restarts the pods"),
        ("bold", "* **14:23** Alert fires\n* **14:31** Bob restarts the pods"),
        ("bold with colon inside", "- **14:23:** Alert fires\n- **14:31:** Bob restarts the pods"),
        ("bold sentence", "- **14:23 — Alert fires**\n- **14:31 — Bob restarts the pods**"),
        ("backticks", "- `14:23` Alert fires\n- `14:31` - Bob restarts the pods"),
        ("brackets", "[14:23] Alert fires\n[14:31] Bob restarts the pods"),
        ("round brackets", "(14:23) Alert fires\n(14:31) Bob restarts the pods"),
        ("numbered", "1. 14:23 Alert fires\n2. 14:31 Bob restarts the pods"),
        ("numbered with bracket", "1) 14:23 - Alert fires\n2) 14:31 - Bob restarts the pods"),
        ("half days", "2:23 PM Alert fires\n2:31 PM Bob restarts the pods"),
        ("glued half days", "2:23pm: Alert fires\n2:31pm: Bob restarts the pods"),
        ("dotted half days", "2.23pm Alert fires\n2.31 p.m. Bob restarts the pods"),
        ("dotted", "14.23 Alert fires\n14.31 Bob restarts the pods"),
        ("bare digits", "1423 Alert fires\n1431 Bob restarts the pods"),
        ("bare digits with hours", "1423h Alert fires\n1431 hrs Bob restarts the pods"),
        ("French", "14h23 Alert fires\n14h31 : Bob restarts the pods"),
        ("German", "14:23 Uhr Alert fires\n14:31 Uhr: Bob restarts the pods"),
        ("at", "- At 14:23 Alert fires\n- At 14:31, Bob restarts the pods"),
        ("tab", "14:23\tAlert fires\n14:31\tBob restarts the pods"),
        ("quoted", "> 14:23 Alert fires\n> 14:31 Bob restarts the pods"),
        ("unticked and ticked", "- [ ] 14:23 Alert fires\n- [x] 14:31 Bob restarts the pods"),
        ("heading per event", "### 14:23 — Alert fires\n\n### 14:31 — Bob restarts the pods"),
        ("carriage returns", "\u{feff}14:23 Alert fires\r\n14:31 Bob restarts the pods\r\n"),
        ("control characters", "14:23\0Alert fires\r14:31\u{7} Bob restarts the pods"),
        ("narrow space", "2:23\u{202f}PM Alert fires\n2:31\u{202f}PM Bob restarts the pods"),
        ("time of its own line", "14:23\nAlert fires\n\n14:31\nBob restarts the pods"),
    ];
    let expected = ["2026-05-06 14:23 Alert fires", "2026-05-06 14:31 Bob restarts the pods"];
    for (name, text) in layouts {
        check(name, text, &given("UTC", "2026-05-06"), &expected);
    }
}

#[test]
fn without_date_or_zone_both_are_asked_for_once() {
    let text = "14:23 — Alert fires\n14:31 — Pods restarted";
    check(
        "asked",
        text,
        &given("", ""),
        &["? T14:23 Alert fires", "? T14:31 Pods restarted", "ask MissingZone [0, 1]", "ask MissingDate [0, 1]"],
    );
    check(
        "zone given",
        text,
        &given("Europe/Berlin", ""),
        &["? T14:23 Alert fires", "? T14:31 Pods restarted", "ask MissingDate [0, 1]"],
    );
    check(
        "both given",
        text,
        &given("Europe/Berlin", "2026-05-06"),
        &["2026-05-06 12:23 Alert fires", "2026-05-06 12:31 Pods restarted"],
    );
}

#[test]
fn irc_names_become_actors() {
    let text = "--- Day changed Wed May 06 2026\n[14:23:05] <alice> is anyone else seeing 500s?\n[14:23:41] <@bob> yes, on checkout\n[14:24:00] -!- carol has joined #incident";
    check(
        "irc",
        text,
        &given("UTC", ""),
        &[
            "2026-05-06 14:23:05 <alice> is anyone else seeing 500s?",
            "2026-05-06 14:23:41 <bob> yes, on checkout",
            "2026-05-06 14:24:00 -!- carol has joined #incident",
        ],
    );
    check(
        "weechat",
        "14:23:05   alice | restarting db-3\n14:23:41     bob | ok",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:23:05 <alice> restarting db-3", "2026-05-06 14:23:41 <bob> ok"],
    );
}

#[test]
fn a_name_before_a_colon_is_the_actor_and_a_label_is_not() {
    let text = "14:20 Alice Doe: I see errors\n14:21 **bob.k**: me too\n14:22 Decision: roll back\n14:23 API: returns 500\n14:24 IC (Dana): go ahead\n14:25 see https://example.org/x";
    check(
        "actors",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:20 <Alice Doe> I see errors",
            "2026-05-06 14:21 <bob.k> me too",
            "2026-05-06 14:22 Decision: roll back",
            "2026-05-06 14:23 API: returns 500",
            "2026-05-06 14:24 <IC (Dana)> go ahead",
            "2026-05-06 14:25 see https://example.org/x",
        ],
    );
}

#[test]
fn about_is_kept_apart_from_exact() {
    let text = "~14:20 first errors\nabout 14:25: users complain\ncirca 14:30 — calls to support\n14:35ish restart\n14:40 (approx.) calm\naround 2:45 PM closed";
    check(
        "about",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:20 ~ first errors",
            "2026-05-06 14:25 ~ users complain",
            "2026-05-06 14:30 ~ calls to support",
            "2026-05-06 14:35 ~ restart",
            "2026-05-06 14:40 ~ calm",
            "2026-05-06 14:45 ~ closed",
        ],
    );
}

#[test]
fn a_range_begins_the_event_and_stays_in_the_text() {
    let text = "14:20–14:25 retries pile up\n14:30 - 14:45: failover\nfrom 14:50 to 14:55 calm\n2:58 – 3:10 PM report\n11:50 PM - 12:10 AM night shift";
    check(
        "ranges",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:20 14:20–14:25 retries pile up",
            "2026-05-06 14:30 14:30 - 14:45 failover",
            "2026-05-06 14:50 14:50 to 14:55 calm",
            "2026-05-06 14:58 2:58 – 3:10 PM report",
            "2026-05-06 23:50 11:50 PM - 12:10 AM night shift",
        ],
    );
    check(
        "noon inside",
        "11:50 – 12:10 PM lunch outage",
        &given("UTC", "2026-05-06"),
        &["2026-05-06 11:50 11:50 – 12:10 PM lunch outage"],
    );
}

#[test]
fn lines_below_an_event_belong_to_it_and_code_is_kept() {
    let text = "- 14:23 **Alice** runs `kubectl **get** pods`:\n  ```\n  14:00 this is log output\n  ```\n  - three are in CrashLoopBackOff\n- a sibling without a time\n- 14:31 calm\n  and it stays calm\n\nThis paragraph is about something else.";
    check(
        "continued",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:23 Alice runs `kubectl **get** pods`: /   14:00 this is log output / three are in CrashLoopBackOff",
            "? a sibling without a time",
            "2026-05-06 14:31 calm and it stays calm",
            "lost 10: This paragraph is about something else.",
        ],
    );
}

#[test]
fn other_sections_of_a_document_are_listed_and_not_invented() {
    let text = "# Checkout outage\n\nWe had a bad day. It lasted 1:23 hours.\n\n## Timeline (2026-05-06, all times UTC)\n\n- 14:23 Alert\n- 14:31 Rollback\n\n## Action items\n\n- Add an alert\n- Buy 10 more disks by 2026-06-01\n\n## Durations\n\nTime to detect: 0:14";
    check(
        "document",
        text,
        &given("", ""),
        &[
            "2026-05-06 14:23 Alert",
            "2026-05-06 14:31 Rollback",
            "lost 1: # Checkout outage",
            "lost 3: We had a bad day. It lasted 1:23 hours.",
            "lost 10: ## Action items",
            "lost 12: - Add an alert",
            "lost 13: - Buy 10 more disks by 2026-06-01",
            "lost 15: ## Durations",
            "lost 17: Time to detect: 0:14",
        ],
    );
}

#[test]
fn what_only_looks_like_a_clock_is_left_alone() {
    let text = "1:1 with Dana\n16:9 screen\n10:20:3f:aa is the address\n00:05 minutes later\n2019 was calm\n2020 was not\n+00:05 relative";
    check(
        "none",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "lost 1: 1:1 with Dana",
            "lost 2: 16:9 screen",
            "lost 3: 10:20:3f:aa is the address",
            "lost 4: 00:05 minutes later",
            "lost 5: 2019 was calm",
            "lost 6: 2020 was not",
            "lost 7: +00:05 relative",
        ],
    );
    check(
        "german days",
        "05.06. Ausfall\n07.06. Bericht",
        &given("UTC", ""),
        &["lost 1: 05.06. Ausfall", "lost 2: 07.06. Bericht"],
    );
}

#[test]
fn numbers_behind_the_clock_are_text() {
    let text = "14:24 10/12 nodes were down\n14:25 2 May nodes failing\n14:26 2026-05-05 backup restored\n14:27 -5% traffic\n14:28 Z-axis\n14:29 1:1 copy";
    check(
        "numbers in the text",
        text,
        &given("UTC", "2026-05-06"),
        &[
            "2026-05-06 14:24 10/12 nodes were down",
            "2026-05-06 14:25 2 May nodes failing",
            "2026-05-06 14:26 2026-05-05 backup restored",
            "2026-05-06 14:27 -5% traffic",
            "2026-05-06 14:28 Z-axis",
            "2026-05-06 14:29 1:1 copy",
        ],
    );
}

#[test]
fn hours_without_am_or_pm_are_asked_for_unless_the_lines_around_tell() {
    let text = "2:14 PM alert\n2:20 ack\n2:30 PM calm\n2:50 report";
    check(
        "marked around",
        text,
        &given("UTC", "2026-05-06"),
        &["2026-05-06 14:14 alert", "2026-05-06 14:20 ack", "2026-05-06 14:30 calm", "2026-05-06 14:50 report"],
    );
    check(
        "never marked",
        "9:50 alert\n12:40 ack\n1:05 calm",
        &given("Europe/Paris", "2026-05-06"),
        &["? 2026-05-06T09:50 alert", "? 2026-05-06T12:40 ack", "? 2026-05-06T01:05 calm", "ask AmPm [0, 1, 2]"],
    );
    check(
        "24 hours shown",
        "9:50 alert\n13:05 calm",
        &given("Europe/Paris", "2026-05-06"),
        &["2026-05-06 07:50 alert", "2026-05-06 11:05 calm"],
    );
}

#[test]
fn published_timelines_are_read_as_their_readers_do() {
    let sonnet = "## Sonnet outage (incident #465)\nDate: 2015-10-21\nStatus: Complete\n\n## Timeline\n\n2015-10-21 (*all times UTC*)\n\n- 14:51 News reports a new sonnet\n- 14:54 **OUTAGE BEGINS** — Search backends melt down";
    check(
        "sonnet",
        sonnet,
        &given("", ""),
        &[
            "2015-10-21 14:51 News reports a new sonnet",
            "2015-10-21 14:54 OUTAGE BEGINS — Search backends melt down",
            "lost 1: ## Sonnet outage (incident #465)",
            "lost 3: Status: Complete",
            "lost 5: ## Timeline",
        ],
    );
    let database = "Timeline (all times UTC):\n\n**January 31st 2017**\n\n1. 2017/01/31 16:00/17:00 - 21:00: work on replication\n2. 2017/01/31 23:00-ish: the copy seems slow\n  * Actions taken: waiting\n3. 2017/01/31 23:27? copy stopped";
    check(
        "database",
        database,
        &given("", ""),
        &[
            "2017-01-31 16:00 16:00/17:00 21:00: work on replication",
            "2017-01-31 23:00 ~ the copy seems slow / Actions taken: waiting",
            "2017-01-31 23:27 ~ copy stopped",
        ],
    );
    let sentence = "On 18 November 2025 at 11:20 UTC (all times in this text are UTC), requests began to fail.\n\n11:28 Errors on customer traffic\n17:06 Impact ends";
    check(
        "sentence",
        sentence,
        &given("", ""),
        &[
            "2025-11-18 11:20 (all times in this text are UTC), requests began to fail.",
            "2025-11-18 11:28 Errors on customer traffic",
            "2025-11-18 17:06 Impact ends",
        ],
    );
    let scribe = "Sev2 timeline, Thu 7 May 2026, Berlin time\n0847 - cpu alert\n0851 - ack by Dana\n10:15? unsure\n0955 - late note";
    check(
        "scribe",
        scribe,
        &given("", ""),
        &[
            "2026-05-07 06:47 cpu alert",
            "2026-05-07 06:51 ack by Dana",
            "2026-05-07 08:15 ~ unsure",
            "2026-05-07 07:55 late note",
        ],
    );
    let storage = "All times Eastern\nOn March 3rd:\n9:37 AM: command entered\n12:26 p.m. PT: index has capacity\naround 3:28pm recovered";
    check(
        "storage",
        storage,
        &given("", "2026-03-03"),
        &["2026-03-03 14:37 command entered", "2026-03-03 20:26 index has capacity", "2026-03-03 20:28 ~ recovered"],
    );
}
