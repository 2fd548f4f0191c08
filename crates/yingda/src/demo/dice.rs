//! Chance for the demonstration: the same seed gives the same desk, in every version of every library.
//!
//! SplitMix64 (Steele, Lea and Flood 2014): eight lines that never change, unlike a library's default generator. Not for
//! secrets.

/// A seeded source of chance.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Dice of their own for a part of the whole, so that a change in one part does not shift all others.
    #[must_use]
    pub fn apart(&self, part: u64) -> Self {
        let mut dice = Self(self.0 ^ part.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.next();
        Self(dice.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low).unwrap_or_default() + 1;
        low + i64::try_from(self.next() % span).unwrap_or_default()
    }

    /// True `percent` times in a hundred.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of several; the list must not be empty.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.index(of.len())]
    }

    /// A place in a list of `length`, which must not be 0.
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.next() % (length as u64)).unwrap_or_default()
    }

    /// A place among weights, as often as its weight says.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut rest = self.between(1, weights.iter().sum::<i64>().max(1));
        for (place, weight) in weights.iter().enumerate() {
            rest -= weight;
            if rest <= 0 {
                return place;
            }
        }
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_falls_the_same_way_and_parts_are_apart() {
        let row = |mut dice: Dice| (0..20).map(|_| dice.between(0, 1000)).collect::<Vec<_>>();
        assert_eq!(row(Dice::new(7)), row(Dice::new(7)));
        assert_ne!(row(Dice::new(7)), row(Dice::new(8)));
        assert_ne!(row(Dice::new(7).apart(1)), row(Dice::new(7).apart(2)));
    }

    #[test]
    fn weights_are_kept_to() {
        let mut dice = Dice::new(1);
        let mut seen = [0; 3];
        for _ in 0..4000 {
            seen[dice.weighted(&[1, 0, 3])] += 1;
        }
        assert_eq!(seen[1], 0);
        assert!((2700..3300).contains(&seen[2]), "{seen:?}");
    }
}
