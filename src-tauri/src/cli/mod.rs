//! The command line. Nothing here touches the window system until a window is asked for.
//!
//! Exit codes: 0 done, 1 failed, 2 wrong use.

mod files;
mod keeping;
mod language;
mod records;
mod rehearse;

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use live::Live;

use crate::export::Format;
use crate::{display, library, window};

/// Run a blameless post-mortem meeting and leave with the finished record.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None, after_help = "Without a command the window opens.

Examples:
  debrief                                  open the library in a window
  debrief rehearse --out record            play a whole meeting and keep its record
  debrief import notes.txt --zone UTC      begin a post-mortem from a pasted timeline
  debrief export pm-20260506-1a2b3c --format pdf,md --out .

Exit codes: 0 done, 1 failed, 2 wrong use.")]
struct Arguments {
    /// The folder of the library
    #[arg(long, global = true, env = "DEBRIEF_DATA_DIR", value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The address that phones reach this computer at; the likeliest network otherwise
    #[arg(long, env = "DEBRIEF_ROOM_ADDRESS", value_name = "IP")]
    room_address: Option<IpAddr>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play a whole meeting on the sample incident with simulated participants
    #[command(after_help = "The rehearsal has a library of its own, which is gone afterwards; yours is not touched.
The paths of the record are printed, one a line.

Examples:
  debrief rehearse
  debrief rehearse --out record --phones 200 --json    # how long did 200 phones wait?
  debrief rehearse --phones 0 --hold vote --json       # a room to try a client on; ends with Ctrl-C
  debrief rehearse --json | jq .paths")]
    Rehearse {
        /// The folder for the record
        #[arg(long, value_name = "DIR", default_value = "debrief-rehearsal")]
        out: PathBuf,
        /// How many participants join with a phone; none only with --hold
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u16).range(0..=10_000))]
        phones: u16,
        /// Lead the meeting there, say how to get in, and wait until it is ended: preparation, opening, timeline,
        /// went-well, went-poorly, root-causes, action-items, vote or wrap-up
        #[arg(long, value_name = "SECTION", value_parser = rehearse::hold_of)]
        hold: Option<rehearsal::Hold>,
        /// Print one JSON object instead of paths
        #[arg(long)]
        json: bool,
    },
    /// Write the record of a post-mortem to files
    #[command(
        after_help = "The files lie directly in the folder and their paths are printed, one a line. The public edition names
nobody; what its check found is said on standard error.

Examples:
  debrief export pm-20260506-1a2b3c --format pdf --out .
  debrief export pm-20260506-1a2b3c --edition public --format md,pdf
  debrief export pm-20260506-1a2b3c --format csv,ics,summary
  debrief export --file record.json --format pdf,md,json --out records"
    )]
    Export {
        /// The id of a post-mortem; `debrief list` shows them
        #[arg(required_unless_present = "file", conflicts_with = "file")]
        id: Option<String>,
        /// A record that was exported as JSON
        #[arg(long, value_name = "RECORD")]
        file: Option<PathBuf>,
        /// For the organisation, or for people outside
        #[arg(long, default_value = "internal", value_parser = ["internal", "public"])]
        edition: String,
        /// Which forms of the record
        #[arg(long, value_delimiter = ',', default_value = "pdf,md", value_name = "FORMATS")]
        format: Vec<Format>,
        /// The folder for the files
        #[arg(long, value_name = "DIR", default_value = ".")]
        out: PathBuf,
    },
    /// Publish a record to a folder with an index of all records there, such as a wiki checkout or a shared drive
    #[command(
        after_help = "A record that is published again keeps its files' names, and the index is written anew. A file that cannot be
written leaves the old one whole. With --git the files are committed where the folder is part of a repository;
nothing is ever pushed.

Examples:
  debrief publish pm-20260506-1a2b3c --to ~/wiki/post-mortems --git
  debrief publish pm-20260506-1a2b3c --to /srv/share/public --edition public"
    )]
    Publish {
        /// The id of a post-mortem; `debrief list` shows them
        #[arg(required_unless_present = "file", conflicts_with = "file")]
        id: Option<String>,
        /// A record that was exported as JSON
        #[arg(long, value_name = "RECORD")]
        file: Option<PathBuf>,
        /// The folder
        #[arg(long, value_name = "DIR")]
        to: PathBuf,
        /// For the organisation, or for people outside
        #[arg(long, default_value = "internal", value_parser = ["internal", "public"])]
        edition: String,
        /// Publish although something is missing or was found by the check of the public edition
        #[arg(long)]
        anyway: bool,
        /// Commit what was written
        #[arg(long)]
        git: bool,
    },
    /// Begin a post-mortem from a timeline, or take in a record exported as JSON
    #[command(
        after_help = "A time that the text does not settle is asked about and never guessed: give --zone and --date,
or correct it in the window afterwards.

Examples:
  debrief import notes.txt --zone Europe/Berlin --date 2026-05-06
  debrief import --dry-run --json notes.txt
  debrief import incident-channel.json --users users.json --from 2026-05-06T12:00:00Z
  debrief import record.json"
    )]
    Import {
        /// The file; - reads standard input
        file: PathBuf,
        /// Read and report, and keep nothing
        #[arg(long)]
        dry_run: bool,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
        /// The time zone of the text, such as Europe/Berlin
        #[arg(long, value_name = "IANA")]
        zone: Option<chrono_tz::Tz>,
        /// The day of the first event, such as 2026-05-06
        #[arg(long, value_name = "YYYY-MM-DD")]
        date: Option<chrono::NaiveDate>,
        /// What to call the post-mortem; the file's name otherwise
        #[arg(long)]
        title: Option<String>,
        /// The users.json of a Slack export, for the names behind its ids
        #[arg(long, value_name = "FILE")]
        users: Option<PathBuf>,
        /// Leave out what happened before, such as 2026-05-06T12:00:00Z
        #[arg(long, value_name = "INSTANT")]
        from: Option<chrono::DateTime<chrono::Utc>>,
        /// Leave out what happened after
        #[arg(long, value_name = "INSTANT")]
        to: Option<chrono::DateTime<chrono::Utc>>,
    },
    /// Find sentences that blame people, and say them about the system instead
    #[command(after_help = "Reads one sentence a line from standard input.

Examples:
  echo 'Bob should have checked the disk.' | debrief language
  debrief language --json --names people.txt --field action < actions.txt")]
    Language {
        /// Names of people, one a line
        #[arg(long, value_name = "FILE")]
        names: Option<PathBuf>,
        /// What kind of text it is
        #[arg(long, default_value = "note", value_parser = ["note", "action", "why", "timeline"])]
        field: String,
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Say where why-chains end: reads last answers from standard input, one a line
    #[command(after_help = "Example:
  echo 'There is no runbook for the label queue' | debrief depth --json")]
    Depth {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Say what actions lack: reads them from standard input, one a line, or as task, owner, due date and criterion with
    /// tabs between
    #[command(after_help = "Example:
  echo 'Improve monitoring' | debrief action --json")]
    Action {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Delete post-mortems with everything that belongs to them, backups included
    #[command(after_help = "Exported and published files are not touched.

Examples:
  debrief delete pm-20240506-1a2b3c          # says what would go
  debrief delete pm-20240506-1a2b3c --yes")]
    Delete {
        /// The ids; `debrief list` shows them
        #[arg(required = true)]
        ids: Vec<String>,
        /// Do it
        #[arg(long)]
        yes: bool,
    },
    /// Take a person's name out of every record and template of the library
    #[command(
        after_help = "A field that holds the name reads \"name removed\"; in a sentence the person becomes the part they played. What may
be the name and may not is listed and left. Exported and published files are not touched, nor are images.

Examples:
  debrief remove-name 'Ada Park'             # says where it stands
  debrief remove-name 'Ada Park' --yes"
    )]
    RemoveName {
        /// The whole name
        name: String,
        /// Take every place that is unclear for the name as well
        #[arg(long)]
        also_unclear: bool,
        /// Do it
        #[arg(long)]
        yes: bool,
        /// Print where it stands as a JSON object
        #[arg(long)]
        json: bool,
    },
    /// List the post-mortems of the library
    #[command(after_help = "Examples:
  debrief list
  debrief list --json | jq '.[].id'")]
    List {
        /// Print a JSON array
        #[arg(long)]
        json: bool,
    },
}

/// Does what the command line says.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let folder = library::folder(arguments.data_dir);
    let done = match arguments.command {
        None => open_window(folder, arguments.room_address),
        Some(Command::Rehearse { phones, hold: Some(hold), json, .. }) => {
            on_runtime(rehearse::hold(hold, phones.into(), json))
        }
        Some(Command::Rehearse { phones: ..4, hold: None, .. }) => Err(anyhow::anyhow!(
            "A meeting is played with four phones or more; with --hold it waits for clients of your own."
        )),
        Some(Command::Rehearse { out, phones, hold: None, json }) => {
            on_runtime(rehearse::rehearse(&out, phones.into(), json))
        }
        Some(Command::Export { id, file, edition, format, out }) => {
            let chosen = records::Chosen { id, file, edition: records::edition_of(&edition) };
            records::export(&folder, &chosen, &format, &out)
        }
        Some(Command::Publish { id, file, to, edition, anyway, git }) => {
            let chosen = records::Chosen { id, file, edition: records::edition_of(&edition) };
            records::publish(&folder, &chosen, &to, anyway, git)
        }
        Some(Command::Import { file, dry_run, json, zone, date, title, users, from, to }) => {
            let reading = files::Reading { file, dry_run, json, zone, date, title, users, from, to };
            on_runtime(files::import(&folder, reading))
        }
        Some(Command::Language { names, field, json }) => language::language(names.as_deref(), field_of(&field), json),
        Some(Command::Depth { json }) => language::depth(json),
        Some(Command::Action { json }) => language::action(json),
        Some(Command::Delete { ids, yes }) => on_runtime(async move { keeping::delete(&folder, ids, yes).await }),
        Some(Command::RemoveName { name, also_unclear, yes, json }) => {
            on_runtime(async move { keeping::remove_name(&folder, &name, also_unclear, yes, json).await })
        }
        Some(Command::List { json }) => files::list(&folder, json),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Clap lets only these through.
fn field_of(word: &str) -> ::language::Field {
    match word {
        "action" => ::language::Field::Action,
        "why" => ::language::Field::Why,
        "timeline" => ::language::Field::Timeline,
        _ => ::language::Field::Note,
    }
}

fn on_runtime(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

fn open_window(folder: PathBuf, address: Option<IpAddr>) -> anyhow::Result<()> {
    if let Some(sentence) = display::missing() {
        anyhow::bail!(
            "{sentence} `debrief rehearse` plays a meeting without one, `debrief --help` says what else works."
        );
    }
    let live = Live::start(&folder)?;
    window::run(live, folder, address)
}

/// Prints a line to standard output; a reader that has gone away is no fault of ours.
fn say(line: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stdout(), "{line}");
}
