//! The incidents as a list: who is needed first, and what is over.
//!
//! 1. Those that nobody owns come first, the gravest before the others, the oldest before the younger.
//! 2. What is over follows, the latest first; a duplicate is listed with the one into which it was merged.
//! 3. Who is on call now stands beside the queue.

use super::milestone::was;
use super::{lasted, you};
use crate::backlog::MemberName;
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::on_call::{OnCallNow, on_call_at};
use crate::reliability::ServiceName;
use crate::team::counted;
use crate::team::severities::SeverityName;
use domain::calendar::{Day, Instant};
use domain::identity::{IncidentId, InterruptId, MemberId, ServiceId};
use domain::incident::{Incident, LinkHow, LinkTarget, Milestone, Times, urgency};
use domain::interrupt::{IncidentSeverity, SeverityNames};
use domain::reliability::Service;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashMap;
use store::{IncidentFilter, IncidentsOf, Reader};
use ts_rs::TS;

/// Asks for incidents.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct IncidentsQuestion {
    /// Only those that affect a service.
    #[ts(optional = nullable)]
    pub service: Option<ServiceId>,
    /// Only those whose label, title or owner holds these words.
    #[ts(optional, as = "Option<String>")]
    pub text: String,
    /// How many of those that are over are left away, the latest first.
    #[ts(optional, as = "Option<u32>")]
    pub from: u32,
}

/// The incidents of a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentList {
    /// Today.
    pub today: Day,
    /// Those that need somebody, in the order in which they do.
    pub open: Vec<IncidentRow>,
    /// Those that are over, the latest first; at most a page of them.
    pub over: Vec<IncidentRow>,
    /// How many are over in all.
    pub over_count: u32,
    /// How many there are in all, whatever was asked for.
    pub all_count: u32,
    /// How those that were asked for stand, in words: “2 open, 1 without an owner; 14 are over”.
    pub said: String,
    /// Who is on call now.
    pub on_call: Vec<OnCallNow>,
    /// The member who sits at this device.
    pub you: Option<MemberId>,
    /// The members who are in the team now.
    pub members: Vec<MemberName>,
    /// The services, in the team's order.
    pub services: Vec<ServiceName>,
    /// The severities, the gravest first.
    pub severities: Vec<SeverityName>,
}

/// Those that need somebody, with who is there to take them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Triage {
    /// In the order in which they do.
    pub rows: Vec<IncidentRow>,
    /// Who is on call now.
    pub on_call: Vec<OnCallNow>,
    /// The member who sits at this device.
    pub you: Option<MemberId>,
    /// The members who are in the team now.
    pub members: Vec<MemberName>,
}

/// An incident in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentRow {
    /// Its identity.
    pub id: IncidentId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// How grave it is.
    pub severity: IncidentSeverity,
    /// What the team calls that.
    pub severity_name: String,
    /// Who owns it.
    pub owner: Option<MemberId>,
    /// Their name.
    pub owner_name: Option<String>,
    /// The services that it affects.
    pub services: Vec<ServiceName>,
    /// Since when it lasts: when its present cycle began, else when it was reported.
    pub since: Option<Instant>,
    /// When it was resolved; none while it is open.
    pub resolved_at: Option<Instant>,
    /// Whether it still needs somebody.
    pub is_open: bool,
    /// How far it came: “detected”, “acknowledged”, “mitigated”.
    pub stage: Option<Milestone>,
    /// The same in words; of a duplicate: “merged into INC-3”.
    pub stage_said: String,
    /// How long it lasts already, or how long it took to mitigate: “3 h 5 min”; none where that is not known.
    pub lasted: Option<String>,
    /// Whether it still counts up.
    pub counts_up: bool,
    /// How many cycles it has: more than one where it was reopened.
    pub cycles: u32,
    /// The interrupt that counts its hours.
    pub interrupt: Option<InterruptId>,
    /// The one into which it was merged.
    pub merged_into: Option<IncidentId>,
}

/// An incident that an interrupt or an item belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkedIncident {
    /// Its identity.
    pub id: IncidentId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Whether it still needs somebody.
    pub is_open: bool,
    /// How the other belongs to it.
    pub how: LinkHow,
}

/// The most incidents that are over on a page.
const PAGE: usize = 50;

pub(super) fn list(
    reader: &Reader<'_>,
    question: IncidentsQuestion,
    context: &Context<'_>,
) -> Result<IncidentList, AppError> {
    let names = Names::read(reader)?;
    let all = reader.incidents(IncidentFilter::All)?;
    let all_count = all.len() as u32;
    let mut rows: Vec<(Incident, IncidentRow)> = Vec::new();
    let text = question.text.trim().to_lowercase();
    for incident in all {
        let row = names.row(&incident, context.now);
        let affects = |service| row.services.iter().any(|one| one.id == service);
        let says = [Some(&row.label), Some(&row.title), row.owner_name.as_ref()];
        let holds = says.iter().flatten().any(|word| word.to_lowercase().contains(&text));
        if question.service.is_none_or(affects) && holds {
            rows.push((incident, row));
        }
    }
    let (mut open, mut over): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(one, _)| one.now.is_open());
    open.sort_by_key(|(one, _)| urgency(&one.now));
    over.sort_by_key(|(one, _)| Reverse((one.now.at(Milestone::Resolved).or(one.now.since()), one.id)));
    let unowned = open.iter().filter(|(one, _)| one.now.owner.is_none()).count();
    let over_count = over.len();
    let is_part = question.service.is_some() || !text.is_empty();
    let said = match (open.len(), unowned) {
        (0, _) if is_part && over_count == 0 => "None is found".to_owned(),
        (0, _) if is_part => "None of these is open".to_owned(),
        (0, _) => "Nothing is open".to_owned(),
        (1, 1) => "1 open, and nobody has it".to_owned(),
        (open, 0) => format!("{open} open, all with an owner"),
        (open, unowned) => format!("{open} open, {unowned} without an owner"),
    };
    let today = reader.team()?.zone.day_of(context.now);
    Ok(IncidentList {
        today,
        open: open.into_iter().map(|(_, row)| row).collect(),
        over: over.into_iter().map(|(_, row)| row).skip(question.from as usize).take(PAGE).collect(),
        over_count: over_count as u32,
        all_count,
        said: match over_count {
            0 => format!("{said}."),
            1 => format!("{said}; 1 is over."),
            over => format!("{said}; {} are over.", counted(over as u32, "incident")),
        },
        on_call: on_call_at(reader, context.now)?,
        you: you(reader, context)?,
        members: members_on(reader, today)?,
        services: named_all(reader)?,
        severities: SeverityName::all(reader)?,
    })
}

pub(super) fn triage_view(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<Triage, AppError> {
    let today = reader.team()?.zone.day_of(context.now);
    Ok(Triage {
        rows: triage(reader, context.now)?,
        on_call: on_call_at(reader, context.now)?,
        you: you(reader, context)?,
        members: members_on(reader, today)?,
    })
}

/// The incidents that need somebody, in the order in which they do (rule 1).
pub fn triage(reader: &Reader<'_>, now: Instant) -> Result<Vec<IncidentRow>, AppError> {
    let names = Names::read(reader)?;
    let mut open = reader.incidents(IncidentFilter::Open)?;
    open.sort_by_key(|one| urgency(&one.now));
    Ok(open.iter().map(|incident| names.row(incident, now)).collect())
}

/// The incidents that still need somebody: all of them, or those that affect a service.
pub fn open_incidents(reader: &Reader<'_>, service: Option<ServiceId>) -> Result<Vec<Incident>, AppError> {
    let affected = reader.incident_services()?;
    let mut open = reader.incidents(IncidentFilter::Open)?;
    open.retain(|one| {
        service.is_none_or(|service| affected.get(&one.id).is_some_and(|of| of.contains(&service)))
    });
    open.sort_by_key(|one| urgency(&one.now));
    Ok(open)
}

/// The incidents that an interrupt or an item belongs to, as links.
pub(crate) fn incidents_of(reader: &Reader<'_>, of: IncidentsOf) -> Result<Vec<LinkedIncident>, AppError> {
    let linked = reader.incidents_of(of)?.into_iter();
    let link = |(one, how): (Incident, LinkHow)| LinkedIncident {
        id: one.id,
        is_open: one.now.is_open(),
        label: one.label,
        title: one.title,
        how,
    };
    Ok(linked.map(link).collect())
}

/// Services by their names, in the order in which they are given.
pub(super) fn named(services: &[Service], ids: &[ServiceId]) -> Vec<ServiceName> {
    let of = |id: &ServiceId| services.iter().find(|service| service.id == *id).cloned().map(name_of);
    ids.iter().filter_map(of).collect()
}

/// All services by their names, in the team's order.
pub(super) fn named_all(reader: &Reader<'_>) -> Result<Vec<ServiceName>, AppError> {
    Ok(reader.services()?.into_iter().map(name_of).collect())
}

fn name_of(service: Service) -> ServiceName {
    ServiceName { id: service.id, name: service.name }
}

/// The members who are in the team on a day or come later.
pub(super) fn members_on(reader: &Reader<'_>, today: Day) -> Result<Vec<MemberName>, AppError> {
    let members = reader.members()?;
    let here = members.iter().filter(|member| member.to.is_none_or(|to| to >= today));
    Ok(here.map(MemberName::of).collect())
}

/// What a row is named by, read once for all rows.
pub(super) struct Names {
    pub(super) members: HashMap<MemberId, String>,
    pub(super) severities: SeverityNames,
    services: Vec<Service>,
    affected: HashMap<IncidentId, Vec<ServiceId>>,
    interrupts: HashMap<IncidentId, InterruptId>,
    labels: HashMap<IncidentId, String>,
}

impl Names {
    pub(super) fn read(reader: &Reader<'_>) -> Result<Names, AppError> {
        let links = reader.incident_links(None)?.into_iter();
        let interrupts = links.filter_map(|link| match link.to {
            LinkTarget::Interrupt(id) => Some((link.incident, id)),
            _ => None,
        });
        let incidents = reader.incidents(IncidentFilter::All)?.into_iter();
        Ok(Names {
            members: reader.members()?.into_iter().map(|member| (member.id, member.name)).collect(),
            severities: reader.severity_names()?,
            services: reader.services()?,
            affected: reader.incident_services()?,
            interrupts: interrupts.collect(),
            labels: incidents.map(|incident| (incident.id, incident.label)).collect(),
        })
    }

    pub(super) fn label(&self, id: IncidentId) -> String {
        self.labels.get(&id).cloned().unwrap_or_default()
    }

    pub(super) fn row(&self, incident: &Incident, now: Instant) -> IncidentRow {
        let known = &incident.now;
        let affected = self.affected.get(&incident.id).map(Vec::as_slice).unwrap_or_default();
        let times = Times::between(known);
        let counting = Times::so_far(known, now);
        let stage = known.stage();
        IncidentRow {
            id: incident.id,
            label: incident.label.clone(),
            title: incident.title.clone(),
            severity: known.severity,
            severity_name: self.severities.of(known.severity).to_owned(),
            owner: known.owner,
            owner_name: known.owner.and_then(|owner| self.members.get(&owner).cloned()),
            services: named(&self.services, affected),
            since: known.since(),
            resolved_at: known.at(Milestone::Resolved),
            is_open: known.is_open(),
            stage,
            stage_said: match known.merged_into {
                Some(other) => format!("merged into {}", self.label(other)),
                None => stage.map_or("reported", was).to_owned(),
            },
            lasted: times.to_mitigate.or(counting).map(lasted),
            counts_up: times.to_mitigate.is_none() && counting.is_some(),
            cycles: known.cycles,
            interrupt: self.interrupts.get(&incident.id).copied(),
            merged_into: known.merged_into,
        }
    }
}
