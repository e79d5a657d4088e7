//! How forecasts would have held: each past Sprint from what was known at its start (6.4).
//!
//! 1. Of the team's own Sprints, days are drawn. A file brings totals of Sprints (`sprint,from,to,committed,completed`),
//!    then whole Sprints are drawn, or what was done on days (`day,done`), then stretches of a number of days are
//!    forecast from the days before.
//! 2. A line that cannot be read is refused by its number: a test of half a file would say nothing.

use super::ask::seed_of;
use super::past::Past;
use crate::contract::Context;
use crate::error::AppError;
use crate::exchange::table::{NotATable, Reading, Table};
use crate::sprint::{past as totals, report, sealed};
use crate::team::counted;
use domain::calendar::Day;
use domain::flow::Unit;
use domain::forecast::{Backtest, Coverage, DailyPast, Seed, Stretch, back_test as walk};
use domain::measures::Size;
use domain::sprint::{PastTotals, SprintReport};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Reader;
use ts_rs::TS;

/// Asks how forecasts would have held: of the team's closed Sprints, or of an attached CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackTestQuestion {
    /// Whether the attached file is meant.
    #[serde(default)]
    pub attached: bool,
    /// What is counted of the team's own Sprints; none is items. A file has its own unit, which is not known.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub unit: Option<Unit>,
    /// How many days each stretch has, where a file tells days; none is 14.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub days: Option<u32>,
    /// What chance starts from; none is that of the day.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub seed: Option<Seed>,
}

/// How forecasts would have held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackTestView {
    /// The walk, Sprint by Sprint.
    pub test: Backtest,
    /// What it says: “85 % forecasts held 8 of 10 times.”
    pub said: Vec<String>,
    /// How it was forecast.
    pub method: String,
}

pub(super) fn back_test(
    reader: &Reader<'_>,
    question: BackTestQuestion,
    context: &Context<'_>,
) -> Result<BackTestView, AppError> {
    let today = reader.team()?.zone.day_of(context.now);
    let seed = question.seed.unwrap_or_else(|| seed_of(today));
    if question.attached {
        return of_file(context.attached()?, question.days, Some(seed.number()));
    }
    let unit = question.unit.unwrap_or(Unit::Items);
    let weeks = reader.forecast_weeks()?;
    let past = Past::since(reader, context.now, |today| today.plus(-MOST_DAYS))?;
    let daily = DailyPast { first: past.first, done: past.work(unit).done, window: weeks * 7 };
    let (mut by_days, mut by_totals) = (Vec::new(), Vec::new());
    for sprint in reader.sprints()?.iter().filter(|sprint| sprint.closed_at.is_some()) {
        let name = sprint.name.clone();
        if let Some(body) = reader.report(sprint.id, report::AREA, None)? {
            let report: SprintReport = sealed(&body)?;
            let terms = if unit == Unit::Points { report.points } else { report.items };
            let (first, last) = (report.started_on, report.closed_on);
            let completed = past.done_between(first, last, unit).map(|(_, done)| done).sum();
            by_days.push(Stretch { name, first, last, committed: Some(terms.committed), completed });
        } else if let Some(body) = reader.report(sprint.id, totals::AREA, None)? {
            let totals: PastTotals = sealed(&body)?;
            let (first, last) = (sprint.first_day, sprint.last_day);
            let (committed, completed) = (totals.committed, totals.completed);
            by_totals.push(Stretch { name, first, last, committed, completed });
        }
    }
    if by_days.is_empty() && !by_totals.is_empty() {
        return Ok(said(walk(by_totals, None, seed), BY_SPRINTS.to_owned()));
    }
    let method = format!(
        "Each Sprint is drawn 10\u{a0}000 times from at most {} before its start; {} are counted.",
        counted(weeks, "week"),
        match unit {
            Unit::Items => "items",
            Unit::Points => "points",
        }
    );
    Ok(said(walk(by_days, Some(&daily), seed), method))
}

/// How forecasts of a file's Sprints, or of stretches of its days, would have held. Refused: what cannot be read.
pub fn of_file(bytes: &[u8], days: Option<u32>, seed: Option<u32>) -> Result<BackTestView, AppError> {
    let seed = Seed::new(seed.unwrap_or_default());
    let length = days.unwrap_or(14).clamp(1, 365);
    Ok(match read(bytes)? {
        File::Sprints(sprints) => said(walk(sprints, None, seed), BY_SPRINTS.to_owned()),
        File::Days(daily) => {
            let method = format!(
                "Stretches of {} are drawn from the days before each, at most 84; at least 10.",
                counted(length, "day")
            );
            said(walk(stretches(&daily, length), Some(&daily), seed), method)
        }
    })
}

/// How it is forecast where only totals are known.
const BY_SPRINTS: &str =
    "Whole Sprints are drawn from the last 12 that were over, by their length; at least 3.";

fn said(test: Backtest, method: String) -> BackTestView {
    let forecast = test.sprints.iter().filter(|one| one.forecast.is_some()).count() as u32;
    let mut said = Vec::new();
    if forecast == 0 {
        said.push("Too little was known at the start of each: nothing could be forecast.".to_owned());
    } else {
        let one = |Coverage { percent, held, of }: &Coverage| {
            format!("{percent} % forecasts held {held} of {of} times ({} %).", rounded(*held, *of))
        };
        said.extend(test.coverage.iter().map(one));
    }
    let Coverage { held, of, .. } = test.committed;
    if of > 0 {
        said.push(format!(
            "What was committed was completed {held} of {of} times ({} %).",
            rounded(held, of)
        ));
    }
    BackTestView { test, said, method }
}

fn rounded(held: u32, of: u32) -> u32 {
    (held * 100 + of / 2).checked_div(of).unwrap_or(0)
}

/// What a file tells.
enum File {
    Sprints(Vec<Stretch>),
    Days(DailyPast),
}

/// Consecutive stretches of so many days, the last one whole.
fn stretches(daily: &DailyPast, length: u32) -> Vec<Stretch> {
    let length = length as usize;
    let chunks = daily.done.chunks(length).enumerate().filter(|(_, days)| days.len() == length);
    chunks
        .map(|(place, days)| {
            let first = daily.first.plus((place * length) as i64);
            let last = first.plus(length as i64 - 1);
            let completed = days.iter().copied().sum();
            Stretch { name: format!("{first} – {last}"), first, last, committed: None, completed }
        })
        .collect()
}

/// Reads a file of Sprints or of days (rule 2).
fn read(bytes: &[u8]) -> Result<File, AppError> {
    let no_table = |why: NotATable| AppError::refused(format!("{why}."), why.way_out());
    let table = Table::read(bytes, Reading::default()).map_err(no_table)?;
    let place = |name: &str| table.column(name).and_then(|column| column.positions.first().copied());
    if let (Some(day), Some(done)) = (place("day"), place("done")) {
        let mut days: BTreeMap<Day, Size> = BTreeMap::new();
        let mut rows = table.rows();
        while let Some(row) = rows.next() {
            let (of, size) = (day_in(row.cell(day), row.line)?, size_in(row.cell(done), row.line)?);
            *days.entry(of).or_default() += size;
        }
        let (Some(first), Some(last)) = (days.keys().next().copied(), days.keys().last().copied()) else {
            return Err(AppError::refused(
                "The file tells of no day.",
                "Write a line for each day: day,done.",
            ));
        };
        if first.days_until(last) > MOST_DAYS {
            return Err(AppError::refused(
                format!("From {first} to {last} is too long."),
                "A file may tell of at most a hundred years.",
            ));
        }
        let done = first.through(last).map(|day| days.get(&day).copied().unwrap_or_default()).collect();
        return Ok(File::Days(DailyPast { first, done, window: 84 }));
    }
    let columns = ["sprint", "from", "to", "completed"].map(place);
    let [Some(name), Some(from), Some(to), Some(completed)] = columns else {
        return Err(AppError::refused(
            "The file has neither the columns sprint, from, to and completed nor day and done.",
            "Name them in its first line: sprint,from,to,committed,completed or day,done.",
        ));
    };
    let committed = place("committed");
    let mut sprints = Vec::new();
    let mut rows = table.rows();
    while let Some(row) = rows.next() {
        let (first, last) = (day_in(row.cell(from), row.line)?, day_in(row.cell(to), row.line)?);
        if last < first || first.days_until(last) > MOST_DAYS {
            return Err(AppError::refused(
                format!("Line {}: {first} to {last} is no Sprint.", row.line),
                "The last day comes after the first.",
            ));
        }
        let text = committed.map_or("", |place| row.cell(place)).trim();
        sprints.push(Stretch {
            name: row.cell(name).to_owned(),
            first,
            last,
            committed: if text.is_empty() { None } else { Some(size_in(text, row.line)?) },
            completed: size_in(row.cell(completed), row.line)?,
        });
    }
    if sprints.is_empty() {
        return Err(AppError::refused("The file tells of no Sprint.", "Write a line for each Sprint."));
    }
    Ok(File::Sprints(sprints))
}

/// A hundred years.
const MOST_DAYS: i64 = 36_525;

fn day_in(text: &str, line: u64) -> Result<Day, AppError> {
    Day::parse(text.trim()).ok_or_else(|| {
        AppError::refused(
            format!("Line {line}: “{}” is not a day.", text.trim()),
            "Write days as 2026-11-24.",
        )
    })
}

fn size_in(text: &str, line: u64) -> Result<Size, AppError> {
    Size::parse(text).map_err(|refused| {
        AppError::refused(
            format!("Line {line}: {refused}."),
            "Write a number of items or points, such as 12.",
        )
    })
}
