//! The mapping: which column becomes what, and which value stands for what.
//!
//! 1. A mapping is proposed from the names of the columns first, then from their values, in any language.
//! 2. It names columns, not positions, so that it fits the next export of the same kind.
//! 3. Every column of the file has a target, if only *ignore*; what is ignored is listed to the person.
//! 4. What the proposal is not sure of is said in a note.
//! 5. Rows become Product Backlog items, interrupts or incidents; what holds incidents never becomes items. A mapping may take only those that hold certain values in a column.
//! 6. What a person chose goes before what was kept of an earlier import, and that before what is proposed; values of a
//!    column that was chosen are proposed like all others.

use super::dates::{self, DateOrder, OrderEvidence};
use super::incidents;
use super::interrupts;
use super::kept::{Choices, overlaid};
use super::names;
use super::table::{Delimiter, Encoding, Reading, Row, Table};
use domain::backlog::{Category, Severity, WorkKind};
use domain::calendar::Zone;
use domain::identity::StateId;
use domain::interrupt::IncidentSeverity;
use domain::measures::Size;
use domain::team::Workflow;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use ts_rs::TS;

/// The Product Backlog as it is exported from here.
pub const OWN: Own = Own {
    source: "Evenkeel",
    key: "Evenkeel item",
    parent: "Evenkeel item of which it is a part",
    base: "As exported",
};

/// The names by which an export of our own is known.
#[derive(Debug)]
pub struct Own {
    /// The source of its keys.
    pub source: &'static str,
    /// The column of the items' identities.
    pub key: &'static str,
    /// The column of the identities of the items of which they are parts.
    pub parent: &'static str,
    /// The column that says what was exported.
    pub base: &'static str,
}

/// What stands between two labels of an export of our own.
pub const LABEL_BREAK: &str = "\n";

/// What the columns of an export of our own become.
fn own_target(header: &str) -> Target {
    match header {
        "Title" => Target::Title,
        "Description" => Target::Description,
        "Kind" => Target::Kind,
        "Severity" => Target::Severity,
        "Size" => Target::Size,
        "State" => Target::State,
        "Owner" => Target::Owner,
        "Labels" => Target::Labels,
        "Sprint labels" => Target::Sprint,
        "Created" => Target::Created,
        "Started" => Target::Started,
        "Ended" => Target::Resolved,
        name if name == OWN.key => Target::Key,
        name if name == OWN.parent => Target::Parent,
        name if name == OWN.base => Target::Base,
        _ => Target::Ignore,
    }
}

/// How a file becomes items.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportMapping")]
pub struct Mapping {
    /// The tracker whose keys these are: `Jira`. The same key of the same source is the same item or interrupt.
    pub source: String,
    /// What the rows become.
    #[serde(default)]
    pub becomes: RowsBecome,
    /// The rows that are taken; none is all of them.
    #[serde(default)]
    pub only: Option<OnlyRows>,
    /// What an interrupt is called where no column becomes its title; not used for items.
    #[serde(default)]
    pub titled: String,
    /// Whether an interrupt is made of each new incident that belongs to a Sprint; not used for anything else.
    #[serde(default)]
    pub with_interrupts: bool,
    /// The service of new incidents that name none; not used for anything else.
    #[serde(default)]
    pub service: String,
    /// How the bytes are read.
    pub encoding: Encoding,
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// What stands before the decimals of a size.
    pub decimal: DecimalSign,
    /// Whether `3/4/2025` is in April or in March.
    pub dates: DateOrder,
    /// What each column becomes; several may become the same.
    pub columns: Vec<ColumnTarget>,
    /// What each type stands for; none is unsorted.
    pub kinds: Vec<ValueTo<KindChoice>>,
    /// What each priority or severity stands for; none says nothing.
    pub severities: Vec<ValueTo<Severity>>,
    /// How grave an interrupt of each severity is; none says nothing. Empty for items.
    #[serde(default)]
    pub incident_severities: Vec<ValueTo<IncidentSeverity>>,
    /// What each status stands for; none is the team's first state.
    pub states: Vec<ValueTo<StateId>>,
}

/// What the rows of a file become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportRowsBecome")]
pub enum RowsBecome {
    /// Product Backlog items.
    #[default]
    Items,
    /// Interrupts: what came unplanned, with when it came and ended.
    Interrupts,
    /// Incidents: what went wrong in production, with its milestones.
    Incidents,
}

impl RowsBecome {
    /// Whether a row is as grave as an incident can be, P1 to P5, and is no item.
    pub fn are_graded(self) -> bool {
        matches!(self, RowsBecome::Interrupts | RowsBecome::Incidents)
    }
}

/// The rows of a file that are taken: those that hold one of some values in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportOnlyRows")]
pub struct OnlyRows {
    /// The name of the column.
    pub column: String,
    /// The values; an empty one stands for an empty cell.
    pub values: Vec<String>,
}

/// What the columns of one name become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportColumnTarget")]
pub struct ColumnTarget {
    /// The name in the header.
    pub name: String,
    /// What its cells become.
    pub target: Target,
}

/// What a value of the file stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ValueTo<T> {
    /// The value, as it stands in the file.
    pub value: String,
    /// What it stands for.
    pub to: Option<T>,
}

/// What the rows of a type become: work of a kind, or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportKind")]
pub enum KindChoice {
    /// New or changed behaviour for users.
    Feature,
    /// A defect.
    Bug,
    /// Technical debt.
    Debt,
    /// Infrastructure.
    Infrastructure,
    /// The rows are left out, and listed as such.
    LeaveOut,
}

impl KindChoice {
    /// The kind of work; none where the rows are left out.
    pub fn kind(self) -> Option<WorkKind> {
        match self {
            KindChoice::Feature => Some(WorkKind::Feature),
            KindChoice::Bug => Some(WorkKind::Bug),
            KindChoice::Debt => Some(WorkKind::Debt),
            KindChoice::Infrastructure => Some(WorkKind::Infrastructure),
            KindChoice::LeaveOut => None,
        }
    }
}

impl From<WorkKind> for KindChoice {
    fn from(kind: WorkKind) -> KindChoice {
        match kind {
            WorkKind::Feature => KindChoice::Feature,
            WorkKind::Bug => KindChoice::Bug,
            WorkKind::Debt => KindChoice::Debt,
            WorkKind::Infrastructure => KindChoice::Infrastructure,
        }
    }
}

/// What a column becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportTarget")]
pub enum Target {
    /// The key by which the source knows the item.
    Key,
    /// Another number of the source for the item, by which parents may be named.
    Id,
    /// The title.
    Title,
    /// The description.
    Description,
    /// The kind of work.
    Kind,
    /// The severity of a bug.
    Severity,
    /// The size in points.
    Size,
    /// The state.
    State,
    /// What the state means to the source; it tells which statuses are done.
    StateCategory,
    /// When it was created.
    Created,
    /// When work on it began.
    Started,
    /// When it was done or cancelled.
    Resolved,
    /// The key or number of the item of which it is a part.
    Parent,
    /// The name of its owner.
    Owner,
    /// The hours of work that an interrupt took; not for items.
    Hours,
    /// The same in minutes; not for items.
    Minutes,
    /// When an incident began; this and the next three are for incidents only.
    Began,
    /// When an incident was detected.
    Detected,
    /// When an incident was acknowledged.
    Acknowledged,
    /// When an incident was mitigated.
    Mitigated,
    /// The services that an incident affected, several in one cell or in several columns.
    Services,
    /// Labels, several in one cell or in several columns.
    Labels,
    /// The name of a Sprint, kept as a label (13.3).
    Sprint,
    /// What was exported from here, by which a later import sees what was changed in the file.
    Base,
    /// Nothing; the column is listed as not imported.
    Ignore,
}

impl Target {
    /// Whether several columns of different names may become this.
    pub fn takes_several(self) -> bool {
        matches!(
            self,
            Target::Size
                | Target::Resolved
                | Target::Parent
                | Target::Services
                | Target::Labels
                | Target::Sprint
                | Target::Ignore
        )
    }
}

/// What stands before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DecimalSign {
    /// `8.5`
    #[default]
    Point,
    /// `8,5`
    Comma,
}

/// A proposed mapping with what it was drawn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The mapping.
    pub mapping: Mapping,
    /// What in it is a person's, and not what the file proposes.
    pub choices: Choices,
    /// Whether something in it is as it was kept of an earlier import.
    pub is_kept: bool,
    /// Each column of the mapping, in the same order, with what the file holds there.
    pub columns: Vec<ColumnSeen>,
    /// The values of the column by which rows are chosen, each with its number of rows; empty while none is named.
    pub only: Vec<(String, u32)>,
    /// What the proposal is not sure of, in sentences.
    pub notes: Vec<String>,
}

/// What the file holds in the columns of one name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ColumnSeen {
    /// How many columns have this name.
    pub repeated: u32,
    /// How many of the rows looked at hold a value there.
    pub filled: u32,
    /// How many rows were looked at.
    pub looked_at: u32,
    /// Up to three different values, shortened.
    pub examples: Vec<String>,
    /// What the proposed target was drawn from.
    pub because: Because,
}

/// What a proposed target was drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportBecause")]
pub enum Because {
    /// The name of the column.
    Name,
    /// What its cells hold.
    Values,
    /// What a person chose when such a file was imported before.
    Kept,
    /// What a person chose now.
    Chosen,
    /// Nothing: the column is ignored.
    Nothing,
}

impl Mapping {
    /// How to read the file by this mapping.
    pub fn reading(&self) -> Reading {
        Reading { encoding: Some(self.encoding), delimiter: Some(self.delimiter) }
    }

    /// The names of the columns that become a target, in the order of the mapping.
    pub fn names_of(&self, target: Target) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(move |column| column.target == target).map(|column| column.name.as_str())
    }
}

/// Reads a number of points in the file's way: `1.234,5` with a decimal comma, `1,234.5` with a point.
pub fn size(text: &str, decimal: DecimalSign) -> Result<Size, domain::measures::SizeRefused> {
    let (sign, grouping) = match decimal {
        DecimalSign::Point => ('.', ','),
        DecimalSign::Comma => (',', '.'),
    };
    let whole = text.split_once(sign).map_or(text, |(whole, _)| whole);
    let mut groups = whole.split(grouping);
    let is_grouped = whole.contains(grouping)
        && groups.next().is_some_and(|first| (1..=3).contains(&first.trim().len()))
        && groups.all(|group| group.len() == 3);
    if is_grouped { Size::parse(&text.replace(grouping, "")) } else { Size::parse(text) }
}

/// What is known besides a table when a mapping is proposed for it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'k> {
    /// The mapping as a person has it now; none before anybody looked.
    pub mapping: Option<&'k Mapping>,
    /// What the rows are to become, where a person says so.
    pub becomes: Option<RowsBecome>,
    /// What a person changed when such a file was imported before.
    pub kept: Option<&'k Choices>,
    /// How the file would be read by itself.
    pub reading: Reading,
    /// The name of the file, without its ending: where its keys come from, if no tracker wrote it.
    pub name: Option<&'k str>,
}

/// Proposes a mapping for a table and a team's states.
pub fn propose(table: &Table<'_>, workflow: &Workflow) -> Proposal {
    complete(table, workflow, &Known::default())
}

/// Proposes what is not chosen yet in a mapping, with what was kept of an earlier one.
pub fn complete(table: &Table<'_>, workflow: &Workflow, known: &Known<'_>) -> Proposal {
    let nothing = Choices::default();
    let kept = known.kept.unwrap_or(&nothing);
    let becomes = known.becomes.or(known.mapping.map(|mapping| mapping.becomes));
    let sample = Sample::take(table);
    let headers: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let are_milestones = || incidents::are_milestones(&headers, &|at, is| sample.share(at, is));
    let proposes_incidents = incidents::holds_incidents(table) || are_milestones();
    let becomes = match becomes.unwrap_or(kept.becomes) {
        RowsBecome::Items if incidents::holds_incidents(table) => RowsBecome::Incidents,
        // Nobody said what a list with several milestones becomes.
        RowsBecome::Items if becomes.is_none() && known.kept.is_none() && proposes_incidents => {
            RowsBecome::Incidents
        }
        becomes => becomes,
    };
    // What was chosen for items says nothing of interrupts.
    let kept = if kept.becomes == becomes { kept } else { &nothing };
    let (are_interrupts, are_graded) = (becomes == RowsBecome::Interrupts, becomes.are_graded());
    let source = tracker(table).or(known.name).unwrap_or("CSV");
    let is_own = source == OWN.source && !are_graded;
    let mut targets = match becomes {
        _ if is_own => headers.iter().map(|header| Some(own_target(header))).collect(),
        RowsBecome::Interrupts => interrupts::targets(&headers, &|at, is| sample.share(at, is)),
        RowsBecome::Incidents => incidents::targets(&headers, &|at, is| sample.share(at, is)),
        RowsBecome::Items => names::targets(&headers),
    };
    let by_name: Vec<bool> = targets.iter().map(Option::is_some).collect();
    if !is_own && !are_graded {
        sample.complete(&mut targets);
    }
    let proposed: Vec<Target> = targets.into_iter().map(|target| target.unwrap_or(Target::Ignore)).collect();
    let mut before = proposed.clone();
    kept.choose_columns(&headers, &mut before);
    let now = |(name, before): (&&str, &Target)| match known.mapping {
        None => *before,
        Some(mapping) => {
            mapping.columns.iter().find(|column| column.name == *name).map_or(Target::Ignore, |c| c.target)
        }
    };
    let targets: Vec<Target> = headers.iter().zip(&before).map(now).collect();
    let columns = |targets: &[Target]| -> Vec<ColumnTarget> {
        let named = headers.iter().zip(targets);
        named.map(|(name, target)| ColumnTarget { name: (*name).into(), target: *target }).collect()
    };

    let all = Values::gather(table, &targets, source);
    let by_itself = Mapping {
        source: source.to_owned(),
        becomes: RowsBecome::Items,
        only: None,
        titled: if are_interrupts { interrupts::TITLED.to_owned() } else { String::new() },
        with_interrupts: false,
        service: String::new(),
        encoding: known.reading.encoding.unwrap_or(table.encoding),
        delimiter: known.reading.delimiter.unwrap_or(table.delimiter),
        decimal: if all.decimal_commas > all.decimal_points {
            DecimalSign::Comma
        } else {
            DecimalSign::Point
        },
        dates: all.order.order(),
        columns: columns(&proposed),
        kinds: all.kinds.proposed(|value, _| match all.parts.is_left_out(value) {
            true => Some(KindChoice::LeaveOut),
            false => names::kind(value).flatten().map(KindChoice::from),
        }),
        severities: match are_graded {
            true => Vec::new(),
            false => all.severities.proposed(|value, _| names::severity(value).flatten()),
        },
        incident_severities: match are_graded {
            true => all.severities.proposed(|value, _| interrupts::severity(value)),
            false => Vec::new(),
        },
        states: all.states.proposed(|value, seen| {
            let named = |state: &&domain::team::State| names::plain(&state.name) == names::plain(value);
            let category = seen.category(value, source);
            let same_name = workflow
                .all()
                .iter()
                .find(named)
                .filter(|state| category.is_none_or(|c| c == state.category));
            let first = || workflow.first(category.unwrap_or(Category::ToDo));
            same_name.or_else(first).map(|state| state.id)
        }),
    };
    let mut mapping = kept.applied(&by_itself, all.order.is_proven(), workflow);
    mapping.becomes = becomes;
    mapping.columns = columns(&targets);
    (mapping.encoding, mapping.delimiter) = (table.encoding, table.delimiter);
    if let Some(chosen) = known.mapping {
        mapping.source.clone_from(&chosen.source);
        (mapping.decimal, mapping.dates) = (chosen.decimal, chosen.dates);
        mapping.kinds = overlaid(&mapping.kinds, &chosen.kinds);
        mapping.severities = overlaid(&mapping.severities, &chosen.severities);
        mapping.incident_severities = overlaid(&mapping.incident_severities, &chosen.incident_severities);
        mapping.states = overlaid(&mapping.states, &chosen.states);
        mapping.only.clone_from(&chosen.only);
        mapping.titled.clone_from(&chosen.titled);
        mapping.with_interrupts = chosen.with_interrupts;
        mapping.service.clone_from(&chosen.service);
    }
    // A column that this file does not have chooses no rows of it.
    mapping.only = mapping.only.filter(|only| table.column(&only.column).is_some());
    let is_kept = Choices::between(&by_itself, &mapping, &nothing).shares(kept);
    let mut choices = Choices::between(&by_itself, &mapping, kept);
    // That the rows become what is proposed for them is nobody's choice, unless something else is.
    let bare = Choices { becomes: RowsBecome::Items, ..choices.clone() };
    if proposes_incidents && becomes == RowsBecome::Incidents && bare.is_empty() {
        choices = bare;
    }
    let mut notes = all.notes(&targets, &mapping);
    notes.extend(all.parts.note(&mapping.kinds));
    notes.extend(header_notes(table));
    notes.extend(table.notes.iter().cloned());
    let is_decided = |value: &str| choices.states.iter().any(|state| state.value == value);
    for value in all.states.unknown(|value, seen| seen.category(value, source).is_some() || is_decided(value))
    {
        notes.push(format!("The status “{value}” is not known here; check what it stands for."));
    }
    let is_decided = |value: &str| {
        choices.severities.iter().any(|severity| severity.value == value)
            || choices.incident_severities.iter().any(|severity| severity.value == value)
    };
    let is_known = |value: &str| match are_graded {
        true => interrupts::severity(value).is_some() || names::severity(value) == Some(None),
        false => names::severity(value).is_some(),
    };
    for value in all.severities.unknown(|value, _| is_known(value) || is_decided(value)) {
        notes.push(format!(
            "The priority “{value}” is not known here and says no severity; check what it stands for."
        ));
    }
    let only = mapping.only.as_ref().map_or_else(Vec::new, |only| values_of(table, &only.column));
    let because = |at: usize| match (targets.get(at), proposed.get(at), before.get(at)) {
        (now, by_itself, _) if now == by_itself => match (by_name.get(at), now) {
            (Some(true), _) => Because::Name,
            (_, Some(Target::Ignore) | None) => Because::Nothing,
            _ => Because::Values,
        },
        (now, _, before) if now == before => Because::Kept,
        _ => Because::Chosen,
    };
    let seen = |(at, column): (usize, &super::table::Column)| ColumnSeen {
        repeated: column.positions.len() as u32,
        filled: sample.filled(at) as u32,
        looked_at: sample.rows as u32,
        examples: sample.examples(at),
        because: because(at),
    };
    let columns = table.columns.iter().enumerate().map(seen).collect();
    Proposal { mapping, choices, is_kept, columns, only, notes }
}

/// The different values of a column with their numbers of rows, the most frequent first; at most as many as people look
/// through.
fn values_of(table: &Table<'_>, column: &str) -> Vec<(String, u32)> {
    let positions = table.column(column).map(|column| column.positions.as_slice()).unwrap_or_default();
    let mut values = Distinct::default();
    let mut empty = 0;
    let mut rows = table.rows();
    while let Some(row) = rows.next() {
        if values.see(first_value(row, positions)).is_none() {
            empty += u32::from(first_value(row, positions).is_empty());
        }
    }
    let seen = values.values.into_iter().map(|(value, seen)| (value, seen.rows as u32));
    let mut all: Vec<(String, u32)> = seen.chain((empty > 0).then(|| (String::new(), empty))).collect();
    all.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
    all
}

/// The tracker by its headers, if one wrote the file; its name becomes the source of the keys.
pub fn tracker(table: &Table<'_>) -> Option<&'static str> {
    let plain: HashSet<String> = table.columns.iter().map(|column| names::plain(&column.name)).collect();
    let has = |name: &str| plain.contains(name);
    let starts = |with: &str| table.columns.iter().filter(|column| column.name.starts_with(with)).count();
    if let Some(format) = table.format {
        Some(format.source())
    } else if [OWN.key, OWN.base].iter().all(|name| table.column(name).is_some()) {
        Some(OWN.source)
    } else if starts("Σ") >= 2
        || starts("Custom field (") > 0
        || (has("issue key") && has("issue type"))
        || (has("clave de incidencia") && has("estado"))
    {
        Some("Jira")
    } else if has("work item type") {
        Some("Azure DevOps")
    } else if has("cycle name") && (has("issue description") || has("team")) {
        Some("Linear")
    } else if plain.contains("tracker") && table.columns.iter().any(|column| column.name == "#") {
        Some("Redmine")
    } else {
        is_ordered_as_by_jira(table).then_some("Jira")
    }
}

/// Jira's order in every language: a column of keys, and behind it a column of long numbers.
fn is_ordered_as_by_jira(table: &Table<'_>) -> bool {
    let first = |row: Row<'_>| (0..table.width).find(|at| is_key(row.cell(*at).trim()));
    let is_number = |text: &str| text.len() >= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let (mut rows, mut place, mut count) = (table.rows(), None, 0);
    while count < 20
        && let Some(row) = rows.next()
    {
        let Some(key) = place.or_else(|| first(row)) else { return false };
        if !is_key(row.cell(key).trim()) || !is_number(row.cell(key + 1).trim()) {
            return false;
        }
        (place, count) = (Some(key), count + 1);
    }
    count > 0
}

fn header_notes(table: &Table<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if table.stray_bytes > 0 {
        let bytes = if table.stray_bytes == 1 {
            "byte does".to_owned()
        } else {
            format!("{} bytes do", table.stray_bytes)
        };
        let one = if table.stray_bytes == 1 { "One " } else { "" };
        notes.push(format!("{one}{bytes} not belong to the encoding; look for odd characters."));
    }
    if table.columns.iter().any(|column| is_key(&column.name)) {
        notes.push(
            "The first line looks like a row, not like a header; its cells were taken as names of columns."
                .to_owned(),
        );
    }
    notes
}

/// Whether a text is several words; some scripts put no blanks between them.
fn is_wording(text: &str) -> bool {
    text.contains(' ') || text.chars().filter(|c| is_ideograph(*c)).count() >= 4
}

/// Chinese, Japanese and Korean signs.
fn is_ideograph(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// `ABC-123`: a project and a number.
fn is_key(text: &str) -> bool {
    let Some((project, number)) = text.rsplit_once('-') else { return false };
    !project.is_empty()
        && project.starts_with(|c: char| c.is_ascii_uppercase())
        && project.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}

/// The first rows of a file, by column, for a look at what they hold.
struct Sample {
    rows: usize,
    /// For each column of a name, the first value of each row.
    cells: Vec<Vec<String>>,
    repeated: Vec<bool>,
    names: Vec<String>,
}

impl Sample {
    /// At most 2,000 rows and about 200,000 cells.
    fn take(table: &Table<'_>) -> Sample {
        let most = (200_000 / table.width.max(1)).clamp(20, 2000);
        let mut cells = vec![Vec::new(); table.columns.len()];
        let mut rows = table.rows();
        let mut count = 0;
        while count < most
            && let Some(row) = rows.next()
        {
            count += 1;
            for (column, cells) in table.columns.iter().zip(&mut cells) {
                cells.push(first_value(row, &column.positions).chars().take(400).collect());
            }
        }
        let repeated = table.columns.iter().map(|column| column.positions.len() > 1).collect();
        let names = table.columns.iter().map(|column| column.name.clone()).collect();
        Sample { rows: count, cells, repeated, names }
    }

    fn values(&self, at: usize) -> impl Iterator<Item = &str> {
        self.cells.get(at).into_iter().flatten().map(String::as_str).filter(|value| !value.is_empty())
    }

    fn filled(&self, at: usize) -> usize {
        self.values(at).count()
    }

    fn distinct(&self, at: usize) -> HashSet<&str> {
        self.values(at).collect()
    }

    /// The share of the filled cells of which something is true; none without filled cells.
    fn share(&self, at: usize, is: impl Fn(&str) -> bool) -> f64 {
        let filled = self.filled(at);
        if filled == 0 {
            0.0
        } else {
            self.values(at).filter(|value| is(value)).count() as f64 / filled as f64
        }
    }

    fn examples(&self, at: usize) -> Vec<String> {
        let mut examples: Vec<String> = Vec::new();
        for value in self.values(at) {
            let short = shortened(value, 120);
            if examples.len() < 3 && !examples.contains(&short) {
                examples.push(short);
            }
        }
        examples
    }

    fn mean_length(&self, at: usize) -> f64 {
        let filled = self.filled(at);
        // A sign of a script without blanks says as much as some letters.
        let length = |value: &str| value.chars().map(|c| if is_ideograph(c) { 3 } else { 1 }).sum::<usize>();
        let all: usize = self.values(at).map(length).sum();
        if filled == 0 { 0.0 } else { all as f64 / filled as f64 }
    }

    /// Gives targets that no name had, by what the columns hold.
    fn complete(&self, targets: &mut [Option<Target>]) {
        let free = |targets: &[Option<Target>], target| !targets.contains(&Some(target));
        let open = |targets: &[Option<Target>]| -> Vec<usize> {
            targets.iter().enumerate().filter(|(_, target)| target.is_none()).map(|(at, _)| at).collect()
        };
        let set = |targets: &mut [Option<Target>], at: Option<usize>, target| {
            if let Some(place) = at.and_then(|at| targets.get_mut(at)) {
                *place = Some(target);
            }
        };
        let always = |at: &usize| self.filled(*at) == self.rows;
        let mostly = |at: &usize| self.filled(*at) * 10 >= self.rows * 9;

        if free(targets, Target::Key) {
            let unique = |at: &usize| always(at) && self.distinct(*at).len() == self.rows;
            let keys = open(targets).into_iter().filter(unique).find(|at| self.share(*at, is_key) >= 1.0);
            set(targets, keys, Target::Key);
        }
        let found_key = targets.iter().position(|target| *target == Some(Target::Key));
        if free(targets, Target::Id) && found_key.is_some() {
            let number = |value: &str| value.len() >= 4 && value.bytes().all(|b| b.is_ascii_digit());
            let is_id = |at: &usize| {
                always(at) && self.distinct(*at).len() == self.rows && self.share(*at, number) >= 1.0
            };
            let id = open(targets).into_iter().find(is_id);
            set(targets, id, Target::Id);
        }

        let is_date = |value: &str| {
            dates::read(value, DateOrder::DayFirst, Zone::UTC).is_ok()
                || dates::read(value, DateOrder::MonthFirst, Zone::UTC).is_ok()
        };
        let dated: HashSet<usize> =
            open(targets).into_iter().filter(|at| self.share(*at, is_date) >= 0.9).collect();
        let wordy = |at: &usize| !dated.contains(at) && self.share(*at, is_wording) >= 0.5;
        if free(targets, Target::Title) {
            let various = |at: &usize| self.distinct(*at).len() * 10 >= self.rows * 7;
            let one_line = |at: &usize| self.share(*at, |value| value.contains('\n')) < 0.05;
            let titles =
                open(targets).into_iter().filter(|at| mostly(at) && wordy(at) && various(at) && one_line(at));
            // The shorter of two such columns is the title, the longer the description.
            let usual = titles.filter(|at| (8.0..200.0).contains(&self.mean_length(*at)));
            let by_words = usual.min_by(|a, b| self.mean_length(*a).total_cmp(&self.mean_length(*b)));
            let only = || open(targets).into_iter().next().filter(|_| targets.len() == 1);
            set(targets, by_words.or_else(only), Target::Title);
        }
        let title = targets.iter().position(|target| *target == Some(Target::Title));
        if free(targets, Target::Description) {
            let more = title.map_or(40.0, |at| self.mean_length(at) * 1.5);
            let starts_with_date = |value: &str| value.split_once(';').is_some_and(|(head, _)| is_date(head));
            let is_text = |at: &usize| {
                wordy(at)
                    && self.repeated.get(*at) == Some(&false)
                    && self.mean_length(*at) > more
                    && self.distinct(*at).len() * 2 > self.filled(*at)
                    && self.share(*at, starts_with_date) < 0.2
            };
            let longest = open(targets)
                .into_iter()
                .filter(is_text)
                .max_by(|a, b| self.mean_length(*a).total_cmp(&self.mean_length(*b)));
            set(targets, longest, Target::Description);
        }

        self.complete_values(targets, &dated);
        self.complete_dates(targets, &dated);
        if free(targets, Target::Parent) {
            let names: Vec<HashSet<&str>> = [Target::Key, Target::Id]
                .into_iter()
                .filter_map(|target| targets.iter().position(|known| *known == Some(target)))
                .map(|at| self.distinct(at))
                .collect();
            // Links to other items hold keys as well; a field of a person's own, in brackets, may be one.
            let is_parent = |at: &usize| {
                let filled = self.filled(*at);
                let has_brackets = self.names.get(*at).is_some_and(|name| names::has_brackets(name));
                filled > 0
                    && filled < self.rows
                    && self.repeated.get(*at) == Some(&false)
                    && !has_brackets
                    && names.iter().any(|names| self.share(*at, |value| names.contains(value)) >= 0.9)
            };
            let parent = open(targets).into_iter().find(is_parent);
            set(targets, parent, Target::Parent);
        }

        if free(targets, Target::Size) {
            let usual = |value: &str| {
                let size = size(value, DecimalSign::Point).map(Size::in_hundredths);
                size.is_ok_and(|s| {
                    [0, 50, 100, 200, 300, 400, 500, 600, 800, 1300, 2000, 2100, 4000, 10_000].contains(&s)
                })
            };
            let is_size = |at: &usize| self.distinct(*at).len() >= 3 && self.share(*at, usual) >= 0.9;
            let size = open(targets).into_iter().filter(|at| !dated.contains(at)).find(is_size);
            set(targets, size, Target::Size);
        }
    }

    /// Type, status, its category and priority: columns of few values, known by their values, then by where Jira puts them.
    fn complete_values(&self, targets: &mut [Option<Target>], dated: &HashSet<usize>) {
        let few = |at: &usize| {
            let distinct = self.distinct(*at).len();
            (1..=30).contains(&distinct)
                && self.filled(*at) * 10 >= self.rows * 9
                && !dated.contains(at)
                && (distinct * 3 <= self.rows.max(6))
        };
        let mut choose = |target: Target, known: &dyn Fn(&str) -> bool| {
            if targets.contains(&Some(target)) {
                return;
            }
            let candidates = (0..targets.len()).filter(|at| targets.get(*at) == Some(&None)).filter(few);
            let scored = candidates.map(|at| (self.share(at, known), std::cmp::Reverse(at), at));
            let best = scored
                .filter(|(share, ..)| *share >= 0.3)
                .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let Some(place) = best.and_then(|(_, _, at)| targets.get_mut(at)) {
                *place = Some(target);
            }
        };
        choose(Target::Kind, &|value| names::kind(value).is_some());
        choose(Target::State, &|value| names::category(value).is_some());
        let is_step = |value: &str| value.len() == 1 && value.bytes().all(|b| b.is_ascii_digit());
        choose(Target::Severity, &|value| !is_step(value) && names::severity(value).is_some());

        // Jira's order in every language: summary, key, id, type, status.
        let id = targets.iter().position(|target| *target == Some(Target::Id));
        for (offset, target) in [(1, Target::Kind), (2, Target::State)] {
            let at = id.map(|id| id + offset).filter(|at| targets.get(*at) == Some(&None) && few(at));
            if !targets.contains(&Some(target))
                && let Some(place) = at.and_then(|at| targets.get_mut(at))
            {
                *place = Some(target);
            }
        }

        self.complete_category(targets, &few);
    }

    /// The category of the status: a column of few known values, one for each status.
    fn complete_category(&self, targets: &mut [Option<Target>], few: &dyn Fn(&usize) -> bool) {
        if targets.contains(&Some(Target::StateCategory)) {
            return;
        }
        let Some(state) = targets.iter().position(|target| *target == Some(Target::State)) else { return };
        let of = |at: usize| self.cells.get(at).into_iter().flatten();
        let determines = |one: usize, other: usize| {
            let mut known: HashMap<&str, &str> = HashMap::new();
            of(one).zip(of(other)).all(|(from, to)| *known.entry(from).or_insert(to) == to)
        };
        let is_category = |at: usize| {
            (2..=4).contains(&self.distinct(at).len())
                && self.share(at, |value| names::category(value).is_some()) >= 0.9
        };
        let open = |at: &usize| targets.get(*at) == Some(&None) && few(at);
        let category = (0..targets.len()).filter(open).find(|at| is_category(*at) && determines(state, *at));
        // What was taken for the status may be its category: then the status has a name that the category's holds,
        // or stands where Jira puts it.
        let id = targets.iter().position(|target| *target == Some(Target::Id));
        let beside = |at: usize| {
            let (name, whole) = (self.plain_name(at), self.plain_name(state));
            id.is_some_and(|id| id + 2 == at)
                || (name.len() >= 3 && whole.len() > name.len() && whole.contains(&name))
        };
        let status = (0..targets.len())
            .filter(open)
            .find(|at| is_category(state) && beside(*at) && determines(*at, state));
        let found = match (status, category) {
            (Some(status), _) => [(status, Target::State), (state, Target::StateCategory)],
            (None, Some(category)) => [(state, Target::State), (category, Target::StateCategory)],
            (None, None) => return,
        };
        for (at, target) in found {
            if let Some(place) = targets.get_mut(at) {
                *place = Some(target);
            }
        }
    }

    fn plain_name(&self, at: usize) -> String {
        self.names.get(at).map(|name| names::plain(name)).unwrap_or_default()
    }

    /// Created: the earliest date that every row has. Resolved: the date that the finished rows have.
    fn complete_dates(&self, targets: &mut [Option<Target>], dated: &HashSet<usize>) {
        let open: Vec<usize> =
            (0..targets.len()).filter(|at| targets.get(*at) == Some(&None) && dated.contains(at)).collect();
        let mut evidence = OrderEvidence::default();
        open.iter().flat_map(|at| self.values(*at)).for_each(|value| evidence.add(value));
        let moment =
            |value: &str| dates::read(value, evidence.order(), Zone::UTC).map_or(0, |at| at.millis());
        if !targets.contains(&Some(Target::Created)) {
            let sum = |at: &usize| -> i128 { self.values(*at).map(|value| i128::from(moment(value))).sum() };
            let full = open.iter().filter(|at| self.filled(**at) == self.rows);
            let earliest = full.min_by_key(|at| (sum(at), **at)).copied();
            if let Some(place) = earliest.and_then(|at| targets.get_mut(at)) {
                *place = Some(Target::Created);
            }
        }
        let tells_done = targets.iter().position(|target| *target == Some(Target::StateCategory));
        let tells_done =
            tells_done.or_else(|| targets.iter().position(|target| *target == Some(Target::State)));
        if let Some(state) = tells_done.filter(|_| !targets.contains(&Some(Target::Resolved))) {
            let ended = |value: &String| names::category(value).is_some_and(Category::is_end);
            let agree = |at: &usize| {
                let pairs = self
                    .cells
                    .get(state)
                    .into_iter()
                    .flatten()
                    .zip(self.cells.get(*at).into_iter().flatten());
                let (mut both, mut any) = (0usize, 0usize);
                for (status, date) in pairs {
                    both += usize::from(ended(status) && !date.is_empty());
                    any += usize::from(ended(status) || !date.is_empty());
                }
                if any == 0 { 0.0 } else { both as f64 / any as f64 }
            };
            let partly =
                open.iter().filter(|at| targets.get(**at) == Some(&None) && self.filled(**at) < self.rows);
            let best = partly
                .map(|at| (agree(at), *at))
                .filter(|(share, _)| *share >= 0.7)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            if let Some(place) = best.and_then(|(_, at)| targets.get_mut(at)) {
                *place = Some(Target::Resolved);
            }
        }
    }
}

/// What all rows of a file hold in the columns whose values have to be mapped or settled.
#[derive(Default)]
struct Values {
    kinds: Distinct,
    severities: Distinct,
    states: Distinct,
    order: OrderEvidence,
    decimal_commas: usize,
    decimal_points: usize,
    parts: Parts,
}

/// Types that are only parts of other items in their tracker, and where the points are.
#[derive(Default)]
struct Parts {
    /// For each such type: the items of which its rows are parts, and whether a row has a size.
    types: HashMap<String, (HashSet<String>, bool)>,
    /// The keys and numbers of rows that have a size.
    sized: HashSet<String>,
    /// Whether each type that came so far is such a type.
    known: HashMap<String, bool>,
}

impl Parts {
    fn see(&mut self, kind: &str, names: [&str; 2], parent: &str, size: &str, source: &str) {
        let is_sized = size.bytes().any(|b| matches!(b, b'1'..=b'9'));
        if is_sized {
            self.sized.extend(names.iter().filter(|name| !name.is_empty()).map(|name| (*name).to_owned()));
        }
        let is_part = match self.known.get(kind) {
            Some(is_part) => *is_part,
            None => {
                let is_part = names::is_part(kind, source);
                self.known.insert(kind.to_owned(), is_part);
                is_part
            }
        };
        if is_part {
            let (parents, any_size) = self.types.entry(kind.to_owned()).or_default();
            *any_size |= is_sized;
            if !parent.is_empty() {
                parents.insert(parent.to_owned());
            }
        }
    }

    /// Whether the points stand on the items of which these rows are parts, and on none of the rows.
    ///
    /// An item with parts is never selected and its own size counts nowhere (1.1): with its parts it could not be planned.
    fn is_left_out(&self, kind: &str) -> bool {
        self.types.get(kind).is_some_and(|(parents, any_size)| {
            !any_size && parents.iter().any(|parent| self.sized.contains(parent))
        })
    }

    fn note(&self, kinds: &[ValueTo<KindChoice>]) -> Option<String> {
        let left_out =
            |one: &&ValueTo<KindChoice>| one.to == Some(KindChoice::LeaveOut) && self.is_left_out(&one.value);
        let named: Vec<String> =
            kinds.iter().filter(left_out).map(|one| format!("“{}”", one.value)).collect();
        (!named.is_empty()).then(|| {
            format!(
                "Rows of the type {} have no size, but the items of which they are parts have one: they are left out, so that the whole items can be planned. Choose otherwise under Types to bring them in; then the size of the whole item counts nowhere.",
                named.join(", ")
            )
        })
    }
}

/// The different values of a column, in the order in which they come first.
#[derive(Default)]
struct Distinct {
    values: Vec<(String, Status)>,
    at: HashMap<String, usize>,
    more: bool,
}

/// What the rows with a status say about it.
#[derive(Default)]
struct Status {
    rows: usize,
    resolved: usize,
    categories: HashMap<String, usize>,
}

impl Values {
    fn gather(table: &Table<'_>, targets: &[Target], source: &str) -> Values {
        let positions = |wanted: Target| -> Vec<usize> {
            let of = table.columns.iter().zip(targets).filter(|(_, target)| **target == wanted);
            of.flat_map(|(column, _)| column.positions.iter().copied()).collect()
        };
        let [kind, severity, state, category, resolved, size, key, id, parent] = [
            Target::Kind,
            Target::Severity,
            Target::State,
            Target::StateCategory,
            Target::Resolved,
            Target::Size,
            Target::Key,
            Target::Id,
            Target::Parent,
        ]
        .map(positions);
        let dates = [
            Target::Created,
            Target::Started,
            Target::Resolved,
            Target::Began,
            Target::Detected,
            Target::Acknowledged,
            Target::Mitigated,
        ];
        let dates: Vec<usize> = dates.into_iter().flat_map(positions).collect();
        let mut all = Values::default();
        let mut rows = table.rows();
        while let Some(row) = rows.next() {
            all.kinds.see(first_value(row, &kind));
            if !parent.is_empty() {
                let names = [first_value(row, &key), first_value(row, &id)];
                let (kind, parent) = (first_value(row, &kind), first_value(row, &parent));
                all.parts.see(kind, names, parent, first_value(row, &size), source);
            }
            all.severities.see(first_value(row, &severity));
            if let Some(status) = all.states.see(first_value(row, &state)) {
                status.resolved += usize::from(!first_value(row, &resolved).is_empty());
                let category = first_value(row, &category);
                if !category.is_empty() {
                    *status.categories.entry(category.to_owned()).or_default() += 1;
                }
            }
            for position in &dates {
                all.order.add(row.cell(*position));
            }
            for position in &size {
                let (comma, point) = decimals(row.cell(*position));
                all.decimal_commas += usize::from(comma);
                all.decimal_points += usize::from(point);
            }
        }
        for status in table.history.items.values().flat_map(|item| item.statuses.values()) {
            all.states.know(status);
        }
        for (status, category) in &table.history.categories {
            all.states.mean(status, category);
        }
        all
    }

    fn notes(&self, targets: &[Target], mapping: &Mapping) -> Vec<String> {
        let mut notes = Vec::new();
        let are_graded = mapping.becomes.are_graded();
        if mapping.becomes == RowsBecome::Interrupts {
            notes = interrupts::notes(targets, &mapping.titled);
        } else if mapping.becomes == RowsBecome::Incidents {
            notes = incidents::notes(targets);
        } else if !targets.contains(&Target::Title) {
            notes.push("No column is known to be the title; choose one.".to_owned());
        }
        if !are_graded && !targets.contains(&Target::Key) {
            notes.push("No column holds a key; a row is known by its title, so that a changed title becomes a new item.".to_owned());
        }
        if self.order.is_ambiguous() {
            let order = match mapping.dates {
                DateOrder::DayFirst => "the day",
                DateOrder::MonthFirst => "the month",
            };
            notes.push(format!(
                "Dates such as 3/4/2025 can be read either way; {order} is taken to come first."
            ));
        }
        if self.order.is_mixed() {
            notes.push("Some dates have the day first and some the month; those of the rarer kind cannot all be read.".to_owned());
        }
        for (what, values) in
            [("types", &self.kinds), ("priorities", &self.severities), ("statuses", &self.states)]
        {
            if values.more {
                notes.push(format!(
                    "There are more than {} different {what}; is it the right column?",
                    Distinct::MOST
                ));
            }
        }
        notes
    }
}

impl Distinct {
    const MOST: usize = 500;

    fn see(&mut self, value: &str) -> Option<&mut Status> {
        if value.is_empty() {
            return None;
        }
        let at = match self.at.get(value) {
            Some(at) => *at,
            None if self.values.len() >= Distinct::MOST => {
                self.more = true;
                return None;
            }
            None => {
                self.at.insert(value.to_owned(), self.values.len());
                self.values.push((value.to_owned(), Status::default()));
                self.values.len() - 1
            }
        };
        let (_, status) = self.values.get_mut(at)?;
        status.rows += 1;
        Some(status)
    }

    /// A value that no row has now.
    fn know(&mut self, value: &str) {
        if self.see(value).is_some()
            && let Some((_, status)) = self.at.get(value).and_then(|at| self.values.get_mut(*at))
        {
            status.rows -= 1;
        }
    }

    /// What a status means, where it is said apart from the rows; what rows say goes before.
    fn mean(&mut self, value: &str, category: &str) {
        if let Some((_, status)) = self.at.get(value).and_then(|at| self.values.get_mut(*at))
            && status.categories.is_empty()
        {
            status.categories.insert(category.to_owned(), 1);
        }
    }

    fn proposed<T>(&self, to: impl Fn(&str, &Status) -> Option<T>) -> Vec<ValueTo<T>> {
        self.values
            .iter()
            .map(|(value, seen)| ValueTo { value: value.clone(), to: to(value, seen) })
            .collect()
    }

    fn unknown(&self, known: impl Fn(&str, &Status) -> bool) -> Vec<&str> {
        self.values
            .iter()
            .filter(|(value, seen)| !known(value, seen))
            .map(|(value, _)| value.as_str())
            .collect()
    }
}

impl Status {
    /// What a status means: by the file's own category of it, by its name, or by the dates of its rows.
    fn category(&self, value: &str, source: &str) -> Option<Category> {
        let main = self.categories.iter().max_by_key(|(name, rows)| (**rows, *name));
        let said = main.and_then(|(name, _)| names::category(name));
        // In Azure DevOps a resolved item still waits for its test.
        let named = match names::category(value) {
            Some(Category::Done) if source == "Azure DevOps" && names::plain(value) == "resolved" => {
                Some(Category::InProgress)
            }
            // Jira files what was given up under “done”; the name of the status knows better.
            Some(Category::Cancelled) if said.is_none_or(Category::is_end) => {
                return Some(Category::Cancelled);
            }
            named => named,
        };
        let by_dates = (self.rows >= 3 && self.resolved * 10 >= self.rows * 9).then_some(Category::Done);
        said.or(named).or(by_dates)
    }
}

/// Whether a number has one or two digits behind a comma, or behind a point.
fn decimals(text: &str) -> (bool, bool) {
    let behind = |sign| {
        let part = text.trim().rsplit_once(sign).map(|(_, part)| part).unwrap_or_default();
        (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    (behind(','), behind('.'))
}

/// The first cell at some positions that holds anything, trimmed.
fn first_value<'r>(row: Row<'r>, positions: &[usize]) -> &'r str {
    positions.iter().map(|at| row.cell(*at).trim()).find(|cell| !cell.is_empty()).unwrap_or("")
}

/// A value cut to a number of characters, with an ellipsis where it was longer.
pub fn shortened(value: &str, most: usize) -> String {
    match value.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", value.get(..at).unwrap_or_default()),
        None => value.to_owned(),
    }
}
