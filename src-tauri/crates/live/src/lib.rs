//! The owner of a running meeting.
//!
//! One thread holds the library's only writing connection and the meeting that is open. Requests come over a bounded
//! channel; each is decided on a working copy that already holds those before it, all that wait go into one durable
//! commit, and only then is a numbered snapshot published and are the requests answered. Serving phones is left to
//! `room`, windows to the shell; both watch [`Live::snapshots`].

mod chances;
mod clock;
mod keeping;
mod owner;
mod settled;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};

use meeting::{
    Actor, Meeting, ParticipantId, Planned, PostMortemId, PublishingPlan, Refusal, Request, Retention, Template,
    TicketTemplate,
};
use store::{Entry, Library, StoreError};
use tokio::sync::{oneshot, watch};

pub use clock::now;
pub use keeping::Rewritten;
pub use store::{Erased, ImageError, Images, RoomKeys, TokenHash};

/// Requests that may wait before more are told to come back.
const WAITING: usize = 4_096;

/// The state at one revision. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Rises with every change, and from one run of the application to the next.
    pub revision: u64,
    /// The post-mortem that is open.
    pub meeting: Option<Arc<Meeting>>,
    /// The phones that have joined it, by the hash of their token.
    pub phones: Arc<HashMap<TokenHash, ParticipantId>>,
    /// The open vote closes in a moment: what is still on its way counts, and nobody should begin anew.
    pub closing: bool,
    /// Something that went wrong outside any request, as a sentence; empty when all is well.
    pub notice: String,
}

/// Something asked of the open meeting.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Names the request; a repeat is answered and changes nothing.
    pub id: String,
    /// Who asks.
    pub by: Actor,
    /// What is asked.
    pub request: Request,
    /// The hash of the token of a phone that joins with it.
    pub token: Option<TokenHash>,
}

/// The answer to a granted request: never state, only where to find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Granted {
    /// A snapshot of at least this revision holds what was asked for.
    pub revision: u64,
    /// Who joined, when somebody did.
    pub participant: Option<ParticipantId>,
}

/// Why a request was not granted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LiveError {
    /// The domain said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be kept, so it did not happen.
    #[error("{0}")]
    NotKept(String),
    /// Too many requests wait.
    #[error("Too many requests are waiting. Repeat this one in a moment.")]
    Busy,
    /// No post-mortem is open.
    #[error("No post-mortem is open.")]
    NothingOpen,
    /// What is open cannot be erased under the hands of those who work on it.
    #[error("This post-mortem is open. Close it first; nothing was changed.")]
    Open,
    /// The owner has stopped.
    #[error("The meeting has been closed on the laptop. What was sent before is kept.")]
    Stopped,
}

impl LiveError {
    /// Returns the stable code by which surfaces and tests know it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::NotKept(_) => "not-kept",
            Self::Busy => "busy",
            Self::NothingOpen => "nothing-open",
            Self::Open => "open",
            Self::Stopped => "stopped",
        }
    }
}

impl From<StoreError> for LiveError {
    fn from(error: StoreError) -> Self {
        Self::NotKept(error.to_string())
    }
}

impl From<LiveError> for wire::Failure {
    fn from(error: LiveError) -> Self {
        Self::new(error.code(), error.to_string(), "")
    }
}

pub(crate) type Reply<T> = oneshot::Sender<T>;

pub(crate) enum Command {
    Ask(Ask, Reply<Result<Granted, LiveError>>),
    Create { title: String, zone: chrono_tz::Tz, planned: Vec<Planned>, reply: Reply<Result<PostMortemId, LiveError>> },
    Import(Box<Meeting>, Reply<Result<(), LiveError>>),
    Open(PostMortemId, Reply<Result<(), LiveError>>),
    Close(Reply<()>),
    SayClosing(Reply<()>),
    Entries(Reply<Result<Vec<Entry>, LiveError>>),
    KeepRoom(RoomKeys, Reply<Result<(), LiveError>>),
    Room(Reply<Result<Option<RoomKeys>, LiveError>>),
    Templates(Reply<Result<Vec<Template>, LiveError>>),
    KeepTemplate(Template, Reply<Result<(), LiveError>>),
    DeleteTemplate(String, Reply<Result<(), LiveError>>),
    TicketTemplate(Reply<Result<Option<TicketTemplate>, LiveError>>),
    KeepTicketTemplate(TicketTemplate, Reply<Result<(), LiveError>>),
    PublishingPlan(Reply<Result<Option<PublishingPlan>, LiveError>>),
    KeepPublishingPlan(PublishingPlan, Reply<Result<(), LiveError>>),
    Retention(Reply<Result<Retention, LiveError>>),
    KeepFor(Option<u32>, Reply<Result<(), LiveError>>),
    KeepRecord(PostMortemId, bool, Reply<Result<(), LiveError>>),
    Delete(Vec<PostMortemId>, Reply<Result<Erased, LiveError>>),
    Rewrite(Vec<Rewritten>, Vec<Template>, Reply<Result<Erased, LiveError>>),
    BackUp(Reply<Result<std::path::PathBuf, LiveError>>),
    Stop(Reply<()>),
}

/// A handle on the owner. Cheap to clone; the owner stops with [`Live::stop`] or when the last handle goes.
#[derive(Debug, Clone)]
pub struct Live {
    commands: SyncSender<Command>,
    snapshots: watch::Receiver<Snapshot>,
}

impl Live {
    /// Opens a library and starts its owner.
    ///
    /// # Errors
    /// What [`Library::open`] says.
    pub fn start(folder: &Path) -> Result<Self, StoreError> {
        let library = Library::open(folder)?;
        let (commands, received) = sync_channel(WAITING);
        // Phones outlive the application and take only what is newer than what they have seen, so that a run must
        // begin above the one before it: at the milliseconds since 1970.
        let began = u64::try_from(now().wall.timestamp_millis()).unwrap_or(1);
        let first = Snapshot {
            revision: began,
            meeting: None,
            phones: Arc::default(),
            closing: false,
            notice: library.notice().to_owned(),
        };
        let (publish, snapshots) = watch::channel(first);
        std::thread::Builder::new()
            .name("meeting owner".into())
            .spawn(move || owner::Owner::new(library, publish).run(&received))?;
        Ok(Self { commands, snapshots })
    }

    /// Returns the snapshots; a slow watcher sees the newest and never a queue.
    #[must_use]
    pub fn snapshots(&self) -> watch::Receiver<Snapshot> {
        self.snapshots.clone()
    }

    /// Returns the newest snapshot.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.snapshots.borrow().clone()
    }

    /// Asks something of the open meeting.
    ///
    /// # Errors
    /// Nothing has changed then, and nothing was kept.
    pub async fn ask(&self, ask: Ask) -> Result<Granted, LiveError> {
        self.send(|reply| Command::Ask(ask, reply)).await?
    }

    /// Says on every surface that the open vote closes in a moment, so that ballots on their way still count: whoever
    /// closes it waits that moment and then asks. It is said until the vote is closed; without an open vote it is not.
    ///
    /// # Errors
    /// When the owner has stopped.
    pub async fn say_closing(&self) -> Result<(), LiveError> {
        self.send(Command::SayClosing).await
    }

    /// Begins a post-mortem and opens it.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn create(
        &self,
        title: &str,
        zone: chrono_tz::Tz,
        planned: Vec<Planned>,
    ) -> Result<PostMortemId, LiveError> {
        let title = title.to_owned();
        self.send(|reply| Command::Create { title, zone, planned, reply }).await?
    }

    /// Takes a whole post-mortem into the library, as it was exported.
    ///
    /// # Errors
    /// When one with its id is there already, or it could not be kept.
    pub async fn import(&self, meeting: Meeting) -> Result<(), LiveError> {
        self.send(|reply| Command::Import(Box::new(meeting), reply)).await?
    }

    /// Opens a post-mortem. Clocks that ran when the application went away are stopped where they were last seen.
    ///
    /// # Errors
    /// When there is none with that id, or it cannot be read.
    pub async fn open(&self, id: PostMortemId) -> Result<(), LiveError> {
        self.send(|reply| Command::Open(id, reply)).await?
    }

    /// Closes what is open; the library stays.
    ///
    /// # Errors
    /// When the owner has stopped.
    pub async fn close(&self) -> Result<(), LiveError> {
        self.send(Command::Close).await
    }

    /// Lists the library.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn entries(&self) -> Result<Vec<Entry>, LiveError> {
        self.send(Command::Entries).await?
    }

    /// Keeps the port and keys of the room of the open meeting.
    ///
    /// # Errors
    /// When they could not be kept.
    pub async fn keep_room(&self, room: RoomKeys) -> Result<(), LiveError> {
        self.send(|reply| Command::KeepRoom(room, reply)).await?
    }

    /// Returns the port and keys the room of the open meeting had before.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn room(&self) -> Result<Option<RoomKeys>, LiveError> {
        self.send(Command::Room).await?
    }

    /// Lists the templates by name.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn templates(&self) -> Result<Vec<Template>, LiveError> {
        self.send(Command::Templates).await?
    }

    /// Keeps a template in the place of one with the same name.
    ///
    /// # Errors
    /// When it could not be kept.
    pub async fn keep_template(&self, template: Template) -> Result<(), LiveError> {
        self.send(|reply| Command::KeepTemplate(template, reply)).await?
    }

    /// Deletes a template; one that is not there is no fault.
    ///
    /// # Errors
    /// When the library could not be written.
    pub async fn delete_template(&self, name: &str) -> Result<(), LiveError> {
        let name = name.to_owned();
        self.send(|reply| Command::DeleteTemplate(name, reply)).await?
    }

    /// Writes a checked backup.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn back_up(&self) -> Result<std::path::PathBuf, LiveError> {
        self.send(Command::BackUp).await?
    }

    /// Stops the owner; the library can be opened by somebody else when this returns.
    pub async fn stop(&self) {
        // When the owner has gone already there is nothing to stop.
        let _ = self.send(Command::Stop).await;
    }

    async fn send<T>(&self, command: impl FnOnce(Reply<T>) -> Command) -> Result<T, LiveError> {
        let (reply, answer) = oneshot::channel();
        self.commands.try_send(command(reply)).map_err(|error| match error {
            TrySendError::Full(_) => LiveError::Busy,
            TrySendError::Disconnected(_) => LiveError::Stopped,
        })?;
        answer.await.map_err(|_| LiveError::Stopped)
    }
}
