//! Undo, redo, and what was done when and by whom.

use crate::contract::{Context, Nothing, Outcome, queries};
use crate::error::AppError;
use domain::calendar::Instant;
use serde::{Deserialize, Serialize};
use store::{Operation, Reader, Team};
use ts_rs::TS;

/// Steps through what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum JournalCommand {
    /// Takes back the latest step.
    Undo(After),
    /// Does again what was taken back last.
    Redo(After),
}

/// What undo or redo is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct After {
    /// The operation that is taken to be the latest: where another came after it, nothing is undone or redone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub operation: Option<i64>,
}

queries! {
    /// Questions about the journal.
    JournalQuery / JournalAnswers {
        /// What undo and redo would do now.
        UndoState(Nothing) -> UndoState => undo_state,
        /// What was done, latest first.
        History(HistoryWindow) -> History => history,
    }
}

/// Undoes or redoes; each is an operation of its own.
pub(crate) fn run(
    team: &mut Team,
    command: JournalCommand,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let stamp = context.stamp();
    let (after, done) = match command {
        JournalCommand::Undo(after) => (after, "undone"),
        JournalCommand::Redo(after) => (after, "redone"),
    };
    if let (Some(expected), Some(latest)) = (after.operation, latest(&team.read())?)
        && latest.number != expected
    {
        return Err(AppError::refused(
            format!("“{}” was done since, so nothing was {done}.", latest.title),
            "The latest step is taken back first.",
        ));
    }
    let (verb, (operation, title)) = match command {
        JournalCommand::Undo(_) => ("Undo", team.undo(&stamp)?),
        JournalCommand::Redo(_) => ("Redo", team.redo(&stamp)?),
    };
    Ok(Outcome { operation, ..Outcome::titled(format!("{verb} {title}")) })
}

/// What undo and redo would do now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoState {
    /// The title of what would be taken back; none where there is nothing.
    pub undo: Option<String>,
    /// The title of what would be done again.
    pub redo: Option<String>,
}

/// A part of the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryWindow {
    /// How many of the latest are left out.
    #[serde(default)]
    pub from: u32,
    /// How many at most.
    pub limit: u32,
}

/// What was done, latest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
// A page knows another `History`: its own.
#[ts(rename = "JournalHistory")]
pub struct History {
    /// The operations.
    pub operations: Vec<HistoryEntry>,
    /// How many there are in all.
    #[ts(type = "number")]
    pub total: i64,
}

/// One step that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Its place in the journal.
    #[ts(type = "number")]
    pub number: i64,
    /// What was done.
    pub title: String,
    /// When.
    pub at: Instant,
    /// On which device.
    pub device: String,
    /// By whom; may be empty.
    pub person: String,
    /// The step that it took back.
    #[ts(type = "number | null")]
    pub undoes: Option<i64>,
    /// How many rows it changed.
    #[ts(type = "number")]
    pub changes: i64,
}

fn undo_state(reader: &Reader<'_>, _: Nothing, _: &Context<'_>) -> Result<UndoState, AppError> {
    let state = reader.undo_state()?;
    Ok(UndoState { undo: state.undo, redo: state.redo })
}

fn history(reader: &Reader<'_>, window: HistoryWindow, _: &Context<'_>) -> Result<History, AppError> {
    // Numbers have no gaps: the latest is how many there are.
    let total = latest(reader)?.map_or(0, |latest| latest.number);
    let before = total + 1 - i64::from(window.from);
    let operations =
        reader.operations(Some(before), window.limit.min(500))?.into_iter().map(|operation| HistoryEntry {
            number: operation.number,
            title: operation.title,
            at: operation.at,
            device: operation.device,
            person: operation.person,
            undoes: operation.undoes,
            changes: operation.changes,
        });
    Ok(History { operations: operations.collect(), total })
}

fn latest(reader: &Reader<'_>) -> Result<Option<Operation>, AppError> {
    Ok(reader.operations(None, 1)?.pop())
}
