//! When the team works: its zone, week, holidays, the length of a Sprint and of the Scrum events.
//!
//! 1. Weeks and events hold from a day on; before the first edition of the events they take what they usually do (2.1).
//! 2. The lengths of events are those for a Sprint of two weeks; other Sprints take them in proportion (2.1).

use super::{read_day, short};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use domain::calendar::{Day, WorkingWeek, Zone};
use domain::capacity::ScrumEvents;
use domain::identity::RowId;
use domain::measures::{Minutes, Size};
use serde::{Deserialize, Serialize};
use store::{TeamSettings, Writer};
use ts_rs::TS;

/// Sets the time zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetZone {
    /// An IANA name.
    pub zone: String,
}

pub(super) fn set_zone(
    writer: &mut Writer<'_>,
    command: SetZone,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let zone = Zone::parse(command.zone.trim()).ok_or_else(|| {
        AppError::refused("This time zone is not known.", "Choose one such as Europe/Zurich.").at("zone")
    })?;
    let team = writer.team()?;
    writer.put_team(&TeamSettings { zone, ..team })?;
    Ok(Outcome::titled(format!("Set time zone to {zone}")))
}

/// Sets the working week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetWorkingWeek {
    /// The days, with Monday as bit 0.
    pub days: u8,
    /// The first day for which it holds; today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

pub(super) fn set_working_week(
    writer: &mut Writer<'_>,
    command: SetWorkingWeek,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let week = week_of(command.days)?;
    let today = writer.team()?.zone.day_of(context.now);
    writer.put_working_week(command.valid_from.unwrap_or(today), week)?;
    Ok(Outcome::titled("Set working week"))
}

/// Adds a day on which nobody works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddHoliday {
    /// The day, `YYYY-MM-DD`.
    pub day: String,
    /// What is celebrated; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub name: String,
}

pub(super) fn add_holiday(
    writer: &mut Writer<'_>,
    command: AddHoliday,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let day = read_day(&command.day, "day")?;
    if let Some(known) = writer.holidays()?.into_iter().find(|holiday| holiday.day == day) {
        let known = if known.name.is_empty() { "a holiday".to_owned() } else { known.name };
        return Err(AppError::refused(
            format!("{} already is {known}.", short(day)),
            "Take that one away first to give it another name.",
        )
        .at("day"));
    }
    let name = command.name.trim();
    let id = writer.add_holiday(day, name)?;
    let what = if name.is_empty() { "holiday" } else { name };
    Ok(Outcome::titled(format!("Add {what}, {}", short(day))).created(id))
}

/// Takes a holiday away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveHoliday {
    /// The holiday.
    pub holiday: RowId,
}

pub(super) fn remove_holiday(
    writer: &mut Writer<'_>,
    command: RemoveHoliday,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let holidays = writer.holidays()?;
    let holiday = holidays
        .iter()
        .find(|holiday| holiday.id == command.holiday)
        .ok_or_else(|| AppError::not_found("holiday"))?;
    writer.remove_holiday(holiday.id)?;
    let what = if holiday.name.is_empty() { "holiday" } else { &holiday.name };
    Ok(Outcome::titled(format!("Remove {what}, {}", short(holiday.day))))
}

/// Sets how long a Sprint lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetSprintLength {
    /// Weeks, 1 to 4.
    pub weeks: u8,
}

pub(super) fn set_sprint_length(
    writer: &mut Writer<'_>,
    command: SetSprintLength,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    if !(1..=4).contains(&command.weeks) {
        return Err(AppError::refused(
            format!("A Sprint cannot last {} weeks.", command.weeks),
            "The Scrum Guide allows a month at most: choose 1 to 4 weeks.",
        )
        .at("weeks"));
    }
    let team = writer.team()?;
    writer.put_team(&TeamSettings { sprint_days: i64::from(command.weeks) * 7, ..team })?;
    let weeks = if command.weeks == 1 { "week".to_owned() } else { format!("{} weeks", command.weeks) };
    Ok(Outcome::titled(format!("Set Sprint length to {weeks}")))
}

/// Says whether the team works on one day of the week, from today on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetWorkingDay {
    /// The day of the week, with Monday as 0.
    pub day: u8,
    /// Whether they work on it.
    pub works: bool,
}

pub(super) fn set_working_day(
    writer: &mut Writer<'_>,
    command: SetWorkingDay,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let today = writer.team()?.zone.day_of(context.now);
    let before = writer.calendar()?.week_on(today);
    let week = week_of(with_day(before.bits(), command.day, command.works)?)?;
    if week != before {
        writer.put_working_week(today, week)?;
    }
    Ok(Outcome::titled("Set working week"))
}

/// The bits of a week with one day changed. Refused where there is no such day.
pub(super) fn with_day(bits: u8, day: u8, works: bool) -> Result<u8, AppError> {
    if day > 6 {
        return Err(AppError::refused("A week has seven days.", "Name one from 0, Monday, to 6.").at("days"));
    }
    Ok(if works { bits | 1 << day } else { bits & !(1 << day) })
}

fn week_of(bits: u8) -> Result<WorkingWeek, AppError> {
    WorkingWeek::from_bits(bits).ok_or_else(|| {
        AppError::refused("A working week needs a day.", "Choose at least one day on which the team works.")
            .at("days")
    })
}

/// Sets how long Scrum events take; what is left away stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetScrumEvents {
    /// The Daily Scrum in minutes, each day: `15`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub daily: Option<String>,
    /// Sprint Planning in hours, on the first day of a Sprint of two weeks: `4`, `2.5`, `1:30`.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub planning: Option<String>,
    /// The Sprint Review in hours, on the last day of a Sprint of two weeks.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub review: Option<String>,
    /// The Sprint Retrospective in hours, on the last day of a Sprint of two weeks.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub retrospective: Option<String>,
    /// The first day for which it holds: of Sprints that begin then or later. Today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

pub(super) fn set_scrum_events(
    writer: &mut Writer<'_>,
    command: SetScrumEvents,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let today = writer.team()?.zone.day_of(context.now);
    let valid_from = command.valid_from.unwrap_or(today);
    let before = writer.scrum_events(valid_from)?;
    let read = |text: &Option<String>, before: Minutes, field: &str, unit: TimeUnit| match text {
        None => Ok(before),
        Some(text) => {
            let minutes = read_time(text, unit, field)?.ok_or_else(|| {
                AppError::refused("Nothing is said about how long it takes.", "Write 0 if there is none.")
                    .at(field)
            })?;
            ScrumEvents { daily: minutes, ..ScrumEvents::default() }.check().map_err(|refused| {
                let hint = "The Scrum Guide allows half a working day or less for two weeks.";
                AppError::refused(sentence(&refused.to_string()), hint).at(field)
            })?;
            Ok::<_, AppError>(minutes)
        }
    };
    let events = ScrumEvents {
        daily: read(&command.daily, before.daily, "daily", TimeUnit::Minutes)?,
        planning: read(&command.planning, before.planning, "planning", TimeUnit::Hours)?,
        review: read(&command.review, before.review, "review", TimeUnit::Hours)?,
        retrospective: read(&command.retrospective, before.retrospective, "retrospective", TimeUnit::Hours)?,
    };
    if events != before {
        writer.put_scrum_events(valid_from, &events)?;
    }
    Ok(Outcome::titled("Set length of Scrum events"))
}

/// The unit of a time that is written as a plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    /// `15`.
    Minutes,
    /// `6`, `7.5`.
    Hours,
}

/// A time as people write it: a number of the unit, or `7:30`; nothing is not set. Refused at a field.
pub(crate) fn read_time(text: &str, unit: TimeUnit, field: &str) -> Result<Option<Minutes>, AppError> {
    let (ending, unreadable) = match unit {
        TimeUnit::Minutes => ("min", ("minutes", "Write it such as 15 or 0:15.")),
        TimeUnit::Hours => ("h", ("hours", "Write it such as 6, 7.5 or 7:30.")),
    };
    let text = text.trim().trim_end_matches(ending).trim_end();
    if text.is_empty() {
        return Ok(None);
    }
    let (what, hint) = unreadable;
    let unreadable = || AppError::refused(format!("“{text}” is no number of {what}."), hint).at(field);
    if let Some((hours, minutes)) = text.split_once(':') {
        let (hours, minutes): (u8, u8) =
            (hours.parse().map_err(|_| unreadable())?, minutes.parse().map_err(|_| unreadable())?);
        if minutes > 59 {
            return Err(unreadable());
        }
        return Ok(Some(Minutes::new(i64::from(hours) * 60 + i64::from(minutes))));
    }
    let hundredths = Size::parse(text).map_err(|_| unreadable())?.in_hundredths();
    let minutes = match unit {
        TimeUnit::Minutes => (hundredths + 50) / 100,
        TimeUnit::Hours => (hundredths * 60 + 50) / 100,
    };
    Ok(Some(Minutes::new(minutes)))
}
