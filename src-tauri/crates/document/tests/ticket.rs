//! Pages for a new issue, taken apart again as a tracker would.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use document::{TicketError, new_issue_page};
use meeting::{
    ActionCategory, ActionId, ActionItem, ActionState, Meeting, Priority, ProposalId, TextField, TicketTemplate,
    Tracker,
};

fn action(task: &str) -> ActionItem {
    ActionItem {
        id: ActionId(1),
        proposal: ProposalId(1),
        task: task.into(),
        category: ActionCategory::Prevention,
        priority: Priority::Must,
        addresses: None,
        owner: "Ines".into(),
        due: chrono::NaiveDate::from_ymd_opt(2026, 5, 22),
        criterion: "p99 < 200 ms & no page".into(),
        ticket: String::new(),
        confirm_by: None,
        state: ActionState::Open,
        dots: None,
        supporters: None,
        accepted: false,
        ticket_pending: false,
    }
}

fn meeting() -> Meeting {
    let mut meeting = Meeting::unwritten();
    meeting.incident.texts.insert(TextField::Title, "Checkout errors".into());
    meeting
}

fn template(tracker: Tracker, address: &str) -> TicketTemplate {
    TicketTemplate { tracker, address: address.into(), body: TicketTemplate::BODY.into() }
}

/// Opens the page for `task` and returns its address without the fields, and the fields.
fn opened(template: &TicketTemplate, task: &str) -> (String, Vec<(String, String)>) {
    let url = new_issue_page(template, &meeting(), &action(task)).unwrap();
    let fields = url.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
    let mut bare = url;
    bare.set_query(None);
    (bare.to_string(), fields)
}

#[test]
fn each_tracker_gets_its_own_page_and_field_names() {
    for (tracker, address, page, title, body) in [
        (Tracker::Github, "https://github.com/acme/shop", "https://github.com/acme/shop/issues/new", "title", "body"),
        (Tracker::Github, "https://github.com/acme/shop/", "https://github.com/acme/shop/issues/new", "title", "body"),
        (
            Tracker::Gitlab,
            "https://git.acme.example/ops/shop",
            "https://git.acme.example/ops/shop/-/issues/new",
            "issue[title]",
            "issue[description]",
        ),
        (
            Tracker::Jira,
            "https://acme.atlassian.net",
            "https://acme.atlassian.net/secure/CreateIssueDetails!init.jspa",
            "summary",
            "description",
        ),
        (
            Tracker::Linear,
            "https://linear.app/acme/team/OPS#top",
            "https://linear.app/acme/team/OPS/new",
            "title",
            "description",
        ),
    ] {
        let (address, fields) = opened(&template(tracker, address), "Add a canary & an alert = 2 % #1");
        assert_eq!(address, page);
        assert_eq!(fields[0], (title.to_owned(), "Add a canary & an alert = 2 % #1".to_owned()));
        assert_eq!(fields[1].0, body);
        assert_eq!(
            fields[1].1,
            "Add a canary & an alert = 2 % #1\n\nDone when: p99 < 200 ms & no page\nOwner: Ines\nDue: 2026-05-22\n\n\
             Addresses: not recorded\nFrom: Post-mortem: Checkout errors\n"
        );
    }
}

#[test]
fn a_jira_page_keeps_the_project_and_type_that_were_chosen() {
    let address = "https://acme.atlassian.net/secure/CreateIssueDetails!init.jspa?pid=10000&issuetype=3";
    let (_, fields) = opened(&template(Tracker::Jira, address), "Add a canary");
    let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["pid", "issuetype", "summary", "description"]);
}

#[test]
fn only_https_addresses_without_a_password_are_opened() {
    for address in
        ["http://github.com/acme/shop", "javascript:alert(1)", "file:///etc/passwd", "https://a:b@github.com/x"]
    {
        let opened = new_issue_page(&template(Tracker::Github, address), &meeting(), &action("Add a canary"));
        assert_eq!(opened, Err(TicketError::NotHttps(address.to_owned())));
    }
    let opened = new_issue_page(&template(Tracker::Github, "acme/shop"), &meeting(), &action("Add a canary"));
    assert_eq!(opened, Err(TicketError::NotAnAddress("acme/shop".to_owned())));
}

#[test]
fn what_somebody_typed_in_braces_is_not_filled_in_again() {
    let template = TicketTemplate {
        body: "{task} {unknown} {due}".into(),
        ..template(Tracker::Github, "https://github.com/acme/shop")
    };
    let (_, fields) = opened(&template, "Rename {owner}");
    assert_eq!(fields[1].1, "Rename {owner} {unknown} 2026-05-22");
}

#[test]
fn a_text_too_long_for_an_address_is_cut_and_says_so() {
    let template = TicketTemplate {
        body: format!("{{task}}{}", "漢".repeat(20_000)),
        ..template(Tracker::Github, "https://github.com/acme/shop")
    };
    let url = new_issue_page(&template, &meeting(), &action("Add a canary")).unwrap();
    assert!(url.as_str().len() <= 7_500, "{}", url.as_str().len());
    let body = url.query_pairs().find(|(name, _)| name == "body").unwrap().1.into_owned();
    assert!(body.starts_with("Add a canary漢") && body.ends_with("(The text was too long for an address.)"));
}
