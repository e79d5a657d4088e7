//! What becomes of an incident: its title, how grave it is, whom it belongs to, who has which role, which services it
//! affects.

use super::{checked_title, own_incident};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::moment::{WrittenMoment, said};
use crate::reliability::service_of;
use crate::team::members::member_of;
use crate::team::together;
use domain::calendar::{Instant, Zone};
use domain::identity::{IncidentId, MemberId, ServiceId};
use domain::incident::{IncidentFact, IncidentPresent, Milestone};
use domain::interrupt::IncidentSeverity;
use serde::{Deserialize, Serialize};
use store::Writer;
use ts_rs::TS;

/// Gives an incident another title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameIncident {
    /// The incident.
    pub incident: IncidentId,
    /// The title.
    pub title: String,
}

pub(super) fn rename(
    writer: &mut Writer<'_>,
    command: RenameIncident,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let title = checked_title(&command.title, "title")?;
    if title != known.title {
        writer.put_incident_title(known.id, &title)?;
    }
    Ok(Outcome::titled(format!("Rename {}", known.label)))
}

/// Says how grave an incident is: until somebody said otherwise later, which the outcome then names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetIncidentSeverity {
    /// The incident.
    pub incident: IncidentId,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// From when on, if not from now on.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<WrittenMoment>,
}

pub(super) fn set_severity(
    writer: &mut Writer<'_>,
    command: SetIncidentSeverity,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let zone = writer.team()?.zone;
    let present = writer.incident_present(known.id)?;
    let dated = WrittenMoment::past(command.at.as_ref(), "at", zone, context.now)?
        .map(|at| since_it_began(&present, at, &known.label, zone))
        .transpose()?;
    if known.now.severity != command.severity || dated.is_some() {
        let fact = IncidentFact::SeveritySet(command.severity);
        writer.record_incident(known.id, dated.unwrap_or(context.now), &fact)?;
    }
    let names = writer.severity_names()?;
    let outcome = Outcome::titled(format!("Set {} to {}", known.label, names.of(command.severity)));
    let later = dated.and_then(|at| {
        let (from, severity) =
            present.severities.iter().find(|(then, other)| *then > at && *other != command.severity)?;
        // Before anybody said how grave it was, it counts as what was said first.
        let before = present.severities.iter().rev().find(|(then, _)| *then <= at);
        let before = before.or(present.severities.first()).map(|(_, before)| before);
        let again = if before == Some(severity) { " again" } else { "" };
        Some(format!("It is {}{again} from {}.", names.of(*severity), said(*from, zone)))
    });
    Ok(match later {
        Some(later) => outcome.noting(later),
        None => outcome,
    })
}

/// A moment since an incident began; one in the same minute is the beginning itself, as people write no seconds. Refused
/// at `at`: one before it, or before the first that is known of it.
fn since_it_began(
    present: &IncidentPresent,
    at: Instant,
    label: &str,
    zone: Zone,
) -> Result<Instant, AppError> {
    let first = present.cycles.first();
    let known = |milestone: &Milestone| first.and_then(|cycle| cycle.at(*milestone));
    let began = known(&Milestone::Began);
    let earliest = Milestone::ALL.iter().filter_map(known).chain(present.reported_at).min();
    let Some(from) = began.or(earliest).filter(|from| *from > at) else { return Ok(at) };
    if from.millis().div_euclid(60_000) == at.millis().div_euclid(60_000) {
        return Ok(from);
    }
    let (message, hint) = match began {
        Some(_) => (
            format!("{label} began on {}.", said(from, zone)),
            "Say a later moment, or correct when it began first.",
        ),
        None => (
            format!("Nothing is known of {label} before {}.", said(from, zone)),
            "Say a later moment, or say first when it began.",
        ),
    };
    Err(AppError::refused(message, hint).at("at"))
}

/// Gives an incident to a member, or to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssignIncident {
    /// The incident.
    pub incident: IncidentId,
    /// Who; none is nobody.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub owner: Option<MemberId>,
}

pub(super) fn assign(
    writer: &mut Writer<'_>,
    command: AssignIncident,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let member = command.owner.map(|owner| member_of(writer, owner)).transpose()?;
    let name = member.as_ref().map_or("nobody", |member| member.name.as_str());
    if known.now.owner != command.owner {
        writer.record_incident(known.id, context.now, &IncidentFact::Assigned(command.owner))?;
    }
    let outcome = Outcome::titled(format!("Assign {} to {name}", known.label));
    // Only what waits to be taken is acknowledged by being given; where milestones say more, they stay as they are.
    let present = writer.incident_present(known.id)?;
    let cycle = present.cycles.len().saturating_sub(1);
    let acknowledged = present.cycle().raw(Milestone::Acknowledged).is_some();
    let fits = present.check(cycle, Milestone::Acknowledged, context.now).is_ok();
    if member.is_some() && known.now.is_open() && !acknowledged && fits {
        writer.record_incident(known.id, context.now, &IncidentFact::Reached(Milestone::Acknowledged))?;
        return Ok(outcome.noting(format!("{} is acknowledged.", known.label)));
    }
    Ok(outcome)
}

/// Gives a member a role in an incident, or takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakeRole {
    /// The incident.
    pub incident: IncidentId,
    /// The role: commander, communications, or as the team says.
    pub role: String,
    /// Who; none is nobody any more.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub member: Option<MemberId>,
}

/// How many letters the name of a role has at most.
const LONGEST_ROLE: usize = 40;

/// The roles that are proposed, before those of the team's own.
pub(super) const ROLES: [&str; 4] = ["Commander", "Communications", "Operations", "Scribe"];

/// A role as it is written down; empty for none. Refused where it is longer than a name is.
pub(super) fn checked_role(role: &str) -> Result<String, AppError> {
    let role = role.split_whitespace().collect::<Vec<_>>().join(" ");
    if role.chars().count() > LONGEST_ROLE {
        let hint = format!("Take at most {LONGEST_ROLE} letters, such as Commander.");
        return Err(AppError::refused("The name of a role is short.", hint).at("role"));
    }
    let known = ROLES.iter().find(|known| known.to_lowercase() == role.to_lowercase());
    Ok(known.map_or(role, |known| (*known).to_owned()))
}

pub(super) fn take_role(
    writer: &mut Writer<'_>,
    command: TakeRole,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let role = checked_role(&command.role)?;
    if role.is_empty() {
        let hint = "Commander, Communications, or what the team calls it.";
        return Err(AppError::refused("A role needs a name.", hint).at("role"));
    }
    let member = command.member.map(|member| member_of(writer, member)).transpose()?;
    let present = writer.incident_present(known.id)?;
    let has = present.roles.iter().find(|(other, _)| *other == role).map(|(_, member)| *member);
    let title = match &member {
        Some(member) => format!("{} of {}: {}", role, known.label, member.name),
        None => format!("{} of {}: nobody", role, known.label),
    };
    if has != command.member {
        let fact = IncidentFact::RoleTaken { role, member: command.member };
        writer.record_incident(known.id, context.now, &fact)?;
    }
    Ok(Outcome::titled(title))
}

/// Says which services an incident affects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetIncidentServices {
    /// The incident.
    pub incident: IncidentId,
    /// All of them; none is a service of the team's.
    pub services: Vec<ServiceId>,
}

pub(super) fn set_services(
    writer: &mut Writer<'_>,
    command: SetIncidentServices,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let mut names = Vec::new();
    for service in &command.services {
        names.push(service_of(writer, *service)?.name);
    }
    writer.put_incident_services(known.id, &command.services)?;
    let named = if names.is_empty() { "no service".to_owned() } else { together(&names) };
    Ok(Outcome::titled(format!("{} affects {named}", known.label)))
}
