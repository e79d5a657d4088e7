//! Reliability in the real window: a service, an outage, a promise, what is left of it, and each second behind a figure.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

fn overview(window: &Window) -> Value {
    window.ask(json!({ "reliability": { "overview": {} } }))
}

#[test]
fn an_outage_is_written_down_held_against_a_promise_and_traced_to_the_second() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    crate::start::new_team(&device, &window, "Payments");

    // Without a service the screen teaches, and adds the first one.
    window.go("#/reliability");
    window.see("No services yet");
    window.press("a");
    window.see("Add a service");
    window.type_text("<b>checkout</b>");
    window.press("Enter");
    window.until("it is there", || overview(&window)["services"][0]["name"] == "<b>checkout</b>");
    window.see("no promise");
    assert_eq!(window.script("return document.querySelectorAll('main b').length", &[]), 0, "a name is text");

    // An outage with its moments as the team's clock shows them; what cannot have been is named at its field.
    window.press("n");
    window.see("Add an outage");
    window.set("Began", "2026-11-02 10:00");
    window.set("Ended", "2026-11-02 09:00");
    window.set("What it was", "The pool was empty");
    window.click("Add it");
    window.see("It ends before it begins.");
    window.set("Ended", "2026-11-02 10:45");
    window.click("Add it");
    window.until("it is written down", || {
        let outages = window.ask(json!({ "reliability": { "overview": { "firstDay": "2026-11-01" } } }));
        outages["outages"][0]["lasted"] == "45 min"
    });

    // Other days than those of a Sprint; the outage can be opened and changed.
    window.go("#/reliability?from=2026-11-01&to=2026-11-03");
    window.see("The pool was empty");
    window.see("99.9");
    window.click("The pool was empty");
    window.see("Full outage of <b>checkout</b>");
    window.set("How bad", "partial");
    window.click("Save");
    window.see("13 min 30 s");
    window.press("Control+z");
    window.see("45 min");

    // A promise, and what is left of it.
    window.press("p");
    window.see("Promise something");
    window.set("Target", "100");
    window.set("Holds from", "2026-10-01");
    window.click("Add it");
    window.see("A target of 100 % leaves no error budget.");
    window.set("Target", "99.9");
    window.click("Add it");
    window.see("<b>checkout</b> is up");
    window.see("rolling 28 days");
    window.see("overspent by 12 %: 4 min 40 s more than 40 min 19 s");
    window.see("Production first.");
    window.picture("reliability");

    // The ledger: every method, each second, and back with the outage that made it so.
    window.script("document.querySelector('main .cell-button').click()", &[]);
    window.see("The same facts, by every method");
    window.see("Full outages only");
    window.see("Each piece that is not simply up");
    window.see("Full outage: The pool was empty");
    window.picture("reliability-ledger");
    window.press("Escape");
    window.see("What was promised");

    // Work that is announced too late says that it counts.
    window.press("m");
    window.see("Add maintenance");
    window.set("Begins", "2026-11-03 02:00");
    window.set("Ends", "2026-11-03 03:00");
    window.set("Announced", "");
    window.click("Add it");
    window.see("not at all: downtime");
    window.press("Control+z");
    window.see_no("not at all: downtime");
    window.quit();
}
