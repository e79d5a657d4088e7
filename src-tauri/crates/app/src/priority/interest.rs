//! Debt interest: what an item cost in interrupts, with the interrupts behind it (7.1).
//!
//! 1. It is the hours of the interrupts that people said the item caused; an interrupt without hours is named, never
//!    counted as nothing.
//! 2. The dearest comes first; those whose hours are not known come last.

use super::Scores;
use super::card::InterestOfItem;
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::interrupt::item::{LinkedInterrupt, interrupts_of};
use domain::backlog::WorkKind;
use domain::identity::ItemId;
use domain::interrupt::Relation;
use domain::measures::Size;
use domain::priority::{Method, carries_interest};
use serde::Serialize;
use store::{ListedItem, Reader};
use ts_rs::TS;

/// The open items that caused interrupts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DebtInterestList {
    /// The items, the dearest first.
    pub rows: Vec<InterestRow>,
}

/// An item that caused interrupts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InterestRow {
    /// The item.
    pub item: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its kind; none is unsorted.
    pub kind: Option<WorkKind>,
    /// Its size.
    pub size: Option<Size>,
    /// What the interrupts took.
    pub interest: InterestOfItem,
    /// Hours a point: the formula with its numbers; none where it is no debt, or nothing is known to divide.
    pub formula: Option<String>,
    /// The interrupts behind it.
    pub interrupts: Vec<LinkedInterrupt>,
}

impl InterestRow {
    pub(super) fn of(
        reader: &Reader<'_>,
        scores: &Scores,
        item: &ListedItem,
    ) -> Result<Option<InterestRow>, AppError> {
        let Some(interest) = InterestOfItem::of(scores, item.id) else { return Ok(None) };
        let mut interrupts = interrupts_of(reader, item.id)?;
        interrupts.retain(|interrupt| interrupt.relation == Relation::CausedBy);
        let scorable = scores.scorable(item);
        let score = carries_interest(scorable.kind).then(|| scores.score(Method::Interest, &scorable).ok());
        Ok(Some(InterestRow {
            item: item.id,
            label: item.label.clone(),
            title: item.title.clone(),
            kind: item.present.kind,
            size: item.present.size,
            interest,
            formula: score.flatten().map(|score| score.formula),
            interrupts,
        }))
    }
}

pub(super) fn debt_interest(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<DebtInterestList, AppError> {
    let scores = Scores::read(reader, context.now)?;
    let mut rows = Vec::new();
    for item in scores.with_interest() {
        let Some(item) = reader.listed_item(item)? else { continue };
        if item.position.is_some() {
            rows.extend(InterestRow::of(reader, &scores, &item)?);
        }
    }
    rows.sort_by(|one, other| {
        (other.interest.minutes, &one.label).cmp(&(one.interest.minutes, &other.label))
    });
    Ok(DebtInterestList { rows })
}
