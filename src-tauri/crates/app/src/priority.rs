//! Prioritisation: inputs of items, scores, and ordering by them.
//!
//! 1. Raw inputs are stored, scores derived (7.1).
//! 2. Ordering by score is one step with a preview; it permutes the places of the chosen open items only (7.2).
//! 3. What is asked beforehand and what is done afterwards are made by one function.

use crate::backlog::{Amount, label_of, named};
use crate::contract::{Context, Outcome, commands, queries};
use crate::error::AppError;
use domain::backlog::{BacklogFilter, SortView};
use domain::calendar::Instant;
use domain::identity::ItemId;
use domain::priority::{
    Chosen, Method, PlaceChange, Scorable, SeverityWeights, TermName, WeightsRefused, order_by_score,
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{ListedItem, Reader, Writer};
use ts_rs::TS;

commands! {
    /// Changes of priorities.
    PriorityCommand {
        /// Sets an input of items.
        SetInput(SetInput) => set_input,
        /// Orders items by their scores.
        OrderByScore(ScoreOrder) => order,
        /// Says how much each severity counts.
        SetWeights(SetWeights) => set_weights,
    }
}

queries! {
    /// Questions about priorities.
    PriorityQuery / PriorityAnswers {
        /// What ordering by score would move.
        Preview(ScoreOrder) -> OrderPreview => preview,
    }
}

/// Sets an input of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetInput {
    /// The items.
    pub items: Vec<ItemId>,
    /// Which input: value, time criticality, risk reduction or reach.
    pub input: TermName,
    /// The rating; none takes it away.
    pub rating: Option<Amount>,
}

fn set_input(writer: &mut Writer<'_>, command: SetInput, _: &Context<'_>) -> Result<Outcome, AppError> {
    let rating = Amount::rating(command.rating.as_ref(), command.input.word())?;
    if matches!(command.input, TermName::Size | TermName::Severity) {
        return Err(AppError::refused(
            format!("The {} is no input of its own.", command.input.title()),
            "Set it on the item itself.",
        ));
    }
    let items = named(writer, &command.items)?;
    for item in &items {
        let now = writer.inputs(item.id)?.all().into_iter().find(|(name, _)| *name == command.input);
        if now.and_then(|(_, rating)| rating) != rating {
            writer.put_input(item.id, command.input, rating)?;
        }
    }
    let (what, whose) = (command.input.title(), label_of(&items));
    Ok(Outcome::titled(match rating {
        Some(rating) => format!("Set {what} of {whose} to {rating}"),
        None => format!("Take {what} from {whose}"),
    }))
}

/// Orders items by their scores, or asks what that would move.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreOrder {
    /// The items that share out their places; none means all open ones.
    pub items: Option<Vec<ItemId>>,
    /// The way of scoring.
    pub method: Method,
}

fn order(writer: &mut Writer<'_>, command: ScoreOrder, context: &Context<'_>) -> Result<Outcome, AppError> {
    let plan = Plan::make(writer, &command, context.now)?;
    let places: Vec<ItemId> = plan.chosen.iter().map(|chosen| chosen.item).collect();
    let ranks = writer.ranks(&places)?;
    let rank_at: HashMap<u32, _> = plan.chosen.iter().map(|chosen| chosen.place).zip(ranks).collect();
    for change in &plan.changes {
        if let Some(Some(rank)) = rank_at.get(&change.to) {
            writer.put_rank(change.item, rank)?;
        }
    }
    let whose = match plan.chosen.len() {
        1 => "1 item".to_owned(),
        count => format!("{count} items"),
    };
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

fn preview(
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

/// What ordering by score does (rule 3).
struct Plan {
    /// The items by their places.
    chosen: Vec<Chosen>,
    changes: Vec<PlaceChange>,
    /// The formula of each score, or why there is none.
    scores: HashMap<ItemId, Result<String, String>>,
}

impl Plan {
    fn make(reader: &Reader<'_>, order: &ScoreOrder, now: Instant) -> Result<Plan, AppError> {
        let items = match &order.items {
            Some(items) => chosen_items(reader, items)?,
            None => {
                let lanes = reader.lanes(reader.team()?.zone.day_of(now))?;
                reader.backlog(&lanes, &BacklogFilter::default(), SortView::Order, 0, usize::MAX)?.0
            }
        };
        let weights = reader.severity_weights()?;
        let mut scores = HashMap::new();
        let mut chosen = Vec::with_capacity(items.len());
        for item in &items {
            // One that has ended has no place to share out.
            let Some(position) = item.position else { continue };
            let scorable = Scorable {
                inputs: item.inputs,
                size: item.present.size,
                kind: item.present.kind,
                severity: item.present.severity,
            };
            let score = order.method.score(&scorable, weights);
            chosen.push(Chosen {
                item: item.id,
                place: position as u32 + 1,
                score: score.as_ref().ok().map(|score| score.exact),
            });
            scores.insert(item.id, score.map(|score| score.formula).map_err(|why| why.to_string()));
        }
        chosen.sort_by_key(|chosen| chosen.place);
        let changes = order_by_score(&chosen);
        Ok(Plan { chosen, changes, scores })
    }
}

fn chosen_items(reader: &Reader<'_>, ids: &[ItemId]) -> Result<Vec<ListedItem>, AppError> {
    let mut seen = std::collections::HashSet::new();
    let mut items = Vec::with_capacity(ids.len());
    for id in ids.iter().filter(|id| seen.insert(**id)) {
        items.push(reader.listed_item(*id)?.ok_or_else(|| AppError::not_found("item"))?);
    }
    if items.is_empty() {
        return Err(AppError::refused("No item was chosen.", "Choose several items, or order them all."));
    }
    Ok(items)
}

/// Says how much each severity counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetWeights {
    /// Weight of critical.
    pub critical: u32,
    /// Weight of high.
    pub high: u32,
    /// Weight of low.
    pub low: u32,
}

fn set_weights(writer: &mut Writer<'_>, command: SetWeights, _: &Context<'_>) -> Result<Outcome, AppError> {
    let SetWeights { critical, high, low } = command;
    let weights = SeverityWeights::new(critical, high, low).map_err(|refused| {
        let message = refused.to_string();
        let (hint, field) = match refused {
            WeightsRefused::NotInOrder { .. } => ("Critical counts most, low least.", "high"),
            WeightsRefused::Zero => ("Write at least 1.", "low"),
            WeightsRefused::TooLarge { .. } => ("Write at most 1000.", "critical"),
        };
        AppError::refused(format!("These weights do not fit: {message}."), hint).at(field)
    })?;
    if weights != writer.severity_weights()? {
        writer.put_severity_weights(weights)?;
    }
    Ok(Outcome::titled(format!("Set severity weights to {critical}, {high}, {low}")))
}
