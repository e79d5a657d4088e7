//! Duplicates: proposing them, and making one of two.
//!
//! 1. The item that stays keeps its facts, and gets the keys elsewhere, labels, parts, dependencies, attachments,
//!    interrupts and inputs of the other, and what it lacks itself: kind, severity, size, owner, description.
//! 2. The other one is cancelled with a fact that says into which it was merged; its own facts stay, and stand in the
//!    history of both. One undo takes all of it back.
//! 3. An item of the running Sprint leaves its scope by being merged; that is said and asked first.
//! 4. Pairs are proposed by their titles, on demand and when a list is imported; whoever is merged is chosen by people.
//! 5. A pair of which somebody said that it is not the same is not proposed again, until that is taken back.

use super::label::own_labels;
use super::link::{relate, way};
use super::list::{BacklogRow, Names};
use super::{ItemName, item_of, label_of, named};
use crate::capacity::points_said;
use crate::contract::{Context, Nothing, Outcome, Progress};
use crate::error::AppError;
use crate::sprint::sprint_of;
use domain::backlog::{Arrows, Category, Dated, Item, ItemFact, Relation, Titles};
use domain::identity::ItemId;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use store::{Reader, Titled, Writer};
use ts_rs::TS;

/// Merges duplicates into an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergeItems {
    /// The item that stays.
    pub into: ItemId,
    /// Its duplicates.
    pub items: Vec<ItemId>,
    /// Whether they may leave the scope of the running Sprint.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub leaves_scope: bool,
}

pub(super) fn merge(
    writer: &mut Writer<'_>,
    command: MergeItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let into = item_of(writer, command.into)?;
    let items = named(writer, &command.items)?;
    let workflow = writer.workflow()?;
    let cancelled = workflow.first(Category::Cancelled);
    let cancelled = cancelled.ok_or_else(|| AppError::internal("no state means cancelled"))?.id;
    if workflow.category(into.present.state) == Category::Cancelled {
        return Err(AppError::refused(
            format!("{} was cancelled.", into.label),
            "Merge the other way round, or open it again first.",
        )
        .at("into"));
    }
    for item in &items {
        if item.id == into.id {
            return Err(AppError::refused(
                format!("{} cannot be merged into itself.", item.label),
                "Choose another item to stay.",
            )
            .at("into"));
        }
        if workflow.category(item.present.state).is_end() {
            return Err(AppError::refused(
                format!("{} has ended; what it came to stays as it was.", item.label),
                "Merge the other way round: what is done may go on for its duplicate.",
            )
            .at("items"));
        }
        if let Some(scope) = scope_of(writer, item)?.filter(|_| !command.leaves_scope) {
            return Err(AppError::refused(
                scope,
                "Merge the other way round, or say that it may leave the scope.",
            )
            .at("leavesScope"));
        }
    }
    for item in &items {
        merge_one(writer, into.id, item, context)?;
        if let Some(sprint) = item.present.sprint
            && sprint_of(writer, sprint)?.started_at.is_none()
        {
            writer.record(item.id, context.now, &ItemFact::Returned { sprint })?;
        }
        writer.record(item.id, context.now, &ItemFact::Moved { state: cancelled })?;
    }
    let needs: Arrows = writer.all_needs()?.into_iter().collect();
    let parents: Arrows = writer.all_parents()?.into_iter().collect();
    for (arrows, what) in [(needs, "would wait for itself"), (parents, "would be a part of itself")] {
        if let Some(circle) = arrows.circle_through(into.id) {
            return Err(AppError::refused(
                format!("{} {what}: {}.", into.label, way(writer, &circle)?),
                "Take one of these links away first.",
            )
            .at("into"));
        }
    }
    Ok(Outcome::titled(format!("Merge {} into {}", label_of(&items), into.label)))
}

/// Gives to an item what belongs to its duplicate, and what it lacks itself (rules 1 and 2).
fn merge_one(
    writer: &mut Writer<'_>,
    into: ItemId,
    item: &Item,
    context: &Context<'_>,
) -> Result<(), AppError> {
    // A part that takes in the whole of which it is one becomes a part of what that belonged to.
    let kept = item_of(writer, into)?;
    if kept.parent == Some(item.id) {
        writer.put_parent(into, item.parent)?;
    }
    writer.take_over(into, item.id)?;
    relate(writer, into, Relation::TookIn, item.id, true, context.now)?;
    relate(writer, item.id, Relation::MergedInto, into, true, context.now)?;
    let (own, other) = (&kept.present, &item.present);
    let mut lacks = Vec::new();
    if own.kind.is_none() {
        lacks.extend(other.kind.map(|kind| ItemFact::KindSet(Some(kind))));
    }
    if own.severity.is_none() && own.kind.or(other.kind) == other.kind {
        lacks.extend(other.severity.map(|severity| ItemFact::SeveritySet(Some(severity))));
    }
    if own.size.is_none() {
        lacks.extend(other.size.map(|size| ItemFact::Sized(Some(size))));
    }
    if own.owner.is_none() {
        lacks.extend(other.owner.map(|owner| ItemFact::Assigned(Some(owner))));
    }
    for fact in lacks {
        writer.record(into, context.now, &fact)?;
    }
    if kept.description.trim().is_empty() && !item.description.trim().is_empty() {
        writer.put_words(into, &kept.title, &item.description)?;
    }
    Ok(())
}

/// That an item belongs to the running Sprint, in a sentence; none where it does not.
fn scope_of(reader: &Reader<'_>, item: &Item) -> Result<Option<String>, AppError> {
    let Some(sprint) = item.present.sprint else { return Ok(None) };
    let sprint = sprint_of(reader, sprint)?;
    if !sprint.plan().is_running() {
        return Ok(None);
    }
    let size = item.present.size.map_or_else(String::new, |size| format!(" with {}", points_said(size)));
    Ok(Some(format!("{} leaves the scope of {}, which is running{size}.", item.label, sprint.name)))
}

/// Two items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TellApart {
    /// The one.
    pub one: ItemId,
    /// The other.
    pub other: ItemId,
}

pub(super) fn tell_apart(
    writer: &mut Writer<'_>,
    command: TellApart,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let (one, other) = (item_of(writer, command.one)?, item_of(writer, command.other)?);
    if one.id == other.id {
        return Err(AppError::refused(
            format!("{} is the same as itself.", one.label),
            "Choose two different items.",
        )
        .at("other"));
    }
    if !writer.not_the_same_as(one.id)?.contains(&other.id) {
        writer.add_not_the_same(one.id, other.id)?;
        relate(writer, one.id, Relation::NotTheSame, other.id, true, context.now)?;
        relate(writer, other.id, Relation::NotTheSame, one.id, true, context.now)?;
    }
    Ok(Outcome::titled(format!("Say that {} and {} are not the same", one.label, other.label)))
}

pub(super) fn tell_apart_no_more(
    writer: &mut Writer<'_>,
    command: TellApart,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let (one, other) = (item_of(writer, command.one)?, item_of(writer, command.other)?);
    if !writer.remove_not_the_same(one.id, other.id)? {
        return Err(AppError::not_found("pair"));
    }
    relate(writer, one.id, Relation::NotTheSame, other.id, false, context.now)?;
    relate(writer, other.id, Relation::NotTheSame, one.id, false, context.now)?;
    Ok(Outcome::titled(format!("Say that {} and {} may be the same", one.label, other.label)))
}

/// Two items of which somebody said that they are not the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApartPair {
    /// The one.
    pub one: ItemName,
    /// Its title.
    pub one_title: String,
    /// The other.
    pub other: ItemName,
    /// Its title.
    pub other_title: String,
}

pub(super) fn told_apart(
    reader: &Reader<'_>,
    _: Nothing,
    _: &Context<'_>,
) -> Result<Vec<ApartPair>, AppError> {
    let mut pairs = Vec::new();
    for (one, other) in reader.all_not_the_same()? {
        let (one, other) = (item_of(reader, one)?, item_of(reader, other)?);
        pairs.push(ApartPair {
            one: ItemName { id: one.id, label: one.label },
            one_title: one.title,
            other: ItemName { id: other.id, label: other.label },
            other_title: other.title,
        });
    }
    Ok(pairs)
}

/// Asks for items that may be duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DuplicatesQuestion {
    /// Only those of this item; of all items if it is not given.
    #[ts(optional = nullable)]
    pub item: Option<ItemId>,
    /// Whether items that are done count too: an open item may ask for what is there already.
    #[ts(optional, as = "Option<bool>")]
    pub with_done: bool,
}

/// Items that may be duplicates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Duplicates {
    /// The nearest first.
    pub pairs: Vec<DuplicatePair>,
    /// How many pairs there are in all.
    pub total: u32,
    /// How many titles were compared.
    pub titles: u32,
    /// How many pairs are left out, because somebody said that they are not the same.
    pub told_apart: u32,
}

/// Two items that may be the same work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuplicatePair {
    /// How alike their titles are, in percent.
    pub likeness: u32,
    /// The one that is proposed to stay: what is done, else what is selected, else what was there first.
    pub one: DuplicateItem,
    /// The other.
    pub other: DuplicateItem,
}

/// One of two items that may be the same work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DuplicateItem {
    /// The item as a list shows it.
    pub row: BacklogRow,
    /// Its description as it was written.
    pub description: String,
    /// Its labels.
    pub labels: Vec<String>,
    /// That it leaves the scope of the running Sprint if it is merged, in a sentence.
    pub leaves_scope: Option<String>,
}

/// How many pairs are told at once.
const MOST_PAIRS: usize = 100;

pub(super) fn duplicates(
    reader: &Reader<'_>,
    question: DuplicatesQuestion,
    context: &Context<'_>,
) -> Result<Duplicates, AppError> {
    let known = reader.titles(!question.with_done)?;
    let titles = Titles::new(known.iter().map(|item| (item.id, item.title.as_str())));
    let pairs: Vec<(ItemId, ItemId, f64)> = match question.item {
        Some(id) => {
            let item = item_of(reader, id)?;
            let near = titles.near(&item.title).into_iter().filter(|(other, _)| *other != id);
            near.map(|(other, likeness)| (other, id, likeness)).collect()
        }
        None => {
            let pairs = titles.pairs(|done, of| {
                (context.progress)(Progress { done: done as u64, of: of as u64 });
                context.cancel.check()
            })?;
            pairs.into_iter().map(|near| (near.one, near.other, near.likeness)).collect()
        }
    };
    let names = Names::read(reader, context.now)?;
    let mut told = Vec::new();
    let (mut total, mut told_apart) = (0, 0);
    let apart: HashSet<(ItemId, ItemId)> =
        reader.all_not_the_same()?.into_iter().map(|(one, other)| in_order(one, other)).collect();
    for (one, other, likeness) in pairs {
        let (Some(one), Some(other)) = (reader.item(one)?, reader.item(other)?) else { continue };
        // Two that are done are no question any more.
        if [&one, &other].iter().all(|item| names.category(item.present.state).is_end()) {
            continue;
        }
        if apart.contains(&in_order(one.id, other.id)) {
            told_apart += 1;
            continue;
        }
        total += 1;
        if told.len() < MOST_PAIRS {
            let mut both = [one, other];
            both.sort_by_key(|item| {
                let stands = (names.category(item.present.state).is_end(), item.present.sprint.is_some());
                (std::cmp::Reverse(stands), item.present.created_at, item.id)
            });
            let [one, other] = both;
            told.push(DuplicatePair {
                likeness: (likeness * 100.0).floor() as u32,
                one: side(reader, &names, one)?,
                other: side(reader, &names, other)?,
            });
        }
    }
    Ok(Duplicates { pairs: told, total, titles: known.len() as u32, told_apart })
}

/// A pair, whichever was named first.
fn in_order(one: ItemId, other: ItemId) -> (ItemId, ItemId) {
    (one.min(other), one.max(other))
}

fn side(reader: &Reader<'_>, names: &Names, item: Item) -> Result<DuplicateItem, AppError> {
    let listed = reader.listed_item(item.id)?.ok_or_else(|| AppError::not_found("item"))?;
    Ok(DuplicateItem {
        row: names.row(listed),
        labels: own_labels(reader, item.id)?,
        leaves_scope: scope_of(reader, &item)?,
        description: item.description,
    })
}

/// Asks which items have nearly the titles of others that are to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NearTitlesQuestion {
    /// The titles.
    pub titles: Vec<String>,
}

/// An item that may be the same work as one that is to come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NearTitle {
    /// The title that was asked for.
    pub title: String,
    /// The item.
    pub item: ItemName,
    /// The item's title.
    pub known: String,
}

pub(super) fn near(
    reader: &Reader<'_>,
    question: NearTitlesQuestion,
    _: &Context<'_>,
) -> Result<Vec<NearTitle>, AppError> {
    Ok(NearTitles::read(reader)?.near(question.titles))
}

/// The titles that the team has, for others to be held against; what was cancelled is left out.
pub(crate) struct NearTitles(Vec<Titled>);

impl NearTitles {
    /// Reads the titles.
    pub fn read(reader: &Reader<'_>) -> Result<NearTitles, AppError> {
        Ok(NearTitles(reader.titles(false)?))
    }

    /// The items whose titles are nearest to some titles, each where one is near at all.
    pub fn near(&self, asked: Vec<String>) -> Vec<NearTitle> {
        let titles = Titles::new(self.0.iter().map(|item| item.title.as_str()).enumerate());
        let near = |title: String| {
            let known = titles.near(&title).first().and_then(|(at, _)| self.0.get(*at))?;
            let item = ItemName { id: known.id, label: known.label.clone() };
            Some(NearTitle { item, known: known.title.clone(), title })
        };
        asked.into_iter().filter_map(near).collect()
    }
}

/// The items to which facts say that an item belongs in some way.
pub(super) fn related(facts: &[Dated<ItemFact>], relation: Relation) -> Vec<ItemId> {
    let mut found: Vec<ItemId> = Vec::new();
    let mut last: HashMap<ItemId, bool> = HashMap::new();
    for dated in facts {
        if let ItemFact::Related { how, other, holds } = dated.fact
            && how == relation
        {
            last.insert(other, holds);
            if !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found.retain(|item| last.get(item) == Some(&true));
    found
}
