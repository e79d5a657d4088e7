//! The Product Backlog: adding, changing, ordering, finding.

use evenkeel_tests::Desk;
use proptest::prelude::*;
use serde_json::{Value, json};

/// Adds items, and answers their identities.
fn add(desk: &mut Desk, titles: &[&str]) -> Vec<String> {
    titles
        .iter()
        .map(|title| desk.run(json!({ "backlog": { "addItem": { "title": title } } })).created[0].clone())
        .collect()
}

fn window(desk: &Desk, question: Value) -> Value {
    let mut asked = json!({ "from": 0, "limit": 100 });
    for (name, value) in question.as_object().into_iter().flatten() {
        asked[name.as_str()] = value.clone();
    }
    desk.ask(json!({ "backlog": { "window": asked } }))
}

/// The titles of a window, each with its place: `1 a, 2 b`.
fn shown(desk: &Desk, question: Value) -> String {
    let window = window(desk, question);
    let rows: Vec<String> = window["rows"].as_array().unwrap().iter().map(row).collect();
    rows.join(", ")
}

fn row(row: &Value) -> String {
    let place = row["place"].as_u64().map_or("–".to_owned(), |place| place.to_string());
    format!("{place} {}", row["title"].as_str().unwrap())
}

fn order(desk: &Desk) -> String {
    shown(desk, json!({}))
}

fn page(desk: &Desk, item: &str) -> Value {
    desk.ask(json!({ "backlog": { "item": { "item": item } } }))
}

/// The identity of the team's state with a category.
fn state(desk: &Desk, category: &str) -> String {
    let file = rusqlite::Connection::open(desk.path()).unwrap();
    file.query_row("SELECT id FROM state WHERE category = ?1", [category], |row| row.get(0)).unwrap()
}

#[test]
fn items_are_added_last_or_first_or_above_another() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b"]);
    desk.run(json!({ "backlog": { "addItem": { "title": " first ", "first": true, "kind": "feature", "size": "0,5" } } }));
    desk.run(json!({ "backlog": { "addItem": { "title": "before b", "before": ids[1] } } }));
    assert_eq!(order(&desk), "1 first, 2 a, 3 before b, 4 b");
    let first = &window(&desk, json!({}))["rows"][0];
    assert_eq!(
        (&first["label"], &first["size"], &first["lane"]["name"]),
        (&json!("PAY-3"), &json!(50), &json!("New features"))
    );
    let refused = desk.refused(json!({ "backlog": { "addItem": { "title": "  " } } }));
    assert_eq!(
        (refused.message.as_str(), refused.field.as_deref()),
        ("An item needs a title.", Some("title"))
    );
    let refused = desk.refused(json!({ "backlog": { "addItem": { "title": "x", "size": "-1" } } }));
    assert_eq!(
        (refused.message.as_str(), refused.field.as_deref()),
        ("A size cannot be negative: -1.", Some("size"))
    );
    let refused = desk.refused(json!({ "backlog": { "addItem": { "title": "x", "severity": "high" } } }));
    assert_eq!(
        (refused.message.as_str(), refused.field.as_deref()),
        ("Only a bug has a severity.", Some("severity"))
    );
    assert_eq!(order(&desk), "1 first, 2 a, 3 before b, 4 b");
}

#[test]
fn items_move_together_and_undo_restores_their_order() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b", "c", "d", "e"]);
    let go = |items: &[usize], to: Value| {
        let items: Vec<&String> = items.iter().map(|n| &ids[*n]).collect();
        json!({ "backlog": { "move": { "items": items, "to": to } } })
    };
    assert_eq!(desk.run(go(&[3, 1], json!("top"))).title, "Move 2 items to the top");
    assert_eq!(order(&desk), "1 b, 2 d, 3 a, 4 c, 5 e");
    assert_eq!(desk.run(go(&[1], json!("bottom"))).title, "Move PAY-2 to the bottom");
    assert_eq!(desk.run(go(&[1], json!("up"))).title, "Move PAY-2 up");
    assert_eq!(order(&desk), "1 d, 2 a, 3 c, 4 b, 5 e");
    assert_eq!(desk.run(go(&[4], json!({ "place": 2 }))).title, "Move PAY-5 to place 2");
    assert_eq!(desk.run(go(&[3], json!({ "after": ids[1] }))).title, "Move PAY-4 below PAY-2");
    assert_eq!(order(&desk), "1 e, 2 a, 3 c, 4 b, 5 d");
    assert_eq!(desk.run(go(&[4], json!("top"))).note.as_deref(), Some("It stands there already."));
    for before in ["1 d, 2 e, 3 a, 4 c, 5 b", "1 d, 2 a, 3 c, 4 b, 5 e"] {
        desk.run(json!({ "journal": { "undo": {} } }));
        assert_eq!(order(&desk), before);
    }
    desk.run(json!({ "journal": { "redo": {} } }));
    assert_eq!(order(&desk), "1 d, 2 e, 3 a, 4 c, 5 b");
}

#[test]
fn a_move_to_where_nothing_can_stand_is_refused() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b"]);
    let refused = desk.refused(json!({ "backlog": { "move": { "items": [ids[0]], "to": { "place": 3 } } } }));
    assert_eq!(refused.message, "There is no place 3: the Product Backlog has 2 places.");
    assert_eq!(
        (refused.hint.as_deref(), refused.field.as_deref()),
        (Some("Write a place from 1 to 2."), Some("to"))
    );
    let refused =
        desk.refused(json!({ "backlog": { "move": { "items": [ids[0]], "to": { "before": ids[0] } } } }));
    assert_eq!(refused.message, "An item cannot stand beside itself.");
    let refused = desk.refused(json!({ "backlog": { "move": { "items": [], "to": "top" } } }));
    assert_eq!(refused.message, "No item was chosen.");
    desk.run(json!({ "backlog": { "removeItems": { "items": [ids[1]] } } }));
    let refused =
        desk.refused(json!({ "backlog": { "move": { "items": [ids[0]], "to": { "after": ids[1] } } } }));
    assert_eq!(refused.message, "The item to stand beside is not in the Product Backlog.");
}

#[test]
fn rule_7_2_a_bug_that_becomes_critical_comes_first_in_the_same_step() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b", "c"]);
    desk.run(json!({ "backlog": { "setKind": { "items": ids, "kind": "bug" } } }));
    let critical =
        |item: &str| json!({ "backlog": { "setSeverity": { "items": [item], "severity": "critical" } } });
    let done = desk.run(critical(&ids[1]));
    assert_eq!(done.title, "Set severity of PAY-2 to critical, placed above PAY-1 as critical");
    desk.run(critical(&ids[2]));
    assert_eq!(order(&desk), "1 b, 2 c, 3 a");
    desk.run(json!({ "backlog": { "addItem": { "title": "d", "kind": "bug", "severity": "critical" } } }));
    assert_eq!(order(&desk), "1 b, 2 c, 3 d, 4 a");
    desk.run(json!({ "journal": { "undo": {} } }));
    desk.run(json!({ "backlog": { "move": { "items": [ids[1]], "to": "bottom" } } }));
    desk.run(json!({ "backlog": { "size": { "items": [ids[1]], "size": 500 } } }));
    assert_eq!(order(&desk), "1 c, 2 a, 3 b", "later moves are respected");
    // An item that stops to be a bug is critical no longer, and becomes so again only by a severity.
    desk.run(json!({ "backlog": { "setKind": { "items": [ids[1]], "kind": "debt" } } }));
    assert_eq!(window(&desk, json!({}))["rows"][2]["severity"], Value::Null);
}

#[test]
fn rule_7_2_critical_bugs_stay_where_they_are_once_the_policy_is_off() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b"]);
    desk.run(json!({ "backlog": { "setKind": { "items": ids, "kind": "bug" } } }));
    desk.run(json!({ "team": { "setCriticalFirst": { "on": false } } }));
    let done =
        desk.run(json!({ "backlog": { "setSeverity": { "items": [ids[1]], "severity": "critical" } } }));
    assert_eq!(done.title, "Set severity of PAY-2 to critical");
    assert_eq!(order(&desk), "1 a, 2 b");
    assert_eq!(desk.ask(json!({ "backlog": { "overview": {} } }))["criticalFirst"], false);
    desk.run(json!({ "team": { "setCriticalFirst": { "on": true } } }));
    assert_eq!(order(&desk), "1 a, 2 b", "switching the policy on moves nothing");
}

#[test]
fn items_are_given_to_members_and_to_nobody() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b"]);
    let ana = desk.run(json!({ "team": { "addMember": { "name": "Ana" } } })).created[0].clone();
    let assign = |owner: Value| json!({ "backlog": { "assign": { "items": ids, "owner": owner } } });
    assert_eq!(desk.run(assign(json!(ana))).title, "Assign 2 items to Ana");
    assert_eq!(window(&desk, json!({}))["rows"][1]["owner"], "Ana");
    assert_eq!(desk.run(assign(Value::Null)).title, "Assign 2 items to nobody");
    assert_eq!(page(&desk, &ids[0])["history"][1]["text"], "assigned to Ana");
    assert_eq!(desk.refused(assign(json!(ids[0]))).message, "This member is no longer there.");
}

#[test]
fn an_item_that_has_ended_has_no_place_and_cannot_be_moved() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b", "c"]);
    let done = state(&desk, "done");
    desk.run(json!({ "sprint": { "moveToState": { "items": [ids[1]], "state": done } } }));
    assert_eq!(order(&desk), "1 a, 2 c");
    assert_eq!(shown(&desk, json!({ "filter": { "whereabouts": "ended" } })), "– b");
    assert_eq!(shown(&desk, json!({ "filter": { "whereabouts": "all" } })), "1 a, – b, 2 c");
    let refused = desk.refused(json!({ "backlog": { "move": { "items": [ids[1]], "to": "top" } } }));
    assert_eq!(refused.message, "PAY-2 has ended and has no place in the order.");
    desk.run(json!({ "backlog": { "move": { "items": [ids[2]], "to": { "before": ids[0] } } } }));
    desk.run(json!({ "journal": { "undo": {} } }));
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(order(&desk), "1 a, 2 b, 3 c");
}

#[test]
fn words_are_found_in_every_script() {
    let mut desk = Desk::new();
    add(&mut desk, &["हिन्दी में भुगतान", "日本語の支払い", "Оплата картой", "Ünïcödé"]);
    let found = |text: &str| shown(&desk, json!({ "filter": { "text": text } }));
    assert_eq!(found("हिन्दी"), "1 हिन्दी में भुगतान");
    assert_eq!(found("日本"), "2 日本語の支払い");
    assert_eq!(found("карт"), "3 Оплата картой");
    assert_eq!(found("unico"), "4 Ünïcödé");
}

#[test]
fn words_kind_size_owner_and_obstacles_change_and_are_told_as_a_history() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["Retries exhaust the pool"]);
    desk.clock("2026-11-03 10:00");
    desk.run(json!({ "backlog": { "size": { "items": ids, "size": "5" } } }));
    desk.clock("2026-11-04 10:00");
    desk.run(json!({ "backlog": { "size": { "items": ids, "size": 800 } } }));
    let yesterday = evenkeel_tests::zurich("2026-11-03 17:00").millis();
    desk.run(json!({ "backlog": { "size": { "items": ids, "size": 300, "at": yesterday } } }));
    desk.run(json!({ "backlog": { "setKind": { "items": ids, "kind": "bug" } } }));
    desk.run(json!({ "backlog": { "block": { "items": ids, "reason": "waits for the bank" } } }));
    desk.run(json!({ "backlog": { "unblock": { "items": ids } } }));
    desk.run(json!({ "backlog": { "rename": { "item": ids[0], "title": "Retries drain the pool" } } }));
    let page = page(&desk, &ids[0]);
    let lines: Vec<&str> =
        page["history"].as_array().unwrap().iter().map(|line| line["text"].as_str().unwrap()).collect();
    assert_eq!(
        lines,
        [
            "unblocked",
            "blocked: waits for the bank",
            "kind bug",
            "sized 3 → 8",
            "sized 5 → 3",
            "sized 5",
            "created in To do"
        ]
    );
    assert_eq!(page["history"][4]["recordedAt"], json!(evenkeel_tests::zurich("2026-11-04 10:00").millis()));
    assert_eq!(
        (&page["row"]["title"], &page["row"]["size"]),
        (&json!("Retries drain the pool"), &json!(800))
    );
    assert_eq!(page["row"]["ageDays"], json!(2));
    let tomorrow = evenkeel_tests::zurich("2026-11-05 17:00").millis();
    let refused =
        desk.refused(json!({ "backlog": { "size": { "items": ids, "size": 100, "at": tomorrow } } }));
    assert_eq!(
        (refused.message.as_str(), refused.field.as_deref()),
        ("5 November is still to come.", Some("at"))
    );
}

#[test]
fn what_changes_nothing_leaves_no_step() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a"]);
    desk.run(json!({ "backlog": { "size": { "items": ids, "size": 300 } } }));
    desk.run(json!({ "backlog": { "size": { "items": ids, "size": 300 } } }));
    desk.run(json!({ "backlog": { "rename": { "item": ids[0], "title": "a" } } }));
    desk.run(json!({ "backlog": { "unblock": { "items": ids } } }));
    let state = desk.ask(json!({ "journal": { "undoState": {} } }));
    assert_eq!(state["undo"], "Size PAY-1 3");
}

#[test]
fn refusals_name_the_item_and_leave_no_trace() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b"]);
    desk.run(json!({ "backlog": { "setKind": { "items": [ids[0]], "kind": "bug" } } }));
    let refused = desk.refused(json!({ "backlog": { "setSeverity": { "items": ids, "severity": "high" } } }));
    assert_eq!(refused.message, "PAY-2 is not a bug, and only bugs have a severity.");
    assert_eq!(window(&desk, json!({}))["rows"][0]["severity"], Value::Null);
    let refused = desk.refused(json!({ "backlog": { "block": { "items": ids, "reason": " " } } }));
    assert_eq!(refused.field.as_deref(), Some("reason"));
    let refused = desk.refused(json!({ "backlog": { "rename": { "item": ids[0], "title": "two\nlines" } } }));
    assert_eq!(refused.message, "A title is one line.");
    desk.run(json!({ "backlog": { "removeItems": { "items": [ids[1]] } } }));
    let refused = desk.refused(json!({ "backlog": { "size": { "items": ids, "size": 300 } } }));
    assert_eq!(refused.message, "This item is no longer there.");
    assert_eq!(window(&desk, json!({}))["rows"][0]["size"], Value::Null);
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(order(&desk), "1 a, 2 b");
}

#[test]
fn filters_find_items_and_sorting_for_the_eye_leaves_the_order() {
    let mut desk = Desk::new();
    let ids =
        add(&mut desk, &["Card retries", "Instant transfer", "Rotate certificates", "Kartenzahlung größer"]);
    desk.run(json!({ "backlog": { "setKind": { "items": [ids[0]], "kind": "bug" } } }));
    desk.run(json!({ "backlog": { "setSeverity": { "items": [ids[0]], "severity": "high" } } }));
    desk.run(json!({ "backlog": { "setKind": { "items": [ids[1]], "kind": "feature" } } }));
    desk.run(json!({ "backlog": { "setKind": { "items": [ids[2]], "kind": "infrastructure" } } }));
    desk.run(json!({ "backlog": { "size": { "items": [ids[1]], "size": 800 } } }));
    desk.run(json!({ "backlog": { "size": { "items": [ids[2]], "size": 300 } } }));
    desk.run(json!({ "backlog": { "describe": { "item": ids[2], "description": "The retried *handshake* fails." } } }));
    let found = |filter: Value| shown(&desk, json!({ "filter": filter }));
    assert_eq!(found(json!({ "kinds": ["bug", "feature"] })), "1 Card retries, 2 Instant transfer");
    assert_eq!(found(json!({ "unsorted": true })), "4 Kartenzahlung größer");
    assert_eq!(found(json!({ "severities": ["high"] })), "1 Card retries");
    assert_eq!(found(json!({ "withoutSize": true })), "1 Card retries, 4 Kartenzahlung größer");
    assert_eq!(found(json!({ "text": "retri" })), "1 Card retries, 3 Rotate certificates");
    assert_eq!(found(json!({ "text": "groß" })), "4 Kartenzahlung größer");
    assert_eq!(found(json!({ "text": "grosser" })), "", "another spelling is another word");
    assert_eq!(found(json!({ "text": "grös" })), "");
    assert_eq!(found(json!({ "text": "transfer inst" })), "2 Instant transfer");
    assert_eq!(found(json!({ "text": "pay-3" })), "3 Rotate certificates");
    assert_eq!(found(json!({ "text": "\" OR title:x AND (" })), "");
    assert_eq!(found(json!({ "text": "retri", "kinds": ["infrastructure"] })), "3 Rotate certificates");
    let overview = desk.ask(json!({ "backlog": { "overview": {} } }));
    let production =
        overview["lanes"].as_array().unwrap().iter().find(|lane| lane["name"] == "Production").unwrap();
    assert_eq!(found(json!({ "lanes": [production["id"]] })), "1 Card retries, 3 Rotate certificates");
    assert_eq!(overview["counts"]["withoutSize"], 2);
    assert_eq!(overview["counts"]["unsorted"], 1);
    let sorted = |sort: &str| shown(&desk, json!({ "sort": sort }));
    assert_eq!(
        sorted("largest"),
        "2 Instant transfer, 3 Rotate certificates, 1 Card retries, 4 Kartenzahlung größer"
    );
    assert_eq!(
        sorted("smallest"),
        "3 Rotate certificates, 2 Instant transfer, 1 Card retries, 4 Kartenzahlung größer"
    );
    assert_eq!(shown(&desk, json!({ "from": 1, "limit": 2 })), "2 Instant transfer, 3 Rotate certificates");
    assert_eq!(window(&desk, json!({ "from": 3, "limit": 0 }))["total"], 4);
}

#[test]
fn markup_is_text_everywhere() {
    let mut desk = Desk::new();
    let title = "<img src=x onerror=alert(1)> & <b>\"bold\"</b>";
    let ids = add(&mut desk, &[title]);
    desk.run(json!({ "backlog": { "describe": { "item": ids[0], "description": "<script>alert(1)</script> [x](javascript:alert(1))" } } }));
    let page = page(&desk, &ids[0]);
    assert_eq!(page["row"]["title"], title);
    assert_eq!(
        page["blocks"],
        json!([{ "kind": "paragraph", "content": [{ "kind": "text", "text": "<script>alert(1)</script> [x](javascript:alert(1))" }] }])
    );
}

#[test]
fn rule_7_1_and_7_2_inputs_make_scores_with_their_terms_and_ordering_by_score_is_one_step() {
    let mut desk = Desk::new();
    let ids = add(&mut desk, &["a", "b", "c", "d"]);
    let input = |item: &str, input: &str, rating: Value| json!({ "priority": { "setInput": { "items": [item], "input": input, "rating": rating } } });
    for (item, [value, time, risk], size) in [(0, [1, 1, 1], 300), (1, [8, 5, 3], 500), (3, [13, 0, 0], 100)]
    {
        desk.run(input(&ids[item], "value", json!(value.to_string())));
        desk.run(input(&ids[item], "timeCriticality", json!(time * 100)));
        desk.run(input(&ids[item], "riskReduction", json!(risk * 100)));
        desk.run(json!({ "backlog": { "size": { "items": [ids[item]], "size": size } } }));
    }
    let scores = &page(&desk, &ids[1])["priority"]["scores"];
    assert_eq!(scores[0]["score"]["formula"], "(8 + 5 + 3) ÷ 5 = 3.2");
    assert_eq!(scores[1], Value::Null, "severity × reach is for bugs");
    assert_eq!(
        page(&desk, &ids[2])["priority"]["scores"][0]["missing"],
        "value, time criticality, risk reduction and size are not set"
    );
    let preview = desk.ask(json!({ "priority": { "preview": { "items": null, "method": "wsjf" } } }));
    assert_eq!(
        (&preview["items"], &preview["scored"], &preview["moving"]),
        (&json!(4), &json!(3), &json!(3))
    );
    assert_eq!(preview["moves"][0]["change"], json!({ "item": ids[3], "from": 4, "to": 1 }));
    assert_eq!(preview["moves"][0]["formula"], "(13 + 0 + 0) ÷ 1 = 13");
    assert_eq!(preview["unscored"][0]["label"], "PAY-3");
    assert_eq!(order(&desk), "1 a, 2 b, 3 c, 4 d", "asking moves nothing");
    assert_eq!(shown(&desk, json!({ "sort": "score" })), "4 d, 2 b, 1 a, 3 c");
    let some = json!({ "priority": { "orderByScore": { "items": [ids[0], ids[1]], "method": "wsjf" } } });
    assert_eq!(desk.run(some).title, "Order 2 items by WSJF");
    assert_eq!(order(&desk), "1 b, 2 a, 3 c, 4 d");
    desk.run(json!({ "priority": { "orderByScore": { "items": null, "method": "wsjf" } } }));
    assert_eq!(order(&desk), "1 d, 2 b, 3 a, 4 c");
    desk.run(json!({ "journal": { "undo": {} } }));
    assert_eq!(order(&desk), "1 b, 2 a, 3 c, 4 d");
    desk.run(input(&ids[0], "value", Value::Null));
    assert_eq!(page(&desk, &ids[0])["priority"]["inputs"][0]["rating"], Value::Null);
    let refused = desk.refused(input(&ids[0], "value", json!("many")));
    assert_eq!(
        (refused.message.as_str(), refused.field.as_deref()),
        ("“many” is not a number.", Some("value"))
    );
    let refused =
        desk.refused(json!({ "priority": { "setWeights": { "critical": 1, "high": 3, "low": 1 } } }));
    assert_eq!(refused.field.as_deref(), Some("high"));
    assert_eq!(
        desk.run(json!({ "priority": { "setWeights": { "critical": 20, "high": 5, "low": 1 } } })).title,
        "Set severity weights to 20, 5, 1"
    );
    assert_eq!(desk.ask(json!({ "backlog": { "overview": {} } }))["scoring"]["weights"]["critical"], 20);
}

#[derive(Debug, Clone)]
enum Step {
    Add(bool),
    Move(Vec<usize>, u8, usize),
    Size(usize, i64),
    Kind(usize, Option<&'static str>),
    Critical(usize),
    End(usize, bool),
    Remove(usize),
    Score,
    Undo,
    Redo,
    Outside(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => any::<bool>().prop_map(Step::Add),
        6 => (prop::collection::vec(0..40_usize, 1..4), 0..7_u8, 0..40_usize).prop_map(|(items, way, at)| Step::Move(items, way, at)),
        2 => (0..40_usize, 0..9_i64).prop_map(|(item, size)| Step::Size(item, size)),
        2 => (0..40_usize, prop::sample::select(vec![None, Some("bug"), Some("feature")])).prop_map(|(item, kind)| Step::Kind(item, kind)),
        1 => (0..40_usize).prop_map(Step::Critical),
        2 => (0..40_usize, any::<bool>()).prop_map(|(item, ends)| Step::End(item, ends)),
        1 => (0..40_usize).prop_map(Step::Remove),
        1 => Just(Step::Score),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        1 => (0..40_usize).prop_map(Step::Outside),
    ];
    prop::collection::vec(step, 1..40)
}

/// Carries out a step; many are refused, which is part of the test.
fn carry_out(desk: &mut Desk, ids: &mut Vec<String>, step: &Step) {
    let item = |n: &usize, ids: &[String]| ids.get(n % ids.len().max(1)).cloned().unwrap_or_default();
    let command = match step {
        Step::Add(first) => {
            let title = ["card retries", "card refunds", "rotate keys"][ids.len() % 3];
            json!({ "backlog": { "addItem": { "title": title, "first": first } } })
        }
        _ if ids.is_empty() => return,
        Step::Move(items, way, at) => {
            let items: Vec<String> = items.iter().map(|n| item(n, ids)).collect();
            let to = match way {
                0 => json!("top"),
                1 => json!("bottom"),
                2 => json!("up"),
                3 => json!("down"),
                4 => json!({ "before": item(at, ids) }),
                5 => json!({ "after": item(at, ids) }),
                _ => json!({ "place": at }),
            };
            json!({ "backlog": { "move": { "items": items, "to": to } } })
        }
        Step::Size(n, size) => {
            json!({ "backlog": { "size": { "items": [item(n, ids)], "size": size * 100 } } })
        }
        Step::Kind(n, kind) => json!({ "backlog": { "setKind": { "items": [item(n, ids)], "kind": kind } } }),
        Step::Critical(n) => {
            json!({ "backlog": { "setSeverity": { "items": [item(n, ids)], "severity": "critical" } } })
        }
        Step::End(n, ends) => {
            let to = state(desk, if *ends { "done" } else { "toDo" });
            json!({ "sprint": { "moveToState": { "items": [item(n, ids)], "state": to } } })
        }
        Step::Remove(n) => json!({ "backlog": { "removeItems": { "items": [item(n, ids)] } } }),
        Step::Score => json!({ "priority": { "orderByScore": { "items": null, "method": "wsjf" } } }),
        Step::Undo => json!({ "journal": { "undo": {} } }),
        Step::Redo => json!({ "journal": { "redo": {} } }),
        Step::Outside(n) => {
            let path = desk.path();
            let (now, item) = (desk.now(), item(n, ids));
            let context = app::Context::new(now, 99, "other", "");
            let mut other = app::Team::open(&path, &app::Access::Script).unwrap();
            let json = json!({ "backlog": { "move": { "items": [item], "to": "top" } } });
            let _ = app::run(&mut other, app::parse_command(&json.to_string()).unwrap(), &context);
            return;
        }
    };
    if let Ok(outcome) = desk.try_run(command) {
        ids.extend(outcome.created);
    }
}

/// What SQL says of the order: open items with their places, then all that have ended.
fn by_sql(desk: &Desk, sql: &str) -> Vec<String> {
    let file = rusqlite::Connection::open(desk.path()).unwrap();
    let mut select = file.prepare(sql).unwrap();
    let ids = select.query_map([], |row| row.get(0)).unwrap();
    ids.collect::<Result<_, _>>().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn the_order_in_memory_is_the_order_of_the_file_after_any_steps(steps in steps()) {
        let mut desk = Desk::new();
        let mut ids = Vec::new();
        for step in &steps {
            carry_out(&mut desk, &mut ids, step);
            let open = by_sql(&desk, "SELECT item.id FROM item JOIN state ON state.id = item.state
                WHERE state.category NOT IN ('done', 'cancelled') ORDER BY item.rank, item.id");
            let seen = window(&desk, json!({}));
            let rows: Vec<String> = seen["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
            prop_assert_eq!(&rows, &open, "after {:?}", step);
            let places: Vec<u64> = seen["rows"].as_array().unwrap().iter().filter_map(|row| row["place"].as_u64()).collect();
            prop_assert_eq!(places, (1..=open.len() as u64).collect::<Vec<_>>());
            let all = window(&desk, json!({ "filter": { "whereabouts": "all" } }));
            let all: Vec<String> = all["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
            prop_assert_eq!(all, by_sql(&desk, "SELECT id FROM item ORDER BY rank, id"));
            for text in ["car", "card ref"] {
                let found = window(&desk, json!({ "filter": { "text": text } }));
                let rows: Vec<&str> = found["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
                let sql = format!("SELECT item.id FROM item JOIN state ON state.id = item.state
                    WHERE item.title LIKE '{text}%' AND state.category NOT IN ('done', 'cancelled') ORDER BY item.rank, item.id");
                prop_assert_eq!(rows, by_sql(&desk, &sql), "{} after {:?}", text, step);
            }
            let unsized_bugs = window(&desk, json!({ "filter": { "whereabouts": "all", "kinds": ["bug"], "withoutSize": true } }));
            let unsized_bugs: Vec<String> = unsized_bugs["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
            prop_assert_eq!(unsized_bugs, by_sql(&desk, "SELECT id FROM item WHERE kind = 'bug' AND size IS NULL ORDER BY rank, id"));
        }
        let ranks = by_sql(&desk, "SELECT rank FROM item ORDER BY rank");
        prop_assert!(ranks.windows(2).all(|pair| pair[0] < pair[1]), "no two items share a rank: {:?}", ranks);
        // Undoing all of it and doing it again leads to the same order.
        let after = by_sql(&desk, "SELECT id FROM item ORDER BY rank, id");
        let mut undone = 0;
        while desk.try_run(json!({ "journal": { "undo": {} } })).is_ok() {
            undone += 1;
        }
        prop_assert_eq!(order(&desk), "");
        for _ in 0..undone {
            desk.run(json!({ "journal": { "redo": {} } }));
        }
        prop_assert_eq!(after, by_sql(&desk, "SELECT id FROM item ORDER BY rank, id"));
    }
}

#[test]
fn the_best_match_comes_first_when_an_item_is_looked_for_by_name() {
    let mut desk = Desk::new();
    let titles: Vec<String> = (1..=70).map(|n| format!("Number {n} of the transfers")).collect();
    add(&mut desk, &titles.iter().map(String::as_str).collect::<Vec<_>>());
    add(&mut desk, &["Transfers within ten seconds"]);
    let found = |text: &str| {
        shown(&desk, json!({ "filter": { "text": text, "whereabouts": "all" }, "sort": "match", "limit": 2 }))
    };
    assert_eq!(found("transf"), "71 Transfers within ten seconds, 1 Number 1 of the transfers");
    let label = window(&desk, json!({ "from": 69, "limit": 1 }))["rows"][0]["label"].clone();
    assert_eq!(found(label.as_str().unwrap()).split(", ").next(), Some("70 Number 70 of the transfers"));
}
