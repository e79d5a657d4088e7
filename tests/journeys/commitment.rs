//! What a Sprint has committed, what may change it, and what a closed Sprint shows for ever.

use crate::sprint::{Run, points, text};
use serde_json::{Value, json};

/// Imports an export of Jira: its lines under the header.
fn import(run: &mut Run, lines: &str) {
    let file = format!("Issue key,Summary,Issue Type,Status,Story Points,Parent key\n{lines}");
    let look = run.desk.ask_with(json!({ "exchange": { "look": {} } }), Some(file.as_bytes()));
    let import = json!({ "exchange": { "import": { "mapping": look["mapping"] } } });
    run.desk.try_run_with(import, Some(file.as_bytes())).expect("an import");
    let rows = run.desk.ask(json!({ "backlog": { "window": { "from": 0, "limit": 100 } } }))["rows"].clone();
    for row in rows.as_array().expect("rows") {
        run.items.insert(text(&row["title"]), text(&row["id"]));
    }
}

fn select(run: &mut Run, names: &str) -> String {
    run.sprint_command(json!({ "selectItems": { "items": run.ids(names), "sprint": run.sprint } }))
}

fn summary(run: &Run) -> Value {
    run.ask(json!({ "startSummary": { "sprint": run.sprint } }))
}

#[test]
fn rule_3_4_what_is_sorted_between_its_selection_and_the_start_is_no_change_of_scope() {
    let mut run = Run::new();
    import(&mut run, "P-1,Alpha,Riddle,To Do,5,\nP-2,Beta,Story,To Do,3,\n");
    select(&mut run, "Alpha Beta");
    assert_eq!(summary(&run)["unsortedItems"][0]["title"], "Alpha");
    import(&mut run, "P-1,Alpha,Bug,To Do,5,\nP-2,Beta,Bug,To Do,3,\n");
    run.start();
    assert_eq!(run.board()["sprint"]["changes"], json!([]));
    assert_eq!(run.sums(), "8 + 0 − 0 ± 0 = 8, 0 done, 8 left");
    let lanes = run.board()["sprint"]["lanes"].clone();
    let committed = |lane: usize| points(&lanes[lane]["points"]["terms"]["committed"]);
    assert_eq!([committed(0), committed(1)], ["0", "8"], "both are bugs at the start");
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.board()["sprint"], Value::Null, "start and lanes are one step");
}

#[test]
fn rule_1_2_a_running_sprint_keeps_the_lanes_that_it_committed() {
    let mut run = Run::new();
    run.select("a8");
    run.start();
    let tools = run.desk.run(json!({ "team": { "addLane": { "name": "Tools" } } })).created[0].clone();
    for kind in ["debt", "infrastructure"] {
        run.desk.run(json!({ "team": { "setLaneOfKind": { "kind": kind, "lane": tools } } }));
    }
    run.desk.clock("2026-11-03 10:00");
    let debt = run.add("d", "debt", Some(3));
    let select = json!({ "selectItems": { "items": [debt], "sprint": run.sprint, "origin": "pulledIn" } });
    run.sprint_command(select);
    let board = run.board();
    let names: Vec<String> =
        board["sprint"]["lanes"].as_array().unwrap().iter().map(|lane| text(&lane["name"])).collect();
    assert_eq!(names, ["New features", "Production", "Buffer"]);
    assert_eq!(
        board["columns"][0]["items"][1]["lane"], "Production",
        "debt went there when the Sprint began"
    );
    assert_eq!(points(&board["sprint"]["lanes"][1]["points"]["scope"]), "3");
}

#[test]
fn rule_1_1_an_item_that_became_a_parent_is_not_committed_beside_its_parts() {
    let mut run = Run::new();
    import(&mut run, "P-1,Alpha,Story,To Do,5,\nP-2,Beta,Story,To Do,3,\n");
    select(&mut run, "Alpha");
    import(&mut run, "P-1,Alpha,Story,To Do,5,\nP-2,Beta,Story,To Do,3,P-1\n");
    select(&mut run, "Beta");
    let plan = run.desk.ask(json!({ "capacity": { "planBoard": { "sprint": run.sprint } } }))["plan"].clone();
    assert_eq!(points(&plan["load"]["points"]), "3");
    let window = json!({ "capacity": { "planItems": { "sprint": run.sprint, "from": 0, "limit": 9 } } });
    let rows = run.desk.ask(window)["rows"].clone();
    let parents: Vec<&Value> = rows.as_array().unwrap().iter().map(|row| &row["hasParts"]).collect();
    assert_eq!(parents, [true, false], "it is still there to be returned, and says why it counts nowhere");
    let before = summary(&run);
    assert_eq!((points(&before["points"]), before["items"].as_i64()), ("3".into(), Some(1)));
    let left_out = &before["leftOut"];
    assert_eq!(
        (&left_out[0]["title"], &left_out[0]["why"], left_out.as_array().map(Vec::len)),
        (&json!("Alpha"), &json!("hasParts"), Some(1))
    );
    let planned = run.burn_down(Value::Null);
    assert_eq!(planned["chart"]["title"], "Sprint 1: not started, 3 points selected");
    run.start();
    assert_eq!(run.sums(), "3 + 0 − 0 ± 0 = 3, 0 done, 3 left");
    assert_eq!(run.board()["sprint"]["changes"], json!([]));
    assert_eq!(run.item("Alpha").present.sprint, None, "its parts are the work: it goes back");
}

#[test]
fn what_is_said_of_the_past_lies_after_the_items_creation() {
    let mut run = Run::new();
    let a = run.add("a", "feature", Some(8));
    run.desk.clock("2026-11-03 10:00");
    let before = evenkeel_tests::zurich("2026-11-01 12:00").millis();
    let refused =
        run.desk.refused(json!({ "backlog": { "size": { "items": [a], "size": 300, "at": before } } }));
    assert_eq!(
        (refused.field.as_deref(), refused.message.as_str()),
        (Some("at"), "It was created on 2 November, which is later.")
    );
    let ahead = evenkeel_tests::zurich("2026-11-04 12:00").millis();
    let refused =
        run.desk.refused(json!({ "backlog": { "size": { "items": [a], "size": 300, "at": ahead } } }));
    assert_eq!(
        (refused.field.as_deref(), refused.message.as_str()),
        (Some("at"), "4 November is still to come.")
    );
}

#[test]
fn rule_3_5_nothing_that_happens_later_changes_what_a_closed_sprint_shows() {
    let mut run = Run::new();
    let past =
        json!({ "name": "Sprint 0", "firstDay": "2026-10-19", "lastDay": "2026-10-30", "completed": "31" });
    run.sprint_command(json!({ "recordPast": past }));
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-04 10:00");
    run.to("Done", "a c");
    run.desk.clock("2026-11-13 16:00");
    run.close(json!([{ "item": run.items["b"], "decision": "productBacklog" }]));
    let shown = |run: &Run| -> Vec<String> {
        let rows = run.ask(json!({ "list": {} }))["sprints"].clone();
        let closed: Vec<Value> =
            rows.as_array().unwrap().iter().filter(|row| row["phase"] == "closed").cloned().collect();
        assert_eq!(closed.len(), 2);
        let reports = closed.iter().map(|row| run.ask(json!({ "report": { "sprint": row["id"] } })));
        let charts = [run.burn_down(json!("points")), run.burn_down(json!("items"))];
        reports.chain(charts).chain(closed.iter().cloned()).map(|view| view.to_string()).collect()
    };
    let before = shown(&run);

    run.desk.clock("2026-11-16 09:00");
    let (a, b) = (run.items["a"].clone(), run.items["b"].clone());
    let lanes = run.desk.ask(json!({ "team": { "settings": {} } }))["lanes"].clone();
    let share = |lane: usize, share: i64| json!({ "lane": lanes[lane]["id"], "share": share });
    let shares = json!([share(0, 5000), share(2, 2000)]);
    for command in [
        json!({ "team": { "addHoliday": { "day": "2026-11-05", "name": "Late" } } }),
        json!({ "team": { "addHoliday": { "day": "2026-10-21", "name": "Later" } } }),
        json!({ "team": { "setWorkingWeek": { "days": 63, "validFrom": "2026-10-01" } } }),
        json!({ "team": { "setZone": { "zone": "Pacific/Auckland" } } }),
        json!({ "team": { "renameLane": { "lane": lanes[0]["id"], "name": "Growth" } } }),
        json!({ "team": { "setShares": { "shares": shares, "validFrom": "2026-10-01" } } }),
        json!({ "team": { "setScrumEvents": { "daily": "30", "validFrom": "2026-10-01" } } }),
        json!({ "team": { "rename": { "name": "Others" } } }),
        json!({ "backlog": { "rename": { "item": a, "title": "renamed" } } }),
        json!({ "backlog": { "size": { "items": [a, b], "size": 100 } } }),
        json!({ "backlog": { "setKind": { "items": [a, b], "kind": "bug" } } }),
        json!({ "sprint": { "moveToState": { "items": [a], "state": run.states["To do"] } } }),
        json!({ "sprint": { "moveToState": { "items": [b], "state": run.states["Done"], "on": "2026-11-05" } } }),
    ] {
        run.desk.run(command.clone());
        assert_eq!(shown(&run), before, "after {command}");
    }
    let rename = json!({ "change": { "sprint": run.sprint, "name": "Another" } });
    assert_eq!(
        run.refusal(rename),
        "name: Sprint 1 is closed: its name stays as it was. Name the next Sprint instead."
    );
}

#[test]
fn rule_3_4_opening_again_on_an_earlier_day_is_decided_by_what_was_so_then() {
    let mut run = Run::new();
    run.select("a8");
    let (z, y) = (run.add("z", "feature", Some(3)), run.add("y", "feature", Some(2)));
    run.desk.clock("2026-11-02 09:30");
    run.to("Done", "z");
    run.desk.clock("2026-11-02 10:00");
    run.start();
    let [to_do, doing] = ["To do", "In progress"].map(|state| run.states[state].clone());
    let open = |item: &str, state: &str, on: &str, into: Value| {
        let on = if on.is_empty() { Value::Null } else { json!(on) };
        json!({ "moveToState": { "items": [item], "state": state, "on": on, "reopened": into } })
    };
    run.desk.clock("2026-11-04 10:00");
    run.sprint_command(open(&z, &to_do, "", json!("productBacklog")));
    run.desk.clock("2026-11-05 10:00");
    run.to("Done", "y");
    run.desk.clock("2026-11-06 10:00");
    // It is open now, but on Tuesday it still was finished before the Sprint.
    assert_eq!(
        run.refusal(open(&z, &doing, "2026-11-03", Value::Null)),
        "reopened: PAY-2 was finished before Sprint 1. Say whether it goes into Sprint 1 or to the Product Backlog."
    );
    // It is done now, but on Wednesday it was not: nothing is opened again.
    let outcome = run.desk.run(json!({ "sprint": open(&y, &doing, "2026-11-04", Value::Null) }));
    assert_eq!(outcome.note.as_deref(), Some("Later moves are known: PAY-3 did not stay there."));
    assert_eq!(run.sums(), "8 + 0 − 0 ± 0 = 8, 0 done, 8 left");
}

#[test]
fn a_day_that_was_said_too_early_is_corrected_within_its_sprint_only() {
    let mut run = Run::new();
    run.select("a8 b5");
    run.start();
    run.desk.clock("2026-11-04 10:00");
    let move_on = |run: &Run, name: &str, state: &str, on: &str| json!({ "moveToState": { "items": run.ids(name), "state": run.states[state], "on": on } });
    // It has been to do since it was created: there is no move to correct, and no step is left behind.
    let command = move_on(&run, "b", "To do", "2026-11-03");
    assert_eq!(
        run.refusal(command),
        ": Nothing is to be moved: all of it already is To do. Choose another state, or an earlier day."
    );
    let command = move_on(&run, "a", "Done", "2026-11-03");
    run.sprint_command(command);
    let command = move_on(&run, "a", "Done", "2026-11-04");
    assert_eq!(run.sprint_command(command), "Move PAY-1 to Done");
    run.desk.clock("2026-11-13 16:00");
    run.close(json!([{ "item": run.items["b"], "decision": "productBacklog" }]));
    run.desk.clock("2026-11-17 10:00");
    let command = move_on(&run, "a", "Done", "2026-11-16");
    assert_eq!(
        run.refusal(command),
        "on: PAY-1 is Done since 4 November, and Sprint 1 has closed with it. \
         What a closed Sprint came to stays as it was. Open the item again to go on with it."
    );
}

#[test]
fn rule_3_4_an_item_moves_from_the_running_sprint_to_a_planned_one_by_name() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    let to_next = |run: &Run, names: &str| json!({ "sprint": { "selectItems": { "items": run.ids(names), "sprint": run.next } } });
    let command = to_next(&run, "a");
    let outcome = run.desk.run(command);
    assert_eq!(outcome.title, "Move PAY-1 from Sprint 1 to Sprint 2");
    assert_eq!(outcome.note.as_deref(), Some("It leaves the scope of Sprint 1, which is running."));
    assert_eq!(run.sums(), "16 + 0 − 8 ± 0 = 8, 0 done, 8 left");
    assert_eq!(run.board()["sprint"]["changes"][0]["change"], "removed");
    // And back, with its reason; the item of the Product Backlog beside it is no move.
    run.add("d", "feature", Some(1));
    let back =
        json!({ "selectItems": { "items": run.ids("a d"), "sprint": run.sprint, "origin": "pulledIn" } });
    assert_eq!(run.sprint_command(back), "Select 2 items into Sprint 1");
    assert_eq!(run.sums(), "16 + 9 − 8 ± 0 = 17, 0 done, 17 left");
    let command = to_next(&run, "b c");
    let outcome = run.desk.run(command);
    assert_eq!(outcome.title, "Move 2 items from Sprint 1 to Sprint 2");
    assert_eq!(outcome.note.as_deref(), Some("They leave the scope of Sprint 1, which is running."));
}

#[test]
fn what_is_named_twice_is_meant_once() {
    let mut run = Run::new();
    run.select("a8");
    let twice = |run: &Run| vec![run.items["a"].clone(), run.items["a"].clone()];
    let items = twice(&run);
    assert_eq!(
        run.sprint_command(json!({ "returnItems": { "items": items } })),
        "Return PAY-1 to the Product Backlog"
    );
    let select = json!({ "selectItems": { "items": items, "sprint": run.sprint } });
    assert_eq!(run.sprint_command(select), "Select PAY-1");
    run.start();
    let done = json!({ "moveToState": { "items": items, "state": run.states["Done"] } });
    assert_eq!(run.sprint_command(done), "Move PAY-1 to Done");
    let change =
        json!({ "name": "Instant", "goal": "Pay at once", "sprint": run.next, "lastDay": "2026-11-26" });
    assert_eq!(run.sprint_command(json!({ "change": change })), "Change name, goal and days of Sprint 2");
    let change = json!({ "goal": "Pay at once, everywhere", "sprint": run.next, "lastDay": "2026-11-27" });
    assert_eq!(run.sprint_command(json!({ "change": change })), "Change goal and days of Instant");
}

#[test]
fn rule_3_2_within_the_grace_a_team_commits_again_and_both_commitments_are_kept() {
    let mut run = Run::new();
    let grace = |days: u8| json!({ "team": { "setGrace": { "days": days } } });
    let again = |run: &Run| json!({ "commitAgain": { "sprint": run.sprint } });
    run.select("a8 b5");
    let command = again(&run);
    assert_eq!(
        run.refusal(command.clone()),
        ": Sprint 1 is not running. Only the running Sprint can be committed again."
    );
    run.start();
    assert_eq!(
        run.refusal(command.clone()),
        ": The team commits once, at the start. Allow one or two working days of grace in Settings."
    );
    assert_eq!(run.board()["sprint"]["commitAgainUntil"], Value::Null);
    let refused = run.desk.refused(grace(3));
    assert_eq!(
        (refused.field.as_deref(), refused.message.as_str()),
        (Some("grace"), "A grace of 3 working days is too long: at most 2.")
    );
    assert_eq!(run.desk.run(grace(2)).title, "Allow committing again within 2 working days");
    assert_eq!(run.desk.ask(json!({ "team": { "settings": {} } }))["grace"], 2);
    assert_eq!(run.board()["sprint"]["commitAgainUntil"], "2026-11-03");

    run.desk.clock("2026-11-03 10:00");
    run.to("Done", "a");
    let d = run.add("d", "feature", Some(2));
    let add = json!({ "selectItems": { "items": [d], "sprint": run.sprint, "origin": "pulledIn" } });
    run.sprint_command(add);
    run.desk.run(json!({ "backlog": { "size": { "items": run.ids("b"), "size": 300 } } }));
    assert_eq!(run.sums(), "13 + 2 − 0 ± −2 = 13, 8 done, 5 left");
    assert_eq!(run.sprint_command(command.clone()), "Commit Sprint 1 again");
    assert_eq!(run.sums(), "13 + 0 − 0 ± 0 = 13, 8 done, 5 left");
    let changes = run.board()["sprint"]["changes"].clone();
    let changes: Vec<&Value> = changes.as_array().unwrap().iter().map(|entry| &entry["change"]).collect();
    assert_eq!(changes, ["done"], "what was agreed again is no change of scope; what was done stays");
    let kept = |run: &Run| -> usize {
        let rows = run.desk.team.dump().expect("the rows");
        rows.iter().filter(|row| row.contains("committedAt")).count()
    };
    assert_eq!(kept(&run), 2);
    let started = run.board()["sprint"]["startedOn"].clone();
    assert_eq!(started, "2026-11-02", "the Sprint still counts from its start");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!((run.sums().as_str(), kept(&run)), ("13 + 2 − 0 ± −2 = 13, 8 done, 5 left", 1));
    run.desk.run(json!({ "journal": { "redo": {} } }));

    run.desk.clock("2026-11-04 09:00");
    assert_eq!(run.board()["sprint"]["commitAgainUntil"], Value::Null);
    assert_eq!(
        run.refusal(command),
        ": The grace ended with 3 November. What changes from now on is a change of scope."
    );
    assert_eq!(run.desk.run(grace(0)).title, "Commit once, at the start");
    run.desk.clock("2026-11-13 16:00");
    run.close(json!([
        { "item": run.items["b"], "decision": "productBacklog" },
        { "item": run.items["d"], "decision": "productBacklog" },
    ]));
    let report = run.ask(json!({ "report": { "sprint": run.sprint } }))["report"].clone();
    assert_eq!(
        (points(&report["points"]["committed"]), points(&report["points"]["done"])),
        ("13".into(), "8".into())
    );
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}
