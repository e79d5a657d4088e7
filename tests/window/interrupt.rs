//! Interrupts in the real window: reported with the keyboard alone, worked on, decided about, and seen everywhere.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

/// A team whose Sprint runs with three items; one person, and 5 h kept.
fn running(device: &Device, window: &Window) {
    crate::start::new_team(device, window, "Payments");
    window.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    let plan = json!({ "goal": "Customers can pay by instant transfer" });
    let sprint = window.run(json!({ "sprint": { "plan": plan } }))["created"][0].clone();
    let mut items = Vec::new();
    for (title, size) in [("Confirm the payee", 800), ("Card retries", 500), ("Retire the old job", 300)] {
        let item = json!({ "title": title, "kind": "feature", "size": size });
        items.push(window.run(json!({ "backlog": { "addItem": item } }))["created"][0].clone());
    }
    window.run(json!({ "sprint": { "selectItems": { "items": items, "sprint": sprint } } }));
    window.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
}

fn list(window: &Window) -> Value {
    window.ask(json!({ "interrupt": { "list": {} } }))
}

fn gauge(window: &Window) -> Value {
    window.ask(json!({ "interrupt": { "gauge": {} } }))
}

#[test]
fn interrupts_are_reported_from_anywhere_and_their_overflow_is_decided_by_keyboard() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    running(&device, &window);
    window.go("#/backlog");
    window.see("Confirm the payee");

    // From the Product Backlog: the title first, Tab to severity and hours, Enter reports it.
    window.press("Control+i");
    window.see("What happened");
    window.type_text("<b>Checkout</b> answers slowly");
    window.picture("interrupt-report");
    let severity = "const choice = document.getElementById('form-severity'); choice.value = 'P2'; choice.dispatchEvent(new Event('change', { bubbles: true }))";
    window.script(severity, &[]);
    window.focus("Took so far");
    window.type_text("a lot");
    window.press("Enter");
    window.see("“a lot” is no time.");
    let focused = "return document.activeElement.id";
    window.until("the field that was refused has the focus", || window.script(focused, &[]) == "form-hours");
    window.set("Took so far", "1:30");
    window.press("Enter");
    window.until("it is reported", || list(&window)["rows"][0]["timeSaid"] == "1 h 30 min");
    assert_eq!(list(&window)["rows"][0]["severity"], "P2");

    // On its screen: hours by one key after +, and what the key means is undone like all.
    window.go("#/interrupts");
    window.see("<b>Checkout</b> answers slowly");
    assert_eq!(window.script("return document.querySelectorAll('main b').length", &[]), 0, "a title is text");
    window.script("document.querySelector('.interrupt').focus()", &[]);
    window.type_text("+2");
    window.until("two hours more", || list(&window)["rows"][0]["timeSaid"] == "3 h 30 min");
    window.type_text("++");
    window.until("a quarter more", || list(&window)["rows"][0]["timeSaid"] == "3 h 45 min");
    window.press("Control+z");
    window.until("the quarter is taken back", || list(&window)["rows"][0]["timeSaid"] == "3 h 30 min");
    window.see_no("What gives way?");

    // More than is kept: the question stays until it is decided, here and on the Board.
    window.type_text("+4");
    window.see("The buffer overflows by 2.5 h.");
    window.picture("interrupt-overflow");
    window.go("#/board");
    window.see("The buffer overflows by 2.5 h.");
    window.press("Shift+D");
    window.see("Items that give way");
    window.picture("interrupt-decide");
    window.press("Enter");
    window.see("Nothing says why.");
    window.set("Why", "The outage took a day.");
    window.press("Enter");
    window.see("No item was named that gives way.");
    window.click("Retire the old job");
    window.press("Enter");
    window.until("it is decided", || gauge(&window)["asks"].is_null());
    window.see_no("What gives way?");
    let ledger = window.ask(json!({ "interrupt": { "ofSprint": {} } }))["ledger"].clone();
    assert_eq!(ledger["decisions"][0]["choice"], "swapOut");

    // One interrupt: over, and open again; it becomes an item, which stands on the Board and draws nothing itself.
    window.go("#/interrupts");
    window.see("swapped out");
    window.see("Context switching");
    window.script("document.querySelector('.interrupt').focus()", &[]);
    window.press("?");
    window.see("It is over");
    window.picture("interrupt-keys");
    window.press("Escape");
    window.press("b");
    window.see("Make an item of I-1");
    window.press("Enter");
    window.until("it became an item", || list(&window)["rows"][0]["items"][0]["relation"] == "became");
    let used = gauge(&window)["used"].clone();
    assert_eq!(used, 450);
    // The close says that it is not over; the palette finds it by its title.
    window.go("#/board");
    window.see("points committed");
    window.press("Shift+C");
    window.see("1 interrupt is not over: the next Sprint can take it.");
    window.press("Escape");
    window.press("Control+k");
    window.type_text("answers slowly");
    window.see("I-1 interrupt");
    window.press("Escape");
    window.go("#/interrupts");
    window.see("Planned, committed, actual");
    window.script("document.querySelector('.interrupt').focus()", &[]);
    window.press("d");
    window.until("it is over", || list(&window)["rows"][0]["endedAt"].is_number());
    window.press("Enter");
    window.see("7 h 30 min in all");
    window.picture("interrupt-page");
    window.press("Escape");
    window.see("Planned, committed, actual");
    window.quit();
}
