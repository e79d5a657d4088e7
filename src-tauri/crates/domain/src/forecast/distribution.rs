//! What the trials of a forecast came to, and how likely something is.
//!
//! 1. *How many* at p % is read from the top, *when* at p % from the bottom: at least p % of the trials are there (6.5).
//! 2. Without trials nothing is likely, and there is no percentile.
//! 3. A share of trials is rounded down, so that 100 % is all of them.
//! 4. A likelihood has words, so that it is understood without knowing about percentiles.

use crate::measures::{Share, Size};
use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;

/// The likelihoods at which a forecast is marked, in per cent.
pub const MARKS: [u32; 4] = [50, 70, 85, 95];

/// How many trials came to each value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Distribution<V> {
    /// The values that came up, in order, each with the number of its trials.
    pub counts: Vec<(V, u32)>,
    /// Trials that came to no value: what was not done as far as a forecast looks.
    pub beyond: u32,
    /// All trials.
    pub trials: u32,
}

/// Amounts that are done by a day.
pub type HowMany = Distribution<Size>;
/// Days from now on which something is done.
pub type When = Distribution<u32>;

impl<V> Default for Distribution<V> {
    fn default() -> Distribution<V> {
        Distribution { counts: Vec::new(), beyond: 0, trials: 0 }
    }
}

impl<V: Copy + Ord> Distribution<V> {
    /// The distribution of counts in order of value, and of trials that came to none.
    pub(super) fn new(counts: Vec<(i64, u32)>, value: impl Fn(i64) -> V, beyond: u32) -> Distribution<V> {
        let counts: Vec<(V, u32)> = counts.into_iter().map(|(at, trials)| (value(at), trials)).collect();
        let trials = counts.iter().map(|(_, trials)| trials).sum::<u32>() + beyond;
        Distribution { counts, beyond, trials }
    }

    /// The distribution of some values and the number of trials of each.
    pub fn of(counts: impl IntoIterator<Item = (V, u32)>) -> Distribution<V> {
        let mut counts: Vec<(V, u32)> = counts.into_iter().filter(|(_, trials)| *trials > 0).collect();
        counts.sort_by_key(|(value, _)| *value);
        let trials = counts.iter().map(|(_, trials)| trials).sum();
        Distribution { counts, beyond: 0, trials }
    }

    /// The value that at least p % of the trials do not go beyond; none where they came to no value.
    pub(super) fn lower(&self, percent: u32) -> Option<V> {
        nearest_rank(self.counts.iter(), percent, self.trials)
    }

    /// The value that at least p % of the trials reach.
    fn upper(&self, percent: u32) -> Option<V> {
        nearest_rank(self.counts.iter().rev(), percent, self.trials)
    }

    /// The share of the trials whose value is so, rounded down.
    pub(super) fn share(&self, is_so: impl Fn(V) -> bool) -> Share {
        let so = self.counts.iter().filter(|(value, _)| is_so(*value)).map(|(_, trials)| u64::from(*trials));
        let part = (so.sum::<u64>() * 10_000).checked_div(u64::from(self.trials)).unwrap_or_default();
        Share::basis_points(part as i64)
    }
}

/// The value at which the trials so far are at least p % of all.
fn nearest_rank<'a, V: Copy + 'a>(
    counts: impl Iterator<Item = &'a (V, u32)>,
    percent: u32,
    trials: u32,
) -> Option<V> {
    let needed = (u64::from(percent.min(100)) * u64::from(trials)).div_ceil(100).max(1);
    let mut so_far = 0_u64;
    counts.into_iter().find_map(|(value, trials)| {
        so_far += u64::from(*trials);
        (so_far >= needed).then_some(*value)
    })
}

impl HowMany {
    /// The amount that at least p % of the trials reach; none without trials.
    pub fn how_many_at(&self, percent: u32) -> Option<Size> {
        self.upper(percent)
    }

    /// The share of the trials that reach an amount.
    pub fn likelihood_of(&self, amount: Size) -> Share {
        self.share(|done| done >= amount)
    }
}

impl When {
    /// The day, in days from now, by which p % of the trials are done; none where fewer are done as far as it looks.
    pub fn when_at(&self, percent: u32) -> Option<u32> {
        self.lower(percent)
    }

    /// The same some days later.
    pub fn later(&self, days: u32) -> When {
        let counts = self.counts.iter().map(|(day, trials)| (day.saturating_add(days), *trials)).collect();
        Distribution { counts, ..*self }
    }

    /// The share of the trials that are done by a day.
    pub fn likelihood_by(&self, day: u32) -> Share {
        self.share(|done| done <= day)
    }
}

/// How likely something is, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Likelihood {
    /// Below 5 %.
    AlmostImpossible,
    /// Below 15 %.
    VeryUnlikely,
    /// Below 40 %.
    Unlikely,
    /// Below 60 %.
    AboutEven,
    /// Below 80 %.
    Likely,
    /// Below 95 %.
    VeryLikely,
    /// 95 % and more.
    AlmostCertain,
}

impl Likelihood {
    /// The words of a share of trials.
    pub fn of(share: Share) -> Likelihood {
        const BELOW: [(i64, Likelihood); 6] = [
            (5, Likelihood::AlmostImpossible),
            (15, Likelihood::VeryUnlikely),
            (40, Likelihood::Unlikely),
            (60, Likelihood::AboutEven),
            (80, Likelihood::Likely),
            (95, Likelihood::VeryLikely),
        ];
        let word = BELOW.iter().find(|(end, _)| share < Share::percent(*end));
        word.map_or(Likelihood::AlmostCertain, |(_, word)| *word)
    }
}

/// `very likely`, `as likely as not`.
impl fmt::Display for Likelihood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Likelihood::AlmostImpossible => "almost impossible",
            Likelihood::VeryUnlikely => "very unlikely",
            Likelihood::Unlikely => "unlikely",
            Likelihood::AboutEven => "as likely as not",
            Likelihood::Likely => "likely",
            Likelihood::VeryLikely => "very likely",
            Likelihood::AlmostCertain => "almost certain",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(counts: &[(i64, u32)]) -> HowMany {
        Distribution::of(counts.iter().map(|(items, trials)| (Size::points(*items), *trials)))
    }

    #[test]
    fn rule_6_5_how_many_is_read_from_the_top_and_when_from_the_bottom() {
        let many = sizes(&[(2, 1), (4, 1), (6, 2)]);
        let at = |percent| many.how_many_at(percent).map(|size| size.to_string());
        assert_eq!([at(50), at(51), at(75), at(76)].map(Option::unwrap), ["6", "4", "4", "2"]);
        let days: When = Distribution::of([(2, 1), (4, 1), (6, 2)]);
        assert_eq!([25, 26, 50, 51, 100].map(|p| days.when_at(p).unwrap()), [2, 4, 4, 6, 6]);
    }

    #[test]
    fn without_trials_nothing_is_likely() {
        assert_eq!((sizes(&[]).how_many_at(50), sizes(&[]).likelihood_of(Size::ZERO)), (None, Share::ZERO));
        assert_eq!((When::default().when_at(50), When::default().likelihood_by(9)), (None, Share::ZERO));
    }

    #[test]
    fn what_is_beyond_has_no_day_and_counts_among_the_trials() {
        let days = Distribution { counts: vec![(3, 6)], beyond: 4, trials: 10 };
        assert_eq!((days.when_at(60), days.when_at(61)), (Some(3), None));
        assert_eq!(days.likelihood_by(u32::MAX), Share::percent(60));
    }

    #[test]
    fn a_share_of_trials_is_rounded_down() {
        assert_eq!(sizes(&[(1, 1), (2, 99_999)]).likelihood_of(Size::points(2)), Share::basis_points(9_999));
    }

    #[test]
    fn a_likelihood_has_words() {
        let words = |percent| Likelihood::of(Share::percent(percent)).to_string();
        assert_eq!(
            [0, 5, 15, 50, 70, 85, 95, 100].map(words),
            [
                "almost impossible",
                "very unlikely",
                "unlikely",
                "as likely as not",
                "likely",
                "very likely",
                "almost certain",
                "almost certain"
            ]
        );
    }
}
