//! The public edition: what people outside may read, built by allow-list into a post-mortem of its own.
//!
//! `allowed` copies what may be public and nothing else, through `redaction`, which turns people (`people`) into the parts
//! they played and takes out what gives itself away (`shapes`). The document is then built from that copy by the same
//! code as the internal edition, so nothing private is in its reach. `leaks` reads the finished document once more;
//! `beside` lays both editions side by side and says what was left out, and why.

mod allowed;
mod beside;
mod leaks;
pub(crate) mod people;
mod redaction;
mod shapes;
mod texts;
mod words;

use meeting::Meeting;

pub use beside::{Beside, LeftOut};
pub use leaks::{Finding, leaks};
pub use redaction::Replaced;
pub use shapes::Leak;

use crate::Document;

/// The public edition of a record, with what a facilitator has to know before it goes out.
#[derive(Debug, Clone, PartialEq)]
pub struct Public {
    /// What may be public, as a post-mortem of its own. It has no log, so it cannot be exported to be imported again.
    pub meeting: Meeting,
    /// What was replaced on the way.
    pub replaced: Vec<Replaced>,
    /// What was left out, and why.
    pub left_out: Vec<LeftOut>,
    /// What should perhaps not stand in it.
    pub findings: Vec<Finding>,
}

impl Public {
    /// Builds the document.
    #[must_use]
    pub fn document(&self) -> Document {
        crate::record::build(&self.meeting, crate::Edition::Public)
    }

    /// Lays the internal edition and this one side by side, section by section.
    #[must_use]
    pub fn beside(&self, internal: &Document) -> Vec<Beside> {
        beside::beside(internal, &self.document(), &self.left_out)
    }
}

/// Makes the public edition of a record.
///
/// `others` are names from elsewhere, such as the people of other records, that the check looks for as well.
#[must_use]
pub fn public(meeting: &Meeting, others: &[String]) -> Public {
    let mut redaction = redaction::Redaction::of(meeting);
    let copied = allowed::allowed(meeting, &mut redaction);
    let mut public = Public {
        meeting: copied,
        replaced: redaction.replaced,
        left_out: beside::left_out(meeting),
        findings: Vec::new(),
    };
    public.findings = leaks(&public.document(), meeting, others);
    public
}
