//! The members: who belongs to the team, and their working time.
//!
//! 1. Hours and days hold from a day on; what nobody had set is answered for the days before too (1.4).
//! 2. A change names what becomes different; everything else stays as it is in the file, whatever the window showed.

use super::days::{TimeUnit, read_time, with_day};
use super::{counted, read_day};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use domain::calendar::{Day, WorkingWeek};
use domain::identity::MemberId;
use domain::measures::{Minutes, Share};
use domain::team::{Member, MemberHours, MemberRefused};
use serde::{Deserialize, Serialize};
use store::{Reader, TeamSettings, Writer};
use ts_rs::TS;

/// A member as people write them down.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberForm {
    /// Their name.
    pub name: String,
    /// Hours on a working day, such as `6` or `7.5`; empty is not set (1.4).
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub hours: String,
    /// The days on which they work, with Monday as bit 0; none is the team's whole week.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub days: Option<u8>,
    /// Their first day in the team, `YYYY-MM-DD`; empty is the first day of the team itself.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub from: String,
    /// Their last one; empty while it is not known.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub to: String,
}

/// Adds a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddMember {
    /// As they are written down.
    #[serde(flatten)]
    pub member: MemberForm,
}

pub(super) fn add_member(
    writer: &mut Writer<'_>,
    command: AddMember,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let id = writer.identity();
    let member = read_new_member(writer, &command.member, id)?;
    writer.put_member(&member)?;
    Ok(Outcome::titled(format!("Add {}", member.name)).created(member.id))
}

/// A member who comes, as they are written down.
pub(crate) fn read_new_member(
    reader: &Reader<'_>,
    form: &MemberForm,
    id: MemberId,
) -> Result<Member, AppError> {
    let read = read_member(reader, form)?;
    let hours =
        MemberHours { valid_from: read.from, a_day: read.a_day, week: read.week, share: Share::WHOLE };
    let member = Member { id, name: read.name, from: read.from, to: read.to, hours: vec![hours] };
    member.check().map_err(member_refused)?;
    Ok(member)
}

/// Changes a member; what is left away stays. Hours and days hold from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeMember {
    /// The member.
    pub id: MemberId,
    /// Another name.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub name: Option<String>,
    /// Other hours on a working day; empty is not set.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub hours: Option<String>,
    /// The days on which they work, with Monday as bit 0; the team's whole week follows the team's.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub days: Option<u8>,
    /// One day of the week on which they work from now on, or no longer.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub day: Option<DayChange>,
    /// Another first day; empty is the first day of the team itself.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub from: Option<String>,
    /// Another last day; empty while it is not known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub to: Option<String>,
    /// The first day for which changed hours and days hold; today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

/// One day of the week that becomes a working day, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DayChange {
    /// The day of the week, with Monday as 0.
    pub day: u8,
    /// Whether they work on it.
    pub works: bool,
}

pub(super) fn change_member(
    writer: &mut Writer<'_>,
    command: ChangeMember,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = member_of(writer, command.id)?;
    let team = writer.team()?;
    let from = match &command.from {
        Some(from) => read_from(from, &team)?,
        None => known.from,
    };
    let to = match &command.to {
        Some(to) => read_to(to)?,
        None => known.to,
    };
    let name = command.name.as_deref().map_or(known.name.as_str(), str::trim).to_owned();
    // Hours of somebody who is still to come hold from their first day.
    let valid_from = command.valid_from.unwrap_or(team.zone.day_of(context.now)).max(from);
    let now = known.hours_on(valid_from).copied();
    let now = now.unwrap_or(MemberHours { valid_from, a_day: None, week: None, share: Share::WHOLE });
    let a_day = match &command.hours {
        Some(hours) => read_time(hours, TimeUnit::Hours, "hours")?,
        None => now.a_day,
    };
    let whole = writer.calendar()?.week_on(valid_from);
    let mut days = command.days.unwrap_or(now.week.unwrap_or(whole).bits());
    if let Some(change) = command.day {
        days = with_day(days, change.day, change.works)?;
    }
    let week = if command.days.is_none() && command.day.is_none() {
        now.week
    } else {
        Some(read_week(days)?).filter(|week| *week != whole)
    };
    let mut hours = known.hours.clone();
    if (now.a_day, now.week) != (a_day, week) {
        // What nobody had set is answered now for the past too: it was a question, not a figure.
        let was_open = now.a_day.is_none() && a_day.is_some() && command.valid_from.is_none();
        let valid_from = if was_open { now.valid_from } else { valid_from };
        hours.retain(|row| row.valid_from != valid_from);
        hours.push(MemberHours { valid_from, a_day, week, ..now });
        hours.sort_by_key(|row| row.valid_from);
    }
    let member = Member { id: known.id, name, from, to, hours };
    member.check().map_err(member_refused)?;
    let title = if member.name != known.name {
        format!("Rename {} to {}", known.name, member.name)
    } else if member.hours != known.hours {
        format!("Set working time of {}", member.name)
    } else {
        format!("Change {}", member.name)
    };
    if member != known {
        writer.put_member(&member)?;
    }
    Ok(Outcome::titled(title))
}

/// Takes a member away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveMember {
    /// The member.
    pub id: MemberId,
}

pub(super) fn remove_member(
    writer: &mut Writer<'_>,
    command: RemoveMember,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let member = member_of(writer, command.id)?;
    let owned = writer.items_of_owner(member.id)?;
    if owned > 0 {
        return Err(AppError::refused(
            format!("{} owns {}, or did.", member.name, counted(owned, "item")),
            "Give them their last day instead, so that what they did stays theirs.",
        )
        .at("to"));
    }
    if writer.knows_interrupts(member.id)? {
        return Err(AppError::refused(
            format!("{} worked on interrupts, or owns one.", member.name),
            "Give them their last day instead, so that what they did stays theirs.",
        )
        .at("to"));
    }
    if writer.knows_daily_notes(member.id)? {
        return Err(AppError::refused(
            format!("Something was said of {} in a Daily Scrum.", member.name),
            "Give them their last day instead, so that what was said stays theirs.",
        )
        .at("to"));
    }
    if writer.knows_incidents(member.id)? {
        return Err(AppError::refused(
            format!("{} worked on incidents, or owns one.", member.name),
            "Give them their last day instead, so that what they did stays theirs.",
        )
        .at("to"));
    }
    writer.remove_member(member.id)?;
    Ok(Outcome::titled(format!("Remove {}", member.name)))
}

fn member_refused(refused: MemberRefused) -> AppError {
    let (field, hint) = match refused {
        MemberRefused::Nameless => ("name", "Write the name by which the team knows them."),
        MemberRefused::HoursOutOfRange { .. } => (
            "hours",
            "Leave it empty while it is not known; a day on which they never work is none of their days.",
        ),
        MemberRefused::LeavesBeforeComing { .. } => ("to", "Leave it empty while it is not known."),
    };
    AppError::refused(sentence(&refused.to_string()), hint).at(field)
}

/// A member's form, read.
struct MemberRead {
    name: String,
    a_day: Option<Minutes>,
    week: Option<WorkingWeek>,
    from: Day,
    to: Option<Day>,
}

fn read_member(reader: &Reader<'_>, form: &MemberForm) -> Result<MemberRead, AppError> {
    let week = match form.days {
        None => None,
        Some(days) => Some(read_week(days)?),
    };
    Ok(MemberRead {
        name: form.name.trim().to_owned(),
        a_day: read_time(&form.hours, TimeUnit::Hours, "hours")?,
        week,
        from: read_from(&form.from, &reader.team()?)?,
        to: read_to(&form.to)?,
    })
}

fn read_week(days: u8) -> Result<WorkingWeek, AppError> {
    WorkingWeek::from_bits(days).ok_or_else(|| {
        AppError::refused("A working week needs a day.", "Choose at least one day on which they work.")
            .at("days")
    })
}

fn read_from(text: &str, team: &TeamSettings) -> Result<Day, AppError> {
    if text.trim().is_empty() { Ok(team.zone.day_of(team.created_at)) } else { read_day(text, "from") }
}

fn read_to(text: &str) -> Result<Option<Day>, AppError> {
    if text.trim().is_empty() { Ok(None) } else { read_day(text, "to").map(Some) }
}

/// A member who must be there.
pub(crate) fn member_of(reader: &Reader<'_>, id: MemberId) -> Result<Member, AppError> {
    reader.members()?.into_iter().find(|member| member.id == id).ok_or_else(|| AppError::not_found("member"))
}
