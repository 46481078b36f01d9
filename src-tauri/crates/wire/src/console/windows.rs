//! What the windows are told around a post-mortem: the room's server, and what is open.

use serde::Serialize;

use super::ConsoleView;
use crate::{JoinView, StageView};

/// The room's server, as the shell knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct RoomView {
    /// How to get in.
    pub join: JoinView,
    /// Phones that are connected now.
    pub connected: u32,
    /// The interface it listens on, in words.
    pub network: String,
    /// Every network of this computer, the likeliest first.
    pub networks: Vec<NetworkView>,
    /// A longer code that lets people in as well, while the short one is guessed at too often.
    pub long_code: Option<String>,
    /// Phones that say they were here before and wait to be let back.
    pub waiting: Vec<WaitingView>,
    /// The address has changed since the room was opened: phones need the new QR code.
    pub moved: bool,
}

/// A phone that waits to be let back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct WaitingView {
    /// What stands on its screen.
    pub code: String,
    /// The name typed on it.
    pub name: Option<String>,
}

/// A network the room could be on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct NetworkView {
    /// What the system calls it.
    pub name: String,
    /// This computer's address in it.
    pub address: String,
    /// What to expect of it.
    pub words: &'static str,
    /// The room is here.
    pub chosen: bool,
}

/// The console window: the library, or the post-mortem that is open.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct ConsoleWindow {
    /// Rises with every change for as long as the application runs.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub revision: u64,
    /// The post-mortem that is open; none shows the library.
    pub meeting: Option<ConsoleView>,
    /// The stage window is open.
    pub stage_open: bool,
    /// The displays of this computer; the stage goes to the second.
    pub displays: u32,
    /// Something that went wrong outside any request, as a sentence; empty when all is well.
    pub notice: String,
}

/// The stage window.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(export))]
pub struct StageWindow {
    /// Rises with every change for as long as the application runs.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub revision: u64,
    /// What is on the stage; none while no post-mortem is open.
    pub stage: Option<StageView>,
}
