//! Who is on call; shifts brought in, and saved as a calendar.

use crate::arguments::OnCall;
use crate::table::{Align, table};
use crate::views::{ask, json, rows, word};
use crate::{read, say, write};
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Says who is on call, or does with the shifts what was asked.
pub fn on_call(team: &mut Team, question: &OnCall, context: &Context<'_>) -> Result<ExitCode, AppError> {
    if let Some(file) = &question.import {
        return import(team, question, file, context);
    }
    if let Some(file) = &question.ics {
        let asked = json!({ "onCall": { "calendarFile": { "weeks": question.weeks.max(1) } } });
        let view = ask(team, &asked, context)?;
        write(file, word(&view["text"]).as_bytes())?;
        return say(&format!("{} shifts saved in {}.", word(&view["shifts"]), file.display()));
    }
    let at = question.at.clone().unwrap_or_default();
    let now = ask(team, &json!({ "onCall": { "now": { "written": at } } }), context)?;
    if question.at.is_some() {
        return if question.json { say(&json(&now)?) } else { said(&now) };
    }
    let board = ask(team, &json!({ "onCall": { "board": { "weeks": question.weeks } } }), context)?;
    if question.json {
        return say(&json(&board)?);
    }
    said(&now)?;
    for level in board["levels"].as_array().into_iter().flatten() {
        let lines = rows(&level["shifts"], |shift| {
            vec![word(&shift["said"]), word(&shift["name"]), word(&shift["why"])]
        });
        if !lines.is_empty() {
            let columns = [(&*word(&level["name"]), Align::Left), ("Who", Align::Left), ("Why", Align::Left)];
            say(&format!("\n{}", table(&columns, &lines)))?;
        }
        if !level["coverage"].is_null() {
            say(&word(&level["coverage"]))?;
        }
    }
    let warnings = rows(&board["warnings"], |warning| vec![format!("  {}", word(&warning["said"]))]).concat();
    if warnings.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("\nTo look at:\n{}", warnings.join("\n")))
}

/// Who is on call, level by level.
fn said(now: &Value) -> Result<ExitCode, AppError> {
    let lines = rows(now, |one| vec![word(&one["levelName"]), word(&one["name"]), word(&one["said"])]);
    if lines.is_empty() {
        return say("Nobody is on call.");
    }
    say(&table(&[("Level", Align::Left), ("Who", Align::Left), ("When", Align::Left)], &lines))
}

fn import(
    team: &mut Team,
    question: &OnCall,
    file: &Path,
    context: &Context<'_>,
) -> Result<ExitCode, AppError> {
    let bytes = read(file)?;
    let context = &Context { attachment: Some(&bytes), ..*context };
    let mut look = ask(team, &json!({ "onCall": { "shiftFile": {} } }), context)?;
    let mut people = json!([]);
    if question.add_people {
        let unknown = rows(&look["people"], |one| match one["member"].is_null() {
            true => vec![word(&one["written"])],
            false => Vec::new(),
        });
        people =
            unknown.concat().into_iter().map(|written| json!({ "written": written, "add": true })).collect();
        look = ask(team, &json!({ "onCall": { "shiftFile": { "people": people } } }), context)?;
    }
    for left in look["leftOut"].as_array().into_iter().flatten() {
        let line = left["line"].as_u64().map(|line| format!("line {line}: ")).unwrap_or_default();
        eprintln!("Left out, {line}{}: {}.", word(&left["what"]), word(&left["why"]));
    }
    for note in look["notes"].as_array().into_iter().flatten() {
        eprintln!("{}", word(note));
    }
    if question.dry_run {
        let lines = rows(&look["people"], |one| {
            let becomes = match (one["member"].is_null(), one["add"] == true) {
                (false, _) => "a member",
                (true, true) => "added",
                (true, false) => "left out",
            };
            vec![word(&one["written"]), word(&one["shifts"]), word(&one["said"]), becomes.to_owned()]
        });
        let columns =
            [("Who", Align::Left), ("Shifts", Align::Right), ("When", Align::Left), ("Becomes", Align::Left)];
        say(&table(&columns, &lines))?;
        return say(&format!(
            "{} to store, {} known already, {} of people who are left out.",
            word(&look["fresh"]),
            word(&look["known"]),
            word(&look["withoutPerson"])
        ));
    }
    let source = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let command = json!({ "onCall": { "importShifts": { "people": people, "source": source } } });
    let outcome = app::run(team, app::parse_command(&command.to_string())?, context)?;
    let note = outcome.note.map(|note| format!(" {note}")).unwrap_or_default();
    say(&format!("{}.{note}", outcome.title))
}
