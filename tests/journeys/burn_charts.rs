//! The charts of one Sprint: accepted scope changes, hours of each day, what may come, the buffer day by day, sealed.

use crate::sprint::{Run, column, text};
use evenkeel_tests::shared;
use serde_json::{Value, json};

/// A Sprint of two weeks with one person of 50 net hours and a buffer of 5 h, in which an interrupt takes more than
/// that, and `b` is swapped out for it on the first Friday.
fn swapped() -> Run {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    let outage = json!({ "title": "Payouts are stuck", "severity": "P1", "hours": "4" });
    let outage = interrupt(&mut run, json!({ "report": outage }));
    run.desk.clock("2026-11-04 15:00");
    run.to("Done", "a");
    run.desk.clock("2026-11-05 11:00");
    interrupt(&mut run, json!({ "addHours": { "interrupt": outage, "time": "3" } }));
    interrupt(&mut run, json!({ "report": { "title": "Mails are late", "estimate": "1" } }));
    run.desk.clock("2026-11-06 09:00");
    let decision = json!({ "choice": "swapOut", "items": run.ids("b"), "reason": "The bank was down." });
    interrupt(&mut run, json!({ "decideOverflow": decision }));
    run
}

fn interrupt(run: &mut Run, command: Value) -> String {
    run.desk.run(json!({ "interrupt": command })).created.first().cloned().unwrap_or_default()
}

/// What a chart says of each day, a line a day, without the days on which there is nothing in these columns.
fn told(view: &Value, columns: &[&str]) -> Vec<String> {
    let cells: Vec<Vec<String>> = columns.iter().map(|head| column(view, head)).collect();
    let days = column(view, "Day");
    let row = |n: usize| cells.iter().map(|cells| cells[n].as_str()).collect::<Vec<_>>();
    (0..days.len())
        .filter(|n| row(*n).iter().any(|cell| !cell.is_empty()))
        .map(|n| format!("{}: {}", days[n], row(n).join(" | ")))
        .collect()
}

fn heads(view: &Value) -> Vec<String> {
    view["chart"]["table"]["columns"].as_array().expect("heads").iter().map(text).collect()
}

#[test]
fn rule_5_1_after_a_swap_a_second_ideal_starts_that_day_and_the_first_stays() {
    let run = swapped();
    run.desk.clock("2026-11-10 12:00");
    let view = run.chart("burnDown", json!({ "unit": "points" }));
    // 16 points over ten days fall by 1.6; after the swap 3 points are left for the six days from Friday on.
    assert_eq!(
        column(&view, "Ideal"),
        ["14.4", "12.8", "11.2", "9.6", "2.5", "2.5", "2.5", "2", "1.5", "1", "0.5", "0"]
    );
    let svg = text(&view["chart"]["svg"]);
    assert!(svg.contains("ideal at the start") && svg.contains("anew since Fri"), "{svg}");
    let up = run.chart("burnUp", json!({ "unit": "points" }));
    assert_eq!(
        told(&up, &["Scope", "Done", "Ideal"])[3..6],
        ["Thu 5 Nov: 16 | 8 | 6.4", "Fri 6 Nov: 11 | 8 | 8.5", "Sat 7 Nov, day off: 11 | 8 | 8.5"]
    );
    // What is accepted to slip changes no ideal.
    let mut slips = swapped();
    let before = column(&slips.chart("burnDown", json!({})), "Ideal");
    slips.desk.clock("2026-11-06 15:00");
    interrupt(&mut slips, json!({ "report": { "title": "Again", "hours": "2" } }));
    let accept = json!({ "choice": "acceptSlip", "items": slips.ids("c"), "reason": "Nobody is left." });
    interrupt(&mut slips, json!({ "decideOverflow": accept }));
    assert_eq!(column(&slips.chart("burnDown", json!({})), "Ideal"), before);
}

#[test]
fn rule_5_1_a_weighted_ideal_falls_by_the_hours_of_the_start_and_is_kept_with_the_sprint() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    let weighted = |run: &Run| run.chart("burnDown", json!({ "unit": "points", "ideal": "weighted" }));
    let then = weighted(&run);
    let hours: Vec<f64> = column(&then, "Hours").iter().filter_map(|hours| hours.parse().ok()).collect();
    let whole: f64 = hours.iter().sum();
    let mut left = whole;
    let ideal: Vec<String> = column(&then, "Ideal");
    let working = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11];
    for (place, day) in working.into_iter().enumerate() {
        left -= hours[place];
        let expected = (16.0 * left / whole * 10.0).round() / 10.0;
        assert_eq!(ideal[day].parse::<f64>().expect("a number"), expected, "day {day}: {hours:?}");
    }
    assert_ne!(
        ideal,
        column(&run.chart("burnDown", json!({})), "Ideal"),
        "planning and review take their hours"
    );
    // A day off that is entered later changes it no more than it changes the even one.
    let list = run.desk.ask(json!({ "interrupt": { "list": {} } }));
    let ana = text(&list["members"][0]["id"]);
    let away = json!({ "member": ana, "firstDay": "2026-11-10", "lastDay": "2026-11-11" });
    run.desk.run(json!({ "capacity": { "addAbsence": away } }));
    assert_eq!(column(&weighted(&run), "Ideal"), ideal);
    run.desk.clock("2026-11-13 16:00");
    run.to("Done", "a b c");
    run.close(json!([]));
    assert_eq!(column(&weighted(&run), "Ideal"), ideal);
    assert_eq!(column(&weighted(&run), "Hours"), column(&then, "Hours"));
}

#[test]
fn rule_6_1_a_running_sprint_has_a_cone_once_ten_days_are_known() {
    let mut run = Run::new();
    run.select("a8 b5 c3 d2 e5 f3");
    run.start();
    run.desk.clock("2026-11-04 12:00");
    run.to("Done", "a");
    run.desk.clock("2026-11-09 12:00");
    run.to("Done", "b");
    let charts = |run: &Run| ["burnDown", "burnUp"].map(|kind| run.chart(kind, json!({ "unit": "points" })));
    for view in charts(&run) {
        assert!(!heads(&view).iter().any(|head| head.starts_with("Likely")), "seven days are too few");
    }
    run.desk.clock("2026-11-12 10:00");
    run.to("Done", "c");
    for (view, likely) in charts(&run).iter().zip(["Likely left", "Likely done"]) {
        let rows = told(view, &[likely]);
        assert_eq!(rows.len(), 1, "one whole day is to come: {rows:?}");
        assert!(rows[0].starts_with("Fri 13 Nov: "), "{rows:?}");
        let svg = text(&view["chart"]["svg"]);
        assert!(svg.contains("Cone: ") && svg.contains(" %) to be "), "{svg}");
        assert_eq!(
            told(&charts(&run)[0], &["Likely left"]),
            told(&charts(&run)[0], &["Likely left"]),
            "repeatable"
        );
    }
    // As of a past moment nothing is known that came later.
    let early = run.chart("burnDown", json!({ "unit": "points", "asOf": "2026-11-09 13:00" }));
    assert!(!heads(&early).contains(&"Likely left".to_owned()));
    run.desk.clock("2026-11-17 10:00");
    assert!(!heads(&charts(&run)[0]).contains(&"Likely left".to_owned()), "it is overdue");
}

#[test]
fn the_scope_is_projected_by_the_sprint_itself_from_its_third_day_on() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-03 12:00");
    let d = run.add("d", "feature", Some(4));
    let select = json!({ "items": [d], "sprint": run.sprint, "origin": "scopeCreep" });
    run.sprint_command(json!({ "selectItems": select }));
    let up = |run: &Run| run.chart("burnUp", json!({ "unit": "points" }));
    assert!(!heads(&up(&run)).contains(&"Projected scope".to_owned()), "two days, and no Sprint before");
    run.desk.clock("2026-11-05 12:00");
    let view = up(&run);
    // 4 points in four days: one a day for the six that are left.
    assert_eq!(
        column(&view, "Projected scope")[4..],
        ["21", "21", "21", "22", "23", "24", "25", "26"].map(str::to_owned)
    );
    let svg = text(&view["chart"]["svg"]);
    assert!(svg.contains("scope 26 projected") && svg.contains("as in this Sprint so far"), "{svg}");
}

#[test]
fn rule_5_3_two_lanes_tell_plan_and_buffer_day_by_day_and_are_sealed_as_they_were() {
    let mut run = swapped();
    run.desk.clock("2026-11-10 12:00");
    let lanes = |run: &Run| run.chart("twoLanes", json!({ "unit": "points" }));
    let columns = ["Left", "Scope", "Buffer used", "Drawn", "Of the limit"];
    let days = [
        "Mon 2 Nov: 16 | 16 | 0 | 0 | 0 %",
        "Tue 3 Nov: 16 | 16 | 4 | 4 | 80 %",
        "Wed 4 Nov: 8 | 16 | 4 | 0 | 80 %",
        "Thu 5 Nov: 8 | 16 | 8 | 4 | 160 %",
        "Fri 6 Nov: 3 | 11 | 8 | 0 | 160 %",
    ];
    let view = lanes(&run);
    assert_eq!(told(&view, &columns)[..5], days);
    assert_eq!(text(&view["chart"]["title"]), "Sprint 1: 3 points left, 4 working days; buffer 3 h over");
    let happened = column(&view, "What happened");
    assert_eq!(happened[1], "P1 I-1 Payouts are stuck: 7 h");
    assert!(
        happened[4].contains("swapped out") && happened[4].contains("The bank was down."),
        "{happened:?}"
    );

    // As of Thursday the swap is not known, nor the hours of later days.
    let thursday = run.chart("twoLanes", json!({ "unit": "points", "asOf": "2026-11-04 20:00" }));
    assert_eq!(told(&thursday, &columns)[..3], days[..3]);
    assert_eq!(
        text(&thursday["chart"]["title"]),
        "Sprint 1: 8 points left, 8 working days; 4 of 5 h of the buffer used"
    );

    let call = |name: &str| json!({ "team": { "renameSeverity": { "severity": "P1", "name": name } } });
    run.desk.run(call("Sev 1"));
    assert_eq!(column(&lanes(&run), "What happened")[1], "Sev 1 I-1 Payouts are stuck: 7 h");
    run.desk.clock("2026-11-13 16:00");
    run.to("Done", "c");
    run.close(json!([]));
    let closed = lanes(&run);
    run.desk.run(call("Worst"));
    assert_eq!(told(&closed, &columns)[..5], days);
    // What is written down later for a day of the Sprint changes nothing in what was sealed.
    run.desk.clock("2026-11-16 10:00");
    let late = json!({ "title": "Late", "on": "2026-11-05", "hours": "9", "severity": "P1" });
    interrupt(&mut run, json!({ "report": late }));
    assert_eq!(lanes(&run), closed);
    let in_items = run.chart("twoLanes", json!({ "unit": "items" }));
    assert_eq!(told(&in_items, &["Left", "Buffer used"])[4], "Fri 6 Nov: 1 | 8");
}

#[test]
fn what_drew_on_the_buffer_of_a_day_stands_behind_it() {
    let mut run = swapped();
    run.desk.clock("2026-11-10 12:00");
    let question = json!({
        "chart": "twoLanes", "sprint": run.sprint, "theme": "light", "width": 960, "height": 540, "unit": "points"
    });
    let behind = |run: &Run, day: &str| {
        let asked = json!({ "flow": { "behind": { "question": question, "behind": { "day": day } } } });
        let view = run.desk.ask(asked);
        let row =
            |row: &Value| format!("{} {}: {}", text(&row["label"]), text(&row["title"]), text(&row["what"]));
        let rows: Vec<String> = view["rows"].as_array().expect("rows").iter().map(row).collect();
        (text(&view["title"]), rows)
    };
    let (title, rows) = behind(&run, "2026-11-05");
    assert_eq!(title, "Sprint 1, 5 November: 8 points left, 8 h of the buffer used");
    assert_eq!(
        rows[..3],
        [
            "I-2 Mails are late: arrived, P3",
            "I-1 Payouts are stuck: 3 h of the buffer",
            "I-2 Mails are late: 1 h of the buffer, expected"
        ]
    );
    let (_, rows) = behind(&run, "2026-11-06");
    assert!(rows[0].ends_with("The bank was down.: decided: swapped out"), "{rows:?}");
    run.desk.clock("2026-11-13 16:00");
    run.to("Done", "c");
    let then = behind(&run, "2026-11-05");
    run.close(json!([]));
    assert_eq!(behind(&run, "2026-11-05"), then, "behind what was sealed stands what was sealed");
}

#[test]
fn a_sprint_before_its_start_shows_what_is_kept_for_the_buffer() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    let view = run.chart("twoLanes", json!({}));
    assert_eq!(
        text(&view["chart"]["title"]),
        "Sprint 1: not started, 16 points selected; 5 h kept for the buffer"
    );
    assert!(column(&view, "Buffer used").iter().all(String::is_empty));
}

/// Draws the Sprints of files that EVENKEEL_LOOK names into its folder, for eyes: three hundred items, and real ones.
#[test]
#[ignore = "for looking at the pictures"]
fn look() {
    let Some(folder) = std::env::var_os("EVENKEEL_LOOK").map(std::path::PathBuf::from) else { return };
    std::fs::create_dir_all(&folder).expect("a folder");
    let keep = |run: &Run, name: &str| {
        for kind in ["burnDown", "burnUp", "twoLanes"] {
            for (look, theme, width, height) in [
                ("light", "light", 660, 380),
                ("dark", "dark", 960, 540),
                ("projector", "projector", 1920, 1080),
                ("small", "light", 320, 180),
            ] {
                let more = json!({ "theme": theme, "width": width, "height": height });
                let svg = text(&run.chart(kind, more)["chart"]["svg"]);
                std::fs::write(folder.join(format!("{name}-{kind}-{look}.svg")), svg).expect("a picture");
            }
        }
    };
    let mut run = Run::new();
    for n in 0..300_u32 {
        run.add(&format!("Item number {n} of three hundred"), "feature", Some(i64::from(1 + n % 5)));
    }
    let names: Vec<String> = run.items.keys().cloned().collect();
    let ids = |names: &[String]| names.iter().map(|name| run.items[name].clone()).collect::<Vec<_>>();
    let first = ids(&names);
    run.sprint_command(json!({ "selectItems": { "items": first, "sprint": run.sprint } }));
    run.start();
    for (day, chunk) in names.chunks(32).enumerate().take(8) {
        let date = 2 + day + if day > 4 { 2 } else { 0 };
        for (n, item) in chunk.iter().enumerate() {
            run.desk.clock(&format!("2026-11-{date:02} {:02}:{:02}", 9 + n / 4, n % 4 * 15));
            let (id, state) = (run.items[item].clone(), run.states["Done"].clone());
            run.sprint_command(json!({ "moveToState": { "items": [id], "state": state } }));
        }
        let report = json!({ "title": format!("Outage number {day}"), "hours": "2", "severity": format!("P{}", 1 + day % 5) });
        interrupt(&mut run, json!({ "report": report }));
    }
    keep(&run, "three-hundred");
    let mut unsized_items = Run::new();
    unsized_items.select("a b c d5");
    unsized_items.start();
    unsized_items.desk.clock("2026-11-05 10:00");
    unsized_items.to("Done", "a");
    keep(&unsized_items, "unsized");
    unsized_items.desk.clock("2026-11-18 10:00");
    keep(&unsized_items, "overdue");
    let Some(path) = shared("oracles/jira_sprint_reports_dev.json") else { return };
    let oracle = std::fs::read_to_string(path).expect("the reports are read");
    let oracle: Value = serde_json::from_str(&oracle).expect("the reports are JSON");
    for sprint in oracle["projects"]["Aurora"].as_array().expect("Sprints") {
        let (desk, id) = crate::jira_sprints::played(sprint);
        let name = text(&sprint["sprint_id"]);
        for kind in ["burnDown", "burnUp", "twoLanes"] {
            let question =
                json!({ "chart": kind, "sprint": id, "theme": "light", "width": 660, "height": 380 });
            let svg = text(&desk.ask(json!({ "flow": { "chart": question } }))["chart"]["svg"]);
            std::fs::write(folder.join(format!("aurora-{name}-{kind}.svg")), svg).expect("a picture");
        }
    }
}
