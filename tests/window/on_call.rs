//! On call in the real window: a rotation is set up, leave is answered, turns change hands, and the rota leaves as a file.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::{Value, json};

fn board(window: &Window) -> Value {
    window.ask(json!({ "onCall": { "board": {} } }))
}

/// Who has the turns of the first level in the weeks that are shown.
fn turns(window: &Window) -> Vec<String> {
    let bars = board(window)["levels"][0]["shifts"].clone();
    bars.as_array()
        .into_iter()
        .flatten()
        .map(|bar| bar["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// Puts the focus on a turn, from 0.
fn focus_turn(window: &Window, at: usize) {
    window
        .script("document.querySelectorAll('.on-call-bar:not(.is-gap)')[arguments[0]].focus()", &[json!(at)]);
}

#[test]
fn a_rotation_is_set_up_leave_is_answered_and_turns_change_hands() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 800);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/oncall");
    window.see("Nobody belongs to the team yet");
    let mut members = Vec::new();
    for name in ["Ana", "Bo", "Chidi <b>C</b>"] {
        let member = json!({ "team": { "addMember": { "name": name, "hours": "6" } } });
        members.push(window.run(member)["created"][0].clone());
    }
    window.see("Nobody takes turns on call yet");
    window.picture("story-on-call-nobody");

    // Everybody takes a week, from next Monday on; the form needs nothing but a yes.
    window.press("n");
    window.see("Who takes turns, in order");
    window.write("A turn lasts", "0");
    window.click("Set up");
    window.see("A turn lasts from an hour to ten years.");
    window.picture("story-on-call-refused");
    window.write("A turn lasts", "1");
    window.click("Set up");
    window.see("Nobody is on call");
    window.see("Ana begins on Mon");
    window.until("three turns are shown", || turns(&window) == ["Ana", "Bo", "Chidi <b>C</b>"]);
    assert_eq!(window.script("return document.querySelectorAll('main b b, .on-call-bar b').length", &[]), 0);

    // Leave is a warning, and one press answers it.
    let second = board(&window)["levels"][0]["shifts"][1]["from"].as_i64().expect("a moment");
    let day = window
        .script("return new Date(arguments[0] + 2 * 86400000).toISOString().slice(0, 10)", &[json!(second)]);
    let absence = json!({ "member": members[1], "firstDay": day, "lastDay": day });
    window.run(json!({ "capacity": { "addAbsence": absence } }));
    window.see("Bo is on call (Primary) and away");
    window.picture("story-on-call-warning");
    window.click("Ana stands in");
    window.see_no("Bo is on call (Primary) and away");
    window.until("Ana has a part of Bo's week", || {
        turns(&window) == ["Ana", "Bo", "Ana", "Bo", "Chidi <b>C</b>"]
    });
    window.see("Ana stands in for Bo");

    // A turn is reached with the keys, and swapped with another one.
    focus_turn(&window, 0);
    window.press("ArrowRight");
    window.until("the next turn has the focus", || {
        window
            .script("return document.activeElement.getAttribute('aria-label') ?? ''", &[])
            .as_str()
            .is_some_and(|label| label.starts_with("Bo, Primary"))
    });
    window.press("ArrowLeft");
    window.press("Enter");
    window.see("Swap Ana’s turn…");
    window.click("Swap Ana’s turn…");
    window.see("With");
    window.picture("story-on-call-swap");
    window.click("Swap");
    window.until("they have swapped", || turns(&window)[0] == "Bo");
    window.press("Control+z");
    window.until("one step takes it back", || turns(&window)[0] == "Ana");

    // A fair rota says why, and is one step.
    window.press("p");
    window.see("Turns of which people agreed on something stay as they are.");
    window.see("Agreed; it stays.");
    window.picture("story-on-call-rota");
    window.click("Give out these turns");
    window.see("Give out 12 turns of Weekly");

    // What the next should watch is written and kept.
    window.press("h");
    window.see("What the next should watch");
    window.write("What the next should watch", "The queue of <i>payouts</i>");
    window.click("Add to the note");
    window.see("The queue of <i>payouts</i>");
    window.picture("story-on-call-handover");
    window.press("Escape");

    // The rota leaves as a calendar, and comes back as one without changing anything.
    let file = device.document("rota.ics");
    device.will_pick(&file);
    window.press("s");
    window.see("Whose shifts");
    window.click("Save…");
    window.until("the file is there", || file.exists());
    let text = std::fs::read_to_string(&file).expect("the calendar is read");
    assert!(text.contains("SUMMARY:Ana on call (Primary)"), "{text}");
    let shifts = device.document("shifts.csv");
    std::fs::write(
        &shifts,
        "from,to,who\n2020-03-02,2020-03-08,Ana\n2020-03-09,2020-03-15,Zoe\n2020-03-16,2020-03-10,Bo\n",
    )
    .expect("a file is written");
    device.will_pick(&shifts);
    window.press("i");
    window.see("1 shift would be stored; 1 of people who are left out.");
    window.see("it ends before it begins");
    window.set("Who Zoe is", "+");
    window.see("2 shifts would be stored");
    window.picture("story-on-call-import");
    window.click("Import");
    window.see("Import 2 shifts and 1 person");
    let then = window.ask(json!({ "onCall": { "now": { "written": "2020-03-10 12:00" } } }));
    assert_eq!(then[0]["name"], "Zoe");
    window.picture("story-on-call");
}
