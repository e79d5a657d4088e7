//! `evenkeel import`: look, preview, import; of one file, of several, or of a folder; as items, interrupts or incidents.

use crate::arguments::{
    Corrections, FIELDS, Format, INCIDENT_FIELDS, INCIDENT_SEVERITIES, INTERRUPT_FIELDS, Import,
    ImportOthers, ImportRows, KINDS, SEVERITIES,
};
use crate::{progress, read, say, views};
use app::exchange::files::ENDINGS;
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What the rows become.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rows<'r> {
    Items,
    /// Interrupts; each is called so where no column is the title.
    Interrupts(Option<&'r str>),
    /// Incidents; whether an interrupt is made of each.
    Incidents(bool),
}

impl Rows<'_> {
    /// As the border names them.
    fn word(self) -> &'static str {
        match self {
            Rows::Items => "items",
            Rows::Interrupts(_) => "interrupts",
            Rows::Incidents(_) => "incidents",
        }
    }
}

/// Imports files, or says what an import would do.
pub fn import(
    rows: &ImportRows,
    open: impl Fn(&Path) -> Result<Team, AppError>,
    context: &Context<'_>,
) -> Result<ExitCode, AppError> {
    if let Some(ImportOthers::Deployments(of)) = &rows.others {
        return crate::import_deployments::import(of, open, context);
    }
    if let Some(ImportOthers::Reliability(of)) = &rows.others {
        return crate::import_reliability::import(of, open, context);
    }
    let (import, rows) = match &rows.others {
        Some(ImportOthers::Interrupts(of)) => (&of.import, Rows::Interrupts(of.title.as_deref())),
        Some(ImportOthers::Incidents(of)) => (&of.import, Rows::Incidents(of.interrupts)),
        Some(ImportOthers::Deployments(_) | ImportOthers::Reliability(_)) | None => {
            (&rows.items, Rows::Items)
        }
    };
    let Some(team) = &import.team else {
        return Err(AppError::refused("No team is named.", "Write --team NAME.evenkeel."));
    };
    import_rows(&mut open(team)?, import, rows, context)
}

fn import_rows(
    team: &mut Team,
    import: &Import,
    rows: Rows<'_>,
    context: &Context<'_>,
) -> Result<ExitCode, AppError> {
    let files = files(&import.files)?;
    let is_single = files.len() == 1;
    // Files of incidents that belong together are one export, which is mapped like one file.
    if !is_single && rows.word() != "incidents" && (import.format.is_some() || !import.corrections.are_none())
    {
        return Err(AppError::refused(
            "--format, --map and how a file is to be read are said of one file.",
            "Import the files that need them one by one.",
        ));
    }
    let bytes = match files.as_slice() {
        [(_, bytes)] => bytes.clone(),
        _ => app::exchange::files::pack(&files),
    };
    let context = Context { attachment: Some(&bytes), progress: &progress, ..*context };
    let mut looked = Vec::new();
    for (part, export) in exports(team, &context)?.iter().enumerate() {
        let named = export["names"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let named = named.collect::<Vec<_>>().join(", ");
        // Of a single file the look says by itself why it cannot be read.
        match export["refused"].as_str().filter(|_| !is_single) {
            Some(refused) => eprintln!("{named}: {refused}"),
            None => looked.push(Looked::at(team, (import, rows), part, named, files.first(), &context)?),
        }
    }
    let is_single = is_single || matches!(looked.as_slice(), [one] if one.mapping["becomes"] != "items");
    let question = |one: &Looked| json!({ "mapping": one.mapping, "part": one.part });
    let all = json!({ "imports": looked.iter().map(question).collect::<Vec<_>>() });
    let mut sums = Value::Null;
    match looked.as_mut_slice() {
        [] => {}
        [one] if is_single => one.preview = preview(team, one, &context)?,
        several => {
            sums = views::ask(team, &json!({ "exchange": { "previewAll": all } }), &context)?;
            for (one, preview) in several.iter_mut().zip(sums["each"].as_array_mut().into_iter().flatten()) {
                one.preview = preview.take();
            }
        }
    }
    if let Some(path) = &import.not_taken {
        let asked = match looked.as_slice() {
            [one] if is_single => json!({ "exchange": { "notTaken": question(one) } }),
            _ => json!({ "exchange": { "notTakenOfAll": all } }),
        };
        let lost = views::ask(team, &asked, &context)?;
        crate::write(path, lost["text"].as_str().unwrap_or_default().as_bytes())?;
    }
    let previews = |looked: &[Looked]| match looked {
        [one] if is_single => one.preview.clone(),
        all => all.iter().map(|one| json!({ "files": one.named, "preview": one.preview })).collect(),
    };
    let summaries = || {
        let mut lines: Vec<String> = looked.iter().map(|one| one.summary(import.theirs)).collect();
        if looked.len() > 1 {
            lines.push(counts_line("All together", &sums));
        }
        lines.join("\n")
    };
    if import.dry_run {
        return if import.json { say(&views::json(&previews(&looked))?) } else { say(&summaries()) };
    }
    let others = if import.theirs { "there" } else { "here" };
    let body = |one: &Looked| json!({ "mapping": one.mapping, "part": one.part, "others": others, "keep": one.keep });
    let command = match looked.as_slice() {
        [one] if is_single => json!({ "exchange": { "import": body(one) } }),
        all => {
            json!({ "exchange": { "importAll": { "imports": all.iter().map(body).collect::<Vec<_>>() } } })
        }
    };
    let outcome = app::run(team, app::parse_command(&command.to_string())?, &context)?;
    if import.json {
        return say(&views::json(&json!({ "outcome": outcome, "preview": previews(&looked) }))?);
    }
    say(&summaries())?;
    match outcome.operation {
        None => eprintln!("Nothing to change: the team has all of it."),
        Some(_) => eprintln!(
            "{}. `evenkeel run` with {{\"journal\":{{\"undo\":{{}}}}}} takes it back.",
            outcome.title
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// Which exports the files are.
fn exports(team: &Team, context: &Context<'_>) -> Result<Vec<Value>, AppError> {
    let mut found = views::ask(team, &json!({ "exchange": { "files": {} } }), context)?;
    Ok(found["exports"].as_array_mut().map(std::mem::take).unwrap_or_default())
}

/// The files with their names: those that are named, and those that lie in a folder that is named.
pub fn files(paths: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>, AppError> {
    let mut all = Vec::new();
    for path in paths {
        if !path.is_dir() {
            all.push(path.clone());
            continue;
        }
        let entries = std::fs::read_dir(path).map_err(|error| crate::file_error(path, &error))?;
        let is_export = |path: &PathBuf| {
            let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
            path.is_file() && ending.is_some_and(|ending| ENDINGS.iter().any(|one| ending == *one))
        };
        let mut inside: Vec<PathBuf> =
            entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(is_export).collect();
        if inside.is_empty() {
            return Err(AppError::refused(
                format!("{} holds no file that could be an export.", path.display()),
                "Exports end in .csv, .tsv, .txt, .json or .md.",
            ));
        }
        inside.sort();
        all.append(&mut inside);
    }
    let named = |path: PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Ok((name, read(&path)?))
    };
    all.into_iter().map(named).collect()
}

/// An export as it is seen: its mapping, and what its import would do.
struct Looked {
    part: usize,
    named: String,
    mapping: Value,
    keep: Value,
    states: Value,
    kept_on: Value,
    notes: Value,
    preview: Value,
}

impl Looked {
    fn at(
        team: &Team,
        (import, rows): (&Import, Rows<'_>),
        part: usize,
        named: String,
        first: Option<&(String, Vec<u8>)>,
        context: &Context<'_>,
    ) -> Result<Looked, AppError> {
        let file = if named.is_empty() {
            first.map(|(name, _)| name.clone()).unwrap_or_default()
        } else {
            named.clone()
        };
        let name = Path::new(&file).file_stem().map(|name| name.to_string_lossy().into_owned());
        let said = &import.corrections;
        let by_itself = json!({
            "name": name, "part": part, "encoding": said.encoding, "delimiter": said.delimiter, "becomes": rows.word(),
        });
        let mut look = views::ask(team, &json!({ "exchange": { "look": by_itself } }), context)?;
        let kept_on = look["keptOn"].take();
        let titled = if let Rows::Interrupts(titled) = rows { titled } else { None };
        let with_interrupts = rows == Rows::Incidents(true);
        if import.format.is_some() || !said.are_none() || titled.is_some() || with_interrupts {
            let again = |mapping: &Value| {
                let by_mapping = json!({ "name": name, "part": part, "mapping": mapping });
                views::ask(team, &json!({ "exchange": { "look": by_mapping } }), context)
            };
            let mut mapping = look["mapping"].take();
            if let Some(format) = import.format {
                source(&mut mapping, format, &file)?;
            }
            for change in &said.map {
                remap(&mut mapping, change, rows)?;
            }
            if let Some(titled) = titled {
                mapping["titled"] = json!(titled);
            }
            if with_interrupts {
                mapping["withInterrupts"] = json!(true);
            }
            choose_rows(&mut mapping, &said.only)?;
            if let Some(decimal) = &said.decimal {
                mapping["decimal"] = json!(decimal);
            }
            if let Some(dates) = &said.dates {
                mapping["dates"] = json!(dates);
            }
            // What a column becomes decides which values are to be mapped.
            look = again(&mapping)?;
            mapping = look["mapping"].take();
            refuse_unknown_values(&mapping, &look["only"])?;
            for stands in Stands::all(said, &look["states"], rows) {
                stands.apply(&mut mapping)?;
            }
            look = again(&mapping)?;
        }
        let (mapping, mut keep) = (look["mapping"].take(), look["keep"].take());
        if import.format == Some(Format::Csv) {
            // The name was asked for this once; the next such file is what it is.
            keep["choices"]["source"] = Value::Null;
        }
        let (states, notes) = (look["states"].take(), look["notes"].take());
        Ok(Looked { part, named, mapping, keep, states, kept_on, notes, preview: Value::Null })
    }

    fn summary(&self, theirs: bool) -> String {
        let said = summary(self, theirs);
        if self.named.is_empty() { said } else { format!("{}\n{said}", self.named) }
    }
}

/// What the import of a single file would do.
fn preview(team: &Team, one: &Looked, context: &Context<'_>) -> Result<Value, AppError> {
    let question = json!({ "mapping": one.mapping, "part": one.part });
    let preview = views::ask(team, &json!({ "exchange": { "preview": question } }), context);
    preview.map_err(|refused| with_the_columns(refused, &one.mapping))
}

/// Holds the file to a format: another tracker's export is refused, not read wrongly. As plain CSV, whatever it is, the
/// file's name becomes the source of its keys, so that lists of different origins are not taken for one.
fn source(mapping: &mut Value, format: Format, file: &str) -> Result<(), AppError> {
    let found = mapping["source"].as_str().unwrap_or_default().to_owned();
    let expected = match format {
        Format::Jira => "Jira",
        Format::Azure => "Azure DevOps",
        Format::Linear => "Linear",
        Format::Redmine => "Redmine",
        Format::Trello => "Trello",
        Format::Github => "GitHub",
        Format::Csv => {
            let name = Path::new(file).file_stem().map(|name| name.to_string_lossy().into_owned());
            mapping["source"] = json!(name.unwrap_or(found));
            return Ok(());
        }
    };
    if found == expected {
        return Ok(());
    }
    Err(AppError::refused(
        format!("{} does not look like an export of {expected}.", file),
        "Leave --format out to see what it looks like (--dry-run), or read it with --format csv and --map.",
    ))
}

/// `COLUMN=FIELD`: reads all columns of that name as the field.
fn remap(mapping: &mut Value, change: &str, rows: Rows<'_>) -> Result<(), AppError> {
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
    let (what, fields) = match rows {
        Rows::Items => ("An item", &FIELDS[..]),
        Rows::Interrupts(_) => ("An interrupt", &INTERRUPT_FIELDS[..]),
        Rows::Incidents(_) => ("An incident", &INCIDENT_FIELDS[..]),
    };
    if !fields.contains(&field) {
        return wrong(
            format!("{what} has no field “{field}”."),
            format!("Write one of {}.", fields.join(", ")),
        );
    }
    let field = match field {
        "reported" => "created",
        "ended" => "resolved",
        field => field,
    };
    for column in columns.iter_mut().filter(|column| column["name"] == name) {
        column["target"] = json!(field);
    }
    Ok(())
}

/// `COLUMN=VALUE`: takes only the rows that hold one of the values in the column.
fn choose_rows(mapping: &mut Value, only: &[String]) -> Result<(), AppError> {
    if only.is_empty() {
        return Ok(());
    }
    let mut values = Vec::new();
    let mut named: Option<&str> = None;
    for one in only {
        let Some((column, value)) = one.split_once('=') else {
            return Err(AppError::refused(
                format!("“{one}” chooses no rows."),
                "Write --only 'COLUMN=VALUE'.",
            ));
        };
        if let Some(other) = named.filter(|other| *other != column) {
            return Err(AppError::refused(
                format!("Rows are chosen by one column, not by “{other}” and “{column}”."),
                "Name several values of one column.",
            ));
        }
        named = Some(column);
        values.push(value);
    }
    let columns = mapping["columns"].as_array().into_iter().flatten();
    let names: Vec<&str> = columns.filter_map(|column| column["name"].as_str()).collect();
    if let Some(column) = named.filter(|column| !names.contains(column)) {
        let hint = format!("It has {}.", names.join(", "));
        return Err(AppError::refused(format!("The file has no column “{column}”."), hint));
    }
    mapping["only"] = json!({ "column": named, "values": values });
    Ok(())
}

/// A value that no row holds is a mistake in writing.
fn refuse_unknown_values(mapping: &Value, held: &Value) -> Result<(), AppError> {
    let names = held.as_array().into_iter().flatten().filter_map(|one| one["name"].as_str());
    let names: Vec<&str> = names.collect();
    let mut values = mapping["only"]["values"].as_array().into_iter().flatten().filter_map(Value::as_str);
    match values.find(|value| !names.contains(value)) {
        None => Ok(()),
        Some(value) => {
            let column = mapping["only"]["column"].as_str().unwrap_or_default();
            let shown: Vec<&str> = names.iter().copied().take(20).collect();
            Err(AppError::refused(
                format!("No row has “{value}” in the column {column}."),
                format!("The rows have {}.", shown.join(", ")),
            ))
        }
    }
}

/// `VALUE=MEANING`: what a value of the file stands for.
struct Stands<'s> {
    /// The option by which it is said.
    option: &'static str,
    /// What the value is: a type, a priority, a status.
    what: &'static str,
    /// Where the mapping has the values.
    list: &'static str,
    said: &'s str,
    /// What a value can stand for: in words, and in the mapping.
    meanings: Vec<(String, Value)>,
}

impl<'s> Stands<'s> {
    fn all(said: &'s Corrections, states: &Value, rows: Rows<'_>) -> Vec<Stands<'s>> {
        let of = |words: &[&str]| -> Vec<(String, Value)> {
            let meaning = |word: &&str| if *word == "none" { Value::Null } else { json!(word) };
            words.iter().map(|word| ((*word).to_owned(), meaning(word))).collect()
        };
        let named = states.as_array().into_iter().flatten();
        let states: Vec<(String, Value)> = named
            .map(|state| (state["name"].as_str().unwrap_or_default().to_owned(), state["id"].clone()))
            .collect();
        let severities = match rows {
            Rows::Items => ("--severity", "priority", "severities", &said.severity, of(&SEVERITIES)),
            Rows::Interrupts(_) | Rows::Incidents(_) => {
                let all = of(&INCIDENT_SEVERITIES);
                ("--severity", "severity", "incidentSeverities", &said.severity, all)
            }
        };
        let lists = [
            ("--kind", "type", "kinds", &said.kind, of(&KINDS)),
            severities,
            ("--status", "status", "states", &said.status, states),
        ];
        let each = lists.into_iter().flat_map(|(option, what, list, all, meanings)| {
            all.iter().map(move |said| Stands { option, what, list, said, meanings: meanings.clone() })
        });
        each.collect()
    }

    fn apply(&self, mapping: &mut Value) -> Result<(), AppError> {
        let Stands { option, what, said, .. } = self;
        let Some((value, meaning)) = said.rsplit_once('=') else {
            return Err(AppError::refused(
                format!("“{said}” does not say what a {what} stands for."),
                format!("Write {option} '{}=MEANING'.", what.to_uppercase()),
            ));
        };
        let Some((_, meaning)) = self.meanings.iter().find(|(word, _)| word.eq_ignore_ascii_case(meaning))
        else {
            let known: Vec<&str> = self.meanings.iter().map(|(word, _)| word.as_str()).collect();
            return Err(AppError::refused(
                format!("A {what} cannot stand for “{meaning}”."),
                format!("Write one of {}.", known.join(", ")),
            ));
        };
        let values = mapping[self.list].as_array_mut().map(Vec::as_mut_slice).unwrap_or_default();
        let known: Vec<String> =
            values.iter().map(|one| one["value"].as_str().unwrap_or_default().to_owned()).collect();
        match values.iter_mut().find(|one| one["value"] == value) {
            Some(one) => one["to"] = meaning.clone(),
            None => {
                return Err(AppError::refused(
                    format!("The file has no {what} “{value}”."),
                    if known.is_empty() {
                        format!("No column holds a {what}; say which with --map.")
                    } else {
                        format!("It has {}.", known.join(", "))
                    },
                ));
            }
        }
        Ok(())
    }
}

/// A mapping that does not fit is mended by naming columns; they are listed.
fn with_the_columns(refused: AppError, mapping: &Value) -> AppError {
    if refused.field.as_deref() != Some("columns") {
        return refused;
    }
    let names = mapping["columns"].as_array().into_iter().flatten().filter_map(|one| one["name"].as_str());
    let names: Vec<&str> = names.collect();
    let field = match mapping["becomes"].as_str() {
        Some("interrupts") => "ended",
        Some("incidents") => "reported",
        _ => "title",
    };
    AppError::refused(
        refused.message,
        format!("Say it with --map 'COLUMN={field}'. The file has {}.", names.join(", ")),
    )
}

/// `Jira: 3 new, 1 changed, …`
fn counts_line(of: &str, preview: &Value) -> String {
    let number = |name: &str| preview[name].as_u64().unwrap_or(0);
    let count = |name: &str, one: &str| views::counted(number(name), one);
    format!(
        "{of}: {} new, {} changed, {} unchanged; not taken: {}, {}; left out: {}; changed on both sides: {}.",
        number("new"),
        number("changed"),
        number("unchanged"),
        count("rowsInAll", "row"),
        count("cellsInAll", "cell"),
        count("leftOutInAll", "row"),
        count("conflictsInAll", "field"),
    )
}

fn summary(looked: &Looked, theirs: bool) -> String {
    let Looked { preview, mapping, states, kept_on, .. } = looked;
    let mut lines = vec![counts_line(mapping["source"].as_str().unwrap_or_default(), preview)];
    lines.extend(kept_on.as_str().map(|day| format!("  Mapped as on {day}, when such a file was imported.")));
    let used =
        mapping["columns"].as_array().into_iter().flatten().filter(|column| column["target"] != "ignore");
    let are_interrupts = mapping["becomes"] == "interrupts";
    let are_items = mapping["becomes"] == "items";
    lines.extend(used.map(|column| {
        let target = match column["target"].as_str().unwrap_or_default() {
            "created" if !are_items => "reported",
            "resolved" if are_interrupts => "ended",
            target => target,
        };
        format!("  {} → {target}", column["name"].as_str().unwrap_or_default())
    }));
    if let Some(column) = mapping["only"]["column"].as_str() {
        let values = mapping["only"]["values"].as_array().into_iter().flatten().filter_map(Value::as_str);
        lines.push(format!("  Only rows with {column}: {}", values.collect::<Vec<_>>().join(", ")));
    }
    for (what, list, none) in [
        ("Types", "kinds", "unsorted"),
        ("Priorities", "severities", "none"),
        ("Severities", "incidentSeverities", "none"),
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
    for near in preview["near"].as_array().into_iter().flatten().take(20) {
        let said = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let (title, label, known) =
            (said(&near["title"]), said(&near["item"]["label"]), said(&near["known"]));
        lines.push(format!("  Perhaps here already: “{title}” is nearly {label}, “{known}”"));
    }
    for sprint in preview["sprints"].as_array().into_iter().flatten() {
        let said = |name: &str| sprint[name].as_str().unwrap_or_default();
        let (name, first, last) = (said("name"), said("firstDay"), said("lastDay"));
        let items = views::counted(sprint["items"].as_u64().unwrap_or_default(), "item");
        lines.push(format!("  Past Sprint {name}: {first} to {last}, {items}"));
    }
    let notes = [&looked.notes, &preview["notes"]];
    let notes = notes.into_iter().filter_map(Value::as_array).flatten().filter_map(Value::as_str);
    for note in notes.map(|note| format!("  {note}")) {
        // What the look says of a file its preview may say of what comes of it.
        if !lines.contains(&note) {
            lines.push(note);
        }
    }
    let ignored: Vec<&str> =
        preview["notImported"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if !ignored.is_empty() {
        lines.push(format!("  Not imported: {}", ignored.join(", ")));
    }
    lines.join("\n")
}
