//! The charts in the real window: what they say at a point, what stands behind it, as of a past moment, for a room.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::json;

/// A window with the sample team, at the charts.
fn opened(device: &Device) -> Window<'_> {
    let window = device.start(&[]);
    window.host(json!({ "exploreSample": {} }));
    window.until("the team is open", || window.host(json!({ "windowInfo": {} }))["team"].is_string());
    window.go("#/charts");
    window.until("the chart is drawn", || title(&window).starts_with("Sprint 43: "));
    window
}

fn title(window: &Window<'_>) -> String {
    let script = "return document.querySelector('#chart svg title')?.textContent ?? ''";
    window.script(script, &[]).as_str().unwrap_or_default().to_owned()
}

/// What the chart says at the point that is shown.
fn said(window: &Window<'_>) -> String {
    let script = "return document.querySelector('#chart .chart-says')?.textContent ?? ''";
    window.script(script, &[]).as_str().unwrap_or_default().to_owned()
}

fn hash(window: &Window<'_>) -> String {
    window.script("return location.hash", &[]).as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_number_explains_itself_by_the_keyboard_and_by_a_click() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = opened(&device);
    window.script("document.querySelector('#chart figure').focus()", &[]);
    window.press("Home");
    window.until("the first point is read", || said(&window).starts_with("Start: "));
    window.press("Enter");
    window.see("Sprint 43: committed at its start");
    window.picture("charts-behind");
    window.press("Escape");
    window.see_no("Sprint 43: committed at its start");
    window.press("ArrowRight");
    window.until("the next point is read", || {
        !said(&window).starts_with("Start: ") && !said(&window).is_empty()
    });

    // A label of the picture is as good as its point.
    let script = "
        const label = [...document.querySelectorAll('#chart svg text')].find((one) => / · /.test(one.textContent));
        const box = label.getBoundingClientRect();
        const at = { bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
        label.dispatchEvent(new PointerEvent('pointermove', at));
        label.dispatchEvent(new MouseEvent('click', at));
        return label.textContent;";
    let label = window.script(script, &[]).as_str().unwrap_or_default().to_owned();
    window.see(" in Sprint 43");
    let words = label.split(['…', '·']).next().unwrap_or_default().trim().to_owned();
    assert!(said(&window).contains(&words), "{label}: {}", said(&window));

    // A row leads on to its item.
    window.script("document.querySelector('dialog[open] .cell-button').click()", &[]);
    window.until("the item is shown", || hash(&window).starts_with("#/item?id="));
}

#[test]
fn what_is_shown_is_chosen_kept_and_filled_by_keys() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = opened(&device);
    window.until("points are counted", || title(&window).contains(" point"));
    window.press("u");
    window.until("items are counted", || title(&window).contains(" item"));
    window.press("u");
    window.until("points are counted again", || title(&window).contains(" point"));

    for (keys, name) in [("s", "kept.svg"), ("Shift+s", "kept.png"), ("Alt+s", "kept.csv")] {
        let file = device.document(name);
        device.will_pick(&file);
        window.press(keys);
        window.until("it is kept", || file.is_file());
    }
    let csv = std::fs::read_to_string(device.document("kept.csv")).expect("the table");
    assert!(csv.starts_with("\u{feff}Day,Remaining (points),"), "{csv}");

    // A text that is no moment is refused where it was typed, and teaches.
    let now = title(&window);
    window.write("As of", "yesterday");
    window.press("Enter");
    window.see("“yesterday” is not a moment. Write a day, such as 2026-11-20, or a day and a time: 2026-11-20 14:30.");
    window.write("As of", "2020-01-01");
    window.press("Enter");
    window.until("the Sprint was at its start then", || {
        !title(&window).is_empty() && title(&window) != now && !window.text().contains("is not a moment")
    });
    window.focus("As of");
    for keys in ["Control+a", "Backspace", "Enter"] {
        window.press(keys);
    }
    window.until("it is now again", || title(&window) == now);

    window.script("document.querySelector('h1').focus()", &[]);
    window.press("f");
    window.until("the chart fills the window", || {
        let script = "const svg = document.querySelector('#chart svg')?.getBoundingClientRect();
            return svg && Math.abs(svg.width - innerWidth) < 2 && Math.abs(svg.height - innerHeight) < 2;";
        window.script(script, &[]) == true
    });
    window.picture("charts-filled");
    window.press("Escape");
    window.see("Plan");
    window.quit();
}
