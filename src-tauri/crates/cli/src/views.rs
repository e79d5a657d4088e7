//! Views as tables, or as they are with `--json`.

use crate::arguments::{Backlog, Chart, Sprint};
use crate::say;
use crate::table::{Align, table};
use app::exchange::mapping::shortened;
use app::flow::PictureFormat;
use app::{AppError, Context, Team};
use serde::Serialize;
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// A view as JSON on several lines.
pub fn json(view: &impl Serialize) -> Result<String, AppError> {
    serde_json::to_string_pretty(view).map_err(|error| AppError::internal(error.to_string()))
}

/// Asks a query of the window.
pub fn ask(team: &Team, query: &Value, context: &Context<'_>) -> Result<Value, AppError> {
    let answer = app::ask(team, app::parse_query(&query.to_string())?, context)?;
    serde_json::from_str(&answer.0).map_err(|error| AppError::internal(error.to_string()))
}

/// Prints the Product Backlog.
pub fn backlog(team: &Team, question: &Backlog, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let filter = json!({ "text": question.text.clone().unwrap_or_default() });
    let window = json!({ "filter": filter, "from": 0, "limit": question.limit });
    let view = ask(team, &json!({ "backlog": { "window": window } }), context)?;
    if question.json {
        return say(&json(&view)?);
    }
    let columns = [
        ("#", Align::Right),
        ("Label", Align::Left),
        ("Title", Align::Left),
        ("Kind", Align::Left),
        ("Severity", Align::Left),
        ("Points", Align::Right),
        ("State", Align::Left),
        ("Sprint", Align::Left),
    ];
    let rows = rows(&view["rows"], |row| {
        vec![
            word(&row["place"]),
            word(&row["label"]),
            shortened(&word(&row["title"]), 59),
            row["kind"].as_str().unwrap_or("unsorted").to_owned(),
            word(&row["severity"]),
            size(&row["size"]),
            word(&row["state"]),
            word(&row["sprint"]["name"]),
        ]
    });
    let shown = rows.len() as u64;
    say(&table(&columns, &rows))?;
    let total = view["total"].as_u64().unwrap_or(shown);
    if total > shown {
        eprintln!("{shown} of {}; --limit shows more.", counted(total, "item"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints a Sprint: the running one's board, or what was sealed of a closed one.
pub fn sprint(team: &Team, question: &Sprint, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let Some(number) = question.sprint else { return board(team, question, context) };
    let found = sprint_numbered(team, number)?;
    if found.started_at.is_some() && found.closed_at.is_none() {
        return board(team, question, context);
    }
    let asked = match found.closed_at {
        Some(_) => json!({ "sprint": { "report": { "sprint": found.id } } }),
        None => json!({ "capacity": { "planBoard": { "sprint": found.id } } }),
    };
    let view = ask(team, &asked, context)?;
    if question.json {
        return say(&json(&view)?);
    }
    let days = format!("{}, {} to {}", found.name, found.first_day, found.last_day);
    if found.closed_at.is_none() {
        let lines = rows(&view["plan"]["lanes"], |lane| {
            vec![word(&lane["load"]["budget"]["name"]), word(&lane["said"])]
        });
        say(&format!("{days}: planned\n{}", goal(&found.goal)))?;
        return say(&table(&[("Lane", Align::Left), ("Load", Align::Left)], &lines));
    }
    say(&format!("{days}: closed\n{}", goal(&found.goal)))?;
    let report = &view["report"];
    if report.is_null() {
        return say(&format!(
            "Only totals are known: {} completed.",
            points_said(&view["totals"]["completed"])
        ));
    }
    say(&totals(report, &view["count"]["said"]))?;
    let told = ask(team, &json!({ "interrupt": { "ofSprint": { "sprint": found.id } } }), context)?;
    if let Some(sentence) = told["ledger"]["sentence"].as_str() {
        say(&format!("{sentence} {}", word(&told["ledger"]["method"])))?;
    }
    let mut lines = Vec::new();
    for part in ["completed", "notCompleted", "removed", "completedOutside", "buffer"] {
        lines.extend(rows(&report[part], |item| {
            vec![
                words(part),
                word(&item["label"]),
                shortened(&word(&item["title"]), 59),
                sized(&item["final"]),
            ]
        }));
    }
    let columns =
        [("", Align::Left), ("Label", Align::Left), ("Title", Align::Left), ("Points", Align::Right)];
    say(&table(&columns, &lines))
}

/// `31 points committed, 24 completed; 3 added, 5 removed. 7 of 8 items done.`
fn totals(report: &Value, count: &Value) -> String {
    let points = &report["points"];
    let term = |name: &str| points[name].as_i64().unwrap_or_default();
    let said = |hundredths: i64| app::Size::hundredths(hundredths).to_string();
    let resized = match term("resized") {
        0 => String::new(),
        by if by > 0 => format!(", {} more by re-sizing", said(by)),
        by => format!(", {} less by re-sizing", said(-by)),
    };
    format!(
        "{} committed, {} completed; {} added, {} removed{resized}. {}.",
        points_said(&points["committed"]),
        said(term("done")),
        said(term("added")),
        said(term("removed")),
        word(count),
    )
}

fn board(team: &Team, question: &Sprint, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let view = ask(team, &json!({ "sprint": { "board": {} } }), context)?;
    if question.json {
        return say(&json(&view)?);
    }
    let sprint = &view["sprint"];
    if sprint.is_null() {
        return Err(AppError::refused(
            "No Sprint is running.",
            "Name one with --sprint NUMBER, or start one.",
        ));
    }
    let points = &sprint["points"];
    say(&format!(
        "{}, {} to {}: {} of {} left, {}\n{}. Buffer {}: {}.\n{}",
        word(&sprint["name"]),
        word(&sprint["firstDay"]),
        word(&sprint["lastDay"]),
        size(&points["remaining"]),
        points_said(&points["scope"]),
        counted(sprint["workingDaysLeft"].as_u64().unwrap_or_default(), "working day"),
        word(&sprint["count"]["said"]),
        words(&word(&sprint["buffer"]["state"])),
        word(&sprint["buffer"]["said"]),
        goal(sprint["goal"].as_str().unwrap_or_default()),
    ))?;
    let columns = [
        ("State", Align::Left),
        ("Label", Align::Left),
        ("Title", Align::Left),
        ("Lane", Align::Left),
        ("Points", Align::Right),
        ("Owner", Align::Left),
    ];
    let mut lines = Vec::new();
    for column in view["columns"].as_array().into_iter().flatten() {
        lines.extend(rows(&column["items"], |item| {
            vec![
                word(&column["name"]),
                word(&item["label"]),
                shortened(&word(&item["title"]), 59),
                word(&item["lane"]),
                sized(&item["size"]),
                word(&item["owner"]),
            ]
        }));
    }
    say(&table(&columns, &lines))
}

/// Draws a chart into a file.
pub fn chart(team: &Team, chart: &Chart, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let format = format_of(&chart.output)?;
    let (width, height) = pixels(&chart.size)?;
    let sprint =
        chart.sprint.map(|number| sprint_numbered(team, number)).transpose()?.map(|sprint| sprint.id);
    let goal = match (&chart.label, &chart.parent) {
        (Some(label), _) => json!({ "label": label }),
        (None, Some(parent)) => json!({ "parent": item_labelled(team, parent, context)? }),
        (None, None) => Value::Null,
    };
    let service =
        chart.service.as_ref().map(|name| crate::delivery::service(team, name, context)).transpose()?;
    let question = json!({
        "service": service, "period": chart.period,
        "chart": chart.chart, "sprint": sprint, "unit": chart.unit, "edition": chart.edition, "asOf": chart.as_of,
        "firstDay": chart.from, "lastDay": chart.to, "last": chart.last, "ideal": chart.ideal, "step": chart.step,
        "goal": goal, "theme": chart.theme, "width": width, "height": height,
    });
    let query = app::parse_query(&json!({ "flow": { "chart": question } }).to_string())?;
    let bytes = app::flow::picture(team, query, format, context)?;
    crate::write(&chart.output, &bytes)?;
    Ok(ExitCode::SUCCESS)
}

/// The form of a picture, by the name of its file.
pub fn format_of(output: &Path) -> Result<PictureFormat, AppError> {
    let ending = output.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
    match ending.as_deref() {
        Some("svg") => Ok(PictureFormat::Svg),
        Some("png") => Ok(PictureFormat::Png),
        Some("csv") => Ok(PictureFormat::Csv),
        _ => Err(AppError::refused(
            "A picture ends in .svg or .png, a table in .csv.",
            "Name the file chart.svg, say.",
        )),
    }
}

/// A width and a height: `1920x1080`.
pub fn pixels(size: &str) -> Result<(u32, u32), AppError> {
    let side = |text: &str| text.parse::<u32>().ok().filter(|side| (100..=8000).contains(side));
    size.split_once('x').and_then(|(w, h)| Some((side(w)?, side(h)?))).ok_or_else(|| {
        AppError::refused(
            format!("“{size}” is not a size."),
            "Write width and height in pixels, from 100 to 8000: --size 1920x1080.",
        )
    })
}

/// The identity of the item with a label.
pub fn item_labelled(team: &Team, label: &str, context: &Context<'_>) -> Result<Value, AppError> {
    let window = json!({ "filter": { "text": label }, "from": 0, "limit": 50 });
    let view = ask(team, &json!({ "backlog": { "window": window } }), context)?;
    let rows = view["rows"].as_array().into_iter().flatten();
    let found =
        rows.into_iter().find(|row| row["label"].as_str().is_some_and(|l| l.eq_ignore_ascii_case(label)));
    found.map(|row| row["id"].clone()).ok_or_else(|| {
        AppError::refused(format!("No item has the label {label}."), "`evenkeel backlog` lists all of them.")
    })
}

/// Checks a file.
pub fn check(team: &Team, as_json: bool) -> Result<ExitCode, AppError> {
    let check = team.check()?;
    let problems: Vec<String> = check.problems.iter().map(ToString::to_string).collect();
    if as_json {
        say(&json(&json!({
            "operations": check.operations,
            "changes": check.changes,
            "items": check.items,
            "facts": check.facts,
            "searchMadeAgain": check.search_made_again,
            "problems": problems,
        }))?)?;
    } else if problems.is_empty() {
        say(&format!(
            "Whole: {} operations with {} changes replay to what is there; {} items are what their {} facts say.",
            check.operations, check.changes, check.items, check.facts
        ))?;
        if check.search_made_again {
            say("The search index was not what the items say, and was made again.")?;
        }
    } else {
        say(&problems.join("\n"))?;
        let found = counted(problems.len() as u64, "problem");
        eprintln!("{found}. The window offers the copies of the last days, which may be whole.");
    }
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The Sprint with a number.
pub fn sprint_numbered(team: &Team, number: i64) -> Result<app::Sprint, AppError> {
    let known = team.read().sprints()?;
    let numbers: Vec<String> = known.iter().map(|sprint| sprint.number.to_string()).collect();
    known.into_iter().find(|sprint| sprint.number == number).ok_or_else(|| {
        let hint = if numbers.is_empty() {
            "None is planned yet.".into()
        } else {
            format!("There are {}.", numbers.join(", "))
        };
        AppError::refused(format!("There is no Sprint {number}."), hint)
    })
}

/// The rows of a table, one for each of a list.
pub fn rows(list: &Value, cells: impl Fn(&Value) -> Vec<String>) -> Vec<Vec<String>> {
    list.as_array().into_iter().flatten().map(cells).collect()
}

/// A value as people read it; nothing for what is not set.
pub fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Hundredths of a point as people write them.
pub fn size(value: &Value) -> String {
    value.as_i64().map_or(String::new(), |hundredths| app::Size::hundredths(hundredths).to_string())
}

/// “1 point”, “2.5 points”.
fn points_said(value: &Value) -> String {
    let is_one = value.as_i64() == Some(100);
    format!("{} {}", size(value), if is_one { "point" } else { "points" })
}

/// “1 item”, “3 items”.
pub fn counted(count: u64, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// The size of an item of a Sprint; one that has none says so.
fn sized(value: &Value) -> String {
    if value.is_null() { "unsized".into() } else { size(value) }
}

/// `notCompleted` as words.
fn words(name: &str) -> String {
    let spaced =
        name.chars().map(|c| if c.is_uppercase() { format!(" {}", c.to_lowercase()) } else { c.into() });
    spaced.collect()
}

fn goal(text: &str) -> String {
    if text.is_empty() { "No Sprint Goal.".into() } else { format!("Sprint Goal: {text}") }
}
