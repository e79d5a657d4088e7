//! On call: rotations, what is agreed besides, who answers now and in the weeks to come, and what it asks of people.
//!
//! 1. There is one truth: who is on call is made from rotations, changes and stored shifts, for this screen as for the
//!    calendar, for capacity and for whoever triages.
//! 2. What was so is written down before anything is changed, and stays (11.2).
//! 3. Leave moves nobody by itself: it is a warning, with somebody proposed who could stand in.

use crate::contract::{Context, Nothing, commands, queries};
use crate::error::AppError;
use chrono::{Datelike, NaiveDateTime};
use domain::calendar::{Day, Instant, Zone};
use domain::identity::{MemberId, RowId};
use domain::on_call::{OnCallLevel, stretches};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{Reader, Writer};
use ts_rs::TS;

pub mod board;
pub mod change;
pub mod factor;
pub mod file;
pub mod handover;
pub mod import;
pub mod past;
pub mod proposal;
pub mod rotation;
pub mod sprint;

pub(crate) use past::mark;

/// How far to both sides of an instant a shift is followed to its ends: ten weeks.
const AROUND: i64 = 70 * 86_400_000;

commands! {
    /// Changes of who is on call.
    OnCallCommand {
        /// Sets up a rotation, or changes one.
        SaveRotation(rotation::SaveRotation) => rotation::save_rotation,
        /// Ends a rotation.
        EndRotation(rotation::EndRotation) => rotation::end_rotation,
        /// Changes what holds for a level.
        ChangeLevel(rotation::ChangeLevel) => rotation::change_level,
        /// Takes a level away.
        RemoveLevel(rotation::RemoveLevel) => rotation::remove_level,
        /// Lets somebody take over for a time.
        TakeOver(change::TakeOver) => change::take_over,
        /// Lets two people swap a turn each.
        SwapTurns(change::SwapTurns) => change::swap_turns,
        /// Lets somebody stand in for one on leave.
        StandIn(change::StandIn) => change::stand_in,
        /// Takes back what was agreed.
        RemoveChange(change::RemoveChange) => change::remove_change,
        /// Gives out the coming turns of a rotation.
        ApplyRota(proposal::ApplyRota) => proposal::apply_rota,
        /// Takes shifts of a calendar or a table.
        ImportShifts(import::ImportShifts) => import::import_shifts,
        /// Writes down what the next should watch.
        WriteHandoverNote(handover::WriteHandoverNote) => handover::write_note,
    }
}

queries! {
    /// Questions about on call.
    OnCallQuery / OnCallAnswers {
        /// Who is on call at an instant.
        Now(OnCallNowQuestion) -> Vec<OnCallNow> => now,
        /// The weeks to come, and what they ask of people.
        Board(board::OnCallBoardQuestion) -> board::OnCallBoard => board::board,
        /// The next handover, and what the next should know.
        Handover(handover::HandoverQuestion) -> Option<handover::HandoverPage> => handover::handover,
        /// A fair rota of a rotation's coming turns.
        Rota(proposal::RotaQuestion) -> proposal::Rota => proposal::rota,
        /// The part of a day that being on call takes, as it holds and as it was measured.
        Factor(Nothing) -> factor::OnCallFactorView => factor::factor,
        /// What being on call asked of people in a Sprint.
        OfSprint(sprint::OnCallSprintQuestion) -> Option<sprint::OnCallOfSprint> => sprint::of_sprint,
        /// What an attached calendar or table of shifts holds.
        ShiftFile(import::ShiftFileQuestion) -> import::ShiftFile => import::shift_file,
        /// The rota as an iCalendar file.
        CalendarFile(file::CalendarFileQuestion) -> file::CalendarFile => file::calendar_file,
    }
}

/// Asks who is on call.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct OnCallNowQuestion {
    /// When; now if it is not given.
    #[ts(optional = nullable)]
    pub at: Option<Instant>,
    /// When, in the team's zone, as people write it: `2026-11-30 09:00`; it goes before the moment.
    #[ts(optional, as = "Option<String>")]
    pub written: String,
}

/// Somebody who is on call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnCallNow {
    /// The level.
    pub level: RowId,
    /// Its name: “Primary”.
    pub level_name: String,
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// Since when.
    pub from: Instant,
    /// Until when.
    pub to: Instant,
    /// The whole shift in words: “Mon 23 Nov 09:00 – Mon 30 Nov 09:00”.
    pub said: String,
}

fn now(
    reader: &Reader<'_>,
    question: OnCallNowQuestion,
    context: &Context<'_>,
) -> Result<Vec<OnCallNow>, AppError> {
    let at = match question.written.trim() {
        "" => question.at.unwrap_or(context.now),
        text => reader.team()?.zone.instant(read_local(text, "written")?),
    };
    on_call_at(reader, at)
}

/// Who is on call at an instant, level by level, with their whole shifts.
pub(crate) fn on_call_at(reader: &Reader<'_>, at: Instant) -> Result<Vec<OnCallNow>, AppError> {
    let (from, to) = (at.plus_millis(-AROUND), at.plus_millis(AROUND));
    let book = reader.on_call_book(from, to)?;
    let (members, zone) = (reader.members()?, reader.team()?.zone);
    let mut found = Vec::new();
    for (level, roster) in &book.levels {
        for shift in stretches(&roster.shifts(from, to)) {
            if shift.from <= at && at < shift.to {
                found.push(OnCallNow {
                    level: level.id,
                    level_name: level.name.clone(),
                    member: shift.member,
                    name: name_of(&members, shift.member),
                    from: shift.from,
                    to: shift.to,
                    said: span_said(shift.from, shift.to, zone),
                });
            }
        }
    }
    Ok(found)
}

/// Who is on call on which of the days from the first to the last, as capacity counts it: at least half of the hours from
/// 08:00 to 18:00.
pub(crate) fn on_call_days(
    reader: &Reader<'_>,
    first: Day,
    last: Day,
) -> Result<BTreeSet<(MemberId, Day)>, AppError> {
    Ok(reader.days_on_call(first, last)?)
}

fn name_of(members: &[domain::team::Member], id: MemberId) -> String {
    members.iter().find(|member| member.id == id).map(|member| member.name.clone()).unwrap_or_default()
}

/// The level that is called first; made where there is none.
fn first_level(writer: &mut Writer<'_>) -> Result<OnCallLevel, AppError> {
    let levels = writer.on_call_levels()?;
    if let Some(level) = levels.iter().find(|level| level.takes_hours).or(levels.first()) {
        return Ok(level.clone());
    }
    let level = OnCallLevel {
        id: writer.identity(),
        name: "Primary".to_owned(),
        takes_hours: true,
        all_hours: false,
        recorded_until: None,
    };
    writer.put_on_call_level(&level)?;
    Ok(level)
}

/// A level that must be there.
fn level_of(reader: &Reader<'_>, id: RowId) -> Result<OnCallLevel, AppError> {
    let found = reader.on_call_levels()?.into_iter().find(|level| level.id == id);
    found.ok_or_else(|| AppError::not_found("on-call level"))
}

/// A local time as people write it: `2026-11-30 09:00`, `2026-11-30T09:00`; a day alone is its first minute.
fn read_local(text: &str, field: &str) -> Result<NaiveDateTime, AppError> {
    let text = text.trim().replace('T', " ");
    let day = || Day::parse(&text).map(|day| day.date().and_time(chrono::NaiveTime::MIN));
    let written = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M").ok();
    let within = |at: &NaiveDateTime| (1970..=2199).contains(&at.year());
    written.or_else(day).filter(within).ok_or_else(|| {
        AppError::refused(format!("“{text}” is no day and time."), "Write it such as 2026-11-30 09:00.")
            .at(field)
    })
}

/// A moment in words, in a zone: “Mon 30 Nov 09:00”.
pub(crate) fn local_said(at: Instant, zone: Zone) -> String {
    zone.local(at).format("%a %-d %b %H:%M").to_string()
}

/// A time in words: “Mon 23 Nov 09:00 – Mon 30 Nov 09:00”, the day once where it is one.
pub(crate) fn span_said(from: Instant, to: Instant, zone: Zone) -> String {
    if zone.day_of(from) == zone.day_of(to) {
        return format!("{}–{}", local_said(from, zone), zone.local(to).format("%H:%M"));
    }
    format!("{} – {}", local_said(from, zone), local_said(to, zone))
}

/// Milliseconds in words: “168 h”, “7.5 h”, “20 min”.
fn hours_said(millis: i64) -> String {
    let minutes = millis / 60_000;
    match (minutes.abs() < 60, minutes % 60) {
        _ if minutes == 0 => "0 h".to_owned(),
        (true, _) => format!("{minutes} min"),
        (false, 0) => format!("{} h", minutes / 60),
        (false, _) => format!("{:.1} h", minutes as f64 / 60.0),
    }
}
