//! Charts: what stands behind a number, as of a past moment, sealed with the Sprint, kept as a picture or as a table.

use crate::sprint::{Run, column, left, text};
use app::flow::{ChartKind, PictureFormat, picture};
use evenkeel_tests::zurich;
use serde_json::{Value, json};

/// Charts of one Sprint: of a closed one they are sealed.
const OF_A_SPRINT: &[&str] = &["burnDown", "burnUp", "twoLanes", "split"];
/// Charts of several Sprints: what closed ones came to is sealed.
const OF_SPRINTS: &[&str] = &["velocity", "splitTrend", "interruptLoad"];
/// Charts of the work as it is known: what is told late of the past changes them.
const OF_WORK: &[&str] = &["cumulativeFlow", "cycleTime", "throughput", "ageing", "health", "release"];

/// Charts of what happens in production; the journeys of incidents draw them.
const OF_PRODUCTION: &[&str] = &["incidentTimes", "delivery", "errorBudget"];

#[test]
fn every_chart_is_known_to_these_journeys() {
    let all: Vec<Value> =
        ChartKind::ALL.iter().map(|kind| serde_json::to_value(kind).expect("a name")).collect();
    let known = OF_A_SPRINT.iter().chain(OF_SPRINTS).chain(OF_WORK).chain(OF_PRODUCTION);
    let mut here: Vec<Value> = known.map(|kind| json!(kind)).collect();
    here.sort_by_key(|kind| all.iter().position(|known| known == kind));
    assert_eq!(here, all);
}

/// A Sprint that was interrupted, re-planned and closed with work left over, and the next one under way.
fn story() -> Run {
    let mut run = Run::new();
    run.select("a8 b5 c3 d2");
    run.start();
    run.desk.clock("2026-11-03 15:00");
    run.to("Done", "a");
    let report = json!({ "title": "Checkout is slow", "hours": "3", "severity": "P2" });
    run.desk.run(json!({ "interrupt": { "report": report } }));
    run.desk.clock("2026-11-05 10:00");
    let e = run.add("e", "bug", Some(3));
    let select = json!({ "items": [e], "sprint": run.sprint, "origin": "scopeCreep" });
    run.sprint_command(json!({ "selectItems": select }));
    let hotfix = run.add("h", "bug", Some(1));
    let select = json!({ "items": [hotfix], "sprint": run.sprint, "origin": "interrupt" });
    run.sprint_command(json!({ "selectItems": select }));
    run.to("In progress", "b e");
    run.desk.clock("2026-11-06 11:00");
    run.desk.run(json!({ "backlog": { "size": { "items": run.ids("b"), "size": 800 } } }));
    let d = run.ids("d");
    run.sprint_command(json!({ "returnItems": { "items": d } }));
    run.desk.clock("2026-11-10 12:00");
    run.to("Done", "c h");
    run.desk.clock("2026-11-13 16:00");
    let next = json!({ "nextSprint": { "sprint": run.next } });
    let decisions = ["b", "e"].map(|item| json!({ "item": run.items[item], "decision": next }));
    run.close(json!(decisions));
    run
}

/// What a chart says, or in which words it is refused.
fn drawn(run: &Run, kind: &str, more: Value) -> String {
    let mut question = json!({ "chart": kind, "theme": "light", "width": 960, "height": 540 });
    question.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let query = app::parse_query(&json!({ "flow": { "chart": question } }).to_string()).expect("a query");
    let context = app::Context::new(run.desk.now(), 7, "test", "");
    match app::ask(&run.desk.team, query, &context) {
        Ok(answer) => answer.0,
        Err(refused) => format!("{} {}", refused.message, refused.hint.unwrap_or_default()),
    }
}

fn behind(run: &Run, question: &Value, point: &Value) -> Value {
    run.desk.ask(json!({ "flow": { "behind": { "question": question, "behind": point["behind"] } } }))
}

/// The rows of what stands behind a point, in a line each.
fn rows(view: &Value) -> Vec<String> {
    let all = view["rows"].as_array().expect("rows").iter();
    all.map(|row| format!("{} {}", text(&row["title"]), text(&row["what"]))).collect()
}

#[test]
fn a_number_of_a_burn_down_explains_itself() {
    let mut run = story();
    let question =
        json!({ "chart": "burnDown", "sprint": run.sprint, "theme": "light", "width": 960, "height": 540 });
    let told = |run: &Run| {
        let view = run.desk.ask(json!({ "flow": { "chart": question } }));
        let points = view["chart"]["points"].as_array().expect("points").clone();
        points
            .iter()
            .map(|point| {
                let view = behind(run, &question, point);
                let mut lines = vec![format!("{} → {}", text(&point["label"]), text(&view["title"]))];
                lines.extend(rows(&view).into_iter().map(|row| format!("  {row}")));
                lines.join("\n")
            })
            .collect::<Vec<_>>()
    };
    let all = told(&run);
    assert_eq!(
        all[0],
        "Start: 18 points committed → Sprint 1: committed at its start\n  a committed, 8 points\n  \
         b committed, 5 points\n  c committed, 3 points\n  d committed, 2 points"
    );
    let thursday = all.iter().find(|told| told.starts_with("Thu 5 Nov: 13 points left")).expect("a day");
    assert_eq!(
        thursday.lines().skip(1).collect::<Vec<_>>(),
        [
            "  e came in, scope creep, 3 points",
            "  h came in, an interrupt, 1 point, in the buffer",
            "  b left: 5 points",
            "  c left: 3 points",
            "  d left: 2 points",
            "  e left: 3 points",
        ]
    );
    let mark = all.iter().find(|told| told.contains("+ 3 e (scope creep)")).expect("a mark");
    assert!(mark.ends_with("PAY-5 e in Sprint 1\n  e came in, scope creep, 3 points"), "{mark}");
    let resized = all.iter().find(|told| told.contains("re-sized)")).expect("a mark");
    assert!(
        resized.ends_with("  b committed, 5 points\n  b re-sized from 5 points to 8 points"),
        "{resized}"
    );

    // What is left of the day is the number that the chart says, whatever day it is.
    for told in all.iter().filter(|told| told.contains(" left → ") || told.contains(" left, ")) {
        let number = |text: &str| text.split(' ').next().and_then(|n| n.parse::<f64>().ok());
        let said = told.split(": ").nth(1).and_then(number);
        let rows = told.lines().filter_map(|row| row.split(" left: ").nth(1)).filter_map(number);
        if let Some(said) = said {
            assert_eq!(rows.sum::<f64>(), said, "{told}");
        }
    }

    // Of a closed Sprint it is sealed like its chart.
    run.desk.clock("2026-11-16 09:00");
    run.desk.run(json!({ "backlog": { "rename": { "item": run.items["e"], "title": "renamed" } } }));
    let done = run.states["Done"].clone();
    let late = json!({ "items": run.ids("e"), "state": done, "on": "2026-11-11" });
    run.sprint_command(json!({ "moveToState": late }));
    assert_eq!(told(&run), all);
}

#[test]
fn as_of_a_past_moment_a_chart_is_what_it_was_then_also_when_the_sprint_is_closed_by_now() {
    let mut run = Run::new();
    let past =
        json!({ "name": "Sprint 0", "firstDay": "2026-10-19", "lastDay": "2026-10-30", "completed": "31" });
    run.sprint_command(json!({ "recordPast": past }));
    run.select("a8 b5 c3");
    run.desk.run(json!({ "backlog": { "label": { "items": run.ids("a b c"), "add": ["v1"] } } }));
    run.start();
    let kinds = || OF_A_SPRINT.iter().chain(OF_SPRINTS).chain(OF_WORK);
    // Some say in the picture of which moment it tells; the numbers are those of then.
    let numbers = |run: &Run, as_of: Value| -> Vec<String> {
        let asked = json!({ "asOf": as_of, "goal": { "label": "v1" } });
        let all = kinds().map(|kind| drawn(run, kind, asked.clone()));
        let table = |view: String| match serde_json::from_str::<Value>(&view) {
            Ok(view) => view["chart"]["table"].to_string().replace("\"Then\"", "\"Now\""),
            Err(_) => view,
        };
        all.map(table).collect()
    };
    let sprint = run.sprint.clone();
    let pictures = |run: &Run, as_of: Value| -> Vec<String> {
        let asked = json!({ "asOf": as_of, "sprint": sprint });
        // A past moment is not called today.
        let now = as_of.is_null();
        let drawn = |kind: &&str| {
            let view = drawn(run, kind, asked.clone());
            if now { view.replace(">today<", ">then<") } else { view }
        };
        ["burnDown", "burnUp", "twoLanes"].iter().map(drawn).collect()
    };
    run.desk.clock("2026-11-04 20:00");
    run.to("Done", "a");
    run.desk.run(json!({ "interrupt": { "report": { "title": "Checkout is slow", "hours": "3" } } }));
    run.desk.clock("2026-11-04 23:59");
    let then = (numbers(&run, Value::Null), pictures(&run, Value::Null));
    let at = zurich("2026-11-04 23:59").millis();
    let changed = |run: &Run| {
        for as_of in [json!(at), json!("2026-11-04 23:59")] {
            for (kind, (was, is)) in kinds().zip(then.0.iter().zip(numbers(run, as_of.clone()))) {
                assert_eq!(&is, was, "{kind}");
            }
            assert_eq!(pictures(run, as_of), then.1);
        }
    };

    run.desk.clock("2026-11-06 10:00");
    run.to("In progress", "b");
    run.desk.clock("2026-11-09 10:00");
    run.to("Done", "b");
    run.desk.run(json!({ "backlog": { "size": { "items": run.ids("c"), "size": 1300 } } }));
    run.desk.run(json!({ "interrupt": { "report": { "title": "Queue is full", "hours": "3" } } }));
    changed(&run);

    run.desk.clock("2026-11-13 16:00");
    run.close(json!([{ "item": run.items["c"], "decision": { "nextSprint": { "sprint": run.next } } }]));
    run.desk.clock("2026-11-17 09:00");
    run.sprint_command(json!({ "start": { "sprint": run.next } }));
    run.to("In progress", "c");
    let now = numbers(&run, Value::Null);
    for (place, kind) in kinds().enumerate() {
        assert_ne!(now[place], then.0[place], "{kind}");
    }
    changed(&run);

    // What is told of a closed Sprint later is no part of what was known of it, also of a moment before its close.
    let done = run.states["Done"].clone();
    let late = json!({ "items": run.ids("c"), "state": done, "on": "2026-11-03" });
    run.desk.run(json!({ "sprint": { "moveToState": late } }));
    run.desk.run(json!({ "backlog": { "rename": { "item": run.items["a"], "title": "renamed" } } }));
    let list = run.desk.ask(json!({ "interrupt": { "list": { "sprint": run.sprint } } }));
    let outage = json!({ "interrupt": list["rows"][0]["id"], "time": "20", "on": "2026-11-04" });
    run.desk.run(json!({ "interrupt": { "addHours": outage } }));
    assert_eq!(pictures(&run, json!(at)), then.1);
}

#[test]
fn what_a_person_writes_as_a_moment_is_a_day_or_a_time_of_the_team() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-04 23:59");
    run.to("Done", "a");
    run.desk.clock("2026-11-09 10:00");
    run.to("Done", "b");
    run.desk.run(json!({ "backlog": { "size": { "items": run.ids("c"), "size": 1300 } } }));

    // A day is its end; what is still to come is now.
    let of = |run: &Run, as_of: &str| left(&run.chart("burnDown", json!({ "asOf": as_of })));
    assert_eq!([of(&run, "2026-11-03"), of(&run, " 2026-11-04 ")], ["16", "8"]);
    assert_eq!([of(&run, "2026-11-09T09:59"), of(&run, "2026-12-24")], ["8", "13"]);
    let query = json!({ "flow": { "chart": { "chart": "burnDown", "asOf": "yesterday", "theme": "light", "width": 960, "height": 540 } } });
    let context = app::Context::new(run.desk.now(), 7, "test", "");
    let refused =
        app::ask(&run.desk.team, app::parse_query(&query.to_string()).unwrap(), &context).unwrap_err();
    assert_eq!(
        (refused.field.as_deref(), refused.message.as_str()),
        (Some("asOf"), "“yesterday” is not a moment.")
    );
}

#[test]
fn rule_3_5_whatever_is_altered_later_a_closed_sprint_s_charts_stay_to_the_byte() {
    let mut run = story();
    let pictures = |run: &Run| -> Vec<String> {
        let mut all = Vec::new();
        for unit in [Value::Null, json!("points"), json!("items")] {
            for kind in OF_A_SPRINT {
                for theme in ["light", "projector"] {
                    all.push(drawn(run, kind, json!({ "sprint": run.sprint, "unit": unit, "theme": theme })));
                }
            }
            for kind in OF_SPRINTS {
                all.push(drawn(run, kind, json!({ "unit": unit })));
            }
        }
        assert!(all.iter().all(|view| view.contains("<svg")), "{all:?}");
        all
    };
    run.desk.clock("2026-11-16 09:00");
    let before = pictures(&run);
    let settings = run.desk.ask(json!({ "team": { "settings": {} } }));
    let (lanes, members) = (settings["lanes"].clone(), settings["members"].clone());
    let (ana, lane) = (members[0]["id"].clone(), |place: usize| lanes[place]["id"].clone());
    let interrupts = run.desk.ask(json!({ "interrupt": { "list": { "sprint": run.sprint } } }));
    let outage = interrupts["rows"][0]["id"].clone();
    let item = |name: &str| run.items[name].clone();
    let state = |name: &str| run.states[name].clone();
    let at = |local: &str| zurich(local).millis();
    let alterations = [
        json!({ "backlog": { "size": { "items": [item("a"), item("c")], "size": 100, "at": at("2026-11-04 12:00") } } }),
        json!({ "backlog": { "rename": { "item": item("a"), "title": "renamed" } } }),
        json!({ "backlog": { "setKind": { "items": [item("a")], "kind": "debt" } } }),
        json!({ "backlog": { "move": { "items": [item("b")], "to": { "place": 1 } } } }),
        json!({ "sprint": { "moveToState": { "items": [item("b")], "state": state("Done"), "on": "2026-11-11" } } }),
        json!({ "sprint": { "moveToState": { "items": [item("a")], "state": state("To do") } } }),
        json!({ "sprint": { "moveToState": { "items": [item("c")], "state": state("Cancelled"), "on": "2026-11-09" } } }),
        json!({ "interrupt": { "addHours": { "interrupt": outage, "time": "20", "on": "2026-11-12" } } }),
        json!({ "interrupt": { "rename": { "interrupt": outage, "title": "renamed" } } }),
        json!({ "interrupt": { "setSeverity": { "interrupt": outage, "severity": "P1" } } }),
        json!({ "interrupt": { "end": { "interrupt": outage } } }),
        json!({ "team": { "setShares": { "validFrom": "2026-10-01", "shares": [{ "lane": lane(0), "share": 3000 }, { "lane": lane(2), "share": 4000 }] } } }),
        json!({ "team": { "renameLane": { "lane": lane(0), "name": "Renamed" } } }),
        json!({ "team": { "addLane": { "name": "Tools" } } }),
        json!({ "team": { "addHoliday": { "day": "2026-11-05", "name": "Late" } } }),
        json!({ "team": { "setWorkingWeek": { "days": 63 } } }),
        json!({ "team": { "setZone": { "zone": "Pacific/Auckland" } } }),
        json!({ "team": { "renameState": { "state": state("Done"), "name": "Live" } } }),
        json!({ "team": { "setScrumEvents": { "daily": "60" } } }),
        json!({ "team": { "addMember": { "name": "Ben", "hours": "8", "from": "2026-10-01" } } }),
        json!({ "capacity": { "addAbsence": { "member": ana, "firstDay": "2026-11-03", "lastDay": "2026-11-10" } } }),
        json!({ "capacity": { "markOnCall": { "days": [{ "member": ana, "firstDay": "2026-11-04", "lastDay": "2026-11-05" }], "onCall": true } } }),
        json!({ "team": { "changeMember": { "id": ana, "hours": "2", "name": "Anna" } } }),
        json!({ "sprint": { "start": { "sprint": run.next } } }),
    ];
    for command in alterations {
        run.desk.run(command.clone());
        let after = pictures(&run);
        for (place, (after, before)) in after.iter().zip(&before).enumerate() {
            assert_eq!(after, before, "picture {place} after {command}");
        }
    }
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
    let run = Run { desk: run.desk.reopen(), ..run };
    assert_eq!(pictures(&run), before);
}

#[test]
fn a_chart_is_kept_as_a_picture_or_as_a_table_that_runs_nothing() {
    let mut run = Run::new();
    run.select("a8 b5");
    run.desk
        .run(json!({ "backlog": { "rename": { "item": run.items["b"], "title": "=HYPERLINK(1), \"b\"" } } }));
    run.start();
    run.desk.clock("2026-11-04 10:00");
    run.desk.run(json!({ "backlog": { "size": { "items": run.ids("b"), "size": 200 } } }));
    let keep = |format| {
        let question = json!({ "chart": "burnDown", "theme": "light", "width": 960, "height": 540 });
        let query = app::parse_query(&json!({ "flow": { "chart": question } }).to_string()).unwrap();
        let context = app::Context::new(run.desk.now(), 7, "test", "");
        picture(&run.desk.team, query, format, &context).unwrap()
    };
    assert!(keep(PictureFormat::Svg).starts_with(b"<svg"));
    assert!(keep(PictureFormat::Png).starts_with(b"\x89PNG"));
    let csv = String::from_utf8(keep(PictureFormat::Csv)).unwrap();
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(lines[0], "Day,Remaining (points),Ideal,Done,Scope change,What changed");
    assert_eq!(lines[3], "Wed 4 Nov,10,9.1,0,-3,\"− 3 =HYPERLINK(1), \"\"b\"\" (re-sized)\"");
    // Every line begins with a harmless sign, as every cell does.
    for cell in column(&run.chart("burnDown", json!({})), "What changed") {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
    }
    let refused = {
        let query = app::parse_query(&json!({ "sprint": { "list": {} } }).to_string()).unwrap();
        let context = app::Context::new(run.desk.now(), 7, "test", "");
        picture(&run.desk.team, query, PictureFormat::Svg, &context).unwrap_err()
    };
    assert_eq!(refused.kind, app::ErrorKind::Internal);
}

#[test]
fn every_point_of_every_chart_that_leads_on_leads_to_facts() {
    let desk = evenkeel_tests::Desk::new();
    let now = zurich("2026-11-24 12:00");
    let context = app::Context::new(now, 7, "test", "");
    let path = desk.folder().join("sample.evenkeel");
    let team = app::sample::create(&path, &app::Access::Script, &context).expect("a sample");
    let ask = |query: Value| -> Value {
        let parsed = app::parse_query(&query.to_string()).expect("a query");
        let answer = app::ask(&team, parsed, &context).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        serde_json::from_str(&answer.0).expect("JSON")
    };
    for kind in ChartKind::ALL {
        let question = json!({ "chart": kind, "goal": { "label": "checkout" }, "theme": "light", "width": 1280, "height": 720 });
        let view = ask(json!({ "flow": { "chart": question } }));
        let points = view["chart"]["points"].as_array().expect("points");
        let leading: Vec<&Value> = points.iter().filter(|point| !point["behind"].is_null()).collect();
        assert!(leading.len() > 2, "{}: {} points lead on", kind.word(), leading.len());
        let mut told = 0;
        for point in leading {
            let of = json!({ "question": question, "behind": point["behind"] });
            let view = ask(json!({ "flow": { "behind": of } }));
            assert!(!text(&view["title"]).is_empty(), "{}: {point}", kind.word());
            for row in view["rows"].as_array().expect("rows") {
                assert!(!text(&row["what"]).is_empty(), "{}: {row}", kind.word());
                told += 1;
            }
        }
        assert!(told > 2, "{}: {told} facts", kind.word());
    }
}

#[test]
fn for_a_room_no_text_is_smaller_than_24_pixels_on_a_full_screen() {
    let desk = evenkeel_tests::Desk::new();
    let now = zurich("2026-11-24 12:00");
    let path = desk.folder().join("sample.evenkeel");
    let context = app::Context::new(now, 7, "test", "");
    let team = app::sample::create(&path, &app::Access::Script, &context).expect("a sample");
    for kind in ChartKind::ALL {
        let question = json!({ "chart": kind, "goal": { "label": "checkout" }, "theme": "projector", "width": 1920, "height": 1080 });
        let query = app::parse_query(&json!({ "flow": { "chart": question } }).to_string()).unwrap();
        let svg = String::from_utf8(picture(&team, query, PictureFormat::Svg, &context).unwrap()).unwrap();
        let sizes: Vec<f64> = svg
            .split("font-size=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next().and_then(|size| size.parse().ok()))
            .collect();
        assert!(sizes.len() > 3 && sizes.iter().all(|size| *size >= 24.0), "{}: {sizes:?}", kind.word());
    }
}
