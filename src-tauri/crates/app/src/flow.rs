//! Burn charts: computed by `domain`, drawn by `charts`, as a view or as a picture to keep.

use crate::contract::{Context, commands, queries};
use crate::error::AppError;
use crate::sprint::board::TermsNow;
use crate::sprint::start::Choice;
use crate::sprint::{SprintName, SprintRecord, planned_sprints, sealed, sprint_of};
use charts::{Chart, ChartError, Theme, ThemeName};
use domain::calendar::Instant;
use domain::flow::{BurnDown, SealedBurnDown, Stage, Unit};
use domain::identity::SprintId;
use domain::sprint::{Commitment, Part};
use serde::{Deserialize, Serialize};
use store::{Reader, Team};
use ts_rs::TS;

/// The area under which a closed Sprint's burn-down is sealed.
pub(crate) const AREA: &str = "flow";

commands! {
    /// Charts change nothing.
    FlowCommand {}
}

queries! {
    /// Questions about burn charts.
    FlowQuery / FlowAnswers {
        /// A Sprint's burn-down.
        BurnDown(BurnDownQuestion) -> BurnDownView => burn_down,
    }
}

/// Asks for a Sprint's burn-down as a picture of a size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BurnDownQuestion {
    /// The Sprint; none is the running one, else the next planned, else the last closed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// What is counted; none is what fits the Sprint (1.3).
    #[serde(default)]
    #[ts(optional = nullable)]
    pub unit: Option<Unit>,
    /// The theme.
    pub theme: ThemeName,
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Which edition of a closed Sprint, from 1; none is the latest.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub edition: Option<u32>,
    /// An earlier moment of the running Sprint; none is now.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub as_of: Option<Instant>,
}

/// A burn-down: its numbers and its picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BurnDownView {
    /// The Sprint.
    pub sprint: SprintName,
    /// What is shown; none where there is no Sprint yet.
    pub burn_down: BurnDown,
    /// The terms behind what remains; none while the Sprint is planned, or where it is closed.
    pub terms: Option<TermsNow>,
    /// The picture.
    pub chart: Chart,
}

fn burn_down(
    reader: &Reader<'_>,
    question: BurnDownQuestion,
    context: &Context<'_>,
) -> Result<BurnDownView, AppError> {
    let sprint = match question.sprint {
        Some(id) => sprint_of(reader, id)?,
        None => usual_sprint(reader)?,
    };
    let now = question.as_of.map_or(context.now, |as_of| as_of.min(context.now));
    let (burn_down, terms) = computed(reader, &sprint, question.unit, question.edition, now)?;
    let size = charts::Size::new(question.width, question.height);
    // Two pictures of one page must not share the identities inside them.
    let prefix = format!("burn-{}", sprint.id);
    let chart =
        charts::burn_down(&burn_down, &Theme::named(question.theme), size, &prefix).map_err(undrawn)?;
    Ok(BurnDownView { sprint: SprintName::from(&sprint), burn_down, terms, chart })
}

/// The Sprint that people mean when they name none.
fn usual_sprint(reader: &Reader<'_>) -> Result<store::Sprint, AppError> {
    if let Some(active) = reader.active_sprint()? {
        return Ok(active);
    }
    if let Some(next) = planned_sprints(reader)?.into_iter().next() {
        return Ok(next);
    }
    let closed = reader.sprints()?.into_iter().rev().find(|sprint| sprint.closed_at.is_some());
    closed.ok_or_else(|| AppError::refused("There is no Sprint yet.", "Plan the first one."))
}

fn computed(
    reader: &Reader<'_>,
    sprint: &store::Sprint,
    unit: Option<Unit>,
    edition: Option<u32>,
    now: Instant,
) -> Result<(BurnDown, Option<TermsNow>), AppError> {
    if sprint.closed_at.is_some() {
        let Some(body) = reader.report(sprint.id, AREA, edition)? else {
            return Err(AppError::refused(
                format!("Only the totals of {} are known.", sprint.name),
                "A burn-down needs the days on which its items were done.",
            ));
        };
        return Ok((sealed::<SealedBurnDown>(&body)?.in_unit(unit), None));
    }
    let plan = sprint.plan();
    if let Some(record) = SprintRecord::read(reader, &plan)? {
        let ledger = record.ledger(now.max(record.commitment.started_at));
        let burn = BurnDown::new(&sprint.name, &ledger, &record.calendar, Stage::Running, unit);
        let terms = TermsNow::of(&ledger, burn.unit, Part::Planned);
        return Ok((burn, Some(terms)));
    }
    // A planned Sprint shows what a start on its first day would commit.
    let calendar = reader.calendar()?;
    let start = now.max(calendar.zone.start_of(sprint.first_day));
    let choice = Choice::read(reader, sprint, start)?;
    let draft = Commitment::draft(&plan, &choice.candidate(), start);
    let mut record = SprintRecord::with(reader, &plan, draft)?;
    // What a start would return is no part of its picture (1.1).
    record.items.retain(|item| !choice.has_parts(item.id));
    let ledger = record.ledger(start);
    Ok((BurnDown::new(&sprint.name, &ledger, &calendar, Stage::Planned, unit), None))
}

/// The kinds of pictures that can be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// Vectors.
    Svg,
    /// Pixels, twice the chart's size.
    Png,
}

/// The bytes of a chart's picture. Refused: a query whose answer is no chart.
pub fn picture(
    team: &Team,
    query: crate::Query,
    format: PictureFormat,
    context: &Context<'_>,
) -> Result<Vec<u8>, AppError> {
    let crate::Query::Flow(FlowQuery::BurnDown(question)) = query else {
        return Err(AppError::internal("the answer to this question is no picture"));
    };
    let svg = burn_down(&team.read(), question, context)?.chart.svg;
    match format {
        PictureFormat::Svg => Ok(svg.into_bytes()),
        PictureFormat::Png => charts::png(&svg, 2.0).map_err(undrawn),
    }
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
