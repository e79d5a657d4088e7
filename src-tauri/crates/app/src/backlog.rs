//! The Product Backlog.

use crate::contract::{Context, Outcome, commands, queries};
use crate::error::AppError;
use domain::backlog::{Category, ItemFact, Rank, Severity, WorkKind};
use domain::calendar::Instant;
use domain::identity::ItemId;
use domain::measures::Size;
use serde::{Deserialize, Serialize};
use store::{NewItem, Reader, Writer};
use ts_rs::TS;

commands! {
    /// Changes of the Product Backlog.
    BacklogCommand {
        /// Adds an item.
        AddItem(AddItem) => add_item,
        /// Sizes items.
        Size(SizeItems) => size_items,
    }
}

queries! {
    /// Questions about the Product Backlog.
    BacklogQuery / BacklogAnswers {
        /// One item.
        Item(ItemQuestion) -> ItemPage => item_page,
    }
}

/// Adds an item to the Product Backlog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddItem {
    /// Its title.
    pub title: String,
    /// What sort of work it is; none leaves it unsorted.
    #[serde(default)]
    pub kind: Option<WorkKind>,
    /// How bad it is, for a bug.
    #[serde(default)]
    pub severity: Option<Severity>,
    /// Its size, in hundredths of a point.
    #[serde(default)]
    pub size: Option<Size>,
    /// Whether it comes first instead of last.
    #[serde(default)]
    pub first: bool,
}

fn add_item(writer: &mut Writer<'_>, command: AddItem, context: &Context<'_>) -> Result<Outcome, AppError> {
    let title = command.title.trim();
    if title.is_empty() {
        return Err(
            AppError::refused("An item needs a title.", "Say in a few words what is to be done.").at("title")
        );
    }
    let workflow = writer.workflow()?;
    let state = workflow.first(Category::ToDo).ok_or_else(|| AppError::internal("no state means to do"))?.id;
    let mut facts = vec![ItemFact::Created { state }];
    if command.kind.is_some() {
        facts.push(ItemFact::KindSet(command.kind));
    }
    if command.severity.is_some() {
        facts.push(ItemFact::SeveritySet(command.severity));
    }
    if command.size.is_some() {
        facts.push(ItemFact::Sized(command.size));
    }
    let end = writer.rank_at_end(command.first)?;
    let rank =
        if command.first { Rank::between(None, end.as_ref()) } else { Rank::between(end.as_ref(), None) };
    let label = format!("{}-{}", writer.team()?.label_prefix, writer.next_label_number()?);
    let outcome = Outcome::titled(format!("Add {label}"));
    let item = writer.add_item(&NewItem {
        label,
        title: title.to_owned(),
        description: String::new(),
        rank,
        parent: None,
        facts: facts.into_iter().map(|fact| (context.now, fact)).collect(),
    })?;
    Ok(outcome.created(item))
}

/// Sizes items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SizeItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// The size in hundredths of a point; none makes them unsized.
    pub size: Option<Size>,
    /// When it was so, if not now.
    #[serde(default)]
    pub at: Option<Instant>,
}

fn size_items(
    writer: &mut Writer<'_>,
    command: SizeItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let at = command.at.unwrap_or(context.now);
    let mut labels = Vec::new();
    for id in &command.items {
        let item = writer.item(*id)?.ok_or_else(|| AppError::not_found("item"))?;
        if item.present.size != command.size {
            writer.record(*id, at, &ItemFact::Sized(command.size))?;
        }
        labels.push(item.label);
    }
    Ok(Outcome::titled(match labels.as_slice() {
        [label] => format!("Size {label}"),
        labels => format!("Size {} items", labels.len()),
    }))
}

/// Asks for one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemQuestion {
    /// The item.
    pub item: ItemId,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemPage {
    /// Its identity.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
}

fn item_page(reader: &Reader<'_>, question: ItemQuestion, _: &Context<'_>) -> Result<ItemPage, AppError> {
    let item = reader.item(question.item)?.ok_or_else(|| AppError::not_found("item"))?;
    Ok(ItemPage { id: item.id, label: item.label, title: item.title })
}
