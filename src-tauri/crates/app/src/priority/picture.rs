//! The picture of value and effort.
//!
//! 1. It shows the open items that have a value and an effort or a size, from the top of the Product Backlog; what has
//!    no room, and what has no value or no effort, is counted and named.
//! 2. The sentence above it says what it shows.

use crate::contract::{Context, Nothing};
use crate::error::AppError;
use domain::backlog::{Severity, WorkKind};
use domain::identity::ItemId;
use domain::measures::Size;
use domain::priority::{Axis, Quarter, Rating, Scorable, Spot, TermName};
use serde::Serialize;
use store::{OpenScorable, Reader};
use ts_rs::TS;

/// The picture of value and effort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriorityPicture {
    /// What it shows, in a sentence.
    pub finding: String,
    /// The steps of the value, from below.
    pub values: Axis,
    /// The steps of the effort, from the left.
    pub efforts: Axis,
    /// The quarters: of much value, little effort first; then of little value.
    pub quarters: Vec<QuarterView>,
    /// The items, by their places.
    pub items: Vec<PicturedItem>,
    /// How many items more would stand in it.
    pub beyond: u32,
    /// The first items without a value or an effort.
    pub unplaced: Vec<UnplacedItem>,
    /// How many of these there are.
    pub without: u32,
}

/// A quarter with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuarterView {
    /// Which one.
    pub quarter: Quarter,
    /// Its name.
    pub title: String,
    /// How many of the shown items stand in it.
    pub items: u32,
}

/// An item in the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PicturedItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its severity, for a bug.
    pub severity: Option<Severity>,
    /// Its place among the open items, from 1.
    pub place: u32,
    /// Its value.
    pub value: Rating,
    /// Its effort, or its size, in hundredths.
    #[ts(type = "number")]
    pub effort: i64,
    /// Whether the size stands for the effort.
    pub by_size: bool,
    /// Where it stands.
    pub spot: Spot,
}

/// An item without a place in the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UnplacedItem {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// What it lacks: “no value”.
    pub lacks: String,
    /// Its value, where it has one.
    pub value: Option<Rating>,
    /// Its effort or size, where it has one, in hundredths.
    #[ts(type = "number | null")]
    pub effort: Option<i64>,
}

/// How many items have room.
const MOST_PICTURED: usize = 120;
/// How many of the others are named.
const MOST_UNPLACED: usize = 60;

pub(super) fn picture(reader: &Reader<'_>, _: Nothing, _: &Context<'_>) -> Result<PriorityPicture, AppError> {
    let mut open = reader.open_scorables()?;
    open.retain(|item| !item.has_parts);
    let (placed, unplaced): (Vec<&OpenScorable>, Vec<&OpenScorable>) =
        open.iter().partition(|item| value(&item.scorable).is_some() && effort(&item.scorable).is_some());
    let shown = placed.get(..MOST_PICTURED.min(placed.len())).unwrap_or_default();
    let values =
        Axis::covering(shown.iter().filter_map(|item| value(&item.scorable)).map(Rating::in_hundredths));
    let efforts = Axis::covering(shown.iter().filter_map(|item| effort(&item.scorable)));
    let mut items = Vec::with_capacity(shown.len());
    for one in shown {
        let (Some(value), Some(effort)) = (value(&one.scorable), effort(&one.scorable)) else { continue };
        let Some(item) = reader.item(one.item)? else { continue };
        items.push(PicturedItem {
            item: item.id,
            label: item.label,
            title: item.title,
            kind: one.scorable.kind,
            severity: one.scorable.severity,
            place: one.place,
            value,
            effort,
            by_size: one.scorable.inputs.rating(TermName::Effort).is_none(),
            spot: Spot::of(&values, &efforts, value.in_hundredths(), effort),
        });
    }
    let mut named = Vec::new();
    for one in unplaced.iter().take(MOST_UNPLACED) {
        let Some(item) = reader.item(one.item)? else { continue };
        let (value, effort) = (value(&one.scorable), effort(&one.scorable));
        let lacks = match (value, effort) {
            (None, None) => "no value, no effort",
            (None, Some(_)) => "no value",
            _ => "no effort",
        };
        named.push(UnplacedItem {
            item: item.id,
            label: item.label,
            title: item.title,
            lacks: lacks.into(),
            value,
            effort,
        });
    }
    let quarter = |quarter: Quarter| QuarterView {
        quarter,
        title: quarter.title().to_owned(),
        items: items.iter().filter(|item| item.spot.quarter == quarter).count() as u32,
    };
    let quarters: Vec<QuarterView> =
        [Quarter::QuickWin, Quarter::BigBet, Quarter::FillIn, Quarter::ThinkTwice].map(quarter).into();
    Ok(PriorityPicture {
        finding: finding(&quarters, items.len()),
        values,
        efforts,
        quarters,
        beyond: (placed.len() - shown.len()) as u32,
        items,
        unplaced: named,
        without: unplaced.len() as u32,
    })
}

fn value(item: &Scorable) -> Option<Rating> {
    item.inputs.rating(TermName::Value)
}

fn effort(item: &Scorable) -> Option<i64> {
    let set = item.inputs.rating(TermName::Effort).map(Rating::in_hundredths);
    set.or(item.size.map(Size::in_hundredths))
}

/// “Much value for little effort: 3 of 12 items.”
fn finding(quarters: &[QuarterView], items: usize) -> String {
    let wins = quarters.first().map_or(0, |quarter| quarter.items);
    match (items, wins) {
        (0, _) => "No item has a value and an effort yet.".into(),
        (1, 0) => "The only item is no quick win.".into(),
        (1, 1) => "The only item is a quick win: much value for little effort.".into(),
        (_, 0) => format!("None of {items} items gives much value for little effort."),
        (_, 1) => format!("1 of {items} items gives much value for little effort."),
        (_, wins) => format!("{wins} of {items} items give much value for little effort."),
    }
}
