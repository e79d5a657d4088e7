//! Which deployment caused an incident: proposed by time and service, said by a person (12.2).
//!
//! 1. Proposed is the latest deployment of an affected service that was in production when the incident began, not longer
//!    than 24 hours before. What was rejected is not proposed again.
//! 2. An incident has one deployment that caused it; saying another one takes its place.
//! 3. Incidents for which nothing is proposed are listed: who knows more says so.

use super::list::{DeploymentBrief, briefs};
use super::{Book, deployment_of, named};
use crate::contract::{Context, Nothing, Outcome};
use crate::error::AppError;
use crate::incident::incident_of;
use crate::reliability::service_of;
use domain::calendar::Instant;
use domain::delivery::{Suspect, propose_all};
use domain::identity::{DeploymentId, IncidentId};
use domain::incident::{Incident, LinkHow, LinkStanding, LinkTarget, Milestone};
use domain::interrupt::IncidentSeverity;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::{IncidentFilter, Reader, Writer};
use ts_rs::TS;

/// Which deployments may have caused which incidents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkProposals {
    /// Those that wait for a person, the latest incident first.
    pub proposals: Vec<LinkProposal>,
    /// Incidents of which no deployment is known or proposed, the latest first.
    pub unlinked: Vec<SuspectIncident>,
    /// How many incidents are linked.
    pub linked: u32,
}

/// A deployment that may have caused an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkProposal {
    /// The incident.
    pub incident: SuspectIncident,
    /// The deployment.
    pub deployment: DeploymentBrief,
    /// How long before: “40 min before it began”.
    pub said: String,
}

/// An incident whose cause is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SuspectIncident {
    /// The incident.
    pub id: IncidentId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// The names of the services that it affected.
    pub services: Vec<String>,
    /// When it began, as far as that is known.
    pub began_at: Option<Instant>,
    /// Why nothing is proposed, in words; empty where something is.
    pub why_not: String,
}

/// When an incident began, as far as that is known.
pub(super) fn began(incident: &Incident) -> Option<Instant> {
    incident.now.at(Milestone::Began).or(incident.now.at(Milestone::Detected)).or(incident.now.reported_at)
}

pub(super) fn proposals(reader: &Reader<'_>, _: Nothing, _: &Context<'_>) -> Result<LinkProposals, AppError> {
    let mut incidents = reader.incidents(IncidentFilter::All)?;
    incidents.retain(|one| one.now.merged_into.is_none());
    incidents.sort_by_key(|one| (std::cmp::Reverse(began(one)), std::cmp::Reverse(one.id)));
    let affected = reader.incident_services()?;
    let links = reader.incident_links(None)?;
    let mut linked: HashSet<IncidentId> = HashSet::new();
    let mut rejected: HashSet<(IncidentId, DeploymentId)> = HashSet::new();
    for link in links.iter().filter(|link| link.how == LinkHow::CausedBy) {
        match (link.to, link.standing) {
            (LinkTarget::Deployment(_), LinkStanding::Confirmed) => {
                linked.insert(link.incident);
            }
            (LinkTarget::Deployment(deployment), LinkStanding::Rejected) => {
                rejected.insert((link.incident, deployment));
            }
            _ => {}
        }
    }
    let book = Book::read(reader)?;
    let none = Vec::new();
    let mut suspects = Vec::new();
    for one in incidents.iter().filter(|one| !linked.contains(&one.id)) {
        let Some(began_at) = began(one) else { continue };
        let services = affected.get(&one.id).unwrap_or(&none);
        suspects.extend(services.iter().map(|service| Suspect {
            incident: one.id,
            service: *service,
            began_at,
        }));
    }
    let proposed: HashMap<IncidentId, DeploymentId> = propose_all(&suspects, &book.deployments)
        .into_iter()
        .filter(|pair| !rejected.contains(pair))
        .collect();
    let briefs = briefs(reader, &book, &proposed.values().copied().collect())?;
    let names: HashMap<_, _> = reader.services()?.into_iter().map(|one| (one.id, one.name)).collect();
    let mut view = LinkProposals { proposals: Vec::new(), unlinked: Vec::new(), linked: linked.len() as u32 };
    for one in incidents.into_iter().filter(|one| !linked.contains(&one.id)) {
        let began_at = began(&one);
        let services = affected.get(&one.id).unwrap_or(&none);
        let deployment = proposed.get(&one.id).and_then(|id| briefs.get(id)).cloned();
        let why_not = match (&deployment, began_at) {
            (Some(_), _) => "",
            (None, None) => "when it began is not known",
            (None, _) if services.is_empty() => "no service is named",
            (None, _) if rejected.iter().any(|(incident, _)| *incident == one.id) => {
                "what was proposed was not it"
            }
            (None, _) => "nothing was deployed in the 24 hours before",
        };
        let suspect = SuspectIncident {
            id: one.id,
            label: one.label,
            title: one.title,
            severity: one.now.severity,
            services: services.iter().filter_map(|id| names.get(id).cloned()).collect(),
            began_at,
            why_not: why_not.to_owned(),
        };
        match (deployment, began_at) {
            (Some(deployment), Some(began_at)) => {
                let said = match began_at.millis() - deployment.at.millis() {
                    0..60_000 => "in the minute in which it began".to_owned(),
                    before => format!("{} before it began", crate::incident::lasted(before)),
                };
                view.proposals.push(LinkProposal { incident: suspect, deployment, said });
            }
            _ => view.unlinked.push(suspect),
        }
    }
    Ok(view)
}

/// Says that a deployment caused an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkIncident {
    /// The incident.
    pub incident: IncidentId,
    /// The deployment.
    pub deployment: DeploymentId,
}

pub(super) fn link_incident(
    writer: &mut Writer<'_>,
    command: LinkIncident,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let incident = incident_of(writer, command.incident)?;
    let deployment = deployment_of(writer, command.deployment)?;
    let name = named(&service_of(writer, deployment.service)?.name, &deployment);
    if began(&incident).is_some_and(|began| began < deployment.started_at) {
        let hint = "Choose a deployment from before, or correct when the incident began.";
        let message = format!("{} began before {name} was deployed.", incident.label);
        return Err(AppError::refused(message, hint).at("deployment"));
    }
    let to = LinkTarget::Deployment(deployment.id);
    for link in writer.incident_links(Some(incident.id))? {
        let is_other = matches!(link.to, LinkTarget::Deployment(_)) && link.to != to;
        if is_other && link.standing == LinkStanding::Confirmed {
            writer.remove_incident_link(link.id)?;
        }
    }
    writer.put_incident_link(incident.id, to, LinkHow::CausedBy, LinkStanding::Confirmed)?;
    Ok(Outcome::titled(format!("Say that {name} caused {}", incident.label)))
}

/// Says that a deployment did not cause an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RejectLink {
    /// The incident.
    pub incident: IncidentId,
    /// The deployment.
    pub deployment: DeploymentId,
}

pub(super) fn reject_link(
    writer: &mut Writer<'_>,
    command: RejectLink,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let incident = incident_of(writer, command.incident)?;
    let deployment = deployment_of(writer, command.deployment)?;
    let name = named(&service_of(writer, deployment.service)?.name, &deployment);
    let to = LinkTarget::Deployment(deployment.id);
    writer.put_incident_link(incident.id, to, LinkHow::CausedBy, LinkStanding::Rejected)?;
    Ok(Outcome::titled(format!("Say that {name} did not cause {}", incident.label)))
}
