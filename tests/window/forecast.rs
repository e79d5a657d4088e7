//! Forecasts in the real window: asked, tried, kept and drawn again; the chance beside the plan.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

/// The sample team on a page.
fn sample(window: &Window, address: &str, sees: &str) {
    window.host(json!({ "exploreSample": {} }));
    window.until("the team is open", || window.host(json!({ "windowInfo": {} }))["team"].is_string());
    window.go(address);
    window.see(sees);
}

fn kept(window: &Window) -> Vec<Value> {
    let kept = window.ask(json!({ "forecast": { "kept": {} } }));
    kept["rows"].as_array().cloned().unwrap_or_default()
}

fn choose(window: &Window, field: &str, value: &str) {
    let script = "const select = document.getElementById(arguments[0]);
        select.value = arguments[1]; select.dispatchEvent(new Event('change', { bubbles: true }));";
    window.script(script, &[json!(field), json!(value)]);
}

#[test]
fn a_forecast_is_asked_tried_kept_and_drawn_again() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    sample(&window, "#/forecast", "When will the first 10 items");
    window.see("Very likely (85 %)");
    window.see("What it is drawn from");
    window.until("both pictures are drawn", || {
        window.script("return document.querySelectorAll('.forecast .chart svg').length", &[]) == 2
    });
    window.picture("story-forecast-when");

    choose(&window, "of", "amount");
    window.write("How much", "0");
    window.press("Enter");
    window.see("“0” is not how much there is to do.");
    window.write("How much", "20");
    window.press("Enter");
    window.see("When will 20 points be done?");
    window.script("document.activeElement.blur()", &[]);
    window.press("u");
    window.see("When will 20 items be done?");
    window.press("u");
    window.see("When will 20 points be done?");

    window.script("document.activeElement.blur()", &[]);
    window.press("w");
    window.see("nothing is saved");
    window.write("Throughput", "50");
    window.press("Enter");
    window.see("Without the changes: Very likely (85 %)");
    for theme in ["dark", "projector", "light"] {
        window.host(json!({ "setTheme": { "theme": theme } }));
        window.until("the theme is shown", || {
            window.script("return document.documentElement.dataset.theme", &[]) == theme
        });
        window.picture(&format!("story-forecast-what-if-{theme}"));
    }
    assert!(kept(&window).is_empty(), "trying keeps nothing");
    window.script("document.activeElement.blur()", &[]);
    window.press("w");
    window.see_no("Without the changes");

    window.press("k");
    window.see("Kept. It is scored when a Sprint closes");
    window.until("it is kept", || kept(&window).len() == 1);
    window.see("1 forecast is kept and not scored yet");
    window.script("document.querySelector('.forecast-kept .cell-button').click()", &[]);
    window.see("drawn again from what was known then");
    window.see("When will 20 points be done?");
    window.picture("story-forecast-kept");
    window.click("Ask something else");
    window.see_no("drawn again");
    window.press("Control+z");
    window.until("undo takes it back", || kept(&window).is_empty());
}

#[test]
fn groups_are_put_in_order_and_a_sprint_is_asked_about() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    sample(&window, "#/forecast?ask=inOrder", "Several things, one after the other");
    window.picture("story-forecast-order-empty");
    choose(&window, "groups", "top 5");
    window.see("When will each of these be done");
    choose(&window, "groups", "top 10");
    window.see("2 groups in order");
    window.picture("story-forecast-order");
    window.script("document.querySelector('.forecast-groups button').click()", &[]);
    window.see_no("2 groups in order");

    choose(&window, "ask", "plan");
    window.see("Will the plan of Sprint 44 hold?");
    window.see("each with the chance that it is done with all before it");
    window.script("document.querySelector('.forecast-items summary').click()", &[]);
    window.picture("story-forecast-plan");
    choose(&window, "ask", "howMany");
    window.see("by the end of Sprint 43");
    let sprints = window.ask(json!({ "forecast": { "choices": {} } }))["sprints"].clone();
    choose(&window, "sprint", sprints[1]["id"].as_str().unwrap_or_default());
    window.see("How many points will be done by the end of Sprint 44?");
}

#[test]
fn the_chance_of_a_plan_moves_while_items_are_selected() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    sample(&window, "#/plan", "Plan Sprint 44");
    let chance = |window: &Window| {
        window.ask(json!({ "forecast": { "planOdds": {} } }))["chance"].as_i64().unwrap_or(-1)
    };
    let said = |window: &Window| {
        let said =
            window.script("return document.querySelector('.plan-odds summary')?.textContent ?? ''", &[]);
        said.as_str().unwrap_or_default().to_owned()
    };
    window.until("the chance is said", || said(&window).contains("items are done"));
    let before = (chance(&window), said(&window));
    window.picture("story-plan-odds");
    let pick = "const title = [...document.querySelectorAll('.list-row .is-title')].find((one) => one.textContent === arguments[0]);
        title.click(); document.getElementById('plan-items').focus();";
    window.script(pick, &[json!("Show pending refunds in the merchant's view")]);
    window.press("s");
    window.until("another chance is said", || said(&window) != before.1 && said(&window).contains("%"));
    assert!(chance(&window) < before.0, "{} of {}", chance(&window), before.0);
    window.press("w");
    window.click("+ Somebody is away");
    window.see("The plan holds:");
    window.script("document.querySelector('.plan-odds summary').click()", &[]);
    window.click("Forecast of the plan");
    window.see("Will the plan of Sprint 44 hold?");
}

#[test]
fn too_little_history_is_said_in_words_with_a_way_out() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/forecast");
    window.see("A forecast needs 10 days of history");
    window.see("Import a backlog");
    window.picture("story-forecast-too-little");
    window.go("#/forecast?ask=plan");
    window.see("No Sprint is planned or running");
}
