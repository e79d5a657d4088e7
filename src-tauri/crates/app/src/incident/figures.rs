//! What incidents did in a Sprint: which there were, and how long they took.
//!
//! 1. Those that were open at some moment of the Sprint are listed; a duplicate is not.
//! 2. Times are those of what began in it: median, 90th percentile and how many, never a mean alone (8.2).
//! 3. Of a closed Sprint they are shown as they were sealed (3.5).

use super::lasted;
use super::list::{IncidentRow, Names};
use crate::contract::Context;
use crate::error::AppError;
use crate::sprint::window_of;
use crate::sprint::{SprintName, SprintRecord, seal, sealed, sprint_of};
use crate::team::counted;
use domain::calendar::Instant;
use domain::identity::SprintId;
use domain::incident::{Cycle, Milestone, Spread, Times};
use domain::interrupt::IncidentSeverity;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use store::{IncidentFilter, Reader, Sprint, Writer};
use ts_rs::TS;

/// The area under which they are sealed.
pub(crate) const AREA: &str = "incident";

/// Asks about the incidents of a Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct IncidentsOfSprintQuestion {
    /// The Sprint; the running one if it is not given.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// Which edition of a closed one, from 1; none is the latest.
    #[ts(optional = nullable)]
    pub edition: Option<u32>,
}

/// What incidents did in a Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentsOfSprint {
    /// The Sprint.
    pub sprint: SprintName,
    /// What came, in words: “4 incidents began, 1 of them P1; 1 is still open”.
    pub said: String,
    /// The incidents, the latest first, as they were at its end.
    pub rows: Vec<IncidentRow>,
    /// How long they took, in the order in which an incident comes to its milestones.
    pub times: Vec<TimeFigure>,
    /// How the times are meant.
    pub method: String,
}

/// One of the times of incidents (8.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimeFigure {
    /// Which: “to mitigate”.
    pub name: String,
    /// Of how many incidents it is known.
    pub count: u32,
    /// The middle one, in words; none where it is known of none.
    pub median_said: Option<String>,
    /// The 90th percentile, in words.
    pub ninetieth_said: Option<String>,
}

/// What incidents did in a Sprint; none where no Sprint runs, or nothing was sealed of a closed one.
pub(super) fn of_sprint(
    reader: &Reader<'_>,
    question: IncidentsOfSprintQuestion,
    context: &Context<'_>,
) -> Result<Option<IncidentsOfSprint>, AppError> {
    let sprint = match question.sprint {
        Some(id) => Some(sprint_of(reader, id)?),
        None => reader.active_sprint()?,
    };
    match sprint {
        None => Ok(None),
        Some(closed) if closed.closed_at.is_some() => {
            reader.report(closed.id, AREA, question.edition)?.map(|body| sealed(&body)).transpose()
        }
        Some(sprint) => compute(reader, &sprint, context.now).map(Some),
    }
}

/// Seals what incidents did to a Sprint, in the edition that was begun last; nothing where there never was one.
pub(crate) fn seal_close(
    writer: &mut Writer<'_>,
    record: &SprintRecord,
    until: Instant,
) -> Result<(), AppError> {
    if writer.incident_count()? == 0 {
        return Ok(());
    }
    let sprint = sprint_of(writer, record.sprint.id)?;
    let told = compute(writer, &sprint, until)?;
    let edition = writer.editions(sprint.id)?.pop();
    let edition = edition.ok_or_else(|| AppError::internal("the Sprint has no report yet"))?;
    Ok(writer.seal_report(sprint.id, &edition, AREA, &seal(&told)?)?)
}

fn compute(reader: &Reader<'_>, sprint: &Sprint, now: Instant) -> Result<IncidentsOfSprint, AppError> {
    let zone = reader.team()?.zone;
    let (from, to) = window_of(sprint, &reader.sprints()?, zone);
    // What is written down at this very moment counts.
    let to = to.min(now.plus_millis(1));
    let begun = |cycle: &Cycle| Milestone::ALL.iter().find_map(|milestone| cycle.at(*milestone));
    let within = |at: Instant| from <= at && at < to;
    let presents = reader.incident_presents()?;
    let names = Names::read(reader)?;
    let mut rows = Vec::new();
    let mut times: Vec<Times> = Vec::new();
    let (mut came, mut grave, mut open) = (0, 0, 0);
    for incident in reader.incidents(IncidentFilter::All)? {
        let Some(present) = presents.get(&incident.id) else { continue };
        let first = present.cycles.first().and_then(begun).or(present.reported_at);
        let resolved = incident.now.at(Milestone::Resolved);
        let lasted_into = resolved.is_none_or(|resolved| resolved >= from);
        let Some(first) = first.filter(|first| *first < to && lasted_into) else { continue };
        if incident.now.merged_into.is_some() {
            continue;
        }
        if within(first) {
            came += 1;
            grave += u32::from(present.gravest() == IncidentSeverity::P1);
        }
        open += u32::from(incident.now.is_open());
        let cycles = present.cycles.iter().filter(|cycle| begun(cycle).is_some_and(within));
        times.extend(cycles.map(Times::of));
        rows.push((first, names.row(&incident, now)));
    }
    rows.sort_by_key(|(first, row)| Reverse((*first, row.id)));
    let p1 = reader.severity_names()?.of(IncidentSeverity::P1).to_owned();
    let grave = if grave == 0 { String::new() } else { format!(", {grave} of them {p1}") };
    let open = match open {
        0 => "none is open".to_owned(),
        1 => "1 is still open".to_owned(),
        open => format!("{open} are still open"),
    };
    let figure = |name: &str, time: fn(&Times) -> Option<i64>| {
        let spread = Spread::new(times.iter().filter_map(time));
        TimeFigure {
            name: name.to_owned(),
            count: spread.all.len() as u32,
            median_said: spread.median().map(|median| lasted(median as i64)),
            ninetieth_said: spread.percentile(90).map(lasted),
        }
    };
    Ok(IncidentsOfSprint {
        sprint: SprintName::from(sprint),
        said: match rows.len() {
            0 => "No incident.".to_owned(),
            _ => format!("{} began{grave}; {open}.", counted(came, "incident")),
        },
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        times: vec![
            figure("to detect", |times| times.to_detect),
            figure("to acknowledge", |times| times.to_acknowledge),
            figure("to mitigate", |times| times.to_mitigate),
            figure("to resolve", |times| times.to_resolve),
        ],
        method: "Median and 90th percentile of what began in the Sprint and whose milestones are known; to mitigate and \
                 to resolve count from the beginning, to acknowledge from detected."
            .to_owned(),
    })
}
