//! `evenkeel import`: look, preview, import.

use crate::arguments::{FIELDS, Format, Import};
use crate::{progress, read, say, views};
use app::exchange::mapping::Target;
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Imports a file, or says what an import would do.
pub fn import(team: &mut Team, import: &Import, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let bytes = read(&import.file)?;
    let context = Context {
        now: context.now,
        chance: context.chance,
        device: context.device,
        person: context.person,
        attachment: Some(&bytes),
        progress: &progress,
        cancel: context.cancel,
    };
    let name = import.file.file_stem().map(|name| name.to_string_lossy().into_owned());
    let mut look = views::ask(team, &json!({ "exchange": { "look": { "name": name } } }), &context)?;
    let kept_on = look["keptOn"].take();
    if import.format.is_some() || !import.map.is_empty() {
        let mut mapping = look["mapping"].take();
        if let Some(format) = import.format {
            source(&mut mapping, format, import)?;
        }
        for change in &import.map {
            remap(&mut mapping, change)?;
        }
        // What a column becomes decides which values are to be mapped.
        let again = json!({ "exchange": { "look": { "name": name, "mapping": mapping } } });
        look = views::ask(team, &again, &context)?;
    }
    let (mapping, mut keep, states) = (look["mapping"].take(), look["keep"].take(), look["states"].take());
    if import.format == Some(Format::Csv) {
        // The name was asked for this once; the next such file is what it is.
        keep["choices"]["source"] = Value::Null;
    }
    let preview = views::ask(team, &json!({ "exchange": { "preview": { "mapping": mapping } } }), &context);
    let preview = preview.map_err(|refused| with_the_columns(refused, &mapping))?;
    if let Some(path) = &import.not_taken {
        let text =
            views::ask(team, &json!({ "exchange": { "notTaken": { "mapping": mapping } } }), &context)?;
        crate::write(path, text["text"].as_str().unwrap_or_default().as_bytes())?;
    }
    if import.dry_run {
        return if import.json {
            say(&views::json(&preview)?)
        } else {
            say(&summary(&preview, &mapping, &states, &kept_on, import.theirs))
        };
    }
    let others = if import.theirs { "there" } else { "here" };
    let command = json!({ "exchange": { "import": { "mapping": mapping, "others": others, "keep": keep } } });
    let outcome = app::run(team, app::parse_command(&command.to_string())?, &context)?;
    if import.json {
        return say(&views::json(&json!({ "outcome": outcome, "preview": preview }))?);
    }
    say(&summary(&preview, &mapping, &states, &kept_on, import.theirs))?;
    match outcome.operation {
        None => eprintln!("Nothing to change: the team has all of it."),
        Some(_) => eprintln!(
            "{}. `evenkeel run` with {{\"journal\":{{\"undo\":{{}}}}}} takes it back.",
            outcome.title
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// Holds the file to a format: another tracker's export is refused, not read wrongly. As plain CSV, whatever it is, the
/// file's name becomes the source of its keys, so that lists of different origins are not taken for one.
fn source(mapping: &mut Value, format: Format, import: &Import) -> Result<(), AppError> {
    let found = mapping["source"].as_str().unwrap_or_default().to_owned();
    let expected = match format {
        Format::Jira => "Jira",
        Format::Azure => "Azure DevOps",
        Format::Csv => {
            let name = import.file.file_stem().map(|name| name.to_string_lossy().into_owned());
            mapping["source"] = json!(name.unwrap_or(found));
            return Ok(());
        }
    };
    if found == expected {
        return Ok(());
    }
    Err(AppError::refused(
        format!("{} does not look like an export of {expected}.", import.file.display()),
        "Leave --format out to see what it looks like (--dry-run), or read it with --format csv and --map.",
    ))
}

/// `COLUMN=FIELD`: reads all columns of that name as the field.
fn remap(mapping: &mut Value, change: &str) -> Result<(), AppError> {
    let wrong = |message: String, hint: String| Err(AppError::refused(message, hint));
    let Some((name, field)) = change.rsplit_once('=') else {
        return wrong(format!("“{change}” is no mapping."), "Write --map 'COLUMN=FIELD'.".into());
    };
    let columns = mapping["columns"].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default();
    let names: Vec<String> =
        columns.iter().map(|column| column["name"].as_str().unwrap_or_default().to_owned()).collect();
    if !names.iter().any(|known| known == name) {
        return wrong(format!("The file has no column “{name}”."), format!("It has {}.", names.join(", ")));
    }
    if serde_json::from_value::<Target>(json!(field)).is_err() {
        return wrong(format!("An item has no field “{field}”."), format!("Write one of {FIELDS}."));
    }
    for column in columns.iter_mut().filter(|column| column["name"] == name) {
        column["target"] = json!(field);
    }
    Ok(())
}

/// A mapping that does not fit is mended by naming columns; they are listed.
fn with_the_columns(refused: AppError, mapping: &Value) -> AppError {
    if refused.field.as_deref() != Some("columns") {
        return refused;
    }
    let names = mapping["columns"].as_array().into_iter().flatten().filter_map(|one| one["name"].as_str());
    let names: Vec<&str> = names.collect();
    AppError::refused(
        refused.message,
        format!("Say it with --map 'COLUMN=title'. The file has {}.", names.join(", ")),
    )
}

fn summary(preview: &Value, mapping: &Value, states: &Value, kept_on: &Value, theirs: bool) -> String {
    let number = |name: &str| preview[name].as_u64().unwrap_or(0);
    let count = |name: &str, one: &str| match number(name) {
        1 => format!("1 {one}"),
        many => format!("{many} {one}s"),
    };
    let mut lines = vec![format!(
        "{}: {} new, {} changed, {} unchanged; not taken: {}, {}; left out: {}; changed on both sides: {}.",
        mapping["source"].as_str().unwrap_or_default(),
        number("new"),
        number("changed"),
        number("unchanged"),
        count("rowsInAll", "row"),
        count("cellsInAll", "cell"),
        count("leftOutInAll", "row"),
        count("conflictsInAll", "field"),
    )];
    lines.extend(kept_on.as_str().map(|day| format!("  Mapped as on {day}, when such a file was imported.")));
    let used =
        mapping["columns"].as_array().into_iter().flatten().filter(|column| column["target"] != "ignore");
    lines.extend(used.map(|column| {
        format!(
            "  {} → {}",
            column["name"].as_str().unwrap_or_default(),
            column["target"].as_str().unwrap_or_default()
        )
    }));
    for (what, list, none) in [
        ("Types", "kinds", "unsorted"),
        ("Priorities", "severities", "none"),
        ("Statuses", "states", "first"),
    ] {
        let values = mapping[list].as_array().map(Vec::as_slice).unwrap_or_default();
        let shown = values.iter().map(|one| {
            let to = match one["to"].as_str() {
                Some("leaveOut") => "left out",
                to => to.unwrap_or(none),
            };
            let state = states.as_array().into_iter().flatten().find(|state| state["id"] == one["to"]);
            let to = state.and_then(|state| state["name"].as_str()).unwrap_or(to);
            format!("{} → {to}", one["value"].as_str().unwrap_or_default())
        });
        if !values.is_empty() {
            lines.push(format!("  {what}: {}", shown.collect::<Vec<_>>().join(", ")));
        }
    }
    for problem in
        ["rows", "cells"].iter().flat_map(|part| preview[*part].as_array().into_iter().flatten()).take(20)
    {
        let said = |name: &str| problem[name].as_str().unwrap_or_default();
        let place = if said("column").is_empty() { "the row" } else { said("column") };
        let value = if said("value").is_empty() { String::new() } else { format!(" ({})", said("value")) };
        lines.push(format!("  line {}, {place}: {}{value}", problem["line"], said("reason")));
    }
    let settled = if theirs { "taken from the file" } else { "kept as it is here" };
    for conflict in preview["conflicts"].as_array().into_iter().flatten().take(20) {
        let said = |name: &str| conflict[name].as_str().unwrap_or_default();
        let (here, there) = (said("here"), said("there"));
        lines.push(format!(
            "  {}, {}: “{here}” here, “{there}” in the file; {settled}",
            said("label"),
            said("field")
        ));
    }
    let notes = preview["notes"].as_array().into_iter().flatten().filter_map(Value::as_str);
    lines.extend(notes.map(|note| format!("  {note}")));
    let ignored: Vec<&str> =
        preview["notImported"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !ignored.is_empty() {
        lines.push(format!("  Not imported: {}", ignored.join(", ")));
    }
    lines.join("\n")
}
