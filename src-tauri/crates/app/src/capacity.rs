//! Capacity of a Sprint: hours, points, lanes, and how a plan stands against them.
//!
//! 1. A Sprint that is not started reads the calendar, the members and the lanes as they are (2.2); its own shares take
//!    the place of the team's.
//! 2. What figures are made from is said beside them; what is not known is said with its reason (1.3, 2.4).
//! 3. The lane of a selection is the one that was chosen, else the one of the item's kind; unsorted items have none (1.1).
//!    Until the start it follows the kind; the start writes it down.
//! 4. A preview is a query: it changes nothing.

pub mod calendar;
pub mod holidays;
pub mod learned;
pub mod moved;
pub mod plan;
pub mod policy;
pub mod suggestion;
pub mod what_if;

use crate::contract::{commands, queries};
use crate::error::AppError;
use crate::sprint::{SprintQuestion, sealed};
use calendar::{
    AddAbsence, CalendarMonth, CalendarMonthQuestion, CalendarRows, CalendarRowsQuestion, ChangeAbsence,
    MarkAway, MarkOnCall, RemoveAbsence, SetOnCallFactor, ShareMember,
};
use domain::backlog::{ItemPresent, WorkKind};
use domain::calendar::Day;
use domain::capacity::{Experience, TeamCapacity, team_capacity};
use domain::identity::{LaneId, SprintId};
use domain::measures::{Share, Size};
use domain::sprint::Commitment;
use domain::team::{Lane, Lanes};
use holidays::{HolidayFile, HolidayFileQuestion, ImportHolidays};
use learned::history;
use moved::{CapacitySheet, CapacitySheetQuestion};
use plan::{
    BalanceQuestion, Balanced, Plan, PlanBoard, PlanBoardQuestion, PlanItems, PlanItemsQuestion, SetOwnSize,
    SetSplit, TriedPlanQuestion,
};
use policy::{CopySplit, RemovePolicy, RenamePolicy, SavePolicy, SplitChoices, UsePolicy};
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint};
use suggestion::SplitSuggestion;
use ts_rs::TS;
use what_if::{WhatIf, WhatIfQuestion};

commands! {
    /// Changes of a Sprint's capacity.
    CapacityCommand {
        /// Divides a Sprint's capacity among the lanes.
        SetSplit(SetSplit) => plan::set_split,
        /// Sets the team's own number of points for a Sprint.
        SetOwnSize(SetOwnSize) => plan::set_own_size,
        /// Divides a Sprint's capacity by a policy.
        UsePolicy(UsePolicy) => policy::use_policy,
        /// Gives a Sprint the shares of the one before.
        CopySplit(CopySplit) => policy::copy_split,
        /// Keeps shares under a name.
        SavePolicy(SavePolicy) => policy::save_policy,
        /// Gives a policy another name.
        RenamePolicy(RenamePolicy) => policy::rename_policy,
        /// Takes a policy away.
        RemovePolicy(RemovePolicy) => policy::remove_policy,
        /// Enters an absence.
        AddAbsence(AddAbsence) => calendar::add_absence,
        /// Changes an absence.
        ChangeAbsence(ChangeAbsence) => calendar::change_absence,
        /// Takes an absence away.
        RemoveAbsence(RemoveAbsence) => calendar::remove_absence,
        /// Says of days how much of each of them members are away.
        MarkAway(MarkAway) => calendar::mark_away,
        /// Says of days whether members are on call.
        MarkOnCall(MarkOnCall) => calendar::mark_on_call,
        /// Sets the part of a day that being on call takes.
        SetOnCallFactor(SetOnCallFactor) => calendar::set_on_call_factor,
        /// Says how much of a member's day this team has.
        ShareMember(ShareMember) => calendar::share_member,
        /// Makes holidays of the days of an attached iCalendar file.
        ImportHolidays(ImportHolidays) => holidays::import_holidays,
    }
}

queries! {
    /// Questions about capacity.
    CapacityQuery / CapacityAnswers {
        /// Everything that Sprint Planning shows beside the items.
        PlanBoard(PlanBoardQuestion) -> PlanBoard => plan::plan_board,
        /// The plan of a Sprint as other shares would make it.
        TriedPlan(TriedPlanQuestion) -> Option<Plan> => plan::tried_plan,
        /// The items of Sprint Planning: those selected, then those that could be.
        PlanItems(PlanItemsQuestion) -> PlanItems => plan::plan_items,
        /// The shares after a slider has moved.
        Balance(BalanceQuestion) -> Balanced => plan::balanced,
        /// How the lanes of a planned Sprint would stand under changes that nobody has made.
        WhatIf(WhatIfQuestion) -> WhatIf => what_if::what_if,
        /// The ways to divide a Sprint's capacity: as usual, as in the Sprint before, by a policy.
        SplitChoices(SprintQuestion) -> SplitChoices => policy::split_choices,
        /// The split that the team's own history suggests, with the numbers behind it.
        SplitSuggestion(SprintQuestion) -> SplitSuggestion => suggestion::split_suggestion,
        /// A month of the team: holidays, absences, who is on call, Sprints.
        CalendarMonth(CalendarMonthQuestion) -> CalendarMonth => calendar::calendar_month,
        /// The days of a Sprint as rows of people.
        CalendarRows(CalendarRowsQuestion) -> CalendarRows => calendar::calendar_rows,
        /// What each member gives to a Sprint, what takes the rest, and what the lanes have of it.
        CapacitySheet(CapacitySheetQuestion) -> CapacitySheet => moved::capacity_sheet,
        /// What an attached iCalendar file of public holidays holds.
        HolidayFile(HolidayFileQuestion) -> HolidayFile => holidays::holiday_file,
    }
}

/// The area of a closed Sprint's sealed report that says how its capacity moved.
pub(crate) const AREA: &str = "capacity";

/// A lane's share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaneShare {
    /// The lane.
    pub lane: LaneId,
    /// Its share in basis points.
    pub share: Share,
}

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Tone {
    /// New features.
    Feature,
    /// Work on what runs.
    Production,
    /// Unplanned work.
    Buffer,
}

/// The lanes of a Sprint: those that it committed; before its start the team's, with the Sprint's own shares where it
/// has any that fit (rule 1).
pub(crate) fn sprint_lanes(reader: &Reader<'_>, sprint: &Sprint) -> Result<Lanes, AppError> {
    if let Some(body) = reader.commitment(sprint.id)? {
        let lanes = sealed::<Commitment>(&body)?.lanes_then();
        return lanes.map_err(|refused| AppError::internal(refused.to_string()));
    }
    let usual = reader.lanes(sprint.first_day)?;
    let own = reader.sprint_shares(sprint.id)?;
    let fits = own.len() == usual.all().len() && own.iter().all(|(lane, _)| usual.get(*lane).is_some());
    if !fits {
        return Ok(usual);
    }
    Ok(usual.with_shares(&own).unwrap_or(usual))
}

/// What the members can give in a Sprint from a day on, by the calendar as it is.
pub(crate) fn sprint_capacity(
    reader: &Reader<'_>,
    sprint: &Sprint,
    from: Day,
) -> Result<TeamCapacity, AppError> {
    Ok(team_capacity(
        &reader.members()?,
        &reader.calendar()?,
        (from, sprint.last_day),
        &reader.scrum_events(sprint.first_day)?,
        &reader.attendance(from, sprint.last_day)?,
    ))
}

/// The lane of an item's selection (rule 3).
pub(crate) fn selection_lane(lanes: &Lanes, present: &ItemPresent) -> Option<LaneId> {
    let chosen = present.lane.filter(|lane| lanes.get(*lane).is_some());
    chosen.or_else(|| lanes.for_kind(present.kind).map(|lane| lane.id))
}

/// What the closed Sprints before a Sprint teach, in the order in which they were planned.
pub(crate) fn experience_before(reader: &Reader<'_>, sprint: SprintId) -> Result<Vec<Experience>, AppError> {
    Ok(history(reader, Some(sprint))?.into_iter().map(|(_, one)| one).collect())
}

/// What a lane's colour says.
pub(crate) fn tone(lane: &Lane) -> Tone {
    if lane.is_buffer {
        Tone::Buffer
    } else if lane.kinds.contains(&WorkKind::Feature) {
        Tone::Feature
    } else {
        Tone::Production
    }
}

/// “1 point”, “2.5 points”.
pub(crate) fn points_said(points: Size) -> String {
    if points == Size::points(1) { "1 point".to_owned() } else { format!("{points} points") }
}
