//! Ordering by score.
//!
//! 1. The chosen items share out their own places; without a choice all open ones do (7.2).
//! 2. The preview and the order are made by one function.

use super::Scores;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::counted;
use domain::calendar::Instant;
use domain::identity::ItemId;
use domain::priority::{Chosen, Method, PlaceChange, Scorable, order_by_score};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Reader, Writer};
use ts_rs::TS;

/// Orders items by their scores, or asks what that would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreOrder {
    /// The items that share out their places; none means all open ones.
    pub items: Option<Vec<ItemId>>,
    /// The way of scoring.
    pub method: Method,
}

pub(super) fn order(
    writer: &mut Writer<'_>,
    command: ScoreOrder,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let plan = Plan::make(writer, &command, context.now)?;
    let places: Vec<ItemId> = plan.chosen.iter().map(|chosen| chosen.item).collect();
    let ranks = writer.ranks(&places)?;
    let rank_at: HashMap<u32, _> = plan.chosen.iter().map(|chosen| chosen.place).zip(ranks).collect();
    for change in &plan.changes {
        if let Some(Some(rank)) = rank_at.get(&change.to) {
            writer.put_rank(change.item, rank)?;
        }
    }
    let whose = counted(plan.chosen.len() as u32, "item");
    let outcome = Outcome::titled(format!("Order {whose} by {}", command.method.title()));
    Ok(if plan.changes.is_empty() { outcome.noting("They stand in that order already.") } else { outcome })
}

/// What ordering by score would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OrderPreview {
    /// How many items would be ordered.
    pub items: u32,
    /// How many of them have a score.
    pub scored: u32,
    /// How many would move.
    pub moving: u32,
    /// The first of those that would move, by their new places.
    pub moves: Vec<PreviewedMove>,
    /// How many have no score and keep their order after the others.
    pub without_score: u32,
    /// The first of those, with the reason.
    pub unscored: Vec<Unscored>,
}

/// An item that would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviewedMove {
    /// Its places before and after.
    pub change: PlaceChange,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its score with the terms: `(8 + 5 + 3) ÷ 5 = 3.2`; none where it has none.
    pub formula: Option<String>,
}

/// An item without a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unscored {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Why it has none.
    pub reason: String,
}

/// How many lines a preview names of each sort.
const NAMED: usize = 200;

pub(super) fn preview(
    reader: &Reader<'_>,
    question: ScoreOrder,
    context: &Context<'_>,
) -> Result<OrderPreview, AppError> {
    let plan = Plan::make(reader, &question, context.now)?;
    let scored = plan.scores.values().filter(|score| score.is_ok()).count();
    let mut moves = Vec::new();
    for change in plan.changes.iter().take(NAMED) {
        let Some(item) = reader.item(change.item)? else { continue };
        let formula = plan.scores.get(&change.item).and_then(|score| score.as_ref().ok()).cloned();
        moves.push(PreviewedMove { change: *change, label: item.label, title: item.title, formula });
    }
    let mut unscored = Vec::new();
    for chosen in plan.chosen.iter().filter(|chosen| chosen.score.is_none()).take(NAMED) {
        let Some(item) = reader.item(chosen.item)? else { continue };
        let reason = match plan.scores.get(&chosen.item) {
            Some(Err(reason)) => reason.clone(),
            _ => String::new(),
        };
        unscored.push(Unscored { item: chosen.item, label: item.label, title: item.title, reason });
    }
    Ok(OrderPreview {
        items: plan.chosen.len() as u32,
        scored: scored as u32,
        moving: plan.changes.len() as u32,
        moves,
        without_score: (plan.chosen.len() - scored) as u32,
        unscored,
    })
}

/// What ordering by score does (rule 2).
struct Plan {
    /// The items by their places.
    chosen: Vec<Chosen>,
    changes: Vec<PlaceChange>,
    /// The formula of each score, or why there is none.
    scores: HashMap<ItemId, Result<String, String>>,
}

impl Plan {
    fn make(reader: &Reader<'_>, order: &ScoreOrder, now: Instant) -> Result<Plan, AppError> {
        let from_scores = Scores::read(reader, now)?;
        let mut scores = HashMap::new();
        let mut chosen = Vec::new();
        for (item, place, scorable) in items(reader, &from_scores, order)? {
            let score = from_scores.score(order.method, &scorable);
            chosen.push(Chosen { item, place, score: score.as_ref().ok().map(|score| score.exact) });
            scores.insert(item, score.map(|score| score.formula).map_err(|why| why.to_string()));
        }
        chosen.sort_by_key(|chosen| chosen.place);
        let changes = order_by_score(&chosen);
        Ok(Plan { chosen, changes, scores })
    }
}

/// The items that share out their places, each with its place; one that has ended has no place to share out.
fn items(
    reader: &Reader<'_>,
    scores: &Scores,
    order: &ScoreOrder,
) -> Result<Vec<(ItemId, u32, Scorable)>, AppError> {
    let Some(ids) = &order.items else {
        let open = reader.open_scorables()?;
        return Ok(open.into_iter().map(|item| (item.item, item.place, item.scorable)).collect());
    };
    let mut seen = std::collections::HashSet::new();
    let mut items = Vec::with_capacity(ids.len());
    for id in ids.iter().filter(|id| seen.insert(**id)) {
        let item = reader.listed_item(*id)?.ok_or_else(|| AppError::not_found("item"))?;
        if let Some(position) = item.position {
            items.push((item.id, position as u32 + 1, scores.scorable(&item)));
        }
    }
    if seen.is_empty() {
        return Err(AppError::refused("No item was chosen.", "Choose several items, or order them all."));
    }
    Ok(items)
}
