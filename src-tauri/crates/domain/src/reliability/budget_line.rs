//! What is left of an error budget through a Sprint, and where it goes at this pace.
//!
//! 1. Each point is the part of the budget that is left at a moment, over the objective's own window at that moment. It
//!    is 1 where nothing is spent, and below 0 once more is spent than there was.
//! 2. The projection goes on at the mean pace since the first point. Where nothing was spent it stays as it is. What a
//!    rolling window gives back is part of that pace.
//! 3. The even pace goes from all of it at the start to nothing at the end; a rolling window has none.

use super::uptime::Class;
use crate::calendar::{Day, Instant};
use crate::identity::OutageId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The remaining error budget of an objective through a Sprint, ready to be drawn.
///
/// `x` counts local days from the start of the first day: noon of the second day is 1.5.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BudgetLine {
    /// The Sprint's name.
    pub sprint: String,
    /// The name of the service or group.
    pub service: String,
    /// The objective's name.
    pub objective: String,
    /// Its target, as people write it: “99.9 %”.
    pub target: String,
    /// Its window, in words: “rolling 28 days”.
    pub window: String,
    /// Every day of the plot, in order.
    pub days: Vec<BudgetDay>,
    /// The part that is left at moments, in order; drawn straight from one to the next.
    pub points: Vec<BudgetPoint>,
    /// Whether the even pace is drawn (rule 3).
    pub is_even: bool,
    /// Where it goes; none where the Sprint's window is over.
    pub projection: Option<BudgetProjection>,
    /// The outages that spent it, in order of time.
    pub outages: Vec<BudgetOutage>,
    /// Whether it is told as of a past moment.
    pub is_past: bool,
}

/// A day of the plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BudgetDay {
    /// The day.
    pub day: Day,
    /// Whether nobody works on it.
    pub shaded: bool,
}

/// What is left at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BudgetPoint {
    /// The moment.
    pub at: Instant,
    /// Where it lies.
    pub x: f64,
    /// The part that is left.
    pub remaining: f64,
}

/// Where a budget goes at this pace.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BudgetProjection {
    /// What is left at the end of the plot.
    pub remaining: f64,
    /// Where nothing is left, before the end of the plot.
    pub spent: Option<f64>,
}

/// An outage, and what it spent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BudgetOutage {
    /// Which; none where a log of checks says so.
    pub id: Option<OutageId>,
    /// How bad it was.
    pub class: Class,
    /// Where it begins on the plot.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// What it was; may be empty.
    pub title: String,
    /// The part of the budget that it spent, within the plot.
    pub spent: f64,
}

impl BudgetLine {
    /// The last point that is known.
    pub fn end(&self) -> Option<&BudgetPoint> {
        self.points.last()
    }

    /// Where points go up to the end of so many days (rule 2); none without two of them, or at the end.
    pub fn project(points: &[BudgetPoint], days: f64) -> Option<BudgetProjection> {
        let (first, last) = (points.first()?, points.last()?);
        let (past, rest) = (last.x - first.x, days - last.x);
        if past <= 0.0 || rest <= 0.0 {
            return None;
        }
        let pace = (first.remaining - last.remaining) / past;
        let remaining = if pace > 0.0 { last.remaining - pace * rest } else { last.remaining };
        let reaches = pace > 0.0 && last.remaining > 0.0 && remaining <= 0.0;
        Some(BudgetProjection { remaining, spent: reaches.then(|| last.x + last.remaining / pace) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(all: &[(f64, f64)]) -> Vec<BudgetPoint> {
        let point = |(x, remaining): &(f64, f64)| BudgetPoint {
            at: Instant::from_millis((x * 86_400_000.0) as i64),
            x: *x,
            remaining: *remaining,
        };
        all.iter().map(point).collect()
    }

    #[test]
    fn the_projection_goes_on_at_the_mean_pace() {
        let half = points(&[(0.0, 1.0), (2.0, 1.0), (2.1, 0.5), (5.0, 0.5)]);
        let gone = BudgetLine::project(&half, 14.0).unwrap();
        assert!((gone.remaining + 0.4).abs() < 1e-9 && (gone.spent.unwrap() - 10.0).abs() < 1e-9);
        let quiet = BudgetLine::project(&points(&[(0.0, 1.0), (5.0, 1.0)]), 14.0).unwrap();
        assert_eq!(quiet, BudgetProjection { remaining: 1.0, spent: None });
        let healing = BudgetLine::project(&points(&[(0.0, 0.2), (5.0, 0.6)]), 14.0).unwrap();
        assert_eq!(healing.remaining, 0.6, "what is given back is not promised on");
        let over = BudgetLine::project(&points(&[(0.0, 1.0), (5.0, -0.5)]), 10.0).unwrap();
        assert_eq!((over.remaining, over.spent), (-2.0, None), "it is spent already");
        assert_eq!(BudgetLine::project(&half, 5.0), None, "the window is over");
    }
}
