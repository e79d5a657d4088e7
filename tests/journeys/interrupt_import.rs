//! Import of interrupts: a list of incidents, of production issues, of calls, as any team has one.

use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};

const INCIDENTS: &str = "\
Key,Summary,Severity,Opened,Resolved,Assignee,Hours,Team
INC-1,Checkout is slow,SEV-1,2026-10-13 10:00,2026-10-13 15:00,Ana,3.5,Shop
INC-2,No mail is sent,SEV-3,2026-10-14 09:30,2026-10-14 11:00,Zoe,0:45,Shop
INC-3,Search finds nothing,SEV-2,2026-10-20 08:00,,Bo,,Shop
INC-4,Printer,SEV-3,2026-10-21 08:00,2026-10-21 09:00,Bo,1,Office
INC-5,No day,SEV-3,,,,1,Shop
";

fn desk() -> Desk {
    let mut desk = Desk::at("2026-10-01 09:00");
    for name in ["Ana", "Bo"] {
        desk.run(json!({ "team": { "addMember": { "name": name, "hours": "6" } } }));
    }
    desk.clock("2026-11-02 09:00");
    desk
}

/// The look at a file as interrupts, with the mapping changed.
fn look(desk: &Desk, file: &str, change: Value) -> Value {
    let asked = json!({ "exchange": { "look": { "becomes": "interrupts", "name": "incidents" } } });
    let look = desk.ask_with(asked, Some(file.as_bytes()));
    let mut mapping = look["mapping"].clone();
    for (name, value) in change.as_object().unwrap() {
        mapping[name] = value.clone();
    }
    let asked = json!({ "exchange": { "look": { "mapping": mapping, "name": "incidents" } } });
    desk.ask_with(asked, Some(file.as_bytes()))
}

fn preview(desk: &Desk, file: &str, change: Value) -> Value {
    let mapping = look(desk, file, change)["mapping"].clone();
    desk.ask_with(json!({ "exchange": { "preview": { "mapping": mapping } } }), Some(file.as_bytes()))
}

fn try_import(
    desk: &mut Desk,
    file: &str,
    change: Value,
    more: Value,
) -> Result<app::Outcome, app::AppError> {
    let look = look(desk, file, change);
    let mut body = json!({ "mapping": look["mapping"], "keep": look["keep"] });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    desk.try_run_with(json!({ "exchange": { "import": body } }), Some(file.as_bytes()))
}

#[track_caller]
fn import(desk: &mut Desk, file: &str) -> app::Outcome {
    try_import(desk, file, json!({}), json!({})).expect("an import")
}

/// All interrupts, the earliest first: title, severity, who, when it came and ended, time, Sprint.
fn all(desk: &Desk) -> Vec<String> {
    let rows = desk.ask(json!({ "interrupt": { "latest": { "from": 0, "limit": 150 } } }));
    let zone = domain::calendar::Zone::parse("Europe/Zurich").unwrap();
    let at = |value: &Value| match value.as_i64() {
        Some(at) => zone.local(domain::calendar::Instant::from_millis(at)).format("%m-%d %H:%M").to_string(),
        None => "-".to_owned(),
    };
    let word = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |row: &Value| {
        [
            word(&row["label"]),
            word(&row["title"]),
            word(&row["severity"]),
            word(&row["ownerName"]),
            at(&row["reportedAt"]),
            at(&row["endedAt"]),
            word(&row["timeSaid"]),
            word(&row["sprint"]["name"]),
        ]
        .join(" | ")
    };
    rows["rows"].as_array().unwrap().iter().rev().map(line).collect()
}

#[track_caller]
fn is_sound(desk: &Desk) {
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

/// A Sprint with an item, started now.
fn begin(desk: &mut Desk, first: &str, last: &str) -> String {
    let plan = json!({ "firstDay": first, "lastDay": last });
    let id = desk.run(json!({ "sprint": { "plan": plan } })).created[0].clone();
    let item = json!({ "title": "Work", "kind": "feature", "size": 300 });
    let item = desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
    desk.run(json!({ "sprint": { "selectItems": { "items": [item], "sprint": id } } }));
    desk.run(json!({ "sprint": { "start": { "sprint": id } } }));
    id
}

/// Closes a Sprint; what is unfinished goes to the Product Backlog.
fn close(desk: &mut Desk, sprint: &str) {
    let open = desk.ask(json!({ "sprint": { "closeSummary": { "sprint": sprint } } }))["unfinished"].clone();
    let decisions: Vec<Value> = open
        .as_array()
        .unwrap()
        .iter()
        .map(|item| json!({ "item": item["id"], "decision": "productBacklog" }))
        .collect();
    desk.run(json!({ "sprint": { "close": { "sprint": sprint, "decisions": decisions } } }));
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(|one| one.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_list_of_incidents_is_mapped_previewed_imported_and_taken_back_as_one_step() {
    let mut desk = desk();
    let seen = look(&desk, INCIDENTS, json!({}));
    let targets: Vec<(&str, &str)> = seen["mapping"]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| (column["name"].as_str().unwrap(), column["target"].as_str().unwrap()))
        .collect();
    assert_eq!(
        targets,
        [
            ("Key", "key"),
            ("Summary", "title"),
            ("Severity", "severity"),
            ("Opened", "created"),
            ("Resolved", "resolved"),
            ("Assignee", "owner"),
            ("Hours", "hours"),
            ("Team", "ignore")
        ]
    );
    assert_eq!(seen["mapping"]["incidentSeverities"][1], json!({ "value": "SEV-3", "to": "P3" }));
    assert!(
        seen["rows"][0]["becomes"]
            .as_array()
            .unwrap()
            .contains(&json!({ "target": "severity", "text": "P1" }))
    );
    desk.run(json!({ "team": { "renameSeverity": { "severity": "P1", "name": "Fire" } } }));
    let renamed = look(&desk, INCIDENTS, json!({}));
    let fire = json!({ "target": "severity", "text": "Fire" });
    assert!(renamed["rows"][0]["becomes"].as_array().unwrap().contains(&fire), "as the team calls it");
    desk.run(json!({ "journal": { "undo": {} } }));

    let said = preview(&desk, INCIDENTS, json!({}));
    assert_eq!(said["title"], "Import 4 interrupts from incidents");
    assert_eq!((&said["new"], &said["rowsInAll"], &said["cellsInAll"]), (&json!(4), &json!(1), &json!(0)));
    assert_eq!(
        said["rows"][0],
        json!({ "line": 6, "column": "Opened", "value": "", "reason": "nothing says when it came or ended" })
    );
    assert_eq!(said["unknownOwners"], json!([{ "name": "Zoe", "count": 1 }]));
    assert_eq!(
        texts(&said["notes"]),
        [
            "The file says of 3 of 4 how long they took; of the others hours are not known.",
            "4 belong to no Sprint: none ran on their days.",
            "One row is not taken.",
            "One owner is no member of the team; nobody owns their interrupts.",
        ]
    );
    assert_eq!(all(&desk), Vec::<String>::new(), "a preview writes nothing");

    let outcome = import(&mut desk, INCIDENTS);
    assert_eq!(said["title"], outcome.title, "an import does what its preview said");
    let expected = [
        "I-1 | Checkout is slow | P1 | Ana | 10-13 10:00 | 10-13 15:00 | 3 h 30 min | -",
        "I-2 | No mail is sent | P3 | - | 10-14 09:30 | 10-14 11:00 | 45 min | -",
        "I-3 | Search finds nothing | P2 | Bo | 10-20 08:00 | - | not known | -",
        "I-4 | Printer | P3 | Bo | 10-21 08:00 | 10-21 09:00 | 1 h | -",
    ];
    assert_eq!(all(&desk), expected);
    let rate = desk.ask(json!({ "interrupt": { "rate": {} } }));
    assert_eq!(
        texts(&rate["sources"]),
        ["incidents says of 3 of 4 how long they took; of the others hours are not known."]
    );
    is_sound(&desk);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(all(&desk), Vec::<String>::new());
    desk.run(json!({ "journal": { "redo": {} } }));
    assert_eq!(all(&desk), expected);
    is_sound(&desk);
}

#[test]
fn only_the_chosen_rows_are_taken_and_the_others_are_listed_as_left_out() {
    let mut desk = desk();
    let none = json!({ "only": { "column": "Team", "values": [] } });
    let seen = look(&desk, INCIDENTS, none.clone());
    assert_eq!(seen["only"], json!([{ "name": "Shop", "count": 4 }, { "name": "Office", "count": 1 }]));
    assert_eq!(preview(&desk, INCIDENTS, none)["leftOutInAll"], 5);
    let shop = json!({ "only": { "column": "Team", "values": ["Shop"] } });
    let said = preview(&desk, INCIDENTS, shop.clone());
    assert_eq!((&said["new"], &said["leftOutInAll"]), (&json!(3), &json!(1)));
    assert_eq!(said["leftOut"][0]["reason"], "only rows with other values are chosen by your mapping");
    try_import(&mut desk, INCIDENTS, shop, json!({})).unwrap();
    assert_eq!(all(&desk).len(), 3);

    // Rows that become items are chosen in the same way.
    let items = "Key,Title,Team\nA-1,One,Shop\nA-2,Two,Office\n";
    let look = desk.ask_with(json!({ "exchange": { "look": {} } }), Some(items.as_bytes()));
    let mut mapping = look["mapping"].clone();
    mapping["only"] = json!({ "column": "Team", "values": ["Office"] });
    let outcome = desk
        .try_run_with(json!({ "exchange": { "import": { "mapping": mapping } } }), Some(items.as_bytes()))
        .unwrap();
    assert_eq!(outcome.title, "Import 1 item from CSV");
}

#[test]
fn rule_13_2_a_second_import_updates_what_changed_there_and_asks_what_changed_on_both_sides() {
    let mut desk = desk();
    import(&mut desk, INCIDENTS);
    let again = import(&mut desk, INCIDENTS);
    assert_eq!((again.title.as_str(), again.operation), ("Import from incidents", None));

    // Here: another title of the first, more time on the fourth.
    let id = |desk: &Desk, label: &str| -> Value {
        let rows = desk.ask(json!({ "interrupt": { "latest": { "from": 0, "limit": 150 } } }));
        let rows = rows["rows"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["label"] == label).unwrap()["id"].clone()
    };
    desk.run(
        json!({ "interrupt": { "rename": { "interrupt": id(&desk, "I-1"), "title": "The checkout crawls" } } }),
    );
    desk.run(json!({ "interrupt": { "addHours": { "interrupt": id(&desk, "I-4"), "time": "2" } } }));
    // There: the third ended and took an hour, the second is graver, and an hour longer.
    let newer = INCIDENTS
        .replace("08:00,,Bo,,Shop", "08:00,2026-10-22 10:00,Bo,1,Shop")
        .replace("sent,SEV-3", "sent,SEV-2")
        .replace("0:45", "1:45");
    let said = preview(&desk, &newer, json!({}));
    assert_eq!((&said["new"], &said["changed"], &said["unchanged"]), (&json!(0), &json!(2), &json!(2)));
    let taken: Vec<_> = said["taken"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (one["label"].as_str().unwrap(), one["field"].as_str().unwrap(), one["there"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        taken,
        [
            ("I-2", "severity", "P2"),
            ("I-2", "time", "1 h 45 min"),
            ("I-3", "ended", "2026-10-22 10:00"),
            ("I-3", "time", "1 h")
        ]
    );
    assert_eq!(import(&mut desk, &newer).title, "Update 2 interrupts from incidents");
    assert_eq!(
        all(&desk),
        [
            "I-1 | The checkout crawls | P1 | Ana | 10-13 10:00 | 10-13 15:00 | 3 h 30 min | -",
            "I-2 | No mail is sent | P2 | - | 10-14 09:30 | 10-14 11:00 | 1 h 45 min | -",
            "I-3 | Search finds nothing | P2 | Bo | 10-20 08:00 | 10-22 10:00 | 1 h | -",
            "I-4 | Printer | P3 | Bo | 10-21 08:00 | 10-21 09:00 | 3 h | -",
        ]
    );

    // Changed on both sides: asked, and refused while nobody decided.
    let both = newer.replace("Checkout is slow", "Checkout is down");
    let said = preview(&desk, &both, json!({}));
    assert_eq!(
        said["conflicts"][0],
        json!({ "key": "INC-1", "label": "I-1", "title": "The checkout crawls", "field": "title", "here": "The checkout crawls", "there": "Checkout is down" })
    );
    let refused = try_import(&mut desk, &both, json!({}), json!({})).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("settled"));
    let settled = json!({ "settled": [{ "key": "INC-1", "field": "title", "side": "there" }] });
    try_import(&mut desk, &both, json!({}), settled).unwrap();
    assert!(all(&desk)[0].contains("Checkout is down"));

    // What facts cannot say is listed and not taken: an earlier end, another arrival, less time than others wrote down.
    let odd = both
        .replace("10-22 10:00", "10-21 10:00")
        .replace("2026-10-14 09:30", "2026-10-14 09:00")
        .replace("09:00,Bo,1,Office", "09:00,Bo,,Office");
    let said = preview(&desk, &odd, json!({}));
    let cells: Vec<_> = said["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{}: {}", one["column"].as_str().unwrap(), one["reason"].as_str().unwrap()))
        .collect();
    assert_eq!(
        cells,
        [
            "Opened: it came at 2026-10-14 09:30 here, and facts are not taken back",
            "Resolved: it ended at 2026-10-22 10:00 here, and facts are not taken back",
            "Hours: 2 h were written down here, which an import does not touch",
        ]
    );
    is_sound(&desk);
}

#[test]
fn rule_3_5_interrupts_belong_to_the_sprint_of_their_day_and_a_closed_one_stays_as_it_was() {
    let mut desk = desk();
    desk.clock("2026-10-12 09:00");
    let closed = begin(&mut desk, "2026-10-12", "2026-10-16");
    desk.clock("2026-10-16 17:00");
    close(&mut desk, &closed);
    let of = |desk: &Desk, id: &str| {
        let mut view = desk.ask(json!({ "interrupt": { "ofSprint": { "sprint": id } } }));
        view["list"]["today"] = Value::Null;
        view
    };
    let sealed = of(&desk, &closed);
    desk.clock("2026-10-19 09:00");
    let running = begin(&mut desk, "2026-10-19", "2026-10-30");

    let said = preview(&desk, INCIDENTS, json!({}));
    let notes = texts(&said["notes"]);
    assert!(notes.contains(&"3 dates lie ahead and are taken as now.".to_owned()), "{notes:?}");
    desk.clock("2026-10-22 09:00");
    // One of a Saturday between the two.
    let file = format!("{INCIDENTS}INC-6,Weekend,SEV-3,2026-10-17 10:00,2026-10-17 12:00,Ana,2,Shop\n");
    let said = preview(&desk, &file, json!({}));
    let notes = texts(&said["notes"]);
    for note in [
        "2 belong to the running Sprint and draw on its buffer.",
        "2 belong to closed Sprints; what these came to stays as it was sealed.",
        "One belongs to no Sprint: none ran on its day.",
    ] {
        assert!(notes.contains(&note.to_owned()), "{notes:?}");
    }
    import(&mut desk, &file);
    let sprints: Vec<String> =
        all(&desk).iter().map(|line| line.rsplit(" | ").next().unwrap().to_owned()).collect();
    assert_eq!(sprints, ["Sprint 1", "Sprint 1", "-", "Sprint 2", "Sprint 2"]);
    assert_eq!(of(&desk, &closed), sealed, "a closed Sprint stays as it was sealed");
    let gauge = desk.ask(json!({ "interrupt": { "gauge": { "sprint": running } } }));
    assert_eq!(gauge["used"], 60, "an hour of the one whose time is known");
    assert!(gauge["unknownSaid"].as_str().is_some_and(|said| said.contains("not known")), "{gauge}");
    is_sound(&desk);
}

#[test]
fn what_a_file_does_not_say_is_not_known_and_said() {
    let mut desk = desk();
    let file = "resolved,type\n2026-10-05 10:00,PS\n2026-10-06 11:00,PS\n2026-10-06 11:00,PS\n2026-10-07 08:00,DEV\n";
    let change = json!({ "titled": "Production issue", "only": { "column": "type", "values": ["PS"] } });
    let seen = look(&desk, file, change.clone());
    let notes = texts(&seen["notes"]);
    for note in [
        "No column is the title: each is called “Production issue”.",
        "The file gives when they ended, not when they came nor how long they took: a rate only.",
    ] {
        assert!(notes.contains(&note.to_owned()), "{notes:?}");
    }
    try_import(&mut desk, file, change.clone(), json!({})).unwrap();
    assert_eq!(
        all(&desk),
        [
            "I-1 | Production issue | P3 | - | - | 10-05 10:00 | not known | -",
            "I-2 | Production issue | P3 | - | - | 10-06 11:00 | not known | -",
            "I-3 | Production issue | P3 | - | - | 10-06 11:00 | not known | -",
        ],
        "an arrival that nobody wrote down is not made up"
    );
    let rate = desk.ask(json!({ "interrupt": { "rate": {} } }));
    assert_eq!(rate["rate"], json!({ "tooShort": { "weeks": 0, "needed": 6 } }));
    assert_eq!(rate["loadSaid"], Value::Null);
    assert_eq!(
        texts(&rate["sources"]),
        ["incidents gives when they ended, not when they came nor how long they took: a rate only."]
    );
    // The same rows again are the same interrupts, also the two of one moment.
    let again = try_import(&mut desk, file, change, json!({})).unwrap();
    assert_eq!(again.operation, None);
    // Without a name for them, or without a day, nothing is taken.
    let refused = try_import(&mut desk, file, json!({ "titled": " " }), json!({})).unwrap_err();
    assert_eq!(refused.message, "No column becomes the title.");
    let refused = try_import(&mut desk, "Title,Team\nDown,Shop\n", json!({}), json!({})).unwrap_err();
    assert_eq!(refused.message, "No column says when the interrupts came or ended.");
    is_sound(&desk);
}

#[test]
fn that_such_a_file_becomes_interrupts_is_kept_for_the_next_one() {
    let mut desk = desk();
    let ask = |desk: &Desk, look: Value| {
        desk.ask_with(json!({ "exchange": { "look": look } }), Some(INCIDENTS.as_bytes()))
    };
    assert_eq!(ask(&desk, json!({}))["mapping"]["becomes"], "items");
    let change = json!({ "only": { "column": "Team", "values": ["Shop"] } });
    try_import(&mut desk, INCIDENTS, change, json!({})).unwrap();
    let look = ask(&desk, json!({}));
    assert_eq!(look["mapping"]["becomes"], "interrupts");
    assert_eq!(look["mapping"]["only"], json!({ "column": "Team", "values": ["Shop"] }));
    assert_eq!(look["keptOn"], "2026-11-02");
    // Who wants items after all gets the proposal for items, and that is kept instead.
    let items = ask(&desk, json!({ "becomes": "items" }));
    assert_eq!((&items["mapping"]["becomes"], &items["mapping"]["only"]), (&json!("items"), &Value::Null));
    assert_eq!(items["keptOn"], Value::Null);
    let body = json!({ "mapping": items["mapping"], "keep": items["keep"] });
    desk.try_run_with(json!({ "exchange": { "import": body } }), Some(INCIDENTS.as_bytes())).unwrap();
    assert_eq!(ask(&desk, json!({}))["mapping"]["becomes"], "items");
}

#[test]
fn several_files_together_are_items() {
    let desk = desk();
    let files = app::exchange::files::pack(&[("a.csv", INCIDENTS), ("b.csv", "Key,Title\nB-1,Two\n")]);
    let look = desk.ask_with(json!({ "exchange": { "look": { "becomes": "interrupts" } } }), Some(&files));
    let question =
        json!({ "exchange": { "previewAll": { "imports": [{ "mapping": look["mapping"], "part": 0 }] } } });
    let query = app::parse_query(&question.to_string()).unwrap();
    let context = app::Context { attachment: Some(&files), ..app::Context::new(desk.now(), 1, "test", "") };
    let refused = app::ask(&desk.team, query, &context).unwrap_err();
    assert_eq!(refused.message, "a.csv: Rows become interrupts one file at a time.");
}

#[test]
fn a_year_of_real_production_issues_gives_a_rate_and_no_hours() {
    let Some(path) = shared("data/delivery-laukkanen/issues.csv") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let mut desk = desk();
    let mut counts: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
    for kind in text.lines().skip(1).filter_map(|line| line.rsplit(',').next()) {
        *counts.entry(kind.trim()).or_default() += 1;
    }
    let (all, production): (u64, u64) = (counts.values().sum(), counts["PS"]);
    let change = json!({ "titled": "Production issue", "only": { "column": "type", "values": ["PS"] } });
    let seen = look(&desk, &text, change.clone());
    assert_eq!(seen["mapping"]["columns"][0]["target"], "resolved");
    let told = seen["only"].as_array().unwrap().iter();
    let told: std::collections::BTreeMap<&str, u64> =
        told.map(|one| (one["name"].as_str().unwrap(), one["count"].as_u64().unwrap())).collect();
    assert_eq!(told, counts);
    let said = preview(&desk, &text, change.clone());
    assert_eq!((&said["new"], &said["leftOutInAll"]), (&json!(production), &json!(all - production)));
    let outcome = try_import(&mut desk, &text, change, json!({})).unwrap();
    assert_eq!(outcome.title, format!("Import {production} interrupts from incidents"));
    let rate = desk.ask(json!({ "interrupt": { "rate": {} } }));
    println!("{} {}", rate["said"], rate["method"]);
    let known = &rate["rate"]["known"];
    let weeks = known["weeks"].as_array().unwrap();
    assert_eq!((rate["all"].as_u64(), weeks.len()), (Some(production), 52));
    let sum: u64 = weeks.iter().map(|week| week["count"].as_u64().unwrap()).sum();
    assert_eq!(Some(sum), known["count"].as_u64());
    let beyond = weeks.iter().filter(|week| week["count"].as_u64() > known["most"].as_u64()).count();
    assert!(beyond * 100 <= 15 * 52, "{beyond} of 52 weeks went beyond");
    assert_eq!(known["load"], Value::Null, "hours are never made up");
    assert_eq!(
        texts(&rate["sources"]),
        ["incidents gives when they ended, not when they came nor how long they took: a rate only."]
    );
    is_sound(&desk);
}

#[test]
fn real_tasks_with_days_only_are_counted_and_take_no_hours() {
    let Some(path) = shared("data/cycle-times-rueedlinger/jira.csv") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let mut desk = desk();
    let change = json!({ "titled": "Task", "only": { "column": "project", "values": ["0"] } });
    let seen = look(&desk, &text, change.clone());
    let targets: Vec<&str> = seen["mapping"]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["target"].as_str().unwrap())
        .collect();
    assert_eq!(
        targets,
        ["key", "ignore", "ignore", "created", "resolved", "ignore"],
        "days that passed are no work"
    );
    let outcome = try_import(&mut desk, &text, change, json!({})).unwrap();
    assert!(outcome.title.starts_with("Import "), "{}", outcome.title);
    let rate = desk.ask(json!({ "interrupt": { "rate": {} } }));
    assert_eq!(rate["loadSaid"], Value::Null);
    assert_eq!(
        texts(&rate["sources"]),
        ["incidents gives when they came and ended, not how long they took: hours are not known."]
    );
    is_sound(&desk);
}

#[test]
fn an_expected_load_is_said_where_enough_interrupts_know_their_time() {
    let mut desk = desk();
    let mut file = "Key,Title,Opened,Minutes\n".to_owned();
    for n in 0..14 {
        let day = domain::calendar::Day::parse("2026-08-31").unwrap().plus(4 * n);
        let minutes = if n < 5 { (30 * (n + 1)).to_string() } else { String::new() };
        file.push_str(&format!("C-{n},Call,{day},{minutes}\n"));
    }
    import(&mut desk, &file);
    let rate = desk.ask(json!({ "interrupt": { "rate": {} } }));
    let load = rate["loadSaid"].as_str().expect("an expected load");
    assert!(
        load.starts_with("Expected: about ") && load.contains("1 h 30 min, the median of the 5"),
        "{load}"
    );
    assert_eq!(
        texts(&rate["sources"]),
        ["incidents says of 5 of 14 how long they took; of the others hours are not known."]
    );
}

#[test]
fn quiet_sprints_count_as_weeks_without_interrupts_and_sprints_of_which_only_totals_are_known_do_not() {
    let mut desk = Desk::at("2026-09-07 09:00");
    let totals =
        json!({ "name": "Sprint 1", "firstDay": "2026-07-06", "lastDay": "2026-08-28", "completed": "20" });
    desk.run(json!({ "sprint": { "recordPast": totals } }));
    let first = domain::calendar::Day::parse("2026-09-07").unwrap();
    for n in 0..4 {
        let monday = first.plus(14 * n);
        desk.clock(&format!("{monday} 09:00"));
        let sprint = begin(&mut desk, &monday.to_string(), &monday.plus(11).to_string());
        if n == 2 {
            for _ in 0..3 {
                desk.run(json!({ "interrupt": { "report": { "title": "Down" } } }));
            }
        }
        desk.clock(&format!("{} 17:00", monday.plus(11)));
        close(&mut desk, &sprint);
    }
    desk.clock("2026-11-02 09:00");
    let rate = desk.ask(json!({ "interrupt": { "rate": {} } }));
    let known = &rate["rate"]["known"];
    assert_eq!(
        (known["weeks"].as_array().map(Vec::len), known["count"].as_u64(), known["mean"].as_u64()),
        (Some(8), Some(3), Some(38)),
        "{rate}"
    );
    assert_eq!(rate["said"], "0.4 interrupts a week, 85 % of weeks ≤ 0");
}

#[test]
fn interrupts_of_a_past_sprint_of_which_only_totals_are_known_are_listed_there() {
    let mut desk = desk();
    let totals =
        json!({ "name": "Sprint 1", "firstDay": "2026-10-12", "lastDay": "2026-10-16", "completed": "20" });
    let past = desk.run(json!({ "sprint": { "recordPast": totals } })).created[0].clone();
    import(&mut desk, INCIDENTS);
    let view = desk.ask(json!({ "interrupt": { "ofSprint": { "sprint": past } } }));
    assert_eq!((&view["list"]["known"], &view["list"]["gauge"]), (&json!(false), &Value::Null));
    let titles: Vec<&str> =
        view["list"]["rows"].as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Checkout is slow", "No mail is sent"]);
}

#[test]
fn an_end_from_outside_does_not_lose_what_a_timer_measures() {
    let mut desk = desk();
    import(&mut desk, INCIDENTS);
    let rows = desk.ask(json!({ "interrupt": { "latest": { "from": 0, "limit": 9 } } }));
    let open = rows["rows"].as_array().unwrap().iter().find(|row| row["endedAt"].is_null()).unwrap().clone();
    desk.run(json!({ "interrupt": { "startTimer": { "interrupt": open["id"] } } }));
    let newer = INCIDENTS.replace("08:00,,Bo,,Shop", "08:00,2026-10-22 10:00,Ana,,Shop");
    desk.clock("2026-11-02 10:00");
    let said = preview(&desk, &newer, json!({}));
    assert_eq!(said["cells"][0]["reason"], "a timer runs on it here; stop it first");
    assert_eq!(import(&mut desk, &newer).title, "Update 1 interrupt from incidents", "its owner is taken");
    desk.run(json!({ "interrupt": { "stopTimer": { "interrupt": open["id"] } } }));
    // The end is still news once nothing is lost by it.
    import(&mut desk, &newer);
    assert!(all(&desk)[2].ends_with("| Ana | 10-20 08:00 | 10-22 10:00 | 1 h | -"), "{:?}", all(&desk));
    is_sound(&desk);
}
