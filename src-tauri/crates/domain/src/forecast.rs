//! What may come, simulated from what was.
//!
//! 1. A forecast draws days of the team's own past, days off included, at random and with repetition, thousands of
//!    times; it answers with a distribution, never with one number (6.1).
//! 2. The samples are what was done in the planned lanes on each calendar day of the last twelve weeks, in the unit of
//!    the question. Fewer than ten days are refused, and so is a past in which nothing was done (6.1).
//! 3. Groups of items are simulated in order, together: what a day has left after one group goes into the next (6.2).
//! 4. *How many* at p % is the amount that at least p % of the trials reach; *when* at p % is the day by which p % of
//!    them are done (6.5).
//! 5. The same seed gives the same answer to the byte, on every machine and with any number of threads: trials are
//!    simulated in chunks of fixed size, each from a stream of its own.
//! 6. All arithmetic is in whole numbers.

mod chance;
mod distribution;
mod plan;
mod score;
mod shown;

pub use chance::Seed;
pub use distribution::{Distribution, HowMany, Likelihood, MARKS, When};
pub use plan::{PastDay, PlanChance, WorkingDay, WorkingPast, plan_chance};
pub use score::{
    Backtest, Backtested, Calibration, Coverage, DailyPast, ForecastOutcome, ForecastScore, KeptForecast,
    Marks, Stretch, back_test, calibration,
};
pub use shown::{AmountForecast, DayForecast, OrderForecast, PastWork, Wanted};

use crate::measures::{Share, Size};
use chance::{Tally, simulate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many days of history are needed.
pub const DAYS_NEEDED: usize = 10;
/// How many weeks of the past are drawn from, unless the team says otherwise.
pub const WEEKS: u32 = 12;
/// How many trials a forecast makes.
pub const TRIALS: u32 = 10_000;
/// How far a forecast looks: ten years of days. What is not done by then is counted as *beyond*.
pub const LONGEST: u32 = 3_650;

/// What was done in the planned lanes on each calendar day of the past, the latest last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    days: Vec<Size>,
}

/// Why there is nothing to forecast from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum TooLittleHistory {
    /// The history is too short.
    #[error("a forecast needs {DAYS_NEEDED} days of history, and there are {days}")]
    Days {
        /// How many days there are.
        days: u32,
    },
    /// Nothing was done in it.
    #[error("nothing was done in the planned lanes in the last {days} days")]
    NothingDone {
        /// How many days there are.
        days: u32,
    },
}

impl Samples {
    /// The samples of consecutive calendar days; what is below nothing counts as nothing.
    pub fn new(days: impl IntoIterator<Item = Size>) -> Result<Samples, TooLittleHistory> {
        let days: Vec<Size> = days.into_iter().map(|done| done.max(Size::ZERO)).collect();
        let count = days.len() as u32;
        if days.len() < DAYS_NEEDED {
            return Err(TooLittleHistory::Days { days: count });
        }
        if days.iter().all(|done| *done == Size::ZERO) {
            return Err(TooLittleHistory::NothingDone { days: count });
        }
        Ok(Samples { days })
    }

    /// What was done on each day, the earliest first.
    pub fn days(&self) -> &[Size] {
        &self.days
    }

    /// The average of a day.
    pub fn mean(&self) -> f64 {
        self.days.iter().map(|done| done.in_points()).sum::<f64>() / self.days.len() as f64
    }

    /// The samples as if a share of them had been done: 120 % is a fifth more.
    pub fn scaled(&self, share: Share) -> Result<Samples, TooLittleHistory> {
        Samples::new(self.days.iter().map(|done| share.of_size(*done)))
    }
}

/// How much is done in a number of days. Source: semantics 6.1.
pub fn how_many(samples: &Samples, days: u32, trials: u32, seed: Seed) -> HowMany {
    let days = days.min(LONGEST);
    let (draw, step) = steps(samples.days(), &[]);
    let tally = simulate(trials, seed, Tally::default, |tally, chance| {
        let mut done = 0_i64;
        for _ in 0..days {
            done = done.saturating_add(draw[chance.below(draw.len())]);
        }
        tally.add(done);
    });
    Distribution::new(tally.counts(), |steps| Size::hundredths(steps.saturating_mul(step)), 0)
}

/// On which day an amount is done, in days from now: 1 is the first day that is simulated. Source: semantics 6.1.
pub fn when(samples: &Samples, amount: Size, trials: u32, seed: Seed) -> When {
    when_in_order(samples, &[amount], trials, seed).pop().unwrap_or_default()
}

/// On which day each of several amounts is done that are worked off in this order. Source: semantics 6.2.
pub fn when_in_order(samples: &Samples, amounts: &[Size], trials: u32, seed: Seed) -> Vec<When> {
    let mut sum = Size::ZERO;
    let ends: Vec<Size> = amounts
        .iter()
        .map(|amount| {
            sum += (*amount).max(Size::ZERO);
            sum
        })
        .collect();
    let (draw, step) = steps(samples.days(), &ends);
    let ends: Vec<i64> = ends.iter().map(|end| end.in_hundredths() / step).collect();
    let make = || vec![Tally::default(); ends.len()];
    let tallies = simulate(trials, seed, make, |tallies, chance| {
        let (mut done, mut day) = (0_i64, 0_u32);
        for (tally, end) in tallies.iter_mut().zip(&ends) {
            while done < *end && day < LONGEST {
                done = done.saturating_add(draw[chance.below(draw.len())]);
                day += 1;
            }
            // Past the last day that is looked at; it is taken apart below.
            tally.add(if done < *end { i64::from(LONGEST) + 1 } else { i64::from(day) });
        }
    });
    let distribution = |tally: &Tally| {
        let (within, beyond): (Vec<_>, Vec<_>) =
            tally.counts().into_iter().partition(|(day, _)| *day <= i64::from(LONGEST));
        let beyond = beyond.iter().map(|(_, trials)| trials).sum();
        Distribution::new(within, |day| u32::try_from(day).unwrap_or(LONGEST), beyond)
    };
    tallies.iter().map(distribution).collect()
}

/// What remains at the end of a day still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConeDay {
    /// Days from now; 0 is now, before the first day that is simulated.
    pub day: u32,
    /// A tenth of the trials has this much left, or less.
    pub p10: Size,
    /// A quarter.
    pub p25: Size,
    /// Half.
    pub p50: Size,
    /// Three quarters.
    pub p75: Size,
    /// Nine tenths.
    pub p90: Size,
}

/// What remains of an amount now and at the end of each of the days to come. Source: semantics 6.1.
///
/// A burn-up draws the same: what is done is the amount less what remains.
pub fn cone(samples: &Samples, remaining: Size, days: u32, trials: u32, seed: Seed) -> Vec<ConeDay> {
    let start = remaining.max(Size::ZERO);
    let same = |day, size| ConeDay { day, p10: size, p25: size, p50: size, p75: size, p90: size };
    let days = days.min(LONGEST);
    if trials == 0 {
        return vec![same(0, start)];
    }
    let (draw, step) = steps(samples.days(), &[start]);
    let start_steps = start.in_hundredths() / step;
    let make = || vec![Tally::default(); days as usize];
    let tallies = simulate(trials, seed, make, |tallies, chance| {
        let mut left = start_steps;
        for tally in tallies {
            left = left.saturating_sub(draw[chance.below(draw.len())]).max(0);
            tally.add(left);
        }
    });
    let day = |(tally, day): (&Tally, u32)| {
        let left = Distribution::new(tally.counts(), |steps| steps.saturating_mul(step), 0);
        let at = |percent| Size::hundredths(left.lower(percent).unwrap_or_default());
        ConeDay { day, p10: at(10), p25: at(25), p50: at(50), p75: at(75), p90: at(90) }
    };
    std::iter::once(same(0, start)).chain(tallies.iter().zip(1..).map(day)).collect()
}

/// The samples in steps of their greatest common divisor with some other amounts, so that trials count in small numbers.
fn steps(samples: &[Size], others: &[Size]) -> (Vec<i64>, i64) {
    let sizes = samples.iter().chain(others).map(|size| size.in_hundredths());
    let step = sizes.fold(0, greatest_common_divisor).max(1);
    (samples.iter().map(|done| done.in_hundredths() / step).collect(), step)
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests;
