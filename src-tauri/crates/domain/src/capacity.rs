//! What a team can take on: hours, points, lanes, and whether a plan fits them.
//!
//! 1. Hours come from the working days, the members and the Scrum events (2.1); points from what the team completed
//!    before (2.4). Both are shown.
//! 2. Not set is not zero: unset hours are a question that names the member, an unsized item is counted and named
//!    as unsized (1.4).
//! 3. Too little history is an answer of its own with its reason, never a made-up figure (1.3).
//! 4. What is divided adds up again: lanes share out exactly what there is, to the last hundredth and minute.

mod absence;
mod budget;
mod hours;
mod moved;
mod points;
mod proposal;
mod split;
mod suggestion;
mod what_if;

pub use absence::{Absence, AbsenceRefused, OnCallFactor, Spell, check_days, mark};
pub use budget::{
    Budget, LaneBudget, LaneLoad, OwnerLoad, PlanLoad, Selection, Unsorted, budget, first_that_does_not_fit,
    load,
};
pub use hours::{
    Attendance, DayKind, EventOutOfRange, MemberCapacity, MemberDay, ScrumEvents, TeamCapacity, TeamTotal,
    sprint_weeks, team_capacity,
};
pub use moved::{CapacityMoved, MemberMoved, MovedBy, MovedWhy, moved};
pub use points::{
    Experience, Focus, HoursPerPoint, NoFocus, NoPoints, PersonDays, PlannedPoints, factor_of, focus,
    hours_per_point, is_enough, learned_from, planned_points,
};
pub use proposal::{ProposedDays, propose_days, propose_name};
pub use split::{BalanceRefused, balance, divide};
pub use suggestion::{PastSplit, Suggestion, counted_in, left_out_of, suggest};
pub use what_if::{Change, ChangeRefused, Draft, giving_way};
