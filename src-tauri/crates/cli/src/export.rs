//! `evenkeel export`: the Product Backlog, a table, or all of them.

use crate::arguments::{Export, ExportFormat};
use crate::{say, views, write};
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// Writes an export into a file, into a folder, or to standard output.
pub fn export(team: &Team, export: &Export, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let ending = export.output.as_deref().and_then(Path::extension);
    let is_json = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let format = export.format.unwrap_or(if is_json { ExportFormat::Json } else { ExportFormat::Csv });
    let format = match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Json => "json",
    };
    let ask = |what: Value| -> Result<Value, AppError> {
        let question = json!({ "what": what, "format": format, "mark": export.bom });
        views::ask(team, &json!({ "exchange": { "export": question } }), context)
    };
    let text = |exported: &Value| exported["text"].as_str().unwrap_or_default().to_owned();
    if export.what == "all" && format == "csv" {
        let Some(folder) = &export.output else {
            return Err(AppError::refused(
                "A CSV file holds one table.",
                "Name a folder with -o, or export everything as JSON with --format json.",
            ));
        };
        std::fs::create_dir_all(folder).map_err(|error| crate::file_error(folder, &error))?;
        let tables = views::ask(team, &json!({ "exchange": { "tables": {} } }), context)?;
        let names = tables["tables"].as_array().into_iter().flatten().filter_map(|one| one["name"].as_str());
        let all = std::iter::once(("backlog", json!("backlog")));
        let mut files = 0;
        for (name, what) in all.chain(names.map(|name| (name, json!({ "table": name })))) {
            write(&folder.join(format!("{name}.csv")), text(&ask(what)?).as_bytes())?;
            files += 1;
        }
        eprintln!("Wrote {files} files into {}.", folder.display());
        return Ok(ExitCode::SUCCESS);
    }
    let exported = ask(match export.what.as_str() {
        "backlog" => json!("backlog"),
        "all" => json!("everything"),
        table => json!({ "table": table }),
    })?;
    match &export.output {
        None => return say(&text(&exported)),
        Some(path) => write(path, text(&exported).as_bytes())?,
    }
    let rows = exported["rows"].as_u64().unwrap_or_default();
    eprintln!("Wrote {rows} {}.", if rows == 1 { "row" } else { "rows" });
    Ok(ExitCode::SUCCESS)
}
