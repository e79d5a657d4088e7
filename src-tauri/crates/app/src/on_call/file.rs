//! The rota as an iCalendar file (11.4).
//!
//! 1. Each shift is an event in UTC. Its UID is made of the level and of the turn's beginning: exported again, the same
//!    shift has the same UID, also when it was given to somebody else or ends earlier.
//! 2. Two turns of one person after each other are two events, so that one of them can change hands later.
//! 3. A shift that touches the window is told whole.

use super::{AROUND, name_of};
use crate::contract::Context;
use crate::error::AppError;
use chrono::{DateTime, Utc};
use domain::calendar::Instant;
use domain::identity::{MemberId, RowId};
use domain::on_call::{Shift, stretches};
use icalendar::{Calendar, Component, Event, EventLike};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::Reader;
use ts_rs::TS;

/// Asks for the rota as an iCalendar file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct CalendarFileQuestion {
    /// How many weeks from now, from 1 to 104; 26 if it is not given.
    #[ts(optional = nullable)]
    pub weeks: Option<u32>,
    /// Only one level.
    #[ts(optional = nullable)]
    pub level: Option<RowId>,
    /// Only one person.
    #[ts(optional = nullable)]
    pub member: Option<MemberId>,
}

/// An iCalendar file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarFile {
    /// A name for it.
    pub file_name: String,
    /// Its text.
    pub text: String,
    /// How many shifts it holds.
    pub shifts: u32,
}

pub(super) fn calendar_file(
    reader: &Reader<'_>,
    question: CalendarFileQuestion,
    context: &Context<'_>,
) -> Result<CalendarFile, AppError> {
    let weeks = i64::from(question.weeks.unwrap_or(26).clamp(1, 104));
    let (begin, end) = (context.now, context.now.plus_millis(weeks * 7 * 86_400_000));
    let (from, to) = (begin.plus_millis(-AROUND), end.plus_millis(AROUND));
    let (team, members) = (reader.team()?, reader.members()?);
    let (book, rotations) = (reader.on_call_book(from, to)?, reader.rotations()?);
    let mut calendar = Calendar::new();
    calendar.name(&format!("On call: {}", team.name));
    let mut shifts = 0;
    for (level, roster) in &book.levels {
        if question.level.is_some_and(|wanted| wanted != level.id) {
            continue;
        }
        // Two at once at one level are told apart by their order.
        let mut begun: BTreeMap<Instant, u32> = BTreeMap::new();
        let of_level = rotations.iter().filter(|rotation| rotation.level == level.id);
        let handovers: BTreeSet<Instant> = of_level
            .filter_map(|rotation| rotation.rotation().ok())
            .flat_map(|rotation| rotation.handovers(from, to))
            .collect();
        for shift in stretches(&roster.shifts(from, to)).iter().flat_map(|shift| turns(shift, &handovers)) {
            let nth = begun.entry(shift.from).or_default();
            *nth += 1;
            let wanted = question.member.is_none_or(|member| member == shift.member);
            if !wanted || shift.to <= begin || shift.from >= end {
                continue;
            }
            let nth = if *nth == 1 { String::new() } else { format!("-{nth}") };
            let mut event = Event::new();
            event
                .uid(&format!("{}-{}{nth}@evenkeel", level.id, shift.from.millis() / 1000))
                .summary(&format!("{} on call ({})", name_of(&members, shift.member), level.name))
                .timestamp(utc(context.now))
                .starts(utc(shift.from))
                .ends(utc(shift.to))
                .add_property("TRANSP", "TRANSPARENT")
                .add_property("CATEGORIES", "On call");
            calendar.push(event.done());
            shifts += 1;
        }
    }
    let name: String =
        team.name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    Ok(CalendarFile {
        file_name: format!("on-call-{}.ics", name.to_lowercase()),
        text: calendar.to_string(),
        shifts,
    })
}

/// A shift turn by turn (rule 2).
fn turns(shift: &Shift, handovers: &BTreeSet<Instant>) -> Vec<Shift> {
    let inside = handovers.iter().copied().filter(|at| shift.from < *at && *at < shift.to);
    let ends: Vec<Instant> = inside.chain([shift.to]).collect();
    let begins = std::iter::once(shift.from).chain(ends.iter().copied());
    begins.zip(ends.iter().copied()).map(|(from, to)| Shift { from, to, ..*shift }).collect()
}

fn utc(at: Instant) -> DateTime<Utc> {
    DateTime::<Utc>::from_timestamp_millis(at.millis()).unwrap_or_default()
}
