//! Adding items.

use super::{Amount, critical_title, item_of, place_critical};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use domain::backlog::{Category, ItemFact, Rank, Severity, WorkKind};
use domain::identity::ItemId;
use domain::priority::is_critical;
use serde::{Deserialize, Serialize};
use store::{NewItem, Writer};
use ts_rs::TS;

/// Adds an item to the Product Backlog: last, or first, or right above another one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddItem {
    /// Its title.
    pub title: String,
    /// Its description, Markdown.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub description: String,
    /// What sort of work it is; none leaves it unsorted.
    #[serde(default)]
    #[ts(optional)]
    pub kind: Option<WorkKind>,
    /// How bad it is, for a bug.
    #[serde(default)]
    #[ts(optional)]
    pub severity: Option<Severity>,
    /// Its size.
    #[serde(default)]
    #[ts(optional)]
    pub size: Option<Amount>,
    /// Whether it comes first instead of last.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub first: bool,
    /// The item right above which it comes.
    #[serde(default)]
    #[ts(optional)]
    pub before: Option<ItemId>,
}

pub(crate) fn add_item(
    writer: &mut Writer<'_>,
    command: AddItem,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let title = checked_title(&command.title)?;
    let size = Amount::size(command.size.as_ref(), "size")?;
    if command.severity.is_some() && command.kind != Some(WorkKind::Bug) {
        return Err(AppError::refused(
            "Only a bug has a severity.",
            "Make it a bug, or leave the severity out.",
        )
        .at("severity"));
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
    if size.is_some() {
        facts.push(ItemFact::Sized(size));
    }
    let rank = match command.before {
        Some(before) => {
            item_of(writer, before)?;
            writer.ranks_above(before, &[before])?.pop().ok_or_else(|| AppError::internal("no rank"))?
        }
        None => {
            let end = writer.rank_at_end(command.first)?;
            if command.first { Rank::between(None, end.as_ref()) } else { Rank::between(end.as_ref(), None) }
        }
    };
    let team = writer.team()?;
    let label = format!("{}-{}", team.label_prefix, writer.take_label_numbers(1)?);
    let item = writer.add_item(&NewItem {
        label: label.clone(),
        title: title.to_owned(),
        description: command.description,
        rank,
        parent: None,
        facts: facts.into_iter().map(|fact| (context.now, fact)).collect(),
    })?;
    let became: &[ItemId] = if is_critical(command.kind, command.severity) { &[item] } else { &[] };
    let placed = place_critical(writer, became)?;
    Ok(Outcome::titled(critical_title(format!("Add {label}"), placed)).created(item))
}

/// A title without spaces around it. Refused where nothing is left, or where it is a text of its own.
pub(super) fn checked_title(title: &str) -> Result<&str, AppError> {
    let title = title.trim();
    if title.is_empty() {
        return Err(
            AppError::refused("An item needs a title.", "Say in a few words what is to be done.").at("title")
        );
    }
    if title.contains(['\n', '\r']) {
        return Err(
            AppError::refused("A title is one line.", "Put the rest into the description.").at("title")
        );
    }
    Ok(title)
}
