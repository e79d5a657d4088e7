//! The whole way of a Scrum Master, from a tracker's export to a burn-down that is there the next morning.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

/// An export of Jira as the program sees it: the real one where it is at hand, else one of our own.
fn export(device: &Device) -> std::path::PathBuf {
    let copy = device.document("Jira.csv");
    match evenkeel_tests::shared("data/jira-csv-medlock/Jira.csv") {
        Some(real) => drop(std::fs::copy(real, &copy).expect("the export is copied")),
        None => {
            let mut text =
                String::from("Summary,Issue key,Issue id,Issue Type,Status,Priority,Created,Sprint,Sprint\n");
            for n in 1..=30 {
                let kind = ["Story", "Bug", "Task"][n % 3];
                text += &format!(
                    "Item {n},PAY-{n},{n},{kind},To Do,Medium,0{}/Sep/25 9:26 AM,Sprint 1,\n",
                    n % 9 + 1
                );
            }
            std::fs::write(&copy, text).expect("an export is written");
        }
    }
    copy
}

fn rows(window: &Window) -> Vec<Value> {
    let answer = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 500 } } }));
    answer["rows"].as_array().cloned().unwrap_or_default()
}

fn ids(rows: &[Value]) -> Vec<Value> {
    rows.iter().map(|row| row["id"].clone()).collect()
}

fn title_of_the_chart(window: &Window) -> String {
    let title =
        window.script("return document.querySelector('evenkeel-chart svg title')?.textContent ?? ''", &[]);
    title.as_str().unwrap_or_default().to_owned()
}

/// Makes the row with a title the one that keys work on.
fn pick(window: &Window, list: &str, title: &str) {
    window.see(title);
    let script = "const [list, title] = arguments;
        [...document.querySelectorAll('.list-row .is-title')].find((one) => one.textContent === title).click();
        document.getElementById(list).focus();";
    window.script(script, &[json!(list), json!(title)]);
}

#[test]
fn from_an_export_of_jira_to_a_burn_down_that_is_there_after_a_restart() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1400, 1000);
    let file = crate::start::new_team(&device, &window, "Payments");
    window.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));

    // The export becomes the Product Backlog, in one step.
    let export = export(&device);
    device.will_pick(&export);
    window.go("#/import");
    window.click("Choose files…");
    window.see("check what becomes of them");
    window.click("Preview");
    window.see("This will be one step");
    window.press("Shift+Enter");
    window.see("See the Product Backlog");
    window.click("See the Product Backlog");
    let imported = rows(&window);
    assert!(imported.len() >= 6, "{} items came in", imported.len());

    // Order and sizes, by keyboard.
    let last = imported.last().and_then(|row| row["title"].as_str()).unwrap_or_default().to_owned();
    window.run(json!({ "backlog": { "move": { "items": [imported.last().map(|row| row["id"].clone())], "to": "top" } } }));
    window.until("it stands at the top", || rows(&window)[0]["title"] == last.as_str());
    pick(&window, "backlog", &last);
    window.press("z");
    window.until("its size is edited", || {
        window.script("return document.activeElement.tagName", &[]) == "INPUT"
    });
    window.type_text("5");
    window.press("Enter");
    window.until("it is sized", || rows(&window)[0]["size"] == 500);
    let first: Vec<Value> = ids(&rows(&window)[..6]);
    window.run(json!({ "backlog": { "size": { "items": first[1..], "size": 300 } } }));
    window.run(json!({ "backlog": { "setKind": { "items": first, "kind": "feature" } } }));

    // A Sprint with another split, and six items in it.
    window.go("#/plan");
    window.see("No Sprint is planned yet");
    window.press("n");
    window.click("Plan it");
    window.until("the list of items is there", || {
        window.script("document.getElementById('plan-items')?.focus(); return document.activeElement.id", &[])
            == "plan-items"
    });
    window.press("d");
    window.see("Shares of the capacity");
    window.set("Buffer, percent", "20");
    let plan = || window.ask(json!({ "capacity": { "planBoard": {} } }))["plan"].clone();
    window.until("the buffer is larger", || {
        let lanes = plan()["lanes"].clone();
        lanes.as_array().is_some_and(|lanes| lanes.iter().any(|lane| lane["load"]["budget"]["share"] == 2000))
    });
    window.press("Escape");
    pick(&window, "plan-items", &last);
    window.press("s");
    window.until("one is selected", || plan()["load"]["items"] == 1);
    let sprint = plan()["sprint"]["id"].clone();
    window.run(json!({ "sprint": { "selectItems": { "items": first[1..], "sprint": sprint } } }));
    window.until("six are selected", || plan()["load"]["items"] == 6);
    window.script("document.getElementById('plan-items').focus()", &[]);
    window.press("Shift+Enter");
    window.see("Starting commits 20 points");
    window.click("Start and commit");
    window.until("the Sprint runs", || {
        window.ask(json!({ "team": { "overview": {} } }))["sprint"]["running"] == true
    });

    // Two items are done; one of them by mistake.
    window.go("#/board");
    window.see("points committed");
    let done = |title: &str| {
        let script = "[...document.querySelectorAll('.board-card-title span:last-child')].find((one) => one.textContent === arguments[0]).click()";
        window.see(title);
        window.script(script, &[json!(title)]);
        window.press("d");
    };
    done(&last);
    window.go("#/charts");
    window.until("the burn-down says it", || {
        title_of_the_chart(&window).starts_with("Sprint 1: 15 points left")
    });
    window.go("#/board");
    let second = rows(&window)[1]["title"].as_str().unwrap_or_default().to_owned();
    done(&second);
    window.go("#/charts");
    window.until("less is left", || title_of_the_chart(&window).starts_with("Sprint 1: 12 points left"));
    window.press("Control+z");
    window
        .until("that is taken back", || title_of_the_chart(&window).starts_with("Sprint 1: 15 points left"));
    let before = title_of_the_chart(&window);
    let picture = device.document("burn-down.svg");
    device.will_pick(&picture);
    window.press("s");
    window.until("the picture is saved", || picture.is_file());
    assert!(std::fs::read_to_string(&picture).expect("the picture").starts_with("<svg"));
    window.picture("story-burn-down");
    window.quit();

    // The next morning.
    assert!(
        !file.with_extension("evenkeel-wal").exists() && !file.with_extension("evenkeel-journal").exists()
    );
    let window = device.start(&[]);
    window.click("Payments");
    window.until("the team is open", || window.titles() == ["Payments — Evenkeel"]);
    crate::start::shows_the_team(&window);
    window.go("#/charts");
    window.until("all is as it was", || title_of_the_chart(&window) == before);
    let redo = window.ask(json!({ "journal": { "undoState": {} } }))["redo"].clone();
    assert!(redo.is_string(), "what was taken back can be done again: {redo}");
}
