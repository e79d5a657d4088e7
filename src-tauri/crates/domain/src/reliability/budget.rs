//! Error budgets and how fast they burn (10.8).
//!
//! 1. The budget is what a target leaves: 1 − target. A target of 100 % leaves none and is refused.
//! 2. Burn rate = error ratio ÷ budget: at 1 the budget lasts exactly as long as the window of the objective. What
//!    remains may be negative.
//! 3. Alerts use the factors 14, 7, 2 and 1 over windows that are scaled to the objective's length; one fires when the
//!    error ratios of its long and its short window both are above factor × budget.

use crate::calendar::Day;
use crate::measures::Share;

/// A target as a part of what is valid, in millionths: 999,000 is 99.9 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target(u32);

/// Why a target cannot be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BudgetRefused {
    /// Everything, or more.
    #[error("a target of 100 % leaves no error budget")]
    NoBudget,
    /// Nothing.
    #[error("a target is above 0 %")]
    NoTarget,
}

impl Target {
    /// A target in millionths.
    pub fn millionths(millionths: u32) -> Result<Target, BudgetRefused> {
        match millionths {
            0 => Err(BudgetRefused::NoTarget),
            1_000_000.. => Err(BudgetRefused::NoBudget),
            millionths => Ok(Target(millionths)),
        }
    }

    /// It, in millionths.
    pub const fn in_millionths(self) -> u32 {
        self.0
    }

    /// What it leaves, as a fraction of one.
    pub fn budget(self) -> f64 {
        f64::from(1_000_000 - self.0) / 1e6
    }

    /// The budget of so much that is valid: seconds of a window, or events.
    pub fn spend(self, bad: f64, valid: f64) -> Budget {
        Budget { target: self, bad, valid }
    }

    /// How many times faster than even the budget burns at an error ratio.
    pub fn burn_rate(self, error_ratio: f64) -> f64 {
        error_ratio / self.budget()
    }
}

/// An error budget and what is gone of it, in the unit of what is valid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    target: Target,
    /// What was bad: weighted seconds, or events.
    pub bad: f64,
    /// What was valid.
    pub valid: f64,
}

impl Budget {
    /// What may be bad.
    pub fn allowed(&self) -> f64 {
        self.target.budget() * self.valid
    }

    /// What remains, as a part of the whole budget; negative once it is overspent. None where nothing was valid.
    pub fn remaining(&self) -> Option<f64> {
        (self.valid > 0.0).then(|| 1.0 - self.bad / self.allowed())
    }

    /// The part that was bad; none where nothing was valid.
    pub fn error_ratio(&self) -> Option<f64> {
        (self.valid > 0.0).then(|| self.bad / self.valid)
    }

    /// How many times faster than even it burns.
    pub fn burn_rate(&self) -> Option<f64> {
        self.error_ratio().map(|ratio| self.target.burn_rate(ratio))
    }

    /// How much of a rest of valid time the remaining budget lasts at a burn rate; none where nothing burns.
    pub fn lasts(&self, burn_rate: f64) -> Option<f64> {
        let left = self.allowed() - self.bad;
        (burn_rate > 0.0).then(|| left.max(0.0) / (burn_rate * self.target.budget()))
    }
}

/// What follows from a spent budget: production comes first in planning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BudgetPolicy {
    /// Whether anything follows.
    pub is_on: bool,
    /// The part of the budget that must be left, or the policy holds; zero is when all of it is spent.
    pub spent_at: Share,
}

impl BudgetPolicy {
    /// On, once a budget is spent.
    pub const USUAL: BudgetPolicy = BudgetPolicy { is_on: true, spent_at: Share::ZERO };

    /// The policy of a day: the last that is valid from then or earlier, else the usual one.
    pub fn on(all: &[(Day, BudgetPolicy)], day: Day) -> BudgetPolicy {
        let valid = all.iter().filter(|(from, _)| *from <= day);
        valid.max_by_key(|(from, _)| *from).map_or(BudgetPolicy::USUAL, |(_, policy)| *policy)
    }

    /// Whether production comes first, with so much of a budget left.
    pub fn holds(&self, remaining: f64) -> bool {
        self.is_on && remaining <= self.spent_at.as_fraction()
    }
}

/// One alert of an objective.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alert {
    /// Seconds of the window that says that it still burns.
    pub short: f64,
    /// Seconds of the window that says that it matters.
    pub long: f64,
    /// The burn rate above which it fires.
    pub factor: f64,
    /// Whether somebody is to be woken.
    pub pages: bool,
}

impl Alert {
    /// Whether it fires at the error ratios of its two windows; what is not known fires nothing.
    pub fn fires(&self, target: Target, short: Option<f64>, long: Option<f64>) -> bool {
        let above = |ratio: Option<f64>| ratio.is_some_and(|ratio| ratio > self.factor * target.budget());
        above(short) && above(long)
    }

    /// The factor at which a part of the budget of a period is gone in a window; both in the same unit.
    pub fn factor_for(part: f64, period: f64, window: f64) -> f64 {
        part * period / window
    }
}

/// The alerts of an objective, the most urgent first.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertWindows(pub [Alert; 4]);

impl AlertWindows {
    /// The factors 14, 7, 2 and 1 over windows scaled to an objective's length, from those of 28 days.
    pub fn scaled(period_days: f64) -> AlertWindows {
        let by = period_days / 28.0;
        let alert = |minutes: f64, hours: f64, factor, pages| Alert {
            short: minutes * 60.0 * by,
            long: hours * 3_600.0 * by,
            factor,
            pages,
        };
        AlertWindows([
            alert(5.0, 1.0, 14.0, true),
            alert(30.0, 6.0, 7.0, true),
            alert(120.0, 24.0, 2.0, false),
            alert(360.0, 96.0, 1.0, false),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(percent: f64) -> Target {
        Target::millionths((percent * 1e4).round() as u32).unwrap()
    }

    #[test]
    fn rule_10_8_the_budget_is_what_the_target_leaves_and_may_be_overspent() {
        let budget = |bad| target(99.9).spend(bad, 30.0 * 1_440.0);
        assert!((budget(0.0).allowed() - 43.2).abs() < 1e-9);
        assert!((budget(21.6).remaining().unwrap() - 0.5).abs() < 1e-9);
        assert!((budget(64.8).remaining().unwrap() + 0.5).abs() < 1e-9);
        assert_eq!(target(99.9).spend(0.0, 0.0).remaining(), None, "without events nothing is said");
        assert_eq!(Target::millionths(1_000_000), Err(BudgetRefused::NoBudget));
        assert_eq!(Target::millionths(0), Err(BudgetRefused::NoTarget));
    }

    #[test]
    fn rule_10_8_burn_rate_is_error_ratio_by_budget() {
        assert!((target(99.9).burn_rate(0.0144) - 14.4).abs() < 1e-9);
        let spent = target(99.0).spend(2.0, 100.0);
        assert!((spent.burn_rate().unwrap() - 2.0).abs() < 1e-9);
        // Half of the budget of 1000 is left; at twice the even pace it lasts a quarter of 1000.
        let half = target(99.0).spend(5.0, 1_000.0);
        assert!((half.lasts(2.0).unwrap() - 250.0).abs() < 1e-9);
        assert_eq!(half.lasts(0.0), None);
    }

    #[test]
    fn a_spent_budget_puts_production_first_from_a_day_on() {
        let day = |text: &str| Day::parse(text).unwrap();
        let early = BudgetPolicy { is_on: true, spent_at: Share::percent(20) };
        let all = [(day("2026-11-02"), early), (day("2026-11-16"), BudgetPolicy { is_on: false, ..early })];
        assert_eq!(BudgetPolicy::on(&all, day("2026-11-01")), BudgetPolicy::USUAL);
        assert_eq!(BudgetPolicy::on(&all, day("2026-11-15")), early);
        assert!(!BudgetPolicy::on(&all, day("2026-11-16")).holds(-3.0));
        assert!(early.holds(0.2) && !early.holds(0.21));
        assert!(BudgetPolicy::USUAL.holds(0.0) && !BudgetPolicy::USUAL.holds(0.01));
    }

    #[test]
    fn rule_10_8_alert_windows_are_scaled_to_the_objective_s_length() {
        let AlertWindows(month) = AlertWindows::scaled(28.0);
        let AlertWindows(week) = AlertWindows::scaled(7.0);
        assert_eq!(month.map(|alert| alert.factor), [14.0, 7.0, 2.0, 1.0]);
        assert_eq!(month.map(|alert| alert.long / 3_600.0), [1.0, 6.0, 24.0, 96.0]);
        assert_eq!(week.map(|alert| alert.long / 60.0), [15.0, 90.0, 360.0, 1_440.0]);
        let fast = month[0];
        assert!(fast.fires(target(99.0), Some(0.2), Some(0.15)));
        assert!(!fast.fires(target(99.0), Some(0.2), Some(0.14)), "at the factor it does not fire yet");
        assert!(!fast.fires(target(99.0), None, Some(1.0)), "what is not known is no failure");
    }
}
