//! Interrupts and items: what became an item, and what caused an interrupt.
//!
//! 1. An item that is made of an interrupt is linked to it, and selected into the buffer lane of the running Sprint; its
//!    points stay out of the planned scope, and it draws nothing itself (4.1).
//! 2. A bug that is made of a P1 is critical, unless something else is said (1.1).

use super::interrupt_of;
use crate::backlog::{AddItem, Amount, add_item, item_of};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::sprint::select::{SelectItems, select_items};
use domain::backlog::{Origin, Severity, WorkKind};
use domain::identity::{InterruptId, ItemId};
use domain::interrupt::{IncidentSeverity, Relation};
use domain::measures::{Minutes, Size};
use serde::{Deserialize, Serialize};
use store::{LinksOf, Reader, Writer};
use ts_rs::TS;

/// Makes a Product Backlog item of an interrupt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BecomeItem {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// What sort of work it is.
    pub kind: WorkKind,
    /// The item's title; the interrupt's if it is not given.
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

pub(crate) fn become_item(
    writer: &mut Writer<'_>,
    command: BecomeItem,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let links = writer.interrupt_links(LinksOf::Interrupt(known.id))?;
    if let Some(link) = links.iter().find(|link| link.relation == Relation::Became) {
        let label = writer.item(link.item)?.map(|item| item.label).unwrap_or_default();
        return Err(AppError::refused(
            format!("{} became {label} already.", known.label),
            "Work on that item, or take the link away first.",
        ));
    }
    let is_p1_bug = command.kind == WorkKind::Bug && known.present.severity == IncidentSeverity::P1;
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
    writer.link_interrupt(known.id, id, Relation::Became)?;
    let label = writer.item(id)?.map(|item| item.label).unwrap_or_default();
    let outcome = Outcome { title: format!("Make item {label} of {}", known.label), ..added };
    let Some(running) = writer.active_sprint()? else {
        return Ok(outcome.noting(format!("No Sprint is running: {label} is in the Product Backlog.")));
    };
    let select = SelectItems {
        items: vec![id],
        sprint: running.id,
        lane: None,
        origin: Some(Origin::Interrupt),
        when: crate::sprint::When::default(),
    };
    select_items(writer, select, context)?;
    Ok(outcome)
}

/// Says which item caused an interrupt: most often technical debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkCause {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// The item.
    pub item: ItemId,
}

pub(crate) fn link_cause(
    writer: &mut Writer<'_>,
    command: LinkCause,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let item = item_of(writer, command.item)?;
    let links = writer.interrupt_links(LinksOf::Interrupt(known.id))?;
    if let Some(link) = links.iter().find(|link| link.item == item.id) {
        return Err(AppError::refused(
            match link.relation {
                Relation::Became => format!("{} became {}.", known.label, item.label),
                Relation::CausedBy => format!("{} is a cause of {} already.", item.label, known.label),
            },
            "Choose another item: what caused the interrupt was there before it.",
        )
        .at("item"));
    }
    writer.link_interrupt(known.id, item.id, Relation::CausedBy)?;
    Ok(Outcome::titled(format!("Say that {} caused {}", item.label, known.label)))
}

/// Takes the link between an interrupt and an item away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unlink {
    /// The interrupt.
    pub interrupt: InterruptId,
    /// The item.
    pub item: ItemId,
}

pub(crate) fn unlink(writer: &mut Writer<'_>, command: Unlink, _: &Context<'_>) -> Result<Outcome, AppError> {
    let known = interrupt_of(writer, command.interrupt)?;
    let links = writer.interrupt_links(LinksOf::Interrupt(known.id))?;
    let Some(link) = links.iter().find(|link| link.item == command.item) else {
        return Err(AppError::not_found("link"));
    };
    writer.unlink_interrupt(link.id)?;
    let label = writer.item(link.item)?.map(|item| item.label).unwrap_or_default();
    Ok(Outcome::titled(format!("Unlink {} and {label}", known.label)))
}

/// An item that belongs to an interrupt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkedItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its size.
    pub size: Option<Size>,
    /// How it belongs to the interrupt.
    pub relation: Relation,
}

/// The items of an interrupt.
pub(super) fn items_of(reader: &Reader<'_>, interrupt: InterruptId) -> Result<Vec<LinkedItem>, AppError> {
    let mut items = Vec::new();
    for link in reader.interrupt_links(LinksOf::Interrupt(interrupt))? {
        let Some(item) = reader.item(link.item)? else { continue };
        items.push(LinkedItem {
            item: item.id,
            label: item.label,
            title: item.title,
            size: item.present.size,
            relation: link.relation,
        });
    }
    Ok(items)
}

/// An interrupt that belongs to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LinkedInterrupt {
    /// The interrupt.
    pub id: InterruptId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// What the team calls how grave it is.
    pub severity_name: String,
    /// Whether it is over.
    pub ended: bool,
    /// All the time that it took.
    pub took: Minutes,
    /// How it belongs to the item.
    pub relation: Relation,
}

/// The interrupts of an item.
pub(crate) fn interrupts_of(reader: &Reader<'_>, item: ItemId) -> Result<Vec<LinkedInterrupt>, AppError> {
    let mut interrupts = Vec::new();
    let names = reader.severity_names()?;
    for link in reader.interrupt_links(LinksOf::Item(item))? {
        let Some(known) = reader.interrupt(link.interrupt)? else { continue };
        interrupts.push(LinkedInterrupt {
            id: known.id,
            label: known.label,
            title: known.title,
            severity_name: names.of(known.present.severity).to_owned(),
            ended: known.present.ended_at.is_some(),
            took: reader.interrupt_hours(known.id)?.iter().map(|hours| hours.minutes).sum(),
            relation: link.relation,
        });
    }
    Ok(interrupts)
}
