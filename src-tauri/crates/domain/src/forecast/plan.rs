//! The chance that a Sprint's plan holds.
//!
//! 1. A working day of the past is drawn as a whole: what was finished on it in the planned lanes, and what interrupts
//!    took (6.3).
//! 2. What was finished is scaled by the day's net hours ÷ those of an average day of that past on which anybody worked,
//!    so that absences and on-call load of the days ahead count. Where net hours are known of fewer than ten days, a
//!    working day is a working day.
//! 3. The plan is worked off in its order, the planned lanes together: each item has the chance that it is finished
//!    with all before it.
//! 4. The buffer holds in a trial in which what the interrupts took is no more than it has.

use super::chance::{Counted, Tally, simulate};
use super::{DAYS_NEEDED, Distribution, HowMany, Seed, TooLittleHistory, greatest_common_divisor};
use crate::measures::{Minutes, Share, Size};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A working day of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastDay {
    /// What was done in the planned lanes.
    pub done: Size,
    /// What interrupts took.
    pub interrupts: Minutes,
    /// The team's net minutes; none where they are not known.
    pub net: Option<Minutes>,
}

/// A working day ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingDay {
    /// The team's net minutes; none where they are not known.
    pub net: Option<Minutes>,
}

/// The working days of the past from which a plan's chance is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkingPast {
    days: Vec<PastDay>,
}

impl WorkingPast {
    /// Working days of the past, days off left out.
    pub fn new(days: Vec<PastDay>) -> Result<WorkingPast, TooLittleHistory> {
        let count = days.len() as u32;
        if days.len() < DAYS_NEEDED {
            return Err(TooLittleHistory::Days { days: count });
        }
        if days.iter().all(|day| day.done <= Size::ZERO) {
            return Err(TooLittleHistory::NothingDone { days: count });
        }
        Ok(WorkingPast { days })
    }

    /// The days.
    pub fn days(&self) -> &[PastDay] {
        &self.days
    }

    /// The average net minutes of the days on which anybody worked; none where that is known of fewer than ten.
    pub fn usual(&self) -> Option<Minutes> {
        let known = self.days.iter().filter_map(|day| day.net).filter(|net| *net > Minutes::ZERO);
        let known: Vec<Minutes> = known.collect();
        let enough = known.len() >= DAYS_NEEDED;
        enough.then(|| Minutes::new(known.iter().copied().sum::<Minutes>().in_minutes() / known.len() as i64))
    }
}

/// What the days ahead make of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanChance {
    /// What is done in the planned lanes by the end.
    pub done: HowMany,
    /// The share of the trials in which the whole plan is done.
    pub all: Share,
    /// For each item, the share of the trials in which it is done with all before it.
    pub each: Vec<Share>,
    /// What interrupts take.
    pub interrupts: Distribution<Minutes>,
    /// The share of the trials in which they take no more than the buffer has; none where the buffer is not known.
    pub buffer: Option<Share>,
    /// Whether net hours are known, past and ahead, so that absences and on-call load count.
    pub by_hours: bool,
}

#[derive(Default)]
struct Tallies {
    done: Tally,
    interrupts: Tally,
}

impl Counted for Tallies {
    fn absorb(&mut self, other: Tallies) {
        self.done.absorb(other.done);
        self.interrupts.absorb(other.interrupts);
    }
}

/// The chance that amounts of work are done in their order on the working days ahead. Source: semantics 6.3.
pub fn plan_chance(
    past: &WorkingPast,
    ahead: &[WorkingDay],
    amounts: &[Size],
    buffer: Option<Minutes>,
    trials: u32,
    seed: Seed,
) -> PlanChance {
    let usual = past.usual().filter(|_| ahead.iter().all(|day| day.net.is_some()));
    let share = |day: &WorkingDay| match (day.net, usual) {
        (Some(net), Some(usual)) => {
            let part = i128::from(net.in_minutes().max(0)) * 10_000 / i128::from(usual.in_minutes());
            Share::basis_points(i64::try_from(part).unwrap_or(i64::MAX))
        }
        _ => Share::WHOLE,
    };
    let done_on = |day: &WorkingDay| -> Vec<i64> {
        let share = share(day);
        past.days.iter().map(|one| share.of_size(one.done.max(Size::ZERO)).in_hundredths()).collect()
    };
    let mut days: Vec<Vec<i64>> = ahead.iter().map(done_on).collect();
    let step = days.iter().flatten().copied().fold(0, greatest_common_divisor).max(1);
    days.iter_mut().flatten().for_each(|done| *done /= step);
    let took: Vec<i64> = past.days.iter().map(|one| one.interrupts.in_minutes().max(0)).collect();
    let tallies = simulate(trials, seed, Tallies::default, |tallies, chance| {
        let (mut done, mut interrupts) = (0_i64, 0_i64);
        for day in &days {
            let drawn = chance.below(took.len());
            done = done.saturating_add(day[drawn]);
            interrupts = interrupts.saturating_add(took[drawn]);
        }
        tallies.done.add(done);
        tallies.interrupts.add(interrupts);
    });
    let done: HowMany =
        Distribution::new(tallies.done.counts(), |steps| Size::hundredths(steps.saturating_mul(step)), 0);
    let interrupts = Distribution::new(tallies.interrupts.counts(), Minutes::new, 0);
    let mut sum = Size::ZERO;
    let each: Vec<Share> = amounts
        .iter()
        .map(|amount| {
            sum += (*amount).max(Size::ZERO);
            done.likelihood_of(sum)
        })
        .collect();
    let buffer = buffer.map(|has| interrupts.likelihood_within(has));
    PlanChance { all: done.likelihood_of(sum), done, each, interrupts, buffer, by_hours: usual.is_some() }
}

impl Distribution<Minutes> {
    /// The time that p % of the trials do not go beyond; none without trials.
    pub fn at_most(&self, percent: u32) -> Option<Minutes> {
        self.lower(percent)
    }

    /// The share of the trials that take no more than a time.
    pub fn likelihood_within(&self, time: Minutes) -> Share {
        self.share(|took| took <= time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Working days such as `2/1/40 0/0/40`: items done, hours of interrupts, net hours; `-` is not known.
    fn past(text: &str) -> WorkingPast {
        let day = |text: &str| {
            let words: Vec<&str> = text.split('/').collect();
            PastDay {
                done: Size::parse(words[0]).unwrap(),
                interrupts: Minutes::hours(words[1].parse().unwrap()),
                net: words[2].parse().ok().map(Minutes::hours),
            }
        };
        WorkingPast::new(text.split_whitespace().map(day).collect()).unwrap()
    }

    fn ahead(text: &str) -> Vec<WorkingDay> {
        let day = |text: &str| WorkingDay { net: text.parse().ok().map(Minutes::hours) };
        text.split_whitespace().map(day).collect()
    }

    fn chance(past: &WorkingPast, days: &str, amounts: &[i64], buffer: Option<i64>) -> PlanChance {
        let amounts: Vec<Size> = amounts.iter().map(|items| Size::points(*items)).collect();
        plan_chance(past, &ahead(days), &amounts, buffer.map(Minutes::hours), 2_000, Seed::new(1))
    }

    fn percents(shares: &[Share]) -> Vec<i64> {
        shares.iter().map(|share| share.in_basis_points() / 100).collect()
    }

    #[test]
    fn rule_6_3_a_plan_within_what_every_day_gives_holds_and_each_item_has_its_chance() {
        let past = past(&"1/0/40 ".repeat(10));
        let plan = chance(&past, "40 40 40 40 40", &[2, 3, 1], None);
        assert_eq!((percents(&plan.each), plan.all), (vec![100, 100, 0], Share::ZERO));
        assert_eq!(plan.done.how_many_at(95), Some(Size::points(5)));
        assert_eq!(plan.buffer, None);
    }

    #[test]
    fn rule_6_3_absences_and_on_call_load_scale_what_a_day_gives() {
        let past = past(&"2/0/40 ".repeat(10));
        // Ten items in five whole days; half of the hours give five.
        assert_eq!(chance(&past, "40 40 40 40 40", &[10], None).all, Share::WHOLE);
        let half = chance(&past, "20 20 20 20 20", &[5, 1], None);
        assert_eq!((percents(&half.each), half.by_hours), (vec![100, 0], true));
        // A day without anybody gives nothing.
        assert_eq!(chance(&past, "40 0 40", &[5], None).all, Share::ZERO);
    }

    #[test]
    fn rule_6_3_without_known_hours_a_working_day_is_a_working_day() {
        let unknown = past(&"2/0/- ".repeat(10));
        let plan = chance(&unknown, "20 20", &[4], None);
        assert_eq!((plan.all, plan.by_hours), (Share::WHOLE, false));
        let known = past(&"2/0/40 ".repeat(10));
        assert!(!chance(&known, "20 -", &[4], None).by_hours);
    }

    #[test]
    fn rule_6_3_interrupts_are_replayed_with_the_day_that_they_disturbed() {
        // On every second day four hours of interrupts, and nothing done.
        let past = past(&"2/0/40 0/4/40 ".repeat(10));
        let plan = chance(&past, "40 40", &[2, 2], Some(4));
        let [first, second] = [plan.each[0], plan.each[1]].map(|share| share.in_basis_points());
        assert!((7_000..8_000).contains(&first) && (2_000..3_000).contains(&second), "{first} {second}");
        // Four hours hold unless both days are disturbed; whoever does four items has no interrupts at all.
        let holds = plan.buffer.unwrap().in_basis_points();
        assert_eq!(holds, first, "a trial that is disturbed on one day only does two items");
        assert_eq!(plan.interrupts.at_most(100), Some(Minutes::hours(8)));
    }

    #[test]
    fn rule_1_4_an_unsized_item_needs_nothing_in_points_and_never_lowers_the_chance_of_the_next() {
        let past = past(&"2/0/40 ".repeat(10));
        assert_eq!(percents(&chance(&past, "40", &[0, 2, 0, 1], None).each), [100, 100, 100, 0]);
    }

    #[test]
    fn too_few_working_days_are_refused_and_so_is_a_past_without_work() {
        let day = PastDay { done: Size::points(1), interrupts: Minutes::ZERO, net: None };
        let refused = WorkingPast::new(vec![day; 9]).unwrap_err();
        assert_eq!(refused, TooLittleHistory::Days { days: 9 });
        let idle = PastDay { done: Size::ZERO, ..day };
        assert_eq!(WorkingPast::new(vec![idle; 30]).unwrap_err(), TooLittleHistory::NothingDone { days: 30 });
    }

    #[test]
    fn without_days_ahead_nothing_is_done() {
        let past = past(&"2/0/40 ".repeat(10));
        let plan = chance(&past, "", &[1], Some(0));
        assert_eq!((plan.all, plan.buffer), (Share::ZERO, Some(Share::WHOLE)));
        assert_eq!(chance(&past, "", &[], None).all, Share::WHOLE, "an empty plan holds");
    }
}
