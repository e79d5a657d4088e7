//! Kept forecasts: what was said, with all it was drawn from, and what became of it (6.4).
//!
//! 1. A forecast is kept as it is answered at that moment; its seed and what it is drawn from go along.
//! 2. When a Sprint closes, the forecasts for its end are scored, and so are those whose day has passed, and those of
//!    days that came: what they speak of is done, or their last mark has passed.
//! 3. A score is written once. Undoing the close takes it back.
//! 4. Of groups in order the last one is scored; of a plan how much was done.
//! 5. An item that was cancelled is no longer waited for; a forecast of which nothing is left stays open.

use super::ask::{ForecastQuestion, ForecastView, prepare, view};
use super::past::Past;
use super::prepared::{Prepared, Subject, day_said};
use crate::contract::{Context, Nothing, Outcome};
use crate::error::AppError;
use crate::sprint::{SprintName, seal, sealed};
use crate::team::counted;
use charts::{Size as Pixels, ThemeName};
use domain::backlog::Category;
use domain::calendar::{Day, Instant};
use domain::forecast::{Coverage, ForecastOutcome, ForecastScore, KeptForecast, MARKS, Marks, calibration};
use domain::identity::{Identities, ItemId, RowId, SprintId};
use domain::measures::Size;
use serde::{Deserialize, Serialize};
use store::{Reader, Sprint, Writer};
use ts_rs::TS;

pub(super) fn keep(
    writer: &mut Writer<'_>,
    question: ForecastQuestion,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let prepared = prepare(writer, &question, context)?;
    let drawn = prepared.draw()?;
    let marks = prepared
        .kept_marks(&drawn)
        .ok_or_else(|| AppError::refused("This forecast says nothing.", "Ask for something else."))?;
    let (sprint, last_day) = match &prepared.subject {
        Subject::HowMany { last, sprint, .. } => (*sprint, Some(*last)),
        Subject::Plan { sprint, last, .. } => (Some(*sprint), Some(*last)),
        Subject::When { .. } => (None, None),
    };
    let (amount, items): (Option<Size>, Vec<ItemId>) = match &prepared.subject {
        Subject::When { groups } => (
            Some(groups.iter().map(|group| group.amount).sum::<Size>() + prepared.otherwise.scope),
            groups.iter().flat_map(|group| &group.items).copied().collect(),
        ),
        _ => (None, Vec::new()),
    };
    // Made by the store; none of this stays.
    let id = Identities::new(context.now, 0, context.chance).fresh();
    let kept = KeptForecast {
        id,
        made_at: context.now,
        question: prepared.question.clone(),
        answer: prepared.answer(&drawn),
        asked: seal(&question)?,
        drawn_from: seal(&prepared)?,
        seed: prepared.seed,
        trials: prepared.trials,
        unit: prepared.unit,
        sprint,
        first_day: prepared.from.plus(1),
        last_day,
        amount,
        items,
        marks,
        score: None,
    };
    let id = writer.keep_forecast(&kept)?;
    Ok(Outcome::titled(format!("Keep the forecast: {}", kept.question)).created(id))
}

/// Asks for a kept forecast, drawn again from what it was drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgainQuestion {
    /// The forecast.
    pub forecast: RowId,
    /// The theme of the pictures.
    pub theme: ThemeName,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

pub(super) fn again(
    reader: &Reader<'_>,
    question: AgainQuestion,
    _: &Context<'_>,
) -> Result<ForecastView, AppError> {
    let all = reader.kept_forecasts()?;
    let kept = all.iter().find(|one| one.id == question.forecast);
    let kept = kept.ok_or_else(|| AppError::not_found("forecast"))?;
    let prepared: Prepared = sealed(&kept.drawn_from)?;
    view(reader, &prepared, question.theme, Pixels::new(question.width, question.height))
}

/// The forecasts that were kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptForecasts {
    /// The forecasts, the latest first.
    pub rows: Vec<KeptRow>,
    /// How those that are scored held.
    pub held: Held,
}

/// A forecast that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptRow {
    /// Its identity.
    pub id: RowId,
    /// When it was made.
    pub made_at: Instant,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: String,
    /// What became of it, in words; none while that is open.
    pub outcome: Option<String>,
    /// Whether it held at 85 %; none while that is open.
    pub held: Option<bool>,
    /// The Sprint with whose close it was scored.
    pub scored_by: Option<SprintName>,
}

/// How past forecasts held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    /// In words: “Our 85 % forecasts held 8 of 10 times.”
    pub said: String,
    /// At each mark.
    pub coverage: Vec<Coverage>,
}

/// How the forecasts that were scored held.
pub(super) fn held_so_far(reader: &Reader<'_>) -> Result<Held, AppError> {
    let all = reader.kept_forecasts()?;
    Ok(held_of(&all))
}

fn held_of(all: &[KeptForecast]) -> Held {
    let coverage = calibration(all.iter().filter_map(|one| Some(one.marks.counted(one.score?.held))));
    let at_85 = coverage.iter().find(|one| one.percent == 85);
    let open = all.iter().filter(|one| one.score.is_none()).count() as u32;
    let said = match at_85 {
        Some(Coverage { held, of, .. }) if *of > 0 => {
            let times = if *of == 1 { "time" } else { "times" };
            format!("Our 85 % forecasts held {held} of {of} {times}.")
        }
        _ if open > 0 => {
            let are = if open == 1 { "is kept and not scored" } else { "are kept and none is scored" };
            format!("{} {are} yet: that comes when a Sprint closes.", counted(open, "forecast"))
        }
        _ => "No forecast was kept yet: those that are kept are scored when a Sprint closes.".to_owned(),
    };
    Held { said, coverage }
}

pub(super) fn kept(
    reader: &Reader<'_>,
    _: Nothing,
    context: &Context<'_>,
) -> Result<KeptForecasts, AppError> {
    let all = reader.kept_forecasts()?;
    let today = reader.team()?.zone.day_of(context.now);
    let names: Vec<SprintName> = reader.sprints()?.iter().map(SprintName::from).collect();
    let row = |one: &KeptForecast| KeptRow {
        id: one.id,
        made_at: one.made_at,
        question: one.question.clone(),
        answer: one.answer.clone(),
        outcome: one.score.map(|score| outcome_said(one, &score, today)),
        held: one.score.map(|score| score.held[2]),
        scored_by: one.score.and_then(|score| names.iter().find(|name| name.id == score.sprint).cloned()),
    };
    Ok(KeptForecasts { held: held_of(&all), rows: all.iter().map(row).collect() })
}

/// “Done: 9 items. It held at 85 and 95 %.”
fn outcome_said(one: &KeptForecast, score: &ForecastScore, today: Day) -> String {
    let what = match (&one.marks, score.outcome) {
        (Marks::Amounts(_), Some(done)) => {
            format!("{} done", super::prepared::amount_said(Size::hundredths(done), one.unit))
        }
        (Marks::Days(_), Some(days)) => {
            format!("Done on {}", day_said(one.first_day.plus(days - 1), today))
        }
        _ => "Not done in time".to_owned(),
    };
    let held: Vec<String> = MARKS
        .iter()
        .zip(score.held)
        .filter(|(_, held)| *held)
        .map(|(percent, _)| percent.to_string())
        .collect();
    match held.split_last() {
        None => format!("{what}; it held at no mark."),
        Some((last, [])) => format!("{what}; it held at {last} %."),
        Some((last, before)) => format!("{what}; it held at {} and {last} %.", before.join(", ")),
    }
}

/// Scores what can be scored now that a Sprint is closed (rule 2).
pub(crate) fn score_at_close(writer: &mut Writer<'_>, closed: &Sprint, now: Instant) -> Result<(), AppError> {
    let mut open = writer.kept_forecasts()?;
    open.retain(|one| one.score.is_none());
    let Some(earliest) = open.iter().map(|one| one.first_day).min() else { return Ok(()) };
    let past = Past::since(writer, now, |_| earliest)?;
    for one in &open {
        let Some(outcome) = outcome(writer, one, closed.id, &past)? else { continue };
        let Some(held) = one.marks.judged(outcome) else { continue };
        let number = match outcome {
            ForecastOutcome::Amount(done) => Some(done.in_hundredths()),
            ForecastOutcome::Day(day) => Some(i64::from(day)),
            ForecastOutcome::NotWithin(_) => None,
        };
        let score = ForecastScore { sprint: closed.id, recorded_at: writer.now, outcome: number, held };
        writer.score_forecast(one.id, &score)?;
    }
    Ok(())
}

/// What became of a forecast so far; none while there is nothing to be said.
fn outcome(
    reader: &Reader<'_>,
    one: &KeptForecast,
    closed: SprintId,
    past: &Past,
) -> Result<Option<ForecastOutcome>, AppError> {
    match (&one.marks, one.last_day) {
        (Marks::Amounts(_), Some(last)) => {
            let is_its = one.sprint == Some(closed);
            if !is_its && (one.sprint.is_some() || last >= past.today) {
                return Ok(None);
            }
            // A Sprint counts until it is closed.
            let last = if is_its { past.today } else { last };
            let done = past.done_between(one.first_day, last, one.unit).map(|(_, done)| done).sum();
            Ok(Some(ForecastOutcome::Amount(done)))
        }
        (Marks::Amounts(_), None) => Ok(None),
        (Marks::Days(_), _) => {
            let day =
                if one.items.is_empty() { amount_done(one, past) } else { items_done(reader, one, past)? };
            let from = one.first_day.plus(-1);
            Ok(match day {
                Done::On(day) => Some(ForecastOutcome::Day(u32::try_from(from.days_until(day)).unwrap_or(0))),
                Done::NotYet => {
                    u32::try_from(from.days_until(past.today) - 1).ok().map(ForecastOutcome::NotWithin)
                }
                Done::Gone => None,
            })
        }
    }
}

enum Done {
    On(Day),
    NotYet,
    /// Nothing of it is left to be done.
    Gone,
}

/// The day on which so much was done since the forecast was made.
fn amount_done(one: &KeptForecast, past: &Past) -> Done {
    let wanted = one.amount.unwrap_or_default();
    let mut sum = Size::ZERO;
    let mut days = past.done_between(one.first_day, past.today, one.unit);
    let reached = days.find(|(_, done)| {
        sum += *done;
        sum >= wanted
    });
    reached.map_or(Done::NotYet, |(day, _)| Done::On(day))
}

/// The day on which the last of its items was done; today at the latest.
fn items_done(reader: &Reader<'_>, one: &KeptForecast, past: &Past) -> Result<Done, AppError> {
    let workflow = reader.workflow()?;
    let mut last: Option<Day> = None;
    for id in &one.items {
        let Some(item) = reader.item(*id)? else { continue };
        match workflow.category(item.present.state) {
            Category::Cancelled => {}
            Category::Done => {
                let day = item.present.state_since.map_or(past.today, |at| past.zone.day_of(at));
                last = last.max(Some(day));
            }
            _ => return Ok(Done::NotYet),
        }
    }
    Ok(last.map_or(Done::Gone, Done::On))
}
