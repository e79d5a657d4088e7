//! Import of incidents in the real window: postmortems in Markdown, their timelines, and the chart of their times.

use evenkeel_tests::desktop::{Device, has_screen};
use serde_json::json;

const QUEUE: &str = "\
# 2026-10-05, The queue is full

**Severity:** P2

## Summary

Messages waited for an hour, because the workers had lost their certificates.

## Timeline

All times in UTC

### 2026-10-05 09:00 - Outage begins

The workers refuse every connection.

### 09:12 - Team alerted

### 2X:XX (nobody knows)

Somebody restarted them.

### 10:05

Service is restored, [as the graph shows](https://example.org/graph).

### 10:40

Problem is resolved.

## Action items

1. Renew certificates a month before they end.
";

const SEARCH: &str = "\
# 2026-10-12, Search finds nothing

## Timeline

All times in Europe/Zurich

### 14:00 - Problem starts

### 14:30

Back to normal.

### 15:00

The index was built again.

## What went well

The rollback took two minutes.
";

#[test]
fn postmortems_become_incidents_with_their_timelines_and_their_times_a_chart() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let files = [("2026-10-05-queue.md", QUEUE), ("2026-10-12-search.md", SEARCH)].map(|(name, text)| {
        let file = device.document(name);
        std::fs::write(&file, text).expect("a file is written");
        file
    });
    let window = device.start(&[]);
    window.resize(1400, 1000);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what the team has elsewhere");

    // Both files are one export; what they become can be seen and changed.
    device.will_pick_all(&files);
    window.click("Choose files…");
    window.see("The first rows become");
    window.see("The queue is full");
    window.see("Rows become");
    window.see("One report in which no entry says that it was resolved");
    window.picture("incident-import-mapping");

    // What cannot be read is listed with its line.
    window.click("Preview");
    window.see("This will be one step: “Import 2 incidents from Postmortems”");
    window.see("2026-10-05-queue.md, line 19");
    window.see("2X:XX (nobody knows)");
    window.picture("incident-import-preview");
    window.press("Shift+Enter");
    window.see("See the incidents");
    window.see_no("What you changed in the mapping");

    // The timeline is there, and what was to be done.
    window.click("See the incidents");
    window.see("Search finds nothing");
    let list = window.ask(json!({ "incident": { "list": {} } }));
    let rows = list["over"].as_array().expect("rows");
    let queue = rows.iter().find(|row| row["title"] == "The queue is full").expect("the incident");
    window.go(&format!("#/incidents?id={}", queue["id"].as_str().expect("an identity")));
    window.see("Renew certificates a month before they end.");
    window.see("Outage begins");
    window.picture("incident-import-page");

    // Each mark of the chart leads to its incident.
    window.go("#/charts?chart=incidentTimes");
    window.see("Median 47 min to mitigate, 90 % within 1 h 5 min, of 2 incidents");
    window.picture("incident-times");
    window.script("document.querySelector('figure.chart').focus()", &[]);
    window.press("ArrowRight");
    window.press("Enter");
    window.see("Renew certificates a month before they end.");

    // One step back takes all of it back.
    window.press("Control+Z");
    window.go("#/incidents");
    window.until("no incident is left", || !window.text().contains("The queue is full"));
}
