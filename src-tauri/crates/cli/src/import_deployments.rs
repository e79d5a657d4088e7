//! `evenkeel import deployments`: what a file or a git repository tells of deployments.

use crate::arguments::{DEPLOYMENT_FIELDS, DEPLOYMENT_RESULTS, ImportDeployments};
use crate::{progress, read, say, views};
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Imports deployments, or says what an import would do.
pub fn import(
    of: &ImportDeployments,
    open: impl Fn(&Path) -> Result<Team, AppError>,
    context: &Context<'_>,
) -> Result<ExitCode, AppError> {
    let mut team = open(&of.team)?;
    let bytes = if of.file.is_dir() {
        git::read(&of.file, &|| false).map_err(|refused| {
            AppError::refused(
                format!("Nothing is read: {refused}."),
                "Name a folder with a git repository, or a file.",
            )
        })?
    } else {
        read(&of.file)?
    };
    let context = Context { attachment: Some(&bytes), progress: &progress, ..*context };
    let name = of.file.file_stem().map(|name| name.to_string_lossy().into_owned());
    let look = |mapping: Value| {
        views::ask(
            &team,
            &json!({ "exchange": { "deployments": { "name": name, "mapping": mapping } } }),
            &context,
        )
    };
    let mut looked = look(Value::Null)?;
    if of.main_line || of.tags {
        // The columns of tags and of the main line are the same, so that all else stays.
        let mut mapping = looked["mapping"].take();
        mapping["marks"] = json!(if of.main_line { "mainLine" } else { "tags" });
        looked = look(mapping)?;
    }
    let mut mapping = looked["mapping"].take();
    for (field, said) in [
        ("source", &of.source),
        ("service", &of.service),
        ("environment", &of.environment),
        ("dates", &of.dates),
    ] {
        if let Some(said) = said {
            mapping[field] = json!(said);
        }
    }
    if of.prereleases {
        mapping["prereleases"] = json!(true);
    }
    for change in &of.map {
        remap(&mut mapping, change)?;
    }
    choose(&mut mapping, &of.only)?;
    // What a column becomes decides which words are to be known.
    looked = look(mapping)?;
    let mut mapping = looked["mapping"].take();
    for change in &of.result {
        stand_for(&mut mapping, change)?;
    }
    let looked = look(mapping)?;
    if let Some(path) = &of.not_taken {
        let asked = json!({ "exchange": { "deploymentsNotTaken": { "mapping": looked["mapping"] } } });
        let lost = views::ask(&team, &asked, &context)?;
        crate::write(path, lost["text"].as_str().unwrap_or_default().as_bytes())?;
    }
    if of.dry_run {
        return if of.json { say(&views::json(&looked)?) } else { say(&summary(&looked)) };
    }
    let command = json!({ "exchange": { "importDeployments": { "mapping": looked["mapping"] } } });
    let outcome = app::run(&mut team, app::parse_command(&command.to_string())?, &context)?;
    if of.json {
        return say(&views::json(&json!({ "outcome": outcome, "look": looked }))?);
    }
    say(&summary(&looked))?;
    match outcome.operation {
        None => eprintln!("Nothing to change: the team has all of it."),
        Some(_) => eprintln!(
            "{}. `evenkeel run` with {{\"journal\":{{\"undo\":{{}}}}}} takes it back.",
            outcome.title
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// `COLUMN=FIELD`: reads a column as the field; the one that was it before is not imported.
fn remap(mapping: &mut Value, change: &str) -> Result<(), AppError> {
    let Some((name, field)) = change.rsplit_once('=') else {
        return Err(AppError::refused(format!("“{change}” is no mapping."), "Write --map 'COLUMN=FIELD'."));
    };
    if !DEPLOYMENT_FIELDS.contains(&field) {
        return Err(AppError::refused(
            format!("A deployment has no field “{field}”."),
            format!("Write one of {}.", DEPLOYMENT_FIELDS.join(", ")),
        ));
    }
    let names = names(mapping);
    if !names.iter().any(|known| known == name) {
        return Err(AppError::refused(
            format!("The file has no column “{name}”."),
            format!("It has {}.", names.join(", ")),
        ));
    }
    for column in mapping["columns"].as_array_mut().into_iter().flatten() {
        if column["name"] == name {
            column["target"] = json!(field);
        } else if column["target"] == field {
            column["target"] = json!("ignore");
        }
    }
    Ok(())
}

/// `COLUMN=VALUE`: takes only the rows that hold one of the values in the column.
fn choose(mapping: &mut Value, only: &[String]) -> Result<(), AppError> {
    let mut chosen: Option<(&str, Vec<&str>)> = None;
    for one in only {
        let Some((column, value)) = one.split_once('=') else {
            return Err(AppError::refused(
                format!("“{one}” chooses no rows."),
                "Write --only 'COLUMN=VALUE'.",
            ));
        };
        match &mut chosen {
            None => chosen = Some((column, vec![value])),
            Some((known, values)) if *known == column => values.push(value),
            Some((known, _)) => {
                return Err(AppError::refused(
                    format!("Rows are chosen by one column, not by “{known}” and “{column}”."),
                    "Name several values of one column.",
                ));
            }
        }
    }
    let Some((column, values)) = chosen else { return Ok(()) };
    let names = names(mapping);
    if !names.iter().any(|known| known == column) {
        return Err(AppError::refused(
            format!("The file has no column “{column}”."),
            format!("It has {}.", names.join(", ")),
        ));
    }
    mapping["only"] = json!({ "column": column, "values": values });
    Ok(())
}

/// `WORD=MEANING`: what a word for a result stands for.
fn stand_for(mapping: &mut Value, change: &str) -> Result<(), AppError> {
    let said = change.rsplit_once('=').filter(|(_, meaning)| DEPLOYMENT_RESULTS.contains(meaning));
    let Some((word, meaning)) = said else {
        return Err(AppError::refused(
            format!("“{change}” does not say what a result stands for."),
            format!("Write --result 'WORD=MEANING', the meaning one of {}.", DEPLOYMENT_RESULTS.join(", ")),
        ));
    };
    let results = mapping["results"].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default();
    let known: Vec<String> =
        results.iter().map(|one| one["value"].as_str().unwrap_or_default().to_owned()).collect();
    match results.iter_mut().find(|one| one["value"] == word) {
        Some(one) => {
            one["to"] = json!(meaning);
            Ok(())
        }
        None if known.is_empty() => Err(AppError::refused(
            "No column says how a deployment went.",
            "Say which does with --map 'COLUMN=result'.",
        )),
        None => Err(AppError::refused(
            format!("The file has no result “{word}”."),
            format!("It has {}.", known.join(", ")),
        )),
    }
}

fn names(mapping: &Value) -> Vec<String> {
    let columns = mapping["columns"].as_array().into_iter().flatten();
    columns.filter_map(|column| column["name"].as_str().map(str::to_owned)).collect()
}

fn summary(looked: &Value) -> String {
    let mapping = &looked["mapping"];
    let number = |name: &str| looked[name].as_u64().unwrap_or(0);
    let count = |name: &str, one: &str| views::counted(number(name), one);
    let mut lines = vec![format!(
        "{}: {} new, {} filled in, {} unchanged; not taken: {}, {}; left out: {}.",
        mapping["source"].as_str().unwrap_or_default(),
        number("new"),
        number("changed"),
        number("unchanged"),
        count("rowsInAll", "row"),
        count("cellsInAll", "cell"),
        count("leftOutInAll", "row"),
    )];
    let columns = mapping["columns"].as_array().into_iter().flatten();
    let (unused, used): (Vec<&Value>, Vec<&Value>) = columns.partition(|column| column["target"] == "ignore");
    let name = |column: &Value| column["name"].as_str().unwrap_or_default().to_owned();
    lines.extend(
        used.into_iter()
            .map(|column| format!("  {} → {}", name(column), column["target"].as_str().unwrap_or_default())),
    );
    if let Some(column) = mapping["only"]["column"].as_str() {
        let values = mapping["only"]["values"].as_array().into_iter().flatten().filter_map(Value::as_str);
        lines.push(format!("  Only rows with {column}: {}", values.collect::<Vec<_>>().join(", ")));
    }
    let results = mapping["results"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !results.is_empty() {
        let shown = results.iter().map(|one| {
            let to = one["to"].as_str().unwrap_or("not known");
            format!("{} → {to}", one["value"].as_str().unwrap_or_default())
        });
        lines.push(format!("  Results: {}", shown.collect::<Vec<_>>().join(", ")));
    }
    let problems = ["rows", "cells"].iter().flat_map(|part| looked[*part].as_array().into_iter().flatten());
    lines.extend(problems.take(20).map(|problem| {
        let said = |name: &str| problem[name].as_str().unwrap_or_default();
        let place = if said("column").is_empty() { "the row" } else { said("column") };
        let value = if said("value").is_empty() { String::new() } else { format!(" ({})", said("value")) };
        format!("  line {}, {place}: {}{value}", problem["line"], said("reason"))
    }));
    let notes = looked["notes"].as_array().into_iter().flatten().filter_map(Value::as_str);
    lines.extend(notes.map(|note| format!("  {note}")));
    if !unused.is_empty() {
        let names: Vec<String> = unused.into_iter().map(name).collect();
        lines.push(format!("  Not imported: {}", names.join(", ")));
    }
    lines.join("\n")
}
