//! Past Sprints of which only totals are known (3.1): what a team brings along.

use super::seal;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use domain::calendar::Day;
use domain::capacity::PersonDays;
use domain::measures::Size;
use domain::sprint::PastTotals;
use serde::{Deserialize, Serialize};
use store::{SprintFact, Writer};
use ts_rs::TS;

/// The area under which totals are kept.
pub(crate) const AREA: &str = "totals";

/// Records a past Sprint by its totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordPastSprint {
    /// Its name: “Sprint 38”.
    pub name: String,
    /// Its first day.
    pub first_day: Day,
    /// Its last day.
    pub last_day: Day,
    /// Committed at its start, in hundredths of a point, if known.
    #[serde(default)]
    pub committed: Option<Size>,
    /// Completed at its close, in hundredths of a point.
    pub completed: Size,
    /// Net person-days in thousandths, if known.
    #[serde(default)]
    pub person_days: Option<PersonDays>,
}

pub(crate) fn record_past(
    writer: &mut Writer<'_>,
    command: RecordPastSprint,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let zone = writer.team()?.zone;
    let name = command.name.trim();
    let refuse = |message: String, hint: &str, field: &str| Err(AppError::refused(message, hint).at(field));
    if name.is_empty() {
        return refuse("A Sprint needs a name.".into(), "Write for example Sprint 38.", "name");
    }
    if command.last_day < command.first_day {
        return refuse(
            format!("{} is before {}.", command.last_day, command.first_day),
            "A Sprint ends on its first day or later.",
            "lastDay",
        );
    }
    if command.last_day >= zone.day_of(context.now) {
        return refuse(
            format!("{name} would not be over yet."),
            "Plan it instead; its totals come by closing it.",
            "lastDay",
        );
    }
    for (amount, field) in [(command.committed, "committed"), (Some(command.completed), "completed")] {
        if amount.is_some_and(|amount| amount < Size::ZERO || amount > Size::LARGEST) {
            return refuse("Points cannot be negative.".into(), "Write 0 or more.", field);
        }
    }
    if command.person_days.is_some_and(|days| days < PersonDays::ZERO) {
        return refuse("Person-days cannot be negative.".into(), "Write 0 or more.", "personDays");
    }
    let sprints = writer.sprints()?;
    let days = command.first_day..=command.last_day;
    let meets = |known: &&store::Sprint| days.contains(&known.first_day) || days.contains(&known.last_day);
    let around = |known: &&store::Sprint| {
        known.first_day <= command.first_day && command.last_day <= known.last_day
    };
    if let Some(known) = sprints.iter().find(|known| meets(known) || around(known)) {
        return refuse(
            format!("{} lies on the same days.", known.name),
            "Check the days: the team's Sprints follow each other.",
            "firstDay",
        );
    }
    let sprint = store::Sprint {
        id: writer.identity(),
        number: sprints.iter().map(|sprint| sprint.number).max().unwrap_or(0) + 1,
        name: name.to_owned(),
        goal: String::new(),
        first_day: command.first_day,
        last_day: command.last_day,
        own_size: None,
        started_at: None,
        closed_at: None,
        goal_outcome: None,
        goal_reason: None,
    };
    writer.put_sprint(&sprint)?;
    writer.record_sprint(sprint.id, zone.start_of(command.first_day), SprintFact::Started)?;
    let end = zone.start_of(command.last_day.plus(1)).plus_millis(-1);
    writer.record_sprint(sprint.id, end, SprintFact::Closed)?;
    let totals = PastTotals {
        committed: command.committed,
        completed: command.completed,
        person_days: command.person_days,
    };
    writer.seal_report(sprint.id, AREA, &seal(&totals)?)?;
    Ok(Outcome::titled(format!("Record {name}")).created(sprint.id))
}
