//! A simulated participant: a client of the room that knows nothing but what the room sends it.
//!
//! What it writes and how it votes is left to whoever leads it: `play` for a rehearsal, tests for faults. [`seen`]
//! holds what it is sent, [`stream`] how it reads that.

mod seen;
mod stream;

use std::future::Future;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use meeting::{Ballot, DraftId, NoteKind, PollAnswer, RoundId, Section};
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use wire::PhoneRequest;

use crate::RehearsalError;
use crate::measured::{Kind, Stopwatch};
use stream::follow;

pub use seen::{Offered, Seen, SeenOwn, SeenView, Task};

/// How long anything may take before the rehearsal gives up; on a slow laptop a step takes some milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// How often a request is sent whose answer does not come.
const TRIES: u32 = 3;
/// The shortest pause before the page repeats something.
const LEAST_PAUSE: Duration = Duration::from_millis(300);
/// The longest.
const MOST_PAUSE: Duration = Duration::from_secs(3);

/// Returns the pause that the phone page makes before repeat number `attempt`, counted from zero; `chance` lies between
/// zero and one.
///
/// The bound doubles and every pause is drawn below it: a room that lost the laptop at the same moment must not come
/// back at the same moment.
#[must_use]
pub fn pause_before(attempt: u32, chance: f64) -> Duration {
    let bound = MOST_PAUSE.min(LEAST_PAUSE * 2_u32.saturating_pow(attempt.saturating_add(1).min(8)));
    LEAST_PAUSE + (bound - LEAST_PAUSE).mul_f64(chance.clamp(0.0, 1.0))
}

/// A participant with a phone.
#[derive(Debug)]
pub struct Phone {
    http: Client,
    page: String,
    reached_at: String,
    key: String,
    join: String,
    name: Option<String>,
    patience: Duration,
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
    /// Takes a phone that has scanned the address with the key in its fragment and is not in the room yet.
    ///
    /// # Errors
    /// When the client could not be set up.
    pub fn outside(url: &str, name: &str, doing: &str) -> Result<Self, RehearsalError> {
        let (page, key) = url.split_once('#').unwrap_or((url, ""));
        let page = page.trim_end_matches('/').to_owned();
        // A proxy of the surroundings must not stand between a laptop and itself.
        let http = Client::builder().cookie_store(true).no_proxy().build();
        let mut join = [0; 16];
        let drawn = getrandom::fill(&mut join);
        let astray = |error: getrandom::Error| RehearsalError::Astray {
            doing: doing.to_owned(),
            found: format!("there is no name for the join: {error}"),
        };
        drawn.map_err(astray)?;
        Ok(Self {
            http: http.map_err(|error| RehearsalError::NotReached { doing: doing.to_owned(), error })?,
            reached_at: page.clone(),
            page,
            key: key.to_owned(),
            join: join.iter().map(|byte| format!("{byte:02x}")).collect(),
            name: (!name.is_empty()).then(|| name.to_owned()),
            patience: PATIENCE,
            asked: 0,
            came_in: 0,
            seen: watch::channel(None).1,
            following: tokio::spawn(async {}).abort_handle(),
            stopwatch: Stopwatch::start(),
        })
    }

    /// Reaches the room by way of something in between, which the room does not know of.
    #[must_use]
    pub fn by_way_of(mut self, relay: SocketAddr) -> Self {
        self.reached_at = format!("http://{relay}");
        self
    }

    /// Waits for one answer as long as this and no longer.
    #[must_use]
    pub fn patient_for(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Joins with the key in the fragment of the address, and follows the stream.
    pub(crate) async fn join(url: &str, name: &str, stopwatch: Stopwatch, doing: &str) -> Result<Self, RehearsalError> {
        let mut phone = Self::outside(url, name, doing)?;
        phone.stopwatch = stopwatch;
        phone.come_in(doing).await?;
        Ok(phone)
    }

    /// Loses the stream, as a phone does that falls asleep.
    pub fn fall_asleep(&mut self) {
        self.following.abort();
        self.seen = watch::channel(None).1;
    }

    /// Loads the page with the cookie it has, or joins under the name it has drawn, and follows the stream.
    ///
    /// # Errors
    /// When the room does not answer or does not let it in; the same phone may try again.
    pub async fn come_in(&mut self, doing: &str) -> Result<Seen, RehearsalError> {
        let asked = Instant::now();
        self.came_in += 1;
        let body = json!({ "id": self.join, "key": self.key, "name": self.name });
        let answer = self.send("/api/join", &body, TRIES, doing).await?;
        let joined: Seen = self.within(doing, answer.json()).await?;
        let stream = self.with_host(self.http.get(format!("{}/api/stream", self.reached_at)));
        let stream = self.within(doing, stream.send()).await?;
        let (show, seen) = watch::channel(None);
        self.following.abort();
        self.following = tokio::spawn(follow(self.granted(stream, doing).await?, show)).abort_handle();
        self.seen = seen;
        let seen = self.until(doing, |seen| seen.view.revision >= joined.view.revision).await?;
        self.stopwatch.answered(if self.came_in == 1 { Kind::Join } else { Kind::Rejoin }, asked);
        Ok(seen)
    }

    /// Waits until the stream has ended without the phone's doing.
    pub async fn lost(&mut self) {
        while self.seen.changed().await.is_ok() {}
    }

    /// Waits until the stream shows what is waited for.
    ///
    /// # Errors
    /// When it ends before, or nothing of the kind comes.
    pub async fn until(&mut self, doing: &str, shows: impl Fn(&Seen) -> bool) -> Result<Seen, RehearsalError> {
        let late = self.too_late(doing);
        let wanted = self.seen.wait_for(|seen| seen.as_ref().is_some_and(&shows));
        match tokio::time::timeout(self.patience, wanted).await {
            Ok(Ok(seen)) => seen.clone().ok_or_else(|| RehearsalError::StreamEnded { doing: doing.to_owned() }),
            Ok(Err(_)) => Err(RehearsalError::StreamEnded { doing: doing.to_owned() }),
            Err(_) => Err(late),
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
        let id = format!("rehearsal-phone-{:06}", self.asked);
        let seen = self.repeat(&id, u64::from(self.asked), &request, TRIES, doing).await?;
        if let Some(kind) = kind {
            self.stopwatch.answered(kind, asked);
        }
        Ok(seen)
    }

    /// Sends a request once under a name and a number and returns the state it is answered with.
    ///
    /// # Errors
    /// When no answer comes, or the room refuses. Without an answer it may have been granted all the same.
    pub async fn send_once(
        &self,
        id: &str,
        number: u64,
        request: &PhoneRequest,
        doing: &str,
    ) -> Result<Seen, RehearsalError> {
        self.repeat(id, number, request, 1, doing).await
    }

    async fn repeat(
        &self,
        id: &str,
        number: u64,
        request: &PhoneRequest,
        tries: u32,
        doing: &str,
    ) -> Result<Seen, RehearsalError> {
        let body = json!({ "id": id, "number": number, "request": request });
        self.within(doing, self.send("/api/ask", &body, tries, doing).await?.json()).await
    }

    /// Sends a request, and sends it again when no answer comes.
    async fn send(&self, path: &str, body: &Value, tries: u32, doing: &str) -> Result<Response, RehearsalError> {
        let mut left = tries;
        loop {
            left -= 1;
            match self.within(doing, self.post(path, body).send()).await {
                Ok(answer) => return self.granted(answer, doing).await,
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
        let request = self.with_host(self.http.post(format!("{}{path}", self.reached_at)));
        request.header("origin", &self.page).header("x-debrief", "1").json(body)
    }

    /// Names the host on the screen, whichever way leads there.
    fn with_host(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request.header("host", self.page.trim_start_matches("http://"))
    }

    async fn within<T>(
        &self,
        doing: &str,
        work: impl Future<Output = Result<T, reqwest::Error>>,
    ) -> Result<T, RehearsalError> {
        match tokio::time::timeout(self.patience, work).await {
            Ok(done) => done.map_err(|error| RehearsalError::NotReached { doing: doing.to_owned(), error }),
            Err(_) => Err(self.too_late(doing)),
        }
    }

    fn too_late(&self, doing: &str) -> RehearsalError {
        RehearsalError::TooLate { doing: doing.to_owned(), seconds: self.patience.as_secs() }
    }

    /// Lets an answer pass that grants something, and turns a failure into its sentence.
    async fn granted(&self, answer: Response, doing: &str) -> Result<Response, RehearsalError> {
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let body = self.within(doing, answer.text()).await?;
        let sentence = serde_json::from_str::<Value>(&body).ok();
        let sentence = sentence.as_ref().and_then(|failure| failure["message"].as_str()).unwrap_or(&body);
        Err(RehearsalError::PhoneRefused {
            doing: doing.to_owned(),
            status: status.as_u16(),
            answer: sentence.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn pauses_double_up_to_a_bound_and_are_drawn_below_it() {
        let millis = |attempt, chance| pause_before(attempt, chance).as_millis();
        assert_eq!([millis(0, 0.0), millis(0, 1.0), millis(1, 1.0), millis(2, 0.5)], [300, 600, 1_200, 1_350]);
        assert_eq!([millis(9, 1.0), millis(u32::MAX, 0.0)], [3_000, 300]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_phone_that_falls_asleep_leaves_the_room_and_wakes_up_as_the_same_person() {
        let folder = tempfile::tempdir().unwrap();
        let live = live::Live::start(folder.path()).unwrap();
        crate::begin(&live).await.unwrap();
        let page = room::Page { html: b"", script: b"", recollect: b"", style: b"", calendar: |_, _| None };
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
        let page = room::Page { html: b"", script: b"", recollect: b"", style: b"", calendar: |_, _| None };
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
