//! How many interrupts come in a week, and what that may come to.
//!
//! 1. A week counts once it is over, if at least five of its days lie in a time of which interrupts are known. The last
//!    52 such weeks count, and six are needed. A week in which none came counts as 0.
//! 2. The rate is the mean of the weeks. Beside it stand their median and their 85th percentile by nearest rank: a number
//!    that a week really had, and that no more than 15 of 100 went beyond.
//! 3. An interrupt counts on the day on which it came; where that is not known, on the day on which it ended.
//! 4. An expected load = rate × median time of the interrupts whose time is known, of which five are needed. It is an
//!    expectation: what nobody wrote down is never turned into hours (1.4).

use crate::calendar::Day;
use crate::measures::Minutes;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use ts_rs::TS;

/// How many weeks count.
const LOOK_BACK: usize = 52;
/// How many are needed.
const NEEDED: usize = 6;
/// How many days of a week must be known.
const DAYS: u32 = 5;
/// How many interrupts must know their time.
const TIMES: usize = 5;
/// The percentile, in hundredths.
const PERCENTILE: usize = 85;

/// How many interrupts come in a week, or why that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(rename = "InterruptsAWeek")]
pub enum Rate {
    /// It is known.
    Known(WeeklyRate),
    /// Too few weeks are known.
    TooShort {
        /// How many are.
        weeks: u32,
        /// How many are needed.
        needed: u32,
    },
}

/// How many interrupts come in a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WeeklyRate {
    /// How many came in all the weeks.
    pub count: u32,
    /// The mean of a week, in hundredths.
    pub mean: u32,
    /// The median of the weeks, in hundredths.
    pub median: u32,
    /// The 85th percentile of the weeks.
    pub most: u32,
    /// The weeks, the earliest first.
    pub weeks: Vec<Week>,
    /// What they may take; none where too few interrupts know their time.
    pub load: Option<ExpectedLoad>,
}

/// A week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "InterruptsWeek")]
pub struct Week {
    /// Its Monday.
    pub monday: Day,
    /// How many interrupts came.
    pub count: u32,
}

/// What the interrupts of a week may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedLoad {
    /// Of how many interrupts the time is known.
    pub of: u32,
    /// The median of their times.
    pub each: Minutes,
    /// What a week may take.
    pub a_week: Minutes,
}

/// How many interrupts come in a week: of days on which one came, of times in which interrupts are known (first and last
/// day), and of how long those took whose time is known.
pub fn rate(arrivals: &[Day], known: &[(Day, Day)], times: &[Minutes], today: Day) -> Rate {
    let mut counts: HashMap<Day, u32> = HashMap::new();
    for day in arrivals {
        *counts.entry(day.monday()).or_default() += 1;
    }
    let week = |monday: Day| Week { monday, count: counts.get(&monday).copied().unwrap_or_default() };
    let mut weeks: Vec<Week> = known_weeks(known, today).into_iter().map(week).collect();
    weeks.drain(..weeks.len().saturating_sub(LOOK_BACK));
    if weeks.len() < NEEDED {
        return Rate::TooShort { weeks: weeks.len() as u32, needed: NEEDED as u32 };
    }
    let mut sorted: Vec<u32> = weeks.iter().map(|week| week.count).collect();
    sorted.sort_unstable();
    let many = weeks.len() as u32;
    let count: u32 = sorted.iter().sum();
    let mean = (count * 100 + many / 2) / many;
    let hundredths: Vec<i64> = sorted.iter().map(|count| i64::from(*count) * 100).collect();
    let rank = (sorted.len() * PERCENTILE).div_ceil(100);
    Rate::Known(WeeklyRate {
        count,
        mean,
        median: median(&hundredths) as u32,
        most: sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default(),
        load: load(mean, times),
        weeks,
    })
}

/// The Mondays of the weeks that count, in order (rule 1).
fn known_weeks(known: &[(Day, Day)], today: Day) -> Vec<Day> {
    // A bit for each day of the week that is known.
    let mut weeks: BTreeMap<Day, u8> = BTreeMap::new();
    for (first, last) in known {
        for day in first.through(*last) {
            let monday = day.monday();
            *weeks.entry(monday).or_default() |= 1 << monday.days_until(day);
        }
    }
    let counts = |(monday, days): &(Day, u8)| monday.plus(6) < today && days.count_ones() >= DAYS;
    weeks.into_iter().filter(counts).map(|(monday, _)| monday).collect()
}

fn load(mean: u32, times: &[Minutes]) -> Option<ExpectedLoad> {
    if times.len() < TIMES {
        return None;
    }
    let mut sorted: Vec<i64> = times.iter().map(|time| time.in_minutes()).collect();
    sorted.sort_unstable();
    let each = median(&sorted);
    let a_week = Minutes::new((each * i64::from(mean) + 50) / 100);
    Some(ExpectedLoad { of: times.len() as u32, each: Minutes::new(each), a_week })
}

/// The middle of sorted numbers, halves up; 0 where there are none.
fn median(sorted: &[i64]) -> i64 {
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0,
        many if many % 2 == 1 => at(middle),
        _ => (at(middle - 1) + at(middle) + 1) / 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Weeks from Monday 5 January 2026, each with how many came; minutes that are known; what comes of it.
    fn check(weeks: &str, minutes: &[i64], expected: Expect) {
        let first = day("2026-01-05");
        let mut arrivals = Vec::new();
        let mut count = 0;
        for (place, many) in weeks.split_whitespace().enumerate() {
            arrivals.extend((0..many.parse().unwrap()).map(|n: i64| first.plus(7 * place as i64 + n % 7)));
            count += 1;
        }
        let last = first.plus(7 * count - 1);
        let times: Vec<Minutes> = minutes.iter().map(|minutes| Minutes::new(*minutes)).collect();
        expected.assert_eq(&told(&rate(&arrivals, &[(first, last)], &times, last.plus(1))));
    }

    fn told(rate: &Rate) -> String {
        match rate {
            Rate::TooShort { weeks, needed } => format!("{weeks} of {needed} weeks"),
            Rate::Known(known) => {
                let load = known.load.map(|load| format!(", {} × {} = {}", load.of, load.each, load.a_week));
                format!(
                    "{} in {} weeks, mean {}, median {}, 85 % {}{}",
                    known.count,
                    known.weeks.len(),
                    known.mean,
                    known.median,
                    known.most,
                    load.unwrap_or_default()
                )
            }
        }
    }

    #[test]
    fn a_rate_is_the_mean_median_and_85th_percentile_of_whole_weeks() {
        check("3 0 5 4 2 6 3", &[], expect!["23 in 7 weeks, mean 329, median 300, 85 % 5"]);
        check("1 2 3 4 5 6 7 8 9 10", &[], expect!["55 in 10 weeks, mean 550, median 550, 85 % 9"]);
        check("0 0 0 0 0 0", &[], expect!["0 in 6 weeks, mean 0, median 0, 85 % 0"]);
        check("3 4 5 6 7", &[], expect!["5 of 6 weeks"]);
    }

    #[test]
    fn an_expected_load_needs_five_times_that_are_known() {
        check("2 2 2 2 2 2", &[60, 60, 60, 60], expect!["12 in 6 weeks, mean 200, median 200, 85 % 2"]);
        check(
            "2 2 2 2 3 2",
            &[60, 30, 90, 600, 120],
            expect!["13 in 6 weeks, mean 217, median 200, 85 % 3, 5 × 1.5 h = 3.3 h"],
        );
    }

    #[test]
    fn a_week_counts_when_it_is_over_and_five_of_its_days_are_known() {
        let first = day("2026-01-05");
        let weeks = |known: &[(i64, i64)], today: i64| {
            let known: Vec<_> = known.iter().map(|(from, to)| (first.plus(*from), first.plus(*to))).collect();
            known_weeks(&known, first.plus(today)).len()
        };
        assert_eq!(weeks(&[(0, 6)], 6), 0, "Sunday is not over");
        assert_eq!(weeks(&[(0, 6)], 7), 1);
        assert_eq!(weeks(&[(0, 3)], 9), 0, "Monday to Thursday");
        assert_eq!(weeks(&[(0, 4), (7, 11)], 20), 2, "Sprints from Monday to Friday");
        assert_eq!(weeks(&[(0, 1), (3, 5)], 20), 1, "two times together");
        assert_eq!(weeks(&[(0, 6), (2, 8)], 20), 1, "no day is known twice");
        assert_eq!(weeks(&[(6, 0)], 20), 0);
    }

    #[test]
    fn a_year_counts_and_no_more() {
        let first = day("2020-01-06");
        let arrivals = [first, first.plus(7 * 199)];
        let rate = rate(&arrivals, &[(first, first.plus(7 * 200 - 1))], &[], first.plus(7 * 200));
        let Rate::Known(known) = rate else { panic!("{rate:?}") };
        assert_eq!((known.weeks.len(), known.count), (52, 1));
        assert_eq!(known.weeks.first().map(|week| week.monday), Some(first.plus(7 * 148)));
    }
}
