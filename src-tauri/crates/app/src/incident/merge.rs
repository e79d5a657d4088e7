//! Incidents that were reported twice.
//!
//! 1. The duplicate needs nobody any more and keeps what was said of it; the one into which it is merged shows its
//!    timeline beside its own, and is told of the services of both.
//! 2. What is merged can be separated; the services that the other one got stay.

use super::{incident_of, own_incident};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use domain::identity::IncidentId;
use domain::incident::{IncidentFact, Milestone};
use serde::{Deserialize, Serialize};
use store::Writer;
use ts_rs::TS;

/// Says that an incident is the same as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergeIncident {
    /// The duplicate.
    pub incident: IncidentId,
    /// The one that stays.
    pub into: IncidentId,
}

pub(super) fn merge(
    writer: &mut Writer<'_>,
    command: MergeIncident,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let into = own_incident(writer, command.into)?;
    if known.id == into.id {
        let hint = "Choose another one that tells of the same.";
        return Err(AppError::refused("An incident is not its own duplicate.", hint).at("into"));
    }
    writer.record_incident(known.id, context.now, &IncidentFact::MergedInto(Some(into.id)))?;
    // Those that were merged into the duplicate before tell of the same, too.
    for other in writer.duplicates_of(known.id)? {
        writer.record_incident(other.id, context.now, &IncidentFact::MergedInto(Some(into.id)))?;
    }
    let mut services = writer.incident_services()?;
    let mut all = services.remove(&into.id).unwrap_or_default();
    all.extend(services.remove(&known.id).unwrap_or_default());
    writer.put_incident_services(into.id, &all)?;
    let outcome = Outcome::titled(format!("Merge {} into {}", known.label, into.label));
    let mut notes = Vec::new();
    if known.now.severity < into.now.severity {
        let names = writer.severity_names()?;
        notes.push(format!("{} was {}", known.label, names.of(known.now.severity)));
    }
    let began = |milestones: &domain::incident::IncidentNow| milestones.at(Milestone::Began);
    if let (Some(earlier), Some(own)) = (began(&known.now), began(&into.now))
        && earlier < own
    {
        notes.push(format!("{} began earlier", known.label));
    }
    Ok(match notes.as_slice() {
        [] => outcome,
        notes => {
            outcome.noting(format!("{}: look whether {} should say so.", notes.join(" and "), into.label))
        }
    })
}

/// Says that an incident is no duplicate after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeparateIncident {
    /// The one that was merged into another.
    pub incident: IncidentId,
}

pub(super) fn separate(
    writer: &mut Writer<'_>,
    command: SeparateIncident,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = incident_of(writer, command.incident)?;
    let Some(other) = known.now.merged_into else {
        let hint = "Only what was merged can be separated.";
        return Err(AppError::refused(format!("{} is no duplicate.", known.label), hint));
    };
    let other = incident_of(writer, other)?.label;
    writer.record_incident(known.id, context.now, &IncidentFact::MergedInto(None))?;
    Ok(Outcome::titled(format!("Separate {} from {other}", known.label)))
}
