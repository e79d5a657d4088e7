//! Import of deployments in the real window: of a list and of a repository, seen before anything is written, one undo.

use evenkeel_tests::desktop::{Device, has_screen};
use serde_json::json;
use std::process::Command;

const LIST: &str = "\
version,deployed at,status,rollback of
2.0,2026-01-05 10:00,success,
2.1,2026-01-06 10:00,success,
2.0.1,2026-01-06 12:00,success,2.1
2.2,soon,success,
2.3,2026-01-08 10:00,green,
";

#[test]
fn deployments_of_a_list_and_of_a_repository_are_seen_mapped_and_imported() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1400, 1000);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what happened in production");

    // What cannot be taken is named; a word is given its meaning, and the row is taken.
    let list = device.document("checkout.csv");
    std::fs::write(&list, LIST).expect("a file is written");
    device.will_pick(&list);
    window.click("Deployments from a file…");
    window.see("This will be one step: “Import 3 deployments from checkout”.");
    window.see("this is not a date that can be read");
    window.see("it is not said what this stands for");
    window.see("takes back 2.1");
    window.set("green", "succeeded");
    window.see("This will be one step: “Import 4 deployments from checkout”.");
    window.set("Service", "till");
    window.see("The service till is new.");
    window.picture("import-deployments");
    let saved = device.document("not taken.csv");
    device.will_pick(&saved);
    window.click("Save what is not taken as CSV…");
    window.until("it is saved", || saved.exists());
    window.press("Shift+Enter");
    window.see("See the deployments");
    window.picture("import-deployments-done");

    // A repository is read where it lies; its tags are the deployments.
    let shop = device.document("shop");
    std::fs::create_dir_all(&shop).expect("a folder");
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]);
        let done = git.args(arguments).current_dir(&shop).env("GIT_CONFIG_GLOBAL", "/dev/null").output();
        assert!(done.expect("git is there").status.success(), "{arguments:?}");
    };
    git(&["init", "-q", "-b", "main"]);
    for name in ["one", "two"] {
        git(&["commit", "-q", "--allow-empty", "-m", name]);
        git(&["tag", &format!("v-{name}")]);
    }
    git(&["commit", "-q", "--allow-empty", "-m", "three"]);
    device.will_pick(&shop);
    window.click("A git repository…");
    window.see("This will be one step: “Import 2 deployments from git shop”.");
    window.set("Deployments are", "mainLine");
    window.see("This will be one step: “Import 3 deployments from git shop”.");
    window.click("Import the deployments");
    window.see("See the chart of delivery");
    window.click("Undo the import");
    window.see("This will be one step: “Import 3 deployments from git shop”.");

    window.go("#/charts?chart=delivery");
    window.see("Delivery");
    let asked = json!({ "chart": "delivery", "theme": "light", "width": 960, "height": 540 });
    let chart = window.ask(json!({ "flow": { "chart": asked } }));
    let rows = chart["chart"]["table"]["rows"].as_array().expect("rows").clone();
    let january = rows.iter().find(|row| row[0] == "Jan 2026");
    assert_eq!(january.map(|row| row[3].clone()), Some(json!("4")), "{rows:?}");
    window.quit();
}
