//! What the border keeps out, and what holds whatever comes in.

use evenkeel_tests::Desk;
use serde_json::{Value, json};

#[test]
fn a_command_that_changes_nothing_is_no_step_that_could_be_undone() {
    let mut desk = Desk::new();
    let renamed = desk.run(json!({ "team": { "rename": { "name": "Payments and more" } } }));
    assert_eq!(renamed.operation, Some(2));
    let again = desk.run(json!({ "team": { "rename": { "name": "Payments and more" } } }));
    assert_eq!(again.operation, None);
    assert_eq!(desk.run(json!({ "journal": { "undo": {} } })).operation, Some(3));
}

#[test]
fn days_and_moments_and_shares_out_of_this_world_are_not_understood() {
    let mut desk = Desk::new();
    let item = desk.run(json!({ "backlog": { "addItem": { "title": "Work" } } })).created[0].clone();
    let lanes = desk.ask(json!({ "team": { "settings": {} } }))["lanes"].clone();
    let share = |share: Value| json!([{ "lane": lanes[0]["id"], "share": share }]);
    for command in [
        json!({ "team": { "setWorkingWeek": { "days": 31, "validFrom": "+20000-01-01" } } }),
        json!({ "team": { "addHoliday": { "day": "-0001-01-01", "name": "x" } } }),
        json!({ "backlog": { "size": { "items": [item], "size": "5", "at": i64::MIN } } }),
        json!({ "capacity": { "setSplit": { "sprint": item, "shares": share(json!(i64::MAX)) } } }),
    ] {
        desk.refused(command);
    }
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn what_happened_last_holds_although_the_clock_was_set_back() {
    let mut desk = Desk::at("2026-11-02 10:00");
    let item = desk.run(json!({ "backlog": { "addItem": { "title": "Work" } } })).created[0].clone();
    desk.run(json!({ "backlog": { "size": { "items": [item], "size": "5" } } }));
    desk.clock("2026-11-02 09:00");
    desk.run(json!({ "backlog": { "size": { "items": [item], "size": "8" } } }));
    assert_eq!(desk.ask(json!({ "backlog": { "item": { "item": item } } }))["row"]["size"], 800);
}

#[test]
fn a_label_is_never_given_twice() {
    let mut desk = Desk::new();
    desk.run(json!({ "backlog": { "addItem": { "title": "One" } } }));
    let two = desk.run(json!({ "backlog": { "addItem": { "title": "Two" } } })).created[0].clone();
    desk.run(json!({ "backlog": { "removeItems": { "items": [two] } } }));
    assert_eq!(desk.run(json!({ "backlog": { "addItem": { "title": "Three" } } })).title, "Add PAY-3");
}

#[test]
fn a_lane_that_is_added_or_goes_leaves_every_day_readable() {
    let mut desk = Desk::new();
    let lanes = |desk: &Desk| desk.ask(json!({ "team": { "settings": {} } }))["lanes"].clone();
    let before = lanes(&desk);
    let share = |lane: &Value, share: i64| json!({ "lane": lane["id"], "share": share });
    let later = json!([share(&before[0], 5000), share(&before[1], 2000), share(&before[2], 3000)]);
    desk.clock("2026-11-09 09:00");
    desk.run(json!({ "team": { "setShares": { "shares": later, "validFrom": "2026-12-14" } } }));
    assert_eq!(lanes(&desk), before, "the new shares come later");
    let platform = desk.run(json!({ "team": { "addLane": { "name": "Platform" } } })).created[0].clone();
    desk.run(json!({ "team": { "setLaneOfKind": { "kind": "infrastructure", "lane": platform } } }));
    assert_eq!(lanes(&desk).as_array().map(Vec::len), Some(4));
    // The buffer becomes another lane, and two lanes become one.
    desk.clock("2026-11-20 09:00");
    let fire = desk.run(json!({ "team": { "addLane": { "name": "Fire" } } })).created[0].clone();
    desk.run(json!({ "team": { "setBuffer": { "lane": fire } } }));
    for kind in ["bug", "debt", "infrastructure"] {
        desk.run(json!({ "team": { "setLaneOfKind": { "kind": kind, "lane": before[0]["id"] } } }));
    }
    let names = |desk: &Desk| -> Vec<String> {
        let lanes = lanes(desk);
        lanes.as_array().unwrap().iter().map(|lane| format!("{} {}", lane["name"], lane["share"])).collect()
    };
    let now = json!([share(&before[0], 10_000), share(&before[1], 0), share(&before[2], 0)]);
    desk.run(json!({ "team": { "setShares": { "shares": now } } }));
    let remove = json!({ "team": { "removeLane": { "lane": before[1]["id"] } } });
    let refused = desk.refused(remove);
    assert_eq!(refused.message, "From 14 December on: The shares add up to 80 %, not to 100 %.");
    let later = json!([share(&before[0], 7000), share(&before[1], 0), share(&before[2], 3000)]);
    desk.run(json!({ "team": { "setShares": { "shares": later, "validFrom": "2026-12-14" } } }));
    desk.run(json!({ "team": { "removeLane": { "lane": before[1]["id"] } } }));
    assert_eq!(names(&desk).join(", "), r#""New features" 10000, "Platform" 0, "Fire" 0, "Buffer" 0"#);
    desk.clock("2026-12-14 09:00");
    assert_eq!(names(&desk).join(", "), r#""New features" 7000, "Platform" 0, "Fire" 0, "Buffer" 3000"#);
    for day in ["2026-11-02 09:00", "2026-11-10 09:00", "2026-11-20 09:00", "2027-01-10 09:00"] {
        desk.clock(day);
        desk.ask(json!({ "team": { "settings": {} } }));
    }
    assert_eq!(desk.team.check().unwrap().problems, vec![]);
}
