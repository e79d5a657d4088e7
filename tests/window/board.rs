//! The running Sprint in the real window: its board, its burn-down, its close, its report.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

/// A team whose Sprint runs with three items, in a window that shows its board.
fn running(device: &Device, window: &Window) {
    crate::start::new_team(device, window, "Payments");
    window.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    let goal = "Customers can pay by instant transfer";
    let sprint = window.run(json!({ "sprint": { "plan": { "goal": goal } } }))["created"][0].clone();
    let items = [
        ("Confirm the payee before sending", "feature", 800),
        ("<b>Card</b> retries & <img src=x onerror=alert(1)>", "bug", 500),
        ("Retire the settlement job of 2019", "debt", 300),
    ];
    let mut added = Vec::new();
    for (title, kind, size) in items {
        let item = json!({ "title": title, "kind": kind, "size": size });
        added.push(window.run(json!({ "backlog": { "addItem": item } }))["created"][0].clone());
    }
    window.run(json!({ "sprint": { "selectItems": { "items": added, "sprint": sprint } } }));
    window.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    window.go("#/board");
    window.see("points committed");
}

/// A term of the planned lanes, in points.
fn points(window: &Window, term: &str) -> f64 {
    let sprint = window.ask(json!({ "sprint": { "board": {} } }))["sprint"]["points"].clone();
    let value = if term == "remaining" { &sprint[term] } else { &sprint["terms"][term] };
    value.as_f64().unwrap_or(f64::NAN) / 100.0
}

/// The titles in a column, as they stand on the page.
fn column(window: &Window, name: &str) -> Value {
    let script = "const column = [...document.querySelectorAll('.column, .board-cancelled')].find((one) => one.querySelector('h2').textContent === arguments[0]);
        return [...column.querySelectorAll('.board-card-title span:last-child, .board-line .is-title')].map((one) => one.textContent)";
    window.script(script, &[json!(name)])
}

/// Waits for the card with a title and clicks it, and the focus is there.
fn pick(window: &Window, title: &str) {
    let there = "return [...document.querySelectorAll('.board-card-title span:last-child')].some((one) => one.textContent === arguments[0])";
    window.until("the card is on the Board", || window.script(there, &[json!(title)]) == json!(true));
    let script = "const title = [...document.querySelectorAll('.board-card-title span:last-child')].find((one) => one.textContent === arguments[0]);
        title.click(); return document.activeElement.id";
    assert!(window.script(script, &[json!(title)]).as_str().is_some_and(|id| id.starts_with("card-")));
}

/// Drags a card onto a column with the pointer.
fn drag(window: &Window, title: &str, onto: &str) {
    let script = "const [title, onto] = arguments;
        const card = [...document.querySelectorAll('.board-card')].find((one) => one.textContent.includes(title));
        const place = [...document.querySelectorAll('[data-drop]')].find((one) => one.querySelector('h2').textContent === onto);
        const middle = (element) => { const box = element.getBoundingClientRect(); return { clientX: box.left + box.width / 2, clientY: box.top + Math.min(box.height / 2, 60) }; };
        const fire = (target, name, at) => target.dispatchEvent(new PointerEvent(name, { bubbles: true, cancelable: true, pointerId: 1, button: 0, ...at }));
        fire(card, 'pointerdown', middle(card));
        fire(document.body, 'pointermove', middle(place));
        fire(document.body, 'pointermove', middle(place));
        fire(document.body, 'pointerup', middle(place));";
    window.script(script, &[json!(title), json!(onto)]);
}

#[test]
fn a_sprint_is_worked_through_on_its_board_and_closed() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    running(&device, &window);
    let markup = "<b>Card</b> retries & <img src=x onerror=alert(1)>";
    assert_eq!(column(&window, "To do")[1], markup, "a title is text");
    assert_eq!(window.script("return document.querySelectorAll('main b, main img').length", &[]), 0);

    // By keyboard: the arrow goes to the next card, D says that it is done.
    pick(&window, "Confirm the payee before sending");
    window.press("ArrowDown");
    window.press("d");
    window.until("the item is done", || column(&window, "Done") == json!([markup]));
    assert_eq!(points(&window, "done"), 5.0);
    let focused = window.script("return document.activeElement.textContent", &[]);
    assert!(
        focused.as_str().is_some_and(|text| text.contains("retries")),
        "the focus goes with the card: {focused}"
    );
    window.press("Control+z");
    window.until("that is taken back", || points(&window, "done") == 0.0);
    window.until("the page shows that", || column(&window, "Done") == json!([]));
    pick(&window, markup);
    window.press("Alt+ArrowRight");
    window.until("it is in progress", || column(&window, "In progress") == json!([markup]));
    window.press("d");
    window.until("it is done again", || points(&window, "done") == 5.0);

    // By pointer.
    drag(&window, "Retire the settlement job", "In progress");
    window.until("it was dropped there", || {
        column(&window, "In progress") == json!(["Retire the settlement job of 2019"])
    });

    // What comes in says why; an interrupt draws on the buffer.
    window.press("n");
    window.see("Why does it come in now?");
    window.write("An item of the Product Backlog, or the title of a new one", "The queue is full");
    window.picture("story-board-add");
    window.click("Add it");
    window.see("why does the item come in now?");
    window.click("Interrupt");
    window.click("Add it");
    window.see("0 of 1 in the buffer");
    assert_eq!(points(&window, "added"), 0.0, "an interrupt stays out of the planned scope");
    window.picture("story-board");

    window.press("b");
    window.until("the burn-down says what is left", || {
        let title = "return document.querySelector('evenkeel-chart svg title')?.textContent ?? ''";
        window.script(title, &[]).as_str().is_some_and(|title| title.starts_with("Sprint 1: 11 points left"))
    });
    window.press("u");
    window.until("it counts items", || {
        let title = "return document.querySelector('evenkeel-chart svg title')?.textContent ?? ''";
        window.script(title, &[]).as_str().is_some_and(|title| title.contains("2 items left"))
    });
    window.press("b");

    window.see("points committed");
    window.press("Shift+C");
    window.see("unfinished items");
    window.click("Close the Sprint");
    window.see("Decide for each");
    window.set("What becomes of PAY-1", "split");
    window.see("stays in the report, not completed");
    window.set("What becomes of PAY-3", "backlog");
    window.set("What becomes of PAY-4", "cancel");
    window.picture("story-board-close");
    window.click("Close the Sprint");
    window.see("Say whether it was met, partly, or not.");
    window.click("Partly");
    window.write("Why", "The bank was late.");
    window.click("Close the Sprint");
    window.see("Not completed");
    window.see("The bank was late.");
    window.see("split into 1 part");
    window.picture("story-board-report");
    window.press("Control+z");
    window.go("#/board");
    window.see("points committed");
    assert_eq!(points(&window, "remaining"), 11.0);
}

#[test]
fn work_of_yesterday_is_dated_to_yesterday() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    running(&device, &window);
    pick(&window, "Confirm the payee before sending");
    window.press("Shift+D");
    window.see("The burn-down shows it on that day.");
    let today = window.ask(json!({ "sprint": { "board": {} } }))["today"].clone();
    let tomorrow = domain::calendar::Day::parse(today.as_str().unwrap_or_default()).map(|day| day.plus(1));
    window.set("On", &tomorrow.map(|day| day.to_string()).unwrap_or_default());
    window.click("Move");
    window.see("is still to come");
    window.picture("story-board-day");
    window.set("On", today.as_str().unwrap_or_default());
    window.click("Move");
    window.until("the item is done", || points(&window, "done") == 8.0);

    // With days behind it a Sprint offers the last of them, and Enter takes it.
    window.host(json!({ "closeTeam": {} }));
    window.see("Explore a sample team");
    window.host(json!({ "exploreSample": {} }));
    crate::start::shows_the_team(&window);
    window.go("#/board");
    window.see("Close Sprint");
    let board = window.ask(json!({ "sprint": { "board": {} } }));
    let before = board["sprint"]["workedBefore"].clone();
    assert!(before.as_str() < today.as_str() && before.is_string(), "{before}");
    let done = points(&window, "done");
    // What waits in the first column was not touched today, at whatever hour the sample is made.
    let waiting = &board["columns"][0]["items"][0];
    let size = waiting["size"].as_f64().unwrap_or(f64::NAN) / 100.0;
    pick(&window, waiting["title"].as_str().unwrap_or_default());
    window.press("Shift+D");
    window.see("The burn-down shows it on that day.");
    assert_eq!(window.value("On"), before.as_str().unwrap_or_default());
    window.press("Enter");
    window.until("the item is done", || points(&window, "done") == done + size);
}

#[test]
fn an_item_that_was_done_before_the_sprint_is_opened_again_and_asks_where_it_goes() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    let add = |title: &str| {
        let item = json!({ "title": title, "kind": "feature", "size": 500 });
        window.run(json!({ "backlog": { "addItem": item } }))["created"][0].clone()
    };
    let before = add("Refund a card");
    let settings = window.ask(json!({ "team": { "settings": {} } }));
    let states = settings["states"].as_array().expect("the team has states");
    let done = states.iter().find(|state| state["category"] == "done").map(|state| state["id"].clone());
    window.run(json!({ "sprint": { "moveToState": { "items": [before], "state": done } } }));
    let sprint = window.run(json!({ "sprint": { "plan": {} } }))["created"][0].clone();
    window.run(json!({ "sprint": { "selectItems": { "items": [add("Pay by link")], "sprint": sprint } } }));
    window.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    window.go(&format!("#/item?id={}", before.as_str().unwrap_or_default()));
    window.see("Refund a card");
    window.press("Shift+O");
    window.see("Opened again");
    window.click("Into the Sprint");
    window.see("1 item is now in To do");
    window.see_no("Open again");
    window.go("#/board");
    window.see("Refund a card");
    assert_eq!((points(&window, "committed"), points(&window, "remaining")), (5.0, 10.0));
}

#[test]
fn within_its_grace_a_team_commits_again_on_the_board() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    running(&device, &window);
    window.see_no("Commit again");
    window.go("#/settings");
    window.set("The team may commit again", "1");
    let grace = || window.ask(json!({ "team": { "settings": {} } }))["grace"].clone();
    window.until("the grace is kept", || grace() == 1);
    window.picture("story-grace-settings");

    window.go("#/board");
    window.see("points committed");
    window.press("n");
    window.write("An item of the Product Backlog, or the title of a new one", "Explain the fees");
    window.write("Size", "2");
    window.click("Pulled in");
    window.click("Add it");
    window.until("it is added", || points(&window, "added") == 2.0);
    window.click("Commit again…");
    window.see("18 points in 4 items, where it committed 16");
    window.picture("story-grace");
    window.click("Commit again");
    window.until("it is committed", || points(&window, "committed") == 18.0);
    assert_eq!(points(&window, "added"), 0.0, "what was agreed again is no change of scope");
    window.press("Control+z");
    window.until("that is taken back", || points(&window, "committed") == 16.0);
    window.close();
}

#[test]
fn the_board_is_left_and_entered_by_keyboard_and_says_when_a_size_changed() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    running(&device, &window);
    let cut = "return [...document.querySelectorAll('.column-head h2')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)";
    assert_eq!(window.script(cut, &[]), json!([]), "no name of a column is cut");

    pick(&window, "Confirm the payee before sending");
    window.press("z");
    window.see("The burn-down shows it on that day.");
    window.write("Size", "13");
    let today = window.ask(json!({ "sprint": { "board": {} } }))["today"].clone();
    let tomorrow = domain::calendar::Day::parse(today.as_str().unwrap_or_default()).map(|day| day.plus(1));
    window.set("On", &tomorrow.map(|day| day.to_string()).unwrap_or_default());
    window.press("Enter");
    window.see("is still to come");
    window.set("On", today.as_str().unwrap_or_default());
    window.press("Enter");
    window.until("the scope has grown", || points(&window, "resized") == 5.0);
    window.see("re-sized");

    let slides =
        "const all = document.querySelector('.board-columns'); return all.scrollWidth > all.clientWidth";
    assert_eq!(window.script(slides, &[]), false, "no column is beside the page");
    pick(&window, "Confirm the payee before sending");
    window.press("x");
    window.until("it is cancelled", || points(&window, "remaining") == 8.0);
    window.until("the next card is the active one", || {
        let active = window.script("return document.querySelector('.is-picked')?.textContent ?? ''", &[]);
        active.as_str().is_some_and(|text| text.contains("retries"))
    });
    window.press("Control+z");
    window.until("that is taken back", || points(&window, "remaining") == 21.0);
    // The title stands among the cancelled too, until the page has asked again.
    window.until("the card is back in its column", || {
        column(&window, "To do")[0] == "Confirm the payee before sending"
    });
    pick(&window, "Confirm the payee before sending");
    window.press("2");
    window.until("a digit begins a size", || window.value("Size") == "2");
    window.press("Escape");

    pick(&window, "Confirm the payee before sending");
    window.press("Enter");
    window.see("Description");
    window.see("← Back");
    window.press("Escape");
    window.until("the board is back", || window.script("return location.hash", &[]) == "#/board");
    window.see("points committed");

    let ids = window.ask(json!({ "sprint": { "board": {} } }));
    let columns = ids["columns"].as_array().cloned().unwrap_or_default();
    let items: Vec<Value> = columns
        .iter()
        .flat_map(|column| column["items"].as_array().cloned().unwrap_or_default())
        .map(|item| item["id"].clone())
        .collect();
    let cancelled =
        columns.iter().find(|column| column["category"] == "cancelled").expect("a state")["state"].clone();
    window.run(json!({ "sprint": { "moveToState": { "items": items, "state": cancelled } } }));
    window.until("all are cancelled", || points(&window, "remaining") == 0.0);
    window.until("one of them can be reached", || {
        window.script("return document.querySelectorAll('.board [role=option][tabindex=\"0\"]').length", &[])
            == 1
    });
    window.script("document.documentElement.dataset.theme = 'projector'", &[]);
    let wide = "return [...document.querySelectorAll('.card')].filter((one) => one.scrollWidth > one.clientWidth).length";
    assert_eq!(window.script(wide, &[]), 0, "nothing is cut at the side");
    window.picture("story-board-cancelled-projector");
}
