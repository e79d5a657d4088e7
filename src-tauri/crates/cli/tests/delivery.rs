//! The release gate and deployments as a pipeline uses them: exit codes, JSON, commits from a log.

#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

/// Runs `evenkeel` in a folder; answers the exit code, standard output and standard error.
fn evenkeel(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_evenkeel")).current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_pipeline_asks_the_gate_deploys_and_reports() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| evenkeel(folder.path(), &[arguments, &["--team", "t.evenkeel"]].concat());
    assert_eq!(
        evenkeel(folder.path(), &["new", "t.evenkeel", "--name", "Nordlicht", "--zone", "Europe/Berlin"]).0,
        0
    );
    let (code, _, said) = run(&["gate", "--service", "checkout"]);
    assert_eq!(code, 1);
    assert!(said.contains("No service is called checkout."), "{said}");
    let command = |command: Value| run(&["run", &command.to_string()]);
    assert_eq!(command(json!({ "reliability": { "addService": { "name": "checkout" } } })).0, 0);
    command(json!({ "backlog": { "addItem": { "title": "Pay by card" } } }));

    // Nothing is against it: exit code 0, and the answer as JSON.
    let (code, out, _) =
        run(&["gate", "--service", "Checkout", "--version", "2.4.0", "--write", "answer.json"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.starts_with("checkout 2.4.0 may go live now, and 2 things are not known."), "{out}");
    let answer: Value =
        serde_json::from_slice(&std::fs::read(folder.path().join("answer.json")).unwrap()).unwrap();
    assert_eq!((answer["may"].as_bool(), answer["service"].as_str()), (Some(true), Some("checkout")));
    assert_eq!(answer["checks"].as_array().unwrap().len(), 5);

    // The deployment, with its commits from a log; again with the same key it stays one.
    std::fs::write(
        folder.path().join("log"),
        "0123456789abcdef 2026-11-02T10:00:00+01:00 NOR-1: pay by card\nfedcba9876543210 2026-11-02T12:00:00+01:00 Tests\n",
    )
    .unwrap();
    let deployed =
        ["deployed", "--service", "checkout", "--version", "2.4.0", "--key", "77", "--commits", "log"];
    let (code, out, said) = run(&deployed);
    assert_eq!((code, out.trim()), (0, "Deploy checkout 2.4.0."), "{said}");
    assert_eq!(run(&deployed).1.trim(), "Change deployment checkout 2.4.0.");
    let list = |what: &str| {
        let (_, out, _) = run(&["ask", "{\"delivery\":{\"list\":{}}}"]);
        serde_json::from_str::<Value>(&out).unwrap()["rows"][0][what].clone()
    };
    assert_eq!((list("commits"), list("items")), (json!(2), json!(["NOR-1"])));

    // An incident holds the next one back: exit code 1 and the reason; a person may go on, by name.
    command(json!({ "incident": { "report": { "line": "P1 checkout: payments fail" } } }));
    let next = ["gate", "--service", "checkout", "--version", "2.4.1"];
    let (code, out, _) = run(&next);
    assert_eq!(code, 1);
    assert!(out.contains("stops      P1 INC-1 is open: payments fail."), "{out}");
    assert_eq!(run(&[&next[..], &["--override", "It mends INC-1."]].concat()).0, 2, "without a name");
    let (code, out, _) = run(&[&next[..], &["--override", "It mends INC-1.", "--by", "Ana"]].concat());
    assert_eq!(code, 0);
    assert!(out.contains("Ana lets it go live all the same: It mends INC-1."), "{out}");
    let answers = || {
        let (_, out, _) = run(&["ask", "{\"delivery\":{\"gateAnswers\":{}}}"]);
        serde_json::from_str::<Value>(&out).unwrap().as_array().unwrap().len()
    };
    assert_eq!(answers(), 3);
    assert_eq!(run(&[&next[..], &["--look", "--json"]].concat()).0, 1);
    assert_eq!(answers(), 3, "a look keeps nothing");

    // A rollback names the version that it takes back.
    let back = ["deployed", "--service", "checkout", "--version", "2.3.9", "--rollback-of", "2.4.0"];
    assert_eq!(run(&back).0, 0);
    assert_eq!(list("repair"), "rollback");
    let (code, _, said) = run(&["deployed", "--service", "checkout", "--hotfix-of", "9.9"]);
    assert_eq!(code, 1);
    assert!(said.contains("No deployment has the version 9.9."), "{said}");
    std::fs::write(folder.path().join("log"), "not a commit\n").unwrap();
    assert!(run(&deployed).2.contains("Line 1 does not begin with a commit."));

    let (code, out, _) = run(&["dora"]);
    assert_eq!(code, 0);
    assert!(out.contains("1 of 2  too few for a rate"), "{out}");
    let (_, out, _) = run(&["dora", "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["definitions"].as_array().unwrap().len(), 5);
    assert!(run(&["check"]).1.starts_with("Whole: "));
}
