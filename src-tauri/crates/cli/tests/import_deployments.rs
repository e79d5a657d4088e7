//! `evenkeel import deployments`, as a pipeline or a person at a shell calls it.

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

#[test]
fn a_list_is_tried_mapped_imported_and_known_again() {
    let folder = tempfile::tempdir().unwrap();
    let import = |more: &[&str]| {
        let given = ["import", "deployments", "rollouts.csv", "--team", "t.evenkeel"];
        evenkeel(folder.path(), &[&given[..], more].concat())
    };
    assert_eq!(evenkeel(folder.path(), &["new", "t.evenkeel", "--name", "Nordlicht"]).0, 0);
    let list = "Paket,Ausgerollt,Lage,Rest\n4.0,2026-01-05 14:00,green,x\n4.1,2026-01-06 14:00,red,\n4.2,soon,green,\n";
    std::fs::write(folder.path().join("rollouts.csv"), list).unwrap();
    let (code, _, refused) = import(&["--map", "Paket=weight"]);
    assert_eq!(code, 1);
    assert!(refused.contains("A deployment has no field “weight”."), "{refused}");
    let mapped = [
        "--map",
        "Paket=version",
        "--map",
        "Ausgerollt=finished",
        "--map",
        "Lage=result",
        "--result",
        "green=succeeded",
        "--result",
        "red=aborted",
        "--service",
        "checkout",
    ];
    let (code, _, refused) = import(&[&mapped[..], &["--result", "blue=succeeded"]].concat());
    assert_eq!(code, 1);
    assert!(refused.contains("It has green, red."), "{refused}");
    let (code, dry, _) = import(&[&mapped[..], &["--dry-run"]].concat());
    assert_eq!(code, 0);
    assert!(
        dry.starts_with(
            "rollouts: 2 new, 0 filled in, 0 unchanged; not taken: 1 row, 0 cells; left out: 0 rows."
        ),
        "{dry}"
    );
    assert!(dry.contains("  line 4, Ausgerollt: this is not a date that can be read (soon)"), "{dry}");
    assert!(dry.contains("  Results: green → succeeded, red → aborted"), "{dry}");
    assert!(dry.contains("  Not imported: Rest"), "{dry}");
    let (code, _, said) = import(&[&mapped[..], &["--not-taken", "left.csv"]].concat());
    assert_eq!(code, 0);
    assert!(said.starts_with("Import 2 deployments from rollouts."), "{said}");
    assert!(std::fs::read_to_string(folder.path().join("left.csv")).unwrap().contains("4,Ausgerollt,soon,"));
    assert!(import(&mapped).2.contains("Nothing to change"));
}

#[test]
fn the_folder_of_a_repository_gives_its_tags_or_its_main_line() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(evenkeel(folder.path(), &["new", "t.evenkeel", "--name", "Nordlicht"]).0, 0);
    let shop = folder.path().join("shop");
    std::fs::create_dir(&shop).unwrap();
    let git = |arguments: &[&str]| {
        let done = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(&shop)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    git(&["init", "-q", "-b", "main"]);
    for name in ["one", "two", "three"] {
        git(&["commit", "-q", "--allow-empty", "-m", name]);
        if name != "two" {
            git(&["tag", &format!("v-{name}")]);
        }
    }
    let import = |more: &[&str]| {
        evenkeel(folder.path(), &[&["import", "deployments", "shop", "--team", "t.evenkeel"], more].concat())
    };
    let (code, dry, _) = import(&["--dry-run"]);
    assert_eq!(code, 0, "{dry}");
    assert!(dry.starts_with("git shop: 2 new,"), "{dry}");
    assert!(dry.contains("What the first tag brought is not known"), "{dry}");
    let (code, _, said) = import(&["--main-line"]);
    assert_eq!(code, 0);
    assert!(said.starts_with("Import 3 deployments from git shop."), "{said}");
    assert!(import(&["--main-line"]).2.contains("Nothing to change"));
    let (code, _, refused) = evenkeel(folder.path(), &["import", "deployments", ".", "--team", "t.evenkeel"]);
    assert_eq!(code, 1);
    assert!(refused.contains("there is no git repository in"), "{refused}");
}
