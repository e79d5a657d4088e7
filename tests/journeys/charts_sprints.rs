//! Charts across Sprints: velocity, splits, interrupt load, the burn-up of a goal; beside what peers answer, and with
//! real Sprints.
//!
//! 1. Where a peer follows another rule, the case is kept, and the line that differs names our rule.

use crate::sprint::{Run, column, text};
use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};

fn oracle(name: &str) -> Option<Value> {
    let text = std::fs::read_to_string(shared(&format!("oracles/{name}.json"))?).expect("the oracle is read");
    Some(serde_json::from_str(&text).expect("the oracle is JSON"))
}

/// A chart with what else is asked.
fn chart(desk: &Desk, kind: &str, more: Value) -> Value {
    let mut question = json!({ "chart": kind, "theme": "light", "width": 960, "height": 540 });
    question.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    desk.ask(json!({ "flow": { "chart": question } }))
}

/// In which words a chart is refused.
fn refused(desk: &Desk, kind: &str, more: Value) -> String {
    let mut question = json!({ "chart": kind, "theme": "light", "width": 960, "height": 540 });
    question.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    let query = app::parse_query(&json!({ "flow": { "chart": question } }).to_string()).expect("a query");
    let context = app::Context::new(desk.now(), 7, "test", "");
    let error = app::ask(&desk.team, query, &context).expect_err("it is refused");
    format!("{}: {}", error.field.unwrap_or_default(), error.message)
}

fn title(view: &Value) -> String {
    text(&view["chart"]["title"])
}

fn record_past(desk: &mut Desk, name: &str, days: (&str, &str), committed: Option<f64>, completed: f64) {
    let hundredths = |points: f64| (points * 100.0).round() as i64;
    desk.run(json!({ "sprint": { "recordPast": {
        "name": name, "firstDay": days.0, "lastDay": days.1,
        "committed": committed.map(hundredths), "completed": hundredths(completed),
    } } }));
}

/// Plans, starts and closes a Sprint of two weeks from a Monday in the morning: `a8! b5:bug` are its items, those with
/// `!` are done.
fn lived(run: &mut Run, monday: &str, friday: &str, items: &str) -> String {
    run.desk.clock(&format!("{monday} 08:00"));
    let plan = json!({ "firstDay": monday, "lastDay": friday });
    let sprint = run.desk.run(json!({ "sprint": { "plan": plan } })).created[0].clone();
    let (mut all, mut done) = (Vec::new(), Vec::new());
    for item in items.split(' ') {
        let (item, is_done) = item.strip_suffix('!').map_or((item, false), |item| (item, true));
        let (item, kind) = item.split_once(':').unwrap_or((item, "feature"));
        let digits = item.find(|c: char| c.is_ascii_digit()).unwrap_or(item.len());
        let id = run.add(&item[..digits], kind, item[digits..].parse().ok());
        all.push(id);
        if is_done {
            done.push(item[..digits].to_owned());
        }
    }
    run.sprint_command(json!({ "selectItems": { "items": all, "sprint": sprint } }));
    run.desk.clock(&format!("{monday} 09:00"));
    run.sprint_command(json!({ "start": { "sprint": sprint } }));
    run.desk.clock(&format!("{friday} 12:00"));
    if !done.is_empty() {
        run.to("Done", &done.join(" "));
    }
    sprint
}

/// Closes a Sprint; what is open goes back to the Product Backlog.
fn close(run: &mut Run, sprint: &str, open: &str) {
    let decision = |name: &str| json!({ "item": run.items[name], "decision": "productBacklog" });
    let decisions: Vec<Value> = open.split_whitespace().map(decision).collect();
    run.desk.run(json!({ "sprint": { "close": { "sprint": sprint, "decisions": decisions } } }));
}

/// A team without Sprints, of Ana with six hours a day.
fn begin(local: &str) -> Run {
    let mut run = Run::planned(local, "2027-12-01", "2027-12-14");
    for sprint in [run.next.clone(), run.sprint.clone()] {
        run.sprint_command(json!({ "remove": { "sprint": sprint } }));
    }
    run
}

#[test]
fn rule_5_4_velocity_counts_closed_sprints_and_those_by_totals() {
    let mut run = begin("2026-03-02 08:00");
    assert_eq!(refused(&run.desk, "velocity", json!({})), ": No Sprint is closed yet.");
    record_past(&mut run.desk, "Sprint 7", ("2026-02-02", "2026-02-13"), Some(20.0), 12.0);
    let sprint = lived(&mut run, "2026-03-02", "2026-03-13", "a8! b5:bug! c3");
    let hotfix = run.add("h", "bug", Some(2));
    run.sprint_command(
        json!({ "selectItems": { "items": [hotfix], "sprint": sprint, "origin": "interrupt" } }),
    );
    run.to("Done", "h");
    close(&mut run, &sprint, "c");
    let sprint = lived(&mut run, "2026-03-16", "2026-03-27", "d8! e8");
    let running = chart(&run.desk, "velocity", json!({}));
    assert_eq!(title(&running), "Velocity: 12.5 points a Sprint, 12 to 13 in the last 2");
    close(&mut run, &sprint, "e");

    let view = chart(&run.desk, "velocity", json!({}));
    let told = |head| column(&view, head).join(" | ");
    assert_eq!(told("Sprint"), "Sprint 7 | Sprint 8 | Sprint 9 | Mean | Median | Least | Most | Volatility");
    assert_eq!(told("Committed"), "20 | 16 | 16 |  |  |  |  | ");
    // The volatility: sample 12, 13, 8 of mean 11; σ = √(1 + 4 + 9) / √2 = 2.65, and 24 % of it.
    assert_eq!(told("Completed"), "12 | 13 | 8 | 11 | 12 | 8 | 13 | 24 %");
    assert_eq!(told("New features"), " | 8 | 8 |  |  |  |  | ");
    assert_eq!(told("With the buffer"), " | 15 | 8 | 11.5 | 11.5 | 8 | 15 | 43 %");
    assert_eq!((view["unit"].as_str(), view["sprint"].as_str()), (Some("points"), None));
    let last = chart(&run.desk, "velocity", json!({ "last": 2 }));
    assert_eq!(title(&last), "Velocity: 10.5 points a Sprint, 8 to 13 in the last 2");
    assert_eq!(
        refused(&run.desk, "velocity", json!({ "last": 0 })),
        "last: A chart of no Sprints shows nothing."
    );
    // In items nothing is known of what is told in points only.
    let items = chart(&run.desk, "velocity", json!({ "unit": "items" }));
    assert_eq!(column(&items, "Completed")[..3], ["", "2", "1"]);

    // As of a past moment what was closed later is not known.
    let then = chart(&run.desk, "velocity", json!({ "asOf": "2026-03-20" }));
    assert_eq!(title(&then), title(&running));
    assert!(text(&then["chart"]["svg"]).contains("as of 20 March 2026"));
    assert_eq!(refused(&run.desk, "velocity", json!({ "asOf": "2026-01-05" })), ": No Sprint is closed yet.");
}

#[test]
fn openproject_and_taiga_average_what_sprints_completed() {
    let Some(oracle) = oracle("sprint_commitment_velocity") else { return };
    let case = &oracle["openproject_velocity"]["average"][0];
    let completed: Vec<i64> =
        case["completed_by_sprint"].as_array().expect("Sprints").iter().filter_map(Value::as_i64).collect();
    let mut run = begin("2026-03-02 08:00");
    let mondays = [("2026-03-02", "2026-03-13"), ("2026-03-16", "2026-03-27"), ("2026-03-30", "2026-04-10")];
    for (place, ((monday, friday), points)) in mondays.iter().zip(&completed).enumerate() {
        let name = ["a", "b", "c"][place];
        let sprint = lived(&mut run, monday, friday, &format!("{name}{points}!"));
        if place < 2 {
            close(&mut run, &sprint, "");
        }
    }
    let mean = |run: &Run| {
        column(&chart(&run.desk, "velocity", json!({})), "Completed")[completed.len().min(3) - 1].clone()
    };
    // Theirs counts the active Sprint, 6 of 10, 5 and 3; by rule 5.4 only closed ones count, 7.5 of 10 and 5.
    assert_eq!((case["average"].as_f64(), mean(&run).as_str()), (Some(6.0), "7.5"));

    // Taiga: the points closed in closed Sprints, by the number of closed Sprints.
    let taiga = &oracle["taiga"];
    let mut run = begin("2026-03-02 08:00");
    for ((monday, friday), points) in
        mondays.iter().zip(taiga["stories"]["in_closed_sprints"].as_array().expect("points"))
    {
        let name = if points == 16 { "a" } else { "b" };
        let sprint = lived(&mut run, monday, friday, &format!("{name}{points}!"));
        close(&mut run, &sprint, "");
    }
    // Work that is done outside a Sprint does not count there, nor here.
    let outside = run.add("z", "feature", Some(8));
    run.sprint_command(json!({ "moveToState": { "items": [outside], "state": run.states["Done"] } }));
    let view = chart(&run.desk, "velocity", json!({}));
    assert_eq!(column(&view, "Completed")[2].parse::<f64>().ok(), taiga["speed_after_all_closed"].as_f64());
}

#[test]
fn jira_s_samples_and_the_number_of_sprints_that_peers_show() {
    let Some(oracle) = oracle("sprint_commitment_velocity") else { return };
    let facts = oracle["jira_sprint_report"]["facts"].as_array().expect("facts");
    let sample = text(facts.last().expect("a sample"));
    assert!(sample.contains("estimated 26 / completed 23") && sample.contains("estimated 18 / completed 31"));
    let mut run = begin("2026-06-01 08:00");
    record_past(&mut run.desk, "sprint 164", ("2026-01-05", "2026-01-16"), Some(18.0), 31.0);
    record_past(&mut run.desk, "sprint 177", ("2026-01-19", "2026-01-30"), Some(26.0), 23.0);
    let view = chart(&run.desk, "velocity", json!({}));
    assert_eq!(column(&view, "Committed")[..2], ["18", "26"]);
    assert_eq!(column(&view, "Completed")[..2], ["31", "23"], "completed may exceed the commitment");

    // Azure shows 6 and at most 15, OpenProject the viewed and at most six before; by rule 5.4 the last 6 unless asked.
    let azure = oracle["azure_devops"]["facts"].as_array().expect("facts");
    assert!(azure.iter().any(|fact| fact == "default 6 sprints shown, at most 15"));
    for week in 0..18_i64 {
        let first = domain::calendar::Day::parse("2026-02-02").expect("a day").plus(week * 7);
        let (first, last) = (first.to_string(), first.plus(4).to_string());
        if run.desk.now() > evenkeel_tests::zurich(&format!("{last} 23:00")) {
            record_past(&mut run.desk, &format!("Week {week}"), (&first, &last), None, week as f64);
        }
    }
    let shown = |more| column(&chart(&run.desk, "velocity", more), "Sprint").len() - 5;
    assert_eq!((shown(json!({})), shown(json!({ "last": 15 })), shown(json!({ "last": 60 }))), (6, 15, 19));
}

#[test]
fn openproject_start_and_end_of_a_sprint() {
    let Some(oracle) = oracle("sprint_commitment_velocity") else { return };
    let cases = &oracle["openproject_reference_dates"]["cases"];
    let says = |place: usize, field: &str| text(&cases[place][field]);
    // A Sprint begins at its start, and ends when it is closed, early or late.
    for (place, closing, until) in [(2, "2026-03-12", "12 March 2026"), (3, "2026-03-19", "19 March 2026")] {
        assert_eq!(says(place, "end"), "completion moment");
        let mut run = begin("2026-03-02 08:00");
        let sprint = lived(&mut run, "2026-03-02", "2026-03-11", "a5! b3");
        run.desk.clock(&format!("{closing} 10:00"));
        close(&mut run, &sprint, "b");
        run.desk.clock("2026-03-25 10:00");
        let goal = {
            let items = json!([run.items["a"], run.items["b"]]);
            run.desk.run(json!({ "backlog": { "label": { "items": items, "add": ["v2"] } } }));
            chart(&run.desk, "release", json!({ "goal": { "label": "v2" } }))
        };
        assert_eq!(column(&goal, "Day")[..2], ["2 March 2026", until]);
    }
    // While it is overdue its end is now, there and here: its split is told so far.
    assert_eq!(says(1, "end"), "now");
    let mut run = begin("2026-03-02 08:00");
    lived(&mut run, "2026-03-02", "2026-03-11", "a5! b3");
    run.desk.clock("2026-03-20 10:00");
    let view = chart(&run.desk, "split", json!({}));
    assert!(text(&view["chart"]["description"]).starts_with("Split of Sprint 1 so far"));
    // One that was not started has a planned beginning there; here it has no split yet.
    assert_eq!(says(4, "state"), "not started");
    let mut run = begin("2026-03-02 08:00");
    let plan = json!({ "firstDay": "2026-03-09", "lastDay": "2026-03-20" });
    let planned = run.desk.run(json!({ "sprint": { "plan": plan } })).created[0].clone();
    assert_eq!(refused(&run.desk, "split", json!({ "sprint": planned })), ": Sprint 1 has not been started.");
    assert_eq!(refused(&run.desk, "split", json!({})), ": No Sprint has been started yet.");
}

#[test]
fn rule_4_4_a_split_is_planned_committed_and_done_in_one_unit_with_its_reason() {
    let mut run = begin("2026-03-02 08:00");
    let sprint = lived(&mut run, "2026-03-02", "2026-03-13", "a6! b4:bug! c2");
    let report = json!({ "title": "Checkout is slow", "hours": "4.5" });
    run.desk.run(json!({ "interrupt": { "report": report } }));
    let running = chart(&run.desk, "split", json!({}));
    assert_eq!(column(&running, "Lane"), ["New features", "Production", "Buffer"]);
    assert_eq!(column(&running, "Planned"), ["60", "30", "10"]);
    let done = column(&running, "Done (%)");
    assert_eq!(running["sprint"]["name"], "Sprint 1");
    let so_far = title(&running);
    close(&mut run, &sprint, "c");
    let closed = chart(&run.desk, "split", json!({}));
    assert_eq!(column(&closed, "Done (%)"), done, "nothing was done between");
    assert_ne!(title(&closed), so_far, "it is not so far any more");
    let points = chart(&run.desk, "split", json!({ "unit": "points" }));
    assert_eq!(column(&points, "Done (%)"), ["60", "40", "0"]);
    assert_eq!(column(&points, "Committed (points)"), ["8", "4", "0"]);

    // What is not known is a gap with its reason in the trend, and a sentence where it is asked for alone.
    record_past(&mut run.desk, "Sprint 0", ("2026-02-02", "2026-02-13"), None, 9.0);
    let trend = chart(&run.desk, "splitTrend", json!({}));
    assert_eq!(column(&trend, "Not known"), ["only totals are known", ""]);
    assert_eq!(column(&trend, "Production, done"), ["", column(&closed, "Done (%)")[1].as_str()]);
    let list = run.ask(json!({ "list": {} }))["sprints"].clone();
    let past =
        list.as_array().expect("Sprints").iter().find(|row| row["name"] == "Sprint 0").expect("it is there");
    assert_eq!(
        refused(&run.desk, "split", json!({ "sprint": past["id"] })),
        ": Only the totals of Sprint 0 are known."
    );

    // A number explains itself: the items of each lane.
    let question = json!({ "chart": "split", "theme": "light", "width": 960, "height": 540 });
    let behind = json!({ "sprint": sprint });
    let view = run.desk.ask(json!({ "flow": { "behind": { "question": question, "behind": behind } } }));
    let rows: Vec<String> =
        view["rows"].as_array().expect("rows").iter().map(|row| text(&row["what"])).collect();
    assert_eq!(
        rows,
        ["New features: done, 6 points", "New features: not done, 2 points", "Production: done, 4 points"]
    );
}

#[test]
fn rule_1_4_an_interrupt_load_that_is_not_known_is_a_gap_and_never_0() {
    let mut run = begin("2026-03-02 08:00");
    let mut sprint_with = |monday: &str, friday: &str, name: &str, hours: &[Option<&str>]| {
        let sprint = lived(&mut run, monday, friday, &format!("{name}5!"));
        for hours in hours {
            let report = json!({ "title": "Outage", "hours": hours });
            run.desk.run(json!({ "interrupt": { "report": report } }));
        }
        close(&mut run, &sprint, "");
        sprint
    };
    sprint_with("2026-03-02", "2026-03-13", "a", &[]);
    sprint_with("2026-03-16", "2026-03-27", "b", &[Some("6")]);
    sprint_with("2026-03-30", "2026-04-10", "c", &[None]);
    let partly = sprint_with("2026-04-13", "2026-04-24", "d", &[Some("3"), None]);
    sprint_with("2026-04-27", "2026-05-08", "e", &[]);
    let view = chart(&run.desk, "interruptLoad", json!({}));
    assert_eq!(column(&view, "Drew")[..5], ["", "6", "", "3", "0"]);
    assert_eq!(
        column(&view, "Not known")[..5],
        [
            "nothing unplanned had been written down by then",
            "",
            "how long 1 interrupt took was not written down",
            "how long 1 more interrupt took",
            "",
        ]
    );
    let loads = column(&view, "Load");
    assert_eq!(loads[5..], [loads[3].clone(), loads[1].clone()], "the percentiles of 0, the 4th and the 2nd");
    let sprints: Vec<String> = column(&view, "Sprint")[5..].to_vec();
    assert_eq!(sprints, ["50th percentile", "85th percentile"]);
    let question = json!({ "chart": "interruptLoad", "theme": "light", "width": 960, "height": 540 });
    let behind = json!({ "sprint": partly });
    let view = run.desk.ask(json!({ "flow": { "behind": { "question": question, "behind": behind } } }));
    assert_eq!(view["title"], "What drew on the buffer of Sprint 4");
    let rows: Vec<String> =
        view["rows"].as_array().expect("rows").iter().map(|row| text(&row["what"])).collect();
    assert_eq!(rows[..2], ["3 h", "not known"]);
}

#[test]
fn the_burn_up_of_a_goal_tells_scope_and_done_at_each_sprint_s_end_and_when_it_may_be_done() {
    let mut run = begin("2026-03-02 08:00");
    let of = |label: &str| json!({ "goal": { "label": label } });
    assert_eq!(refused(&run.desk, "release", json!({})), "goal: Nothing is said about the goal.");
    assert_eq!(refused(&run.desk, "release", of("v2")), "goal: No item has the label “v2”.");
    let sprint = lived(&mut run, "2026-03-02", "2026-03-13", "a8! b5 x3!");
    close(&mut run, &sprint, "b");
    let label = |run: &mut Run, items: &str| {
        let items = run.ids(items);
        run.desk.run(json!({ "backlog": { "label": { "items": items, "add": ["v2"] } } }));
    };
    label(&mut run, "a b");
    let second = lived(&mut run, "2026-03-16", "2026-03-27", "c5! d2!");
    label(&mut run, "c");
    close(&mut run, &second, "");
    run.desk.clock("2026-03-30 10:00");
    run.add("e", "feature", None);
    label(&mut run, "e");

    let view = chart(&run.desk, "release", of("V2"));
    let told = |view: &Value, head| column(view, head).into_iter().take(4).collect::<Vec<_>>().join(" | ");
    assert_eq!(told(&view, "At the end of"), "Start | Sprint 1 | Sprint 2 | Now");
    assert_eq!(told(&view, "Scope"), "13 | 13 | 18 | 18");
    assert_eq!(told(&view, "Done"), "0 | 8 | 13 | 13");
    let title_now = title(&view);
    assert!(title_now.starts_with("V2: 13 of 18 points done, very likely (85 %) by "), "{title_now}");
    assert!(text(&view["chart"]["description"]).contains("1 unsized item counts 0"));
    // The same as the forecast screen says of the same question.
    let ask = json!({ "forecast": { "ask": { "ask": { "when": { "work": { "label": "v2" } } },
        "theme": "light", "width": 960, "height": 540 } } });
    let forecast = run.desk.ask(ask).to_string();
    let day = title_now.rsplit("by ").next().expect("a day");
    assert!(forecast.contains(day), "{day} in {forecast}");

    // As of a past day; before anything of it was there; and a parent's parts.
    let then = chart(&run.desk, "release", json!({ "goal": { "label": "v2" }, "asOf": "2026-03-20" }));
    assert_eq!(column(&then, "Done")[..3], ["0", "8", "8"]);
    assert_eq!(
        refused(&run.desk, "release", json!({ "goal": { "parent": run.items["a"] } })),
        format!("goal: {} is not divided into parts.", run.item("a").label)
    );
    let part = json!({ "items": [run.items["d"]], "parent": run.items["b"] });
    run.desk.run(json!({ "backlog": { "setParent": part } }));
    let parts = chart(&run.desk, "release", json!({ "goal": { "parent": run.items["b"] } }));
    assert_eq!(title(&parts), "b: all of it is done, 2 points");

    let question = json!({ "chart": "release", "goal": { "label": "v2" }, "theme": "light", "width": 960, "height": 540 });
    let ask = |behind: Value| {
        run.desk.ask(json!({ "flow": { "behind": { "question": question, "behind": behind } } }))
    };
    let view = ask(json!({ "sprint": sprint }));
    assert_eq!(view["title"], "v2 on 13 March: 1 of 2 items done");
    let rows: Vec<String> =
        view["rows"].as_array().expect("rows").iter().map(|row| text(&row["what"])).collect();
    assert_eq!(rows, ["open, 5 points", "done, 8 points"]);
}

#[test]
fn rule_3_5_a_correction_counts_from_then_on_and_the_first_edition_stays() {
    let mut run = begin("2026-03-02 08:00");
    let sprint = lived(&mut run, "2026-03-02", "2026-03-13", "a8! b5");
    run.desk.clock("2026-03-13 17:00");
    close(&mut run, &sprint, "b");
    let completed = |run: &Run| column(&chart(&run.desk, "velocity", json!({})), "Completed")[0].clone();
    assert_eq!(completed(&run), "8");
    run.desk.clock("2026-03-16 09:00");
    let (done, b) = (run.states["Done"].clone(), run.ids("b"));
    run.sprint_command(json!({ "moveToState": { "items": b, "state": done, "on": "2026-03-13" } }));
    assert_eq!(completed(&run), "8", "what arrives late changes nothing");
    run.sprint_command(json!({ "correct": { "sprint": sprint, "reason": "It was done on Friday." } }));
    assert_eq!(completed(&run), "13");
    let of = |edition: Option<u32>| {
        let asked = json!({ "sprint": sprint, "unit": "points", "edition": edition });
        column(&chart(&run.desk, "split", asked), "Done (points)")[0].clone()
    };
    assert_eq!((of(Some(1)), of(Some(2)), of(None)), ("8".into(), "13".into(), "13".into()));
}

#[test]
fn forty_real_sprints_one_after_the_other_have_jira_s_velocity() {
    let Some(path) = shared("oracles/jira_sprint_reports_dev.json") else { return };
    let oracle = std::fs::read_to_string(path).expect("the reports are read");
    let oracle: Value = serde_json::from_str(&oracle).expect("the reports are JSON");
    let mut run = begin("2020-01-06 07:00");
    let begun = domain::calendar::Day::parse("2020-01-06").expect("a day");
    let mut theirs = Vec::new();
    for (place, sprint) in oracle["projects"]["Aurora"].as_array().expect("Sprints").iter().enumerate() {
        if sprint["state"] != "CLOSED" {
            continue;
        }
        let (monday, friday) = (begun.plus(14 * place as i64), begun.plus(14 * place as i64 + 11));
        play(&mut run, sprint, &monday.to_string(), &friday.to_string());
        theirs.push(sprint["jira_report"]["completed_points_final"].as_f64().expect("points"));
    }
    let view = chart(&run.desk, "velocity", json!({ "last": 60, "unit": "points" }));
    let ours: Vec<f64> = column(&view, "Completed")[..theirs.len()]
        .iter()
        .map(|points| points.parse().expect("points"))
        .collect();
    assert_eq!(ours, theirs, "completed is the sum of the final estimates of what was done at the close");
    for kind in ["velocity", "splitTrend", "interruptLoad", "split"] {
        assert!(!title(&chart(&run.desk, kind, json!({ "last": 60 }))).is_empty(), "{kind}");
    }
    keep(&run.desk, "aurora");
}

/// Plays a Sprint of Jira's reports on other days: its items are features and, of priority 1 and 2, bugs.
fn play(run: &mut Run, jira: &Value, monday: &str, friday: &str) {
    run.desk.clock(&format!("{monday} 07:00"));
    let plan = json!({ "name": format!("AU Sprint {}", text(&jira["sprint_id"])), "firstDay": monday, "lastDay": friday });
    let sprint = run.desk.run(json!({ "sprint": { "plan": plan } })).created[0].clone();
    let (mut all, mut done, mut open) = (Vec::new(), Vec::new(), Vec::new());
    let mut known = std::collections::HashSet::new();
    for item in jira["items"].as_array().expect("items") {
        let outcome = text(&item["outcome"]);
        if !known.insert(text(&item["key"]))
            || !["Completed", "NotCompletedWithinSprint"].contains(&outcome.as_str())
        {
            continue;
        }
        let size = (item["points_at_end"].as_f64().expect("points") * 100.0).round() as i64;
        let kind = if ["1", "2"].contains(&text(&item["priority"]).as_str()) { "bug" } else { "feature" };
        let add = json!({ "title": item["key"], "kind": kind, "size": (size != 0).then_some(size) });
        let id = run.desk.run(json!({ "backlog": { "addItem": add } })).created[0].clone();
        all.push(id.clone());
        if outcome == "Completed" { done.push(id) } else { open.push(id) }
    }
    run.sprint_command(json!({ "selectItems": { "items": all, "sprint": sprint } }));
    run.desk.clock(&format!("{monday} 08:00"));
    run.sprint_command(json!({ "start": { "sprint": sprint } }));
    run.desk.clock(&format!("{friday} 16:00"));
    if !done.is_empty() {
        let state = run.states["Done"].clone();
        run.sprint_command(json!({ "moveToState": { "items": done, "state": state } }));
    }
    let decisions: Vec<Value> =
        open.iter().map(|id| json!({ "item": id, "decision": "productBacklog" })).collect();
    run.desk.run(json!({ "sprint": { "close": { "sprint": sprint, "decisions": decisions } } }));
}

#[test]
fn real_sprints_by_their_totals() {
    let Some(path) = shared("data/sprint-history-dzhw/sprints.csv") else { return };
    let csv = std::fs::read_to_string(path).expect("the Sprints are read");
    let mut desk = Desk::at("2015-12-01 09:00");
    let mut done = Vec::new();
    for line in csv.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |place: usize| cells[place].parse::<f64>().expect("a number");
        record_past(
            &mut desk,
            &format!("Sprint {}", cells[0]),
            (cells[1], cells[2]),
            Some(number(5)),
            number(6),
        );
        done.push(number(6));
    }
    for last in [done.len(), done.len().min(6)] {
        let mut sorted = done[done.len() - last..].to_vec();
        sorted.sort_by(f64::total_cmp);
        let median = (sorted[(last - 1) / 2] + sorted[last / 2]) / 2.0;
        let view = chart(&desk, "velocity", json!({ "last": last }));
        assert_eq!(
            title(&view),
            format!(
                "Velocity: {median} points a Sprint, {} to {} in the last {last}",
                sorted[0],
                sorted[last - 1]
            )
        );
        let mean = sorted.iter().sum::<f64>() / last as f64;
        let sigma = (sorted.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (last - 1) as f64).sqrt();
        let completed = column(&view, "Completed");
        assert_eq!(completed[last].parse::<f64>().ok(), Some((mean * 100.0).round() / 100.0));
        assert_eq!(completed[last + 4], format!("{} %", (sigma / mean * 100.0).round()));
    }
    keep(&desk, "dzhw");
}

/// Copies the team file for eyes, where EVENKEEL_KEEP names a folder.
fn keep(desk: &Desk, name: &str) {
    if let Some(folder) = std::env::var_os("EVENKEEL_KEEP") {
        let to = std::path::Path::new(&folder).join(format!("{name}.evenkeel"));
        std::fs::copy(desk.path(), to).expect("a copy");
    }
}
