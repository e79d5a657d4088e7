//! A Sprint from its plan to its report.

use evenkeel_tests::Desk;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;

/// A team in a Sprint; items go by short names.
pub(crate) struct Run {
    pub desk: Desk,
    pub sprint: String,
    pub next: String,
    pub items: HashMap<String, String>,
    pub states: HashMap<String, String>,
}

impl Run {
    /// A team that plans Sprint 1 from Monday, 2 November, for two weeks, and Sprint 2 after it.
    pub fn new() -> Run {
        Run::planned("2026-11-02 09:00", "2026-11-02", "2026-11-13")
    }

    /// A team that at a local time plans Sprint 1 on some days, and Sprint 2 after it.
    pub fn planned(local: &str, first: &str, last: &str) -> Run {
        let mut desk = Desk::at(local);
        let plan =
            json!({ "firstDay": first, "lastDay": last, "goal": "Customers can pay by instant transfer" });
        let sprint = desk.run(json!({ "sprint": { "plan": plan } })).created[0].clone();
        let next = desk.run(json!({ "sprint": { "plan": {} } })).created[0].clone();
        let from = local.split(' ').next();
        desk.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6", "from": from } } }));
        let settings = desk.ask(json!({ "team": { "settings": {} } }));
        let states = settings["states"].as_array().expect("states").iter();
        let name = |state: &Value| (text(&state["name"]), text(&state["id"]));
        let states = states.map(name).collect();
        Run { desk, sprint, next, items: HashMap::new(), states }
    }

    /// Adds an item: `("a", "feature", Some(8))`.
    pub fn add(&mut self, name: &str, kind: &str, points: Option<i64>) -> String {
        let item = json!({ "title": name, "kind": kind, "size": points.map(|points| points * 100) });
        let id = self.desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone();
        self.items.insert(name.into(), id.clone());
        id
    }

    /// Adds items and selects them: `a8 b5`; all are features.
    pub fn select(&mut self, items: &str) {
        let added: Vec<String> = items
            .split(' ')
            .map(|item| {
                let (name, points) = item.split_at(1);
                self.add(name, "feature", points.parse().ok())
            })
            .collect();
        self.sprint_command(json!({ "selectItems": { "items": added, "sprint": self.sprint } }));
    }

    pub fn start(&mut self) {
        self.sprint_command(json!({ "start": { "sprint": self.sprint } }));
    }

    pub fn ids(&self, names: &str) -> Vec<String> {
        names.split(' ').map(|name| self.items[name].clone()).collect()
    }

    pub fn to(&mut self, state: &str, names: &str) -> String {
        let (items, state) = (self.ids(names), self.states[state].clone());
        self.sprint_command(json!({ "moveToState": { "items": items, "state": state } }))
    }

    #[track_caller]
    pub fn sprint_command(&mut self, command: Value) -> String {
        self.desk.run(json!({ "sprint": command })).title
    }

    /// Refuses a command of the Sprint and leaves nothing; answers field, message and hint in a line.
    #[track_caller]
    pub fn refusal(&mut self, command: Value) -> String {
        let before = self.desk.team.dump().expect("the rows");
        let refused = self.desk.refused(json!({ "sprint": command }));
        assert_eq!(self.desk.team.dump().expect("the rows"), before, "a refused command leaves nothing");
        format!(
            "{}: {} {}",
            refused.field.unwrap_or_default(),
            refused.message,
            refused.hint.unwrap_or_default()
        )
    }

    pub fn ask(&self, question: Value) -> Value {
        self.desk.ask(json!({ "sprint": question }))
    }

    pub fn board(&self) -> Value {
        self.ask(json!({ "board": {} }))
    }

    /// The board in a line a column: `To do: a 8, b 5`.
    pub fn columns(&self) -> String {
        let board = self.board();
        let lines = board["columns"].as_array().expect("columns").iter().map(|column| {
            let items = column["items"].as_array().expect("items").iter();
            format!(
                "{}: {}",
                text(&column["name"]),
                items.map(|item| text(&item["title"])).collect::<Vec<_>>().join(" ")
            )
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The sums of the planned lanes in points: `13 + 3 − 5 ± 2 = 13, 8 done, 5 left`.
    pub fn sums(&self) -> String {
        sums(&self.board()["sprint"]["points"])
    }

    pub fn burn_down(&self, unit: Value) -> Value {
        self.chart("burnDown", json!({ "unit": unit }))
    }

    /// A chart of the Sprint with what else is asked.
    pub fn chart(&self, kind: &str, more: Value) -> Value {
        let mut question =
            json!({ "chart": kind, "sprint": self.sprint, "theme": "light", "width": 960, "height": 540 });
        question.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        self.desk.ask(json!({ "flow": { "chart": question } }))
    }

    pub fn close(&mut self, decisions: Value) -> Vec<String> {
        let goal = json!({ "outcome": "partly", "why": "The bank was late." });
        let close = json!({ "close": { "sprint": self.sprint, "decisions": decisions, "goal": goal } });
        self.desk.run(json!({ "sprint": close })).created
    }

    pub fn item(&self, name: &str) -> domain::backlog::Item {
        let id = self.items[name].parse().expect("an identity");
        self.desk.team.read().item(id).expect("the item is read").expect("the item is there")
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn points(value: &Value) -> String {
    domain::measures::Size::hundredths(value.as_i64().expect("an amount")).to_string()
}

/// A column of a chart's table, by the beginning of its head.
pub(crate) fn column(view: &Value, head: &str) -> Vec<String> {
    let table = &view["chart"]["table"];
    let heads = table["columns"].as_array().expect("heads");
    let place = heads.iter().position(|known| text(known).starts_with(head)).expect("the column");
    table["rows"].as_array().expect("rows").iter().map(|row| text(&row[place])).collect()
}

/// What a burn-down says is left at the end of its line; nothing before the start.
pub(crate) fn left(view: &Value) -> String {
    column(view, "Remaining").into_iter().rfind(|left| !left.is_empty()).unwrap_or_default()
}

fn sums(now: &Value) -> String {
    let terms = &now["terms"];
    let [committed, added, removed, resized, done] =
        ["committed", "added", "removed", "resized", "done"].map(|term| points(&terms[term]));
    let (scope, left) = (points(&now["scope"]), points(&now["remaining"]));
    format!("{committed} + {added} − {removed} ± {resized} = {scope}, {done} done, {left} left")
}

#[test]
fn a_sprint_goes_from_its_start_to_its_report() {
    let mut run = Run::new();
    run.select("a8 b5 c3");
    let summary = run.ask(json!({ "startSummary": { "sprint": run.sprint } }));
    assert_eq!((points(&summary["points"]), summary["items"].as_i64()), ("16".into(), Some(3)));
    assert_eq!(summary["refusal"], Value::Null);
    assert_eq!(summary["workingDays"], 10);

    run.start();
    run.desk.clock("2026-11-03 15:00");
    assert_eq!(run.to("Done", "a"), "Move PAY-1 to Done");
    run.desk.clock("2026-11-04 10:00");
    run.add("d", "feature", Some(2));
    let id = run.items["d"].clone();
    let select = json!({ "selectItems": { "items": [id], "sprint": run.sprint, "origin": "scopeCreep" } });
    assert_eq!(run.sprint_command(select), "Select PAY-4 into Sprint 1");
    run.to("In progress", "b d");
    run.desk.run(json!({ "backlog": { "size": { "items": run.ids("b"), "size": 800 } } }));
    assert_eq!(run.columns(), "To do: c\nIn progress: b d\nDone: a\nCancelled: ");
    assert_eq!(run.sums(), "16 + 2 − 0 ± 3 = 21, 8 done, 13 left");
    run.to("Cancelled", "c");
    assert_eq!(run.sums(), "16 + 2 − 3 ± 3 = 18, 8 done, 10 left");

    run.desk.clock("2026-11-13 16:00");
    run.to("Done", "d");
    let asked = run.ask(json!({ "closeSummary": { "sprint": run.sprint } }));
    let unfinished: Vec<String> =
        asked["unfinished"].as_array().unwrap().iter().map(|item| text(&item["label"])).collect();
    assert_eq!(unfinished, ["PAY-2"]);
    assert_eq!(asked["planned"][0]["name"], "Sprint 2");
    let decision = json!({ "nextSprint": { "sprint": run.next } });
    run.close(json!([{ "item": run.items["b"], "decision": decision }]));
    let b = run.item("b").present;
    assert_eq!((b.sprint.map(|id| id.to_string()), b.carried), (Some(run.next.clone()), 1));

    let report = run.ask(json!({ "report": { "sprint": run.sprint } }));
    let titles = |list: &str| -> Vec<String> {
        report["report"][list].as_array().unwrap().iter().map(|item| text(&item["title"])).collect()
    };
    assert_eq!(titles("completed"), ["a", "d"]);
    assert_eq!(titles("notCompleted"), ["b"]);
    assert_eq!(titles("removed"), ["c"]);
    assert_eq!(titles("added"), ["d"]);
    assert_eq!(report["report"]["goalOutcome"]["outcome"], "partly");
    let row = run.ask(json!({ "list": {} }))["sprints"][1].clone();
    assert_eq!(
        (text(&row["phase"]), points(&row["committed"]), points(&row["completed"])),
        ("closed".into(), "16".into(), "10".into())
    );
    assert_eq!(run.board()["sprint"], Value::Null);
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
}

#[test]
fn rule_3_5_what_a_closed_sprint_came_to_never_changes() {
    let mut run = Run::new();
    run.select("a8 b5");
    run.start();
    run.desk.clock("2026-11-04 10:00");
    run.to("Done", "a");
    run.desk.clock("2026-11-13 16:00");
    run.close(json!([{ "item": run.items["b"], "decision": "productBacklog" }]));
    let seen = |run: &Run| {
        let burn = |unit: &str| run.burn_down(json!(unit));
        (
            run.ask(json!({ "report": { "sprint": run.sprint } }))["report"].clone(),
            burn("points"),
            burn("items"),
        )
    };
    let before = seen(&run);

    run.desk.clock("2026-11-14 09:00");
    let (a, b) = (run.items["a"].clone(), run.items["b"].clone());
    run.desk.run(json!({ "backlog": { "size": { "items": [a, b], "size": 100 } } }));
    run.desk.run(json!({ "backlog": { "rename": { "item": a, "title": "renamed" } } }));
    let done = run.states["Done"].clone();
    run.sprint_command(json!({ "moveToState": { "items": [b], "state": done, "on": "2026-11-05" } }));
    run.to("To do", "a");
    run.desk.run(json!({ "team": { "addHoliday": { "day": "2026-11-05", "name": "Late" } } }));
    run.desk.run(json!({ "team": { "setWorkingWeek": { "days": 63 } } }));
    assert_eq!(seen(&run), before);
    assert_eq!(run.item("a").present.sprint, None, "what is opened again goes to the Product Backlog");

    let mut run = Run { desk: run.desk.reopen(), ..run };
    for _ in 0..7 {
        run.desk.run(json!({ "journal": { "undo": {} } }));
    }
    assert_eq!(run.desk.ask(json!({ "journal": { "undoState": {} } }))["redo"], "Close Sprint 1");
    assert_eq!(
        run.sums(),
        "13 + 0 − 0 ± 0 = 13, 8 done, 5 left",
        "undoing the close goes on with the Sprint"
    );
    run.desk.run(json!({ "journal": { "redo": {} } }));
    assert_eq!(seen(&run), before);
}

#[test]
fn work_is_dated_to_the_day_on_which_it_was_done() {
    let mut run = Run::new();
    run.desk.clock("2026-11-02 14:00");
    run.select("a8 b5 c2");
    run.start();
    run.desk.clock("2026-11-04 10:00");
    let done = run.states["Done"].clone();
    let on = |run: &Run, name: &str, day: &str| json!({ "moveToState": { "items": run.ids(name), "state": done, "on": day } });
    let command = on(&run, "a", "2026-11-03");
    assert_eq!(run.sprint_command(command), "Move PAY-1 to Done on 3 November");
    // The day of the start, at noon before it: then it counts right after the start.
    let command = on(&run, "b", "2026-11-02");
    run.sprint_command(command);
    let burn = run.burn_down(Value::Null);
    assert_eq!(column(&burn, "Remaining")[..3], ["10", "2", "2"]);
    assert_eq!(column(&burn, "Done")[..3], ["5", "8", "0"]);

    let command = on(&run, "c", "2026-11-05");
    assert_eq!(run.refusal(command), "on: 5 November is still to come. Choose today or an earlier day.");
    let command = on(&run, "c", "2026-11-01");
    assert_eq!(
        run.refusal(command),
        "on: It was created on 2 November, which is later. Choose that day or a later one."
    );
    // Said too early: a later day corrects it, and no trace of the mistake is left on the chart.
    let command = on(&run, "a", "2026-11-04");
    run.sprint_command(command);
    let burn = run.burn_down(Value::Null);
    assert_eq!(column(&burn, "Done")[..3], ["5", "0", "8"]);
    assert!(column(&burn, "What changed").iter().all(String::is_empty));
    assert_eq!(run.desk.team.check().unwrap().problems, vec![]);
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(column(&run.burn_down(Value::Null), "Done")[1], "8");
    // A later move is known: the item does not stay there, and the answer says so.
    run.to("Done", "c");
    let doing = run.states["In progress"].clone();
    let earlier = json!({ "moveToState": { "items": run.ids("c"), "state": doing, "on": "2026-11-03" } });
    let outcome = run.desk.run(json!({ "sprint": earlier }));
    assert_eq!(outcome.note.as_deref(), Some("Later moves are known: PAY-3 did not stay there."));
}

#[test]
fn rule_3_4_what_comes_in_after_the_start_says_why() {
    let mut run = Run::new();
    run.select("a8");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    let p = run.add("p", "bug", Some(3));
    let select = |run: &Run, more: Value| {
        let mut select = json!({ "items": [p], "sprint": run.sprint });
        select.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "selectItems": select })
    };
    let command = select(&run, json!({}));
    assert_eq!(
        run.refusal(command),
        "origin: Sprint 1 has started: why does the item come in now? \
         Say whether it is an interrupt, pulled in, more than was agreed, or discovered."
    );
    let lanes = run.board()["sprint"]["lanes"].clone();
    let buffer =
        lanes.as_array().unwrap().iter().find(|lane| lane["isBuffer"] == true).unwrap()["lane"].clone();
    let command = select(&run, json!({ "lane": buffer, "origin": "pulledIn" }));
    assert_eq!(
        run.refusal(command),
        "lane: The buffer is for interrupts. Choose the origin “interrupt”, or another lane."
    );
    let command = select(&run, json!({ "origin": "interrupt" }));
    run.sprint_command(command);
    assert_eq!(
        run.sums(),
        "8 + 0 − 0 ± 0 = 8, 0 done, 8 left",
        "an interrupt stays out of the planned scope"
    );
    let board = run.board();
    assert_eq!(board["sprint"]["buffer"]["items"], 1);
    assert_eq!(points(&board["sprint"]["buffer"]["points"]), "3");
    assert_eq!(board["sprint"]["changes"][0]["change"], json!({ "added": { "origin": "interrupt" } }));
    let command = select(&run, json!({ "origin": "pulledIn" }));
    assert_eq!(
        run.refusal(command),
        ": Nothing new is selected into Sprint 1. Choose items of the Product Backlog."
    );
    run.sprint_command(json!({ "returnItems": { "items": [p] } }));
    assert_eq!(run.board()["sprint"]["buffer"]["items"], 0);
    assert_eq!(run.board()["sprint"]["changes"].as_array().unwrap().len(), 2);
}

#[test]
fn an_item_is_added_right_into_the_running_sprint_as_one_step() {
    let mut run = Run::new();
    let add = |more: Value| {
        let mut item =
            json!({ "title": "The queue is full", "kind": "bug", "severity": "high", "size": "2" });
        item.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "addItem": item })
    };
    let interrupt = add(json!({ "origin": "interrupt" }));
    assert_eq!(
        run.refusal(interrupt.clone()),
        ": No Sprint is running. Start one, or add the item to the Product Backlog."
    );
    run.select("a8");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    assert!(run.refusal(add(json!({}))).starts_with("origin: Sprint 1 has started"));
    assert!(run.refusal(add(json!({ "title": " ", "origin": "interrupt" }))).starts_with("title: "));
    assert_eq!(
        run.refusal(add(json!({ "origin": "reopened" }))),
        "origin: A new item was never finished before. \
         Say whether it is an interrupt, pulled in, more than was agreed, or discovered."
    );
    assert_eq!(run.sprint_command(interrupt), "Add PAY-2 to Sprint 1");
    let board = run.board();
    assert_eq!(board["columns"][0]["items"][1]["inBuffer"], true);
    assert_eq!(points(&board["sprint"]["buffer"]["points"]), "2");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(run.board()["sprint"]["buffer"]["items"], 0);
    assert_eq!(run.desk.ask(json!({ "journal": { "undoState": {} } }))["undo"], "Start Sprint 1");
}

#[test]
fn rule_3_4_an_item_finished_before_the_sprint_asks_where_it_goes() {
    let mut run = Run::new();
    run.select("a8 b5 c1");
    run.desk.clock("2026-11-02 09:30");
    run.to("Done", "b");
    let z = run.add("z", "feature", Some(3));
    run.desk.clock("2026-11-02 09:40");
    run.to("Done", "z");
    run.desk.clock("2026-11-02 10:00");
    run.start();
    assert_eq!(run.sums(), "9 + 0 − 0 ± 0 = 9, 0 done, 9 left");
    let outside: Vec<Value> = run.board()["columns"][2]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["outside"].clone())
        .collect();
    assert_eq!(outside, [json!(true)]);

    run.desk.clock("2026-11-03 10:00");
    let to_do = run.states["To do"].clone();
    let open = |ids: Vec<String>, into: Value| json!({ "moveToState": { "items": ids, "state": to_do, "reopened": into } });
    assert_eq!(
        run.refusal(open(vec![z.clone()], Value::Null)),
        "reopened: PAY-4 was finished before Sprint 1. Say whether it goes into Sprint 1 or to the Product Backlog."
    );
    run.sprint_command(open(vec![z], json!("runningSprint")));
    assert_eq!(run.sums(), "9 + 3 − 0 ± 0 = 12, 0 done, 12 left");
    let b = run.ids("b");
    run.sprint_command(open(b, json!("productBacklog")));
    assert_eq!(run.sums(), "9 + 3 − 0 ± 0 = 12, 0 done, 12 left");
    assert_eq!(run.item("b").present.sprint, None);
    // An item of the scope is opened again without a question: only what is done falls.
    run.to("Done", "c");
    run.to("In progress", "c");
    assert_eq!(run.sums(), "9 + 3 − 0 ± 0 = 12, 0 done, 12 left");
    assert_eq!(run.board()["sprint"]["changes"][0]["change"], "reopened");
}

#[test]
fn rule_3_4_list_board_close_and_report_count_the_same_scope_in_the_same_words() {
    let mut run = Run::new();
    run.select("a8 b5 c3 d");
    let said = |run: &Run, place: usize| run.ask(json!({ "list": {} }))["sprints"][place]["count"].clone();
    assert_eq!(said(&run, 1), Value::Null);
    run.start();
    run.desk.clock("2026-11-03 10:00");
    for (name, origin) in [("e", "pulledIn"), ("p", "interrupt"), ("q", "interrupt")] {
        let item = run.add(name, "bug", Some(2));
        run.sprint_command(
            json!({ "selectItems": { "items": [item], "sprint": run.sprint, "origin": origin } }),
        );
    }
    run.to("Done", "a e p");
    run.sprint_command(json!({ "returnItems": { "items": run.ids("c") } }));
    run.to("Cancelled", "d");
    // Of five planned items that were ever in, one was taken out and one was cancelled.
    let now = said(&run, 1);
    assert_eq!(now["said"], "2 of 3 items done, 1 of 2 in the buffer");
    let asked = run.ask(json!({ "closeSummary": { "sprint": run.sprint } }));
    assert_eq!((&run.board()["sprint"]["count"], &asked["count"]), (&now, &now));
    run.desk.clock("2026-11-13 16:00");
    run.close(json!([
        { "item": run.items["b"], "decision": "productBacklog" },
        { "item": run.items["q"], "decision": "productBacklog" },
    ]));
    let report = run.ask(json!({ "report": { "sprint": run.sprint } }));
    assert_eq!((&report["count"], &said(&run, 1)), (&now, &now));
    assert_eq!(report["report"]["completed"].as_array().unwrap().len(), 2);
}

#[test]
fn rule_5_1_board_and_burn_down_count_the_same_working_days() {
    // Started on the Friday before its first day.
    let mut run = Run::planned("2026-10-30 09:00", "2026-11-02", "2026-11-13");
    run.select("a8");
    run.start();
    let left = |run: &Run| {
        let board = run.board()["sprint"]["workingDaysLeft"].as_u64();
        let said = text(&run.burn_down(Value::Null)["chart"]["title"]);
        match board {
            Some(0) => assert_eq!(said, "Sprint 1: 8 points left, overdue by 3 days"),
            Some(days) => assert_eq!(said, format!("Sprint 1: 8 points left, {days} working days")),
            None => assert!(board.is_some(), "the board counts the days that are left"),
        }
        board
    };
    assert_eq!(left(&run), Some(10));
    run.desk.run(json!({ "team": { "addHoliday": { "day": "2026-11-11", "name": "Late" } } }));
    assert_eq!(left(&run), Some(9));
    run.desk.clock("2026-11-12 09:00");
    // A Saturday that is worked later is none of the committed days.
    run.desk.run(json!({ "team": { "setWorkingWeek": { "days": 127 } } }));
    assert_eq!(left(&run), Some(2));
    run.desk.clock("2026-11-16 09:00");
    assert_eq!(left(&run), Some(0));
}

#[test]
fn rule_3_5_without_a_goal_nothing_is_said_about_one() {
    let mut run = Run::new();
    run.sprint_command(json!({ "change": { "sprint": run.sprint, "goal": "" } }));
    run.select("a8");
    run.start();
    assert_eq!(run.ask(json!({ "closeSummary": { "sprint": run.sprint } }))["whyRequired"], json!([]));
    run.close(json!([{ "item": run.items["a"], "decision": "productBacklog" }]));
    let report = run.ask(json!({ "report": { "sprint": run.sprint } }));
    assert_eq!(report["report"]["goalOutcome"], Value::Null);
    assert_eq!(run.ask(json!({ "list": {} }))["sprints"][1]["goalOutcome"], Value::Null);
}

#[test]
fn the_board_names_the_last_day_before_today_on_which_the_team_worked_in_the_sprint() {
    let mut run = Run::new();
    run.select("a8");
    run.start();
    let before = |run: &Run| run.board()["sprint"]["workedBefore"].clone();
    assert_eq!(before(&run), Value::Null, "none on the first day");
    run.desk.clock("2026-11-03 10:00");
    assert_eq!(before(&run), "2026-11-02");
    run.desk.clock("2026-11-09 10:00");
    assert_eq!(before(&run), "2026-11-06", "on Monday it is Friday");
    run.desk.run(json!({ "team": { "addHoliday": { "day": "2026-11-06" } } }));
    assert_eq!(before(&run), "2026-11-05", "nobody worked on a holiday");
    run.desk.clock("2026-11-18 10:00");
    assert_eq!(before(&run), "2026-11-13", "of a Sprint that is overdue the last of its days");
}

#[test]
fn rule_4_2_the_buffer_is_free_in_use_or_overflowing_by_the_hours_a_point_takes() {
    let mut run = Run::new();
    let buffer = |run: &Run| run.board()["sprint"]["buffer"].clone();
    let interrupt = |run: &mut Run, name: &str, points: Option<i64>| {
        let item = run.add(name, "bug", points);
        let select = json!({ "items": [item], "sprint": run.sprint, "origin": "interrupt" });
        run.sprint_command(json!({ "selectItems": select }));
    };
    let line = |run: &Run| {
        let view = run.burn_down(json!("points"));
        (column(&view, "Remaining"), column(&view, "Scope change"), view["terms"].clone())
    };
    run.select("a8");
    run.start();
    run.desk.clock("2026-11-03 10:00");
    // One person of 60 h less 10 h of Scrum events; a tenth is kept.
    assert_eq!(
        (text(&buffer(&run)["state"]), text(&buffer(&run)["said"])),
        ("free".into(), "5 h kept".into())
    );
    let before = line(&run);
    interrupt(&mut run, "p", None);
    assert_eq!(text(&buffer(&run)["said"]), "5 h kept; what is used is not known yet");
    interrupt(&mut run, "q", Some(3));
    let now = buffer(&run);
    assert!(text(&now["unknownSaid"]).starts_with("How long 2 of what came in took is not known"), "{now}");
    assert_eq!(
        (&now["used"], &now["state"], points(&now["points"])),
        (&json!(0), &json!("inUse"), "3".into())
    );
    assert_eq!(line(&run), before, "what the buffer takes is not on the line");
    run.to("Done", "a");
    run.desk.clock("2026-11-13 16:00");
    let left = ["p", "q"].map(|name| json!({ "item": run.items[name], "decision": "cancel" }));
    run.close(json!(left));

    // Three Sprints of 8 points in 50 h teach 6.25 h a point.
    for last in ["2026-11-27", "2026-12-11", "2026-12-25"] {
        run.sprint = run.next.clone();
        let add = format!("i{}", &last[5..]);
        let item = run.add(&add, "feature", Some(8));
        run.sprint_command(json!({ "selectItems": { "items": [item], "sprint": run.sprint } }));
        run.next = run.desk.run(json!({ "sprint": { "plan": { "goal": "Pay" } } })).created[0].clone();
        let first = domain::calendar::Day::parse(last).unwrap().plus(-11);
        run.desk.clock(&format!("{first} 09:00"));
        run.start();
        if last == "2026-12-25" {
            break;
        }
        run.to("Done", &add);
        run.desk.clock(&format!("{last} 16:00"));
        run.close(json!([]));
    }
    assert_eq!(text(&buffer(&run)["said"]), "5 h kept");
    interrupt(&mut run, "r", Some(0));
    assert_eq!(text(&buffer(&run)["said"]), "0 h of 5 h used, at 6.3 h a point");
    run.desk.run(json!({ "backlog": { "size": { "items": run.ids("r"), "size": 80 } } }));
    assert_eq!(text(&buffer(&run)["said"]), "5 h of 5 h used, at 6.3 h a point: used up");
    interrupt(&mut run, "unsized", None);
    let unknown = text(&buffer(&run)["unknownSaid"]);
    assert!(unknown.ends_with(" takes is not known: it has no size."), "{unknown}");
    run.desk.run(json!({ "journal": { "undo": {} } }));
    interrupt(&mut run, "s", Some(2));
    let now = buffer(&run);
    assert_eq!(text(&now["said"]), "17.5 h of 5 h used, at 6.3 h a point: 12.5 h too much");
    assert_eq!(
        (&now["state"], &now["used"], &now["kept"]),
        (&json!("overflowing"), &json!(1050), &json!(300))
    );
}

#[test]
fn rule_3_5_a_split_leaves_the_original_in_the_report_and_goes_on_in_its_parts() {
    let mut run = Run::new();
    run.select("a8 b5");
    run.start();
    run.desk.clock("2026-11-13 16:00");
    let parts = json!([
        { "title": "Pay by phone", "size": 300, "to": { "nextSprint": { "sprint": run.next } } },
        { "title": "Pay by watch", "size": null, "to": "productBacklog" },
    ]);
    let created = run.close(json!([
        { "item": run.items["a"], "decision": { "split": { "parts": parts } } },
        { "item": run.items["b"], "decision": "cancel" },
    ]));
    let report = run.ask(json!({ "report": { "sprint": run.sprint } }))["report"].clone();
    assert_eq!(
        (text(&report["notCompleted"][0]["title"]), points(&report["notCompleted"][0]["final"])),
        ("a".into(), "8".into())
    );
    let read = |id: &String| run.desk.team.read().item(id.parse().unwrap()).unwrap().unwrap();
    let (phone, watch, a) = (read(&created[0]), read(&created[1]), run.item("a"));
    assert_eq!(
        (phone.title.as_str(), phone.parent, phone.present.kind),
        ("Pay by phone", Some(a.id), a.present.kind)
    );
    assert_eq!(phone.present.sprint.map(|id| id.to_string()), Some(run.next.clone()));
    assert_eq!((watch.present.sprint, watch.present.size), (None, None));
    assert!(phone.rank < watch.rank && watch.rank < a.rank, "the parts stand just above the original");
    assert_eq!((a.present.sprint, a.present.carried), (None, 1));
    let cancelled = run.item("b").present.state.map(|state| state.to_string());
    assert_eq!(cancelled, Some(run.states["Cancelled"].clone()));
    let command = json!({ "selectItems": { "items": run.ids("a"), "sprint": run.next } });
    assert_eq!(
        run.refusal(command),
        ": PAY-1 is divided into parts. Select its parts: its own size counts nowhere."
    );
}

#[test]
fn starting_and_closing_are_refused_with_a_way_out() {
    let mut run = Run::new();
    let (sprint, next) = (run.sprint.clone(), run.next.clone());
    let start = |sprint: &str| json!({ "start": { "sprint": sprint } });
    let close = |sprint: &str, decisions: Value, goal: Value| json!({ "close": { "sprint": sprint, "decisions": decisions, "goal": goal } });
    assert_eq!(
        run.refusal(start(&sprint)),
        ": Nothing that is still to be done is selected into Sprint 1. Select at least one item of the Product Backlog."
    );
    assert_eq!(
        run.refusal(close(&sprint, json!([]), Value::Null)),
        ": Sprint 1 is not running. Only the running Sprint can be closed."
    );
    run.select("a8 b5");
    run.start();
    assert_eq!(
        run.refusal(start(&sprint)),
        ": Sprint 1 has already been started. Its board shows how it goes."
    );
    let (a, b) = (run.items["a"].clone(), run.items["b"].clone());
    run.sprint_command(json!({ "returnItems": { "items": [b] } }));
    run.sprint_command(json!({ "selectItems": { "items": [b], "sprint": next } }));
    assert_eq!(
        run.refusal(start(&next)),
        ": Sprint 1 is still running. Close it first: a team runs one Sprint at a time."
    );
    let met = json!({ "outcome": "met", "why": "" });
    assert_eq!(
        run.refusal(close(&sprint, json!([]), met.clone())),
        "decisions: PAY-1 is not finished and waits for a decision. Decide for each: next Sprint, Product Backlog, split, or cancel."
    );
    assert_eq!(
        run.refusal(close(&sprint, json!([]), json!({ "outcome": "partly", "why": " " }))),
        "why: Nothing says why the Sprint Goal was not met; PAY-1 is not finished and waits for a decision. \
         Say why in a sentence; the next planning reads it. \
         Decide for each: next Sprint, Product Backlog, split, or cancel."
    );
    let asked = run.ask(json!({ "closeSummary": { "sprint": sprint } }));
    assert_eq!(asked["whyRequired"], json!(["partly", "notMet"]));
    let done = json!([{ "item": a, "decision": "productBacklog" }]);
    assert_eq!(
        run.refusal(close(&sprint, done.clone(), Value::Null)),
        "outcome: Nothing is said about the Sprint Goal. Say whether it was met, partly, or not."
    );
    assert_eq!(
        run.refusal(close(&sprint, done.clone(), json!({ "outcome": "notMet", "why": "" }))),
        "why: Nothing says why the Sprint Goal was not met. Say why in a sentence; the next planning reads it."
    );
    let report = run.desk.refused(json!({ "sprint": "x" }));
    assert_eq!(report.kind, app::ErrorKind::Internal);
    run.sprint_command(close(&sprint, done, met));
    let command = json!({ "selectItems": { "items": [a], "sprint": sprint } });
    assert_eq!(
        run.refusal(command),
        ": Sprint 1 is closed; what it came to stays as it was. Select the item into a planned Sprint."
    );
}

#[test]
fn rule_3_1_a_past_sprint_may_hold_totals_only() {
    let mut run = Run::new();
    let past = |first: &str, last: &str, completed: i64| json!({ "recordPast": { "name": "Sprint 0", "firstDay": first, "lastDay": last, "committed": 3600, "completed": completed, "personDays": "42" } });
    run.sprint_command(past("2026-10-19", "2026-10-30", 3100));
    let list = run.ask(json!({ "list": {} }));
    let row =
        list["sprints"].as_array().unwrap().iter().find(|row| row["name"] == "Sprint 0").unwrap().clone();
    assert_eq!((text(&row["phase"]), points(&row["completed"])), ("closed".into(), "31".into()));
    let report = run.ask(json!({ "report": { "sprint": row["id"] } }));
    assert_eq!(
        report["totals"],
        json!({ "committed": 3600, "completed": 3100, "personDays": 42000, "bufferShare": 1000, "workingDays": 10 })
    );
    assert_eq!(report["report"], Value::Null);
    let question =
        json!({ "chart": "burnDown", "sprint": row["id"], "theme": "light", "width": 600, "height": 400 });
    let query = app::parse_query(&json!({ "flow": { "chart": question } }).to_string()).unwrap();
    let context = app::Context::new(run.desk.now(), 7, "test", "");
    let refused = app::ask(&run.desk.team, query, &context).unwrap_err();
    assert_eq!(refused.message, "Only the totals of Sprint 0 are known.");
    // Its number is the one of its name, so that the next Sprint keeps its own.
    let mut older = past("2026-10-05", "2026-10-16", 3000);
    older["recordPast"]["name"] = json!("Sprint 39");
    run.sprint_command(older);
    run.sprint_command(json!({ "plan": { "name": "Sprint 40" } }));
    let mut numbers: Vec<_> = {
        let sprints = run.desk.team.read().sprints().unwrap();
        sprints.into_iter().map(|sprint| (sprint.name, sprint.number)).collect()
    };
    numbers.retain(|(name, _)| name == "Sprint 39" || name == "Sprint 40");
    assert_eq!(numbers, [("Sprint 39".to_owned(), 39), ("Sprint 40".to_owned(), 40)]);
    assert_eq!(
        run.refusal(past("2026-10-26", "2026-10-28", 3100)),
        "firstDay: Sprint 0 lies on the same days. Check the days: the team's Sprints follow each other."
    );
    assert_eq!(
        run.refusal(past("2026-10-05", "2026-10-01", 3100)),
        "lastDay: 1 October is before 5 October. A Sprint ends on its first day or later."
    );
    assert_eq!(
        run.refusal(past("2026-09-21", "2026-10-02", -1)),
        "completed: A size cannot be negative: -0.01. Write points such as 5, 0.5 or 13, or nothing for unsized."
    );
}

#[test]
fn a_burn_down_says_what_is_left_and_becomes_a_picture() {
    let mut run = Run::new();
    run.select("a8 b5");
    let planned = run.burn_down(Value::Null);
    assert_eq!(left(&planned), "", "there is no line before the start");
    assert_eq!(planned["chart"]["title"], "Sprint 1: not started, 13 points selected");
    run.start();
    run.desk.clock("2026-11-04 12:00");
    run.to("Done", "a");
    run.desk.clock("2026-11-05 12:00");
    let view = run.burn_down(Value::Null);
    assert_eq!(view["chart"]["title"], "Sprint 1: 5 points left, 7 working days");
    assert_eq!(sums(&view["terms"]), "13 + 0 − 0 ± 0 = 13, 8 done, 5 left");
    let items = run.burn_down(json!("items"));
    assert_eq!(left(&items), "1");
    let question = |as_of: Value| json!({ "flow": { "chart": { "chart": "burnDown", "theme": "dark", "width": 600, "height": 400, "asOf": as_of } } });
    let earlier = run.desk.ask(question(json!(evenkeel_tests::zurich("2026-11-03 12:00").millis())));
    assert_eq!(left(&earlier), "13");

    let picture = |format| {
        let query = app::parse_query(&question(Value::Null).to_string()).unwrap();
        let context = app::Context::new(run.desk.now(), 7, "test", "");
        app::flow::picture(&run.desk.team, query, format, &context).unwrap()
    };
    assert!(picture(app::flow::PictureFormat::Svg).starts_with(b"<svg"));
    assert!(picture(app::flow::PictureFormat::Png).starts_with(b"\x89PNG"));
}

/// One step of a random Sprint.
#[derive(Debug, Clone)]
enum Step {
    Move(usize, usize, u32),
    Size(usize, Option<i64>),
    Return(usize),
    Select(usize, usize),
    Undo,
    Redo,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..7_usize, 0..4_usize, 0..3_u32).prop_map(|(item, state, back)| Step::Move(item, state, back)),
        2 => (0..7_usize, prop::option::of(1..14_i64)).prop_map(|(item, size)| Step::Size(item, size)),
        2 => (0..7_usize).prop_map(Step::Return),
        3 => (0..7_usize, 0..5_usize).prop_map(|(item, origin)| Step::Select(item, origin)),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ];
    prop::collection::vec(step, 1..24)
}

/// The sums of the planned lanes, told a second way: from what stands on the board.
fn told_by_the_board(board: &Value) -> (i64, i64) {
    let (mut scope, mut done) = (0, 0);
    for column in board["columns"].as_array().expect("columns") {
        let (category, items) = (&column["category"], column["items"].as_array().expect("items"));
        let counted = items.iter().filter(|item| item["outside"] == false && item["inBuffer"] == false);
        let sizes: i64 = counted.filter_map(|item| item["size"].as_i64()).sum();
        if category != "cancelled" {
            scope += sizes;
        }
        if category == "done" {
            done += sizes;
        }
    }
    (scope, done)
}

/// Plays a Sprint; after each step the identity of 3.4 agrees with the board.
fn play(steps: &[Step]) -> Result<(), TestCaseError> {
    let mut run = Run::new();
    run.select("a8 b5 c3 d");
    run.desk.clock("2026-11-02 09:30");
    run.to("Done", "d");
    run.desk.clock("2026-11-02 10:00");
    run.start();
    let mut names: Vec<&str> = vec!["a", "b", "c", "d"];
    for name in ["e", "f", "g"] {
        run.add(name, if name == "g" { "bug" } else { "feature" }, Some(2));
        names.push(name);
    }
    let origins = ["interrupt", "pulledIn", "scopeCreep", "discovered", "reopened"];
    let states = ["To do", "In progress", "Done", "Cancelled"];
    for (place, step) in steps.iter().enumerate() {
        let (day, hour) = (4 + place / 8, 9 + place % 8);
        run.desk.clock(&format!("2026-11-{day:02} {hour:02}:00"));
        let command = match step {
            Step::Move(item, state, back) => {
                let on = (*back > 0).then(|| format!("2026-11-{:02}", day - *back as usize));
                let state = &run.states[states[*state]];
                json!({ "sprint": { "moveToState": {
                    "items": run.ids(names[*item]), "state": state, "on": on, "reopened": "runningSprint",
                } } })
            }
            Step::Size(item, size) => {
                let size = size.map(|size| size * 100);
                json!({ "backlog": { "size": { "items": run.ids(names[*item]), "size": size } } })
            }
            Step::Return(item) => json!({ "sprint": { "returnItems": { "items": run.ids(names[*item]) } } }),
            Step::Select(item, origin) => json!({ "sprint": { "selectItems": {
                "items": run.ids(names[*item]), "sprint": run.sprint, "origin": origins[*origin],
            } } }),
            Step::Undo => json!({ "journal": { "undo": {} } }),
            Step::Redo => json!({ "journal": { "redo": {} } }),
        };
        let before = run.desk.team.dump().expect("the rows");
        if run.desk.try_run(command).is_err() {
            prop_assert_eq!(
                run.desk.team.dump().expect("the rows"),
                before,
                "a refused command leaves nothing"
            );
        }
        let board = run.board();
        if board["sprint"].is_null() {
            // Undone back to before the start.
            continue;
        }
        let now = &board["sprint"]["points"];
        let term = |name: &str| now["terms"][name].as_i64().expect("a term");
        let identity = term("committed") + term("added") - term("removed") + term("resized");
        prop_assert_eq!(now["scope"].as_i64(), Some(identity));
        prop_assert_eq!((identity, term("done")), told_by_the_board(&board), "after {:?}", step);
        prop_assert_eq!(now["remaining"].as_i64(), Some(identity - term("done")));
    }
    let check = run.desk.team.check().map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(check.problems, vec![]);
    Ok(())
}

#[test]
fn rule_3_4_the_identity_agrees_with_the_board_after_any_commands() {
    let histories = std::env::var("EVENKEEL_HISTORIES").ok().and_then(|cases| cases.parse::<u32>().ok());
    let cases = histories.map_or(40, |cases| cases / 20);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in steps())| play(&steps)?);
}
