//! A closed Sprint in the real window: a fact that arrived late, the correction, its editions, and undo.

use evenkeel_tests::desktop::{Device, has_screen};
use serde_json::json;

#[test]
fn a_closed_sprint_is_corrected_by_an_edition_beside_the_first() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    let item = json!({ "title": "Refund a part", "kind": "feature", "size": "5" });
    let item = window.run(json!({ "backlog": { "addItem": item } }))["created"][0].clone();
    let sprint = window.run(json!({ "sprint": { "plan": {} } }))["created"][0].clone();
    window.run(json!({ "sprint": { "selectItems": { "sprint": sprint, "items": [item] } } }));
    window.run(json!({ "sprint": { "start": { "sprint": sprint } } }));
    let started = window.script("return Date.now()", &[]).as_i64().unwrap_or_default();
    let decisions = json!([{ "item": item, "decision": "productBacklog" }]);
    let later = || window.script("return Date.now()", &[]).as_i64().unwrap_or_default() > started + 50;
    window.until("some time has passed", later);
    window.run(json!({ "sprint": { "close": { "sprint": sprint, "decisions": decisions, "goal": null } } }));
    let states = window.ask(json!({ "team": { "settings": {} } }))["states"].clone();
    let states = states.as_array().cloned().unwrap_or_default();
    let done = states.iter().find(|state| state["category"] == "done").map(|state| state["id"].clone());
    let moved = json!({ "items": [item], "state": done, "at": started + 20 });
    window.run(json!({ "sprint": { "moveToState": moved } }));

    window.go(&format!("#/sprints?sprint={}", sprint.as_str().unwrap_or_default()));
    window.see("What is known has changed");
    window.see("moved To do → Done");
    window.press("Shift+c");
    window.see("The report of the close stays as it is.");
    window.picture("story-correct");
    window.click("Add the edition");
    window.see("A correction needs a reason.");
    window.write("Why", "It was live, and nobody had said so");
    window.click("Add the edition");
    window.see("edition 2 of 2");
    window.see("completed on");
    window.picture("story-corrected");
    window.click("Show edition 1");
    window.see("edition 1 of 2");
    window.press("Control+z");
    window.see("What is known has changed");
    window.see_no("edition 1 of");
}
