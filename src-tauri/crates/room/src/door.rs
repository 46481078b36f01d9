//! Who gets in: a 128-bit key in the QR code, a short code to type, and a long one for when the short one is besieged.
//!
//! The short code has six characters and is guarded by `guesses`. The long one is the short one and four more, drawn
//! from the key. Nobody has to be kept from guessing it: at 100,000 tries a second, which no laptop answers, two hours
//! find it with a chance of 1 in 400,000. So an exhausted purse makes people type ten characters instead of six, and
//! never locks anybody out.

use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use live::{RoomKeys, TokenHash};
use sha2::{Digest, Sha256};

use crate::guesses::{Guesses, Payer};

/// Letters and digits that are not mistaken for each other.
const CODE_ALPHABET: &[u8; 28] = b"23456789ABCDEFGHJKMNPQRTVWXY";
/// Characters of the short code.
const SHORT: usize = 6;
/// Characters of the long code.
const LONG: usize = 10;
/// Crockford's base 32, in capitals, so that a QR code holds it compactly.
const KEY_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes a typed code of six characters and a key of 26 (130 bits).
pub(crate) fn fresh_keys() -> Result<(String, String), getrandom::Error> {
    Ok((draw(CODE_ALPHABET, SHORT)?, draw(KEY_ALPHABET, 26)?))
}

/// Makes what stands on the screen of a phone that waits to be let back. It opens nothing.
pub(crate) fn return_code() -> Result<String, getrandom::Error> {
    draw(CODE_ALPHABET, 3)
}

/// Makes the name of one form, so that sending it twice is sending it once.
pub(crate) fn fresh_name() -> Result<String, getrandom::Error> {
    draw(KEY_ALPHABET, 32)
}

fn draw(alphabet: &[u8], length: usize) -> Result<String, getrandom::Error> {
    let mut drawn = String::with_capacity(length);
    // Bytes beyond a whole multiple of the alphabet are thrown away, or the first letters would come more often.
    let fair = 256 / alphabet.len() * alphabet.len();
    while drawn.len() < length {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        let fitting = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < fair);
        let letters = fitting.filter_map(|byte| alphabet.get(byte % alphabet.len())).map(|letter| char::from(*letter));
        drawn.extend(letters.take(length - drawn.len()));
    }
    Ok(drawn)
}

/// Makes a phone's token and the hash under which it is known.
pub(crate) fn fresh_token() -> Result<(String, TokenHash), getrandom::Error> {
    let token = draw(KEY_ALPHABET, 52)?;
    let hash = hash(&token);
    Ok((token, hash))
}

/// Returns the hash under which a token is known.
pub(crate) fn hash(token: &str) -> TokenHash {
    Sha256::digest(token.as_bytes()).into()
}

/// What trying to get in came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tried {
    In,
    Wrong,
    TooMany,
}

/// The door of one room.
#[derive(Debug)]
pub(crate) struct Door {
    key: TokenHash,
    code: TokenHash,
    long_code: String,
    /// Signs the marks of phones, until the room closes.
    seal: TokenHash,
    guesses: Mutex<Guesses>,
}

impl Door {
    pub(crate) fn new(keys: &RoomKeys, now: Instant) -> Result<Self, getrandom::Error> {
        let mut seal = TokenHash::default();
        getrandom::fill(&mut seal)?;
        Ok(Self {
            key: hash(&keys.key),
            code: hash(&keys.code),
            long_code: lengthened(keys),
            seal,
            guesses: Mutex::new(Guesses::new(now)),
        })
    }

    pub(crate) fn long_code(&self) -> &str {
        &self.long_code
    }

    /// Returns whether the short code lets people in, or was guessed at too often of late.
    pub(crate) fn takes_short_codes(&self, now: Instant) -> bool {
        self.look().is_open(now)
    }

    /// Makes the mark by which a phone that loads the page pays for its own wrong tries.
    pub(crate) fn fresh_mark(&self) -> Result<String, getrandom::Error> {
        let mut number = [0; 8];
        getrandom::fill(&mut number)?;
        Ok(format!("{}{}", hex(&number), hex(self.sealed(number).get(..16).unwrap_or_default())))
    }

    /// Returns the number of a mark that was made here since the room opened.
    pub(crate) fn read_mark(&self, mark: &str) -> Option<[u8; 8]> {
        if mark.len() != 48 || !mark.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let (number, seal) = mark.split_at(16);
        let number = u64::from_str_radix(number, 16).ok()?.to_be_bytes();
        (hash(seal) == hash(&hex(self.sealed(number).get(..16)?))).then_some(number)
    }

    fn sealed(&self, number: [u8; 8]) -> TokenHash {
        Sha256::new().chain_update(self.seal).chain_update(number).finalize().into()
    }

    /// Returns the token for a join that a phone named itself: the same for every repeat, so that a lost answer costs
    /// nothing, and nothing that must be remembered.
    ///
    /// It is as secret as the name, which only the phone knows and the room does not keep. Whoever overhears the name
    /// overhears the token as well; the key of the room keeps names of one room from opening another.
    pub(crate) fn token_for(&self, name: &str) -> (String, TokenHash) {
        let mut digest = Sha256::new();
        digest.update(b"joined as ");
        digest.update(self.key);
        digest.update(name.as_bytes());
        let token = hex(&digest.finalize());
        let hash = hash(&token);
        (token, hash)
    }

    /// Returns what a form carries that was made for whoever holds this cookie: a page of somebody else cannot know it.
    pub(crate) fn form_token(&self, cookie: &str) -> String {
        let digest = Sha256::new().chain_update("form for ").chain_update(self.key).chain_update(cookie).finalize();
        hex(digest.get(..16).unwrap_or_default())
    }

    /// Comparing hashes takes the same time wherever they differ.
    pub(crate) fn opens_by_key(&self, key: &str) -> bool {
        hash(key.trim()) == self.key
    }

    /// Tries a typed code, short or long. Whoever tries in vain pays for it; a long code costs nothing.
    pub(crate) fn try_code(&self, code: &str, from: IpAddr, mark: Option<[u8; 8]>, now: Instant) -> Tried {
        let typed: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        if typed.len() == LONG {
            return if hash(&typed) == hash(&self.long_code) { Tried::In } else { Tried::Wrong };
        }
        let payer = mark.map_or(Payer::Address(network(from)), Payer::Phone);
        let mut guesses = self.look();
        if !guesses.allow(payer, now) {
            return Tried::TooMany;
        }
        if hash(&typed) == self.code {
            return Tried::In;
        }
        guesses.pay(payer, now);
        Tried::Wrong
    }

    fn look(&self) -> MutexGuard<'_, Guesses> {
        self.guesses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Returns the short code with four more characters that follow from the key, so that none has to be stored.
fn lengthened(keys: &RoomKeys) -> String {
    let digest = Sha256::new().chain_update("long code").chain_update(hash(&keys.key)).finalize();
    let fair = digest.iter().filter(|byte| **byte < 252).map(|byte| usize::from(*byte) % CODE_ALPHABET.len());
    let more = fair.filter_map(|letter| CODE_ALPHABET.get(letter)).map(|letter| char::from(*letter));
    keys.code.chars().chain(more).take(LONG).collect()
}

/// Returns what counts as one address: a household has as many addresses of the sixth version as it likes.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::from((u128::from(address) >> 64 << 64).to_be_bytes()),
        address @ IpAddr::V4(_) => address,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHONE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 1, 7));
    const PRANKSTER: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 168, 1, 66));

    fn door() -> Door {
        let keys = RoomKeys { port: 1, code: "K7QXMR".into(), key: "A".repeat(26) };
        Door::new(&keys, Instant::now()).expect("the system gives random numbers")
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let door = door();
        for typed in ["K7QXMR", "k7q xmr", " K7Q-XMR "] {
            assert_eq!(door.try_code(typed, PHONE, None, Instant::now()), Tried::In, "{typed}");
        }
        let long = door.long_code().to_lowercase();
        let grouped = format!("{} {}", &long[..5], &long[5..]);
        assert_eq!(door.try_code(&grouped, PHONE, None, Instant::now()), Tried::In, "{grouped}");
        assert!(long.len() == LONG && long.starts_with("k7qxmr"), "{long}");
    }

    #[test]
    fn an_exhausted_purse_stops_short_codes_and_neither_the_key_nor_the_long_code() {
        let (door, now) = (door(), Instant::now());
        let tries: Vec<_> = (0..30).map(|_| door.try_code("WRNGXX", PRANKSTER, None, now)).collect();
        assert_eq!(tries.iter().filter(|tried| **tried == Tried::Wrong).count(), 20);
        assert_eq!(door.try_code("K7QXMR", PRANKSTER, None, now), Tried::TooMany);
        assert_eq!(door.try_code(door.long_code(), PRANKSTER, None, now), Tried::In);
        assert_eq!(door.try_code("K7QXMR", PHONE, None, now), Tried::In, "others still get in");
        assert!(door.opens_by_key(&"A".repeat(26)));
        assert!(door.takes_short_codes(now));
    }

    #[test]
    fn a_script_that_fetches_new_marks_stops_short_codes_for_all_and_long_ones_for_nobody() {
        let (door, now) = (door(), Instant::now());
        let mut marks = 0;
        while door.takes_short_codes(now) {
            let mark = door.fresh_mark().ok().and_then(|mark| door.read_mark(&mark));
            assert!(mark.is_some() && marks < 1_000);
            marks += 1;
            while door.try_code("WRNGXX", PRANKSTER, mark, now) == Tried::Wrong {}
        }
        assert_eq!(door.try_code("K7QXMR", PHONE, None, now), Tried::TooMany);
        assert_eq!(door.try_code(door.long_code(), PHONE, None, now), Tried::In);
        for _ in 0..10_000 {
            assert_eq!(door.try_code("WRNGXXWRNG", PRANKSTER, None, now), Tried::Wrong);
        }
        assert_eq!(door.try_code(door.long_code(), PRANKSTER, None, now), Tried::In, "no purse pays for long ones");
    }

    #[test]
    fn two_hours_of_guessing_the_long_code_as_fast_as_any_laptop_answers_find_it_less_than_once_in_a_hundred_thousand()
    {
        let tries = 100_000.0 * 2.0 * 3_600.0;
        assert!(tries / 28_f64.powi(i32::try_from(LONG).unwrap_or_default()) < 1e-5);
    }

    #[test]
    fn a_mark_is_only_read_where_it_was_made_and_as_it_was_made() -> Result<(), getrandom::Error> {
        let door = door();
        let mark = door.fresh_mark()?;
        assert!(door.read_mark(&mark).is_some());
        assert_ne!(door.read_mark(&mark), door.read_mark(&door.fresh_mark()?), "each is another");
        let forged = mark.replacen(|_: char| true, if mark.starts_with('0') { "1" } else { "0" }, 1);
        let foreign = "é".repeat(24);
        for other in ["", "x", &mark[1..], &forged, &"0".repeat(48), &foreign] {
            assert_eq!(door.read_mark(other), None, "{other}");
        }
        let mut zero = mark.clone();
        while !zero.starts_with('0') {
            zero = door.fresh_mark()?;
        }
        assert_eq!(door.read_mark(&format!("+{}", &zero[1..])), None, "the same number, written otherwise");
        assert_eq!(self::door().read_mark(&mark), None, "another room's, though it has the same key");
        Ok(())
    }

    #[test]
    fn the_addresses_of_one_household_are_one() {
        let address = |text: &str| network(text.parse().expect("an address"));
        assert_eq!(address("2001:db8:1:2::1"), address("2001:db8:1:2:ffff::9"));
        assert_ne!(address("2001:db8:1:2::1"), address("2001:db8:1:3::1"));
        assert_eq!(address("::ffff:192.168.1.7"), PHONE);
    }

    #[test]
    fn keys_have_their_length_and_only_letters_of_their_alphabet() -> Result<(), getrandom::Error> {
        let (code, key) = fresh_keys()?;
        assert!(code.len() == 6 && code.bytes().all(|letter| CODE_ALPHABET.contains(&letter)), "{code}");
        assert!(key.len() == 26 && key.bytes().all(|letter| KEY_ALPHABET.contains(&letter)), "{key}");
        Ok(())
    }
}
