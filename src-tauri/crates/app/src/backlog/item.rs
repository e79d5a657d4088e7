//! One item: its description, its scores with their terms, its history in words.
//!
//! 1. The history is the item's facts; those of one step and one moment are one line.
//! 2. A fact that was written down later than it happened says so.

use super::list::{BacklogRow, Names};
use super::markdown::{self, Block};
use crate::contract::Context;
use crate::error::AppError;
use crate::interrupt::item::{LinkedInterrupt, interrupts_of};
use domain::backlog::{Category, Dated, ItemFact, ItemPresent, Origin};
use domain::calendar::Instant;
use domain::identity::{ItemId, MemberId, StateId};
use domain::measures::Size;
use domain::priority::{Method, PriorityInputs, Scorable, Score};
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// Asks for one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemQuestion {
    /// The item.
    pub item: ItemId,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemPage {
    /// What a list shows of it.
    pub row: BacklogRow,
    /// Its state.
    pub state: Option<StateId>,
    /// Who owns it.
    pub owner: Option<MemberId>,
    /// Its description as it was written.
    pub description: String,
    /// Its description, read.
    pub blocks: Vec<Block>,
    /// Its inputs of prioritisation.
    pub inputs: PriorityInputs,
    /// Its scores, or why there are none.
    pub scores: Vec<ItemScore>,
    /// The item of which it is a part.
    pub parent: Option<ItemLink>,
    /// Its parts, in their order.
    pub parts: Vec<ItemLink>,
    /// The interrupts that it was, and those that it caused.
    pub interrupts: Vec<LinkedInterrupt>,
    /// What happened to it, latest first.
    pub history: Vec<HistoryLine>,
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

/// Another item, by its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ItemLink {
    /// Its identity.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Its size.
    pub size: Option<Size>,
    /// What its state means.
    pub category: Category,
}

/// A line of an item's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryLine {
    /// When it happened.
    pub at: Instant,
    /// When it was written down, where that was at least a minute later.
    pub recorded_at: Option<Instant>,
    /// What happened: “sized 5 → 8”.
    pub text: String,
    /// Who wrote it down; may be empty.
    pub person: String,
}

pub(super) fn item_page(
    reader: &Reader<'_>,
    question: ItemQuestion,
    context: &Context<'_>,
) -> Result<ItemPage, AppError> {
    let gone = || AppError::not_found("item");
    let item = reader.item(question.item)?.ok_or_else(gone)?;
    let listed = reader.listed_item(question.item)?.ok_or_else(gone)?;
    let names = Names::read(reader, context.now)?;
    let inputs = listed.inputs;
    let present = &item.present;
    let scorable = Scorable { inputs, size: present.size, kind: present.kind, severity: present.severity };
    let score = |method: &Method| {
        let (score, missing) = match method.score(&scorable, names.weights()) {
            Ok(score) => (Some(score), None),
            Err(why) => (None, Some(why.to_string())),
        };
        ItemScore { title: method.title().to_owned(), method: *method, score, missing }
    };
    let link = |id: ItemId| -> Result<Option<ItemLink>, AppError> {
        Ok(reader.item(id)?.map(|item| ItemLink {
            id,
            category: names.category(item.present.state),
            label: item.label,
            title: item.title,
            size: item.present.size,
        }))
    };
    let parts = reader.children(item.id)?.into_iter().map(link).collect::<Result<Vec<_>, _>>()?;
    let people = reader.writers_of(item.id)?;
    let person = |operation: i64| people.get(&operation).cloned().unwrap_or_default();
    Ok(ItemPage {
        state: present.state,
        owner: present.owner,
        blocks: markdown::read(&item.description),
        inputs,
        scores: Method::ALL.iter().map(score).collect(),
        parent: item.parent.map(link).transpose()?.flatten(),
        parts: parts.into_iter().flatten().collect(),
        interrupts: interrupts_of(reader, item.id)?,
        history: history(&reader.item_facts(item.id)?, &names, person),
        row: names.row(listed),
        description: item.description,
    })
}

/// Facts in words, latest first (rule 1).
fn history(facts: &[Dated<ItemFact>], names: &Names, person: impl Fn(i64) -> String) -> Vec<HistoryLine> {
    let mut lines: Vec<(i64, HistoryLine)> = Vec::new();
    let mut before = ItemPresent::default();
    for dated in facts {
        let text = words(&dated.fact, &before, names);
        before.apply(&dated.fact, dated.happened_at);
        match lines.last_mut() {
            Some((operation, line)) if *operation == dated.operation && line.at == dated.happened_at => {
                line.text = format!("{}, {text}", line.text);
            }
            _ => {
                let late = dated.recorded_at.millis() - dated.happened_at.millis() >= 60_000;
                let line = HistoryLine {
                    at: dated.happened_at,
                    recorded_at: late.then_some(dated.recorded_at),
                    text,
                    person: person(dated.operation),
                };
                lines.push((dated.operation, line));
            }
        }
    }
    lines.into_iter().rev().map(|(_, line)| line).collect()
}

/// The facts of an item that are kept by a test, in words, in their order, with the moment of each and of its record.
pub(crate) fn facts_said(
    reader: &Reader<'_>,
    item: ItemId,
    now: Instant,
    keep: impl Fn(&Dated<ItemFact>) -> bool,
) -> Result<Vec<(Instant, Instant, String)>, AppError> {
    let names = Names::read(reader, now)?;
    let mut before = ItemPresent::default();
    let mut said = Vec::new();
    for dated in reader.item_facts(item)? {
        if keep(&dated) {
            said.push((dated.happened_at, dated.recorded_at, words(&dated.fact, &before, &names)));
        }
        before.apply(&dated.fact, dated.happened_at);
    }
    Ok(said)
}

fn words(fact: &ItemFact, before: &ItemPresent, names: &Names) -> String {
    let change = |what: &str, from: Option<String>, to: Option<String>, none: &str| match (from, to) {
        (Some(from), Some(to)) => format!("{what} {from} → {to}"),
        (Some(from), None) => format!("{what} {from} → {none}"),
        (None, Some(to)) => format!("{what} {to}"),
        (None, None) => format!("{what} {none}"),
    };
    match fact {
        ItemFact::Created { state } => format!("created in {}", names.state(Some(*state))),
        ItemFact::KindSet(kind) => change(
            "kind",
            before.kind.map(|kind| kind.to_string()),
            kind.map(|kind| kind.to_string()),
            "unsorted",
        ),
        ItemFact::SeveritySet(severity) => change(
            "severity",
            before.severity.map(|severity| severity.to_string()),
            severity.map(|severity| severity.to_string()),
            "none",
        ),
        ItemFact::Sized(size) => change(
            "sized",
            before.size.map(|size| size.to_string()),
            size.map(|size| size.to_string()),
            "unsized",
        ),
        ItemFact::Moved { state } => change(
            "moved",
            before.state.map(|state| names.state(Some(state))),
            Some(names.state(Some(*state))),
            "nowhere",
        ),
        ItemFact::Assigned(Some(owner)) => format!("assigned to {}", names.member(*owner)),
        ItemFact::Assigned(None) => "assigned to nobody".to_owned(),
        ItemFact::Blocked { reason } => format!("blocked: {reason}"),
        ItemFact::Unblocked => "unblocked".to_owned(),
        ItemFact::Selected { sprint, lane, origin } => {
            let lane = lane.and_then(|lane| names.lane(lane));
            // Of what is selected already, only the lane is written down: by the start, or by a choice.
            if before.sprint == Some(*sprint) && before.origin == *origin {
                return format!(
                    "{} in {}",
                    lane.map_or("no lane".into(), |lane| format!("lane {lane}")),
                    names.sprint(*sprint)
                );
            }
            let lane = lane.map(|lane| format!(", lane {lane}"));
            let origin = origin.map(|origin| format!(", {}", origin_words(origin)));
            format!(
                "selected for {}{}{}",
                names.sprint(*sprint),
                lane.unwrap_or_default(),
                origin.unwrap_or_default()
            )
        }
        ItemFact::Returned { sprint } => format!("returned from {}", names.sprint(*sprint)),
        ItemFact::Carried { sprint } => format!("not done when {} closed", names.sprint(*sprint)),
    }
}

fn origin_words(origin: Origin) -> &'static str {
    match origin {
        Origin::Interrupt => "an interrupt",
        Origin::PulledIn => "pulled in",
        Origin::ScopeCreep => "scope creep",
        Origin::Discovered => "discovered",
        Origin::Reopened => "reopened",
    }
}
