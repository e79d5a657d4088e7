//! Commands by name, by key and by hand: the palette, the sheet of keys, the list of what was done.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::json;

fn focused(window: &Window) -> String {
    let id = window.script("return document.activeElement.id", &[]);
    id.as_str().unwrap_or_default().to_owned()
}

fn heading(window: &Window) -> String {
    let text = window.script("return document.querySelector('h1')?.textContent ?? ''", &[]);
    text.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_command_is_found_by_some_letters_of_its_name() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.press("Control+k");
    window.until("the palette has the focus", || {
        window.script("return document.activeElement.getAttribute('role')", &[]) == "combobox"
    });
    window.type_text("go history");
    window.press("Enter");
    window.until("the screen is there", || heading(&window) == "History");
    window.until("the list has the focus", || focused(&window) == "operations");

    window.press("?");
    window.see("Pick or leave out this row");
    window.press("Escape");
    window.see_no("Pick or leave out this row");
    assert_eq!(focused(&window), "operations", "the focus goes back");
}

#[test]
fn a_command_of_another_screen_goes_there_and_items_with_the_word_in_their_title_come_first() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    let settings = window.ask(json!({ "team": { "settings": {} } }));
    let states = settings["states"].as_array().cloned().unwrap_or_default();
    let done = states.iter().find(|state| state["category"] == "done").map(|state| state["id"].clone());
    for (title, description) in
        [("Saved payees", "For a refund"), ("Old refund", ""), ("A refund within a day", "")]
    {
        let made = window
            .run(json!({ "backlog": { "addItem": { "title": title, "kind": "feature", "size": "3" } } }));
        let item = &made["created"][0];
        window.run(json!({ "backlog": { "describe": { "item": item, "description": description } } }));
        if title.starts_with("Old") {
            window.run(json!({ "sprint": { "moveToState": { "items": [item], "state": done } } }));
        }
    }
    window.go("#/history");
    window.until("History is there", || heading(&window) == "History");
    let rows = || {
        let script = "return [...document.querySelectorAll('.palette-row > :first-child')].map((one) => one.textContent)";
        window.script(script, &[])
    };
    window.press("Control+k");
    window.until("the palette has the focus", || {
        window.script("return document.activeElement.getAttribute('role')", &[]) == "combobox"
    });
    window.type_text("refund");
    window.until("titles come first, open ones before done ones", || {
        // A command may have the letters of the word in their order; it comes between them.
        let items = ["A refund within a day", "Old refund", "Saved payees"];
        let shown = rows();
        let shown =
            shown.as_array().into_iter().flatten().filter(|row| items.iter().any(|item| *row == item));
        shown.eq(items.iter())
    });
    window.press("Control+a");
    window.type_text("add a member");
    window.until("the command of Settings is there", || rows()[0] == "Add a member…");
    window.press("Enter");
    window.see("Hours on a working day");
    window.until("Settings is there", || heading(&window) == "Settings");
}

#[test]
fn what_was_done_is_listed_and_taken_back_without_losing_the_place() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.run(json!({ "team": { "rename": { "name": "<b>Ledger</b>" } } }));
    window.go("#/history");
    window.see("Create team Payments");
    window.see("Rename team to <b>Ledger</b>");
    window.until("the list has the focus", || focused(&window) == "operations");

    window.press("End");
    let active = || {
        let script = "const list = document.getElementById('operations');
            return document.getElementById(list.getAttribute('aria-activedescendant'))?.innerText ?? ''";
        window.script(script, &[]).as_str().unwrap_or_default().to_owned()
    };
    window.until("the first operation is active", || active().contains("Create team Payments"));
    window.press("u");
    window.see("Undid “Rename team to <b>Ledger</b>”");
    window.see("Undo Rename team to <b>Ledger</b>");
    window.until("the active row is the same operation", || active().contains("Create team Payments"));
    assert_eq!(focused(&window), "operations", "the focus stays in the list");

    window.click("Redo");
    window.see("Did “Rename team to <b>Ledger</b>” again");
    let undo = window.ask(json!({ "journal": { "undoState": {} } }));
    assert_eq!(undo["undo"], "Rename team to <b>Ledger</b>");
}
