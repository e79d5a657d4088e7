//! Chance: a seed, its streams, and the counting of what the trials come to.
//!
//! 1. A chunk is a thousand trials and draws from the stream of its number, so that it does not matter which thread
//!    simulates it, nor how many there are.
//! 2. Few trials are simulated where they are asked for; from a hundred thousand on every core takes chunks.
//! 3. A tally adds up, in whatever order its parts come.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use ts_rs::TS;

/// Trials of one stream.
const CHUNK: u32 = 1_000;
/// From how many trials on several threads pay.
const MANY: u32 = 100_000;
/// Values below this are counted in place, larger ones in a map.
const DENSE: usize = 1 << 16;

/// What chance starts from: the same seed gives the same trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct Seed(u32);

impl Seed {
    /// The seed of a number.
    pub const fn new(number: u32) -> Seed {
        Seed(number)
    }

    /// Its number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Its stream of that number.
    fn stream(self, number: u64) -> Chance {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&self.0.to_le_bytes());
        let mut stream = ChaCha8Rng::from_seed(bytes);
        stream.set_stream(number);
        Chance(stream)
    }
}

/// One stream of chance.
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// A number from 0 to below the end; 0 where the end is 0.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // A high part of the product: as even as 32 bits allow, and without a division.
        ((u64::from(self.0.next_u32()) * end as u64) >> 32) as usize
    }
}

/// What adds up.
pub(super) trait Counted: Send {
    /// Takes in another part.
    fn absorb(&mut self, other: Self);
}

/// Simulates trials, each of which adds to what is counted.
pub(super) fn simulate<C: Counted>(
    trials: u32,
    seed: Seed,
    make: impl Fn() -> C + Sync,
    trial: impl Fn(&mut C, &mut Chance) + Sync,
) -> C {
    let threads = if trials < MANY { 1 } else { std::thread::available_parallelism().map_or(1, usize::from) };
    simulate_on(threads, trials, seed, make, trial)
}

/// Simulates on a number of threads.
pub(super) fn simulate_on<C: Counted>(
    threads: usize,
    trials: u32,
    seed: Seed,
    make: impl Fn() -> C + Sync,
    trial: impl Fn(&mut C, &mut Chance) + Sync,
) -> C {
    let chunks = trials.div_ceil(CHUNK);
    let next = AtomicU32::new(0);
    // Whoever is free takes the next chunk; which one that is changes no sum.
    let some = || {
        let mut counted = make();
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            if chunk >= chunks {
                return counted;
            }
            let mut chance = seed.stream(u64::from(chunk));
            for _ in chunk * CHUNK..trials.min((chunk + 1).saturating_mul(CHUNK)) {
                trial(&mut counted, &mut chance);
            }
        }
    };
    let some = &some;
    std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(some)).collect();
        let mut counted = some();
        for other in others {
            match other.join() {
                Ok(other) => counted.absorb(other),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        counted
    })
}

/// How many trials came to each value from 0 on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    small: Vec<u32>,
    large: BTreeMap<i64, u32>,
}

impl Tally {
    /// Counts a trial.
    pub(super) fn add(&mut self, value: i64) {
        match usize::try_from(value) {
            Ok(place) if place < self.small.len() => self.small[place] += 1,
            Ok(place) if place < DENSE => {
                self.small.resize((place + 1).next_power_of_two(), 0);
                self.small[place] += 1;
            }
            _ => *self.large.entry(value).or_default() += 1,
        }
    }

    /// Each value that came up and its trials, in order.
    pub(super) fn counts(&self) -> Vec<(i64, u32)> {
        let small = self.small.iter().zip(0..).map(|(trials, value)| (value, *trials));
        let large = self.large.iter().map(|(value, trials)| (*value, *trials));
        small.chain(large).filter(|(_, trials)| *trials > 0).collect()
    }
}

impl Counted for Tally {
    fn absorb(&mut self, other: Tally) {
        if self.small.len() < other.small.len() {
            self.small.resize(other.small.len(), 0);
        }
        for (mine, theirs) in self.small.iter_mut().zip(other.small) {
            *mine += theirs;
        }
        for (value, trials) in other.large {
            *self.large.entry(value).or_default() += trials;
        }
    }
}

impl Counted for Vec<Tally> {
    fn absorb(&mut self, other: Vec<Tally>) {
        for (mine, theirs) in self.iter_mut().zip(other) {
            mine.absorb(theirs);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let count = |threads| {
            simulate_on(threads, 25_500, Seed::new(7), Tally::default, |tally, chance| {
                tally.add((0..10).map(|_| chance.below(100_000) as i64).sum());
            })
        };
        let alone = count(1);
        assert_eq!(alone.counts().iter().map(|(_, trials)| trials).sum::<u32>(), 25_500);
        for threads in [2, 3, 8, 40] {
            assert_eq!(count(threads).counts(), alone.counts(), "{threads} threads");
        }
    }

    #[test]
    fn a_seed_gives_the_same_numbers_on_every_machine() {
        let first = |seed, stream| {
            let mut chance = Seed::new(seed).stream(stream);
            (0..6).map(|_| chance.below(1_000)).collect::<Vec<usize>>()
        };
        assert_eq!(first(1, 0), first(1, 0));
        assert_ne!(first(1, 0), first(2, 0));
        assert_ne!(first(1, 0), first(1, 1));
        expect_test::expect!["[628, 381, 929, 294, 397, 798]"].assert_eq(&format!("{:?}", first(1, 0)));
    }

    #[test]
    fn chance_is_even() {
        let mut chance = Seed::new(3).stream(0);
        let mut counts = [0; 7];
        (0..70_000).for_each(|_| counts[chance.below(7)] += 1);
        assert!(counts.iter().all(|count| (9_700..10_300).contains(count)), "{counts:?}");
    }
}
