//! Burn charts.
//!
//! 1. The ideal line falls from the committed sum by an equal amount over each working day frozen by the start, is
//!    flat otherwise, reaches zero at the end of the last one, and never moves (5.1).
//! 2. The actual line is the remaining work at each fact, as steps; it ends now, or at the close (5.2).
//! 3. A change of scope is a mark with its size and origin; work that is reopened is an upward step with a mark.
//! 4. What interrupts bring into the buffer lane is marked and stays outside the line (4.1).
//! 5. A chart counts points, or items where fewer than half of them are sized, and says so (1.3).

use crate::backlog::Origin;
use crate::calendar::{Day, Instant};
use crate::measures::Size;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod burn_down;

pub use burn_down::Stage;

/// What is counted on a chart's axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Unit {
    /// Story points.
    Points,
    /// Number of items; one item is [`Size::points`]`(1)`.
    Items,
}

/// A Sprint's burn-down, ready to be drawn.
///
/// `x` counts local days from the start of the first day of [`BurnDown::days`]: noon of the second day is 1.5.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BurnDown {
    /// The Sprint's name: “Sprint 42”.
    pub sprint: String,
    /// What is counted.
    pub unit: Unit,
    /// Why items are counted although points were asked for: how many of the items are sized.
    pub too_few_sized: Option<SizedCount>,
    /// Items of the scope at `end` that have no size and so count 0 points (1.4); 0 where items are counted.
    pub unsized_items: u32,
    /// Every day of the plot, in order: from the earlier of start and planned first day, to the later of the planned
    /// last day and, where work goes on, today or the close.
    pub days: Vec<BurnDay>,
    /// The ideal line's corners, in order of x.
    pub ideal: Vec<IdealPoint>,
    /// The remaining work from each point on; the first is the start. Its last value holds until `end`. Empty while
    /// the Sprint has not been started.
    pub actual: Vec<BurnPoint>,
    /// Where the actual line ends: now, or the close.
    pub end: BurnPoint,
    /// What changed the scope after the start, and what was reopened, in order.
    pub marks: Vec<BurnMark>,
    /// Whether the Sprint was closed at `end`.
    pub closed: bool,
    /// The committed sum at the start.
    pub committed: Size,
    /// Done at `end`.
    pub done: Size,
    /// Working days after today to the planned last day, today included while it lasts.
    pub working_days_left: u32,
    /// The planned last day.
    pub last_day: Day,
}

/// The burn-down of a closed Sprint in both units, sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SealedBurnDown {
    /// In points.
    pub points: BurnDown,
    /// In items.
    pub items: BurnDown,
    /// How many items were sized, where so few were that items are shown unless points are asked for.
    pub too_few_sized: Option<SizedCount>,
}

/// How many of a Sprint's items have a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SizedCount {
    /// Items with a size.
    pub sized: u32,
    /// All items.
    pub items: u32,
}

/// One day of the plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BurnDay {
    /// The day.
    pub day: Day,
    /// Whether it was a working day when the Sprint was started: the ideal line falls.
    pub working: bool,
    /// Whether the column is shaded: not a working day, or a holiday entered later.
    pub shaded: bool,
    /// Remaining at the end of the day, or now if it is today; none for a day that is still to come.
    pub remaining: Option<Size>,
    /// Work done on the day, less what was reopened.
    pub done: Size,
    /// Scope added less removed on the day, re-sizing included.
    pub scope_change: Size,
}

/// A corner of the ideal line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdealPoint {
    /// Days since the start of the plot.
    pub x: f64,
    /// Points or items that would remain.
    pub remaining: f64,
}

/// A point of the actual line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BurnPoint {
    /// When.
    pub at: Instant,
    /// Days since the start of the plot.
    pub x: f64,
    /// What remains from then on.
    pub remaining: Size,
}

/// A mark on the actual line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BurnMark {
    /// When.
    pub at: Instant,
    /// Days since the start of the plot.
    pub x: f64,
    /// What happened.
    pub kind: BurnMarkKind,
    /// The change of the remaining work, signed; for an interrupt in the buffer lane its size, outside the line.
    pub change: Size,
    /// What remains after it.
    pub remaining: Size,
    /// Whether it is a step of the line; what an interrupt brings into the buffer lane is none (4.1).
    pub moves: bool,
    /// The item's title as it was.
    pub title: String,
}

/// What a mark on the actual line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum BurnMarkKind {
    /// An item came into the Sprint.
    Added(Origin),
    /// An item was taken out.
    Removed,
    /// An item was cancelled.
    Cancelled,
    /// An item got another size.
    Resized,
    /// A done item was opened again.
    Reopened,
}
