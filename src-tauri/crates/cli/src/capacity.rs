//! What the members give to a Sprint, what takes the rest, and what the lanes have of it.

use crate::arguments::Capacity;
use crate::say;
use crate::table::{Align, table};
use crate::views::{ask, json, rows, size, sprint_numbered, word};
use app::{AppError, Context, Team};
use serde_json::{Value, json};
use std::process::ExitCode;

/// Prints the capacity of a Sprint.
pub fn capacity(team: &Team, question: &Capacity, context: &Context<'_>) -> Result<ExitCode, AppError> {
    let sprint = question.sprint.map(|number| sprint_numbered(team, number)).transpose()?;
    let asked = json!({ "capacity": { "capacitySheet": { "sprint": sprint.map(|sprint| sprint.id) } } });
    let view = ask(team, &asked, context)?;
    if question.json {
        return say(&json(&view)?);
    }
    let sprint = &view["sprint"];
    say(&format!(
        "{}, {} to {}: {} working days{}",
        word(&sprint["name"]),
        word(&sprint["firstDay"]),
        word(&sprint["lastDay"]),
        word(&view["workingDays"]),
        if view["committed"] == true { ", as committed" } else { ", planned" },
    ))?;
    let columns = [
        ("Member", Align::Left),
        ("Hours", Align::Right),
        ("Events", Align::Right),
        ("Away", Align::Right),
        ("On call", Align::Right),
        ("Net", Align::Right),
        ("Days", Align::Right),
    ];
    let line = |name: String, of: &Value| {
        let mut cells = vec![name];
        cells.extend(["gross", "events", "away", "call", "net"].map(|column| hours(&of[column])));
        cells.push(of["personDays"].as_f64().map_or(String::new(), |days| format!("{:.2}", days / 1000.0)));
        cells
    };
    let mut lines = rows(&view["members"], |member| line(word(&member["name"]), member));
    if !view["total"].is_null() {
        lines.push(line("Team".to_owned(), &view["total"]));
    }
    say(&table(&columns, &lines))?;
    let unanswered: Vec<String> = rows(&view["unanswered"], |name| vec![word(name)]).concat();
    if !unanswered.is_empty() {
        say(&format!("{}: hours a day are not set, so they count in no sum.", unanswered.join(", ")))?;
    }
    say(&format!("\n{}: {}", capital(&word(&view["pointsSaid"])), word(&view["method"])))?;
    let learned = rows(&view["learned"], |sprint| {
        let days =
            sprint["personDays"].as_f64().map_or(String::new(), |days| format!("{:.2}", days / 1000.0));
        let factor = sprint["factor"].as_f64().map_or(String::new(), |factor| format!("{factor:.2}"));
        let buffer = format!("{} %", size(&sprint["bufferShare"]));
        vec![word(&sprint["sprint"]["name"]), size(&sprint["completed"]), days, buffer, factor]
    });
    if !learned.is_empty() {
        let columns = [
            ("Learned from", Align::Left),
            ("Completed", Align::Right),
            ("Days", Align::Right),
            ("Buffer", Align::Right),
            ("Factor", Align::Right),
        ];
        say(&table(&columns, &learned))?;
    }
    let columns =
        [("Lane", Align::Left), ("Share", Align::Right), ("Points", Align::Right), ("Hours", Align::Right)];
    let lanes = rows(&view["lanes"], |lane| {
        let share = format!("{} %", size(&lane["share"]));
        vec![word(&lane["name"]), share, size(&lane["points"]), hours(&lane["minutes"])]
    });
    say(&table(&columns, &lanes))?;
    let moved = &view["moved"];
    if moved.is_null() {
        return Ok(ExitCode::SUCCESS);
    }
    let members = rows(&moved["members"], |member| vec![format!("  {}", word(&member["said"]))]).concat();
    say(&format!("\nSince the start: {}.\n{}", word(&moved["said"]), members.join("\n")))
}

/// Hours to the hundredth; nothing where they are not set.
fn hours(minutes: &Value) -> String {
    minutes.as_i64().map_or(String::new(), |minutes| {
        app::Size::hundredths((minutes * 100 + 30).div_euclid(60)).to_string()
    })
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
