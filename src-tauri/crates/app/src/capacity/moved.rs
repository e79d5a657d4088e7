//! How the capacity of a started Sprint moved since its start, and the sheet of what takes what (2.2).
//!
//! 1. A running Sprint compares what it committed with the calendar as it is; a closed one shows what its close sealed.
//! 2. The sheet of a Sprint that was started is the committed one; before the start it reads the calendar.

use super::learned::{LearnedSprint, history};
use super::plan::{Figures, figures_with, hours_exactly, member_made_of, method, team_hours_said};
use super::{AREA, points_said, sprint_capacity};
use crate::contract::Context;
use crate::error::AppError;
use crate::sprint::{sealed, sprint_of};
use crate::team::{SprintLine, short};
use domain::calendar::Day;
use domain::capacity::{
    CapacityMoved, LaneBudget, MemberMoved, MovedBy, MovedWhy, PersonDays, TeamTotal, moved,
};
use domain::identity::{MemberId, SprintId};
use domain::measures::Minutes;
use domain::sprint::Commitment;
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint};
use ts_rs::TS;

/// How the capacity of a Sprint moved since its start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CapacityMovedSaid {
    /// Net minutes at the start.
    pub then: Minutes,
    /// Net minutes as the calendar is now; of a closed Sprint as it was at the close.
    pub now: Minutes,
    /// The same in words: “192 h, 12 h less than the 204 h at the start”.
    pub said: String,
    /// The members whose net time is another one.
    pub members: Vec<MemberMovedSaid>,
}

/// How a member's capacity moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberMovedSaid {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// By how much; none where hours were or are not set.
    pub by: Option<Minutes>,
    /// The same with the reasons: “Ana −12 h: away Wednesday 2 – Thursday 3 December”.
    pub said: String,
}

/// Asks for the sheet of a Sprint's capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CapacitySheetQuestion {
    /// The Sprint; the running one if it is not given, else the next planned one.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
}

/// What each member gives to a Sprint, what takes the rest, and what the lanes have of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CapacitySheet {
    /// The Sprint.
    pub sprint: SprintLine,
    /// Whether it was started, so that the sheet is the committed one.
    pub committed: bool,
    /// The working days that count.
    pub working_days: u32,
    /// The members, by name.
    pub members: Vec<SheetMember>,
    /// The sum over the members whose hours are set.
    pub total: Option<TeamTotal>,
    /// The same in words.
    pub said: Option<String>,
    /// Those whose hours nobody has set.
    pub unanswered: Vec<String>,
    /// The points of the planned lanes in words: “36 points”, “no points yet”.
    pub points_said: String,
    /// How those points came about, or why there are none (2.4).
    pub method: String,
    /// The closed Sprints from which the focus factor is learned, in order (2.4).
    pub learned: Vec<LearnedSprint>,
    /// The lanes with their budgets (2.5).
    pub lanes: Vec<LaneBudget>,
    /// How it moved since the start.
    pub moved: Option<CapacityMovedSaid>,
}

/// A member on the sheet; minutes are none where their hours are not set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SheetMember {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Minutes before all that takes from them.
    pub gross: Option<Minutes>,
    /// Minutes of absences.
    pub away: Option<Minutes>,
    /// Minutes that being on call takes.
    pub call: Option<Minutes>,
    /// Minutes of Scrum events.
    pub events: Option<Minutes>,
    /// Minutes after all of them.
    pub net: Option<Minutes>,
    /// Net person-days (2.4).
    pub person_days: Option<PersonDays>,
    /// What the net minutes are made of: “54 h less 9.75 h of Scrum events, 8 h away”.
    pub said: Option<String>,
}

pub(crate) fn capacity_sheet(
    reader: &Reader<'_>,
    question: CapacitySheetQuestion,
    context: &Context<'_>,
) -> Result<CapacitySheet, AppError> {
    let sprint = match question.sprint {
        Some(id) => sprint_of(reader, id)?,
        None => {
            let planned = || crate::sprint::planned_sprints(reader).map(|all| all.into_iter().next());
            let next = reader.active_sprint()?.map_or_else(planned, |active| Ok(Some(active)))?;
            next.ok_or_else(|| AppError::refused("No Sprint is running or planned.", "Plan a Sprint first."))?
        }
    };
    let commitment = commitment(reader, &sprint)?;
    if sprint.closed_at.is_some() && commitment.is_none() {
        return Err(AppError::refused(
            format!("Of {} only totals are known.", sprint.name),
            "Choose a Sprint that was started here, or a planned one.",
        ));
    }
    let committed = commitment.is_some();
    let capacity = match commitment {
        Some(commitment) => commitment.capacity,
        None => sprint_capacity(reader, &sprint, sprint.first_day)?,
    };
    let Figures { capacity, total, learned, focus, planned, budget, .. } =
        figures_with(reader, &sprint, None, capacity, &history(reader, None)?)?;
    let calendar = reader.calendar()?;
    let members = capacity.members.iter().map(|member| SheetMember {
        member: member.member,
        name: member.name.clone(),
        gross: member.gross,
        away: member.away,
        call: member.call,
        events: member.events,
        net: member.net,
        person_days: member.person_days,
        said: member_made_of(member),
    });
    Ok(CapacitySheet {
        sprint: SprintLine::of(&sprint, &calendar, calendar.zone.day_of(context.now)),
        committed,
        working_days: capacity.days.len() as u32,
        members: members.collect(),
        total,
        said: team_hours_said(total),
        unanswered: capacity.unanswered(),
        points_said: planned.points().map_or("no points yet".into(), points_said),
        method: method(&focus, &planned),
        learned,
        lanes: budget.lanes,
        moved: moved_since_start(reader, &sprint)?,
    })
}

/// How the capacity of a Sprint moved since its start; none where it was not started.
pub(crate) fn moved_since_start(
    reader: &Reader<'_>,
    sprint: &Sprint,
) -> Result<Option<CapacityMovedSaid>, AppError> {
    let moved = match reader.report(sprint.id, AREA, None)? {
        Some(body) => Some(sealed(&body)?),
        None => capacity_moved(reader, sprint)?,
    };
    Ok(moved.as_ref().map(said))
}

/// How the capacity of a closed Sprint moved, as an edition of its report has it; none where only totals are known.
pub(crate) fn moved_as_sealed(
    reader: &Reader<'_>,
    sprint: &Sprint,
    edition: u32,
) -> Result<Option<CapacityMovedSaid>, AppError> {
    let body = reader.report(sprint.id, AREA, Some(edition))?;
    Ok(body.map(|body| sealed(&body)).transpose()?.as_ref().map(said))
}

/// The same as it is computed from the calendar now, to be sealed by a close.
pub(crate) fn capacity_moved(
    reader: &Reader<'_>,
    sprint: &Sprint,
) -> Result<Option<CapacityMoved>, AppError> {
    let Some(commitment) = commitment(reader, sprint)? else { return Ok(None) };
    let zone = reader.team()?.zone;
    let from = commitment.first_day.max(zone.day_of(commitment.started_at));
    Ok(Some(moved(&commitment.capacity, &sprint_capacity(reader, sprint, from)?)))
}

fn commitment(reader: &Reader<'_>, sprint: &Sprint) -> Result<Option<Commitment>, AppError> {
    reader.commitment(sprint.id)?.map(|body| sealed(&body)).transpose()
}

fn said(moved: &CapacityMoved) -> CapacityMovedSaid {
    let CapacityMoved { then, now, members } = moved;
    let by = *now - *then;
    let said = match by {
        Minutes::ZERO if members.is_empty() => format!("{}, as at the start", hours_exactly(*now)),
        Minutes::ZERO => format!("{} in all, as at the start", hours_exactly(*now)),
        by if by > Minutes::ZERO => {
            format!(
                "{}, {} more than the {} at the start",
                hours_exactly(*now),
                hours_exactly(by),
                hours_exactly(*then)
            )
        }
        by => {
            format!(
                "{}, {} less than the {} at the start",
                hours_exactly(*now),
                hours_exactly(-by),
                hours_exactly(*then)
            )
        }
    };
    let member = |member: &MemberMoved| MemberMovedSaid {
        member: member.member,
        name: member.name.clone(),
        by: member.by(),
        said: member_said(member),
    };
    CapacityMovedSaid { then: *then, now: *now, said, members: members.iter().map(member).collect() }
}

/// “Ana −12 h: away Wednesday 2 – Thursday 3 December”.
fn member_said(member: &MemberMoved) -> String {
    let name = &member.name;
    match (member.then, member.now, member.by()) {
        (None, Some(now), _) => {
            format!("{name}: hours were not set at the start, now {}", hours_exactly(now))
        }
        (_, None, _) => format!("{name}: hours are not set any more"),
        (.., by) => {
            let by = by.unwrap_or_default();
            let signed = if by > Minutes::ZERO {
                format!("+{}", hours_exactly(by))
            } else {
                format!("−{}", hours_exactly(-by))
            };
            let reasons: Vec<String> = member.reasons.iter().map(reason_said).collect();
            format!("{name} {signed}: {}", reasons.join("; "))
        }
    }
}

fn reason_said(reason: &MovedBy) -> String {
    let days = runs_said(&reason.days);
    match reason.why {
        MovedWhy::Away => format!("away {days}"),
        MovedWhy::Present => format!("there {days}"),
        MovedWhy::OnCall => format!("on call {days}"),
        MovedWhy::OffCall => format!("not on call {days}"),
        MovedWhy::Holiday => format!("nobody works {days}"),
        MovedWhy::WorkingDay => format!("the team works {days}"),
        MovedWhy::Left => format!("not in the team {days}"),
        MovedWhy::Joined => format!("in the team {days}"),
        MovedWhy::Week => format!("other working days: {days}"),
        MovedWhy::Hours => format!("other hours {days}"),
        MovedWhy::Events => format!("Scrum events or on-call time {days}"),
    }
}

/// Days as runs: “Wednesday 2 – Friday 4, Monday 14 December”. Days on which nobody works do not end a run.
fn runs_said(days: &[Day]) -> String {
    let mut runs: Vec<(Day, Day)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            // From a Friday to the next Monday it is one run, as people say it.
            Some((_, last))
                if last.days_until(*day) == 1 || (last.days_until(*day) == 3 && *day == day.monday()) =>
            {
                *last = *day;
            }
            _ => runs.push((*day, *day)),
        }
    }
    let named = |day: Day| format!("{} {}", day.date().format("%A"), short(day));
    let run = |(first, last): &(Day, Day)| {
        if first == last { named(*first) } else { format!("{} – {}", named(*first), named(*last)) }
    };
    runs.iter().map(run).collect::<Vec<_>>().join(", ")
}
