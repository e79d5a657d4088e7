//! Forecasts and what they are drawn from, ready to be drawn.
//!
//! 1. A forecast is a range with its likelihood; no part of it is one number alone.
//! 2. What if shows both: as it would be, and as it is without the change.

use super::{HowMany, When};
use crate::calendar::Day;
use crate::flow::Unit;
use crate::measures::{Share, Size};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// On which day something is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DayForecast {
    /// What: “12 items”, “Checkout”.
    pub what: String,
    /// The day from which days are counted: the first that is simulated is the one after it.
    pub from: Day,
    /// In days from there.
    pub when: When,
    /// The same without what would be otherwise.
    pub instead_of: Option<When>,
}

impl DayForecast {
    /// The day by which p % of the trials are done; none where it lies beyond what a forecast looks at.
    pub fn day_at(&self, percent: u32) -> Option<Day> {
        self.when.when_at(percent).map(|days| self.from.plus(days.into()))
    }
}

/// How much is done by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AmountForecast {
    /// Until when: “Sprint 43”, “by 14 March”.
    pub until: String,
    /// What is counted.
    pub unit: Unit,
    /// The amounts.
    pub done: HowMany,
    /// What is wanted by then, where something is: the sum of a plan.
    pub wanted: Option<Wanted>,
    /// The same without what would be otherwise.
    pub instead_of: Option<HowMany>,
}

/// An amount that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Wanted {
    /// How much.
    pub amount: Size,
    /// How many items it is.
    pub items: u32,
    /// The share of the trials that reach it.
    pub chance: Share,
}

/// On which days groups of items are done that are worked off in order (6.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderForecast {
    /// The groups, in their order.
    pub groups: Vec<DayForecast>,
}

/// What was done on each day of the past from which a forecast draws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastWork {
    /// What is counted.
    pub unit: Unit,
    /// The first day.
    pub first: Day,
    /// What was done on each day, from the first on.
    pub done: Vec<Size>,
}

impl PastWork {
    /// The last day; the day before the first where there is none.
    pub fn last(&self) -> Day {
        self.first.plus(self.done.len() as i64 - 1)
    }

    /// The average of a day, in points or items; 0 where there is no day.
    pub fn mean(&self) -> f64 {
        let days = self.done.len().max(1) as f64;
        self.done.iter().map(|done| done.in_points()).sum::<f64>() / days
    }
}
