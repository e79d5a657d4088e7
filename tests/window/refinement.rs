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
    // The filter asks for the labels when its menu opens.
    window.script("document.querySelector('[aria-label=\"Label. Filter by label\"]').click()", &[]);
    window.until("the label is offered", || {
        let offered =
            "return [...document.querySelectorAll('.menu button')].map((one) => one.textContent.trim())";
        window.script(offered, &[]) == json!(["mobile"])
    });
    window.press("Escape");
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
    // What can be done with a row depends on what is seen of it.
    window.until("its row says so", || {
        let row = "return [...document.querySelectorAll('.list-row')].find((row) => row.textContent.includes('Contract with the bank'))?.textContent";
        window.script(row, &[]).as_str().is_some_and(|row| row.contains("part of PAY-1"))
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
    window.click("Later");
    window.see("2 of 2.");
    window.see("What “Retry failing card payment” means.");
    window.click("Keep PAY-1");
    window.until("one is gone", || titles(&window).len() == 3);
    window.see_no("2 of 2.");
    window.press("Control+z");
    window.until("it is back", || titles(&window).len() == 4);

    // What is not the same is not proposed again, until that is taken back.
    window.press("Shift+d");
    window.see("1 of 2.");
    window.click("Not the same");
    window.see("2 of 2.");
    window.see("Say that PAY-2 and PAY-4 are not the same");
    window.click("Not the same");
    window.see_no("2 of 2.");
    window.see("Say that PAY-1 and PAY-3 are not the same");
    window.press("Shift+d");
    window.see("No two of 4 titles are nearly the same, but for these.");
    window.picture("story-told-apart");
    window.click("Propose PAY-2 and PAY-4 again");
    window.until("one is left", || {
        window.ask(json!({ "backlog": { "toldApart": {} } })).as_array().is_some_and(|pairs| pairs.len() == 1)
    });
    window.click("Done");
    window.see_no("These pairs are not proposed any more.");
    window.press("Shift+d");
    window.see("1 pair told apart…");
    window.press("Escape");
    pick(&window, "Retry failed card payments");
    window.press("Enter");
    window.see("Not the same as");
    window.picture("story-not-the-same");
    window.press("Control+z");
    window.until("both are told apart again", || {
        window.ask(json!({ "backlog": { "toldApart": {} } })).as_array().is_some_and(|pairs| pairs.len() == 2)
    });
}

/// Presses on a row, rests in the middle of another one, and lets go once it says what will become of it; by a pointer of
/// its own, which the one of the screen does not disturb.
fn drop_onto(window: &Window, title: &str, onto: &str) {
    let script = "const [title, onto] = arguments;
        const row = (text) => [...document.querySelectorAll('.list-row')].find((one) => one.querySelector('.is-title')?.textContent === text);
        const middle = (place) => { const box = place.getBoundingClientRect(); return { clientX: box.x + 60, clientY: box.y + box.height / 2 }; };
        const fire = (target, name, at) => target.dispatchEvent(new PointerEvent(name, { bubbles: true, cancelable: true, pointerId: 7, button: 0, ...at }));
        fire(row(title).querySelector('.is-title'), 'pointerdown', middle(row(title)));
        const to = middle(row(onto));
        fire(document.body, 'pointermove', to);
        fire(document.body, 'pointermove', to);";
    window.script(script, &[json!(title), json!(onto)]);
    window.see("Rest on another item to make this one its part");
    window.until("the row lights up", || {
        window.script("return document.querySelectorAll('.list-row.is-target').length", &[]) == 1
    });
    window.see("Part of PAY-");
    window.picture("story-drop-onto");
    let up = "const box = document.querySelector('.list-row.is-target').getBoundingClientRect();
        document.body.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, cancelable: true, pointerId: 7, button: 0, clientX: box.x + 60, clientY: box.y + box.height / 2 }));";
    window.script(up, &[]);
}

#[test]
fn an_item_that_rests_on_another_becomes_its_part_and_an_attached_page_is_opened() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    // What the system would open a page with, on this device.
    let (opener, opened) = (device.document("../bin/xdg-open"), device.document("opened"));
    std::fs::create_dir_all(opener.parent().expect("a folder")).expect("a folder for programs");
    std::fs::write(&opener, format!("#!/bin/sh\nprintf '%s' \"$1\" > '{}'\n", opened.display()))
        .expect("a program");
    std::fs::set_permissions(&opener, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("it may run");
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    for title in ["Checkout", "Basket", "Payment"] {
        window.run(json!({ "backlog": { "addItem": { "title": title, "kind": "feature", "size": 300 } } }));
    }
    window.go("#/backlog");
    window.see("Payment");
    drop_onto(&window, "Payment", "Checkout");
    window.until("it is a part", || page(&window, "Payment")["row"]["parent"]["label"] == "PAY-1");
    assert_eq!(titles(&window), ["Checkout", "Basket", "Payment"], "the order is as it was");
    window.see("part of PAY-1");
    // What the item would be a part of by itself is refused, and said.
    drop_onto(&window, "Checkout", "Payment");
    window.see("PAY-1 cannot be a part of itself: PAY-1 → PAY-3 → PAY-1.");
    window.press("Control+z");
    window.until("it stands alone", || page(&window, "Payment")["row"]["parent"].is_null());

    let item = page(&window, "Basket")["row"]["id"].clone();
    for (url, title) in [("https://wiki.example/a b?c=d&e", "The page"), ("/etc/passwd", "A file")] {
        window.run(json!({ "backlog": { "attach": { "item": item, "url": url, "title": title } } }));
    }
    pick(&window, "Basket");
    window.press("Enter");
    window.see("Attachments");
    window.click("The page");
    window.until("it is opened", || {
        std::fs::read_to_string(&opened).is_ok_and(|address| address == "https://wiki.example/a%20b?c=d&e")
    });
    window.click("A file");
    window.until("it is copied, and nothing is opened", || {
        let text = window.text();
        text.contains("Copied /etc/passwd") || text.contains("/etc/passwd")
    });
    assert_eq!(std::fs::read_to_string(&opened).expect("the address"), "https://wiki.example/a%20b?c=d&e");
    std::fs::remove_file(&opener).expect("the program goes");
    let reply = window.script(
        "const done = arguments[0]; window.__TAURI__.core.invoke('host', { request: { openLink: { address: 'file:///etc/passwd' } } }).catch((error) => { window.refused = error.message })",
        &[],
    );
    assert!(reply.is_null());
    window.until("it is refused", || {
        window.script("return window.refused", &[]) == "This address is neither a web page nor mail."
    });
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
