//! Days: whether a text names one that can be put in a calendar.

use chrono::NaiveDate;

use super::words::Word;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NUMBERS: [&str; 13] =
    ["a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "fourteen"];
/// Words after which a day is the day by which something is due.
const BEFORE_DAY: [&str; 11] =
    ["starting", "starts", "by", "until", "till", "before", "due", "deadline", "on", "til", "eta"];
/// What may stand between such a word and the day.
const BETWEEN: [&str; 12] = [":", "=", "-", "is", "date", "by", "on", "the", "latest", "next", "this", "coming"];

/// Whether a field names a day.
pub(super) fn names_a_day(words: &[Word]) -> bool {
    (0..words.len()).any(|at| day_at(words, at).is_some() || span_at(words, at).is_some())
}

/// Finds where a task says by when, as a range of words.
pub(super) fn find_due(words: &[Word], taken: &[bool]) -> Option<(usize, usize)> {
    let count = words.len();
    (0..count).filter(|at| !taken[*at]).find_map(|at| {
        if BEFORE_DAY.contains(&words[at].low.as_str()) {
            let mut next = at + 1;
            while next < count && next < at + 5 && BETWEEN.contains(&words[next].low.as_str()) {
                if let Some(end) = day_at(words, next) {
                    return Some((at, end));
                }
                next += 1;
            }
            let labels = matches!(words[at].low.as_str(), "due" | "deadline" | "eta");
            let end = day_at(words, next).or_else(|| if labels { span_at(words, next) } else { None });
            if let Some(end) = end {
                return Some((at, end));
            }
        }
        let ages = at > 0 && matches!(words[at - 1].low.as_str(), "expires" | "expire" | "expiring" | "done" | "used");
        if matches!(words[at].low.as_str(), "in" | "within" | "w/in") && !ages {
            return span_at(words, at).map(|end| (at, end));
        }
        let opens = at == 0 || words[at - 1].is_mark;
        let end = day_at(words, at)?;
        let closes = words.get(end).is_none_or(|next| next.is_mark);
        let heads = at == 0 && end < count && words[at].text.chars().any(char::is_numeric);
        (heads || closes && (opens || end == count)).then_some((at, end))
    })
}

/// The end of the day that begins at a word: "12 June", "next Tuesday", "end of Q3", "2026-06-12".
fn day_at(words: &[Word], at: usize) -> Option<usize> {
    let low = |offset: usize| words.get(at + offset).map_or("", |word| word.low.as_str());
    if is_numeric_date(low(0)) || is_weekday(low(0)) {
        return Some(at + 1);
    }
    // "15.7." as it is written on the continent: the last stop has been cut off.
    if low(1) == "." && is_day_and_month(low(0)) {
        return Some(at + 2);
    }
    match low(0) {
        "today" | "tonight" | "tomorrow" | "eod" | "eow" | "eom" | "eoq" | "eoy" | "cob" => {
            return Some(at + 1 + usize::from(is_weekday(low(1))));
        }
        "the"
            if low(1).ends_with(|c: char| c.is_alphabetic())
                && ordinal(low(1)).is_some()
                && month(low(2)).is_none() =>
        {
            return Some(at + 2);
        }
        "next" | "this" | "coming" if is_weekday(low(1)) => return Some(at + 2),
        "end" => {
            let mut next = 1;
            while matches!(low(next), "of" | "the" | "this" | "next" | "current") {
                next += 1;
            }
            let period = matches!(low(next), "day" | "week" | "month" | "quarter" | "year" | "q1" | "q2" | "q3" | "q4")
                || month(low(next)).is_some();
            return (next > 1 && period).then_some(at + next + 1);
        }
        _ => {}
    }
    let (day, name, last) = if let Some(day) = ordinal(low(0)) {
        let skip = usize::from(low(1) == "of" || low(1) == ".");
        (day, month(low(1 + skip))?, at + 2 + skip)
    } else {
        (ordinal(low(1))?, month(low(0))?, at + 2)
    };
    NaiveDate::from_ymd_opt(2028, name, day)?;
    let year = words.get(last).is_some_and(|word| word.low.len() == 4 && word.low.starts_with("20"));
    Some(last + usize::from(year))
}

/// The end of a span of days: "in two weeks", "within 10 days", "2 weeks".
fn span_at(words: &[Word], at: usize) -> Option<usize> {
    let low = |offset: usize| words.get(at + offset).map_or("", |word| word.low.as_str());
    let mut next = usize::from(matches!(low(0), "in" | "within" | "w/in"));
    while matches!(low(next), "the" | "next" | "coming" | "following") {
        next += 1;
    }
    let number = low(next).parse::<u16>().is_ok() || NUMBERS.contains(&low(next));
    let counted = usize::from(matches!(low(next + 1), "working" | "business" | "calendar" | "full" | "more"));
    let unit = matches!(
        low(next + 1 + counted),
        "day" | "days" | "week" | "weeks" | "month" | "months" | "workdays" | "fortnight"
    );
    // "A week" by itself is how long something takes.
    let bare = next == 0 && low(next) == "a";
    (number && unit && !bare).then_some(at + next + 2 + counted)
}

fn is_weekday(word: &str) -> bool {
    let short = matches!(word, "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun");
    short || DAYS.contains(&word)
}

fn month(word: &str) -> Option<u32> {
    let short = |name: &str| word == &name[..3] || word == "sept" && name == "september";
    let at = MONTHS.iter().position(|name| *name == word || short(name))?;
    u32::try_from(at + 1).ok()
}

fn ordinal(word: &str) -> Option<u32> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn is_day_and_month(word: &str) -> bool {
    let parts = word.split_once('.').and_then(|(day, month)| Some((day.parse().ok()?, month.parse().ok()?)));
    parts.is_some_and(|(day, month)| NaiveDate::from_ymd_opt(2028, month, day).is_some())
}

/// A date in figures that exists, in any usual order.
fn is_numeric_date(word: &str) -> bool {
    let word = word.split_once('t').map_or(word, |(day, _)| day);
    for separator in ['-', '/', '.'] {
        let parts: Vec<&str> = word.split(separator).collect();
        if let [a, b, c] = parts.as_slice()
            && let (Ok(a), Ok(b), Ok(c)) = (a.parse::<u32>(), b.parse::<u32>(), c.parse::<u32>())
        {
            let exists = |year: u32, month: u32, day: u32| {
                let year = if year < 100 { year + 2000 } else { year };
                (2000..2200).contains(&year)
                    && i32::try_from(year).is_ok_and(|year| NaiveDate::from_ymd_opt(year, month, day).is_some())
            };
            return exists(a, b, c) || exists(c, b, a) || separator == '/' && exists(c, a, b);
        }
        if let [a, b] = parts.as_slice()
            && separator == '/'
            && let (Ok(a), Ok(b)) = (a.parse::<u32>(), b.parse::<u32>())
        {
            let exists = |month: u32, day: u32| NaiveDate::from_ymd_opt(2028, month, day).is_some();
            return exists(b, a) || exists(a, b);
        }
    }
    false
}
