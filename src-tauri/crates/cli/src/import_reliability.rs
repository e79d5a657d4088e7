//! `evenkeel import reliability`: what files tell of checks, outages and objectives.

use crate::arguments::ImportReliability;
use crate::import::files;
use crate::{progress, say, views};
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Imports what files tell of reliability, or says what an import would do.
pub fn import(
    of: &ImportReliability,
    open: impl Fn(&Path) -> Result<Team, AppError>,
    context: &Context<'_>,
) -> Result<ExitCode, AppError> {
    let mut team = open(&of.team)?;
    let mut files = files(&of.files)?;
    let name = match files.as_slice() {
        [(name, _)] => Path::new(name).file_stem().map(|name| name.to_string_lossy().into_owned()),
        _ => None,
    };
    // A log of checks may be long: it is held once.
    let bytes = match files.len() {
        1 => files.pop().map(|(_, bytes)| bytes).unwrap_or_default(),
        _ => app::exchange::files::pack(&files),
    };
    drop(files);
    let context = Context { attachment: Some(&bytes), progress: &progress, ..*context };
    let look = |mapping: &Value| {
        let question = json!({ "exchange": { "reliability": { "name": name, "mapping": mapping } } });
        views::ask(&team, &question, &context)
    };
    let mut looked = look(&Value::Null)?;
    let mut mapping = looked["mapping"].take();
    let before = mapping.clone();
    for (field, said) in
        [("source", json!(of.source)), ("dates", json!(of.dates)), ("apart", json!(of.apart))]
    {
        if !said.is_null() {
            mapping[field] = said;
        }
    }
    mapping["theirs"] = json!(of.theirs);
    remap(&mut mapping, &of.map)?;
    if mapping["columns"] != before["columns"] {
        // Which column it is decides which services and states there are.
        looked = look(&mapping)?;
        mapping = looked["mapping"].take();
    }
    let leave_out = |meaning: &str| if meaning == "leaveOut" { Value::Null } else { json!(meaning) };
    stand_for(&mut mapping, "services", &of.service, |meaning| Ok(leave_out(meaning)))?;
    stand_for(&mut mapping, "states", &of.state, |meaning| {
        if STATES.contains(&meaning) {
            return Ok(json!(meaning));
        }
        let hint = format!("Write one of {}.", STATES.join(", "));
        Err(AppError::refused(format!("A state cannot stand for “{meaning}”."), hint))
    })?;
    let ends = of.ended.iter().map(|said| {
        let said = said.rsplit_once('=').ok_or_else(|| {
            AppError::refused(
                format!("“{said}” does not say when something ended."),
                "Write --ended 'KEY=2026-03-01 14:30'.",
            )
        })?;
        Ok(json!({ "value": said.0, "to": said.1 }))
    });
    mapping["ends"] = json!(ends.collect::<Result<Vec<Value>, AppError>>()?);
    if mapping != before {
        looked = look(&mapping)?;
    } else {
        looked["mapping"] = mapping;
    }
    let body = json!({ "mapping": looked["mapping"], "name": name });
    if let Some(path) = &of.not_taken {
        let lost = views::ask(&team, &json!({ "exchange": { "reliabilityNotTaken": body } }), &context)?;
        crate::write(path, lost["text"].as_str().unwrap_or_default().as_bytes())?;
    }
    if of.dry_run {
        return if of.json { say(&views::json(&looked)?) } else { say(&summary(&looked)) };
    }
    let command = json!({ "exchange": { "importReliability": body } });
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

/// What a state can stand for.
const STATES: [&str; 6] = ["up", "degraded", "partial", "full", "maintenance", "leaveOut"];

/// What a column of a log can be.
const COLUMNS: [&str; 4] = ["time", "service", "state", "ignore"];

/// `COLUMN=FIELD`: reads a column as the field; the one that was it before is not read.
fn remap(mapping: &mut Value, changes: &[String]) -> Result<(), AppError> {
    for change in changes {
        let Some((name, field)) = change.rsplit_once('=').filter(|(_, field)| COLUMNS.contains(field)) else {
            let hint = format!("Write --map 'COLUMN=FIELD', where FIELD is one of {}.", COLUMNS.join(", "));
            return Err(AppError::refused(format!("“{change}” is no mapping of a log of checks."), hint));
        };
        let columns = mapping["columns"].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default();
        if !columns.iter().any(|column| column["name"] == name) {
            let names: Vec<&str> = columns.iter().filter_map(|column| column["name"].as_str()).collect();
            let hint = format!("It has {}.", names.join(", "));
            return Err(AppError::refused(format!("The file has no column “{name}”."), hint));
        }
        for column in columns {
            if column["name"] == name {
                column["is"] = json!(field);
            } else if column["is"] == field {
                column["is"] = json!("ignore");
            }
        }
    }
    Ok(())
}

/// `WORD=MEANING`: what a word of the file stands for.
fn stand_for(
    mapping: &mut Value,
    list: &str,
    said: &[String],
    meant: impl Fn(&str) -> Result<Value, AppError>,
) -> Result<(), AppError> {
    for said in said {
        let Some((word, meaning)) = said.rsplit_once('=') else {
            return Err(AppError::refused(
                format!("“{said}” does not say what a word stands for."),
                "Write WORD=MEANING.",
            ));
        };
        let known = mapping[list].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default();
        let words: Vec<String> =
            known.iter().filter_map(|one| one["value"].as_str().map(str::to_owned)).collect();
        match known.iter_mut().find(|one| one["value"] == word) {
            Some(one) => one["to"] = meant(meaning)?,
            None => {
                let hint = format!("It has {}.", words.join(", "));
                return Err(AppError::refused(format!("The file does not hold “{word}”."), hint));
            }
        }
    }
    Ok(())
}

/// What an import would do, line by line.
fn summary(looked: &Value) -> String {
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let number = |name: &str| looked[name].as_u64().unwrap_or(0);
    let mut lines = vec![format!(
        "{}: {} new, {} changed, {} unchanged; not taken: {}; left out: {}.",
        text(looked, "from"),
        number("new"),
        number("changed"),
        number("unchanged"),
        number("rowsInAll"),
        number("leftOutInAll"),
    )];
    let each = |name: &str| looked[name].as_array().cloned().unwrap_or_default();
    let mapped = |name: &str| looked["mapping"][name].as_array().cloned().unwrap_or_default();
    for (title, list) in [("Services", "services"), ("States", "states")] {
        let words = mapped(list);
        let words: Vec<String> = words
            .iter()
            .map(|one| format!("{} → {}", text(one, "value"), one["to"].as_str().unwrap_or("left out")))
            .collect();
        if !words.is_empty() {
            lines.push(format!("  {title}: {}", words.join(", ")));
        }
    }
    if let Some(apart) = looked["mapping"]["apart"].as_u64() {
        lines.push(format!("  A check holds for {apart} s at most"));
    }
    for shown in each("first").iter().take(20) {
        let (service, title, what) = (text(shown, "service"), text(shown, "title"), text(shown, "what"));
        let title = if title.is_empty() { title } else { format!(" “{title}”") };
        let (from, to) = (text(shown, "from"), text(shown, "to"));
        let when = match (from.as_str(), to.as_str()) {
            ("", _) => String::new(),
            (from, "") => format!(", since {from}"),
            (from, to) => format!(", {from} to {to}"),
        };
        lines.push(format!("  {service}{title}: {what}{when}"));
    }
    for difference in each("differences").iter().take(20) {
        let taken = if difference["isTaken"] == true { "taken from the file" } else { "kept as it is here" };
        lines.push(format!(
            "  {}, {}: “{}” here, “{}” in the file; {taken}",
            text(difference, "title"),
            text(difference, "field"),
            text(difference, "here"),
            text(difference, "there")
        ));
    }
    for end in each("openEnds").iter().take(20) {
        let (key, title, from) = (text(end, "key"), text(end, "title"), text(end, "from"));
        lines.push(format!("  When did “{title}” of {from} end? Say it with --ended '{key}=…'"));
    }
    for problem in each("rows").iter().take(20) {
        let file = text(problem, "file");
        let place = if file.is_empty() { String::new() } else { format!("{file}, ") };
        let value = text(problem, "value");
        let value = if value.is_empty() { value } else { format!(" ({value})") };
        lines.push(format!("  {place}line {}: {}{value}", problem["line"], text(problem, "reason")));
    }
    lines.extend(each("notes").iter().filter_map(|note| note.as_str().map(|note| format!("  {note}"))));
    lines.join("\n")
}
