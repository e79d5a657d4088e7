//! What belongs to an incident: notes of its timeline, and links to interrupts, deployments and items.
//!
//! 1. A note has the moment of which it tells, which may be long before it was written down.
//! 2. A link says how the two belong together; what a person rejected stays, so that it is not proposed again (12.2).

use crate::calendar::Instant;
use crate::identity::{DeploymentId, IncidentId, InterruptId, ItemId, MemberId, RowId};
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A note in the timeline of an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentNote {
    /// Its identity.
    pub id: RowId,
    /// The incident.
    pub incident: IncidentId,
    /// The moment of which it tells.
    pub at: Instant,
    /// The role of who says so, such as commander; may be empty.
    pub role: String,
    /// Who says so, where it is known.
    pub member: Option<MemberId>,
    /// What happened, plain text.
    pub text: String,
    /// A link to the evidence; may be empty.
    pub url: String,
    /// When it was written down.
    pub recorded_at: Instant,
}

/// What an incident is linked to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkTarget {
    /// An interrupt.
    Interrupt(InterruptId),
    /// A deployment.
    Deployment(DeploymentId),
    /// A Product Backlog item.
    Item(ItemId),
}

/// How something belongs to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LinkHow {
    /// The interrupt counts the hours that the incident took, on the buffer.
    Hours,
    /// It caused the incident: a deployment, or an item such as a debt.
    CausedBy,
    /// The work on it goes on in this item.
    Became,
}
words!(LinkHow { Hours = "hours", CausedBy = "causedBy", Became = "became" });

/// What a person says of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LinkStanding {
    /// It is so.
    Confirmed,
    /// It is not so.
    Rejected,
}
words!(LinkStanding { Confirmed = "confirmed", Rejected = "rejected" });

/// A link of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentLink {
    /// Its identity.
    pub id: RowId,
    /// The incident.
    pub incident: IncidentId,
    /// To what.
    pub to: LinkTarget,
    /// How they belong together.
    pub how: LinkHow,
    /// What a person says of it.
    pub standing: LinkStanding,
}
