//! Tables within a text that are not Markdown's: those of wikis (`{|`), of Jira (`||Time||Event||`), and rows copied out
//! of a document or a sheet, whose cells are parted by tabs.
//!
//! What a row means is for `columns`; a table without times is left to the lines.

use crate::clock::Habits;
use crate::columns::Columns;
use crate::entry::{Item, Layout};
use crate::lines::Source;
use crate::report::Says;
use crate::table::{Table, add_row, cells};

/// A row with the places of its lines.
struct Row {
    lines: Vec<usize>,
    cells: Vec<String>,
}

/// Reads a table that begins at the first of `sources` into `layout`.
pub(crate) fn read(sources: &[Source], habits: Habits, layout: &mut Layout) -> Table {
    match sources.first().map(|line| line.text.trim()) {
        Some(first) if first.starts_with("{|") => wiki(sources, habits, layout),
        Some(first) if first.starts_with("||") => jira(sources, habits, layout),
        Some(first) if first.contains('\t') => tabbed(sources, habits, layout),
        _ => Table::Without { lines: 0 },
    }
}

/// Reads `||Time||Event||` above `|14:05|Alert|`.
fn jira(sources: &[Source], habits: Habits, layout: &mut Layout) -> Table {
    let lines = sources.iter().take_while(|line| line.text.trim().starts_with('|')).count();
    let titles = cells(&sources[0].text.trim().replace("||", "|"), true);
    let row = |at: usize| Row { lines: vec![at], cells: cells(&sources[at].text, true) };
    let rows: Vec<Row> = (1..lines).map(row).collect();
    take(sources, lines, Some(&Row { lines: vec![0], cells: titles }), &rows, habits, layout)
}

/// Reads rows of cells parted by tabs below a row of titles; a line without a time of its own goes on with a cell.
fn tabbed(sources: &[Source], habits: Habits, layout: &mut Layout) -> Table {
    let block = sources.iter().take_while(|line| line.text.trim().contains('\t')).count();
    let fields =
        |at: usize| -> Vec<String> { sources[at].text.split('\t').map(|cell| cell.trim().to_owned()).collect() };
    let titles = Row { lines: vec![0], cells: fields(0) };
    let Some(columns) = Columns::from_titles(&titles.cells) else { return Table::Without { lines: 1 } };
    let mut rows: Vec<Row> = Vec::new();
    let mut at = 1;
    while at < sources.len() && !sources[at].is_blank() {
        let cells = fields(at);
        let begins = columns.has_clock(&cells, habits) || (cells.len() == titles.cells.len() && !cells[0].is_empty());
        match rows.last_mut() {
            _ if begins && cells.len() > 1 => rows.push(Row { lines: vec![at], cells }),
            // Only a table that goes on below holds the line; the last rows are followed by other text.
            Some(row) if at < block || sources[at + 1..].iter().take(3).any(|line| line.text.contains('\t')) => {
                row.lines.push(at);
                let mut cells = cells.into_iter();
                if let (Some(last), Some(more)) = (row.cells.last_mut(), cells.next()) {
                    last.push(' ');
                    last.push_str(&more);
                }
                row.cells.extend(cells);
            }
            _ => break,
        }
        at += 1;
    }
    match take(sources, at, Some(&titles), &rows, habits, layout) {
        // The next line may be the row of titles.
        Table::Without { .. } => Table::Without { lines: 1 },
        taken @ Table::Taken { .. } => taken,
    }
}

/// Reads the table of a wiki, from `{|` to `|}`.
fn wiki(sources: &[Source], habits: Habits, layout: &mut Layout) -> Table {
    let Some(end) = sources.iter().position(|line| line.text.trim() == "|}") else {
        return Table::Without { lines: 1 };
    };
    let mut titles: Option<Row> = None;
    let mut rows: Vec<Row> = Vec::new();
    let mut open = false;
    for (at, line) in sources[..end].iter().enumerate().skip(1) {
        let text = line.text.trim();
        let title = text.starts_with('!');
        let (body, mark) = match text.strip_prefix(['|', '!']) {
            Some(body) if body.starts_with(['-', '+']) => {
                open = false;
                continue;
            }
            Some(body) => (body, if title { "!!" } else { "||" }),
            None => {
                // The cell goes on.
                if let Some(row) = rows.last_mut().filter(|_| open && !text.is_empty()) {
                    row.lines.push(at);
                    row.cells.iter_mut().next_back().into_iter().for_each(|cell| {
                        cell.push(' ');
                        cell.push_str(text);
                    });
                }
                continue;
            }
        };
        let found = body.split(mark).map(|cell| without_style(cell).trim().to_owned());
        if title && rows.is_empty() {
            let titles = titles.get_or_insert(Row { lines: Vec::new(), cells: Vec::new() });
            titles.lines.push(at);
            titles.cells.extend(found);
            continue;
        }
        match rows.last_mut().filter(|_| open) {
            Some(row) => {
                row.lines.push(at);
                row.cells.extend(found);
            }
            None => rows.push(Row { lines: vec![at], cells: found.collect() }),
        }
        open = true;
    }
    take(sources, end + 1, titles.as_ref(), &rows, habits, layout)
}

/// The text of a cell without the `style="…" |` in front.
fn without_style(cell: &str) -> &str {
    match cell.split_once('|') {
        Some((style, text)) if style.contains('=') && !style.contains('[') => text,
        _ => cell,
    }
}

fn take(
    sources: &[Source],
    lines: usize,
    titles: Option<&Row>,
    rows: &[Row],
    habits: Habits,
    layout: &mut Layout,
) -> Table {
    let body: Vec<Vec<String>> = rows.iter().map(|row| row.cells.clone()).collect();
    let timed = |columns: &Columns| body.iter().any(|row| columns.has_clock(row, habits));
    let named = titles.and_then(|titles| Columns::from_titles(&titles.cells)).filter(timed);
    let columns = named.or_else(|| Columns::from_rows(titles.map(|titles| titles.cells.as_slice()), &body, habits));
    let Some(columns) = columns else { return Table::Without { lines } };
    for row in rows {
        let first = &sources[row.lines[0]];
        add_row(layout, &columns, first, &row.cells, habits);
        if let Some(Item::Entry(entry)) = layout.items.last_mut()
            && entry.line == first.number
        {
            entry.continued.extend(row.lines[1..].iter().map(|at| sources[*at].number));
        }
    }
    let told: Vec<usize> = rows.iter().flat_map(|row| row.lines.iter().copied()).collect();
    let named = titles.map_or(&[][..], |titles| &titles.lines);
    for (at, line) in sources[..lines].iter().enumerate().filter(|(at, line)| !line.is_blank() && !told.contains(at)) {
        layout.heading(line, if named.contains(&at) { Says::Columns } else { Says::Rule });
    }
    Table::Taken { lines }
}
