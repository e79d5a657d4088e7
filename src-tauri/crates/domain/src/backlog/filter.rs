//! Which items a view of the Product Backlog shows, and how it sorts them for the eye.
//!
//! 1. An item is shown when it passes every part of the filter; a part that names nothing lets everything pass.
//! 2. Sorting for the eye never changes the order of the Product Backlog; equal items stand in that order.

use crate::backlog::{Severity, WorkKind};
use crate::identity::LaneId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which items are shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct BacklogFilter {
    /// Where they are.
    pub whereabouts: Whereabouts,
    /// Items of these kinds.
    pub kinds: Vec<WorkKind>,
    /// Also, or only, items without a kind.
    pub unsorted: bool,
    /// Items of these severities.
    pub severities: Vec<Severity>,
    /// Items of these lanes: of their selection, or else of their kind (1.2).
    pub lanes: Vec<LaneId>,
    /// Only items without a size.
    pub without_size: bool,
    /// Items whose title or description has words that start so, or whose label or outside key does.
    pub text: String,
}

/// Where an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Whereabouts {
    /// Not ended: in the Product Backlog or selected.
    #[default]
    Open,
    /// Not ended and in no Sprint.
    Backlog,
    /// Not ended and in a Sprint.
    Selected,
    /// Done or cancelled.
    Ended,
    /// Anywhere.
    All,
}

/// How a view sorts its items for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SortView {
    /// By the order of the Product Backlog.
    #[default]
    Order,
    /// By WSJF, the highest first, those without last.
    Wsjf,
    /// By severity × reach, the highest first, those without last.
    SeverityReach,
    /// The largest first, unsized ones last.
    Largest,
    /// The smallest first, unsized ones last.
    Smallest,
    /// The oldest first.
    Oldest,
    /// The youngest first.
    Youngest,
}
