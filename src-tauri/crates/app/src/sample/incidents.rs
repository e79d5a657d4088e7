//! Incidents of the sample's story.

use super::{Play, misread, words};
use crate::Command;
use crate::error::AppError;
use crate::incident::IncidentCommand;
use crate::incident::change::{AssignIncident, TakeRole};
use crate::incident::link::LinkInterrupt;
use crate::incident::merge::MergeIncident;
use crate::incident::milestone::ReachMilestone;
use crate::incident::note::{AddIncidentNote, NoteForm};
use crate::incident::report::ReportIncident;
use domain::identity::IncidentId;

impl Play<'_> {
    /// `incident KEY NAME LINE`, with `-` for nobody; `taken KEY NAME`; `reached KEY MILESTONE`; `noted KEY NAME ROLE TEXT`; `role KEY NAME
    /// ROLE`; `hours KEY INTERRUPT`; `twice KEY OTHER`.
    pub(super) fn incident(&mut self, verb: &str, rest: &'static str) -> Result<(), AppError> {
        let command = match verb {
            "incident" => {
                let [key, name, line] = words::<3>(rest);
                let owner = if name == "-" { None } else { self.member(name)? };
                let report = ReportIncident { line: line.into(), ..ReportIncident::default() };
                let id = super::made(&self.run(Command::Incident(IncidentCommand::Report(report)))?)?;
                self.incidents.insert(key, id);
                // Whoever takes it does so a little later: it is a step of its own, as people do it.
                match owner {
                    None => return Ok(()),
                    owner => {
                        self.clock = self.clock.plus_millis(3 * 60_000);
                        IncidentCommand::Assign(AssignIncident { incident: id, owner })
                    }
                }
            }
            "taken" => {
                let [key, name] = words::<2>(rest);
                let (incident, owner) = (self.known_incident(key)?, self.member(name)?);
                IncidentCommand::Assign(AssignIncident { incident, owner })
            }
            "reached" => {
                let [key, milestone] = words::<2>(rest);
                let (incident, milestone) = (self.known_incident(key)?, super::read(milestone)?);
                IncidentCommand::Reach(ReachMilestone { incident, milestone, at: None })
            }
            "noted" => {
                let [key, name, role, text] = words::<4>(rest);
                let note = NoteForm {
                    text: text.into(),
                    role: role.into(),
                    member: self.member(name)?,
                    ..NoteForm::default()
                };
                IncidentCommand::AddNote(AddIncidentNote { incident: self.known_incident(key)?, note })
            }
            "role" => {
                let [key, name, role] = words::<3>(rest);
                let (incident, member) = (self.known_incident(key)?, self.member(name)?);
                IncidentCommand::TakeRole(TakeRole { incident, role: role.into(), member })
            }
            "hours" => {
                let [key, interrupt] = words::<2>(rest);
                let (incident, interrupt) = (self.known_incident(key)?, self.interrupt(interrupt)?);
                IncidentCommand::LinkInterrupt(LinkInterrupt { incident, interrupt })
            }
            _ => {
                let [key, other] = words::<2>(rest);
                let (incident, into) = (self.known_incident(key)?, self.known_incident(other)?);
                IncidentCommand::Merge(MergeIncident { incident, into })
            }
        };
        self.run(Command::Incident(command)).map(drop)
    }

    fn known_incident(&self, key: &str) -> Result<IncidentId, AppError> {
        self.incidents.get(key).copied().ok_or_else(|| misread(key))
    }
}
