//! On call: rotations, what is agreed besides, who answers now and in the weeks to come, and what it asks of people.
//!
//! 1. There is one truth: who is on call is made from rotations, changes and stored shifts, for this screen as for the
//!    calendar, for capacity and for whoever triages.
//! 2. What was so is written down before anything is changed, and stays (11.2).
//! 3. Leave moves nobody by itself: it is a warning, with somebody proposed who could stand in.

use crate::contract::{Context, commands, queries};
use crate::error::AppError;
use domain::calendar::{Day, Instant};
use domain::identity::{MemberId, RowId};
use domain::on_call::{OnCallLevel, stretches};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{Reader, Writer};
use ts_rs::TS;

pub mod past;

pub(crate) use past::mark;

/// How far to both sides of an instant a shift is followed to its ends: ten weeks.
const AROUND: i64 = 70 * 86_400_000;

commands! {
    /// Changes of who is on call.
    OnCallCommand {
    }
}

queries! {
    /// Questions about on call.
    OnCallQuery / OnCallAnswers {
        /// Who is on call at an instant.
        Now(OnCallNowQuestion) -> Vec<OnCallNow> => now,
    }
}

/// Asks who is on call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct OnCallNowQuestion {
    /// When; now if it is not given.
    #[ts(optional = nullable)]
    pub at: Option<Instant>,
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
}

fn now(
    reader: &Reader<'_>,
    question: OnCallNowQuestion,
    context: &Context<'_>,
) -> Result<Vec<OnCallNow>, AppError> {
    on_call_at(reader, question.at.unwrap_or(context.now))
}

/// Who is on call at an instant, level by level, with their whole shifts.
pub(crate) fn on_call_at(reader: &Reader<'_>, at: Instant) -> Result<Vec<OnCallNow>, AppError> {
    let (from, to) = (at.plus_millis(-AROUND), at.plus_millis(AROUND));
    let book = reader.on_call_book(from, to)?;
    let members = reader.members()?;
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
        recorded_until: None,
    };
    writer.put_on_call_level(&level)?;
    Ok(level)
}
