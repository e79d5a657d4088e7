//! Jira's answers as JSON, with their change logs: what was so on which day, and the Sprints of the past.
//!
//! 1. Real answers are read in place, and a peer's tables of the same answers say what must come out.
//! 2. Small answers of our own show each rule by itself.

use crate::sprint::left;
use app::exchange::dates::{self, DateOrder};
use app::exchange::table::{Column, Reading, Table};
use domain::backlog::{Item, ItemFact};
use domain::calendar::Zone;
use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn look(desk: &Desk, file: &[u8]) -> Value {
    desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file))
}

fn preview(desk: &Desk, file: &[u8], mapping: &Value) -> Value {
    desk.ask_with(json!({ "exchange": { "preview": { "mapping": mapping } } }), Some(file))
}

#[track_caller]
fn import(desk: &mut Desk, file: &[u8], mapping: &Value) -> app::Outcome {
    let command = json!({ "exchange": { "import": { "mapping": mapping } } });
    desk.try_run_with(command, Some(file)).expect("an import")
}

fn item_of(desk: &Desk, key: &str) -> Item {
    desk.team.read().outside_item("Jira", key).unwrap().unwrap_or_else(|| panic!("no {key}")).item
}

#[track_caller]
fn is_sound(desk: &Desk) {
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

/// The facts of an item in words, each with its local moment in Zurich.
fn facts(desk: &Desk, key: &str) -> Vec<String> {
    let reader = desk.team.read();
    let workflow = reader.workflow().unwrap();
    let zone = Zone::parse("Europe/Zurich").unwrap();
    let name = |id: &domain::identity::SprintId| reader.sprint(*id).unwrap().expect("a Sprint").name;
    let state = |id: &domain::identity::StateId| workflow.get(*id).expect("a state").name.clone();
    let said = reader.item_facts(item_of(desk, key).id).unwrap().into_iter().filter_map(|dated| {
        let what = match &dated.fact {
            ItemFact::Created { state: id } => format!("created {}", state(id)),
            ItemFact::Moved { state: id } => format!("moved {}", state(id)),
            ItemFact::Sized(size) => format!("sized {}", size.map_or("-".into(), |size| size.to_string())),
            ItemFact::Selected { sprint, origin, .. } => {
                let origin = origin.map_or(String::new(), |origin| format!(" {origin}"));
                format!("selected {}{origin}", name(sprint))
            }
            ItemFact::Returned { sprint } => format!("returned {}", name(sprint)),
            ItemFact::Carried { sprint } => format!("carried {}", name(sprint)),
            _ => return None,
        };
        Some(format!("{} {what}", zone.local(dated.happened_at).format("%m-%d %H:%M")))
    });
    said.collect()
}

/// One issue: key, type, status now, points, Sprints now, and its changes `at field from -> to`.
fn issue(key: &str, kind: &str, status: &str, points: Value, sprints: &[&Value], changes: &[&str]) -> Value {
    let histories = changes.iter().enumerate().map(|(number, change)| {
        let (at, rest) = change.split_once(' ').expect("a moment");
        let (field, rest) = rest.split_once(' ').expect("a field");
        let (from, to) = rest.split_once(" -> ").expect("from and to");
        let plain = |text: &str| text.trim_matches('-').trim().to_owned();
        let (from, to) = (plain(from), plain(to));
        let (field, id) = match field {
            "points" => ("Story Points", "customfield_10016"),
            "sprint" => ("Sprint", "customfield_10020"),
            other => (other, other),
        };
        json!({ "id": (number + 1).to_string(), "created": at, "items": [
            { "field": field, "fieldId": id, "from": from, "fromString": from, "to": to, "toString": to }
        ]})
    });
    let category = match status {
        "Done" => "done",
        "In Progress" => "indeterminate",
        _ => "new",
    };
    let mut histories: Vec<Value> = histories.collect();
    // Jira tells the newest first.
    histories.reverse();
    json!({
        "id": key.replace("PAY-", "100"), "key": key,
        "fields": {
            "summary": format!("Work of {key}"), "issuetype": { "name": kind },
            "status": { "id": status, "name": status, "statusCategory": { "key": category } },
            "created": "2026-09-01T09:00:00.000+0200", "resolutiondate": null, "labels": ["api"],
            "customfield_10016": points, "customfield_10020": sprints,
        },
        "changelog": { "startAt": 0, "total": histories.len(), "histories": histories },
    })
}

fn sprint(id: u64, name: &str, days: [&str; 3]) -> Value {
    let [start, end, complete] = days;
    let state = if complete.is_empty() { "active" } else { "closed" };
    let mut sprint = json!({
        "id": id, "name": name, "state": state, "boardId": 1, "goal": "",
        "startDate": format!("{start}:00.000Z"), "endDate": format!("{end}:00.000Z"),
    });
    if !complete.is_empty() {
        sprint["completeDate"] = json!(format!("{complete}:00.000Z"));
    }
    sprint
}

/// Two closed Sprints of a week and one that runs, four issues.
fn answer() -> Value {
    let one = sprint(1, "Alpha 1", ["2026-09-07T08:00", "2026-09-14T08:00", "2026-09-14T07:00"]);
    let two = sprint(2, "Alpha 2", ["2026-09-14T08:00", "2026-09-21T08:00", "2026-09-21T07:00"]);
    let three = sprint(3, "Alpha 3", ["2026-10-26T08:00", "2026-11-09T08:00", ""]);
    json!({
        "startAt": 0, "maxResults": 50, "total": 4,
        "names": { "customfield_10016": "Story Points" },
        "issues": [
            // Done in the first Sprint, re-sized on the way.
            issue("PAY-1", "Story", "Done", json!(8.0), &[&one], &[
                "2026-09-02T10:00:00.000+0200 points - -> 5",
                "2026-09-03T10:00:00.000+0200 sprint - -> 1",
                "2026-09-08T10:00:00.000+0200 status To Do -> In Progress",
                "2026-09-09T10:00:00.000+0200 points 5 -> 8",
                "2026-09-10T10:00:00.000+0200 status In Progress -> Done",
            ]),
            // Carried into the second: Jira writes that down some seconds after the close.
            issue("PAY-2", "Bug", "Done", json!(3.0), &[&one, &two], &[
                "2026-09-03T10:00:00.000+0200 sprint - -> 1",
                "2026-09-14T09:00:12.000+0200 sprint 1 -> 1, 2",
                "2026-09-16T10:00:00.000+0200 status To Do -> Done",
            ]),
            // Pulled in late, and taken out again.
            issue("PAY-3", "Story", "To Do", Value::Null, &[], &[
                "2026-09-09T12:00:00.000+0200 sprint - -> 1",
                "2026-09-11T12:00:00.000+0200 sprint 1 -> -",
            ]),
            // In the Sprint that runs.
            issue("PAY-4", "Story", "In Progress", json!(2.0), &[&three], &[
                "2026-10-20T12:00:00.000+0200 sprint - -> 3",
                "2026-10-27T12:00:00.000+0200 status To Do -> In Progress",
            ]),
        ],
    })
}

#[test]
fn a_change_log_becomes_dated_facts_and_closed_sprints_become_past_ones() {
    let mut desk = Desk::new();
    let file = answer().to_string();
    let seen = look(&desk, file.as_bytes());
    assert_eq!(seen["mapping"]["source"], "Jira");
    assert_eq!(seen["notes"], json!([]));
    let said = preview(&desk, file.as_bytes(), &seen["mapping"]);
    assert_eq!(said["title"], "Import 4 items from Jira with 2 past Sprints");
    assert_eq!(
        said["sprints"],
        json!([
            { "name": "Alpha 1", "firstDay": "2026-09-07", "lastDay": "2026-09-13", "items": 3 },
            { "name": "Alpha 2", "firstDay": "2026-09-14", "lastDay": "2026-09-20", "items": 1 },
        ])
    );
    assert_eq!(
        said["notes"],
        json!(["Sprints that are not closed there are kept as labels of their items: Alpha 3."])
    );
    assert_eq!(said["notImported"], json!([]));
    let outcome = import(&mut desk, file.as_bytes(), &seen["mapping"]);
    assert_eq!(outcome.title, "Import 4 items from Jira with 2 past Sprints");
    assert_eq!(
        facts(&desk, "PAY-1"),
        [
            "09-01 09:00 created To do",
            "09-02 10:00 sized 5",
            "09-03 10:00 selected Alpha 1",
            "09-08 10:00 moved In progress",
            "09-09 10:00 sized 8",
            "09-10 10:00 moved Done",
        ]
    );
    assert_eq!(
        facts(&desk, "PAY-2"),
        [
            "09-01 09:00 created To do",
            "09-01 09:00 sized 3",
            "09-03 10:00 selected Alpha 1",
            "09-14 09:00 carried Alpha 1",
            "09-14 09:00 selected Alpha 2",
            "09-16 10:00 moved Done",
        ]
    );
    assert_eq!(
        facts(&desk, "PAY-3"),
        [
            "09-01 09:00 created To do",
            "09-09 12:00 selected Alpha 1 pulledIn",
            "09-11 12:00 returned Alpha 1",
        ]
    );
    let reader = desk.team.read();
    let labels = reader.labels(item_of(&desk, "PAY-4").id).unwrap();
    let labels: Vec<String> = labels.into_iter().map(|(kind, name)| format!("{kind} {name}")).collect();
    assert_eq!(labels, ["label api", "sprint Alpha 3"], "a Sprint that is not over is a label");
    assert_eq!(item_of(&desk, "PAY-4").present.sprint, None);
    is_sound(&desk);

    // One step: gone at once, and back.
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(desk.team.read().sprints().unwrap(), vec![]);
    desk.run(json!({ "journal": { "redo": {} } }));
    is_sound(&desk);
}

#[test]
fn rule_3_5_a_past_sprint_is_sealed_with_what_it_came_to() {
    let mut desk = Desk::new();
    let file = answer().to_string();
    let mapping = look(&desk, file.as_bytes())["mapping"].clone();
    import(&mut desk, file.as_bytes(), &mapping);
    let sprints = desk.team.read().sprints().unwrap();
    let report = |at: usize| {
        desk.ask(json!({ "sprint": { "report": { "sprint": sprints[at].id.to_string() } } }))["report"]
            .clone()
    };
    let first = report(0);
    assert_eq!(first["name"], "Alpha 1");
    // 5 + 3 committed, re-sized by 3; the one that was pulled in and taken out has no size.
    let terms = json!({ "committed": 800, "added": 0, "removed": 0, "resized": 300, "done": 800 });
    assert_eq!(first["points"], terms);
    let terms = json!({ "committed": 200, "added": 100, "removed": 100, "resized": 0, "done": 100 });
    assert_eq!(first["items"], terms);
    assert_eq!(first["notCompleted"][0]["decision"], json!({ "nextSprint": { "sprint": sprints[1].id } }));
    let second = report(1);
    assert_eq!((&second["points"]["committed"], &second["points"]["done"]), (&json!(300), &json!(300)));
    assert_eq!(first["startedAt"].as_i64(), sprints[0].started_at.map(|at| at.millis()));

    // Nothing of it arrived late, so that there is nothing to correct.
    for sprint in &sprints {
        let question = json!({ "sprint": { "correction": { "sprint": sprint.id } } });
        assert_eq!(desk.ask(question), json!({ "late": [], "changes": null }), "{}", sprint.name);
    }
}

#[test]
fn rule_13_2_the_same_answer_again_changes_nothing_and_a_newer_one_goes_on() {
    let mut desk = Desk::new();
    let first = answer();
    let mapping = look(&desk, first.to_string().as_bytes())["mapping"].clone();
    import(&mut desk, first.to_string().as_bytes(), &mapping);
    let rows = desk.team.dump().unwrap();
    let again = import(&mut desk, first.to_string().as_bytes(), &mapping);
    assert_eq!(again.operation, None, "{}", again.title);
    assert_eq!(desk.team.dump().unwrap(), rows);

    // Later the third Sprint is closed, its item done in it.
    desk.clock("2026-11-10 09:00");
    let three = sprint(3, "Alpha 3", ["2026-10-26T08:00", "2026-11-09T08:00", "2026-11-09T07:00"]);
    let mut newer = first.clone();
    newer["issues"][3] = issue(
        "PAY-4",
        "Story",
        "Done",
        json!(2.0),
        &[&three],
        &[
            "2026-10-20T12:00:00.000+0200 sprint - -> 3",
            "2026-10-27T12:00:00.000+0200 status To Do -> In Progress",
            "2026-11-05T12:00:00.000+0100 status In Progress -> Done",
        ],
    );
    let newer = newer.to_string();
    let mapping = look(&desk, newer.as_bytes())["mapping"].clone();
    let said = preview(&desk, newer.as_bytes(), &mapping);
    assert_eq!(said["title"], "Update 1 item from Jira with one past Sprint");
    import(&mut desk, newer.as_bytes(), &mapping);
    assert_eq!(
        facts(&desk, "PAY-4"),
        [
            "09-01 09:00 created To do",
            "09-01 09:00 sized 2",
            "10-20 12:00 selected Alpha 3",
            "10-27 11:00 moved In progress",
            "11-05 12:00 moved Done",
        ]
    );
    let labels = desk.team.read().labels(item_of(&desk, "PAY-4").id).unwrap();
    assert_eq!(labels.len(), 1, "the label of the Sprint has gone: {labels:?}");
    is_sound(&desk);
}

#[test]
fn rule_13_2_a_change_log_adds_the_past_of_what_came_as_csv() {
    let mut desk = Desk::new();
    let csv = "Issue key,Summary,Issue Type,Status,Story Points,Created,Resolved,Sprint\n\
        PAY-1,Work of PAY-1,Story,Done,8,2026-09-01T09:00:00+0200,2026-09-10T10:00:00+0200,Alpha 1\n\
        PAY-3,Work of PAY-3,Story,To Do,,2026-09-01T09:00:00+0200,,\n";
    let mapping = look(&desk, csv.as_bytes())["mapping"].clone();
    import(&mut desk, csv.as_bytes(), &mapping);
    // The team goes on with one of them before the answer comes.
    let states = desk.ask(json!({ "team": { "settings": {} } }))["states"].clone();
    let progress = states.as_array().unwrap().iter().find(|state| state["category"] == "inProgress").unwrap();
    let item = item_of(&desk, "PAY-3").id;
    desk.run(json!({ "sprint": { "moveToState": { "items": [item], "state": progress["id"] } } }));

    let file = answer().to_string();
    let mapping = look(&desk, file.as_bytes())["mapping"].clone();
    let said = preview(&desk, file.as_bytes(), &mapping);
    assert_eq!(said["conflictsInAll"], json!(0), "{said}");
    assert_eq!(said["title"], "Import 2 items and update 2 from Jira with 2 past Sprints");
    import(&mut desk, file.as_bytes(), &mapping);
    let (first, third) = (facts(&desk, "PAY-1"), facts(&desk, "PAY-3"));
    assert!(first.contains(&"09-03 10:00 selected Alpha 1".to_owned()), "{first:?}");
    assert!(first.contains(&"09-08 10:00 moved In progress".to_owned()), "{first:?}");
    assert_eq!(first.last().unwrap(), "09-10 10:00 moved Done", "{first:?}");
    assert!(third.contains(&"09-11 12:00 returned Alpha 1".to_owned()), "{third:?}");
    assert_eq!(third.last().unwrap(), "11-02 09:00 moved In progress", "what the team did stays: {third:?}");
    let labels = desk.team.read().labels(item_of(&desk, "PAY-1").id).unwrap();
    assert_eq!(labels.len(), 1, "the label gave way to the Sprint: {labels:?}");
    is_sound(&desk);
    assert_eq!(import(&mut desk, file.as_bytes(), &mapping).operation, None);
}

#[test]
fn rule_1_4_a_past_sprint_in_which_nobody_is_known_teaches_no_focus() {
    let mut desk = Desk::new();
    desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "7", "from": "2026-11-02" } } }));
    let file = answer().to_string();
    let mapping = look(&desk, file.as_bytes())["mapping"].clone();
    import(&mut desk, file.as_bytes(), &mapping);
    for sprint in desk.team.read().sprints().unwrap() {
        let report = desk.ask(json!({ "sprint": { "report": { "sprint": sprint.id } } }))["report"].clone();
        assert_eq!(report["experience"]["personDays"], Value::Null, "{}", sprint.name);
    }
}

#[test]
fn answers_that_hold_no_items_or_are_cut_off_are_refused_in_words() {
    let desk = Desk::new();
    let refused = |text: &str| {
        let query = app::parse_query(&json!({ "exchange": { "look": {} } }).to_string()).unwrap();
        let context = app::Context {
            attachment: Some(text.as_bytes()),
            ..app::Context::new(desk.now(), 7, "test", "")
        };
        app::ask(&desk.team, query, &context).expect_err("a refusal").message
    };
    let sprints = json!([sprint(1, "Alpha 1", ["2026-09-07T08:00", "2026-09-14T08:00", ""])]).to_string();
    assert_eq!(refused(&sprints), "These are answers of Jira without issues.");
    let text = answer().to_string();
    let cut = refused(&text[..text.len() / 2]);
    assert_eq!(cut, "The JSON cannot be read on line 1: the text ends too early.");
    assert_eq!(refused(r#"{"weather": "fine"}"#), "This is JSON, but of no tracker that is known.");
}

// --- Real answers ---

fn table(path: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let bytes = std::fs::read(shared(&format!("data/jira-rest-devlake/expected/{path}"))?).expect("a file");
    let table = Table::read(&bytes, Reading::default()).expect("a table");
    let (mut rows, mut all) = (table.rows(), Vec::new());
    while let Some(row) = rows.next() {
        let cell = |column: &Column| (column.name.clone(), row.cell(column.positions[0]).to_owned());
        all.push(table.columns.iter().map(cell).collect());
    }
    Some(all)
}

fn at(text: &str) -> i64 {
    dates::read(text, DateOrder::DayFirst, Zone::UTC).expect("a moment").millis()
}

/// The number behind the last colon: `jira:JiraSprint:2:17`.
fn number(text: &str) -> String {
    text.rsplit(':').next().unwrap_or_default().to_owned()
}

#[test]
fn real_answers_come_out_as_a_peers_tables_have_them() {
    let Some(path) = shared("data/jira-rest-devlake/issues.json") else { return };
    let (Some(issues), Some(membership), Some(sprints)) =
        (table("issues.csv"), table("sprint_issues.csv"), table("sprints.csv"))
    else {
        return;
    };
    let file = std::fs::read(path).expect("the answers are read");
    let mut desk = Desk::new();
    let mut mapping = look(&desk, &file)["mapping"].clone();
    // The peer was told which field holds the points; so are we. Its sub-tasks come along.
    for column in mapping["columns"].as_array_mut().unwrap() {
        if column["name"] == "customfield_10024" {
            column["target"] = json!("size");
        }
    }
    let mapping = desk.ask_with(json!({ "exchange": { "look": { "mapping": mapping } } }), Some(&file));
    let mut mapping = mapping["mapping"].clone();
    for kind in mapping["kinds"].as_array_mut().unwrap() {
        if kind["to"] == "leaveOut" {
            kind["to"] = Value::Null;
        }
    }
    let said = preview(&desk, &file, &mapping);
    // One title holds U+0000, which no team file can keep.
    assert_eq!((&said["new"], &said["rowsInAll"], &said["leftOutInAll"]), (&json!(32), &json!(1), &json!(0)));
    let lost = said["rows"][0]["line"].as_u64().unwrap() as usize;
    let all: Value = serde_json::from_slice(&file).unwrap();
    let lost = all[lost - 1]["key"].as_str().unwrap().to_owned();
    import(&mut desk, &file, &mapping);
    is_sound(&desk);

    let reader = desk.team.read();
    for expected in issues.iter().filter(|one| one["issue_key"] != lost) {
        let item = item_of(&desk, &expected["issue_key"]);
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(squeezed(&item.title), squeezed(&expected["title"]));
        assert_eq!(
            item.present.created_at.unwrap().millis(),
            at(&expected["created_date"]),
            "{}",
            item.title
        );
        // The peer writes 0 and −1 for none.
        let points = item.present.size.map_or(0, |size| size.in_hundredths());
        let theirs: f64 = expected["story_point"].parse().unwrap();
        assert_eq!(points as f64, theirs.max(0.0) * 100.0, "{}", item.title);
        let parent = item.parent.and_then(|parent| reader.outside_keys(parent).unwrap().pop());
        let parent = parent.map(|parent| parent.key).unwrap_or_default();
        let theirs = number(&expected["parent_issue_id"]);
        let theirs = issues.iter().find(|one| number(&one["id"]) == theirs && !theirs.is_empty());
        assert_eq!(parent, theirs.map(|one| one["issue_key"].clone()).unwrap_or_default(), "{}", item.title);
    }

    // Who was in which Sprint at the end: those that a Sprint's close left in it, by its key.
    let mut members: BTreeSet<(String, String)> = BTreeSet::new();
    for sprint in reader.sprints().unwrap() {
        let expected = sprints.iter().find(|one| one["name"] == sprint.name);
        if let Some(expected) = expected {
            assert_eq!(sprint.started_at.unwrap().millis(), at(&expected["started_date"]), "{}", sprint.name);
            assert_eq!(
                sprint.closed_at.unwrap().millis(),
                at(&expected["completed_date"]),
                "{}",
                sprint.name
            );
        }
        for item in reader.items(store::ItemFilter::EverInSprint(sprint.id)).unwrap() {
            let facts = reader.item_facts(item.id).unwrap();
            let until = facts.iter().filter(|dated| dated.happened_at < sprint.closed_at.unwrap());
            // What has parts was selected there, and goes back at the start (1.1).
            let has_parts = reader.has_parts(item.id).unwrap();
            let selected = facts
                .iter()
                .any(|dated| matches!(dated.fact, ItemFact::Selected { sprint: of, .. } if of == sprint.id));
            let present = domain::backlog::ItemPresent::fold(until);
            if present.sprint == Some(sprint.id) || (has_parts && selected) {
                let key = reader.outside_keys(item.id).unwrap().pop().unwrap().key;
                members.insert((sprint.name.clone(), key));
            }
        }
    }
    let name = |id: &str| match id {
        "7" => "EE Sprint 7".to_owned(),
        id => sprints.iter().find(|one| number(&one["id"]) == id).expect("a Sprint")["name"].clone(),
    };
    let key =
        |id: &str| issues.iter().find(|one| number(&one["id"]) == id).expect("an issue")["issue_key"].clone();
    let theirs: BTreeSet<(String, String)> = membership
        .iter()
        .map(|row| (name(&number(&row["sprint_id"])), key(&number(&row["issue_id"]))))
        .filter(|(_, key)| *key != lost)
        .collect();
    assert_eq!(members, theirs);

    // A true burn-down: it begins with what was there, ends at the close, and what was done fell on its day.
    let sprint = reader.sprints().unwrap().into_iter().find(|one| one.name == "EE Sprint 7").unwrap();
    let report = desk.ask(json!({ "sprint": { "report": { "sprint": sprint.id } } }))["report"].clone();
    let done = report["entries"].as_array().unwrap().iter().filter(|entry| entry["change"] == "done").count();
    assert!(done > 10, "{done} items were done in it");
    let question = json!({ "chart": "burnDown", "sprint": sprint.id, "unit": "items", "theme": "light", "width": 900, "height": 480 });
    let burn = desk.ask(json!({ "flow": { "chart": question } }));
    let term = |name: &str| report["items"][name].as_i64().unwrap();
    let remaining = term("committed") + term("added") - term("removed") - term("done");
    assert_eq!(left(&burn), domain::measures::Size::hundredths(remaining).to_string(), "rule 3.4");
    assert_eq!(report["closedAt"], json!(sprint.closed_at.unwrap().millis()));
    let committed = report["items"]["committed"].as_i64().unwrap();
    assert!(committed > 1000, "what was in it at its start: {committed}");
}
