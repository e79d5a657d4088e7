//! A Sprint's burn-up: its scope, what is done of it, and how the scope may go on growing (5.3).
//!
//! 1. The scope begins with the committed sum and steps with each fact; *done* begins with nothing. What lies between
//!    them is what the burn-down shows.
//! 2. The ideal rises as the burn-down's falls: from nothing to the committed sum; after an accepted scope change
//!    another begins, from what is done then to the scope of that moment.
//! 3. The scope of a running Sprint is projected to its planned end, over the working days after today: from the third
//!    working day on at its own rate, which is its net growth over the working days so far, today included; before
//!    that at the rate of past Sprints, the median of net growth ÷ committed ÷ working days, three needed. It says
//!    which. With neither there is no projection.
//! 4. A projected scope is never less than what is done.

use super::{BurnDown, IdealPoint, SprintFlow, Stage, Unit};
use crate::calendar::Instant;
use crate::forecast::{Samples, Seed};
use crate::measures::Size;
use crate::sprint::Part;
use serde::{Deserialize, Serialize};

/// From which working day on a Sprint's own growth is taken for a rate.
const OWN_RATE_FROM: u32 = 3;
/// How many past Sprints are needed for theirs.
const PAST_NEEDED: usize = 3;

/// A Sprint's burn-up, ready to be drawn; `x` counts as in its burn-down.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BurnUp {
    /// The same Sprint's burn-down: days, ideal, marks, what is left.
    pub burn: BurnDown,
    /// The scope from each point on; the first is the start. Empty while the Sprint has not been started.
    pub scope: Vec<UpPoint>,
    /// What is done of it from each point on; the first is the start.
    pub done: Vec<UpPoint>,
    /// How the scope may go on; none where that is not known, and where the Sprint does not run.
    pub growth: Option<Growth>,
}

/// A point of a line that steps.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UpPoint {
    /// When.
    pub at: Instant,
    /// Days since the start of the plot.
    pub x: f64,
    /// What is so from then on.
    pub amount: Size,
}

/// How the scope may go on growing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Growth {
    /// Points or items a working day; below 0 where the scope shrinks.
    pub a_day: f64,
    /// By what the rate is known.
    pub by: GrowthBy,
    /// The projected scope's corners, from now to the planned end.
    pub line: Vec<ScopePoint>,
}

impl Growth {
    /// The projected scope at the planned end.
    pub fn at_end(&self) -> f64 {
        self.line.last().map_or(0.0, |point| point.scope)
    }
}

/// By what a rate of growth is known (rule 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum GrowthBy {
    /// By this Sprint's own working days so far.
    ThisSprint {
        /// How many they are.
        days: u32,
    },
    /// By past Sprints.
    PastSprints {
        /// How many they are.
        sprints: u32,
    },
}

/// A corner of the projected scope.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScopePoint {
    /// Days since the start of the plot.
    pub x: f64,
    /// The scope that is projected.
    pub scope: f64,
}

/// How the scope of a closed Sprint grew, in the unit of the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastScope {
    /// What was committed.
    pub committed: Size,
    /// The scope at its close.
    pub scope: Size,
    /// Its working days.
    pub working_days: u32,
}

impl BurnUp {
    /// The burn-up of a Sprint up to the end of its ledger, without a projection.
    ///
    /// The unit is chosen as for the burn-down (1.3).
    pub fn new(flow: &SprintFlow<'_>, unit: Option<Unit>) -> BurnUp {
        let burn = BurnDown::new(flow, unit);
        let (scope, done) =
            if flow.stage == Stage::Planned { (Vec::new(), Vec::new()) } else { lines(flow, &burn) };
        BurnUp { burn, scope, done, growth: None }
    }

    /// The same with the scope projected to the planned end, past Sprints in the same unit (rule 3).
    pub fn projected(mut self, flow: &SprintFlow<'_>, past: &[PastScope]) -> BurnUp {
        if flow.stage == Stage::Running {
            self.growth = self.grown(flow, past);
        }
        self
    }

    /// The same with a forecast of what will be done of the projected scope (6.1).
    pub fn forecast(mut self, samples: &Samples, seed: Seed) -> BurnUp {
        let projected = self.growth.as_ref().and_then(|growth| Size::nearest(growth.at_end()));
        let of = projected.unwrap_or_else(|| self.scope_now()) - self.burn.done;
        self.burn = self.burn.forecast_of(of, samples, seed);
        self
    }

    /// The scope at an instant; before the start what is committed.
    pub fn scope_at(&self, at: Instant) -> Size {
        value_at(&self.scope, at).unwrap_or(self.burn.committed)
    }

    /// What is done at an instant.
    pub fn done_at(&self, at: Instant) -> Size {
        value_at(&self.done, at).unwrap_or_default()
    }

    /// The scope at the end of the lines.
    pub fn scope_now(&self) -> Size {
        self.scope.last().map_or(self.burn.committed, |point| point.amount)
    }

    /// The ideal lines as they rise (rule 2): the first, then one for each accepted scope change.
    pub fn ideals(&self) -> Vec<Vec<IdealPoint>> {
        let rising = |whole: f64, line: &[IdealPoint]| {
            line.iter()
                .map(|point| IdealPoint { x: point.x, remaining: whole - point.remaining })
                .collect::<Vec<_>>()
        };
        let first = rising(self.burn.committed.in_points(), &self.burn.ideal);
        let later =
            self.burn.rebased.iter().map(|line| rising(self.scope_at(line.at).in_points(), &line.line));
        std::iter::once(first).chain(later).collect()
    }

    /// By how much the scope grew since the start.
    fn net_growth(&self) -> Size {
        self.scope_now() - self.burn.committed
    }

    /// The projected scope by rule 3; none past the planned end.
    fn grown(&self, flow: &SprintFlow<'_>, past: &[PastScope]) -> Option<Growth> {
        let burn = &self.burn;
        let today = flow.calendar.zone.day_of(flow.ledger.until);
        let works = |day: &&super::BurnDay| day.working && !day.shaded;
        let so_far = burn.days.iter().filter(works).filter(|day| day.day <= today).count() as u32;
        if today > burn.last_day {
            return None;
        }
        let (a_day, by) = if so_far >= OWN_RATE_FROM {
            (self.net_growth().in_points() / f64::from(so_far), GrowthBy::ThisSprint { days: so_far })
        } else {
            let (rate, sprints) = past_rate(past)?;
            (rate * burn.committed.in_points(), GrowthBy::PastSprints { sprints })
        };
        let least = burn.done.in_points();
        let mut scope = self.scope_now().in_points();
        let mut line = vec![ScopePoint { x: burn.end.x, scope }];
        let (mut x, first) = (burn.end.x, burn.days.first()?.day);
        for day in burn.days.iter().filter(works).filter(|day| day.day > today) {
            let begin = first.days_until(day.day) as f64;
            if begin > x {
                line.push(ScopePoint { x: begin, scope });
            }
            x = begin + 1.0;
            scope = (scope + a_day).max(least);
            line.push(ScopePoint { x, scope });
        }
        let planned_end = first.days_until(burn.last_day) as f64 + 1.0;
        if planned_end > x {
            line.push(ScopePoint { x: planned_end, scope });
        }
        Some(Growth { a_day, by, line })
    }
}

/// The median growth of past Sprints, as a part of what was committed, a working day; and how many they are.
fn past_rate(past: &[PastScope]) -> Option<(f64, u32)> {
    let mut rates: Vec<f64> = past
        .iter()
        .filter(|one| one.committed > Size::ZERO && one.working_days > 0)
        .map(|one| {
            let grown = (one.scope - one.committed).in_points();
            grown / one.committed.in_points() / f64::from(one.working_days)
        })
        .collect();
    if rates.len() < PAST_NEEDED {
        return None;
    }
    rates.sort_by(f64::total_cmp);
    let middle = rates.len() / 2;
    let median = if rates.len() % 2 == 1 { rates[middle] } else { (rates[middle - 1] + rates[middle]) / 2.0 };
    Some((median, rates.len() as u32))
}

/// The value of a line that steps at an instant; none before its first point.
pub(super) fn value_at(line: &[UpPoint], at: Instant) -> Option<Size> {
    let after = line.partition_point(|point| point.at <= at);
    after.checked_sub(1).and_then(|index| line.get(index)).map(|point| point.amount)
}

/// The steps of the scope and of what is done.
fn lines(flow: &SprintFlow<'_>, burn: &BurnDown) -> (Vec<UpPoint>, Vec<UpPoint>) {
    let started_at = flow.ledger.commitment.started_at;
    let start = |amount| vec![UpPoint { at: started_at, x: flow.x(started_at), amount }];
    let (mut scope, mut done) = (start(burn.committed), start(Size::ZERO));
    for (entry, terms) in flow.ledger.running(burn.unit, Part::Planned) {
        for (line, amount) in [(&mut scope, terms.scope()), (&mut done, terms.done)] {
            // Changes of one instant are one step; the start itself stays where the line begins.
            let is_step = line.len() > 1;
            match line.last_mut() {
                Some(last) if is_step && last.at == entry.at => last.amount = amount,
                Some(last) if last.amount == amount => {}
                _ => line.push(UpPoint { at: entry.at, x: flow.x(entry.at), amount }),
            }
        }
    }
    for line in [&mut scope, &mut done] {
        line.dedup_by(|later, earlier| later.amount == earlier.amount);
    }
    (scope, done)
}

#[cfg(test)]
mod tests;
