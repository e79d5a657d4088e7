//! Incidents in the real window: reported from anywhere in a line, taken and ended with a key each, told on one page.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

fn triage(window: &Window) -> Value {
    window.ask(json!({ "incident": { "triage": {} } }))
}

fn first(window: &Window) -> Value {
    triage(window)["rows"][0].clone()
}

#[test]
fn an_incident_is_reported_from_anywhere_taken_in_a_key_and_told_on_a_page() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    crate::start::new_team(&device, &window, "Payments");
    for name in ["Ana", "Ben"] {
        window.run(json!({ "team": { "addMember": { "name": name, "hours": "6" } } }));
    }
    window.run(json!({ "reliability": { "addService": { "name": "checkout" } } }));
    window.host(json!({ "setSettings": { "settings": { "person": "Ana", "theme": "light" } } }));

    // From the Product Backlog: one line; what it is understood to say stands below while it is written.
    window.go("#/backlog");
    window.see("Backlog");
    window.press("Control+Shift+O");
    window.see("In a line");
    window.type_text("P1");
    window.see("What happens?");
    window.type_text(" checkout: <b>payments</b> fail");
    let said = "return document.querySelector('dialog .is-title')?.textContent";
    window.until("the line is understood", || window.script(said, &[]) == "<b>payments</b> fail");
    window.picture("incident-report");
    window.press("Enter");
    window.until("it is reported", || first(&window)["label"] == "INC-1");
    assert_eq!(first(&window)["severity"], "P1");
    window.see("Nobody has INC-1 yet.");

    // On its screen: nobody has it; A takes it, which acknowledges it.
    window.go("#/incidents");
    window.see("Nobody has these");
    window.see("<b>payments</b> fail");
    assert_eq!(window.script("return document.querySelectorAll('main b').length", &[]), 0, "a title is text");
    let focus = "document.querySelector('.interrupt').focus()";
    window.script(focus, &[]);
    window.press("a");
    window.until("Ana has it", || first(&window)["ownerName"] == "Ana");
    window.see("INC-1 is acknowledged.");
    window.see("Somebody has these");
    window.press("Control+z");
    window.until("nobody has it", || first(&window)["ownerName"].is_null());
    window.see("Nobody has these");
    window.script(focus, &[]);
    window.press("a");
    window.until("Ana has it again", || first(&window)["ownerName"] == "Ana");

    // The page: a note, a role, an interrupt that counts the hours, a milestone that is corrected with the reason.
    window.script(focus, &[]);
    window.press("Enter");
    window.see("Milestones");
    window.see("Timeline");
    window.press("n");
    window.see("What was seen, tried or decided");
    window.press("Enter");
    window.type_text("Rolled back");
    window.set("Evidence", "no link");
    window.click("Add it");
    window.see("This is no link.");
    window.set("Evidence", "https://example.org/runs/7");
    window.click("Add it");
    window.see("evidence");
    window.press("r");
    window.see("Who does what in INC-1?");
    window.set("Role", "Commander");
    window.press("Enter");
    window.see("Give back");
    window.press("m");
    window.until("it is mitigated", || first(&window)["stage"] == "mitigated");
    window.script(
        "[...document.querySelectorAll('.incident-milestones button')].find((one) => one.ariaLabel.startsWith('Began')).click()",
        &[],
    );
    window.see("Correct “Began” of INC-1");
    window.set("When", "0:00");
    window.press("Enter");
    window.see("Nothing says why.");
    window.set("Why", "The first failed request in the log");
    window.press("Enter");
    window.see("The first failed request in the log");
    window.picture("incident-page");

    // Reported twice: the duplicate is merged, and its timeline stands in the one that stays.
    window.run(json!({ "incident": { "report": { "line": "P2 checkout: cards are refused" } } }));
    window.go("#/incidents");
    window.see("cards are refused");
    window.script(focus, &[]);
    window.press("Shift+M");
    window.see("Of which incident is INC-2 a duplicate?");
    // The only one that it could be: Enter takes it.
    window.press("Enter");
    window.until("it is merged", || triage(&window)["rows"].as_array().map(Vec::len) == Some(1));
    window.see("merged into INC-1");
    window.picture("incident-list");

    // The list is searched from the keyboard; what is not found is not “open”.
    window.press("/");
    window.type_text("nothing of this");
    window.see("No incident holds “nothing of this” in its label, title or owner.");
    window.see("None is found.");
    window.press("Escape");
    window.see("<b>payments</b> fail");

    // Over: its own key, and the palette finds it by its title.
    window.script(focus, &[]);
    window.press("d");
    window.until("nothing is open", || triage(&window)["rows"] == json!([]));
    window.see("Nothing is open");
    window.press("Control+k");
    window.type_text("payments");
    window.see("INC-1 incident");
    window.press("Escape");
    window.quit();
}

#[test]
fn a_closed_sprint_tells_of_its_incidents_and_an_item_of_those_that_it_goes_on_with() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    window.host(json!({ "exploreSample": {} }));
    window.until("the team is open", || window.host(json!({ "windowInfo": {} }))["team"].is_string());
    let sprints = window.ask(json!({ "sprint": { "list": {} } }))["sprints"].clone();
    let closed = sprints.as_array().unwrap().iter().find(|sprint| sprint["name"] == "Sprint 42").unwrap();
    window.go(&format!("#/sprints?sprint={}", closed["id"].as_str().unwrap()));
    window.see("3 incidents began, 1 of them P1; none is open.");
    window.see("90th percentile");
    window.see("Nothing leaves for the bank");
    let down = "[...document.querySelectorAll('h2')].find((one) => one.textContent === 'Incidents').scrollIntoView()";
    window.script(down, &[]);
    window.picture("incident-sprint");

    // From the report to the incident, and on to an item that is made of it.
    window.click("Nothing leaves for the bank");
    window.see("Communications");
    window.see("The bank has changed its certificate");
    window.press("b");
    window.see("Make an item of INC-6");
    window.set("Title", "Watch the bank's certificate");
    window.press("Enter");
    window.see("goes on in");
    window.click("Watch the bank's certificate");
    window.see("INC-6 goes on in this item");
    window.quit();
}
