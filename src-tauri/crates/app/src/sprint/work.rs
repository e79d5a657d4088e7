//! Work on items: from state to state, with the day on which it was so.
//!
//! 1. Done, reopened and cancelled are states like the others; the rules look at their category (1.5).
//! 2. An item that is in the state already has been so since the day that is named: an earlier day is a fact of its own,
//!    a later one corrects the moves that brought it there.
//! 3. Opening an item again that was finished before the running Sprint asks whether it goes into that Sprint or to
//!    the Product Backlog (3.4). Where no Sprint runs it goes to the Product Backlog.

use super::{SprintRecord, moment, named};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::short;
use domain::backlog::{Category, Item, ItemFact, Origin};
use domain::calendar::{Day, Instant};
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
    /// The day on which it was so, if not today.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub on: Option<Day>,
    /// The exact moment, where it is known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<Instant>,
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
    let dated = command.on.is_some() || command.at.is_some();
    let (mut labels, mut later) = (Vec::new(), Vec::new());
    for id in &command.items {
        let item = writer.item(*id)?.ok_or_else(|| AppError::not_found("item"))?;
        if !dated && item.present.state == Some(state.id) {
            continue;
        }
        let at = moment(writer, *id, command.on, command.at, context)?;
        if item.present.state == Some(state.id) && put_later(writer, &item, at)? {
            labels.push(item.label);
            continue;
        }
        if !state.category.is_end() {
            open_again(writer, &item, &workflow, command.reopened, at, context)?;
        }
        let present = writer.record(*id, at, &ItemFact::Moved { state: state.id })?;
        if present.state != Some(state.id) {
            later.push(item.label.clone());
        }
        labels.push(item.label);
    }
    if labels.is_empty() {
        return Err(AppError::refused(
            format!("Nothing is to be moved: all of it already is {}.", state.name),
            "Choose another state, or an earlier day.",
        ));
    }
    let day = match command.on {
        Some(day) if day != writer.team()?.zone.day_of(context.now) => format!(" on {}", short(day)),
        _ => String::new(),
    };
    let outcome = Outcome::titled(format!("Move {} to {}{day}", named(&labels), state.name));
    Ok(match later.as_slice() {
        [] => outcome,
        labels => outcome.noting(format!(
            "Later moves are known: {} did not stay there.",
            if labels.len() == labels.len().min(3) { labels.join(", ") } else { named(labels) }
        )),
    })
}

/// Corrects the moves that brought an item into its state to a later moment; answers whether there were any.
fn put_later(writer: &mut Writer<'_>, item: &Item, at: Instant) -> Result<bool, AppError> {
    let Some(since) = item.present.state_since.filter(|since| *since < at) else { return Ok(false) };
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

/// Says where an item that had ended belongs once it is open again, before it moves.
fn open_again(
    writer: &mut Writer<'_>,
    item: &Item,
    workflow: &Workflow,
    reopened: Option<ReopenedInto>,
    at: Instant,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let category = workflow.category(item.present.state);
    if !category.is_end() {
        return Ok(());
    }
    let running = SprintRecord::running(writer)?;
    if let Some(running) = &running {
        let ledger = running.ledger(context.now);
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
            let lanes = writer.lanes(running.sprint.first_day)?;
            let fact = ItemFact::Selected {
                sprint: running.sprint.id,
                lane: lanes.for_kind(item.present.kind).map(|lane| lane.id),
                origin: Some(Origin::Reopened),
            };
            if item.present.sprint != Some(running.sprint.id) {
                writer.record(item.id, at, &fact)?;
            }
        }
        _ => {
            if let Some(sprint) = item.present.sprint {
                writer.record(item.id, at, &ItemFact::Returned { sprint })?;
            }
        }
    }
    Ok(())
}
