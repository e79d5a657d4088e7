//! Whether an item is live (12.3).
//!
//! 1. An item is live once a deployment that contains it is in production.
//! 2. A deployment that was rolled back contains nothing any more: what only it contained is no longer live, which is
//!    another thing than never having been.

use super::{Deployment, Repair};
use crate::calendar::Instant;
use crate::identity::DeploymentId;
use crate::words;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use ts_rs::TS;

/// How far an item is on its way to users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Going {
    /// No deployment brought it to production.
    NotLive,
    /// It was live and was rolled back.
    TakenBack,
    /// It is live.
    Live,
}
words!(Going { NotLive = "notLive", TakenBack = "takenBack", Live = "live" });

/// Whether an item is live, since when, and by which deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Live {
    /// How far it is.
    pub going: Going,
    /// Since when that is so; none where no deployment brought it.
    pub since: Option<Instant>,
    /// The deployment that brought it.
    pub by: Option<DeploymentId>,
}

/// When each deployment was rolled back, by the first rollback that reached production.
pub fn rolled_back(deployments: &[Deployment]) -> HashMap<DeploymentId, Instant> {
    let mut when: HashMap<DeploymentId, Instant> = HashMap::new();
    for one in deployments {
        if let (Some((broken, Repair::Rollback)), Some(at)) = (one.repairs, one.live_at()) {
            let first = when.entry(broken).or_insert(at);
            *first = (*first).min(at);
        }
    }
    when
}

/// Whether an item is live by the deployments that contain it.
pub fn live<'d>(
    containing: impl IntoIterator<Item = &'d Deployment>,
    rolled_back: &HashMap<DeploymentId, Instant>,
) -> Live {
    type When = Option<(Instant, DeploymentId)>;
    let (mut live, mut taken): (When, When) = (None, None);
    for one in containing {
        let Some(at) = one.live_at() else { continue };
        match rolled_back.get(&one.id) {
            // The first that brought it counts,
            None => live = Some(live.map_or((at, one.id), |first| first.min((at, one.id)))),
            // and the last that took it back.
            Some(back) => taken = Some(taken.map_or((*back, one.id), |last| last.max((*back, one.id)))),
        }
    }
    let (going, found) = match (live, taken) {
        (Some(live), _) => (Going::Live, Some(live)),
        (None, Some(taken)) => (Going::TakenBack, Some(taken)),
        (None, None) => (Going::NotLive, None),
    };
    Live { going, since: found.map(|(at, _)| at), by: found.map(|(_, by)| by) }
}

#[cfg(test)]
mod tests {
    use super::super::DeploymentResult;
    use super::*;

    fn id(n: u128) -> DeploymentId {
        uuid::Uuid::from_u128(n).into()
    }

    fn one(n: u128, at: i64) -> Deployment {
        Deployment {
            id: id(n),
            service: uuid::Uuid::from_u128(0).into(),
            environment: "production".into(),
            is_production: true,
            version: String::new(),
            started_at: Instant::from_millis(at),
            finished_at: None,
            result: DeploymentResult::Succeeded,
            commits: Vec::new(),
            repairs: None,
            is_unplanned: false,
            note: String::new(),
            url: String::new(),
            outside: None,
        }
    }

    fn told(deployments: &[Deployment], containing: &[usize]) -> (Going, Option<i64>, Option<DeploymentId>) {
        let found = live(containing.iter().map(|n| &deployments[*n]), &rolled_back(deployments));
        (found.going, found.since.map(Instant::millis), found.by)
    }

    #[test]
    fn rule_12_3_an_item_is_live_once_a_deployment_in_production_contains_it() {
        let staging = Deployment { is_production: false, ..one(1, 10) };
        let stopped = Deployment { result: DeploymentResult::Aborted, ..one(2, 20) };
        let all = [staging, stopped, one(3, 30), one(4, 40)];
        assert_eq!(told(&all, &[]), (Going::NotLive, None, None));
        assert_eq!(told(&all, &[0, 1]), (Going::NotLive, None, None));
        assert_eq!(told(&all, &[3, 2, 0]), (Going::Live, Some(30), Some(id(3))));
    }

    #[test]
    fn rule_12_3_what_was_rolled_back_is_no_longer_live_until_it_comes_again() {
        let rollback = Deployment { repairs: Some((id(1), Repair::Rollback)), ..one(2, 20) };
        let failed = Deployment { result: DeploymentResult::Aborted, ..rollback.clone() };
        assert_eq!(told(&[one(1, 10), failed], &[0]), (Going::Live, Some(10), Some(id(1))));
        let all = [one(1, 10), rollback, one(3, 30)];
        assert_eq!(told(&all, &[0]), (Going::TakenBack, Some(20), Some(id(1))));
        assert_eq!(told(&all, &[0, 2]), (Going::Live, Some(30), Some(id(3))));
        let hotfix = Deployment { repairs: Some((id(1), Repair::Hotfix)), ..one(2, 20) };
        assert_eq!(
            told(&[one(1, 10), hotfix], &[0]),
            (Going::Live, Some(10), Some(id(1))),
            "a hotfix keeps it"
        );
    }
}
