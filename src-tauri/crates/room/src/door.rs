//! Who gets in: a 128-bit key in the QR code, a six-character code to type, and budgets that stop guessing.
//!
//! The budgets count wrong typed codes only, so that nobody can lock the QR code. All addresses together may guess
//! 60 times at once and 30 times a minute after that: in two hours 3,660 of 28^6 codes, less than 1 in 100,000.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Instant;

use live::{RoomKeys, TokenHash};
use sha2::{Digest, Sha256};

/// Letters and digits that are not mistaken for each other.
const CODE_ALPHABET: &[u8; 28] = b"23456789ABCDEFGHJKMNPQRTVWXY";
/// Crockford's base 32, in capitals, so that a QR code holds it compactly.
const KEY_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Makes a typed code of six characters and a key of 26 (130 bits).
pub(crate) fn fresh_keys() -> Result<(String, String), getrandom::Error> {
    Ok((draw(CODE_ALPHABET, 6)?, draw(KEY_ALPHABET, 26)?))
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
    budgets: Mutex<Budgets>,
}

#[derive(Debug)]
struct Budgets {
    all: Budget,
    each: HashMap<IpAddr, Budget>,
}

impl Door {
    pub(crate) fn new(keys: &RoomKeys) -> Self {
        let budgets = Budgets { all: Budget::new(60.0, 30.0), each: HashMap::new() };
        Self { key: hash(&keys.key), code: hash(&keys.code), budgets: Mutex::new(budgets) }
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
        let token: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let hash = hash(&token);
        (token, hash)
    }

    /// Comparing hashes takes the same time wherever they differ.
    pub(crate) fn opens_by_key(&self, key: &str) -> bool {
        hash(key.trim()) == self.key
    }

    pub(crate) fn try_code(&self, code: &str, from: IpAddr) -> Tried {
        let typed: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        let mut budgets = self.budgets.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let each = budgets.each.entry(from).or_insert_with(|| Budget::new(10.0, 6.0));
        if !each.allows() || !budgets.all.allows() {
            return Tried::TooMany;
        }
        if hash(&typed) == self.code {
            return Tried::In;
        }
        budgets.all.spend();
        if let Some(each) = budgets.each.get_mut(&from) {
            each.spend();
        }
        Tried::Wrong
    }
}

/// A bucket of tries that fills again with time.
#[derive(Debug)]
struct Budget {
    left: f64,
    most: f64,
    per_minute: f64,
    filled: Instant,
}

impl Budget {
    fn new(most: f64, per_minute: f64) -> Self {
        Self { left: most, most, per_minute, filled: Instant::now() }
    }

    fn allows(&mut self) -> bool {
        let minutes = self.filled.elapsed().as_secs_f64() / 60.0;
        self.filled = Instant::now();
        self.left = (self.left + minutes * self.per_minute).min(self.most);
        self.left >= 1.0
    }

    fn spend(&mut self) {
        self.left -= 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn door() -> Door {
        Door::new(&RoomKeys { port: 1, code: "K7QXMR".into(), key: "A".repeat(26) })
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let from = IpAddr::from([127, 0, 0, 1]);
        for typed in ["K7QXMR", "k7q xmr", " K7Q-XMR "] {
            assert_eq!(door().try_code(typed, from), Tried::In, "{typed}");
        }
    }

    #[test]
    fn an_exhausted_budget_stops_typed_codes_and_never_the_key() {
        let door = door();
        let prankster = IpAddr::from([192, 168, 1, 66]);
        let tries: Vec<_> = (0..12).map(|_| door.try_code("WRONGX", prankster)).collect();
        assert_eq!(tries.iter().filter(|tried| **tried == Tried::Wrong).count(), 10);
        assert_eq!(door.try_code("K7QXMR", prankster), Tried::TooMany);
        assert_eq!(door.try_code("K7QXMR", IpAddr::from([192, 168, 1, 7])), Tried::In, "others still get in");
        assert!(door.opens_by_key(&"A".repeat(26)));
    }

    #[test]
    fn keys_have_their_length_and_only_letters_of_their_alphabet() -> Result<(), getrandom::Error> {
        let (code, key) = fresh_keys()?;
        assert!(code.len() == 6 && code.bytes().all(|letter| CODE_ALPHABET.contains(&letter)), "{code}");
        assert!(key.len() == 26 && key.bytes().all(|letter| KEY_ALPHABET.contains(&letter)), "{key}");
        Ok(())
    }
}
