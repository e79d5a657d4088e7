//! Prioritisation: inputs, methods, the team's own criteria, debt interest, comparisons, the picture, what grows old.

use crate::sprint::text;
use evenkeel_tests::Desk;
use proptest::prelude::*;
use serde_json::{Value, json};

fn add(desk: &mut Desk, title: &str, more: Value) -> String {
    let mut item = json!({ "title": title });
    item.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    desk.run(json!({ "backlog": { "addItem": item } })).created[0].clone()
}

fn rate(desk: &mut Desk, item: &str, input: &str, rating: &str) -> String {
    desk.run(json!({ "priority": { "setInput": { "items": [item], "input": input, "rating": rating } } }))
        .title
}

fn priority(desk: &mut Desk, command: Value) -> String {
    desk.run(json!({ "priority": command })).title
}

#[track_caller]
fn refused(desk: &mut Desk, command: Value) -> String {
    let error = desk.refused(json!({ "priority": command }));
    format!("{} | {} | {}", error.field.unwrap_or_default(), error.message, error.hint.unwrap_or_default())
}

fn asked(desk: &Desk, question: Value) -> Value {
    desk.ask(json!({ "priority": question }))
}

fn overview(desk: &Desk) -> Value {
    asked(desk, json!({ "overview": {} }))
}

/// The scores of an item's page: “WSJF: 3.2”, “severity × reach: it is not a bug”.
fn scores(desk: &Desk, item: &str) -> String {
    let page = desk.ask(json!({ "backlog": { "item": { "item": item } } }));
    let line = |score: &Value| match &score["score"] {
        Value::Null => format!("{}: {}", text(&score["title"]), text(&score["missing"])),
        score_of => format!("{}: {}", text(&score["title"]), text(&score_of["formula"])),
    };
    page["priority"]["scores"].as_array().unwrap().iter().map(line).collect::<Vec<_>>().join(" | ")
}

/// Labels of what a filter of the Product Backlog shows.
fn shown(desk: &Desk, filter: Value, sort: &str) -> String {
    let window = desk
        .ask(json!({ "backlog": { "window": { "filter": filter, "sort": sort, "from": 0, "limit": 50 } } }));
    let label = |row: &Value| text(&row["label"]);
    window["rows"].as_array().unwrap().iter().map(label).collect::<Vec<_>>().join(" ")
}

fn undo(desk: &mut Desk) {
    desk.run(json!({ "journal": { "undo": {} } }));
}

#[test]
fn rule_7_1_the_team_chooses_a_method_and_every_score_is_shown_with_its_terms() {
    let mut desk = Desk::new();
    let one = add(&mut desk, "Receipts", json!({ "kind": "feature", "size": "5" }));
    for (input, rating) in [("reach", "40"), ("impact", "2"), ("confidence", "80"), ("value", "8")] {
        rate(&mut desk, &one, input, rating);
    }
    assert_eq!(scores(&desk, &one), "WSJF: time criticality and risk reduction are not set");
    assert_eq!(priority(&mut desk, json!({ "setMethod": { "method": "rice" } })), "Score by RICE");
    assert_eq!(scores(&desk, &one), "RICE: 40 × 2 × 80 % ÷ 5 = 12.8");
    assert_eq!(rate(&mut desk, &one, "effort", "4"), "Set effort of PAY-1 to 4");
    assert_eq!(scores(&desk, &one), "RICE: 40 × 2 × 80 % ÷ 4 = 16");
    let size = &desk.ask(json!({ "backlog": { "item": { "item": one } } }))["row"]["size"];
    assert_eq!(size, 500, "an effort never changes the size");
    priority(&mut desk, json!({ "setMethod": { "method": "valueEffort" } }));
    assert_eq!(scores(&desk, &one), "value ÷ effort: 8 ÷ 4 = 2");
    let row =
        &desk.ask(json!({ "backlog": { "window": { "sort": "score", "from": 0, "limit": 1 } } }))["rows"][0];
    assert_eq!(row["score"], 200);
    undo(&mut desk);
    assert_eq!(overview(&desk)["rules"]["title"], "RICE", "the choice of a method is undone");
    assert_eq!(
        refused(&mut desk, json!({ "setInput": { "items": [one], "input": "confidence", "rating": "120" } })),
        "confidence | The confidence is a share of 100: 120 is too much. | Write at most 100."
    );
    assert_eq!(
        refused(&mut desk, json!({ "setInput": { "items": [one], "input": "size", "rating": "3" } })),
        "size | The size is no input of its own. | Set it on the item itself."
    );
    assert_eq!(
        refused(&mut desk, json!({ "setInput": { "items": [one], "input": "interest", "rating": "3" } })),
        "interest | Debt interest is not rated: it is the hours of the interrupts that the item caused. | Say at an interrupt which item caused it."
    );
}

#[test]
fn rule_7_1_the_teams_own_criteria_are_added_weighed_ordered_renamed_and_taken_away() {
    let mut desk = Desk::new();
    let one = add(&mut desk, "Receipts", json!({ "kind": "feature" }));
    assert_eq!(
        refused(&mut desk, json!({ "setMethod": { "method": "criteria" } })),
        "method | The team has no criteria yet. | Add one first."
    );
    let mut criterion = |name: &str, weight: &str| {
        let add =
            json!({ "priority": { "addCriterion": { "name": name, "weight": weight, "scale": "digits" } } });
        desk.run(add).created[0].clone()
    };
    let ease = criterion("ease", "1");
    let safety = criterion(" safety ", "3");
    assert_eq!(
        refused(&mut desk, json!({ "addCriterion": { "name": "Ease", "scale": "digits" } })),
        "name | There is a criterion “ease” already. | Write another name."
    );
    assert_eq!(
        refused(&mut desk, json!({ "changeCriterion": { "criterion": ease, "weight": "0" } })),
        "weight | A weight is more than 0 and at most 1000, not 0. | Write how much it counts beside the others: 1, 2, 0.5."
    );
    priority(&mut desk, json!({ "setMethod": { "method": "criteria" } }));
    assert_eq!(rate(&mut desk, &one, &ease, "8"), "Set ease of PAY-1 to 8");
    assert_eq!(scores(&desk, &one), "the team’s criteria: safety is not set");
    rate(&mut desk, &one, &safety, "4");
    assert_eq!(scores(&desk, &one), "the team’s criteria: (1 × 8 + 3 × 4) ÷ 4 = 5");
    assert_eq!(
        priority(&mut desk, json!({ "changeCriterion": { "criterion": ease, "weight": "2" } })),
        "Weigh ease with 2"
    );
    assert_eq!(
        priority(&mut desk, json!({ "changeCriterion": { "criterion": ease, "name": "ease of use" } })),
        "Rename criterion ease to ease of use"
    );
    assert_eq!(
        priority(&mut desk, json!({ "moveCriterion": { "criterion": safety, "before": ease } })),
        "Move criterion safety"
    );
    assert_eq!(overview(&desk)["rules"]["formula"], "(3 × safety + 2 × ease of use) ÷ 5");
    assert_eq!(scores(&desk, &one), "the team’s criteria: (3 × 4 + 2 × 8) ÷ 5 = 5.6");
    let removed = desk.run(json!({ "priority": { "removeCriterion": { "criterion": safety } } }));
    assert_eq!(removed.note.as_deref(), Some("One item had a rating by it: undo brings it back."));
    assert_eq!(scores(&desk, &one), "the team’s criteria: (2 × 8) ÷ 2 = 8");
    undo(&mut desk);
    assert_eq!(
        scores(&desk, &one),
        "the team’s criteria: (3 × 4 + 2 × 8) ÷ 5 = 5.6",
        "the journal keeps the ratings of a criterion that was taken away"
    );
}

#[test]
fn rule_7_1_debt_interest_is_the_hours_of_the_interrupts_that_an_item_caused() {
    let mut desk = Desk::new();
    let debt = add(&mut desk, "One retry queue for all", json!({ "kind": "debt", "size": "5" }));
    let quiet = add(&mut desk, "Old log format", json!({ "kind": "debt", "size": "2" }));
    let mut interrupt = |title: &str, hours: Option<&str>| {
        let id = desk.run(json!({ "interrupt": { "report": { "title": title, "severity": "P2" } } })).created
            [0]
        .clone();
        if let Some(hours) = hours {
            desk.run(json!({ "interrupt": { "addHours": { "interrupt": id, "time": hours } } }));
        }
        desk.run(json!({ "interrupt": { "linkCause": { "interrupt": id, "item": debt } } }));
        id
    };
    let first = interrupt("Queue is full", None);
    assert_eq!(
        asked(&desk, json!({ "debtInterest": {} }))["rows"][0]["interest"],
        json!({ "minutes": null, "text": "1 interrupt, hours not known" })
    );
    let mut interrupt = |title: &str, hours: Option<&str>| {
        let id = desk.run(json!({ "interrupt": { "report": { "title": title, "severity": "P2" } } })).created
            [0]
        .clone();
        if let Some(hours) = hours {
            desk.run(json!({ "interrupt": { "addHours": { "interrupt": id, "time": hours } } }));
        }
        desk.run(json!({ "interrupt": { "linkCause": { "interrupt": id, "item": debt } } }));
    };
    interrupt("Queue is full again", Some("7.5"));
    interrupt("Payments twice", Some("5"));
    let rows = asked(&desk, json!({ "debtInterest": {} }))["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    assert_eq!(rows[0]["label"], "PAY-1");
    assert_eq!(
        rows[0]["interest"],
        json!({ "minutes": 750, "text": "12.5 h in 3 interrupts, 1 of them without hours" })
    );
    assert_eq!(rows[0]["formula"], "12.5 h ÷ 5 = 2.5");
    let behind: Vec<String> =
        rows[0]["interrupts"].as_array().unwrap().iter().map(|one| text(&one["title"])).collect();
    assert_eq!(behind, ["Queue is full", "Queue is full again", "Payments twice"]);
    assert_eq!(
        scores(&desk, &debt),
        "WSJF: value, time criticality and risk reduction are not set | debt interest ÷ effort: 12.5 h ÷ 5 = 2.5"
    );
    priority(&mut desk, json!({ "setMethod": { "method": "interest" } }));
    assert_eq!(scores(&desk, &quiet), "debt interest ÷ effort: 0 h ÷ 2 = 0");
    assert_eq!(shown(&desk, json!({}), "score"), "PAY-1 PAY-2");
    let mean = json!({ "addCriterion": { "name": "debt interest", "scale": "open", "isInterest": true } });
    priority(&mut desk, mean);
    priority(&mut desk, json!({ "setMethod": { "method": "criteria" } }));
    assert_eq!(scores(&desk, &debt).split(" | ").next(), Some("the team’s criteria: (1 × 12.5) ÷ 1 = 12.5"));
    desk.run(json!({ "interrupt": { "unlink": { "interrupt": first, "item": debt } } }));
    let text_now = asked(&desk, json!({ "debtInterest": {} }))["rows"][0]["interest"]["text"].clone();
    assert_eq!(text_now, "12.5 h in 2 interrupts");
    desk.run(json!({ "backlog": { "removeItems": { "items": [debt] } } }));
    assert_eq!(asked(&desk, json!({ "debtInterest": {} }))["rows"], json!([]));
}

#[test]
fn rule_7_2_two_items_are_compared_by_their_terms_and_a_swap_really_swaps() {
    let mut desk = Desk::new();
    let first = add(&mut desk, "Receipts", json!({ "kind": "feature", "size": "5" }));
    let second = add(&mut desk, "Saved payees", json!({ "kind": "feature", "size": "5" }));
    let third = add(&mut desk, "Later", json!({ "kind": "feature" }));
    for (item, value) in [(&first, "8"), (&second, "5")] {
        rate(&mut desk, item, "value", value);
        rate(&mut desk, item, "timeCriticality", "3");
        rate(&mut desk, item, "riskReduction", "2");
    }
    // However they are asked for, the one that stands above is named first.
    let compared = asked(&desk, json!({ "comparison": { "one": second, "other": first } }));
    assert_eq!(compared["above"]["label"], "PAY-1");
    let comparison = &compared["comparison"];
    assert_eq!(comparison["why"], "PAY-1 stands above PAY-2 by its score: 2.6 against 2.");
    assert_eq!(comparison["verdict"], "agrees");
    let swaps = comparison["swaps"].as_array().unwrap();
    assert!(!swaps.is_empty());
    for swap in swaps.iter().filter(|swap| swap["term"] != "size") {
        let item = if swap["ofAbove"] == true { &first } else { &second };
        desk.run(json!({ "priority": { "setInput": { "items": [item], "input": swap["term"], "rating": swap["to"] } } }));
        let turned = asked(&desk, json!({ "comparison": { "one": first, "other": second } }));
        assert_eq!(turned["comparison"]["verdict"], "disagrees", "{swap}");
        undo(&mut desk);
    }
    let unscored = asked(&desk, json!({ "comparison": { "one": first, "other": third } }));
    assert_eq!(
        unscored["comparison"]["why"],
        "PAY-1 stands above PAY-3, which has no score: value, time criticality, risk reduction and size are not set. What has none goes after what has one."
    );
    desk.run(json!({ "backlog": { "move": { "items": [second], "to": "top" } } }));
    let by_hand = asked(&desk, json!({ "comparison": { "one": first, "other": second } }));
    assert_eq!(
        by_hand["comparison"]["why"],
        "PAY-2 stands above PAY-1 by the Product Owner’s order. By score PAY-1 would stand above: 2.6 against 2."
    );
    let error = desk.refused(json!({ "priority": { "removeCriterion": { "criterion": first } } }));
    assert_eq!(error.message, "This criterion is no longer there.");
}

#[test]
fn rule_7_1_what_waits_for_a_rating_is_offered_first_then_what_is_old_and_old_inputs_are_filtered() {
    let mut desk = Desk::at("2026-03-02 09:00");
    let old = add(&mut desk, "Rated in March", json!({ "size": "3" }));
    let parent = add(&mut desk, "With parts", json!({}));
    for input in ["value", "timeCriticality", "riskReduction"] {
        rate(&mut desk, &old, input, "3");
    }
    desk.clock("2026-11-23 09:00");
    let waits = add(&mut desk, "Not rated", json!({}));
    let young = add(&mut desk, "Rated today", json!({}));
    for input in ["value", "timeCriticality", "riskReduction"] {
        rate(&mut desk, &young, input, "3");
    }
    desk.run(json!({ "backlog": { "setParent": { "items": [waits], "parent": parent } } }));
    let counts = overview(&desk);
    let numbers = ["open", "scored", "toRate", "toSize", "aged"].map(|name| counts[name].clone());
    assert_eq!(json!(numbers), json!([3, 1, 1, 1, 1]), "{counts}");
    let queue = asked(&desk, json!({ "queue": { "items": null } }));
    assert_eq!(queue, json!({ "items": [waits, old], "toRate": 1, "aged": 1 }));
    let aged_before = counts["rules"]["agedBefore"].clone();
    assert_eq!(shown(&desk, json!({ "ratedBefore": aged_before }), "order"), "PAY-1");
    assert_eq!(shown(&desk, json!({ "ratedBefore": aged_before, "withoutSize": true }), "order"), "");
    let card = asked(&desk, json!({ "card": { "item": old } }));
    assert!(card["card"]["inputs"].as_array().unwrap().iter().all(|input| input["aged"] == true));

    // The same number again makes it young; a young one that is given again leaves no step.
    for input in ["value", "timeCriticality", "riskReduction"] {
        rate(&mut desk, &old, input, "3");
    }
    assert_eq!(overview(&desk)["aged"], 0);
    let again =
        desk.run(json!({ "priority": { "setInput": { "items": [old], "input": "value", "rating": "3" } } }));
    assert_eq!(again.operation, None);
    undo(&mut desk);
    assert_eq!(overview(&desk)["aged"], 1, "undo makes it old again");
    assert_eq!(
        priority(&mut desk, json!({ "setLimit": { "days": "400" } })),
        "Take inputs for old after 400 days"
    );
    assert_eq!(overview(&desk)["aged"], 0);
    assert_eq!(
        refused(&mut desk, json!({ "setLimit": { "days": "soon" } })),
        "days | This is no number of days for a limit. | Write a whole number from 1 to 3650."
    );
    // A choice is gone through as it was chosen, also what has all its ratings.
    let chosen = asked(&desk, json!({ "queue": { "items": [young, waits] } }));
    assert_eq!(chosen["items"], json!([waits, young]));
}

#[test]
fn the_picture_shows_value_and_effort_and_a_move_in_it_is_one_undoable_step() {
    let mut desk = Desk::new();
    let win = add(&mut desk, "Receipts", json!({ "size": "2" }));
    let bet = add(&mut desk, "New ledger", json!({ "size": "13" }));
    let bare = add(&mut desk, "Something", json!({}));
    rate(&mut desk, &win, "value", "8");
    rate(&mut desk, &bet, "value", "21");
    let picture = asked(&desk, json!({ "picture": {} }));
    assert_eq!(picture["finding"], "1 of 2 items gives much value for little effort.");
    assert_eq!(picture["items"][0]["spot"], json!({ "column": 1, "row": 4, "quarter": "quickWin" }));
    assert_eq!(picture["items"][1]["spot"]["quarter"], "bigBet");
    assert_eq!(picture["items"][0]["bySize"], true);
    assert_eq!(picture["unplaced"][0]["lacks"], "no value, no effort");
    assert_eq!(
        priority(&mut desk, json!({ "place": { "item": bare, "value": 300, "effort": 800 } })),
        "Move PAY-3 to value 3, effort 8"
    );
    let picture = asked(&desk, json!({ "picture": {} }));
    assert_eq!(picture["items"][2]["spot"]["quarter"], "thinkTwice");
    assert_eq!(picture["without"], 0);
    undo(&mut desk);
    assert_eq!(asked(&desk, json!({ "picture": {} }))["without"], 1, "one undo takes both inputs back");
    assert_eq!(
        priority(&mut desk, json!({ "place": { "item": bet, "effort": 300 } })),
        "Move PAY-2 to effort 3"
    );
    let picture = asked(&desk, json!({ "picture": {} }));
    assert_eq!(
        (&picture["items"][1]["effort"], &picture["items"][1]["bySize"]),
        (&json!(300), &json!(false))
    );
    let size = &desk.ask(json!({ "backlog": { "item": { "item": bet } } }))["row"]["size"];
    assert_eq!(size, 1_300, "the size is the Developers’");
    assert_eq!(
        refused(&mut desk, json!({ "place": { "item": bet } })),
        " | No value and no effort was given. | Say at least one of the two."
    );
}

#[test]
fn a_label_is_a_filter_and_never_an_order() {
    let mut desk = Desk::new();
    let ids: Vec<String> = ["a", "b", "c"].iter().map(|title| add(&mut desk, title, json!({}))).collect();
    let label =
        |item: &String, name: &str| json!({ "backlog": { "label": { "items": [item], "add": [name] } } });
    desk.run(label(&ids[2], "Must"));
    desk.run(label(&ids[0], "Must"));
    desk.run(label(&ids[1], "Could"));
    assert_eq!(shown(&desk, json!({ "labels": ["must"] }), "order"), "PAY-1 PAY-3");
    assert_eq!(shown(&desk, json!({ "labels": ["Must", "Could"] }), "order"), "PAY-1 PAY-2 PAY-3");
    assert_eq!(shown(&desk, json!({ "labels": ["Won’t"] }), "order"), "");
    assert_eq!(shown(&desk, json!({ "labels": ["Must"], "text": "c" }), "youngest"), "PAY-3");
    assert_eq!(desk.ask(json!({ "backlog": { "overview": {} } }))["hasLabels"], true);
    let labels = desk.ask(json!({ "backlog": { "labels": {} } }));
    assert_eq!(labels, json!([{ "name": "Must", "items": 2 }, { "name": "Could", "items": 1 }]));
    undo(&mut desk);
    assert_eq!(
        shown(&desk, json!({ "labels": ["Could"] }), "order"),
        "",
        "a label that is gone finds nothing"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn rule_7_1_ordering_by_score_keeps_what_has_no_score_after_the_scored_in_its_order(
        values in prop::collection::vec((prop::option::of(0..9_u8), prop::option::of(1..6_u8)), 1..9)
    ) {
        let mut desk = Desk::new();
        priority(&mut desk, json!({ "setMethod": { "method": "valueEffort" } }));
        for (value, size) in &values {
            let item = add(&mut desk, "x", size.map_or(json!({}), |size| json!({ "size": size.to_string() })));
            if let Some(value) = value {
                rate(&mut desk, &item, "value", &value.to_string());
            }
        }
        let mut expected: Vec<(usize, Option<f64>)> = values
            .iter()
            .enumerate()
            .map(|(n, (value, size))| (n + 1, value.zip(*size).map(|(value, size)| f64::from(value) / f64::from(size))))
            .collect();
        expected.sort_by(|(_, one), (_, other)| other.partial_cmp(one).unwrap());
        let labels: Vec<String> = expected.iter().map(|(n, _)| format!("PAY-{n}")).collect();
        prop_assert_eq!(shown(&desk, json!({}), "score"), labels.join(" "));
        desk.run(json!({ "priority": { "orderByScore": { "items": null, "method": "valueEffort" } } }));
        prop_assert_eq!(shown(&desk, json!({}), "order"), labels.join(" "));
    }
}
