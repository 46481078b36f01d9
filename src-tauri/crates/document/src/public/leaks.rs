//! The check of a public edition: reads every word of the finished document and says what should not stand there.
//!
//! It knows the record it was made from, and finds what the redaction could not be sure of, what a new block may have
//! brought in, and what somebody wrote twice: once in private and once in public.

use meeting::{Content, Meeting};
use serde::Serialize;

use super::people::People;
use super::shapes::{Leak, shapes};
use super::texts;
use crate::{Block, Document};

/// Something in a public edition that should perhaps not stand there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The heading it stands under; *First page* before the first one.
    pub section: String,
    /// Which block of the document, from 0; none for its title, its properties and its running lines.
    pub block: Option<usize>,
    /// What kind of thing it is.
    pub leak: Leak,
    /// What it is.
    pub found: String,
    /// The words around it.
    pub excerpt: String,
    /// Whether it is one for sure; otherwise somebody has to look.
    pub certain: bool,
}

/// The name of what stands before the first heading.
pub(super) const FIRST_PAGE: &str = "First page";

/// Searches a document for what must not be public, knowing the record it was made from.
///
/// `others` are names from elsewhere, such as the people of other records; where one is found somebody has to look.
#[must_use]
pub fn leaks(document: &Document, meeting: &Meeting, others: &[String]) -> Vec<Finding> {
    let known = Known::of(meeting, others);
    let mut findings = Vec::new();
    let running = [&document.title, &document.label, &document.subject, &document.header_right, &document.footer_left];
    for text in running.into_iter().chain(&document.keywords) {
        known.search(text, FIRST_PAGE, None, &mut findings);
    }
    let mut section = FIRST_PAGE.to_owned();
    for (number, block) in document.blocks.iter().enumerate() {
        if let Block::Heading { text, .. } = block {
            section.clone_from(text);
        }
        for text in texts::of(block) {
            known.search(&text, &section, Some(number), &mut findings);
        }
    }
    for attachment in meeting.attachments.iter().filter(|attachment| attachment.public) {
        if let Content::Image { .. } = attachment.content {
            findings.push(Finding {
                section: "Evidence".to_owned(),
                block: None,
                leak: Leak::Image,
                found: attachment.caption.clone(),
                excerpt: "What an image shows is not read. Look for names, addresses and hosts in it.".to_owned(),
                certain: false,
            });
        }
    }
    findings
}

/// What is looked for.
struct Known {
    people: People,
    others: People,
    private: Vec<String>,
}

impl Known {
    fn of(meeting: &Meeting, names: &[String]) -> Self {
        let mut others = People::default();
        names.iter().for_each(|name| others.add(name, ""));
        Self { people: People::of(meeting), others, private: private_words(meeting) }
    }

    fn search(&self, text: &str, section: &str, block: Option<usize>, findings: &mut Vec<Finding>) {
        let mut add = |at: std::ops::Range<usize>, leak, certain| {
            let found = text[at.clone()].to_owned();
            let finding =
                Finding { section: section.to_owned(), block, leak, found, excerpt: around(text, &at), certain };
            if !findings.contains(&finding) {
                findings.push(finding);
            }
        };
        for shape in shapes(text) {
            add(shape.at, shape.leak, true);
        }
        let known = self.people.find(text);
        for named in &known {
            add(named.at.clone(), Leak::Name, named.certain);
        }
        for named in self.others.find(text) {
            if !known.iter().any(|other| other.at == named.at) {
                add(named.at, Leak::Name, false);
            }
        }
        let tidy = single_spaced(text);
        for words in self.private.iter().filter(|words| tidy.contains(words.as_str())) {
            let at = text.find(words.as_str()).map_or(0..text.len(), |start| start..start + words.len());
            add(at, Leak::PrivateField, true);
        }
    }
}

/// The words around a place, some forty letters to each side.
fn around(text: &str, at: &std::ops::Range<usize>) -> String {
    let start = text[..at.start].char_indices().rev().nth(39).map_or(0, |(place, _)| place);
    let end = text[at.end..].char_indices().nth(40).map_or(text.len(), |(place, _)| at.end + place);
    single_spaced(&text[start..end])
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was written in confidence. Only what is long enough to be recognised counts.
fn private_words(meeting: &Meeting) -> Vec<String> {
    let mut words: Vec<&str> = vec![&meeting.incident.neutrality.authority_present, &meeting.held.ended_because];
    for event in meeting.timeline.iter().filter(|event| !event.public) {
        words.extend([event.text.as_str(), event.known_then.as_deref().unwrap_or_default()]);
        words.extend(event.answers.iter().map(|answer| answer.answer.as_str()));
    }
    let notes = meeting.writings.values().flat_map(|writing| &writing.notes);
    words.extend(notes.filter(|note| note.set_aside).map(|note| note.text.as_str()));
    if let meeting::Poll::Counted { result } = &meeting.poll {
        words.extend(result.improve.iter().map(String::as_str));
    }
    for attachment in meeting.attachments.iter().filter(|attachment| !attachment.public) {
        words.push(&attachment.caption);
        if let Content::Excerpt { text } = &attachment.content {
            words.push(text);
        }
    }
    words.extend(meeting.actions.iter().map(|action| action.ticket.as_str()));
    words.extend(meeting.confided());
    words.extend(meeting.recollections().map(|(recollection, _)| recollection.text.as_str()));
    words.into_iter().map(single_spaced).filter(|words| words.chars().count() >= 12).collect()
}
