//! Prioritisation in the real window: scoring by keys, two items side by side, the picture of value and effort.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

fn add(window: &Window, item: Value) -> String {
    let added = window.run(json!({ "backlog": { "addItem": item } }));
    added["created"][0].as_str().unwrap_or_default().to_owned()
}

/// The rating of an input of an item, in hundredths.
fn rating(window: &Window, item: &str, input: &str) -> Value {
    let page = window.ask(json!({ "priority": { "card": { "item": item } } }));
    let inputs = page["card"]["inputs"].as_array().cloned().unwrap_or_default();
    inputs.iter().find(|one| one["name"] == input).map_or(Value::Null, |one| one["rating"].clone())
}

fn focused(window: &Window) -> Value {
    window.script("return document.activeElement?.id ?? ''", &[])
}

#[test]
fn items_are_scored_one_keystroke_a_number_and_ordered_and_compared() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/priority");
    window.see("Nothing to prioritise yet");
    window.picture("story-priority-nothing");
    let payees = add(&window, json!({ "title": "Saved payees", "kind": "feature", "size": "3" }));
    let receipt =
        add(&window, json!({ "title": "Receipt within ten seconds", "kind": "feature", "size": "5" }));
    let limits = add(&window, json!({ "title": "Instant transfer limits", "kind": "feature", "size": "2" }));
    window.see("3 wait for a rating");

    // However fast the keys come, each number goes to its input and its item.
    window.press("s");
    window.see("Item 1 of 3: it waits for a rating");
    window.until("the card has the focus", || focused(&window) == "score-card");
    window.picture("story-scoring");
    window.type_text("532");
    window.see("Item 2 of 3");
    window.type_text("859");
    window.see("Item 3 of 3");
    assert_eq!(rating(&window, &payees, "value"), 500);
    assert_eq!(rating(&window, &payees, "riskReduction"), 200);
    assert_eq!(rating(&window, &receipt, "riskReduction"), 1_300, "9 stands for 13");
    window.press("4");
    window.see("Value has no 4 on its scale");
    window.press("s");
    window.see("That was the last item: 6 numbers given.");
    window.press("ArrowUp");
    window.see("Item 3 of 3");
    window.press("1");
    window.until("the number is given", || rating(&window, &limits, "value") == 100);
    window.press("Delete");
    window.press("ArrowLeft");
    window.press("Delete");
    window.until("it is not set again", || rating(&window, &limits, "value") == Value::Null);
    window.press("Escape");
    window.see("2 of 3 open items have a score");
    window.see("7 numbers given");
    // Each number is a step of its own.
    window.press("Control+z");
    window.until("the rating is back", || rating(&window, &limits, "value") == 100);

    window.see("(8 + 5 + 13) ÷ 5 = 5.2");
    window.picture("story-priority");
    window.script("document.getElementById('scores').focus()", &[]);
    window.press("ArrowDown");
    window.press("c");
    window.see("Two items side by side");
    window.see("stands above");
    window.picture("story-compare");
    window.press("Escape");
    window.press("o");
    window.see("2 items of 3 would move.");
    window.click("Order 3 items");
    window.see("2 items moved");

    window.press("w");
    window.see("How we score");
    window.write("New criterion", "ease of use");
    window.press("Enter");
    window.until("there is a criterion", || {
        window.ask(json!({ "priority": { "overview": {} } }))["rules"]["criteria"][0]["name"] == "ease of use"
    });
    window.set("All items are scored by", "criteria");
    window.see("(1 × ease of use) ÷ 1");
    window.picture("story-how-we-score");
    window.set("All items are scored by", "rice");
    window.see("reach × impact × confidence ÷ effort");
    window.press("Escape");
    window.see("Scored by RICE");

    // What has no scale of keys is typed, then the keys go on; confidence is in tenths.
    window.press("s");
    window.see("Item 1 of 3");
    window.until("the number can be typed", || focused(&window) == "score-typed");
    window.type_text("40");
    window.press("Enter");
    window.until("the keys are asked for", || focused(&window) == "score-card");
    window.type_text("28");
    window.see("Item 2 of 3");
    let first = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 1 } } }))["rows"][0].clone();
    assert_eq!(first["scoreText"], "40 × 2 × 80 % ÷ 5 = 12.8");
    window.press("Escape");
    window.see("1 of 3 open items has a score");
}

#[test]
fn items_are_picked_up_in_the_picture_of_value_and_effort_by_mouse_and_by_keyboard() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    crate::start::new_team(&device, &window, "Payments");
    let payees = add(&window, json!({ "title": "Saved payees", "kind": "feature", "size": "3" }));
    let receipt = add(
        &window,
        json!({ "title": "Receipt within ten seconds", "kind": "bug", "severity": "high", "size": "8" }),
    );
    for (item, value) in [(&payees, 800), (&receipt, 500)] {
        window.run(
            json!({ "priority": { "setInput": { "items": [item], "input": "value", "rating": value } } }),
        );
    }
    add(&window, json!({ "title": "Something", "kind": "debt" }));
    window.go("#/priority?view=picture");
    window.see("1 of 2 items gives much value for little effort.");
    window.see("Not in the picture: 1");
    window.picture("story-value-effort");

    window.drag(&format!("#chip-{receipt}"), "[data-drop='5,1']");
    window.see("Move PAY-2 to value 13, effort 2");
    window.see("2 of 2 items give much value for little effort.");
    assert_eq!(rating(&window, &receipt, "value"), 1_300);
    window.until("the item that was moved has the focus", || focused(&window) == format!("chip-{receipt}"));
    window.press("Alt+ArrowDown");
    window.until("its value is a step lower", || rating(&window, &receipt, "value") == 800);
    window.until("the focus stays with it", || focused(&window) == format!("chip-{receipt}"));
    window.press("ArrowRight");
    window.until("the keys are on the other item", || focused(&window) == format!("chip-{payees}"));
    window.see("PAY-1 Saved payees: value 8, size 3, place 1");
    window.press("Control+z");
    window.until("the step is taken back", || rating(&window, &receipt, "value") == 1_300);
    window.press("Enter");
    window.until("the item is open", || {
        window.script("return location.hash", &[]).as_str().is_some_and(|hash| hash.starts_with("#/item"))
    });
    window.go("#/priority?view=interest");
    window.see("No item caused an interrupt");
}
