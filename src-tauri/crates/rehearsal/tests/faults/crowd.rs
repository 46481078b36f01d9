//! What many phones do at the same moment: all come back at once, or fifty listen and never read.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use meeting::{ActionCategory, Ballot, Priority, Request};
use rehearsal::{Phone, pause_before};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use wire::PhoneRequest;

use super::chance::Chance;
use super::relay::Relay;
use super::scene::Scene;

/// How long the last of a hundred may need to be back.
const BACK_WITHIN: Duration = Duration::from_secs(3);
const SILENT: usize = 50;
const VOTERS: usize = 8;
const BALLOTS: u32 = 30;
/// Of what a queue for each silent reader would hold, the process may grow by one part in so many.
const PART: usize = 8;

async fn joined(scene: &Scene, relay: Option<SocketAddr>, count: usize) -> Vec<Phone> {
    let mut coming = JoinSet::new();
    for _ in 0..count {
        let phone = Phone::outside(&scene.room().url(), "", "joining").unwrap();
        let mut phone = if let Some(relay) = relay { phone.by_way_of(relay) } else { phone };
        coming.spawn(async move {
            phone.come_in("joining").await.unwrap();
            phone
        });
    }
    coming.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_phones_that_drop_at_once_are_back_soon_and_not_at_the_same_moment() {
    let chance = Chance::from_the_surroundings("all at once");
    let phones = if std::env::var_os("DEBRIEF_LONG").is_some() { 500 } else { 100 };
    let scene = Scene::open().await;
    let relay = Relay::open(scene.room().address(), chance.clone(), 0).await;
    let mut connected = scene.room().connected();
    let mut returning = JoinSet::new();
    let (drop_now, dropped) = tokio::sync::watch::channel(Instant::now());
    for (place, mut phone) in joined(&scene, Some(relay.address), phones).await.into_iter().enumerate() {
        let (mut chance, dropped) = (chance.branch(place), dropped.clone());
        returning.spawn(async move {
            phone.lost().await;
            let mut paused = Duration::ZERO;
            for attempt in 0.. {
                let pause = pause_before(attempt, chance.fraction());
                paused += pause;
                tokio::time::sleep(pause).await;
                if phone.come_in("coming back").await.is_ok() {
                    break;
                }
            }
            (dropped.borrow().elapsed(), (paused, phone))
        });
    }
    connected.wait_for(|count| usize::try_from(*count).unwrap() == phones).await.unwrap();
    drop_now.send_replace(Instant::now());
    relay.drop_all();
    let (mut back, rest): (Vec<_>, Vec<_>) = returning.join_all().await.into_iter().unzip();
    let (mut pauses, _phones): (Vec<_>, Vec<_>) = rest.into_iter().unzip();
    back.sort();
    pauses.sort();
    let p99 = back[(phones * 99).div_ceil(100) - 1];
    println!(
        "{phones} phones back: first {:?}, half {:?}, p99 {p99:?}, last {:?}",
        back[0],
        back[phones / 2],
        back[phones - 1]
    );
    assert!(p99 <= BACK_WITHIN, "p99 {p99:?}");
    // Their returns are as far apart as a busy machine lets them be; what they are asked to wait must differ.
    assert!(pauses[phones - 1] - pauses[0] > Duration::from_millis(100), "they are spread: {pauses:?}");
    assert_eq!(scene.meeting().present().count(), phones, "nobody came back as somebody else");
}

/// Opens a stream of a phone of its own and reads nothing from it, not even the answer.
async fn listen_without_reading(scene: &Scene, place: usize) -> TcpStream {
    let address = scene.room().address();
    let key = scene.room().url().split_once('#').unwrap().1.to_owned();
    let body = format!(r#"{{"id":"silent-reader-{place:020}","key":"{key}"}}"#);
    let mut joining = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "POST /api/join HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\nx-debrief: 1\r\n\
         content-type: application/json\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    joining.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    joining.read_to_string(&mut answer).await.unwrap();
    let cookie = answer
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: ").filter(|it| it.starts_with("debrief=")))
        .unwrap();
    let cookie = cookie.split(';').next().unwrap();

    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 * 1024).unwrap();
    let mut stream = socket.connect(address).await.unwrap();
    let request = format!("GET /api/stream HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

/// Lets every phone vote as often as told, at the same time as the others; returns how long it took.
async fn all_vote(scene: &mut Scene, phones: Vec<Phone>, tag: &str) -> (Vec<Phone>, Duration) {
    let round = scene.open_vote().await;
    let began = Instant::now();
    let mut voting = JoinSet::new();
    for mut phone in phones {
        let (round, tag) = (round.clone(), tag.to_owned());
        voting.spawn(async move {
            for revision in 1..=BALLOTS {
                let ballot = Ballot { revision, dots: vec![(round.options[0], 1)] };
                let vote = PhoneRequest::Vote { round: round.id, ballot };
                phone
                    .send_once(&format!("request-{tag}-{revision:06}"), u64::from(revision), &vote, "voting")
                    .await
                    .unwrap();
            }
            let last = |seen: &rehearsal::Seen| seen.own.ballot.as_ref().is_some_and(|it| it.revision == BALLOTS);
            phone.until("seeing the last ballot", last).await.unwrap();
            phone
        });
    }
    let phones = voting.join_all().await;
    let elapsed = began.elapsed();
    let result = scene.close_vote(round.id).await.result.unwrap();
    assert_eq!(usize::try_from(result.ballots).unwrap(), phones.len());
    (phones, elapsed)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_readers_that_never_read_cost_the_others_nothing_and_little_memory() {
    let mut scene = Scene::open().await;
    for place in 0..40 {
        // Long texts, so that what is kept for a reader would weigh something.
        let text = format!("{place} {}", "a sentence of a proposal that goes on ".repeat(7));
        let (category, priority) = (ActionCategory::Process, Priority::Must);
        scene.facilitator(Request::AddProposal { text, category, priority, addresses: None }).await.unwrap();
    }
    let phones = joined(&scene, None, VOTERS).await;
    let (phones, alone) = all_vote(&mut scene, phones, "without-silent").await;

    let mut silent = Vec::new();
    for place in 0..SILENT {
        silent.push(listen_without_reading(&scene, place).await);
    }
    let mut connected = scene.room().connected();
    connected.wait_for(|count| usize::try_from(*count).unwrap() == VOTERS + SILENT).await.unwrap();
    let (before, revision) = (resident_kb(), scene.live.snapshot().revision);
    let (_phones, beside) = all_vote(&mut scene, phones, "beside-silent").await;
    let grown = resident_kb().saturating_sub(before);
    let published = usize::try_from(scene.live.snapshot().revision - revision).unwrap();
    let texts: usize = scene.meeting().options().map(|proposal| proposal.text.len()).sum();
    let queued = published * texts * SILENT / 1_024;
    println!("{VOTERS} phones voted {BALLOTS} times in {alone:.1?}, beside {SILENT} silent readers in {beside:.1?}");
    println!("the process grew by {grown} kB; queues would hold more than {queued} kB");
    assert!(beside < alone * 3 + Duration::from_secs(2), "{alone:?} alone, {beside:?} beside silent readers");
    assert!(grown < queued / PART, "{grown} kB of {queued} kB");
}

/// Returns the resident memory of this process; nothing where the system does not tell.
fn resident_kb() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
