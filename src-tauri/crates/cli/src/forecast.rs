//! What may come, as a range with likelihoods; and how such ranges would have held.

use crate::arguments::{ForecastAction, ForecastAsked};
use crate::table::{Align, table};
use crate::views::{ask, format_of, item_labelled, json, pixels, rows, size, sprint_numbered, word};
use crate::{open, read, say};
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Prints a forecast, or a back-test.
pub fn forecast(action: &ForecastAction, context: &Context<'_>) -> Result<ExitCode, AppError> {
    match action {
        ForecastAction::HowMany { by, sprint, asked } => {
            let team = open(&asked.team.team)?;
            let until = match (by, sprint) {
                (_, Some(number)) => json!({ "sprint": sprint_numbered(&team, *number)?.id }),
                (by, None) => json!({ "day": by.clone().unwrap_or_default() }),
            };
            print(&team, json!({ "howMany": { "until": until } }), asked, context)
        }
        ForecastAction::When { amount, top, label, parent, above, asked } => {
            let team = open(&asked.team.team)?;
            let mut groups: Vec<Value> = amount.iter().map(|amount| json!({ "amount": amount })).collect();
            groups.extend(top.iter().map(|count| json!({ "top": count })));
            groups.extend(label.iter().map(|label| json!({ "label": label })));
            for item in parent {
                groups.push(json!({ "parent": item_labelled(&team, item, context)? }));
            }
            let what = match &groups[..] {
                [only] => json!({ "when": { "work": only, "above": above } }),
                _ => json!({ "inOrder": { "groups": groups } }),
            };
            print(&team, what, asked, context)
        }
        ForecastAction::Plan { sprint, asked } => {
            let team = open(&asked.team.team)?;
            let sprint = sprint.map(|number| sprint_numbered(&team, number)).transpose()?;
            let what = json!({ "plan": { "sprint": sprint.map(|sprint| sprint.id) } });
            print(&team, what, asked, context)
        }
        ForecastAction::BackTest { team, csv, unit, days, seed, json } => {
            let view = match (csv, team) {
                (Some(file), _) => {
                    let test = app::forecast::back_test::of_file(&read(file)?, *days, *seed)?;
                    serde_json::to_value(&test).map_err(|error| AppError::internal(error.to_string()))?
                }
                (None, Some(team)) => {
                    let query = json!({ "forecast": { "backTest": { "unit": unit, "seed": seed } } });
                    ask(&open(team)?, &query, context)?
                }
                (None, None) => return Err(AppError::internal("neither a team nor a file")),
            };
            print_test(&view, *json)
        }
    }
}

fn print(
    team: &Team,
    what: Value,
    asked: &ForecastAsked,
    context: &Context<'_>,
) -> Result<ExitCode, AppError> {
    let (width, height) = pixels(&asked.size)?;
    let percent = |percent: Option<u32>| percent.map(|percent| percent.saturating_mul(100));
    let question = json!({
        "ask": what, "unit": asked.unit, "seed": asked.seed, "theme": asked.theme, "width": width, "height": height,
        "whatIf": {
            "throughput": percent(asked.throughput), "scope": asked.scope.clone().unwrap_or_default(),
            "buffer": percent(asked.buffer), "start": asked.start.clone().unwrap_or_default(),
        },
    });
    let query = json!({ "forecast": { "ask": question } });
    if let Some(output) = &asked.output {
        let format = format_of(output)?;
        let bytes = app::flow::picture(team, app::parse_query(&query.to_string())?, format, context)?;
        crate::write(output, &bytes)?;
    }
    let view = ask(team, &query, context)?;
    if asked.json {
        return say(&json(&view)?);
    }
    say(&format!("{}\n{}", word(&view["question"]), word(&view["answer"])))?;
    if let Some(without) = view["without"].as_str() {
        say(&format!("Without the changes: {without}"))?;
    }
    let several = view["groups"].as_array().is_some_and(|groups| groups.len() > 1);
    let mut lines = Vec::new();
    for group in view["groups"].as_array().into_iter().flatten() {
        lines.extend(rows(&group["marks"], |mark| {
            let mut cells = if several { vec![word(&group["name"])] } else { Vec::new() };
            let likelihood = format!("{} %", word(&mark["percent"]));
            cells.extend([likelihood, word(&mark["likelihood"]), word(&mark["said"])]);
            cells
        }));
    }
    let mut columns = if several { vec![("In order", Align::Left)] } else { Vec::new() };
    columns.extend([("Likelihood", Align::Right), ("In words", Align::Left), ("Done", Align::Left)]);
    say(&table(&columns, &lines))?;
    let items = rows(&view["items"], |item| {
        vec![
            word(&item["label"]),
            app::exchange::mapping::shortened(&word(&item["title"]), 59),
            word(&item["said"]),
        ]
    });
    if !items.is_empty() {
        let columns = [("Label", Align::Left), ("Title", Align::Left), ("Done", Align::Left)];
        say(&table(&columns, &items))?;
    }
    let notes = rows(&view["notes"], |note| vec![word(note)]).concat();
    let said = [vec![word(&view["method"])], notes, vec![word(&view["held"]["said"])]].concat();
    say(&format!("{}\nSeed {}.", said.join("\n"), word(&view["seed"])))
}

fn print_test(view: &Value, as_json: bool) -> Result<ExitCode, AppError> {
    if as_json {
        return say(&json(view)?);
    }
    let columns = [
        ("Sprint", Align::Left),
        ("From", Align::Left),
        ("To", Align::Left),
        ("Committed", Align::Right),
        ("50 %", Align::Right),
        ("70 %", Align::Right),
        ("85 %", Align::Right),
        ("95 %", Align::Right),
        ("Completed", Align::Right),
    ];
    let lines = rows(&view["test"]["sprints"], |sprint| {
        let mut cells = vec![word(&sprint["name"]), word(&sprint["first"]), word(&sprint["last"])];
        cells.push(size(&sprint["committed"]));
        cells.extend((0..4).map(|mark| size(&sprint["forecast"][mark])));
        cells.push(size(&sprint["completed"]));
        cells
    });
    say(&table(&columns, &lines))?;
    let said = rows(&view["said"], |line| vec![word(line)]).concat();
    say(&format!("{}\n{}", said.join("\n"), word(&view["method"])))
}
