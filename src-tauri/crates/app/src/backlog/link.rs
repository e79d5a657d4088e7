//! What belongs together: parts, dependencies, attachments.
//!
//! 1. Nothing is a part of itself, and nothing needs itself, by whatever way: a circle is refused by the names in it.
//! 2. An item that gets parts leaves the Sprint in which it is selected, unless it is done there (1.1, 3.4).
//! 3. How an item waits is said where it matters: in the Product Backlog, in the plan, on the board.

use super::list::BacklogRow;
use super::{item_of, label_of, named};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::sprint::sprint_of;
use domain::backlog::{Arrows, Item, ItemFact, Relation, Stand, Wait};
use domain::calendar::{Day, Instant};
use domain::identity::{ItemId, RowId, SprintId};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use store::{Placing, Reader, Writer};
use ts_rs::TS;

/// Makes items parts of another one, or of none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetParent {
    /// The items.
    pub items: Vec<ItemId>,
    /// The item of which they become parts; none leaves them on their own.
    pub parent: Option<ItemId>,
}

pub(super) fn set_parent(
    writer: &mut Writer<'_>,
    command: SetParent,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    let parent = command.parent.map(|parent| item_of(writer, parent)).transpose()?;
    if let Some(parent) = &parent {
        let parents: Arrows = writer.all_parents()?.into_iter().collect();
        for item in &items {
            if let Some(circle) = parents.circle_with(item.id, parent.id) {
                return Err(AppError::refused(
                    format!("{} cannot be a part of itself: {}.", item.label, way(writer, &circle)?),
                    "Choose an item that is no part of it.",
                )
                .at("parent"));
            }
        }
    }
    for item in items.iter().filter(|item| item.parent != command.parent) {
        if let Some(before) = item.parent {
            relate(writer, item.id, Relation::PartOf, before, false, context.now)?;
        }
        if let Some(parent) = &parent {
            relate(writer, item.id, Relation::PartOf, parent.id, true, context.now)?;
        }
        writer.put_parent(item.id, command.parent)?;
    }
    let Some(parent) = parent else {
        return Ok(Outcome::titled(format!("Take {} out of what it is a part of", label_of(&items))));
    };
    let title = match items.as_slice() {
        [_] => format!("Make {} a part of {}", label_of(&items), parent.label),
        _ => format!("Make {} parts of {}", label_of(&items), parent.label),
    };
    let mut outcome = Outcome::titled(title);
    outcome.note = leave_sprint(writer, &parent, context.now)?;
    Ok(outcome)
}

/// Takes an open item that has parts out of its Sprint (rule 2); answers what people should know of it.
pub(super) fn leave_sprint(
    writer: &mut Writer<'_>,
    item: &Item,
    now: Instant,
) -> Result<Option<String>, AppError> {
    let Some(sprint) = item.present.sprint else { return Ok(None) };
    let sprint = sprint_of(writer, sprint)?;
    if sprint.closed_at.is_some() || writer.workflow()?.category(item.present.state).is_end() {
        return Ok(None);
    }
    writer.record(item.id, now, &ItemFact::Returned { sprint: sprint.id })?;
    Ok(Some(if sprint.started_at.is_some() {
        format!("{} has parts now: it leaves the scope of {}, which is running.", item.label, sprint.name)
    } else {
        format!("{} has parts now: they are selected into {} in its place.", item.label, sprint.name)
    }))
}

/// Says that items need another one: it blocks them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NeedItem {
    /// The items that wait.
    pub items: Vec<ItemId>,
    /// What they need.
    pub needed: ItemId,
}

pub(super) fn need(
    writer: &mut Writer<'_>,
    command: NeedItem,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    let needed = item_of(writer, command.needed)?;
    let mut known = writer.all_needs()?;
    for item in &items {
        if known.contains(&(item.id, needed.id)) {
            continue;
        }
        let arrows: Arrows = known.iter().copied().collect();
        if let Some(circle) = arrows.circle_with(item.id, needed.id) {
            let hint = "Choose another item, or take one of these links away first.";
            let said = if item.id == needed.id {
                format!("{} cannot need itself.", item.label)
            } else {
                format!("Each would wait for the other: {}.", way(writer, &circle)?)
            };
            return Err(AppError::refused(said, hint).at("needed"));
        }
        writer.add_need(item.id, needed.id)?;
        known.push((item.id, needed.id));
        relate(writer, item.id, Relation::Needs, needed.id, true, context.now)?;
        relate(writer, needed.id, Relation::NeededBy, item.id, true, context.now)?;
    }
    let verb = if items.len() == 1 { "needs" } else { "need" };
    Ok(Outcome::titled(format!("Say that {} {verb} {}", label_of(&items), needed.label)))
}

/// Says that an item does not need another one any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NeedNoMore {
    /// The item.
    pub item: ItemId,
    /// What it needed.
    pub needed: ItemId,
}

pub(super) fn need_no_more(
    writer: &mut Writer<'_>,
    command: NeedNoMore,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let item = item_of(writer, command.item)?;
    let needed = item_of(writer, command.needed)?;
    if !writer.remove_need(item.id, needed.id)? {
        return Err(AppError::not_found("link"));
    }
    relate(writer, item.id, Relation::Needs, needed.id, false, context.now)?;
    relate(writer, needed.id, Relation::NeededBy, item.id, false, context.now)?;
    Ok(Outcome::titled(format!("Say that {} does not need {}", item.label, needed.label)))
}

/// Attaches an address or a path to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttachLink {
    /// The item.
    pub item: ItemId,
    /// An address or a path of a file; it is kept as text.
    pub url: String,
    /// What it is; the address itself if it is empty.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub title: String,
}

pub(super) fn attach(
    writer: &mut Writer<'_>,
    command: AttachLink,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let item = item_of(writer, command.item)?;
    let (url, title) = (command.url.trim(), command.title.trim());
    if url.is_empty() || url.contains(['\n', '\r']) {
        let hint = "Paste an address such as https://wiki.example/page, or the path of a file.";
        return Err(AppError::refused("It does not say where it is.", hint).at("url"));
    }
    let title = if title.is_empty() { url } else { title };
    let id = writer.attach(item.id, url, title)?;
    writer.record(item.id, context.now, &ItemFact::Attached { title: title.to_owned(), holds: true })?;
    Ok(Outcome::titled(format!("Attach {title} to {}", item.label)).created(id))
}

/// Takes an attachment away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DetachLink {
    /// The item.
    pub item: ItemId,
    /// The attachment.
    pub attachment: RowId,
}

pub(super) fn detach(
    writer: &mut Writer<'_>,
    command: DetachLink,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let item = item_of(writer, command.item)?;
    let attached = writer.attachments(item.id)?;
    let Some(known) = attached.into_iter().find(|known| known.id == command.attachment) else {
        return Err(AppError::not_found("attachment"));
    };
    writer.detach(known.id)?;
    let title = known.title.clone();
    writer.record(item.id, context.now, &ItemFact::Attached { title, holds: false })?;
    Ok(Outcome::titled(format!("Take {} from {}", known.title, item.label)))
}

/// Writes down that an item belongs to another one, or no longer does.
pub(super) fn relate(
    writer: &mut Writer<'_>,
    item: ItemId,
    how: Relation,
    other: ItemId,
    holds: bool,
    now: Instant,
) -> Result<(), AppError> {
    writer.record(item, now, &ItemFact::Related { how, other, holds })?;
    Ok(())
}

/// Items by their labels in the order of a way: “T-3 → T-9 → T-3”.
pub(super) fn way(reader: &Reader<'_>, items: &[ItemId]) -> Result<String, AppError> {
    let mut labels = Vec::with_capacity(items.len());
    for id in items {
        labels.push(item_of(reader, *id)?.label);
    }
    Ok(labels.join(" → "))
}

/// An item for which another one waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WaitsFor {
    /// What it needs.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// How it waits, in words that follow the item: “stands above T-9, which it needs”.
    pub said: String,
    /// Whether somebody should do something about it.
    pub wrong: bool,
}

/// How items wait for others, read at once for many.
pub(crate) struct Waiting(HashMap<ItemId, Vec<WaitsFor>>);

impl Waiting {
    /// Reads how some items wait.
    pub fn read(reader: &Reader<'_>, items: &[ItemId]) -> Result<Waiting, AppError> {
        let mut waiting = Waiting(HashMap::new());
        if items.is_empty() || !reader.knows_needs()? {
            return Ok(waiting);
        }
        let pairs = reader.needs_of(items)?;
        if pairs.is_empty() {
            return Ok(waiting);
        }
        let mut named: Vec<ItemId> = pairs.iter().flat_map(|(item, needed)| [*item, *needed]).collect();
        named.sort_unstable();
        named.dedup();
        let placings = reader.placings(&named)?;
        let workflow = reader.workflow()?;
        let sprints: HashMap<SprintId, Day> =
            reader.sprints()?.into_iter().map(|sprint| (sprint.id, sprint.first_day)).collect();
        let placing = |item: ItemId| named.binary_search(&item).ok().and_then(|at| placings[at].as_ref());
        let stand = |placing: &Placing| Stand {
            place: placing.position,
            sprint: placing.sprint.and_then(|sprint| sprints.get(&sprint).copied()),
            category: workflow.category(placing.state),
        };
        let mut waits: Vec<(ItemId, Wait, WaitsFor)> = Vec::new();
        for (item, needed) in pairs {
            let (Some(own), Some(other)) = (placing(item), placing(needed)) else { continue };
            if let Some(wait) = Wait::of(&stand(own), &stand(other)) {
                let (label, said) = (other.label.clone(), wait.said(&other.label));
                waits.push((item, wait, WaitsFor { item: needed, label, said, wrong: wait.is_wrong() }));
            }
        }
        waits.sort_by_key(|(_, wait, _)| std::cmp::Reverse(*wait));
        for (item, _, wait) in waits {
            waiting.0.entry(item).or_default().push(wait);
        }
        Ok(waiting)
    }

    /// For what an item waits, what is wrong first.
    pub fn of(&self, id: ItemId) -> Vec<WaitsFor> {
        self.0.get(&id).cloned().unwrap_or_default()
    }
}

/// Adds to rows what they need of other items: the whole of a part, and for what they wait.
pub(super) fn complete(reader: &Reader<'_>, rows: &mut [BacklogRow]) -> Result<(), AppError> {
    let items: Vec<ItemId> = rows.iter().map(|row| row.id).collect();
    let waiting = Waiting::read(reader, &items)?;
    let mut wholes: HashMap<ItemId, String> = HashMap::new();
    for row in rows.iter_mut() {
        if let Some(parent) = &mut row.parent {
            parent.label = match wholes.entry(parent.id) {
                Entry::Occupied(known) => known.get().clone(),
                Entry::Vacant(unknown) => {
                    let label = reader.item(parent.id)?.map(|item| item.label).unwrap_or_default();
                    unknown.insert(label).clone()
                }
            };
        }
        row.waits = waiting.of(row.id);
    }
    Ok(())
}
