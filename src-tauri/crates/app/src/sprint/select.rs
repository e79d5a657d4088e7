//! Selecting items into a Sprint, and returning them to the Product Backlog.
//!
//! 1. The lane belongs to the selection: the one that takes the item's kind, unless another is named (1.2). In a
//!    planned Sprint only a named lane is written down; the others follow the kind until the start.
//! 2. After the start every added item has an origin; an interrupt goes into the buffer, and nothing else does (3.4, 4.1).
//! 3. What has ended, or has parts of its own, is not selected (1.1).
//! 4. An item is in one Sprint. Selecting it into another takes it out of the one before; the title and a note say so.

use super::{When, moment, sprint_of};
use crate::backlog::{AddItem, Amount, add_item, label_of, named, unready_said};
use crate::capacity::sprint_lanes;
use crate::contract::{Context, Outcome};
use crate::error::AppError;
use domain::backlog::{Item, ItemFact, Origin, Severity, WorkKind};
use domain::identity::{ItemId, LaneId, SprintId};
use domain::sprint::Phase;
use domain::team::Lane;
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Selects items into a planned or the running Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SelectItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// The Sprint.
    pub sprint: SprintId,
    /// The lane on which they draw; none is the one for their kind.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub lane: Option<LaneId>,
    /// Why they come in; needed once the Sprint has started, and left away before.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub origin: Option<Origin>,
    /// When they came in; for a running Sprint only.
    #[serde(flatten)]
    pub when: When,
}

/// Adds a new item right into the running Sprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddToSprint {
    /// Its title.
    pub title: String,
    /// What sort of work it is; none leaves it unsorted.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub kind: Option<WorkKind>,
    /// How bad it is, for a bug.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub severity: Option<Severity>,
    /// Its size.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub size: Option<Amount>,
    /// Why it comes in.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub origin: Option<Origin>,
}

/// Returns items to the Product Backlog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReturnItems {
    /// The items.
    pub items: Vec<ItemId>,
    /// When they left.
    #[serde(flatten)]
    pub when: When,
}

pub(crate) fn select_items(
    writer: &mut Writer<'_>,
    command: SelectItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let sprint = sprint_of(writer, command.sprint)?;
    let calendar = writer.calendar()?;
    let phase = sprint.plan().phase(context.now, calendar.zone);
    let lanes = sprint_lanes(writer, &sprint)?;
    let workflow = writer.workflow()?;
    let (origin, buffer) = match (phase, command.origin) {
        (Phase::Closed, _) => {
            return Err(AppError::refused(
                format!("{} is closed; what it came to stays as it was.", sprint.name),
                "Select the item into a planned Sprint.",
            ));
        }
        (Phase::Planned, _) => (None, None),
        (Phase::Active | Phase::Overdue, None) => {
            return Err(AppError::refused(
                format!("{} has started: why does the item come in now?", sprint.name),
                "Say whether it is an interrupt, pulled in, more than was agreed, or discovered.",
            )
            .at("origin"));
        }
        (_, Some(Origin::Interrupt)) => (Some(Origin::Interrupt), lanes.buffer()),
        (_, origin) => (origin, None),
    };
    let asked = match command.lane {
        Some(lane) => Some(lanes.get(lane).ok_or_else(|| AppError::not_found("lane"))?),
        None => None,
    };
    if origin.is_some_and(|origin| origin != Origin::Interrupt) && asked.is_some_and(|lane| lane.is_buffer) {
        return Err(AppError::refused(
            "The buffer is for interrupts.",
            "Choose the origin “interrupt”, or another lane.",
        )
        .at("lane"));
    }
    let mut selected = Vec::new();
    let items = named(writer, &command.items)?;
    let with_parts = writer.with_parts(&items.iter().map(|item| item.id).collect::<Vec<_>>())?;
    for item in items {
        if with_parts.contains(&item.id) {
            return Err(AppError::refused(
                format!("{} is divided into parts.", item.label),
                "Select its parts: its own size counts nowhere.",
            ));
        }
        let category = workflow.category(item.present.state);
        if category.is_end() {
            let state = item.present.state.and_then(|state| workflow.get(state));
            return Err(AppError::refused(
                format!(
                    "{} is {}.",
                    item.label,
                    state.map_or_else(|| category.to_string(), |state| state.name.clone())
                ),
                "Open it again; then you are asked where it goes.",
            ));
        }
        let of_kind = || lanes.for_kind(item.present.kind).filter(|_| phase != Phase::Planned);
        let lane: Option<&Lane> = buffer.or(asked).or_else(of_kind);
        let lane = lane.map(|lane| lane.id);
        let here = item.present.sprint == Some(command.sprint);
        // Selecting again names another lane; without one the selection stays as it is.
        if here && (command.lane.is_none() || item.present.lane == lane) {
            continue;
        }
        let at = match phase {
            Phase::Planned => context.now,
            _ => moment(writer, item.id, command.when, context)?,
        };
        writer.record(item.id, at, &ItemFact::Selected { sprint: command.sprint, lane, origin })?;
        selected.push(item);
    }
    if selected.is_empty() {
        return Err(AppError::refused(
            format!("Nothing new is selected into {}.", sprint.name),
            "Choose items of the Product Backlog.",
        ));
    }
    let mut outcome = told(writer, &selected, &sprint, phase)?;
    if let Some(said) = unready_said(writer, &selected)? {
        outcome.note = Some(outcome.note.map_or(said.clone(), |note| format!("{note} {said}")));
    }
    Ok(outcome)
}

/// What a selection says: where the items come from, if from another Sprint (rule 4).
fn told(
    reader: &Reader<'_>,
    selected: &[Item],
    sprint: &store::Sprint,
    phase: Phase,
) -> Result<Outcome, AppError> {
    let mut left: Vec<(store::Sprint, Vec<&Item>)> = Vec::new();
    for item in selected {
        let Some(from) = item.present.sprint.filter(|from| *from != sprint.id) else { continue };
        match left.iter_mut().find(|(known, _)| known.id == from) {
            Some((_, items)) => items.push(item),
            // A closed Sprint is not left any more.
            None => left.extend(
                reader.sprint(from)?.filter(|from| from.closed_at.is_none()).map(|from| (from, vec![item])),
            ),
        }
    }
    let (items, name) = (label_of(selected), &sprint.name);
    let title = match (left.as_slice(), phase) {
        ([(from, items_of_it)], _) if items_of_it.len() == selected.len() => {
            format!("Move {items} from {} to {name}", from.name)
        }
        (_, Phase::Planned) => format!("Select {items}"),
        _ => format!("Select {items} into {name}"),
    };
    let outcome = Outcome::titled(title);
    Ok(match left.iter().find(|(from, _)| from.plan().is_running()) {
        Some((from, items)) => {
            let who = match items.as_slice() {
                [_] if selected.len() == 1 => "It leaves".to_owned(),
                all if all.len() == selected.len() => "They leave".to_owned(),
                [one] => format!("{} leaves", one.label),
                some => format!("{} of them leave", some.len()),
            };
            outcome.noting(format!("{who} the scope of {}, which is running.", from.name))
        }
        None => outcome,
    })
}

pub(crate) fn add_to_sprint(
    writer: &mut Writer<'_>,
    command: AddToSprint,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let running = writer.active_sprint()?.ok_or_else(|| {
        AppError::refused("No Sprint is running.", "Start one, or add the item to the Product Backlog.")
    })?;
    let AddToSprint { title, kind, severity, size, origin } = command;
    if origin == Some(Origin::Reopened) {
        return Err(AppError::refused(
            "A new item was never finished before.",
            "Say whether it is an interrupt, pulled in, more than was agreed, or discovered.",
        )
        .at("origin"));
    }
    let item = AddItem { title, kind, severity, size, ..AddItem::default() };
    let added = add_item(writer, item, context)?;
    let id: Option<ItemId> = added.created.first().and_then(|id| id.parse().ok());
    let id = id.ok_or_else(|| AppError::internal("the new item has no identity"))?;
    let select =
        SelectItems { items: vec![id], sprint: running.id, lane: None, origin, when: When::default() };
    select_items(writer, select, context)?;
    Ok(Outcome { title: format!("{} to {}", added.title, running.name), ..added })
}

pub(crate) fn return_items(
    writer: &mut Writer<'_>,
    command: ReturnItems,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let zone = writer.team()?.zone;
    let items = named(writer, &command.items)?;
    for item in &items {
        let Some(sprint) = item.present.sprint else {
            return Err(AppError::refused(
                format!("{} is in no Sprint.", item.label),
                "Choose items that are selected.",
            ));
        };
        let selected = sprint_of(writer, sprint)?;
        let at = match selected.plan().phase(context.now, zone) {
            Phase::Closed => {
                return Err(AppError::refused(
                    format!("{} belongs to {}, which is closed.", item.label, selected.name),
                    "What a closed Sprint came to stays as it was. Open the item again to go on with it.",
                ));
            }
            Phase::Planned => context.now,
            Phase::Active | Phase::Overdue => moment(writer, item.id, command.when, context)?,
        };
        writer.record(item.id, at, &ItemFact::Returned { sprint })?;
    }
    Ok(Outcome::titled(format!("Return {} to the Product Backlog", label_of(&items))))
}
