//! Export and import again; exports of more trackers; several files at once.
//!
//! 1. What is exported can be read by anybody, and comes back without a change.
//! 2. Real exports are read in place; small ones of our own stand where nobody has left a real one.

use app::exchange::files::pack;
use domain::backlog::Item;
use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn proposed(desk: &Desk, file: &[u8]) -> Value {
    desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file))
}

fn preview(desk: &Desk, file: &[u8]) -> Value {
    let mapping = proposed(desk, file)["mapping"].clone();
    desk.ask_with(json!({ "exchange": { "preview": { "mapping": mapping } } }), Some(file))
}

#[track_caller]
fn import(desk: &mut Desk, file: &[u8]) -> app::Outcome {
    let mapping = proposed(desk, file)["mapping"].clone();
    desk.try_run_with(json!({ "exchange": { "import": { "mapping": mapping } } }), Some(file))
        .expect("an import")
}

#[track_caller]
fn is_sound(desk: &Desk) {
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

fn export(desk: &Desk, what: Value, format: &str) -> Value {
    desk.ask(json!({ "exchange": { "export": { "what": what, "format": format } } }))
}

fn items(desk: &Desk) -> Vec<Item> {
    desk.team.read().items(store::ItemFilter::All).unwrap()
}

fn labels(desk: &Desk, item: &Item) -> Vec<String> {
    let labels = desk.team.read().labels(item.id).unwrap();
    labels.into_iter().map(|(kind, name)| format!("{kind} {name}")).collect()
}

/// A team with everything that an export has to carry over.
fn team() -> Desk {
    let mut desk = Desk::new();
    let member = json!({ "name": "Ana", "hours": "7", "days": null, "from": "2026-10-01", "to": "" });
    desk.run(json!({ "team": { "addMember": member } }));
    let csv = "Key,Title,Description,Type,Priority,Points,Status,Assignee,Labels,Sprint,Parent\n\
        A-1,\"Refunds, in \"\"parts\"\"\",\"First line\nsecond, line\",Story,,8,In Progress,Ana,web;api,S 1,\n\
        A-2,'=SUM(A1),'@home,Bug,High,0.5,Done,Somebody,,,A-1\n\
        A-3,'+49 30 1234,,Chore,,,To Do,,,,\n";
    import(&mut desk, csv.as_bytes());
    desk.run(json!({ "backlog": { "addItem": { "title": "'=already kept", "kind": null, "size": 13_00 } } }));
    desk
}

#[test]
fn the_backlog_comes_back_from_csv_without_a_change() {
    let mut desk = team();
    let exported = export(&desk, json!("backlog"), "csv");
    assert_eq!((&exported["name"], &exported["rows"]), (&json!("Payments - backlog.csv"), &json!(4)));
    let text = exported["text"].as_str().unwrap();
    assert!(text.starts_with("Label,Title,Kind,Severity,Size,State,Owner,"), "{text}");
    assert!(
        text.contains("\"Refunds, in \"\"parts\"\"\",feature,,8,In progress,Ana,\"web\napi\",S 1,"),
        "{text}"
    );
    assert!(text.lines().count() > 4 && text.contains("\r\n"), "lines end as RFC 4180 has it");

    let seen = proposed(&desk, text.as_bytes());
    assert_eq!((&seen["mapping"]["source"], &seen["notes"]), (&json!("Evenkeel"), &json!([])));
    let said = preview(&desk, text.as_bytes());
    assert_eq!(
        (&said["unchanged"], &said["new"], &said["changed"]),
        (&json!(4), &json!(0), &json!(0)),
        "{said}"
    );
    assert_eq!((&said["rowsInAll"], &said["cellsInAll"]), (&json!(0), &json!(0)));
    let (before, rows) = (items(&desk), desk.team.dump().unwrap());
    assert_eq!(import(&mut desk, text.as_bytes()).operation, None);
    assert_eq!((items(&desk), desk.team.dump().unwrap()), (before.clone(), rows));

    // What is changed in the file alone is taken, and what was changed here meanwhile stays.
    let changed = text.replace(",8,In progress,", ",5,In progress,");
    desk.run(json!({ "backlog": { "size": { "items": [before[1].id], "size": 300 } } }));
    let said = preview(&desk, changed.as_bytes());
    assert_eq!((&said["changed"], &said["conflictsInAll"]), (&json!(1), &json!(0)), "{said}");
    import(&mut desk, changed.as_bytes());
    let sizes: Vec<_> =
        items(&desk).iter().map(|item| item.present.size.map(|size| size.to_string())).collect();
    assert!(sizes.contains(&Some("5".into())) && sizes.contains(&Some("3".into())), "{sizes:?}");
    is_sound(&desk);
}

#[test]
fn the_backlog_of_one_team_can_begin_another() {
    let desk = team();
    let text = export(&desk, json!("backlog"), "csv")["text"].as_str().unwrap().to_owned();
    let mut other = Desk::new();
    import(&mut other, text.as_bytes());
    let titles = |desk: &Desk| items(desk).iter().map(|item| item.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&other), titles(&desk));
    assert!(other.team.read().has_parts(items(&other)[0].id).unwrap(), "parts are parts again");
    assert_eq!(import(&mut other, text.as_bytes()).operation, None);
    is_sound(&other);
}

#[test]
fn a_cell_that_would_be_run_as_a_formula_is_made_harmless() {
    let desk = team();
    for what in [json!("backlog"), json!({ "table": "item" })] {
        let text = export(&desk, what, "csv")["text"].as_str().unwrap().to_owned();
        for harmless in ["'=SUM(A1)", "'@home", "'+49 30 1234", "''=already kept"] {
            assert!(text.contains(harmless), "{harmless} in {text}");
        }
        assert!(!text.contains(",=SUM") && !text.contains(",@home") && !text.contains(",+49"), "{text}");
    }
    // JSON is not opened by a spreadsheet program: it says what is so.
    let json = export(&desk, json!("backlog"), "json")["text"].as_str().unwrap().to_owned();
    let rows: Value = serde_json::from_str(&json).unwrap();
    let titles: BTreeSet<&str> =
        rows.as_array().unwrap().iter().filter_map(|row| row["Title"].as_str()).collect();
    assert!(titles.contains("=SUM(A1)") && titles.contains("'=already kept"), "{titles:?}");
}

#[test]
fn every_table_can_be_exported_and_everything_at_once() {
    let desk = team();
    let tables = desk.ask(json!({ "exchange": { "tables": {} } }))["tables"].clone();
    let everything = export(&desk, json!("everything"), "json")["text"].as_str().unwrap().to_owned();
    let everything: Value = serde_json::from_str(&everything).unwrap();
    for table in tables.as_array().unwrap() {
        let name = table["name"].as_str().unwrap();
        let rows = export(&desk, json!({ "table": name }), "csv");
        assert_eq!(rows["rows"], table["rows"], "{name}");
        assert_eq!(json!(everything[name].as_array().unwrap().len()), table["rows"], "{name}");
    }
    let names: BTreeSet<&str> =
        tables.as_array().unwrap().iter().filter_map(|t| t["name"].as_str()).collect();
    for name in ["team", "item", "item_event", "sprint", "operation", "change"] {
        assert!(names.contains(name), "{name}");
    }
    let marked = json!({ "exchange": { "export": { "what": "backlog", "format": "csv", "mark": true } } });
    assert!(desk.ask(marked)["text"].as_str().unwrap().starts_with('\u{feff}'));
    let refused = |what: Value, format: &str| {
        let query = json!({ "exchange": { "export": { "what": what, "format": format } } }).to_string();
        let context = app::Context::new(desk.now(), 3, "test", "");
        app::ask(&desk.team, app::parse_query(&query).unwrap(), &context).expect_err("a refusal").message
    };
    assert_eq!(refused(json!("everything"), "csv"), "A CSV file holds one table.");
    assert_eq!(
        refused(json!({ "table": "sqlite_schema" }), "json"),
        "The team file has no table “sqlite_schema”."
    );
}

// --- More trackers ---

#[test]
fn redmine_is_known_and_mapped() {
    let mut desk = Desk::new();
    let csv = "#,Project,Tracker,Parent task,Status,Priority,Subject,Author,Assignee,Updated,Category,Target version,\
        Start date,Due date,Estimated time,% Done,Created,Closed,Private\n\
        101,Shop,Feature,,New,Normal,Pay by invoice,Ben,Ana,11/01/2026 10:00 AM,,1.4,,,16.0,0,10/01/2026 09:00 AM,,No\n\
        102,Shop,Bug,101,Feedback,Immediate,Total is wrong,Ben,,11/01/2026 10:00 AM,,1.4,,,,50,10/02/2026 09:00 AM,,No\n\
        103,Shop,Support,,Rejected,Low,How do I pay?,Ben,,11/01/2026 10:00 AM,,,,,,0,10/03/2026 09:00 AM,10/14/2026 09:00 AM,No\n";
    let seen = proposed(&desk, csv.as_bytes());
    assert_eq!((&seen["mapping"]["source"], &seen["notes"]), (&json!("Redmine"), &json!([])));
    import(&mut desk, csv.as_bytes());
    let found = items(&desk);
    let shown: Vec<String> = found
        .iter()
        .map(|item| {
            let workflow = desk.team.read().workflow().unwrap();
            let state = workflow.get(item.present.state.unwrap()).unwrap().name.clone();
            let kind = item.present.kind.map_or("-".to_owned(), |kind| kind.to_string());
            format!("{} {kind} {state} {:?}", item.title, labels(&desk, item))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "Total is wrong bug In progress [\"sprint 1.4\"]",
            "Pay by invoice feature To do [\"sprint 1.4\", \"owner Ana\"]",
            "How do I pay? - Cancelled []",
        ]
    );
    assert_eq!(found[0].parent, Some(found[1].id));
    assert_eq!(found[1].present.size, None, "hours are no points");
    assert_eq!(import(&mut desk, csv.as_bytes()).operation, None);
}

#[test]
fn rule_13_3_an_iteration_path_of_azure_devops_is_kept_as_a_label() {
    let mut desk = Desk::new();
    let csv =
        "ID,Work Item Type,Title,State,Iteration Path\n1,User Story,Pay,Active,Shop\\Release 1\\Sprint 12\n";
    import(&mut desk, csv.as_bytes());
    assert_eq!(labels(&desk, &items(&desk)[0]), ["sprint Shop\\Release 1\\Sprint 12"]);
    assert_eq!(desk.team.read().sprints().unwrap(), vec![]);
}

#[test]
fn a_real_export_of_linear_is_taken() {
    let Some(path) = shared("data/linear-csv-plane/linear.csv") else { return };
    let file = std::fs::read(path).unwrap();
    let mut desk = Desk::new();
    let seen = proposed(&desk, &file);
    assert_eq!(seen["mapping"]["source"], "Linear");
    let outcome = import(&mut desk, &file);
    assert_eq!(outcome.title, "Import 1 item from Linear");
    let item = &items(&desk)[0];
    assert_eq!((item.title.as_str(), item.description.as_str()), ("Make smooth", "Just make it smooth"));
    assert!(labels(&desk, item).contains(&"label Fast".to_owned()));
    assert_eq!(import(&mut desk, &file).operation, None);
}

#[test]
fn a_real_board_of_trello_is_taken_whole() {
    let files = ["cards", "lists", "labels", "check_items"];
    let read = |name: &&str| {
        Some((
            format!("{name}.json"),
            std::fs::read(shared(&format!("data/trello-devlake/{name}.json"))?).unwrap(),
        ))
    };
    let Some(files) = files.iter().map(read).collect::<Option<Vec<_>>>() else { return };
    let cards: Vec<Value> = serde_json::from_slice(&files[0].1).unwrap();
    let templates = cards.iter().filter(|card| card["isTemplate"] == true).count();
    let packed = pack(&files);
    let mut desk = Desk::new();
    let found = desk.ask_with(json!({ "exchange": { "files": {} } }), Some(&packed));
    assert_eq!(
        found["exports"],
        json!([{ "names": ["cards.json", "lists.json", "labels.json", "check_items.json"], "tracker": "Trello", "refused": null }])
    );
    let said = preview(&desk, &packed);
    assert_eq!(said["new"], json!(cards.len() - templates));
    assert_eq!((&said["leftOutInAll"], &said["rowsInAll"]), (&json!(templates), &json!(0)));
    import(&mut desk, &packed);
    let done = cards.iter().filter(|card| card["name"] == "[Example task]").count();
    assert_eq!(items(&desk).iter().filter(|item| item.title == "[Example task]").count(), done);
    let reader = desk.team.read();
    let workflow = reader.workflow().unwrap();
    let item = reader.outside_item("Trello", cards[0]["shortLink"].as_str().unwrap()).unwrap();
    assert!(item.is_some() || cards[0]["isTemplate"] == true);
    let is_done = |item: &Item| workflow.category(item.present.state) == domain::backlog::Category::Done;
    assert!(items(&desk).iter().filter(|item| is_done(item)).count() >= 10, "lists called Done are done");
    assert_eq!(import(&mut desk, &packed).operation, None);
    is_sound(&desk);
}

#[test]
fn an_archived_card_has_ended_and_moves_between_lists_are_dated() {
    let card = |number: u32, list: &str, closed: bool| {
        json!({ "id": format!("6a4e0d0{number}e6751c75dc0dc6f6"), "name": format!("Card {number}"), "shortLink": format!("c{number}"),
            "idList": list, "closed": closed, "isTemplate": false, "desc": "", "labels": [], "idMembers": ["m1"] })
    };
    let board = json!({
        "name": "Shop", "lists": [{ "id": "l1", "name": "Doing" }, { "id": "l2", "name": "Done" }],
        "members": [{ "id": "m1", "fullName": "Ana" }],
        "cards": [card(1, "l2", true), card(2, "l1", true), card(3, "l2", false)],
        "actions": [{ "date": "2026-10-20T10:00:00.000Z", "data": {
            "card": { "id": "6a4e0d03e6751c75dc0dc6f6" }, "listBefore": { "name": "Doing" }, "listAfter": { "name": "Done" } } }],
    });
    let mut desk = Desk::new();
    import(&mut desk, board.to_string().as_bytes());
    let reader = desk.team.read();
    let workflow = reader.workflow().unwrap();
    let shown: Vec<String> = ["c1", "c2", "c3"]
        .iter()
        .map(|key| {
            let present = reader.outside_item("Trello", key).unwrap().unwrap().item.present;
            let since = present.state_since.unwrap().millis() == 1_792_490_400_000;
            format!("{} {since}", workflow.category(present.state))
        })
        .collect();
    assert_eq!(shown, ["done false", "cancelled false", "done true"]);
}

#[test]
fn real_issues_of_github_are_taken_and_pull_requests_are_not() {
    let Some(path) = shared("data/github-devlake/issues.json") else { return };
    let file = std::fs::read(path).unwrap();
    let all: Vec<Value> = serde_json::from_slice(&file).unwrap();
    let is_pull = |issue: &&Value| issue.get("pull_request").is_some();
    let pulls = all.iter().filter(is_pull).count();
    let mut desk = Desk::new();
    let said = preview(&desk, &file);
    assert_eq!((&said["new"], &said["leftOutInAll"]), (&json!(all.len() - pulls), &json!(pulls)));
    assert_eq!(said["leftOut"][0]["reason"], "a pull request is no issue");
    import(&mut desk, &file);
    let labelled = |label: &str| {
        let has = |issue: &&Value| issue["labels"].as_array().unwrap().iter().any(|one| one["name"] == label);
        all.iter().filter(|issue| !is_pull(issue)).filter(has).count()
    };
    let kinds = |kind| items(&desk).iter().filter(|item| item.present.kind == Some(kind)).count();
    use domain::backlog::WorkKind::{Bug, Feature};
    assert_eq!((kinds(Bug), kinds(Feature)), (labelled("bug"), labelled("enhancement")));
    let item = desk.team.read().outside_item("GitHub", "panjf2000/ants#5").unwrap();
    assert!(item.is_some(), "the key says the repository");
    assert_eq!(import(&mut desk, &file).operation, None);
    is_sound(&desk);
}

#[test]
fn labels_of_github_say_kind_and_severity_and_its_own_tool_is_read_too() {
    let mut desk = Desk::new();
    let issues = json!([
        { "number": 7, "title": "Pay page is down", "body": "", "state": "OPEN", "url": "https://github.com/our/shop/issues/7",
          "labels": [{ "name": "area/pay" }, { "name": "type: bug" }, { "name": "priority/critical" }],
          "assignees": [{ "login": "ana" }], "createdAt": "2026-10-01T08:00:00Z", "closedAt": null, "milestone": { "title": "v2" } },
        { "number": 8, "title": "Not now", "body": "", "state": "CLOSED", "stateReason": "NOT_PLANNED", "labels": [], "assignees": [],
          "url": "https://github.com/our/shop/issues/8", "createdAt": "2026-10-01T08:00:00Z", "closedAt": "2026-10-05T08:00:00Z", "milestone": null },
    ]);
    import(&mut desk, issues.to_string().as_bytes());
    let found = items(&desk);
    let workflow = desk.team.read().workflow().unwrap();
    let shown: Vec<String> = found
        .iter()
        .map(|item| {
            let severity = item.present.severity.map_or("-".to_owned(), |severity| severity.to_string());
            let category = workflow.category(item.present.state);
            format!("{} {:?} {severity} {category} {:?}", item.title, item.present.kind, labels(&desk, item))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "Pay page is down Some(Bug) critical toDo [\"label area/pay\", \"label type: bug\", \"label priority/critical\", \"sprint v2\", \"owner ana\"]",
            "Not now None - cancelled []",
        ]
    );
}

// --- Several files at once ---

#[test]
fn several_files_are_one_step_and_each_is_listed_with_what_became_of_it() {
    let mut desk = Desk::new();
    let jira = "Issue key,Issue Type,Summary,Status\nPAY-1,Story,Refunds,To Do\n";
    let azure = "ID,Work Item Type,Title,State\n1,Bug,Total is wrong,New\n2,Bug,,New\n";
    let packed = pack(&[
        ("jira.csv", jira.as_bytes()),
        ("notes.txt", b"This is a letter.\nIt has lines, and commas, here.\nAnd more, of it.\n"),
        ("azure.csv", azure.as_bytes()),
    ]);
    let found = desk.ask_with(json!({ "exchange": { "files": {} } }), Some(&packed))["exports"].clone();
    let shown: Vec<String> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", one["names"][0], one["tracker"], one["refused"].is_null()))
        .collect();
    assert_eq!(
        shown,
        ["\"jira.csv\" \"Jira\" true", "\"notes.txt\" null false", "\"azure.csv\" \"Azure DevOps\" true"]
    );
    let of = |desk: &Desk, part: u32| {
        let look = desk.ask_with(json!({ "exchange": { "look": { "part": part } } }), Some(&packed));
        json!({ "mapping": look["mapping"], "part": part })
    };
    let said = desk.ask_with(json!({ "exchange": { "preview": of(&desk, 2) } }), Some(&packed));
    assert_eq!((&said["new"], &said["rowsInAll"]), (&json!(1), &json!(1)));
    let imports = [of(&desk, 0), of(&desk, 2)];
    let outcome = desk
        .try_run_with(json!({ "exchange": { "importAll": { "imports": imports } } }), Some(&packed))
        .expect("an import");
    assert_eq!(outcome.title, "Import 2 items from 2 exports");
    assert_eq!(
        outcome.note.unwrap(),
        "jira.csv: Import 1 item from Jira.\nazure.csv: Import 1 item from Azure DevOps. One row is not taken."
    );
    assert_eq!(items(&desk).len(), 2);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(items(&desk).len(), 0, "one step");
    is_sound(&desk);
}

/// The looks at all exports of packed files, as a preview of them takes them.
fn looks(desk: &Desk, packed: &[u8], parts: u32) -> Vec<Value> {
    let look = |part: u32| {
        let seen = desk.ask_with(json!({ "exchange": { "look": { "part": part } } }), Some(packed));
        json!({ "mapping": seen["mapping"], "part": part })
    };
    (0..parts).map(look).collect()
}

fn preview_all(desk: &Desk, packed: &[u8], imports: &[Value]) -> Value {
    desk.ask_with(json!({ "exchange": { "previewAll": { "imports": imports } } }), Some(packed))
}

/// `2 new, 0 changed, 1 as they are`.
fn counts(said: &Value) -> String {
    format!("{} new, {} changed, {} as they are", said["new"], said["changed"], said["unchanged"])
}

#[test]
fn what_a_later_file_knows_of_an_item_that_an_earlier_one_brings_is_previewed_as_an_update() {
    let mut desk = Desk::new();
    let first = "Issue key,Issue Type,Summary,Status,Story Points,Parent\n\
        PAY-1,Story,Refunds,To Do,3,\nPAY-2,Story,Receipts,To Do,5,\n";
    let second = "Issue key,Issue Type,Summary,Status,Story Points,Parent\n\
        PAY-1,Story,Refunds by card,To Do,8,\nPAY-3,Story,Limits,To Do,many,PAY-2\n\
        PAY-2,Story,Receipts,To Do,5,\n";
    let packed = pack(&[("first.csv", first.as_bytes()), ("second.csv", second.as_bytes())]);
    let imports = looks(&desk, &packed, 2);
    let before = desk.team.dump().unwrap();
    let said = preview_all(&desk, &packed, &imports);
    assert_eq!(desk.team.dump().unwrap(), before, "a preview writes nothing");
    assert_eq!(said["title"], "Import 3 items from 2 exports");
    assert_eq!(counts(&said), "3 new, 0 changed, 0 as they are", "each item counts once");
    let each = said["each"].as_array().unwrap();
    assert_eq!(
        each.iter().map(counts).collect::<Vec<_>>(),
        ["2 new, 0 changed, 0 as they are", "1 new, 1 changed, 1 as they are"]
    );
    let taken: Vec<String> = each[1]["taken"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}", one["field"], one["there"]))
        .collect();
    assert_eq!(taken, ["\"title\" \"Refunds by card\"", "\"size\" \"8\""]);
    assert_eq!((&said["cellsInAll"], &each[1]["cellsInAll"]), (&json!(1), &json!(1)), "the parent is known");
    assert_eq!(each[0]["nearInAll"], 0, "no title is near to itself");

    // What is not taken is told with its file.
    let lost =
        desk.ask_with(json!({ "exchange": { "notTakenOfAll": { "imports": imports } } }), Some(&packed));
    let text = lost["text"].as_str().unwrap();
    assert!(text.starts_with("\u{feff}File,Line,Column,Value,Reason\r\n"), "{text}");
    assert!(text.contains("second.csv,3,Story Points,many,") && lost["count"] == 1, "{text}");

    // The import does what its preview said, in one step.
    let outcome = desk
        .try_run_with(json!({ "exchange": { "importAll": { "imports": imports } } }), Some(&packed))
        .expect("an import");
    assert_eq!(outcome.title, "Import 3 items from 2 exports");
    let shown: Vec<String> = items(&desk)
        .iter()
        .map(|item| {
            format!("{} {:?} {}", item.title, item.present.size.map(|s| s.to_string()), item.parent.is_some())
        })
        .collect();
    assert_eq!(
        shown,
        ["Refunds by card Some(\"8\") false", "Receipts Some(\"5\") false", "Limits None true"]
    );
    let again = preview_all(&desk, &packed, &imports);
    assert_eq!(counts(&again), "0 new, 1 changed, 2 as they are", "the first file would take the words back");
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(items(&desk).len(), 0, "one undo takes all of it back");
    is_sound(&desk);
}

#[test]
fn what_is_to_be_decided_in_several_files_is_asked_for_each_and_settled_in_one_step() {
    let mut desk = Desk::new();
    let export = |size: u32| {
        format!("Issue key,Issue Type,Summary,Status,Story Points\nPAY-1,Story,Refunds,To Do,{size}\n")
    };
    import(&mut desk, export(3).as_bytes());
    let item = items(&desk)[0].id;
    desk.run(json!({ "backlog": { "size": { "items": [item], "size": 100 } } }));
    let packed = pack(&[("a.csv", export(5)), ("b.csv", export(8))]);
    let mut imports = looks(&desk, &packed, 2);
    let said = preview_all(&desk, &packed, &imports);
    assert_eq!(
        (&said["conflictsInAll"], counts(&said).as_str()),
        (&json!(2), "0 new, 0 changed, 1 as they are")
    );
    let all = |imports: &[Value]| json!({ "exchange": { "importAll": { "imports": imports } } });
    let refused = desk.try_run_with(all(&imports), Some(&packed)).unwrap_err();
    assert_eq!(
        refused.message,
        "a.csv: One field has changed both here and in the file, the first in PAY-1.",
    );
    assert_eq!(refused.field.as_deref(), Some("settled"));
    for one in &mut imports {
        one["others"] = json!("there");
    }
    desk.try_run_with(all(&imports), Some(&packed)).expect("an import");
    assert_eq!(items(&desk)[0].present.size.map(|size| size.to_string()), Some("8".into()));
    is_sound(&desk);
}

#[test]
fn several_files_say_how_far_they_are_together_and_stop_as_one() {
    use std::cell::RefCell;
    let desk = Desk::new();
    let rows = |from: u32| -> String {
        let rows: String = (from..from + 2_000).map(|n| format!("PAY-{n},Story,Item {n},To Do\n")).collect();
        format!("Issue key,Issue Type,Summary,Status\n{rows}")
    };
    let packed = pack(&[("a.csv", rows(1)), ("b.csv", rows(5_001))]);
    let question = json!({ "exchange": { "previewAll": { "imports": looks(&desk, &packed, 2) } } });
    let steps = RefCell::new(Vec::new());
    let cancel = app::Cancel::new();
    let ask = |stop_at: f64| {
        steps.borrow_mut().clear();
        let hear = |step: app::Progress| {
            let share = step.done as f64 / step.of as f64;
            steps.borrow_mut().push(share);
            if share >= stop_at {
                cancel.cancel();
            }
        };
        let context = app::Context::new(desk.now(), 7, "test", "");
        let context = app::Context { attachment: Some(&packed), progress: &hear, cancel: &cancel, ..context };
        app::ask(&desk.team, app::parse_query(&question.to_string()).unwrap(), &context)
    };
    ask(2.0).expect("a preview");
    let heard = steps.borrow().clone();
    assert!(heard.is_sorted() && heard.iter().any(|share| *share < 0.5), "{heard:?}");
    assert!(heard.last().is_some_and(|share| *share > 0.9 && *share <= 1.0), "{heard:?}");
    let stopped = ask(0.6).unwrap_err();
    assert_eq!(stopped.kind, app::ErrorKind::Cancelled, "in the second file: {stopped:?}");
}
