//! Rows and a mapping to drafts of items, of interrupts, or of incidents.
//!
//! 1. A row without a title or a key is not taken, and neither is one whose cells have slipped; each is reported with
//!    line, column, value and reason.
//! 2. A cell that cannot be read does not lose its row: the row is taken without it, and the cell is reported.
//! 3. A cell says nothing, says *empty*, or says a value: what a file does not say is never changed.
//! 4. Of several rows with one key the first is taken; the others are reported with its line.
//! 5. Without a key column the title is the key; the second row of one title is known as `title #2`.
//! 6. Rows of a type that the mapping leaves out, and rows that it does not choose, are no drafts; they are listed as left
//!    out by it.
//! 7. A row that becomes an interrupt needs a day: when it came, or when it ended; one that becomes an incident needs that
//!    or a milestone. Without a key column its title and its dates are the key.
//! 8. Text is literal: markup stays as it is written, only the apostrophe before a formula is taken off.

use super::dates;
use super::export::delimited;
use super::incidents::Said;
use super::interrupts;
use super::mapping::{
    DecimalSign, KindChoice, Mapping, OWN, OnlyRows, RowsBecome, Target, ValueTo, shortened, size,
};
use super::table::{Row, Rows, Table};
use domain::backlog::{Severity, WorkKind};
use domain::calendar::{Instant, Zone};
use domain::identity::StateId;
use domain::interrupt::IncidentSeverity;
use domain::measures::{Minutes, Size};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// What a row says about one item, or about one interrupt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The line of the file on which the row begins.
    pub line: u32,
    /// The key by which the source knows the item.
    pub key: String,
    /// Another number of the source for it.
    pub id: Option<String>,
    /// The title, on one line.
    pub title: String,
    /// The description.
    pub description: Cell<String>,
    /// The kind of work; empty is unsorted.
    pub kind: Cell<WorkKind>,
    /// The severity.
    pub severity: Cell<Severity>,
    /// How grave an interrupt is.
    pub incident_severity: Cell<IncidentSeverity>,
    /// How long an interrupt took.
    pub time: Cell<Minutes>,
    /// The size.
    pub size: Cell<Size>,
    /// The state; empty is the team's first.
    pub state: Cell<StateId>,
    /// When it was created.
    pub created: Cell<Instant>,
    /// When work on it began.
    pub started: Cell<Instant>,
    /// When it was done or cancelled.
    pub resolved: Cell<Instant>,
    /// The key or number of the item of which it is a part.
    pub parent: Cell<String>,
    /// The name of its owner.
    pub owner: Cell<String>,
    /// Its labels, each once.
    pub labels: Cell<Vec<String>>,
    /// The names of its Sprints, each once.
    pub sprints: Cell<Vec<String>>,
    /// What was exported of it from here.
    pub base: Option<String>,
    /// What an incident has besides.
    pub incident: Option<Box<Said>>,
    /// The cells that could not be read.
    pub problems: Vec<Problem>,
}

/// What a file says in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cell<T> {
    /// Nothing: there is no such column, or the cell cannot be read.
    #[default]
    Unsaid,
    /// That there is none.
    Empty,
    /// A value.
    Holds(T),
}

impl<T> Cell<T> {
    /// The value, if there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Cell::Holds(value) => Some(value),
            Cell::Unsaid | Cell::Empty => None,
        }
    }

    /// The value or its absence; none where nothing is said.
    pub fn said(self) -> Option<Option<T>> {
        match self {
            Cell::Unsaid => None,
            Cell::Empty => Some(None),
            Cell::Holds(value) => Some(Some(value)),
        }
    }
}

/// A row or a cell that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportProblem")]
pub struct Problem {
    /// The line of the file on which the row begins.
    pub line: u32,
    /// The column; empty where it is the whole row.
    pub column: String,
    /// What stands there, shortened.
    pub value: String,
    /// Why it was not taken.
    pub reason: String,
    /// Whether nothing is wrong with it, and it is left out on purpose.
    #[serde(skip)]
    #[ts(skip)]
    pub on_purpose: bool,
}

/// Why a mapping does not fit a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingRefused {
    /// No column becomes the title.
    #[error("no column becomes the title")]
    NoTitle,
    /// Interrupts have no day.
    #[error("no column says when the interrupts came or ended")]
    NoDay,
    /// Incidents have no moment.
    #[error("no column says when the incidents were reported, began or came to anything")]
    NoMoment,
    /// The file lacks the column of the key or the title.
    #[error("the file has no column “{name}”")]
    NoSuchColumn {
        /// Its name in the mapping.
        name: String,
    },
    /// A target that takes one column has two.
    #[error("“{first}” and “{second}” cannot become the same")]
    TwoColumns {
        /// The name of the one.
        first: String,
        /// The name of the other.
        second: String,
    },
}

/// Reads the rows of a table by a mapping, one after the other.
pub struct Drafts<'t> {
    rows: Rows<'t>,
    plan: Plan<'t>,
    keys: Keys,
}

impl<'t> Drafts<'t> {
    /// The drafts of a table; times without a zone are in the team's.
    pub fn new(table: &'t Table<'_>, mapping: &'t Mapping, zone: Zone) -> Result<Drafts<'t>, MappingRefused> {
        let plan = Plan::new(table, mapping, zone)?;
        Ok(Drafts { rows: table.rows(), plan, keys: Keys::default() })
    }

    /// How many bytes of the decoded file are read, for progress.
    pub fn read_bytes(&self) -> usize {
        self.rows.read_bytes()
    }
}

/// By what a row knows its item, and the item of which that is a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The key, as in the draft of the row.
    pub key: String,
    /// Another number of the source for it.
    pub id: Option<String>,
    /// The key or number of the item of which it is a part.
    pub parent: Option<String>,
}

impl Drafts<'_> {
    /// The next row, read only as far as its names; within it, none where the row is not taken.
    pub fn next_named(&mut self) -> Option<Option<Named>> {
        let row = self.rows.next()?;
        let named = self.plan.named(row).and_then(|(title, named)| {
            Ok(Named { key: self.plan.unique(&mut self.keys, line(row), named.key, title)?, ..named })
        });
        Some(named.ok())
    }
}

/// A draft, or why the row is not taken.
impl Iterator for Drafts<'_> {
    type Item = Result<Draft, Problem>;

    fn next(&mut self) -> Option<Result<Draft, Problem>> {
        let row = self.rows.next()?;
        Some(self.plan.draft(row).and_then(|mut draft| {
            let key = std::mem::take(&mut draft.key);
            let key = self.plan.unique(&mut self.keys, draft.line, key, &self.plan.known_by(&draft))?;
            Ok(Draft { key, ..draft })
        }))
    }
}

/// The keys that came so far.
#[derive(Default)]
struct Keys {
    /// The line on which each came first.
    lines: HashMap<String, u32>,
    /// How often each title came, where titles are the keys.
    titles: HashMap<String, u32>,
}

/// The columns of a table that a mapping ignores, each name once.
pub fn not_imported(table: &Table<'_>, mapping: &Mapping) -> Vec<String> {
    let target =
        |name: &str| mapping.columns.iter().find(|c| c.name == name).map_or(Target::Ignore, |c| c.target);
    let ignored = table.columns.iter().filter(|column| target(&column.name) == Target::Ignore);
    ignored.map(|column| column.name.clone()).collect()
}

/// The columns that a mapping names with a target and the table does not have.
pub fn missing(table: &Table<'_>, mapping: &Mapping) -> Vec<String> {
    let wanted = mapping.columns.iter().filter(|column| column.target != Target::Ignore);
    wanted.filter(|column| table.column(&column.name).is_none()).map(|column| column.name.clone()).collect()
}

/// What was not taken, as a CSV file with line, column, value and reason.
pub fn as_csv(problems: &[Problem]) -> String {
    let cells = problems.iter().map(|problem| problem.cells().to_vec());
    csv_of(std::iter::once(HEADER.map(str::to_owned).to_vec()).chain(cells))
}

/// What was not taken of several exports, with the names of their files in the first column.
pub fn as_csv_of_files(problems: &[(String, Problem)]) -> String {
    let with = |name: String, cells: [String; 4]| std::iter::once(name).chain(cells).collect();
    let header = with("File".to_owned(), HEADER.map(str::to_owned));
    let cells = problems.iter().map(|(name, problem)| with(unformula(name), problem.cells()));
    csv_of(std::iter::once(header).chain(cells))
}

const HEADER: [&str; 4] = ["Line", "Column", "Value", "Reason"];

impl Problem {
    fn cells(&self) -> [String; 4] {
        [self.line.to_string(), unformula(&self.column), unformula(&self.value), self.reason.clone()]
    }
}

/// Lines as comma-separated values; the mark before them tells spreadsheet programs that they are UTF-8.
pub(crate) fn csv_of(lines: impl Iterator<Item = Vec<String>>) -> String {
    format!("\u{feff}{}", delimited(lines))
}

/// Text that a spreadsheet program would run as a formula gets an apostrophe.
pub fn unformula(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a spreadsheet program would run a text, or has been kept from it by apostrophes.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Columns of a target: the position and the name of each.
type Columns<'t> = Vec<(usize, &'t str)>;

/// A mapping, resolved to positions.
struct Plan<'t> {
    width: usize,
    zone: Zone,
    dates: dates::DateOrder,
    decimal: DecimalSign,
    key: Columns<'t>,
    id: Columns<'t>,
    title: Columns<'t>,
    description: Columns<'t>,
    kind: Columns<'t>,
    severity: Columns<'t>,
    size: Columns<'t>,
    state: Columns<'t>,
    created: Columns<'t>,
    started: Columns<'t>,
    resolved: Columns<'t>,
    parent: Columns<'t>,
    owner: Columns<'t>,
    labels: Columns<'t>,
    sprints: Columns<'t>,
    base: Columns<'t>,
    hours: Columns<'t>,
    minutes: Columns<'t>,
    becomes: RowsBecome,
    /// Began, detected, acknowledged, mitigated.
    milestones: [Columns<'t>; 4],
    services: Columns<'t>,
    titled: &'t str,
    only: Option<Only<'t>>,
    between: [&'static [char]; 2],
    kinds: HashMap<&'t str, Option<KindChoice>>,
    severities: HashMap<&'t str, Option<Severity>>,
    incident_severities: HashMap<&'t str, Option<IncidentSeverity>>,
    states: HashMap<&'t str, Option<StateId>>,
}

/// The rows that are chosen by a column.
struct Only<'t> {
    column: &'t str,
    positions: &'t [usize],
    values: HashSet<&'t str>,
}

impl<'t> Plan<'t> {
    fn new(table: &'t Table<'_>, mapping: &'t Mapping, zone: Zone) -> Result<Plan<'t>, MappingRefused> {
        for target in [Target::Key, Target::Title] {
            if let Some(name) = mapping.names_of(target).find(|name| table.column(name).is_none()) {
                return Err(MappingRefused::NoSuchColumn { name: name.to_owned() });
            }
        }
        let are_interrupts = mapping.becomes == RowsBecome::Interrupts;
        let titled = if are_interrupts { mapping.titled.trim() } else { "" };
        if titled.is_empty() && mapping.names_of(Target::Title).next().is_none() {
            return Err(MappingRefused::NoTitle);
        }
        let has = |target| mapping.names_of(target).any(|name| table.column(name).is_some());
        if are_interrupts && !has(Target::Created) && !has(Target::Resolved) {
            return Err(MappingRefused::NoDay);
        }
        if mapping.becomes == RowsBecome::Incidents
            && ![Target::Created, Target::Resolved].into_iter().chain(MILESTONES).any(has)
        {
            return Err(MappingRefused::NoMoment);
        }
        let only = |only: &'t OnlyRows| {
            let column = table
                .column(&only.column)
                .ok_or(MappingRefused::NoSuchColumn { name: only.column.clone() })?;
            let values = only.values.iter().map(String::as_str).collect();
            Ok(Only { column: &only.column, positions: &column.positions, values })
        };
        for column in mapping.columns.iter().filter(|column| !column.target.takes_several()) {
            let mut names = mapping.names_of(column.target);
            if let (Some(first), Some(second)) = (names.next(), names.next()) {
                return Err(MappingRefused::TwoColumns {
                    first: first.to_owned(),
                    second: second.to_owned(),
                });
            }
        }
        let columns = |target| -> Columns<'t> {
            let found = mapping.names_of(target).filter_map(|name| table.column(name));
            found.flat_map(|column| column.positions.iter().map(|at| (*at, column.name.as_str()))).collect()
        };
        Ok(Plan {
            width: table.width,
            zone,
            dates: mapping.dates,
            decimal: mapping.decimal,
            key: columns(Target::Key),
            id: columns(Target::Id),
            title: columns(Target::Title),
            description: columns(Target::Description),
            kind: columns(Target::Kind),
            severity: columns(Target::Severity),
            size: columns(Target::Size),
            state: columns(Target::State),
            created: columns(Target::Created),
            started: columns(Target::Started),
            resolved: columns(Target::Resolved),
            parent: columns(Target::Parent),
            owner: columns(Target::Owner),
            labels: columns(Target::Labels),
            sprints: columns(Target::Sprint),
            base: columns(Target::Base),
            hours: columns(Target::Hours),
            minutes: columns(Target::Minutes),
            becomes: mapping.becomes,
            milestones: MILESTONES.map(columns),
            services: columns(Target::Services),
            titled,
            only: mapping.only.as_ref().map(only).transpose()?,
            // In an export of our own a label may hold any sign but the one between two.
            between: if mapping.source == OWN.source {
                [&['\n'], &['\n']]
            } else {
                [&[',', ';', '|'], &[';']]
            },
            kinds: lookup(&mapping.kinds),
            severities: lookup(&mapping.severities),
            incident_severities: lookup(&mapping.incident_severities),
            states: lookup(&mapping.states),
        })
    }

    fn draft(&self, row: Row<'_>) -> Result<Draft, Problem> {
        let mut reading = Reading { row, problems: Vec::new() };
        let (key, title) = self.key_and_title(row)?;
        let cells = row.width(self.width);
        if cells + 1 < self.width {
            let reason =
                format!("the row has {cells} of {} fields; what is missing is left as it is", self.width);
            reading.problem("", "", reason);
        }
        let created = reading.first(&self.created, |text, _| self.date(text));
        let resolved = reading.first(&self.resolved, |text, _| self.date(text));
        let started = reading.first(&self.started, |text, _| self.date(text));
        let reason = "this is after its end; the end is taken for both";
        // An incident may be reported when it is over; the order of its milestones is for the domain.
        let incident = (self.becomes == RowsBecome::Incidents).then(|| self.said(&mut reading));
        let (created, started) = match &incident {
            Some(_) => (created, started),
            None => (
                self.in_order(&mut reading, &self.created, created, &resolved, reason),
                self.in_order(&mut reading, &self.started, started, &resolved, reason),
            ),
        };
        let reached = incident.iter().any(|said| said.reached.iter().any(|cell| cell.value().is_some()));
        if self.becomes.are_graded() && created.value().or(resolved.value()).is_none() && !reached {
            return Err(self.without_a_day(&reading));
        }
        let none: &[(usize, &str)] = &[];
        let (severity, incident_severity) =
            if self.becomes.are_graded() { (none, &self.severity[..]) } else { (&self.severity[..], none) };
        Ok(Draft {
            line: line(row),
            key: key.to_owned(),
            id: reading.first(&self.id, |text, _| Ok(text.to_owned())).value().cloned(),
            title: one_line(title),
            description: reading.first(&self.description, |text, _| Ok(line_feeds(text))),
            kind: match reading.mapped(&self.kind, &self.kinds) {
                Cell::Unsaid => Cell::Unsaid,
                Cell::Empty => Cell::Empty,
                Cell::Holds(choice) => choice.kind().map_or(Cell::Empty, Cell::Holds),
            },
            severity: reading.mapped(severity, &self.severities),
            incident_severity: reading.mapped(incident_severity, &self.incident_severities),
            time: match reading.first(&self.hours, |text, _| interrupts::time(text, "h")) {
                Cell::Holds(time) => Cell::Holds(time),
                hours => match reading.first(&self.minutes, |text, _| interrupts::time(text, "min")) {
                    Cell::Unsaid => hours,
                    minutes => minutes,
                },
            },
            size: self.size(&mut reading),
            state: reading.mapped(&self.state, &self.states),
            created,
            started,
            resolved,
            parent: reading.first(&self.parent, |text, _| Ok(text.to_owned())),
            owner: reading.first(&self.owner, |text, _| Ok(without_address(text).to_owned())),
            labels: reading.all(&self.labels, self.between[0]),
            sprints: reading.all(&self.sprints, self.between[1]),
            base: reading.first(&self.base, |text, _| Ok(text.to_owned())).value().cloned(),
            incident: incident.map(Box::new),
            problems: reading.problems,
        })
    }

    /// What an incident has besides.
    fn said(&self, reading: &mut Reading<'_>) -> Said {
        Said {
            reached: std::array::from_fn(|at| {
                let columns = self.milestones.get(at).map(Vec::as_slice).unwrap_or_default();
                reading.first(columns, |text, _| self.date(text))
            }),
            services: reading.all(&self.services, &[',', ';', '|']),
        }
    }

    /// The title of a row and its names.
    fn named<'r>(&'r self, row: Row<'r>) -> Result<(&'r str, Named), Problem> {
        let (key, title) = self.key_and_title(row)?;
        let mut reading = Reading { row, problems: Vec::new() };
        let id = reading.first(&self.id, |text, _| Ok(text.to_owned())).said().flatten();
        let parent = reading.first(&self.parent, |text, _| Ok(text.to_owned())).said().flatten();
        Ok((title, Named { key: key.to_owned(), id, parent }))
    }

    /// What a row cannot do without.
    fn key_and_title<'r>(&'r self, row: Row<'r>) -> Result<(&'r str, &'r str), Problem> {
        self.refuse_slipped(row)?;
        self.leave_out(row)?;
        let key =
            self.required(row, &self.key, "there is no key, by which a later import could find the item")?;
        let title = self.required(row, &self.title, "there is no title")?;
        Ok((key, if self.title.is_empty() { self.titled } else { title }))
    }

    /// By what a row is known where no column holds its key.
    fn known_by<'d>(&self, draft: &'d Draft) -> Cow<'d, str> {
        if !self.becomes.are_graded() {
            return Cow::Borrowed(&draft.title);
        }
        let at = |cell: &Cell<Instant>| {
            cell.value()
                .map_or(String::new(), |at| self.zone.local(*at).format(" %Y-%m-%d %H:%M:%S").to_string())
        };
        // What is not over yet is the same incident when it is.
        match &draft.incident {
            Some(said) => {
                let first =
                    [&draft.created].into_iter().chain(&said.reached).find(|cell| cell.value().is_some());
                Cow::Owned(format!("{}{}", draft.title, first.map_or(String::new(), at)))
            }
            None => Cow::Owned(format!("{}{}{}", draft.title, at(&draft.created), at(&draft.resolved))),
        }
    }

    /// A row that cannot be an interrupt or an incident: nothing says on which day it was one.
    fn without_a_day(&self, reading: &Reading<'_>) -> Problem {
        let of_dates = |problem: &&Problem| {
            let milestones = self.milestones.iter().flatten();
            self.created
                .iter()
                .chain(&self.resolved)
                .chain(milestones)
                .any(|(_, name)| problem.column == *name)
        };
        let unread = reading.problems.iter().find(of_dates);
        unread.cloned().unwrap_or_else(|| Problem {
            line: line(reading.row),
            column: self
                .created
                .iter()
                .chain(self.milestones.iter().flatten())
                .chain(&self.resolved)
                .next()
                .map_or("", |(_, name)| name)
                .to_owned(),
            value: String::new(),
            reason: match self.becomes {
                RowsBecome::Incidents => "nothing says when it was".to_owned(),
                _ => "nothing says when it came or ended".to_owned(),
            },
            on_purpose: false,
        })
    }

    /// The key of a row; its title where there is no key column. Refused where an earlier row has it.
    fn unique(&self, keys: &mut Keys, line: u32, key: String, title: &str) -> Result<String, Problem> {
        let key = if key.is_empty() {
            let title = one_line(title);
            let count = keys.titles.entry(title.clone()).or_default();
            *count += 1;
            if *count == 1 { title } else { format!("{title} #{count}") }
        } else {
            key
        };
        if let Some(first) = keys.lines.get(&key) {
            let reason = format!("the key stands already on line {first}; the first row is taken");
            let column = self.key.first().map(|(_, name)| name.to_string()).unwrap_or_default();
            return Err(Problem { line, column, value: shortened(&key, 200), reason, on_purpose: false });
        }
        keys.lines.insert(key.clone(), line);
        Ok(key)
    }

    /// A row that the mapping does not choose, or of a type that it leaves out, is not taken.
    fn leave_out(&self, row: Row<'_>) -> Result<(), Problem> {
        if let Some(only) = &self.only {
            let cells = only.positions.iter().map(|at| row.cell(*at).trim());
            let value = cells.into_iter().find(|cell| !cell.is_empty()).unwrap_or("");
            if !only.values.contains(value) {
                return Err(Problem {
                    line: line(row),
                    column: only.column.to_owned(),
                    value: shortened(value, 200),
                    reason: "only rows with other values are chosen by your mapping".to_owned(),
                    on_purpose: true,
                });
            }
        }
        let filled = self.kind.iter().map(|(at, name)| (text(row.cell(*at)), *name));
        let Some((value, name)) = filled.into_iter().find(|(text, _)| !text.is_empty()) else {
            return Ok(());
        };
        if self.kinds.get(value) != Some(&Some(KindChoice::LeaveOut)) {
            return Ok(());
        }
        Err(Problem {
            line: line(row),
            column: name.to_owned(),
            value: shortened(value, 200),
            reason: "rows of this type are left out by your mapping".to_owned(),
            on_purpose: true,
        })
    }

    /// A row whose cells may stand in the wrong columns is not taken.
    fn refuse_slipped(&self, row: Row<'_>) -> Result<(), Problem> {
        let cells = row.width(self.width);
        let reason = if row.unclosed {
            "a quotation mark opens in this row and is never closed; the rest of the file was read as its text".to_owned()
        } else if cells > self.width {
            format!(
                "the row has {cells} fields and the header {}; a text may hold a delimiter without quotation marks",
                self.width
            )
        } else if cells * 2 < self.width {
            format!("the row has only {cells} of {} fields", self.width)
        } else {
            return Ok(());
        };
        let start = (0..cells).map(|at| row.cell(at).trim()).find(|cell| !cell.is_empty()).unwrap_or("");
        let (line, value) = (line(row), shortened(start, 200));
        Err(Problem { line, column: String::new(), value, reason, on_purpose: false })
    }

    /// The text of a column that a row cannot do without; empty where no column is mapped.
    fn required<'r>(&self, row: Row<'r>, columns: &Columns<'_>, absent: &str) -> Result<&'r str, Problem> {
        let Some((_, name)) = columns.first() else { return Ok("") };
        let found =
            columns.iter().map(|(at, name)| (text(row.cell(*at)), *name)).find(|(text, _)| !text.is_empty());
        let refused = |value: &str, name: &str, reason: &str| Problem {
            line: line(row),
            column: name.to_owned(),
            value: shortened(value, 200),
            reason: reason.to_owned(),
            on_purpose: false,
        };
        match found {
            None => Err(refused("", name, absent)),
            Some((text, name)) if text.contains('\0') => Err(refused(&text.replace('\0', "␀"), name, NUL)),
            Some((text, _)) => Ok(text),
        }
    }

    /// The first size that is filled; another column that says otherwise is reported.
    fn size(&self, reading: &mut Reading<'_>) -> Cell<Size> {
        let chosen =
            reading.first(&self.size, |text, _| size(text, self.decimal).map_err(|why| why.to_string()));
        if let Cell::Holds(chosen) = chosen {
            for (at, name) in &self.size {
                let text = text(reading.row.cell(*at));
                let other = size(text, self.decimal).ok().filter(|other| *other != chosen);
                if other.is_some() {
                    reading.problem(name, text, format!("another column says {chosen}, which is taken"));
                }
            }
        }
        chosen
    }

    fn date(&self, text: &str) -> Result<Instant, String> {
        dates::read(text, self.dates, self.zone).map_err(|why| why.to_string())
    }

    /// What comes before cannot be later than what comes after it: then the later one's date is taken for both.
    ///
    /// A day without a time is its first instant, so that the same day is no contradiction and is not reported.
    fn in_order(
        &self,
        reading: &mut Reading<'_>,
        columns: &Columns<'_>,
        earlier: Cell<Instant>,
        later: &Cell<Instant>,
        reason: &str,
    ) -> Cell<Instant> {
        match (&earlier, later) {
            (Cell::Holds(from), Cell::Holds(to)) if from > to => {
                if self.zone.day_of(*from) != self.zone.day_of(*to) {
                    let (at, name) = columns.first().copied().unwrap_or((0, ""));
                    let value = text(reading.row.cell(at)).to_owned();
                    reading.problem(name, &value, reason.to_owned());
                }
                Cell::Holds(*to)
            }
            _ => earlier,
        }
    }
}

/// What the columns of milestones become, but for the last.
const MILESTONES: [Target; 4] = [Target::Began, Target::Detected, Target::Acknowledged, Target::Mitigated];

const NUL: &str = "the text holds the character U+0000, which a team file cannot keep";

/// One row being read, and what was wrong with its cells.
struct Reading<'r> {
    row: Row<'r>,
    problems: Vec<Problem>,
}

impl<'r> Reading<'r> {
    /// The first column that is filled and can be read; the unreadable ones before it are reported.
    fn first<T>(
        &mut self,
        columns: &[(usize, &str)],
        read: impl Fn(&str, &str) -> Result<T, String>,
    ) -> Cell<T> {
        let mut found = Cell::Unsaid;
        for (at, name) in columns {
            let Some(cell) = self.row.field(*at) else { continue };
            let text = text(cell);
            if text.is_empty() {
                found = if matches!(found, Cell::Unsaid) && !self.has_problem(name) {
                    Cell::Empty
                } else {
                    found
                };
                continue;
            }
            let read = if text.contains('\0') { Err(NUL.to_owned()) } else { read(text, name) };
            match read {
                Ok(value) => return Cell::Holds(value),
                Err(reason) => {
                    found = Cell::Unsaid;
                    self.problem(name, text, reason);
                }
            }
        }
        found
    }

    /// What a value stands for by the mapping.
    fn mapped<T: Copy>(&mut self, columns: &[(usize, &str)], values: &HashMap<&str, Option<T>>) -> Cell<T> {
        let known = |text: &str, _: &str| {
            values
                .get(text)
                .copied()
                .ok_or_else(|| "the mapping does not say what this stands for".to_owned())
        };
        match self.first(columns, known) {
            Cell::Holds(Some(value)) => Cell::Holds(value),
            Cell::Holds(None) | Cell::Empty => Cell::Empty,
            Cell::Unsaid => Cell::Unsaid,
        }
    }

    /// All values of all columns, divided where a cell holds several, each once.
    fn all(&mut self, columns: &Columns<'_>, between: &[char]) -> Cell<Vec<String>> {
        let mut values: Vec<String> = Vec::new();
        for (at, name) in columns {
            for part in self.row.cell(*at).split(between).map(text).filter(|part| !part.is_empty()) {
                if part.contains('\0') {
                    self.problem(name, part, NUL.to_owned());
                } else if !values.iter().any(|known| known == part) {
                    values.push(part.to_owned());
                }
            }
        }
        match (columns.is_empty(), values.is_empty()) {
            (true, _) => Cell::Unsaid,
            (_, true) => Cell::Empty,
            _ => Cell::Holds(values),
        }
    }

    fn has_problem(&self, column: &str) -> bool {
        self.problems.iter().any(|problem| problem.column == column)
    }

    fn problem(&mut self, column: &str, value: &str, reason: String) {
        let value = shortened(&value.replace('\0', "␀"), 200);
        let (line, column) = (line(self.row), column.to_owned());
        self.problems.push(Problem { line, column, value, reason, on_purpose: false });
    }
}

fn lookup<T: Copy>(values: &[ValueTo<T>]) -> HashMap<&str, Option<T>> {
    values.iter().map(|entry| (entry.value.as_str(), entry.to)).collect()
}

fn line(row: Row<'_>) -> u32 {
    u32::try_from(row.line).unwrap_or(u32::MAX)
}

/// A cell without blanks around it and without the apostrophe that keeps a spreadsheet from running it.
fn text(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}

/// A text on one line, cut to a number of characters.
pub fn shortened_line(text: &str, most: usize) -> String {
    shortened(&one_line(text), most)
}

/// A title has no line breaks; each becomes a space.
fn one_line(title: &str) -> String {
    if title.contains(['\r', '\n', '\t']) {
        title.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        title.to_owned()
    }
}

fn line_feeds(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// Azure DevOps writes `Name <address>`.
fn without_address(owner: &str) -> &str {
    match owner.split_once('<') {
        Some((name, address)) if address.ends_with('>') && !name.trim().is_empty() => name.trim(),
        _ => owner,
    }
}
