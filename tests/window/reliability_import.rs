//! Import of what tells of reliability in the real window: known by what it holds, mapped and seen before anything is
//! written, one undo.

use evenkeel_tests::desktop::{Device, has_screen};
use serde_json::json;

const CHECKS: &str = "\
checked_at,endpoint,status,code
2026-03-02T10:00:00Z,Checkout,up,200
2026-03-02T10:00:05Z,Docs (old),up,200
2026-03-02T10:05:00Z,Checkout,down,500
2026-03-02T10:05:05Z,Docs,up,200
2026-03-02T10:10:00Z,Checkout,up,200
2026-03-02T10:15:00Z,Checkout,shaky,200
soon,Checkout,up,200
";

const LOAD_BALANCER: &str = "\
---
title: Load balancer
date: 2026-03-02T12:00:00Z
severity: major-outage
affectedSystems: [checkout]
resolved: true
---
<Update date=\"2026-03-02T12:30:00Z\">Back.</Update>
";

const OVER: &str = "\
---
title: Certificates
date: 2026-03-03T12:00:00Z
severity: partial-outage
affectedSystems: [checkout]
resolved: true
---
";

const OBJECTIVES: &str = "\
version: prometheus/v1
service: checkout
slos:
  - {name: answers, objective: 99.9}
";

#[test]
fn checks_notices_and_objectives_are_seen_mapped_and_imported() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1280, 1000);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what happened in production");

    // A log of checks is known by itself; a renamed endpoint is one service, and an unknown state is asked.
    let log = device.document("checks.csv");
    std::fs::write(&log, CHECKS).expect("a file is written");
    device.will_pick(&log);
    window.click("Choose files…");
    window.see("This will be one step: “Import 5 checks of 3 services from checks”.");
    window.see("this is not a date that can be read");
    window.see("it is not said what this state stands for");
    window.set("shaky", "degraded");
    window.see("This will be one step: “Import 6 checks of 3 services from checks”.");
    window.write("Docs (old)", "Docs");
    window.press("Tab");
    window.see("This will be one step: “Import 6 checks of 2 services from checks”.");
    window.picture("import-checks");
    window.click("Import the checks");
    window.see("See the reliability");
    window.picture("import-checks-done");
    window.click("Undo the import");
    window.see("This will be one step: “Import 6 checks of 2 services from checks”.");
    window.click("Import the checks");
    window.see("See the reliability");

    // A page whose notice does not say when it ended asks for it; without it that notice is not taken.
    let pages = [("lb.md", LOAD_BALANCER), ("certificates.md", OVER)].map(|(name, text)| {
        let file = device.document(name);
        std::fs::write(&file, text).expect("a file is written");
        file
    });
    device.will_pick_all(&pages);
    window.click("Another file…");
    window.see("This will be one step: “Import 1 outage from status page”.");
    window.see("When did they end?");
    window.picture("import-outages");
    let saved = device.document("not taken.csv");
    device.will_pick(&saved);
    window.click("Save what is not taken as CSV…");
    window.until("it is saved", || saved.exists());
    window.write("Certificates, 2026-03-03 13:00", "2026-03-03 14:00");
    window.press("Tab");
    window.see("This will be one step: “Import 2 outages from status page”.");
    window.click("Import the outages");
    window.see("See the reliability");

    let specs = device.document("slos.yaml");
    std::fs::write(&specs, OBJECTIVES).expect("a file is written");
    device.will_pick(&specs);
    window.click("Another file…");
    window.see("This will be one step: “Import 1 objective from Sloth”.");
    window.picture("import-objectives");
    window.click("Import the objectives");
    window.see("See the reliability");

    // The same again is nothing new.
    device.will_pick(&specs);
    window.click("Another file…");
    window.see("The team has all of it.");
    window.click("Import something else");
    window.see("Bring in what happened in production");
    let services = window.ask(json!({ "reliability": { "services": {} } }));
    let names: Vec<&str> =
        services.as_array().expect("services").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(names, ["Checkout", "Docs"]);
    window.close();
}
