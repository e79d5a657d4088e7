//! `evenkeel import reliability`, as a person at a shell or a timer calls it.

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

fn import(folder: &Path, file: &str, more: &[&str]) -> (i32, String, String) {
    evenkeel(folder, &[&["import", "reliability", file, "--team", "t.evenkeel"], more].concat())
}

#[test]
fn a_log_of_checks_is_tried_mapped_imported_and_known_again() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(
        evenkeel(folder, &["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Zurich"]).0,
        0
    );
    let log = "when,monitor,result,note\n2026-01-05T14:00:00Z,Web,ok,\n2026-01-05T14:00:00Z,Mail (new),ok,\n2026-01-05T14:05:00Z,Web,fail,\n\
               2026-01-05T14:10:00Z,Web,odd,\n2026-01-05T14:15:00Z,Web,ok,\n";
    std::fs::write(folder.join("log.csv"), log).unwrap();
    let (code, dry, _) = import(folder, "log.csv", &["--dry-run"]);
    assert_eq!(code, 0);
    assert!(
        dry.starts_with("log of checks: 2 new, 0 changed, 0 unchanged; not taken: 1; left out: 0."),
        "{dry}"
    );
    assert!(dry.contains("  line 5: it is not said what this state stands for (odd)"), "{dry}");
    let (code, _, refused) = import(folder, "log.csv", &["--state", "odd=green"]);
    assert_eq!(code, 1);
    assert!(refused.contains("A state cannot stand for “green”."), "{refused}");
    let (code, _, refused) = import(folder, "log.csv", &["--service", "Shop=shop"]);
    assert_eq!(code, 1);
    assert!(refused.contains("It has Web, Mail (new)."), "{refused}");
    let (code, _, refused) = import(folder, "log.csv", &["--map", "moment=time"]);
    assert_eq!(code, 1);
    assert!(refused.contains("It has when, monitor, result, note."), "{refused}");
    let mapped = [
        "--state",
        "odd=degraded",
        "--service",
        "Mail (new)=leaveOut",
        "--apart",
        "600",
        "--not-taken",
        "lost.csv",
    ];
    let (code, said, _) = import(folder, "log.csv", &mapped);
    assert_eq!(code, 0);
    assert!(said.contains("  Web: 2 of 4 checks up"), "{said}");
    assert!(said.contains("  A check holds for 600 s at most"), "{said}");
    assert_eq!(std::fs::read_to_string(folder.join("lost.csv")).unwrap().lines().count(), 1, "only its head");
    let (code, _, nothing) = import(folder, "log.csv", &mapped);
    assert_eq!((code, nothing.trim()), (0, "Nothing to change: the team has all of it."));
    assert_eq!(evenkeel(folder, &["check", "--team", "t.evenkeel"]).0, 0);
}

#[test]
fn a_folder_of_notices_and_objectives_are_imported() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    assert_eq!(
        evenkeel(folder, &["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Zurich"]).0,
        0
    );
    std::fs::create_dir(folder.join("notices")).unwrap();
    let notice = "---\ntitle: Lights out\ndate: 2026-01-05 11:00\nseverity: disrupted\naffected: [Web]\nresolved: true\n---\n";
    std::fs::write(folder.join("notices/lights.md"), notice).unwrap();
    let news =
        "---\ntitle: News\ndate: 2026-01-06\nseverity: notice\naffected: [Web]\ninformational: true\n---\n";
    std::fs::write(folder.join("notices/news.md"), news).unwrap();
    let (code, dry, _) = import(folder, "notices", &["--dry-run"]);
    assert_eq!(code, 0);
    assert!(dry.contains("Say it with --ended 'lights=…'"), "{dry}");
    let (code, said, _) =
        import(folder, "notices", &["--ended", "lights=2026-01-05 12:30", "--state", "disrupted=full"]);
    assert_eq!(code, 0);
    assert!(said.contains("  Web “Lights out”: full outage, 2026-01-05 11:00 to 2026-01-05 12:30"), "{said}");
    assert!(said.contains("left out: 1."), "{said}");
    let slos = "version: prometheus/v1\nservice: Web\nslos: [{name: answers, objective: 99.9}]\n";
    std::fs::write(folder.join("slos.yaml"), slos).unwrap();
    let (code, said, _) = import(folder, "slos.yaml", &[]);
    assert_eq!(code, 0);
    assert!(said.contains("  Web “answers”: 99.9 % of the requests, 30 days rolling"), "{said}");
    std::fs::write(folder.join("list.csv"), "Key,Title\nA-1,One\n").unwrap();
    let (code, _, refused) = import(folder, "list.csv", &[]);
    assert_eq!(code, 1);
    assert!(refused.contains("These files tell of no checks, outages or objectives."), "{refused}");
}
