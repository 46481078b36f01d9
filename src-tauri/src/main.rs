//! Debrief: the desktop shell and the command line. Thin: it wires windows, commands and files to the crates.
//!
//! `cli` reads the command line and touches nothing of the window system; `desk` is what both share while a
//! post-mortem is open; `window` and `commands` exist only once a window is wanted.

mod cli;
mod commands;
mod desk;
mod display;
mod enclosed;
mod erasing;
mod export;
mod hints;
mod library;
mod page;
mod scheme;
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
