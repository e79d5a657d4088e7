//! Import of other tools' files as Product Backlog items, as [`interrupts`] or as [`incidents`], and export ([`export`]).
//!
//! 1. Bytes become a [`table::Table`], a table and a [`mapping::Mapping`] become [`rows::Draft`]s, and drafts are
//!    merged with what the team has ([`merge`]); only the last step writes.
//! 2. A preview and an import read the same way, so that an import does what its preview said.
//! 3. An import is one operation: whole or not at all, undone in one step, and nothing where nothing is new.
//! 4. Whatever is not taken is reported: rows, cells, columns and owners.
//! 5. New items come last, in the order of the file; while the policy is on, open critical bugs come first (7.2).
//! 6. What a person changed in the proposed mapping is kept by the import, in the same step, and proposed for the next
//!    export of the same kind ([`kept`]).
//! 7. An open item of the running Sprint that gets parts is taken out of it: from then on its own size counts nowhere
//!    (1.1). What it was committed with stays committed (3.2), and what is done stays done (3.3).
//! 8. Several exports are previewed as they are imported, one after the other, in a copy of the team: what a later one
//!    knows of an item that an earlier one brings is an update.

pub mod dates;
pub mod deployments;
pub mod export;
pub mod files;
pub mod history;
pub mod incidents;
pub mod interrupts;
pub mod json;
pub mod kept;
pub mod mapping;
pub mod merge;
pub mod names;
pub mod reliability;
pub mod rows;
pub mod table;
pub mod yaml;

#[cfg(test)]
mod tests;

use crate::backlog::{NearTitle, NearTitles};
use crate::contract::{Context, Nothing, Outcome, Progress, commands, queries};
use crate::error::{AppError, sentence};
use crate::interrupt::change::time_words;
use crate::team::severities::SeverityName;
use deployments::{DeploymentsLook, DeploymentsQuestion, ImportDeployments};
use domain::backlog::{Category, ItemFact, Rank, WorkKind};
use domain::calendar::{Day, Zone};
use domain::exchange::Side;
use domain::identity::{Identities, ItemId, StateId};
use domain::interrupt::SeverityNames;
use domain::priority::first_below_critical;
use export::{ExportOf, ExportTables, Exported};
use files::{Export, Files};
use history::{PastSprints, SprintSaid};
use interrupts::Brought;
use kept::{Choices, Keep};
use mapping::{Because, Known, Mapping, RowsBecome, Target};
use merge::{Breath, Difference, Divided, Findings, Fresh, Merge, Settled, Sides, Step};
use reliability::{ImportReliability, ReliabilityFile, ReliabilityFilesQuestion, ReliabilityLook};
use rows::{Draft, Problem, shortened_line};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Batch, NewItem, Reader, Writer};
use table::{Delimiter, Encoding, Reading, Table};
use ts_rs::TS;

commands! {
    /// Brings items in.
    ExchangeCommand {
        /// Imports the attached file.
        Import(Import) => import,
        /// Imports the attached files, in one step.
        ImportAll(ImportAll) => import_all,
        /// Imports what the attached files tell of reliability.
        ImportReliability(ImportReliability) => reliability::import,
        /// Forgets what was changed in the mapping of a kind of export.
        ForgetMapping(ForgetMapping) => forget_mapping,
        /// Imports the deployments that the attached file tells of.
        ImportDeployments(ImportDeployments) => deployments::import,
    }
}

queries! {
    /// Questions about the attached file, and exports.
    ExchangeQuery / ExchangeAnswers {
        /// Which exports the attached files are.
        Files(Nothing) -> Files => files_of,
        /// What the file holds, and a mapping for it.
        Look(LookAt) -> Look => look,
        /// What an import would do.
        Preview(PreviewOf) -> Preview => preview,
        /// What an import of several of the attached exports would do, one after the other.
        PreviewAll(PreviewAllOf) -> PreviewAll => preview_all,
        /// The rows and cells that an import would not take, as a CSV file.
        NotTaken(PreviewOf) -> NotTaken => not_taken,
        /// The rows and cells that an import of several exports would not take, as a CSV file that names their files.
        NotTakenOfAll(PreviewAllOf) -> NotTaken => not_taken_of_all,
        /// What the attached file tells of deployments, and what its import would do.
        Deployments(DeploymentsQuestion) -> DeploymentsLook => deployments::look,
        /// The rows and cells that an import of deployments would not take, as a CSV file.
        DeploymentsNotTaken(ImportDeployments) -> NotTaken => deployments::not_taken,
        /// What the attached files tell of reliability, and what their import would do.
        Reliability(ReliabilityFilesQuestion) -> ReliabilityLook => reliability::look,
        /// What an import of reliability would not take, as a CSV file.
        ReliabilityNotTaken(ImportReliability) -> NotTaken => reliability::not_taken,
        /// What else than a backlog the attached files are.
        Recognised(Nothing) -> Recognised => recognised,
        /// The Product Backlog, a table or everything, as a file to be saved.
        Export(ExportOf) -> Exported => export::export,
        /// The tables that can be exported.
        Tables(Nothing) -> ExportTables => export::tables,
    }
}

/// Looks at the attached file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "ImportLookAt")]
pub struct LookAt {
    /// The mapping by which the sample is shown; none to have one proposed.
    pub mapping: Option<Mapping>,
    /// The encoding, where a person has chosen it.
    pub encoding: Option<Encoding>,
    /// The delimiter, where a person has chosen it.
    pub delimiter: Option<Delimiter>,
    /// What the rows are to become, where a person has just chosen it; else as in the mapping, or as was kept.
    #[ts(optional = nullable)]
    pub becomes: Option<RowsBecome>,
    /// Which of the attached exports it is, from 0; a single file is the only one.
    pub part: u32,
    /// The name of the file; a list that no tracker wrote is named after it, so that two such lists are not one.
    pub name: Option<String>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportLook")]
pub struct Look {
    /// The mapping: the given one, or the proposed.
    pub mapping: Mapping,
    /// Whether it is JSON, of which rows have no lines but are records.
    pub is_json: bool,
    /// The columns of the file, in its order.
    pub columns: Vec<LookColumn>,
    /// The first rows of the file, and what becomes of them.
    pub rows: Vec<LookRow>,
    /// The values of the column by which rows are chosen, with the number of rows of each; empty while none is named.
    pub only: Vec<NameCount>,
    /// What the proposal is not sure of, in sentences.
    pub notes: Vec<String>,
    /// The states of the team, for the statuses of the file.
    pub states: Vec<StateChoice>,
    /// The severities of interrupts with their names, for the severities of the file.
    pub severities: Vec<SeverityName>,
    /// What in the mapping is a person's, for an import to keep.
    pub keep: Keep,
    /// The day of the import whose changes are proposed here again; none where none was kept.
    pub kept_on: Option<Day>,
}

/// A column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportColumn")]
pub struct LookColumn {
    /// Its name.
    pub name: String,
    /// What it becomes.
    pub target: Target,
    /// What that was drawn from.
    pub because: Because,
    /// How many columns have this name.
    pub repeated: u32,
    /// How many of the rows looked at hold a value there.
    pub filled: u32,
    /// How many rows were looked at.
    pub looked_at: u32,
    /// Up to three different values.
    pub examples: Vec<String>,
}

/// A row of a file, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportRow")]
pub struct LookRow {
    /// The line of the file.
    pub line: u32,
    /// What becomes of it, field by field; empty where the row is not taken.
    pub becomes: Vec<Shown>,
    /// What is wrong with the row or its cells, in sentences.
    pub problems: Vec<String>,
}

/// A field in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportShown")]
pub struct Shown {
    /// The field.
    pub target: Target,
    /// Its value.
    pub text: String,
}

/// A state of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportState")]
pub struct StateChoice {
    /// Its identity.
    pub id: StateId,
    /// Its name.
    pub name: String,
    /// What it means.
    pub category: Category,
}

/// Asks what an import of the attached file would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportPreviewOf")]
pub struct PreviewOf {
    /// The mapping.
    pub mapping: Mapping,
    /// Which of the attached exports it is, from 0.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub part: u32,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportPreview")]
pub struct Preview {
    /// The title that the operation would have.
    pub title: String,
    /// How many items would be new.
    pub new: u32,
    /// How many would change.
    pub changed: u32,
    /// How many would stay as they are.
    pub unchanged: u32,
    /// How many have fields that changed on both sides.
    pub conflicting: u32,
    /// The fields that changed on both sides, the first of them.
    pub conflicts: Vec<Difference>,
    /// How many such fields there are.
    pub conflicts_in_all: u32,
    /// The fields that would be taken from the file, the first of them.
    pub taken: Vec<Difference>,
    /// How many such fields there are.
    pub taken_in_all: u32,
    /// The rows that would not be taken, the first of them.
    pub rows: Vec<Problem>,
    /// How many such rows there are.
    pub rows_in_all: u32,
    /// The rows that are left out on purpose, the first of them.
    pub left_out: Vec<Problem>,
    /// How many such rows there are.
    pub left_out_in_all: u32,
    /// The cells that would not be taken, the first of them.
    pub cells: Vec<Problem>,
    /// How many such cells there are.
    pub cells_in_all: u32,
    /// The columns that are not imported.
    pub not_imported: Vec<String>,
    /// Columns of the mapping that the file does not have.
    pub missing: Vec<String>,
    /// Owners who are no members; their names are kept as labels.
    pub unknown_owners: Vec<NameCount>,
    /// New items that may be here already under another key, the first of them: their titles are nearly the same.
    pub near: Vec<NearTitle>,
    /// How many such items there are.
    pub near_in_all: u32,
    /// Open items of the running Sprint that would be taken out of it, because they get parts.
    pub divided: Vec<Divided>,
    /// The Sprints of the past that come along, each with its history.
    pub sprints: Vec<SprintSaid>,
    /// What else is to be known, in sentences.
    pub notes: Vec<String>,
}

/// Asks what an import of several of the attached exports would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportPreviewAllOf")]
pub struct PreviewAllOf {
    /// The exports with their mappings, in the order in which they would be imported.
    pub imports: Vec<PreviewOf>,
}

/// What an import of several exports would do. An item that two of them know counts once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportPreviewAll")]
pub struct PreviewAll {
    /// The title that the operation would have.
    pub title: String,
    /// How many items would be new.
    pub new: u32,
    /// How many that the team has would change.
    pub changed: u32,
    /// How many would stay as they are.
    pub unchanged: u32,
    /// How many fields changed on both sides.
    pub conflicts_in_all: u32,
    /// How many rows would not be taken.
    pub rows_in_all: u32,
    /// How many cells would not be taken.
    pub cells_in_all: u32,
    /// How many rows are left out on purpose.
    pub left_out_in_all: u32,
    /// What each would do after those before it, in the order of the question.
    pub each: Vec<Preview>,
}

/// A name or a value, and how many items or rows bear it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportName")]
pub struct NameCount {
    /// The name.
    pub name: String,
    /// How many items or rows.
    pub count: u32,
}

/// The rows and cells that are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportNotTaken")]
pub struct NotTaken {
    /// A CSV file: line, column, value, reason.
    pub text: String,
    /// How many lines it has under its header.
    pub count: u32,
}

/// Imports the attached file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportFile")]
pub struct Import {
    /// The mapping.
    pub mapping: Mapping,
    /// Which of the attached exports it is, from 0.
    #[serde(default)]
    #[ts(optional, as = "Option<u32>")]
    pub part: u32,
    /// How fields that changed on both sides are settled, one by one.
    #[serde(default)]
    pub settled: Vec<Settled>,
    /// How all the others are settled; none refuses the import while there are any.
    #[serde(default)]
    pub others: Option<Side>,
    /// What the look said is a person's in the mapping, to be proposed for the next such file; none keeps nothing new.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub keep: Option<Keep>,
}

/// Imports several of the attached exports, as one undoable step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportFilesTogether")]
pub struct ImportAll {
    /// What becomes of each; an export that is not named is not imported.
    pub imports: Vec<Import>,
}

/// What else than a backlog attached files are, by what they hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "ImportRecognised")]
pub struct Recognised {
    /// What they tell of reliability.
    pub reliability: Option<ReliabilityFile>,
}

/// Forgets what was changed in the mapping of a kind of export; the next one is proposed by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForgetMapping {
    /// The kind of export.
    pub export: String,
}

/// How many rows a look shows.
const SAMPLE: usize = 8;
/// How many rows and cells that are not taken a preview lists.
const LISTED: usize = 500;

fn look(reader: &Reader<'_>, question: LookAt, context: &Context<'_>) -> Result<Look, AppError> {
    let workflow = reader.workflow()?;
    let export = files::export(context, question.part)?;
    let bytes = &export.bytes;
    let asked = match &question.mapping {
        Some(mapping) => mapping.reading(),
        None => Reading { encoding: question.encoding, delimiter: question.delimiter },
    };
    // A file that says nothing by itself may still say something as a person reads it.
    let by_itself = Table::read(bytes, Reading::default());
    let (export, reading) = match &by_itself {
        Ok(table) => (kept::export_of(table), table.reading()),
        Err(_) => (kept::export_of(&table(bytes, asked)?), Reading::default()),
    };
    let kept = reader.kept_mapping(&export)?;
    let choices = kept.as_ref().map(|kept| Choices::read(&kept.choices));
    let before = choices.clone().unwrap_or_default();
    let asked = Reading {
        encoding: asked.encoding.or(before.encoding),
        delimiter: asked.delimiter.or(before.delimiter),
    };
    let table = match by_itself {
        Ok(table) if table.is_read_as(asked) => table,
        _ => table(bytes, asked)?,
    };
    let name = question.name.as_deref().map(without_number).filter(|name| !name.is_empty());
    let (mapping, becomes) = (question.mapping.as_ref(), question.becomes);
    let known = Known { mapping, becomes, kept: choices.as_ref(), reading, name };
    let proposal = mapping::complete(&table, &workflow, &known);
    let mapping = proposal.mapping;
    let columns = table.columns.iter().zip(&mapping.columns).zip(proposal.columns);
    let columns = columns.map(|((column, to), seen)| LookColumn {
        name: column.name.clone(),
        target: to.target,
        because: seen.because,
        repeated: seen.repeated,
        filled: seen.filled,
        looked_at: seen.looked_at,
        examples: seen.examples,
    });
    let columns = columns.collect();
    let zone = reader.team()?.zone;
    let state_name = |id: &StateId| workflow.get(*id).map(|state| state.name.clone()).unwrap_or_default();
    // A mapping without a title has no sample yet; the note says what is missing.
    let rows = match rows::Drafts::new(&table, &mapping, zone) {
        Ok(drafts) => {
            // Rows that were not chosen say nothing of what becomes of the others.
            let only = mapping.only.as_ref().map(|only| only.column.as_str());
            let chosen = drafts.filter(|row| match row {
                Err(problem) if problem.on_purpose => Some(problem.column.as_str()) != only,
                _ => true,
            });
            let called = reader.severity_names()?;
            chosen.take(SAMPLE).map(|row| look_row(row, zone, &state_name, &called)).collect()
        }
        Err(_) => Vec::new(),
    };
    let states = workflow.all().iter();
    let states =
        states.map(|s| StateChoice { id: s.id, name: s.name.clone(), category: s.category }).collect();
    let keep = Keep { export, choices: proposal.choices };
    let kept_on = kept.filter(|_| proposal.is_kept).map(|kept| zone.day_of(kept.kept_at));
    let is_json = table.format.is_some();
    let only = proposal.only.into_iter().map(|(name, count)| NameCount { name, count }).collect();
    let (notes, severities) = (proposal.notes, SeverityName::all(reader)?);
    Ok(Look { mapping, is_json, columns, rows, only, notes, states, severities, keep, kept_on })
}

/// A second download is named `list (2)`; it is the same list.
fn without_number(name: &str) -> &str {
    let numbered = name.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    match numbered {
        Some((name, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => name,
    }
}

fn look_row(
    row: Result<Draft, Problem>,
    zone: Zone,
    state_name: &dyn Fn(&StateId) -> String,
    called: &SeverityNames,
) -> LookRow {
    let said = |problem: &Problem| {
        let place = if problem.column.is_empty() { String::new() } else { format!("{}: ", problem.column) };
        let value =
            if problem.value.is_empty() { String::new() } else { format!("“{}”: ", problem.value) };
        format!("{place}{value}{}", problem.reason)
    };
    let draft = match row {
        Ok(draft) => draft,
        Err(problem) => {
            return LookRow { line: problem.line, becomes: Vec::new(), problems: vec![said(&problem)] };
        }
    };
    let when = |at: &domain::calendar::Instant| zone.local(*at).format("%Y-%m-%d %H:%M").to_string();
    let line = |text: &String| shortened_line(text, 120);
    // A severity is for bugs and for what is not sorted yet; elsewhere it is not taken.
    let is_bug = draft.kind.value().is_none_or(|kind| *kind == WorkKind::Bug);
    let severity = draft.severity.value().filter(|_| is_bug);
    let reached = |at: usize| draft.incident.as_ref()?.reached.get(at)?.value().map(when);
    let services =
        draft.incident.as_ref().and_then(|said| said.services.value()).map(|all| line(&all.join(", ")));
    let fields = [
        (Target::Key, Some(line(&draft.key))),
        (Target::Title, Some(line(&draft.title))),
        (Target::Kind, draft.kind.said().map(|kind| kind.map_or("unsorted", merge::kind_words).to_owned())),
        (Target::Severity, severity.map(ToString::to_string)),
        (Target::Severity, draft.incident_severity.value().map(|severity| called.of(*severity).to_owned())),
        (Target::Hours, draft.time.value().map(|time| time_words(*time))),
        (Target::Size, draft.size.value().map(ToString::to_string)),
        (Target::State, draft.state.value().map(state_name)),
        (Target::Created, draft.created.value().map(when)),
        (Target::Began, reached(0)),
        (Target::Detected, reached(1)),
        (Target::Acknowledged, reached(2)),
        (Target::Mitigated, reached(3)),
        (Target::Services, services),
        (Target::Started, draft.started.value().map(when)),
        (Target::Resolved, draft.resolved.value().map(when)),
        (Target::Parent, draft.parent.value().map(line)),
        (Target::Owner, draft.owner.value().map(line)),
        (Target::Labels, draft.labels.value().map(|labels| line(&labels.join(", ")))),
        (Target::Sprint, draft.sprints.value().map(|sprints| line(&sprints.join(", ")))),
        (Target::Description, draft.description.value().map(line)),
    ];
    let becomes = fields.into_iter().filter_map(|(target, text)| text.map(|text| Shown { target, text }));
    LookRow {
        line: draft.line,
        becomes: becomes.collect(),
        problems: draft.problems.iter().map(said).collect(),
    }
}

fn preview(reader: &Reader<'_>, question: PreviewOf, context: &Context<'_>) -> Result<Preview, AppError> {
    let mapping = &trimmed(question.mapping);
    let export = files::export(context, question.part)?;
    let table = table(&export.bytes, mapping.reading())?;
    let sides = Sides::default();
    match mapping.becomes {
        RowsBecome::Items => {}
        RowsBecome::Interrupts => {
            let brought = interrupts::rehearse(reader, &table, mapping, &sides, context)?;
            return Ok(Preview::of_interrupts(brought, &table, mapping));
        }
        RowsBecome::Incidents => {
            let brought = incidents::rehearse(reader, &table, mapping, &sides, context)?;
            return Ok(Preview::of_incidents(brought, &table, mapping));
        }
    }
    let (counts, merge) = rehearsed(reader, &table, mapping, &sides, context)?;
    let known = NearTitles::read(reader)?;
    Ok(Preview::of(merge, &counts, (&table, mapping), &known))
}

impl Preview {
    fn of(
        merge: Merge<'_>,
        counts: &Counts,
        (table, mapping): (&Table<'_>, &Mapping),
        known: &NearTitles,
    ) -> Preview {
        let (divided, notes) = (merge.divided(), notes(&merge));
        let sprints = merge.past.said();
        let mut findings = merge.findings;
        let mut near = known.near(std::mem::take(&mut findings.new_titles));
        let near_in_all = in_all(near.len());
        near.truncate(LISTED);
        Preview {
            near,
            near_in_all,
            title: counts.title(&mapping.source, sprints.len()),
            sprints,
            new: counts.new,
            changed: counts.changed,
            unchanged: counts.unchanged,
            notes,
            divided,
            ..Preview::of_findings(findings, table, mapping)
        }
    }

    fn of_interrupts(brought: Brought, table: &Table<'_>, mapping: &Mapping) -> Preview {
        Preview {
            title: brought.title(&mapping.source),
            new: brought.new,
            changed: brought.changed,
            unchanged: brought.unchanged,
            notes: brought.notes(),
            ..Preview::of_findings(brought.findings, table, mapping)
        }
    }

    fn of_incidents(brought: incidents::Brought, table: &Table<'_>, mapping: &Mapping) -> Preview {
        Preview {
            title: brought.title(&mapping.source),
            new: brought.new,
            changed: brought.changed,
            unchanged: brought.unchanged,
            notes: brought.notes(),
            ..Preview::of_findings(brought.findings, table, mapping)
        }
    }

    /// What was found on the way; nothing else is said yet.
    fn of_findings(findings: Findings, table: &Table<'_>, mapping: &Mapping) -> Preview {
        let names = findings
            .unknown_owners
            .iter()
            .map(|(name, count)| NameCount { name: name.clone(), count: *count });
        Preview {
            title: String::new(),
            new: 0,
            changed: 0,
            unchanged: 0,
            near: Vec::new(),
            near_in_all: 0,
            sprints: Vec::new(),
            notes: Vec::new(),
            divided: Vec::new(),
            conflicting: findings.conflicting,
            conflicts_in_all: findings.conflicts_in_all,
            taken_in_all: findings.taken_in_all,
            rows_in_all: in_all(findings.rows.len()),
            left_out_in_all: in_all(findings.left_out.len()),
            cells_in_all: in_all(findings.cells.len()),
            not_imported: rows::not_imported(table, mapping),
            missing: rows::missing(table, mapping),
            unknown_owners: names.collect(),
            conflicts: findings.conflicts,
            taken: findings.taken,
            rows: findings.rows.into_iter().take(LISTED).collect(),
            left_out: findings.left_out.into_iter().take(LISTED).collect(),
            cells: findings.cells.into_iter().take(LISTED).collect(),
        }
    }
}

fn in_all(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// What an export is seen to bring while all of them are tried out.
struct Tried<'a, 'm> {
    export: &'a Export<'a>,
    table: &'a Table<'a>,
    mapping: &'a Mapping,
    counts: Counts,
    merge: Merge<'m>,
    /// The titles of the team and of the exports before it.
    known: &'a NearTitles,
}

fn preview_all(
    reader: &Reader<'_>,
    question: PreviewAllOf,
    context: &Context<'_>,
) -> Result<PreviewAll, AppError> {
    let mut each = Vec::new();
    let mut critical = 0;
    let touched = try_out(reader, question, context, |tried| {
        critical += tried.counts.critical;
        each.push(Preview::of(tried.merge, &tried.counts, (tried.table, tried.mapping), tried.known));
    })?;
    let counts = touched.counts(critical);
    let sum = |of: fn(&Preview) -> u32| each.iter().map(of).sum();
    Ok(PreviewAll {
        title: counts.title(&exports_said(each.len()), each.iter().map(|one| one.sprints.len()).sum()),
        new: counts.new,
        changed: counts.changed,
        unchanged: counts.unchanged,
        conflicts_in_all: sum(|one| one.conflicts_in_all),
        rows_in_all: sum(|one| one.rows_in_all),
        cells_in_all: sum(|one| one.cells_in_all),
        left_out_in_all: sum(|one| one.left_out_in_all),
        each,
    })
}

/// Imports exports one after the other into a copy of the team, and tells of each.
fn try_out(
    reader: &Reader<'_>,
    question: PreviewAllOf,
    context: &Context<'_>,
    mut tell: impl FnMut(Tried<'_, '_>),
) -> Result<Touched, AppError> {
    let mut copy = reader.rehearsal()?;
    let mut touched = Touched::default();
    let sides = Sides { undecided_stay: true, ..Sides::default() };
    one_by_one(
        question.imports,
        |one| one.part,
        context,
        |one, export, context| {
            let mapping = trimmed(one.mapping);
            refuse_interrupts_among_others(&mapping)?;
            let table = table(&export.bytes, mapping.reading())?;
            // Read before the import: no new title is near to itself.
            let known = NearTitles::read(&copy.read())?;
            copy.transact(&context.stamp(), |writer| {
                let heard = &mut |step: &Step| touched.hear(step);
                let (counts, merge) = bring_in(writer, (&table, &mapping, &sides), context, heard)?;
                tell(Tried { export, table: &table, mapping: &mapping, counts, merge, known: &known });
                Ok::<_, AppError>(("Try an import out".to_owned(), ()))
            })?;
            Ok(())
        },
    )?;
    Ok(touched)
}

/// Does something with one export after the other, each with its share of the progress; what is refused is said with
/// the names of its files.
fn one_by_one<T>(
    imports: Vec<T>,
    part: fn(&T) -> u32,
    context: &Context<'_>,
    mut work: impl FnMut(T, &Export<'_>, &Context<'_>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    if imports.is_empty() {
        return Err(AppError::refused("No file is to be imported.", "Choose at least one."));
    }
    let exports = files::exports(context)?;
    let named = imports.iter().map(|one| exports.get(part(one) as usize).ok_or_else(files::too_few));
    let named = named.collect::<Result<Vec<_>, _>>()?;
    let of: u64 = named.iter().map(|export| export.bytes.len() as u64).sum();
    let mut before = 0;
    for (one, export) in imports.into_iter().zip(named) {
        let length = export.bytes.len() as u64;
        let progress = |step: Progress| {
            let done = before
                + u64::try_from(u128::from(length) * u128::from(step.done) / u128::from(step.of.max(1)))
                    .unwrap_or(length);
            (context.progress)(Progress { done, of });
        };
        work(one, export, &Context { progress: &progress, ..*context }).map_err(|refused| AppError {
            message: format!("{}: {}", export.named(), refused.message),
            ..refused
        })?;
        before += length;
    }
    Ok(())
}

/// Several files are one list of items: what a later one knows of an item, an earlier one may have brought.
fn refuse_interrupts_among_others(mapping: &Mapping) -> Result<(), AppError> {
    match mapping.becomes {
        RowsBecome::Items => Ok(()),
        RowsBecome::Interrupts => Err(AppError::refused(
            "Rows become interrupts one file at a time.",
            "Import this file by itself, and the others together.",
        )),
        RowsBecome::Incidents => Err(AppError::refused(
            "Rows become incidents one export at a time.",
            "Import the incidents by themselves, and the other files together.",
        )),
    }
}

fn exports_said(count: usize) -> String {
    if count == 1 { "one export".to_owned() } else { format!("{count} exports") }
}

fn not_taken_of_all(
    reader: &Reader<'_>,
    question: PreviewAllOf,
    context: &Context<'_>,
) -> Result<NotTaken, AppError> {
    let mut all = Vec::new();
    try_out(reader, question, context, |tried| {
        let named = tried.export.named();
        all.extend(tried.merge.findings.problems().into_iter().map(|problem| (named.clone(), problem)));
    })?;
    Ok(NotTaken { text: rows::as_csv_of_files(&all), count: u32::try_from(all.len()).unwrap_or(u32::MAX) })
}

fn not_taken(reader: &Reader<'_>, question: PreviewOf, context: &Context<'_>) -> Result<NotTaken, AppError> {
    let mapping = trimmed(question.mapping);
    let export = files::export(context, question.part)?;
    let table = table(&export.bytes, mapping.reading())?;
    let sides = Sides::default();
    let findings = match mapping.becomes {
        RowsBecome::Items => rehearsed(reader, &table, &mapping, &sides, context)?.1.findings,
        RowsBecome::Interrupts => interrupts::rehearse(reader, &table, &mapping, &sides, context)?.findings,
        RowsBecome::Incidents => incidents::rehearse(reader, &table, &mapping, &sides, context)?.findings,
    };
    let problems = findings.problems();
    Ok(NotTaken { text: rows::as_csv(&problems), count: u32::try_from(problems.len()).unwrap_or(u32::MAX) })
}

/// The name of a source is the same with blanks around it.
fn trimmed(mapping: Mapping) -> Mapping {
    Mapping { source: mapping.source.trim().to_owned(), ..mapping }
}

/// Goes the whole way of an import without writing.
fn rehearsed<'m>(
    reader: &Reader<'m>,
    table: &'m Table<'_>,
    mapping: &'m Mapping,
    sides: &'m Sides,
    context: &Context<'_>,
) -> Result<(Counts, Merge<'m>), AppError> {
    let breath = Breath { progress: context.progress, cancel: context.cancel };
    // Identities for the time of the preview only.
    let mut identities = Identities::new(context.now, 0, context.chance);
    let sprints = table.history.sprints.iter().map(|_| identities.fresh()).collect();
    let fresh = Fresh { items: &mut || identities.fresh(), sprints };
    let mut merge = Merge::prepare(*reader, table, mapping, sides, context.now, fresh, &breath)?;
    let critical_first = reader.team()?.critical_first;
    let mut counts = Counts::default();
    merge.each(table, &breath, |step| {
        counts.add(&step, critical_first);
        Ok(())
    })?;
    Ok((counts, merge))
}

fn import(writer: &mut Writer<'_>, command: Import, context: &Context<'_>) -> Result<Outcome, AppError> {
    let export = files::export(context, command.part)?;
    let imported = import_one(writer, command, &export, context, &mut |_| ())?;
    let outcome = Outcome::titled(imported.title());
    Ok(if imported.notes.is_empty() { outcome } else { outcome.noting(imported.notes.join(" ")) })
}

/// What the import of an export came to.
struct Imported {
    source: String,
    counts: Counts,
    /// The title of what became interrupts or incidents, and not items.
    of_others: Option<String>,
    past_sprints: usize,
    mapped_anew: bool,
    notes: Vec<String>,
}

impl Imported {
    fn title(&self) -> String {
        match (self.counts.new, self.counts.changed) {
            (0, 0) if self.mapped_anew => format!("Change the mapping of {}", self.source),
            _ if self.of_others.is_some() => self.of_others.clone().unwrap_or_default(),
            _ => self.counts.title(&self.source, self.past_sprints),
        }
    }
}

fn import_one(
    writer: &mut Writer<'_>,
    command: Import,
    export: &Export<'_>,
    context: &Context<'_>,
    heard: &mut dyn FnMut(&Step),
) -> Result<Imported, AppError> {
    let mapping = &trimmed(command.mapping);
    if mapping.source.is_empty() {
        return Err(AppError::refused("The source has no name.", "Write where the file comes from: Jira.")
            .at("source"));
    }
    let table = table(&export.bytes, mapping.reading())?;
    let each = command.settled.into_iter().map(|settled| ((settled.key, settled.field), settled.side));
    let sides = Sides { each: each.collect(), others: command.others, undecided_stay: false };
    let (counts, of_others, past_sprints, mut notes) = match mapping.becomes {
        RowsBecome::Items => {
            let (counts, merge) = bring_in(writer, (&table, mapping, &sides), context, heard)?;
            refuse_unsettled(&merge.findings)?;
            (counts, None, merge.past.said().len(), notes(&merge))
        }
        RowsBecome::Interrupts => {
            let brought = interrupts::import(writer, &table, mapping, &sides, context)?;
            refuse_unsettled(&brought.findings)?;
            let Brought { new, changed, unchanged, .. } = brought;
            let counts = Counts { new, changed, unchanged, critical: 0 };
            (counts, Some(brought.title(&mapping.source)), 0, brought.notes())
        }
        RowsBecome::Incidents => {
            let brought = incidents::import(writer, &table, mapping, &sides, context)?;
            refuse_unsettled(&brought.findings)?;
            let incidents::Brought { new, changed, unchanged, .. } = brought;
            let counts = Counts { new, changed, unchanged, critical: 0 };
            (counts, Some(brought.title(&mapping.source)), 0, brought.notes())
        }
    };
    let mapped_anew = match &command.keep {
        Some(keep) => keep_mapping(writer, keep)?,
        None => false,
    };
    if mapped_anew && command.keep.is_some_and(|keep| !keep.choices.is_empty()) {
        notes.push("What you changed in the mapping is kept for the next such file.".to_owned());
    }
    Ok(Imported { source: mapping.source.clone(), counts, of_others, past_sprints, mapped_anew, notes })
}

/// Brings an export in. What changed on both sides and is not settled stays, and is among the findings.
fn bring_in<'m, 'w: 'm>(
    writer: &mut Writer<'w>,
    (table, mapping, sides): (&'m Table<'_>, &'m Mapping, &'m Sides),
    context: &Context<'_>,
    heard: &mut dyn FnMut(&Step),
) -> Result<(Counts, Merge<'m>), AppError> {
    let source = mapping.source.as_str();
    let breath = Breath { progress: context.progress, cancel: context.cancel };
    let reader: Reader<'m> = **writer;
    let now = writer.now;
    let sprints = table.history.sprints.iter().map(|_| writer.identity()).collect();
    let fresh = Fresh { items: &mut || writer.identity(), sprints };
    let mut merge = Merge::prepare(reader, table, mapping, sides, now, fresh, &breath)?;
    let team = reader.team()?;
    let mut places = Places::new(&reader)?;
    let mut number = reader.labels_given()? + 1;
    let mut counts = Counts::default();
    let mut batch = Batch::default();
    merge.each(table, &breath, |step| {
        counts.add(&step, team.critical_first);
        heard(&step);
        match step {
            Step::New(new) => {
                let draft = new.draft;
                let rank =
                    if new.is_critical && team.critical_first { places.first() } else { places.last() };
                let item = NewItem {
                    label: format!("{}-{number}", team.label_prefix),
                    title: draft.title,
                    description: draft.description.said().flatten().unwrap_or_default(),
                    rank,
                    parent: new.parent,
                    facts: new.facts,
                };
                number += 1;
                batch.add_item(writer, new.item, item)?;
                batch.add_outside_item(writer, new.item, source, &draft.key, &new.last_seen)?;
                for (kind, name) in &new.labels {
                    batch.add_label(writer, new.item, *kind, name)?;
                }
            }
            Step::Known(known) => {
                if let Some((title, description)) = &known.words {
                    writer.put_words(known.item, title, description)?;
                }
                for (at, fact) in &known.facts {
                    writer.record(known.item, *at, fact)?;
                }
                if let Some(parent) = known.parent {
                    writer.put_parent(known.item, parent)?;
                }
                for (kind, name) in &known.taken {
                    writer.remove_label(known.item, *kind, name)?;
                }
                for (kind, name) in &known.added {
                    writer.add_label(known.item, *kind, name)?;
                }
                if let (Some(outside), Some(last_seen)) = (known.outside, &known.last_seen) {
                    writer.put_last_seen(outside, last_seen)?;
                }
                if known.becomes_critical && team.critical_first {
                    writer.put_rank(known.item, &places.first())?;
                }
            }
        }
        Ok(())
    })?;
    batch.finish(writer)?;
    writer.take_label_numbers(counts.new as usize)?;
    for item in merge.divided() {
        writer.record(item.id, now, &ItemFact::Returned { sprint: item.sprint })?;
    }
    merge.past.write(writer, source)?;
    Ok((counts, merge))
}

fn files_of(_: &Reader<'_>, _: Nothing, context: &Context<'_>) -> Result<Files, AppError> {
    files::files(context)
}

fn recognised(_: &Reader<'_>, _: Nothing, context: &Context<'_>) -> Result<Recognised, AppError> {
    Ok(Recognised { reliability: reliability::recognise(context)? })
}

/// One export after the other, so that a later one sees what an earlier one brought.
fn import_all(
    writer: &mut Writer<'_>,
    command: ImportAll,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let mut touched = Touched::default();
    let (mut critical, mut past_sprints, mut mapped_anew) = (0, 0, false);
    let mut notes = Vec::new();
    one_by_one(
        command.imports,
        |one| one.part,
        context,
        |one, export, context| {
            refuse_interrupts_among_others(&one.mapping)?;
            let imported = import_one(writer, one, export, context, &mut |step| touched.hear(step))?;
            critical += imported.counts.critical;
            past_sprints += imported.past_sprints;
            mapped_anew |= imported.mapped_anew;
            let said: Vec<String> = imported.notes.iter().map(|note| format!(" {note}")).collect();
            notes.push(format!("{}: {}.{}", export.named(), imported.title(), said.concat()));
            Ok(())
        },
    )?;
    let counts = touched.counts(critical);
    let source = exports_said(notes.len());
    let all = Imported { source, counts, of_others: None, past_sprints, mapped_anew, notes };
    Ok(Outcome::titled(all.title()).noting(all.notes.join("\n")))
}

/// Keeps what a person changed in a mapping; answers whether that is something else than before.
fn keep_mapping(writer: &mut Writer<'_>, keep: &Keep) -> Result<bool, AppError> {
    let before = writer.kept_mapping(&keep.export)?.map(|kept| Choices::read(&kept.choices));
    if keep.choices == before.unwrap_or_default() {
        return Ok(false);
    }
    if keep.choices.is_empty() {
        writer.forget_mapping(&keep.export)?;
    } else {
        writer.keep_mapping(&keep.export, &keep.choices.json()?)?;
    }
    Ok(true)
}

fn forget_mapping(
    writer: &mut Writer<'_>,
    command: ForgetMapping,
    _context: &Context<'_>,
) -> Result<Outcome, AppError> {
    if !writer.forget_mapping(&command.export)? {
        return Err(AppError::refused(
            "No change of the mapping is kept for such files.",
            "The mapping is what the file proposes by itself.",
        ));
    }
    Ok(Outcome::titled("Forget the changes of an import’s mapping"))
}

/// An import never overwrites what the team changed without being told to.
fn refuse_unsettled(findings: &Findings) -> Result<(), AppError> {
    let Some(first) = findings.conflicts.first() else { return Ok(()) };
    let count = findings.conflicts_in_all;
    let fields = if count == 1 { "One field has".to_owned() } else { format!("{count} fields have") };
    Err(AppError::refused(
        format!("{fields} changed both here and in the file, the first in {}.", first.label),
        "Decide for each whose value holds, or for all at once.",
    )
    .at("settled"))
}

/// What becomes of items by one export after the other: an item that two of them know counts once.
#[derive(Default)]
struct Touched(HashMap<ItemId, Becomes>);

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Becomes {
    Unchanged,
    Changed,
    New,
}

impl Touched {
    fn hear(&mut self, step: &Step) {
        let (item, becomes) = match step {
            Step::New(new) => (new.item, Becomes::New),
            Step::Known(known) if known.changes() => (known.item, Becomes::Changed),
            Step::Known(known) => (known.item, Becomes::Unchanged),
        };
        let known = self.0.entry(item).or_insert(becomes);
        *known = becomes.max(*known);
    }

    fn counts(&self, critical: u32) -> Counts {
        let mut counts = Counts { critical, ..Counts::default() };
        for becomes in self.0.values() {
            match becomes {
                Becomes::New => counts.new += 1,
                Becomes::Changed => counts.changed += 1,
                Becomes::Unchanged => counts.unchanged += 1,
            }
        }
        counts
    }
}

/// How many items an import touches.
#[derive(Debug, Default)]
struct Counts {
    new: u32,
    changed: u32,
    unchanged: u32,
    critical: u32,
}

impl Counts {
    fn add(&mut self, step: &Step, critical_first: bool) {
        match step {
            Step::New(new) => {
                self.new += 1;
                self.critical += u32::from(new.is_critical && critical_first);
            }
            Step::Known(known) => {
                if known.changes() {
                    self.changed += 1
                } else {
                    self.unchanged += 1
                }
                self.critical += u32::from(known.becomes_critical && critical_first);
            }
        }
    }

    /// “Import 117 items from Azure DevOps”, “Import 3 items and update 1 from Jira, 2 critical bugs first”.
    fn title(&self, source: &str, sprints: usize) -> String {
        let items = |count: u32| if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
        let source = match sprints {
            0 => source.to_owned(),
            1 => format!("{source} with one past Sprint"),
            count => format!("{source} with {count} past Sprints"),
        };
        let what = match (self.new, self.changed) {
            (0, 0) => return format!("Import from {source}"),
            (new, 0) => format!("Import {} from {source}", items(new)),
            (0, changed) => format!("Update {} from {source}", items(changed)),
            (new, changed) => format!("Import {} and update {changed} from {source}", items(new)),
        };
        match self.critical {
            0 => what,
            1 => format!("{what}, 1 critical bug first"),
            count => format!("{what}, {count} critical bugs first"),
        }
    }
}

/// What else people should know, in sentences.
fn notes(merge: &Merge<'_>) -> Vec<String> {
    let (findings, divided) = (&merge.findings, &merge.divided());
    let mut notes = sprint_notes(&merge.past);
    if let Some(first) = divided.first() {
        let labels: Vec<&str> = divided.iter().map(|item| item.label.as_str()).take(5).collect();
        let more = if divided.len() > 5 { " and others" } else { "" };
        let (are, they, leave) =
            if divided.len() == 1 { ("is", "it", "leaves") } else { ("are", "they", "leave") };
        notes.push(format!(
            "{}{more} {are} divided into parts, so that {they} {leave} {}; select the parts that belong to it.",
            labels.join(", "),
            first.sprint_name,
        ));
    }
    let mut say = |count: usize, one: &str, many: &str| merge::say(&mut notes, count, one, many);
    say(findings.rows.len(), "One row is not taken.", "# rows are not taken.");
    say(findings.left_out.len(), "One row is left out on purpose.", "# rows are left out on purpose.");
    say(findings.cells.len(), "One cell is not taken.", "# cells are not taken.");
    say(
        findings.unknown_owners.len(),
        "One owner is no member of the team; the name is kept as a label.",
        "# owners are no members of the team; their names are kept as labels.",
    );
    say(
        findings.severities_of_others as usize,
        "One item that is no bug has a priority; a severity is for bugs, so it is not taken.",
        "# items that are no bugs have a priority; a severity is for bugs, so it is not taken.",
    );
    say(
        findings.reopened as usize,
        "One item that a closed Sprint finished is open again; it is in the Product Backlog.",
        "# items that closed Sprints finished are open again; they are in the Product Backlog.",
    );
    say(
        findings.dates_ahead as usize,
        "One date lies ahead and is taken as now.",
        "# dates lie ahead and are taken as now.",
    );
    notes
}

/// What is to be known of the Sprints of the past.
fn sprint_notes(past: &PastSprints) -> Vec<String> {
    let mut notes = Vec::new();
    let named = |names: &[String]| {
        let more = if names.len() > 5 { " and others" } else { "" };
        format!("{}{more}", names.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", "))
    };
    if !past.open.is_empty() {
        let names = named(&past.open);
        notes.push(format!("Sprints that are not closed there are kept as labels of their items: {names}."));
    }
    if !past.here_already.is_empty() {
        let names = named(&past.here_already);
        notes.push(format!("The team has Sprints of these names; they stay as they are: {names}."));
    }
    match past.without_items() {
        0 => {}
        1 => notes.push("One Sprint holds none of the items and is not made.".to_owned()),
        count => notes.push(format!("{count} Sprints hold none of the items and are not made.")),
    }
    if let Some((one, other)) = past.overlapping() {
        notes.push(format!(
            "{one} and {other} ran at the same time. A team file holds the Sprints of one team: import each team’s board by itself."
        ));
    }
    notes
}

/// Where new items come to stand.
struct Places {
    /// The last rank of all.
    last: Option<Rank>,
    next: std::vec::IntoIter<Rank>,
    /// The last rank of the critical bugs that come first, and the first rank of what is none.
    critical: Option<Rank>,
    others: Option<Rank>,
    next_critical: std::vec::IntoIter<Rank>,
}

impl Places {
    fn new(reader: &Reader<'_>) -> Result<Places, AppError> {
        let last = reader.rank_at_end(false)?;
        let none = || Vec::new().into_iter();
        let others = match reader.from_top(|order| first_below_critical(order))? {
            Some(item) => reader.ranks(&[item])?.pop().flatten(),
            None => None,
        };
        let critical = match &others {
            Some(others) => reader.rank_above(others)?,
            // Whatever is open is a critical bug.
            None => last.clone(),
        };
        Ok(Places { last, next: none(), critical, others, next_critical: none() })
    }

    /// Behind all others.
    fn last(&mut self) -> Rank {
        let rank = self.behind_all();
        self.others.get_or_insert_with(|| rank.clone());
        rank
    }

    /// Before the first item that is no critical bug, behind those placed so before.
    fn first(&mut self) -> Rank {
        let rank = match &self.others {
            None => self.behind_all(),
            Some(others) => self.next_critical.next().unwrap_or_else(|| {
                self.next_critical = Rank::spread(self.critical.as_ref(), Some(others), 60).into_iter();
                self.next_critical
                    .next()
                    .unwrap_or_else(|| Rank::between(self.critical.as_ref(), Some(others)))
            }),
        };
        self.critical = Some(rank.clone());
        rank
    }

    /// A thousand ranks are made at once.
    fn behind_all(&mut self) -> Rank {
        let rank = self.next.next().unwrap_or_else(|| {
            self.next = Rank::spread(self.last.as_ref(), None, 1000).into_iter();
            self.next.next().unwrap_or_else(|| Rank::between(self.last.as_ref(), None))
        });
        self.last = Some(rank.clone());
        rank
    }
}

/// The attached bytes as a table, or what they are instead.
fn table(bytes: &[u8], reading: Reading) -> Result<Table<'_>, AppError> {
    Table::read(bytes, reading)
        .map_err(|refused| AppError::refused(sentence(&refused.to_string()), refused.way_out()).at("file"))
}
