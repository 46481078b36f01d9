//! A set of positions in a sentence, small enough to be copied.

/// The most words of one sentence that are looked at.
pub(crate) const MOST_WORDS: usize = 255;

/// Positions between words, from before the first to after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Positions([u64; 4]);

impl Positions {
    pub(crate) fn only(at: usize) -> Self {
        let mut set = Self::default();
        set.insert(at);
        set
    }

    /// Every position from 0 to `last`, inclusive.
    pub(crate) fn up_to(last: usize) -> Self {
        let mut set = Self::default();
        (0..=last).for_each(|at| set.insert(at));
        set
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == [0; 4]
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(std::array::from_fn(|block| self.0[block] | other.0[block]))
    }

    pub(crate) fn last(self) -> Option<usize> {
        (0..4).rev().find(|block| self.0[*block] != 0).map(|block| block * 64 + self.0[block].ilog2() as usize)
    }

    /// The positions that `next` makes of these.
    pub(crate) fn step(self, next: impl Fn(usize) -> Option<usize>) -> Self {
        let mut found = Self::default();
        for (block, bits) in self.0.iter().enumerate() {
            let mut left = *bits;
            while left != 0 {
                let at = block * 64 + left.trailing_zeros() as usize;
                left &= left - 1;
                if let Some(after) = next(at) {
                    found.insert(after);
                }
            }
        }
        found
    }

    fn insert(&mut self, at: usize) {
        if at <= MOST_WORDS {
            self.0[at / 64] |= 1 << (at % 64);
        }
    }
}
