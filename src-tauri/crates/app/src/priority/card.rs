//! One item with what is rated of it, and which items are to be scored.
//!
//! 1. A card shows what the team's method asks for, and what is said besides: severity × reach of a bug, debt interest.
//! 2. What waits for a rating comes first, then what was rated too long ago, each in the order of the Product Backlog;
//!    where nothing waits, all items are gone through.
//! 3. An item with parts is not scored: its parts are.

use super::{InterestRow, Scores};
use crate::backlog::item_of;
use crate::backlog::markdown::{self, Block};
use crate::capacity::plan::hours_exactly;
use crate::contract::Context;
use crate::error::AppError;
use crate::team::counted;
use domain::backlog::{Severity, WorkKind};
use domain::calendar::Instant;
use domain::identity::ItemId;
use domain::measures::{Minutes, Size};
use domain::priority::{Method, Rating, Scale, ScaleStep, Scorable, Score, TermName, carries_interest};
use serde::{Deserialize, Serialize};
use store::{ListedItem, Reader};
use ts_rs::TS;

/// What is rated of an item, and the scores that it makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreCard {
    /// What people rate, in the order of the formula.
    pub inputs: Vec<CardInput>,
    /// The score of the team's method first, or why there is none.
    pub scores: Vec<ItemScore>,
    /// The interrupts that it caused; none where it caused none.
    pub interest: Option<InterestOfItem>,
}

/// An input of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CardInput {
    /// Which one.
    pub name: TermName,
    /// In words.
    pub title: String,
    /// The rating; none is not set.
    pub rating: Option<Rating>,
    /// When it was given.
    pub set_at: Option<Instant>,
    /// Whether it is older than the team's limit.
    pub aged: bool,
    /// On which scale it is rated.
    pub scale: Scale,
    /// The keys of the scale with their numbers; none where the number is typed.
    pub steps: Vec<ScaleStep>,
}

/// A score of an item, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemScore {
    /// The way of scoring in words.
    pub title: String,
    /// How it is made.
    pub method: Method,
    /// The score.
    pub score: Option<Score>,
    /// Why there is none.
    pub missing: Option<String>,
}

/// The debt interest of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterestOfItem {
    /// What the interrupts took; none while none of them has hours.
    pub minutes: Option<Minutes>,
    /// The same in words: “12.5 h in 3 interrupts, 1 of them without hours”.
    pub text: String,
}

impl InterestOfItem {
    pub(super) fn of(scores: &Scores, item: ItemId) -> Option<InterestOfItem> {
        let interest = scores.interest_of(item);
        let interrupts = counted(interest.interrupts, "interrupt");
        let text = match interest.known() {
            None => format!("{interrupts}, hours not known"),
            Some(minutes) => {
                // To the hundredth, as the score divides it.
                let hours = hours_exactly(minutes);
                let without = match interest.without_hours {
                    0 => String::new(),
                    some => format!(", {some} of them without hours"),
                };
                format!("{hours} in {interrupts}{without}")
            }
        };
        (interest.interrupts > 0).then(|| InterestOfItem { minutes: interest.known(), text })
    }
}

/// What is rated of an item, and its scores (rule 1).
pub(crate) fn score_card(scores: &Scores, item: &ListedItem) -> ScoreCard {
    let scorable = scores.scorable(item);
    let is_bug = scorable.kind == Some(WorkKind::Bug);
    let mut names = scores.policy.method.asks(&scorable, &scores.scoring);
    let mut add = |name: TermName| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    if is_bug {
        add(TermName::Reach);
    }
    // What stands in the picture of value and effort can be changed here too.
    [TermName::Value, TermName::Effort]
        .into_iter()
        .filter(|name| scorable.inputs.rating(*name).is_some())
        .for_each(&mut add);
    let inputs = names.into_iter().filter_map(|name| CardInput::of(scores, &scorable, name)).collect();
    let mut methods = vec![scores.policy.method];
    methods.extend(is_bug.then_some(Method::Severity));
    let interest = InterestOfItem::of(scores, item.id);
    methods.extend((interest.is_some() && carries_interest(scorable.kind)).then_some(Method::Interest));
    methods.dedup();
    let score = |method: &Method| {
        let (score, missing) = match scores.score(*method, &scorable) {
            Ok(score) => (Some(score), None),
            Err(why) => (None, Some(why.to_string())),
        };
        ItemScore { title: method.title().to_owned(), method: *method, score, missing }
    };
    ScoreCard { inputs, scores: methods.iter().map(score).collect(), interest }
}

impl CardInput {
    fn of(scores: &Scores, item: &Scorable, name: TermName) -> Option<CardInput> {
        let criteria = &scores.scoring.criteria;
        let scale = name.scale(criteria)?;
        let input = item.inputs.input(name);
        let set_at = input.and_then(|input| input.set_at);
        Some(CardInput {
            name,
            title: name.title(criteria),
            rating: input.map(|input| input.rating),
            set_at,
            aged: set_at.is_some_and(|at| at < scores.aged_before),
            scale,
            steps: scale.steps().to_vec(),
        })
    }
}

/// Asks which items are to be scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QueueQuestion {
    /// Only these; none means all open ones that wait for a rating or were rated too long ago.
    pub items: Option<Vec<ItemId>>,
}

/// The items that are to be scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoringQueue {
    /// The items, in the order in which they are offered (rule 2).
    pub items: Vec<ItemId>,
    /// How many of them wait for a rating: the first ones.
    pub to_rate: u32,
    /// How many were rated too long ago: those after them.
    pub aged: u32,
}

/// The most items of one sitting.
const MOST_QUEUED: usize = 1_000;

pub(super) fn queue(
    reader: &Reader<'_>,
    question: QueueQuestion,
    context: &Context<'_>,
) -> Result<ScoringQueue, AppError> {
    let scores = Scores::read(reader, context.now)?;
    let (mut to_rate, mut aged, mut rest) = (Vec::new(), Vec::new(), Vec::new());
    for item in reader.open_scorables()?.iter().filter(|item| !item.has_parts) {
        if question.items.as_ref().is_some_and(|chosen| !chosen.contains(&item.item)) {
            continue;
        }
        let asks = !scores.policy.method.asks(&item.scorable, &scores.scoring).is_empty();
        if !scores.to_rate(&item.scorable).is_empty() {
            to_rate.push(item.item);
        } else if scores.is_aged(&item.scorable) {
            aged.push(item.item);
        } else if asks {
            rest.push(item.item);
        }
    }
    let (first, second) = (to_rate.len(), aged.len());
    let mut items = to_rate;
    items.append(&mut aged);
    if items.is_empty() || question.items.is_some() {
        items.append(&mut rest);
    }
    items.truncate(MOST_QUEUED);
    let within = |count: usize, from: usize| count.min(MOST_QUEUED.saturating_sub(from)) as u32;
    Ok(ScoringQueue { items, to_rate: within(first, 0), aged: within(second, first) })
}

/// Asks for one item with what is rated of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CardQuestion {
    /// The item.
    pub item: ItemId,
}

/// One item with what is rated of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoredItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its description, read.
    pub blocks: Vec<Block>,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity, for a bug.
    pub severity: Option<Severity>,
    /// Its size.
    pub size: Option<Size>,
    /// Its place among the open items, from 1.
    pub place: Option<u32>,
    /// What is rated, and the scores.
    pub card: ScoreCard,
    /// Which of the inputs the team's method asks for.
    pub asked: Vec<TermName>,
    /// The interrupts that it caused.
    pub interest: Option<InterestRow>,
}

pub(super) fn card(
    reader: &Reader<'_>,
    question: CardQuestion,
    context: &Context<'_>,
) -> Result<ScoredItem, AppError> {
    let item = item_of(reader, question.item)?;
    let listed = reader.listed_item(question.item)?.ok_or_else(|| AppError::not_found("item"))?;
    let scores = Scores::read(reader, context.now)?;
    Ok(ScoredItem {
        item: item.id,
        blocks: markdown::read(&item.description),
        kind: item.present.kind,
        severity: item.present.severity,
        size: item.present.size,
        place: listed.position.map(|position| position as u32 + 1),
        card: score_card(&scores, &listed),
        asked: scores.policy.method.asks(&scores.scorable(&listed), &scores.scoring),
        interest: InterestRow::of(reader, &scores, &listed)?,
        label: item.label,
        title: item.title,
    })
}
