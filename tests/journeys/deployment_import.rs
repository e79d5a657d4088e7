//! Import of deployments: lists, releases, answers of GitHub and GitLab, a repository as it was read.

use domain::calendar::{Instant, Zone};
use evenkeel_tests::{Desk, shared};
use expect_test::{Expect, expect};
use serde_json::{Value, json};

const LIST: &str = "\
id,service,env,version,started,finished,status,first_commit_at,title,rollback of,hotfix of
1,checkout,production,2.0,2026-10-01 09:00,2026-10-01 09:10,success,2026-09-30 12:00,Pay by card,,
2,checkout,production,2.1,2026-10-02 09:00,2026-10-02 09:10,success,2026-10-02 08:00,Pay by invoice,,
3,checkout,production,2.0,2026-10-02 10:00,2026-10-02 10:05,success,,Back to 2.0,2.1,
4,checkout,production,2.1.1,2026-10-03 09:00,2026-10-03 09:05,success,,Mend the invoice,,2
5,search,production,7,2026-10-03 11:00,2026-10-03 10:00,success,,Ends before it begins,,
6,search,production,8,2026-10-04 11:00,,running,,Under way,,
7,search,staging,9,2026-10-04 12:00,2026-10-04 12:01,failed,,Never got there,,
8,search,production,10,2026-10-05 12:00,2026-10-05 12:01,green,,A word that stands for nothing,,
9,search,production,11,soon,,success,,No date,,
2,checkout,production,2.1,2026-10-02 09:00,2026-10-02 09:10,success,,Twice,,
10,search,production,12,2026-12-24 12:00,2026-12-24 12:01,success,,Lies ahead,,
11,search,production,13,2026-10-06 12:00,2026-10-06 12:01,success,,Takes back another service,2.0,
12,search,production,14,2026-10-06 13:00,2026-10-06 13:01,success,,Takes back a later one,15,
13,search,production,15,2026-10-06 14:00,2026-10-06 14:01,success,,Takes back what is not known,99,
";

fn desk() -> Desk {
    Desk::at("2026-11-02 09:00")
}

/// The look at a file, with the mapping changed.
fn look(desk: &Desk, name: &str, file: &[u8], change: Value) -> Value {
    let asked =
        |mapping: &Value| json!({ "exchange": { "deployments": { "name": name, "mapping": mapping } } });
    let mut mapping = desk.ask_with(asked(&Value::Null), Some(file))["mapping"].take();
    for (name, value) in change.as_object().expect("changes") {
        mapping[name] = value.clone();
    }
    desk.ask_with(asked(&mapping), Some(file))
}

#[track_caller]
fn import(desk: &mut Desk, look: &Value, file: &[u8]) -> app::Outcome {
    let command = json!({ "exchange": { "importDeployments": { "mapping": look["mapping"] } } });
    desk.try_run_with(command, Some(file)).expect("an import")
}

fn said(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// What a look says, without its sample.
fn told(look: &Value) -> String {
    let mut text = format!("{}\n", said(&look["title"]));
    text.push_str(&format!(
        "{} new, {} changed, {} as they are\n",
        look["new"], look["changed"], look["unchanged"]
    ));
    let columns = look["columns"].as_array().expect("columns").iter();
    let columns = columns.map(|one| format!("{}={}", said(&one["name"]), said(&one["target"])));
    text.push_str(&format!("{}\n", columns.collect::<Vec<_>>().join(" ")));
    for list in ["rows", "leftOut", "cells"] {
        for problem in look[list].as_array().expect("a list").iter().take(12) {
            text.push_str(&format!(
                "{list} {} {}: {}: {}\n",
                problem["line"],
                said(&problem["column"]),
                said(&problem["value"]),
                said(&problem["reason"])
            ));
        }
    }
    for note in look["notes"].as_array().expect("notes") {
        text.push_str(&format!("- {}\n", said(note)));
    }
    text
}

/// The deployments as the team has them, the earliest first.
fn all(desk: &Desk) -> String {
    let reader = desk.team.read();
    let services = reader.services().expect("services");
    let zone = Zone::parse("Europe/Zurich").expect("a zone");
    let when = |at: Instant| zone.local(at).format("%m-%d %H:%M").to_string();
    let deployments = reader.all_deployments().expect("deployments");
    let mut text = String::new();
    for one in &deployments {
        let service = services.iter().find(|service| service.id == one.service).expect("a service");
        let broken = one.repairs.and_then(|(id, how)| {
            deployments
                .iter()
                .find(|other| other.id == id)
                .map(|other| format!(" {how} of {}", other.version))
        });
        let commits: Vec<String> = one
            .commits
            .iter()
            .map(|commit| format!("{} {}", commit.sha, commit.authored_at.map_or("-".to_owned(), when)))
            .collect();
        text.push_str(&format!(
            "{} {} {} {} {}{}{}{}\n",
            service.name,
            one.environment,
            one.version,
            one.finished_at.map_or_else(|| format!("since {}", when(one.started_at)), when),
            one.result,
            broken.unwrap_or_default(),
            if one.is_unplanned { " unplanned" } else { "" },
            if commits.is_empty() { String::new() } else { format!(" [{}]", commits.join(", ")) },
        ));
    }
    text
}

#[track_caller]
fn check(actual: String, expected: Expect) {
    expected.assert_eq(&actual);
}

#[test]
fn a_list_is_taken_row_by_row_and_what_cannot_be_is_named() {
    let mut desk = desk();
    let seen = look(&desk, "list", LIST.as_bytes(), json!({}));
    check(
        told(&seen),
        expect![[r#"
        Import 9 deployments from list
        9 new, 0 changed, 0 as they are
        id=key service=service env=environment version=version started=started finished=finished status=result first_commit_at=written title=subject rollback of=rollback hotfix of=hotfix
        rows 6 finished: 2026-10-03 10:00: it ended before it began, at 2026-10-03 11:00
        rows 9 status: green: it is not said what this stands for
        rows 10 started: soon: this is not a date that can be read
        rows 11 id: 2: line 3 has the same key
        rows 12 finished: 2026-12-24 12:01: it lies ahead
        cells 13 rollback of: 2.0: what it repairs is another service; it counts as rework
        cells 14 rollback of: 15: what it repairs was not there before it; it counts as rework
        cells 15 rollback of: 99: there is no such deployment; it counts as rework
        - New services: checkout, search.
        - When one commit of each was written is said of 2 of 9; the lead time is counted from it.
        - One went to an environment that is not production; it counts in no measure.
        - Of 3 it is not known what they took back or mended; they count as rework.
        - 5 rows are not taken.
    "#]],
    );
    let outcome = import(&mut desk, &seen, LIST.as_bytes());
    assert_eq!(outcome.title, said(&seen["title"]));
    check(
        all(&desk),
        expect![[r#"
        checkout production 2.0 10-01 09:10 succeeded [ 09-30 12:00]
        checkout production 2.1 10-02 09:10 succeeded [ 10-02 08:00]
        checkout production 2.0 10-02 10:05 succeeded rollback of 2.1
        checkout production 2.1.1 10-03 09:05 succeeded hotfix of 2.1
        search production 8 since 10-04 11:00 running
        search staging 9 10-04 12:01 aborted
        search production 13 10-06 12:01 succeeded unplanned
        search production 14 10-06 13:01 succeeded unplanned
        search production 15 10-06 14:01 succeeded unplanned
    "#]],
    );
    assert_eq!(desk.team.check().expect("a check").problems, vec![]);
    let lost = json!({ "exchange": { "deploymentsNotTaken": { "mapping": seen["mapping"] } } });
    let lost = desk.ask_with(lost, Some(LIST.as_bytes()));
    assert_eq!(lost["count"], 8, "{lost}");

    // The same file again changes nothing; one step takes all of it back, the new services with it.
    let again = look(&desk, "list", LIST.as_bytes(), json!({}));
    assert_eq!((&again["new"], &again["changed"], &again["unchanged"]), (&json!(0), &json!(0), &seen["new"]));
    assert_eq!(import(&mut desk, &again, LIST.as_bytes()).operation, None);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(all(&desk), "");
    assert!(desk.team.read().services().expect("services").is_empty());
}

#[test]
fn a_later_file_fills_in_what_was_not_known_and_changes_nothing_else() {
    let mut desk = desk();
    let seen = look(&desk, "list", LIST.as_bytes(), json!({}));
    import(&mut desk, &seen, LIST.as_bytes());
    let later = "\
id,service,env,version,started,finished,status,rollback of
6,Search,production,8,2026-10-04 11:00,2026-10-04 11:20,success,
1,CheckOut,production,1.9,2026-10-01 09:00,2026-10-01 09:30,success,
14,search,production,8,2026-10-08 11:00,2026-10-08 11:20,success,15
";
    let seen = look(&desk, "list", later.as_bytes(), json!({}));
    check(
        told(&seen),
        expect![[r#"
            Import 1 deployment and fill in 1 from list
            1 new, 1 changed, 1 as they are
            id=key service=service env=environment version=version started=started finished=finished status=result rollback of=rollback
            cells 3 finished: 2026-10-01 09:30: it is 2026-10-01 09:10 here, which an import does not change
            cells 3 version: 1.9: it is 2.0 here, which an import does not change
            - The file does not say when commits were written, so that there is no lead time.
        "#]],
    );
    assert_eq!(
        import(&mut desk, &seen, later.as_bytes()).title,
        "Import 1 deployment and fill in 1 from list"
    );
    let all = all(&desk);
    assert!(all.contains("search production 8 10-04 11:20 succeeded\n"), "{all}");
    assert!(all.contains("search production 8 10-08 11:20 succeeded rollback of 15\n"), "{all}");
    assert!(all.contains("checkout production 2.0 10-01 09:10 succeeded"), "{all}");
}

#[test]
fn a_person_says_what_a_column_and_a_word_stand_for() {
    let mut desk = desk();
    let file = "Paket;Ausgerollt;Lage\nLadenkasse 4;3.10.2026 14:00;grün\nLadenkasse 5;4.10.2026 14:00;rot\n";
    let seen = look(&desk, "rollouts", file.as_bytes(), json!({}));
    let reasons: Vec<&str> =
        seen["rows"].as_array().expect("rows").iter().map(|row| said(&row["reason"])).collect();
    assert_eq!(reasons, ["it is not said when it was"; 2]);
    let columns = json!([
        { "name": "Paket", "target": "version" },
        { "name": "Ausgerollt", "target": "finished" },
        { "name": "Lage", "target": "result" },
    ]);
    let seen = look(&desk, "rollouts", file.as_bytes(), json!({ "columns": columns, "service": "kasse" }));
    assert_eq!(
        seen["mapping"]["results"],
        json!([{ "value": "grün", "to": null }, { "value": "rot", "to": null }])
    );
    let results = json!([{ "value": "grün", "to": "succeeded" }, { "value": "rot", "to": "aborted" }]);
    let change = json!({ "columns": columns, "service": "kasse", "results": results });
    let seen = look(&desk, "rollouts", file.as_bytes(), change);
    import(&mut desk, &seen, file.as_bytes());
    check(
        all(&desk),
        expect![[r#"
        kasse production Ladenkasse 4 10-03 14:00 succeeded
        kasse production Ladenkasse 5 10-04 14:00 aborted
    "#]],
    );
}

#[test]
fn items_that_commits_name_are_contained() {
    let mut desk = desk();
    let item = json!({ "title": "Pay by card", "kind": "feature" });
    let item = desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
    let label = desk.ask(json!({ "backlog": { "item": { "item": item } } }))["row"]["label"].clone();
    let label = said(&label);
    let repository = json!({ "evenkeelRepository": "shop", "branch": "main", "tags": [
        { "name": "v1", "sha": "aa11111", "at": 1_790_000_000_000_i64, "subject": "One", "commits": [] },
        { "name": "v2", "sha": "bb22222", "at": 1_790_086_400_000_i64, "subject": "Two", "commits": [
            { "sha": "bb22222", "authored": 1_790_050_000_000_i64, "subject": format!("{label}: pay by card") },
        ] },
    ], "mainLine": [] });
    let file = repository.to_string();
    let seen = look(&desk, "shop", file.as_bytes(), json!({}));
    check(
        told(&seen),
        expect![[r#"
        Import 2 deployments from git shop
        2 new, 0 changed, 0 as they are
        Key=key Version=version Finished=finished Subject=subject
        - No column names a service: each is of “shop”.
        - The service shop is new.
        - The file does not say how they went; each counts as one that got there.
        - What the first tag brought is not known: nothing says what was there before.
        - One contains items that its commits name.
    "#]],
    );
    import(&mut desk, &seen, file.as_bytes());
    let item: domain::identity::ItemId = item.parse().expect("an identity");
    let deployed = desk.team.read().deployed_items().expect("items");
    assert_eq!(deployed.get(&item).map(Vec::len), Some(1));
}

#[test]
fn a_commit_of_the_main_line_that_only_takes_back_is_a_rollback() {
    let mut desk = desk();
    let tip = |sha: &str, hour: i64, reverts: Value| {
        let at = 1_790_000_000_000_i64 + hour * 3_600_000;
        json!({ "name": "", "sha": sha, "at": at, "subject": sha, "commits": [
            { "sha": sha, "authored": at - 600_000, "subject": sha, "isMerge": false, "reverts": reverts },
        ] })
    };
    let repository = json!({ "evenkeelRepository": "shop", "tags": [], "mainLine": [
        tip("aaaa1111cccc", 0, Value::Null),
        tip("bbbb2222cccc", 1, json!("aaaa1111")),
        tip("cccc3333cccc", 2, json!("ffff0000ffff")),
    ] });
    let file = repository.to_string();
    let seen = look(&desk, "shop", file.as_bytes(), json!({}));
    check(
        told(&seen),
        expect![[r#"
        Import 3 deployments from git shop
        3 new, 0 changed, 0 as they are
        Key=key Version=version Finished=finished Subject=subject
        cells 3 : ffff0000ffff: there is no such deployment; it counts as rework
        - No column names a service: each is of “shop”.
        - The service shop is new.
        - The file does not say how they went; each counts as one that got there.
        - Of one it is not known what it took back or mended; it counts as rework.
    "#]],
    );
    import(&mut desk, &seen, file.as_bytes());
    check(
        all(&desk),
        expect![[r#"
        shop production aaaa1111cc 09-21 16:13 succeeded [aaaa1111cccc 09-21 16:03]
        shop production bbbb2222cc 09-21 17:13 succeeded rollback of aaaa1111cc [bbbb2222cccc 09-21 17:03]
        shop production cccc3333cc 09-21 18:13 succeeded unplanned [cccc3333cccc 09-21 18:03]
    "#]],
    );
}

#[test]
fn answers_of_gitlab_are_deployments_of_their_project() {
    let mut desk = desk();
    let one = |id: u32, status: &str, environment: &str, day: u32| {
        json!({ "id": id, "iid": id, "ref": "main", "sha": format!("a91957a8{id}"), "status": status,
            "created_at": format!("2026-10-{day:02}T11:32:35.444Z"), "updated_at": format!("2026-10-{day:02}T11:34:01.123Z"),
            "environment": { "id": 9, "name": environment },
            "deployable": { "name": "deploy", "started_at": format!("2026-10-{day:02}T11:32:40.000Z"),
                "finished_at": format!("2026-10-{day:02}T11:33:36.001Z"),
                "commit": { "title": "Merge branch 'rename'", "created_at": format!("2026-10-{day:02}T09:28:26.000+02:00") },
                "pipeline": { "web_url": "https://gitlab.example.com/group/ledger/-/pipelines/12" } } })
    };
    let answer = json!([
        one(41, "success", "production", 1),
        one(42, "failed", "production", 2),
        one(43, "success", "review/x", 3),
        one(44, "running", "production", 4)
    ]);
    let file = answer.to_string();
    let seen = look(&desk, "deployments", file.as_bytes(), json!({}));
    import(&mut desk, &seen, file.as_bytes());
    check(
        all(&desk),
        expect![[r#"
        ledger production main 10-01 13:33 succeeded [a91957a841 10-01 09:28]
        ledger production main 10-02 13:33 aborted [a91957a842 10-02 09:28]
        ledger review/x main 10-03 13:33 succeeded [a91957a843 10-03 09:28]
        ledger production main since 10-04 13:32 running [a91957a844 10-04 09:28]
    "#]],
    );
}

#[test]
fn what_is_no_file_of_deployments_is_refused_in_words() {
    let mut desk = desk();
    let asked = json!({ "exchange": { "deployments": {} } });
    let refused = desk.try_ask_with(asked, Some(b"[{\"title\": 1}]")).expect_err("it is refused");
    assert_eq!(refused.message, "This is JSON, but it tells of no deployments that are known.");
    let seen = look(&desk, "list", LIST.as_bytes(), json!({ "source": " " }));
    let command = json!({ "exchange": { "importDeployments": { "mapping": seen["mapping"] } } });
    let refused = desk.try_run_with(command, Some(LIST.as_bytes())).expect_err("it is refused");
    assert_eq!(refused.field.as_deref(), Some("source"));
}

#[test]
fn nine_years_of_a_real_service_come_in_whole() {
    let Some(path) = shared("data/deploys-mybinder/main_branch_changes.csv") else { return };
    let file = std::fs::read(path).expect("the list is read");
    let mut desk = desk();
    let seen = look(&desk, "mybinder", &file, json!({}));
    check(
        told(&seen),
        expect![[r#"
        Import 3053 deployments from mybinder
        3053 new, 0 changed, 0 as they are
        sha=key kind=ignore landed_at=finished first_commit_authored_at=written commits=ignore pr=number is_revert=rollback is_bot_bump=ignore branch_or_subject=subject
        cells 124 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 127 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 132 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 135 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 154 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 156 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 168 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 187 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 190 is_revert: staging: it is not said what it repaired; it counts as rework
        cells 272 is_revert: revert-histogram: it is not said what it repaired; it counts as rework
        cells 342 is_revert: revert-bump: it is not said what it repaired; it counts as rework
        cells 349 is_revert: wonky: it is not said what it repaired; it counts as rework
        - No column names a service: each is of “mybinder”.
        - The service mybinder is new.
        - The file does not say how they went; each counts as one that got there.
        - When one commit of each was written is said of 2961 of 3053; the lead time is counted from it.
        - Of 47 it is not known what they took back or mended; they count as rework.
    "#]],
    );
    import(&mut desk, &seen, &file);
    let book = desk.team.read().all_deployments().expect("deployments");
    // A header, and a line each; how many were taken back was counted from the file.
    assert_eq!(book.len() + 1, String::from_utf8_lossy(&file).lines().count());
    let again = look(&desk, "mybinder", &file, json!({}));
    assert_eq!(
        (&again["new"], &again["changed"], &again["cellsInAll"]),
        (&json!(0), &json!(0), &seen["cellsInAll"])
    );
    let dora = domain::delivery::Dora::new(&book, &[], Instant::from_millis(0), desk.now());
    let median = dora.lead_time.median().expect("a median") / 3_600_000.0;
    let repairing = book.iter().filter(|one| one.repairs.is_some()).count();
    check(
        format!(
            "{} deployments, {} lead times, median {median:.1} h, {} left out\n{} failed, {} rework, {repairing} name what they took back\n",
            dora.deployments,
            dora.lead_time.n(),
            dora.lead_time.left_out,
            dora.failed.part,
            dora.rework.part,
        ),
        expect![[r#"
            3053 deployments, 2961 lead times, median 1.2 h, 0 left out
            87 failed, 134 rework, 87 name what they took back
        "#]],
    );
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(all(&desk), "");
}

#[test]
fn real_releases_come_in_without_those_before_a_release() {
    let mut text = String::new();
    for name in ["datasette", "devlake", "goalert", "taiga-back", "uptime-kuma"] {
        let Some(path) = shared(&format!("data/release-tags/{name}.csv")) else { return };
        let file = std::fs::read(path).expect("the list is read");
        let mut desk = desk();
        let seen = look(&desk, name, &file, json!({}));
        let title = import(&mut desk, &seen, &file).title;
        let rows =
            seen["rowsInAll"].as_u64().expect("a number") + seen["leftOutInAll"].as_u64().expect("a number");
        let lines = String::from_utf8_lossy(&file).lines().count() as u64;
        assert_eq!(seen["new"].as_u64().expect("a number") + rows + 1, lines, "{name}: every line is told");
        text.push_str(&format!(
            "{title}; left out {}, not taken {}\n",
            seen["leftOutInAll"], seen["rowsInAll"]
        ));
    }
    check(
        text,
        expect![[r#"
        Import 111 deployments from datasette; left out 66, not taken 0
        Import 73 deployments from devlake; left out 237, not taken 0
        Import 17 deployments from goalert; left out 2, not taken 0
        Import 125 deployments from taiga-back; left out 4, not taken 0
        Import 110 deployments from uptime-kuma; left out 33, not taken 0
    "#]],
    );
}

#[test]
fn runs_of_real_workflows_deploy_what_a_person_says() {
    let Some(path) = shared("data/github-devlake/runs.json") else { return };
    let file = std::fs::read(path).expect("the answer is read");
    let mut desk = desk();
    let seen = look(&desk, "runs", &file, json!({}));
    check(
        told(&seen),
        expect![[r#"
        Import deployments from GitHub runs
        0 new, 0 changed, 0 as they are
        Key=key Service=service Environment=environment Version=version Workflow=ignore Event=ignore Branch=ignore Result=result Started=started Finished=finished Commit=commit Commit written=written Subject=subject
        leftOut 11 : Lint: a run for a pull request puts nothing into production
        leftOut 12 : CodeQL: a run for a pull request puts nothing into production
        leftOut 13 : Tests: a run for a pull request puts nothing into production
        leftOut 18 : Tests: a run for a pull request puts nothing into production
        leftOut 19 : Lint: a run for a pull request puts nothing into production
        leftOut 20 : CodeQL: a run for a pull request puts nothing into production
        leftOut 21 : CodeQL: a run for a pull request puts nothing into production
        leftOut 22 : CodeQL: a run for a pull request puts nothing into production
        leftOut 23 : CodeQL: a run for a pull request puts nothing into production
        leftOut 24 : CodeQL: a run for a pull request puts nothing into production
        leftOut 25 : CodeQL: a run for a pull request puts nothing into production
        leftOut 26 : CodeQL: a run for a pull request puts nothing into production
        - Nothing says by itself which rows are deployments; choose those that are.
    "#]],
    );
    let only = json!({ "column": "Workflow", "values": ["CodeQL"] });
    let seen = look(&desk, "runs", &file, json!({ "only": only }));
    import(&mut desk, &seen, &file);
    let runs: Value = serde_json::from_slice(&file).expect("JSON");
    let wanted = runs
        .as_array()
        .expect("runs")
        .iter()
        .filter(|run| run["name"] == "CodeQL" && run["event"] != "pull_request");
    assert_eq!(desk.team.read().all_deployments().expect("deployments").len(), wanted.count());
}

#[test]
fn rule_12_1_the_chart_of_delivery_tells_months_or_sprints_and_the_deployments_behind_them() {
    let mut desk = desk();
    let seen = look(&desk, "list", LIST.as_bytes(), json!({}));
    import(&mut desk, &seen, LIST.as_bytes());
    let chart = |desk: &Desk, more: Value| {
        let mut question = json!({ "chart": "delivery", "theme": "light", "width": 960, "height": 540 });
        for (name, value) in more.as_object().expect("changes") {
            question[name] = value.clone();
        }
        question
            .is_object()
            .then(|| desk.try_ask(json!({ "flow": { "chart": question } })))
            .expect("a question")
            .map(|view| {
                let rows = view["chart"]["table"]["rows"].as_array().expect("rows").clone();
                let row = |row: &Value| {
                    let cells = [0, 3, 6, 8, 11, 13].map(|at| said(&row[at]).to_owned());
                    cells.join(" | ")
                };
                (
                    rows.iter().map(row).collect::<Vec<String>>(),
                    view["chart"]["points"][0].clone(),
                    question.clone(),
                )
            })
    };
    // No Sprint was begun: months. Deployments, commits, failed, recovered, rework.
    let (rows, point, question) = chart(&desk, json!({})).expect("a chart");
    assert_eq!(rows, ["Oct 2026 | 7 | 2 | 1 | 1 | 5", "Nov 2026 | 0 | 0 |  | 0 | "]);
    let behind =
        desk.ask(json!({ "flow": { "behind": { "question": question, "behind": point["behind"] } } }));
    assert_eq!(said(&behind["title"]), "7 deployments from 1 October to 31 October");
    let told: Vec<String> = behind["rows"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| format!("{}: {}", said(&row["title"]), said(&row["what"])))
        .collect();
    assert!(told.contains(&"checkout 2.1: failed, 1 commit".to_owned()), "{told:?}");
    assert!(told.contains(&"checkout 2.1.1: rework".to_owned()), "{told:?}");
    let refused = chart(&desk, json!({ "period": "sprint" })).expect_err("there is no Sprint");
    assert_eq!(refused.field.as_deref(), Some("period"));
    let refused = chart(&desk, json!({ "asOf": "2026-09-30" })).expect_err("there was no deployment");
    assert_eq!(refused.message, "Nothing reached production yet.");

    // As of a past day nothing is known that came later; of one service only what is its own.
    let (rows, ..) = chart(&desk, json!({ "asOf": "2026-10-02" })).expect("a chart");
    assert_eq!(rows, ["Oct 2026 | 3 | 2 | 1 | 1 | 1"]);
    let services = desk.team.read().services().expect("services");
    let search = services.iter().find(|service| service.name == "search").expect("search").id;
    let (rows, ..) = chart(&desk, json!({ "service": search })).expect("a chart");
    assert_eq!(rows, ["Oct 2026 | 3 | 0 | 0 | 0 | 3", "Nov 2026 | 0 | 0 |  | 0 | "]);
}

/// Nine years of deployments and the postmortems of the same service, as one team has them: what caused what is proposed
/// once the incidents are said to be of that service.
#[test]
fn rule_12_2_causes_are_proposed_for_a_real_team() {
    let Some(path) = shared("data/deploys-mybinder/main_branch_changes.csv") else { return };
    let Some(folder) = shared("data/postmortems-mybinder/docs") else { return };
    let file = std::fs::read(path).expect("the list is read");
    let mut desk = desk();
    let seen = look(&desk, "mybinder", &file, json!({}));
    import(&mut desk, &seen, &file);
    let mut reports: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("the report is read")))
        .filter(|(name, _)| name.rsplit('/').next().is_some_and(|name| name.starts_with("20")))
        .collect();
    reports.sort();
    let count = reports.len();
    let packed = app::exchange::files::pack(&reports);
    let mut mapping = desk.ask_with(json!({ "exchange": { "look": {} } }), Some(&packed))["mapping"].take();
    mapping["service"] = json!("Mybinder");
    let seen = desk.ask_with(json!({ "exchange": { "look": { "mapping": mapping } } }), Some(&packed));
    let command = json!({ "exchange": { "import": { "mapping": seen["mapping"] } } });
    desk.try_run_with(command, Some(&packed)).expect("an import");
    let told = desk.ask(json!({ "delivery": { "proposals": {} } }));
    let (proposals, unlinked) =
        (told["proposals"].as_array().expect("proposals"), told["unlinked"].as_array().expect("incidents"));
    assert_eq!(proposals.len() + unlinked.len(), count, "each incident is told of once");
    assert!(proposals.len() >= 5, "{} proposals", proposals.len());
    for one in proposals {
        let apart = one["incident"]["beganAt"].as_i64().expect("when")
            - one["deployment"]["at"].as_i64().expect("when");
        assert!((0..=24 * 3_600_000).contains(&apart), "{one}");
    }
    let reasons: Vec<&str> = unlinked.iter().map(|one| said(&one["whyNot"])).collect();
    assert!(reasons.iter().all(|why| *why != "no service is named"), "{reasons:?}");

    // Confirmed, a deployment has failed: a month more in the chart says so.
    let failed = |desk: &Desk| {
        let book = desk.team.read().all_deployments().expect("deployments");
        let rows = desk.ask(json!({ "flow": { "chart": {
            "chart": "delivery", "last": 240, "theme": "light", "width": 960, "height": 540 } } }));
        let rows = rows["chart"]["table"]["rows"].as_array().expect("rows").clone();
        let sum = |column: usize| -> usize {
            rows.iter().filter_map(|row| said(&row[column]).parse::<usize>().ok()).sum()
        };
        assert_eq!(sum(3), book.len(), "the months hold every deployment");
        sum(8)
    };
    let before = failed(&desk);
    let first = &proposals[0];
    let link = json!({ "incident": first["incident"]["id"], "deployment": first["deployment"]["id"] });
    desk.run(json!({ "delivery": { "linkIncident": link } }));
    assert_eq!(failed(&desk), before + 1);
}
