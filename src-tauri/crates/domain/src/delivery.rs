//! Delivery: what reached production, how it went, and what that says about the team.
//!
//! 1. A deployment is a fact; so is what a person confirmed about it. Figures are derived.
//! 2. The five measures of DORA's 2026 guide are told with their definition, their median and its n; without
//!    deployments there is no rate, which is not 0 % (12.1).
//! 3. A rollback or hotfix marks the deployment that it repairs as failed, and is itself rework (12.2).
//! 4. An item is done by the Definition of Done, and live once a deployment contains it (12.3).

mod measures;
mod trend;

pub use measures::{Dora, Fraction, Middle, propose};
pub use trend::{DeliveryPeriod, DeliveryTrend, ENOUGH, Period, delivery_trend, months};

use crate::calendar::Instant;
use crate::identity::RowId;
use crate::words;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What became of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DeploymentResult {
    /// It is under way.
    Running,
    /// It reached its environment.
    Succeeded,
    /// It never got there.
    Aborted,
}
words!(DeploymentResult { Running = "running", Succeeded = "succeeded", Aborted = "aborted" });

/// What a deployment did to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Repair {
    /// It brought the state before back.
    Rollback,
    /// It mended it by another change.
    Hotfix,
}
words!(Repair { Rollback = "rollback", Hotfix = "hotfix" });

/// One deployment of a service to an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// Its identity.
    pub id: RowId,
    /// The service.
    pub service: RowId,
    /// Whether the environment is production.
    pub is_production: bool,
    /// When it began.
    pub started_at: Instant,
    /// When it ended; none while it runs, or where nobody knows.
    pub finished_at: Option<Instant>,
    /// What became of it.
    pub result: DeploymentResult,
    /// When the commits that it brought were written.
    pub commits: Vec<Instant>,
    /// The deployment that it repaired, and how.
    pub repairs: Option<(RowId, Repair)>,
    /// Whether it was unplanned work on something users saw, without naming what it repaired.
    pub is_unplanned: bool,
}

impl Deployment {
    /// When it was in production; none where it is not.
    pub fn live_at(&self) -> Option<Instant> {
        let reached = self.is_production && self.result == DeploymentResult::Succeeded;
        reached.then(|| self.finished_at.unwrap_or(self.started_at))
    }
}

/// A confirmed link: an incident that a deployment caused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// The deployment.
    pub deployment: RowId,
    /// The incident.
    pub incident: RowId,
    /// When the incident was mitigated; none while it is not.
    pub mitigated_at: Option<Instant>,
}

/// An incident for which a deployment is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspect {
    /// The incident.
    pub incident: RowId,
    /// The services that it affected.
    pub service: RowId,
    /// When it began.
    pub began_at: Instant,
}
