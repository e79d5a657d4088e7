//! What if beside the plan, policies, and the suggested split, in the real window.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

/// The sample team on its next Sprint.
fn planned(window: &Window) -> Value {
    window.host(json!({ "exploreSample": {} }));
    window.until("the team is open", || window.host(json!({ "windowInfo": {} }))["team"].is_string());
    window.go("#/plan");
    window.see("Plan Sprint 44");
    plan(window)
}

fn plan(window: &Window) -> Value {
    window.ask(json!({ "capacity": { "planBoard": {} } }))["plan"].clone()
}

fn shares(window: &Window) -> Vec<i64> {
    let lanes = plan(window)["lanes"].clone();
    lanes
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|lane| lane["load"]["budget"]["share"].as_i64())
        .collect()
}

#[test]
fn what_if_moves_the_lanes_at_once_and_saves_only_what_is_made_so() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let before = planned(&window);
    window.script("document.getElementById('plan-items').focus()", &[]);
    window.press("w");
    window.see("nothing is saved");
    window.click("+ Somebody is away");
    window.see("1.75 h less");
    window.picture("story-what-if-away");
    window.click("+ Another buffer");
    let slide = "const slider = document.querySelector('.what-if-buffer input');
        slider.value = arguments[0]; slider.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    window.script(slide, &[json!("25")]);
    window.see("Buffer of 25 %");
    window.see("would no longer fit");
    window.resize(1280, 800);
    for theme in ["dark", "projector", "light"] {
        window.host(json!({ "setTheme": { "theme": theme } }));
        window.until("the theme is shown", || {
            window.script("return document.documentElement.dataset.theme", &[]) == theme
        });
        window.picture(&format!("story-what-if-{theme}"));
        let beyond =
            "const main = document.querySelector('main'); return main.scrollHeight - main.clientHeight";
        assert_eq!(window.script(beyond, &[]), 0, "the side scrolls, and the screen around it does not");
    }
    assert_eq!(plan(&window), before, "trying saves nothing");
    window.click("+ Somebody joins");
    window.write("Hours a day", "25");
    window.see("at most 24 hours, not 25 h");
    window.write("Hours a day", "4");
    window.see("joins with");

    let make = "[...document.querySelectorAll('.what-if-acts button')].find((one) => one.getAttribute('aria-label').startsWith('Make it so: A buffer')).click()";
    window.until("the buffer can be made so", || {
        window.script("return [...document.querySelectorAll('.what-if-acts button')].length", &[]) == 6
    });
    window.script(make, &[]);
    window.until("the buffer is made so", || shares(&window).last() == Some(&2500));
    window.until("its row is gone", || {
        window.script("return document.querySelectorAll('.what-if-row').length", &[]) == 2
    });
    assert_eq!(plan(&window)["total"], before["total"], "the others are still tried only");
    window.picture("story-what-if-joins");
    window.click("Reset");
    window.see_no("Make it so");
    window.press("w");
    window.see_no("nothing is saved");
    window.press("Control+z");
    window.until("one step takes the buffer back", || plan(&window)["lanes"] == before["lanes"]);
}

#[test]
fn shares_come_from_a_policy_and_from_past_sprints() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let before = planned(&window);
    window.script("document.querySelector('.plan-learned summary').click()", &[]);
    window.see("Factor");
    window.picture("story-learned");
    window.script("document.getElementById('plan-items').focus()", &[]);
    window.press("o");
    window.see("After a bad month");
    window.picture("story-shares");
    window.script("document.querySelector('[aria-label=\"Use After a bad month\"]').click()", &[]);
    window.until("the policy is used", || shares(&window) == [4000, 5000, 1000]);
    window.script("document.getElementById('plan-items').focus()", &[]);
    window.press("d");
    window.see("Shares of the capacity");
    window.click("Suggest a split from past Sprints…");
    window.see("as 3 closed Sprints went");
    window.picture("story-suggestion");
    let suggested =
        window.ask(json!({ "capacity": { "splitSuggestion": { "sprint": before["sprint"]["id"] } } }));
    let wanted: Vec<i64> = suggested["choices"][0]["shares"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| one["share"].as_i64())
        .collect();
    assert_eq!(shares(&window), [4000, 5000, 1000], "it is never applied by itself");
    window.script("document.querySelector('[aria-label^=\"Use this split\"]').click()", &[]);
    window.until("the suggested split is used", || shares(&window) == wanted);

    window.press("o");
    window.click("Keep the present shares as a policy…");
    window.write("Name", "normal");
    window.click("Keep");
    window.see("Normal is what the team usually does.");
    window.write("Name", "After the migration");
    window.click("Keep");
    window.until("it is kept", || {
        let choices =
            window.ask(json!({ "capacity": { "splitChoices": { "sprint": before["sprint"]["id"] } } }));
        choices["choices"].as_array().into_iter().flatten().any(|one| one["name"] == "After the migration")
    });
    window.see("After the migration");
    window.press("Escape");
}
