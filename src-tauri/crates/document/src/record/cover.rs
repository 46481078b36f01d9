//! The first page, and what is known about the incident.

use meeting::{
    DurationStatus, ListField, Measure, Meeting, Milestone, Resolved, Role, TextField, Times, duration_words,
    status_words,
};

use super::{NOT_RECORDED, first_time, list, or_not_recorded, prose};
use crate::{Align, Block, Column, DurationBar, Fact, Mark, Span, Table};

/// Adds the facts, the summary, the durations and the takeaways.
pub(super) fn cover(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    let incident = &meeting.incident;
    let fact = |label: &str, value: String| Fact::new(label, value);
    let impact = [TextField::ImpactShare, TextField::ImpactWho].map(|field| incident.text(field));
    let impact = impact.into_iter().find(|text| !text.is_empty()).unwrap_or(NOT_RECORDED);
    // A row more would push an action item off the first page.
    let severity = incident.severity.map_or(NOT_RECORDED, meeting::Severity::word);
    let severity = match incident.kind {
        Some(kind) => format!("{severity}, {}", kind.word()),
        None => severity.to_owned(),
    };
    let facts = vec![
        fact("Severity", severity),
        fact("When", first_time(meeting).map_or_else(|| NOT_RECORDED.to_owned(), |at| times.date(at))),
        fact("Detected by", incident.detected_by.map_or(NOT_RECORDED, meeting::DetectionSource::word).to_owned()),
        fact("Status", meeting.status.word().to_owned()),
        fact("Time to mitigate", status_words(meeting.measure(Measure::TimeToMitigate))),
        fact("Time to resolve", status_words(meeting.measure(Measure::TimeToResolve))),
        fact("Impact", impact.to_owned()),
        fact("Services", or_not_recorded(&incident.list(ListField::Services).join(", "))),
    ];
    blocks.push(Block::Facts(facts));
    blocks.extend(or_not_recorded_summary(incident.text(TextField::Summary)));
    blocks.extend(duration_bar(meeting, times).map(Block::Durations));
    list("Key takeaways", 2, true, incident.list(ListField::Takeaways), blocks);
}

fn or_not_recorded_summary(summary: &str) -> Vec<Block> {
    if summary.is_empty() {
        return vec![Block::Note(vec![Span::text("Summary: not recorded.")])];
    }
    summary.split("\n\n").filter(|part| !part.trim().is_empty()).map(Block::paragraph).collect()
}

/// Draws the milestones that are known, from the start of impact or from the first of them.
fn duration_bar(meeting: &Meeting, times: &Times) -> Option<DurationBar> {
    let mut known: Vec<_> = [Milestone::ImpactStarted, Milestone::Detected, Milestone::Mitigated, Milestone::Resolved]
        .into_iter()
        .filter_map(|milestone| match meeting.milestone(milestone) {
            Resolved::At(at) => Some((milestone, at)),
            Resolved::Unknown | Resolved::NotApplicable => None,
        })
        .collect();
    known.sort_by_key(|(_, at)| *at);
    let (_, first) = *known.first()?;
    let (_, last) = *known.last()?;
    if first == last {
        return None;
    }
    let many_days = !times.same_day(first, last);
    let marks = known
        .iter()
        .map(|(milestone, at)| {
            let seconds = (*at - first).num_seconds();
            Mark {
                label: match milestone {
                    Milestone::ImpactStarted => "impact".to_owned(),
                    other => other.word().to_lowercase(),
                },
                clock: if many_days { times.day_and_clock(*at) } else { times.clock(*at) },
                seconds,
                duration: (seconds > 0).then(|| duration_words(meeting::Millis(seconds.unsigned_abs() * 1_000))),
            }
        })
        .collect();
    // The marks name their times already; a caption would only push what follows off the first page.
    Some(DurationBar { marks, caption: String::new() })
}

/// Adds what is known about the incident.
pub(super) fn incident(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    let incident = &meeting.incident;
    blocks.push(Block::heading(1, "The incident"));
    let text = |field| incident.text(field);
    for (heading, field) in [("Background", TextField::Background), ("Trigger", TextField::Trigger)] {
        prose(heading, 2, text(field), blocks);
    }
    let rows = [
        ("Who", text(TextField::ImpactWho)),
        ("How many, or what share", text(TextField::ImpactShare)),
        ("Error rate", text(TextField::ImpactErrorRate)),
        ("Data loss", text(TextField::ImpactDataLoss)),
        ("Support cases", text(TextField::ImpactSupportCases)),
    ];
    blocks.push(Block::heading(2, "Impact"));
    blocks.push(pairs(rows.map(|(label, value)| (label.to_owned(), or_not_recorded(value)))));
    if incident.severity.is_some() {
        let words = format!(
            "{}: {}",
            incident.severity.map_or(NOT_RECORDED, meeting::Severity::word),
            incident.severity_definition
        );
        blocks.push(Block::Note(vec![Span::text(words)]));
    }
    prose("Detection", 2, text(TextField::Detection), blocks);
    resolution(meeting, blocks);
    durations(meeting, times, blocks);
    roles(meeting, blocks);
    let owner = text(TextField::Owner);
    if !owner.is_empty() {
        blocks.push(Block::note(format!("The record is looked after by {owner}.")));
    }
}

fn resolution(meeting: &Meeting, blocks: &mut Vec<Block>) {
    let incident = &meeting.incident;
    let kind = incident.mitigated_by.map_or(NOT_RECORDED, meeting::MitigationKind::word);
    blocks.push(Block::heading(2, "Resolution"));
    blocks.push(pairs([
        ("Mitigated by".to_owned(), kind.to_owned()),
        ("For the time being".to_owned(), or_not_recorded(incident.text(TextField::TemporaryFix))),
        ("For good".to_owned(), or_not_recorded(incident.text(TextField::PermanentFix))),
    ]));
}

fn durations(meeting: &Meeting, times: &Times, blocks: &mut Vec<Block>) {
    blocks.push(Block::heading(2, "Milestones and durations"));
    let milestones = Milestone::ALL.map(|milestone| {
        let when = match meeting.milestone(milestone) {
            Resolved::At(at) => times.day_and_clock(at),
            Resolved::Unknown => NOT_RECORDED.to_owned(),
            Resolved::NotApplicable => "not applicable".to_owned(),
        };
        Fact::new(milestone.word(), when)
    });
    let measures = Measure::ALL.map(|measure| Fact::new(measure.word(), status_words(meeting.measure(measure))));
    blocks.push(Block::Facts(milestones.into_iter().chain(measures).collect()));
    if Measure::ALL.into_iter().any(|measure| meeting.measure(measure) == DurationStatus::Invalid) {
        let words = "An end that lies before its start means that one of the two times is wrong.";
        blocks.push(Block::Note(vec![Span::strong(words)]));
    }
    let told = &meeting.incident.stakeholders_told;
    if !told.is_empty() {
        let clocks: Vec<_> = told.iter().map(|at| times.day_and_clock(*at)).collect();
        blocks.push(Block::Note(vec![Span::text(format!("Stakeholders were told at {}.", clocks.join(", ")))]));
    }
}

fn roles(meeting: &Meeting, blocks: &mut Vec<Block>) {
    let rows: Vec<_> = Role::OF_THE_INCIDENT
        .into_iter()
        .map(|role| (role.word().to_owned(), meeting.incident.names(role).join(", ")))
        .filter(|(_, names)| !names.is_empty())
        .collect();
    if !rows.is_empty() {
        blocks.push(Block::heading(2, "Roles in the incident"));
        blocks.push(pairs(rows));
    }
}

/// Makes a table of labels and what they say.
pub(super) fn pairs(rows: impl IntoIterator<Item = (String, String)>) -> Block {
    let column = |title: &str, share| Column { title: title.to_owned(), share, align: Align::Start };
    Block::Table(Table {
        columns: vec![column("Fact", 1.0), column("What is known", 2.5)],
        rows: rows
            .into_iter()
            .map(|(label, value)| vec![vec![Span::text(label)], vec![super::linked(&value)]])
            .collect(),
        caption: None,
    })
}
