//! An incident is reported in a line: `P1 checkout: payments fail since 9:40`.
//!
//! 1. The line is read as it is written; what it is understood to say is shown before it is sent.
//! 2. What people report, they have detected; it began when the line says so, else at the same moment.

use super::checked_title;
use super::list::named;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::moment::{WrittenMoment, said};
use crate::reliability::{ServiceName, service_of};
use crate::team::members::member_of;
use domain::calendar::Instant;
use domain::identity::{IncidentId, MemberId, ServiceId};
use domain::incident::{IncidentFact, Milestone, ReportLine};
use domain::interrupt::IncidentSeverity;
use serde::{Deserialize, Serialize};
use store::{IncidentFilter, Reader, Writer};
use ts_rs::TS;

/// Reports an incident.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportIncident {
    /// What happens, in a line that may say severity, services and since when.
    pub line: String,
    /// How grave it is, whatever the line says; P3 where nobody says.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub severity: Option<IncidentSeverity>,
    /// Services that it affects besides those of the line.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<ServiceId>>")]
    pub services: Vec<ServiceId>,
    /// Who takes it on.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub owner: Option<MemberId>,
    /// When it was noticed, if not now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<WrittenMoment>,
    /// When users were first affected, whatever the line says.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub began: Option<WrittenMoment>,
}

pub(crate) fn report(
    writer: &mut Writer<'_>,
    command: ReportIncident,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let zone = writer.team()?.zone;
    let names = writer.severity_names()?;
    let line = ReportLine::read(&command.line, &names, &writer.services()?);
    let title = checked_title(&line.title, "line")?;
    for service in &command.services {
        service_of(writer, *service)?;
    }
    let owner = command.owner.map(|owner| member_of(writer, owner)).transpose()?;
    let at = WrittenMoment::past(command.at.as_ref(), "at", zone, context.now)?.unwrap_or(context.now);
    let began = WrittenMoment::past(command.began.as_ref(), "began", zone, context.now)?;
    let began = began.or(line.since.map(|since| since.before(at, zone))).unwrap_or(at);
    if began > at {
        let hint = "Say an earlier beginning, or a later moment of noticing it.";
        let message = format!("It began on {}, after it was noticed.", said(began, zone));
        return Err(AppError::refused(message, hint).at("began"));
    }
    let severity = command.severity.or(line.severity);
    let mut facts = vec![(began, IncidentFact::Reached(Milestone::Began)), (at, IncidentFact::Reported)];
    facts.extend(severity.map(|severity| (at, IncidentFact::SeveritySet(severity))));
    facts.push((at, IncidentFact::Reached(Milestone::Detected)));
    if let Some(owner) = &owner {
        facts.push((at, IncidentFact::Assigned(Some(owner.id))));
        facts.push((at, IncidentFact::Reached(Milestone::Acknowledged)));
    }
    let label = format!("INC-{}", writer.incident_count()? + 1);
    let id = writer.add_incident(&label, &title, &facts)?;
    let mut services = line.services;
    services.extend(command.services);
    writer.put_incident_services(id, &services)?;
    let outcome = Outcome::titled(format!("Report {label}")).created(id);
    Ok(match owner {
        Some(_) => outcome,
        None => outcome.noting(format!("Nobody has {label} yet.")),
    })
}

/// Asks what a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LineQuestion {
    /// The line as far as it is written.
    pub line: String,
}

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadLine {
    /// How grave it is; P3 where the line does not say.
    pub severity: IncidentSeverity,
    /// What the team calls that.
    pub severity_name: String,
    /// Whether the line says so.
    pub severity_given: bool,
    /// The services that it names.
    pub services: Vec<ServiceName>,
    /// A word that stands where a service could, and is none of the team's.
    pub unknown: Option<String>,
    /// What happens; may be empty while it is being written.
    pub title: String,
    /// When it began, where the line says so.
    pub began: Option<Instant>,
    /// Open incidents of the same services: perhaps it is reported already.
    pub known: Vec<IncidentName>,
}

/// An incident by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentName {
    /// Its identity.
    pub id: IncidentId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
}

pub(super) fn read_line(
    reader: &Reader<'_>,
    question: LineQuestion,
    context: &Context<'_>,
) -> Result<ReadLine, AppError> {
    let names = reader.severity_names()?;
    let services = reader.services()?;
    let line = ReportLine::read(&question.line, &names, &services);
    let severity = line.severity.unwrap_or_default();
    let zone = reader.team()?.zone;
    let affected = reader.incident_services()?;
    let shares = |id: &IncidentId| {
        affected.get(id).is_some_and(|of| of.iter().any(|service| line.services.contains(service)))
    };
    let open = reader.incidents(IncidentFilter::Open)?.into_iter().filter(|one| shares(&one.id));
    Ok(ReadLine {
        severity,
        severity_name: names.of(severity).to_owned(),
        severity_given: line.severity.is_some(),
        services: named(&services, &line.services),
        unknown: line.unknown,
        title: line.title,
        began: line.since.map(|since| since.before(context.now, zone)),
        known: open.map(|one| IncidentName { id: one.id, label: one.label, title: one.title }).collect(),
    })
}
