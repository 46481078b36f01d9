//! A ticket for an action item: the page for a new issue, with everything filled in.
//!
//! Debrief files nothing by itself and keeps no password: the page opens in the browser, a person looks at it and
//! presses the button there. What each tracker calls its fields is in its own documentation: GitHub *Creating an issue
//! from a URL query*, GitLab *Create an issue using a URL with prefilled values*, Jira *Creating issues via direct HTML
//! links*, Linear *Create issues by URL*.

use meeting::{ActionItem, Meeting, TextField, TicketTemplate, Tracker};
use url::Url;

use crate::record::{addressed, label};

/// Why no page can be opened.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TicketError {
    /// The address is none.
    #[error("“{0}” is not the address of a project. Copy it from the browser, with https:// in front.")]
    NotAnAddress(String),
    /// It would be sent in the clear, or is no page.
    #[error("Tickets are only filed over https, and “{0}” is something else. Nothing was opened.")]
    NotHttps(String),
}

/// What browsers and trackers take of an address; a longer text is cut, and says so.
const LONGEST_ADDRESS: usize = 7_500;

/// Returns the address of the page for a new issue about an action item.
///
/// # Errors
/// When the template's address is not one over https.
pub fn new_issue_page(template: &TicketTemplate, meeting: &Meeting, action: &ActionItem) -> Result<Url, TicketError> {
    let page = page(template)?;
    let body = filled(&template.body, meeting, action);
    let whole = with_fields(&page, template.tracker, &action.task, &body);
    if whole.as_str().len() <= LONGEST_ADDRESS {
        return Ok(whole);
    }
    // Every character of a text takes up to twelve in an address, so it is halved until it fits.
    let mut kept = body.chars().count();
    loop {
        kept /= 2;
        let cut: String = body.chars().take(kept).chain("…\n(The text was too long for an address.)".chars()).collect();
        let shorter = with_fields(&page, template.tracker, &action.task, &cut);
        if shorter.as_str().len() <= LONGEST_ADDRESS || kept == 0 {
            return Ok(shorter);
        }
    }
}

fn page(template: &TicketTemplate) -> Result<Url, TicketError> {
    let typed = template.address.trim();
    let mut url = Url::parse(typed).map_err(|_| TicketError::NotAnAddress(typed.to_owned()))?;
    if url.scheme() != "https" || !url.username().is_empty() || url.password().is_some() {
        return Err(TicketError::NotHttps(typed.to_owned()));
    }
    url.set_fragment(None);
    let end = match template.tracker {
        Tracker::Github => "issues/new",
        Tracker::Gitlab => "-/issues/new",
        Tracker::Jira => "secure/CreateIssueDetails!init.jspa",
        Tracker::Linear => "new",
    };
    let path = url.path().trim_end_matches('/').to_owned();
    let is_there = path.ends_with(&format!("/{end}")) || (template.tracker == Tracker::Jira && path.ends_with(".jspa"));
    if !is_there {
        url.set_path(&format!("{path}/{end}"));
    }
    Ok(url)
}

fn with_fields(page: &Url, tracker: Tracker, title: &str, body: &str) -> Url {
    let (title_field, body_field) = match tracker {
        Tracker::Github => ("title", "body"),
        Tracker::Gitlab => ("issue[title]", "issue[description]"),
        Tracker::Jira => ("summary", "description"),
        Tracker::Linear => ("title", "description"),
    };
    let mut url = page.clone();
    url.query_pairs_mut().append_pair(title_field, title).append_pair(body_field, body);
    url
}

/// Fills the template in. What is not there yet reads as an open question and not as a gap.
fn filled(body: &str, meeting: &Meeting, action: &ActionItem) -> String {
    let or = |text: &str, otherwise: &str| if text.is_empty() { otherwise.to_owned() } else { text.to_owned() };
    let title = or(meeting.incident.text(TextField::Title), "an incident without a title");
    let values = [
        ("{task}", action.task.clone()),
        ("{criterion}", or(&action.criterion, "to be agreed")),
        ("{owner}", or(&action.owner, "to be agreed")),
        ("{due}", action.due.map_or_else(|| "to be agreed".to_owned(), |due| due.to_string())),
        (
            "{addresses}",
            action.addresses.and_then(|target| addressed(meeting, target)).unwrap_or_else(|| "not recorded".to_owned()),
        ),
        ("{incident}", format!("{}: {title}", label(meeting))),
    ];
    // In one pass: what somebody typed in braces is not filled in again.
    let mut out = String::with_capacity(body.len());
    let mut rest = body;
    while let Some(brace) = rest.find('{') {
        out.push_str(&rest[..brace]);
        rest = &rest[brace..];
        let found = values.iter().find(|(name, _)| rest.starts_with(name));
        let (text, length) = found.map_or(("{", 1), |(name, value)| (value.as_str(), name.len()));
        out.push_str(text);
        rest = &rest[length..];
    }
    out + rest
}
