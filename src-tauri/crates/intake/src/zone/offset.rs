//! Offsets from UTC in digits: `+02:00`, `-0700`, and the `+2` that only follows "UTC".

use super::boundary;

/// Reads `+02:00`, `-0700` or `+02` as minutes.
pub(crate) fn offset_at(s: &str) -> Option<(i32, usize)> {
    let (sign, body) = sign_at(s)?;
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let (hours, minutes, len) = match digits {
        4 => (&body[..2], &body[2..4], 4),
        2 if body[2..].starts_with(':') && body.get(3..5).is_some_and(|m| m.bytes().all(|b| b.is_ascii_digit())) => {
            (&body[..2], &body[3..5], 5)
        }
        2 => (&body[..2], "0", 2),
        _ => return None,
    };
    finish_offset(sign, hours, minutes).filter(|_| boundary(&body[len..])).map(|m| (m, s.len() - body.len() + len))
}

pub(super) fn short_offset_at(s: &str) -> Option<(i32, usize)> {
    let (sign, body) = sign_at(s)?;
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 1 && !body[1..].starts_with(':') {
        return finish_offset(sign, &body[..1], "0").map(|m| (m, s.len() - body.len() + 1));
    }
    if digits == 1 {
        let minutes = body.get(2..4)?;
        return finish_offset(sign, &body[..1], minutes).map(|m| (m, s.len() - body.len() + 4));
    }
    offset_at(s)
}

fn sign_at(s: &str) -> Option<(i32, &str)> {
    let sign = s.chars().next()?;
    let value = match sign {
        '+' => 1,
        '-' | '−' => -1,
        _ => return None,
    };
    Some((value, &s[sign.len_utf8()..]))
}

fn finish_offset(sign: i32, hours: &str, minutes: &str) -> Option<i32> {
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
