//! Import of what tells of reliability: logs of checks, notices of status pages, objectives.

use app::exchange::files::pack;
use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};

const CHECKS: &str = "\
checked_at,endpoint,status
2026-10-12T10:00:00Z,Checkout,up
2026-10-12T10:00:10Z,Search,up
2026-10-12T10:01:00Z,Checkout,down
2026-10-12T10:02:00Z,Checkout,up
2026-10-12T10:01:30Z,Checkout,up
2026-10-12T10:03:00Z,Checkout,purple
2026-10-12T10:03:00Z,Checkout,up
";

const NOTICE: &str = "\
---
title: Load balancer
date: 2026-10-13T10:00:00Z
severity: major-outage
affectedSystems:
  - checkout
  - Search
resolved: true
---

<Update date=\"2026-10-13T11:00:00Z\">Back.</Update>
";

const OVER: &str = "\
---
title: It is over
date: 2026-10-14T10:00:00Z
severity: partial-outage
affected: [checkout]
resolved: true
---
";

const BACKWARDS: &str = "\
---
title: Backwards
date: 2026-10-15T10:00:00Z
severity: down
affected: [checkout]
resolved: true
resolvedWhen: 2026-10-15T09:00:00Z
---
";

const OBJECTIVES: &str = "\
version: prometheus/v1
service: checkout
slos:
  - name: answers
    objective: 99.9
  - name: everything
    objective: 100
";

fn desk() -> Desk {
    let mut desk = Desk::at("2026-11-02 09:00");
    desk.run(json!({ "reliability": { "addService": { "name": "checkout" } } }));
    desk
}

/// The look at files, with the proposed mapping changed.
fn look(desk: &Desk, file: &[u8], change: Value) -> Value {
    let asked =
        |mapping: Value| json!({ "exchange": { "reliability": { "name": "file", "mapping": mapping } } });
    let look = desk.ask_with(asked(Value::Null), Some(file));
    let mut mapping = look["mapping"].clone();
    for (name, value) in change.as_object().expect("changes") {
        mapping[name] = value.clone();
    }
    desk.ask_with(asked(mapping), Some(file))
}

#[track_caller]
fn import(desk: &mut Desk, file: &[u8], change: Value) -> app::Outcome {
    let look = look(desk, file, change);
    let command =
        json!({ "exchange": { "importReliability": { "mapping": look["mapping"], "name": "file" } } });
    let outcome = desk.try_run_with(command, Some(file)).expect("an import");
    assert_eq!(outcome.title, look["title"], "it does what the look said");
    outcome
}

/// What is not taken: line and reason.
fn wrong(look: &Value) -> Vec<(u64, &str)> {
    let rows = look["rows"].as_array().expect("rows").iter();
    rows.map(|row| (row["line"].as_u64().expect("a line"), row["reason"].as_str().expect("a reason")))
        .collect()
}

fn names(desk: &Desk) -> Vec<String> {
    let services = desk.ask(json!({ "reliability": { "services": {} } }));
    let names = services.as_array().expect("services").iter();
    names.map(|service| service["name"].as_str().expect("a name").to_owned()).collect()
}

/// The rows of a table, as they are exported.
fn rows(desk: &Desk, table: &str) -> Vec<Value> {
    let asked =
        json!({ "exchange": { "export": { "what": { "table": table }, "format": "json", "mark": false } } });
    let text = desk.ask(asked)["text"].as_str().expect("a text").to_owned();
    serde_json::from_str(&text).expect("rows")
}

#[track_caller]
fn is_sound(desk: &Desk) {
    assert_eq!(desk.team.check().expect("a check").problems, vec![]);
}

fn minute(written: &str) -> i64 {
    let time = chrono::NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M").expect("a time");
    time.and_utc().timestamp_millis()
}

#[test]
fn a_log_of_checks_becomes_stretches_and_hours_in_one_step_and_no_line_is_lost() {
    let mut desk = desk();
    let seen = look(&desk, CHECKS.as_bytes(), json!({}));
    assert_eq!(seen["file"], "checks");
    assert_eq!(seen["newServices"], json!(["Search"]), "checkout is here, whatever its letters' case");
    assert_eq!(
        wrong(&seen),
        [
            (6, "it is earlier than the check of this service before it"),
            (7, "it is not said what this state stands for"),
        ]
    );
    let before = rows(&desk, "service_stretch").len();
    let outcome = import(&mut desk, CHECKS.as_bytes(), json!({}));
    assert_eq!(outcome.title, "Import 5 checks of 2 services from checks");
    assert_eq!(names(&desk), ["checkout", "Search"]);
    let stretches = rows(&desk, "service_stretch");
    let told: Vec<(i64, i64, &str, i64)> = stretches
        .iter()
        .filter(|row| row["seen"] != "up" || row["checks"] != 1)
        .map(|row| {
            let number = |name: &str| row[name].as_i64().expect("a number");
            (number("from_at"), number("to_at"), row["seen"].as_str().expect("a word"), number("checks"))
        })
        .collect();
    let (down, up) = (minute("2026-10-12 10:01"), minute("2026-10-12 10:02"));
    assert_eq!(told, [(down, up, "full", 1), (up, up + 180_000, "up", 2)]);
    is_sound(&desk);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!((rows(&desk, "service_stretch").len(), names(&desk)), (before, vec!["checkout".to_owned()]));
    is_sound(&desk);
}

#[test]
fn a_log_that_is_imported_again_or_goes_on_tells_nothing_twice() {
    let mut desk = desk();
    import(&mut desk, CHECKS.as_bytes(), json!({}));
    let (stretches, days) = (rows(&desk, "service_stretch"), rows(&desk, "service_day"));
    let again = look(&desk, CHECKS.as_bytes(), json!({}));
    assert_eq!((&again["new"], &again["changed"], &again["unchanged"]), (&json!(0), &json!(0), &json!(2)));
    assert_eq!(import(&mut desk, CHECKS.as_bytes(), json!({})).operation, None, "nothing to change");
    assert_eq!((rows(&desk, "service_stretch"), rows(&desk, "service_day")), (stretches, days));

    let longer = format!("{CHECKS}2026-10-12T10:04:00Z,Checkout,up\n2026-10-12T11:00:00Z,Checkout,down\n");
    import(&mut desk, longer.as_bytes(), json!({ "apart": 120 }));
    let checks: i64 = rows(&desk, "service_stretch").iter().filter_map(|row| row["checks"].as_i64()).sum();
    assert_eq!(checks, 7, "each check once");
    let hours: u64 = rows(&desk, "service_day")
        .iter()
        .flat_map(|row| {
            let hours: Vec<[u64; 4]> =
                serde_json::from_str(row["hours"].as_str().expect("hours")).expect("hours");
            hours.into_iter().map(|[checks, ..]| checks)
        })
        .sum();
    assert_eq!(hours, 7);
    is_sound(&desk);
}

#[test]
fn renamed_endpoints_become_one_service_and_others_are_left_out() {
    let mut desk = desk();
    let change = json!({
        "services": [{ "value": "Checkout", "to": "checkout" }, { "value": "Search", "to": null }],
        "states": [{ "value": "up", "to": "up" }, { "value": "down", "to": "partial" }, { "value": "purple", "to": "leaveOut" }],
    });
    import(&mut desk, CHECKS.as_bytes(), change);
    assert_eq!(names(&desk), ["checkout"]);
    assert!(rows(&desk, "service_stretch").iter().any(|row| row["seen"] == "partial"));
    let renamed = "time,name,status\n2026-10-12T10:00:00Z,Mail (SMTP),up\n2026-10-12T10:01:00Z,📮 Mail SMTP,up\n2026-10-12T10:01:00Z,Check-out,up\n";
    let seen = look(&desk, renamed.as_bytes(), json!({}));
    let meant: Vec<&Value> =
        seen["mapping"]["services"].as_array().expect("services").iter().map(|one| &one["to"]).collect();
    assert_eq!(
        meant,
        ["📮 Mail SMTP", "📮 Mail SMTP", "Check-out"],
        "signs and spaces make no other service"
    );
    let without = "time,result\n2026-10-12T10:00:00Z,ok\n2026-10-12T10:01:00Z,ok\n";
    let seen = look(&desk, without.as_bytes(), json!({}));
    assert_eq!(seen["newServices"], json!(["file"]), "a log of one service is of that of its file");
    let refused = desk.try_run_with(
        json!({ "exchange": { "importReliability": { "mapping": { "columns": [
            { "name": "time", "is": "time" }, { "name": "result", "is": "ignore" }] } } } }),
        Some(without.as_bytes()),
    );
    assert_eq!(refused.expect_err("no state").field.as_deref(), Some("columns"));
}

#[test]
fn notices_of_a_status_page_become_outages_whole_or_not_at_all() {
    let mut desk = desk();
    let page =
        pack(&[("2026-lb.md", NOTICE), ("over.md", OVER), ("back.md", BACKWARDS), ("notes.md", "# Notes\n")]);
    let seen = look(&desk, &page, json!({}));
    assert_eq!((&seen["file"], &seen["new"]), (&json!("outages"), &json!(2)));
    let reasons: Vec<&str> = wrong(&seen).into_iter().map(|(_, reason)| reason).collect();
    assert!(reasons.iter().any(|reason| reason.contains("no notice")), "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason.contains("does not say when it ended")), "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason.contains("ends before it begins")), "{reasons:?}");
    assert_eq!(seen["openEnds"][0]["key"], "over");

    let change = json!({ "ends": [{ "value": "over", "to": "2026-10-14 13:00" }] });
    let outcome = import(&mut desk, &page, change.clone());
    assert_eq!(outcome.title, "Import 3 outages from status page");
    let told: Vec<(i64, i64, String)> = rows(&desk, "outage")
        .iter()
        .map(|row| {
            let number = |name: &str| row[name].as_i64().expect("a number");
            (number("from_at"), number("to_at"), row["class"].as_str().expect("a class").to_owned())
        })
        .collect();
    let (from, to) = (minute("2026-10-13 10:00"), minute("2026-10-13 11:00"));
    assert_eq!(
        told,
        [
            (from, to, "full".to_owned()),
            (from, to, "full".to_owned()),
            (minute("2026-10-14 10:00"), minute("2026-10-14 11:00"), "partial".to_owned()),
        ],
        "what was said by hand is in the team's zone"
    );
    assert_eq!(import(&mut desk, &page, change).operation, None, "nothing to change");
    is_sound(&desk);
}

#[test]
fn rule_13_2_what_changed_there_is_taken_what_changed_here_is_kept_and_both_is_shown() {
    let mut desk = desk();
    import(&mut desk, NOTICE.as_bytes(), json!({}));
    let later = NOTICE.replace("T11:00:00Z\">", "T12:00:00Z\">");
    let seen = look(&desk, later.as_bytes(), json!({}));
    assert_eq!((&seen["changed"], &seen["differences"][0]["isTaken"]), (&json!(2), &json!(true)));
    import(&mut desk, later.as_bytes(), json!({}));
    let ends = |desk: &Desk| -> Vec<i64> {
        rows(desk, "outage").iter().map(|row| row["to_at"].as_i64().expect("an end")).collect()
    };
    assert_eq!(ends(&desk), [minute("2026-10-13 12:00"); 2]);

    let outage = rows(&desk, "outage")[0].clone();
    let change = json!({ "reliability": { "changeOutage": {
        "id": outage["id"], "outage": outage["id"], "service": outage["service"], "class": "full",
        "from": outage["from_at"], "to": minute("2026-10-13 12:30"), "title": outage["title"] } } });
    desk.run(change);
    assert_eq!(import(&mut desk, later.as_bytes(), json!({})).operation, None, "changed here only: kept");
    let latest = NOTICE.replace("T11:00:00Z\">", "T13:00:00Z\">");
    let seen = look(&desk, latest.as_bytes(), json!({}));
    let kept =
        seen["differences"].as_array().expect("differences").iter().filter(|one| one["isTaken"] == false);
    assert_eq!(kept.count(), 1, "changed on both sides");
    import(&mut desk, latest.as_bytes(), json!({}));
    let mut told = ends(&desk);
    told.sort_unstable();
    assert_eq!(told, [minute("2026-10-13 12:30"), minute("2026-10-13 13:00")]);
    is_sound(&desk);
}

#[test]
fn objectives_of_sloth_become_objectives_and_a_new_target_holds_from_today() {
    let mut desk = desk();
    let seen = look(&desk, OBJECTIVES.as_bytes(), json!({}));
    assert_eq!(wrong(&seen), [(7, "a target of 100 % leaves no error budget")]);
    let outcome = import(&mut desk, OBJECTIVES.as_bytes(), json!({}));
    assert_eq!(outcome.title, "Import 1 objective from Sloth");
    assert_eq!(import(&mut desk, OBJECTIVES.as_bytes(), json!({})).operation, None, "nothing to change");
    desk.clock("2026-11-09 09:00");
    let stricter = OBJECTIVES.replace("99.9", "99.95");
    assert_eq!(import(&mut desk, stricter.as_bytes(), json!({})).title, "Update 1 from Sloth");
    assert_eq!(rows(&desk, "objective").len(), 1);
    let targets: Vec<(String, i64)> = rows(&desk, "objective_target")
        .iter()
        .map(|row| {
            (
                row["valid_from"].as_str().expect("a day").to_owned(),
                row["millionths"].as_i64().expect("a target"),
            )
        })
        .collect();
    assert_eq!(targets, [("2026-11-02".to_owned(), 999_000), ("2026-11-09".to_owned(), 999_500)]);
    is_sound(&desk);
}

#[test]
fn what_files_are_is_known_by_what_they_hold() {
    let desk = desk();
    let known = |file: &str| {
        desk.ask_with(json!({ "exchange": { "recognised": {} } }), Some(file.as_bytes()))["reliability"]
            .clone()
    };
    assert_eq!(known(CHECKS), "checks");
    assert_eq!(known(NOTICE), "outages");
    assert_eq!(known(OBJECTIVES), "objectives");
    assert_eq!(known("Key,Summary,Status,Created\nA-1,x,Done,2026-03-01\n"), Value::Null);
    let refused = desk.try_ask_with(json!({ "exchange": { "reliability": {} } }), Some(b"Key,Title\n"));
    assert!(refused.expect_err("no file of these").message.contains("no checks, outages or objectives"));
}

#[test]
fn what_is_not_taken_can_be_saved_with_its_file_and_line() {
    let desk = desk();
    let page = pack(&[("2026-lb.md", NOTICE), ("over.md", OVER)]);
    let mapping = look(&desk, &page, json!({}))["mapping"].clone();
    let asked = json!({ "exchange": { "reliabilityNotTaken": { "mapping": mapping } } });
    let lost = desk.ask_with(asked, Some(&page));
    assert_eq!(lost["count"], 1);
    let text = lost["text"].as_str().expect("a text");
    assert!(
        text.contains("over.md,1,It is over,\"it is over, and it does not say when it ended\""),
        "{text}"
    );
}

#[test]
fn real_checks_of_eleven_endpoints_come_in_whole() {
    let Some(path) = shared("data/uptime-curc/checks.csv") else { return };
    let file = std::fs::read(path).expect("the log is read");
    let lines = file.iter().filter(|byte| **byte == b'\n').count() - 1;
    let mut desk = desk();
    let seen = look(&desk, &file, json!({}));
    let services = seen["services"].as_array().expect("services");
    let text = String::from_utf8_lossy(&file);
    let named: std::collections::HashSet<&str> =
        text.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert_eq!(services.len(), named.len());
    let counted: u64 = services.iter().filter_map(|service| service["count"].as_u64()).sum();
    assert_eq!(counted as usize, lines, "each line is of one of them");
    let one: Vec<&str> = seen["mapping"]["services"]
        .as_array()
        .expect("services")
        .iter()
        .filter(|one| one["to"] == "Alpine CURC Page")
        .filter_map(|one| one["value"].as_str())
        .collect();
    assert_eq!(one, ["Alpine (CURC Page)", "Alpine CURC Page"], "a renamed endpoint goes on");
    let meant: std::collections::HashSet<&str> = seen["mapping"]["services"]
        .as_array()
        .expect("services")
        .iter()
        .filter_map(|one| one["to"].as_str())
        .collect();
    let outcome = import(&mut desk, &file, json!({}));
    let taken = lines - wrong(&seen).len();
    assert_eq!(outcome.title, format!("Import {taken} checks of {} services from checks", meant.len()));
    let checks: i64 = rows(&desk, "service_stretch").iter().filter_map(|row| row["checks"].as_i64()).sum();
    assert_eq!(checks as usize, taken, "stretches keep their number of checks");
    assert!(rows(&desk, "service_stretch").iter().any(|row| row["seen"] == "unknown"), "it has gaps");
    assert_eq!(import(&mut desk, &file, json!({})).operation, None, "nothing to change");
    is_sound(&desk);
}

#[test]
fn real_notices_of_a_status_page_come_in_and_the_others_are_named() {
    let Some(folder) = shared("data/status-ugrc/docs") else { return };
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the folder is read")
        .map(|entry| {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a notice"))
        })
        .collect();
    files.sort();
    let page = pack(&files);
    let mut desk = desk();
    let seen = look(&desk, &page, json!({}));
    let (rows_in_all, left_out) = (&seen["rowsInAll"], &seen["leftOutInAll"]);
    let lost = rows_in_all.as_u64().expect("a count") + left_out.as_u64().expect("a count");
    let outcome = import(&mut desk, &page, json!({}));
    assert!(outcome.title.starts_with("Import ") && outcome.title.contains(" outages"), "{}", outcome.title);
    let keys: std::collections::HashSet<String> = rows(&desk, "outage")
        .iter()
        .map(|row| row["key"].as_str().expect("a key").split(" · ").next().expect("a notice").to_owned())
        .chain(rows(&desk, "maintenance").iter().map(|row| row["key"].as_str().expect("a key").to_owned()))
        .collect();
    assert_eq!(keys.len() as u64 + lost, files.len() as u64, "each notice is taken, or named");
    for row in rows(&desk, "outage") {
        let end = row["to_at"].as_i64();
        assert!(end.is_none_or(|end| end > row["from_at"].as_i64().expect("a beginning")), "{row}");
    }
    assert_eq!(import(&mut desk, &page, json!({})).operation, None, "nothing to change");
    is_sound(&desk);
}

#[test]
fn real_objectives_of_openslo_sloth_and_pyrra_come_in_and_the_others_are_named() {
    let Some(folder) = shared("data/slo-specs") else { return };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for dialect in ["openslo", "pyrra", "sloth"] {
        for entry in std::fs::read_dir(folder.join(dialect)).expect("the folder is read") {
            let path = entry.expect("a file").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files.push((name, std::fs::read(&path).expect("objectives")));
        }
    }
    files.sort();
    let specs = pack(&files);
    let mut desk = desk();
    let seen = look(&desk, &specs, json!({}));
    let of = |file: &str| -> Vec<&str> {
        let rows =
            seen["rows"].as_array().expect("rows").iter().chain(seen["leftOut"].as_array().expect("rows"));
        rows.filter(|row| row["file"] == file).filter_map(|row| row["reason"].as_str()).collect()
    };
    assert!(
        of("ratio-timeslices.yaml")[0].contains("mean of the ratios of slices"),
        "rule 10.8 decides otherwise"
    );
    assert!(of("timeslices-low-traffic.yaml")[0].contains("only the month"), "a week of the calendar");
    assert!(of("7d.yaml")[0].contains("14, 7, 2 and 1"), "rule 10.8 has factors of its own");
    assert_eq!(seen["new"], 12, "two of occurrences, two of time slices, three of Pyrra, five of Sloth");
    import(&mut desk, &specs, json!({}));
    let objectives = rows(&desk, "objective");
    assert_eq!(objectives.len(), 12);
    let agreed: Vec<&str> = objectives
        .iter()
        .filter(|row| row["is_agreement"] == 1)
        .filter_map(|row| row["name"].as_str())
        .collect();
    assert_eq!(agreed.len(), 1, "{agreed:?}");
    assert_eq!(import(&mut desk, &specs, json!({})).operation, None, "nothing to change");
    is_sound(&desk);
}
