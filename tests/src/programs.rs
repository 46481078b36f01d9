//! Programs that a journey starts, and only those: each is ended by its own id.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A program that ends with its owner.
#[derive(Debug)]
pub struct Program(Child);

impl Program {
    /// Starts a program.
    ///
    /// # Panics
    /// With the name of the program, when it cannot be started.
    #[track_caller]
    #[must_use]
    pub fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_owned();
        match command.stdin(Stdio::null()).spawn() {
            Ok(child) => Self(child),
            Err(error) => {
                panic!("{} could not be started: {error}. `cargo xtask test` installs what is missing.", name.display())
            }
        }
    }

    /// Starts a program that says something on its standard output first, and returns what `wanted` finds there.
    ///
    /// # Panics
    /// When the output ends before `wanted` has found anything.
    #[track_caller]
    pub fn start_and_hear<T>(command: &mut Command, wanted: impl Fn(&str) -> Option<T>) -> (Self, T) {
        let mut program = Self::start(command.stdout(Stdio::piped()));
        let output = program.0.stdout.take().expect("the output was asked for");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let found = lines.find_map(|line| wanted(&line));
        // What follows is read and dropped, so that the program never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let found = found.unwrap_or_else(|| panic!("{command:?} ended without a word"));
        (program, found)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // One that has ended by itself needs no ending.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns a port that was free a moment ago.
///
/// # Panics
/// When there is none.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    listener.local_addr().expect("a bound listener has an address").port()
}

/// Returns the processes that were started with `mark` in their arguments or their environment.
///
/// A mark is the path of a temporary folder, which belongs to one journey only.
#[must_use]
pub fn marked(mark: &Path) -> Vec<u32> {
    let mark = mark.as_os_str().as_encoded_bytes();
    let bears = |folder: &Path, file: &str| {
        fs::read(folder.join(file)).is_ok_and(|bytes| bytes.windows(mark.len()).any(|window| window == mark))
    };
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten().map(|entry| entry.path());
    processes
        .filter_map(|folder| Some((folder.file_name()?.to_str()?.parse().ok()?, folder)))
        .filter(|(id, folder)| *id != std::process::id() && (bears(folder, "cmdline") || bears(folder, "environ")))
        .map(|(id, _)| id)
        .collect()
}

/// Returns the path of the program a process runs.
#[must_use]
pub fn executable(id: u32) -> Option<PathBuf> {
    fs::read_link(format!("/proc/{id}/exe")).ok()
}

/// Kills processes at once, as a power cut would.
///
/// # Panics
/// When the `kill` of the system cannot be run.
pub fn kill(ids: &[u32]) {
    for id in ids {
        let status = Command::new("kill").args(["-9", &id.to_string()]).stderr(Stdio::null()).status();
        // One that has ended meanwhile is what was wanted.
        status.expect("`kill` runs");
    }
}
