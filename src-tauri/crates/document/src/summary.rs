//! A record in the few lines that fit a chat.

use chrono::{DateTime, Utc};
use meeting::{DurationStatus, ListField, Measure, Meeting, TextField, Times, duration_words};

use crate::record::{due, first_time, label};
use crate::{Block, Document, Item, Span, words};

/// Builds the summary of a record: what, how bad, when, how long, what was learned, what will change, and where the
/// record lies.
///
/// `lies_at` is an address or a place in words; empty when there is none to name.
#[must_use]
pub fn summary(meeting: &Meeting, lies_at: &str) -> Document {
    let incident = &meeting.incident;
    let times = Times::of(meeting);
    let title = match incident.text(TextField::Title) {
        "" => "Untitled post-mortem",
        title => title,
    };
    let mut blocks = vec![Block::paragraph(facts(meeting, &times, first_time(meeting)))];
    let summary = incident.text(TextField::Summary);
    if !summary.is_empty() {
        blocks.push(Block::paragraph(summary));
    }
    let takeaways = incident.list(ListField::Takeaways);
    if !takeaways.is_empty() {
        blocks.push(Block::paragraph("What we take away:"));
        blocks.push(Block::numbered(takeaways.iter().take(3).map(|takeaway| Item::plain(takeaway.as_str()))));
    }
    let reason = incident.text(TextField::NoActionsReason);
    if !meeting.actions.is_empty() {
        blocks.push(Block::paragraph("What will change:"));
        blocks.push(Block::bullets(meeting.actions.iter().map(|action| {
            let owner = if action.owner.is_empty() { "owner not recorded" } else { &action.owner };
            Item::plain(format!("{} ({owner}, {})", action.task, due(action)))
        })));
    } else if !reason.is_empty() {
        blocks.push(Block::paragraph(format!("No action items: {reason}")));
    }
    if !lies_at.is_empty() {
        let place = if words::may_be_followed(lies_at) { Span::link(lies_at, lies_at) } else { Span::text(lies_at) };
        blocks.push(Block::Paragraph(vec![Span::text("The record: "), place]));
    }
    Document {
        title: title.to_owned(),
        label: label(meeting).to_owned(),
        edition: String::new(),
        language: "en".to_owned(),
        subject: String::new(),
        keywords: Vec::new(),
        created: meeting.changed,
        header_right: String::new(),
        footer_left: String::new(),
        blocks,
    }
}

fn facts(meeting: &Meeting, times: &Times, first: Option<DateTime<Utc>>) -> String {
    let mut facts = vec![meeting.incident.severity.map_or("severity not recorded", meeting::Severity::word).to_owned()];
    facts.push(first.map_or_else(|| "date not recorded".to_owned(), |at| times.date(at)));
    for (measure, word) in [
        (Measure::TimeToDetect, "detected after"),
        (Measure::TimeToMitigate, "mitigated after"),
        (Measure::TimeToResolve, "resolved after"),
    ] {
        facts.push(match meeting.measure(measure) {
            DurationStatus::Recorded { millis } => format!("{word} {}", duration_words(millis)),
            DurationStatus::NotApplicable => continue,
            DurationStatus::Pending | DurationStatus::Invalid => format!("{word}: not recorded"),
        });
    }
    facts.join(" · ")
}
