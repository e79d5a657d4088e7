//! Incidents: reported in a line, taken by somebody, mitigated, resolved; what belongs to them, and who is needed first.
//!
//! 1. A line reports an incident; what it does not say can be said later.
//! 2. Milestones keep their order; what was said and what is corrected are both kept, with who and why (8.1).
//! 3. Giving an incident to somebody acknowledges it.
//! 4. The hours that it takes are those of an interrupt that is linked to it: nothing is counted twice (4.1).
//! 5. What is not known is said, and no time is guessed (8.2).

use crate::contract::{Context, commands, queries};
use crate::error::AppError;
use domain::identity::{IncidentId, MemberId};
use domain::incident::Incident;
use store::Reader;

pub mod change;
pub mod figures;
pub mod link;
pub mod list;
pub mod merge;
pub mod milestone;
pub mod note;
pub mod page;
pub mod report;

pub(crate) use list::incidents_of;
pub use list::{IncidentRow, LinkedIncident, open_incidents, triage};

commands! {
    /// Changes of incidents.
    IncidentCommand {
        /// Reports an incident.
        Report(report::ReportIncident) => report::report,
        /// Gives an incident another title.
        Rename(change::RenameIncident) => change::rename,
        /// Says how grave an incident is.
        SetSeverity(change::SetIncidentSeverity) => change::set_severity,
        /// Gives an incident to a member, or to nobody.
        Assign(change::AssignIncident) => change::assign,
        /// Gives a member a role in an incident.
        TakeRole(change::TakeRole) => change::take_role,
        /// Says which services an incident affects.
        SetServices(change::SetIncidentServices) => change::set_services,
        /// Says that an incident came to a milestone.
        Reach(milestone::ReachMilestone) => milestone::reach,
        /// Corrects when an incident came to a milestone.
        Correct(milestone::CorrectMilestone) => milestone::correct,
        /// Opens an incident again.
        Reopen(milestone::ReopenIncident) => milestone::reopen,
        /// Adds a note to the timeline.
        AddNote(note::AddIncidentNote) => note::add_note,
        /// Corrects a note of the timeline.
        CorrectNote(note::CorrectIncidentNote) => note::correct_note,
        /// Takes a note away.
        RemoveNote(note::RemoveIncidentNote) => note::remove_note,
        /// Makes an interrupt of an incident.
        MakeInterrupt(link::MakeInterrupt) => link::make_interrupt,
        /// Says which interrupt counts the hours of an incident.
        LinkInterrupt(link::LinkInterrupt) => link::link_interrupt,
        /// Makes a Product Backlog item of an incident.
        MakeItem(link::MakeIncidentItem) => link::make_item,
        /// Says which item caused an incident, or goes on with it.
        LinkItem(link::LinkIncidentItem) => link::link_item,
        /// Takes a link of an incident away.
        Unlink(link::UnlinkIncident) => link::unlink,
        /// Says that an incident is the same as another.
        Merge(merge::MergeIncident) => merge::merge,
        /// Takes that back.
        Separate(merge::SeparateIncident) => merge::separate,
    }
}

queries! {
    /// Questions about incidents.
    IncidentQuery / IncidentAnswers {
        /// The incidents: those that need somebody first, then those that are over.
        List(list::IncidentsQuestion) -> list::IncidentList => list::list,
        /// Those that need somebody, with who is there to take them.
        Triage(crate::contract::Nothing) -> list::Triage => list::triage_view,
        /// One incident.
        Incident(page::IncidentQuestion) -> page::IncidentPage => page::incident_page,
        /// What incidents did in a Sprint.
        OfSprint(figures::IncidentsOfSprintQuestion) -> Option<figures::IncidentsOfSprint> => figures::of_sprint,
        /// What a line that is being written says.
        Line(report::LineQuestion) -> report::ReadLine => report::read_line,
    }
}

/// How long something took: “45 s”, “12 min”, “3 h 5 min”, “2 d 4 h”.
pub(crate) fn lasted(millis: i64) -> String {
    let seconds = millis.max(0) / 1000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, minutes) => format!("{minutes} min"),
        (0, hours, minutes) if minutes % 60 == 0 => format!("{hours} h"),
        (0, hours, minutes) => format!("{hours} h {} min", minutes % 60),
        (days, hours, _) if hours % 24 == 0 => format!("{days} d"),
        (days, hours, _) => format!("{days} d {} h", hours % 24),
    }
}

/// An incident that must be there.
pub(crate) fn incident_of(reader: &Reader<'_>, id: IncidentId) -> Result<Incident, AppError> {
    reader.incident(id)?.ok_or_else(|| AppError::not_found("incident"))
}

/// An incident that must be there and be no duplicate of another.
fn own_incident(reader: &Reader<'_>, id: IncidentId) -> Result<Incident, AppError> {
    let known = incident_of(reader, id)?;
    let Some(other) = known.now.merged_into else { return Ok(known) };
    let other = reader.incident(other)?.map(|other| other.label).unwrap_or_default();
    let hint = format!("Work on {other}, or separate them first.");
    Err(AppError::refused(format!("{} was merged into {other}.", known.label), hint))
}

/// The member who sits at this device, where the team knows the name.
pub(crate) fn you(reader: &Reader<'_>, context: &Context<'_>) -> Result<Option<MemberId>, AppError> {
    let person = context.person.trim().to_lowercase();
    let members = reader.members()?;
    let own = members.iter().find(|member| !person.is_empty() && member.name.to_lowercase() == person);
    Ok(own.map(|member| member.id))
}

/// A title without spaces around it. Refused where nothing is left, or where it is a text of its own.
pub(crate) fn checked_title(title: &str, field: &str) -> Result<String, AppError> {
    let title = title.trim();
    if title.is_empty() {
        let hint = "Say in a few words what happens: “P1 checkout: payments fail”.";
        return Err(AppError::refused("An incident needs a title.", hint).at(field));
    }
    if title.contains(['\n', '\r']) {
        let hint = "Keep what people see in lists to one line; a note holds the rest.";
        return Err(AppError::refused("A title is one line.", hint).at(field));
    }
    Ok(title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_its_two_largest_parts() {
        let said: Vec<String> =
            [-5, 0, 45_000, 60_000, 719_000, 3_600_000, 11_100_000, 86_400_000, 187_500_000]
                .map(lasted)
                .into();
        assert_eq!(said, ["0 s", "0 s", "45 s", "1 min", "11 min", "1 h", "3 h 5 min", "1 d", "2 d 4 h"]);
    }
}
