//! The Daily Scrum in the real window: begun, walked through, noted and told, with the keyboard alone.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

/// A team of two whose Sprint runs: one item in progress, one blocked, and a P1 that nobody has.
fn running(device: &Device, window: &Window) {
    crate::start::new_team(device, window, "Payments");
    let mut members = Vec::new();
    for name in ["Ana", "Ben"] {
        let member = json!({ "team": { "addMember": { "name": name, "hours": "6" } } });
        members.push(window.run(member)["created"][0].clone());
    }
    let plan = json!({ "goal": "Customers can pay by instant transfer" });
    let sprint = window.run(json!({ "sprint": { "plan": plan } }))["created"][0].clone();
    let mut items = Vec::new();
    for (title, size) in [("Confirm the payee", 800), ("Card retries", 500), ("Retire the old job", 300)] {
        let item = json!({ "title": title, "kind": "feature", "size": size });
        items.push(window.run(json!({ "backlog": { "addItem": item } }))["created"][0].clone());
    }
    window.run(json!({ "sprint": { "selectItems": { "items": items, "sprint": sprint } } }));
    window.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    let settings = window.ask(json!({ "team": { "settings": {} } }));
    let states = settings["states"].as_array().expect("states").clone();
    let begun = states.iter().find(|state| state["category"] == "inProgress").expect("a state");
    window.run(json!({ "sprint": { "moveToState": { "items": [items[0]], "state": begun["id"] } } }));
    window.run(json!({ "backlog": { "assign": { "items": [items[0]], "owner": members[0] } } }));
    window.run(json!({ "backlog": { "block": { "items": [items[1]], "reason": "The bank has no keys" } } }));
    let report = json!({ "title": "<i>Checkout</i> answers 500", "severity": "P1" });
    window.run(json!({ "interrupt": { "report": report } }));
}

fn board(window: &Window) -> Value {
    window.ask(json!({ "daily": { "board": {} } }))
}

#[test]
fn a_daily_scrum_is_held_with_the_keyboard() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    running(&device, &window);
    window.go("#/backlog");
    window.see("Card retries");
    window.press("g");
    window.press("y");
    window.see("1 open, 1 nobody’s");
    window.see("The bank has no keys");
    window.see("2 of 2 here");
    window.see("<i>Checkout</i> answers 500");
    assert_eq!(window.script("return document.querySelectorAll('main i').length", &[]), 0, "a title is text");

    // It is begun, and the clock runs.
    window.press("t");
    window.until("it goes on", || board(&window)["daily"]["endedAt"].is_null());
    window.see("of 15 min");

    // Who takes the P1: down to its row, one key, and undo like all.
    window.press("ArrowDown");
    let active = "return document.activeElement.textContent";
    window.until("the P1 has the focus", || {
        window.script(active, &[]).as_str().is_some_and(|text| text.contains("answers 500"))
    });
    window.press("2");
    window.until("Ben has it", || board(&window)["triage"][0]["ownerName"] == "Ben");
    window.see("1 open");
    window.press("Control+z");
    window.until("nobody has it again", || board(&window)["triage"][0]["owner"].is_null());
    window.press("1");
    window.until("Ana has it", || board(&window)["triage"][0]["ownerName"] == "Ana");

    // Nothing is in the way any more.
    window.press("ArrowDown");
    window.until("the blocker has the focus", || {
        window.script(active, &[]).as_str().is_some_and(|text| text.contains("no keys"))
    });
    window.press("x");
    window.until("it is free", || board(&window)["blockers"] == json!([]));

    // The walk: what is said there is said of whom the walk has come to.
    window.press("w");
    window.see("Ana");
    window.see("Confirm the payee");
    window.press("ArrowRight");
    window.see("Nothing in work.");
    window.press("Shift+N");
    window.see("What was decided?");
    window.type_text("Ben takes the keys to the bank");
    window.press("Enter");
    window.until("it is kept", || board(&window)["notes"][0]["memberName"] == "Ben");
    assert_eq!(board(&window)["notes"][0]["kind"], "decision");
    window.press("ArrowLeft");
    window.see("Confirm the payee");
    window.press("ArrowDown");
    window.press("d");
    window.until("it is done", || {
        board(&window)["items"]
            .as_array()
            .is_some_and(|items| items.iter().any(|one| one["category"] == "done"))
    });
    window.see("Finished since the last time");
    window.press("Escape");
    window.see("Said today");
    window.see("Ben takes the keys to the bank");

    // It is over; what was said is found again.
    window.press("t");
    window.until("it is over", || board(&window)["daily"]["endedAt"].is_number());
    window.press("h");
    window.see("Daily Scrums before");
    window.press("Escape");
    window.press("l");
    window.set("After", "0");
    window.press("Enter");
    window.see("A limit is 1 to 30 working days.");
    window.set("After", "3");
    window.press("Enter");
    window.see("escalated after 3 working days");
    window.quit();
}

#[test]
fn what_matters_is_seen_in_a_room_without_scrolling() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    running(&device, &window);
    for theme in ["light", "projector"] {
        window.host(json!({ "setTheme": { "theme": theme } }));
        window.go("#/daily");
        window.see("<i>Checkout</i> answers 500");
        let script = "const main = document.querySelector('main');
            const low = [...document.querySelectorAll('.daily .card h2, .daily .daily-row')].map((one) => one.getBoundingClientRect().bottom);
            return [main.scrollHeight - main.clientHeight, main.scrollWidth - main.clientWidth, Math.max(...low) > innerHeight ? 1 : 0]";
        let over = window.script(script, &[]);
        assert_eq!(over, json!([0, 0, 0]), "{theme}: {over}");
    }
    window.quit();
}
