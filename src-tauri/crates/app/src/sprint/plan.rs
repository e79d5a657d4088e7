//! Planning Sprints: days, names, goals, before the start.
//!
//! 1. Several future Sprints can be planned; those that are not closed share no day.
//! 2. What is left out is proposed: the next name, and the days after the last planned Sprint.
//! 3. The days of a started Sprint are part of its commitment and stay; name and goal may change until the close (3.1),
//!    and no later, because its report never changes (3.5).
//! 4. A Sprint that was never started can go; what was selected into it returns to the Product Backlog.

use super::sprint_of;
use crate::contract::{Context, Nothing, Outcome};
use crate::error::AppError;
use crate::team::{counted, read_day, short, together};
use domain::backlog::ItemFact;
use domain::calendar::Day;
use domain::capacity::{ProposedDays, propose_days, propose_name};
use domain::identity::SprintId;
use serde::{Deserialize, Serialize};
use store::{ItemFilter, Reader, Sprint, Writer};
use ts_rs::TS;

/// Plans a Sprint; what is empty is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PlanSprint {
    /// Its name.
    #[ts(optional, as = "Option<String>")]
    pub name: String,
    /// Its first day, `YYYY-MM-DD`.
    #[ts(optional, as = "Option<String>")]
    pub first_day: String,
    /// Its last day.
    #[ts(optional, as = "Option<String>")]
    pub last_day: String,
    /// The Sprint Goal.
    #[ts(optional, as = "Option<String>")]
    pub goal: String,
}

pub(crate) fn plan_sprint(
    writer: &mut Writer<'_>,
    command: PlanSprint,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprints = writer.sprints()?;
    let proposal = propose(writer, context)?;
    let name = match command.name.trim() {
        "" => proposal.name,
        name => name.to_owned(),
    };
    let first_day = match command.first_day.trim() {
        "" => proposal.first_day,
        text => read_day(text, "firstDay")?,
    };
    let last_day = match command.last_day.trim() {
        "" if first_day == proposal.first_day => proposal.last_day,
        "" => {
            let team = writer.team()?;
            propose_days(&writer.calendar()?, None, first_day, team.sprint_days).last
        }
        text => read_day(text, "lastDay")?,
    };
    check_days(&sprints, None, first_day, last_day)?;
    let sprint = Sprint {
        id: writer.identity(),
        number: number_for(&sprints, &name),
        name,
        goal: command.goal.trim().to_owned(),
        first_day,
        last_day,
        own_size: None,
        started_at: None,
        closed_at: None,
        goal_outcome: None,
        goal_reason: None,
    };
    writer.put_sprint(&sprint)?;
    Ok(Outcome::titled(format!("Plan {}", sprint.name)).created(sprint.id))
}

/// Changes a Sprint; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeSprint {
    /// The Sprint.
    pub sprint: SprintId,
    /// Another name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// Another Sprint Goal.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub goal: Option<String>,
    /// Another first day, `YYYY-MM-DD`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub first_day: Option<String>,
    /// Another last day.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub last_day: Option<String>,
}

pub(crate) fn change_sprint(
    writer: &mut Writer<'_>,
    command: ChangeSprint,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = sprint_of(writer, command.sprint)?;
    let mut sprint = known.clone();
    if let Some(name) = command.name {
        sprint.name = name.trim().to_owned();
        if sprint.name.is_empty() {
            return Err(
                AppError::refused("A Sprint needs a name.", "Write one such as Sprint 43.").at("name")
            );
        }
    }
    if let Some(goal) = command.goal {
        sprint.goal = goal.trim().to_owned();
    }
    if let Some(day) = command.first_day {
        sprint.first_day = read_day(&day, "firstDay")?;
    }
    if let Some(day) = command.last_day {
        sprint.last_day = read_day(&day, "lastDay")?;
    }
    if known.closed_at.is_some() && sprint.name != known.name {
        return Err(AppError::refused(
            format!("{} is closed: its name stays as it was.", known.name),
            "Name the next Sprint instead.",
        )
        .at("name"));
    }
    if known.closed_at.is_some() && sprint.goal != known.goal {
        return Err(AppError::refused(
            format!("{} is closed: its goal stays as it was.", known.name),
            "Set the goal of the next Sprint instead.",
        )
        .at("goal"));
    }
    let days = (sprint.first_day, sprint.last_day);
    if days != (known.first_day, known.last_day) {
        if known.started_at.is_some() {
            let field = if sprint.first_day == known.first_day { "lastDay" } else { "firstDay" };
            return Err(AppError::refused(
                format!("{} has been started: its days were committed.", known.name),
                "Close it when the team is done; a Sprint past its last day goes on until then.",
            )
            .at(field));
        }
        check_days(&writer.sprints()?, Some(known.id), sprint.first_day, sprint.last_day)?;
    }
    if sprint != known {
        writer.put_sprint(&sprint)?;
    }
    let changes = [
        ("name", sprint.name != known.name),
        ("goal", sprint.goal != known.goal),
        ("days", days != (known.first_day, known.last_day)),
    ];
    let changed: Vec<&str> = changes.iter().filter(|(_, changed)| *changed).map(|(what, _)| *what).collect();
    Ok(Outcome::titled(match changed.as_slice() {
        ["name"] => format!("Rename {} to {}", known.name, sprint.name),
        ["goal"] => format!("Set goal of {}", sprint.name),
        ["days"] | [] => format!("Set days of {}", sprint.name),
        several => format!("Change {} of {}", together(several), known.name),
    }))
}

/// Takes a planned Sprint away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveSprint {
    /// The Sprint.
    pub sprint: SprintId,
}

pub(crate) fn remove_sprint(
    writer: &mut Writer<'_>,
    command: RemoveSprint,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprint = sprint_of(writer, command.sprint)?;
    if sprint.started_at.is_some() || sprint.closed_at.is_some() {
        return Err(AppError::refused(
            format!("{} has been started.", sprint.name),
            "Only a Sprint that was never started can go. Close this one instead.",
        ));
    }
    let selected = writer.items(ItemFilter::InSprint(sprint.id))?;
    for item in &selected {
        writer.record(item.id, context.now, &ItemFact::Returned { sprint: sprint.id })?;
    }
    writer.remove_sprint(sprint.id, context.now)?;
    let count = selected.len() as u32;
    Ok(Outcome::titled(match count {
        0 => format!("Remove {}", sprint.name),
        _ => format!("Remove {} and return {}", sprint.name, counted(count, "item")),
    }))
}

/// The next Sprint, proposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintProposal {
    /// Its name.
    pub name: String,
    /// Its first day.
    pub first_day: Day,
    /// Its last day.
    pub last_day: Day,
    /// Working days from the first to the last.
    pub working_days: u32,
}

pub(crate) fn proposal(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<SprintProposal, AppError> {
    propose(reader, context)
}

/// The next Sprint after those that are known (rule 2).
pub(crate) fn propose(reader: &Reader<'_>, context: &Context<'_>) -> Result<SprintProposal, AppError> {
    let (team, calendar, sprints) = (reader.team()?, reader.calendar()?, reader.sprints()?);
    let today = team.zone.day_of(context.now);
    let last_planned = sprints.iter().map(|sprint| sprint.last_day).max();
    let ProposedDays { first, last } = propose_days(&calendar, last_planned, today, team.sprint_days);
    Ok(SprintProposal {
        name: propose_name(sprints.iter().map(|sprint| sprint.name.as_str())),
        first_day: first,
        last_day: last,
        working_days: calendar.working_days(first, last).len() as u32,
    })
}

fn check_days(sprints: &[Sprint], own: Option<SprintId>, first: Day, last: Day) -> Result<(), AppError> {
    if last < first {
        return Err(AppError::refused(
            format!("The last day, {}, lies before the first, {}.", short(last), short(first)),
            "Choose a later last day, or an earlier first one.",
        )
        .at("lastDay"));
    }
    if first.days_until(last) >= 31 {
        return Err(AppError::refused(
            format!("From {} to {} is more than a month.", short(first), short(last)),
            "The Scrum Guide allows a month at most: choose an earlier last day.",
        )
        .at("lastDay"));
    }
    let shares_a_day = |other: &&Sprint| {
        Some(other.id) != own
            && other.closed_at.is_none()
            && other.first_day <= last
            && first <= other.last_day
    };
    match sprints.iter().find(shares_a_day) {
        None => Ok(()),
        Some(other) => Err(AppError::refused(
            format!(
                "{} is planned from {} to {}.",
                other.name,
                short(other.first_day),
                short(other.last_day)
            ),
            "Choose days that it does not have.",
        )
        .at("firstDay")),
    }
}

/// The number that a name ends in, if no Sprint has it; else the next.
pub(crate) fn number_for(sprints: &[Sprint], name: &str) -> i64 {
    let highest = sprints.iter().map(|sprint| sprint.number).max().unwrap_or(0);
    let start = name.len() - name.bytes().rev().take_while(u8::is_ascii_digit).count();
    let named = name[start..].parse::<i64>().ok().filter(|named| {
        (1..1_000_000).contains(named) && sprints.iter().all(|sprint| sprint.number != *named)
    });
    named.unwrap_or(highest + 1)
}
