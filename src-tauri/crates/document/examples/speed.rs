//! How long the PDF of a ten-page record takes and how large it is (P12, P13), beside typst and Chromium on the same
//! content in the same run: `cargo run --release -p document --example speed`.
//!
//! Each round makes the record once with each of them, in turn. Ours and typst are warm: the process runs, the fonts
//! are loaded, and another document has been made; the record itself is new to both. Chromium is a whole run of the
//! program, because that is how a record would be printed with it. What it compares with: typst from PyPI, installed
//! into `target/bench`, in the same fonts and with its tags; drawings are lists there and in Chromium, which is less
//! work than drawing them.

#![allow(clippy::print_stdout, reason = "the figures are the product")]

#[path = "../tests/fixture/mod.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod fixture;
#[path = "speed/html.rs"]
mod html;
#[path = "speed/record.rs"]
mod record;
#[path = "speed/typst.rs"]
mod typst;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use document::{no_images, pdf};

type Measured<T> = Result<T, Box<dyn Error>>;

const ROUNDS: usize = 9;

/// What one of them needed.
#[derive(Debug, Default)]
struct Side {
    times: Vec<Duration>,
    bytes: usize,
    pages: usize,
}

impl Side {
    fn median(&self) -> f64 {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.get(times.len() / 2).map_or(f64::NAN, |time| time.as_secs_f64() * 1000.0)
    }

    fn print(&self, name: &str) {
        let kb = self.bytes as f64 / 1000.0;
        println!("  {name:9} {:7.1} ms  {kb:6.1} kB  {} pages", self.median(), self.pages);
    }
}

fn main() -> Measured<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../target/bench");
    std::fs::create_dir_all(&folder)?;
    let python = typst_in(&folder).map_err(|error| println!("  typst could not be installed: {error}")).ok();
    let browser = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| runs(name, "--version"));
    let (mut ours, mut theirs, mut printed) = (Side::default(), Side::default(), Side::default());
    for other in 0..3 {
        pdf(&record::ten_pages(ROUNDS + other), &no_images)?;
    }
    for round in 0..ROUNDS {
        let document = record::ten_pages(round);
        let begun = Instant::now();
        let made = pdf(&document, &no_images)?;
        ours.times.push(begun.elapsed());
        (ours.bytes, ours.pages) = (made.bytes.len(), made.pages);
        std::fs::write(folder.join("ours.pdf"), &made.bytes)?;
        if let Some(python) = &python {
            compile(python, &folder, &typst::source(&document), &mut theirs)?;
        }
        if let Some(browser) = browser {
            print(browser, &folder, &html::source(&document), &mut printed)?;
        }
    }
    ours.print("Debrief");
    if python.is_some() {
        theirs.print("typst");
        println!("  P12: {:.2} of typst's time (must 0.6, aim 0.2)", ours.median() / theirs.median());
    }
    match browser {
        Some(_) => printed.print("Chromium"),
        None => println!("  Chromium is not installed here"),
    }
    println!("  P13: {:.1} kB tagged (must 150, aim 60)", ours.bytes as f64 / 1000.0);
    Ok(())
}

fn runs(program: &str, argument: &str) -> bool {
    let quiet = || Stdio::null();
    Command::new(program).arg(argument).stdout(quiet()).stderr(quiet()).status().is_ok_and(|status| status.success())
}

/// Installs typst once and returns the Python that has it.
fn typst_in(folder: &Path) -> Measured<PathBuf> {
    let environment = folder.join("typst");
    let python = environment.join("bin/python");
    let has_it = || {
        let quiet = || Stdio::null();
        let tried = Command::new(&python).args(["-c", "import typst"]).stdout(quiet()).stderr(quiet()).status();
        tried.is_ok_and(|status| status.success())
    };
    if has_it() {
        return Ok(python);
    }
    succeed(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
    succeed(Command::new(&python).args(["-m", "pip", "install", "--quiet", "typst>=0.15,<0.16"]))?;
    if has_it() { Ok(python) } else { Err("it does not start".into()) }
}

fn succeed(command: &mut Command) -> Measured<String> {
    let output = command.output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Err(said.lines().last().unwrap_or("it failed without a word").to_owned().into())
}

/// A process that loads the fonts and makes another document before the clock runs.
const WARM: &str = "
import sys, time, typst
warm, record, fonts, out = sys.argv[1:]
compiler = typst.Compiler(warm, font_paths=[fonts], ignore_system_fonts=True)
compiler.compile()
begun = time.perf_counter()
made = compiler.compile(input=record)
took = time.perf_counter() - begun
open(out, 'wb').write(made)
print(took)
";

fn compile(python: &Path, folder: &Path, source: &str, side: &mut Side) -> Measured<()> {
    let (warm, record, out) = (folder.join("warm.typ"), folder.join("record.typ"), folder.join("typst.pdf"));
    std::fs::write(&warm, typst::WARM_UP)?;
    std::fs::write(&record, source)?;
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let took = succeed(Command::new(python).args(["-c", WARM]).args([&warm, &record, &fonts, &out]))?;
    side.times.push(Duration::from_secs_f64(took.trim().parse()?));
    measure(&out, side)
}

fn print(browser: &str, folder: &Path, source: &str, side: &mut Side) -> Measured<()> {
    let (page, out) = (folder.join("record.html").canonicalize(), folder.join("chromium.pdf"));
    let page = page.unwrap_or_else(|_| folder.join("record.html"));
    std::fs::write(&page, source)?;
    let begun = Instant::now();
    let mut command = Command::new(browser);
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
    command.arg(format!("--user-data-dir={}", folder.join("chromium").display()));
    command.arg(format!("--print-to-pdf={}", out.display())).arg(format!("file://{}", page.display()));
    succeed(&mut command)?;
    side.times.push(begun.elapsed());
    measure(&out, side)
}

fn measure(out: &Path, side: &mut Side) -> Measured<()> {
    let bytes = std::fs::read(out)?;
    side.bytes = bytes.len();
    side.pages = lopdf::Document::load_mem(&bytes)?.get_pages().len();
    Ok(())
}
