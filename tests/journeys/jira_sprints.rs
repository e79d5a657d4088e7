//! Jira's own Sprint reports, played through commands: each Sprint in a team file of its own, to the last point (3.6).
//!
//! 1. What Jira calls *completed in another Sprint* was selected and done before the start; *punted* left during it.
//! 2. Jira counts what was added after the start, but does not say which: the last ones of its list come in then, as
//!    long as one is left to start with. No sum depends on which they are.
//! 3. Where Jira's totals disagree with its own items, the Sprint and the field are named here.

use evenkeel_tests::{Desk, shared};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// One item is listed twice among the completed of this Sprint, and Jira counts it once; so do we.
const DISAGREEING: [(&str, &str, &str); 1] = [("Usergrid", "1", "completed_count")];

#[test]
fn rule_3_6_jiras_own_sprint_reports_come_out_to_the_last_point() {
    let Some(path) = shared("oracles/jira_sprint_reports_dev.json") else { return };
    let oracle = std::fs::read_to_string(path).expect("the reports are read");
    let oracle: Value = serde_json::from_str(&oracle).expect("the reports are JSON");
    let (mut sprints, mut active, mut committed, mut disagreeing) = (0, 0, 0, Vec::new());
    for (project, of_project) in oracle["projects"].as_object().expect("projects") {
        for sprint in of_project.as_array().expect("Sprints") {
            let played = Played::of(sprint);
            played.check(project);
            sprints += 1;
            active += usize::from(!played.closed);
            committed += usize::from(played.added == 0);
            for field in sprint["disagreeing_fields"].as_array().expect("fields") {
                disagreeing.push((project.clone(), text(&sprint["sprint_id"]), text(field)));
            }
        }
    }
    assert_eq!((sprints, active), (76, 1));
    assert!(committed > 0, "some commitments are known in full");
    let named: Vec<_> = DISAGREEING
        .iter()
        .map(|(project, id, field)| (project.to_string(), id.to_string(), field.to_string()))
        .collect();
    assert_eq!(disagreeing, named);
}

/// The desk of a Sprint that was played, and the Sprint.
pub fn played(jira: &Value) -> (Desk, String) {
    let played = Played::of(jira);
    (played.desk, played.id)
}

/// A Sprint that was played, and what it came to.
struct Played<'j> {
    jira: &'j Value,
    desk: Desk,
    id: String,
    closed: bool,
    /// How many items came in after the start.
    added: usize,
    /// What all that was not done before was sized at the start, in hundredths.
    initial: i64,
}

/// An item as Jira reports it.
struct Reported {
    id: String,
    outcome: String,
    initial: i64,
    last: i64,
}

impl Played<'_> {
    fn of(jira: &Value) -> Played<'_> {
        let (start, end) = (text(&jira["start"]), text(&jira["planned_end"]));
        let mut desk = Desk::at(&format!("{start} 07:00"));
        let plan = json!({ "name": format!("Sprint {}", text(&jira["sprint_id"])), "firstDay": start, "lastDay": end });
        let id = desk.run(json!({ "sprint": { "plan": plan } })).created[0].clone();
        let items = add_items(&mut desk, jira);
        let done_before: Vec<&Reported> = of(&items, "CompletedInAnotherSprint").collect();
        let mut inside: Vec<&Reported> =
            items.iter().filter(|item| item.outcome != "CompletedInAnotherSprint").collect();
        let late = jira["jira_report"]["added_after_start_count"].as_u64().expect("a count") as usize;
        let added = late.min(inside.len() - 1);
        let later = inside.split_off(inside.len() - added);

        let first: Vec<&String> = inside.iter().chain(&done_before).map(|item| &item.id).collect();
        desk.run(json!({ "sprint": { "selectItems": { "items": first, "sprint": id } } }));
        desk.clock(&format!("{start} 07:30"));
        let states = states(&desk);
        move_to(&mut desk, &states["done"], &done_before);
        desk.clock(&format!("{start} 08:00"));
        desk.run(json!({ "sprint": { "start": { "sprint": id } } }));

        desk.clock(&format!("{start} 10:00"));
        if !later.is_empty() {
            let later: Vec<&String> = later.iter().map(|item| &item.id).collect();
            let select = json!({ "items": later, "sprint": id, "origin": "discovered" });
            desk.run(json!({ "sprint": { "selectItems": select } }));
        }
        desk.clock(&format!("{start} 11:00"));
        resize(&mut desk, &items);
        desk.clock(&format!("{start} 12:00"));
        move_to(&mut desk, &states["done"], &of(&items, "Completed").collect::<Vec<_>>());
        desk.clock(&format!("{start} 13:00"));
        let punted: Vec<&String> = of(&items, "Punted").map(|item| &item.id).collect();
        if !punted.is_empty() {
            desk.run(json!({ "sprint": { "returnItems": { "items": punted } } }));
        }

        let closed = jira["state"] == "CLOSED";
        desk.clock(&format!("{} 18:00", text(&jira["closed_on"])));
        if closed {
            let decision = |item: &Reported| json!({ "item": item.id, "decision": "productBacklog" });
            let decisions: Vec<Value> = of(&items, "NotCompletedWithinSprint").map(decision).collect();
            desk.run(json!({ "sprint": { "close": { "sprint": id, "decisions": decisions } } }));
        }
        let inside = items.iter().filter(|item| item.outcome != "CompletedInAnotherSprint");
        let initial = inside.map(|item| item.initial).sum();
        Played { jira, desk, id, closed, added, initial }
    }

    /// Compares with Jira's totals, field by field.
    fn check(&self, project: &str) {
        let ours: BTreeMap<&str, f64> = if self.closed { self.report() } else { self.board() };
        for (field, ours) in ours {
            let jira = self.jira["jira_report"][field].as_f64().expect(field);
            assert_eq!(ours, jira, "{project}, Sprint {}: {field}", self.jira["sprint_id"]);
        }
    }

    fn report(&self) -> BTreeMap<&'static str, f64> {
        let report =
            self.desk.ask(json!({ "sprint": { "report": { "sprint": self.id } } }))["report"].clone();
        let sum = |list: &str, field: &str| report["sums"][list][field].as_f64().expect("a sum");
        assert_eq!(sum("added", "count"), self.added as f64);
        if self.added == 0 {
            // The whole commitment is known: all that was in the Sprint at its start, at the sizes then.
            assert_eq!(report["points"]["committed"], self.initial);
        }
        BTreeMap::from([
            ("completed_count", sum("completed", "count")),
            ("not_completed_count", sum("notCompleted", "count")),
            ("removed_count", sum("removed", "count")),
            ("completed_in_another_sprint_count", sum("completedOutside", "count")),
            ("completed_points_initial", sum("completed", "initial") / 100.0),
            ("completed_points_final", sum("completed", "final") / 100.0),
            ("not_completed_points_initial", sum("notCompleted", "initial") / 100.0),
            ("not_completed_points_final", sum("notCompleted", "final") / 100.0),
            ("removed_points_initial", sum("removed", "initial") / 100.0),
            ("removed_points_final", sum("removed", "final") / 100.0),
        ])
    }

    /// The running one has no report yet; its board has the same sums.
    fn board(&self) -> BTreeMap<&'static str, f64> {
        let board = self.desk.ask(json!({ "sprint": { "board": {} } }))["sprint"].clone();
        let sum = |unit: &str, term: &str| board[unit]["terms"][term].as_f64().expect("a term") / 100.0;
        BTreeMap::from([
            ("completed_count", sum("items", "done")),
            ("removed_count", sum("items", "removed")),
            ("completed_points_initial", sum("points", "committed") + sum("points", "added")),
            ("completed_points_final", sum("points", "done")),
            (
                "not_completed_points_final",
                board["points"]["remaining"].as_f64().expect("what is left") / 100.0,
            ),
        ])
    }
}

/// Adds the items of a report, each key once. Jira's 0 points are no size.
fn add_items(desk: &mut Desk, jira: &Value) -> Vec<Reported> {
    let mut known = std::collections::HashSet::new();
    let items =
        jira["items"].as_array().expect("items").iter().filter(|item| known.insert(text(&item["key"])));
    items
        .map(|item| {
            let size = |field: &str| (item[field].as_f64().expect("points") * 100.0).round() as i64;
            let (initial, last) = (size("initial_points"), size("points_at_end"));
            let add = json!({ "title": item["key"], "kind": "feature", "size": some(initial) });
            let id = desk.run(json!({ "backlog": { "addItem": add } })).created[0].clone();
            Reported { id, outcome: text(&item["outcome"]), initial, last }
        })
        .collect()
}

fn resize(desk: &mut Desk, items: &[Reported]) {
    let mut sizes: BTreeMap<i64, Vec<&String>> = BTreeMap::new();
    for item in items.iter().filter(|item| item.initial != item.last) {
        sizes.entry(item.last).or_default().push(&item.id);
    }
    for (size, items) in sizes {
        desk.run(json!({ "backlog": { "size": { "items": items, "size": some(size) } } }));
    }
}

fn move_to(desk: &mut Desk, state: &str, items: &[&Reported]) {
    if !items.is_empty() {
        let items: Vec<&String> = items.iter().map(|item| &item.id).collect();
        desk.run(json!({ "sprint": { "moveToState": { "items": items, "state": state } } }));
    }
}

/// The first state of each category.
fn states(desk: &Desk) -> BTreeMap<String, String> {
    let settings = desk.ask(json!({ "team": { "settings": {} } }));
    let states = settings["states"].as_array().expect("states").iter().rev();
    states.map(|state| (text(&state["category"]), text(&state["id"]))).collect()
}

fn of<'r>(items: &'r [Reported], outcome: &'r str) -> impl Iterator<Item = &'r Reported> {
    items.iter().filter(move |item| item.outcome == outcome)
}

fn some(size: i64) -> Option<i64> {
    (size != 0).then_some(size)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
