//! Ready and not ready, and what items of the past say of a size.
//!
//! 1. Readiness is a fact that people say, by the team's Definition of Ready; selecting asks nothing, but says what is
//!    known against it.
//! 2. Similar items are done, of the same kind, and have near words; their sizes and how they went stand beside a
//!    question and are never taken by themselves.

use super::link::Waiting;
use super::list::Names;
use super::{item_of, label_of, named, record_each};
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use crate::team::together;
use domain::backlog::{Category, Item, ItemFact, ItemPresent, Readiness, WorkKind, likeness, unready};
use domain::identity::ItemId;
use domain::measures::Size;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Says that items meet the Definition of Ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReadyItems {
    /// The items.
    pub items: Vec<ItemId>,
}

pub(super) fn ready(
    writer: &mut Writer<'_>,
    command: ReadyItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let items = named(writer, &command.items)?;
    record_each(writer, &items, context.now, &ItemFact::Readied, |item| {
        item.present.readiness != Some(Readiness::Ready)
    })?;
    let outcome = Outcome::titled(format!("Say that {} ready", are(&items)));
    let doubts: Vec<&str> = [
        ("unsized", items.iter().any(|item| item.present.size.is_none())),
        ("blocked", items.iter().any(|item| item.present.blocked.is_some())),
    ]
    .into_iter()
    .filter(|(_, is_so)| *is_so)
    .map(|(what, _)| what)
    .collect();
    Ok(match (doubts.as_slice(), items.as_slice()) {
        ([], _) => outcome,
        (doubts, [one]) => outcome.noting(format!("{} still is {}.", one.label, together(doubts))),
        (doubts, _) => outcome.noting(format!("Some of them still are {}.", together(doubts))),
    })
}

/// Says that items do not meet the Definition of Ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HoldBackItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// What they lack.
    pub reason: String,
}

pub(super) fn hold_back(
    writer: &mut Writer<'_>,
    command: HoldBackItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let reason = command.reason.trim();
    if reason.is_empty() {
        let hint = "Say what is missing before it can be selected.";
        return Err(AppError::refused("It does not say why it is not ready.", hint).at("reason"));
    }
    let items = named(writer, &command.items)?;
    let readiness = Readiness::NotReady(reason.to_owned());
    record_each(writer, &items, context.now, &ItemFact::HeldBack { reason: reason.to_owned() }, |item| {
        item.present.readiness.as_ref() != Some(&readiness)
    })?;
    Ok(Outcome::titled(format!("Say that {} not ready", are(&items))))
}

/// “PAY-3 is” or “3 items are”.
fn are(items: &[Item]) -> String {
    format!("{} {}", label_of(items), if items.len() == 1 { "is" } else { "are" })
}

/// What is known against selecting items: each item with the first of it, in words; items without any are left out.
///
/// Only what people said counts, and what would come too late; unsized and blocked items are named elsewhere.
pub(crate) fn doubts<'i>(
    reader: &Reader<'_>,
    items: &'i [Item],
) -> Result<Vec<(&'i Item, String)>, AppError> {
    let asked = !reader.definition_of_ready()?.is_empty();
    let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    let waiting = Waiting::read(reader, &ids)?;
    let mut doubts = Vec::new();
    for item in items {
        let wrong = waiting.of(item.id).into_iter().filter(|wait| wait.wrong);
        let waits: Vec<String> = wrong.map(|wait| wait.said).collect();
        let size = Some(item.present.size.unwrap_or(Size::ZERO));
        let present = ItemPresent { size, blocked: None, ..item.present.clone() };
        doubts.extend(unready(&present, asked, &waits).into_iter().next().map(|why| (item, why)));
    }
    Ok(doubts)
}

/// What is known against selecting items, in a sentence; none where nothing is.
pub(crate) fn unready_said(reader: &Reader<'_>, items: &[Item]) -> Result<Option<String>, AppError> {
    Ok(match doubts(reader, items)?.as_slice() {
        [] => None,
        [(item, why)] if why.starts_with("is ") || why.starts_with("needs ") => {
            Some(format!("{} {why}.", item.label))
        }
        [(item, why)] => Some(format!("{}: {}.", item.label, why.trim_end_matches('.'))),
        many => {
            let labels: Vec<&str> = many.iter().take(5).map(|(item, _)| item.label.as_str()).collect();
            let more = if many.len() > labels.len() { " and others" } else { "" };
            Some(format!("Not ready, or without what they need: {}{more}.", labels.join(", ")))
        }
    })
}

/// Asks for similar items of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SimilarQuestion {
    /// The item that is to be sized.
    pub item: ItemId,
}

/// An item of the past that is similar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SimilarItem {
    /// Its identity.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: Option<WorkKind>,
    /// Its size in the end.
    pub size: Option<Size>,
    /// How it went: “4 days in work, carried once, Sprint 12”.
    pub went: String,
}

/// How many similar items are shown.
const MOST_SIMILAR: usize = 5;

/// An item that has a smaller part of the words, weighed by how rare they are, says nothing of the other's size.
const SIMILAR: f64 = 0.3;

pub(super) fn similar(
    reader: &Reader<'_>,
    question: SimilarQuestion,
    context: &Context<'_>,
) -> Result<Vec<SimilarItem>, AppError> {
    let item = item_of(reader, question.item)?;
    let names = Names::read(reader, context.now)?;
    let mut near = Vec::new();
    for (id, part) in reader.ended_like(&item.title, item.present.kind, 40)? {
        let Some(other) = reader.item(id)? else { continue };
        let done = names.category(other.present.state) == Category::Done;
        if id != item.id && done && other.present.size.is_some() && part >= SIMILAR {
            near.push((part + likeness(&item.title, &other.title), other));
        }
    }
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    near.truncate(MOST_SIMILAR);
    let mut similar = Vec::with_capacity(near.len());
    for (_, other) in near {
        similar.push(SimilarItem {
            id: other.id,
            went: went(reader, &names, &other)?,
            label: other.label,
            title: other.title,
            kind: other.present.kind,
            size: other.present.size,
        });
    }
    Ok(similar)
}

/// How an item that is done went, in words: the days from its first work to its end, Sprints that left it over, and the
/// Sprint in which it was done.
fn went(reader: &Reader<'_>, names: &Names, item: &Item) -> Result<String, AppError> {
    let facts = reader.item_facts(item.id)?;
    let begun = facts.iter().find_map(|dated| match dated.fact {
        ItemFact::Moved { state } if names.category(Some(state)) == Category::InProgress => {
            Some(dated.happened_at)
        }
        _ => None,
    });
    let days = begun.zip(item.present.state_since).map(|(begun, done)| names.days_between(begun, done) + 1);
    let parts = [
        days.map(|days| if days == 1 { "1 day in work".to_owned() } else { format!("{days} days in work") }),
        match item.present.carried {
            0 => None,
            1 => Some("carried once".to_owned()),
            times => Some(format!("carried {times} times")),
        },
        item.present.sprint.map(|sprint| names.sprint(sprint)),
    ];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
