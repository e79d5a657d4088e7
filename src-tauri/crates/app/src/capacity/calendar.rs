//! The team's calendar: who is away, who is on call, what being on call takes, who is shared with other teams.
//!
//! 1. Everything here has dates and nothing names a Sprint: Sprints that are not started read it, and nothing else
//!    changes by it (2.2).
//! 2. A form says one absence, which may lie over no other of the same member; marking says something new of exactly
//!    the days that are marked, as a pen does.
//! 3. What nothing changes writes nothing.

mod month;
mod rows;

pub(crate) use month::calendar_month;
pub use month::{
    CalendarDay, CalendarMonth, CalendarMonthQuestion, CalendarSprintDay, DayAbsence, DayHoliday,
};
pub(crate) use rows::calendar_rows;
pub use rows::{
    CalendarCell, CalendarRow, CalendarRows, CalendarRowsQuestion, CellKind, RowAbsence, RowDay, RowEvent,
};

use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::team::members::member_of;
use crate::team::{TimeUnit, read_day, read_time, short};
use domain::calendar::Day;
use domain::capacity::{Absence, AbsenceRefused, Spell, check_days, mark};
use domain::identity::{MemberId, RowId};
use domain::measures::{Minutes, Share, Size};
use domain::team::{Member, MemberHours};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Enters an absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddAbsence {
    /// Who is away.
    pub member: MemberId,
    /// When and how much.
    #[serde(flatten)]
    pub absence: AbsenceForm,
}

/// An absence as people write it down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AbsenceForm {
    /// The first day, `YYYY-MM-DD`.
    pub first_day: String,
    /// The last day; empty is the first.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub last_day: String,
    /// How much of each day: `whole` or empty, `half`, `25 %`, `2 h`, `1:30`.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub away: String,
    /// Why; may be empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
}

pub(crate) fn add_absence(
    writer: &mut Writer<'_>,
    command: AddAbsence,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let member = member_of(writer, command.member)?;
    let id = writer.identity();
    let absence = read_absence(writer, id, &member, &command.absence)?;
    writer.put_absence(&absence)?;
    Ok(Outcome::titled(away_said(&member.name, absence.away, absence.first, absence.last)).created(id))
}

/// Changes an absence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeAbsence {
    /// The absence.
    pub id: RowId,
    /// As it is from now on.
    #[serde(flatten)]
    pub absence: AbsenceForm,
}

pub(crate) fn change_absence(
    writer: &mut Writer<'_>,
    command: ChangeAbsence,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = absence_of(writer, command.id)?;
    let member = member_of(writer, known.member)?;
    let absence = read_absence(writer, known.id, &member, &command.absence)?;
    if absence != known {
        writer.put_absence(&absence)?;
    }
    Ok(Outcome::titled(format!(
        "Change absence: {}",
        away_said(&member.name, absence.away, absence.first, absence.last)
    )))
}

/// Takes an absence away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveAbsence {
    /// The absence.
    pub id: RowId,
}

pub(crate) fn remove_absence(
    writer: &mut Writer<'_>,
    command: RemoveAbsence,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = absence_of(writer, command.id)?;
    let member = member_of(writer, known.member)?;
    writer.remove_absence(known.id)?;
    Ok(Outcome::titled(format!("{} is there {}", member.name, days_said(known.first, known.last))))
}

/// Days of a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MemberDays {
    /// Who.
    pub member: MemberId,
    /// The first day.
    pub first_day: Day,
    /// The last day, included.
    pub last_day: Day,
}

/// Says of days how much of each of them members are away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MarkAway {
    /// The days.
    pub days: Vec<MemberDays>,
    /// How much of each day in basis points: 10,000 the whole, 5,000 half; 0 is there.
    pub away: Share,
}

pub(crate) fn mark_away(
    writer: &mut Writer<'_>,
    command: MarkAway,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let away = command.away;
    if away < Share::ZERO || away > Share::WHOLE {
        return Err(refused(&AbsenceRefused::NotAPartOfADay { away }, ""));
    }
    let what = (away > Share::ZERO).then(|| (away, String::new()));
    let marked = marked(writer, &command.days)?;
    for (member, first, last) in &marked {
        let known: Vec<Spell<_>> = around(writer.absences(first.plus(-1), last.plus(1))?, |absence| {
            (absence.member == member.id).then_some(Spell {
                id: Some(absence.id),
                first: absence.first,
                last: absence.last,
                what: (absence.away, absence.note),
            })
        });
        let after = mark(&known, (*first, *last), what.clone());
        for gone in without(&known, &after) {
            writer.remove_absence(gone)?;
        }
        for spell in after.into_iter().filter(|spell| !known.contains(spell)) {
            let (away, note) = spell.what;
            let id = spell.id.unwrap_or_else(|| writer.identity());
            let (first, last) = (spell.first, spell.last);
            writer.put_absence(&Absence { id, member: member.id, first, last, away, note })?;
        }
    }
    let (names, days) = who_and_when(&marked);
    Ok(Outcome::titled(match away {
        Share::ZERO => format!("{names} there {days}"),
        away => format!("{names} {} {days}", part_said(away)),
    }))
}

/// Says of days whether members are on call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MarkOnCall {
    /// The days.
    pub days: Vec<MemberDays>,
    /// Whether they are.
    pub on_call: bool,
}

pub(crate) fn mark_on_call(
    writer: &mut Writer<'_>,
    command: MarkOnCall,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let marked = marked(writer, &command.days)?;
    for (member, first, last) in &marked {
        crate::on_call::mark(writer, member.id, (*first, *last), command.on_call, context)?;
    }
    let (names, days) = who_and_when(&marked);
    let what = if command.on_call { "on call" } else { "not on call" };
    Ok(Outcome::titled(format!("{names} {what} {days}")))
}

/// Sets the part of a day that being on call takes (2.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetOnCallFactor {
    /// The part, as people write it: `50 %`.
    pub share: String,
    /// The first day for which it holds; today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

pub(crate) fn set_on_call_factor(
    writer: &mut Writer<'_>,
    command: SetOnCallFactor,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let share = percent(&command.share).filter(|share| *share <= Share::WHOLE).ok_or_else(|| {
        AppError::refused(
            format!("“{}” is no part of a day.", command.share.trim()),
            "Write it such as 50 %, from 0 % to 100 %.",
        )
        .at("share")
    })?;
    let today = writer.team()?.zone.day_of(context.now);
    let valid_from = command.valid_from.unwrap_or(today);
    let known = writer.on_call_factor()?;
    if known.on(valid_from) != share {
        writer.put_on_call_factor(valid_from, share)?;
    }
    Ok(Outcome::titled(format!("Being on call takes {share} of a day from {}", short(valid_from))))
}

/// Says how much of a member's day this team has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShareMember {
    /// The member.
    pub member: MemberId,
    /// The part, as people write it: `60 %`; `100 %` is all.
    pub share: String,
    /// The first day for which it holds; today if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub valid_from: Option<Day>,
}

pub(crate) fn share_member(
    writer: &mut Writer<'_>,
    command: ShareMember,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let member = member_of(writer, command.member)?;
    let part = percent(&command.share).filter(|share| *share > Share::ZERO && *share <= Share::WHOLE);
    let share = part.ok_or_else(|| {
        AppError::refused(
            format!("“{}” is no part of a day.", command.share.trim()),
            "Write it such as 60 %; 100 % is a member of this team alone.",
        )
        .at("share")
    })?;
    let today = writer.team()?.zone.day_of(context.now);
    let valid_from = command.valid_from.unwrap_or(today).max(member.from);
    let Some(now) = member.hours_on(valid_from).copied() else { return Err(AppError::not_found("member")) };
    if now.share != share {
        let mut hours = member.hours.clone();
        hours.retain(|row| row.valid_from != valid_from);
        hours.push(MemberHours { valid_from, share, ..now });
        hours.sort_by_key(|row| row.valid_from);
        writer.put_member(&Member { hours, ..member.clone() })?;
    }
    Ok(Outcome::titled(match share {
        Share::WHOLE => format!("{} works for this team alone from {}", member.name, short(valid_from)),
        share => format!("{} works {share} of a day for this team from {}", member.name, short(valid_from)),
    }))
}

fn absence_of(reader: &Reader<'_>, id: RowId) -> Result<Absence, AppError> {
    reader.absence(id)?.ok_or_else(|| AppError::not_found("absence"))
}

fn read_absence(
    reader: &Reader<'_>,
    id: RowId,
    member: &Member,
    form: &AbsenceForm,
) -> Result<Absence, AppError> {
    let first = read_day(&form.first_day, "firstDay")?;
    let last = match form.last_day.trim() {
        "" => first,
        text => read_day(text, "lastDay")?,
    };
    let a_day = member.hours_on(first).and_then(|hours| hours.a_day);
    let away = read_part(&form.away, a_day)?;
    let absence = Absence { id, member: member.id, first, last, away, note: form.note.trim().to_owned() };
    let known = reader.absences(first, last.max(first))?;
    absence.check(&known).map_err(|refusal| refused(&refusal, &member.name))?;
    Ok(absence)
}

/// A part of a day as people write it; hours are a part of the member's hours a day.
fn read_part(text: &str, a_day: Option<Minutes>) -> Result<Share, AppError> {
    let text = text.trim().to_lowercase();
    let unreadable =
        |hint: &str| AppError::refused(format!("“{text}” is no part of a day."), hint).at("away");
    match text.as_str() {
        "" | "whole" => return Ok(Share::WHOLE),
        "half" => return Ok(Share::percent(50)),
        _ => {}
    }
    if text.ends_with('h') || text.contains(':') {
        let minutes = read_time(&text, TimeUnit::Hours, "away")?.unwrap_or_default().in_minutes();
        let Some(a_day) = a_day.filter(|a_day| *a_day > Minutes::ZERO) else {
            return Err(unreadable("Their hours a day are not set: write a part such as 25 %."));
        };
        let part = (minutes * 10_000 + a_day.in_minutes() / 2) / a_day.in_minutes();
        return Ok(Share::basis_points(part));
    }
    percent(&text).ok_or_else(|| unreadable("Write half, a part such as 25 %, or hours such as 2 h."))
}

/// `25`, `25 %`, `33.33 %`.
fn percent(text: &str) -> Option<Share> {
    let number = text.trim().trim_end_matches('%').trim_end();
    Size::parse(number).ok().map(|size| Share::basis_points(size.in_hundredths()))
}

fn refused(refusal: &AbsenceRefused, member: &str) -> AppError {
    match refusal {
        AbsenceRefused::EndsBeforeItBegins { first, last } => AppError::refused(
            format!("The last day, {}, lies before the first, {}.", short(*last), short(*first)),
            "Choose a later last day, or an earlier first one.",
        )
        .at("lastDay"),
        AbsenceRefused::TooLong { .. } => {
            AppError::refused(sentence(&refusal.to_string()), "Give them their last day in Settings instead.")
                .at("lastDay")
        }
        AbsenceRefused::NotAPartOfADay { .. } => AppError::refused(
            sentence(&refusal.to_string()),
            "An absence takes more than 0 % and at most 100 % of each day.",
        )
        .at("away"),
        AbsenceRefused::Overlaps { other } => {
            let why = if other.note.is_empty() { String::new() } else { format!(" ({})", other.note) };
            AppError::refused(
                format!("{}{why} already.", away_said(member, other.away, other.first, other.last)),
                "Change that absence, or choose other days.",
            )
            .at("firstDay")
        }
    }
}

/// The members and days that a command marks, checked.
fn marked(reader: &Reader<'_>, days: &[MemberDays]) -> Result<Vec<(Member, Day, Day)>, AppError> {
    if days.is_empty() {
        return Err(AppError::refused("No days are marked.", "Mark days of a member first."));
    }
    let one = |days: &MemberDays| {
        check_days(days.first_day, days.last_day).map_err(|refusal| refused(&refusal, ""))?;
        Ok((member_of(reader, days.member)?, days.first_day, days.last_day))
    };
    days.iter().map(one).collect()
}

fn around<Row, T>(rows: Vec<Row>, spell: impl FnMut(Row) -> Option<Spell<T>>) -> Vec<Spell<T>> {
    rows.into_iter().filter_map(spell).collect()
}

/// The rows that no spell has any more.
fn without<T>(known: &[Spell<T>], after: &[Spell<T>]) -> Vec<RowId> {
    let kept = |id: &RowId| after.iter().any(|spell| spell.id == Some(*id));
    known.iter().filter_map(|spell| spell.id).filter(|id| !kept(id)).collect()
}

fn who_and_when(marked: &[(Member, Day, Day)]) -> (String, String) {
    let mut names: Vec<&str> = Vec::new();
    for (member, ..) in marked {
        if !names.contains(&member.name.as_str()) {
            names.push(&member.name);
        }
    }
    let first = marked.iter().map(|(_, first, _)| *first).min();
    let last = marked.iter().map(|(.., last)| *last).max();
    (names.join(", "), first.zip(last).map(|(first, last)| days_said(first, last)).unwrap_or_default())
}

/// “Ana away 2–4 December”, “Ana half a day away on 2 December”.
fn away_said(member: &str, away: Share, first: Day, last: Day) -> String {
    format!("{member} {} {}", part_said(away), days_said(first, last))
}

fn part_said(away: Share) -> String {
    match away {
        Share::WHOLE => "away".to_owned(),
        away if away == Share::percent(50) => "half a day away".to_owned(),
        away => format!("{away} of a day away"),
    }
}

/// “on 2 December”, “2–4 December”, “30 November – 4 December”.
pub(crate) fn days_said(first: Day, last: Day) -> String {
    let month = |day: Day| day.date().format("%Y-%m").to_string();
    if first == last {
        format!("on {}", short(first))
    } else if month(first) == month(last) {
        format!("{}–{}", first.date().format("%-d"), short(last))
    } else {
        format!("{} – {}", short(first), short(last))
    }
}
