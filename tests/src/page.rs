//! What a person does on a page: looks for a control by its name, presses it, types, reads.
//!
//! Everything waits until it is possible. A control is found by the name that a screen reader would say, so that a
//! journey also shows that the names are there.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::driver::{ELEMENT, Session};
use crate::wait::{self, PATIENCE};

/// The keys that are not letters, as the protocol names them.
pub mod keys {
    /// Enter.
    pub const ENTER: &str = "\u{e007}";
    /// The key of a clicker for the next thing.
    pub const PAGE_DOWN: &str = "\u{e00f}";
    /// Leaves a field.
    pub const TAB: &str = "\u{e004}";
    /// Held down, selects further.
    pub const SHIFT: &str = "\u{e008}";
    /// Held down, makes letters act from inside a field.
    pub const ALT: &str = "\u{e00a}";
    /// To the line below.
    pub const DOWN: &str = "\u{e015}";
    /// To the first.
    pub const HOME: &str = "\u{e011}";
}

const SEEK: &str = include_str!("page/seek.js");
const STILL: &str = include_str!("page/still.js");

/// Replaces what a field holds in a way that the page cannot tell from a person who picks it from a menu or calendar.
const SET: &str = "const [element, value] = arguments;
const kind = element.tagName === 'SELECT' ? HTMLSelectElement : HTMLInputElement;
Object.getOwnPropertyDescriptor(kind.prototype, 'value').set.call(element, value);
element.dispatchEvent(new Event('input', { bubbles: true }));
element.dispatchEvent(new Event('change', { bubbles: true }));";

/// One window of the application, or one phone.
#[derive(Debug, Clone)]
pub struct Page {
    session: Rc<Session>,
    /// A part of the address by which the window is told from others.
    window: &'static str,
    /// The part of the page that controls are looked for in.
    part: Option<String>,
}

impl Page {
    /// Returns the page in the window whose address contains `window`.
    #[must_use]
    pub fn new(session: Rc<Session>, window: &'static str) -> Self {
        Self { session, window, part: None }
    }

    /// Returns the same page, on which controls are looked for only in the part of this name.
    #[must_use]
    pub fn within(&self, part: &str) -> Self {
        Self { part: Some(part.to_owned()), ..self.clone() }
    }

    /// Goes to an address.
    ///
    /// # Panics
    /// When the page cannot be opened.
    #[track_caller]
    pub fn visit(&self, url: &str) {
        self.session.command("/url", Some(&json!({ "url": url }))).unwrap_or_else(|reason| panic!("{url}: {reason}"));
    }

    /// Presses the button of this name.
    ///
    /// # Panics
    /// When there is none to press.
    #[track_caller]
    pub fn press(&self, name: &str) {
        self.try_until(&format!("“{name}” can be pressed"), || self.click("button", name));
    }

    /// Ticks the box, or the answer, of this name.
    ///
    /// # Panics
    /// When there is none to tick.
    #[track_caller]
    pub fn tick(&self, name: &str) {
        self.try_until(&format!("“{name}” can be ticked"), || self.click("check", name));
    }

    /// Replaces the text of the field of this name, and leaves the field.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    pub fn write(&self, name: &str, text: &str) {
        self.try_until(&format!("“{name}” can be written into"), || {
            self.send_keys(name, text)?;
            self.script("document.activeElement.blur()", &[]).map(drop)
        });
    }

    /// Pastes a text of several lines into the field of this name.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    pub fn paste(&self, name: &str, text: &str) {
        self.try_until(&format!("“{name}” can be pasted into"), || {
            let field = self.seek("field", name)?;
            // WebKit's driver leaves the line breaks of typed text out, and there is no clipboard without a desktop.
            let paste = "arguments[0].focus(); arguments[0].select();
                document.execCommand('insertText', false, arguments[1]); return arguments[0].value;";
            let pasted = self.script(paste, &[field, json!(text)])?;
            if pasted == json!(text) { Ok(()) } else { Err(format!("it holds {pasted}")) }
        });
    }

    /// Writes into the field of this name and presses Enter.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    pub fn enter(&self, name: &str, text: &str) {
        self.try_until(&format!("“{name}” can be written into"), || self.send_keys(name, text));
        self.try_until(&format!("“{name}” is entered"), || self.keys(&self.seek("field", name)?, keys::ENTER));
    }

    /// Chooses an option by its words.
    ///
    /// # Panics
    /// When there is no such choice.
    #[track_caller]
    pub fn choose(&self, name: &str, option: &str) {
        self.try_until(&format!("“{name}” offers “{option}”"), || {
            let choice = self.seek("choice", name)?;
            let find = "const [select, words] = arguments;
                return [...select.options].find((option) => option.text === words)?.value ?? null;";
            let value = self.script(find, &[choice.clone(), json!(option)])?;
            if value.is_null() {
                return Err("it does not".to_owned());
            }
            self.script(SET, &[choice, value]).map(drop)
        });
    }

    /// Sets a date, which is typed differently in every language.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    pub fn set_date(&self, name: &str, date: &str) {
        self.try_until(&format!("“{name}” takes a date"), || {
            self.script(SET, &[self.seek("field", name)?, json!(date)]).map(drop)
        });
    }

    /// Presses a key where the focus is.
    ///
    /// # Panics
    /// When the window does not take it.
    #[track_caller]
    pub fn key(&self, key: &str) {
        self.try_until("a key can be pressed", || {
            self.turn()?;
            let strokes = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
            let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
            self.session.command("/actions", Some(&actions)).map(drop)
        });
    }

    /// Types a text where the focus is, stroke by stroke.
    ///
    /// # Panics
    /// When the window does not take it.
    #[track_caller]
    pub fn type_on(&self, text: &str) {
        self.try_until("it can be typed", || {
            self.turn()?;
            let stroke = |kind: &str, letter: char| json!({ "type": kind, "value": letter.to_string() });
            let strokes: Vec<_> =
                text.chars().flat_map(|letter| [stroke("keyDown", letter), stroke("keyUp", letter)]).collect();
            let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
            self.session.command("/actions", Some(&actions)).map(drop)
        });
    }

    /// Presses a key while another is held.
    ///
    /// # Panics
    /// When the window does not take it.
    #[track_caller]
    pub fn chord(&self, held: &str, key: &str) {
        self.try_until("two keys can be pressed", || {
            self.turn()?;
            let stroke = |kind: &str, value: &str| json!({ "type": kind, "value": value });
            let strokes =
                [stroke("keyDown", held), stroke("keyDown", key), stroke("keyUp", key), stroke("keyUp", held)];
            let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
            self.session.command("/actions", Some(&actions)).map(drop)
        });
    }

    /// Goes on with Tab until the focus is on something that fits a selector, as somebody without a mouse does.
    ///
    /// # Panics
    /// When a hundred steps do not lead there.
    #[track_caller]
    pub fn tab_to(&self, selector: &str) {
        for _ in 0..100 {
            if self.evaluate("return document.activeElement.matches(arguments[0])", &[json!(selector)]) == json!(true) {
                return;
            }
            self.key(keys::TAB);
        }
        panic!("{}: Tab does not lead to {selector}", self.window);
    }

    /// Gives a file to the chooser of this name.
    ///
    /// # Panics
    /// When there is no such chooser.
    #[track_caller]
    pub fn bring(&self, name: &str, file: &Path) {
        self.try_until(&format!("“{name}” takes a file"), || {
            self.keys(&self.seek("field", name)?, &file.display().to_string())
        });
    }

    /// Waits until the page says this.
    ///
    /// # Panics
    /// With what the page says instead.
    #[track_caller]
    pub fn sees(&self, words: &str) {
        self.try_until(&format!("“{words}” is there"), || {
            let text = self.read()?;
            if text.contains(words) { Ok(()) } else { Err(format!("it says:\n{text}")) }
        });
    }

    /// Returns what stands in the field of this name.
    ///
    /// # Panics
    /// When there is no such field.
    #[track_caller]
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        let read = || self.script("return arguments[0].value", &[self.seek("field", name)?]);
        let value = wait::answer(PATIENCE, read).unwrap_or_else(|reason| panic!("“{name}”: {reason}"));
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Returns the visible text, with runs of white space as one space.
    ///
    /// # Panics
    /// When the window cannot be read.
    #[track_caller]
    #[must_use]
    pub fn text(&self) -> String {
        wait::answer(PATIENCE, || self.read()).unwrap_or_else(|reason| panic!("{}: {reason}", self.window))
    }

    /// Returns everything that the page holds: all elements, hidden ones included, and what stands in its fields.
    ///
    /// # Panics
    /// When the window cannot be read.
    #[track_caller]
    #[must_use]
    pub fn everything(&self) -> String {
        let all = "return document.documentElement.outerHTML +
            [...document.querySelectorAll('input, textarea')].map((field) => field.value).join('\\n') +
            JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage });";
        self.evaluate(all, &[]).as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script in the page and returns its answer.
    ///
    /// # Panics
    /// When the script fails for as long as anybody would wait.
    #[track_caller]
    #[must_use]
    pub fn evaluate(&self, script: &str, arguments: &[Value]) -> Value {
        let answer = wait::answer(PATIENCE, || self.script(script, arguments));
        answer.unwrap_or_else(|reason| panic!("{}: {reason}", self.window))
    }

    /// Runs a script that says later, by its last argument, what came of it.
    ///
    /// # Panics
    /// When the script fails, or the page is left.
    #[track_caller]
    #[must_use]
    pub fn evaluate_later(&self, script: &str) -> Value {
        let run = || {
            self.turn()?;
            self.session.command("/execute/async", Some(&json!({ "script": script, "args": [] })))
        };
        run().unwrap_or_else(|reason| panic!("{}: {reason}", self.window))
    }

    /// Gives the inside of the window a size, in CSS pixels.
    ///
    /// # Panics
    /// When the window keeps another size.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        self.try_until("the window has its size", || {
            self.turn()?;
            let size = json!({ "x": 0, "y": 0, "width": width, "height": height });
            self.session.command("/window/rect", Some(&size))?;
            let inside = self.script("return [innerWidth, innerHeight]", &[])?;
            if inside == json!([width, height]) { Ok(()) } else { Err(format!("its inside has {inside}")) }
        });
    }

    /// Takes a picture of the page as it is once two more frames were painted.
    ///
    /// # Errors
    /// When the window is gone or the file cannot be written.
    pub fn shoot(&self, file: &Path) -> Result<PathBuf, String> {
        self.turn()?;
        let frames = "const done = arguments[arguments.length - 1];
            requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        self.session.command("/execute/async", Some(&json!({ "script": frames, "args": [] })))?;
        let picture = self.session.command("/screenshot", None)?;
        let bytes = STANDARD.decode(picture.as_str().unwrap_or_default()).map_err(|error| error.to_string())?;
        fs::create_dir_all(file.parent().unwrap_or(Path::new("."))).map_err(|error| error.to_string())?;
        fs::write(file, bytes).map_err(|error| error.to_string())?;
        Ok(file.to_owned())
    }

    #[track_caller]
    fn try_until(&self, what: &str, attempt: impl FnMut() -> Result<(), String>) {
        if let Err(reason) = wait::answer(PATIENCE, attempt) {
            panic!("{}: waited in vain until {what}; {reason}", self.window);
        }
    }

    /// Sends a command of the DevTools protocol, which only Chromium knows.
    pub(crate) fn devtools(&self, command: &str, parameters: &Value) {
        let body = json!({ "cmd": command, "params": parameters });
        let sent = self.session.command("/goog/cdp/execute", Some(&body));
        sent.unwrap_or_else(|reason| panic!("{command}: {reason}"));
    }

    /// Covers the window and uncovers it, as the lock screen does.
    pub(crate) fn look_away_and_back(&self) {
        for (state, command) in [("hidden", "/window/minimize"), ("visible", "/window/maximize")] {
            self.try_until(&format!("the window is {state}"), || {
                self.session.command(command, Some(&json!({})))?;
                let now = self.script("return document.visibilityState", &[])?;
                if now == json!(state) { Ok(()) } else { Err(format!("it is {now}")) }
            });
        }
    }

    /// Returns what the page says now, or why it cannot be read.
    pub(crate) fn said(&self) -> String {
        self.read().unwrap_or_else(|reason| reason)
    }

    fn turn(&self) -> Result<(), String> {
        self.session.turn_to(self.window)
    }

    fn script(&self, script: &str, arguments: &[Value]) -> Result<Value, String> {
        self.turn()?;
        self.session.command("/execute/sync", Some(&json!({ "script": script, "args": arguments })))
    }

    fn read(&self) -> Result<String, String> {
        let text = self.script("return document.body.innerText.replace(/\\s+/g, ' ')", &[])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    fn seek(&self, kind: &str, name: &str) -> Result<Value, String> {
        let found = self.script(SEEK, &[json!(kind), json!(name), json!(self.part)])?;
        if found.is_null() {
            return Err(format!("no {kind} of this name; it says:\n{}", self.read().unwrap_or_default()));
        }
        Ok(found)
    }

    fn click(&self, kind: &str, name: &str) -> Result<(), String> {
        let found = self.seek(kind, name)?;
        self.turn()?;
        self.session.command("/execute/async", Some(&json!({ "script": STILL, "args": [found] })))?;
        self.session.command(&format!("/element/{}/click", id_of(&found)), Some(&json!({})))?;
        // A page that was left because of the press knows nothing of it.
        let unmet = self.script("return window.unmet === true", &[])?;
        if unmet == json!(true) { Err("the press met something else".to_owned()) } else { Ok(()) }
    }

    fn send_keys(&self, name: &str, text: &str) -> Result<(), String> {
        let field = self.seek("field", name)?;
        self.script("arguments[0].focus(); arguments[0].select();", std::slice::from_ref(&field))?;
        self.keys(&field, text)?;
        let written = self.script("return arguments[0].value", std::slice::from_ref(&field))?;
        if written == json!(text) { Ok(()) } else { Err(format!("it holds {written}")) }
    }

    fn keys(&self, element: &Value, text: &str) -> Result<(), String> {
        self.session.command(&format!("/element/{}/value", id_of(element)), Some(&json!({ "text": text }))).map(drop)
    }
}

fn id_of(element: &Value) -> &str {
    element[ELEMENT].as_str().unwrap_or_default()
}
