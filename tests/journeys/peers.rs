//! What peers answer about burn-downs, commitment and scope, beside what we answer.
//!
//! Where a peer follows another rule, the case is kept, and the line that differs names our rule.

use crate::sprint::{Run, column, points};
use domain::calendar::Day;
use evenkeel_tests::shared;
use serde_json::{Value, json};

fn oracle(name: &str) -> Option<Value> {
    let text = std::fs::read_to_string(shared(&format!("oracles/{name}.json"))?).expect("the oracle is read");
    Some(serde_json::from_str(&text).expect("the oracle is JSON"))
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("numbers").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn burn(run: &Run) -> Value {
    run.burn_down(json!("points"))
}

/// What remained at the end of each day that was lived; on the days off too, if so wanted.
fn day_ends(burn: &Value, days_off: bool) -> Vec<f64> {
    let days = column(burn, "Day").into_iter().zip(column(burn, "Remaining"));
    let wanted = days.filter(|(day, left)| !left.is_empty() && (days_off || !day.ends_with("day off")));
    wanted.map(|(_, left)| number(&left)).collect()
}

/// The ideal line at the end of a day, counted from 0, to a tenth.
fn ideal_at_end(burn: &Value, day: usize) -> f64 {
    number(&column(burn, "Ideal")[day])
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

/// Theirs to a tenth, as our table says it.
fn tenths(theirs: &[f64]) -> Vec<f64> {
    theirs.iter().map(|number| (number * 10.0).round() / 10.0).collect()
}

fn close_to(ours: &[f64], theirs: &[f64]) {
    assert_eq!(ours.len(), theirs.len(), "{ours:?} beside {theirs:?}");
    assert!(ours.iter().zip(theirs).all(|(a, b)| (a - b).abs() < 1e-9), "{ours:?} beside {theirs:?}");
}

fn size(run: &mut Run, items: &str, points: Option<i64>) {
    let items = run.ids(items);
    run.desk
        .run(json!({ "backlog": { "size": { "items": items, "size": points.map(|points| points * 100) } } }));
}

#[test]
fn openproject_one_value_a_working_day() {
    let Some(oracle) = oracle("burndown") else { return };
    let cases = &oracle["openproject_classic"]["cases"];

    // Reopening puts the points back.
    let mut run = Run::planned("2011-03-28 00:00", "2011-03-28", "2011-04-10");
    run.select("a9");
    run.start();
    run.desk.clock("2011-03-29 12:00");
    run.to("Done", "a");
    run.desk.clock("2011-04-01 12:00");
    run.to("To do", "a");
    run.desk.clock("2011-04-04 12:00");
    close_to(&day_ends(&burn(&run), false), &numbers(&cases[0]["remaining"]));
    // Theirs falls by 1 from 9 on the first day; by rule 5.1 nine points over ten working days fall by 0.9 a day.
    let first = numbers(&cases[0]["ideal"])[0];
    assert_eq!((first, ideal_at_end(&burn(&run), 0)), (9.0, 8.1));

    // Taking estimates away, one a day.
    let mut run = Run::planned("2011-03-28 00:00", "2011-03-28", "2011-04-10");
    run.select("a10 b10 c10 d10 e10 f10 g10 h10 i10 j10");
    run.start();
    for (item, day) in ["a", "b", "c", "d", "e"].iter().zip(["28", "29", "30", "31", "01"]) {
        let month = if day == "01" { "04" } else { "03" };
        run.desk.clock(&format!("2011-{month}-{day} 12:00"));
        size(&mut run, item, None);
    }
    run.desk.clock("2011-04-04 12:00");
    close_to(&day_ends(&burn(&run), false), &numbers(&cases[2]["remaining"]));
    let burned = burn(&run);
    let ends: Vec<f64> = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].map(|day| ideal_at_end(&burned, day)).to_vec();
    close_to(&ends, &tenths(&numbers(&cases[2]["ideal"])));

    // A Sprint that starts tomorrow has no line yet.
    let mut run = Run::planned("2011-03-27 12:00", "2011-03-28", "2011-04-10");
    run.select("a9");
    close_to(&day_ends(&burn(&run), true), &numbers(&cases[3]["remaining"]));
}

#[test]
fn openproject_steps_and_guideline() {
    let Some(oracle) = oracle("burndown") else { return };
    let cases = &oracle["openproject_2026"]["cases"];
    let begun = |items: &str| {
        let mut run = Run::planned("2026-10-12 08:00", "2026-10-12", "2026-10-23");
        run.select(items);
        run.desk.clock("2026-10-12 09:00");
        run
    };

    let mut run = begun("a10");
    run.start();
    for (day, value) in cases[0]["guideline_end_of_day"].as_object().expect("days") {
        let place = Day::parse("2026-10-12").expect("a day").days_until(Day::parse(day).expect("a day"));
        close_to(&[ideal_at_end(&burn(&run), place as usize)], &tenths(&[value.as_f64().expect("points")]));
    }
    let ideal = column(&burn(&run), "Ideal");
    // Scope that comes later does not move it.
    run.desk.clock("2026-10-13 09:00");
    let b = run.add("b", "feature", Some(90));
    let select = json!({ "items": [b], "sprint": run.sprint, "origin": "scopeCreep" });
    run.sprint_command(json!({ "selectItems": select }));
    assert_eq!(column(&burn(&run), "Ideal"), ideal);
    let committed = burn(&run)["terms"]["terms"]["committed"].as_f64().map(|hundredths| hundredths / 100.0);
    assert_eq!(committed, cases[1]["guideline_starts_at"].as_f64());

    let mut run = begun("a10 b4");
    run.start();
    run.desk.clock("2026-10-13 15:00");
    size(&mut run, "b", Some(1));
    close_to(&day_ends(&burn(&run), true), &numbers(&cases[2]["remaining_values"]));

    let mut run = begun("a10 b4");
    run.to("Done", "b");
    run.desk.clock("2026-10-12 09:05");
    run.start();
    close_to(&day_ends(&burn(&run), true), &numbers(&cases[3]["remaining_values"]));

    // The line ends now, and not at the planned end; after it, the guideline still meets zero on the planned day.
    run.desk.clock("2026-10-14 12:00");
    assert_eq!(day_ends(&burn(&run), true).len(), 3);
    run.desk.clock("2026-10-28 12:00");
    assert_eq!([11, 16].map(|day| ideal_at_end(&burn(&run), day)), [0.0, 0.0]);

    let mut run = Run::planned("2026-10-12 00:00", "2026-10-12", "2026-10-12");
    run.select("a10");
    run.start();
    let committed = burn(&run)["terms"]["terms"]["committed"].as_f64().expect("points") / 100.0;
    close_to(&[committed, ideal_at_end(&burn(&run), 0)], &numbers(&cases[6]["guideline"]));

    // No working day: the one value that there is, without a division by zero.
    let mut run = Run::planned("2026-10-17 00:00", "2026-10-17", "2026-10-18");
    run.select("a10");
    run.start();
    let value = numbers(&cases[7]["guideline"])[0];
    assert!(column(&burn(&run), "Ideal").iter().all(|ideal| number(ideal) == value));

    // Theirs projects what is left in a straight line to the planned end; by rule 6.1 ours is simulated from the team's
    // own days, and refused without ten of them. Neither has one past the planned end, or where the Sprint does not run.
    assert_eq!(cases[5]["projection"], json!([]));
    assert_eq!((&cases[8]["projection"]["first"], &cases[8]["projection"]["last"]), (&json!(8), &json!(0)));
    assert_eq!(cases[9]["projection"], json!([]));
    let forecast = |run: &Run| {
        let heads = burn(run)["chart"]["table"]["columns"].clone();
        heads.as_array().expect("heads").contains(&json!("Likely left"))
    };
    let mut run = begun("a5 b8");
    assert!(!forecast(&run), "it is not started");
    run.start();
    run.desk.clock("2026-10-13 12:00");
    run.to("Done", "a");
    assert_eq!(crate::sprint::left(&burn(&run)), cases[8]["remaining_now"].to_string());
    assert!(!forecast(&run), "a day is too little history");
    run.desk.clock("2026-10-22 12:00");
    assert!(forecast(&run), "ten days are enough");
    run.desk.clock("2026-10-28 12:00");
    assert!(!forecast(&run), "it is overdue by five days");
    run.to("Done", "b");
    run.close(json!([]));
    assert!(!forecast(&run), "it is closed");

    // Theirs samples a long Sprint daily, and draws none of more than a year; ours has no Sprint of more than a month,
    // and by rules 3.1 and 5.2 draws an overdue one at each fact, however long it is overdue.
    assert_eq!(
        (&cases[10]["sampling"], &cases[11]["drawn"]),
        (&json!("daily instead of hourly"), &json!(false))
    );
    assert_eq!(cases[12]["drawn"], true);
    let mut run = begun("a10 b4");
    for last in ["2026-11-30", "2027-10-11", "2027-12-31"] {
        let plan = json!({ "plan": { "firstDay": "2026-10-12", "lastDay": last } });
        assert!(run.refusal(plan).contains("is more than a month"), "{last}");
    }
    run.start();
    run.desk.clock("2026-10-14 15:20");
    run.to("Done", "b");
    run.desk.clock("2027-12-31 12:00");
    let overdue = burn(&run);
    assert_eq!((crate::sprint::left(&overdue), day_ends(&overdue, true).len()), ("10".into(), 446));

    // Theirs draws nothing without estimates; by rule 1.3 ours counts items and says so.
    assert_eq!(cases[13]["has_points"], false);
    let mut run = begun("a b");
    run.start();
    let usual = run.burn_down(Value::Null);
    assert_eq!(usual["unit"], "items");
    let said = usual["chart"]["description"].as_str().expect("words");
    assert!(said.contains("because only 0 of 2 are sized"), "{said}");
}

#[test]
fn redmine_points_left_each_day() {
    let Some(oracle) = oracle("burndown") else { return };
    let cases = &oracle["redmine_backlogs"]["cases"];
    // Day 1 is Thursday, 2 February 2012; their hours are tasks', which we do not keep.
    let working = ["2012-02-02", "2012-02-03", "2012-02-06", "2012-02-07", "2012-02-08"];
    let every =
        ["2012-02-02", "2012-02-03", "2012-02-04", "2012-02-05", "2012-02-06", "2012-02-07", "2012-02-08"];
    for (place, days) in [(0, &working[..]), (1, &working[..]), (2, &every[..])] {
        let case = &cases[place];
        let mut run = Run::planned("2012-02-01 12:00", "2012-02-02", "2012-02-09");
        if place == 2 {
            run.desk.run(json!({ "team": { "setWorkingWeek": { "days": 127 } } }));
        }
        run.select("A1 B2 C4");
        run.desk.clock("2012-02-02 00:00");
        run.start();
        let changes = if place == 1 { &cases[0]["changes"] } else { &case["changes"] };
        let (mut left, mut done) = (vec![7.0], vec![0.0]);
        for (day, date) in days.iter().enumerate() {
            run.desk.clock(&format!("{date} 12:00"));
            if place == 1 && day == 2 {
                let d = run.add("D", "feature", Some(4));
                let select = json!({ "items": [d], "sprint": run.sprint, "origin": "discovered" });
                run.sprint_command(json!({ "selectItems": select }));
            }
            if place == 1 && day == 4 {
                run.to("Done", "D");
            }
            for (story, change) in changes[(day + 1).to_string()].as_object().into_iter().flatten() {
                if change == "0+closed" {
                    run.to("Done", story);
                }
            }
            left.push(number(&crate::sprint::left(&burn(&run))));
            let up = run.chart("burnUp", json!({ "unit": "points" }));
            done.extend(
                column(&up, "Done").into_iter().rfind(|done| !done.is_empty()).map(|done| number(&done)),
            );
        }
        if place == 0 {
            close_to(&done, &numbers(&case["burnup_resolved"]));
        }
        let rows = case["rows"].as_array().expect("rows").iter();
        let theirs: Vec<f64> = rows.map(|row| row[2].as_f64().expect("points")).collect();
        close_to(&left, &theirs);
        if place == 1 {
            // Theirs commits what is added; by rule 3.2 the commitment stays 7, and the scope grows to their 11.
            let now = run.board()["sprint"]["points"].clone();
            assert_eq!(
                (points(&now["terms"]["committed"]), points(&now["scope"])),
                ("7".into(), "11".into())
            );
            assert_eq!(case["rows"][5][1], 11);
        }
    }
    // Theirs has a row before the Sprint; by rule 3.2 nothing is committed and nothing burns until the start.
    assert_eq!(cases[3]["rows"], json!([["start", 8, 8, 40]]));
    let mut run = Run::planned("2012-11-20 12:00", "2012-11-21", "2012-12-04");
    run.select("a8");
    assert_eq!(day_ends(&burn(&run), true), [0.0; 0]);
    assert_eq!(burn(&run)["chart"]["title"], "Sprint 1: not started, 8 points selected");
}

#[test]
fn estafet_what_is_left_of_a_project_after_each_sprint() {
    let Some(oracle) = oracle("burndown") else { return };
    let oracle = &oracle["estafet"];
    // A project is a Sprint of its own here: what is left falls by the stories of each of theirs.
    let mut run = Run::planned("2026-10-12 08:00", "2026-10-12", "2026-10-23");
    let stories = oracle["stories"].as_array().expect("stories");
    let names = ["a", "b", "c", "d", "e"];
    let selected: Vec<String> =
        names.iter().zip(stories).map(|(name, story)| format!("{name}{}", story["points"])).collect();
    run.select(&selected.join(" "));
    run.start();
    let mut left = vec![number(&crate::sprint::left(&burn(&run)))];
    for sprint in 1..=3 {
        run.desk.clock(&format!("2026-10-{} 12:00", 12 + sprint));
        for (name, _) in names.iter().zip(stories).filter(|(_, story)| story["sprint"] == sprint) {
            run.to("Done", name);
        }
        left.push(number(&crate::sprint::left(&burn(&run))));
    }
    close_to(&left, &numbers(&oracle["remaining_after"]));
}

#[test]
fn openproject_committed_and_completed() {
    let Some(oracle) = oracle("sprint_commitment_velocity") else { return };
    let (committed, completed) =
        (&oracle["openproject_velocity"]["committed"], &oracle["openproject_velocity"]["completed"]);
    let begin = |items: &str| {
        let mut run = Run::planned("2026-03-02 10:00", "2026-03-03", "2026-03-16");
        run.select(items);
        run
    };
    let start = |run: &mut Run| {
        run.desk.clock("2026-03-03 10:00");
        run.start();
        run.desk.clock("2026-03-05 10:00");
    };
    let term = |run: &Run, term: &str| {
        run.board()["sprint"]["points"]["terms"][term].as_f64().expect("points") / 100.0
    };
    let expect =
        |case: &Value, field: &str, ours: f64| assert_eq!(case[field].as_f64(), Some(ours), "{case}");

    // Theirs commits what is closed already, 8; by rule 3.2 it is left out and listed.
    let mut run = begin("a5 b3");
    run.to("Done", "b");
    start(&mut run);
    assert_eq!((committed[0]["committed"].as_f64(), term(&run, "committed")), (Some(8.0), 5.0));
    assert_eq!(run.board()["columns"][2]["items"][0]["outside"], true);

    let mut run = begin("a5");
    start(&mut run);
    let b = run.add("b", "feature", Some(8));
    let select = json!({ "items": [b], "sprint": run.sprint, "origin": "pulledIn" });
    run.sprint_command(json!({ "selectItems": select }));
    expect(&committed[1], "committed", term(&run, "committed"));

    let mut run = begin("a5");
    start(&mut run);
    let a = run.ids("a");
    run.sprint_command(json!({ "returnItems": { "items": a } }));
    expect(&committed[2], "committed", term(&run, "committed"));

    let mut run = begin("a5");
    start(&mut run);
    size(&mut run, "a", Some(13));
    expect(&committed[3], "committed", term(&run, "committed"));
    // A shared Sprint of several projects has no counterpart: a team file is one team's.

    let mut run = begin("a5 b3 c8");
    start(&mut run);
    run.to("Done", "a b");
    expect(&completed[0], "completed", term(&run, "done"));
    run.to("To do", "b");
    expect(&completed[4], "completed", term(&run, "done"));

    // What is finished or re-sized after the close changes nothing.
    for (place, done_in_time) in [(1, false), (2, true)] {
        let mut run = begin("a5");
        start(&mut run);
        if done_in_time {
            run.to("Done", "a");
        }
        run.desk.clock("2026-03-16 10:00");
        let open = if done_in_time {
            json!([])
        } else {
            json!([{ "item": run.items["a"], "decision": "productBacklog" }])
        };
        run.close(open);
        run.desk.clock("2026-03-23 10:00");
        if done_in_time {
            size(&mut run, "a", Some(13));
        } else {
            run.to("Done", "a");
        }
        let report = run.ask(json!({ "report": { "sprint": run.sprint } }))["report"].clone();
        expect(&completed[place], "completed", report["points"]["done"].as_f64().expect("points") / 100.0);
    }
}

#[test]
fn openproject_scope_change() {
    let Some(oracle) = oracle("sprint_commitment_velocity") else { return };
    let cases = &oracle["openproject_scope_change"]["cases"];
    let begin = |items: &str| {
        let mut run = Run::planned("2026-03-02 10:00", "2026-03-03", "2026-03-16");
        run.select(items);
        run.desk.clock("2026-03-03 10:00");
        run.start();
        run
    };
    let mut hour = 11;
    let mut moved = |run: &mut Run, name: &str, way: &str| {
        run.desk.clock(&format!("2026-03-03 {hour}:00"));
        hour += 1;
        let items = run.ids(name);
        run.sprint_command(match way {
            "out" => json!({ "returnItems": { "items": items } }),
            _ => json!({ "selectItems": { "items": items, "sprint": run.sprint, "origin": "pulledIn" } }),
        });
    };
    let both = |run: &Run| -> [f64; 2] {
        let terms = run.board()["sprint"]["points"]["terms"].clone();
        ["added", "removed"].map(|term| terms[term].as_f64().expect("points") / 100.0)
    };
    let theirs = |case: &Value| {
        ["added_points", "removed_points"].map(|field| case["expect"][field].as_f64().expect("points"))
    };

    let mut run = begin("a5");
    run.add("b", "feature", Some(2));
    run.add("c", "feature", Some(3));
    moved(&mut run, "b c", "in");
    assert_eq!(both(&run), theirs(&cases[0]));

    let mut run = begin("a5 b4");
    moved(&mut run, "b", "out");
    assert_eq!(both(&run), theirs(&cases[1]));

    // Theirs shows the net effect; by rule 3.4 out and in again stands in both terms, and the scope agrees.
    let mut run = begin("a5 b1");
    moved(&mut run, "b", "out");
    moved(&mut run, "b", "in");
    assert_eq!((both(&run), theirs(&cases[2])), ([1.0, 1.0], [0.0, 0.0]));

    let mut run = begin("a5 b6");
    for way in ["out", "in", "out"] {
        moved(&mut run, "b", way);
    }
    assert_eq!((both(&run), theirs(&cases[3])), ([6.0, 12.0], [0.0, 6.0]));

    let mut run = begin("a5 b3");
    run.to("Done", "b");
    let expected = &cases[5]["expect"];
    let now = run.board()["sprint"].clone();
    let whole = |unit: &str, path: &[&str]| {
        path.iter().fold(&now[unit], |value, step| &value[*step]).as_f64().expect("an amount") / 100.0
    };
    for (field, ours) in [
        ("planned_count", whole("items", &["terms", "committed"])),
        ("planned_points", whole("points", &["terms", "committed"])),
        ("completed_count", whole("items", &["terms", "done"])),
        ("completed_points", whole("points", &["terms", "done"])),
        ("unfinished_count", whole("items", &["remaining"])),
        ("unfinished_points", whole("points", &["remaining"])),
    ] {
        assert_eq!(expected[field].as_f64(), Some(ours), "{field}");
    }
}
