//! How past forecasts held.
//!
//! 1. A forecast of an amount held at p % where what was done reached the amount at p %; one of a day, where it was done
//!    by the day at p %.
//! 2. Past forecasts are counted by mark: “our 85 % forecasts held 8 of 10 times” (6.4).
//! 3. A back-test walks forward: each Sprint is forecast from what was known at its start, and from nothing later.
//! 4. Where days are known, days are drawn. Where only the totals of Sprints are known, whole Sprints are drawn, the last
//!    twelve, and what one did counts by its length.
//! 5. Where too little was known at the start of a Sprint there is no forecast for it, and it counts nowhere.
//! 6. “At least nothing” and “some day” say nothing, always hold, and are counted nowhere.

use super::chance::{Tally, simulate};
use super::{DAYS_NEEDED, Distribution, HowMany, MARKS, Samples, Seed, TRIALS, When, how_many};
use crate::calendar::{Day, Instant};
use crate::flow::Unit;
use crate::identity::{ItemId, RowId, SprintId};
use crate::measures::Size;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How many closed Sprints are needed where only their totals are known.
const SPRINTS_NEEDED: usize = 3;

/// What a forecast said at each of [`MARKS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Marks {
    /// Amounts that are done by its last day.
    Amounts([Size; 4]),
    /// Days, counted from the day before its first; none is beyond what a forecast looks at.
    Days([Option<u32>; 4]),
}

impl Marks {
    /// The marks of amounts; none without trials.
    pub fn of_amounts(done: &HowMany) -> Option<Marks> {
        let [a, b, c, d] = MARKS.map(|percent| done.how_many_at(percent));
        Some(Marks::Amounts([a?, b?, c?, d?]))
    }

    /// The marks of days.
    pub fn of_days(when: &When) -> Marks {
        Marks::Days(MARKS.map(|percent| when.when_at(percent)))
    }

    /// What is known of it at last: whether it held at each mark (rule 1). None while that is open: a day that may
    /// still come, an amount of which a part may still be done.
    pub fn judged(&self, outcome: ForecastOutcome) -> Option<[bool; 4]> {
        match (self, outcome) {
            (Marks::Amounts(marks), ForecastOutcome::Amount(done)) => Some(marks.map(|mark| done >= mark)),
            (Marks::Days(marks), ForecastOutcome::Day(day)) => {
                Some(marks.map(|mark| mark.is_none_or(|mark| day <= mark)))
            }
            (Marks::Days(marks), ForecastOutcome::NotWithin(days)) => {
                marks[3].is_some_and(|last| last <= days).then_some([false; 4])
            }
            _ => None,
        }
    }
}

impl Marks {
    /// Whether it held at each mark at which it said anything (rule 6).
    pub fn counted(&self, held: [bool; 4]) -> [Option<bool>; 4] {
        let says = match self {
            Marks::Amounts(marks) => marks.map(|mark| mark > Size::ZERO),
            Marks::Days(marks) => marks.map(|mark| mark.is_some()),
        };
        std::array::from_fn(|place| says[place].then_some(held[place]))
    }
}

/// What became of a forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ForecastOutcome {
    /// So much was done by its last day.
    Amount(Size),
    /// It was done on that day, counted from the day before its first.
    Day(u32),
    /// It was not done within so many days.
    NotWithin(u32),
}

/// A forecast that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptForecast {
    /// Its identity.
    pub id: RowId,
    /// When it was made.
    pub made_at: Instant,
    /// The question in words.
    pub question: String,
    /// The answer in words.
    pub answer: String,
    /// The question as it was asked, as JSON.
    pub asked: String,
    /// What it was drawn from, as JSON: with the seed it gives the same answer again.
    pub drawn_from: String,
    /// Its seed.
    pub seed: Seed,
    /// Its trials.
    pub trials: u32,
    /// What was counted.
    pub unit: Unit,
    /// The Sprint until whose end it counts, if it is about one.
    pub sprint: Option<SprintId>,
    /// The first day that was simulated.
    pub first_day: Day,
    /// The last, where amounts were asked for.
    pub last_day: Option<Day>,
    /// The amount, where days were asked for.
    pub amount: Option<Size>,
    /// The items, where some were named.
    pub items: Vec<ItemId>,
    /// What it said.
    pub marks: Marks,
    /// What became of it; none until a Sprint closes after that is known.
    pub score: Option<ForecastScore>,
}

/// What became of a forecast, written when a Sprint closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForecastScore {
    /// The Sprint that closed.
    pub sprint: SprintId,
    /// When.
    pub recorded_at: Instant,
    /// What became of it; the days for which it was not done are not kept.
    pub outcome: Option<i64>,
    /// Whether it held at each of [`MARKS`].
    pub held: [bool; 4],
}

/// How many of the latest are drawn from then.
const SPRINTS_DRAWN: usize = 12;

/// How often forecasts of one mark held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// The mark, in per cent.
    pub percent: u32,
    /// How often it held.
    pub held: u32,
    /// Of how many times.
    pub of: u32,
}

/// How past forecasts held, one entry for each of [`MARKS`].
pub type Calibration = Vec<Coverage>;

/// Counts past forecasts, each with whether it held at each of [`MARKS`]; none where it said nothing there (rule 6).
/// Source: semantics 6.4.
pub fn calibration(held: impl IntoIterator<Item = [Option<bool>; 4]>) -> Calibration {
    let mut all: Calibration =
        MARKS.iter().map(|percent| Coverage { percent: *percent, held: 0, of: 0 }).collect();
    for one in held {
        for (coverage, held) in all.iter_mut().zip(one) {
            coverage.of += u32::from(held.is_some());
            coverage.held += u32::from(held == Some(true));
        }
    }
    all
}

/// A Sprint of the past, or any other stretch of days that is forecast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// What was committed; none where that is not known.
    pub committed: Option<Size>,
    /// What was completed in it.
    pub completed: Size,
}

impl Stretch {
    fn days(&self) -> u32 {
        u32::try_from(self.first.days_until(self.last) + 1).unwrap_or(0)
    }
}

/// Consecutive days of the past, and what was done on each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyPast {
    /// The first of them.
    pub first: Day,
    /// What was done on each, from the first on.
    pub done: Vec<Size>,
    /// How many of them are drawn from, the latest before a Sprint.
    pub window: u32,
}

impl DailyPast {
    /// What was done on the days of the window before a day.
    fn before(&self, day: Day) -> &[Size] {
        let end = usize::try_from(self.first.days_until(day)).unwrap_or(0).min(self.done.len());
        &self.done[end.saturating_sub(self.window as usize)..end]
    }
}

/// A Sprint as it would have been forecast at its start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Backtested {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// What was committed; none where that is not known.
    pub committed: Option<Size>,
    /// What was completed.
    pub completed: Size,
    /// The amount at each of [`MARKS`]; none where too little was known at its start.
    pub forecast: Option<[Size; 4]>,
}

/// A walk through past Sprints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Backtest {
    /// The Sprints, the earliest first.
    pub sprints: Vec<Backtested>,
    /// How often what was completed reached the forecast, by mark.
    pub coverage: Calibration,
    /// How often it reached what was committed, where both are known.
    pub committed: Coverage,
}

/// Forecasts each Sprint from what was known at its start, and compares. Source: semantics 6.4.
pub fn back_test(mut stretches: Vec<Stretch>, daily: Option<&DailyPast>, seed: Seed) -> Backtest {
    stretches.sort_by_key(|one| (one.first, one.last));
    let sprints: Vec<Backtested> = stretches
        .iter()
        .map(|stretch| {
            let done = match daily {
                Some(daily) => from_days(daily, stretch, seed),
                None => from_sprints(&stretches, stretch, seed),
            };
            let forecast =
                done.and_then(|done| Some([at(&done, 0)?, at(&done, 1)?, at(&done, 2)?, at(&done, 3)?]));
            let Stretch { name, first, last, committed, completed } = stretch.clone();
            Backtested { name, first, last, committed, completed, forecast }
        })
        .collect();
    let held = |one: &Backtested| {
        let marks = Marks::Amounts(one.forecast?);
        Some(marks.counted(marks.judged(ForecastOutcome::Amount(one.completed))?))
    };
    let coverage = calibration(sprints.iter().filter_map(held));
    let kept = sprints.iter().filter_map(|one| one.committed.map(|committed| one.completed >= committed));
    let (of, held) = kept.fold((0, 0), |(of, held), kept| (of + 1, held + u32::from(kept)));
    Backtest { sprints, coverage, committed: Coverage { percent: 100, held, of } }
}

fn at(done: &HowMany, mark: usize) -> Option<Size> {
    done.how_many_at(MARKS[mark])
}

fn from_days(daily: &DailyPast, stretch: &Stretch, seed: Seed) -> Option<HowMany> {
    let samples = Samples::new(daily.before(stretch.first).iter().copied()).ok()?;
    Some(how_many(&samples, stretch.days(), TRIALS, seed))
}

/// Draws whole Sprints that were over when this one began (rule 4).
fn from_sprints(all: &[Stretch], stretch: &Stretch, seed: Seed) -> Option<HowMany> {
    let mut past: Vec<&Stretch> =
        all.iter().filter(|one| one.last < stretch.first && one.days() > 0).collect();
    past.sort_by_key(|one| one.last);
    let past = &past[past.len().saturating_sub(SPRINTS_DRAWN)..];
    let days: u32 = past.iter().map(|one| one.days()).sum();
    if past.len() < SPRINTS_NEEDED || (days as usize) < DAYS_NEEDED {
        return None;
    }
    let length = i128::from(stretch.days());
    let as_long = |one: &&Stretch| {
        let done = i128::from(one.completed.in_hundredths().max(0)) * length / i128::from(one.days());
        i64::try_from(done).unwrap_or(i64::MAX)
    };
    let amounts: Vec<i64> = past.iter().map(as_long).collect();
    let tally = simulate(TRIALS, seed, Tally::default, |tally, chance| {
        tally.add(amounts[chance.below(amounts.len())]);
    });
    Some(Distribution::new(tally.counts(), Size::hundredths, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> Day {
        Day::parse("2026-01-05").unwrap().plus(n)
    }

    fn stretch(n: i64, committed: i64, completed: i64) -> Stretch {
        Stretch {
            name: format!("Sprint {n}"),
            first: day(n * 14),
            last: day(n * 14 + 13),
            committed: Some(Size::points(committed)),
            completed: Size::points(completed),
        }
    }

    fn said(test: &Backtest) -> String {
        let of = |one: &Coverage| format!("{}:{}/{}", one.percent, one.held, one.of);
        test.coverage.iter().map(of).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rule_6_4_forecasts_are_counted_by_mark() {
        let held = [[false, true, true, true], [true, true, true, true], [false, false, false, true]];
        let counted = calibration(held.map(|one| one.map(Some)));
        assert_eq!(
            counted.iter().map(|one| (one.percent, one.held, one.of)).collect::<Vec<_>>(),
            [(50, 1, 3), (70, 2, 3), (85, 2, 3), (95, 3, 3)]
        );
        assert!(calibration([]).iter().all(|one| one.of == 0));
        let vague = Marks::Amounts([5, 2, 0, 0].map(Size::points));
        assert_eq!(vague.counted([false, true, true, true]), [Some(false), Some(true), None, None]);
        let far = Marks::Days([Some(3), Some(9), None, None]);
        assert_eq!(far.counted([true; 4]), [Some(true), Some(true), None, None]);
    }

    #[test]
    fn rule_6_4_an_amount_holds_where_it_is_reached_and_a_day_where_it_is_not_passed() {
        let amounts = Marks::Amounts([9, 7, 5, 3].map(Size::points));
        let done = |items| amounts.judged(ForecastOutcome::Amount(Size::points(items)));
        assert_eq!(done(9), Some([true; 4]));
        assert_eq!(done(6), Some([false, false, true, true]));
        assert_eq!(done(2), Some([false; 4]));
        let days = Marks::Days([Some(10), Some(12), Some(15), None]);
        assert_eq!(days.judged(ForecastOutcome::Day(12)), Some([false, true, true, true]));
        assert_eq!(days.judged(ForecastOutcome::NotWithin(4_000)), None, "beyond what it looked at");
        let days = Marks::Days([10, 12, 15, 20].map(Some));
        assert_eq!(days.judged(ForecastOutcome::NotWithin(19)), None, "it may still be done in time");
        assert_eq!(days.judged(ForecastOutcome::NotWithin(20)), Some([false; 4]));
    }

    #[test]
    fn a_steady_team_reaches_each_mark_and_a_slower_one_none() {
        let daily = DailyPast { first: day(0), done: vec![Size::points(1); 70], window: 84 };
        let steady: Vec<Stretch> = (0..5).map(|n| stretch(n, 15, 14)).collect();
        let test = back_test(steady, Some(&daily), Seed::new(1));
        // The first Sprint has no past.
        assert_eq!(test.sprints[0].forecast, None);
        assert_eq!(test.sprints[1].forecast, Some([Size::points(14); 4]));
        assert_eq!(said(&test), "50:4/4 70:4/4 85:4/4 95:4/4");
        assert_eq!((test.committed.held, test.committed.of), (0, 5));
        let slower: Vec<Stretch> = (0..5).map(|n| stretch(n, 15, 13)).collect();
        assert_eq!(said(&back_test(slower, Some(&daily), Seed::new(1))), "50:0/4 70:0/4 85:0/4 95:0/4");
    }

    #[test]
    fn only_what_was_known_at_the_start_of_a_sprint_counts() {
        let before: Vec<Size> = (0..28).map(|n| Size::points(n % 3)).collect();
        let forecast = |after: i64| {
            let done = before.iter().copied().chain([Size::points(after); 14]).collect();
            let daily = DailyPast { first: day(0), done, window: 84 };
            back_test(vec![stretch(2, 9, 9)], Some(&daily), Seed::new(1)).sprints[0].forecast
        };
        assert!(forecast(0).is_some());
        assert_eq!(forecast(0), forecast(90), "what was done from its first day on changes nothing");
    }

    #[test]
    fn the_window_leaves_out_what_is_long_ago() {
        let done: Vec<Size> = (0..60).map(|n| Size::points(if n < 28 { 50 } else { 1 })).collect();
        let daily = |window| DailyPast { first: day(0), done: done.clone(), window };
        let at_85 = |window| {
            let test = back_test(vec![stretch(4, 9, 9)], Some(&daily(window)), Seed::new(1));
            test.sprints[0].forecast.unwrap()[2]
        };
        assert_eq!(at_85(28), Size::points(14));
        assert!(at_85(84) > Size::points(14));
    }

    #[test]
    fn where_only_totals_are_known_whole_sprints_are_drawn_by_their_length() {
        let mut all: Vec<Stretch> = (0..4).map(|n| stretch(n, 20, 10 + n)).collect();
        let mut half = stretch(4, 20, 6);
        half.last = half.first.plus(6);
        all.push(half);
        let test = back_test(all, None, Seed::new(1));
        assert!(test.sprints[..3].iter().all(|one| one.forecast.is_none()), "three Sprints are needed");
        let marks = test.sprints[3].forecast.unwrap();
        assert_eq!((marks[0], marks[3]), (Size::points(11), Size::points(10)));
        assert_eq!(test.sprints[4].forecast.unwrap()[3], Size::points(5), "half as long, half as much");
        assert_eq!(said(&test), "50:2/2 70:2/2 85:2/2 95:2/2");
    }
}
