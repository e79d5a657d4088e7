//! The five measures (12.1), and which deployment an incident may come from (12.2).
//!
//! 1. Only deployments that reached production in the window count.
//! 2. Change lead time: from the writing of each commit to the end of the deployment that brought it. A commit that is
//!    dated after its deployment is left out and counted.
//! 3. Change fail rate: distinct failed deployments ÷ deployments. Failed are those that a rollback or hotfix repairs and
//!    those with a confirmed incident; an aborted run changed nothing in production and is no deployment here.
//! 4. Failed deployment recovery time: from the end of a failed deployment to the mitigation of the last of its
//!    incidents, else to the end of what repaired it. A failure that lasts is counted apart.
//! 5. Rework rate: deployments that repair, or were unplanned, ÷ deployments.

use super::{Deployment, Failure, Suspect};
use crate::calendar::Instant;
use crate::identity::{DeploymentId, IncidentId};
use std::collections::{HashMap, HashSet};

/// The middle of durations, and what it stands on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Middle {
    /// The durations in milliseconds, in order of length: the dots.
    pub all: Vec<i64>,
    /// How many could not be measured: of a negative duration, or not over yet.
    pub left_out: u32,
}

impl Middle {
    /// The median in milliseconds; the mean of the middle two where their number is even. None without any.
    pub fn median(&self) -> Option<f64> {
        let n = self.all.len();
        match (n, n % 2) {
            (0, _) => None,
            (_, 1) => Some(self.all[n / 2] as f64),
            _ => Some((self.all[n / 2 - 1] as f64 + self.all[n / 2] as f64) / 2.0),
        }
    }

    /// How many were measured.
    pub fn n(&self) -> usize {
        self.all.len()
    }

    fn take(&mut self, from: Instant, to: Instant) {
        let duration = to.millis() - from.millis();
        if duration < 0 {
            self.left_out += 1;
        } else {
            self.all.push(duration);
        }
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fraction {
    /// So many.
    pub part: u32,
    /// Of so many.
    pub of: u32,
}

impl Fraction {
    /// As a fraction of one; none of none.
    pub fn rate(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.part) / f64::from(self.of))
    }
}

/// The five measures over a window.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dora {
    /// Change lead time.
    pub lead_time: Middle,
    /// Deployments that reached production.
    pub deployments: u32,
    /// Deployments a day of the window.
    pub a_day: f64,
    /// Change fail rate.
    pub failed: Fraction,
    /// Failed deployment recovery time.
    pub recovery: Middle,
    /// Rework rate.
    pub rework: Fraction,
}

impl Dora {
    /// The measures of the deployments that reached production from an instant up to another. All deployments that may
    /// repair or be repaired are given, in any order.
    pub fn new(deployments: &[Deployment], failures: &[Failure], from: Instant, to: Instant) -> Dora {
        let live: Vec<(&Deployment, Instant)> =
            deployments.iter().filter_map(|one| one.live_at().map(|at| (one, at))).collect();
        let known: HashSet<DeploymentId> = live.iter().map(|(one, _)| one.id).collect();
        // When each failed deployment was repaired, by what repaired it first.
        let mut repaired: HashMap<DeploymentId, Instant> = HashMap::new();
        for (one, at) in &live {
            if let Some((broken, _)) = one.repairs.filter(|(broken, _)| known.contains(broken)) {
                let first = repaired.entry(broken).or_insert(*at);
                *first = (*first).min(*at);
            }
        }
        let mut incidents: HashMap<DeploymentId, Vec<Option<Instant>>> = HashMap::new();
        for failure in failures {
            incidents.entry(failure.deployment).or_default().push(failure.mitigated_at);
        }

        let mut dora = Dora::default();
        for (one, at) in live.iter().filter(|(_, at)| from <= *at && *at < to) {
            dora.deployments += 1;
            for written in one.commits.iter().filter_map(|commit| commit.authored_at) {
                dora.lead_time.take(written, *at);
            }
            let caused = incidents.get(&one.id);
            if caused.is_some() || repaired.contains_key(&one.id) {
                dora.failed.part += 1;
                let mitigated = caused.map(|all| all.iter().copied().collect::<Option<Vec<Instant>>>());
                let recovered = match mitigated {
                    Some(all) => all.and_then(|all| all.into_iter().max()),
                    None => repaired.get(&one.id).copied(),
                };
                match recovered {
                    Some(recovered) => dora.recovery.take(*at, recovered),
                    None => dora.recovery.left_out += 1,
                }
            }
            if one.repairs.is_some() || one.is_unplanned {
                dora.rework.part += 1;
            }
        }
        dora.failed.of = dora.deployments;
        dora.rework.of = dora.deployments;
        let days = (to.millis() - from.millis()) as f64 / 86_400_000.0;
        dora.a_day = if days > 0.0 { f64::from(dora.deployments) / days } else { 0.0 };
        dora.lead_time.all.sort_unstable();
        dora.recovery.all.sort_unstable();
        dora
    }
}

/// The deployment from which an incident may come: the latest of its service that was in production when it began, not
/// longer than 24 h before (12.2). Of several of one instant, the last given.
pub fn propose(suspect: &Suspect, deployments: &[Deployment]) -> Option<DeploymentId> {
    const DAY: i64 = 24 * 3_600_000;
    deployments
        .iter()
        .filter(|one| one.service == suspect.service)
        .filter_map(|one| one.live_at().map(|at| (at, one.id)))
        .filter(|(at, _)| *at <= suspect.began_at && suspect.began_at.millis() - at.millis() <= DAY)
        .max_by_key(|(at, _)| *at)
        .map(|(_, id)| id)
}

/// Proposals for incidents that affected one or more services: for each incident the latest deployment that any of its
/// services proposes, incidents in the order in which they are given.
pub fn propose_all(suspects: &[Suspect], deployments: &[Deployment]) -> Vec<(IncidentId, DeploymentId)> {
    let moments: HashMap<DeploymentId, Instant> =
        deployments.iter().map(|one| (one.id, one.moment())).collect();
    let mut proposed: Vec<(IncidentId, DeploymentId)> = Vec::new();
    for suspect in suspects {
        let Some(deployment) = propose(suspect, deployments) else { continue };
        match proposed.iter_mut().find(|(incident, _)| *incident == suspect.incident) {
            Some(known) if moments.get(&known.1) < moments.get(&deployment) => known.1 = deployment,
            Some(_) => {}
            None => proposed.push((suspect.incident, deployment)),
        }
    }
    proposed
}

#[cfg(test)]
mod tests {
    use super::super::{Commit, DeploymentResult, Repair};
    use super::*;
    use expect_test::{Expect, expect};

    const HOUR: i64 = 3_600_000;

    fn id<T: From<uuid::Uuid>>(n: u128) -> T {
        uuid::Uuid::from_u128(n).into()
    }

    fn at(hours: i64) -> Instant {
        Instant::from_millis(hours * HOUR)
    }

    /// Deployments, one a line: `NUMBER HOUR [staging] [aborted] [commit=HOUR]… [rollback=NUMBER] [hotfix=NUMBER] [unplanned]`;
    /// failures: `incident NUMBER HOUR|open`.
    fn read(told: &str) -> (Vec<Deployment>, Vec<Failure>) {
        let (mut deployments, mut failures) = (Vec::new(), Vec::new());
        for line in told.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let number = |word: &str| word.parse::<i64>().unwrap();
            if words[0] == "incident" {
                failures.push(Failure {
                    deployment: id(number(words[1]) as u128),
                    incident: id(1_000 + failures.len() as u128),
                    mitigated_at: (words[2] != "open").then(|| at(number(words[2]))),
                });
                continue;
            }
            let mut one = Deployment {
                id: id(number(words[0]) as u128),
                service: id(0),
                environment: String::new(),
                is_production: true,
                version: String::new(),
                started_at: at(number(words[1])),
                finished_at: Some(at(number(words[1]))),
                result: DeploymentResult::Succeeded,
                commits: Vec::new(),
                repairs: None,
                is_unplanned: false,
                note: String::new(),
                url: String::new(),
                outside: None,
            };
            for word in &words[2..] {
                match word.split_once('=') {
                    Some(("commit", hour)) => {
                        one.commits.push(Commit { authored_at: Some(at(number(hour))), ..Commit::default() });
                    }
                    Some(("rollback", n)) => one.repairs = Some((id(number(n) as u128), Repair::Rollback)),
                    Some(("hotfix", n)) => one.repairs = Some((id(number(n) as u128), Repair::Hotfix)),
                    _ => match *word {
                        "staging" => one.is_production = false,
                        "aborted" => one.result = DeploymentResult::Aborted,
                        "unplanned" => one.is_unplanned = true,
                        other => panic!("{other}"),
                    },
                }
            }
            deployments.push(one);
        }
        (deployments, failures)
    }

    fn check(told: &str, expected: Expect) {
        let (deployments, failures) = read(told);
        let dora = Dora::new(&deployments, &failures, at(0), at(240));
        let middle = |middle: &Middle| {
            let median = middle.median().map_or("none".to_owned(), |ms| format!("{} h", ms / HOUR as f64));
            format!("{median}, n = {}, {} left out", middle.n(), middle.left_out)
        };
        let fraction = |fraction: Fraction| {
            let rate = fraction.rate().map_or("none".to_owned(), |rate| format!("{:.1} %", rate * 100.0));
            format!("{rate} ({} of {})", fraction.part, fraction.of)
        };
        expected.assert_eq(&format!(
            "lead time: {}\nfrequency: {} a day\nfailed: {}\nrecovery: {}\nrework: {}\n",
            middle(&dora.lead_time),
            dora.a_day,
            fraction(dora.failed),
            middle(&dora.recovery),
            fraction(dora.rework)
        ));
    }

    #[test]
    fn rule_12_1_five_measures_with_median_and_n() {
        check(
            "1 10 commit=4 commit=2
             2 20 commit=19
             3 22 rollback=2 commit=25
             4 30
             5 50 hotfix=4
             6 60 unplanned
             7 300 commit=299
             8 40 staging commit=1
             9 41 aborted commit=1
             incident 4 35
             incident 1 open",
            expect![[r#"
                lead time: 6 h, n = 3, 1 left out
                frequency: 0.6 a day
                failed: 50.0 % (3 of 6)
                recovery: 3.5 h, n = 2, 1 left out
                rework: 50.0 % (3 of 6)
            "#]],
        );
    }

    #[test]
    fn rule_12_1_no_deployments_is_not_0_percent() {
        check(
            "1 40 staging
             2 41 aborted",
            expect![[r#"
                lead time: none, n = 0, 0 left out
                frequency: 0 a day
                failed: none (0 of 0)
                recovery: none, n = 0, 0 left out
                rework: none (0 of 0)
            "#]],
        );
    }

    #[test]
    fn rule_12_2_a_deployment_that_failed_twice_failed_once() {
        check(
            "1 10
             2 12 rollback=1
             3 14 hotfix=1
             incident 1 16
             incident 1 13",
            expect![[r#"
                lead time: none, n = 0, 0 left out
                frequency: 0.3 a day
                failed: 33.3 % (1 of 3)
                recovery: 6 h, n = 1, 0 left out
                rework: 66.7 % (2 of 3)
            "#]],
        );
    }

    #[test]
    fn rule_12_2_the_latest_deployment_of_the_service_within_24_hours_is_proposed() {
        let (mut deployments, _) = read("1 10\n2 20\n3 21 aborted\n4 22\n5 30");
        deployments[3].service = id(7);
        let proposed = |began| {
            let suspect = Suspect { incident: id(99), service: id(0), began_at: at(began) };
            propose(&suspect, &deployments)
        };
        assert_eq!(proposed(9), None, "nothing was deployed yet");
        assert_eq!(proposed(10), Some(id(1)));
        assert_eq!(proposed(25), Some(id(2)), "of its own service, and it got there");
        assert_eq!(proposed(54), Some(id(5)));
        assert_eq!(proposed(55), None, "more than a day later");
    }
    #[test]
    fn rule_12_2_of_several_services_of_an_incident_the_latest_deployment_is_proposed() {
        let (mut deployments, _) = read("1 10\n2 20");
        deployments[1].service = id(7);
        let suspect = |service| Suspect { incident: id(99), service: id(service), began_at: at(25) };
        let expected: Vec<(IncidentId, DeploymentId)> = vec![(id(99), id(2))];
        assert_eq!(propose_all(&[suspect(0), suspect(7)], &deployments), expected);
        assert_eq!(propose_all(&[suspect(7), suspect(0)], &deployments), expected);
        assert_eq!(propose_all(&[suspect(8)], &deployments), []);
    }
}
