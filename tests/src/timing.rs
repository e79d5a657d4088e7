//! How long things take, for benchmarks: medians of many rounds, and two things measured in turns.

use std::time::{Duration, Instant};

/// Rounds before the first that counts: caches fill, pages come in.
const WARM: usize = 5;

/// How long something takes.
pub fn timed(once: impl FnOnce()) -> Duration {
    let clock = Instant::now();
    once();
    clock.elapsed()
}

/// The median of so many measurements; each is told its number.
pub fn median(rounds: usize, measure: impl FnMut(usize) -> Duration) -> Duration {
    let mut all: Vec<Duration> = (0..rounds).map(measure).collect();
    all.sort_unstable();
    all[rounds / 2]
}

/// The median of the time that something takes, once it is warm.
pub fn median_time(rounds: usize, mut once: impl FnMut()) -> Duration {
    (0..WARM).for_each(|_| once());
    median(rounds, |_| timed(&mut once))
}

/// The medians of the times that two things take, measured in turns, so that both meet the same machine.
pub fn beside(rounds: usize, mut one: impl FnMut(), mut other: impl FnMut()) -> (Duration, Duration) {
    for _ in 0..WARM {
        one();
        other();
    }
    let mut others = Vec::with_capacity(rounds);
    let ones = median(rounds, |_| {
        let took = timed(&mut one);
        others.push(timed(&mut other));
        took
    });
    (ones, median(rounds, |n| others[n]))
}

/// Milliseconds.
pub fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
