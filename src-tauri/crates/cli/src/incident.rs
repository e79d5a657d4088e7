//! Incidents on the command line: one is reported in a line, and those that need somebody are listed first.

use crate::arguments::{Incidents, ReportIncident};
use crate::interrupt::member;
use crate::say;
use crate::table::{Align, table};
use crate::views::{ask, json, rows, word};
use app::exchange::mapping::shortened;
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Reports an incident.
pub fn report(team: &mut Team, report: &ReportIncident, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let owner = report.who.as_deref().map(|name| member(team, name, context)).transpose()?;
    let said = json!({ "line": report.line, "owner": owner, "at": report.at, "began": report.began });
    let command = app::parse_command(&json!({ "incident": { "report": said } }).to_string())?;
    let outcome = app::run(team, command, context)?;
    if let Some(note) = &outcome.note {
        eprintln!("{note}");
    }
    let list = ask(team, &json!({ "incident": { "list": {} } }), context)?;
    let open = list["open"].as_array().into_iter().flatten();
    let id = outcome.created.first().cloned().unwrap_or_default();
    let row = open.into_iter().find(|row| row["id"] == json!(id)).cloned().unwrap_or_default();
    say(&format!(
        "{}: {} {}{}.",
        outcome.title,
        word(&row["severityName"]),
        word(&row["title"]),
        match services(&row).as_str() {
            "" => String::new(),
            services => format!(", {services}"),
        }
    ))
}

/// Lists the incidents: those that need somebody first, then those that are over, the latest first.
pub fn list(team: &Team, question: &Incidents, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let view = ask(team, &json!({ "incident": { "list": {} } }), context)?;
    if question.json {
        return say(&json(&view)?);
    }
    let on_call: Vec<String> = view["onCall"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| format!("{} ({})", word(&one["name"]), word(&one["levelName"])))
        .collect();
    let on_call = if on_call.is_empty() { "nobody".to_owned() } else { on_call.join(", ") };
    say(&format!("{} On call now: {on_call}.", word(&view["said"])))?;
    let row = |row: &Value| {
        vec![
            word(&row["label"]),
            word(&row["severityName"]),
            shortened(&word(&row["title"]), 49),
            services(row),
            word(&row["ownerName"]),
            word(&row["lasted"]),
            word(&row["stageSaid"]),
        ]
    };
    let mut lines = rows(&view["open"], row);
    if !question.open {
        lines.extend(rows(&view["over"], row));
    }
    if lines.is_empty() {
        return say("No incidents.");
    }
    let columns = [
        ("Label", Align::Left),
        ("Severity", Align::Left),
        ("Title", Align::Left),
        ("Services", Align::Left),
        ("Who", Align::Left),
        ("Lasted", Align::Right),
        ("", Align::Left),
    ];
    say(&table(&columns, &lines))
}

fn services(row: &Value) -> String {
    rows(&row["services"], |one| vec![word(&one["name"])]).concat().join(", ")
}
