//! The states of the team's workflow (1.5).
//!
//! 1. A state that facts name can get another name or place, but neither go nor mean something else: it would change
//!    what happened.

use crate::contract::{Context, Outcome};
use crate::error::AppError;
use domain::backlog::Category;
use domain::identity::StateId;
use domain::team::{State, Workflow, WorkflowRefused};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// Adds a state, after the last that means the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AddState {
    /// Its name.
    pub name: String,
    /// What it means.
    pub category: Category,
}

pub(super) fn add_state(
    writer: &mut Writer<'_>,
    command: AddState,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let AddState { name, category } = command;
    let state = State { id: writer.identity(), name: name.trim().to_owned(), category };
    let (id, title) = (state.id, format!("Add state {}", state.name));
    change(writer, |workflow| workflow.with_state(state))?;
    Ok(Outcome::titled(title).created(id))
}

/// Gives a state another name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RenameState {
    /// The state.
    pub state: StateId,
    /// Its new name.
    pub name: String,
}

pub(super) fn rename_state(
    writer: &mut Writer<'_>,
    command: RenameState,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let (before, name) = (find_state(writer, command.state)?.name, command.name.trim());
    change(writer, |workflow| workflow.with_name(command.state, name))?;
    Ok(Outcome::titled(format!("Rename state {before} to {name}")))
}

/// Says what a state means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetMeaning {
    /// The state, in which no item is or was.
    pub state: StateId,
    /// What it means.
    pub category: Category,
}

pub(super) fn set_meaning(
    writer: &mut Writer<'_>,
    command: SetMeaning,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let state = find_state(writer, command.state)?;
    if state.category != command.category && writer.states_in_facts()?.contains(&state.id) {
        return Err(AppError::refused(
            format!("Items are or were in “{}”: it cannot mean something else.", state.name),
            "Add another state, and move the items there.",
        )
        .at("states"));
    }
    change(writer, |workflow| workflow.with_category(state.id, command.category))?;
    Ok(Outcome::titled(format!("Let {} mean {}", state.name, meaning(command.category))))
}

/// Moves a state among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoveState {
    /// The state.
    pub state: StateId,
    /// So many places later; a negative number is earlier.
    pub places: i32,
}

pub(super) fn move_state(
    writer: &mut Writer<'_>,
    command: MoveState,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let state = find_state(writer, command.state)?;
    change(writer, |workflow| workflow.with_place(state.id, command.places))?;
    Ok(Outcome::titled(format!("Move state {}", state.name)))
}

/// Takes a state away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveState {
    /// The state, in which no item is or was.
    pub state: StateId,
}

pub(super) fn remove_state(
    writer: &mut Writer<'_>,
    command: RemoveState,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let state = find_state(writer, command.state)?;
    if writer.states_in_facts()?.contains(&state.id) {
        return Err(AppError::refused(
            format!("Items are or were in “{}”.", state.name),
            "It cannot go, because their history names it. Give it another name instead.",
        )
        .at("states"));
    }
    change(writer, |workflow| workflow.without(state.id))?;
    Ok(Outcome::titled(format!("Remove state {}", state.name)))
}

fn find_state(reader: &Reader<'_>, id: StateId) -> Result<State, AppError> {
    reader.workflow()?.get(id).cloned().ok_or_else(|| AppError::not_found("state"))
}

fn change(
    writer: &mut Writer<'_>,
    change: impl FnOnce(&Workflow) -> Result<Workflow, WorkflowRefused>,
) -> Result<(), AppError> {
    let before = writer.workflow()?;
    let workflow = change(&before).map_err(workflow_refused)?;
    if workflow != before {
        writer.put_workflow(&workflow)?;
    }
    Ok(())
}

fn workflow_refused(refused: WorkflowRefused) -> AppError {
    let (message, hint) = match refused {
        WorkflowRefused::CategoryWithoutState { category } => (
            format!("No state means {}.", meaning(category)),
            "Each of the four meanings needs a state of its own.",
        ),
        WorkflowRefused::Nameless => ("A state has no name.".to_owned(), "Write how the team calls it."),
    };
    AppError::refused(message, hint).at("states")
}

fn meaning(category: Category) -> &'static str {
    match category {
        Category::ToDo => "to do",
        Category::InProgress => "in progress",
        Category::Done => "done",
        Category::Cancelled => "cancelled",
    }
}
