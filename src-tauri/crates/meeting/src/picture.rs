//! What the stage shows: one idea at a time, and the order in which ideas follow each other.

use serde::{Deserialize, Serialize};

use crate::{AttachmentId, ChainId, EventId, Meeting, PreviousId, RoundId, Section, WhyChain, paging};

/// One idea on the stage. A picture names what it shows and never holds it, so it can always be drawn from the
/// newest state; what it names may have gone, and then the section's first picture stands in for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
pub enum Picture {
    /// The title of the meeting, and how to join.
    #[default]
    Welcome,
    /// The opening statement of blamelessness.
    Statement,
    /// One action item of an earlier post-mortem.
    Previous {
        /// Which one.
        previous: PreviousId,
    },
    /// One event of the timeline.
    Event {
        /// Which one.
        event: EventId,
    },
    /// An image or an excerpt that belongs to an event.
    Evidence {
        /// Which one.
        attachment: AttachmentId,
    },
    /// The question of a section, and how the silent writing goes.
    Question {
        /// Which section.
        section: Section,
    },
    /// Revealed notes, a page at a time.
    Notes {
        /// Of which section.
        section: Section,
        /// Which page, from 0.
        page: u32,
    },
    /// One why-chain.
    Chain {
        /// Which one.
        chain: ChainId,
        /// Which page, from 0; without one it follows the newest answer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "bindings", ts(optional))]
        page: Option<u32>,
    },
    /// The contributing factors: all of them, then a category at a time where they are too many for one page.
    Factors {
        /// Which page, from 0.
        #[serde(default, skip_serializing_if = "is_first")]
        #[cfg_attr(feature = "bindings", ts(optional, as = "Option<u32>"))]
        page: u32,
    },
    /// The proposals, a page at a time.
    Proposals {
        /// Which page, from 0.
        page: u32,
    },
    /// An open vote.
    Voting {
        /// Which round.
        round: RoundId,
    },
    /// A closed vote.
    Result {
        /// Which round.
        round: RoundId,
    },
    /// The committed action items.
    Actions,
    /// Takeaways and open questions.
    Takeaways,
    /// The exit poll.
    Poll,
    /// Thanks.
    Thanks,
}

const fn is_first(page: &u32) -> bool {
    *page == 0
}

/// Returns the pictures of a section in the order in which *next* goes through them.
#[must_use]
pub fn pictures(meeting: &Meeting, section: Section) -> Vec<Picture> {
    let question = Picture::Question { section };
    match section {
        Section::Opening => [Picture::Welcome, Picture::Statement]
            .into_iter()
            .chain(meeting.previous.iter().map(|previous| Picture::Previous { previous: previous.id }))
            .collect(),
        Section::Timeline => meeting
            .walk()
            .flat_map(|event| {
                let evidence = meeting.staged_evidence(event.id);
                let evidence = evidence.map(|attachment| Picture::Evidence { attachment: attachment.id });
                [Picture::Event { event: event.id }].into_iter().chain(evidence)
            })
            .collect(),
        Section::WentWell | Section::WentPoorly => with_notes(meeting, section).collect(),
        Section::RootCauses => with_notes(meeting, section)
            .chain(meeting.chains.iter().flat_map(of_chain))
            .chain((0u32..).take(paging::factor_pages(&meeting.factors).len()).map(|page| Picture::Factors { page }))
            .collect(),
        Section::ActionItems => {
            let pages = paging::pages(meeting.options().map(|proposal| proposal.text.as_str())).len();
            let proposals = (0u32..).take(pages).map(|page| Picture::Proposals { page });
            let rounds = meeting.rounds.iter().map(|round| match round.result {
                None => Picture::Voting { round: round.id },
                Some(_) => Picture::Result { round: round.id },
            });
            let actions = (!meeting.actions.is_empty()).then_some(Picture::Actions);
            [question].into_iter().chain(proposals).chain(rounds).chain(actions).collect()
        }
        Section::WrapUp => vec![Picture::Takeaways, Picture::Poll, Picture::Thanks],
    }
}

fn with_notes(meeting: &Meeting, section: Section) -> impl Iterator<Item = Picture> {
    let pages = paging::pages(meeting.shown_notes(section).map(|note| note.text.as_str())).len();
    [Picture::Question { section }]
        .into_iter()
        .chain((0u32..).take(pages).map(move |page| Picture::Notes { section, page }))
}

/// A chain that does not fit is read from its beginning after the room has seen where it stands.
fn of_chain(chain: &WhyChain) -> impl Iterator<Item = Picture> {
    let id = chain.id;
    let pages = paging::chain_pages(chain).len();
    let pages = (0u32..).take(if pages > 1 { pages } else { 0 });
    [None].into_iter().chain(pages.map(Some)).map(move |page| Picture::Chain { chain: id, page })
}

/// Returns the picture that is drawn: the one asked for, or the nearest that still exists.
#[must_use]
pub fn existing(meeting: &Meeting, picture: Picture) -> Picture {
    let Some(section) = meeting.section() else { return picture };
    let all = pictures(meeting, section);
    match picture {
        Picture::Welcome | Picture::Thanks | Picture::Actions => picture,
        Picture::Event { event } if meeting.timeline.iter().any(|other| other.id == event) => picture,
        Picture::Evidence { attachment } if meeting.attachments.iter().any(|other| other.id == attachment) => picture,
        Picture::Notes { section, page } => {
            let pages = paging::pages(meeting.shown_notes(section).map(|note| note.text.as_str())).len();
            match count(pages).checked_sub(1) {
                Some(last) => Picture::Notes { section, page: page.min(last) },
                None => Picture::Question { section },
            }
        }
        Picture::Chain { chain, page: Some(_) } => {
            let of_chain = |other: &&Picture| matches!(other, Picture::Chain { chain: it, .. } if *it == chain);
            let is_before = |other: &&Picture| page_of(**other) <= page_of(picture);
            let nearest = all.iter().filter(of_chain).rfind(is_before);
            nearest.or(all.first()).copied().unwrap_or_default()
        }
        Picture::Factors { page } if section == Section::RootCauses => {
            let last = count(paging::factor_pages(&meeting.factors).len()).saturating_sub(1);
            Picture::Factors { page: page.min(last) }
        }
        Picture::Voting { round } | Picture::Result { round } => meeting
            .rounds
            .iter()
            .find(|other| other.id == round)
            .map(|other| match other.result {
                None => Picture::Voting { round },
                Some(_) => Picture::Result { round },
            })
            .or_else(|| all.last().copied())
            .unwrap_or_default(),
        _ if all.contains(&picture) => picture,
        _ => all.first().copied().unwrap_or_default(),
    }
}

fn count(pages: usize) -> u32 {
    u32::try_from(pages).unwrap_or(u32::MAX)
}

/// Returns the page of a why-chain.
const fn page_of(picture: Picture) -> Option<u32> {
    match picture {
        Picture::Chain { page, .. } => page,
        _ => None,
    }
}
