//! Splitting an item into parts below it or items beside it.
//!
//! 1. The item keeps its facts, links, attachments, inputs and keys elsewhere. The new items get its kind, severity and
//!    labels, and need what it needs.
//! 2. An item that gets parts leaves the Sprint in which it is selected; parts that stay there come in with an origin
//!    when the Sprint runs (1.1, 3.4).

use super::link::{leave_sprint, relate};
use super::{Amount, item_of};
use crate::capacity::sprint_lanes;
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::sprint::select::{SelectItems, select_items};
use crate::sprint::{When, sprint_of};
use crate::team::counted;
use domain::backlog::{Category, ItemFact, NewPart, Origin, Relation, SplitPlace, SplitRefused, check_split};
use domain::exchange::LabelKind;
use domain::identity::ItemId;
use serde::{Deserialize, Serialize};
use store::{NewItem, Writer};
use ts_rs::TS;

/// Splits an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SplitItem {
    /// The item.
    pub item: ItemId,
    /// Where the new items belong.
    pub place: SplitPlace,
    /// The new items, in their order.
    pub parts: Vec<PartOfSplit>,
    /// The size of what is left of the item, for new items beside it; what is not given stays.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub left: Option<Amount>,
    /// Why new items come into a running Sprint; needed where one of them stays in it.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub origin: Option<Origin>,
}

/// A new item of a split.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PartOfSplit {
    /// Its title.
    pub title: String,
    /// Its size.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub size: Option<Amount>,
    /// Whether it is selected into the Sprint of the item that is split.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub in_sprint: bool,
}

pub(super) fn split(
    writer: &mut Writer<'_>,
    command: SplitItem,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let item = item_of(writer, command.item)?;
    let workflow = writer.workflow()?;
    let mut parts = Vec::with_capacity(command.parts.len());
    for part in &command.parts {
        let size = Amount::size(part.size.as_ref(), "parts")?;
        parts.push(NewPart { title: part.title.clone(), size });
    }
    let ended = workflow.category(item.present.state).is_end();
    check_split(&item.label, ended, command.place, &parts).map_err(refused)?;
    let left = command.left.as_ref().filter(|_| command.place == SplitPlace::Beside);
    let left = left.map(|left| Amount::size(Some(left), "left")).transpose()?;

    let state = workflow.first(Category::ToDo).ok_or_else(|| AppError::internal("no state means to do"))?.id;
    let labels = writer.labels(item.id)?;
    let needs = writer.needs(item.id)?;
    let prefix = writer.team()?.label_prefix;
    let first = writer.take_label_numbers(parts.len())?;
    let ranks = writer.ranks_below(item.id, parts.len())?;
    let mut outcome = Outcome::default();
    let mut made: Vec<ItemId> = Vec::new();
    for ((number, part), rank) in (first..).zip(&parts).zip(ranks) {
        let from = ItemFact::Related { how: Relation::SplitFrom, other: item.id, holds: true };
        let mut facts = vec![ItemFact::Created { state }, from];
        facts.extend(item.present.kind.map(|kind| ItemFact::KindSet(Some(kind))));
        facts.extend(item.present.severity.map(|severity| ItemFact::SeveritySet(Some(severity))));
        facts.extend(part.size.map(|size| ItemFact::Sized(Some(size))));
        let new = writer.add_item(&NewItem {
            label: format!("{prefix}-{number}"),
            title: part.title.trim().to_owned(),
            description: String::new(),
            rank,
            parent: if command.place == SplitPlace::Below { Some(item.id) } else { item.parent },
            facts: facts.into_iter().map(|fact| (context.now, fact)).collect(),
        })?;
        for (kind, name) in labels.iter().filter(|(kind, _)| *kind == LabelKind::Label) {
            writer.add_label(new, *kind, name)?;
        }
        for needed in &needs {
            writer.add_need(new, *needed)?;
        }
        relate(writer, item.id, Relation::SplitInto, new, true, context.now)?;
        made.push(new);
        outcome = outcome.created(new);
    }

    let sprint = item.present.sprint;
    let chosen = made.iter().zip(&command.parts).filter(|(_, part)| part.in_sprint);
    let staying: Vec<ItemId> = chosen.map(|(id, _)| *id).collect();
    let mut note = None;
    if command.place == SplitPlace::Below {
        note = leave_sprint(writer, &item, context.now)?;
    } else if let Some(left) = left
        && left != item.present.size
    {
        writer.record(item.id, context.now, &ItemFact::Sized(left))?;
    }
    if let (Some(sprint), false) = (sprint, staying.is_empty()) {
        let lanes = sprint_lanes(writer, &sprint_of(writer, sprint)?)?;
        // What was kept for unplanned work is chosen by the origin alone.
        let lane = item.present.lane.filter(|lane| lanes.get(*lane).is_some_and(|lane| !lane.is_buffer));
        let select = SelectItems {
            items: staying,
            sprint,
            lane: lane.filter(|_| command.origin != Some(Origin::Interrupt)),
            origin: command.origin,
            when: When::default(),
        };
        select_items(writer, select, context)?;
    }
    let count = parts.len() as u32;
    outcome.title = match command.place {
        SplitPlace::Below => format!("Split {} into {}", item.label, counted(count, "part")),
        SplitPlace::Beside => format!("Split {} from {}", counted(count, "item"), item.label),
    };
    outcome.note = note;
    Ok(outcome)
}

fn refused(refused: SplitRefused) -> AppError {
    let message = sentence(&refused.to_string());
    match refused {
        SplitRefused::Ended { .. } => AppError::refused(message, "Open it again first, or add a new item."),
        SplitRefused::TooFew { .. } => {
            AppError::refused(message, "Write down what can be done on its own.").at("parts")
        }
        SplitRefused::NoTitle { .. } => {
            AppError::refused(message, "Say in a few words what is to be done.").at("parts")
        }
    }
}
