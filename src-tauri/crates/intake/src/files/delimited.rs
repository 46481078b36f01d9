//! CSV, TSV and their relatives of any size: finds the mark between the columns and the row of titles, and reads row by
//! row.

use std::io::Read;

use csv_core::ReadRecordResult;

use super::draft::visible;
use super::keep::Keep;
use super::lost::Lost;
use super::stream::Stream;
use super::{FileError, LARGEST_ROW, MOST_COLUMNS, Wanted};
use crate::clock::Habits;
use crate::columns::Columns;
use crate::date::WrittenDate;
use crate::entry::Item;
use crate::lines::is_rule;
use crate::rank;
use crate::report::{Heading, Says};
use crate::stamp::Stamp;

/// How many rows are looked at to tell what the columns hold.
const SAMPLE: usize = 60;
/// How many rows of titles and dates are listed.
const MOST_HEADINGS: usize = 1_000;
/// How far down the titles may stand.
const TITLES_WITHIN: usize = 6;

/// How a file is separated.
#[derive(Debug, Clone)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// Rows up to and with the titles.
    titles: usize,
    columns: Columns,
    habits: Habits,
}

/// A row that is kept.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    line: usize,
    last: usize,
    cells: Cells,
    /// The row above that holds only a date.
    day: Option<(usize, WrittenDate)>,
}

/// The cells of a row in one string.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    text: String,
    ends: Box<[usize]>,
}

impl Cells {
    fn to_row(&self) -> Vec<String> {
        cells(&self.text, &self.ends).map(|cell| visible(cell).into_owned()).collect()
    }
}

fn cells<'t>(text: &'t str, ends: &'t [usize]) -> impl Iterator<Item = &'t str> {
    let begins = std::iter::once(0).chain(ends.iter().copied());
    begins.zip(ends).map(|(begin, end)| text.get(begin..*end).unwrap_or_default())
}

/// Finds how a file is separated from its beginning; `None` when it is no table of times.
pub(super) fn detect(head: &str, whole: bool) -> Option<Dialect> {
    let first = head.lines().find(|line| !line.trim().is_empty())?.trim();
    if first.starts_with('|') || head.lines().nth(1).is_some_and(|line| is_rule(line) && line.contains('|')) {
        return None;
    }
    if let Some(mark) = first.strip_prefix("sep=").and_then(|mark| mark.bytes().next()) {
        return titled(&sample(head, mark, whole), mark);
    }
    let marks = [b'\t', b';', b',', b'|'];
    let samples: Vec<(u8, Vec<Vec<String>>)> = marks.iter().map(|mark| (*mark, sample(head, *mark, whole))).collect();
    let titled = samples.iter().filter_map(|(mark, rows)| titled(rows, *mark));
    // A file has one mark; a title such as "Date, time" in a table of tabs must not make it two columns.
    titled
        .max_by_key(|dialect| (dialect.titles == 1, dialect.columns.width()))
        .or_else(|| samples.iter().find_map(|(mark, rows)| untitled(rows, *mark)))
}

fn sample(head: &str, mark: u8, whole: bool) -> Vec<Vec<String>> {
    let head = &head[..head.floor_char_boundary(head.len().min(64 * 1024))];
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark)
        .trim(csv::Trim::All)
        .from_reader(head.as_bytes());
    let records = reader.records().map_while(Result::ok).take(SAMPLE);
    let mut rows: Vec<Vec<String>> = records.map(|row| row.iter().take(200).map(str::to_owned).collect()).collect();
    if !whole && rows.len() < SAMPLE {
        rows.pop();
    }
    rows
}

fn titled(rows: &[Vec<String>], delimiter: u8) -> Option<Dialect> {
    let (at, columns) =
        rows.iter().take(TITLES_WITHIN).enumerate().find_map(|(at, row)| Some((at, Columns::from_titles(row)?)))?;
    let body = &rows[at + 1..];
    let habits = columns.habits(body);
    // A sentence with a comma above a list looks like two titles, but then the lines have no such fields.
    let wide = body.iter().filter(|row| row.len() >= rows[at].len()).count();
    let timed = body.iter().any(|row| columns.has_clock(row, habits));
    (timed && wide * 2 >= body.len()).then_some(Dialect { delimiter, titles: at + 1, columns, habits })
}

fn untitled(rows: &[Vec<String>], delimiter: u8) -> Option<Dialect> {
    let width = rows.first()?.len();
    let even = rows.iter().filter(|row| row.len() == width).count();
    if width < 2 || rows.len() < 2 || even * 10 < rows.len() * 9 {
        return None;
    }
    let columns = Columns::from_whole_cells(rows, Habits::default())?;
    Some(Dialect { delimiter, titles: 0, columns, habits: Habits::default() })
}

/// What a table gave.
pub(super) struct Rows {
    pub(super) keep: Keep<Piece>,
    pub(super) lost: Lost,
    /// The lines of the titles and of the dates above rows, with their text.
    pub(super) headings: Vec<Heading>,
    place: usize,
    /// The row above that holds only a date.
    day: Option<(usize, WrittenDate)>,
}

/// Reads a whole table.
pub(super) fn read<R: Read>(
    stream: &mut Stream<'_, R>,
    dialect: &Dialect,
    wanted: &Wanted<'_>,
) -> Result<Rows, FileError> {
    let keep = Keep::new(wanted.window, wanted.limit, wanted.assumptions.day_first);
    let mut rows = Rows { keep, lost: Lost::default(), headings: Vec::new(), place: 0, day: None };
    let mut records = Records::new(dialect.delimiter);
    while let Some(record) = records.next(stream, &rows)? {
        rows.take(&record, dialect, wanted);
        stream.found = rows.keep.found();
    }
    Ok(rows)
}

impl Rows {
    fn take(&mut self, record: &Record<'_>, dialect: &Dialect, wanted: &Wanted<'_>) {
        let cells: Vec<&str> = cells(record.text, record.ends).map(str::trim).collect();
        let mut filled = cells.iter().filter(|cell| !cell.is_empty());
        let (Some(one), another) = (filled.next(), filled.next()) else { return };
        let line = record.line;
        self.place += 1;
        if self.place <= dialect.titles {
            return self.take_title(record, &cells, self.place == dialect.titles || one.starts_with("sep="));
        }
        let date = another.is_none().then(|| Columns::lone_date(&cells, dialect.habits)).flatten();
        if let Some(date) = date.as_ref().and_then(|stamp| stamp.date) {
            self.keep.begin_day(rank::of_stamp(&Stamp { date: Some(date), ..Stamp::default() }));
            self.day = Some((line, date));
            if self.headings.len() < MOST_HEADINGS {
                self.headings.push(Heading { line, text: (*one).to_owned(), says: Says::Date });
            }
            return;
        }
        if !dialect.columns.has_text(&cells) {
            for (at, text) in record.shown(&cells) {
                self.lost.add(at, &text, "The row has no text.");
            }
            return;
        }
        // Some programs put a narrow space between the clock and "PM".
        let moment = if record.text.contains(['\u{a0}', '\u{202f}']) {
            let cells: Vec<_> = cells.iter().map(|cell| visible(cell)).collect();
            dialect.columns.moment(&cells, dialect.habits)
        } else {
            dialect.columns.moment(&cells, dialect.habits)
        };
        let moment = moment.map(|moment| rank::anchored(moment, wanted.assumptions));
        let day = self.day;
        self.keep.offer(self.place, moment, record.text.len() + 64, || Piece {
            line,
            last: record.last,
            day,
            cells: Cells { text: record.text.to_owned(), ends: record.ends.into() },
        });
    }

    fn take_title(&mut self, record: &Record<'_>, cells: &[&str], known: bool) {
        for (line, text) in record.shown(cells) {
            if known {
                self.headings.push(Heading { line, text, says: Says::Columns });
            } else {
                self.lost.add(line, &text, "It stands above the titles of the columns.");
            }
        }
    }
}

/// The items of the layout, with the dates above them.
pub(super) fn items(pieces: Vec<(usize, Piece)>, dialect: &Dialect) -> Vec<Item> {
    let mut items = Vec::with_capacity(pieces.len());
    let mut above = None;
    for (_, Piece { line, last, cells, day }) in pieces {
        if let Some((line, date)) = day.filter(|_| day != above) {
            items.push(Item::Date { line, date });
        }
        above = day;
        let mut entry = dialect.columns.entry(line, &cells.to_row(), dialect.habits);
        entry.continued = (line + 1..=last).collect();
        items.push(Item::Entry(Box::new(entry)));
    }
    items
}

/// Reads records without ever holding more than one.
struct Records {
    parser: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// A record with the lines it stands on.
struct Record<'r> {
    text: &'r str,
    ends: &'r [usize],
    line: usize,
    last: usize,
}

impl Record<'_> {
    /// The lines of the record; the first shows all of it.
    fn shown(&self, cells: &[&str]) -> impl Iterator<Item = (usize, String)> {
        let text = cells.join(" · ");
        let first = self.line;
        (first..=self.last).map(move |line| (line, if line == first { text.clone() } else { String::new() }))
    }
}

impl Records {
    fn new(delimiter: u8) -> Self {
        let parser = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
        Records { parser, text: vec![0; 4096], ends: vec![0; 64] }
    }

    fn next<R: Read>(&mut self, stream: &mut Stream<'_, R>, rows: &Rows) -> Result<Option<Record<'_>>, FileError> {
        skip_breaks(stream)?;
        let line = stream.line();
        let (mut text, mut ends, mut closed) = (0, 0, false);
        loop {
            let ended = stream.ended() && stream.rest().is_empty();
            // A line feed behind the last line ends its record, unless a quote is open.
            let input: &[u8] = match (ended, closed) {
                (false, _) => stream.rest().as_bytes(),
                (true, false) if text > 0 || ends > 0 => b"\n",
                (true, _) => b"",
            };
            if input.is_empty() && !ended {
                stream.more()?;
                continue;
            }
            let (result, read, wrote, fields) =
                self.parser.read_record(input, &mut self.text[text..], &mut self.ends[ends..]);
            (text, ends) = (text + wrote, ends + fields);
            if ended {
                closed = true;
            } else {
                stream.advance(read);
            }
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if text >= LARGEST_ROW => {
                    return Err(self.too_long(line, text, ends, rows));
                }
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if ends >= MOST_COLUMNS => {
                    return Err(FileError::TooManyColumns { line });
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record if ended && read == 0 && closed && self.is_open(text, ends) => {
                    return Err(self.open_quote(line, text, ends, rows));
                }
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return Ok(None),
            }
        }
        let last = line + memchr::memchr_iter(b'\n', &self.text[..text]).count();
        let text = std::str::from_utf8(&self.text[..text]).unwrap_or_default();
        Ok(Some(Record { text, ends: &self.ends[..ends], line, last }))
    }

    /// Whether the last field holds the line feed that was put behind the file.
    fn is_open(&self, text: usize, ends: usize) -> bool {
        ends > 0 && self.text[..text].ends_with(b"\n")
    }

    fn open_quote(&self, line: usize, text: usize, ends: usize, rows: &Rows) -> FileError {
        let begin = if ends > 1 { self.ends[ends - 2] } else { 0 };
        let above = memchr::memchr_iter(b'\n', &self.text[..begin.min(text)]).count();
        FileError::OpenQuote { line: line + above, readable: rows.keep.found() }
    }

    /// A row without end is a quote without end when it runs over many lines.
    fn too_long(&self, line: usize, text: usize, ends: usize, rows: &Rows) -> FileError {
        let begin = if ends > 0 { self.ends[ends - 1] } else { 0 };
        if memchr::memchr_iter(b'\n', &self.text[begin.min(text)..text]).count() > 20 {
            let above = memchr::memchr_iter(b'\n', &self.text[..begin.min(text)]).count();
            return FileError::OpenQuote { line: line + above, readable: rows.keep.found() };
        }
        FileError::EntryTooLarge { line }
    }
}

fn skip_breaks<R: Read>(stream: &mut Stream<'_, R>) -> Result<(), FileError> {
    loop {
        let breaks = stream.rest().bytes().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        stream.advance(breaks);
        if !stream.rest().is_empty() || !stream.more()? {
            return Ok(());
        }
    }
}
