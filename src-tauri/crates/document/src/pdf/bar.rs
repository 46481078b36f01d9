//! The duration bar: what happened when, drawn to scale.
//!
//! Labels lie above and below the bar. Where two would touch, the earlier one moves further away from the bar: its
//! leader then passes beside the later label and never through it.

use std::rc::Rc;

use super::flow::{FIGURE_GAP, Flow, area, stack};
use super::look::{self, BOTTOM, FULL_WIDTH, Ink, LEFT, TOP};
use super::pages::{Item, Mark, Piece};
use super::structure::{ROOT, Role};
use super::text::Setting;
use crate::blocks::{DurationBar, Mark as Moment, Span};
use crate::words;

/// Height of the bar.
const BAR: f32 = 7.5;
/// How far a tick reaches beyond the bar.
const TICK: f32 = 4.5;
/// Thickness of a tick.
const TICK_WIDTH: f32 = 1.2;
/// Least space between two labels beside each other.
const APART: f32 = 9.0;
/// Widest label before it is broken into lines.
const WIDEST: f32 = FULL_WIDTH * 0.48;

/// A label with the place that was found for it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Seat {
    /// Whether it lies above the bar.
    above: bool,
    /// How many rows of labels lie between it and the bar.
    row: usize,
    /// Where it starts and ends, from left to right.
    start: f32,
    end: f32,
    /// Where its moment lies on the bar.
    tick: f32,
}

impl Flow {
    /// Lays out a duration bar with its caption.
    pub(super) fn durations(&mut self, bar: &DurationBar) {
        if bar.marks.is_empty() {
            return;
        }
        let before = self.gap(FIGURE_GAP);
        let figure = self.structure.add(ROOT, Role::Figure);
        self.structure.nodes[figure.0].alternative = Some(in_words(bar));
        let labels = bar.marks.iter().map(|mark| self.set(&label(mark), look::MARK, WIDEST, figure));
        let labels = labels.collect::<Vec<_>>();
        let widths = labels.iter().map(|label| label.lines.iter().fold(0.0, |w: f32, line| w.max(line.width)));
        let ticks = ticks(&bar.marks);
        let seats = seats(&ticks, &widths.collect::<Vec<_>>());

        let rows = |above: bool| row_heights(&seats, &labels, above);
        let (above, below) = (rows(true), rows(false));
        let bar_top = above.iter().sum::<f32>() + TICK + 2.0;
        let height = bar_top + BAR + TICK + 2.0 + below.iter().sum::<f32>();
        if height > (BOTTOM - TOP) * 0.8 {
            // So many labels say more as a list than around a bar.
            for label in &labels {
                self.lines(label, LEFT, 3.0, Mark::Node(figure), false);
            }
            self.caption(&bar.caption, figure, 5.0);
            return;
        }
        let mut items = segments(&ticks, bar_top);
        for seat in &seats {
            let rows = if seat.above { &above } else { &below };
            let reach = TICK + rows[..seat.row].iter().sum::<f32>();
            let (y, height) =
                if seat.above { (bar_top - reach, BAR + reach + TICK) } else { (bar_top - TICK, BAR + reach + TICK) };
            items.push(area(seat.tick - TICK_WIDTH / 2.0, y, TICK_WIDTH, height, Ink::Full));
        }
        for (seat, label) in seats.iter().zip(&labels) {
            let rows = if seat.above { &above } else { &below };
            let nearer = rows[..seat.row].iter().sum::<f32>();
            let height = label.lines.len() as f32 * look::MARK.leading;
            let y =
                if seat.above { bar_top - TICK - 2.0 - nearer - height } else { bar_top + BAR + TICK + 2.0 + nearer };
            stack(label, seat.start, y, Mark::Node(figure), &mut items);
        }
        let captioned = !words::line(&bar.caption).is_empty();
        self.pieces.push(Piece { before, height, keep: captioned, items, ..Piece::default() });
        if captioned {
            let node = self.structure.add(figure, Role::Caption);
            let caption = self.set_words(&bar.caption, look::NOTE, FULL_WIDTH);
            self.lines(&caption, LEFT, 5.0, Mark::Node(node), false);
        }
        self.after = FIGURE_GAP;
    }
}

fn label(mark: &Moment) -> Vec<Span> {
    let mut spans = vec![Span::text(words::line(&format!("{} {}", mark.clock, mark.label)))];
    if let Some(duration) = &mark.duration {
        spans.push(Span::text(" · "));
        spans.push(Span::strong(words::line(duration)));
    }
    spans
}

/// Says what the bar shows, for readers that cannot see it.
fn in_words(bar: &DurationBar) -> String {
    let mark = |mark: &Moment| {
        let duration = mark.duration.as_ref().map(|duration| format!(" ({duration})")).unwrap_or_default();
        words::line(&format!("{} {}{duration}", mark.clock, mark.label))
    };
    let marks = bar.marks.iter().map(mark).collect::<Vec<_>>().join("; ");
    let caption = words::line(&bar.caption);
    if caption.is_empty() { marks } else { format!("{caption}: {marks}") }
}

/// Returns where on the page the moments lie. Time that runs backwards stands still.
fn ticks(marks: &[Moment]) -> Vec<f32> {
    let mut latest = 0;
    let seconds = marks.iter().map(|mark| {
        latest = latest.max(mark.seconds);
        latest
    });
    let seconds = seconds.collect::<Vec<_>>();
    let total = seconds.last().copied().unwrap_or(0).max(1);
    let room = FULL_WIDTH - TICK_WIDTH;
    let at = |seconds: i64| LEFT + TICK_WIDTH / 2.0 + room * (seconds as f32 / total as f32);
    seconds.into_iter().map(at).collect()
}

/// Finds a place for every label, so that none touches another.
fn seats(ticks: &[f32], widths: &[f32]) -> Vec<Seat> {
    let right = LEFT + FULL_WIDTH;
    let mut seats: Vec<Seat> = Vec::new();
    for (number, (tick, width)) in ticks.iter().zip(widths).enumerate().rev() {
        let start = (tick - TICK_WIDTH / 2.0).min(right - width).max(LEFT);
        let prefers_above = number % 2 == 0;
        let candidates = (0..=2 * ticks.len()).map(|step| Seat {
            above: (step % 2 == 0) == prefers_above,
            row: step / 2,
            start,
            end: start + width,
            tick: *tick,
        });
        let free = |seat: &Seat| seats.iter().all(|taken| !touch(seat, taken));
        let clear = |seat: &Seat| seats.iter().all(|taken| !cross(seat, taken) && !cross(taken, seat));
        let found = candidates.clone().find(|seat| free(seat) && clear(seat)).or_else(|| candidates.clone().find(free));
        seats.extend(found);
    }
    seats.reverse();
    seats
}

fn touch(a: &Seat, b: &Seat) -> bool {
    a.above == b.above && a.row == b.row && a.start < b.end + APART && b.start < a.end + APART
}

/// Returns whether the leader of `a` runs through the words of `b`.
fn cross(a: &Seat, b: &Seat) -> bool {
    a.above == b.above && a.row > b.row && b.start - 2.0 < a.tick && a.tick < b.end + 2.0
}

/// Returns the heights of the rows of labels on one side, from the bar outwards.
fn row_heights(seats: &[Seat], labels: &[Rc<Setting>], above: bool) -> Vec<f32> {
    let count = seats.iter().filter(|seat| seat.above == above).map(|seat| seat.row + 1).max().unwrap_or(0);
    let mut heights = vec![0.0_f32; count];
    for (seat, label) in seats.iter().zip(labels).filter(|(seat, _)| seat.above == above) {
        heights[seat.row] = heights[seat.row].max(label.lines.len() as f32 * look::MARK.leading + 1.0);
    }
    heights
}

/// Returns the coloured parts of the bar: undetected, ongoing, mitigated.
fn segments(ticks: &[f32], top: f32) -> Vec<Item> {
    let count = ticks.len() - 1;
    let ink = |number: usize| match number {
        0 if count > 1 => Ink::Undetected,
        _ if count > 2 && number + 1 == count => Ink::Mitigated,
        _ => Ink::Ongoing,
    };
    let part = |(number, ends): (usize, &[f32])| area(ends[0], top, ends[1] - ends[0], BAR, ink(number));
    ticks.windows(2).enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_moments_at_the_same_second_do_not_touch() {
        let seats = seats(&[50.0, 51.0, 51.0, 52.0, 300.0, 545.0], &[90.0, 120.0, 80.0, 200.0, 60.0, 140.0]);
        for (number, seat) in seats.iter().enumerate() {
            assert!(seats[number + 1..].iter().all(|other| !touch(seat, other)), "{seat:?} in {seats:?}");
            assert!(seat.end <= LEFT + FULL_WIDTH + 0.01, "{seat:?} leaves the page");
        }
    }

    #[test]
    fn four_moments_with_room_alternate_above_and_below_the_bar() {
        let seats = seats(&[50.0, 70.0, 360.0, 545.0], &[60.0, 90.0, 100.0, 95.0]);
        assert_eq!(
            seats.iter().map(|seat| (seat.above, seat.row)).collect::<Vec<_>>(),
            [(true, 0), (false, 0), (true, 0), (false, 0)]
        );
    }

    #[test]
    fn time_that_runs_backwards_stands_still() {
        let marks = [Moment::new("a", "1", 0), Moment::new("b", "2", 60), Moment::new("c", "3", 30)];
        let ticks = ticks(&marks);
        assert!(ticks[1] <= ticks[2] && ticks[2] <= LEFT + FULL_WIDTH);
    }
}
