//! Levels and rotations, as people set them up.
//!
//! 1. A rotation begins at its first handover, and who is named first takes the first turn. A first handover in the past
//!    says that it was so since: unless the past is recorded already, it is recorded from then on.
//! 2. Changing a rotation changes nothing before now. With a first handover that is still to come the rotation goes on as
//!    it is until then.
//! 3. Ending a rotation takes away what it would have said later.

use super::past::record;
use super::{level_of, local_said, read_local};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::team::members::member_of;
use chrono::NaiveTime;
use domain::calendar::{Instant, WorkingWeek, Zone};
use domain::identity::{MemberId, RotationId, RowId};
use domain::on_call::{OnCallLevel, Restriction, RotationRefused, TeamRotation, TurnUnit};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Sets up a rotation, or changes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveRotation {
    /// The rotation that is changed; none for a new one.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub id: Option<RotationId>,
    /// The level for which it answers; none makes one of the name below, or takes the one that has it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub level: Option<RowId>,
    /// The name of the level, where none is chosen; empty is “Primary”.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub level_name: String,
    /// Its name; empty is what it does: “Weekly”.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub name: String,
    /// The zone of its local times, an IANA name; empty is the team's.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub zone: String,
    /// The local time of the first handover: `2026-11-30 09:00`.
    pub first: String,
    /// How the length of a turn is counted.
    pub unit: TurnUnit,
    /// How many of these a turn lasts.
    pub length: u32,
    /// Who takes turns, in order.
    pub people: Vec<MemberId>,
    /// The times of the week to which it is kept; none is always.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<TimeOfWeek>>")]
    pub only: Vec<TimeOfWeek>,
}

/// A time of the week, on the border.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimeOfWeek {
    /// The days on which it begins, with Monday as bit 0.
    pub days: u8,
    /// When it begins: `22:00`.
    pub from: String,
    /// When it ends: `06:00`; one that is not later lies on the next day.
    pub to: String,
}

impl TimeOfWeek {
    /// As the border has it.
    pub(super) fn of(restriction: &Restriction) -> TimeOfWeek {
        TimeOfWeek {
            days: restriction.days.bits(),
            from: restriction.from.format("%H:%M").to_string(),
            to: restriction.to.format("%H:%M").to_string(),
        }
    }

    fn read(&self) -> Result<Restriction, AppError> {
        let days = WorkingWeek::from_bits(self.days).ok_or_else(|| {
            AppError::refused("A time of the week has no day.", "Tick the days on which it begins.")
                .at("only")
        })?;
        Ok(Restriction { days, from: time(&self.from)?, to: time(&self.to)? })
    }
}

fn time(text: &str) -> Result<NaiveTime, AppError> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| {
        AppError::refused(format!("“{}” is no time of day.", text.trim()), "Write it such as 22:00.")
            .at("only")
    })
}

pub(super) fn save_rotation(
    writer: &mut Writer<'_>,
    command: SaveRotation,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let team_zone = writer.team()?.zone;
    let zone = match command.zone.trim() {
        "" => team_zone,
        name => Zone::parse(name).ok_or_else(|| {
            let hint = "Write an IANA name such as Europe/Zurich.";
            AppError::refused(format!("“{name}” is not a time zone."), hint).at("zone")
        })?,
    };
    let first = read_local(&command.first, "first")?;
    let mut people: Vec<MemberId> = Vec::new();
    for one in &command.people {
        if !people.contains(&member_of(writer, *one)?.id) {
            people.push(*one);
        }
    }
    let only = command.only.iter().map(TimeOfWeek::read).collect::<Result<Vec<_>, _>>()?;
    let known = match command.id {
        Some(id) => Some(rotation_of(writer, id)?),
        None => None,
    };
    let name = match command.name.trim() {
        "" => turn_said(command.unit, command.length),
        name => one_line(name, "name")?,
    };
    record(writer, context.now)?;
    let level = match command.level {
        Some(level) => level_of(writer, level)?,
        None => level_named(writer, &command.level_name, only.is_empty())?,
    };
    let rotation = TeamRotation {
        id: known.as_ref().map_or_else(|| writer.identity(), |known| known.id),
        level: level.id,
        name,
        zone,
        first,
        unit: command.unit,
        length: command.length,
        ends: None,
        people,
        restrictions: only,
    };
    let begins = rotation.rotation().map_err(|refused| refusal(&refused))?.handover(0);
    let saved = match &known {
        // It goes on until the new one begins (rule 2).
        Some(known) if begins > context.now && known.first != rotation.first => {
            writer.put_rotation(&TeamRotation { ends: Some(begins), ..known.clone() })?;
            TeamRotation { id: writer.identity(), ..rotation }
        }
        _ => rotation,
    };
    writer.put_rotation(&saved)?;
    believe(writer, &level, begins, context.now)?;
    let verb = if known.is_some() { "Change" } else { "Add" };
    let outcome = Outcome::titled(format!("{verb} rotation {} of {}", saved.name, level.name));
    Ok(outcome.created(saved.id))
}

/// Starts the recorded past of a level at the first handover where nothing is recorded yet (rule 1), and records it.
fn believe(
    writer: &mut Writer<'_>,
    level: &OnCallLevel,
    begins: Instant,
    now: Instant,
) -> Result<(), AppError> {
    if level.recorded_until.is_none() {
        // What was marked or brought in before stays what it was.
        let stored = writer.stored_shifts(Instant::from_millis(i64::MIN), now)?;
        let last = stored.iter().filter(|shift| shift.level == level.id).map(|shift| shift.to).max();
        let until = begins.max(last.unwrap_or(begins)).min(now);
        writer.put_on_call_level(&OnCallLevel { recorded_until: Some(until), ..level.clone() })?;
    }
    record(writer, now)
}

/// Ends a rotation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EndRotation {
    /// The rotation.
    pub id: RotationId,
    /// The local time from which on it says nothing any more; empty is now.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub at: String,
}

pub(super) fn end_rotation(
    writer: &mut Writer<'_>,
    command: EndRotation,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let rotation = rotation_of(writer, command.id)?;
    let at = match command.at.trim() {
        "" => context.now,
        text => rotation.zone.instant(read_local(text, "at")?),
    };
    record(writer, context.now)?;
    let begins = rotation.rotation().map(|rotation| rotation.handover(0));
    if at <= context.now || begins.is_ok_and(|begins| begins >= at) {
        writer.remove_rotation(rotation.id)?;
        return Ok(Outcome::titled(format!("End rotation {}", rotation.name)));
    }
    writer.put_rotation(&TeamRotation { ends: Some(at), ..rotation.clone() })?;
    let zone = writer.team()?.zone;
    Ok(Outcome::titled(format!("End rotation {} on {}", rotation.name, local_said(at, zone))))
}

/// Changes what holds for a level; what is left away stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeLevel {
    /// The level.
    pub id: RowId,
    /// Its name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// Whether being on call here takes a part of a working day.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub takes_hours: Option<bool>,
    /// Whether somebody should answer at all hours.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub all_hours: Option<bool>,
}

pub(super) fn change_level(
    writer: &mut Writer<'_>,
    command: ChangeLevel,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let level = level_of(writer, command.id)?;
    let name = match &command.name {
        Some(name) => one_line(name, "name")?,
        None => level.name.clone(),
    };
    let changed = OnCallLevel {
        name,
        takes_hours: command.takes_hours.unwrap_or(level.takes_hours),
        all_hours: command.all_hours.unwrap_or(level.all_hours),
        ..level.clone()
    };
    if changed != level {
        writer.put_on_call_level(&changed)?;
    }
    Ok(Outcome::titled(format!("Change on-call level {}", changed.name)))
}

/// Takes a level away, with its rotations and its past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveLevel {
    /// The level.
    pub id: RowId,
}

pub(super) fn remove_level(
    writer: &mut Writer<'_>,
    command: RemoveLevel,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let level = level_of(writer, command.id)?;
    writer.remove_on_call_level(level.id)?;
    Ok(Outcome::titled(format!("Remove on-call level {}", level.name)))
}

/// A rotation that must be there.
pub(super) fn rotation_of(reader: &Reader<'_>, id: RotationId) -> Result<TeamRotation, AppError> {
    let found = reader.rotations()?.into_iter().find(|rotation| rotation.id == id);
    found.ok_or_else(|| AppError::not_found("rotation"))
}

/// The level of a name; made where there is none.
fn level_named(writer: &mut Writer<'_>, name: &str, all_hours: bool) -> Result<OnCallLevel, AppError> {
    let name = match name.trim() {
        "" => "Primary".to_owned(),
        name => one_line(name, "levelName")?,
    };
    let levels = writer.on_call_levels()?;
    if let Some(known) = levels.iter().find(|level| level.name.to_lowercase() == name.to_lowercase()) {
        // A level that only marked days made says nothing yet of when somebody should answer.
        let level = OnCallLevel { all_hours: known.all_hours || all_hours, ..known.clone() };
        if level.recorded_until.is_none() && level != *known {
            writer.put_on_call_level(&level)?;
            return Ok(level);
        }
        return Ok(known.clone());
    }
    // Who is called next is rarely woken: only the first level takes a part of the day, unless the team says otherwise.
    let takes_hours = !levels.iter().any(|level| level.takes_hours);
    let level = OnCallLevel { id: writer.identity(), name, takes_hours, all_hours, recorded_until: None };
    writer.put_on_call_level(&level)?;
    Ok(level)
}

/// How a turn's length is said: “Weekly”, “Every 12 hours”.
pub(super) fn turn_said(unit: TurnUnit, length: u32) -> String {
    match (unit, length) {
        (TurnUnit::Hours, 1) => "Hourly".to_owned(),
        (TurnUnit::Days, 1) => "Daily".to_owned(),
        (TurnUnit::Weeks, 1) => "Weekly".to_owned(),
        (TurnUnit::Months, 1) => "Monthly".to_owned(),
        (unit, length) => format!("Every {length} {unit}"),
    }
}

fn one_line(text: &str, field: &str) -> Result<String, AppError> {
    let text = text.trim();
    let refused = |message: &str| AppError::refused(message, "Write a short name on one line.").at(field);
    match text {
        "" => Err(refused("There is no name.")),
        _ if text.contains(['\n', '\r']) => Err(refused("A name is one line.")),
        _ if text.chars().count() > 60 => Err(refused("The name is too long.")),
        _ => Ok(text.to_owned()),
    }
}

fn refusal(refused: &RotationRefused) -> AppError {
    let (field, hint) = match refused {
        RotationRefused::Length => ("length", "A week is usual: length 1, in weeks."),
        RotationRefused::Nobody => ("people", "Choose who takes turns, in the order in which they do."),
    };
    AppError::refused(sentence(&refused.to_string()), hint).at(field)
}
