//! The Product Backlog by keyboard and mouse.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

fn titles(window: &Window) -> Vec<String> {
    let answer = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 50 } } }));
    let rows = answer["rows"].as_array().cloned().unwrap_or_default();
    rows.iter().filter_map(|row| row["title"].as_str().map(str::to_owned)).collect()
}

fn row(window: &Window, n: usize) -> Value {
    window.ask(json!({ "backlog": { "window": { "from": n, "limit": 1 } } }))["rows"][0].clone()
}

/// Clicks on the title of a row, as a person does.
fn pick(window: &Window, title: &str) {
    let script = "const title = [...document.querySelectorAll('.list-row .is-title')].find((one) => one.textContent === arguments[0]);
        title.click(); document.getElementById('backlog').focus();";
    window.see(title);
    window.script(script, &[json!(title)]);
}

#[test]
fn items_are_added_changed_ordered_and_found_by_keyboard() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/backlog");
    window.see("The Product Backlog is empty");

    window.press("n");
    let markup = "<b>Card</b> retries & <img src=x onerror=alert(1)>";
    for title in ["Instant transfer", markup, "Rotate certificates"] {
        window.until("an empty field has the focus", || {
            window.script("return document.activeElement.id + document.activeElement.value", &[])
                == "add-title"
        });
        window.type_text(title);
        window.press("Enter");
        window.until("the item is added", || titles(&window).last().is_some_and(|last| last == title));
    }
    window.see(markup);
    window.press("Enter");
    window.see("An item needs a title.");
    window.picture("story-backlog-add");
    window.press("Escape");

    pick(&window, "Rotate certificates");
    window.press("Alt+ArrowUp");
    window.until("it stands one higher", || titles(&window)[1] == "Rotate certificates");
    window.press("Alt+Home");
    window.until("it stands at the top", || titles(&window)[0] == "Rotate certificates");
    window.press("m");
    window.see("Move PAY-3");
    window.type_text("9");
    window.press("Enter");
    window.see("There is no place 9: the Product Backlog has 3 places. Write a place from 1 to 3.");
    window.picture("story-backlog-place");
    window.write("To place", "3");
    window.press("Enter");
    window.until("it stands at the bottom", || titles(&window)[2] == "Rotate certificates");

    pick(&window, "Instant transfer");
    window.press("p");
    window.until("the size is edited", || {
        window
            .script("return document.activeElement.className", &[])
            .as_str()
            .is_some_and(|name| name.contains("cell-field"))
    });
    window.type_text("0,5");
    window.press("Enter");
    window.until("it is sized", || row(&window, 0)["size"] == 50);
    window.press("e");
    window.until("the title is edited", || {
        window
            .script("return document.activeElement.className", &[])
            .as_str()
            .is_some_and(|name| name.contains("cell-field"))
    });
    window.press("End");
    window.type_text(" limits");
    window.press("Enter");
    window.until("it is renamed", || titles(&window)[0] == "Instant transfer limits");

    window.press("k");
    window.click("technical debt");
    window.until("it is technical debt", || row(&window, 0)["kind"] == "debt");
    window.press("/");
    window.type_text("rota");
    window.see_no("Instant transfer limits");
    window.see("Rotate certificates");
    window.press("Escape");
    window.see("Instant transfer limits");

    window.press("Control+z");
    window.until("the kind is taken back", || row(&window, 0)["kind"] == "feature");
}

#[test]
fn ordering_by_score_shows_what_moves_and_the_item_shows_why() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    for (title, inputs, size) in [
        ("Saved payees", [1, 1, 1], 300),
        ("Receipt within ten seconds", [8, 5, 3], 500),
        ("Export statements", [3, 1, 0], 0),
    ] {
        let added = window.run(json!({ "backlog": { "addItem": { "title": title, "kind": "bug" } } }));
        let id = added["created"][0].clone();
        for (input, rating) in ["value", "timeCriticality", "riskReduction"].iter().zip(inputs) {
            window.run(json!({ "priority": { "setInput": { "items": [id], "input": input, "rating": rating * 100 } } }));
        }
        if size > 0 {
            window.run(json!({ "backlog": { "size": { "items": [id], "size": size } } }));
        }
    }
    window.go("#/backlog");
    window.see("Receipt within ten seconds");
    window.press("o");
    window.see("2 items of 3 would move.");
    window.see("(8 + 5 + 3) ÷ 5 = 3.2");
    window.picture("story-order-by-score");
    window.set("By", "severity");
    window.see("Nothing moves: they stand in that order already.");
    window.see("Critical counts");
    window.picture("story-order-by-severity");
    window.set("By", "wsjf");
    window.see("2 items of 3 would move.");
    window.click("Order 3 items");
    window.until("the order is new", || titles(&window)[0] == "Receipt within ten seconds");

    pick(&window, "Receipt within ten seconds");
    window.press("Enter");
    window.see("severity × reach");
    window.see("no score: severity and reach are not set");
    window.write("Reach", "40");
    window.press("Enter");
    window.set("Severity", "critical");
    window.see("8 × 40 = 320");
    window.click("Write one");
    window.until("it can be written", || {
        window.script("return document.activeElement.id", &[]) == "description"
    });
    window.type_text("A **receipt** <i>now</i>");
    window.press("Control+Enter");
    window.see("A receipt <i>now</i>");
    window.picture("story-item");
    window.click("Remove…");
    window.see("Their history goes too.");
    window.press("Tab");
    window.press("Enter");
    window.see_no("A receipt <i>now</i>");
    assert_eq!(window.script("return location.hash", &[]), "#/backlog");
}
