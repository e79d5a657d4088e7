//! Inputs: what people rate of items.
//!
//! 1. An input that is given again with the same number is written only when it was old: then it is young again.
//! 2. The size is the Developers': a move in the picture of value and effort never changes it, only the effort beside it.

use super::Scores;
use crate::backlog::{Amount, label_of, named};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use domain::backlog::Item;
use domain::identity::ItemId;
use domain::priority::{Rating, TermName};
use serde::{Deserialize, Serialize};
use store::Writer;
use ts_rs::TS;

/// Sets an input of items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetInput {
    /// The items.
    pub items: Vec<ItemId>,
    /// Which input: `value`, `timeCriticality`, `riskReduction`, `reach`, `impact`, `confidence`, `effort`, or a criterion.
    pub input: TermName,
    /// The rating; none takes it away.
    pub rating: Option<Amount>,
}

pub(super) fn set_input(
    writer: &mut Writer<'_>,
    command: SetInput,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let rating = Amount::rating(command.rating.as_ref(), &command.input.to_string())?;
    let items = named(writer, &command.items)?;
    let scores = Scores::read(writer, context.now)?;
    let what = command.input.title(&scores.scoring.criteria);
    write(writer, &scores, &items, command.input, rating)?;
    let whose = label_of(&items);
    Ok(Outcome::titled(match rating {
        Some(rating) => format!("Set {what} of {whose} to {rating}"),
        None => format!("Take {what} from {whose}"),
    }))
}

/// Puts an item to another value and effort, as one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaceItem {
    /// The item.
    pub item: ItemId,
    /// Its value; none leaves it as it is.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub value: Option<Amount>,
    /// Its effort; none leaves it as it is.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub effort: Option<Amount>,
}

pub(super) fn place(
    writer: &mut Writer<'_>,
    command: PlaceItem,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &[command.item])?;
    let scores = Scores::read(writer, context.now)?;
    let mut said = Vec::new();
    for (term, amount) in [(TermName::Value, &command.value), (TermName::Effort, &command.effort)] {
        if let Some(rating) = Amount::rating(amount.as_ref(), &term.to_string())? {
            write(writer, &scores, &items, term, Some(rating))?;
            said.push(format!("{} {rating}", term.title(&[])));
        }
    }
    if said.is_empty() {
        return Err(AppError::refused("No value and no effort was given.", "Say at least one of the two."));
    }
    Ok(Outcome::titled(format!("Move {} to {}", label_of(&items), said.join(", "))))
}

fn write(
    writer: &mut Writer<'_>,
    scores: &Scores,
    items: &[Item],
    term: TermName,
    rating: Option<Rating>,
) -> Result<(), AppError> {
    let field = term.to_string();
    let title = term.title(&scores.scoring.criteria);
    let Some(scale) = term.scale(&scores.scoring.criteria) else {
        return Err(match term {
            TermName::Own(id) if scores.scoring.criteria.iter().all(|criterion| criterion.id != id) => {
                AppError::not_found("criterion")
            }
            TermName::Own(_) | TermName::Interest => AppError::refused(
                "Debt interest is not rated: it is the hours of the interrupts that the item caused.",
                "Say at an interrupt which item caused it.",
            ),
            _ => AppError::refused(
                format!("The {title} is no input of its own."),
                "Set it on the item itself.",
            ),
        }
        .at(&field));
    };
    if let Some(rating) = rating.filter(|rating| *rating > scale.largest()) {
        return Err(AppError::refused(
            format!("The {title} is a share of 100: {rating} is too much."),
            format!("Write at most {}.", scale.largest()),
        )
        .at(&field));
    }
    for item in items {
        let now = writer.inputs(item.id)?.input(term);
        let is_old = now.and_then(|input| input.set_at).is_some_and(|at| at < scores.aged_before);
        if is_old || now.map(|input| input.rating) != rating {
            writer.put_input(item.id, term, rating)?;
        }
    }
    Ok(())
}
