//! Numbers that look drawn and come again with the same seed, so that a run that failed can be run again.

/// A stream of numbers (splitmix64).
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// Takes the seed of `DEBRIEF_SEED`, or a fresh one, and prints it.
    pub(crate) fn from_the_surroundings(what: &str) -> Self {
        let named = std::env::var("DEBRIEF_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = named.unwrap_or_else(|| getrandom::u64().unwrap());
        println!("{what}: DEBRIEF_SEED={seed}");
        Self(seed)
    }

    /// Branches off a stream of its own, so that two that act at once do not disturb each other.
    pub(crate) fn branch(&self, place: usize) -> Self {
        let mut branch = Self(self.0 ^ u64::try_from(place).unwrap().wrapping_mul(0xA24B_AED4_963E_E407));
        branch.draw();
        branch
    }

    pub(crate) fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.draw() % u64::try_from(bound).unwrap()).unwrap()
    }

    pub(crate) fn in_a_hundred(&mut self, hundredths: usize) -> bool {
        self.below(100) < hundredths
    }

    pub(crate) fn fraction(&mut self) -> f64 {
        f64::from(u32::try_from(self.draw() >> 32).unwrap()) / f64::from(u32::MAX)
    }
}
