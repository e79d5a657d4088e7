//! Export: the Product Backlog, and every table of the team file, as CSV and as JSON.
//!
//! 1. CSV is that of RFC 4180: commas, line ends of two signs, quotation marks where they are needed; in UTF-8, with a
//!    byte-order mark where it is asked for, because some spreadsheet programs need it.
//! 2. A cell that a spreadsheet program would run as a formula begins with an apostrophe; an import takes it off again.
//! 3. The Product Backlog can be imported again: its rows are known by their identities, and a column says what was
//!    exported, so that only what was changed in the file is taken (13.2). Unchanged, it changes nothing.
//! 4. Tables are exported as they stand in the file, column by column, with the journal; bytes are not.
//! 5. An export is a question: it changes nothing.

use super::mapping::{LABEL_BREAK, OWN};
use super::{merge, rows};
use crate::contract::{Context, Nothing};
use crate::error::AppError;
use crate::team::together;
use domain::backlog::{Category, Item, ItemFact, WorkKind};
use domain::calendar::{Instant, Zone};
use domain::exchange::LabelKind;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use store::{Cell, ItemFilter, Reader, TableRows};
use ts_rs::TS;

/// Asks for an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ExportOf")]
pub struct ExportOf {
    /// What is exported.
    pub what: Exportable,
    /// In which form.
    pub format: ExportFormat,
    /// Whether CSV begins with a byte-order mark.
    #[serde(default)]
    pub mark: bool,
}

/// What can be exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Exportable {
    /// The Product Backlog: every item, in its order.
    Backlog,
    /// A table of the team file, by its name.
    Table(String),
    /// All tables; as JSON only, because a CSV file holds one table.
    Everything,
}

/// The forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ExportFormat {
    /// Comma-separated values.
    Csv,
    /// JSON: a list of objects, or an object of such lists.
    Json,
}

/// An export, to be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// A name for the file.
    pub name: String,
    /// What the file holds.
    pub text: String,
    /// How many rows.
    pub rows: u32,
}

/// The tables of the team file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportTables {
    /// The tables that can be exported, with the number of their rows.
    pub tables: Vec<ExportTable>,
}

/// A table of the team file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportTable {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u32,
}

pub(super) fn tables(reader: &Reader<'_>, _: Nothing, _: &Context<'_>) -> Result<ExportTables, AppError> {
    let count = |name: String| Ok(ExportTable { rows: reader.count_rows(&name)?, name });
    let tables: Result<Vec<_>, AppError> = reader.tables()?.into_iter().map(count).collect();
    Ok(ExportTables { tables: tables? })
}

pub(super) fn export(
    reader: &Reader<'_>,
    question: ExportOf,
    context: &Context<'_>,
) -> Result<Exported, AppError> {
    let team = reader.team()?.name;
    let (what, rows, text) = match (&question.what, question.format) {
        (Exportable::Everything, ExportFormat::Csv) => {
            return Err(AppError::refused(
                "A CSV file holds one table.",
                "Export everything as JSON, or one table after the other as CSV.",
            )
            .at("format"));
        }
        (Exportable::Everything, ExportFormat::Json) => {
            let (mut all, mut count) = (Map::new(), 0);
            for name in reader.tables()? {
                context.cancel.check()?;
                let table = known(reader, &name)?;
                count += table.rows.len();
                all.insert(name, objects(&table));
            }
            ("everything".to_owned(), count, pretty(&Value::Object(all))?)
        }
        (Exportable::Backlog, format) => {
            let table = backlog(reader, context)?;
            ("backlog".to_owned(), table.rows.len(), written(&table, format, question.mark)?)
        }
        (Exportable::Table(name), format) => {
            let table = known(reader, name)?;
            (name.clone(), table.rows.len(), written(&table, format, question.mark)?)
        }
    };
    let ending = match question.format {
        ExportFormat::Csv => "csv",
        ExportFormat::Json => "json",
    };
    Ok(Exported {
        name: format!("{team} - {what}.{ending}"),
        text,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
    })
}

fn known(reader: &Reader<'_>, name: &str) -> Result<TableRows, AppError> {
    let Some(rows) = reader.table_rows(name)? else {
        let hint = format!("Export the backlog, all, or one of the tables: {}.", together(&reader.tables()?));
        return Err(AppError::refused(format!("The team file has no table “{name}”."), hint).at("what"));
    };
    Ok(rows)
}

fn written(table: &TableRows, format: ExportFormat, mark: bool) -> Result<String, AppError> {
    match format {
        ExportFormat::Csv => Ok(csv(table, mark)),
        ExportFormat::Json => pretty(&objects(table)),
    }
}

fn csv(table: &TableRows, mark: bool) -> String {
    let header = table.columns.clone();
    let lines = table.rows.iter().map(|row| {
        let cell = |cell: &Cell| match cell {
            Cell::Nothing => String::new(),
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => rows::unformula(text),
        };
        row.iter().map(cell).collect::<Vec<String>>()
    });
    let text = delimited(std::iter::once(header).chain(lines));
    if mark { format!("\u{feff}{text}") } else { text }
}

/// Lines as comma-separated values (rule 1).
pub(super) fn delimited(lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for line in lines {
        // Writing to memory cannot fail.
        if writer.write_record(line).is_err() {
            break;
        }
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn objects(table: &TableRows) -> Value {
    let object = |row: &Vec<Cell>| -> Value {
        let value = |cell: &Cell| match cell {
            Cell::Nothing => Value::Null,
            Cell::Number(number) => json!(number),
            Cell::Text(text) => json!(text),
        };
        table.columns.iter().cloned().zip(row.iter().map(value)).collect::<Map<String, Value>>().into()
    };
    Value::Array(table.rows.iter().map(object).collect())
}

fn pretty(value: &Value) -> Result<String, AppError> {
    let text = serde_json::to_string_pretty(value).map_err(|error| AppError::internal(error.to_string()))?;
    Ok(text + "\n")
}

/// The columns of the Product Backlog, in words that people know; the last ones are for importing it again.
pub(super) const COLUMNS: [&str; 21] = [
    "Label",
    "Title",
    "Kind",
    "Severity",
    "Size",
    "State",
    "Owner",
    "Labels",
    "Sprint labels",
    "Selected into",
    "Lane",
    "Blocked because",
    "Sprints carried over",
    "Part of",
    "Created",
    "Started",
    "Ended",
    "Description",
    OWN.key,
    OWN.parent,
    OWN.base,
];

/// The Product Backlog as a table, in its order.
fn backlog(reader: &Reader<'_>, context: &Context<'_>) -> Result<TableRows, AppError> {
    let workflow = reader.workflow()?;
    let members: HashMap<_, _> =
        reader.members()?.into_iter().map(|member| (member.id, member.name)).collect();
    let sprints: HashMap<_, _> =
        reader.sprints()?.into_iter().map(|sprint| (sprint.id, (sprint.name, sprint.first_day))).collect();
    let items = reader.items(ItemFilter::All)?;
    let labels_of: HashMap<_, _> = items.iter().map(|item| (item.id, item.label.clone())).collect();
    let today = reader.lanes(reader.team()?.zone.day_of(context.now))?;
    let mut table =
        TableRows { columns: COLUMNS.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() };
    for (count, item) in items.iter().enumerate() {
        if count % 256 == 0 {
            context.cancel.check()?;
        }
        let present = &item.present;
        let labels = reader.labels(item.id)?;
        let of = |kind: LabelKind| -> Vec<&str> {
            labels.iter().filter(|(known, _)| *known == kind).map(|(_, name)| name.as_str()).collect()
        };
        let category = workflow.category(present.state);
        let started = match category {
            Category::ToDo => None,
            _ => started(reader, item, |state| workflow.category(Some(state)))?,
        };
        let is_bug = present.kind.is_none_or(|kind| kind == WorkKind::Bug);
        let (sprint, first_day) = present.sprint.and_then(|id| sprints.get(&id)).cloned().unzip();
        let lane = match (present.lane, first_day) {
            (Some(lane), Some(day)) => {
                reader.lanes(day)?.get(lane).or(today.get(lane)).map(|l| l.name.clone())
            }
            _ => None,
        };
        let owner = present.owner.and_then(|owner| members.get(&owner)).map(String::as_str);
        let text = |text: Option<&str>| text.map_or(Cell::Nothing, |text| Cell::Text(text.to_owned()));
        let moment = |at: Option<Instant>| text(at.map(moment).as_deref());
        let list = |names: Vec<&str>| text((!names.is_empty()).then(|| names.join(LABEL_BREAK)).as_deref());
        table.rows.push(vec![
            Cell::Text(item.label.clone()),
            Cell::Text(item.title.clone()),
            text(present.kind.map(merge::kind_words)),
            text(present.severity.filter(|_| is_bug).map(|severity| severity.word())),
            text(present.size.map(|size| size.to_string()).as_deref()),
            text(present.state.and_then(|state| workflow.get(state)).map(|state| state.name.as_str())),
            text(owner.or(of(LabelKind::Owner).first().copied())),
            list(of(LabelKind::Label)),
            list(of(LabelKind::Sprint)),
            text(sprint.as_deref()),
            text(lane.as_deref()),
            text(present.blocked.as_deref()),
            Cell::Number(i64::from(present.carried)),
            text(item.parent.and_then(|parent| labels_of.get(&parent)).map(String::as_str)),
            moment(present.created_at),
            moment(started),
            moment(present.state_since.filter(|_| category.is_end())),
            text(Some(&item.description).filter(|text| !text.is_empty()).map(String::as_str)),
            Cell::Text(item.id.to_string()),
            text(item.parent.map(|parent| parent.to_string()).as_deref()),
            Cell::Text(merge::as_exported(item, &labels)?),
        ]);
    }
    Ok(table)
}

/// When work on an item began first.
fn started(
    reader: &Reader<'_>,
    item: &Item,
    category: impl Fn(domain::identity::StateId) -> Category,
) -> Result<Option<Instant>, AppError> {
    let begun = |fact: &ItemFact| match fact {
        ItemFact::Created { state } | ItemFact::Moved { state } => category(*state) == Category::InProgress,
        _ => false,
    };
    let facts = reader.item_facts(item.id)?;
    Ok(facts.iter().find(|dated| begun(&dated.fact)).map(|dated| dated.happened_at))
}

fn moment(at: Instant) -> String {
    Zone::UTC.local(at).format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
