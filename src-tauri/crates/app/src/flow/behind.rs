//! What stands behind a number of a chart: the facts, in rows that lead on to the things themselves.

use super::ChartQuestion;
use super::incidents::behind_incident;
use crate::backlog::{ItemQuestion, item_page};
use crate::contract::Context;
use crate::error::AppError;
use crate::interrupt::list::{InterruptQuestion, interrupt_page};
use crate::sprint::{sealed_report, sprint_of};
use domain::calendar::{Day, Instant};
use domain::flow::Behind;
use domain::identity::{IncidentId, InterruptId, ItemId, SprintId};
use domain::sprint::ReportItem;
use serde::{Deserialize, Serialize};
use store::Reader;
use ts_rs::TS;

/// Asks what stands behind a number of a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BehindQuestion {
    /// The chart, as it was asked for.
    pub question: ChartQuestion,
    /// What the point of the chart names.
    pub behind: Behind,
}

/// What stands behind a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BehindView {
    /// What is told of.
    pub title: String,
    /// The facts, at most [`BehindView::MOST_ROWS`].
    pub rows: Vec<BehindRow>,
    /// How many more there are.
    pub more: u32,
}

impl BehindView {
    /// The most rows that are told.
    pub const MOST_ROWS: usize = 200;

    /// The rows, as many as are told.
    pub(crate) fn new(title: String, mut rows: Vec<BehindRow>) -> BehindView {
        let more = rows.len().saturating_sub(BehindView::MOST_ROWS) as u32;
        rows.truncate(BehindView::MOST_ROWS);
        BehindView { title, rows, more }
    }
}

/// A fact behind a number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BehindRow {
    /// When it happened; none where only the day is known, or no moment belongs to it.
    pub at: Option<Instant>,
    /// The day on which it happened, where only that is known.
    pub on: Option<Day>,
    /// The label of the thing; may be empty.
    pub label: String,
    /// Its title; may be empty.
    pub title: String,
    /// What happened to it, or how it stood: “done, 5 points”.
    pub what: String,
    /// The item to which the row leads.
    pub item: Option<ItemId>,
    /// The interrupt to which it leads.
    pub interrupt: Option<InterruptId>,
    /// The incident to which it leads.
    pub incident: Option<IncidentId>,
    /// The Sprint to which it leads.
    pub sprint: Option<SprintId>,
}

/// What became of an item, of an interrupt or of a Sprint until a moment. Refused: what is none of these.
pub(crate) fn of_a_thing(
    reader: &Reader<'_>,
    behind: &Behind,
    context: &Context<'_>,
) -> Result<BehindView, AppError> {
    match behind {
        Behind::Item(id) => of_item(reader, *id, context),
        Behind::Interrupt(id) => of_interrupt(reader, *id, context),
        Behind::Incident(id) => behind_incident(reader, *id, context.now),
        Behind::Sprint(id) => of_sprint(reader, *id),
        _ => Err(AppError::refused(
            "Nothing more is known behind this number.",
            "Choose another point of the chart.",
        )),
    }
}

fn of_item(reader: &Reader<'_>, id: ItemId, context: &Context<'_>) -> Result<BehindView, AppError> {
    let page = item_page(reader, ItemQuestion { item: id }, context)?;
    let lines = page.history.into_iter().rev().filter(|line| line.at <= context.now);
    let rows = lines.map(|line| BehindRow {
        at: Some(line.at),
        label: page.row.label.clone(),
        title: page.row.title.clone(),
        what: line.text,
        item: Some(id),
        ..BehindRow::default()
    });
    Ok(BehindView::new(format!("{} {}", page.row.label, page.row.title), rows.collect()))
}

fn of_interrupt(reader: &Reader<'_>, id: InterruptId, context: &Context<'_>) -> Result<BehindView, AppError> {
    let page = interrupt_page(reader, InterruptQuestion { interrupt: id }, context)?;
    let row = |what: String| BehindRow {
        label: page.row.label.clone(),
        title: page.row.title.clone(),
        what,
        interrupt: Some(id),
        ..BehindRow::default()
    };
    let history = page.history.iter().rev().filter(|line| line.at <= context.now);
    let mut rows: Vec<BehindRow> =
        history.map(|line| BehindRow { at: Some(line.at), ..row(line.text.clone()) }).collect();
    rows.extend(page.hours.iter().rev().filter(|hours| hours.day <= page.today).map(|hours| {
        let by = hours.member_name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
        BehindRow { on: Some(hours.day), ..row(format!("{}{by}", hours.said)) }
    }));
    Ok(BehindView::new(format!("{} {}", page.row.label, page.row.title), rows))
}

/// What a closed Sprint came to, item by item, as it was sealed.
fn of_sprint(reader: &Reader<'_>, id: SprintId) -> Result<BehindView, AppError> {
    let sprint = sprint_of(reader, id)?;
    let Some(report) = sealed_report(reader, id)? else {
        let what = match sprint.closed_at {
            Some(_) => "only its totals are known",
            None => "it is not closed yet",
        };
        let row = BehindRow { title: sprint.name.clone(), what: what.to_owned(), ..BehindRow::default() };
        return Ok(BehindView::new(sprint.name, vec![BehindRow { sprint: Some(id), ..row }]));
    };
    let lists: [(&str, &[ReportItem]); 4] = [
        ("completed", &report.completed),
        ("not completed", &report.not_completed),
        ("taken out", &report.removed),
        ("in the buffer", &report.buffer),
    ];
    let row = |what: &str, one: &ReportItem| BehindRow {
        at: one.done_at,
        label: one.label.clone(),
        title: one.title.clone(),
        what: format!("{what}, {}", super::sprint::size_said(one.last)),
        item: Some(one.item),
        ..BehindRow::default()
    };
    let mut rows = vec![BehindRow {
        on: Some(report.closed_on),
        title: report.name.clone(),
        what: "closed; its report".to_owned(),
        sprint: Some(id),
        ..BehindRow::default()
    }];
    rows.extend(lists.iter().flat_map(|(what, list)| list.iter().map(|one| row(what, one))));
    Ok(BehindView::new(format!("What {} came to", report.name), rows))
}
