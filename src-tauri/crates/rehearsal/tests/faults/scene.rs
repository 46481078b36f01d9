//! A meeting with a room on the loopback, its facilitator, and phones that keep journals.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use live::{Ask, Live, LiveError};
use meeting::{
    ActionCategory, Actor, Meeting, PostMortemId, Priority, Request, Round, RoundId, Section, default_agenda,
};
use room::{Page, Room};

pub(crate) const PAGE: Page =
    Page { html: b"<!doctype html>", script: b"0", recollect: b"1", style: b"", calendar: |_, _| None };
pub(crate) const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// Where notes are written.
pub(crate) const SECTION: Section = Section::WentPoorly;
const PROPOSALS: usize = 6;

/// A meeting under way.
pub(crate) struct Scene {
    _folder: tempfile::TempDir,
    pub(crate) live: Live,
    room: Option<Room>,
    address: IpAddr,
    id: PostMortemId,
    asked: u32,
}

impl Scene {
    pub(crate) async fn open() -> Self {
        Self::open_on(LOOPBACK).await
    }

    /// Opens a meeting in a library of its own, with proposals to vote on.
    pub(crate) async fn open_on(address: IpAddr) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let live = Live::start(folder.path()).unwrap();
        let id = live.create("Checkout", chrono_tz::UTC, default_agenda()).await.unwrap();
        let room = Some(Room::open(live.clone(), address, PAGE).await.unwrap());
        let mut scene = Self { _folder: folder, live, room, address, id, asked: 0 };
        scene.facilitator(Request::StartMeeting {}).await.unwrap();
        for place in 0..PROPOSALS {
            let (category, priority) = (ActionCategory::Process, Priority::Must);
            let text = format!("Proposal {place}");
            scene.facilitator(Request::AddProposal { text, category, priority, addresses: None }).await.unwrap();
        }
        scene
    }

    pub(crate) async fn facilitator(&mut self, request: Request) -> Result<Arc<Meeting>, LiveError> {
        self.asked += 1;
        self.ask(&self.asked.to_string(), request).await
    }

    /// Asks for something under a name of its own, so that two things can be asked at once.
    pub(crate) async fn ask(&self, name: &str, request: Request) -> Result<Arc<Meeting>, LiveError> {
        let id = format!("console-{name}-{}", self.asked);
        self.live.ask(Ask { id, by: Actor::Facilitator, request, token: None }).await?;
        Ok(self.meeting())
    }

    pub(crate) fn meeting(&self) -> Arc<Meeting> {
        self.live.snapshot().meeting.unwrap()
    }

    pub(crate) fn room(&self) -> &Room {
        self.room.as_ref().unwrap()
    }

    /// Opens a vote on everything proposed.
    pub(crate) async fn open_vote(&mut self) -> Round {
        let meeting = self.facilitator(Request::OpenVote { seats: 3, budget: None }).await.unwrap();
        meeting.open_round().unwrap().clone()
    }

    /// Closes a vote and returns it with its result.
    pub(crate) async fn close_vote(&mut self, round: RoundId) -> Round {
        let meeting = self.facilitator(Request::CloseVote { round }).await.unwrap();
        meeting.rounds.iter().find(|other| other.id == round).unwrap().clone()
    }

    pub(crate) fn revealed(&self) -> Vec<String> {
        let meeting = self.meeting();
        meeting.writings.get(&SECTION).into_iter().flat_map(|it| &it.notes).map(|note| note.text.clone()).collect()
    }

    /// Stops the server and the owner, and opens both again on the same port with the same library.
    pub(crate) async fn restart(&mut self, owner_first: bool) {
        let before = self.room().address();
        let room = self.room.take().unwrap();
        if owner_first {
            self.live.stop().await;
            room.close().await;
        } else {
            room.close().await;
            self.live.stop().await;
        }
        self.live = Live::start(self._folder.path()).unwrap();
        self.live.open(self.id.clone()).await.unwrap();
        let room = Room::open(self.live.clone(), self.address, PAGE).await.unwrap();
        assert_eq!(room.address(), before, "phones know one port only");
        self.room = Some(room);
    }
}
