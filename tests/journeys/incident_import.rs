//! Import of incidents: exports of PagerDuty and Opsgenie, a list with milestones, real postmortems; and their times as a
//! chart.

use app::exchange::files::pack;
use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const LIST: &str = "\
ID,Summary,Severity,Services,Began,Detected,Acknowledged,Mitigated,Resolved,Owner
A-1,Payments are refused,SEV-1,checkout,2026-10-13 10:00,2026-10-13 10:05,2026-10-13 10:09,2026-10-13 10:47,2026-10-13 12:00,Ana
A-2,Old results,SEV-3,\"search, ledger\",2026-10-14 09:00,2026-10-14 08:50,,2026-10-14 11:00,2026-10-14 12:00,Zoe
A-3,Nobody knows when,SEV-3,,,,,,,
A-4,Still slow,SEV-2,checkout,2026-11-02 08:00,2026-11-02 08:10,,,,
";

fn desk() -> Desk {
    let mut desk = Desk::at("2026-10-01 09:00");
    desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    for name in ["checkout", "search"] {
        desk.run(json!({ "reliability": { "addService": { "name": name } } }));
    }
    desk.clock("2026-11-02 09:00");
    desk
}

/// The mapping of a file, changed: columns by name to another target.
fn mapping(desk: &Desk, file: &[u8], columns: &[(&str, &str)]) -> Value {
    let asked = json!({ "exchange": { "look": { "name": "incidents" } } });
    let mut mapping = desk.ask_with(asked, Some(file))["mapping"].clone();
    for (name, target) in columns {
        let all = mapping["columns"].as_array_mut().expect("columns");
        all.iter_mut().find(|column| column["name"] == *name).expect("the column")["target"] = json!(target);
    }
    mapping
}

fn preview(desk: &Desk, file: &[u8], columns: &[(&str, &str)]) -> Value {
    let mapping = mapping(desk, file, columns);
    desk.ask_with(json!({ "exchange": { "preview": { "mapping": mapping } } }), Some(file))
}

fn import(desk: &mut Desk, file: &[u8], columns: &[(&str, &str)]) -> app::Outcome {
    let mapping = mapping(desk, file, columns);
    let import = json!({ "exchange": { "import": { "mapping": mapping } } });
    desk.try_run_with(import, Some(file)).expect("an import")
}

/// All incidents as the team file has them, the first written first: label, title, severity, owner, services, then each
/// milestone of the present cycle.
fn all(desk: &Desk) -> Vec<String> {
    let reader = desk.team.read();
    let zone = reader.team().expect("a team").zone;
    let names: BTreeMap<_, _> =
        reader.services().expect("services").into_iter().map(|one| (one.id, one.name)).collect();
    let members: BTreeMap<_, _> =
        reader.members().expect("members").into_iter().map(|one| (one.id, one.name)).collect();
    let services = reader.incident_services().expect("services");
    let line = |incident: domain::incident::Incident| {
        let mut words =
            vec![incident.label.clone(), incident.title.clone(), incident.now.severity.to_string()];
        words.push(incident.now.owner.map_or("-".to_owned(), |owner| members[&owner].clone()));
        let of: Vec<&str> =
            services.get(&incident.id).into_iter().flatten().map(|id| names[id].as_str()).collect();
        words.push(of.join("+"));
        let moments = incident.now.reached.map(|at| match at {
            Some(at) => zone.local(at).format("%m-%d %H:%M").to_string(),
            None => "-".to_owned(),
        });
        words.push(moments.join(" "));
        words.join(" | ")
    };
    let all = reader.incidents(store::IncidentFilter::All).expect("incidents");
    all.into_iter().map(line).collect()
}

fn problems(list: &Value) -> Vec<String> {
    let all = list.as_array().expect("a list").iter();
    let word = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    all.map(|one| {
        format!("{} {}: {}: {}", one["line"], word(one, "column"), word(one, "value"), word(one, "reason"))
    })
    .collect()
}

#[track_caller]
fn is_sound(desk: &Desk) {
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn a_list_with_milestones_becomes_incidents_and_what_breaks_their_order_is_listed() {
    let mut desk = desk();
    let said = preview(&desk, LIST.as_bytes(), &[]);
    assert_eq!(
        problems(&said["cells"]),
        ["3 Detected: 2026-10-14 08:50: it would lie before began, 2026-10-14 09:00"]
    );
    assert_eq!(problems(&said["rows"]), ["4 Began: : nothing says when it was"]);
    assert_eq!(said["title"], "Import 3 incidents from incidents");
    let outcome = import(&mut desk, LIST.as_bytes(), &[]);
    assert_eq!(outcome.title, "Import 3 incidents from incidents");
    let note = outcome.note.expect("a note");
    assert!(note.contains("One new incident is open and needs somebody."), "{note}");
    assert!(note.contains("Services that are not known here: ledger."), "{note}");
    let expected = [
        "INC-1 | Payments are refused | P1 | Ana | checkout | 10-13 10:00 10-13 10:05 10-13 10:09 10-13 10:47 10-13 12:00",
        "INC-2 | Old results | P3 | - | search | 10-14 09:00 - - 10-14 11:00 10-14 12:00",
        "INC-4 | Still slow | P2 | - | checkout | 11-02 08:00 11-02 08:10 - - -",
    ]
    .map(|line| line.replace("INC-4", "INC-3"));
    assert_eq!(all(&desk), expected);
    is_sound(&desk);

    // The same file again brings nothing; one undo takes all of it back.
    let again = import(&mut desk, LIST.as_bytes(), &[]);
    assert_eq!((again.operation, all(&desk).len()), (None, 3));
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(all(&desk), Vec::<String>::new());
    is_sound(&desk);
}

#[test]
fn a_column_with_the_name_of_a_moment_is_taken_though_few_of_its_cells_are_dates() {
    let mut desk = desk();
    let list = "\
ID,Summary,Began,Detected,Acknowledged,Mitigated at,Mitigation plan
B-1,Payments are refused,2026-10-13 10:00,2026-10-13 10:05,2026-10-13 10:09,2026-10-13 10:47,roll back
B-2,Old results,2026-10-14 09:00,2026-10-14 09:10,n/a,tbd,2026-10-15 09:00
B-3,Slow,2026-10-15 09:00,2026-10-15 09:10,2026-10-15 09:12,not yet,add a server
";
    let said = preview(&desk, list.as_bytes(), &[]);
    let cells = problems(&said["cells"]);
    let of: Vec<&str> = cells.iter().map(|cell| cell.rsplit_once(": ").expect("a reason").0).collect();
    assert_eq!(of, ["3 Acknowledged: n/a", "3 Mitigated at: tbd", "4 Mitigated at: not yet"]);
    import(&mut desk, list.as_bytes(), &[]);
    assert_eq!(
        all(&desk),
        [
            "INC-1 | Payments are refused | P3 | - |  | 10-13 10:00 10-13 10:05 10-13 10:09 10-13 10:47 -",
            "INC-2 | Old results | P3 | - |  | 10-14 09:00 10-14 09:10 - - -",
            "INC-3 | Slow | P3 | - |  | 10-15 09:00 10-15 09:10 10-15 09:12 - -",
        ]
    );
    is_sound(&desk);
}

#[test]
fn a_newer_list_is_merged_three_ways_and_a_changed_milestone_becomes_a_correction() {
    let mut desk = desk();
    import(&mut desk, LIST.as_bytes(), &[]);
    let newer = LIST
        .replace("2026-11-02 08:10,,,,", "2026-11-02 08:10,2026-11-02 08:20,,,")
        .replace("2026-10-13 10:47", "2026-10-13 10:40")
        .replace("Old results", "Very old results");
    let said = preview(&desk, newer.as_bytes(), &[]);
    assert_eq!([&said["new"], &said["changed"], &said["unchanged"]], [0, 3, 0]);
    let taken: Vec<String> = said["taken"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {}: {} → {}", one["label"], one["field"], one["here"], one["there"]))
        .collect();
    assert_eq!(
        taken,
        [
            r#""INC-1" "mitigated": "2026-10-13 10:47" → "2026-10-13 10:40""#,
            r#""INC-2" "title": "Old results" → "Very old results""#,
            r#""INC-3" "acknowledged": "not known" → "2026-11-02 08:20""#,
        ]
    );
    import(&mut desk, newer.as_bytes(), &[]);
    let reader = desk.team.read();
    let id = reader.incidents(store::IncidentFilter::All).unwrap()[0].id;
    let present = reader.incident_present(id).unwrap();
    let mitigated = domain::incident::Milestone::Mitigated;
    let correction = present.cycle().correction(mitigated).expect("a correction");
    assert_eq!(correction.why, "as incidents says");
    assert!(present.cycle().raw(mitigated) > present.cycle().at(mitigated), "the raw value stays (8.1)");
    is_sound(&desk);

    // What was changed here stays, and what changed on both sides is asked.
    desk.run(json!({ "incident": { "setSeverity": { "incident": id, "severity": "P2" } } }));
    import(&mut desk, newer.as_bytes(), &[]);
    assert!(all(&desk)[0].contains("| P2 |"));
    let both = newer.replace("SEV-1", "SEV-4");
    assert_eq!(preview(&desk, both.as_bytes(), &[])["conflictsInAll"], 1);
}

#[test]
fn an_interrupt_is_made_of_each_incident_of_a_sprint_where_that_is_chosen() {
    let mut desk = desk();
    desk.clock("2026-10-12 09:00");
    let plan = json!({ "firstDay": "2026-10-12", "lastDay": "2026-10-23" });
    let sprint = desk.run(json!({ "sprint": { "plan": plan } })).created[0].clone();
    let item = json!({ "title": "Work", "kind": "feature", "size": 300 });
    let item = desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
    desk.run(json!({ "sprint": { "selectItems": { "items": [item], "sprint": sprint } } }));
    desk.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    desk.clock("2026-10-16 09:00");
    let mut mapping = mapping(&desk, LIST.as_bytes(), &[]);
    mapping["withInterrupts"] = json!(true);
    let import = json!({ "exchange": { "import": { "mapping": mapping } } });
    let outcome = desk.try_run_with(import, Some(LIST.as_bytes())).expect("an import");
    let note = outcome.note.expect("a note");
    assert!(note.contains("2 interrupts are made of incidents."), "{note}");
    let rows = desk.ask(json!({ "interrupt": { "latest": { "from": 0, "limit": 150 } } }));
    let titles: Vec<&str> =
        rows["rows"].as_array().unwrap().iter().filter_map(|row| row["title"].as_str()).collect();
    assert_eq!(titles.len(), 2, "{titles:?}");
    is_sound(&desk);
}

#[test]
fn pagerduty_and_opsgenie_are_imported_from_their_real_answers() {
    let Some(folder) = shared("data/incident-tools-devlake") else { return };
    let mut desk = desk();
    let pagerduty = std::fs::read(folder.join("pagerduty_incidents.json")).expect("the file");
    let said = preview(&desk, &pagerduty, &[]);
    assert_eq!((&said["new"], problems(&said["rows"])), (&json!(3), vec![]));
    import(&mut desk, &pagerduty, &[]);
    let opsgenie = std::fs::read(folder.join("opsgenie_incidents.json")).expect("the file");
    let said = preview(&desk, &opsgenie, &[]);
    assert_eq!(said["new"], 2);
    let cells = problems(&said["cells"]);
    assert_eq!(cells.len(), 2, "{cells:?}");
    assert!(cells.iter().all(|one| one.contains("only the number of the service is said")), "{cells:?}");
    import(&mut desk, &opsgenie, &[]);
    assert_eq!(all(&desk).len(), 5);
    let notes = |desk: &Desk| -> usize {
        let reader = desk.team.read();
        let all = reader.incidents(store::IncidentFilter::All).expect("incidents");
        all.iter().map(|one| reader.incident_notes(one.id).expect("notes").len()).sum()
    };
    let before = (all(&desk), notes(&desk));
    assert!(before.1 > 10, "the log becomes notes: {}", before.1);
    for file in [&pagerduty, &opsgenie] {
        assert_eq!(import(&mut desk, file, &[]).operation, None);
    }
    assert_eq!((all(&desk), notes(&desk)), before, "again without doubles");
    is_sound(&desk);
}

/// The real postmortems as one attachment.
fn postmortems() -> Option<Vec<u8>> {
    let folder = shared("data/postmortems-mybinder/docs")?;
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(path).expect("the file"))
        })
        .collect();
    files.sort();
    Some(pack(&files))
}

#[test]
fn real_postmortems_become_incidents_with_their_timelines_and_what_cannot_be_read_is_listed() {
    let Some(file) = postmortems() else { return };
    let mut desk = desk();
    let files = desk.ask_with(json!({ "exchange": { "files": {} } }), Some(&file));
    assert_eq!(files["exports"].as_array().map(Vec::len), Some(1), "they are one export");
    assert_eq!(files["exports"][0]["tracker"], "Postmortems");
    let said = preview(&desk, &file, &[]);
    assert_eq!(said["title"], "Import 23 incidents from Postmortems");
    let rows = problems(&said["rows"]);
    assert_eq!(rows.len(), 2, "the index and the template are none: {rows:?}");
    assert!(rows.iter().all(|row| row.contains("the title has no day")), "{rows:?}");
    let cells = problems(&said["cells"]).join("\n");
    assert!(
        cells.contains("2018-02-20-jupyterlab-announcement.md, line 243: 2X:XX (not sure exact time)"),
        "{cells}"
    );
    assert!(cells.contains("line 14: All times in UC/Pacific: this is no zone"), "{cells}");
    let outcome = import(&mut desk, &file, &[]);
    assert!(outcome.operation.is_some());
    let incidents = all(&desk);
    assert_eq!(incidents.len(), 23);
    // CEST is two hours before UTC, as Zurich is in April: 12:50 in GMT+2 is 12:50 here.
    let cordoned = incidents.iter().find(|one| one.contains("30min outage")).expect("the incident");
    assert!(cordoned.ends_with("| 04-03 12:50 - 04-03 13:28 04-03 13:29 04-03 13:29"), "{cordoned}");
    let triage = desk.ask(json!({ "incident": { "triage": {} } }));
    let open = triage["rows"].as_array().map(Vec::len);
    assert_eq!(open, Some(0), "what has a postmortem is over: {triage}");
    let reader = desk.team.read();
    let mut notes = 0;
    let mut items = 0;
    for incident in reader.incidents(store::IncidentFilter::All).expect("incidents") {
        let of = reader.incident_notes(incident.id).expect("notes");
        items += usize::from(of.iter().any(|note| note.text.to_lowercase().starts_with("action items")));
        notes += of.len();
    }
    assert!(items >= 20, "action items are kept: {items}");
    assert!(notes > 200, "timelines are kept: {notes}");
    is_sound(&desk);

    // Again without doubles, and back in one step.
    assert_eq!(import(&mut desk, &file, &[]).operation, None);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(all(&desk), Vec::<String>::new());

    // Whoever says that the first entry is when it began gets times of nearly all.
    import(&mut desk, &file, &[("Began", "ignore"), ("First entry of the timeline", "began")]);
    let chart = chart(&desk, json!({}));
    let title = chart["title"].as_str().expect("a title").to_owned();
    assert!(title.starts_with("Median "), "{title}");
    is_sound(&desk);
}

fn chart(desk: &Desk, more: Value) -> Value {
    let mut question = json!({ "chart": "incidentTimes", "theme": "light", "width": 960, "height": 540 });
    question.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    desk.ask(json!({ "flow": { "chart": question } }))["chart"].clone()
}

#[test]
fn rule_8_2_the_chart_shows_median_ninetieth_percentile_and_count_and_leads_to_each_incident() {
    let mut desk = desk();
    let question = json!({ "chart": "incidentTimes", "theme": "light", "width": 960, "height": 540 });
    let refused = desk.try_ask(json!({ "flow": { "chart": question } })).expect_err("nothing is there");
    assert_eq!(refused.message, "There is no incident yet.");
    import(&mut desk, LIST.as_bytes(), &[]);
    let drawn = chart(&desk, json!({}));
    // Of a list that is read: 47 min and 2 h; the third is open.
    assert_eq!(drawn["title"], "Median 1 h 23 min to mitigate, 90 % within 2 h, of 2 incidents; 1 is open");
    let points = drawn["points"].as_array().expect("points");
    // The first and the open one are detected; all three began.
    assert_eq!(points.len(), 2 + 3 + 3);
    let behind = |point: &Value| {
        desk.ask(json!({ "flow": { "behind": { "question": question, "behind": point["behind"] } } }))
    };
    let first = behind(&points[0]);
    assert_eq!(first["title"], "INC-1 Payments are refused");
    assert!(first["rows"].as_array().expect("rows").iter().any(|row| row["what"] == "mitigated"));
    // As of a past moment only what was so then; no day of others.
    let past = chart(&desk, json!({ "asOf": "2026-10-13 11:00" }));
    assert!(
        past["title"].as_str().unwrap().starts_with("47 min to mitigate, known of 1 incident; 1 is open"),
        "{}",
        past["title"]
    );
    let days = chart(&desk, json!({ "firstDay": "2026-10-14", "lastDay": "2026-10-14" }));
    assert_eq!(days["table"]["rows"].as_array().map(Vec::len), Some(1));
    desk.clock("2026-11-02 10:00");
    let refused = desk.try_ask(json!({ "flow": { "chart": {
        "chart": "incidentTimes", "theme": "light", "width": 960, "height": 540, "lastDay": "2026-10-01" } } }));
    assert_eq!(refused.expect_err("no incident").message, "No incident happened in these days.");
}
