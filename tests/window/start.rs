//! Starting the program, opening and closing teams.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::json;
use std::path::Path;

/// Makes a team as a person does.
pub fn new_team(device: &Device, window: &Window, name: &str) -> std::path::PathBuf {
    let file = device.document(&format!("{}.evenkeel", name.replace(['<', '>', '/', '"', '='], "")));
    device.will_pick(&file);
    window.click("New team…");
    window.write("Name of the team", name);
    window.click("Choose where to keep it…");
    window.until("the frame bears the team's name", || window.titles() == [format!("{name} — Evenkeel")]);
    shows_the_team(window);
    file
}

/// Waits for the page of a team that was opened: the frame may be quicker, and an address that is set before is passed over.
pub fn shows_the_team(window: &Window) {
    let shown = "return document.querySelector('.side a') !== null && document.querySelector('dialog[open]') === null";
    window.until("the page shows the team", || window.script(shown, &[]) == true);
}

fn beside(file: &Path) -> Vec<String> {
    let folder = std::fs::read_dir(file.parent().expect("a folder")).expect("it can be read");
    let mut names: Vec<_> =
        folder.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_new_team_is_one_file_and_is_there_after_a_restart() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.see("Explore a sample team");
    window.until("the frame bears the program's name", || window.titles() == ["Evenkeel"]);
    let file = new_team(&device, &window, "Payments");
    window.run(json!({ "team": { "rename": { "name": "Payments and refunds" } } }));
    window.until("the new name is on the frame", || window.titles() == ["Payments and refunds — Evenkeel"]);
    window.quit();
    assert_eq!(beside(&file), ["Payments.evenkeel"], "a closed team is one file");

    let window = device.start(&[]);
    window.click("Payments and refunds");
    window.until("the team is open", || window.titles() == ["Payments and refunds — Evenkeel"]);
    let undo = window.ask(json!({ "journal": { "undoState": {} } }));
    assert_eq!(undo["undo"], "Rename team to Payments and refunds");
    window.quit();
}

#[test]
fn a_dialog_that_is_closed_changes_nothing() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    device.will_pick_nothing();
    window.click("Open a team file…");
    window.see("Explore a sample team");
    assert_eq!(window.titles(), ["Evenkeel"]);
}

#[test]
fn a_file_named_at_the_start_is_open_at_once() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let file = new_team(&device, &window, "Payments");
    window.quit();
    let window = device.start(&[file.to_str().expect("a plain path")]);
    window.until("the team is open", || window.titles() == ["Payments — Evenkeel"]);
}

#[test]
fn a_foreign_file_named_at_the_start_is_refused_in_words_and_left_as_it_was() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let file = device.document("notes.evenkeel");
    std::fs::write(&file, "not a team at all").expect("a foreign file");
    let window = device.start(&[file.to_str().expect("a plain path")]);
    window.see("notes.evenkeel is not a team file of Evenkeel.");
    window.see("Explore a sample team");
    assert_eq!(std::fs::read_to_string(&file).expect("it is there"), "not a team at all");
    assert_eq!(beside(&file), ["notes.evenkeel"]);
}

#[test]
fn a_second_start_opens_its_file_in_the_program_that_runs() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let first = new_team(&device, &window, "Payments");
    let second = device.document("Ledger.evenkeel");
    window.host(json!({ "closeTeam": {} }));
    std::fs::copy(&first, &second).expect("a second team");
    window.host(json!({ "openRecent": { "handle": window.host(json!({ "recent": {} }))[0]["handle"] } }));
    window.until("the first team is open", || window.titles() == ["Payments — Evenkeel"]);

    let ended = device.start_again(&second);
    assert!(ended.success(), "the second start hands over and ends: {ended}");
    window.until("the second file has a window", || {
        window.titles() == ["Payments — Evenkeel", "Payments — Evenkeel"]
    });

    // The same file again comes to the front and is not opened twice.
    let ended = device.start_again(&second);
    assert!(ended.success());
    window.until("there are two windows still", || window.titles().len() == 2);
}

#[test]
fn a_change_by_a_script_is_seen_by_the_window() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let file = new_team(&device, &window, "Payments");
    let mut team = app::Team::open(&file, &app::Access::Script).expect("a script opens it beside the window");
    let command = app::parse_command(r#"{ "team": { "rename": { "name": "Renamed by a script" } } }"#)
        .expect("a command");
    let context = app::Context::new(app::Instant::from_millis(1_795_000_000_000), 7, "script", "");
    app::run(&mut team, command, &context).expect("the script renames");
    drop(team);
    window.see("Renamed by a script");
    window.until("the frame follows", || window.titles() == ["Renamed by a script — Evenkeel"]);
}

#[test]
fn a_sample_is_made_in_the_documents_and_each_time_a_new_one() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.click("Explore a sample team");
    window.until("the sample is open", || window.titles() == ["Payments — Evenkeel"]);
    let file = device.document("Sample team.evenkeel");
    assert!(file.is_file());
    window.host(json!({ "closeTeam": {} }));
    window.see("Explore a sample team");
    window.click("Explore a sample team");
    window.until("another sample is open", || device.document("Sample team 2.evenkeel").is_file());
    assert!(file.is_file());
}

#[test]
fn what_is_asked_for_twice_at_once_is_done_once() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    let twice = |request: serde_json::Value| {
        let script = "window.both = null;
            const ask = () => window.__TAURI__.core.invoke('host', { request: arguments[0] });
            Promise.all([ask(), ask()]).then((both) => window.both = both, (error) => window.both = error.message);";
        window.script(script, &[request]);
        window.until("both are answered", || !window.script("return window.both", &[]).is_null());
        window.script("return window.both", &[])
    };
    let here = json!({ "name": "Payments", "here": true });
    assert_eq!(twice(json!({ "exploreSample": {} })), json!([here, here]));
    assert!(device.document("Sample team.evenkeel").is_file());
    assert!(!device.document("Sample team 2.evenkeel").exists(), "one sample");
    assert_eq!(window.windows(), 1);

    window.host(json!({ "closeTeam": {} }));
    let handle = window.host(json!({ "recent": {} }))[0]["handle"].clone();
    assert_eq!(twice(json!({ "openRecent": { "handle": handle } })), json!([here, here]));
    assert_eq!(window.windows(), 1);
}

#[test]
fn damage_inside_a_file_is_told_and_a_copy_is_opened_beside_it() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let file = device.document("Payments.evenkeel");
    let window = device.start(&[]);
    window.host(json!({ "exploreSample": {} }));
    window.until("the sample is open", || window.titles() == ["Payments — Evenkeel"]);
    window.host(json!({ "closeTeam": {} }));
    std::fs::rename(device.document("Sample team.evenkeel"), &file).expect("it is moved");
    let whole = std::fs::read(&file).expect("the file");
    let middle = whole.len() / 4096 / 2 * 4096;
    let mut bytes = whole.clone();
    bytes[middle..middle + 4096].fill(0xEE);
    std::fs::write(&file, &bytes).expect("damage");
    window.quit();

    // It opens without a word, and is looked through while it is open.
    let window = device.start(&[file.to_str().expect("a plain path")]);
    window.see("Payments.evenkeel is damaged.");
    window.see("this device has no copy of it");
    window.see("read only");
    let rename = json!({ "command": { "team": { "rename": { "name": "Ledger" } } }, "token": "1" });
    let script = "window.said = null; window.__TAURI__.core.invoke('run', arguments[0]).then(() => window.said = 'written', (error) => window.said = error.kind)";
    window.script(script, &[rename]);
    window.until("a command is refused", || window.script("return window.said", &[]) == "damaged");

    // As if the program had kept a copy the day before.
    let copies = device.copies_of(&file);
    std::fs::create_dir_all(&copies).expect("a folder for copies");
    std::fs::write(copies.join("Payments 2026-11-22.evenkeel"), &whole).expect("a copy");
    window.script("import(new URL('host.js', location.origin)).then((door) => door.refresh())", &[]);
    window.see("the newest is “Payments 2026-11-22.evenkeel”");
    window.picture("damaged");
    let offered = "return [...document.querySelectorAll('.damage button')].map((one) => one.textContent)[0]";
    let offered = window.script(offered, &[]);
    let offered = offered.as_str().expect("a copy is offered");
    assert!(offered.starts_with("Open the copy of ") && offered.contains(':'), "{offered}");
    window.click(offered);
    window.see_no("is damaged.");
    window.see_no("read only");
    window.run(json!({ "team": { "rename": { "name": "Ledger" } } }));
    window.until("the copy is written to", || window.titles() == ["Ledger — Evenkeel"]);
    window.quit();
    assert!(std::fs::read(&file).expect("it is there") == bytes, "the damaged file is as it was");
    assert_eq!(beside(&file), ["Payments 2026-11-22.evenkeel", "Payments.evenkeel"]);

    // A file that cannot even be opened is told of in a window without a team.
    std::fs::write(&file, &whole[..whole.len() / 2]).expect("more damage");
    let window = device.start(&[file.to_str().expect("a plain path")]);
    window.see("Payments.evenkeel is damaged.");
    window.see("Explore a sample team");
    window.picture("damaged-refused");
    window.click(offered);
    window.until("the copy is open", || window.titles() == ["Payments — Evenkeel"]);
    assert!(device.document("Payments 2026-11-22 2.evenkeel").is_file());
}
