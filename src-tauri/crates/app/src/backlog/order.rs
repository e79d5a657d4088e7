//! Moving items in the order of the Product Backlog.
//!
//! 1. Only open items have a place; an item that has ended keeps its rank, should it be reopened.
//! 2. A move writes the ranks of the moved items and nothing else.

use super::change::refuse_ended;
use super::{item_of, label_of, named};
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use domain::backlog::{MoveRefused, OrderPlace};
use domain::identity::ItemId;
use domain::priority::critical_first;
use serde::{Deserialize, Serialize};
use store::Writer;
use ts_rs::TS;

/// Moves items to another place in the order; they come to stand together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReorderItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// Where they go.
    pub to: OrderPlace,
}

pub(super) fn move_items(
    writer: &mut Writer<'_>,
    command: ReorderItems,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    refuse_ended(writer, &items, "has no place in the order")?;
    let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    let moving = in_their_order(writer, &ids)?;
    let positions: Vec<usize> = moving.iter().map(|(position, _)| *position).collect();
    let beside = match command.to {
        OrderPlace::Before(item) | OrderPlace::After(item) => writer.positions(&[item])?.pop().flatten(),
        _ => None,
    };
    let gap = command.to.gap(writer.open_items()?, &positions, |_| beside).map_err(refused)?;
    let to = match command.to {
        OrderPlace::Top => "to the top".to_owned(),
        OrderPlace::Bottom => "to the bottom".to_owned(),
        OrderPlace::Up => "up".to_owned(),
        OrderPlace::Down => "down".to_owned(),
        OrderPlace::Before(item) => format!("above {}", label(writer, item)?),
        OrderPlace::After(item) => format!("below {}", label(writer, item)?),
        OrderPlace::Place(place) => format!("to place {place}"),
    };
    let outcome = Outcome::titled(format!("Move {} {to}", label_of(&items)));
    let Some(gap) = gap else {
        let stand = if items.len() == 1 { "It stands" } else { "They stand" };
        return Ok(outcome.noting(format!("{stand} there already.")));
    };
    let ids: Vec<ItemId> = moving.into_iter().map(|(_, id)| id).collect();
    for (item, rank) in ids.iter().zip(writer.ranks_in(gap, &ids)?) {
        writer.put_rank(*item, &rank)?;
    }
    Ok(outcome)
}

/// Places bugs that became critical above the first item that is not, if the policy says so (7.2).
///
/// Answers where they were placed, in words; none where nothing moved.
pub(crate) fn place_critical(writer: &mut Writer<'_>, became: &[ItemId]) -> Result<Option<String>, AppError> {
    if became.is_empty() || !writer.team()?.critical_first {
        return Ok(None);
    }
    let became: Vec<ItemId> = in_their_order(writer, became)?.into_iter().map(|(_, id)| id).collect();
    let Some(placed) = writer.from_top(|order| critical_first(order, &became))? else { return Ok(None) };
    for (item, rank) in placed.items.iter().zip(writer.ranks_above(placed.before, &placed.items)?) {
        writer.put_rank(*item, &rank)?;
    }
    Ok(Some(format!("above {}", label(writer, placed.before)?)))
}

/// The title of a step that may also have placed a critical bug.
pub(crate) fn critical_title(title: String, placed: Option<String>) -> String {
    match placed {
        Some(place) => format!("{title}, placed {place} as critical"),
        None => title,
    }
}

/// Open items with their positions, uppermost first; those that have ended are left out.
fn in_their_order(writer: &Writer<'_>, ids: &[ItemId]) -> Result<Vec<(usize, ItemId)>, AppError> {
    let positions = writer.positions(ids)?;
    let mut placed: Vec<(usize, ItemId)> =
        positions.into_iter().zip(ids).filter_map(|(position, id)| position.map(|at| (at, *id))).collect();
    placed.sort_unstable();
    Ok(placed)
}

fn label(writer: &Writer<'_>, item: ItemId) -> Result<String, AppError> {
    Ok(item_of(writer, item)?.label)
}

fn refused(refused: MoveRefused) -> AppError {
    let message = sentence(&refused.to_string());
    match refused {
        MoveRefused::NothingChosen => AppError::refused(message, "Choose one or several items first."),
        MoveRefused::NoSuchNeighbour => {
            AppError::refused(message, "It may be done or removed. Choose another place.").at("to")
        }
        MoveRefused::BesideItself => {
            AppError::refused(message, "Choose a place beside another item.").at("to")
        }
        MoveRefused::PlaceOutOfRange { last, .. } => {
            AppError::refused(message, format!("Write a place from 1 to {last}.")).at("to")
        }
    }
}
