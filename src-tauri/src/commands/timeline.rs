//! The commands that read timelines: pasted text at once, files chunk by chunk.
//!
//! A file comes in pieces, so that neither side ever holds all of it; each piece is answered with how far the reading
//! has come, and it can be stopped between two of them.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use intake::{Assumptions, Brought, Existing, FileError, FileReading, People, Progress, Reading, Wanted, Window};
use meeting::{EventId, Meeting};
use serde::Serialize;
use tauri::State;
use tauri::ipc::InvokeBody;
use wire::Failure;

use super::OnDesk;

/// Pieces of a file that may wait for the reader.
const WAITING: usize = 4;

/// A reading, and which of its events the timeline may hold already.
#[derive(Debug, Serialize)]
pub(crate) struct TimelineRead {
    #[serde(flatten)]
    reading: Reading,
    likenesses: Vec<Alike>,
}

/// An event that was read and one of the timeline that may be the same.
#[derive(Debug, Serialize)]
pub(crate) struct Alike {
    /// The event of the timeline.
    event: EventId,
    /// The place of the one that was read.
    new: usize,
    /// Surely the same: the same instant and the same words.
    sure: bool,
    /// Why, in a sentence.
    reason: String,
}

fn alike(meeting: &Meeting, reading: &Reading) -> Vec<Alike> {
    let existing: Vec<_> = meeting.timeline.iter().map(|event| Existing { at: event.at, text: &event.text }).collect();
    let likenesses = intake::merge(&existing, reading).likenesses;
    let named = |likeness: intake::Likeness| {
        let event = meeting.timeline.get(likeness.existing)?.id;
        Some(Alike { event, new: likeness.new, sure: likeness.sure, reason: likeness.reason })
    };
    likenesses.into_iter().filter_map(named).collect()
}

#[tauri::command]
pub(crate) async fn read_timeline(
    desk: OnDesk<'_>,
    text: String,
    assumptions: Assumptions,
) -> Result<TimelineRead, Failure> {
    let reading =
        intake::read(&text, &assumptions).map_err(|error| Failure::new("too-large", error.to_string(), ""))?;
    let likenesses = alike(&*desk.meeting()?, &reading);
    Ok(TimelineRead { reading, likenesses })
}

/// What a file turned out to be.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(crate) enum FileRead {
    /// Events.
    Timeline {
        /// What was read.
        file: Box<FileReading>,
        /// Which of its events the timeline may hold already.
        likenesses: Vec<Alike>,
    },
    /// A record that Debrief exported.
    Record,
    /// The list of people of a chat export.
    People,
}

/// The file that is being read.
#[derive(Debug, Default)]
pub(crate) struct FileDesk(Mutex<Option<Reader>>);

#[derive(Debug)]
struct Reader {
    pieces: SyncSender<Vec<u8>>,
    progress: Arc<Mutex<Progress>>,
    reading: JoinHandle<Result<Brought, FileError>>,
}

/// Bytes as they come from the window; the file ends when the sender is gone.
struct Pieces {
    coming: Receiver<Vec<u8>>,
    piece: Vec<u8>,
    taken: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.taken == self.piece.len() {
            let Ok(piece) = self.coming.recv() else { return Ok(0) };
            (self.piece, self.taken) = (piece, 0);
        }
        let count = buffer.len().min(self.piece.len() - self.taken);
        buffer[..count].copy_from_slice(&self.piece[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}

/// Begins to read a file; one that was being read is given up.
#[tauri::command]
pub(crate) async fn begin_file(
    files: State<'_, FileDesk>,
    assumptions: Assumptions,
    window: Window,
    users: Option<String>,
) -> Result<(), Failure> {
    let people = match users {
        Some(users) => {
            People::read(users.as_bytes(), &mut |_| ControlFlow::Continue(())).map_err(|error| refused(&error))?
        }
        None => People::default(),
    };
    let (pieces, coming) = sync_channel(WAITING);
    let progress = Arc::new(Mutex::new(Progress { bytes: 0, events: 0 }));
    let seen = Arc::clone(&progress);
    let reading = std::thread::spawn(move || {
        let input = Pieces { coming, piece: Vec::new(), taken: 0 };
        let wanted = Wanted { assumptions: &assumptions, window, people: &people, limit: None };
        intake::read_source(input, &wanted, &mut |progress| {
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = progress;
            ControlFlow::Continue(())
        })
    });
    *files.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Reader { pieces, progress, reading });
    Ok(())
}

/// Takes the next piece of the file and says how far the reading has come.
#[tauri::command]
pub(crate) async fn file_piece(
    files: State<'_, FileDesk>,
    request: tauri::ipc::Request<'_>,
) -> Result<Progress, Failure> {
    let InvokeBody::Raw(piece) = request.body() else { return Err(given_up()) };
    let (pieces, progress) = {
        let reader = files.0.lock().unwrap_or_else(PoisonError::into_inner);
        let reader = reader.as_ref().ok_or_else(given_up)?;
        (reader.pieces.clone(), Arc::clone(&reader.progress))
    };
    let piece = piece.clone();
    // A reader that has stopped in the middle has a reason, which `finish_file` tells.
    let _ = tokio::task::spawn_blocking(move || pieces.send(piece)).await;
    let progress = *progress.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(progress)
}

/// Says what the file turned out to be, once all of its pieces have come.
#[tauri::command]
pub(crate) async fn finish_file(desk: OnDesk<'_>, files: State<'_, FileDesk>) -> Result<FileRead, Failure> {
    let reader = files.0.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(given_up)?;
    drop(reader.pieces);
    let read = tokio::task::spawn_blocking(move || reader.reading.join()).await;
    let brought = read.ok().and_then(Result::ok).ok_or_else(given_up)?.map_err(|error| refused(&error))?;
    Ok(match brought {
        Brought::Timeline(file) => {
            let likenesses = alike(&*desk.meeting()?, &file.reading);
            FileRead::Timeline { file, likenesses }
        }
        Brought::Record => FileRead::Record,
        Brought::People => FileRead::People,
    })
}

/// Gives up the file that is being read.
#[tauri::command]
pub(crate) async fn stop_file(files: State<'_, FileDesk>) -> Result<(), Failure> {
    drop(files.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    Ok(())
}

fn refused(error: &FileError) -> Failure {
    Failure::new("not-read", error.to_string(), "")
}

fn given_up() -> Failure {
    Failure::new("not-read", "Reading was stopped. Nothing was taken in.", "Choose the file again.")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn pieces_are_read_as_one_file_however_they_are_cut() {
        let whole = b"14:23 paged the database on-call\n";
        for size in 1..=whole.len() {
            let (send, coming) = sync_channel(64);
            whole.chunks(size).for_each(|piece| send.send(piece.to_vec()).unwrap());
            drop(send);
            let mut read = Vec::new();
            Pieces { coming, piece: Vec::new(), taken: 0 }.read_to_end(&mut read).unwrap();
            assert_eq!(read, whole, "in pieces of {size}");
        }
    }
}
