//! Refinement in the real window: by keyboard, from the list and its panel.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

fn rows(window: &Window) -> Vec<Value> {
    let answer = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 50 } } }));
    answer["rows"].as_array().cloned().unwrap_or_default()
}

fn titles(window: &Window) -> Vec<String> {
    rows(window).iter().filter_map(|row| row["title"].as_str().map(str::to_owned)).collect()
}

fn page(window: &Window, title: &str) -> Value {
    let row = rows(window).into_iter().find(|row| row["title"] == title).unwrap_or_default();
    window.ask(json!({ "backlog": { "item": { "item": row["id"] } } }))
}

/// Gives the list the focus and makes the row with a title the active one.
fn pick(window: &Window, title: &str) {
    let script = "const title = [...document.querySelectorAll('.list-row .is-title')].find((one) => one.textContent === arguments[0]);
        title.click(); document.getElementById('backlog').focus();";
    window.see(title);
    window.script(script, &[json!(title)]);
}

fn has_focus(window: &Window, id: &str) {
    window.until(&format!("{id} has the focus"), || {
        window.script("return document.activeElement.id", &[]) == id
    });
}

#[test]
fn an_item_is_split_linked_labelled_and_said_to_be_ready_by_keyboard() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    for title in ["Checkout on the phone", "Contract with the bank"] {
        window.run(json!({ "backlog": { "addItem": { "title": title, "kind": "feature", "size": 800 } } }));
    }
    window.go("#/backlog");
    pick(&window, "Checkout on the phone");
    window.press("x");
    window.see("Split PAY-1");
    has_focus(&window, "part-title-0");
    window.type_text("Basket <b>first</b>");
    window.press("Tab");
    window.type_text("3");
    window.press("Enter");
    window.see("It takes at least two parts to split PAY-1.");
    window.write("Title of part 2", "Payment");
    window.picture("story-split");
    window.press("Enter");
    window.until("there are parts", || titles(&window).len() == 4);
    window.see("part of PAY-1");
    window.see("Basket <b>first</b>");

    pick(&window, "Payment");
    window.press("y");
    window.see("PAY-4: needs …");
    has_focus(&window, "form-text");
    window.type_text("bank");
    window.until("one is found", || {
        window.script("return document.querySelectorAll('.choose-items li').length", &[]) == 1
    });
    window.picture("story-needs");
    window.press("Enter");
    window.until("it needs it", || !page(&window, "Payment")["needs"].as_array().is_none_or(Vec::is_empty));
    window.see("needs PAY-2");
    window.see_no("PAY-4: needs …");
    window.press("l");
    has_focus(&window, "form-add");
    window.type_text("mobile");
    window.press("Enter");
    window.until("it has a label", || page(&window, "Payment")["labels"] == json!(["mobile"]));
    window.see_no("Labels of PAY-4");
    has_focus(&window, "backlog");
    window.press("Shift+r");
    has_focus(&window, "form-reason");
    window.type_text("nobody asked the bank");
    window.press("Enter");
    window.until("it is not ready", || page(&window, "Payment")["row"]["ready"] == json!(false));
    pick(&window, "Payment");
    window.press("Enter");
    window.see("nobody asked the bank");
    window.see("stands above PAY-2");
    window.see("split from PAY-1");
    window.picture("story-refined");
    window.press("Escape");
    pick(&window, "Payment");
    window.press("r");
    window.until("it is ready", || page(&window, "Payment")["row"]["ready"] == json!(true));
    pick(&window, "Contract with the bank");
    window.press("Alt+ArrowRight");
    window.until("it is a part of what stands above", || {
        page(&window, "Contract with the bank")["row"]["parent"]["label"] == "PAY-1"
    });
    window.press("Shift+p");
    window
        .until("it stands on its own", || page(&window, "Contract with the bank")["row"]["parent"].is_null());
    window.go("#/backlog?ready=1");
    window.see_no("Contract with the bank");
    window.see("Payment");

    window.go("#/backlog");
    pick(&window, "Contract with the bank");
    window.press("y");
    has_focus(&window, "form-text");
    window.type_text("payment");
    window.until("one is found", || {
        window.script("return document.querySelectorAll('.choose-items li').length", &[]) == 1
    });
    window.press("Enter");
    window.see("Each would wait for the other: PAY-2 → PAY-4 → PAY-2.");
    window.press("Escape");
    window.press("Control+z");
    window.until("the last step is taken back", || {
        page(&window, "Contract with the bank")["row"]["parent"]["label"] == "PAY-1"
    });
}

#[test]
fn duplicates_are_shown_side_by_side_and_merged() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    for title in
        ["Retry failed card payments", "Export orders", "Retry failing card payment", "Orders export"]
    {
        let description = format!("What “{title}” means.");
        window.run(json!({ "backlog": { "addItem": { "title": title, "kind": "feature", "description": description } } }));
    }
    window.go("#/backlog");
    window.see("Export orders");
    window.press("Shift+d");
    window.see("1 of 2.");
    window.see("What “Orders export” means.");
    window.picture("story-duplicates");
    window.click("Not the same");
    window.see("2 of 2.");
    window.see("What “Retry failing card payment” means.");
    window.click("Keep PAY-1");
    window.until("one is gone", || titles(&window).len() == 3);
    window.see_no("2 of 2.");
    window.press("Control+z");
    window.until("it is back", || titles(&window).len() == 4);
}

#[test]
fn an_item_of_the_sample_shows_what_belongs_to_it() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.host(json!({ "exploreSample": {} }));
    crate::start::shows_the_team(&window);
    window.resize(1280, 800);
    window.go("#/backlog");
    pick(&window, "Saved payees");
    window.press("Enter");
    window.see("Nobody has drawn the empty list yet.");
    window.see("Definition of Ready");
    for theme in ["light", "dark", "projector"] {
        window.host(json!({ "setTheme": { "theme": theme } }));
        window.picture(&format!("story-sample-item-{theme}"));
    }
    let similar = |row: &Value| window.ask(json!({ "backlog": { "similar": { "item": row["id"] } } }));
    let known =
        rows(&window).into_iter().find(|row| similar(row).as_array().is_some_and(|all| !all.is_empty()));
    let known = known.expect("the sample has an item that is similar to one that is done");
    window.go(&format!("#/item?id={}", known["id"].as_str().unwrap_or_default()));
    window.see("Similar, done before");
    window.picture("story-sample-similar");
    window.host(json!({ "setTheme": { "theme": "light" } }));
    for screen in ["board", "plan", "backlog", "settings"] {
        window.go(&format!("#/{screen}"));
        std::thread::sleep(std::time::Duration::from_millis(900));
        window.picture(&format!("story-sample-{screen}"));
    }
}
