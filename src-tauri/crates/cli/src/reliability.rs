//! Reliability on the command line: services with their uptime and budgets, or one by every method.

use crate::arguments::Reliability;
use crate::say;
use crate::table::{Align, table};
use crate::views::{ask, json, rows, sprint_numbered, word};
use app::exchange::mapping::shortened;
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Tells of all services, or of one.
pub fn reliability(team: &Team, question: &Reliability, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let sprint = question.sprint.map(|number| sprint_numbered(team, number)).transpose()?;
    let mut when = json!({ "sprint": sprint.map(|sprint| sprint.id) });
    if let Some(from) = &question.from {
        when = json!({ "firstDay": from, "lastDay": question.to.clone().unwrap_or_default() });
    }
    let view = ask(team, &json!({ "reliability": { "overview": when } }), context)?;
    match &question.of {
        Some(name) => one(team, question, name, (&view, &when), context),
        None if question.json => say(&json(&view)?),
        None => all(&view),
    }
}

fn all(view: &Value) -> Result<ExitCode, AppError> {
    say(&format!("{}.", word(&view["said"])))?;
    let mut lines = rows(&view["figures"]["services"], figures);
    lines.extend(rows(&view["figures"]["groups"], figures));
    if lines.is_empty() {
        return say("No services yet.");
    }
    let columns = [
        ("Service", Align::Left),
        ("Uptime", Align::Right),
        ("Known", Align::Right),
        ("Bad", Align::Right),
        ("Of", Align::Right),
        ("", Align::Left),
    ];
    say(&table(&columns, &lines))?;
    say(&format!("Uptime: {}.", word(&view["figures"]["services"][0]["methods"][0]["how"])))?;
    for line in view["later"].as_array().into_iter().flatten() {
        say(&word(line))?;
    }
    let objectives = rows(&view["figures"]["objectives"], |one| {
        let left = match one["state"].as_str() {
            Some("unknown") => "not enough data".to_owned(),
            _ => word(&one["remainingSaid"]),
        };
        let said = [left, word(&one["burnSaid"])];
        vec![
            shortened(&word(&one["name"]), 40),
            word(&one["target"]),
            word(&one["window"]),
            word(&one["percent"]),
            said.iter().filter(|said| !said.is_empty()).cloned().collect::<Vec<_>>().join(", "),
        ]
    });
    if !objectives.is_empty() {
        let columns = [
            ("Objective", Align::Left),
            ("Target", Align::Right),
            ("Window", Align::Left),
            ("Reached", Align::Right),
            ("Error budget", Align::Left),
        ];
        say(&table(&columns, &objectives))?;
    }
    match view["policy"]["said"].as_str() {
        Some(said) => say(said),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn figures(row: &Value) -> Vec<String> {
    let enough = if row["isEnough"] == true { "" } else { "not enough data" };
    vec![
        word(&row["name"]),
        word(&row["percent"]),
        word(&row["coverage"]),
        word(&row["bad"]),
        word(&row["ofTime"]),
        enough.to_owned(),
    ]
}

fn one(
    team: &Team,
    question: &Reliability,
    name: &str,
    (view, when): (&Value, &Value),
    context: &Context<'_>,
) -> Result<ExitCode, AppError> {
    let both =
        ["services", "groups"].map(|kind| view["figures"][kind].as_array().cloned().unwrap_or_default());
    let known: Vec<Value> = both.into_iter().flatten().collect();
    let same = |one: &&Value| word(&one["name"]).to_lowercase() == name.trim().to_lowercase();
    let Some(found) = known.iter().find(same) else {
        let names: Vec<String> = known.iter().map(|one| word(&one["name"])).collect();
        return Err(AppError::refused(
            format!("No service is called {name}."),
            if names.is_empty() {
                "Add it first.".to_owned()
            } else {
                format!("There are: {}.", names.join(", "))
            },
        ));
    };
    let asked = json!({ "reliability": { "ledger": { "of": found["of"], "when": when } } });
    let ledger = ask(team, &asked, context)?;
    if question.json {
        return say(&json(&ledger)?);
    }
    say(&format!("{}, {}.", word(&ledger["name"]), word(&ledger["said"])))?;
    let lines = rows(&ledger["figures"]["methods"], |method| {
        ["name", "percent", "bad", "of", "how"].map(|key| word(&method[key])).to_vec()
    });
    let columns = [
        ("Method", Align::Left),
        ("Uptime", Align::Right),
        ("Bad", Align::Right),
        ("Of", Align::Right),
        ("How it counts", Align::Left),
    ];
    say(&table(&columns, &lines))?;
    let facts = rows(&ledger["facts"], |fact| {
        vec![shortened(&word(&fact["because"]["said"]), 70), word(&fact["bad"])]
    });
    if facts.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    say(&table(&[("What took it", Align::Left), ("Bad, weighted", Align::Right)], &facts))
}
