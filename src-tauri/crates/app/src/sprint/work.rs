//! Work on items: from state to state, with the day on which it was so.
//!
//! 1. Done, reopened and cancelled are states like the others; the rules look at their category (1.5).
//! 2. An item that is in the state already has been so since the day that is named: an earlier day is a fact of its own,
//!    a later one corrects the moves that brought it there, unless a Sprint has closed with them.
//! 3. Opening an item again that was finished before the running Sprint asks whether it goes into that Sprint or to
//!    the Product Backlog (3.4). Where no Sprint runs it goes to the Product Backlog.
//! 4. Whether something opens an item again is said by what was so at that moment, not by what is so now.

use super::{SprintRecord, When, moment};
use crate::backlog::{label_of, named};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::short;
use domain::backlog::{Category, Item, ItemFact, ItemPresent, Origin};
use domain::calendar::Instant;
use domain::identity::{ItemId, StateId};
use domain::sprint::Standing;
use domain::team::Workflow;
use serde::{Deserialize, Serialize};
use store::Writer;
use ts_rs::TS;

/// Moves items to a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveToState {
    /// The items.
    pub items: Vec<ItemId>,
    /// The state.
    pub state: StateId,
    /// When it was so.
    #[serde(flatten)]
    pub when: When,
    /// Where an item goes that was finished before the running Sprint and is opened again.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub reopened: Option<ReopenedInto>,
}

/// Where an item goes that is opened again (3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ReopenedInto {
    /// Into the running Sprint, with the origin *reopened*.
    RunningSprint,
    /// To the Product Backlog, at its place.
    ProductBacklog,
}

pub(crate) fn move_to_state(
    writer: &mut Writer<'_>,
    command: MoveToState,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let workflow = writer.workflow()?;
    let state = workflow.get(command.state).ok_or_else(|| AppError::not_found("state"))?.clone();
    let (mut moved, mut later) = (Vec::new(), Vec::new());
    for item in named(writer, &command.items)? {
        let is_there = item.present.state == Some(state.id);
        if is_there && !command.when.is_dated() {
            continue;
        }
        let at = moment(writer, item.id, command.when, context)?;
        if is_there && item.present.state_since.is_some_and(|since| since <= at) {
            if put_later(writer, &item, &state.name, at)? {
                moved.push(item);
            }
            continue;
        }
        if !state.category.is_end() {
            open_again(writer, &item, &workflow, command.reopened, at)?;
        }
        let present = writer.record(item.id, at, &ItemFact::Moved { state: state.id })?;
        if present.state != Some(state.id) {
            later.push(item.label.clone());
        }
        moved.push(item);
    }
    if moved.is_empty() {
        return Err(AppError::refused(
            format!("Nothing is to be moved: all of it already is {}.", state.name),
            "Choose another state, or an earlier day.",
        ));
    }
    let day = match command.when.on {
        Some(day) if day != writer.team()?.zone.day_of(context.now) => format!(" on {}", short(day)),
        _ => String::new(),
    };
    let outcome = Outcome::titled(format!("Move {} to {}{day}", label_of(&moved), state.name));
    Ok(match later.as_slice() {
        [] => outcome,
        few @ ([_] | [_, _] | [_, _, _]) => {
            outcome.noting(format!("Later moves are known: {} did not stay there.", few.join(", ")))
        }
        many => outcome.noting(format!("Later moves are known: {} items did not stay there.", many.len())),
    })
}

/// Corrects the moves that brought an item into its state to a later moment; answers whether there were any.
///
/// Refused where a Sprint has closed since: its report tells the moves as they were (3.5).
fn put_later(writer: &mut Writer<'_>, item: &Item, state: &str, at: Instant) -> Result<bool, AppError> {
    let Some(since) = item.present.state_since.filter(|since| *since < at) else { return Ok(false) };
    let closed = writer.sprints()?.into_iter().find(|sprint| {
        sprint.started_at.is_some_and(|start| start <= since)
            && sprint.closed_at.is_some_and(|end| since <= end && end < at)
    });
    if let Some(closed) = closed {
        let day = short(writer.team()?.zone.day_of(since));
        return Err(AppError::refused(
            format!("{} is {state} since {day}, and {} has closed with it.", item.label, closed.name),
            "What a closed Sprint came to stays as it was. Open the item again to go on with it.",
        )
        .at("on"));
    }
    let arrives =
        |fact: &ItemFact| matches!(fact, ItemFact::Moved { state } if Some(*state) == item.present.state);
    let mut corrected = false;
    for dated in writer.item_facts(item.id)? {
        if dated.happened_at >= since && dated.happened_at < at && arrives(&dated.fact) {
            writer.redate_fact(item.id, dated.id, at)?;
            corrected = true;
        }
    }
    Ok(corrected)
}

/// Says where an item that had ended by a moment belongs once it is open again, before it moves (rule 4).
fn open_again(
    writer: &mut Writer<'_>,
    item: &Item,
    workflow: &Workflow,
    reopened: Option<ReopenedInto>,
    at: Instant,
) -> Result<(), AppError> {
    let facts = writer.item_facts(item.id)?;
    let then = ItemPresent::fold(facts.iter().filter(|dated| dated.happened_at <= at));
    let category = workflow.category(then.state);
    if !category.is_end() {
        return Ok(());
    }
    let running = SprintRecord::running(writer)?;
    if let Some(running) = &running {
        let ledger = running.ledger(at.max(running.commitment.started_at));
        let standing = ledger.items.iter().find(|known| known.id == item.id).map(|known| known.standing);
        if matches!(standing, Some(Standing::Done | Standing::Cancelled)) {
            return Ok(());
        }
    }
    let into = match (&running, reopened) {
        (None, _) => ReopenedInto::ProductBacklog,
        (Some(_), None) if category == Category::Cancelled => ReopenedInto::ProductBacklog,
        (Some(running), None) => {
            return Err(AppError::refused(
                format!("{} was finished before {}.", item.label, running.sprint.name),
                format!("Say whether it goes into {} or to the Product Backlog.", running.sprint.name),
            )
            .at("reopened"));
        }
        (Some(_), Some(into)) => into,
    };
    match (into, &running) {
        (ReopenedInto::RunningSprint, Some(running)) => {
            let lanes = running.commitment.lanes_then();
            let lanes = lanes.map_err(|refused| AppError::internal(refused.to_string()))?;
            let fact = ItemFact::Selected {
                sprint: running.sprint.id,
                lane: lanes.for_kind(then.kind).map(|lane| lane.id),
                origin: Some(Origin::Reopened),
            };
            if then.sprint != Some(running.sprint.id) {
                writer.record(item.id, at, &fact)?;
            }
        }
        _ => {
            if let Some(sprint) = then.sprint {
                writer.record(item.id, at, &ItemFact::Returned { sprint })?;
            }
        }
    }
    Ok(())
}
