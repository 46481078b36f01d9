//! The application on a display of its own, with a library of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;

use serde_json::json;
use tempfile::TempDir;

use crate::driver::Session;
use crate::page::Page;
use crate::programs::{Program, executable, free_port, kill, marked};
use crate::wait;

/// Returns the path of the application.
///
/// # Panics
/// When it was not built.
#[must_use]
pub fn binary() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from);
    let built = target.join("debug").join(format!("debrief{}", std::env::consts::EXE_SUFFIX));
    let path = std::env::var_os("DEBRIEF_BIN").map_or(built, PathBuf::from);
    assert!(path.is_file(), "The application is not at {}; `cargo build --package debrief` builds it.", path.display());
    path
}

/// Returns the folder of the repository.
///
/// # Panics
/// Never: the package is a folder in it.
#[must_use]
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package is a folder of the repository")
}

/// The folder of a journey, gone afterwards: the library and the records.
#[derive(Debug)]
pub struct Folder(TempDir);

impl Folder {
    /// Makes an empty one.
    ///
    /// # Panics
    /// When there is no room on the disk.
    #[must_use]
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder can be made"))
    }

    /// Where the library lies.
    #[must_use]
    pub fn library(&self) -> PathBuf {
        self.0.path().join("library")
    }

    /// Where records are exported to.
    #[must_use]
    pub fn records(&self) -> PathBuf {
        self.0.path().join("records")
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

/// The running application.
#[derive(Debug)]
pub struct Application {
    session: Rc<Session>,
    folder: PathBuf,
    // Ended in this order, after the session has said goodbye.
    _driver: Program,
    _display: Program,
}

impl Application {
    /// Starts the application on a fresh display.
    ///
    /// # Panics
    /// When the display, the driver or the application does not start.
    #[track_caller]
    #[must_use]
    pub fn start(folder: &Folder) -> Self {
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]).stderr(Stdio::null());
        let (display, number) = Program::start_and_hear(&mut server, |line| line.trim().parse::<u32>().ok());
        let port = free_port();
        let driver = Program::start(
            Command::new("WebKitWebDriver")
                .arg(format!("--port={port}"))
                .env("DISPLAY", format!(":{number}"))
                .env_remove("WAYLAND_DISPLAY")
                .env("GDK_BACKEND", "x11")
                .env("TAURI_WEBVIEW_AUTOMATION", "true")
                .env("DEBRIEF_DATA_DIR", folder.library())
                .env("DEBRIEF_RECORD_DIR", folder.records())
                .env("DEBRIEF_ROOM_ADDRESS", "127.0.0.1")
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        let session = Session::begin(port, &json!({ "webkitgtk:browserOptions": { "binary": binary(), "args": [] } }));
        Self { session: Rc::new(session), folder: folder.library(), _driver: driver, _display: display }
    }

    /// The facilitator's window.
    #[must_use]
    pub fn console(&self) -> Page {
        Page::new(Rc::clone(&self.session), "/console/")
    }

    /// The window on the projector.
    #[must_use]
    pub fn stage(&self) -> Page {
        Page::new(Rc::clone(&self.session), "/stage/")
    }

    /// Ends the application as a power cut would: at once and without a word.
    ///
    /// # Panics
    /// When it does not run.
    pub fn cut_off(self) {
        let own = self.processes();
        assert_eq!(own.len(), 1, "the application runs once");
        kill(&own);
        wait::until("the application is gone", || self.processes().is_empty());
    }

    /// The processes of the application itself, without those that WebKit starts.
    fn processes(&self) -> Vec<u32> {
        let binary = binary().canonicalize().ok();
        marked(&self.folder).into_iter().filter(|id| executable(*id) == binary).collect()
    }
}

impl Drop for Application {
    fn drop(&mut self) {
        if std::thread::panicking() {
            crate::failure::keep(&[("console", &self.console()), ("stage", &self.stage())]);
        }
        // Pages of this application may outlive it for a moment and hold the session; without its window it is over.
        kill(&self.processes());
    }
}
