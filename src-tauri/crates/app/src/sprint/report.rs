//! What Sprints came to: the list of all, and the sealed report of one.
//!
//! 1. List, board, close and report count the same: what is done of the scope as it is now, or was at the close (3.4),
//!    and items of the buffer lane apart. An interrupt is a thing of its own and is counted where interrupts are (4.1).
//! 2. Of a closed Sprint everything is shown as it was sealed; nothing here reads the calendar or the zone for it. The
//!    latest edition is what it came to; the others stay and can be shown (3.5).

use super::correct::EditionChanges;
use super::{SprintName, SprintRecord, past, sealed, sealed_report, sprint_of};
use crate::capacity::moved::{CapacityMovedSaid, moved_as_sealed};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::team::counted;
use domain::calendar::{Day, WorkCalendar};
use domain::flow::Unit;
use domain::identity::SprintId;
use domain::measures::Size;
use domain::sprint::{
    GoalOutcome, Part, PastTotals, Phase, ReportItem, ScopeLedger, SprintReport, Standing, Terms,
};
use serde::{Deserialize, Serialize};
use store::{Edition, Reader};
use ts_rs::TS;

/// The area under which a Sprint's report is sealed.
pub(crate) const AREA: &str = "sprint";

/// Asks for the report of a closed Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportQuestion {
    /// The Sprint.
    pub sprint: SprintId,
    /// Which edition, from 1; none is the latest.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub edition: Option<u32>,
}

/// The report of a closed Sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClosedSprintReport {
    /// The Sprint.
    pub sprint: SprintName,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// The day on which it was started.
    pub started_on: Day,
    /// The day on which it was closed.
    pub closed_on: Day,
    /// Which edition this is, from 1.
    pub edition: u32,
    /// All editions, from the first; none where only totals are known.
    pub editions: Vec<EditionRow>,
    /// What this edition says otherwise than the one before it; none for the first.
    pub changes: Option<EditionChanges>,
    /// What was done of the scope at the close; none where only totals are known.
    pub count: Option<ScopeCount>,
    /// What was sealed; none where only totals are known.
    pub report: Option<SprintReport>,
    /// How the capacity moved from the start to the close; none where only totals are known.
    pub capacity: Option<CapacityMovedSaid>,
    /// The totals, where only they are known (3.1).
    pub totals: Option<PastTotals>,
}

/// An edition of a closed Sprint's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EditionRow {
    /// Its number, from 1.
    pub number: u32,
    /// The day on which it was sealed.
    pub recorded_on: Day,
    /// Why it corrects the one before; none for the first, which the close sealed.
    pub reason: Option<String>,
}

pub(crate) fn report(
    reader: &Reader<'_>,
    question: ReportQuestion,
    _: &Context<'_>,
) -> Result<ClosedSprintReport, AppError> {
    let sprint = sprint_of(reader, question.sprint)?;
    if sprint.closed_at.is_none() {
        return Err(AppError::refused(
            format!("{} is not closed.", sprint.name),
            "Its report is sealed when it is closed; until then the board shows how it goes.",
        ));
    }
    let known = reader.editions(sprint.id)?;
    let edition = match question.edition {
        Some(number) => known.iter().find(|edition| edition.number == number),
        None => known.last(),
    };
    let edition = edition.ok_or_else(|| AppError::not_found("edition"))?.number;
    let of_edition = |number: u32| -> Result<Option<SprintReport>, AppError> {
        reader.report(sprint.id, AREA, Some(number))?.map(|body| sealed(&body)).transpose()
    };
    let totals = reader.report(sprint.id, past::AREA, None)?;
    let report = of_edition(edition)?;
    let before = if edition > 1 { of_edition(edition - 1)? } else { None };
    let zone = report.as_ref().map(|report| report.zone);
    let row = |edition: &Edition| {
        zone.map(|zone| EditionRow {
            number: edition.number,
            recorded_on: zone.day_of(edition.recorded_at),
            reason: edition.reason.clone(),
        })
    };
    Ok(ClosedSprintReport {
        first_day: sprint.first_day,
        last_day: sprint.last_day,
        // Of a Sprint with totals only, the days that were said are all that is known.
        started_on: report.as_ref().map_or(sprint.first_day, |report| report.started_on),
        closed_on: report.as_ref().map_or(sprint.last_day, |report| report.closed_on),
        edition,
        editions: known.iter().filter_map(row).collect(),
        changes: before.zip(report.as_ref()).map(|(before, report)| EditionChanges::between(&before, report)),
        count: report.as_ref().map(ScopeCount::sealed),
        capacity: moved_as_sealed(reader, &sprint, edition)?,
        report,
        totals: totals.map(|body| sealed(&body)).transpose()?,
        sprint: SprintName::from(&sprint),
    })
}

/// What is done of a Sprint's scope, in items; those of the buffer lane apart (rule 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScopeCount {
    /// Items of the planned lanes that are done.
    pub done: u32,
    /// Items of the planned lanes that are in the scope, done or not.
    pub items: u32,
    /// Items of the buffer lane that are done.
    pub buffer_done: u32,
    /// Items of the buffer lane, done or not.
    pub buffer_items: u32,
    /// The same in words: “7 of 8 items done, 1 of 2 in the buffer”.
    pub said: String,
}

impl ScopeCount {
    /// What is done at the end of a ledger.
    pub(crate) fn of(ledger: &ScopeLedger<'_>) -> ScopeCount {
        let part = |part| {
            let done = ledger.standing(part, Standing::Done).count();
            (done, ledger.scope(part).count())
        };
        ScopeCount::new(part(Part::Planned), part(Part::Buffer))
    }

    /// What was done in a sealed report.
    fn sealed(report: &SprintReport) -> ScopeCount {
        let of =
            |items: &[ReportItem], standing| items.iter().filter(|item| item.standing == standing).count();
        let in_buffer = of(&report.buffer, Standing::Done);
        let open = of(&report.buffer, Standing::Open);
        let done = report.completed.len();
        ScopeCount::new((done, done + report.not_completed.len()), (in_buffer, in_buffer + open))
    }

    fn new((done, items): (usize, usize), (buffer_done, buffer_items): (usize, usize)) -> ScopeCount {
        let mut said = format!("{done} of {} done", counted(items as u32, "item"));
        if buffer_items > 0 {
            said.push_str(&format!(", {buffer_done} of {buffer_items} in the buffer"));
        }
        ScopeCount {
            done: done as u32,
            items: items as u32,
            buffer_done: buffer_done as u32,
            buffer_items: buffer_items as u32,
            said,
        }
    }
}

/// All Sprints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintList {
    /// Latest first, by their planned days.
    pub sprints: Vec<SprintRow>,
}

/// A Sprint in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SprintRow {
    /// Its identity.
    pub id: SprintId,
    /// Its name.
    pub name: String,
    /// The Sprint Goal; may be empty.
    pub goal: String,
    /// Where it stands.
    pub phase: Phase,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// Its working days: as they were committed, and before a start as the calendar is.
    pub working_days: u32,
    /// Committed in the planned lanes, in points; none while it is planned.
    pub committed: Option<Size>,
    /// Completed in the planned lanes, in points: so far, while it runs.
    pub completed: Option<Size>,
    /// What is done of the scope; none while it is planned, and where only totals are known.
    pub count: Option<ScopeCount>,
    /// Whether the goal was met.
    pub goal_outcome: Option<GoalOutcome>,
}

pub(crate) fn list(reader: &Reader<'_>, _: Nothing, context: &Context<'_>) -> Result<SprintList, AppError> {
    let calendar = reader.calendar()?;
    let mut sprints = Vec::new();
    for row in reader.sprints()?.into_iter().rev() {
        let sprint = row.plan();
        let sums = sums(reader, &row, &calendar, context)?;
        sprints.push(SprintRow {
            id: row.id,
            phase: sprint.phase(context.now, calendar.zone),
            working_days: sums.working_days,
            committed: sums.committed,
            completed: sums.completed,
            count: sums.count,
            goal_outcome: row.goal_outcome,
            name: row.name,
            goal: row.goal,
            first_day: row.first_day,
            last_day: row.last_day,
        });
    }
    Ok(SprintList { sprints })
}

#[derive(Default)]
struct SprintSums {
    working_days: u32,
    committed: Option<Size>,
    completed: Option<Size>,
    count: Option<ScopeCount>,
}

/// What a Sprint committed and completed: sealed, computed, or as totals.
fn sums(
    reader: &Reader<'_>,
    sprint: &store::Sprint,
    calendar: &WorkCalendar,
    context: &Context<'_>,
) -> Result<SprintSums, AppError> {
    let of = |working_days, points: Terms, count| SprintSums {
        working_days,
        committed: Some(points.committed),
        completed: Some(points.done),
        count: Some(count),
    };
    if sprint.closed_at.is_some() {
        if let Some(report) = sealed_report(reader, sprint.id)? {
            return Ok(of(report.working_days, report.points, ScopeCount::sealed(&report)));
        }
        let totals = reader.report(sprint.id, past::AREA, None)?;
        let totals: Option<PastTotals> = totals.map(|body| sealed(&body)).transpose()?;
        return Ok(SprintSums {
            working_days: totals.map_or(0, |totals| totals.working_days),
            committed: totals.and_then(|totals| totals.committed),
            completed: totals.map(|totals| totals.completed),
            ..SprintSums::default()
        });
    }
    Ok(match SprintRecord::read(reader, &sprint.plan())? {
        Some(record) => {
            let ledger = record.ledger(context.now);
            let working_days = record.commitment.working_days.len() as u32;
            of(working_days, ledger.terms(Unit::Points, Part::Planned), ScopeCount::of(&ledger))
        }
        None => SprintSums {
            working_days: calendar.working_days(sprint.first_day, sprint.last_day).len() as u32,
            ..SprintSums::default()
        },
    })
}
