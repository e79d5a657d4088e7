//! Product Backlog items.
//!
//! 1. Every item has exactly one work kind, or is *unsorted* after an import (1.1).
//! 2. A state belongs to the team, its category to the rules (1.5).
//! 3. An item's present is the fold of its facts: each says what was so from then on.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What sort of work an item is (1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum WorkKind {
    /// New or changed behaviour for users.
    Feature,
    /// A defect; it has a severity.
    Bug,
    /// Technical debt.
    Debt,
    /// Infrastructure, an SRE task.
    Infrastructure,
}

/// How bad a bug is (1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Comes before everything that is not critical, while the policy is on.
    Critical,
    /// Hurts, with a way round.
    High,
    /// A blemish.
    Low,
}

/// What a state of the team means to the rules (1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Category {
    /// Not begun.
    ToDo,
    /// Begun.
    InProgress,
    /// Meets the Definition of Done.
    Done,
    /// Will not be done: an end of its own, never completed (3.3).
    Cancelled,
}

/// Why an item came into a Sprint after its start (3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// Unplanned work that draws on the buffer.
    Interrupt,
    /// Taken from the Product Backlog because there was room.
    PulledIn,
    /// More than was agreed.
    ScopeCreep,
    /// Found to belong to work already selected.
    Discovered,
    /// Finished before this Sprint and opened again.
    Reopened,
}
