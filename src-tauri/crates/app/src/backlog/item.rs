//! One item: its description, its scores with their terms, its history in words.
//!
//! 1. The history is the item's facts; those of one step and one moment are one line.
//! 2. A fact that was written down later than it happened says so.
//! 3. What happened to a duplicate stands in the history of the item that took it in, with the duplicate's label.

use super::item_of;
use super::label::own_labels;
use super::link::complete;
use super::list::{BacklogRow, Names};
use super::markdown::{self, Block};
use super::merge::related;
use crate::contract::Context;
use crate::delivery::live::{ItemLive, live_item};
use crate::error::AppError;
use crate::incident::{LinkedIncident, incidents_of};
use crate::interrupt::item::{LinkedInterrupt, interrupts_of};
use crate::priority::{ScoreCard, score_card};
use domain::backlog::{Category, Dated, Item, ItemFact, ItemPresent, Origin, Relation, unready};
use domain::calendar::Instant;
use domain::identity::{ItemId, MemberId, RowId, StateId};
use domain::measures::Size;
use serde::{Deserialize, Serialize};
use store::{IncidentsOf, Reader};
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
    /// Its inputs of prioritisation and its scores.
    pub priority: ScoreCard,
    /// Whether the Sprint in which it is selected is running.
    pub in_running_sprint: bool,
    /// The item of which it is a part.
    pub parent: Option<ItemLink>,
    /// Its parts, in their order.
    pub parts: Vec<ItemLink>,
    /// The parts and the items of which it is a part, as a tree from the uppermost down; empty where it stands alone.
    pub tree: Vec<TreeLine>,
    /// What it needs.
    pub needs: Vec<ItemLink>,
    /// What needs it.
    pub needed_by: Vec<ItemLink>,
    /// Its labels.
    pub labels: Vec<String>,
    /// What is attached to it.
    pub attachments: Vec<AttachedLink>,
    /// What is known against selecting it, in words; empty where nothing is.
    pub unready: Vec<String>,
    /// The lines of the team's Definition of Ready.
    pub definition_of_ready: Vec<String>,
    /// The item into which it was merged.
    pub merged_into: Option<ItemLink>,
    /// The duplicates that were merged into it.
    pub took_in: Vec<ItemLink>,
    /// The items of which somebody said that they are other work, however alike the titles are.
    pub not_the_same: Vec<ItemLink>,
    /// The interrupts that it was, and those that it caused.
    pub interrupts: Vec<LinkedInterrupt>,
    /// The incidents that it caused, and those with which it goes on.
    pub incidents: Vec<LinkedIncident>,
    /// Whether it is live, and by which deployment (12.3); none where no deployment contains it.
    pub live: Option<ItemLive>,
    /// What happened to it, latest first.
    pub history: Vec<HistoryLine>,
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

/// A line of the tree to which an item belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeLine {
    /// How many wholes it is below the uppermost one.
    pub depth: u32,
    /// The item.
    pub item: ItemLink,
}

/// Something that is attached to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttachedLink {
    /// Its identity.
    pub id: RowId,
    /// An address or a path, as text.
    pub url: String,
    /// What it is, in words.
    pub title: String,
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

pub(crate) fn item_page(
    reader: &Reader<'_>,
    question: ItemQuestion,
    context: &Context<'_>,
) -> Result<ItemPage, AppError> {
    let item = item_of(reader, question.item)?;
    let listed = reader.listed_item(question.item)?.ok_or_else(|| AppError::not_found("item"))?;
    let mut names = Names::read(reader, context.now)?;
    let facts = reader.item_facts(item.id)?;
    names.read_items(reader, &facts)?;
    let duplicates = related(&facts, Relation::TookIn);
    for id in &duplicates {
        names.read_items(reader, &reader.item_facts(*id)?)?;
    }
    let present = &item.present;
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
    let links = |ids: Vec<ItemId>| -> Result<Vec<ItemLink>, AppError> {
        Ok(ids.into_iter().map(link).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    };
    let people = reader.writers_of(item.id)?;
    let person = |operation: i64| people.get(&operation).cloned().unwrap_or_default();
    let mut lines = history(&facts, &names, person);
    for id in &duplicates {
        lines.extend(history_of_duplicate(reader, &names, *id)?);
    }
    // What belongs to one moment stays together: the sort keeps the order of equals.
    lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    let priority = score_card(names.scores(), &listed);
    let mut row = [names.row(listed)];
    complete(reader, &mut row)?;
    let [row] = row;
    let definition_of_ready = reader.definition_of_ready()?;
    let wrong: Vec<String> =
        row.waits.iter().filter(|wait| wait.wrong).map(|wait| wait.said.clone()).collect();
    let open = !names.category(present.state).is_end();
    let against = if open { unready(present, !definition_of_ready.is_empty(), &wrong) } else { Vec::new() };
    let attached = |one: store::Attachment| AttachedLink { id: one.id, url: one.url, title: one.title };
    Ok(ItemPage {
        in_running_sprint: match present.sprint {
            Some(sprint) => reader.sprint(sprint)?.is_some_and(|sprint| sprint.plan().is_running()),
            None => false,
        },
        tree: tree(reader, &item, &link)?,
        needs: links(reader.needs(item.id)?)?,
        needed_by: links(reader.needed_by(item.id)?)?,
        labels: own_labels(reader, item.id)?,
        attachments: reader.attachments(item.id)?.into_iter().map(attached).collect(),
        unready: against,
        definition_of_ready,
        merged_into: links(related(&facts, Relation::MergedInto))?.pop(),
        took_in: links(duplicates)?,
        not_the_same: links(reader.not_the_same_as(item.id)?)?,
        state: present.state,
        owner: present.owner,
        blocks: markdown::read(&item.description),
        priority,
        parent: item.parent.map(link).transpose()?.flatten(),
        parts: parts.into_iter().flatten().collect(),
        interrupts: interrupts_of(reader, item.id)?,
        incidents: incidents_of(reader, IncidentsOf::Item(item.id))?,
        live: live_item(reader, item.id)?,
        history: lines,
        row,
        description: item.description,
    })
}

/// The most lines of a tree that are told.
const MOST_LINES: usize = 200;

/// The tree to which an item belongs, from the uppermost whole down (see [`ItemPage::tree`]).
fn tree(
    reader: &Reader<'_>,
    item: &Item,
    link: &dyn Fn(ItemId) -> Result<Option<ItemLink>, AppError>,
) -> Result<Vec<TreeLine>, AppError> {
    let mut top = item.clone();
    // No circle can be made; one that another tool wrote ends here.
    for _ in 0..MOST_LINES {
        match top.parent {
            Some(parent) => top = item_of(reader, parent)?,
            None => break,
        }
    }
    let mut lines = Vec::new();
    let mut open = vec![(0, top.id)];
    while let Some((depth, id)) = open.pop() {
        if let Some(item) = link(id)?.filter(|_| lines.len() < MOST_LINES) {
            lines.push(TreeLine { depth, item });
            open.extend(reader.children(id)?.into_iter().rev().map(|part| (depth + 1, part)));
        }
    }
    Ok(if lines.len() > 1 { lines } else { Vec::new() })
}

/// What happened to a duplicate before it was taken in, each line with its label.
fn history_of_duplicate(
    reader: &Reader<'_>,
    names: &Names,
    id: ItemId,
) -> Result<Vec<HistoryLine>, AppError> {
    let Some(item) = reader.item(id)? else { return Ok(Vec::new()) };
    let mut facts = reader.item_facts(id)?;
    let merged = |dated: &Dated<ItemFact>| {
        matches!(dated.fact, ItemFact::Related { how: Relation::MergedInto, .. }).then_some(dated.operation)
    };
    let by = facts.iter().rev().find_map(merged);
    facts.retain(|dated| Some(dated.operation) != by);
    let people = reader.writers_of(id)?;
    let lines = history(&facts, names, |operation| people.get(&operation).cloned().unwrap_or_default());
    let with_label =
        |line: HistoryLine| HistoryLine { text: format!("{}: {}", item.label, line.text), ..line };
    Ok(lines.into_iter().map(with_label).collect())
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
    let mut names = Names::read(reader, now)?;
    let facts = reader.item_facts(item)?;
    names.read_items(reader, &facts)?;
    let mut before = ItemPresent::default();
    let mut said = Vec::new();
    for dated in facts {
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
        ItemFact::Readied => "ready".to_owned(),
        ItemFact::HeldBack { reason } => format!("not ready: {reason}"),
        ItemFact::Related { how, other, holds } => relation_words(*how, &names.item(*other), *holds),
        ItemFact::Labelled { name, holds: true } => format!("labelled {name}"),
        ItemFact::Labelled { name, holds: false } => format!("label {name} taken away"),
        ItemFact::Attached { title, holds: true } => format!("attached {title}"),
        ItemFact::Attached { title, holds: false } => format!("attachment {title} taken away"),
    }
}

fn relation_words(how: Relation, other: &str, holds: bool) -> String {
    let words = match how {
        Relation::SplitFrom => "split from",
        Relation::SplitInto => "split into",
        Relation::MergedInto => "merged into",
        Relation::TookIn => "took in",
        Relation::PartOf if holds => return format!("made a part of {other}"),
        Relation::PartOf => "part of",
        Relation::Needs => "needs",
        Relation::NeededBy => "needed by",
        Relation::NotTheSame if holds => return format!("not the same as {other}"),
        Relation::NotTheSame => return format!("perhaps the same as {other} after all"),
    };
    if holds { format!("{words} {other}") } else { format!("no longer {words} {other}") }
}

pub(crate) fn origin_words(origin: Origin) -> &'static str {
    match origin {
        Origin::Interrupt => "an interrupt",
        Origin::PulledIn => "pulled in",
        Origin::ScopeCreep => "scope creep",
        Origin::Discovered => "discovered",
        Origin::Reopened => "reopened",
    }
}
