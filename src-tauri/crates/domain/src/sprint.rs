//! The Sprint: what is committed by starting it, how its scope changes, how it is closed.
//!
//! 1. Planned days and actual instants are different facts; start and close are explicit acts; a Sprint past its last
//!    day is overdue and goes on until it is closed; one Sprint a team is active (3.1).
//! 2. Starting freezes the commitment; what is done or cancelled by then is left out and listed (3.2).
//! 3. Completed is what is done at the close, at its size then, without partial credit (3.3).
//! 4. Every change of scope after the start is an entry with an origin, and at every instant
//!    `scope = committed + added − removed ± re-sized` and `remaining = scope − done` (3.4).
//! 5. A close decides about every unfinished item, and its report never changes afterwards; a correction adds an
//!    edition beside it (3.5).

use crate::calendar::{Day, Instant, Zone};
use crate::capacity::PersonDays;
use crate::identity::SprintId;
use crate::measures::{Share, Size};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod close;
mod commitment;
mod ledger;
mod report;
#[cfg(test)]
pub(crate) mod story;

pub use close::{CloseRefused, Closing, Decision, Destination, Goal, GoalOutcome, Missing, SplitPart};
pub use commitment::{
    Candidate, Commitment, CommittedItem, CommittedLane, Grace, GraceRefused, LeftOut, LeftOutItem,
    StartRefused, TooLongAGrace,
};
pub use ledger::{
    Change, LedgerItem, Part, ScopeChange, ScopeEntry, ScopeLedger, SprintItem, Standing, Terms,
};
pub use report::{
    FigureDifference, ItemDifference, LaneResult, Pair, ReportDifference, ReportItem, ReportList,
    SprintReport, Sums,
};

/// A Sprint: its days as planned, and its start and close as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sprint {
    /// Its identity.
    pub id: SprintId,
    /// Its name: “Sprint 42”.
    pub name: String,
    /// The Sprint Goal; may be empty.
    pub goal: String,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

/// What is known of a past Sprint that was not run here (3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastTotals {
    /// Committed at its start, if known.
    pub committed: Option<Size>,
    /// Completed at its close.
    pub completed: Size,
    /// Net person-days, if known.
    pub person_days: Option<PersonDays>,
    /// The share of the capacity that was kept for unplanned work.
    pub buffer_share: Share,
    /// Working days from its first to its last day, as the calendar was when it was recorded.
    pub working_days: u32,
}

/// Where a Sprint stands (3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Not started.
    Planned,
    /// Started, and its last day is not over.
    Active,
    /// Started, past its last day, and still counting.
    Overdue,
    /// Closed.
    Closed,
}

impl Sprint {
    /// Where the Sprint stands at an instant, by the days of the team's zone.
    pub fn phase(&self, now: Instant, zone: Zone) -> Phase {
        match (self.started_at, self.closed_at) {
            (_, Some(_)) => Phase::Closed,
            (None, None) => Phase::Planned,
            (Some(_), None) if zone.day_of(now) > self.last_day => Phase::Overdue,
            (Some(_), None) => Phase::Active,
        }
    }

    /// Whether it was started and is not closed; overdue Sprints are.
    pub fn is_running(&self) -> bool {
        self.started_at.is_some() && self.closed_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Identities;

    #[test]
    fn rule_3_1_a_sprint_past_its_last_day_is_overdue_until_it_is_closed() {
        let zone = Zone::parse("Europe/Zurich").unwrap();
        let day = |text| Day::parse(text).unwrap();
        let mut sprint = Sprint {
            id: Identities::new(Instant::from_millis(0), 1, 1).fresh(),
            name: "Sprint 42".into(),
            goal: String::new(),
            first_day: day("2026-11-30"),
            last_day: day("2026-12-11"),
            started_at: None,
            closed_at: None,
        };
        let last_moment = zone.start_of(day("2026-12-12")).plus_millis(-1);
        assert_eq!(sprint.phase(last_moment, zone), Phase::Planned);
        sprint.started_at = Some(zone.start_of(day("2026-12-01")));
        assert_eq!(sprint.phase(last_moment, zone), Phase::Active);
        assert_eq!(sprint.phase(last_moment.plus_millis(1), zone), Phase::Overdue);
        assert!(sprint.is_running());
        sprint.closed_at = Some(last_moment);
        assert_eq!(sprint.phase(last_moment.plus_millis(1), zone), Phase::Closed);
    }
}
