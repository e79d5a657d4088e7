//! Charts: of a Sprint, across Sprints, of the flow of work, of the Product Backlog.
//!
//! 1. The ideal line falls from the committed sum by an equal amount over each working day frozen by the start, is
//!    flat otherwise, reaches zero at the end of the last one, and never moves. It may follow the hours of each day
//!    instead; an accepted scope change begins another on its day (5.1).
//! 2. The actual line is the remaining work at each fact, as steps; it ends now, or at the close (5.2).
//! 3. A change of scope is a mark with its size and origin; work that is reopened is an upward step with a mark.
//! 4. What interrupts bring into the buffer lane is marked and stays outside the line (4.1).
//! 5. A chart counts points, or items where fewer than half of them are sized, and says so (1.3).
//! 6. Of a closed Sprint everything is as it was sealed (3.5).

use crate::backlog::Origin;
use crate::calendar::{Day, Instant};
use crate::forecast::ConeDay;
use crate::identity::{IncidentId, InterruptId, ItemId, SprintId, StateId};
use crate::measures::{Minutes, Share, Size};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod ageing;
mod burn_down;
mod burn_up;
mod cumulative;
mod cycle;
mod figures;
mod goal;
mod health;
mod incident_times;
mod load;
mod passage;
mod split_trend;
mod throughput;
mod two_lanes;
mod velocity;
mod window;

pub use ageing::{Ageing, AgeingColumn, AgeingItem};
pub use burn_down::{SealedFlow, SprintFlow, Stage};
pub use burn_up::{BurnUp, Growth, GrowthBy, PastScope, ScopePoint, UpPoint};
pub use cumulative::{CumulativeFlow, FlowBand, FlowPace};
pub use cycle::{CycleDot, CycleTimes};
pub use figures::{
    BufferUse, ClosedSprint, CommittedAndDone, Known, LaneFigures, SprintFigures, TrendLane, common_unit,
    lanes_of,
};
pub use goal::{Ahead, GoalAsked, GoalBurnUp, GoalForecast, GoalItem, GoalName, GoalPoint, SprintSpan};
pub use health::{AgeSpan, BacklogHealth, Crossing, KindFlow, OpenItem};
pub use incident_times::{IncidentMark, IncidentTime, IncidentTimes, Taken, TimeBand, TimedIncident};
pub use load::{Amount, InterruptLoad, Load, LoadSprint, NoLoad, Percentiles, TREND_SPRINTS, interrupt_load};
pub use passage::{Entered, Finished, FlowItem, Passage, TimePercentile, WorkingDays};
pub use split_trend::{LaneShares, LaneSplit, LaneTrend, LaneTrendSprint, NoSplit, lane_trend};
pub use throughput::{Step, Throughput, ThroughputBar};
pub use two_lanes::{
    Arrival, ArrivalMark, BufferDay, BufferFacts, BufferLane, BufferPoint, DecisionMark, Drawn, NamedItem,
    TwoLanes,
};
pub use velocity::{Figures, VELOCITY_SPRINTS, Velocity, VelocitySprint, velocity};
pub use window::{FlowWindow, WindowRefused};

/// What is counted on a chart's axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Unit {
    /// Story points.
    Points,
    /// Number of items; one item is [`Size::points`]`(1)`.
    Items,
}
crate::words!(Unit { Points = "points", Items = "items" });

/// What stands behind a number of a chart: whoever opens it is shown the facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Behind {
    /// What became of an item.
    Item(ItemId),
    /// What became of an interrupt.
    Interrupt(InterruptId),
    /// What became of an incident.
    Incident(IncidentId),
    /// What a Sprint came to.
    Sprint(SprintId),
    /// What the chart's Sprint committed to.
    Commitment,
    /// What happened on a day, and what was so at its end.
    Day(Day),
    /// What happened from one day to another, both included.
    Days {
        /// The first.
        first: Day,
        /// The last.
        last: Day,
    },
    /// The items that were in a state at the end of a day.
    State {
        /// The day.
        day: Day,
        /// The state.
        state: StateId,
    },
    /// The open items that have no size.
    Unsized,
    /// The open items that have no kind.
    Unsorted,
    /// The open items between two ages in days.
    Aged {
        /// The lowest age.
        from: u32,
        /// The age that they have not reached; none where there is no limit.
        to: Option<u32>,
    },
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
    /// Where the Sprint began, in days since the start of the plot.
    pub started: f64,
    /// The first ideal line's corners, in order of x.
    pub ideal: Vec<IdealPoint>,
    /// The ideal lines that begin with accepted scope changes, in order (5.1).
    pub rebased: Vec<IdealLine>,
    /// How they fall.
    pub pace: Ideal,
    /// Whether they were to follow the hours of each day, and nobody's hours were set.
    pub hours_unset: bool,
    /// The remaining work from each point on; the first is the start. Its last value holds until `end`. Empty while
    /// the Sprint has not been started.
    pub actual: Vec<BurnPoint>,
    /// Where the actual line ends: now, or the close.
    pub end: BurnPoint,
    /// What changed the scope after the start, and what was reopened, in order.
    pub marks: Vec<BurnMark>,
    /// Whether the Sprint was closed at `end`.
    pub closed: bool,
    /// Whether `end` is a past moment that was asked for, and not now.
    #[serde(default)]
    pub is_past: bool,
    /// The committed sum at the start.
    pub committed: Size,
    /// Done at `end`.
    pub done: Size,
    /// Working days after today to the planned last day, today included while it lasts.
    pub working_days_left: u32,
    /// The planned last day.
    pub last_day: Day,
    /// What may be left from now on; none where that is not known, and where the Sprint does not run.
    pub forecast: Option<BurnForecast>,
}

/// How an ideal line falls (5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Ideal {
    /// By an equal amount over each working day.
    #[default]
    Even,
    /// By each day's available hours.
    Weighted,
}

/// An ideal line that begins with an accepted scope change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IdealLine {
    /// When the change was accepted.
    pub at: Instant,
    /// Days since the start of the plot.
    pub x: f64,
    /// What was left then.
    pub from: Size,
    /// Its corners, in order of x.
    pub line: Vec<IdealPoint>,
}

/// What may be left of a Sprint, from now to its planned end (6.1).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BurnForecast {
    /// The amount whose doing was simulated.
    pub of: Size,
    /// What is left of it now, and at the end of each day to the planned last.
    pub days: Vec<ForecastDay>,
    /// The share of the trials in which all of it is done at the planned end.
    pub chance: Share,
    /// How many trials there were.
    pub trials: u32,
    /// From how many days of the past they drew.
    pub history: u32,
}

/// What may be left at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForecastDay {
    /// Days since the start of the plot.
    pub x: f64,
    /// What is left in how many of the trials.
    pub left: ConeDay,
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
    /// The team's hours of the day as the start froze them; none where nobody's hours were set.
    pub hours: Option<Minutes>,
    /// The scope at the end of the day, or now if it is today; none for a day that is still to come.
    pub scope: Option<Size>,
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
    /// The change of the scope, signed; nothing for what moves no line.
    pub scope_change: Size,
    /// The scope after it.
    pub scope: Size,
    /// Whether it is a step of the line; what an interrupt brings into the buffer lane is none (4.1).
    pub moves: bool,
    /// The item.
    pub item: ItemId,
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
