//! How often the short code may be typed wrong.
//!
//! Two hours of guessing, from as many addresses as one likes, must find the code with less than 1 chance in 100,000.
//! What everybody together may get wrong is therefore bounded, and nothing beyond that bound is even compared. That
//! alone would let one prankster use it up for all, so that there are three purses:
//!
//! - each phone that has loaded the page carries a mark and pays for itself, whatever others behind its address do;
//! - whoever carries none pays from the purse of the address: a script that keeps no cookies empties that one alone;
//! - everybody together pays from the last one. Only a script that loads the page again and again empties it, within
//!   some hundred tries. From then on, and only while it goes on, the short code lets nobody in: the QR code does, and
//!   so does the long code, whose space is so large that it needs no purse (see `door`).

use std::collections::HashMap;
use std::net::IpAddr;
use std::time::Instant;

/// How many purses are remembered. A forgotten one is full again, which only the purse of all has to make good.
const REMEMBERED: usize = 4_096;

/// Wrong tries that are free at first, and how many a minute adds.
#[derive(Debug, Clone, Copy)]
struct Purse {
    most: f64,
    per_minute: f64,
}

const OF_ALL: Purse = Purse { most: 2_000.0, per_minute: 20.0 };
const OF_AN_ADDRESS: Purse = Purse { most: 20.0, per_minute: 6.0 };
const OF_A_PHONE: Purse = Purse { most: 6.0, per_minute: 2.0 };

/// Who pays for a wrong try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Payer {
    /// A phone that carries a mark.
    Phone([u8; 8]),
    /// Everybody else behind an address.
    Address(IpAddr),
}

impl Payer {
    const fn purse(self) -> Purse {
        match self {
            Self::Phone(_) => OF_A_PHONE,
            Self::Address(_) => OF_AN_ADDRESS,
        }
    }
}

/// The wrong tries of a room. Time is an argument, so that two hours can pass in a test.
#[derive(Debug)]
pub(crate) struct Guesses {
    all: Left,
    each: HashMap<Payer, Left>,
}

#[derive(Debug, Clone, Copy)]
struct Left {
    tries: f64,
    at: Instant,
}

impl Left {
    fn now(self, purse: Purse, now: Instant) -> f64 {
        let minutes = now.saturating_duration_since(self.at).as_secs_f64() / 60.0;
        minutes.mul_add(purse.per_minute, self.tries).min(purse.most)
    }
}

impl Guesses {
    pub(crate) fn new(now: Instant) -> Self {
        Self { all: Left { tries: OF_ALL.most, at: now }, each: HashMap::new() }
    }

    /// Returns whether everybody together may still try.
    pub(crate) fn is_open(&self, now: Instant) -> bool {
        self.all.now(OF_ALL, now) >= 1.0
    }

    /// Returns whether somebody may try now.
    pub(crate) fn allow(&self, payer: Payer, now: Instant) -> bool {
        self.is_open(now) && self.each.get(&payer).is_none_or(|left| left.now(payer.purse(), now) >= 1.0)
    }

    /// Makes somebody pay for a wrong try.
    pub(crate) fn pay(&mut self, payer: Payer, now: Instant) {
        self.all = Left { tries: self.all.now(OF_ALL, now) - 1.0, at: now };
        let tries = self.each.get(&payer).map_or(payer.purse().most, |left| left.now(payer.purse(), now));
        if !self.each.contains_key(&payer) {
            self.forget_some(now);
        }
        self.each.insert(payer, Left { tries: tries - 1.0, at: now });
    }

    /// Makes room for one more: those that are full again, or else the one that is nearest to it.
    fn forget_some(&mut self, now: Instant) {
        if self.each.len() < REMEMBERED {
            return;
        }
        let missing = |payer: &Payer, left: &Left| payer.purse().most - left.now(payer.purse(), now);
        self.each.retain(|payer, left| missing(payer, left) > 0.0);
        if self.each.len() >= REMEMBERED {
            let nearest = self.each.iter().min_by(|a, b| missing(a.0, a.1).total_cmp(&missing(b.0, b.1)));
            if let Some(payer) = nearest.map(|(payer, _)| *payer) {
                self.each.remove(&payer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const TWO_HOURS: Duration = Duration::from_secs(2 * 60 * 60);
    const CODES: f64 = 481_890_304.0;

    fn address(number: u32) -> Payer {
        Payer::Address(IpAddr::from(number.to_be_bytes()))
    }

    fn phone(number: u64) -> Payer {
        Payer::Phone(number.to_be_bytes())
    }

    /// Tries whatever `payer` names, many times a second for two hours, and returns how many codes were compared.
    fn siege(payers: impl Fn(u32) -> Payer) -> u32 {
        let start = Instant::now();
        let mut guesses = Guesses::new(start);
        let mut compared = 0;
        for attempt in 0..72_000_u32 {
            let now = start + Duration::from_millis(100) * attempt;
            if guesses.allow(payers(attempt), now) {
                guesses.pay(payers(attempt), now);
                compared += 1;
            }
        }
        assert!(guesses.each.len() <= REMEMBERED);
        compared
    }

    #[test]
    fn two_hours_of_guessing_find_the_code_less_than_once_in_a_hundred_thousand() {
        assert!((28_f64.powi(6) - CODES).abs() < 0.5);
        let most = OF_ALL.per_minute.mul_add(TWO_HOURS.as_secs_f64() / 60.0, OF_ALL.most);
        assert!(most / CODES < 1e-5, "{most} tries of {CODES}");
        for (name, compared) in [
            ("a new address for every try", siege(address)),
            ("a thousand addresses in turn", siege(|attempt| address(attempt % 1_000))),
            ("a new page for every try", siege(|attempt| phone(u64::from(attempt)))),
            ("both", siege(|attempt| if attempt % 2 == 0 { address(attempt) } else { phone(u64::from(attempt)) })),
        ] {
            assert!(f64::from(compared) <= most + 1.0, "{name}: {compared}");
            assert!(f64::from(compared) > most - 10.0, "{name} came as far as one can: {compared}");
        }
        assert!(siege(|_| address(1)) <= 20 + 6 * 120, "one address alone does not come that far");
    }

    #[test]
    fn a_prankster_who_keeps_no_cookies_stops_neither_phones_behind_the_same_address_nor_other_addresses() {
        let start = Instant::now();
        let mut guesses = Guesses::new(start);
        for second in 0..7_200_u32 {
            let now = start + Duration::from_secs(1) * second;
            if guesses.allow(address(1), now) {
                guesses.pay(address(1), now);
            }
            assert!(guesses.allow(phone(7), now), "a phone with its own mark");
            assert!(guesses.allow(address(2), now), "another address");
        }
        let after = start + TWO_HOURS;
        guesses.pay(address(1), after);
        assert!(!guesses.allow(address(1), after), "the prankster waits");
        assert!(guesses.allow(address(1), after + Duration::from_secs(11)), "but not for ever");
    }

    #[test]
    fn a_prankster_with_a_mark_stops_only_that_phone() {
        let now = Instant::now();
        let mut guesses = Guesses::new(now);
        let mut compared = 0;
        while guesses.allow(phone(1), now) {
            guesses.pay(phone(1), now);
            compared += 1;
        }
        assert_eq!(compared, 6);
        assert!(guesses.allow(phone(2), now));
        assert!(guesses.allow(phone(1), now + Duration::from_secs(31)));
    }

    #[test]
    fn the_purse_of_all_opens_again_soon_after_it_was_emptied() {
        let now = Instant::now();
        let mut guesses = Guesses::new(now);
        for number in 0..2_000 {
            guesses.pay(phone(number), now);
        }
        assert!(!guesses.is_open(now) && !guesses.allow(address(9), now));
        assert!(guesses.is_open(now + Duration::from_secs(4)));
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing() {
        let now = Instant::now() + Duration::from_secs(60);
        let mut guesses = Guesses::new(now);
        for _ in 0..6 {
            guesses.pay(phone(1), now);
        }
        assert!(!guesses.allow(phone(1), now.checked_sub(Duration::from_secs(50)).unwrap_or(now)));
    }
}
