//! Two items side by side (7.2).
//!
//! 1. Only open items are compared: what has ended has no place in the order.

use super::Scores;
use crate::contract::Context;
use crate::error::AppError;
use domain::identity::ItemId;
use domain::priority::{Comparison, Contender, Method, compare};
use serde::{Deserialize, Serialize};
use store::{ListedItem, Reader};
use ts_rs::TS;

/// Asks for two items side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparisonQuestion {
    /// The one.
    pub one: ItemId,
    /// The other.
    pub other: ItemId,
    /// The way of scoring; none is the team's.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub method: Option<Method>,
}

/// Two items side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemComparison {
    /// The way of scoring in words.
    pub method: String,
    /// Its formula in words.
    pub formula: String,
    /// The one that stands above.
    pub above: ComparedItem,
    /// The other one.
    pub below: ComparedItem,
    /// What the scores say.
    pub comparison: Comparison,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparedItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its place among the open items, from 1.
    pub place: u32,
}

pub(super) fn comparison(
    reader: &Reader<'_>,
    question: ComparisonQuestion,
    context: &Context<'_>,
) -> Result<ItemComparison, AppError> {
    if question.one == question.other {
        return Err(AppError::refused("These are one and the same item.", "Choose two items."));
    }
    let scores = Scores::read(reader, context.now)?;
    let open = |id: ItemId| -> Result<(usize, ListedItem), AppError> {
        let item = reader.listed_item(id)?.ok_or_else(|| AppError::not_found("item"))?;
        let position = item.position.ok_or_else(|| {
            AppError::refused(
                format!("{} has ended and has no place any more.", item.label),
                "Choose open items.",
            )
        })?;
        Ok((position, item))
    };
    let mut both = [open(question.one)?, open(question.other)?];
    both.sort_by_key(|(position, _)| *position);
    let method = question.method.unwrap_or(scores.policy.method);
    let contender =
        |item: &ListedItem| Contender { label: item.label.clone(), scorable: scores.scorable(item) };
    let compared = |position: usize, item: &ListedItem| ComparedItem {
        item: item.id,
        label: item.label.clone(),
        title: item.title.clone(),
        place: position as u32 + 1,
    };
    let [(upper, above), (lower, below)] = &both;
    Ok(ItemComparison {
        method: method.title().to_owned(),
        formula: method.formula(&scores.scoring),
        comparison: compare(method, &scores.scoring, &contender(above), &contender(below)),
        above: compared(*upper, above),
        below: compared(*lower, below),
    })
}
