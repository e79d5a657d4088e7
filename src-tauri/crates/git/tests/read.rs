//! A repository is made by the git program and read without it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use expect_test::{Expect, expect};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// A repository with a history, told step by step: `commit TEXT`, `branch NAME`, `switch NAME`, `merge NAME`, `tag NAME`,
/// `annotate NAME`, `revert`; a commit writes a file of its name; each step is an hour after the one before.
fn made(folder: &Path, steps: &str) {
    let git = |hour: usize, arguments: &[&str]| {
        let at = format!("2026-01-{:02}T{:02}:00:00+0000", 1 + hour / 24, hour % 24);
        let done = Command::new("git")
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(["-c", "tag.gpgsign=false", "-c", "core.hooksPath=/nowhere"])
            .args(arguments)
            .current_dir(folder)
            .env("GIT_AUTHOR_DATE", &at)
            .env("GIT_COMMITTER_DATE", &at)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    };
    git(0, &["init", "-q", "-b", "main"]);
    for (hour, step) in steps.lines().map(str::trim).filter(|step| !step.is_empty()).enumerate() {
        let (verb, rest) = step.split_once(' ').unwrap_or((step, ""));
        match verb {
            "commit" => {
                std::fs::write(folder.join(rest), rest).unwrap();
                git(hour, &["add", "."]);
                git(hour, &["commit", "-q", "-m", rest]);
            }
            "branch" => git(hour, &["switch", "-q", "-c", rest]),
            "switch" => git(hour, &["switch", "-q", rest]),
            "merge" => git(hour, &["merge", "-q", "--no-ff", "-m", &format!("Merge {rest}"), rest]),
            "tag" => git(hour, &["tag", rest]),
            "annotate" => git(hour, &["tag", "-a", "-m", "a release", rest]),
            "revert" => git(hour, &["revert", "--no-edit", "HEAD"]),
            other => panic!("{other}"),
        }
    }
}

fn check(steps: &str, expected: Expect) {
    let folder = tempfile::tempdir().unwrap();
    made(folder.path(), steps);
    let inside = folder.path().join("deeper");
    std::fs::create_dir(&inside).unwrap();
    let said: Value = serde_json::from_slice(&git::read(&inside, &|| false).unwrap()).unwrap();
    let mut text = format!("on {}\n", said["branch"].as_str().unwrap());
    for list in ["tags", "mainLine"] {
        text.push_str(&format!("{list}\n"));
        for tip in said[list].as_array().unwrap() {
            let hour = |at: &Value| (at.as_i64().unwrap() - 1_767_225_600_000) / 3_600_000;
            let commits = tip["commits"].as_array().unwrap().iter();
            let commits: Vec<String> = commits
                .map(|one| {
                    let reverts = if one["reverts"].is_string() { ", takes back another" } else { "" };
                    let subject = one["subject"].as_str().unwrap();
                    format!("{subject} ({}{reverts})", hour(&one["authored"]))
                })
                .collect();
            let name = [&tip["name"], &tip["subject"]].map(|one| one.as_str().unwrap()).join(" ");
            text.push_str(&format!("  {} at {}: {}\n", name.trim(), hour(&tip["at"]), commits.join("; ")));
        }
    }
    expected.assert_eq(&text);
}

#[test]
fn a_tag_brings_what_no_earlier_one_contains_and_of_the_first_nobody_knows() {
    check(
        "commit one
         commit two
         tag v1
         commit three
         commit four
         annotate v2
         commit five",
        expect![[r#"
            on main
            tags
              v1 two at 1: 
              v2 four at 5: three (3); four (4)
            mainLine
              one at 0: one (0)
              two at 1: two (1)
              three at 3: three (3)
              four at 4: four (4)
              five at 6: five (6)
        "#]],
    );
}

#[test]
fn a_merge_brings_the_commits_of_its_branch() {
    check(
        "commit one
         branch cart
         commit cart a
         commit cart b
         switch main
         commit two
         merge cart
         commit three
         revert",
        expect![[r#"
            on main
            tags
            mainLine
              one at 0: one (0)
              two at 5: two (5)
              Merge cart at 6: cart a (2); cart b (3); Merge cart (6)
              three at 7: three (7)
              Revert "three" at 8: Revert "three" (8, takes back another)
        "#]],
    );
}

#[test]
fn what_is_no_repository_or_has_no_commit_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let said = git::read(folder.path(), &|| false).unwrap_err().to_string();
    assert!(said.starts_with("there is no git repository in "), "{said}");
    made(folder.path(), "");
    assert_eq!(
        git::read(folder.path(), &|| false).unwrap_err().to_string(),
        "the repository has no commit yet"
    );
    made(folder.path(), "commit one");
    assert_eq!(
        git::read(folder.path(), &|| true).unwrap_err().to_string(),
        "reading the repository was stopped"
    );
}
