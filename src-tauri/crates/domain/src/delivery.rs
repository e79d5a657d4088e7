//! Delivery: what reached production, how it went, and what that says about the team.
//!
//! 1. A deployment is a fact; so is what a person confirmed about it. Figures are derived.
//! 2. The five measures of DORA's 2026 guide are told with their definition, their median and its n; without
//!    deployments there is no rate, which is not 0 % (12.1).
//! 3. A rollback or hotfix marks the deployment that it repairs as failed, and is itself rework (12.2).
//! 4. An item is done by the Definition of Done, and live once a deployment contains it (12.3).

mod gate;
mod live;
mod measures;
mod trend;

pub use gate::{
    Answering, BudgetState, CheckName, Finding, Freeze, Gate, GateItem, GateKnows, LiveCheck, LiveChecks,
    OpenIncident, Standing,
};
pub use live::{Going, Live, live, rolled_back};
pub use measures::{Dora, Fraction, Middle, propose, propose_all};
pub use trend::{DeliveryPeriod, DeliveryTrend, ENOUGH, Period, delivery_trend, months};

use crate::calendar::Instant;
use crate::identity::{DeploymentId, IncidentId, ItemId, ServiceId};
use crate::words;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
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

/// A commit that a deployment brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commit {
    /// Its hash, or as much of it as is known.
    pub sha: String,
    /// When it was written, where that is known.
    pub authored_at: Option<Instant>,
    /// Its first line; may be empty.
    pub subject: String,
}

/// One deployment of a service to an environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// Its identity.
    pub id: DeploymentId,
    /// The service.
    pub service: ServiceId,
    /// The name of the environment; may be empty.
    pub environment: String,
    /// Whether the environment is production.
    pub is_production: bool,
    /// What was deployed, by its version; may be empty.
    pub version: String,
    /// When it began.
    pub started_at: Instant,
    /// When it ended; none while it runs, or where nobody knows.
    pub finished_at: Option<Instant>,
    /// What became of it.
    pub result: DeploymentResult,
    /// What it brought.
    pub commits: Vec<Commit>,
    /// The deployment that it repaired, and how.
    pub repairs: Option<(DeploymentId, Repair)>,
    /// Whether it was unplanned work on something users saw, without naming what it repaired.
    pub is_unplanned: bool,
    /// What people should know of it, plain text; may be empty.
    pub note: String,
    /// Where more stands; may be empty.
    pub url: String,
    /// The source that knows it, and the key by which; none where a person wrote it down.
    pub outside: Option<(String, String)>,
}

impl Deployment {
    /// When it was in production; none where it is not.
    pub fn live_at(&self) -> Option<Instant> {
        let reached = self.is_production && self.result == DeploymentResult::Succeeded;
        reached.then(|| self.moment())
    }

    /// When it ended; when it began where no end is known.
    pub fn moment(&self) -> Instant {
        self.finished_at.unwrap_or(self.started_at)
    }

    /// What it is called among people: its version, else the beginning of its last commit's hash; may be empty.
    pub fn name(&self) -> &str {
        match (self.version.as_str(), self.commits.last()) {
            ("", Some(commit)) => commit.sha.get(..10).unwrap_or(&commit.sha),
            (version, _) => version,
        }
    }
}

/// The names of environments that mean production, unless a person says otherwise. An environment without a name is
/// the only one, and so production.
pub fn is_production(environment: &str) -> bool {
    let name = environment.trim().to_lowercase();
    let words = ["production", "prod", "prd", "live"];
    name.is_empty() || name.split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}

/// Why a deployment cannot be as it is told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeploymentRefused {
    /// It ended before it began.
    #[error("it ended before it began")]
    EndsBeforeItBegins,
    /// It ran and has an end.
    #[error("what is under way has no end yet")]
    RunsAndEnded,
    /// It repairs itself, or what repairs it.
    #[error("what a deployment repairs goes in a circle")]
    Circle,
    /// It repairs one that came after it.
    #[error("a deployment repairs one that was there before")]
    RepairsALaterOne,
    /// It repairs one of another service.
    #[error("a deployment repairs one of its own service")]
    RepairsAnotherService,
}

impl Deployment {
    /// The same deployment, if it can be so beside the others: those that its repairs lead to are among them.
    pub fn checked(self, others: &[Deployment]) -> Result<Deployment, DeploymentRefused> {
        let by_id: HashMap<DeploymentId, &Deployment> = others.iter().map(|one| (one.id, one)).collect();
        if self.finished_at.is_some_and(|end| end < self.started_at) {
            return Err(DeploymentRefused::EndsBeforeItBegins);
        }
        if self.result == DeploymentResult::Running && self.finished_at.is_some() {
            return Err(DeploymentRefused::RunsAndEnded);
        }
        let mut next = self.repairs.map(|(broken, _)| broken);
        for _ in 0..=others.len() {
            match next {
                Some(id) if id == self.id => return Err(DeploymentRefused::Circle),
                Some(id) => next = by_id.get(&id).and_then(|one| one.repairs).map(|(broken, _)| broken),
                None => break,
            }
        }
        if next.is_some() {
            return Err(DeploymentRefused::Circle);
        }
        if let Some(broken) = self.repairs.and_then(|(broken, _)| by_id.get(&broken)) {
            if broken.service != self.service {
                return Err(DeploymentRefused::RepairsAnotherService);
            }
            if broken.started_at > self.moment() {
                return Err(DeploymentRefused::RepairsALaterOne);
            }
        }
        Ok(self)
    }
}

/// The labels of items that commits name: `T-12` in “T-12: pay by card”. Each once, in the order in which they are named.
pub fn named_items(commits: &[Commit], labels: &HashMap<String, ItemId>) -> Vec<ItemId> {
    let mut found = Vec::new();
    for commit in commits {
        for word in commit.subject.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '_')) {
            let word = word.trim_matches('-').to_uppercase();
            if let Some(item) = labels.get(&word).filter(|item| !found.contains(*item)) {
                found.push(*item);
            }
        }
    }
    found
}

/// A confirmed link: an incident that a deployment caused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// The deployment.
    pub deployment: DeploymentId,
    /// The incident.
    pub incident: IncidentId,
    /// When the incident was mitigated; none while it is not.
    pub mitigated_at: Option<Instant>,
}

/// An incident for which a deployment is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspect {
    /// The incident.
    pub incident: IncidentId,
    /// A service that it affected.
    pub service: ServiceId,
    /// When it began.
    pub began_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(n: u128, at: i64, repairs: Option<u128>) -> Deployment {
        let id = |n: u128| uuid::Uuid::from_u128(n).into();
        Deployment {
            id: id(n),
            service: uuid::Uuid::from_u128(0).into(),
            environment: "production".into(),
            is_production: true,
            version: String::new(),
            started_at: Instant::from_millis(at),
            finished_at: Some(Instant::from_millis(at + 10)),
            result: DeploymentResult::Succeeded,
            commits: Vec::new(),
            repairs: repairs.map(|n| (id(n), Repair::Rollback)),
            is_unplanned: false,
            note: String::new(),
            url: String::new(),
            outside: None,
        }
    }

    #[test]
    fn a_deployment_repairs_an_earlier_one_of_its_service_and_never_itself() {
        let others = [one(1, 100, None), one(2, 200, Some(1))];
        assert_eq!(one(3, 300, Some(2)).checked(&others), Ok(one(3, 300, Some(2))));
        assert_eq!(one(3, 300, Some(3)).checked(&others), Err(DeploymentRefused::Circle));
        assert_eq!(one(1, 300, Some(2)).checked(&others), Err(DeploymentRefused::Circle), "through another");
        assert_eq!(one(3, 50, Some(1)).checked(&others), Err(DeploymentRefused::RepairsALaterOne));
        let other = Deployment { service: uuid::Uuid::from_u128(9).into(), ..one(3, 300, Some(1)) };
        assert_eq!(other.checked(&others), Err(DeploymentRefused::RepairsAnotherService));
    }

    #[test]
    fn a_deployment_ends_after_it_began_and_not_while_it_runs() {
        let ended = Deployment { finished_at: Some(Instant::from_millis(99)), ..one(1, 100, None) };
        assert_eq!(ended.checked(&[]), Err(DeploymentRefused::EndsBeforeItBegins));
        let runs = Deployment { result: DeploymentResult::Running, ..one(1, 100, None) };
        assert_eq!(runs.checked(&[]), Err(DeploymentRefused::RunsAndEnded));
    }

    #[test]
    fn production_is_known_by_its_usual_names() {
        for name in ["", "Production", "eu-prod", "PRD", "live"] {
            assert!(is_production(name), "{name}");
        }
        for name in ["staging", "test", "reproduction", "preview/42"] {
            assert!(!is_production(name), "{name}");
        }
    }

    #[test]
    fn items_are_found_by_their_labels_in_the_words_of_commits() {
        let labels: HashMap<String, ItemId> =
            (1..4_u128).map(|n| (format!("T-{n}"), uuid::Uuid::from_u128(n).into())).collect();
        let commit = |subject: &str| Commit { subject: subject.into(), ..Commit::default() };
        let commits = [commit("t-2: pay by card (T-1)"), commit("[T-2] again"), commit("T-30, AT-3, T-3x")];
        assert_eq!(named_items(&commits, &labels), [labels["T-2"], labels["T-1"]]);
    }
}
