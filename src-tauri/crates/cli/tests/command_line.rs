//! The command line as people use it: the program itself, its words and its exit codes.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

/// Runs `evenkeel` in a folder; answers the exit code, standard output and standard error.
fn evenkeel(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_evenkeel"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

const CSV: &str = "\u{feff}Issue key,Summary,Issue Type,Status,Story Points,Comment\n\
    P-1,Retry card payments,Story,To Do,5,later\n\
    P-2,\"Card \"\"retries\"\" page us\",Bug,In Progress,abc,\n\
    P-3,,Task,To Do,1,\n";

#[test]
fn a_team_from_nothing_to_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    assert_eq!(run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]).0, 0);
    std::fs::write(folder.path().join("jira.csv"), CSV).unwrap();
    let (code, dry, _) = run(&["import", "jira.csv", "--team", "t.evenkeel", "--dry-run"]);
    assert_eq!(code, 0);
    assert!(dry.starts_with("Jira: 2 new, 0 changed, 0 unchanged; not taken: 1 row,"), "{dry}");
    assert!(dry.contains("Not imported: Comment"), "{dry}");
    let (_, empty, _) = run(&["backlog", "--team", "t.evenkeel"]);
    assert_eq!(empty.lines().count(), 1, "a dry run changes nothing");
    let (code, _, said) =
        run(&["import", "jira.csv", "--team", "t.evenkeel", "--format", "jira", "--not-taken", "left.csv"]);
    assert_eq!(code, 0);
    assert!(said.contains("Import 2 items from Jira"), "{said}");
    assert!(std::fs::read_to_string(folder.path().join("left.csv")).unwrap().lines().count() >= 3);
    let (_, list, _) = run(&["backlog", "--team", "t.evenkeel"]);
    assert!(list.contains("Card \"retries\" page us"), "{list}");
    std::fs::write(folder.path().join("other.csv"), "Key,Title\nX-1,Retry card payment\nX-2,Gift cards\n")
        .unwrap();
    let (_, near, _) = run(&["import", "other.csv", "--team", "t.evenkeel", "--dry-run"]);
    assert_eq!(near.matches("Perhaps here already").count(), 1, "{near}");
    assert!(near.contains("“Retry card payment” is nearly NOR-1, “Retry card payments”"), "{near}");
    let (_, json, _) = run(&["backlog", "--team", "t.evenkeel", "--text", "retry", "--json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["total"], 1);
    let (_, _, again) = run(&["import", "jira.csv", "--team", "t.evenkeel"]);
    assert!(again.contains("Nothing to change"), "{again}");
    assert_eq!(run(&["run", "{\"journal\":{\"undo\":{}}}", "--team", "t.evenkeel"]).0, 0);
    let (code, whole, _) = run(&["check", "--team", "t.evenkeel"]);
    assert_eq!(code, 0);
    assert!(whole.starts_with("Whole: 3 operations"), "{whole}");
}

#[test]
fn what_changed_here_and_there_is_named_before_it_is_settled() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    let export = |title: &str| {
        let text = format!("Issue key,Issue id,Summary\nPAY-1,10,{title}\n");
        std::fs::write(folder.path().join("jira.csv"), text).unwrap();
    };
    let import = |more: &[&str]| run(&[&["import", "jira.csv", "--team", "t.evenkeel"], more].concat()).1;
    run(&["new", "t.evenkeel", "--name", "Nordlicht"]);
    export("Pay twice");
    import(&[]);
    let (_, list, _) = run(&["backlog", "--team", "t.evenkeel", "--json"]);
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let rename = serde_json::json!({ "backlog": { "rename": { "item": list["rows"][0]["id"], "title": "Pay once" } } });
    assert_eq!(run(&["run", &rename.to_string(), "--team", "t.evenkeel"]).0, 0);
    export("Pay three times");
    let named = "NOR-1, title: “Pay once” here, “Pay three times” in the file; ";
    let ours = import(&["--dry-run"]);
    assert!(ours.contains("changed on both sides: 1 field."), "{ours}");
    assert!(ours.contains(&format!("{named}kept as it is here")), "{ours}");
    let theirs = import(&["--theirs"]);
    assert!(theirs.contains(&format!("{named}taken from the file")), "{theirs}");
    assert!(run(&["backlog", "--team", "t.evenkeel"]).1.contains("Pay three times"));
}

#[test]
fn a_sample_has_a_sprint_and_a_burn_down() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    assert_eq!(run(&["sample", "s.evenkeel"]).0, 0);
    let (code, sprint, _) = run(&["sprint", "--team", "s.evenkeel"]);
    assert_eq!(code, 0);
    assert!(sprint.contains("points left") && sprint.contains("Sprint Goal:"), "{sprint}");
    let (_, closed, _) = run(&["sprint", "--team", "s.evenkeel", "--sprint", "40"]);
    let retry = closed.lines().find(|line| line.contains("A retry after a timeout charges twice"));
    assert!(retry.is_some_and(|line| line.starts_with("completed") && line.ends_with(" 3")), "{closed}");
    assert!(closed.contains("27 points committed, 22 completed; 2 added, 0 removed"), "{closed}");
    assert!(closed.contains("7 of 8 items done, 2 of 2 in the buffer."), "{closed}");
    assert_eq!(closed.lines().filter(|line| line.starts_with("buffer")).count(), 2, "{closed}");
    let queue = sprint.lines().find(|line| line.contains("The settlement queue is full"));
    assert!(queue.is_some_and(|line| line.contains("Buffer")), "a lane is named: {sprint}");
    assert!(sprint.contains(" items done") && sprint.contains(" h used"), "{sprint}");
    let (_, planned, _) = run(&["sprint", "--team", "s.evenkeel", "--sprint", "44"]);
    assert!(planned.contains("planned") && planned.contains("Buffer"), "{planned}");
    let (code, hours, _) = run(&["capacity", "--team", "s.evenkeel"]);
    assert_eq!(code, 0);
    assert!(hours.starts_with("Sprint 43, ") && hours.contains(", as committed"), "{hours}");
    let ana = hours.lines().find(|line| line.starts_with("Ana"));
    assert!(ana.is_some_and(|line| line.split_whitespace().nth(5) == Some("50")), "{hours}");
    assert!(hours.contains("Since the start: ") && hours.contains("Dana −14.25 h: on call "), "{hours}");
    let learned = hours.lines().position(|line| line.starts_with("Learned from"));
    let first = learned.and_then(|place| hours.lines().nth(place + 1));
    assert!(first.is_some_and(|line| line.starts_with("Sprint 40 ") && line.contains("10 %")), "{hours}");
    let (_, planned, _) = run(&["capacity", "--team", "s.evenkeel", "--sprint", "44", "--json"]);
    let planned: serde_json::Value = serde_json::from_str(&planned).unwrap();
    assert_eq!((&planned["committed"], &planned["moved"]), (&false.into(), &serde_json::Value::Null));
    assert!(planned["members"][0]["said"].as_str().is_some_and(|said| said.contains(" h away")), "{planned}");
    assert_eq!(run(&["chart", "burn-down", "--team", "s.evenkeel", "-o", "b.svg"]).0, 0);
    assert!(std::fs::read_to_string(folder.path().join("b.svg")).unwrap().starts_with("<svg"));
    assert_eq!(run(&["chart", "burn-down", "--team", "s.evenkeel", "--sprint", "41", "-o", "b.png"]).0, 0);
    assert!(std::fs::read(folder.path().join("b.png")).unwrap().starts_with(b"\x89PNG"));
    assert_eq!(run(&["sample", "s.evenkeel"]).0, 1, "nothing is overwritten");
}

#[test]
fn a_list_that_is_read_wrongly_is_read_as_it_is_said_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]);
    // Windows-1252, and nothing in it tells its dates and decimals apart.
    let list = "Nummer|Titel|Art|Dringlichkeit|Stand|Aufwand|Angelegt|Notizen\n\
        A-1|Zahlung \u{fc}ber Nacht|Anfrage|Brennt|Liegt|1,5|03/04/2026|a\n\
        A-2|R\u{fc}ckgabe|Unterpunkt|Egal|Liegt|2|05/06/2026|b\n";
    let bytes: Vec<u8> = list.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    std::fs::write(folder.path().join("liste.csv"), bytes).unwrap();
    let said = [
        ["--delimiter", "pipe"],
        ["--encoding", "cp1252"],
        ["--decimal", "comma"],
        ["--dates", "monthFirst"],
        ["--map", "Nummer=key"],
        ["--map", "Titel=title"],
        ["--map", "Art=kind"],
        ["--map", "Dringlichkeit=severity"],
        ["--map", "Stand=state"],
        ["--map", "Aufwand=size"],
        ["--map", "Angelegt=created"],
        ["--map", "Notizen=ignore"],
        ["--kind", "Anfrage=bug"],
        ["--kind", "Unterpunkt=leaveOut"],
        ["--severity", "Brennt=critical"],
        ["--severity", "Egal=none"],
        ["--status", "Liegt=in progress"],
    ];
    let import = |more: &[&str]| run(&[&["import", "liste.csv", "--team", "t.evenkeel"], more].concat());
    let (code, preview, error) = import(&[&said.concat()[..], &["--dry-run"]].concat());
    assert_eq!(code, 0, "{error}");
    for words in ["1 new", "left out: 1 row", "Anfrage → bug", "Brennt → critical", "Liegt → In progress"]
    {
        assert!(preview.contains(words), "{words}: {preview}");
    }
    assert_eq!(import(&said.concat()).0, 0);
    let (_, list, _) = run(&["backlog", "--team", "t.evenkeel", "--json"]);
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let row = &list["rows"][0];
    assert_eq!(
        (&row["title"], &row["kind"], &row["severity"], &row["size"]),
        (&"Zahlung über Nacht".into(), &"bug".into(), &"critical".into(), &150.into())
    );
    // The team keeps it for the next such file; a priority that nobody knows is named.
    let next = "Nummer|Titel|Art|Dringlichkeit|Stand|Aufwand|Angelegt|Notizen\nA-3|Neu|Anfrage|Glimmt|Liegt|3|01/02/2026|\n";
    std::fs::write(folder.path().join("liste.csv"), next).unwrap();
    let (_, preview, _) = import(&["--dry-run"]);
    assert!(preview.contains("Anfrage → bug") && preview.contains("Glimmt → none"), "{preview}");
    assert!(preview.contains("The priority “Glimmt” is not known here"), "{preview}");
    assert!(!preview.contains("“Liegt” is not known"), "{preview}");
}

#[test]
fn exit_codes_tell_what_went_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    run(&["new", "t.evenkeel", "--name", "T", "--zone", "UTC"]);
    std::fs::write(folder.path().join("notes.txt"), "no team").unwrap();
    std::fs::write(folder.path().join("jira.csv"), CSV).unwrap();
    let cases: &[(&[&str], i32, &str)] = &[
        (&["sprint", "--team", "t.evenkeel"], 1, "No Sprint is running."),
        (&["sprint", "--team", "t.evenkeel", "--sprint", "7"], 1, "There is no Sprint 7."),
        (&["backlog", "--team", "gone.evenkeel"], 3, "There is no file gone.evenkeel."),
        (&["check", "--team", "notes.txt"], 3, "notes.txt is not a team file of Evenkeel."),
        (&[], 1, "no display"),
        (&["backlog"], 2, "--team"),
        (
            &["ask", "{bad", "--team", "t.evenkeel"],
            2,
            "no call of the window: the call was not understood: key must",
        ),
        (
            &["ask", "{\"sprnt\":{}}", "--team", "t.evenkeel"],
            2,
            "unknown word “sprnt”, expected one of “journal”, “backlog”",
        ),
        (
            &["run", "{\"interrupt\":{\"report\":{\"title\":\"x\",\"hour\":2}}}", "--team", "t.evenkeel"],
            2,
            "unknown word “hour”, expected one of “at”, “estimate”, “hours”",
        ),
        (&["run", "{\"interrupt\":{\"report\":{}}}", "--team", "t.evenkeel"], 2, "missing field “title”"),
        (
            &["export", "itms", "--team", "t.evenkeel"],
            1,
            "Export the backlog, all, or one of the tables: team, working_week, ",
        ),
        (&["import", "gone.csv", "--team", "t.evenkeel"], 3, "gone.csv"),
        (&["import", "jira.csv", "--team", "t.evenkeel", "--format", "azure"], 1, "does not look like"),
        (&["import", "jira.csv", "--team", "t.evenkeel", "--map", "Summary=nonsense"], 1, "no field"),
        (&["import", "jira.csv", "--team", "t.evenkeel", "--map", "Nothing=title"], 1, "no column"),
        (&["import", "jira.csv", "--team", "t.evenkeel", "--kind", "Story=work"], 1, "feature, bug, debt"),
        (&["import", "jira.csv", "--team", "t.evenkeel", "--kind", "Epic=bug"], 1, "no type “Epic”"),
        (
            &["import", "jira.csv", "--team", "t.evenkeel", "--status", "To Do"],
            1,
            "--status 'STATUS=MEANING'",
        ),
        (&["import", "jira.csv", "--team", "t.evenkeel", "--severity", "P1=high"], 1, "say which with --map"),
        (&["import", "jira.csv", "--team", "t.evenkeel", "--delimiter", "dot"], 2, "semicolon"),
        (&["chart", "burn-down", "--team", "t.evenkeel", "-o", "b.gif"], 1, ".svg or .png"),
        (&["new", "nowhere/t.evenkeel", "--name", "T", "--zone", "UTC"], 3, "nowhere"),
        (&["new", "u.evenkeel", "--name", "T", "--zone", "Mars/Olympus"], 1, "time zone"),
    ];
    for (arguments, code, words) in cases {
        let (found, _, said) = run(arguments);
        assert_eq!(found, *code, "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
}

#[test]
fn help_teaches_with_examples() {
    let folder = tempfile::tempdir().unwrap();
    let (code, help, _) = evenkeel(folder.path(), &["--help"]);
    assert_eq!(code, 0);
    for word in
        ["Examples:", "evenkeel sample", "Exit codes:", "import", "backlog", "sprint", "check", "chart"]
    {
        assert!(help.contains(word), "{word}");
    }
}

#[test]
fn interrupts_are_added_listed_and_split() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    assert_eq!(run(&["sample", "s.evenkeel"]).0, 0);
    let (code, closed, _) = run(&["split", "--team", "s.evenkeel", "--sprint", "42"]);
    assert_eq!(code, 0);
    let buffer = closed.lines().find(|line| line.starts_with("Buffer")).unwrap();
    let buffer: Vec<&str> = buffer.split_whitespace().collect();
    assert_eq!(buffer.join(" "), "Buffer 10 % 10 % 12 % 23.2 h 27.3 h");
    assert!(closed.contains("27.3 h used: 23.2 h from the buffer, 4.1 h beyond it."), "{closed}");
    assert!(closed.contains("(31 committed − 5 displaced)"), "{closed}");
    let (_, json, _) = run(&["split", "--team", "s.evenkeel", "--sprint", "42", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["ledger"]["decisions"][0]["choice"], "swapOut");
    let add = ["interrupt", "add", "Checkout is slow", "--severity", "p2", "--hours", "1:30"];
    let (code, added, _) = run(&[&add[..], &["--who", "bo", "--team", "s.evenkeel"]].concat());
    assert_eq!(code, 0);
    assert!(added.contains(" of 23.2 h used"), "{added}");
    let (_, list, _) = run(&["interrupts", "--team", "s.evenkeel"]);
    let line = list.lines().find(|line| line.contains("Checkout is slow")).unwrap();
    assert!(
        line.contains("P2") && line.contains("Bo") && line.contains("1 h 30 min") && line.ends_with("open")
    );
    let (_, closed, _) = run(&["interrupts", "--team", "s.evenkeel", "--sprint", "42"]);
    assert_eq!(closed.lines().filter(|line| line.ends_with("over")).count(), 4, "{closed}");
    let (code, _, refused) = run(&[&add[..5], &["--hours", "a lot", "--team", "s.evenkeel"]].concat());
    assert_eq!(code, 1);
    assert!(refused.starts_with("“a lot” is no time."), "{refused}");
    let (code, _, refused) = run(&[&add[..3], &["--who", "Zoe", "--team", "s.evenkeel"]].concat());
    assert_eq!(code, 1);
    assert!(refused.contains("Nobody is called Zoe.") && refused.contains("Ana, Bo, Chidi"), "{refused}");
    assert_eq!(run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "UTC"]).0, 0);
    let (code, _, refused) = run(&["split", "--team", "t.evenkeel"]);
    assert_eq!((code, refused.lines().next()), (1, Some("No Sprint is running.")));
    assert!(run(&["interrupts", "--team", "t.evenkeel"]).1.contains("No interrupts."));
}

#[test]
fn incidents_are_reported_in_a_line_and_those_that_nobody_has_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    assert_eq!(run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "UTC"]).0, 0);
    let team = ["--team", "t.evenkeel"];
    assert!(run(&[&["incidents"][..], &team].concat()).1.contains("No incidents."));
    for command in
        [r#"{"team":{"addMember":{"name":"Bo"}}}"#, r#"{"reliability":{"addService":{"name":"checkout"}}}"#]
    {
        assert_eq!(run(&[&["run", command][..], &team].concat()).0, 0);
    }
    let report = |more: &[&str]| run(&[&["incident", "report"][..], more, &team].concat());
    let (code, said, note) = report(&["P3 mails are late", "--who", "bo"]);
    assert_eq!((code, said.as_str(), note.as_str()), (0, "Report INC-1: P3 mails are late.\n", ""));
    let (_, said, note) = report(&["P1 checkout: payments fail"]);
    assert_eq!(said, "Report INC-2: P1 payments fail, checkout.\n");
    assert_eq!(note, "Nobody has INC-2 yet.\n");
    let (code, _, refused) = report(&["P1"]);
    assert_eq!((code, refused.lines().next()), (1, Some("An incident needs a title.")));
    let (code, _, refused) = report(&["x", "--at", "soon"]);
    assert_eq!((code, refused.lines().next()), (1, Some("“soon” is no moment.")));
    let (_, list, _) = run(&[&["incidents", "--open"][..], &team].concat());
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines[0], "2 open, 1 without an owner. On call now: nobody.");
    assert!(lines[2].starts_with("INC-2") && lines[3].starts_with("INC-1"), "{list}");
    assert!(lines[3].contains("Bo") && lines[3].ends_with("acknowledged"), "{list}");
    let (_, json, _) = run(&[&["incidents", "--json"][..], &team].concat());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["open"][0]["services"][0]["name"], "checkout");
}

#[test]
fn a_folder_of_exports_is_one_step_and_what_a_team_has_goes_out_again() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]);
    let inside = folder.path().join("exports");
    std::fs::create_dir(&inside).unwrap();
    std::fs::write(inside.join("a.csv"), CSV).unwrap();
    std::fs::write(
        inside.join("b.json"),
        r#"[{"number": 7, "title": "=Down", "state": "OPEN", "labels": []}]"#,
    )
    .unwrap();
    std::fs::write(inside.join("c.json"), r#"{"weather": "fine"}"#).unwrap();
    std::fs::write(inside.join("picture.png"), "no export").unwrap();
    let (code, out, said) = run(&["import", "exports", "--team", "t.evenkeel"]);
    assert_eq!(code, 0, "{said}");
    assert!(out.contains("a.csv\nJira: 2 new") && out.contains("b.json\nGitHub: 1 new"), "{out}");
    assert!(said.contains("c.json: This is JSON, but of no tracker that is known."), "{said}");
    assert!(said.contains("Import 3 items from 2 exports."), "{said}");
    assert!(out.contains("All together: 3 new, 0 changed, 0 unchanged;"), "{out}");
    let (_, again, _) = run(&["import", "exports", "--team", "t.evenkeel", "--dry-run"]);
    assert!(again.contains("Jira: 0 new") && again.contains("GitHub: 0 new"), "{again}");

    let (code, csv, _) = run(&["export", "backlog", "--team", "t.evenkeel"]);
    assert_eq!(code, 0);
    assert!(csv.starts_with("Label,Title,") && csv.contains(",'=Down,"), "{csv}");
    let backlog = folder.path().join("backlog.csv");
    assert_eq!(run(&["export", "backlog", "--team", "t.evenkeel", "-o", "backlog.csv", "--bom"]).0, 0);
    assert!(std::fs::read_to_string(&backlog).unwrap().starts_with('\u{feff}'));
    let (_, _, said) = run(&["import", "backlog.csv", "--team", "t.evenkeel"]);
    assert!(said.contains("Nothing to change"), "{said}");

    assert_eq!(run(&["export", "all", "--team", "t.evenkeel", "-o", "tables"]).0, 0);
    for name in ["backlog", "item", "item_event", "operation"] {
        assert!(folder.path().join(format!("tables/{name}.csv")).exists(), "{name}");
    }
    assert_eq!(run(&["export", "all", "--team", "t.evenkeel", "-o", "all.json"]).0, 0);
    let all = std::fs::read_to_string(folder.path().join("all.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&all).unwrap()["item"].as_array().unwrap().len(), 3);
    let (code, _, said) = run(&["export", "nonsense", "--team", "t.evenkeel"]);
    assert_eq!(code, 1);
    assert!(said.contains("no table “nonsense”"), "{said}");
}

#[test]
fn a_past_sprint_of_jira_has_a_burn_down() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]);
    let sprint = serde_json::json!({ "id": 7, "name": "Sprint 7", "state": "closed", "boardId": 1,
        "startDate": "2026-01-05T08:00:00.000Z", "endDate": "2026-01-16T17:00:00.000Z", "completeDate": "2026-01-16T15:00:00.000Z" });
    let change = |at: &str, field: &str, from: &str, to: &str| {
        serde_json::json!({ "id": at, "created": at,
        "items": [{ "field": field, "from": from, "fromString": from, "to": to, "toString": to }] })
    };
    let answer = serde_json::json!({ "names": { "customfield_1": "Story Points" }, "issues": [{ "id": "1", "key": "P-1",
        "fields": { "summary": "Refunds", "issuetype": { "name": "Story" }, "status": { "id": "3", "name": "Done", "statusCategory": { "key": "done" } },
            "created": "2026-01-02T08:00:00.000+0000", "customfield_1": 5.0, "customfield_2": [sprint] },
        "changelog": { "total": 2, "histories": [
            change("2026-01-08T10:00:00.000+0000", "status", "To Do", "Done"),
            change("2026-01-03T10:00:00.000+0000", "Sprint", "", "7") ] } }] });
    std::fs::write(folder.path().join("issues.json"), answer.to_string()).unwrap();
    let (code, out, said) = run(&["import", "issues.json", "--team", "t.evenkeel"]);
    assert_eq!(code, 0, "{said}");
    assert!(out.contains("Past Sprint Sprint 7: 2026-01-05 to 2026-01-16, 1 item"), "{out}");
    let arguments = ["chart", "burn-down", "--team", "t.evenkeel", "--sprint", "7", "-o", "burn.svg"];
    let (code, _, said) = run(&arguments);
    assert_eq!(code, 0, "{said}");
    let svg = std::fs::read_to_string(folder.path().join("burn.svg")).unwrap();
    assert!(svg.contains("Sprint 7"), "{svg}");
    assert_eq!(run(&["check", "--team", "t.evenkeel"]).0, 0);
}

#[test]
fn a_list_of_calls_becomes_interrupts() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    assert_eq!(run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]).0, 0);
    let calls = "No.,Opened on,Closed on,Urgency,Type,Minutes\n\
        1,2026-01-05 10:00,2026-01-05 11:00,red,Call,20\n\
        2,2026-01-06 10:00,,green,Call,\n\
        3,2026-01-07 10:00,,green,Wish,\n";
    std::fs::write(folder.path().join("calls.csv"), calls).unwrap();
    let import =
        |more: &[&str]| run(&[&["import", "interrupts", "calls.csv", "--team", "t.evenkeel"], more].concat());
    let said =
        ["--map", "No.=key", "--map", "Urgency=severity", "--severity", "red=P1", "--severity", "green=P4"];
    let chosen = ["--only", "Type=Call", "--title", "Call"];
    let (code, preview, error) = import(&[&said[..], &chosen[..], &["--dry-run"]].concat());
    assert_eq!(code, 0, "{error}");
    for line in [
        "calls: 2 new, 0 changed, 0 unchanged; not taken: 0 rows, 0 cells; left out: 1 row;",
        "Opened on → reported",
        "Closed on → ended",
        "Minutes → minutes",
        "Only rows with Type: Call",
        "Severities: red → P1, green → P4",
        "The file says of 1 of 2 how long they took; of the others hours are not known.",
        "2 belong to no Sprint: none ran on their days.",
    ] {
        assert!(preview.contains(line), "{line}: {preview}");
    }
    let (code, _, done) = import(&[&said[..], &chosen[..]].concat());
    assert_eq!(code, 0, "{done}");
    assert!(done.contains("Import 2 interrupts from calls."), "{done}");
    // What was said is kept for the next such file.
    let (_, _, again) = import(&[]);
    assert!(again.contains("Nothing to change"), "{again}");
    let (_, list, _) = run(&["interrupts", "--team", "t.evenkeel"]);
    assert!(list.contains("I-2") && list.contains("P4") && list.contains("waits for a Sprint"), "{list}");
    assert!(list.contains("How many come in a week is not known yet"), "{list}");
    assert!(list.contains("calls says of 1 of 2 how long they took"), "{list}");

    for (more, wrong) in [
        (["--only", "Kind=Call"], "no column “Kind”"),
        (["--only", "Type=Cal"], "No row has “Cal” in the column Type."),
        (["--only", "Type"], "Write --only"),
        (["--map", "Type=size"], "An interrupt has no field “size”."),
        (["--severity", "red=critical"], "Write one of P1, P2, P3, P4, P5, none."),
    ] {
        let (code, _, error) = import(&[&more[..], &["--map", "Urgency=severity"]].concat());
        assert!(code == 1 && error.contains(wrong), "{more:?}: {error}");
    }
    assert_eq!(run(&["import", "--team", "t.evenkeel"]).0, 2);
    assert!(run(&["import", "--help"]).1.contains("interrupts"));
    assert!(run(&["import", "interrupts", "--help"]).1.contains("Production issue"));
}

#[test]
fn a_forecast_is_a_range_and_a_back_test_says_how_ranges_held() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    assert_eq!(run(&["sample", "s.evenkeel"]).0, 0);
    let forecast = |more: &[&str]| run(&[&["forecast"], more, &["--team", "s.evenkeel"]].concat());
    let (code, said, _) = forecast(&["when", "20", "--unit", "points"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("When will 20 points be done?\nVery likely (85 %) by "), "{said}");
    assert!(said.contains("Drawn 10\u{a0}000 times") && said.contains("Seed "), "{said}");
    assert_eq!(forecast(&["when", "20", "--unit", "points"]).1, said, "the same question, the same answer");
    let (_, fewer, _) = forecast(&["when", "20", "--unit", "points", "--throughput", "50"]);
    assert!(fewer.contains("Without the changes: Very likely (85 %) by "), "{fewer}");
    let (code, plan, _) = forecast(&["plan", "-o", "plan.svg"]);
    assert_eq!(code, 0, "{plan}");
    assert!(plan.starts_with("Will the plan of Sprint 44 hold?\nIt is "), "{plan}");
    assert!(std::fs::read_to_string(folder.path().join("plan.svg")).unwrap().starts_with("<svg"));
    let (code, many, _) = forecast(&["how-many", "--sprint", "44", "--json"]);
    assert_eq!(code, 0, "{many}");
    let many: serde_json::Value = serde_json::from_str(&many).unwrap();
    assert_eq!(many["groups"][0]["marks"].as_array().map(Vec::len), Some(4));
    let (code, _, refused) = forecast(&["when", "--label", "nowhere"]);
    assert_eq!(code, 1);
    assert!(refused.contains("Nothing of “nowhere” is still to be done."), "{refused}");
    assert_eq!(forecast(&["how-many"]).0, 2, "neither a day nor a Sprint");

    let (code, own, _) = forecast(&["back-test"]);
    assert_eq!(code, 0, "{own}");
    assert!(own.contains("Sprint 42") && own.contains("85 % forecasts held "), "{own}");
    let lines = ["4", "5", "6", "4", "5"]
        .iter()
        .enumerate()
        .map(|(n, done)| format!("S{n},2026-0{m}-01,2026-0{m}-14,6,{done}", m = n + 1));
    let lines: Vec<String> = lines.collect();
    let csv = format!("sprint,from,to,committed,completed\n{}\n", lines.join("\n"));
    std::fs::write(folder.path().join("s.csv"), csv).unwrap();
    let (code, tested, _) = run(&["forecast", "back-test", "--csv", "s.csv"]);
    assert_eq!(code, 0, "{tested}");
    assert!(tested.contains("95 % forecasts held 2 of 2 times (100 %)."), "{tested}");
    assert!(tested.contains("What was committed was completed 1 of 5 times (20 %)."), "{tested}");
    std::fs::write(folder.path().join("s.csv"), "sprint,from,to,completed\nS,2026-01-05,x,3\n").unwrap();
    let (code, _, refused) = run(&["forecast", "back-test", "--csv", "s.csv"]);
    assert_eq!(code, 1);
    assert!(refused.contains("Line 2: “x” is not a day."), "{refused}");
}

#[test]
fn every_chart_becomes_a_picture_or_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    assert_eq!(run(&["sample", "s.evenkeel"]).0, 0);
    let chart = |kind: &str, file: &str, more: &[&str]| {
        let mut arguments = vec!["chart", kind, "--team", "s.evenkeel", "-o", file, "--label", "checkout"];
        arguments.extend(more);
        let (code, _, said) = run(&arguments);
        assert_eq!(code, 0, "{kind}: {said}");
        std::fs::read(folder.path().join(file)).unwrap()
    };
    for kind in app::flow::ChartKind::ALL {
        assert!(chart(kind.word(), "chart.svg", &[]).starts_with(b"<svg"));
        let table = String::from_utf8(chart(kind.word(), "chart.csv", &[])).unwrap();
        assert!(table.starts_with('\u{feff}') && table.lines().count() > 1, "{}: {table}", kind.word());
    }
    let png = chart("two-lanes", "chart.png", &["--theme", "projector", "--size", "320x180"]);
    assert!(png.starts_with(b"\x89PNG"));
    assert_eq!(&png[16..24], [0, 0, 2, 128, 0, 0, 1, 104], "twice 320 by twice 180");

    // Its options say other things of the same team.
    let usual = chart("burn-down", "chart.csv", &[]);
    for more in [["--unit", "items"], ["--as-of", "2020-01-01"], ["--sprint", "41"], ["--ideal", "weighted"]]
    {
        assert_ne!(chart("burn-down", "chart.csv", &more), usual, "{more:?}");
    }
    assert_ne!(chart("velocity", "chart.csv", &["--last", "2"]), chart("velocity", "chart.csv", &[]));
    assert_ne!(chart("throughput", "chart.csv", &["--step", "day"]), chart("throughput", "chart.csv", &[]));
    let (code, _, said) =
        run(&["chart", "burn-down", "--team", "s.evenkeel", "-o", "x.svg", "--as-of", "soon"]);
    assert_eq!(code, 1);
    assert!(said.contains("“soon” is not a moment.") && said.contains("2026-11-20 14:30"), "{said}");
    let (code, _, said) = run(&["chart", "burn-down", "--team", "s.evenkeel", "-o", "x.pdf"]);
    assert_eq!(code, 1);
    assert!(said.contains(".svg, .png") || said.contains(".svg or .png"), "{said}");
    let (code, _, said) = run(&["chart", "pie", "--team", "s.evenkeel", "-o", "x.svg"]);
    assert_eq!(code, 2);
    assert!(said.contains("burn-down") && said.contains("velocity"), "{said}");
    let parent = ["chart", "release", "--team", "s.evenkeel", "-o", "x.svg", "--parent", "PAY-9999"];
    assert!(run(&parent).2.contains("No item has the label PAY-9999."));
}

#[test]
fn reliability_is_told_for_all_services_and_for_one_by_every_method() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    run(&["new", "r.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]);
    let all = ["reliability", "--team", "r.evenkeel", "--from", "2026-11-02", "--to", "2026-11-03"];
    assert!(run(&all).1.contains("No services yet."));
    let command = |json: &str| assert_eq!(run(&["run", json, "--team", "r.evenkeel"]).0, 0, "{json}");
    command(r#"{"reliability":{"addService":{"name":"checkout"}}}"#);
    let (_, services, _) = run(&["ask", r#"{"reliability":{"services":{}}}"#, "--team", "r.evenkeel"]);
    let id = services.split('"').nth(3).unwrap().to_owned();
    command(&format!(
        r#"{{"reliability":{{"setMaintenance":{{"services":["{id}"],"from":"2020-03-02 10:00","to":"2020-03-02 11:00","title":"Index"}}}}}}"#
    ));
    let day = ["--team", "r.evenkeel", "--from", "2020-03-02", "--to", "2020-03-02"];
    let (code, told, _) = run(&[&["reliability"][..], &day].concat());
    assert_eq!(code, 0);
    assert!(told.contains("2 March to 2 March, 24 h.") && told.contains("checkout  95.833 %"), "{told}");
    let (code, one, _) = run(&[&["reliability", "Checkout"][..], &day].concat());
    assert_eq!(code, 0);
    assert!(one.contains("Unknown as down") && one.contains("Maintenance: Index"), "{one}");
    let (code, _, refused) = run(&[&["reliability", "search"][..], &day].concat());
    assert_eq!(code, 1);
    assert!(refused.contains("There are: checkout."), "{refused}");
    let (_, json, _) = run(&[&["reliability", "--json"][..], &day].concat());
    assert!(json.contains("\"percent\""), "{json}");
}

#[test]
fn who_is_on_call_is_said_brought_in_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]);
    let (code, nobody, _) = run(&["on-call", "--team", "t.evenkeel"]);
    assert_eq!((code, nobody.trim()), (0, "Nobody is on call."));
    let rota = "from,to,who\n2020-03-02,2020-03-08,Ana\n2020-03-09,2020-03-08,Bo\n2099-03-09,2099-03-15,Bo\n";
    std::fs::write(folder.path().join("rota.csv"), rota).unwrap();
    let import = ["on-call", "--team", "t.evenkeel", "--import", "rota.csv"];
    let (code, dry, left) = run(&[&import[..], &["--dry-run"]].concat());
    assert_eq!(code, 0);
    assert!(dry.contains("0 to store, 0 known already, 2 of people who are left out."), "{dry}");
    assert!(left.contains("line 3: 2020-03-09 · 2020-03-08 · Bo: it ends before it begins."), "{left}");
    let (_, taken, _) = run(&[&import[..], &["--add-people"]].concat());
    assert!(taken.starts_with("Import 2 shifts and 2 people."), "{taken}");
    let (_, then, _) = run(&["on-call", "--team", "t.evenkeel", "--at", "2020-03-04 22:00"]);
    assert!(then.contains("Primary  Ana  Mon 2 Mar 00:00 – Mon 9 Mar 00:00"), "{then}");
    let (code, _, refused) = run(&["on-call", "--team", "t.evenkeel", "--at", "soon"]);
    assert!(code == 1 && refused.contains("“soon” is no day and time."), "{refused}");
    let (_, saved, _) = run(&["on-call", "--team", "t.evenkeel", "--ics", "out.ics"]);
    assert!(saved.contains("0 shifts saved in out.ics."), "{saved}");
    assert!(std::fs::read_to_string(folder.path().join("out.ics")).unwrap().starts_with("BEGIN:VCALENDAR"));
}

#[test]
fn the_daily_scrum_is_told_as_markdown() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), arguments);
    assert_eq!(run(&["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]).0, 0);
    assert_eq!(run(&["interrupt", "add", "Mails are late", "--severity", "P2", "--team", "t.evenkeel"]).0, 0);
    let (code, told, _) = run(&["daily", "--team", "t.evenkeel"]);
    assert_eq!(code, 0);
    assert!(told.starts_with("# Daily Scrum, "), "{told}");
    assert!(told.contains("- P2 I-1 Mails are late (nobody has it; "), "{told}");
    let (code, json, _) = run(&["daily", "--team", "t.evenkeel", "--json"]);
    assert_eq!(code, 0);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&json).unwrap()["triage"][0]["label"], "I-1");
}
