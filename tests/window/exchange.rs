//! Import in the real window: what is proposed can be changed, what is not taken can be saved, what differs is asked.

use evenkeel_tests::desktop::{Device, Window, has_screen};
use serde_json::json;

const EXPORT: &str = "\
Issue key,Summary,Issue Type,Status,Priority,Story Points,Created,Resolved,Reviewer
PAY-7,Refund a <b>card</b> payment,Story,To Do,Medium,5,02/Sep/26 9:00 AM,,Ana
PAY-8,Total is wrong,Bug,Done,Highest,3,03/Sep/26 9:00 AM,10/Sep/26 4:00 PM,Ben
PAY-9,Rotate the certificates,Chore,Waiting for Ops,,many,04/Sep/26 9:00 AM,,
PAY-10,,Story,To Do,,1,05/Sep/26 9:00 AM,,
";

fn choose(device: &Device, window: &Window, name: &str, text: &str, button: &str) {
    let file = device.document(name);
    std::fs::write(&file, text).expect("a file is written");
    device.will_pick(&file);
    window.click(button);
    window.see(&format!("Import {name}"));
    window.see("The first rows become");
}

#[test]
fn a_file_is_mapped_previewed_imported_and_merged_with_what_the_team_changed() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1400, 1000);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what the team has elsewhere");

    // What is not known is said, and can be changed; what is no title stays in the list.
    choose(&device, &window, "pay.csv", EXPORT, "Choose files…");
    window.see("The status “Waiting for Ops” is not known here");
    window.see("Refund a <b>card</b> payment");
    window.picture("import-mapping");
    window.set("Waiting for Ops", &state(&window, "In progress"));
    window.until("the first rows are read anew", || window.text().contains("State In progress"));
    window.click("Preview");
    window.see("This will be one step: “Import 3 items from Jira");
    window.see("there is no title");
    window.see("“many” is not a size");
    window.see("1 column not imported");
    window.picture("import-preview");

    let saved = device.document("not taken.csv");
    device.will_pick(&saved);
    window.click("Save what is not taken as CSV…");
    window.until("it is saved", || saved.exists());
    let text = std::fs::read_to_string(&saved).expect("the saved file");
    assert!(text.contains("5,Summary,,there is no title"), "{text}");

    window.press("Shift+Enter");
    window.see("See the Product Backlog");
    window.picture("import-done");

    // The team changes a size, the tracker too: a newer file is asked about, and ours is kept.
    let rows = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 9 } } }));
    let item =
        rows["rows"].as_array().expect("rows").iter().find(|row| row["size"] == 500).expect("the sized item");
    window.run(json!({ "backlog": { "size": { "items": [item["id"]], "size": 800 } } }));
    let newer = EXPORT.replace(",5,02/Sep", ",13,02/Sep");
    choose(&device, &window, "newer.csv", &newer, "Another file…");
    window.set("Waiting for Ops", &state(&window, "In progress"));
    window.until("the first rows are read anew", || window.text().contains("State In progress"));
    window.click("Preview");
    window.see("Changed both here and there");
    window.press("Shift+Enter");
    window.see("Decide for each whose value holds, or for all at once.");
    window.picture("import-conflict");
    window.set("All others", "here");
    window.click("Import the file");
    window.see("See the Product Backlog");
    let rows = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 9 } } }));
    let sizes: Vec<_> =
        rows["rows"].as_array().expect("rows").iter().map(|row| row["size"].clone()).collect();
    assert!(sizes.contains(&json!(800)) && !sizes.contains(&json!(1300)), "{sizes:?}");
    window.quit();
}

/// The identity of a state of the team.
fn state(window: &Window, name: &str) -> String {
    let script = "return [...document.querySelectorAll('.import-value option')].find((one) => one.textContent === arguments[0]).value";
    window.script(script, &[json!(name)]).as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_list_without_a_tracker_is_named_after_its_file_and_its_columns_keep_their_choices() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what the team has elsewhere");
    let list = "Title,Team,Component,Points\nReceipts,Blue,Cards,3\nLimits,Red,Web,5\n";
    choose(&device, &window, "wishes of sales.csv", list, "Choose files…");
    window.until("its name is where it comes from", || window.value("Comes from") == "wishes of sales");

    // The chosen column moves up, and each row still shows its own choice.
    window.set("Component becomes", "labels");
    window.until("the first rows are read anew", || window.text().contains("Labels Cards"));
    let shown = "return [...document.querySelectorAll('select[id^=\"column-\"]')].map((one) => `${one.id.slice(7)}: ${one.value}`).sort()";
    let choices = window.script(shown, &[]);
    assert!(choices.as_array().is_some_and(|all| all.contains(&json!("Component: labels"))), "{choices}");
    assert!(choices.as_array().is_some_and(|all| all.contains(&json!("Team: ignore"))), "{choices}");

    // A preview that was left is made anew for who comes back to it.
    window.click("Preview");
    window.see("This will be one step: “Import 2 items from wishes of sales");
    window.go("#/backlog");
    window.see("The Product Backlog is empty");
    window.run(json!({ "backlog": { "addItem": { "title": "Another" } } }));
    window.go("#/import");
    window.see("This will be one step: “Import 2 items from wishes of sales");
    window.see("The first of the new items");
    window.press("Shift+Enter");
    window.see("See the Product Backlog");

    // What was taken back is not claimed any more.
    window.press("Control+z");
    window.see("This will be one step: “Import 2 items from wishes of sales");
    window.see_no("See the Product Backlog");
    window.press("Shift+Enter");
    window.see("See the Product Backlog");
    window.click("See the Product Backlog");
    window.see("Receipts");
}

#[test]
fn a_mapping_changed_by_hand_is_proposed_the_next_time_and_can_be_proposed_anew() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what the team has elsewhere");
    choose(&device, &window, "pay.csv", EXPORT, "Choose files…");
    window.set("Reviewer becomes", "labels");
    window.until("the first rows are read anew", || window.text().contains("Labels Ana"));
    window.see_no("Proposed as you mapped it");
    window.click("Preview");
    window.see("This will be one step");
    window.press("Shift+Enter");
    window.see("What you changed in the mapping is kept for the next such file.");

    choose(&device, &window, "newer.csv", &EXPORT.replace("PAY-", "NEW-"), "Another file…");
    window.see("Proposed as you mapped it on");
    window.until("the choice is proposed", || window.value("Reviewer becomes") == "labels");
    window.click("Propose the mapping anew");
    window.until("the file's own proposal is back", || window.value("Reviewer becomes") == "ignore");
    window.see_no("Proposed as you mapped it");
    // What was forgotten is a step like all others.
    window.press("Control+z");
    let look = json!({ "journal": { "undoState": {} } });
    window.until("it is undone", || {
        window.ask(look.clone())["redo"].as_str().is_some_and(|t| t.contains("mapping"))
    });
    choose(&device, &window, "third.csv", EXPORT, "Another file…");
    window.see("Proposed as you mapped it on");
}

#[test]
fn several_files_are_one_step_and_what_the_team_has_is_saved_again() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1400, 1000);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what the team has elsewhere");
    let files = [
        ("jira.csv", EXPORT),
        ("issues.json", r#"[{"number": 7, "title": "Down", "state": "OPEN", "labels": [{"name": "bug"}]}]"#),
        ("weather.json", r#"{"weather": "fine"}"#),
    ];
    let paths: Vec<_> = files
        .iter()
        .map(|(name, text)| {
            let path = device.document(name);
            std::fs::write(&path, text).expect("a file is written");
            path
        })
        .collect();
    device.will_pick_all(&paths);
    window.click("Choose files…");
    window.see("Import 3 files");
    window.see("This is JSON, but of no tracker that is known.");
    window.see("The first rows become");
    window.see("Refund a <b>card</b> payment");
    window.set("Shown below", "1");
    window.see("Down");
    window.picture("import-several");
    window.click("Preview");
    window.see("All files will be one step: “Import 4 items from 2 exports”.");
    window.see("3 new · 0 changed · 0 as they are");
    window.see("1 new · 0 changed · 0 as they are");
    window.picture("import-several-preview");
    window.press("Shift+Enter");
    window.see("issues.json: Import 1 item from GitHub.");
    window.click("See the Product Backlog");
    window.see("Refund a <b>card</b> payment");
    window.see("Down");

    // What goes out as CSV comes back without a change.
    window.go("#/import");
    let saved = device.document("backlog.csv");
    device.will_pick(&saved);
    window.press("e");
    window.see("Begin with a byte-order mark");
    window.picture("export");
    window.click("Save as…");
    window.until("it is saved", || saved.exists());
    let text = std::fs::read_to_string(&saved).expect("the saved file");
    assert!(text.starts_with("Label,Title,Kind,") && text.lines().count() == 5, "{text}");
    device.will_pick(&saved);
    window.click("Another file…");
    window.see("Import backlog.csv");
    window.see("The first rows become");
    window.click("Preview");
    window.see("This will be one step");
    let figures = window.text();
    assert!(figures.contains("4\nas they are"), "{figures}");

    // What has to be decided is shown, in whichever of the files it is.
    let rows = window.ask(json!({ "backlog": { "window": { "from": 0, "limit": 9 } } }));
    let sized =
        rows["rows"].as_array().expect("rows").iter().find(|row| row["size"] == 500).expect("an item");
    window.run(json!({ "backlog": { "size": { "items": [sized["id"]], "size": 800 } } }));
    std::fs::write(&paths[0], EXPORT.replace(",5,02/Sep", ",13,02/Sep")).expect("a newer file");
    device.will_pick_all(&paths);
    window.click("Another file…");
    window.see("Import 3 files");
    window.see("The first rows become");
    window.set("Shown below", "1");
    window.click("Preview");
    window.see("1 to decide");
    window.see_no("Changed both here and there");
    window.click("Import the files");
    window.see("Changed both here and there");
    window.see("Decide for each whose value holds, or for all at once.");
    window.set("All others", "there");
    window.click("Import the files");
    window.see("See the Product Backlog");
    window.press("Control+z");
    window.until("the newer size is gone", || {
        window.ask(json!({ "journal": { "undoState": {} } }))["redo"] == "Update 1 item from 2 exports"
    });
    window.press("Control+z");

    // One undo takes both files back.
    window.press("Control+z");
    let overview = json!({ "backlog": { "window": { "from": 0, "limit": 9 } } });
    window.until("all is gone", || window.ask(overview.clone())["total"] == 0);
}

#[test]
fn a_folder_is_previewed_as_a_whole_and_taken_back_as_a_whole() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1400, 1000);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what the team has elsewhere");
    let folder = device.document("exports");
    std::fs::create_dir(&folder).expect("a folder");
    device.will_pick(&folder);
    window.click("A folder…");
    window.see("exports holds no file that could be an export.");

    let later = EXPORT.replace("Total is wrong", "The total is wrong").replace("PAY-9,", "PAY-11,");
    let files =
        [("1 first.csv", EXPORT), ("2 later.csv", &later), ("notes.txt", "Dear all"), ("logo.png", "")];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("a file is written");
    }
    window.press("f");
    window.see("Import exports");
    window.see("3 files");
    window.see("1 first.csv");
    window.see_no("logo.png");
    window.see("The first rows become");
    window.click("Preview");
    window.see("All files will be one step: “Import 4 items from 2 exports”.");
    window.see("All files together");
    window.see("3 new · 0 changed · 0 as they are");
    window.see("1 new · 1 changed · 1 as they are");
    window.picture("import-folder-preview");
    let saved = device.document("not taken.csv");
    device.will_pick(&saved);
    window.click("Save what is not taken as CSV…");
    window.until("it is saved", || saved.exists());
    let text = std::fs::read_to_string(&saved).expect("the saved file");
    assert!(text.contains("1 first.csv,5,Summary,,there is no title"), "{text}");
    assert!(text.contains("2 later.csv,5,Summary,,there is no title"), "{text}");
    window.click("Import the files");
    window.see("2 later.csv: Import 1 item and update 1 from Jira.");
    window.picture("import-folder-done");
    let overview = json!({ "backlog": { "window": { "from": 0, "limit": 9 } } });
    assert_eq!(window.ask(overview.clone())["total"], 3, "one of the four is done");
    window.click("Undo the import");
    window.until("all is gone", || window.ask(overview.clone())["total"] == 0);
    window.see("All files will be one step");
    window.see_no("Undo the import");
}

/// An answer of Jira: one closed Sprint, two issues, one of them done in it.
fn answer() -> String {
    let sprint = json!({ "id": 7, "name": "Sprint 7", "state": "closed", "boardId": 1, "goal": "Refunds",
        "startDate": "2026-01-05T08:00:00.000Z", "endDate": "2026-01-16T17:00:00.000Z",
        "completeDate": "2026-01-16T15:00:00.000Z" });
    let change = |at: &str, field: &str, from: &str, to: &str| {
        json!({ "id": at, "created": at, "items": [
            { "field": field, "from": from, "fromString": from, "to": to, "toString": to }] })
    };
    let issue = |number: u32, title: &str, points: f64, done: bool| {
        let (status, category) = if done { ("Done", "done") } else { ("To Do", "new") };
        let mut histories = vec![change("2026-01-03T10:00:00.000+0000", "Sprint", "", "7")];
        if done {
            histories.push(change("2026-01-08T10:00:00.000+0000", "status", "To Do", "Done"));
        }
        json!({ "id": number.to_string(), "key": format!("PAY-{number}"), "fields": {
            "summary": title, "issuetype": { "name": "Story" },
            "status": { "id": status, "name": status, "statusCategory": { "key": category } },
            "created": "2026-01-02T08:00:00.000+0000", "customfield_1": points, "customfield_2": [sprint] },
            "changelog": { "total": histories.len(), "histories": histories } })
    };
    let issues = [issue(1, "Refund a card payment", 5.0, true), issue(2, "Show the receipt", 3.0, false)];
    json!({ "names": { "customfield_1": "Story Points" }, "issues": issues }).to_string()
}

#[test]
fn an_answer_of_jira_brings_its_closed_sprint_along_with_a_burn_down() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1400, 1000);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what the team has elsewhere");
    choose(&device, &window, "answer.json", &answer(), "Choose files…");
    window.see("Record");
    window.click("Preview");
    window.see("“Import 2 items from Jira with one past Sprint”");
    window.see("Sprints of the past");
    window.picture("import-jira-answer");
    window.press("Shift+Enter");
    window.see("See the Product Backlog");
    window.go("#/sprints");
    window.see("Sprint 7");
    window.picture("import-past-sprint");
    window.go("#/charts");
    window.see("Sprint 7");
    window.picture("import-past-burn-down");
}

#[test]
fn a_list_of_production_issues_becomes_interrupts_with_a_rate_and_without_hours() {
    if !has_screen() {
        return;
    }
    let device = Device::new();
    let window = device.start(&[]);
    window.resize(1400, 1000);
    crate::start::new_team(&device, &window, "Payments");
    window.go("#/import");
    window.see("Bring in what the team has elsewhere");
    // Three a week for nine weeks, and what is no production issue; nothing says how long any of them took.
    let first = domain::calendar::Day::parse("2026-01-05").expect("a day");
    let mut list = "resolved,type\n".to_owned();
    for n in 0..27 {
        let day = first.plus(7 * (n / 3) + n % 3);
        list.push_str(&format!("{day} 10:00:00,PS\n"));
        if n % 2 == 0 {
            list.push_str(&format!("{day} 11:00:00,DEV\n"));
        }
    }
    choose(&device, &window, "issues.csv", &list, "Choose files…");
    window.set("Rows become", "interrupts");
    window.see("No column is the title: each is called “Interrupt”.");
    window.see("not when they came nor how long they took: a rate only.");
    window.write("Each is called", "Production issue");
    window.set("Only the rows that hold certain values in", "type");
    window.see("0 of 41 rows are taken");
    window.script("document.getElementById('only-0').click()", &[]);
    window.see("27 of 41 rows are taken");
    window.until("the name is theirs", || window.text().contains("each is called “Production issue”"));
    for theme in ["dark", "projector", "light"] {
        window.host(json!({ "setTheme": { "theme": theme } }));
        window.picture(&format!("import-interrupts-mapping-{theme}"));
    }
    window.click("Preview");
    window.see("This will be one step: “Import 27 interrupts from issues”.");
    window.see("27 belong to no Sprint: none ran on their days.");
    window.see("The first of the new interrupts");
    window.see("left out");
    for theme in ["dark", "projector", "light"] {
        window.host(json!({ "setTheme": { "theme": theme } }));
        window.picture(&format!("import-interrupts-preview-{theme}"));
    }
    window.press("Shift+Enter");
    window.see("See the interrupts");
    window.click("See the interrupts");
    window.see("1 to 27 of 27, the latest first.");
    window.see("not known");
    window.picture("interrupts-all");

    // The rate stands on the screen of the interrupts, with what the file does not say.
    window.press("Escape");
    window.see("3 interrupts a week, 85 % of weeks ≤ 3");
    window.see("issues gives when they ended, not when they came nor how long they took: a rate only.");
    window.see_no("Expected: about");
    window.picture("interrupts-rate");
    window.press("a");
    window.see("1 to 27 of 27, the latest first.");

    // One undo takes all of them back, and the same file is proposed as it was mapped.
    window.press("Control+z");
    window.see("No interrupts yet");
    window.go("#/import");
    window.see("This will be one step: “Import 27 interrupts from issues”.");
    window.press("Shift+Enter");
    window.see("See the interrupts");
    choose(&device, &window, "issues.csv", &list, "Another file…");
    window.see("Proposed as you mapped it on");
    window.until("they become interrupts again", || window.value("Rows become") == "interrupts");
    window.see("27 of 41 rows are taken");
    window.click("Preview");
    window.see("as they are");
    window.until("nothing is new", || window.text().contains("27\nas they are"));
    window.quit();
}
