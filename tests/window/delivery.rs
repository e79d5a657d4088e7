//! Deployments in the real window: written down by keyboard, held back by the gate, linked to an incident, seen on the board.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

fn list(window: &Window) -> Value {
    window.ask(json!({ "delivery": { "list": {} } }))
}

#[test]
fn a_service_goes_live_breaks_is_taken_back_and_the_gate_says_why_not_again() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    crate::start::new_team(&device, &window, "Payments");
    window.run(json!({ "team": { "addMember": { "name": "Ana", "hours": "6" } } }));
    let sprint =
        window.run(json!({ "sprint": { "plan": { "goal": "Customers can pay" } } }))["created"][0].clone();
    let item = json!({ "title": "Confirm the payee", "kind": "feature", "size": 300 });
    let item = window.run(json!({ "backlog": { "addItem": item } }))["created"][0].clone();
    window.run(json!({ "sprint": { "selectItems": { "items": [item], "sprint": sprint } } }));
    window.run(json!({ "sprint": { "start": { "sprint": sprint } } }));

    // Nothing is there: the page teaches, and the first step is a service.
    window.go("#/deployments");
    window.see("No deployments yet");
    window.picture("deployments-empty");
    window.click("Add a service…");
    window.see("what people would call it when it is down");
    window.type_text("checkout");
    window.press("Enter");
    window.until("the service is there", || list(&window)["services"][0]["name"] == "checkout");

    // By keyboard: n, the version, Enter.
    window.see("Write one down…");
    window.press("n");
    window.see("Write a deployment down");
    window.type_text("<b>1.0</b>");
    window.set("Ended", "9 o'clock");
    window.press("Enter");
    window.see("“9 o'clock” is no moment.");
    window.set("Ended", "");
    window.press("Enter");
    window.until("it is written down", || list(&window)["rows"][0]["result"] == "succeeded");
    window.see("<b>1.0</b>");
    assert_eq!(
        window.script("return document.querySelectorAll('main b').length", &[]),
        0,
        "a version is text"
    );
    window.see("1 deployment to production.");
    window.see("too few for a rate");

    // It contains the item: the board says that it is live.
    let first = list(&window)["rows"][0]["id"].clone();
    window.run(json!({ "delivery": { "setItems": { "deployment": first, "items": [item] } } }));
    window.go("#/board");
    window.see("Confirm the payee");
    window.see("live");

    // An incident: the deployment is proposed, and a person says yes.
    window.run(json!({ "incident": { "report": { "line": "P1 checkout: payments fail" } } }));
    window.go("#/deployments");
    window.see("Did this deployment cause this incident?");
    window.picture("deployments-proposal");
    window.click("Yes, checkout <b>1.0</b> caused INC-1");
    window.until("it caused the incident", || list(&window)["rows"][0]["incidents"][0]["label"] == "INC-1");
    window.see("of which 1 failed");

    // The gate: no, with each reason; it goes on against it with a reason and a name.
    window.press("l");
    window.see("May it go live now?");
    window.see("P1 INC-1 is open: payments fail.");
    window.picture("deployments-gate");
    window.set("Go live all the same, because", "It mends INC-1.");
    window.press("Enter");
    window.see("Going live against the gate needs a name.");
    window.set("Who decides", "Ana");
    window.press("Enter");
    let answers = || window.ask(json!({ "delivery": { "gateAnswers": {} } }));
    window.until("the answer is kept", || answers()[0]["overriddenBy"] == "Ana");
    window.see("overruled");

    // What repaired it: b on the row; the first one has been taken back, and the item is not live any more.
    window.script("document.querySelector('.deploy-row').focus()", &[]);
    window.press("b");
    window.see("The one that is repaired has failed.");
    window.type_text("0.9");
    window.press("Enter");
    window.until("it is taken back", || list(&window)["rows"][0]["repair"] == "rollback");
    window.see("taken back by checkout 0.9");
    window.go("#/board");
    window.see("taken back");
    window.press("Control+z");
    window.until("undo takes the rollback away", || list(&window)["found"] == 1);

    // One deployment, with its items; and the Definition of Live is set on the page.
    window.go(&format!("#/deployments?id={}", first.as_str().unwrap_or_default()));
    window.see("How it went");
    window.see("Confirm the payee");
    window.picture("deployments-one");
    window.press("Escape");
    window.see("Definition of Live");
    window.click("Somebody is on call");
    let asks = || window.ask(json!({ "delivery": { "settings": {} } }))["checks"][5]["isAsked"].clone();
    window.until("it is no longer asked", || asks() == false);
    for theme in ["dark", "projector", "light"] {
        window.host(json!({ "setTheme": { "theme": theme } }));
        window.picture(&format!("deployments-{theme}"));
    }
    window.close();
}
