//! Sprint Planning and the settings in the real window.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

/// A team with a member and some items, in a window.
fn team(device: &Device, window: &Window) {
    crate::start::new_team(device, window, "Payments");
    window.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    let items = [
        ("Instant transfer", "feature", 500),
        ("<b>Card</b> retries & <img src=x onerror=alert(1)>", "bug", 500),
        ("Saved payees", "feature", 800),
        ("Rotate certificates", "infrastructure", 200),
    ];
    for (title, kind, size) in items {
        window.run(json!({ "backlog": { "addItem": { "title": title, "kind": kind, "size": size } } }));
    }
}

fn plan(window: &Window) -> Value {
    window.ask(json!({ "capacity": { "planBoard": {} } }))["plan"].clone()
}

fn selected(window: &Window) -> i64 {
    plan(window)["load"]["items"].as_i64().unwrap_or(-1)
}

/// Gives the list the focus and makes the row with a title the active one.
fn pick(window: &Window, title: &str) {
    let script = "const title = [...document.querySelectorAll('.list-row .is-title')].find((one) => one.textContent === arguments[0]);
        title.click(); document.getElementById('plan-items').focus();";
    window.see(title);
    window.script(script, &[json!(title)]);
}

/// Drags a row with the pointer to the upper or the lower half of another one.
fn drag(window: &Window, title: &str, onto: &str, upper: bool) {
    window.see(title);
    let script = "const [title, onto, upper] = arguments;
        const row = (text) => [...document.querySelectorAll('.list-row')].find((one) => one.textContent.includes(text));
        const from = row(title).querySelector('.is-title');
        const middle = (place) => { const box = place.getBoundingClientRect(); return { clientX: box.x + 60, clientY: box.y + box.height / 2 }; };
        const box = row(onto).getBoundingClientRect();
        const to = { clientX: box.x + 60, clientY: box.y + box.height * (upper ? 0.2 : 0.8) };
        const fire = (target, name, at) => target.dispatchEvent(new PointerEvent(name, { bubbles: true, cancelable: true, pointerId: 1, button: 0, ...at }));
        fire(from, 'pointerdown', middle(from));
        fire(document.body, 'pointermove', to);
        fire(document.body, 'pointermove', to);
        fire(document.body, 'pointerup', to);";
    window.script(script, &[json!(title), json!(onto), json!(upper)]);
}

/// Types over what stands in a field, as a person does; a field that saves by itself is not emptied first.
fn retype(window: &Window, label: &str, text: &str) {
    window.focus(label);
    window.press("Control+a");
    window.type_text(text);
    window.press("Enter");
}

#[test]
fn a_sprint_is_planned_until_its_lanes_are_full_and_started() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    team(&device, &window);
    window.go("#/plan");
    window.see("No Sprint is planned yet");
    window.picture("story-plan-none");
    window.press("n");
    window.see("Proposed from the team’s Sprint length");
    window.picture("story-plan-next");
    window.click("Plan it");
    window.see("Plan Sprint 1");
    window.see("no Sprint is closed yet");

    window.press("p");
    window.write("The team’s own number", "many");
    window.click("Plan with them");
    window.see("“many” is not a size.");
    window.picture("story-plan-own-number");
    window.write("The team’s own number", "15");
    window.click("Plan with them");
    window.see("0 of 10 points");

    pick(&window, "Instant transfer");
    window.press("s");
    window.until("the feature is selected", || selected(&window) == 1);
    let markup = "<b>Card</b> retries & <img src=x onerror=alert(1)>";
    pick(&window, markup);
    window.press("s");
    window.until("the bug is selected", || selected(&window) == 2);
    window.see("5 of 5 points");
    pick(&window, "Rotate certificates");
    window.press("s");
    window.see("7 of 5 points · lower by 2");
    window.picture("story-plan-over");
    pick(&window, "Rotate certificates");
    window.press("Shift+s");
    window.until("it is returned", || selected(&window) == 2);
    window.see_no("lower by 2");
    assert_eq!(window.script("return document.querySelectorAll('.list b, .list img').length", &[]), 0);

    retype(&window, "Sprint Goal", "Customers pay at once.");
    window.until("the goal is kept", || plan(&window)["goal"] == "Customers pay at once.");
    window.press("Escape");
    window.script("document.getElementById('plan-items').focus()", &[]);
    window.press("Shift+Enter");
    window.see("Starting commits 10 points");
    window.picture("story-plan-start");
    window.click("Start and commit");
    window.until("the Sprint runs", || {
        window.ask(json!({ "team": { "overview": {} } }))["sprint"]["running"] == true
    });
}

#[test]
fn items_go_over_the_line_one_after_another_and_by_pointer() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    team(&device, &window);
    window.run(json!({ "sprint": { "plan": {} } }));
    window.go("#/plan");
    window.see("Nothing selected yet.");
    let titles = || -> Vec<String> {
        let sprint = plan(&window)["sprint"]["id"].clone();
        let question = json!({ "sprint": sprint, "from": 0, "limit": 10 });
        let rows = window.ask(json!({ "capacity": { "planItems": question } }));
        let selected = rows["selected"].as_u64().unwrap_or(0) as usize;
        let all = rows["rows"].as_array().cloned().unwrap_or_default();
        all.iter().take(selected).map(|row| row["label"].as_str().unwrap_or_default().to_owned()).collect()
    };
    pick(&window, "Instant transfer");
    window.press("s");
    window.until("the first is selected", || titles() == ["PAY-1"]);
    window.until("the next row is active", || {
        let active = "return document.querySelector('.list-row.is-active')?.textContent ?? ''";
        window.script(active, &[]).as_str().is_some_and(|text| text.contains("<b>Card</b>"))
    });
    window.press("s");
    window.until("the second is selected too", || titles() == ["PAY-1", "PAY-2"]);
    drag(&window, "Rotate certificates", "Instant transfer", true);
    window.until("the third came by pointer", || titles() == ["PAY-1", "PAY-2", "PAY-4"]);
    drag(&window, "Instant transfer", "Saved payees", false);
    window.until("the first went back by pointer", || titles() == ["PAY-2", "PAY-4"]);
    let undo = window.ask(json!({ "journal": { "undoState": {} } }));
    assert_eq!(undo["undo"], "Return PAY-1 to the Product Backlog");
    drag(&window, "Rotate certificates", "<b>Card</b>", true);
    window.until("the order is the Product Backlog's own", || titles() == ["PAY-4", "PAY-2"]);
}

#[test]
fn a_refused_split_is_named_at_its_field() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    team(&device, &window);
    window.run(json!({ "sprint": { "plan": {} } }));
    window.go("#/plan");
    window.see("Plan Sprint 1");
    window.script("document.getElementById('plan-items').focus()", &[]);
    window.press("d");
    window.see("Shares of the capacity");
    window.set("Buffer, percent", "20");
    window.until("the others gave in proportion", || {
        plan(&window)["lanes"][0]["load"]["budget"]["share"] == 5300
    });
    window.until("the page shows that", || window.value("New features, percent") == "53");
    window.click("Keep the sum at 100 %");
    window.set("Buffer, percent", "25");
    window.see("The shares add up to 105 %, not to 100 %. Take 5 % away.");
    let at_the_field = "const input = [...document.querySelectorAll('.sliders input[type=text]')].at(-1);
        const group = input.closest('fieldset');
        return [input.getAttribute('aria-invalid'), document.getElementById(group.getAttribute('aria-describedby')).textContent, input.value]";
    let said = window.script(at_the_field, &[]);
    assert_eq!(said[0], "true");
    assert!(said[1].as_str().is_some_and(|text| text.contains("Take 5 % away.")), "{said}");
    assert_eq!(said[2], "25", "what was typed stays");
    window.picture("story-plan-refused-split");
    assert_eq!(
        plan(&window)["lanes"][2]["load"]["budget"]["share"],
        2000,
        "what was refused changed nothing"
    );
    window.set("New features, percent", "48");
    window.see_no("Take 5 % away.");
    window.until("the shares add up again", || plan(&window)["lanes"][0]["load"]["budget"]["share"] == 4800);
}

#[test]
fn the_working_agreement_is_edited_where_it_stands() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    team(&device, &window);
    let settings = || window.ask(json!({ "team": { "settings": {} } }));
    window.go("#/settings");
    window.see("The working agreement of Payments");
    retype(&window, "Hours a day, Ana", "six");
    window.see("“six” is no number of hours.");
    window.picture("story-settings-refused");
    assert_eq!(window.value("Hours a day, Ana"), "six", "what was typed stays");
    retype(&window, "Hours a day, Ana", "7,5");
    window.until("the hours are kept", || settings()["members"][0]["aDay"] == 450);
    window.click("Add a member…");
    window.write("Name", "Bo");
    window.picture("story-settings-member");
    window.click("Add");
    window.until("Bo is there", || settings()["members"].as_array().is_some_and(|all| all.len() == 2));
    window.set("Bugs go to", settings()["lanes"][0]["id"].as_str().unwrap_or_default());
    window.until("bugs go to the features", || settings()["lanes"][0]["kinds"] == json!(["feature", "bug"]));
    window.click("Add a lane…");
    window.write("Name", "Foundations");
    window.click("Add");
    window.until("the lane is there", || settings()["lanes"][2]["name"] == "Foundations");
    window.see_no("It gets its kinds of work and its share afterwards.");
    window.picture("story-settings-lane");
    window.press("Control+z");
    window
        .until("the lane is gone again", || settings()["lanes"].as_array().is_some_and(|all| all.len() == 3));
    retype(&window, "You are", "Ana");
    window.until("the device knows it", || window.host(json!({ "settings": {} }))["person"] == "Ana");
}

#[test]
fn the_capacity_is_divided_for_the_sprint_that_is_shown() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    team(&device, &window);
    let sprint = || window.run(json!({ "sprint": { "plan": {} } }))["created"][0].clone();
    let (first, second) = (sprint(), sprint());
    let show = |id: &Value| window.go(&format!("#/plan?sprint={}", id.as_str().unwrap_or_default()));
    show(&first);
    window.see("Plan Sprint 1");
    window.script("document.getElementById('plan-items').focus()", &[]);
    window.press("d");
    window.see("Shares of the capacity");
    window.click("Keep the sum at 100 %");
    window.set("Buffer, percent", "25");
    window.see("Take");
    show(&second);
    window.see("Plan Sprint 2");
    window.see_no("Shares of the capacity");
    window.script("document.getElementById('plan-items').focus()", &[]);
    window.press("d");
    window.see("Shares of the capacity");
    window.see_no("Take");
    window.script("document.documentElement.dataset.theme = 'projector'", &[]);
    window.picture("story-plan-projector");
    let wide = "return [...document.querySelectorAll('.plan-side, .card')].filter((one) => one.scrollWidth > one.clientWidth).length";
    assert_eq!(window.script(wide, &[]), 0, "nothing is cut at the side");
}
