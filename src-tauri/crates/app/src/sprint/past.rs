//! Past Sprints of which only totals are known (3.1): what a team brings along.

use super::plan::number_for;
use super::seal;
use crate::backlog::Amount;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::{read_day, short};
use domain::capacity::PersonDays;
use domain::measures::Share;
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
    /// Its first day, `YYYY-MM-DD`.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// Committed at its start, if known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub committed: Option<Amount>,
    /// Completed at its close.
    pub completed: Amount,
    /// Net person-days, if known: a number of hundredths, or as it was written.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub person_days: Option<Amount>,
    /// The buffer's share of the capacity in percent, if known: in hundredths, or as it was written; else the usual one
    /// of its first day.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub buffer_share: Option<Amount>,
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
    let first_day = read_day(&command.first_day, "firstDay")?;
    let last_day = read_day(&command.last_day, "lastDay")?;
    if last_day < first_day {
        return refuse(
            format!("{} is before {}.", short(last_day), short(first_day)),
            "A Sprint ends on its first day or later.",
            "lastDay",
        );
    }
    if last_day >= zone.day_of(context.now) {
        return refuse(
            format!("{name} would not be over yet."),
            "Plan it instead; its totals come by closing it.",
            "lastDay",
        );
    }
    let committed = Amount::size(command.committed.as_ref(), "committed")?;
    let Some(completed) = Amount::size(Some(&command.completed), "completed")? else {
        return refuse(
            "Nothing is said about what was completed.".into(),
            "Write the points; 0 if there were none.",
            "completed",
        );
    };
    // A number with two decimals, like a size.
    let days = Amount::size(command.person_days.as_ref(), "personDays")?;
    let person_days = days.map(|days| PersonDays::thousandths(days.in_hundredths() * 10));
    let buffer_share = match Amount::size(command.buffer_share.as_ref(), "bufferShare")? {
        Some(percent) => Share::basis_points(percent.in_hundredths()),
        // Nothing else is known: the share that the team usually kept then.
        None => writer.lanes(first_day)?.buffer().map_or(Share::ZERO, |lane| lane.share),
    };
    if buffer_share > Share::WHOLE {
        return refuse(
            format!("{buffer_share} is more than the whole."),
            "Write the part of the capacity that was kept for unplanned work, such as 10.",
            "bufferShare",
        );
    }
    let sprints = writer.sprints()?;
    let days = first_day..=last_day;
    let meets = |known: &&store::Sprint| days.contains(&known.first_day) || days.contains(&known.last_day);
    let around = |known: &&store::Sprint| known.first_day <= first_day && last_day <= known.last_day;
    if let Some(known) = sprints.iter().find(|known| meets(known) || around(known)) {
        return refuse(
            format!("{} lies on the same days.", known.name),
            "Check the days: the team's Sprints follow each other.",
            "firstDay",
        );
    }
    let sprint = store::Sprint {
        id: writer.identity(),
        number: number_for(&sprints, name),
        name: name.to_owned(),
        goal: String::new(),
        first_day,
        last_day,
        own_size: None,
        started_at: None,
        closed_at: None,
        goal_outcome: None,
        goal_reason: None,
    };
    writer.put_sprint(&sprint)?;
    writer.record_sprint(sprint.id, zone.start_of(first_day), SprintFact::Started)?;
    let end = zone.start_of(last_day.plus(1)).plus_millis(-1);
    writer.record_sprint(sprint.id, end, SprintFact::Closed)?;
    let working_days = writer.calendar()?.working_days(first_day, last_day).len() as u32;
    let totals = PastTotals { committed, completed, person_days, buffer_share, working_days };
    let edition = writer.next_edition(sprint.id, None)?;
    writer.seal_report(sprint.id, &edition, AREA, &seal(&totals)?)?;
    Ok(Outcome::titled(format!("Record {name}")).created(sprint.id))
}
