//! Changing items: words, kind, severity, size, owner, obstacles, and taking them away.
//!
//! 1. A severity belongs to a bug (1.1): an item that is no bug any more has none.
//! 2. An item that belongs to a started Sprint is not taken away: the Sprint's figures are made of its facts.

use super::add::checked_title;
use super::{Amount, critical_title, item_of, label_of, named, place_critical, record_each};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::sprint::{When, moment};
use crate::team::members::member_of;
use domain::backlog::{Item, ItemFact, Severity, WorkKind};
use domain::identity::{ItemId, MemberId};
use domain::priority::is_critical;
use serde::{Deserialize, Serialize};
use store::Writer;
use ts_rs::TS;

/// Gives an item another title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameItem {
    /// The item.
    pub item: ItemId,
    /// Its new title.
    pub title: String,
}

pub(super) fn rename(
    writer: &mut Writer<'_>,
    command: RenameItem,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let title = checked_title(&command.title)?;
    let item = item_of(writer, command.item)?;
    writer.put_words(item.id, title, &item.description)?;
    Ok(Outcome::titled(format!("Rename {}", item.label)))
}

/// Gives an item another description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DescribeItem {
    /// The item.
    pub item: ItemId,
    /// Its new description, Markdown.
    pub description: String,
}

pub(super) fn describe(
    writer: &mut Writer<'_>,
    command: DescribeItem,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let item = item_of(writer, command.item)?;
    writer.put_words(item.id, &item.title, &command.description)?;
    Ok(Outcome::titled(format!("Describe {}", item.label)))
}

/// Says what sort of work items are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetKind {
    /// The items.
    pub items: Vec<ItemId>,
    /// The kind; none makes them unsorted.
    pub kind: Option<WorkKind>,
}

pub(super) fn set_kind(
    writer: &mut Writer<'_>,
    command: SetKind,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    record_each(writer, &items, context.now, &ItemFact::KindSet(command.kind), |item| {
        item.present.kind != command.kind
    })?;
    if command.kind != Some(WorkKind::Bug) {
        record_each(writer, &items, context.now, &ItemFact::SeveritySet(None), |item| {
            item.present.severity.is_some()
        })?;
    }
    let placed = place_those_that_became_critical(writer, &items)?;
    let kind = command.kind.map_or("unsorted", |kind| match kind {
        WorkKind::Feature => "a feature",
        WorkKind::Bug => "a bug",
        WorkKind::Debt => "technical debt",
        WorkKind::Infrastructure => "infrastructure",
    });
    Ok(Outcome::titled(critical_title(format!("Make {} {kind}", label_of(&items)), placed)))
}

/// Says how bad bugs are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetSeverity {
    /// The bugs.
    pub items: Vec<ItemId>,
    /// The severity; none takes it away.
    pub severity: Option<Severity>,
}

pub(super) fn set_severity(
    writer: &mut Writer<'_>,
    command: SetSeverity,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    if let Some(item) = items.iter().find(|item| item.present.kind != Some(WorkKind::Bug)) {
        return Err(AppError::refused(
            format!("{} is not a bug, and only bugs have a severity.", item.label),
            "Make it a bug first, or choose bugs only.",
        )
        .at("severity"));
    }
    record_each(writer, &items, context.now, &ItemFact::SeveritySet(command.severity), |item| {
        item.present.severity != command.severity
    })?;
    let placed = place_those_that_became_critical(writer, &items)?;
    let title = match command.severity {
        Some(severity) => format!("Set severity of {} to {severity}", label_of(&items)),
        None => format!("Take severity from {}", label_of(&items)),
    };
    Ok(Outcome::titled(critical_title(title, placed)))
}

/// Sizes items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SizeItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// The size; none makes them unsized.
    pub size: Option<Amount>,
    /// When it was so.
    #[serde(flatten)]
    pub when: When,
}

pub(super) fn size(
    writer: &mut Writer<'_>,
    command: SizeItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let size = Amount::size(command.size.as_ref(), "size")?;
    let items = named(writer, &command.items)?;
    // A size of the past is a fact of its own, whatever the size is now.
    for item in items.iter().filter(|item| command.when.is_dated() || item.present.size != size) {
        let at = moment(writer, item.id, command.when, context)?;
        writer.record(item.id, at, &ItemFact::Sized(size))?;
    }
    Ok(Outcome::titled(match size {
        Some(size) => format!("Size {} {size}", label_of(&items)),
        None => format!("Take size from {}", label_of(&items)),
    }))
}

/// Gives items to a member, or to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AssignItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// The member; none gives them back to all.
    pub owner: Option<MemberId>,
}

pub(super) fn assign(
    writer: &mut Writer<'_>,
    command: AssignItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    let owner = command.owner.map(|owner| member_of(writer, owner)).transpose()?;
    record_each(writer, &items, context.now, &ItemFact::Assigned(command.owner), |item| {
        item.present.owner != command.owner
    })?;
    Ok(Outcome::titled(match owner {
        Some(owner) => format!("Assign {} to {}", label_of(&items), owner.name),
        None => format!("Assign {} to nobody", label_of(&items)),
    }))
}

/// Says that items cannot go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BlockItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// What stands in their way.
    pub reason: String,
}

pub(super) fn block(
    writer: &mut Writer<'_>,
    command: BlockItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let reason = command.reason.trim();
    if reason.is_empty() {
        return Err(AppError::refused(
            "It does not say what stands in the way.",
            "Say who or what is waited for.",
        )
        .at("reason"));
    }
    let items = named(writer, &command.items)?;
    refuse_ended(writer, &items, "cannot be blocked")?;
    record_each(writer, &items, context.now, &ItemFact::Blocked { reason: reason.to_owned() }, |item| {
        item.present.blocked.as_deref() != Some(reason)
    })?;
    Ok(Outcome::titled(format!("Block {}", label_of(&items))))
}

/// Says that items can go on again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnblockItems {
    /// The items.
    pub items: Vec<ItemId>,
}

pub(super) fn unblock(
    writer: &mut Writer<'_>,
    command: UnblockItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    record_each(writer, &items, context.now, &ItemFact::Unblocked, |item| item.present.blocked.is_some())?;
    Ok(Outcome::titled(format!("Unblock {}", label_of(&items))))
}

/// Takes items away, with their history. Undo brings them back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveItems {
    /// The items.
    pub items: Vec<ItemId>,
}

pub(super) fn remove_items(
    writer: &mut Writer<'_>,
    command: RemoveItems,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    for item in &items {
        if let Some(sprint) = writer.started_sprint_with(item.id)? {
            return Err(AppError::refused(
                format!("{} belongs to {sprint}, which has been started.", item.label),
                "Cancel it instead: then it leaves the scope, and the Sprint's figures stay true.",
            ));
        }
        let parts = writer.children(item.id)?;
        if parts.iter().any(|part| !items.iter().any(|item| item.id == *part)) {
            return Err(AppError::refused(
                format!("{} has parts that would be left alone.", item.label),
                "Choose its parts too, or remove them first.",
            ));
        }
    }
    for item in &items {
        writer.remove_item(item.id)?;
    }
    Ok(Outcome::titled(format!("Remove {}", label_of(&items))))
}

/// Places the bugs among items that are critical now and were not before.
fn place_those_that_became_critical(
    writer: &mut Writer<'_>,
    before: &[Item],
) -> Result<Option<String>, AppError> {
    let mut became = Vec::new();
    for item in before.iter().filter(|item| !is_critical(item.present.kind, item.present.severity)) {
        let now = item_of(writer, item.id)?.present;
        if is_critical(now.kind, now.severity) {
            became.push(item.id);
        }
    }
    place_critical(writer, &became)
}

/// Refuses what makes sense for open items only.
pub(super) fn refuse_ended(writer: &Writer<'_>, items: &[Item], what: &str) -> Result<(), AppError> {
    let workflow = writer.workflow()?;
    match items.iter().find(|item| workflow.category(item.present.state).is_end()) {
        Some(item) => Err(AppError::refused(
            format!("{} has ended and {what}.", item.label),
            "Reopen it first, or choose open items only.",
        )),
        None => Ok(()),
    }
}
