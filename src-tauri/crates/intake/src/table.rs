//! Tables: Markdown with pipes, and text separated by commas, semicolons or tabs.

use crate::clock::Habits;
use crate::columns::Columns;
use crate::entry::{Entry, Item, Layout};
use crate::inner;
use crate::lines::{Source, is_rule};
use crate::report::{Line, Says};
use crate::stamp::{Stamp, stamp_at};

/// What was found at a line.
pub(crate) enum Table {
    /// A table that became events.
    Taken { lines: usize },
    /// No table of times; it need not be looked for again in so many lines.
    Without { lines: usize },
}

/// Reads a Markdown table that begins at the first of `sources` into `layout`.
///
/// A table without times is left to the caller, so that its lines are listed as not understood.
pub(crate) fn markdown(sources: &[Source], habits: Habits, layout: &mut Layout) -> Table {
    let Some(first) = sources.first().map(|line| line.text.trim()) else { return Table::Without { lines: 0 } };
    let ruled =
        sources.get(1).is_some_and(|line| is_rule(&line.text) && line.text.contains('-') && line.text.contains('|'));
    if !(first.starts_with('|') || (ruled && first.contains('|'))) {
        return Table::Without { lines: 1 };
    }
    let length = sources.iter().take_while(|line| line.text.contains('|')).count();
    let block = &sources[..length];
    let rows: Vec<(&Source, Vec<String>)> = block
        .iter()
        .filter(|line| !is_rule(&line.text))
        .map(|line| (line, cells(&line.text, first.starts_with('|'))))
        .collect();
    let body: Vec<Vec<String>> = rows.iter().skip(usize::from(ruled)).map(|(_, row)| row.clone()).collect();
    let titles = ruled.then(|| rows.first().map(|(_, row)| row.clone())).flatten();
    let timed = |columns: &Columns| body.iter().any(|row| columns.has_clock(row, habits));
    let columns = titles
        .as_deref()
        .and_then(Columns::from_titles)
        .filter(timed)
        .or_else(|| Columns::from_rows(titles.as_deref(), &body, habits));
    if is_of_facts(&body) {
        return Table::Without { lines: length };
    }
    let told = if columns.is_none() {
        told_rows(rows.get(usize::from(ruled)..).unwrap_or_default(), habits)
    } else {
        Vec::new()
    };
    if columns.is_none() && told.is_empty() {
        return Table::Without { lines: length };
    }
    for line in block.iter().filter(|line| is_rule(&line.text)) {
        layout.heading(line, Says::Rule);
    }
    if let Some((line, _)) = rows.first().filter(|_| ruled) {
        layout.heading(line, Says::Columns);
    }
    for (line, row) in rows.iter().skip(usize::from(ruled)) {
        columns.iter().for_each(|columns| add_row(layout, columns, line, row, habits));
        if columns.is_none() && !told.iter().any(|entry| entry.line == line.number) {
            layout.not_understood.push(lost(line, "The row has no day."));
        }
    }
    layout.items.extend(told.into_iter().map(|entry| Item::Entry(Box::new(entry))));
    Table::Taken { lines: length }
}

/// Reads rows that begin with a day and tell the hour in a sentence: `| 3 August — outage | Errors began around 20:50 |`.
fn told_rows(rows: &[(&Source, Vec<String>)], habits: Habits) -> Vec<Entry> {
    let mut entries: Vec<Entry> = rows.iter().filter_map(|(line, row)| told_row(line, row, habits)).collect();
    let clocked = entries.iter().any(|entry| entry.stamp.as_ref().is_some_and(|stamp| stamp.clock.is_some()));
    if !clocked || entries.len() < 2 || entries.len() * 2 < rows.len() {
        entries.clear();
    }
    entries
}

fn told_row(line: &Source, row: &[String], habits: Habits) -> Option<Entry> {
    let (first, others) = row.split_first()?;
    // The words of a link are what is shown of it.
    let shown = first.strip_prefix('[').and_then(|inner| inner.split_once("](")).map_or(&**first, |(words, _)| words);
    let (day, len) = stamp_at(shown, habits)?;
    let date = day.date.filter(|date| date.is_calendar() && day.clock.is_none())?;
    let hour = others.iter().find_map(|cell| inner::first_told(cell, habits)).unwrap_or_default();
    let stamp = Stamp { date: hour.date.or(Some(date)), range: None, ..hour };
    let texts = others.iter().map(String::as_str).chain([&shown[len..]]).filter(|text| !text.is_empty());
    let text = texts.collect::<Vec<_>>().join(" · ");
    (!text.is_empty()).then(|| Entry::new(line.number, Some(stamp), &text))
}

/// Whether the rows are facts about the incident ("Date", "Impact", "Duration"), each a name and its value.
fn is_of_facts(rows: &[Vec<String>]) -> bool {
    const FACTS: &[&str] = &[
        "date",
        "day",
        "impact",
        "duration",
        "severity",
        "status",
        "start",
        "start time",
        "end",
        "end time",
        "author",
        "authors",
        "owner",
        "service",
        "services",
        "services affected",
        "affected",
        "root cause",
        "cause",
        "trigger",
        "summary",
        "detection",
        "resolution",
        "incident",
        "incident id",
        "id",
        "time to detect",
        "time to resolve",
        "time zone",
        "timezone",
        "incident commander",
        "commander",
        "outage",
        "downtime",
        "priority",
        "title",
    ];
    let names = |row: &&Vec<String>| {
        let name = row[0].trim_matches(['*', '_', ':', ' ', '`']).to_lowercase();
        row.len() == 2 && FACTS.contains(&name.as_str())
    };
    rows.iter().filter(names).count() * 2 > rows.len() && rows.len() > 1
}

pub(crate) fn add_row(layout: &mut Layout, columns: &Columns, line: &Source, row: &[String], habits: Habits) {
    if let Some(date) = Columns::lone_date(row, habits).and_then(|stamp| stamp.date) {
        layout.heading(line, Says::Date);
        layout.items.push(Item::Date { line: line.number, date });
        return;
    }
    let entry = columns.entry(line.number, row, habits);
    if entry.text.is_empty() {
        layout.not_understood.push(lost(line, "The row has no text."));
    } else {
        layout.items.push(Item::Entry(Box::new(entry)));
    }
}

fn lost(line: &Source, reason: &str) -> Line {
    Line { line: line.number, text: line.text.clone(), reason: reason.to_owned() }
}

/// Splits a row at its pipes, except those in code or behind a backslash.
///
/// Without a frame a pipe at the start follows an empty cell.
pub(crate) fn cells(line: &str, framed: bool) -> Vec<String> {
    let mut trimmed = line.trim();
    if framed {
        trimmed = trimmed.strip_prefix('|').unwrap_or(trimmed);
        trimmed = trimmed.strip_suffix('|').filter(|rest| !rest.ends_with('\\')).unwrap_or(trimmed);
    }
    let mut cells = vec![String::new()];
    let (mut in_code, mut escaped) = (false, false);
    for c in trimmed.chars() {
        in_code ^= c == '`';
        if c == '|' && !escaped && !in_code {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            if c == '|' && escaped {
                cell.pop();
            }
            cell.push(c);
        }
        escaped = c == '\\';
    }
    for cell in &mut cells {
        *cell = cell.trim().to_owned();
    }
    cells
}

/// Reads a text whose first line names columns and whose fields are separated by one character.
pub(crate) fn delimited(sources: &[Source]) -> Option<Layout> {
    let first = sources.iter().position(|line| !line.is_blank())?;
    let delimiter = ['\t', ';', ',', '|'].into_iter().find(|mark| {
        let titles = sources[first].text.trim();
        titles.contains(*mark)
            && !titles.starts_with('|')
            && !sources.get(first + 1).is_some_and(|line| is_rule(&line.text))
            && fields(titles, *mark).is_some_and(|titles| Columns::from_titles(&titles).is_some())
    })?;
    let text: Vec<&str> = sources[first..].iter().map(|line| line.text.as_str()).collect();
    let records = records(&text.join("\n"), delimiter)?;
    let (titles, rows) = records.split_first()?;
    let columns = Columns::from_titles(&titles.1)?;
    let habits = Habits::default();
    // A sentence with a comma above a list looks like two titles, but then the lines have no such fields.
    let wide = rows.iter().filter(|(_, row)| row.len() >= titles.1.len()).count();
    if wide * 2 < rows.len() || !rows.iter().any(|(_, row)| columns.has_clock(row, habits)) {
        return None;
    }
    let mut layout = Layout::default();
    let begins: Vec<usize> = records.iter().map(|(at, _)| first + begin(&sources[first..], *at)).collect();
    let ends = begins.iter().skip(1).copied().chain([sources.len()]);
    for (((_, row), begin), end) in records.iter().zip(&begins).zip(ends) {
        let lines = sources.get(*begin..end.max(*begin + 1)).unwrap_or_default();
        let Some(line) = lines.first() else { continue };
        if *begin == first {
            lines.iter().filter(|line| !line.is_blank()).for_each(|line| layout.heading(line, Says::Columns));
            continue;
        }
        add_row(&mut layout, &columns, line, row, habits);
        let rest = lines[1..].iter().filter(|line| !line.is_blank());
        match layout.items.last_mut() {
            Some(Item::Entry(entry)) if entry.line == line.number => {
                entry.continued.extend(rest.map(|line| line.number))
            }
            _ => layout.not_understood.extend(rest.map(|line| lost(line, "The row has no text."))),
        }
    }
    Some(layout)
}

/// The place of the line where a record begins; the parser counts blank lines before it as its own.
fn begin(sources: &[Source], at: usize) -> usize {
    (at..sources.len()).find(|line| !sources[*line].is_blank()).unwrap_or(at)
}

fn fields(line: &str, delimiter: char) -> Option<Vec<String>> {
    records(line, delimiter)?.into_iter().next().map(|(_, row)| row)
}

/// The records with the place of their first line, counted from zero.
fn records(text: &str, delimiter: char) -> Option<Vec<(usize, Vec<String>)>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(delimiter).ok()?)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut records = Vec::new();
    for record in reader.records() {
        let record = record.ok()?;
        let line = usize::try_from(record.position()?.line()).ok()?;
        records.push((line.saturating_sub(1), record.iter().map(str::to_owned).collect()));
    }
    Some(records)
}
