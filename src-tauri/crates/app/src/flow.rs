//! Charts: computed by `domain`, drawn by `charts`, as a view or as a picture to keep.
//!
//! 1. A chart is one kind, one function that computes its numbers, one that draws them; they meet in one `match` here.
//! 2. What is closed is drawn from what was sealed; “as of” a past moment nothing is known that came later.
//! 3. Each point of a chart names what stands behind it, and can be asked for it.

use crate::contract::{Context, commands, queries};
use crate::error::AppError;
use crate::exchange::rows::{csv_of, unformula};
use crate::forecast::ForecastQuery;
use crate::forecast::ask::ask;
use crate::sprint::SprintName;
use crate::sprint::board::TermsNow;
use charts::{Chart, ChartError, ChartTable, Size, Theme, ThemeName};
use chrono::NaiveTime;
use domain::calendar::{Day, Instant, Zone};
use domain::flow::{Behind, Ideal, Step, Unit};
use domain::identity::{ItemId, ObjectiveId, ServiceId, SprintId};
use serde::{Deserialize, Serialize};
use store::{Reader, Team};
use ts_rs::TS;

pub mod behind;
pub mod delivery;
pub(crate) mod incidents;
pub mod sprint;
pub mod sprints;
pub(crate) mod work;

commands! {
    /// Charts change nothing.
    FlowCommand {}
}

queries! {
    /// Questions about charts.
    FlowQuery / FlowAnswers {
        /// A chart.
        Chart(ChartQuestion) -> ChartView => chart,
        /// What stands behind a point of a chart.
        Behind(behind::BehindQuestion) -> behind::BehindView => behind_point,
    }
}

/// The kinds of charts, each with its word on the command line, and all of them in order.
macro_rules! kinds {
    ($($(#[$about:meta])* $kind:ident = $word:literal),* $(,)?) => {
        /// The charts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "camelCase")]
        pub enum ChartKind { $($(#[$about])* $kind),* }

        impl ChartKind {
            /// Every chart, in order.
            pub const ALL: &'static [ChartKind] = &[$(ChartKind::$kind),*];

            /// Its word on the command line.
            pub const fn word(self) -> &'static str {
                match self { $(ChartKind::$kind => $word),* }
            }
        }
    };
}

kinds! {
    /// What is left of a Sprint, day by day.
    BurnDown = "burn-down",
    /// What is done of a Sprint's scope, day by day.
    BurnUp = "burn-up",
    /// A Sprint's plan and its buffer on one plot.
    TwoLanes = "two-lanes",
    /// What closed Sprints committed and completed.
    Velocity = "velocity",
    /// How a Sprint was split among the lanes.
    Split = "split",
    /// How closed Sprints were split among the lanes.
    SplitTrend = "split-trend",
    /// What part of closed Sprints interrupts took.
    InterruptLoad = "interrupt-load",
    /// What is done of a release, or of another goal, over Sprints.
    Release = "release",
    /// How many items are in each state, day by day.
    CumulativeFlow = "cumulative-flow",
    /// How long finished items took, a mark an item.
    CycleTime = "cycle-time",
    /// How many items were finished, per day or per week.
    Throughput = "throughput",
    /// What is in work, and how old it is.
    Ageing = "ageing",
    /// The five measures of delivery, Sprint by Sprint or month by month.
    Delivery = "delivery",
    /// How healthy the Product Backlog is.
    Health = "health",
    /// What is left of an error budget through a Sprint.
    ErrorBudget = "error-budget",
    /// How long incidents took, a mark an incident.
    IncidentTimes = "incident-times",
}

/// Asks for a chart as a picture of a size. What does not belong to its kind is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartQuestion {
    /// Which chart.
    pub chart: ChartKind,
    /// The Sprint; none is the running one, else the next planned, else the last closed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// What is counted; none is what fits (1.3).
    #[serde(default)]
    #[ts(optional = nullable)]
    pub unit: Option<Unit>,
    /// Which edition of a closed Sprint, from 1; none is the latest.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub edition: Option<u32>,
    /// A past moment: nothing is known that came later; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<AsOf>,
    /// The first day of the window, `YYYY-MM-DD`; none is twelve weeks before the last.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub first_day: Option<String>,
    /// The last day of the window, `YYYY-MM-DD`; none is the day of the moment.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub last_day: Option<String>,
    /// How many closed Sprints are shown, the latest; none is as many as fit the chart.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub last: Option<u32>,
    /// How the ideal line falls; none is evenly.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub ideal: Option<Ideal>,
    /// What one column stands for; none is as fits the window.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub step: Option<Step>,
    /// Towards what the work goes.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub goal: Option<ChartGoal>,
    /// The service; none is all of them.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub service: Option<ServiceId>,
    /// Whether Sprints or months are shown; none is as fits.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub period: Option<delivery::ChartPeriod>,
    /// The objective whose error budget is shown; none is the one of which least is left.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub objective: Option<ObjectiveId>,
    /// The theme.
    pub theme: ThemeName,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl ChartQuestion {
    /// The moment until which facts count. Refused: a text that is no moment.
    fn moment(&self, reader: &Reader<'_>, now: Instant) -> Result<Instant, AppError> {
        Ok(match &self.as_of {
            None => now,
            Some(AsOf::At(at)) => now.min(*at),
            Some(AsOf::Written(text)) => now.min(written_moment(reader.team()?.zone, text)?),
        })
    }

    /// What keeps the identities of one picture apart from those of another on the same page.
    fn prefix(&self, of: &str) -> String {
        format!("{}-{of}-{}x{}", self.chart.word(), self.width, self.height)
    }
}

/// A past moment: exactly, or as a person wrote it: `2026-11-20` is the end of that day, `2026-11-20 14:30` a local time
/// of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum AsOf {
    /// In milliseconds since 1970 in UTC.
    At(Instant),
    /// As it was written.
    Written(String),
}

fn written_moment(zone: Zone, text: &str) -> Result<Instant, AppError> {
    let text = text.trim().replace('T', " ");
    let at = match text.split_once(' ') {
        None => Day::parse(&text).map(|day| zone.start_of(day.plus(1)).plus_millis(-1)),
        Some((day, time)) => Day::parse(day)
            .zip(NaiveTime::parse_from_str(time, "%H:%M").ok())
            .map(|(day, time)| zone.instant(day.date().and_time(time))),
    };
    at.ok_or_else(|| {
        AppError::refused(
            format!("“{text}” is not a moment."),
            "Write a day, such as 2026-11-20, or a day and a time: 2026-11-20 14:30.",
        )
        .at("asOf")
    })
}

/// A group of items that belong together across Sprints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ChartGoal {
    /// The items with a label.
    Label(String),
    /// The parts of an item.
    Parent(ItemId),
}

/// A chart with what it is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartView {
    /// The picture, with its words and its table.
    pub chart: Chart,
    /// The Sprint; none for a chart of several.
    pub sprint: Option<SprintName>,
    /// What is counted; none where that is no choice.
    pub unit: Option<Unit>,
    /// The terms behind what remains of a running Sprint.
    pub terms: Option<TermsNow>,
}

/// Draws the numbers that it holds.
type Draw = Box<dyn Fn() -> Result<Chart, ChartError>>;

/// A chart's numbers, ready to be drawn.
struct Prepared {
    draw: Draw,
    sprint: Option<SprintName>,
    unit: Option<Unit>,
    terms: Option<TermsNow>,
}

fn chart(reader: &Reader<'_>, question: ChartQuestion, context: &Context<'_>) -> Result<ChartView, AppError> {
    let Prepared { draw, sprint, unit, terms } = prepared(reader, &question, context)?;
    Ok(ChartView { chart: draw().map_err(undrawn)?, sprint, unit, terms })
}

/// What draws a chart, its numbers in hand: for measuring the drawing alone.
pub fn drawing(
    team: &Team,
    question: ChartQuestion,
    context: &Context<'_>,
) -> Result<impl Fn() -> Result<Chart, ChartError> + use<>, AppError> {
    Ok(prepared(&team.read(), &question, context)?.draw)
}

fn prepared(
    reader: &Reader<'_>,
    question: &ChartQuestion,
    context: &Context<'_>,
) -> Result<Prepared, AppError> {
    let now = question.moment(reader, context.now)?;
    let (theme, size) = (Theme::named(question.theme), Size::new(question.width, question.height));
    let of_several = |unit, draw: Draw| Ok(Prepared { draw, sprint: None, unit, terms: None });
    match question.chart {
        ChartKind::BurnDown => {
            let (sprint, burn, terms) = sprint::burn_down(reader, question, now)?;
            let prefix = question.prefix(&sprint.id.to_string());
            let unit = Some(burn.unit);
            let draw: Draw = Box::new(move || charts::burn_down(&burn, &theme, size, &prefix));
            Ok(Prepared { draw, sprint: Some((&sprint).into()), unit, terms })
        }
        ChartKind::BurnUp => {
            let (sprint, up, terms) = sprint::burn_up(reader, question, now)?;
            let prefix = question.prefix(&sprint.id.to_string());
            let unit = Some(up.burn.unit);
            let draw: Draw = Box::new(move || charts::burn_up(&up, &theme, size, &prefix));
            Ok(Prepared { draw, sprint: Some((&sprint).into()), unit, terms })
        }
        ChartKind::TwoLanes => {
            let (sprint, lanes, terms) = sprint::two_lanes(reader, question, now)?;
            let prefix = question.prefix(&sprint.id.to_string());
            let unit = Some(lanes.up.burn.unit);
            let draw: Draw = Box::new(move || charts::two_lanes(&lanes, &theme, size, &prefix));
            Ok(Prepared { draw, sprint: Some((&sprint).into()), unit, terms })
        }
        ChartKind::Velocity => {
            let velocity = sprints::velocity_of(reader, question, now)?;
            let (prefix, unit) = (question.prefix("velocity"), Some(velocity.unit));
            of_several(unit, Box::new(move || charts::velocity(&velocity, &theme, size, &prefix)))
        }
        ChartKind::Split => {
            let (sprint, split) = sprints::split(reader, question, now)?;
            let prefix = question.prefix(&sprint.id.to_string());
            let unit = sprints::unit_of(split.report.unit);
            let draw: Draw = Box::new(move || charts::split(&split, &theme, size, &prefix));
            Ok(Prepared { draw, sprint: Some((&sprint).into()), unit, terms: None })
        }
        ChartKind::SplitTrend => {
            let trend = sprints::split_trend(reader, question, now)?;
            let (prefix, unit) = (question.prefix("trend"), sprints::unit_of(trend.unit));
            of_several(unit, Box::new(move || charts::split_trend(&trend, &theme, size, &prefix)))
        }
        ChartKind::InterruptLoad => {
            let load = sprints::load(reader, question, now)?;
            let prefix = question.prefix("load");
            of_several(None, Box::new(move || charts::interrupt_load(&load, &theme, size, &prefix)))
        }
        ChartKind::Release => {
            let goal = sprints::goal(reader, question, now)?;
            let (prefix, unit) = (question.prefix("goal"), Some(goal.unit));
            of_several(unit, Box::new(move || charts::goal_burn_up(&goal, &theme, size, &prefix)))
        }
        ChartKind::CumulativeFlow => {
            let flow = work::cumulative_flow(reader, question, now)?;
            let prefix = question.prefix("work");
            of_several(None, Box::new(move || charts::cumulative_flow(&flow, &theme, size, &prefix)))
        }
        ChartKind::CycleTime => {
            let cycle = work::cycle_times(reader, question, now)?;
            let prefix = question.prefix("work");
            of_several(None, Box::new(move || charts::cycle_times(&cycle, &theme, size, &prefix)))
        }
        ChartKind::Throughput => {
            let throughput = work::throughput(reader, question, now)?;
            let prefix = question.prefix("work");
            of_several(None, Box::new(move || charts::throughput(&throughput, &theme, size, &prefix)))
        }
        ChartKind::Ageing => {
            let ageing = work::ageing(reader, question, now)?;
            let prefix = question.prefix("work");
            of_several(None, Box::new(move || charts::ageing(&ageing, &theme, size, &prefix)))
        }
        ChartKind::Delivery => {
            let trend = delivery::trend(reader, question, now)?;
            let prefix = question.prefix("delivery");
            of_several(None, Box::new(move || charts::delivery(&trend, &theme, size, &prefix)))
        }
        ChartKind::Health => {
            let health = work::health(reader, question, now)?;
            let prefix = question.prefix("work");
            of_several(None, Box::new(move || charts::backlog_health(&health, &theme, size, &prefix)))
        }
        ChartKind::ErrorBudget => {
            let (sprint, line) = crate::reliability::chart::error_budget(reader, question, now)?;
            let prefix = question.prefix(&sprint.id.to_string());
            let draw: Draw = Box::new(move || charts::error_budget(&line, &theme, size, &prefix));
            Ok(Prepared { draw, sprint: Some((&sprint).into()), unit: None, terms: None })
        }
        ChartKind::IncidentTimes => {
            let times = incidents::incident_times(reader, question, (now, now < context.now))?;
            let prefix = question.prefix("incidents");
            of_several(None, Box::new(move || charts::incident_times(&times, &theme, size, &prefix)))
        }
    }
}

fn behind_point(
    reader: &Reader<'_>,
    asked: behind::BehindQuestion,
    context: &Context<'_>,
) -> Result<behind::BehindView, AppError> {
    let behind::BehindQuestion { question, behind } = asked;
    let context = Context { now: question.moment(reader, context.now)?, ..*context };
    match question.chart {
        ChartKind::BurnDown | ChartKind::BurnUp | ChartKind::TwoLanes => {
            sprint::behind_sprint(reader, &question, &behind, &context)
        }
        ChartKind::Velocity
        | ChartKind::Split
        | ChartKind::SplitTrend
        | ChartKind::InterruptLoad
        | ChartKind::Release => sprints::behind_sprints(reader, &question, &behind, &context),
        ChartKind::CumulativeFlow
        | ChartKind::CycleTime
        | ChartKind::Throughput
        | ChartKind::Ageing
        | ChartKind::Health => work::behind_work(reader, &question, &behind, &context),
        ChartKind::ErrorBudget => crate::reliability::chart::behind(reader, &question, &behind, &context),
        ChartKind::IncidentTimes => behind::of_a_thing(reader, &behind, &context),
        ChartKind::Delivery => match behind {
            Behind::Days { first, last } => delivery::behind(reader, &question, (first, last), &context),
            other => behind::of_a_thing(reader, &other, &context),
        },
    }
}

/// What can be kept of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Vectors.
    Svg,
    /// Pixels, twice the chart's size.
    Png,
    /// Its table, as comma-separated values.
    Csv,
}

/// The bytes of what is kept of a chart. Refused: a query whose answer is no chart.
pub fn picture(
    team: &Team,
    query: crate::Query,
    format: PictureFormat,
    context: &Context<'_>,
) -> Result<Vec<u8>, AppError> {
    let drawn = match query {
        crate::Query::Flow(FlowQuery::Chart(question)) => chart(&team.read(), question, context)?.chart,
        crate::Query::Forecast(ForecastQuery::Ask(question)) => ask(&team.read(), question, context)?.chart,
        _ => return Err(AppError::internal("the answer to this question is no chart")),
    };
    match format {
        PictureFormat::Svg => Ok(drawn.svg.into_bytes()),
        PictureFormat::Png => charts::png(&drawn.svg, 2.0).map_err(undrawn),
        PictureFormat::Csv => Ok(csv(&drawn.table).into_bytes()),
    }
}

/// A chart's table as CSV: with a byte-order mark, numbers as programs read them, and nothing that would be run.
fn csv(table: &ChartTable) -> String {
    let rows = table.rows.iter().map(|row| row.iter().map(|cell| cell_text(cell)).collect());
    let heads = table.columns.iter().map(|head| unformula(head)).collect();
    csv_of(std::iter::once(heads).chain(rows))
}

/// “+ 5” is 5 and “− 3” is -3 to a spreadsheet program.
fn cell_text(cell: &str) -> String {
    let (sign, rest) = match cell.split_once(' ') {
        Some(("+", rest)) => ("", rest),
        Some(("−", rest)) => ("-", rest),
        _ => return unformula(cell),
    };
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit()) && rest.parse::<f64>().is_ok();
    if is_number { format!("{sign}{rest}") } else { unformula(cell) }
}

fn undrawn(error: ChartError) -> AppError {
    match error {
        ChartError::Unfit { .. } => {
            AppError::refused(format!("{error}."), "Make the window, or the picture, another size.")
                .at("width")
        }
        error => AppError::internal(error.to_string()),
    }
}
