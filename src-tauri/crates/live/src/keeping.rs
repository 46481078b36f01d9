//! What is kept of the library as a whole, and for how long: deleting post-mortems, writing logs anew, settings.

use meeting::{Meeting, PostMortemId, PublishingPlan, Recorded, Retention, Template, TicketTemplate};
use store::Erased;

use crate::{Command, Live, LiveError};

/// A log that is written anew without somebody's name.
#[derive(Debug, Clone)]
pub struct Rewritten {
    /// Of which post-mortem.
    pub id: PostMortemId,
    /// All of it.
    pub recorded: Vec<Recorded>,
    /// From how many places the name went.
    pub places: u32,
}

impl Live {
    /// Deletes post-mortems, and every backup that holds them.
    ///
    /// # Errors
    /// When one of them is open or not there; nothing was deleted then.
    pub async fn delete(&self, ids: Vec<PostMortemId>) -> Result<Erased, LiveError> {
        self.send(|reply| Command::Delete(ids, reply)).await?
    }

    /// Writes logs and templates anew, all of them or none, and notes in each log that it was.
    ///
    /// # Errors
    /// When one of them is open, or was changed after it was read; nothing was written then.
    pub async fn rewrite(&self, logs: Vec<Rewritten>, templates: Vec<Template>) -> Result<Erased, LiveError> {
        self.send(|reply| Command::Rewrite(logs, templates, reply)).await?
    }

    /// Returns how long records are kept.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn retention(&self) -> Result<Retention, LiveError> {
        self.send(Command::Retention).await?
    }

    /// Changes after how many months without a change a record is due to be deleted; none keeps every record.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn keep_for(&self, months: Option<u32>) -> Result<(), LiveError> {
        self.send(|reply| Command::KeepFor(months, reply)).await?
    }

    /// Exempts a record from that, or no longer.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn keep_record(&self, id: PostMortemId, on: bool) -> Result<(), LiveError> {
        self.send(|reply| Command::KeepRecord(id, on, reply)).await?
    }

    /// Returns where tickets are filed; none when nobody has said so yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn ticket_template(&self) -> Result<Option<TicketTemplate>, LiveError> {
        self.send(Command::TicketTemplate).await?
    }

    /// Keeps where tickets are filed.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn keep_ticket_template(&self, template: TicketTemplate) -> Result<(), LiveError> {
        self.send(|reply| Command::KeepTicketTemplate(template, reply)).await?
    }

    /// Returns where records are published; none when nobody has said so yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn publishing_plan(&self) -> Result<Option<PublishingPlan>, LiveError> {
        self.send(Command::PublishingPlan).await?
    }

    /// Keeps where records are published.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn keep_publishing_plan(&self, plan: PublishingPlan) -> Result<(), LiveError> {
        self.send(|reply| Command::KeepPublishingPlan(plan, reply)).await?
    }
}

/// Folds a log that was written anew, and notes at its end that it was.
pub(crate) fn with_note(log: &Rewritten) -> Meeting {
    let mut meeting = Meeting::unwritten();
    log.recorded.iter().for_each(|recorded| meeting::apply(&mut meeting, recorded));
    let note = vec![meeting::Event::NameRemoved { places: log.places }];
    for recorded in meeting.record(note, meeting::Actor::Facilitator, crate::now()) {
        meeting::apply(&mut meeting, &recorded);
    }
    meeting
}
