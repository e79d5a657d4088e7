//! An overflow of the buffer: what it asks, and what the team decides (4.2).
//!
//! 1. It asks until a decision covers it, and blocks nothing.
//! 2. Swapping out and reducing the scope return the named items by ordinary facts, in the same step; accepting a slip
//!    leaves them; cancelling the Sprint closes it, and only the Product Owner decides so.
//! 3. A decision keeps its reason, the overflow of its moment, and what its items would take.

use super::gauge::{ask, shown};
use super::{Book, InterruptsQuestion};
use crate::backlog::label_of;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::sprint::close::{CloseSprint, DecisionFor, ItemDecision, close};
use crate::sprint::{SprintName, SprintRecord};
use domain::backlog::{Category, ItemFact};
use domain::capacity::HoursPerPoint;
use domain::identity::ItemId;
use domain::interrupt::{DecidedItem, Decision, OverflowChoice, coverage};
use domain::measures::{Minutes, Size};
use domain::sprint::{Goal, GoalOutcome, LedgerItem, Part, Standing};
use serde::{Deserialize, Serialize};
use store::{ItemFilter, Reader, Writer};
use ts_rs::TS;

/// Decides about an overflow of the running Sprint's buffer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecideOverflow {
    /// What is decided.
    pub choice: OverflowChoice,
    /// The items that give way, the first of them first; none where the Sprint is cancelled.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<ItemId>>")]
    pub items: Vec<ItemId>,
    /// Why.
    pub reason: String,
    /// Whether the Product Owner decides; needed to cancel the Sprint.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub product_owner: bool,
}

pub(crate) fn decide_overflow(
    writer: &mut Writer<'_>,
    command: DecideOverflow,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let Some(record) = SprintRecord::running(writer)? else {
        let hint = "Overflows are decided while the Sprint lasts.";
        return Err(AppError::refused("No Sprint is running.", hint));
    };
    let book = Book::read(writer, &record, context.now)?;
    let now = book.buffer();
    if now.over <= Minutes::ZERO {
        return Err(AppError::refused(
            match now.kept {
                Some(kept) => format!("The buffer does not overflow: {} of {kept} are used.", now.used),
                None => "How much was kept for the buffer is not known, so it cannot overflow.".to_owned(),
            },
            "Return items to the Product Backlog as a change of scope instead.",
        ));
    }
    let reason = command.reason.trim();
    if reason.is_empty() {
        let hint = "Say why in a sentence; the Sprint Review reads it.";
        return Err(AppError::refused("Nothing says why.", hint).at("reason"));
    }
    let named = named(&book, &command)?;
    let items: Vec<DecidedItem> = named
        .iter()
        .map(|item| DecidedItem {
            item: item.id,
            label: item.label.clone(),
            title: item.title.clone(),
            size: item.size,
            minutes: item.size.and_then(|size| book.per_point.for_size(size)),
        })
        .collect();
    let decision = Decision {
        id: writer.identity(),
        at: context.now,
        choice: command.choice,
        reason: reason.to_owned(),
        overflow: now.over,
        covered: coverage(now.over, &book.decisions, items.iter().map(|item| item.minutes)),
        items,
    };
    writer.add_overflow_decision(record.sprint.id, &decision)?;
    let labels = match named.as_slice() {
        [one] => one.label.clone(),
        many => format!("{} items", many.len()),
    };
    match command.choice {
        OverflowChoice::CancelSprint => cancel(writer, &book, reason, context),
        OverflowChoice::AcceptSlip => Ok(Outcome::titled(format!("Accept that {labels} will slip"))),
        choice => {
            let mut returned = Vec::new();
            for item in &named {
                writer.record(item.id, context.now, &ItemFact::Returned { sprint: record.sprint.id })?;
                returned.extend(writer.item(item.id)?);
            }
            let verb = if choice == OverflowChoice::SwapOut { "Swap out" } else { "Take out of the scope" };
            Ok(Outcome::titled(format!("{verb} {} for interrupts", label_of(&returned))))
        }
    }
}

/// The named items, each once, in the order of their naming. Refused where none is named, or one cannot give way.
fn named<'b>(book: &'b Book<'_>, command: &DecideOverflow) -> Result<Vec<&'b LedgerItem>, AppError> {
    if !command.choice.names_items() {
        if !command.product_owner {
            return Err(AppError::refused(
                "Only the Product Owner can cancel a Sprint.",
                "Confirm that the Product Owner decides so.",
            )
            .at("productOwner"));
        }
        return Ok(Vec::new());
    }
    let mut items: Vec<&LedgerItem> = Vec::new();
    for id in &command.items {
        let open = book.scope.items.iter().find(|item| item.id == *id);
        let Some(item) = open else {
            return Err(AppError::refused(
                "An item that is not in this Sprint cannot give way.",
                "Choose unfinished items of the planned lanes.",
            )
            .at("items"));
        };
        if item.standing != Standing::Open || item.in_buffer {
            return Err(AppError::refused(
                format!("{} is no unfinished item of the planned lanes.", item.label),
                "Choose items that are still to be done and were planned.",
            )
            .at("items"));
        }
        if !items.iter().any(|known| known.id == *id) {
            items.push(item);
        }
    }
    if items.is_empty() {
        let hint = "Choose at least one item, or another way.";
        return Err(AppError::refused("No item was named that gives way.", hint).at("items"));
    }
    Ok(items)
}

/// Closes the Sprint: what is unfinished goes back to the Product Backlog, and the goal is not met.
fn cancel(
    writer: &mut Writer<'_>,
    book: &Book<'_>,
    reason: &str,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let unfinished =
        [Part::Planned, Part::Buffer].into_iter().flat_map(|part| book.scope.standing(part, Standing::Open));
    let decisions = unfinished
        .map(|item| DecisionFor { item: item.id, decision: ItemDecision::ProductBacklog })
        .collect();
    let goal = Goal {
        outcome: GoalOutcome::NotMet,
        why: format!("The Product Owner cancelled the Sprint: {reason}"),
    };
    let sprint = &book.record.sprint;
    close(writer, CloseSprint { sprint: sprint.id, decisions, goal: Some(goal) }, context)?;
    Ok(Outcome::titled(format!("Cancel {}", sprint.name)))
}

/// What of an overflow waits for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OverflowAsk {
    /// By how much the buffer overflows.
    pub over: Minutes,
    /// The part of that which no decision covers.
    pub left: Minutes,
    /// The question, in words.
    pub said: String,
}

/// What an overflow asks, with the items that could give way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OverflowQuestion {
    /// The Sprint.
    pub sprint: SprintName,
    /// By how much the buffer overflows; nothing where it does not.
    pub over: Minutes,
    /// What waits for a decision; none where nothing does.
    pub asks: Option<OverflowAsk>,
    /// Unfinished items of the planned lanes, the lowest in the order of the Product Backlog first.
    pub candidates: Vec<GivesWay>,
    /// How their hours are known, or why they are not.
    pub hours_said: String,
}

/// An item that could give way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GivesWay {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its size; none is unsized.
    pub size: Option<Size>,
    /// Its hours by hours per point, where they are known.
    pub minutes: Option<Minutes>,
    /// Whether it is begun.
    pub begun: bool,
    /// Whether a decision named it already.
    pub named: bool,
}

pub(super) fn overflow(
    reader: &Reader<'_>,
    question: InterruptsQuestion,
    context: &Context<'_>,
) -> Result<Option<OverflowQuestion>, AppError> {
    let of_running = |reader: &Reader<'_>, book: &Book<'_>| of_book(reader, book).map(Some);
    Ok(shown(reader, question, context, |_| None, of_running)?.flatten())
}

fn of_book(reader: &Reader<'_>, book: &Book<'_>) -> Result<OverflowQuestion, AppError> {
    let now = book.buffer();
    let sprint = &book.record.sprint;
    let mut candidates = Vec::new();
    for item in reader.items(ItemFilter::InSprint(sprint.id))?.into_iter().rev() {
        let open = book.scope.standing(Part::Planned, Standing::Open).find(|open| open.id == item.id);
        let Some(open) = open else { continue };
        candidates.push(GivesWay {
            item: item.id,
            label: item.label,
            title: item.title,
            size: open.size,
            minutes: open.size.and_then(|size| book.per_point.for_size(size)),
            begun: open.category == Category::InProgress,
            named: book.decisions.iter().flat_map(|one| &one.items).any(|one| one.item == item.id),
        });
    }
    Ok(OverflowQuestion {
        sprint: SprintName::from(sprint),
        over: now.over,
        asks: ask(&now, &book.decisions),
        candidates,
        hours_said: match book.per_point {
            HoursPerPoint::Known { median, sprints, .. } => {
                format!("Hours by {median} a point, the median of {sprints} closed Sprints.")
            }
            HoursPerPoint::TooFew { needed, .. } => {
                format!("Hours of items are not known: hours per point need {needed} closed Sprints.")
            }
        },
    })
}
