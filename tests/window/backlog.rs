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

/// Whether the list gets the keys: a field gives them back when what was typed is saved.
fn has_focus(window: &Window) -> bool {
    window.script("return document.activeElement.id", &[]) == "backlog"
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
    window.press("z");
    window.until("the size is edited", || {
        window
            .script("return document.activeElement.className", &[])
            .as_str()
            .is_some_and(|name| name.contains("cell-field"))
    });
    window.type_text("0,5");
    window.press("Enter");
    window.until("it is sized", || row(&window, 0)["size"] == 50);
    window.until("the list has the focus", || has_focus(&window));
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
    window.until("the list has the focus", || has_focus(&window));

    window.press("k");
    window.click("technical debt");
    window.until("it is technical debt", || row(&window, 0)["kind"] == "debt");
    window.until("the list has the focus", || has_focus(&window));
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

#[test]
fn a_filter_that_nothing_passes_says_so_and_can_be_left() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.run(
        json!({ "backlog": { "addItem": { "title": "Saved payees", "kind": "feature", "size": "3" } } }),
    );
    window.go("#/backlog?kind=bug&sort=wsjf&unsized=1");
    window.see("No item passes the filter.");
    window.script("window.drawn = 0; new MutationObserver((all) => { window.drawn += all.length; }).observe(document.getElementById('window'), { childList: true, subtree: true, characterData: true })", &[]);
    std::thread::sleep(std::time::Duration::from_secs(1));
    assert_eq!(window.script("return window.drawn", &[]), 0, "a page that nobody touches is still");
    window.click("Show all open items");
    window.see("Saved payees");
}

/// What stands in the field that has the focus.
fn typed(window: &Window) -> String {
    let script = "return document.activeElement.value ?? `no field: ${document.activeElement.tagName} ${document.activeElement.id}`";
    window.script(script, &[]).as_str().unwrap_or_default().to_owned()
}

fn add_items(window: &Window, count: usize) {
    for n in 1..=count {
        window.run(
            json!({ "backlog": { "addItem": { "title": format!("Item number {n}"), "kind": "feature" } } }),
        );
    }
}

#[test]
fn what_is_typed_in_a_row_stays_while_the_list_changes_around_it() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    add_items(&window, 90);
    window.go("#/backlog");

    pick(&window, "Item number 3");
    window.press("e");
    window.until("the title is edited", || typed(&window) == "Item number 3");
    window.press("End");
    window.type_text(" is");
    window.run(json!({ "backlog": { "addItem": { "title": "Comes in above", "first": true } } }));
    window.see("Comes in above");
    window.until("the text is still there", || typed(&window) == "Item number 3 is");
    window.type_text(" kept");
    let scroll = "document.getElementById('backlog').scrollTop = arguments[0]";
    window.script(scroll, &[json!(100_000)]);
    window.see("Item number 90");
    window.until("the field is still in the page", || typed(&window) == "Item number 3 is kept");
    window.type_text("!");
    window.script(scroll, &[json!(0)]);
    window.see("Comes in above");
    window.press("Enter");
    window.until("all of it is saved", || titles(&window)[3] == "Item number 3 is kept!");

    // What was refused stays with its text; what is corrected is saved when it is left, as always.
    window.press("z");
    window.until("the size is edited", || typed(&window).is_empty());
    window.type_text("many");
    window.press("Enter");
    window.see("“many” is not a size");
    assert_eq!(typed(&window), "many");
    window.press("Control+a");
    window.type_text("8");
    window.script("document.getElementById('search').focus()", &[]);
    window.until("the size is kept", || row(&window, 3)["size"] == 800);
}

#[test]
fn what_is_gone_is_acted_on_no_more_and_quick_clicks_are_all_heard() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    add_items(&window, 120);
    let bug = json!({ "backlog": { "addItem": { "title": "Total is wrong", "kind": "bug" } } });
    let id = window.run(bug)["created"][0].clone();
    window.run(json!({ "backlog": { "setSeverity": { "items": [id], "severity": "high" } } }));
    window.go("#/backlog");

    pick(&window, "Item number 2");
    window.press("Shift+ArrowDown");
    window.press("Shift+ArrowDown");
    window.press("Delete");
    window.see("Remove 3 items?");
    window.click("Remove");
    window.until("they are gone", || titles(&window)[1] == "Item number 5");
    window.until("the next one is active", || {
        let active = "return document.querySelector('.list-row.is-active')?.textContent ?? ''";
        window.script(active, &[]).as_str().is_some_and(|text| text.contains("Item number 5"))
    });
    window.press("Delete");
    window.see("Remove PAY-5?");
    window.press("Escape");

    // Two chips before the first answer is there.
    window.script("const chip = (text) => [...document.querySelectorAll('.chip')].find((one) => one.textContent.trim() === text); chip('bug').click(); chip('debt').click();", &[]);
    window.until("both are in the address", || {
        window.script("return decodeURIComponent(location.hash)", &[]) == "#/backlog?kind=bug,debt"
    });
    window.see("Total is wrong");
    let kind =
        window.script("return document.querySelector('[data-index=\"0\"] .cell-button').textContent", &[]);
    assert_eq!(kind, "bug, high");
    window.picture("story-backlog-kinds");

    // A filter says what it is set to, to those who hear the page too.
    let button = "return document.querySelector('.filter-menus button').getAttribute('aria-label')";
    assert_eq!(window.script(button, &[]), "Severity. Filter by severity");
    window.click("Severity. Filter by severity");
    window.click("high");
    window.until("the button says so", || window.script(button, &[]) == "high. Filter by severity");
    window.click("high. Filter by severity");
    let checked = "return [...document.querySelectorAll('[role=menuitemcheckbox]')].map((one) => one.getAttribute('aria-checked'))";
    assert_eq!(window.script(checked, &[]), json!(["false", "true", "false"]));
    window.press("Escape");

    // Whoever adds an item from elsewhere can type its title at once.
    window.go("#/settings");
    window.see("The working agreement of Payments");
    window.press("Control+k");
    window.type_text("Add an item to the Product");
    window.press("Enter");
    window.until("the new item's title has the focus", || {
        window.script("return document.activeElement.id", &[]) == "add-title"
    });
    window.press("Escape");

    // A title that is refused stays open with what was typed; Esc brings the saved one back.
    pick(&window, "Item number 1");
    window.press("Enter");
    window.until("the item is shown", || {
        window.script("return document.getElementById('item-title')?.textContent", &[]) == "Item number 1"
    });
    window.script("document.getElementById('item-title').click()", &[]);
    window.until("the title is edited", || typed(&window) == "Item number 1");
    window.press("Control+a");
    window.press("Delete");
    window.press("Enter");
    window.see("An item needs a title.");
    std::thread::sleep(std::time::Duration::from_millis(200));
    window.see("An item needs a title.");
    window.press("Escape");
    window.see_no("An item needs a title.");
    window
        .until("it is text again", || window.script("return document.activeElement.id", &[]) == "item-title");
}

#[test]
fn a_digit_begins_a_size_and_the_panel_goes_with_the_row() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    add_items(&window, 3);
    window.go("#/backlog");
    pick(&window, "Item number 1");
    window.press("1");
    window.type_text("3");
    window.press("Enter");
    window.until("both digits are its size", || row(&window, 0)["size"] == 1300);

    let panel = "return document.querySelector('.item-panel .item-title')?.textContent ?? ''";
    window.press("Enter");
    window.until("the panel shows it", || window.script(panel, &[]) == "Item number 1");
    window.press("ArrowDown");
    window.until("the panel goes along", || window.script(panel, &[]) == "Item number 2");
    window.press("d");
    window.until("the description of that item is written", || {
        window.script("return document.activeElement.id", &[]) == "description"
    });
    window.press("Escape");
    window.press("Escape");

    window.go("#/backlog?text=nowhere");
    window.see("No item matches");
    window.click("Look in done and cancelled ones too (A)");
    window.until("all are looked through", || {
        window.script("return location.hash", &[]).as_str().is_some_and(|hash| hash.contains("where=all"))
    });
}

#[test]
fn rows_are_sized_as_fast_as_keys_are_pressed() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    add_items(&window, 3);
    window.go("#/backlog");
    pick(&window, "Item number 1");
    let (tab, enter) = ('\u{e004}', '\u{e007}');
    window.type_text(&format!("zmany{enter}"));
    window.until("what is refused is edited again", || typed(&window) == "many");
    window.press("Escape");

    // Tab goes on to the next row, Enter to the list, Enter there opens the item: no key waits until the one before is
    // saved.
    window.type_text(&format!("13{tab}8{tab}5{enter}{enter}"));
    let panel = "return document.querySelector('.item-panel .item-title')?.textContent ?? ''";
    window.until("the last one is open", || window.script(panel, &[]) == "Item number 3");
    window.until("all have their sizes", || {
        [0, 1, 2].map(|at| row(&window, at)["size"].clone()) == [json!(1300), json!(800), json!(500)]
    });
}
