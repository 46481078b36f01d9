//! The desk: the open post-mortem, its room, and what the windows are told. Knows nothing of windows.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use live::{Ask, Live, Snapshot};
use meeting::{Actor, Meeting, Progress, Request};
use room::{Room, Waiting};
use tokio::sync::{Mutex, watch};
use wire::{ConsoleWindow, Failure, JoinView, NetworkView, RoomView, StageWindow, WaitingView};

use crate::page::PAGE;

/// How long ballots that are on their way still count after the facilitator has closed the vote.
const GRACE: std::time::Duration = std::time::Duration::from_secs(2);

/// What is true of the windows; the shell keeps it up to date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Windows {
    /// The stage window is open.
    pub(crate) stage_open: bool,
    /// How many displays there are.
    pub(crate) displays: u32,
}

/// The open room, as views need it.
#[derive(Debug, Clone)]
struct OpenRoom {
    join: JoinView,
    address: IpAddr,
    /// It was somewhere else before.
    moved: bool,
    connected: watch::Receiver<u32>,
    waiting: watch::Receiver<Vec<Waiting>>,
    /// A code that is typed when the short one is guessed at too often.
    long_code: String,
    /// The short code lets nobody in at present.
    besieged: bool,
}

/// The desk. Shared by all commands.
#[derive(Debug)]
pub(crate) struct Desk {
    /// The owner of the library and the open meeting.
    pub(crate) live: Live,
    /// Where the library lies.
    pub(crate) folder: PathBuf,
    address: Option<IpAddr>,
    chosen: watch::Sender<Option<IpAddr>>,
    room: Mutex<Option<Room>>,
    shown_room: watch::Sender<Option<OpenRoom>>,
    windows: watch::Sender<Windows>,
    revision: AtomicU64,
}

impl Desk {
    /// Sits down at a library; the room will open on `address`, or on the likeliest network.
    pub(crate) fn new(live: Live, folder: PathBuf, address: Option<IpAddr>) -> Self {
        Self {
            live,
            folder,
            address,
            chosen: watch::Sender::new(None),
            room: Mutex::new(None),
            shown_room: watch::Sender::new(None),
            windows: watch::Sender::new(Windows::default()),
            revision: AtomicU64::new(1),
        }
    }

    /// Returns the meeting that is open.
    pub(crate) fn meeting(&self) -> Result<Arc<Meeting>, Failure> {
        self.live.snapshot().meeting.ok_or_else(|| live::LiveError::NothingOpen.into())
    }

    /// Asks something as the facilitator.
    pub(crate) async fn ask(&self, id: String, request: Request) -> Result<u64, Failure> {
        if matches!(request, Request::CloseVote { .. }) {
            self.live.say_closing().await?;
            tokio::time::sleep(GRACE).await;
        }
        let ask = Ask { id, by: Actor::Facilitator, request, token: None };
        Ok(self.live.ask(ask).await?.revision)
    }

    /// Opens the room of the open meeting; an open room stays.
    pub(crate) async fn open_room(&self) -> Result<(), Failure> {
        let mut room = self.room.lock().await;
        if room.is_some() {
            return Ok(());
        }
        let address = self.address().unwrap_or_else(|| likeliest(&room::networks()));
        self.open_at(&mut room, address, false).await
    }

    /// Moves the room to another network; a closed room opens there the next time.
    pub(crate) async fn choose_network(&self, address: IpAddr) -> Result<(), Failure> {
        if !room::networks().iter().any(|network| network.address == address) {
            let sentence = format!("This computer is not on {address} any more.");
            return Err(Failure::new("no-network", sentence, "Choose another network."));
        }
        self.chosen.send_replace(Some(address));
        let mut room = self.room.lock().await;
        match &*room {
            Some(open) if open.address().ip() != address => self.open_at(&mut room, address, true).await,
            _ => Ok(()),
        }
    }

    /// Lets a waiting phone back as somebody who is in the room.
    pub(crate) async fn let_back(&self, code: &str, participant: meeting::ParticipantId) -> Result<(), Failure> {
        let room = self.room.lock().await;
        let open = room.as_ref().ok_or(live::LiveError::NothingOpen)?;
        Ok(open.let_back(code, participant).await?)
    }

    /// Turns a waiting phone away.
    pub(crate) async fn turn_away(&self, code: &str) {
        if let Some(open) = &*self.room.lock().await {
            open.turn_away(code);
        }
    }

    /// Follows this computer when its address changes: the room is opened anew where phones can reach it.
    ///
    /// # Errors
    /// When no port could be opened there; the room is closed then, which the console shows.
    pub(crate) async fn follow_network(&self) -> Result<(), Failure> {
        let mut room = self.room.lock().await;
        let Some(open) = &*room else { return Ok(()) };
        let besieged = !open.takes_short_codes();
        self.shown_room.send_if_modified(|shown| match shown {
            Some(shown) if shown.besieged != besieged => {
                shown.besieged = besieged;
                true
            }
            _ => false,
        });
        let networks = room::networks();
        if networks.is_empty() || networks.iter().any(|network| network.address == open.address().ip()) {
            return Ok(());
        }
        self.open_at(&mut room, likeliest(&networks), true).await
    }

    fn address(&self) -> Option<IpAddr> {
        self.chosen.borrow().or(self.address)
    }

    /// Opens the room at an address, in place of one that is open elsewhere.
    async fn open_at(&self, room: &mut Option<Room>, address: IpAddr, moved: bool) -> Result<(), Failure> {
        let before = room.take();
        if let Some(before) = before {
            // The same port is taken again, and is free only once the old room has let it go.
            before.close().await;
        }
        let opened = Room::open(self.live.clone(), address, PAGE).await.map_err(|error| {
            self.shown_room.send_replace(None);
            let hint = "The meeting goes on without phones: type what the room says at the console.";
            Failure::new("no-room", error.to_string(), hint)
        })?;
        self.shown_room.send_replace(Some(OpenRoom {
            join: opened.join(),
            address,
            moved,
            connected: opened.connected(),
            waiting: opened.waiting(),
            long_code: opened.long_code().to_owned(),
            besieged: false,
        }));
        *room = Some(opened);
        self.changed();
        Ok(())
    }

    /// Closes the room: the port and every connection.
    pub(crate) async fn close_room(&self) {
        let room = self.room.lock().await.take();
        self.shown_room.send_replace(None);
        if let Some(room) = room {
            room.close().await;
        }
        self.changed();
    }

    /// Notes what became of the windows.
    pub(crate) fn set_windows(&self, change: impl FnOnce(&mut Windows)) {
        self.windows.send_modify(change);
        self.changed();
    }

    /// Raises the revision that the windows wait for.
    pub(crate) fn changed(&self) -> u64 {
        self.revision.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Waits until something the windows show has changed, and returns the new revision.
    pub(crate) async fn next_revision(&self, seen: &mut Watching) -> u64 {
        loop {
            let revision = self.revision.load(Ordering::SeqCst);
            if revision > seen.revision {
                seen.revision = revision;
                return revision;
            }
            let (mut connected, mut waiting) = {
                let room = self.shown_room.borrow();
                let room = room.as_ref();
                (room.map(|room| room.connected.clone()), room.map(|room| room.waiting.clone()))
            };
            tokio::select! {
                changed = seen.snapshots.changed() => if changed.is_err() { std::future::pending::<()>().await },
                _ = seen.windows.changed() => {}
                _ = seen.room.changed() => {}
                () = changed(connected.as_mut(), &mut seen.phones) => {}
                () = changed(waiting.as_mut(), &mut seen.waiting) => {}
            }
            self.changed();
        }
    }

    /// Starts to watch from now.
    pub(crate) fn watch(&self) -> Watching {
        Watching {
            revision: 0,
            snapshots: self.live.snapshots(),
            windows: self.windows.subscribe(),
            room: self.shown_room.subscribe(),
            phones: 0,
            waiting: Vec::new(),
        }
    }

    fn room_view(&self) -> Option<RoomView> {
        let room = self.shown_room.borrow();
        room.as_ref().map(|room| {
            let networks = room::networks();
            let chosen = networks.iter().find(|network| network.address == room.address);
            RoomView {
                join: room.join.clone(),
                connected: *room.connected.borrow(),
                network: chosen
                    .map_or_else(|| room.address.to_string(), |network| format!("{}, {}", network.name, room.address)),
                networks: networks.iter().map(|network| network_view(network, room.address)).collect(),
                moved: room.moved,
                long_code: room.besieged.then(|| room.long_code.clone()),
                waiting: room
                    .waiting
                    .borrow()
                    .iter()
                    .filter(|waiting| waiting.is_undecided())
                    .map(|waiting| WaitingView { code: waiting.code.clone(), name: waiting.name.clone() })
                    .collect(),
            }
        })
    }

    /// Builds what the console shows.
    pub(crate) fn console(&self) -> ConsoleWindow {
        // The number is taken before the state: what changes in between is fetched again, never missed.
        let revision = self.revision.load(Ordering::SeqCst);
        let snapshot = self.live.snapshot();
        let windows = *self.windows.borrow();
        let mut meeting =
            snapshot.meeting.as_ref().map(|meeting| wire::console_view(meeting, self.room_view(), live::now()));
        if let Some(meeting) = &mut meeting {
            meeting.revision = revision;
            meeting.stage.revision = revision;
            if snapshot.closing {
                meeting.stage.say_closing();
            }
        }
        ConsoleWindow {
            revision,
            meeting,
            stage_open: windows.stage_open,
            displays: windows.displays,
            notice: snapshot.notice,
        }
    }

    /// Builds what the stage shows.
    pub(crate) fn stage(&self) -> StageWindow {
        let revision = self.revision.load(Ordering::SeqCst);
        let snapshot = self.live.snapshot();
        let join = self.shown_room.borrow().as_ref().map(|room| room.join.clone());
        let mut stage = snapshot.meeting.as_ref().map(|meeting| wire::stage_view(meeting, join.as_ref(), live::now()));
        if let Some(stage) = &mut stage {
            stage.revision = revision;
            if snapshot.closing {
                stage.say_closing();
            }
        }
        StageWindow { revision, stage }
    }

    /// Goes on where an earlier run of the application was cut off: in the meeting that was in progress.
    pub(crate) async fn take_up(&self) -> Result<bool, Failure> {
        let entries = self.live.entries().await?;
        let Some(entry) = entries.into_iter().find(|entry| entry.progress == "in progress") else { return Ok(false) };
        self.live.open(entry.id).await?;
        self.open_room().await?;
        Ok(true)
    }
}

/// What a watcher has seen.
#[derive(Debug)]
pub(crate) struct Watching {
    revision: u64,
    snapshots: watch::Receiver<Snapshot>,
    windows: watch::Receiver<Windows>,
    room: watch::Receiver<Option<OpenRoom>>,
    phones: u32,
    waiting: Vec<Waiting>,
}

/// Waits until something of the room is not as it was seen; for ever while there is no room.
async fn changed<T: Clone + PartialEq>(watched: Option<&mut watch::Receiver<T>>, seen: &mut T) {
    let Some(watched) = watched else { return std::future::pending().await };
    let before = seen.clone();
    let now = watched.wait_for(|now| *now != before).await.map(|now| now.clone());
    match now {
        Ok(now) => *seen = now,
        Err(_) => std::future::pending().await,
    }
}

fn likeliest(networks: &[room::Network]) -> IpAddr {
    networks.first().map_or(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), |network| network.address)
}

fn network_view(network: &room::Network, chosen: IpAddr) -> NetworkView {
    NetworkView {
        name: network.name.clone(),
        address: network.address.to_string(),
        words: network.reach().words(),
        chosen: network.address == chosen,
    }
}

/// Whether a meeting is going on, so that a stage makes sense.
pub(crate) fn is_running(meeting: &Meeting) -> bool {
    matches!(meeting.progress, Progress::InSection { .. })
}
