//! Import: looked at, previewed, done, repeated, undone.

use crate::sprint::left;
use domain::measures::Size;
use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};

const SPRINT_EXPORT: &str = "\
Issue key,Summary,Issue Type,Status,Priority,Story Points,Created,Resolved,Parent key,Assignee,Labels,Labels,Sprint
PAY-7,Refund a card payment,Story,To Do,Medium,5,02/Sep/26 9:00 AM,,,Ana,web,api,Sprint 4
PAY-8,Total is wrong,Bug,Done,Highest,3,03/Sep/26 9:00 AM,10/Sep/26 4:00 PM,,,,,Sprint 3
PAY-9,Payment page is down,Bug,In Progress,Highest,,04/Sep/26 9:00 AM,,,Ben,web,,Sprint 4
PAY-10,Show the <b>receipt</b>,Task,To Do,,x,05/Sep/26 9:00 AM,,PAY-7,,,,
";

/// The mapping that is proposed for a file.
fn proposed(desk: &Desk, file: &[u8]) -> Value {
    desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file))["mapping"].clone()
}

fn preview(desk: &Desk, file: &[u8]) -> Value {
    let mapping = proposed(desk, file);
    desk.ask_with(json!({ "exchange": { "preview": { "mapping": mapping } } }), Some(file))
}

fn import_with(desk: &mut Desk, file: &[u8], settled: Value) -> Result<app::Outcome, app::AppError> {
    let mut body = json!({ "mapping": proposed(desk, file) });
    for (name, value) in settled.as_object().into_iter().flatten() {
        body[name] = value.clone();
    }
    desk.try_run_with(json!({ "exchange": { "import": body } }), Some(file))
}

#[track_caller]
fn import(desk: &mut Desk, file: &[u8]) -> app::Outcome {
    import_with(desk, file, json!({})).expect("an import")
}

/// The items in the order of the Product Backlog: label, title, kind, severity, size, state, and what is beside them.
fn items(desk: &Desk) -> Vec<String> {
    let reader = desk.team.read();
    let workflow = reader.workflow().unwrap();
    let word = |word: Option<String>| word.unwrap_or_else(|| "-".into());
    let mut shown = Vec::new();
    for item in reader.items(store::ItemFilter::All).unwrap() {
        let present = &item.present;
        let keys = reader.outside_keys(item.id).unwrap();
        let keys: Vec<String> = keys.into_iter().map(|key| format!("{} {}", key.source, key.key)).collect();
        let labels = reader.labels(item.id).unwrap();
        let labels: Vec<String> = labels.into_iter().map(|(kind, name)| format!("{kind} {name}")).collect();
        shown.push(format!(
            "{} “{}” {} {} {} {} [{}] [{}]",
            item.label,
            item.title,
            word(present.kind.map(|kind| kind.to_string())),
            word(present.severity.map(|severity| severity.to_string())),
            word(present.size.map(|size| size.to_string())),
            workflow.get(present.state.unwrap()).unwrap().name,
            keys.join(", "),
            labels.join(", "),
        ));
    }
    shown
}

fn item_of(desk: &Desk, key: &str) -> domain::backlog::Item {
    desk.team.read().outside_item("Jira", key).unwrap().expect("the item").item
}

#[track_caller]
fn is_sound(desk: &Desk) {
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn a_file_is_looked_at_previewed_and_imported_in_one_step() {
    let mut desk = Desk::new();
    let file = SPRINT_EXPORT.as_bytes();
    let look = desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file));
    assert_eq!(look["mapping"]["source"], "Jira");
    assert_eq!(look["rows"][3]["problems"][0], "Story Points: “x”: “x” is not a size");
    assert_eq!(look["rows"][0]["becomes"][1], json!({ "target": "title", "text": "Refund a card payment" }));

    let said = preview(&desk, file);
    assert_eq!((&said["new"], &said["changed"], &said["unchanged"]), (&json!(4), &json!(0), &json!(0)));
    assert_eq!(
        said["cells"][0],
        json!({ "line": 5, "column": "Story Points", "value": "x", "reason": "“x” is not a size" })
    );
    assert_eq!(said["unknownOwners"], json!([{ "name": "Ana", "count": 1 }, { "name": "Ben", "count": 1 }]));
    assert_eq!(said["title"], "Import 4 items from Jira, 1 critical bug first");
    assert_eq!(items(&desk), Vec::<String>::new(), "a preview writes nothing");

    let outcome = import(&mut desk, file);
    assert_eq!(said["title"], outcome.title, "an import does what its preview said");
    assert_eq!(
        items(&desk),
        [
            "PAY-3 “Payment page is down” bug critical - In progress [Jira PAY-9] [label web, sprint Sprint 4, owner Ben]",
            "PAY-1 “Refund a card payment” feature - 5 To do [Jira PAY-7] [label web, label api, sprint Sprint 4, owner Ana]",
            "PAY-2 “Total is wrong” bug critical 3 Done [Jira PAY-8] [sprint Sprint 3]",
            "PAY-4 “Show the <b>receipt</b>” - - - To do [Jira PAY-10] []",
        ]
    );
    assert_eq!(item_of(&desk, "PAY-10").parent, Some(item_of(&desk, "PAY-7").id));
    is_sound(&desk);

    assert_eq!(desk.ask(json!({ "journal": { "undoState": {} } }))["undo"], outcome.title);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(items(&desk), Vec::<String>::new());
    desk.run(json!({ "journal": { "redo": {} } }));
    assert_eq!(items(&desk).len(), 4);
    is_sound(&desk);
}

#[test]
fn rule_13_3_the_sprint_column_is_kept_as_a_label_and_makes_no_sprint() {
    let mut desk = Desk::new();
    let planned = desk.run(json!({ "sprint": { "plan": { "name": "Sprint 4" } } })).created[0].clone();
    import(&mut desk, SPRINT_EXPORT.as_bytes());
    let known = desk.team.read().sprints().unwrap();
    assert_eq!(known.iter().map(|sprint| sprint.id.to_string()).collect::<Vec<_>>(), [planned]);
    let item = item_of(&desk, "PAY-7");
    assert_eq!(item.present.sprint, None, "a Sprint of the same name is another one");
    assert!(
        items(&desk).iter().any(|line| line.contains("[Jira PAY-7]") && line.contains("sprint Sprint 4"))
    );
}

#[test]
fn facts_are_dated_as_the_file_says() {
    let mut desk = Desk::new();
    import(&mut desk, SPRINT_EXPORT.as_bytes());
    let done = item_of(&desk, "PAY-8");
    let facts = desk.team.read().item_facts(done.id).unwrap();
    let zone = domain::calendar::Zone::parse("Europe/Zurich").unwrap();
    let at = |at| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let dates: Vec<String> = facts.iter().map(|fact| at(fact.happened_at)).collect();
    assert_eq!(
        dates,
        ["2026-09-03 09:00", "2026-09-03 09:00", "2026-09-03 09:00", "2026-09-03 09:00", "2026-09-10 16:00"]
    );
    assert_eq!(at(done.present.created_at.unwrap()), "2026-09-03 09:00");
    assert_eq!(at(done.present.state_since.unwrap()), "2026-09-10 16:00");
}

#[test]
fn a_second_import_of_the_same_file_changes_nothing_and_leaves_no_step() {
    let mut desk = Desk::new();
    let file = SPRINT_EXPORT.as_bytes();
    import(&mut desk, file);
    let (before, rows) = (items(&desk), desk.team.dump().unwrap());
    desk.clock("2026-11-03 09:00");
    let said = preview(&desk, file);
    assert_eq!((&said["new"], &said["changed"], &said["unchanged"]), (&json!(0), &json!(0), &json!(4)));
    assert_eq!(import(&mut desk, file).title, "Import from Jira");
    assert_eq!((items(&desk), desk.team.dump().unwrap()), (before, rows));
    let history = desk.ask(json!({ "journal": { "history": { "limit": 9 } } }));
    assert_eq!(history["operations"].as_array().map(Vec::len), Some(2), "create, import");
}

#[test]
fn rule_13_2_a_newer_export_is_merged_three_ways() {
    let mut desk = Desk::new();
    import(&mut desk, SPRINT_EXPORT.as_bytes());
    let (first, second) = (item_of(&desk, "PAY-7").id, item_of(&desk, "PAY-8").id);
    // Here: PAY-7 is sized anew, PAY-8 too.
    desk.run(json!({ "backlog": { "size": { "items": [first], "size": 800 } } }));
    desk.run(json!({ "backlog": { "size": { "items": [second], "size": 200 } } }));
    desk.clock("2026-11-04 09:00");
    // There: another title of PAY-7, another size of PAY-8, PAY-9 is done, PAY-10 is gone, PAY-11 is new.
    let newer = "\
Issue key,Summary,Issue Type,Status,Priority,Story Points,Created,Resolved,Parent key,Assignee,Labels,Labels,Sprint
PAY-7,Refund card payments,Story,To Do,Medium,5,02/Sep/26 9:00 AM,,,Ana,web,,Sprint 4
PAY-8,Total is wrong,Bug,Done,Highest,1,03/Sep/26 9:00 AM,10/Sep/26 4:00 PM,,,,,Sprint 3
PAY-9,Payment page is down,Bug,Done,Highest,,04/Sep/26 9:00 AM,03/Nov/26 10:00 AM,,Ben,web,,Sprint 4
PAY-11,New there,Story,To Do,,2,03/Nov/26 9:00 AM,,,,,,
"
    .as_bytes();
    let said = preview(&desk, newer);
    assert_eq!(said["title"], "Import 1 item and update 2 from Jira");
    assert_eq!((&said["changed"], &said["conflicting"]), (&json!(2), &json!(1)));
    let conflict = json!({ "key": "PAY-8", "label": "PAY-2", "title": "Total is wrong", "field": "size", "here": "2", "there": "1" });
    assert_eq!(said["conflicts"], json!([conflict]));
    let taken: Vec<&Value> = said["taken"].as_array().unwrap().iter().map(|taken| &taken["field"]).collect();
    assert_eq!(taken, ["title", "state"]);

    // Both changed: the import asks, and nothing is written before it has an answer.
    let before = items(&desk);
    let refused = import_with(&mut desk, newer, json!({})).unwrap_err();
    assert_eq!(refused.message, "One field has changed both here and in the file, the first in PAY-2.");
    assert_eq!((refused.field.as_deref(), items(&desk)), (Some("settled"), before));

    let settled = json!({ "settled": [{ "key": "PAY-8", "field": "size", "side": "here" }] });
    import_with(&mut desk, newer, settled).unwrap();
    assert_eq!(
        items(&desk),
        [
            "PAY-3 “Payment page is down” bug critical - Done [Jira PAY-9] [label web, sprint Sprint 4, owner Ben]",
            "PAY-1 “Refund card payments” feature - 8 To do [Jira PAY-7] [label web, sprint Sprint 4, owner Ana]",
            "PAY-2 “Total is wrong” bug critical 2 Done [Jira PAY-8] [sprint Sprint 3]",
            "PAY-4 “Show the <b>receipt</b>” - - - To do [Jira PAY-10] []",
            "PAY-5 “New there” feature - 2 To do [Jira PAY-11] []",
        ]
    );
    is_sound(&desk);
    // What was settled is not asked again.
    assert_eq!(preview(&desk, newer)["unchanged"], 4);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(preview(&desk, newer)["conflicting"], 1);
    import_with(&mut desk, newer, json!({ "others": "there" })).unwrap();
    assert_eq!(item_of(&desk, "PAY-8").present.size, Some(Size::points(1)));
}

#[test]
fn an_owner_who_becomes_a_member_is_taken_by_the_next_import() {
    let mut desk = Desk::new();
    let file = b"Key,Title,Assignee\nA-1,Work,Ana Ruiz\n";
    import(&mut desk, file);
    assert_eq!(items(&desk), ["PAY-1 “Work” - - - To do [CSV A-1] [owner Ana Ruiz]"]);
    desk.run(json!({ "team": { "addMember": { "name": "ana ruiz" } } }));
    assert_eq!(import(&mut desk, file).title, "Update 1 item from CSV");
    assert_eq!(items(&desk), ["PAY-1 “Work” - - - To do [CSV A-1] []"]);
    let reader = desk.team.read();
    assert!(reader.items(store::ItemFilter::All).unwrap()[0].present.owner.is_some());
}

#[test]
fn the_source_is_the_same_with_blanks_around_it() {
    let mut desk = Desk::new();
    let file = b"Key,Title\nA-1,Work\n";
    import(&mut desk, file);
    let mut mapping = proposed(&desk, file);
    mapping["source"] = json!(" CSV ");
    let said = desk.ask_with(json!({ "exchange": { "preview": { "mapping": mapping } } }), Some(file));
    assert_eq!(said["unchanged"], 1);
    mapping["source"] = json!("  ");
    let refused = desk.try_run_with(json!({ "exchange": { "import": { "mapping": mapping } } }), Some(file));
    assert_eq!(refused.unwrap_err().field.as_deref(), Some("source"));
    assert_eq!(items(&desk).len(), 1);
}

#[test]
fn what_is_not_taken_can_be_saved() {
    let desk = Desk::new();
    let file = b"Key,Title,Points,Parent\nA-1,Fine,3,\nA-2,,3,\nA-3,Odd,many,A-9\nA-4,Its own part,,A-4\n";
    let mapping = proposed(&desk, file);
    let not_taken = desk.ask_with(json!({ "exchange": { "notTaken": { "mapping": mapping } } }), Some(file));
    assert_eq!(not_taken["count"], 4);
    assert_eq!(
        not_taken["text"],
        "\u{feff}Line,Column,Value,Reason\r\n\
         3,Title,,there is no title\r\n\
         4,Points,many,“many” is not a size\r\n\
         4,Parent,A-9,no item with this key is in the file or in the team\r\n\
         5,Parent,A-4,the item would be a part of itself\r\n"
    );
}

#[test]
fn items_cannot_be_parts_of_each_other() {
    let mut desk = Desk::new();
    import(&mut desk, b"Key,Title,Parent\nA-1,One,A-3\nA-2,Two,A-1\nA-3,Three,A-2\n");
    let parents: Vec<bool> = ["A-1", "A-2", "A-3"]
        .map(|key| desk.team.read().outside_item("CSV", key).unwrap().unwrap().item.parent.is_some())
        .into();
    assert_eq!(parents, [false, false, false]);
    is_sound(&desk);
}

#[test]
fn a_file_of_another_kind_is_refused_with_a_way_out() {
    let mut desk = Desk::new();
    let mapping = proposed(&desk, b"Key,Title\nA-1,x\n");
    let refused =
        desk.try_run_with(json!({ "exchange": { "import": { "mapping": mapping } } }), Some(b"%PDF-1.7"));
    let refused = refused.unwrap_err();
    assert_eq!(refused.message, "This is a PDF, not a delimited text file.");
    assert_eq!(
        (refused.hint.as_deref(), refused.field.as_deref()),
        (Some("Export from the tracker as CSV."), Some("file"))
    );
    let refused = desk.refused(json!({ "exchange": { "import": { "mapping": mapping } } }));
    assert_eq!(refused.message, "No file came with the call.");
}

#[test]
fn an_import_that_is_stopped_leaves_nothing() {
    let mut desk = Desk::new();
    let mut file = String::from("Key,Title\n");
    for n in 0..5_000 {
        file += &format!("A-{n},Work {n}\n");
    }
    let mapping = proposed(&desk, file.as_bytes());
    let command =
        app::parse_command(&json!({ "exchange": { "import": { "mapping": mapping } } }).to_string()).unwrap();
    let cancel = app::Cancel::default();
    let heard = std::cell::Cell::new(0);
    let progress = |progress: app::Progress| {
        assert!(progress.done <= progress.of);
        heard.set(heard.get() + 1);
        // In the middle of the writing.
        if progress.done * 4 > progress.of * 3 {
            cancel.cancel();
        }
    };
    let context = app::Context::new(desk.now(), 7, "test", "");
    let context =
        app::Context { attachment: Some(file.as_bytes()), progress: &progress, cancel: &cancel, ..context };
    let refused = app::run(&mut desk.team, command, &context).unwrap_err();
    assert_eq!((refused.kind, heard.get() > 10), (app::ErrorKind::Cancelled, true));
    assert_eq!(items(&desk), Vec::<String>::new());
    is_sound(&desk);
}

#[test]
fn a_real_export_of_jira_goes_in_and_out_again() {
    let Some(file) = shared("data/jira-csv-medlock/Jira.csv") else { return };
    let file = std::fs::read(file).unwrap();
    let mut desk = Desk::new();
    assert_eq!(import(&mut desk, &file).title, "Import 22 items from Jira");
    let done = items(&desk).iter().filter(|item| item.contains(" Done [")).count();
    assert_eq!(done, 10);
    is_sound(&desk);
    assert_eq!(preview(&desk, &file)["unchanged"], 22);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(items(&desk).len(), 0);
}

#[test]
fn a_real_export_of_azure_devops_goes_in_once() {
    let Some(file) = shared("data/azure-devops-csv-lighthouse/adodata.csv") else { return };
    let file = std::fs::read(file).unwrap();
    let mut desk = Desk::new();
    let said = preview(&desk, &file);
    let outcome = import(&mut desk, &file);
    assert_eq!(outcome.title, "Import 117 items from Azure DevOps");
    // Parents that are not in the file are named, one by one.
    let parents =
        desk.team.read().items(store::ItemFilter::All).unwrap().iter().filter(|i| i.parent.is_some()).count();
    assert_eq!(parents as u64 + said["cellsInAll"].as_u64().unwrap(), 60);
    is_sound(&desk);
    assert_eq!(preview(&desk, &file)["unchanged"], 117);
}

#[test]
fn rule_3_4_work_of_a_closed_sprint_that_is_open_again_elsewhere_is_in_the_product_backlog() {
    let mut desk = Desk::new();
    let export =
        |status: &str| format!("Issue key,Summary,Issue Type,Status\nP-1,Retry payments,Story,{status}\n");
    let import = |desk: &mut Desk, status: &str| {
        let file = export(status);
        let look = desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file.as_bytes()));
        let command = json!({ "exchange": { "import": { "mapping": look["mapping"], "others": "there" } } });
        desk.try_run_with(command, Some(file.as_bytes())).unwrap()
    };
    import(&mut desk, "To Do");
    let row = |desk: &Desk| {
        let filter = json!({ "whereabouts": "all" });
        let window = json!({ "backlog": { "window": { "filter": filter, "from": 0, "limit": 9 } } });
        desk.ask(window)["rows"][0].clone()
    };
    let item = row(&desk)["id"].clone();
    let sprint = desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    desk.run(json!({ "sprint": { "selectItems": { "items": [item], "sprint": sprint } } }));
    desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    desk.clock("2026-11-04 09:00");
    import(&mut desk, "Done");
    desk.clock("2026-11-13 17:00");
    let goal = json!({ "outcome": "met", "why": "" });
    desk.run(json!({ "sprint": { "close": { "sprint": sprint, "decisions": [], "goal": goal } } }));
    let report = desk.ask(json!({ "sprint": { "report": { "sprint": sprint } } }));
    desk.clock("2026-11-16 09:00");
    let outcome = import(&mut desk, "In Progress");
    assert!(outcome.note.is_some_and(|note| note.contains("open again; it is in the Product Backlog")));
    assert_eq!((row(&desk)["category"].as_str(), &row(&desk)["sprint"]), (Some("inProgress"), &Value::Null));
    assert_eq!(
        desk.ask(json!({ "sprint": { "report": { "sprint": sprint } } })),
        report,
        "what is closed stays closed"
    );
    let next = desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
    desk.run(json!({ "sprint": { "selectItems": { "items": [item], "sprint": next } } }));
}

/// A mapping with one column, or one value of a list, changed by hand.
fn changed(mut mapping: Value, list: &str, name: &str, to: Value) -> Value {
    let (known, place) = if list == "columns" { ("name", "target") } else { ("value", "to") };
    let all = mapping[list].as_array_mut().expect("a list");
    all.iter_mut().find(|one| one[known] == name).unwrap_or_else(|| panic!("{name} is in {list}"))[place] =
        to;
    mapping
}

/// Imports as the window does: what the look says is a person's goes along.
#[track_caller]
fn import_as(desk: &mut Desk, file: &[u8], mapping: &Value) -> app::Outcome {
    let look = desk.ask_with(json!({ "exchange": { "look": { "mapping": mapping } } }), Some(file));
    let body = json!({ "mapping": look["mapping"], "keep": look["keep"], "others": "there" });
    desk.try_run_with(json!({ "exchange": { "import": body } }), Some(file)).expect("an import")
}

fn look(desk: &Desk, file: &[u8]) -> Value {
    desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file))
}

fn target<'l>(look: &'l Value, column: &str) -> (&'l str, &'l str) {
    let columns = look["columns"].as_array().expect("columns");
    let column = columns.iter().find(|one| one["name"] == column).expect("the column");
    (column["target"].as_str().unwrap(), column["because"].as_str().unwrap())
}

fn stands_for<'l>(look: &'l Value, list: &str, value: &str) -> &'l Value {
    let values = look["mapping"][list].as_array().expect("values");
    &values.iter().find(|one| one["value"] == value).unwrap_or_else(|| panic!("{value} is in {list}"))["to"]
}

const SERVICE_DESK: &str = "\
Issue key,Summary,Issue Type,Status,Component,Created
OPS-1,Rotate certificates,Request,Waiting for vendor,Edge,03/04/2026
OPS-2,Total is wrong,Bug,Open,Cards,05/04/2026
";

#[test]
fn a_mapping_that_was_changed_by_hand_is_proposed_for_the_next_export_of_its_kind() {
    let mut desk = Desk::new();
    let file = SERVICE_DESK.as_bytes();
    let first = look(&desk, file);
    assert_eq!(first["keptOn"], Value::Null);
    assert_eq!(target(&first, "Component"), ("ignore", "nothing"));
    let progress =
        first["states"].as_array().unwrap().iter().find(|s| s["category"] == "inProgress").unwrap();
    let mapping = changed(first["mapping"].clone(), "columns", "Component", json!("labels"));
    let mapping = changed(mapping, "kinds", "Request", json!("infrastructure"));
    let mut mapping = changed(mapping, "states", "Waiting for vendor", progress["id"].clone());
    mapping["dates"] = json!("monthFirst");
    desk.clock("2026-11-12 10:00");
    let outcome = import_as(&mut desk, file, &mapping);
    assert_eq!(outcome.title, "Import 2 items from Jira");
    let note = outcome.note.unwrap_or_default();
    assert!(note.contains("What you changed in the mapping is kept"), "{note}");
    is_sound(&desk);

    // Another export of the tracker, with other columns and a new status; one column is not there this time.
    desk.clock("2026-12-01 10:00");
    let newer = "\
Summary,Issue key,Issue Type,Status,Reporter,Created
Rotate certificates,OPS-1,Request,Waiting for vendor,,03/04/2026
Another,OPS-3,Story,Parked,,05/04/2026
"
    .as_bytes();
    let next = look(&desk, newer);
    assert_eq!(next["keptOn"], "2026-11-12");
    assert_eq!(stands_for(&next, "kinds", "Request"), "infrastructure");
    assert_eq!(stands_for(&next, "kinds", "Story"), "feature", "what was not changed is proposed anew");
    assert_eq!(stands_for(&next, "states", "Waiting for vendor"), &progress["id"]);
    assert_eq!(next["mapping"]["dates"], "monthFirst");
    let notes = next["notes"].to_string();
    assert!(notes.contains("Parked") && !notes.contains("Waiting for vendor"), "{notes}");
    assert!(notes.contains("the month is taken to come first"), "{notes}");
    let before = desk.team.dump().unwrap();
    assert_eq!(import_as(&mut desk, newer, &next["mapping"]).title, "Import 1 item from Jira");
    assert_ne!(desk.team.dump().unwrap(), before);
    // What that export did not have is kept all the same.
    let again = look(&desk, file);
    assert_eq!((target(&again, "Component"), &again["keptOn"]), (("labels", "kept"), &json!("2026-11-12")));
    let rows = desk.team.dump().unwrap();
    assert_eq!(import_as(&mut desk, file, &again["mapping"]).operation, None, "nothing new to keep, no step");
    assert_eq!(desk.team.dump().unwrap(), rows);

    // Dates that prove the other order are not read against their proof.
    let proof = SERVICE_DESK.replace("03/04/2026", "27/04/2026");
    assert_eq!(look(&desk, proof.as_bytes())["mapping"]["dates"], "dayFirst");
    // A list that no tracker wrote is of another kind.
    assert_eq!(look(&desk, b"Key,Title,Component\nA-1,x,Edge\n")["keptOn"], Value::Null);
}

#[test]
fn what_was_kept_of_a_mapping_is_forgotten_and_undone_like_all_else() {
    let mut desk = Desk::new();
    let file = SERVICE_DESK.as_bytes();
    let proposed = proposed(&desk, file);
    let mapping = changed(proposed.clone(), "columns", "Component", json!("labels"));
    import_as(&mut desk, file, &mapping);
    let export = look(&desk, file)["keep"]["export"].clone();
    assert_eq!(target(&look(&desk, file), "Component"), ("labels", "kept"));

    // Undone with the import that kept it, and back with it.
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(target(&look(&desk, file), "Component"), ("ignore", "nothing"));
    desk.run(json!({ "journal": { "redo": {} } }));

    let forget = json!({ "exchange": { "forgetMapping": { "export": export } } });
    desk.run(forget.clone());
    let anew = look(&desk, file);
    assert_eq!((target(&anew, "Component"), &anew["keptOn"]), (("ignore", "nothing"), &Value::Null));
    assert_eq!(desk.refused(forget.clone()).message, "No change of the mapping is kept for such files.");
    desk.run(json!({ "journal": { "undo": {} } }));
    let back = look(&desk, file);
    assert_eq!(target(&back, "Component"), ("labels", "kept"));

    // Who takes the file's own proposal again keeps nothing; a step that changes only the mapping says so.
    assert_eq!(import_as(&mut desk, file, &proposed).title, "Change the mapping of Jira");
    assert_eq!(look(&desk, file)["keptOn"], Value::Null);
    let mapping = changed(proposed, "columns", "Created", json!("ignore"));
    assert_eq!(import_as(&mut desk, file, &mapping).title, "Change the mapping of Jira");
    assert_eq!(target(&look(&desk, file), "Created"), ("ignore", "kept"));
    is_sound(&desk);
}

#[test]
fn a_list_without_a_tracker_is_known_by_its_columns_and_named_after_its_file() {
    let mut desk = Desk::new();
    let list = b"Title,Squad,Worth\nReceipts,Blue,3\nLimits,Red,5\n";
    let named = |desk: &Desk, name: &str| {
        desk.ask_with(json!({ "exchange": { "look": { "name": name } } }), Some(list))["mapping"].clone()
    };
    assert_eq!(named(&desk, "wishes of sales")["source"], "wishes of sales");
    assert_eq!(named(&desk, "wishes of sales (2)")["source"], "wishes of sales", "a second download");
    let mapping = changed(named(&desk, "wishes"), "columns", "Worth", json!("size"));
    let mapping = changed(mapping, "columns", "Squad", json!("labels"));
    import_as(&mut desk, list, &mapping);
    let other_order = b"Worth;Title;Squad\n8;Exports;Green\n";
    let next = look(&desk, other_order);
    assert_eq!((target(&next, "Worth"), target(&next, "Squad")), (("size", "kept"), ("labels", "kept")));
    let one_more = b"Worth,Title,Squad,Note\n8,Exports,Green,x\n";
    assert_eq!(look(&desk, one_more)["keptOn"], Value::Null);
}

#[test]
fn the_values_of_a_column_that_is_chosen_are_proposed_too() {
    let mut desk = Desk::new();
    let file = b"Key,Title,Art des Postens\nA-1,Receipts,Fehler\nA-2,Limits,Schnack\n";
    let mapping = changed(proposed(&desk, file), "columns", "Art des Postens", json!("ignore"));
    let mapping = changed(mapping, "columns", "Art des Postens", json!("kind"));
    let asked = desk.ask_with(json!({ "exchange": { "look": { "mapping": mapping } } }), Some(file));
    assert_eq!(
        asked["mapping"]["kinds"],
        json!([{ "value": "Fehler", "to": "bug" }, { "value": "Schnack", "to": null }])
    );
    import_as(&mut desk, file, &asked["mapping"]);
    assert!(items(&desk)[0].contains("Receipts” bug"), "{:?}", items(&desk));
}

#[test]
fn rule_1_1_an_open_item_of_the_running_sprint_that_gets_parts_leaves_the_scope_and_stays_committed() {
    let mut desk = Desk::new();
    let head = "Issue key,Summary,Issue Type,Status,Story Points,Parent key\n";
    let first =
        format!("{head}P-1,Refunds,Story,To Do,5,\nP-2,Receipts,Story,To Do,3,\nP-3,Limits,Story,To Do,2,\n");
    import(&mut desk, first.as_bytes());
    let item = |key: &str| item_of(&desk, key).id;
    let (p1, p2, p3) = (item("P-1"), item("P-2"), item("P-3"));
    let sprint = desk.run(json!({ "sprint": { "plan": { "name": "Sprint 4" } } })).created[0].clone();
    desk.run(json!({ "sprint": { "selectItems": { "items": [p1, p2, p3], "sprint": sprint } } }));
    desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    desk.clock("2026-11-03 12:00");
    let done = desk.team.read().workflow().unwrap().first(domain::backlog::Category::Done).unwrap().id;
    desk.run(json!({ "sprint": { "moveToState": { "items": [p2], "state": done } } }));
    desk.clock("2026-11-04 10:00");
    // P-1 is divided while it is open, P-2 after it was done, P-3 gets a part and is done in the same file.
    let newer = format!(
        "{head}P-4,Refund a card,Sub-task,To Do,2,P-1\nP-1,Refunds,Story,To Do,5,\nP-2,Receipts,Story,Done,3,\n\
         P-5,Show the tax,Sub-task,To Do,,P-2\nP-3,Limits,Story,Done,2,\nP-6,Daily limit,Sub-task,Done,,P-3\n"
    );
    let said = preview(&desk, newer.as_bytes());
    let divided: Vec<&Value> = said["divided"].as_array().unwrap().iter().map(|one| &one["title"]).collect();
    assert_eq!(divided, ["Refunds"]);
    let sentence =
        "PAY-1 is divided into parts, so that it leaves Sprint 4; select the parts that belong to it.";
    assert!(said["notes"].as_array().unwrap().contains(&json!(sentence)), "{}", said["notes"]);
    let outcome = import(&mut desk, newer.as_bytes());
    assert!(outcome.note.is_some_and(|note| note.contains(sentence)));
    is_sound(&desk);

    let terms = |desk: &Desk| {
        let summary = desk.ask(json!({ "sprint": { "closeSummary": { "sprint": sprint } } }));
        let term = |name: &str| summary["points"][name].as_i64().unwrap();
        let all = ["committed", "added", "removed", "resized", "done"].map(term);
        let [committed, added, removed, resized, done] = all;
        let burn = desk.ask(json!({ "flow": { "chart": { "chart": "burnDown", "sprint": sprint, "unit": "points", "theme": "light", "width": 900, "height": 480 } } }));
        let remaining = Size::hundredths(committed + added - removed + resized - done);
        assert_eq!(left(&burn), remaining.to_string(), "rule 3.4");
        all
    };
    assert_eq!(
        terms(&desk),
        [1000, 0, 500, 0, 500],
        "committed stays, the divided one is removed, done stays"
    );
    assert_eq!(item_of(&desk, "P-1").present.sprint, None);
    assert_eq!(preview(&desk, newer.as_bytes())["divided"], json!([]), "said once");

    // Its parts are the work in its place; one step takes it all back.
    let part = item_of(&desk, "P-4").id;
    let select = json!({ "items": [part], "sprint": sprint, "origin": "discovered" });
    desk.run(json!({ "sprint": { "selectItems": select } }));
    assert_eq!(terms(&desk), [1000, 200, 500, 0, 500]);
    desk.run(json!({ "journal": { "undo": {} } }));
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(terms(&desk), [1000, 0, 0, 0, 300]);
    assert!(item_of(&desk, "P-1").present.sprint.is_some());
    is_sound(&desk);
}
