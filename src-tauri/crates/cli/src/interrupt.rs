//! Interrupts on the command line: one is added, those of a Sprint are listed, a Sprint's split is told.

use crate::arguments::{AddInterrupt, Interrupts, Split};
use crate::say;
use crate::table::{Align, table};
use crate::views::{ask, json, rows, sprint_numbered, word};
use app::exchange::mapping::shortened;
use app::{AppError, Context, Size, Team};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Reports an interrupt.
pub fn add(team: &mut Team, add: &AddInterrupt, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let owner = add.who.as_deref().map(|name| member(team, name, context)).transpose()?;
    let report = json!({
        "title": add.title,
        "severity": add.severity.map(|severity| format!("{severity:?}")),
        "hours": add.hours,
        "estimate": add.estimate,
        "owner": owner,
        "on": add.on,
    });
    let command =
        app::parse_command(&json!({ "interrupt": { "report": report } }).to_string()).map_err(|error| {
            match &add.on {
                Some(day) => {
                    AppError::refused(format!("“{day}” is not a day."), "Write it such as 2026-12-24.")
                }
                None => error,
            }
        })?;
    let outcome = app::run(team, command, context)?;
    if let Some(note) = &outcome.note {
        eprintln!("{note}");
    }
    let gauge = ask(team, &json!({ "interrupt": { "gauge": {} } }), context)?;
    let buffer = if gauge.is_null() { String::new() } else { format!(" {}", buffer_line(&gauge)) };
    say(&format!("{}.{buffer}", outcome.title))
}

/// The identity of a member by name. Refused where there is none, or more than one.
pub fn member(team: &Team, name: &str, context: &Context<'_>) -> Result<Value, AppError> {
    let list = ask(team, &json!({ "interrupt": { "list": {} } }), context)?;
    let all: Vec<Value> = list["members"].as_array().cloned().unwrap_or_default();
    let same = |one: &&Value| one["name"].as_str().is_some_and(|known| known.eq_ignore_ascii_case(name));
    match all.iter().filter(same).collect::<Vec<_>>().as_slice() {
        [one] => Ok(one["id"].clone()),
        found => {
            let names: Vec<String> = all.iter().map(|one| word(&one["name"])).collect();
            let many = if found.is_empty() { "Nobody" } else { "More than one member" };
            Err(AppError::refused(
                format!("{many} is called {name}."),
                format!("The members are: {}.", names.join(", ")),
            ))
        }
    }
}

/// `Buffer: 12.5 h of 20.4 h used. At this rate …`
fn buffer_line(gauge: &Value) -> String {
    let mut line = format!("{}: {}.", word(&gauge["lane"]), word(&gauge["said"]));
    for more in [&gauge["paceSaid"], &gauge["asks"]["said"], &gauge["unknownSaid"]] {
        if let Some(more) = more.as_str() {
            line.push_str(&format!(" {more}"));
        }
    }
    line
}

/// Lists the interrupts of a Sprint, those that wait for one, and how the buffer stands.
pub fn list(team: &Team, question: &Interrupts, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let sprint = question.sprint.map(|number| sprint_numbered(team, number)).transpose()?;
    let asked = json!({ "sprint": sprint.map(|sprint| sprint.id) });
    let told = ask(team, &json!({ "interrupt": { "ofSprint": asked } }), context)?;
    if question.json {
        return say(&json(&told)?);
    }
    let view = &told["list"];
    match view["sprint"]["name"].as_str() {
        Some(name) if view["gauge"].is_null() => say(&format!("{name}: what interrupts did is not known."))?,
        Some(name) => say(&format!("{name}. {}", buffer_line(&view["gauge"])))?,
        None => say("No Sprint is running.")?,
    };
    let columns = [
        ("Label", Align::Left),
        ("Severity", Align::Left),
        ("Title", Align::Left),
        ("Who", Align::Left),
        ("Time", Align::Right),
        ("", Align::Left),
    ];
    let row = |row: &Value, waits: bool| {
        let state = match (waits, row["endedAt"].is_null()) {
            (true, _) => "waits for a Sprint",
            (false, true) => "open",
            (false, false) => "over",
        };
        vec![
            word(&row["label"]),
            word(&row["severityName"]),
            shortened(&word(&row["title"]), 59),
            word(&row["ownerName"]),
            word(&row["timeSaid"]),
            state.to_owned(),
        ]
    };
    let mut lines = rows(&view["rows"], |one| row(one, false));
    lines.extend(rows(&view["waiting"], |one| row(one, true)));
    if lines.is_empty() {
        say("No interrupts.")?;
    } else {
        say(&table(&columns, &lines))?;
    }
    if question.sprint.is_none() {
        rate(team, context)?;
    }
    review(&told["ledger"])
}

/// How many come in a week, and what files of interrupts do not say.
fn rate(team: &Team, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let rate = ask(team, &json!({ "interrupt": { "rate": {} } }), context)?;
    if rate["all"] == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    let mut lines = vec![format!("{}. {}", word(&rate["said"]), word(&rate["method"]))];
    lines.extend(rate["loadSaid"].as_str().map(str::to_owned));
    lines.extend(rate["sources"].as_array().into_iter().flatten().map(word));
    say(&lines.join("\n"))
}

/// What interrupts pushed out of a Sprint, with the sentence for the review; nothing where it is not known.
fn review(ledger: &Value) -> Result<ExitCode, AppError> {
    if ledger.is_null() {
        return Ok(ExitCode::SUCCESS);
    }
    say(&word(&ledger["said"]))?;
    for decision in ledger["decisions"].as_array().into_iter().flatten() {
        let words = [&decision["on"], &decision["said"], &decision["reason"]].map(word);
        say(&format!("{}: the team {}: {}", words[0], words[1], words[2]))?;
    }
    say(&format!("{} {}", word(&ledger["sentence"]), word(&ledger["method"])))
}

/// Tells the planned, committed and actual split of a Sprint, with what interrupts pushed out.
pub fn split(team: &Team, question: &Split, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let sprint = question.sprint.map(|number| sprint_numbered(team, number)).transpose()?;
    let of = json!({ "sprint": sprint.as_ref().map(|sprint| sprint.id) });
    let told = ask(team, &json!({ "interrupt": { "ofSprint": of } }), context)?;
    let (split, ledger) = (&told["split"], &told["ledger"]);
    if split.is_null() {
        return Err(match sprint {
            Some(sprint) => AppError::refused(
                format!("How {} was split is not known.", sprint.name),
                "It is known of Sprints that were started here.",
            ),
            None => {
                AppError::refused("No Sprint is running.", "Name one with --sprint NUMBER, or start one.")
            }
        });
    }
    if question.json {
        return say(&json(&json!({ "split": split, "ledger": ledger }))?);
    }
    say(&format!("{}. {}", word(&split["sprint"]["name"]), word(&split["method"])))?;
    let unit = if split["report"]["unit"] == "hours" { " h" } else { "" };
    let percent = |share: &Value| {
        share
            .as_i64()
            .map_or("–".to_owned(), |share| format!("{} %", Size::hundredths((share + 50) / 100 * 100)))
    };
    let amount = |portion: &Value| {
        let tenths = portion["amount"].as_i64().unwrap_or_default() + 5;
        format!("{}{unit}", Size::hundredths(tenths.div_euclid(10) * 10))
    };
    let lines = rows(&split["report"]["lanes"], |lane| {
        let name = lane["name"].as_str().filter(|name| !name.is_empty()).unwrap_or("Unsorted");
        vec![
            name.to_owned(),
            percent(&lane["planned"]),
            percent(&lane["committed"]["share"]),
            percent(&lane["actual"]["share"]),
            amount(&lane["committed"]),
            amount(&lane["actual"]),
        ]
    });
    let columns = [
        ("Lane", Align::Left),
        ("Planned", Align::Right),
        ("Committed", Align::Right),
        ("Actual", Align::Right),
        ("Committed", Align::Right),
        ("Actual", Align::Right),
    ];
    say(&table(&columns, &lines))?;
    for list in [&split["unknown"], &split["switchingSaid"]] {
        for line in list.as_array().into_iter().flatten() {
            say(&word(line))?;
        }
    }
    review(ledger)
}
