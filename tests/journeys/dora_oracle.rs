//! What a peer answers about lead times, deployments before others and deployments behind incidents, beside what we
//! answer. Where the two differ, the rule of ours that decides is named; the peer’s bands (elite to low) have no rule
//! here: figures are told with their n, not graded.

use chrono::{DateTime, NaiveDateTime};
use domain::calendar::Instant;
use domain::delivery::{Commit, Deployment, DeploymentResult, Dora, Suspect, propose};
use domain::identity::{DeploymentId, ServiceId};
use evenkeel_tests::shared;
use serde_json::Value;
use std::collections::BTreeMap;

fn oracle() -> Option<Value> {
    let text = std::fs::read_to_string(shared("oracles/dora_devlake.json")?).expect("the oracle is read");
    Some(serde_json::from_str(&text).expect("the oracle is JSON"))
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    let list = value[name].as_array().unwrap_or_else(|| panic!("{name} in {value}"));
    assert!(!list.is_empty(), "{name}");
    list
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is a text"))
}

fn instant(written: &str) -> Instant {
    let at = DateTime::parse_from_rfc3339(written).map(|at| at.timestamp_millis());
    let plain = || {
        NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M:%S").map(|at| at.and_utc().timestamp_millis())
    };
    Instant::from_millis(at.or_else(|_| plain()).unwrap_or_else(|_| panic!("{written} is a time")))
}

fn id(number: &str) -> DeploymentId {
    identity(number.parse().expect("a number")).parse().expect("an identity")
}

fn identity(number: u64) -> String {
    format!("00000000-0000-7000-8000-{number:012}")
}

fn service(name: &str) -> ServiceId {
    let number = name.bytes().fold(7, |sum: u64, byte| (sum * 31 + u64::from(byte)) % 1_000_000_007);
    identity(number).parse().expect("an identity")
}

/// A deployment of theirs as one of ours: a scope’s repository is a service.
fn deployment(
    number: &str,
    of: ServiceId,
    result: &str,
    environment: Option<&str>,
    at: (Instant, Instant),
) -> Deployment {
    Deployment {
        id: id(number),
        service: of,
        environment: environment.unwrap_or_default().to_owned(),
        is_production: environment == Some("PRODUCTION"),
        version: String::new(),
        started_at: at.0,
        finished_at: Some(at.1),
        result: if result == "SUCCESS" { DeploymentResult::Succeeded } else { DeploymentResult::Aborted },
        commits: Vec::new(),
        repairs: None,
        is_unplanned: false,
        note: String::new(),
        url: String::new(),
        outside: None,
    }
}

/// Compares answers, theirs and ours, case by case: those that are named differ, by the rule beside them, and no others.
#[track_caller]
fn compare(cases: &[(String, Option<i64>, Option<i64>)], named: &[(&str, &str)]) {
    let differing: BTreeMap<&str, &str> = named.iter().copied().collect();
    let mut agreeing = 0;
    for (case, theirs, ours) in cases {
        match differing.get(case.as_str()) {
            Some(rule) => assert_ne!(theirs, ours, "{case} agrees, though {rule}"),
            None => {
                assert_eq!(theirs, ours, "{case}");
                agreeing += 1;
            }
        }
    }
    assert_eq!(agreeing + named.len(), cases.len(), "every named case is there");
    assert!(agreeing > 0);
}

#[test]
fn rule_12_1_lead_time_goes_from_the_commit_to_the_deployment_that_brought_it() {
    let Some(oracle) = oracle() else { return };
    let theirs = &oracle["lead_time"];
    // Which deployment contains the merge commit of each pull request: `commit5` is that of deployment 5.
    let contains: BTreeMap<&str, &str> = list(theirs, "contained_in")
        .iter()
        .map(|pair| (text(&pair[0]), text(&pair[1]).trim_start_matches("commit")))
        .collect();
    let mut cases = Vec::new();
    for case in list(theirs, "cases") {
        let authored = case["commits_authored"].as_array().expect("commits");
        let commits: Vec<Commit> = authored
            .iter()
            .map(|at| Commit { authored_at: Some(instant(text(at))), ..Commit::default() })
            .collect();
        let within = contains.get(text(&case["merge_commit"])).copied();
        let deployments: Vec<Deployment> = list(theirs, "deployments")
            .iter()
            .map(|one| {
                let of = service(&format!("{} {}", text(&one["cicd_scope_id"]), text(&one["repo_url"])));
                let at = (instant(text(&one["started_date"])), instant(text(&one["finished_date"])));
                let environment = one["environment"].as_str();
                let told = deployment(text(&one["id"]), of, text(&one["result"]), environment, at);
                let brought = if within == one["id"].as_str() { commits.clone() } else { Vec::new() };
                Deployment { commits: brought, ..told }
            })
            .collect();
        let (first, last) = (Instant::from_millis(0), Instant::from_millis(4_000_000_000_000));
        let lead_time = Dora::new(&deployments, &[], first, last).lead_time;
        // The peer tells of the earliest commit, in minutes, rounded up.
        let ours = lead_time.all.last().map(|ms| (ms + 59_999) / 60_000);
        cases.push((text(&case["pr"]).to_owned(), case["expected_minutes"]["cycle"].as_i64(), ours));
    }
    compare(
        &cases,
        &[
            (
                "pr0",
                "12.1: it ends in production; the peer ends at the merge, because it knows nothing before the first deployment",
            ),
            (
                "pr2",
                "12.1: it begins with a commit; the peer begins with the pull request, because the commits were written later",
            ),
            (
                "pr3",
                "12.1: it ends in production; the peer ends at the merge, because that is dated after the deployment",
            ),
            (
                "pr4",
                "12.1: staging is not production, so that there is no lead time; the peer ends at the merge",
            ),
            (
                "pr5",
                "12.1: what never got there brought nothing, so that there is no lead time; the peer ends at the merge",
            ),
        ],
    );
}

#[test]
fn rule_12_2_the_deployment_before_is_the_latest_of_the_service_in_production_within_24_hours() {
    let Some(oracle) = oracle() else { return };
    let rows = list(&oracle["previous_success"], "rows");
    let of = |row: &Value| service(&format!("{} {}", text(&row["scope"]), text(&row["repo"])));
    let deployments: Vec<Deployment> = rows
        .iter()
        .map(|row| {
            let at = instant(text(&row["started"]));
            deployment(text(&row["id"]), of(row), text(&row["result"]), row["env"].as_str(), (at, at))
        })
        .collect();
    let number = |of: DeploymentId| {
        let is = |row: &&Value| id(text(&row["id"])) == of;
        rows.iter().find(is).and_then(|row| text(&row["id"]).parse::<i64>().ok())
    };
    let cases: Vec<_> = rows
        .iter()
        .map(|row| {
            let moment = instant(text(&row["started"])).plus_millis(-1);
            let suspect = Suspect {
                incident: identity(1).parse().expect("an identity"),
                service: of(row),
                began_at: moment,
            };
            let is_production = row["env"].as_str() == Some("PRODUCTION");
            let ours =
                propose(&suspect, &deployments).filter(|_| is_production && row["result"] == "SUCCESS");
            let theirs = row["expected_previous"].as_str().map(|id| id.parse().expect("a number"));
            (text(&row["id"]).to_owned(), theirs, ours.and_then(number))
        })
        .collect();
    compare(
        &cases,
        &[
            ("5", "12.2: not longer than 24 hours before"),
            ("6", "12.2: not longer than 24 hours before"),
            ("8", "12.1: staging is not production"),
        ],
    );
}

#[test]
fn rule_12_2_an_incident_is_laid_to_the_latest_deployment_within_24_hours() {
    let Some(oracle) = oracle() else { return };
    let theirs = &oracle["incident_to_deployment"];
    // The peer knows a project where we know a service.
    let project = service("project");
    let scopes: Vec<String> = list(theirs, "project_scopes")
        .iter()
        .map(|pair| format!("{}/{}", text(&pair[0]), text(&pair[1])))
        .collect();
    let number = |name: &str| name.trim_start_matches("pipeline").parse::<i64>().expect("a number");
    let told = list(theirs, "deployments");
    let deployments: Vec<Deployment> = told
        .iter()
        .enumerate()
        .map(|(place, row)| {
            let at = instant(text(&row[3]));
            deployment(&place.to_string(), project, text(&row[1]), row[2].as_str(), (at, at))
        })
        .collect();
    let place = |id: DeploymentId| deployments.iter().position(|one| one.id == id).expect("it was given");
    let cases: Vec<_> = list(theirs, "rows")
        .iter()
        .map(|row| {
            let of = if scopes.iter().any(|scope| scope == text(&row["scope"])) {
                project
            } else {
                service("another")
            };
            let began_at = instant(text(&row["created"]));
            let suspect =
                Suspect { incident: identity(1).parse().expect("an identity"), service: of, began_at };
            let ours = propose(&suspect, &deployments).map(|id| number(text(&told[place(id)][0])));
            (text(&row["incident"]).to_owned(), row["expected"].as_str().map(number), ours)
        })
        .collect();
    let late = "12.2: a deployment longer than 24 hours before proposes nothing";
    compare(
        &cases,
        &[
            ("1367714738", late),
            ("1370816458", late),
            ("1371320153", late),
            ("1372381019", late),
            ("1372644519", late),
        ],
    );
}
