//! The servers, each in a process of its own, and the voters that have joined ours.

use std::error::Error;
use std::io::{BufRead as _, BufReader, Read as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use live::{Ask, Live};
use meeting::{Actor, Edit, Request};
use rehearsal::{Hold, hold};
use room::{Page, Room};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use crate::Measured;
use crate::line::Line;

/// Phones that may join for a measure.
const MOST: u32 = 2_500;
/// Where the bare server lies.
const BARE: (&str, &str) = ("room", "bare");

/// A server in a process of its own; it ends with this value.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
    /// Where the stage can be watched; the bare server has none and names its own address.
    pub(crate) stage: SocketAddr,
    key: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended already is no loss.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    /// Starts a room in which the sample is being voted on.
    pub(crate) fn ours(page: &Path) -> Result<Self, Box<dyn Error>> {
        Self::start(Command::new(std::env::current_exe()?).arg("--page").arg(page).arg("serve"))
    }

    /// Starts the bare event stream.
    pub(crate) fn bare() -> Result<Self, Box<dyn Error>> {
        Self::start(&mut Command::new(program(BARE.0, BARE.1)?))
    }

    fn start(command: &mut Command) -> Result<Self, Box<dyn Error>> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let (line, stage) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        let (address, key) = line.split_once('#').unwrap_or((line, ""));
        let stage = if stage.is_empty() { address } else { stage };
        Ok(Self { child, address: address.parse()?, stage: stage.parse()?, key: key.to_owned() })
    }

    /// Returns the memory that is the process's own, in kB: `RssAnon` of Linux.
    pub(crate) fn own_memory_kb(&self) -> Result<f64, Box<dyn Error>> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).ok_or("no RssAnon")?;
        Ok(line.split_whitespace().next().ok_or("no figure")?.parse()?)
    }

    /// Lets so many phones join.
    pub(crate) async fn joined(&self, count: usize) -> Result<Voters, Box<dyn Error>> {
        let mut voters = Voters { cookies: Vec::new(), round: 0, options: Vec::new(), state_bytes: 0, revision: 0 };
        for place in 0..count {
            let body = json!({ "id": format!("load-{:08}-{place:020}", std::process::id()), "key": self.key });
            let answer = Line::open(self.address, "").await?.post("/api/join", &body.to_string()).await?;
            if answer.status != 200 {
                return Err(format!("joining was answered with {}", answer.status).into());
            }
            let cookie = answer
                .head
                .lines()
                .find_map(|line| line.strip_prefix("set-cookie: ").filter(|it| it.starts_with("debrief=")))
                .ok_or("no cookie")?;
            // The head was put into small letters; the value is hexadecimal digits.
            voters.cookies.push(cookie.split(';').next().unwrap_or_default().to_owned());
            let state: Value = serde_json::from_slice(&answer.body)?;
            voters.state_bytes = answer.body.len();
            voters.revision = state["view"]["revision"].as_u64().ok_or("no revision")?;
            voters.round = state["view"]["task"]["round"].as_u64().ok_or("no vote is open")?;
            let options = state["view"]["task"]["options"].as_array().ok_or("no options")?;
            voters.options = options.iter().filter_map(|option| option["id"].as_u64()).collect();
        }
        Ok(voters)
    }
}

/// Phones that have joined our server.
pub(crate) struct Voters {
    pub(crate) cookies: Vec<String>,
    round: u64,
    options: Vec<u64>,
    /// How long the newest state is.
    pub(crate) state_bytes: usize,
    pub(crate) revision: u64,
}

impl Voters {
    /// Words a ballot of three dots, different from one place and turn to the next.
    pub(crate) fn ballot(&self, place: usize, turn: usize) -> String {
        let option = |step: usize| self.options[(place + turn + step) % self.options.len()];
        let dots = json!([[option(0), 2], [option(1), 1]]);
        let request = json!({ "type": "vote", "round": self.round, "ballot": { "revision": turn + 1, "dots": dots } });
        json!({ "id": format!("load-{place:08}-{turn:08}"), "request": request }).to_string()
    }
}

/// Builds an example and returns where it lies: beside this one.
pub(crate) fn program(package: &str, example: &str) -> Result<PathBuf, Box<dyn Error>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--locked", "--package", package, "--example", example]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    if !build.current_dir(env!("CARGO_MANIFEST_DIR")).status()?.success() {
        return Err(format!("the example {example} of {package} could not be built").into());
    }
    Ok(std::env::current_exe()?.with_file_name(example))
}

/// Reads the page that was built; without one, the room serves an empty one.
fn page(folder: &Path) -> Page {
    let read = |name: &str| -> &'static [u8] { std::fs::read(folder.join(name)).unwrap_or_default().leak() };
    Page {
        html: read("index.html"),
        script: read("phone.js"),
        recollect: read("recollect.js"),
        style: read("phone.css"),
        calendar: |_, _| None,
    }
}

/// Serves until whoever started it has gone.
pub(crate) async fn serve(folder: &Path) -> Measured {
    let library = tempfile::tempdir()?;
    let live = Live::start(library.path())?;
    hold(&live, Hold::Vote).await?;
    let request = Request::Edit { edit: Edit::ParticipantLimit { limit: MOST } };
    live.ask(Ask { id: "limit".into(), by: Actor::Facilitator, request, token: None }).await?;
    let stage = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let stage_at = stage.local_addr()?;
    tokio::spawn(show_stage(live.clone(), stage));
    let room = Room::open(live.clone(), IpAddr::V4(Ipv4Addr::LOCALHOST), page(folder)).await?;
    println!("{}#{} {stage_at}", room.address(), room.url().split_once('#').ok_or("no key")?.1);
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    room.close().await;
    live.stop().await;
    Ok(())
}

/// Builds and writes what the stage shows at every change, for whoever connects first.
async fn show_stage(live: Live, listener: TcpListener) {
    let Ok((mut window, _)) = listener.accept().await else { return };
    let mut snapshots = live.snapshots();
    loop {
        let snapshot = snapshots.borrow_and_update().clone();
        let view = snapshot.meeting.map(|meeting| wire::stage_view(&meeting, None, live::now()));
        let Ok(view) = serde_json::to_string(&view) else { return };
        let shown = format!("{{\"revision\":{},\"view\":{view}}}\n\n", snapshot.revision);
        if window.write_all(shown.as_bytes()).await.is_err() || snapshots.changed().await.is_err() {
            return;
        }
    }
}
