//! What the parts of the window promise to every screen: whose a key is, what Undo takes back, what stays typed.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

fn address(window: &Window) -> Value {
    window.script("return location.hash", &[])
}

/// Puts the focus on the first element that CSS names, without clicking it.
fn focus(window: &Window, css: &str) {
    window.until(&format!("{css} is there"), || {
        window.script("const found = document.querySelector(arguments[0]); found?.focus(); return document.activeElement === found", &[json!(css)]) == true
    });
}

fn add(window: &Window, title: &str) -> String {
    let made =
        window.run(json!({ "backlog": { "addItem": { "title": title, "kind": "feature", "size": "3" } } }));
    made["created"][0].as_str().expect("an identity").to_owned()
}

fn titles(window: &Window) -> Value {
    let script = "return [...document.querySelectorAll('#backlog .list-row')].sort((a, b) => a.dataset.index - b.dataset.index).map((row) => row.querySelector('.is-title')?.textContent)";
    window.script(script, &[])
}

#[test]
fn keys_are_the_controls_own_and_half_a_chord_does_nothing() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    let item = add(&window, "Saved payees");
    window.go("#/backlog");
    window.see("Saved payees");
    focus(&window, "#backlog");
    window.press("ArrowDown");

    // K alone asks for the kind of work, G K means nothing, G and then G B go to a screen.
    window.press("g");
    window.press("k");
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert_eq!(window.script("return document.querySelectorAll('.menu').length", &[]), 0);
    window.press("k");
    window.until("the menu of kinds is there", || {
        window.script("return document.querySelectorAll('.menu').length", &[]) == 1
    });
    window.press("Escape");

    // Enter on a link follows the link, with a row active in the list.
    focus(&window, ".side a[href='#/history']");
    window.press("Enter");
    window.until("the link is followed", || address(&window) == "#/history");

    // Ctrl+Z in a choice takes back the last step: there is no typing in it.
    window.go(&format!("#/item?id={item}"));
    window.see("Saved payees");
    window.run(json!({ "backlog": { "setKind": { "items": [item], "kind": "bug" } } }));
    focus(&window, &format!("#kind-{item}"));
    window.press("Control+z");
    window.see("Undid “");
    assert_eq!(window.ask(json!({ "backlog": { "item": { "item": item } } }))["row"]["kind"], "feature");
}

#[test]
fn undo_beside_a_note_takes_back_what_the_note_says_or_nothing() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    let item = add(&window, "Saved payees");
    window.go("#/backlog");
    window.see("Saved payees");
    focus(&window, "#backlog");
    window.press("ArrowDown");
    window.press("k");
    window.click("bug");
    let offered = "return [...document.querySelectorAll('#notes button')].map((one) => one.textContent)";
    window.until("Undo is offered", || window.script(offered, &[])[0] == "Undo");
    window.run(json!({ "backlog": { "rename": { "item": item, "title": "Saved payees of a year" } } }));
    window.until("and no longer after another step", || window.script(offered, &[])[0] != "Undo");

    window.press("Control+z");
    window.see("Undid “Rename PAY-1”");
    assert_eq!(window.ask(json!({ "backlog": { "item": { "item": item } } }))["row"]["kind"], "bug");
}

#[test]
fn a_row_is_dragged_with_the_focus_elsewhere() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    for title in ["First", "Second", "Third"] {
        add(&window, title);
    }
    window.go("#/backlog");
    window.until("the rows are there", || titles(&window) == json!(["First", "Second", "Third"]));
    focus(&window, ".side a[href='#/history']");
    window.drag("#backlog-0 .is-title", "#backlog-2 .is-title");
    window.until("the first went down", || titles(&window)[0] == "Second");
}

#[test]
fn a_note_is_closed_while_a_dialog_is_open() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.press("Control+n");
    window.see("Choose where to keep it…");
    window.script("setTimeout(() => { throw new Error('A mistake of the page') })", &[]);
    window.see("A mistake of the page");
    let clickable = "const box = document.querySelector('.note-close').getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.className";
    assert_eq!(window.script(clickable, &[]), "note-close", "it is above the dialog");
    window.script("setTimeout(() => { throw new Error('Another mistake') })", &[]);
    window.see("Another mistake");
    window.click("Close");
    window.see_no("A mistake of the page");
    window.press("Escape");
    window.see_no("Choose where to keep it…");
    window.see("Another mistake");
}

#[test]
fn another_team_begins_at_its_beginning() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    let item = add(&window, "Saved payees");
    window.go(&format!("#/item?id={item}"));
    window.see("Saved payees");
    window.host(json!({ "closeTeam": {} }));
    window.see("Explore a sample team");
    crate::start::new_team(&device, &window, "Ledger");
    window.until("the address names no item", || address(&window) == "");
    window.see_no("no longer there");

    // A team whose file is gone can be forgotten.
    window.host(json!({ "closeTeam": {} }));
    std::fs::remove_file(device.document("Payments.evenkeel")).expect("the file is there");
    window.script("import(new URL('host.js', location.origin)).then((door) => door.refresh())", &[]);
    window.see("the file is not there any more");
    window.click("Forget Payments");
    window.see_no("the file is not there any more");
    window.see("Ledger");
}

#[test]
fn the_keys_go_through_a_choice_and_enter_saves_it() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    let item = add(&window, "Saved payees");
    let kind = || window.ask(json!({ "backlog": { "item": { "item": item } } }))["row"]["kind"].clone();
    window.go(&format!("#/item?id={item}"));
    let choice = format!("#kind-{item}");
    focus(&window, &choice);
    let value = || window.script("return document.querySelector(arguments[0]).value", &[json!(choice)]);
    window.press("ArrowDown");
    window.until("the choice has moved", || value() == "bug");
    window.press("ArrowDown");
    window.until("and again", || value() == "debt");
    assert_eq!(kind(), "feature", "going through is not choosing");
    window.press("Enter");
    window.until("Enter saves it", || kind() == "debt");

    // A number that is refused says so until what is saved stands there again; the focus stays.
    let size = format!("#size-{item}");
    window.script("document.querySelector(arguments[0]).select()", &[json!(size)]);
    focus(&window, &size);
    let wrong = || {
        window.script(
            "return document.querySelector(arguments[0]).getAttribute('aria-invalid')",
            &[json!(size)],
        )
    };
    window.script("document.querySelector(arguments[0]).select()", &[json!(size)]);
    window.type_text("many");
    window.press("Enter");
    window.until("it is refused", || wrong() == "true");
    let focused = window.script("return document.activeElement.id", &[]);
    assert_eq!(focused, format!("size-{item}"));
    window.type_text("3");
    window.press("Enter");
    window.until("what is saved is no error", || wrong() == "false");
}

#[test]
fn several_steps_of_a_slider_are_one_operation_and_none_is_lost() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    let steps = || window.ask(json!({ "journal": { "history": { "limit": 1 } } }))["total"].as_i64();
    let before = steps();
    window.go("#/settings");
    focus(&window, ".sliders input[type=range]");
    let value =
        || window.script("return Number(document.querySelector('.sliders input[type=range]').value)", &[]);
    let first = value().as_i64();
    for _ in 0..3 {
        window.press("ArrowLeft");
    }
    window.until("they are saved", || steps() != before);
    assert_eq!(steps(), before.map(|count| count + 1));
    assert_eq!(value().as_i64(), first.map(|share| share - 3));
}

#[test]
fn a_team_without_a_name_is_refused_at_the_field_before_a_file_is_chosen() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let file = device.document("chosen.evenkeel");
    device.will_pick(&file);
    window.click("New team…");
    window.write("Name of the team", "  ");
    window.click("Choose where to keep it…");
    window.see("A team needs a name.");
    window.until("the field has the focus", || {
        window.script("return document.activeElement.name", &[]) == "name"
    });
    assert!(!file.exists(), "no file is made");
}

#[test]
fn a_part_of_a_date_is_refused_and_stays_until_it_is_whole_or_taken_back() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/settings");
    window.see("Add a member…");
    let bad = |id: &str| {
        let script = "const field = document.getElementById(arguments[0]); return field.validity.badInput && field.getAttribute('aria-invalid') === 'true'";
        window.script(script, &[json!(id)]) == true
    };

    // In a form.
    window.press("m");
    window.write("Name", "Ana");
    focus(&window, "#form-to");
    window.type_text("12");
    window.click("Add");
    window.see("Write the whole date.");
    assert!(bad("form-to"));
    assert_eq!(window.ask(json!({ "team": { "settings": {} } }))["members"], json!([]), "nobody is added");
    window.press("Escape");
    window.see_no("Write the whole date.");

    // In a field that saves by itself.
    let made = window.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    let field = format!("member-{}-to", made["created"][0].as_str().expect("an identity"));
    focus(&window, &format!("[id='{field}']"));
    window.type_text("12");
    window.press("Enter");
    window.see("Write the whole date.");
    assert!(bad(&field));
    window.press("Escape");
    window.see_no("Write the whole date.");
    assert_eq!(window.ask(json!({ "team": { "settings": {} } }))["members"][0]["to"], Value::Null);
}

#[test]
fn what_went_wrong_goes_with_the_next_success_and_stands_where_nothing_is_used() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.run(json!({ "team": { "rename": { "name": "Ledger" } } }));
    window.script(
        "setTimeout(() => { throw new Error('A mistake of the page that takes a while to be told') })",
        &[],
    );
    window.see("A mistake of the page");
    let covers = "const note = document.querySelector('.note').getBoundingClientRect();
        return [...document.querySelectorAll('main, .side a, .top')].some((one) => {
            const box = one.getBoundingClientRect();
            return box.left < note.right && note.left < box.right && box.top < note.bottom && note.top < box.bottom;
        })";
    assert_eq!(window.script(covers, &[]), false);
    focus(&window, "main");
    window.press("Control+z");
    window.see("Undid “");
    window.see_no("A mistake of the page");
}

#[test]
fn the_window_itself_never_scrolls() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.resize(1280, 800);
    window.go("#/settings");
    window.see("You are");
    // Labels for screen readers alone stand beside each field, down to the last one.
    let scrolled = "document.getElementById('settings-this-device').scrollIntoView({ block: 'start' });
        const { scrollTop, scrollHeight, clientHeight } = document.scrollingElement;
        return [scrollTop, scrollHeight - clientHeight, document.querySelector('main').scrollTop > 0]";
    assert_eq!(window.script(scrolled, &[]), json!([0, 0, true]));
}
