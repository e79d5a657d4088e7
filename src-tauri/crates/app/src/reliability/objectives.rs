//! Objectives and agreements, how facts become figures, and what follows from a spent budget.
//!
//! 1. A target is set from a day on; what was promised before stays as it was, and so do its figures.
//! 2. What is measured, and over which window, is what an objective is: to promise otherwise, add another one.
//! 3. Percentages are written as people write them: `99.9`. A target of 100 % leaves no budget and is refused.

use super::figures::rules_on;
use super::service_of;
use super::services::group_of;
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::team::short;
use domain::calendar::{Day, Zone};
use domain::identity::ObjectiveId;
use domain::measures::{Minutes, Share};
use domain::reliability::{
    BudgetPolicy, BudgetRefused, BusinessHours, Horizon, HoursOfDay, Objective, ObjectiveRefused,
    ReliabilityRules, Sli, Subject, Target, Weights,
};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// The hours of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgreedHours {
    /// The zone of the hours; none is the team's.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub zone: Option<String>,
    /// Whether the team's holidays have none.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub without_holidays: bool,
    /// The hours of each day of the week.
    pub spans: Vec<HoursOfDay>,
}

/// Adds an objective.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddObjective {
    /// Of what it is promised.
    pub of: Subject,
    /// Its name; nothing is one of what it measures.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub name: String,
    /// What is measured.
    pub sli: Sli,
    /// Which counts of requests are read; nothing is all of the service.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub series: String,
    /// Over which window.
    pub window: Horizon,
    /// The days of a rolling window; none is 28.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub days: Option<u32>,
    /// Its target in percent, such as `99.9`.
    pub target: String,
    /// From which day on; none is today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
    /// Whether it is agreed with others: an SLA.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub is_agreement: bool,
    /// The hours in which it holds; none is always.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub hours: Option<AgreedHours>,
}

pub(crate) fn add_objective(
    writer: &mut Writer<'_>,
    command: AddObjective,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let of = subject_name(writer, command.of)?;
    if command.sli == Sli::Requests && matches!(command.of, Subject::Group(_)) {
        let hint = "Promise it of a service, or promise time of the group.";
        return Err(AppError::refused("Requests are counted of services, not of groups.", hint).at("sli"));
    }
    let target = read_target(&command.target)?;
    let zone = writer.team()?.zone;
    let name = match command.name.trim() {
        "" => match command.sli {
            Sli::Time => format!("{of} is up"),
            Sli::Requests => format!("{of} answers well"),
        },
        name => name.to_owned(),
    };
    let objective = Objective {
        id: writer.identity(),
        of: command.of,
        name,
        sli: command.sli,
        series: command.series.trim().to_owned(),
        horizon: command.window,
        days: if command.window == Horizon::Rolling { command.days.unwrap_or(28) } else { 0 },
        is_agreement: command.is_agreement,
        hours: command.hours.map(|hours| read_hours(hours, zone)).transpose()?,
        targets: Vec::new(),
    };
    let objective = objective.checked().map_err(refused)?;
    writer.put_objective(&objective)?;
    let valid_from = command.valid_from.unwrap_or_else(|| zone.day_of(context.now));
    writer.put_target(objective.id, valid_from, target)?;
    let what = if objective.is_agreement { "agreement" } else { "objective" };
    Ok(Outcome::titled(format!("Add {what} {}", objective.name)).created(objective.id))
}

/// Changes an objective; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeObjective {
    /// The objective.
    pub objective: ObjectiveId,
    /// Another name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// Another target in percent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub target: Option<String>,
    /// From which day on the target holds; none is today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

pub(crate) fn change_objective(
    writer: &mut Writer<'_>,
    command: ChangeObjective,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = objective_of(writer, command.objective)?;
    let today = writer.team()?.zone.day_of(context.now);
    let name = command.name.unwrap_or_else(|| known.name.clone());
    let changed = Objective { name, ..known.clone() }.checked().map_err(refused)?;
    if changed != known {
        writer.put_objective(&changed)?;
    }
    let Some(written) = command.target else {
        return Ok(Outcome::titled(format!("Rename objective {} to {}", known.name, changed.name)));
    };
    let target = read_target(&written)?;
    let valid_from = command.valid_from.unwrap_or(today);
    if known.target_on(valid_from) != Some(target) {
        writer.put_target(known.id, valid_from, target)?;
    }
    let from = if valid_from == today { String::new() } else { format!(" from {} on", short(valid_from)) };
    Ok(Outcome::titled(format!("Set target of {} to {}{from}", changed.name, target_said(target))))
}

/// Takes an objective away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveObjective {
    /// The objective.
    pub objective: ObjectiveId,
}

pub(crate) fn remove_objective(
    writer: &mut Writer<'_>,
    command: RemoveObjective,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = objective_of(writer, command.objective)?;
    writer.remove_objective(known.id)?;
    Ok(Outcome::titled(format!("Remove objective {}", known.name)))
}

/// Says how facts become figures from a day on; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SetRules {
    /// The part of a second that a full outage takes.
    #[ts(optional = nullable)]
    pub full: Option<Share>,
    /// The part of a second that a partial outage takes.
    #[ts(optional = nullable)]
    pub partial: Option<Share>,
    /// The part of a second that a degraded service takes.
    #[ts(optional = nullable)]
    pub degraded: Option<Share>,
    /// The hours before its beginning in which maintenance is to be announced.
    #[ts(optional = nullable)]
    pub notice_hours: Option<u32>,
    /// From which day on; none is today.
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

pub(crate) fn set_rules(
    writer: &mut Writer<'_>,
    command: SetRules,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let valid_from = match command.valid_from {
        Some(day) => day,
        None => writer.team()?.zone.day_of(context.now),
    };
    let known = rules_on(writer, valid_from)?;
    let rules = ReliabilityRules {
        valid_from,
        weights: Weights {
            full: command.full.unwrap_or(known.weights.full),
            partial: command.partial.unwrap_or(known.weights.partial),
            degraded: command.degraded.unwrap_or(known.weights.degraded),
        },
        notice: command.notice_hours.map_or(known.notice, |hours| Minutes::hours(i64::from(hours))),
    };
    let Weights { full, partial, degraded } = rules.weights;
    if !(Share::ZERO <= degraded && degraded <= partial && partial <= full && full <= Share::WHOLE) {
        return Err(AppError::refused(
            "A worse outage cannot take less of a second, and none takes more than all of it.",
            "Write parts such as 100 %, 30 % and 0 %.",
        )
        .at("partial"));
    }
    if rules.notice > Minutes::hours(24 * 366) {
        let message = "Nobody announces that early.";
        return Err(AppError::refused(message, "Write hours, such as 24 or 72.").at("noticeHours"));
    }
    if (rules.weights, rules.notice) != (known.weights, known.notice) {
        writer.put_reliability_rules(&rules)?;
    }
    Ok(Outcome::titled("Set how outages count"))
}

/// Says what follows from a spent error budget, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetPolicy {
    /// Whether production comes first in planning.
    pub is_on: bool,
    /// The part of the budget that must be left; none stays as it is, 0 is when all of it is spent.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub spent_at: Option<Share>,
    /// From which day on; none is today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

pub(crate) fn set_policy(
    writer: &mut Writer<'_>,
    command: SetPolicy,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let valid_from = match command.valid_from {
        Some(day) => day,
        None => writer.team()?.zone.day_of(context.now),
    };
    let known = BudgetPolicy::on(&writer.budget_policies()?, valid_from);
    let policy = BudgetPolicy { is_on: command.is_on, spent_at: command.spent_at.unwrap_or(known.spent_at) };
    if !(Share::ZERO..Share::WHOLE).contains(&policy.spent_at) {
        let message = format!("{} of a budget is no limit.", policy.spent_at);
        return Err(AppError::refused(message, "Write a part from 0 % to below 100 %.").at("spentAt"));
    }
    if policy != known {
        writer.put_budget_policy(valid_from, &policy)?;
    }
    Ok(Outcome::titled("Set what follows from a spent error budget"))
}

/// An objective that must be there.
pub(crate) fn objective_of(reader: &Reader<'_>, id: ObjectiveId) -> Result<Objective, AppError> {
    reader.objective(id)?.ok_or_else(|| AppError::not_found("objective"))
}

/// The name of what something is promised of.
pub(super) fn subject_name(reader: &Reader<'_>, of: Subject) -> Result<String, AppError> {
    Ok(match of {
        Subject::Service(id) => service_of(reader, id)?.name,
        Subject::Group(id) => group_of(&reader.service_groups()?, id)?.name.clone(),
    })
}

/// A target as people write it: `99.9`, `99,95 %`.
pub(crate) fn read_target(text: &str) -> Result<Target, AppError> {
    let written = text.trim().trim_end_matches('%').trim_end();
    let refused = |message: String| {
        Err(AppError::refused(message, "Write it in percent, with at most four decimals: 99.9 or 99.95.")
            .at("target"))
    };
    let (whole, decimals) = written.split_once(['.', ',']).unwrap_or((written, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 4 || !digits(whole) || !digits(decimals) {
        return refused(format!("“{}” is no target.", text.trim()));
    }
    let millionths = format!("{whole}{decimals:0<4}").parse::<u32>().unwrap_or(u32::MAX);
    match Target::millionths(millionths) {
        Ok(target) => Ok(target),
        Err(why @ (BudgetRefused::NoBudget | BudgetRefused::NoTarget)) => refused(sentence(&why.to_string())),
    }
}

/// `99.9 %`, with as many decimals as it has.
pub(crate) fn target_said(target: Target) -> String {
    let millionths = target.in_millionths();
    let decimals = format!("{:04}", millionths % 10_000);
    match decimals.trim_end_matches('0') {
        "" => format!("{} %", millionths / 10_000),
        decimals => format!("{}.{decimals} %", millionths / 10_000),
    }
}

fn read_hours(hours: AgreedHours, team: Zone) -> Result<BusinessHours, AppError> {
    let zone = match hours.zone.as_deref().map(str::trim) {
        None | Some("") => team,
        Some(name) => Zone::parse(name).ok_or_else(|| {
            AppError::refused(format!("“{name}” is no time zone."), "Write it such as Europe/Zurich.")
                .at("zone")
        })?,
    };
    Ok(BusinessHours { zone, without_holidays: hours.without_holidays, spans: hours.spans })
}

fn refused(why: ObjectiveRefused) -> AppError {
    let (hint, field) = match why {
        ObjectiveRefused::NoName => ("Say what is promised, such as checkout answers.", "name"),
        ObjectiveRefused::NoDays => ("Write the days that are looked back, such as 28.", "days"),
        ObjectiveRefused::NoHours => ("Choose the days and hours in which it holds.", "hours"),
        ObjectiveRefused::WrongHours => ("Write hours such as 9:00 to 17:00.", "hours"),
    };
    AppError::refused(sentence(&why.to_string()), hint).at(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_written_in_percent() {
        let said = |text: &str| read_target(text).map(target_said).map_err(|error| error.message);
        assert_eq!(said("99.9"), Ok("99.9 %".into()));
        assert_eq!(said(" 99,95 % "), Ok("99.95 %".into()));
        assert_eq!(said("90"), Ok("90 %".into()));
        assert_eq!(said("99.9999"), Ok("99.9999 %".into()));
        assert_eq!(said("100"), Err("A target of 100 % leaves no error budget.".into()));
        assert_eq!(said("101"), Err("A target of 100 % leaves no error budget.".into()));
        assert_eq!(said("0"), Err("A target is above 0 %.".into()));
        assert_eq!(said("99.99999"), Err("“99.99999” is no target.".into()));
        assert_eq!(said("two nines"), Err("“two nines” is no target.".into()));
    }
}
