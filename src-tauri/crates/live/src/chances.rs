//! Chance for requests, drawn in advance: asking the system anew for each ballot of a burst would cost more than
//! deciding it.

use meeting::Chance;

const DRAWN: usize = 64;

/// Numbers that the system has drawn and nobody has used.
#[derive(Debug, Default)]
pub(crate) struct Chances(Vec<u64>);

impl Chances {
    /// Returns a chance of its own.
    pub(crate) fn next(&mut self) -> Result<Chance, getrandom::Error> {
        if let Some(chance) = self.0.pop() {
            return Ok(Chance(chance));
        }
        let mut bytes = [0; DRAWN * 8];
        getrandom::fill(&mut bytes)?;
        self.0.extend(bytes.chunks_exact(8).map(|eight| eight.iter().fold(0, |n, byte| (n << 8) | u64::from(*byte))));
        self.0.pop().map(Chance).ok_or(getrandom::Error::UNSUPPORTED)
    }
}
