//! What being on call asked of people in a Sprint: coverage, load and fairness.
//!
//! 1. The time is that of the Sprint (10.1), up to now while it runs, up to its close afterwards.
//! 2. Closing seals it, with the names as they were; what is corrected later leaves it as it was (3.5).

use super::board::{Carried, carried_of, coverage_said, fairness_said, pages};
use super::name_of;
use super::past::at_level;
use crate::contract::Context;
use crate::error::AppError;
use crate::sprint::window_of;
use crate::sprint::{SprintName, SprintRecord, seal, sealed, sprint_of};
use domain::calendar::Instant;
use domain::identity::{MemberId, SprintId};
use domain::on_call::{Duties, Page, Reach};
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint, Writer};
use ts_rs::TS;

/// The area under which it is sealed.
const AREA: &str = "on_call";

/// Asks about a Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct OnCallSprintQuestion {
    /// The Sprint; the running one if it is not given.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// Which edition of a closed one, from 1; none is the latest.
    #[ts(optional = nullable)]
    pub edition: Option<u32>,
}

/// What being on call asked of people in a Sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnCallOfSprint {
    /// The Sprint.
    pub sprint: SprintName,
    /// The levels, in the order in which they are called.
    pub levels: Vec<OnCallLevelOfSprint>,
}

/// A level in a Sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OnCallLevelOfSprint {
    /// Its name.
    pub name: String,
    /// How much of what should be covered was, in words; none where nothing says when somebody should answer.
    pub coverage: Option<String>,
    /// Fairness, in words; none where nobody was on call.
    pub fairness: Option<String>,
    /// What each carried.
    pub loads: Vec<SprintLoad>,
}

/// What somebody carried in a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintLoad {
    /// Who.
    pub member: MemberId,
    /// Their name.
    pub name: String,
    /// What.
    pub carried: Carried,
}

pub(super) fn of_sprint(
    reader: &Reader<'_>,
    question: OnCallSprintQuestion,
    context: &Context<'_>,
) -> Result<Option<OnCallOfSprint>, AppError> {
    let sprint = match question.sprint {
        Some(id) => sprint_of(reader, id)?,
        None => match reader.active_sprint()? {
            Some(sprint) => sprint,
            None => return Ok(None),
        },
    };
    if let Some(body) = reader.report(sprint.id, AREA, question.edition)? {
        return sealed(&body).map(Some);
    }
    compute(reader, &sprint, context.now).map(Some)
}

/// Seals it at the close, in the edition that was begun last; nothing while nobody is ever on call.
pub(crate) fn seal_close(
    writer: &mut Writer<'_>,
    record: &SprintRecord,
    until: Instant,
) -> Result<(), AppError> {
    if writer.on_call_levels()?.is_empty() {
        return Ok(());
    }
    let sprint = sprint_of(writer, record.sprint.id)?;
    let told = compute(writer, &sprint, until)?;
    let edition = writer.editions(sprint.id)?.pop();
    let edition = edition.ok_or_else(|| AppError::internal("the Sprint has no report yet"))?;
    Ok(writer.seal_report(sprint.id, &edition, AREA, &seal(&told)?)?)
}

fn compute(reader: &Reader<'_>, sprint: &Sprint, until: Instant) -> Result<OnCallOfSprint, AppError> {
    let (calendar, members) = (reader.calendar()?, reader.members()?);
    let (from, to) = window_of(sprint, &reader.sprints()?, calendar.zone);
    let to = to.min(until).max(from);
    let book = reader.on_call_book(from, to)?;
    let paged = pages(reader, from, to)?;
    let mut levels = Vec::new();
    for (at, (level, _)) in book.levels.iter().enumerate() {
        let shifts = at_level(reader, level.id, from, to)?;
        let reach = Reach::new(&shifts, &book.wanted(level.id, from, to));
        let held = |at: &Instant| {
            let at = *at;
            shifts
                .iter()
                .filter(move |shift| shift.from <= at && at < shift.to)
                .map(move |shift| Page { member: shift.member, at })
        };
        let pages: Vec<Page> = if at == 0 { paged.iter().flat_map(held).collect() } else { Vec::new() };
        let duties = Duties::new(&[], &shifts, &pages, &calendar);
        let most = duties.loads.iter().map(|load| load.time).max().unwrap_or(0).max(1);
        levels.push(OnCallLevelOfSprint {
            name: level.name.clone(),
            coverage: (reach.wanted > 0).then(|| coverage_said(&reach)),
            fairness: fairness_said(&duties),
            loads: duties
                .loads
                .iter()
                .map(|load| SprintLoad {
                    member: load.member,
                    name: name_of(&members, load.member),
                    carried: carried_of(Some(load), most),
                })
                .collect(),
        });
    }
    Ok(OnCallOfSprint { sprint: SprintName::from(sprint), levels })
}
