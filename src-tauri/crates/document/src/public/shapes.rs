//! What gives itself away by its shape: addresses, tokens, and hosts that only an organisation's own network knows.
//!
//! Too much is better than too little here: a build number that reads like a network address is lost from the public
//! edition and not from the record.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde::Serialize;

/// What kind of thing must not be public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Leak {
    /// Somebody's name.
    Name,
    /// A mail address.
    MailAddress,
    /// A telephone number.
    Telephone,
    /// An address of a computer.
    NetworkAddress,
    /// A host that only the own network knows.
    InternalHost,
    /// A token, a password or a key.
    Secret,
    /// Words of a field that is private.
    PrivateField,
    /// An image, which only a person can look through.
    Image,
}

impl Leak {
    /// Returns the words the surfaces use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::MailAddress => "a mail address",
            Self::Telephone => "a telephone number",
            Self::NetworkAddress => "a network address",
            Self::InternalHost => "an internal host",
            Self::Secret => "a token or a key",
            Self::PrivateField => "words of a private field",
            Self::Image => "an image",
        }
    }

    /// Returns what stands where something was taken out.
    pub(super) const fn instead(self) -> &'static str {
        match self {
            Self::Name => "somebody",
            Self::MailAddress => "[mail address removed]",
            Self::Telephone => "[telephone number removed]",
            Self::NetworkAddress => "[network address removed]",
            Self::InternalHost => "[internal host removed]",
            Self::Secret => "[secret removed]",
            Self::PrivateField => "[private words removed]",
            Self::Image => "[image removed]",
        }
    }
}

/// A place in a text that has such a shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) at: Range<usize>,
    pub(super) leak: Leak,
}

type Judge = fn(&Captures<'_>) -> bool;

/// The shapes, those that may hold others first: what is found earlier is not searched again.
static SHAPES: LazyLock<Vec<(Leak, Regex, Judge)>> = LazyLock::new(|| {
    let always: Judge = |_| true;
    let shapes: [(Leak, &str, Judge); 15] = [
        (
            Leak::Secret,
            r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)",
            always,
        ),
        // The value of anything that is called a secret.
        (
            Leak::Secret,
            r#"(?i)\b[\w.-]*(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential)s?["']?\s*(?:=|:=|:)\s*(?P<it>["']?[^\s"',;]{6,}["']?)"#,
            always,
        ),
        (Leak::Secret, r"(?i)\b(?:bearer|basic)\s+(?P<it>[A-Za-z0-9+/=._~-]{12,})", always),
        (
            Leak::Secret,
            r"(?-u)\b(?:(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA)[0-9A-Z]{12,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|gl(?:pat|dt|rt|ft)-[\w-]{16,}|xox[a-z]-[\w-]{8,}|xapp-[\w-]{8,}|[sr]k[-_](?:live|test|ant|proj|or)?[\w-]{16,}|whsec_\w{16,}|AIza[\w-]{30,}|ya29\.[\w-]{16,}|SG\.[\w-]{12,}\.[\w-]{12,}|npm_[A-Za-z0-9]{24,}|pypi-[\w-]{24,}|do[opr]_v1_\w{24,}|hv[sbr]\.[\w-]{16,}|eyJ[\w-]{6,}\.[\w-]{6,}(?:\.[\w-]*)?)",
            always,
        ),
        (Leak::Secret, r"https?://hooks\.slack\.com/[^\s<>]+", always),
        // An address with a password in it, wherever it leads.
        (Leak::Secret, r"(?i)\b[a-z][a-z0-9+.-]*://[^\s/@<>]+:[^\s/@<>]+@[^\s<>]*", always),
        (
            Leak::InternalHost,
            r#"(?i)\b[a-z][a-z0-9+.-]*://(?:[^\s/@<>]*@)?(?P<host>\[[0-9a-f:.%]+\]|[^\s/:?#<>"'`)\]]+)[^\s<>"'`]*"#,
            leads_inside,
        ),
        (
            Leak::MailAddress,
            r"[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?(?:\.[\p{L}\p{N}-]+)*",
            always,
        ),
        (
            Leak::InternalHost,
            r"(?i)\b(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+(?:internal|intern|local|localdomain|corp|lan|intranet|intra|home|private|consul|svc|arpa|onion)\b(?::\d+)?",
            always,
        ),
        (Leak::InternalHost, r"(?i)\blocalhost\b(?::\d+)?|\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b", always),
        (Leak::NetworkAddress, r"(?i)\b(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}\b", always),
        (Leak::NetworkAddress, r"\b(?P<v4>\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})\b(?:/\d{1,2})?(?::\d{1,5})?", |found| {
            found["v4"].parse::<Ipv4Addr>().is_ok()
        }),
        (
            Leak::NetworkAddress,
            r"(?i)(?:^|[^\w:.])(?P<it>(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:\d{0,3}\.\d+\.\d+\.\d+)?)(?:%\w+|/\d+)?",
            |found| found["it"].len() > 2 && found["it"].parse::<Ipv6Addr>().is_ok(),
        ),
        // Digests, keys and identifiers of sessions.
        (Leak::Secret, r"\b[A-Za-z0-9+/_-]{32,}={0,2}", is_dense),
        (Leak::Telephone, r"(?:^|[^\w+])(?P<it>\+\d{1,3}[ ./()-]*(?:\d[ ./()-]*){7,12}\d)", always),
    ];
    shapes.into_iter().filter_map(|(leak, pattern, judge)| Some((leak, Regex::new(pattern).ok()?, judge))).collect()
});

/// Finds every such shape in a text, in its order and without overlaps.
pub(super) fn shapes(text: &str) -> Vec<Shape> {
    let mut found: Vec<Shape> = Vec::new();
    for (leak, pattern, judge) in SHAPES.iter() {
        for captures in pattern.captures_iter(text).filter(|captures| judge(captures)) {
            let Some(at) = captures.name("it").or_else(|| captures.get(0)).map(|found| found.range()) else { continue };
            if found.iter().all(|other| at.end <= other.at.start || other.at.end <= at.start) {
                found.push(Shape { at, leak: *leak });
            }
        }
    }
    found.sort_by_key(|shape| shape.at.start);
    found
}

/// Whether an address leads to a host that only the own network knows, or to a bare address of one.
fn leads_inside(found: &Captures<'_>) -> bool {
    let host = found["host"].trim_end_matches('.').to_lowercase();
    let is_number = host.starts_with('[') || host.parse::<Ipv4Addr>().is_ok();
    let scheme = found[0].split(':').next().unwrap_or_default().to_lowercase();
    // What is not for a browser leads to a machine: `postgres://`, `ssh://`, `redis://`.
    let for_browsers = matches!(scheme.as_str(), "http" | "https");
    const INSIDE: &[&str] = &[
        "internal",
        "intern",
        "local",
        "localdomain",
        "corp",
        "lan",
        "intranet",
        "intra",
        "home",
        "private",
        "consul",
        "svc",
        "arpa",
        "onion",
        "test",
        "invalid",
    ];
    let labels: Vec<&str> = host.split('.').collect();
    let inside = labels.last().is_some_and(|last| INSIDE.contains(last))
        || labels.iter().any(|label| matches!(*label, "internal" | "intranet" | "corp"));
    is_number || !for_browsers || labels.len() == 1 || inside
}

/// Whether a long run of characters is no word: hexadecimal, or letters and digits mixed as nobody writes.
fn is_dense(found: &Captures<'_>) -> bool {
    let text = &found[0];
    let count = |of: fn(&char) -> bool| text.chars().filter(of).count();
    let digits = count(char::is_ascii_digit);
    let hexadecimal = text.chars().all(|c| c.is_ascii_hexdigit()) && digits > 0;
    let mixed = digits >= 4 && count(char::is_ascii_uppercase) >= 4 && count(char::is_ascii_lowercase) >= 4;
    hexadecimal || mixed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Leak, &str)> {
        shapes(text).into_iter().map(|shape| (shape.leak, &text[shape.at])).collect()
    }

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(SHAPES.len(), 15);
    }

    #[test]
    fn tokens_and_keys_are_found() {
        for (text, secret) in [
            ("key AKIAIOSFODNN7EXAMPLE leaked", "AKIAIOSFODNN7EXAMPLE"),
            ("(ghp_0123456789abcdefghijABCDEFGHIJ456789)", "ghp_0123456789abcdefghijABCDEFGHIJ456789"),
            ("jwt eyJhbGciOi.eyJzdWIiOi.abc-_1 here", "eyJhbGciOi.eyJzdWIiOi.abc-_1"),
            ("DB_PASSWORD=hunter2-and-more now", "hunter2-and-more"),
            ("api_key: \"0a1b2c3d\"", "\"0a1b2c3d\""),
            ("Authorization: Bearer abcdef123456.x", "abcdef123456.x"),
            ("sha 0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef"),
            ("postgres://app:pw@db/x", "postgres://app:pw@db/x"),
            ("-----BEGIN RSA PRIVATE KEY-----\nMII", "-----BEGIN RSA PRIVATE KEY-----\nMII"),
            ("xoxb-123456789012-abc", "xoxb-123456789012-abc"),
        ] {
            assert_eq!(found(text), [(Leak::Secret, secret)], "{text}");
        }
    }

    #[test]
    fn addresses_and_internal_hosts_are_found() {
        for (text, leak, it) in [
            ("to ada.park@example.org.", Leak::MailAddress, "ada.park@example.org"),
            ("root@db1 answered", Leak::MailAddress, "root@db1"),
            ("from 10.0.4.17:5432 on", Leak::NetworkAddress, "10.0.4.17:5432"),
            ("net 192.168.0.0/16", Leak::NetworkAddress, "192.168.0.0/16"),
            ("at fe80::1ff:fe23:4567:890a then", Leak::NetworkAddress, "fe80::1ff:fe23:4567:890a"),
            ("00:1B:44:11:3A:B7", Leak::NetworkAddress, "00:1B:44:11:3A:B7"),
            ("see https://grafana/d/1?a=b.", Leak::InternalHost, "https://grafana/d/1?a=b."),
            ("http://10.1.2.3/x", Leak::InternalHost, "http://10.1.2.3/x"),
            ("https://wiki.corp.example.org/a", Leak::InternalHost, "https://wiki.corp.example.org/a"),
            ("db-7.pay.internal is down", Leak::InternalHost, "db-7.pay.internal"),
            ("redis://cache-3.example.org", Leak::InternalHost, "redis://cache-3.example.org"),
            ("on ip-10-0-1-2 now", Leak::InternalHost, "ip-10-0-1-2"),
            ("call +49 30 1234 5678 now", Leak::Telephone, "+49 30 1234 5678"),
        ] {
            assert_eq!(found(text), [(leak, it)], "{text}");
        }
    }

    #[test]
    fn ordinary_words_of_an_incident_are_left_alone() {
        for text in [
            "at 14:02:33 the pool had 30 of 30 connections, 98.5 % busy; version 4.12.0",
            "see https://status.example.org/incidents/1 and std::collections::HashMap",
            "the token expired; a password was asked for; secret: none",
            "internationalization-of-the-checkout-service-in-four-regions",
            "from 2026-05-06T14:05:00Z to 16:00, +20 % load, 3:1 odds",
            "the access-key rotation failed",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
