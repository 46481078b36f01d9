//! A simulated participant: a client of the room that knows nothing but what the room sends it.
//!
//! It reads the bytes with types of its own, so that a change of the protocol is noticed here as a page loaded before
//! would notice it. What it writes and how it votes is the business of `play`.

use std::future::Future;
use std::time::{Duration, Instant};

use meeting::{Ballot, DraftId, NoteKind, ParticipantId, PollAnswer, ProposalId, RoundId, Section};
use reqwest::{Client, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use wire::PhoneRequest;

use crate::RehearsalError;
use crate::measured::{Kind, Stopwatch};

/// How long anything may take before the rehearsal gives up; on a slow laptop a step takes some milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// How often a request is sent whose answer does not come.
const TRIES: u32 = 3;

/// What a phone was sent.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Seen {
    pub(crate) view: SeenView,
    pub(crate) own: SeenOwn,
}

/// The part that is the same for every phone.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SeenView {
    pub(crate) revision: u64,
    pub(crate) task: Task,
}

/// What the room asks of the phone, as far as it acts on it.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(crate) enum Task {
    Wait {},
    Look {},
    Write { section: Section },
    Vote { round: RoundId, dots: u8, per_option: u8, options: Vec<Offered> },
    Result {},
    Poll {},
    Adjourned {},
    Ended {},
}

/// A proposal on the ballot.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Offered {
    pub(crate) id: ProposalId,
    pub(crate) text: String,
}

/// What only this phone is sent.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SeenOwn {
    pub(crate) participant: ParticipantId,
    pub(crate) notes: Vec<Value>,
    pub(crate) ballot: Option<Ballot>,
    pub(crate) poll: Option<PollAnswer>,
}

/// A participant with a phone.
#[derive(Debug)]
pub(crate) struct Phone {
    http: Client,
    base: String,
    key: String,
    name: Option<String>,
    asked: u32,
    came_in: u32,
    seen: watch::Receiver<Option<Seen>>,
    following: AbortHandle,
    stopwatch: Stopwatch,
}

impl Drop for Phone {
    fn drop(&mut self) {
        self.following.abort();
    }
}

impl Phone {
    /// Joins with the key in the fragment of the address, and follows the stream.
    pub(crate) async fn join(url: &str, name: &str, stopwatch: Stopwatch, doing: &str) -> Result<Self, RehearsalError> {
        let (page, key) = url.split_once('#').unwrap_or((url, ""));
        // A proxy of the surroundings must not stand between a laptop and itself.
        let http = Client::builder().cookie_store(true).no_proxy().build();
        let http = http.map_err(|error| RehearsalError::NotReached { doing: doing.to_owned(), error })?;
        let mut phone = Self {
            http,
            base: page.trim_end_matches('/').to_owned(),
            key: key.to_owned(),
            name: (!name.is_empty()).then(|| name.to_owned()),
            asked: 0,
            came_in: 0,
            seen: watch::channel(None).1,
            following: tokio::spawn(async {}).abort_handle(),
            stopwatch,
        };
        phone.come_in(doing).await?;
        Ok(phone)
    }

    /// Loses the stream, as a phone does that falls asleep.
    pub(crate) fn fall_asleep(&mut self) {
        self.following.abort();
        self.seen = watch::channel(None).1;
    }

    /// Loads the page again with the cookie it has, and follows the stream.
    pub(crate) async fn come_in(&mut self, doing: &str) -> Result<Seen, RehearsalError> {
        let asked = Instant::now();
        self.came_in += 1;
        let body = json!({ "key": self.key, "name": self.name });
        // Joining has no name by which the room could tell a repeat; a phone that has its cookie needs none.
        let tries = if self.came_in == 1 { 1 } else { TRIES };
        let answer = self.send("/api/join", &body, tries, doing).await?;
        let joined: Seen = within(doing, answer.json()).await?;
        let stream = within(doing, self.http.get(format!("{}/api/stream", self.base)).send()).await?;
        let (show, seen) = watch::channel(None);
        self.following.abort();
        self.following = tokio::spawn(follow(granted(stream, doing).await?, show)).abort_handle();
        self.seen = seen;
        let seen = self.until(doing, |seen| seen.view.revision >= joined.view.revision).await?;
        self.stopwatch.answered(if self.came_in == 1 { Kind::Join } else { Kind::Rejoin }, asked);
        Ok(seen)
    }

    /// Waits until the stream shows what is waited for.
    pub(crate) async fn until(&mut self, doing: &str, shows: impl Fn(&Seen) -> bool) -> Result<Seen, RehearsalError> {
        let wanted = self.seen.wait_for(|seen| seen.as_ref().is_some_and(&shows));
        match tokio::time::timeout(PATIENCE, wanted).await {
            Ok(Ok(seen)) => seen.clone().ok_or_else(|| RehearsalError::StreamEnded { doing: doing.to_owned() }),
            Ok(Err(_)) => Err(RehearsalError::StreamEnded { doing: doing.to_owned() }),
            Err(_) => Err(too_late(doing)),
        }
    }

    /// Writes a note, or changes the one of the same draft.
    pub(crate) async fn write(
        &mut self,
        draft: &str,
        kind: NoteKind,
        text: &str,
        doing: &str,
    ) -> Result<(), RehearsalError> {
        let request = PhoneRequest::Write { draft: DraftId(draft.to_owned()), kind, text: text.to_owned() };
        self.ask(request, doing).await.map(drop)
    }

    /// Takes a note back.
    pub(crate) async fn withdraw(&mut self, draft: &str, section: Section, doing: &str) -> Result<(), RehearsalError> {
        self.ask(PhoneRequest::Withdraw { draft: DraftId(draft.to_owned()), section }, doing).await.map(drop)
    }

    /// Casts a ballot in a round, given by the wording of the options, as far as there are dots for it.
    pub(crate) async fn vote(
        &mut self,
        round: RoundId,
        choice: &[(&str, u8)],
        doing: &str,
    ) -> Result<Ballot, RehearsalError> {
        // The stream may still show the round before this one.
        let here = |seen: &Seen| matches!(seen.view.task, Task::Vote { round: open, .. } if open == round);
        let seen = self.until(doing, here).await?;
        let Task::Vote { dots, per_option, options, .. } = seen.view.task else {
            return Err(RehearsalError::StreamEnded { doing: doing.to_owned() });
        };
        let mut left = dots;
        let mut given = Vec::new();
        for (text, wanted) in choice {
            let Some(option) = options.iter().find(|option| option.text == *text) else { continue };
            let here = (*wanted).min(per_option).min(left);
            left -= here;
            if here > 0 {
                given.push((option.id, here));
            }
        }
        let revision = seen.own.ballot.map_or(0, |ballot| ballot.revision) + 1;
        let ballot = Ballot { revision, dots: given };
        self.ask(PhoneRequest::Vote { round, ballot: ballot.clone() }, doing).await?;
        // The next ballot counts on from this one, so the stream must have brought it.
        self.until(doing, |seen| seen.own.ballot.as_ref().is_some_and(|kept| kept.revision >= revision)).await?;
        Ok(ballot)
    }

    /// Answers the exit poll.
    pub(crate) async fn answer(&mut self, answer: PollAnswer, doing: &str) -> Result<(), RehearsalError> {
        self.ask(PhoneRequest::AnswerPoll { answer }, doing).await.map(drop)
    }

    /// Asks something of the room and returns the state it answers with.
    ///
    /// When no answer comes the same request is sent again under the same name; the room grants it once.
    async fn ask(&mut self, request: PhoneRequest, doing: &str) -> Result<Seen, RehearsalError> {
        let asked = Instant::now();
        let kind = match request {
            PhoneRequest::Write { .. } => Some(Kind::Write),
            PhoneRequest::Vote { .. } => Some(Kind::Vote),
            _ => None,
        };
        self.asked += 1;
        let body = json!({ "id": format!("rehearsal-phone-{:06}", self.asked), "request": request });
        let seen = within(doing, self.send("/api/ask", &body, TRIES, doing).await?.json()).await?;
        if let Some(kind) = kind {
            self.stopwatch.answered(kind, asked);
        }
        Ok(seen)
    }

    /// Sends a request, and sends it again when no answer comes.
    async fn send(&self, path: &str, body: &Value, tries: u32, doing: &str) -> Result<Response, RehearsalError> {
        let mut left = tries;
        loop {
            left -= 1;
            match within(doing, self.post(path, body).send()).await {
                Ok(answer) => return granted(answer, doing).await,
                Err(RehearsalError::NotReached { .. }) if left > 0 => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Returns how many requests it has sent, joining included.
    pub(crate) const fn sent(&self) -> u32 {
        self.asked + self.came_in
    }

    fn post(&self, path: &str, body: &Value) -> reqwest::RequestBuilder {
        let request = self.http.post(format!("{}{path}", self.base));
        request.header("origin", &self.base).header("x-debrief", "1").json(body)
    }
}

fn too_late(doing: &str) -> RehearsalError {
    RehearsalError::TooLate { doing: doing.to_owned(), seconds: PATIENCE.as_secs() }
}

async fn within<T>(doing: &str, work: impl Future<Output = Result<T, reqwest::Error>>) -> Result<T, RehearsalError> {
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(done) => done.map_err(|error| RehearsalError::NotReached { doing: doing.to_owned(), error }),
        Err(_) => Err(too_late(doing)),
    }
}

/// Lets an answer pass that grants something, and turns a failure into its sentence.
async fn granted(answer: Response, doing: &str) -> Result<Response, RehearsalError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let body = within(doing, answer.text()).await?;
    let sentence = serde_json::from_str::<Value>(&body).ok();
    let sentence = sentence.as_ref().and_then(|failure| failure["message"].as_str()).unwrap_or(&body);
    Err(RehearsalError::PhoneRefused { doing: doing.to_owned(), status: status.as_u16(), answer: sentence.to_owned() })
}

/// Shows every state of a stream until it ends.
async fn follow(mut stream: Response, show: watch::Sender<Option<Seen>>) {
    let mut frames = Frames::default();
    while let Ok(Some(bytes)) = stream.chunk().await {
        for seen in frames.take(&bytes) {
            show.send_replace(Some(seen));
        }
    }
}

/// Puts the pieces of an event stream together; a piece may end inside a character.
#[derive(Debug, Default)]
struct Frames(Vec<u8>);

impl Frames {
    /// Takes a piece in and returns the states that are complete with it.
    fn take(&mut self, bytes: &[u8]) -> Vec<Seen> {
        self.0.extend_from_slice(bytes);
        let mut states = Vec::new();
        while let Some(end) = self.0.windows(2).position(|pair| pair == b"\n\n") {
            let frame: Vec<u8> = self.0.drain(..end + 2).collect();
            states.extend(state(&String::from_utf8_lossy(&frame)));
        }
        states
    }
}

/// Reads one event; comments and events of other names are none.
fn state(frame: &str) -> Option<Seen> {
    let field =
        |name: &str| frame.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).map(str::trim_start);
    if field("event")? != "state" {
        return None;
    }
    serde_json::from_str(field("data")?).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_state_is_read_however_the_stream_is_cut() {
        let own = json!({ "participant": 7, "notes": [], "ballot": null, "poll": null, "order": [] });
        let view = json!({ "revision": 3, "title": "Größe", "task": { "type": "look", "heading": "é", "text": "" } });
        let whole =
            format!(": \n\nevent: state\ndata: {}\n\nevent: gone\ndata: {{}}\n\n", json!({ "view": view, "own": own }));
        for cut in 0..=whole.len() {
            let mut frames = Frames::default();
            let (first, second) = whole.as_bytes().split_at(cut);
            let states: Vec<_> = [frames.take(first), frames.take(second)].concat();
            assert_eq!(states.len(), 1, "cut at {cut}");
            assert_eq!((states[0].view.revision, states[0].own.participant), (3, ParticipantId(7)));
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_phone_that_falls_asleep_leaves_the_room_and_wakes_up_as_the_same_person() {
        let folder = tempfile::tempdir().unwrap();
        let live = live::Live::start(folder.path()).unwrap();
        crate::begin(&live).await.unwrap();
        let page = room::Page { html: b"", script: b"", recollect: b"", style: b"" };
        let room = room::Room::open(live, std::net::IpAddr::from([127, 0, 0, 1]), page).await.unwrap();
        let mut connected = room.connected();

        let mut phone = Phone::join(&room.url(), "Kofi", Stopwatch::start(), "joining").await.unwrap();
        let before = phone.until("looking", |_| true).await.unwrap().own.participant;
        connected.wait_for(|count| *count == 1).await.unwrap();
        phone.fall_asleep();
        connected.wait_for(|count| *count == 0).await.unwrap();
        assert_eq!(phone.come_in("waking up").await.unwrap().own.participant, before);
        connected.wait_for(|count| *count == 1).await.unwrap();
        drop(phone);
        connected.wait_for(|count| *count == 0).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_refusal_of_the_room_becomes_its_sentence_with_the_step() {
        let folder = tempfile::tempdir().unwrap();
        let live = live::Live::start(folder.path()).unwrap();
        crate::begin(&live).await.unwrap();
        let page = room::Page { html: b"", script: b"", recollect: b"", style: b"" };
        let room = room::Room::open(live, std::net::IpAddr::from([127, 0, 0, 1]), page).await.unwrap();
        let refused = Phone::join(&format!("{}X", room.url()), "", Stopwatch::start(), "a phone joins")
            .await
            .unwrap_err()
            .to_string();
        assert!(refused.contains("“a phone joins”") && refused.contains("does not open the room"), "{refused}");
        let mut phone = Phone::join(&room.url(), "", Stopwatch::start(), "a phone joins").await.unwrap();
        let early = phone.write("note-0", NoteKind::WentWell, "Early", "writing").await.unwrap_err();
        assert!(matches!(early, RehearsalError::PhoneRefused { status: 409, .. }), "{early}");
    }
}
