//! JSON of trackers as a table: answers of their REST interfaces, and what their boards export.
//!
//! 1. A file is known by what it holds, whatever its name is; several files of one tracker are read together.
//! 2. A record becomes a row, and its fields become the columns that the tracker's own CSV export has, so that one
//!    mapping fits both. Fields that no column is known for become columns of their own names.
//! 3. What is dated (change logs, Sprints) goes into the history; what is no item is left out on purpose, and said.
//! 4. A row's line is the number of its record among all records that were read.

mod github;
mod jira;
mod opsgenie;
mod pagerduty;
mod trello;

use super::dates::{self, DateOrder};
use super::history::History;
use super::incidents::Note;
use super::mapping::shortened;
use super::rows::Problem;
use super::table::NotATable;
use domain::calendar::{Instant, Zone};
use serde_json::Value;
use std::collections::HashMap;

/// What wrote a JSON file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Jira's REST interface.
    Jira,
    /// Trello: the export of a board, or its REST interface.
    Trello,
    /// GitHub's issues: its REST interface, or `gh issue list --json`.
    GitHub,
    /// PagerDuty's incidents: its REST interface.
    PagerDuty,
    /// Opsgenie's incidents: its REST interface.
    Opsgenie,
    /// Postmortems of incidents, in Markdown.
    Postmortems,
}

impl Format {
    /// The name of the tracker; it is the source of the keys.
    pub fn source(self) -> &'static str {
        match self {
            Format::Jira => "Jira",
            Format::Trello => "Trello",
            Format::GitHub => "GitHub",
            Format::PagerDuty => "PagerDuty",
            Format::Opsgenie => "Opsgenie",
            Format::Postmortems => "Postmortems",
        }
    }

    /// Whether it holds incidents, and no items.
    pub fn holds_incidents(self) -> bool {
        matches!(self, Format::PagerDuty | Format::Opsgenie | Format::Postmortems)
    }
}

/// Records that were read from JSON.
#[derive(Debug)]
pub struct Records {
    /// What wrote them.
    pub format: Format,
    /// What is dated in them.
    pub history: History,
    /// Records that are no items, and records that cannot be read.
    pub refused: Vec<Problem>,
    /// Parts of records that cannot be read.
    pub cells: Vec<Problem>,
    /// What else is to be known, in sentences.
    pub notes: Vec<String>,
    /// The notes of each record's timeline, by the number of the record.
    pub timelines: HashMap<u32, Vec<Note>>,
    columns: Vec<String>,
    places: HashMap<String, usize>,
    rows: Vec<(u32, Vec<Option<String>>)>,
}

/// Reads the JSON texts of one tracker together.
pub fn read(texts: &[&str]) -> Result<Records, NotATable> {
    let mut values = Vec::new();
    for text in texts {
        // Pages that were fetched one after the other may stand in one file.
        for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
            values.push(
                value.map_err(|error| NotATable::BrokenJson {
                    line: error.line(),
                    why: plain_error(&error),
                })?,
            );
        }
    }
    let mut parts = Parts::default();
    for value in &values {
        parts.sort(value)?;
    }
    match parts.format {
        Some(Format::Jira) => jira::read(&parts),
        Some(Format::Trello) => trello::read(&parts),
        Some(Format::GitHub) => github::read(&parts),
        Some(Format::PagerDuty) => pagerduty::read(&parts),
        Some(Format::Opsgenie) => opsgenie::read(&parts),
        Some(Format::Postmortems) | None => Err(NotATable::UnknownJson),
    }
}

/// The tracker that wrote a JSON text; none where it is of no known kind.
pub fn format(text: &str) -> Option<Format> {
    let mut found = None;
    for value in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        let value = value.ok()?;
        let mut parts = Parts::default();
        parts.sort(&value).ok()?;
        found = found.or(parts.format);
    }
    found
}

fn plain_error(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return "the text ends too early".to_owned();
    }
    let said = error.to_string();
    said.split(" at line ").next().unwrap_or_default().to_owned()
}

/// What the values of a tracker are, sorted by their shapes.
#[derive(Default)]
struct Parts<'v> {
    format: Option<Format>,
    /// Issues, with the names of their fields where the answer says them.
    issues: Vec<&'v Value>,
    field_names: HashMap<&'v str, &'v str>,
    sprints: Vec<&'v Value>,
    statuses: Vec<&'v Value>,
    /// Changes of a change log, with the number of the issue where it stands outside of them.
    changes: Vec<(Option<&'v str>, &'v Value)>,
    lists: Vec<&'v Value>,
    labels: Vec<&'v Value>,
    members: Vec<&'v Value>,
    checklists: Vec<&'v Value>,
    actions: Vec<&'v Value>,
    pull_requests: Vec<&'v Value>,
    /// Kinds of records of which nothing is imported, with their number.
    unused: Vec<(&'static str, usize)>,
}

impl<'v> Parts<'v> {
    fn sort(&mut self, value: &'v Value) -> Result<(), NotATable> {
        match value {
            Value::Object(fields) => {
                let has = |name: &str| fields.contains_key(name);
                let list = |name: &str| fields.get(name).and_then(Value::as_array);
                if let Some(issues) = list("issues") {
                    self.is(Format::Jira)?;
                    let names = fields.get("names").and_then(Value::as_object).into_iter().flatten();
                    self.field_names
                        .extend(names.filter_map(|(id, name)| Some((id.as_str(), name.as_str()?))));
                    self.issues.extend(issues);
                } else if has("key") && has("fields") {
                    self.is(Format::Jira)?;
                    self.issues.push(value);
                } else if let (Some(cards), Some(lists)) = (list("cards"), list("lists")) {
                    self.is(Format::Trello)?;
                    self.issues.extend(cards);
                    self.lists.extend(lists);
                    for (name, into) in [
                        ("labels", &mut self.labels),
                        ("members", &mut self.members),
                        ("checklists", &mut self.checklists),
                        ("actions", &mut self.actions),
                    ] {
                        into.extend(list(name).into_iter().flatten());
                    }
                } else if let Some(values) = list("values").or_else(|| list("histories")) {
                    let issue = fields.get("self").and_then(Value::as_str).and_then(issue_in_address);
                    self.sort_list(values, issue)?;
                } else if has("incident_number") {
                    self.is(Format::PagerDuty)?;
                    self.issues.push(value);
                } else if has("tinyId") {
                    self.is(Format::Opsgenie)?;
                    self.issues.push(value);
                } else if let Some(incidents) = list("incidents").or_else(|| list("data")) {
                    self.sort_list(incidents, None)?;
                } else if has("number") && has("title") {
                    self.is(Format::GitHub)?;
                    self.issues.push(value);
                } else {
                    return Err(NotATable::UnknownJson);
                }
                Ok(())
            }
            Value::Array(values) => self.sort_list(values, None),
            _ => Err(NotATable::UnknownJson),
        }
    }

    fn sort_list(&mut self, values: &'v [Value], issue: Option<&'v str>) -> Result<(), NotATable> {
        // An empty page says nothing, not even whose it is.
        let Some(first) = values.first() else { return Ok(()) };
        let has = |name: &str| first.get(name).is_some();
        let (format, into) = if has("incident_number") {
            (Format::PagerDuty, &mut self.issues)
        } else if has("tinyId") && has("message") {
            (Format::Opsgenie, &mut self.issues)
        } else if has("issues") || has("incidents") || first.is_array() {
            return values.iter().try_for_each(|page| self.sort(page));
        } else if has("key") && has("fields") {
            (Format::Jira, &mut self.issues)
        } else if has("statusCategory") {
            (Format::Jira, &mut self.statuses)
        } else if has("items") && has("created") {
            let issue_of = |change: &'v Value| {
                let said = change.get("_request").and_then(|request| request.get("issue_id"));
                issue.or_else(|| said.and_then(Value::as_str))
            };
            self.changes.extend(values.iter().map(|change| (issue_of(change), change)));
            return self.is(Format::Jira);
        } else if has("state") && has("name") && (has("originBoardId") || has("startDate")) {
            (Format::Jira, &mut self.sprints)
        } else if has("idList") {
            (Format::Trello, &mut self.issues)
        } else if has("checkItems") {
            (Format::Trello, &mut self.checklists)
        } else if has("idBoard") && has("pos") {
            (Format::Trello, &mut self.lists)
        } else if has("idBoard") && has("color") {
            (Format::Trello, &mut self.labels)
        } else if has("number") && has("title") && (has("head") || has("merged_at")) {
            (Format::GitHub, &mut self.pull_requests)
        } else if has("number") && has("title") && !has("open_issues") {
            (Format::GitHub, &mut self.issues)
        } else {
            let (format, what) = if has("timeSpentSeconds") {
                (Format::Jira, "work logs")
            } else if has("subtask") {
                (Format::Jira, "types")
            } else if has("type") && has("name") && has("self") {
                (Format::Jira, "boards")
            } else if has("open_issues") {
                (Format::GitHub, "milestones")
            } else {
                return Err(NotATable::UnknownJson);
            };
            self.unused.push((what, values.len()));
            return self.is(format);
        };
        into.extend(values);
        self.is(format)
    }

    fn is(&mut self, format: Format) -> Result<(), NotATable> {
        match self.format.replace(format) {
            Some(before) if before != format => Err(NotATable::UnknownJson),
            _ => Ok(()),
        }
    }
}

/// `…/issue/10085/changelog`: the number of the issue.
fn issue_in_address(address: &str) -> Option<&str> {
    let (_, rest) = address.split_once("/issue/")?;
    rest.split(['/', '?']).next()
}

impl Records {
    pub(super) fn new(format: Format, columns: &[&str]) -> Records {
        let mut records = Records {
            format,
            history: History::default(),
            refused: Vec::new(),
            cells: Vec::new(),
            notes: Vec::new(),
            timelines: HashMap::new(),
            columns: Vec::new(),
            places: HashMap::new(),
            rows: Vec::new(),
        };
        for column in columns {
            records.place(column);
        }
        records
    }

    /// Begins the row of a record.
    pub(super) fn row(&mut self, record: usize) {
        self.rows.push((u32::try_from(record + 1).unwrap_or(u32::MAX), Vec::new()));
    }

    /// Puts a value into the row that was begun last.
    pub(super) fn put(&mut self, column: &str, value: impl Into<String>) {
        let place = self.place(column);
        if let Some((_, cells)) = self.rows.last_mut() {
            if cells.len() <= place {
                cells.resize(place + 1, None);
            }
            if let Some(cell) = cells.get_mut(place) {
                *cell = Some(value.into());
            }
        }
    }

    /// Keeps the timeline of the row that was begun last.
    pub(super) fn note(&mut self, notes: Vec<Note>) {
        if let Some((record, _)) = self.rows.last().filter(|_| !notes.is_empty()) {
            self.timelines.insert(*record, notes);
        }
    }

    fn place(&mut self, column: &str) -> usize {
        if let Some(place) = self.places.get(column) {
            return *place;
        }
        self.places.insert(column.to_owned(), self.columns.len());
        self.columns.push(column.to_owned());
        self.columns.len() - 1
    }

    /// Says that a record is no row.
    pub(super) fn refuse(&mut self, record: usize, value: &str, reason: &str, on_purpose: bool) {
        let line = u32::try_from(record + 1).unwrap_or(u32::MAX);
        let (value, reason) = (shortened(value, 200), reason.to_owned());
        self.refused.push(Problem { line, column: String::new(), value, reason, on_purpose });
    }

    /// Says that a part of a record is not read.
    pub(super) fn cell(&mut self, record: usize, column: &str, value: &str, reason: String) {
        let line = u32::try_from(record + 1).unwrap_or(u32::MAX);
        let (column, value) = (column.to_owned(), shortened(value, 200));
        self.cells.push(Problem { line, column, value, reason, on_purpose: false });
    }

    fn say_unused(&mut self, parts: &Parts<'_>) {
        for (what, count) in &parts.unused {
            self.notes.push(format!("{count} {what} are not imported."));
        }
    }

    /// The records as CSV, with the names of the columns, and the number of each row's record.
    pub fn csv(&self) -> (String, Vec<u32>) {
        // What no record holds is no column.
        let is_held = |at: usize| self.rows.iter().any(|(_, cells)| matches!(cells.get(at), Some(Some(_))));
        let held: Vec<usize> = (0..self.columns.len()).filter(|at| is_held(*at)).collect();
        let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
        let header = held.iter().filter_map(|at| self.columns.get(*at)).map(String::as_str);
        // Writing to memory cannot fail.
        let _ = writer.write_record(header);
        for (_, cells) in &self.rows {
            let cell = |at: &usize| cells.get(*at).and_then(Option::as_deref).unwrap_or_default();
            let _ = writer.write_record(held.iter().map(cell));
        }
        let bytes = writer.into_inner().unwrap_or_default();
        let records = self.rows.iter().map(|(record, _)| *record).collect();
        (String::from_utf8_lossy(&bytes).into_owned(), records)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// A moment as programs write it; none where it is none.
fn moment(text: &str) -> Option<Instant> {
    dates::read(text, DateOrder::DayFirst, Zone::UTC).ok()
}

/// A text field of a record; none where it is absent, empty or no text.
fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// A list field of a record.
fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

/// Any value in words: what it is called, where it is more than a text or a number.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::Bool(true) => Some("yes".to_owned()),
        Value::Number(number) => Some(number_text(number)),
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Array(values) => {
            let named: Vec<String> = values.iter().filter_map(shown).collect();
            (!named.is_empty()).then(|| named.join("; "))
        }
        Value::Object(fields) => {
            let names = ["name", "value", "displayName", "title", "login", "key"];
            let named = names.iter().find_map(|name| fields.get(*name).and_then(Value::as_str));
            let counted = || {
                let lists = fields.values().filter_map(Value::as_array).map(Vec::len);
                let count: usize = lists.sum();
                (count > 0).then(|| format!("{count} entries"))
            };
            named.map(str::to_owned).or_else(counted)
        }
    }
}

/// `5`, not `5.0`.
fn number_text(number: &serde_json::Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}
