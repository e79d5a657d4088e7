//! What an incident is linked to: the interrupt that counts its hours, items that caused it or go on with it.
//!
//! 1. An incident has one interrupt for its hours; it draws on the buffer like any other (4.1).
//! 2. A bug that is made of a P1 is critical, unless something else is said (1.1).

use super::{incident_of, own_incident};
use crate::backlog::{AddItem, Amount, add_item, item_of};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::interrupt::WrittenTime;
use crate::interrupt::change::{ReportInterrupt, report};
use domain::backlog::{Severity, WorkKind};
use domain::identity::{IncidentId, InterruptId, ItemId, RowId};
use domain::incident::{LinkHow, LinkStanding, LinkTarget};
use domain::interrupt::IncidentSeverity;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Makes an interrupt of an incident, which counts its hours and draws on the buffer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MakeInterrupt {
    /// The incident.
    pub incident: IncidentId,
    /// How long it took so far.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub hours: Option<WrittenTime>,
    /// How long it is expected to take in all.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub estimate: Option<WrittenTime>,
}

pub(crate) fn make_interrupt(
    writer: &mut Writer<'_>,
    command: MakeInterrupt,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    without_interrupt(writer, known.id, &known.label)?;
    let interrupt = ReportInterrupt {
        title: known.title,
        severity: Some(known.now.severity),
        owner: known.now.owner,
        hours: command.hours,
        estimate: command.estimate,
        // It interrupts the team from when it was reported, however long it lasted before.
        at: known.now.reported_at,
        ..ReportInterrupt::default()
    };
    let made = report(writer, interrupt, context)?;
    let id: Option<InterruptId> = made.created.first().and_then(|id| id.parse().ok());
    let id = id.ok_or_else(|| AppError::internal("the new interrupt has no identity"))?;
    writer.put_incident_link(known.id, LinkTarget::Interrupt(id), LinkHow::Hours, LinkStanding::Confirmed)?;
    let label = writer.interrupt(id)?.map(|interrupt| interrupt.label).unwrap_or_default();
    Ok(Outcome { title: format!("Make interrupt {label} of {}", known.label), ..made })
}

/// Says which interrupt counts the hours of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkInterrupt {
    /// The incident.
    pub incident: IncidentId,
    /// The interrupt.
    pub interrupt: InterruptId,
}

pub(super) fn link_interrupt(
    writer: &mut Writer<'_>,
    command: LinkInterrupt,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    without_interrupt(writer, known.id, &known.label)?;
    let interrupt = writer
        .interrupt(command.interrupt)?
        .ok_or_else(|| AppError::not_found("interrupt").at("interrupt"))?;
    let to = LinkTarget::Interrupt(interrupt.id);
    if let Some(other) = writer.incident_links(None)?.into_iter().find(|link| link.to == to) {
        let other = incident_of(writer, other.incident)?.label;
        let hint = "Each incident counts its own hours: choose another interrupt, or merge the incidents.";
        let message = format!("{} counts the hours of {other}.", interrupt.label);
        return Err(AppError::refused(message, hint).at("interrupt"));
    }
    writer.put_incident_link(known.id, to, LinkHow::Hours, LinkStanding::Confirmed)?;
    Ok(Outcome::titled(format!("Count the hours of {} with {}", known.label, interrupt.label)))
}

/// Refuses a second interrupt for the same hours.
fn without_interrupt(reader: &Reader<'_>, incident: IncidentId, label: &str) -> Result<(), AppError> {
    match interrupt_of(reader, incident)? {
        None => Ok(()),
        Some(interrupt) => {
            let interrupt = reader.interrupt(interrupt)?.map(|one| one.label).unwrap_or_default();
            let message = format!("{interrupt} counts the hours of {label} already.");
            Err(AppError::refused(message, "Write them down there, or take the link away first."))
        }
    }
}

/// The interrupt that counts the hours of an incident.
pub(crate) fn interrupt_of(
    reader: &Reader<'_>,
    incident: IncidentId,
) -> Result<Option<InterruptId>, AppError> {
    let links = reader.incident_links(Some(incident))?;
    Ok(links.iter().find_map(|link| match link.to {
        LinkTarget::Interrupt(id) => Some(id),
        _ => None,
    }))
}

/// The label of the interrupt that counts the hours of an incident, where it is not over.
pub(super) fn open_interrupt(reader: &Reader<'_>, incident: IncidentId) -> Result<Option<String>, AppError> {
    let Some(id) = interrupt_of(reader, incident)? else { return Ok(None) };
    let interrupt = reader.interrupt(id)?;
    Ok(interrupt.filter(|one| one.present.ended_at.is_none()).map(|one| one.label))
}

/// Makes a Product Backlog item of an incident, in which the work on it goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MakeIncidentItem {
    /// The incident.
    pub incident: IncidentId,
    /// What sort of work it is.
    pub kind: WorkKind,
    /// The item's title; the incident's if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub title: Option<String>,
    /// How bad it is, for a bug; critical for a P1 if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub severity: Option<Severity>,
    /// Its size.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub size: Option<Amount>,
}

pub(super) fn make_item(
    writer: &mut Writer<'_>,
    command: MakeIncidentItem,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let is_p1_bug = command.kind == WorkKind::Bug && known.now.severity == IncidentSeverity::P1;
    let item = AddItem {
        title: command.title.filter(|title| !title.trim().is_empty()).unwrap_or(known.title),
        kind: Some(command.kind),
        severity: command.severity.or(is_p1_bug.then_some(Severity::Critical)),
        size: command.size,
        ..AddItem::default()
    };
    let added = add_item(writer, item, context)?;
    let id: Option<ItemId> = added.created.first().and_then(|id| id.parse().ok());
    let id = id.ok_or_else(|| AppError::internal("the new item has no identity"))?;
    writer.put_incident_link(known.id, LinkTarget::Item(id), LinkHow::Became, LinkStanding::Confirmed)?;
    let label = writer.item(id)?.map(|item| item.label).unwrap_or_default();
    Ok(Outcome { title: format!("Make item {label} of {}", known.label), ..added })
}

/// Says which item caused an incident, or goes on with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkIncidentItem {
    /// The incident.
    pub incident: IncidentId,
    /// The item.
    pub item: ItemId,
    /// How they belong together: it caused the incident, or goes on with it.
    pub how: LinkHow,
}

pub(super) fn link_item(
    writer: &mut Writer<'_>,
    command: LinkIncidentItem,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = own_incident(writer, command.incident)?;
    let item = item_of(writer, command.item)?;
    let title = match command.how {
        LinkHow::CausedBy => format!("Say that {} caused {}", item.label, known.label),
        LinkHow::Became => format!("Go on with {} in {}", known.label, item.label),
        LinkHow::Hours => {
            let hint = "Make an interrupt of the incident: its hours draw on the buffer.";
            return Err(AppError::refused("An item counts no hours of an incident.", hint).at("how"));
        }
    };
    writer.put_incident_link(known.id, LinkTarget::Item(item.id), command.how, LinkStanding::Confirmed)?;
    Ok(Outcome::titled(title))
}

/// Takes a link of an incident away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnlinkIncident {
    /// The incident.
    pub incident: IncidentId,
    /// The link.
    pub link: RowId,
}

pub(super) fn unlink(
    writer: &mut Writer<'_>,
    command: UnlinkIncident,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = incident_of(writer, command.incident)?;
    let links = writer.incident_links(Some(known.id))?;
    let link =
        links.into_iter().find(|link| link.id == command.link).ok_or_else(|| AppError::not_found("link"))?;
    let other = match link.to {
        LinkTarget::Interrupt(id) => writer.interrupt(id)?.map(|one| one.label),
        LinkTarget::Item(id) => writer.item(id)?.map(|one| one.label),
        LinkTarget::Deployment(_) => Some("a deployment".to_owned()),
    };
    writer.remove_incident_link(link.id)?;
    Ok(Outcome::titled(format!("Unlink {} and {}", known.label, other.unwrap_or_default())))
}
