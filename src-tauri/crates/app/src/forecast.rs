//! Forecasts: asked, explained, kept, and scored when a Sprint closes.
//!
//! 1. A forecast is drawn from the team's own past in the planned lanes; too little of it is refused in words (6.1).
//! 2. It begins with the first whole day: tomorrow, or the first day of a Sprint that is not started.
//! 3. It is answered as a range with likelihoods in words and as a picture, never as one number.
//! 4. What if is part of the question: more or less throughput, scope or buffer, another start. Nothing is saved by it,
//!    and the answer without it stands beside.
//! 5. The same question on the same day has the same answer; a forecast that is kept keeps its seed and what it was
//!    drawn from, and can be drawn again to the byte.
//! 6. What became of kept forecasts stands beside the next one (6.4).

use crate::contract::{Context, Nothing, Outcome, commands, queries};
use crate::error::AppError;
use crate::team::counted;
use domain::calendar::Instant;
use domain::flow::Unit;
use domain::forecast::{Samples, TooLittleHistory};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

pub mod ask;
pub mod back_test;
pub mod kept;
pub mod odds;
mod past;
mod prepared;

pub(crate) use ask::seed_of;

commands! {
    /// Changes of forecasts.
    ForecastCommand {
        /// Keeps a forecast as it is asked.
        Keep(ask::ForecastQuestion) => kept::keep,
        /// Says how many weeks of the past forecasts are drawn from.
        SetWindow(SetForecastWindow) => set_window,
    }
}

queries! {
    /// Questions about what may come.
    ForecastQuery / ForecastAnswers {
        /// A forecast.
        Ask(ask::ForecastQuestion) -> ask::ForecastView => ask::ask,
        /// What can be asked about.
        Choices(Nothing) -> ask::ForecastChoices => ask::choices,
        /// The chance that a Sprint's plan holds; none where no Sprint is planned or runs.
        PlanOdds(odds::PlanOddsQuestion) -> Option<odds::PlanOdds> => odds::plan_odds,
        /// The forecasts that were kept, and how they held.
        Kept(Nothing) -> kept::KeptForecasts => kept::kept,
        /// A kept forecast, drawn again.
        Again(kept::AgainQuestion) -> ask::ForecastView => kept::again,
        /// How forecasts of the closed Sprints, or of Sprints from a file, would have held.
        BackTest(back_test::BackTestQuestion) -> back_test::BackTestView => back_test::back_test,
    }
}

pub(crate) use kept::score_at_close;
pub(crate) use odds::{Chances, chance_moved};

/// The most weeks of the past from which forecasts are drawn.
const MOST_WEEKS: u32 = 104;

/// Says how many weeks of the past forecasts are drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetForecastWindow {
    /// How many.
    pub weeks: u32,
}

fn set_window(
    writer: &mut Writer<'_>,
    command: SetForecastWindow,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let weeks = command.weeks;
    if !(2..=MOST_WEEKS).contains(&weeks) {
        return Err(AppError::refused(
            format!("{} are no window for forecasts.", counted(weeks, "week")),
            format!("Choose from 2 to {MOST_WEEKS} weeks; 12 are usual."),
        )
        .at("weeks"));
    }
    if weeks != writer.forecast_weeks()? {
        writer.put_forecast_weeks(weeks)?;
    }
    Ok(Outcome::titled(format!("Draw forecasts from the last {}", counted(weeks, "week"))))
}

/// The samples of the team's past in a unit, for a chart of what may come; none where there is too little of it.
pub(crate) fn samples_of(reader: &Reader<'_>, unit: Unit, now: Instant) -> Result<Option<Samples>, AppError> {
    Ok(samples_or_why(reader, unit, now)?.ok())
}

/// The same; within, why there is too little of it.
pub(crate) fn samples_or_why(
    reader: &Reader<'_>,
    unit: Unit,
    now: Instant,
) -> Result<Result<Samples, TooLittleHistory>, AppError> {
    Ok(Samples::new(past::Past::read(reader, now)?.work(unit).done))
}
