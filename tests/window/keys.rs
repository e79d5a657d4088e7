//! Real keys on a real window: what GTK takes, what the page takes, what a text field takes.

use evenkeel_tests::desktop::{Device, has_screen};
use serde_json::json;

#[test]
fn ctrl_z_undoes_typing_in_a_text_field_and_the_last_command_elsewhere() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.run(json!({ "team": { "rename": { "name": "Ledger" } } }));
    window.until("the team is renamed", || window.titles() == ["Ledger — Evenkeel"]);

    window.press_really("ctrl+n");
    window.see("Choose where to keep it…");
    window.focus("Name of the team");
    window.type_really("Refunds");
    window.until("the text is typed", || window.value("Name of the team") == "Refunds");
    window.press_really("ctrl+z");
    window.until("the typing is undone", || window.value("Name of the team") != "Refunds");
    assert_eq!(window.titles(), ["Ledger — Evenkeel"], "the command stands");
    window.press_really("ctrl+shift+z");
    window.until("the typing is redone", || window.value("Name of the team") == "Refunds");
    window.press_really("Escape");
    window.see_no("Choose where to keep it…");

    window.press_really("ctrl+z");
    window.until("the command is undone", || window.titles() == ["Payments — Evenkeel"]);
    window.press_really("ctrl+shift+z");
    window.until("the command is redone", || window.titles() == ["Ledger — Evenkeel"]);
}

#[test]
fn keys_of_the_menu_reach_the_page_and_the_window() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.press_really("ctrl+n");
    window.see("Choose where to keep it…");
    window.press_really("Escape");
    let ratio = || window.script("return devicePixelRatio", &[]).as_f64().unwrap_or_default();
    let before = (ratio(), window.script("return innerWidth", &[]));
    window.press_really("ctrl+equal");
    window.until("the page is larger", || window.script("return innerWidth", &[]) != before.1);
    window.press_really("ctrl+0");
    window.until("the page has its size again", || {
        (ratio(), window.script("return innerWidth", &[])) == before
    });
    window.press_really("F11");
    window.until("the window fills the screen", || {
        window.host(json!({ "windowInfo": {} }))["fullScreen"] == true
    });
    window.press_really("F11");
    window
        .until("the window is as before", || window.host(json!({ "windowInfo": {} }))["fullScreen"] == false);
}

#[test]
fn the_native_menu_undoes_and_goes_to_the_screens_of_the_page() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.run(json!({ "team": { "rename": { "name": "Ledger" } } }));
    window.until("the team is renamed", || window.titles() == ["Ledger — Evenkeel"]);

    // Edit opens at its first entry that can be chosen: undo.
    window.open_menu("alt+e");
    window.press_in_front("Return");
    window.until("the menu has undone it", || window.titles() == ["Payments — Evenkeel"]);
    // Then there is nothing to undo, and redo is the first.
    window.open_menu("alt+e");
    window.press_in_front("Return");
    window.until("the menu has done it again", || window.titles() == ["Ledger — Evenkeel"]);

    // View, and its second entry, which is the page's second screen.
    let screen = || window.script("return location.hash", &[]);
    let before = screen();
    window.open_menu("alt+v");
    window.press_in_front("Down");
    window.press_in_front("Return");
    window.until("the menu has changed the screen", || screen() != before);
    // File, Import…: after New team…, Open… and Open recent.
    window.open_menu("alt+f");
    for _ in 0..3 {
        window.press_in_front("Down");
    }
    window.press_in_front("Return");
    window.see("Choose files…");
    assert_eq!(screen(), "#/import");
}

#[test]
fn a_file_is_chosen_in_the_native_dialog() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let file = crate::start::new_team(&device, &window, "Payments");
    window.host(json!({ "closeTeam": {} }));
    window.see("Explore a sample team");
    device.will_ask_a_person();
    window.click("Open a team file…");
    window.activate("Open a team");
    window.rest();
    window.type_in_front(&file.display().to_string());
    // GTK passes over a Return while it still looks the folder up, and says nothing of it.
    window.until("the team is open", || {
        if window.titles().iter().any(|title| title == "Open a team") {
            window.rest();
            window.press_in_front("Return");
            window.rest();
        }
        window.titles() == ["Payments — Evenkeel"]
    });
}
