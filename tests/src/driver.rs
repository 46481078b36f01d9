//! A session with a driver: commands of the W3C protocol as JSON over HTTP, one at a time.
//!
//! Both kinds of surfaces are driven over it: the windows of the application by WebKit's driver, the phones by
//! Chromium's. What a person does on a page is in `page`.

use std::cell::RefCell;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::{Value, json};

/// The longest that a driver may take for one command; starting a browser on a busy machine is the slowest.
const LIMIT: Duration = Duration::from_secs(90);

/// The name under which the protocol hands out elements.
pub(crate) const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser under the control of a driver. It ends with its owner.
#[derive(Debug)]
pub struct Session {
    port: u16,
    id: String,
    /// The handle of the window that commands go to.
    window: RefCell<String>,
}

impl Session {
    /// Begins a session as soon as the driver at this port is ready.
    ///
    /// # Panics
    /// When the driver refuses or does not answer.
    #[track_caller]
    #[must_use]
    pub fn begin(port: u16, capabilities: &Value) -> Self {
        let ready = crate::wait::answer(LIMIT, || send(port, "GET", "/status", None));
        ready.unwrap_or_else(|reason| panic!("the driver at port {port} is not ready: {reason}"));
        let wanted = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let begun = send(port, "POST", "/session", Some(&wanted));
        let begun = begun.unwrap_or_else(|reason| panic!("no session with the driver at port {port}: {reason}"));
        let id = begun["sessionId"].as_str().expect("a session has an id").to_owned();
        Self { port, id, window: RefCell::default() }
    }

    /// Sends a command; without a body it is a question.
    ///
    /// # Errors
    /// What the driver says.
    pub fn command(&self, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let method = if body.is_some() { "POST" } else { "GET" };
        send(self.port, method, &format!("/session/{}{path}", self.id), body)
    }

    /// Makes commands go to the window whose address contains `part`.
    ///
    /// # Errors
    /// When there is none now.
    pub fn turn_to(&self, part: &str) -> Result<(), String> {
        let is_it = || self.command("/url", None).is_ok_and(|url| url.as_str().is_some_and(|url| url.contains(part)));
        if !self.window.borrow().is_empty() && is_it() {
            return Ok(());
        }
        for handle in self.windows()? {
            self.command("/window", Some(&json!({ "handle": handle })))?;
            if is_it() {
                *self.window.borrow_mut() = handle;
                return Ok(());
            }
        }
        Err(format!("no window shows {part}"))
    }

    fn windows(&self) -> Result<Vec<String>, String> {
        let handles = self.command("/window/handles", None)?;
        let handles = handles.as_array().cloned().unwrap_or_default();
        Ok(handles.iter().filter_map(|handle| handle.as_str().map(str::to_owned)).collect())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // A browser that was killed cannot say goodbye any more.
        let _ = send(self.port, "DELETE", &format!("/session/{}", self.id), None);
    }
}

fn send(port: u16, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
    let failed = |error: std::io::Error| format!("{method} {path}: {error}");
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).map_err(failed)?;
    stream.set_read_timeout(Some(LIMIT)).map_err(failed)?;
    let body = body.map(Value::to_string).unwrap_or_default();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).map_err(failed)?;
    let mut answer = BufReader::new(stream);
    let mut head = String::new();
    // The head ends with an empty line. Chromium's driver leaves the connection open after the last byte.
    while answer.read_line(&mut head).map_err(failed)? > 2 {}
    let mut body = vec![0; length_in(&head).ok_or("an answer without a length")?];
    answer.read_exact(&mut body).map_err(failed)?;
    let is_good = head.split_whitespace().nth(1) == Some("200");
    let answer: Value = serde_json::from_slice(&body).map_err(|error| format!("{path}: {error}"))?;
    if is_good { Ok(answer["value"].clone()) } else { Err(format!("{method} {path}: {}", answer["value"])) }
}

fn length_in(head: &str) -> Option<usize> {
    let mut fields = head.lines().filter_map(|line| line.split_once(':'));
    fields.find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?.1.trim().parse().ok()
}
