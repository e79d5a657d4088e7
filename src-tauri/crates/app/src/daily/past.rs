//! What was said in the latest Daily Scrums.

use super::board::{NoteLine, NoteNames};
use crate::contract::Context;
use crate::error::AppError;
use crate::sprint::SprintName;
use domain::calendar::{Day, Instant};
use domain::identity::DailyId;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// Asks for the latest Daily Scrums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "PastDailiesQuestion")]
pub struct PastQuestion {
    /// How many at most; 100 are the most.
    pub limit: u32,
}

/// The latest Daily Scrums, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastDailies {
    /// They.
    pub dailies: Vec<PastDaily>,
}

/// A Daily Scrum that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PastDaily {
    /// Its identity.
    pub id: DailyId,
    /// Its day.
    pub day: Day,
    /// The Sprint that ran.
    pub sprint: Option<SprintName>,
    /// When it began.
    pub held_at: Instant,
    /// When it was ended.
    pub ended_at: Option<Instant>,
    /// What was said.
    pub notes: Vec<NoteLine>,
}

pub(super) fn past(
    reader: &Reader<'_>,
    question: PastQuestion,
    _: &Context<'_>,
) -> Result<PastDailies, AppError> {
    let zone = reader.team()?.zone;
    let names = NoteNames::read(reader)?;
    let sprints = reader.sprints()?;
    let mut dailies = Vec::new();
    for daily in reader.dailies(question.limit.min(100))? {
        let sprint = daily.sprint.and_then(|id| sprints.iter().find(|sprint| sprint.id == id));
        dailies.push(PastDaily {
            id: daily.id,
            day: zone.day_of(daily.held_at),
            sprint: sprint.map(SprintName::from),
            held_at: daily.held_at,
            ended_at: daily.ended_at,
            notes: names.lines(reader, daily.id)?,
        });
    }
    Ok(PastDailies { dailies })
}
