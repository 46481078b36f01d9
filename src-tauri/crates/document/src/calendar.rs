//! The file of a calendar (RFC 5545), its lines folded as the standard counts them.

use icalendar::Calendar;

/// The longest line, in octets, with the space a continued line begins with and without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// Writes a calendar.
///
/// The library folds a continued line one octet too late, so its folds are taken out and made again.
pub(crate) fn file(calendar: &mut Calendar) -> String {
    let whole = calendar.done().to_string().replace("\r\n ", "");
    let mut file = String::with_capacity(whole.len() + whole.len() / LONGEST * 3);
    for line in whole.split_terminator("\r\n") {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST {
                file.push_str("\r\n ");
                length = 1;
            }
            file.push(c);
            length += c.len_utf8();
        }
        file.push_str("\r\n");
    }
    file
}
