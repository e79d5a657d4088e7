//! The part of a working day that being on call took, measured from past shifts, beside the one that holds (2.3).
//!
//! 1. Shifts are those of levels that take hours, whole or up to now, of the last year.
//! 2. The other days are the working days, in the same time, of the same people when they were not on call.
//! 3. Measuring offers; only a person makes it hold, from a day on.

use super::name_of;
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::team::short;
use domain::calendar::{Day, Instant};
use domain::identity::MemberId;
use domain::measures::{Minutes, Share};
use domain::on_call::{KNOWN_SHIFTS, MeasuredFactor, ShiftTime, measured_factor, stretches};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::Reader;
use ts_rs::TS;

/// How far back shifts are looked at, in days.
const FAR: i64 = 365;

/// What being on call takes, as it holds and as it was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnCallFactorView {
    /// The part that holds today.
    pub holds: Share,
    /// How many past shifts with working days are known.
    pub known: u32,
    /// How many are needed.
    pub needed: u32,
    /// The part that was measured; none with too few shifts.
    pub measured: Option<Share>,
    /// How it was measured, in a sentence, or what is missing.
    pub said: String,
    /// The shifts it is measured from, in order of time.
    pub shifts: Vec<MeasuredShift>,
}

/// A shift from which the factor is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MeasuredShift {
    /// Whose.
    pub name: String,
    /// Its working days: “23–27 November”.
    pub days: String,
    /// What interrupts took: “6 h of 24 h, 25 %”.
    pub said: String,
}

pub(super) fn factor(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<OnCallFactorView, AppError> {
    let zone = reader.team()?.zone;
    let today = zone.day_of(context.now);
    let members = reader.members()?;
    let (shifts, others) = past_shifts(reader, context.now)?;
    let known = shifts.iter().filter(|shift| shift.part().is_some()).count();
    let measured = measured_factor(&shifts, others);
    let said = match &measured {
        Some(measured) => measured_said(measured),
        None => format!(
            "{} of the {KNOWN_SHIFTS} shifts that are needed {} known. Write down interrupt hours by member, and it is \
             measured what being on call really takes.",
            known,
            if known == 1 { "is" } else { "are" }
        ),
    };
    let row = |shift: &ShiftTime| MeasuredShift {
        name: name_of(&members, shift.member),
        days: crate::capacity::calendar::days_said(shift.first, shift.last),
        said: format!(
            "{} of {}, {}",
            hours(shift.interrupts),
            hours(shift.time),
            shift.part().unwrap_or(Share::ZERO)
        ),
    };
    Ok(OnCallFactorView {
        holds: reader.on_call_factor()?.on(today),
        known: known as u32,
        needed: KNOWN_SHIFTS as u32,
        measured: measured.as_ref().map(|measured| measured.factor),
        said,
        shifts: measured.iter().flat_map(|measured| &measured.shifts).map(row).collect(),
    })
}

fn measured_said(measured: &MeasuredFactor) -> String {
    let since = measured.shifts.first().map(|shift| short(shift.first)).unwrap_or_default();
    format!(
        "Interrupts took {} of the working time on the last {KNOWN_SHIFTS} shifts (median; {} to {}, since {since}), and {} \
         of it on other days: being on call took {} of a day.",
        measured.on_shift, measured.least, measured.most, measured.otherwise, measured.factor
    )
}

fn hours(minutes: Minutes) -> String {
    super::hours_said(minutes.in_minutes() * 60_000)
}

/// The past shifts, and the time of the other days with the interrupts on them (rule 2).
fn past_shifts(reader: &Reader<'_>, now: Instant) -> Result<(Vec<ShiftTime>, (Minutes, Minutes)), AppError> {
    let calendar = reader.calendar()?;
    let zone = calendar.zone;
    let today = zone.day_of(now);
    let first = today.plus(-FAR);
    let (begin, members) = (zone.start_of(first), reader.members()?);
    let book = reader.on_call_book(begin, now)?;
    let attendance = reader.attendance(first, today)?;
    let spent: BTreeMap<(MemberId, Day), Minutes> = reader
        .interrupt_time_by_day(first, today)?
        .into_iter()
        .map(|(member, day, minutes)| ((member, day), minutes))
        .collect();
    // A member's working time on a day, absences taken off; none where it is not set or no working day.
    let time_on = |id: MemberId, day: Day| -> Option<Minutes> {
        let member = members.iter().find(|member| member.id == id)?;
        if !calendar.works_on(day) || !member.works_on(day) {
            return None;
        }
        let hours = member.hours_on(day)?;
        let presence = attendance.presence.get(&(id, day)).copied().unwrap_or(Share::WHOLE);
        let time = presence.of_minutes(hours.share.of_minutes(hours.a_day?));
        (time > Minutes::ZERO).then_some(time)
    };
    let mut shifts: Vec<ShiftTime> = Vec::new();
    for (level, roster) in book.levels.iter().filter(|(level, _)| level.takes_hours) {
        for shift in stretches(&roster.shifts(begin, now)) {
            // A shift that still runs is not yet known.
            if shift.to >= now && level.recorded_until.is_some() {
                continue;
            }
            let days: Vec<Day> = zone
                .day_of(shift.from)
                .through(zone.day_of(shift.to.plus_millis(-1)))
                .filter(|day| *day < today && attendance.on_call.contains(&(shift.member, *day)))
                .filter(|day| time_on(shift.member, *day).is_some())
                .collect();
            let (Some(first), Some(last)) = (days.first(), days.last()) else { continue };
            let time = days.iter().filter_map(|day| time_on(shift.member, *day)).sum();
            let interrupts = days.iter().filter_map(|day| spent.get(&(shift.member, *day)).copied()).sum();
            let (member, from) = (shift.member, shift.from);
            shifts.push(ShiftTime { member, from, first: *first, last: *last, time, interrupts });
        }
    }
    shifts.sort_by_key(|shift| (shift.from, shift.member));
    let kept = &shifts[shifts.len().saturating_sub(KNOWN_SHIFTS)..];
    let since = kept.first().map_or(today, |shift| shift.first);
    let people: BTreeSet<MemberId> = kept.iter().map(|shift| shift.member).collect();
    let (mut time, mut interrupts) = (Minutes::ZERO, Minutes::ZERO);
    for day in since.through(today.plus(-1)) {
        for id in &people {
            if attendance.on_call.contains(&(*id, day)) {
                continue;
            }
            if let Some(there) = time_on(*id, day) {
                time += there;
                interrupts += spent.get(&(*id, day)).copied().unwrap_or(Minutes::ZERO);
            }
        }
    }
    Ok((shifts, (time, interrupts)))
}
