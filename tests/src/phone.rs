//! A phone: a real browser of its own, with the size of a phone.

use std::process::{Command, Stdio};
use std::rc::Rc;

use serde_json::json;
use tempfile::TempDir;

use crate::driver::Session;
use crate::page::Page;
use crate::programs::{Program, kill, marked};

/// A participant's phone.
#[derive(Debug)]
pub struct Phone {
    name: String,
    page: Page,
    _driver: Program,
    profile: TempDir,
}

impl Phone {
    /// Switches a phone on.
    ///
    /// # Panics
    /// When the browser does not start.
    #[track_caller]
    #[must_use]
    pub fn start(name: &str) -> Self {
        let profile = tempfile::tempdir().expect("a temporary folder can be made");
        let mut command = Command::new("chromedriver");
        let (driver, port) = Program::start_and_hear(command.arg("--port=0").stderr(Stdio::null()), |line| {
            let port = line.split("successfully on port ").nth(1)?;
            port.trim_end_matches('.').parse().ok()
        });
        let folder = profile.path().display();
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--disable-background-networking".to_owned(),
            "--no-proxy-server".to_owned(),
            format!("--user-data-dir={folder}"),
        ];
        // A window of a browser is never as narrow as a phone, and has scroll bars of its own.
        let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 2, "touch": true });
        let options = json!({ "args": arguments, "mobileEmulation": { "deviceMetrics": metrics } });
        let session = Session::begin(port, &json!({ "goog:chromeOptions": options }));
        Self { name: name.to_owned(), page: Page::new(Rc::new(session), ""), _driver: driver, profile }
    }

    /// Opens the room's page and joins with the code that stands on the stage.
    ///
    /// # Panics
    /// When the phone does not get in.
    #[track_caller]
    pub fn join(&self, address: &str, code: &str) {
        // An address bar adds what nobody types.
        self.page.visit(&format!("http://{address}/"));
        self.page.write("Code on the big screen", code);
        self.page.write("Your name, if you like", &self.name);
        self.page.press("Join");
        self.page.sees("Connected");
    }

    /// Lets the phone sleep in a pocket: no network, and no script of the page runs.
    pub fn sleep(&self) {
        self.network(false);
        self.page.devtools("Page.setWebLifecycleState", &json!({ "state": "frozen" }));
    }

    /// Wakes it up, and its network with it.
    pub fn wake(&self) {
        self.page.devtools("Page.setWebLifecycleState", &json!({ "state": "active" }));
        // Chromium paints a page that was frozen only once it is looked at again, as after the lock screen.
        self.page.look_away_and_back();
        self.network(true);
    }

    fn network(&self, on: bool) {
        self.page.devtools("Network.enable", &json!({}));
        let speed = if on { -1 } else { 0 };
        let conditions =
            json!({ "offline": !on, "latency": 0, "downloadThroughput": speed, "uploadThroughput": speed });
        self.page.devtools("Network.emulateNetworkConditions", &conditions);
    }
}

impl std::ops::Deref for Phone {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        if std::thread::panicking() {
            crate::failure::keep(&[(&self.name, &self.page)]);
        }
        kill(&marked(self.profile.path()));
    }
}
