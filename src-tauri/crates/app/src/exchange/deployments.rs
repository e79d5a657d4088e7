//! Files that tell of deployments: lists, releases, answers of GitHub and GitLab, a local git repository.
//!
//! 1. A file becomes records of one shape ([`read`]), records and a mapping become drafts ([`drafts`]), and drafts are held
//!    against what the team has; only the import writes. What the look says is what the import does.
//! 2. The same key of the same source is the same deployment. A later file fills in what was not known here: the end of
//!    one that ran, a version, commits, what it repaired. What is known here is never overwritten; where the file says
//!    something else, that is listed.
//! 3. A service that the team does not have is added, in the same step, and named before.
//! 4. Whatever is not taken is listed with its line: a deployment that ended before it began, one that takes back a later
//!    one, a word that stands for nothing.
//! 5. Items are contained where a commit names them by their label (12.3).

mod drafts;
mod read;

pub use read::{From, Marks};

use super::dates::DateOrder;
use super::mapping::{OnlyRows, ValueTo, shortened};
use super::names;
use super::rows::{self, Problem};
use super::{LISTED, NameCount, NotTaken, in_all};
use crate::contract::{Context, Outcome, Progress};
use crate::error::AppError;
use crate::team::counted;
use domain::calendar::{Instant, Zone};
use domain::delivery::{Commit, Deployment, DeploymentResult, Repair, is_production, named_items};
use domain::identity::{DeploymentId, Identities, ItemId, ServiceId};
use domain::reliability::Service;
use drafts::{Draft, Drafts, Known, NotFound, Repaired, same};
use read::Records;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use store::{Reader, Writer};
use ts_rs::TS;

/// Asks what the attached file says of deployments, and what its import would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "ImportDeploymentsLookAt")]
pub struct DeploymentsQuestion {
    /// The mapping; none to have one proposed.
    pub mapping: Option<DeploymentsMapping>,
    /// The name of the file, without its ending.
    pub name: Option<String>,
}

/// How a file becomes deployments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentsMapping {
    /// Where the keys come from. The same key of the same source is the same deployment.
    pub source: String,
    /// The service of records that name none.
    pub service: String,
    /// The environment of records that name none.
    pub environment: String,
    /// Whether `3/4/2025` is in April or in March.
    pub dates: DateOrder,
    /// The records that are taken; none is all of them.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub only: Option<OnlyRows>,
    /// Which commits of a repository are deployments; none is as proposed.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub marks: Option<Marks>,
    /// Whether releases before a release are taken: `2.0-rc.1`.
    #[serde(default)]
    pub prereleases: bool,
    /// What each column becomes.
    pub columns: Vec<DeploymentColumn>,
    /// What each word for a result stands for; none loses its rows.
    pub results: Vec<ValueTo<ResultChoice>>,
}

/// What a column becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentColumn {
    /// Its name.
    pub name: String,
    /// What its cells become.
    pub target: DeploymentTarget,
}

/// What the cells of a column become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DeploymentTarget {
    /// The key by which the source knows the deployment.
    Key,
    /// The service.
    Service,
    /// The environment.
    Environment,
    /// The version, tag or reference.
    Version,
    /// When it began.
    Started,
    /// When it ended, or was there.
    Finished,
    /// How it went.
    Result,
    /// The hash of the commit that was deployed.
    Commit,
    /// When its commit, or the first of them, was written.
    Written,
    /// What it is about.
    Subject,
    /// Another number by which others name it: that of its pull request.
    Number,
    /// Whether it took something back, or what.
    Rollback,
    /// Whether it mended something, or what.
    Hotfix,
    /// Whether it was unplanned.
    Unplanned,
    /// Nothing; the column is listed as not imported.
    Ignore,
}

/// What a word for a result stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DeploymentResultChoice")]
pub enum ResultChoice {
    /// It reached its environment.
    Succeeded,
    /// It never got there.
    Aborted,
    /// It is under way.
    Running,
    /// Such rows are left out, and listed as such.
    LeaveOut,
}

/// What a file says of deployments, and what its import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentsLook {
    /// The mapping: the given one, or the proposed.
    pub mapping: DeploymentsMapping,
    /// What wrote the file.
    pub from: From,
    /// Its columns, with what they hold.
    pub columns: Vec<DeploymentsColumn>,
    /// Which commits of a repository may be deployments, with their number; empty for other files.
    pub marks: Vec<MarksCount>,
    /// The values of the column by which records are chosen, with their number; empty while none is named.
    pub only: Vec<NameCount>,
    /// The title that the operation would have.
    pub title: String,
    /// How many deployments would be new.
    pub new: u32,
    /// How many would be filled in.
    pub changed: u32,
    /// How many would stay as they are.
    pub unchanged: u32,
    /// The services that would be added.
    pub new_services: Vec<String>,
    /// The first deployments of the file, as they would come in.
    pub first: Vec<DeploymentShown>,
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
    /// What else is to be known, in sentences.
    pub notes: Vec<String>,
}

/// A column of a file of deployments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentsColumn {
    /// Its name.
    pub name: String,
    /// What it becomes.
    pub target: DeploymentTarget,
    /// How many records hold something there.
    pub filled: u32,
    /// Up to three different values.
    pub examples: Vec<String>,
}

/// Which commits of a repository may be deployments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DeploymentMarksCount")]
pub struct MarksCount {
    /// Which.
    pub marks: Marks,
    /// How many there are.
    pub count: u32,
}

/// A deployment as it would come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentShown {
    /// Its line in the file, or its number.
    pub line: u32,
    /// The name of its service.
    pub service: String,
    /// Its environment.
    pub environment: String,
    /// Its version; may be empty.
    pub version: String,
    /// When it was there, or began.
    pub at: Instant,
    /// How it went.
    pub result: DeploymentResult,
    /// How many commits it brought, as far as that is said.
    pub commits: u32,
    /// What else is said of it, in words: “takes back 1.4”.
    pub more: String,
}

/// Imports the attached file's deployments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportDeployments {
    /// The mapping.
    pub mapping: DeploymentsMapping,
}

/// How many rows a look shows.
const SHOWN: usize = 8;
/// How many different words for a result, or values to choose rows by, are told apart at most.
const MOST_VALUES: usize = 60;

/// What the attached file says, and what its import would do; nothing is written.
pub(super) fn look(
    reader: &Reader<'_>,
    question: DeploymentsQuestion,
    context: &Context<'_>,
) -> Result<DeploymentsLook, AppError> {
    let records = records(context, question.mapping.as_ref().and_then(|mapping| mapping.marks))?;
    let mapping = match question.mapping {
        Some(mapping) => completed(mapping, &records),
        None => proposed(&records, question.name.as_deref()),
    };
    let mut identities = Identities::new(context.now, 0, context.chance);
    let incoming = Incoming::prepare(*reader, &records, &mapping, context, &mut identities)?;
    Ok(incoming.look(&records, mapping))
}

/// What an import would not take, as a CSV file.
pub(super) fn not_taken(
    reader: &Reader<'_>,
    question: ImportDeployments,
    context: &Context<'_>,
) -> Result<NotTaken, AppError> {
    let records = records(context, question.mapping.marks)?;
    let mut identities = Identities::new(context.now, 0, context.chance);
    let mapping = question.mapping;
    let incoming = Incoming::prepare(*reader, &records, &mapping, context, &mut identities)?;
    let mut problems = incoming.rows;
    problems.extend(incoming.left_out);
    problems.extend(incoming.cells);
    problems.sort_by_key(|problem| problem.line);
    Ok(NotTaken { text: rows::as_csv(&problems), count: in_all(problems.len()) })
}

/// Imports the deployments of the attached file.
pub(super) fn import(
    writer: &mut Writer<'_>,
    command: ImportDeployments,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let mapping = DeploymentsMapping { source: command.mapping.source.trim().to_owned(), ..command.mapping };
    if mapping.source.is_empty() {
        return Err(AppError::refused(
            "It is not said where these deployments come from.",
            "Name the source: by it a later file knows them again.",
        )
        .at("source"));
    }
    let records = records(context, mapping.marks)?;
    let reader: Reader<'_> = **writer;
    let incoming = Incoming::prepare(reader, &records, &mapping, context, writer.identities())?;
    for service in &incoming.new_services {
        writer.put_service(service)?;
    }
    let of = incoming.steps.len() as u64;
    for (done, step) in incoming.steps.iter().enumerate() {
        if done.is_multiple_of(100) {
            context.cancel.check()?;
            (context.progress)(Progress { done: done as u64, of });
        }
        let (Step::New(deployment, items) | Step::Filled(deployment, items)) = step else { continue };
        writer.put_deployment(deployment)?;
        if !items.is_empty() {
            let mut all = reader.items_of_deployment(deployment.id)?;
            all.extend(items);
            writer.put_deployment_items(deployment.id, &all)?;
        }
    }
    let outcome = Outcome::titled(incoming.title(&mapping.source));
    let notes = incoming.notes(&records, &mapping);
    Ok(if notes.is_empty() { outcome } else { outcome.noting(notes.join(" ")) })
}

fn records(context: &Context<'_>, marks: Option<Marks>) -> Result<Records, AppError> {
    let bytes = context.attached()?;
    if super::files::unpack(bytes).is_some() {
        return Err(AppError::refused(
            "Deployments are imported one file at a time.",
            "Choose one of the files.",
        )
        .at("file"));
    }
    read::read(bytes, marks)
}

// ── The mapping ────────────────────────────────────────────────────────────────────────────────────────────────────

/// Names of columns, compared without case and accents, for each target the surest first.
const NAMES: [(DeploymentTarget, &[&str]); 14] = [
    (DeploymentTarget::Key, &["key", "id", "deployment id", "deployment", "sha", "iid"]),
    (
        DeploymentTarget::Service,
        &["service", "application", "app", "component", "project", "repository", "repo", "system"],
    ),
    (DeploymentTarget::Environment, &["environment", "env", "stage", "umgebung"]),
    (DeploymentTarget::Version, &["version", "tag", "release", "tag name", "ref", "build"]),
    (
        DeploymentTarget::Finished,
        &[
            "finished",
            "finished at",
            "deployed",
            "deployed at",
            "landed at",
            "completed",
            "completed at",
            "ended",
            "ended at",
            "end",
            "released",
            "released at",
            "published at",
            "date",
            "time",
            "timestamp",
            "datum",
        ],
    ),
    (
        DeploymentTarget::Started,
        &["started", "started at", "start", "began", "created", "created at", "run started at", "begin"],
    ),
    (DeploymentTarget::Result, &["result", "status", "conclusion", "outcome", "state", "ergebnis"]),
    (DeploymentTarget::Commit, &["commit", "commit sha", "head sha", "revision", "hash"]),
    (
        DeploymentTarget::Written,
        &[
            "commit written",
            "first commit authored at",
            "first commit at",
            "committed at",
            "authored at",
            "commit date",
            "commit time",
            "authored",
        ],
    ),
    (
        DeploymentTarget::Subject,
        &["subject", "title", "message", "description", "branch or subject", "summary", "name", "titel"],
    ),
    (DeploymentTarget::Number, &["pr", "pull request", "mr", "merge request", "number", "nummer"]),
    (
        DeploymentTarget::Rollback,
        &["rollback of", "rollback", "is rollback", "is revert", "reverts", "revert of"],
    ),
    (DeploymentTarget::Hotfix, &["hotfix of", "hotfix", "is hotfix", "fixes deployment"]),
    (DeploymentTarget::Unplanned, &["unplanned", "is unplanned", "ungeplant"]),
];

/// Words for results.
const RESULTS: [(ResultChoice, &[&str]); 4] = [
    (
        ResultChoice::Succeeded,
        &[
            "success",
            "succeeded",
            "successful",
            "ok",
            "passed",
            "done",
            "deployed",
            "live",
            "completed",
            "finished",
            "active",
            "inactive",
            "erfolgreich",
        ],
    ),
    (
        ResultChoice::Aborted,
        &[
            "failure",
            "failed",
            "fail",
            "error",
            "canceled",
            "cancelled",
            "aborted",
            "timed out",
            "startup failure",
            "stale",
            "action required",
            "rejected",
            "fehlgeschlagen",
        ],
    ),
    (
        ResultChoice::Running,
        &[
            "running",
            "in progress",
            "queued",
            "pending",
            "waiting",
            "created",
            "requested",
            "blocked",
            "started",
            "laufend",
        ],
    ),
    (ResultChoice::LeaveOut, &["skipped", "neutral", "destroyed", "abandoned"]),
];

/// Words in the name of a workflow that puts something into production.
const DEPLOYS: [&str; 7] = ["deploy", "deployment", "release", "publish", "production", "rollout", "cd"];

fn proposed(records: &Records, name: Option<&str>) -> DeploymentsMapping {
    let file = name.map(str::trim).filter(|name| !name.is_empty()).unwrap_or("list");
    let (source, service) = match records.from {
        From::List => (file.to_owned(), file.to_owned()),
        From::GitHubRuns => ("GitHub runs".to_owned(), file.to_owned()),
        From::GitHub => ("GitHub".to_owned(), file.to_owned()),
        From::GitLab => ("GitLab".to_owned(), file.to_owned()),
        From::Repository => {
            let name = records.named.clone().unwrap_or_else(|| file.to_owned());
            (format!("git {name}"), name)
        }
    };
    let plain: Vec<String> = records.columns.iter().map(|name| names::plain(name)).collect();
    let mut targets = vec![DeploymentTarget::Ignore; plain.len()];
    for (target, known) in NAMES {
        let column = known.iter().find_map(|word| {
            let fits = |at: &usize| {
                plain.get(*at).is_some_and(|name| name == word)
                    && targets.get(*at) == Some(&DeploymentTarget::Ignore)
            };
            (0..plain.len()).find(fits)
        });
        if let Some(place) = column.and_then(|at| targets.get_mut(at)) {
            *place = target;
        }
    }
    let columns = records.columns.iter().zip(targets);
    let columns: Vec<DeploymentColumn> =
        columns.map(|(name, target)| DeploymentColumn { name: name.clone(), target }).collect();
    let is_moment = |target| {
        matches!(target, DeploymentTarget::Started | DeploymentTarget::Finished | DeploymentTarget::Written)
    };
    let moments: Vec<usize> = (0..columns.len())
        .filter(|at| columns.get(*at).is_some_and(|column| is_moment(column.target)))
        .collect();
    let (dates, _) = drafts::date_order(records, &moments);
    let only = (records.from == From::GitHubRuns).then(|| {
        let deploys = |name: &str| names::plain(name).split(' ').any(|word| DEPLOYS.contains(&word));
        let values =
            values_of(records, "Workflow").into_iter().map(|(name, _)| name).filter(|name| deploys(name));
        OnlyRows { column: "Workflow".to_owned(), values: values.collect() }
    });
    let mapping = DeploymentsMapping {
        source,
        service,
        environment: "production".to_owned(),
        dates,
        only,
        marks: records.marks.first().map(|_| {
            let has_tags = records.marks.iter().any(|(marks, count)| *marks == Marks::Tags && *count > 0);
            if has_tags { Marks::Tags } else { Marks::MainLine }
        }),
        prereleases: false,
        columns,
        results: Vec::new(),
    };
    completed(mapping, records)
}

/// Adds the columns and the words for results that a mapping does not name yet.
fn completed(mut mapping: DeploymentsMapping, records: &Records) -> DeploymentsMapping {
    for name in &records.columns {
        if !mapping.columns.iter().any(|column| column.name == *name) {
            mapping.columns.push(DeploymentColumn { name: name.clone(), target: DeploymentTarget::Ignore });
        }
    }
    let columns: Vec<String> = mapping
        .columns
        .iter()
        .filter(|column| column.target == DeploymentTarget::Result)
        .map(|column| column.name.clone())
        .collect();
    for name in columns {
        for (value, _) in values_of(records, &name) {
            if !value.is_empty() && !mapping.results.iter().any(|known| known.value == value) {
                let plain = names::plain(&value);
                let known = RESULTS.iter().find(|(_, words)| words.contains(&plain.as_str()));
                mapping.results.push(ValueTo { value, to: known.map(|(choice, _)| *choice) });
            }
        }
    }
    mapping
}

/// The values of a column with their number, the most frequent first.
fn values_of(records: &Records, column: &str) -> Vec<(String, u32)> {
    let Some(at) = records.columns.iter().position(|name| name == column) else { return Vec::new() };
    let mut counts: Vec<(String, u32)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in &records.rows {
        let value = row.cells.get(at).map_or("", String::as_str);
        match places.get(value) {
            Some(place) => {
                if let Some((_, count)) = counts.get_mut(*place) {
                    *count += 1;
                }
            }
            None if counts.len() < MOST_VALUES => {
                places.insert(value, counts.len());
                counts.push((value.to_owned(), 1));
            }
            None => {}
        }
    }
    counts.sort_by(|(_, a), (_, b)| b.cmp(a));
    counts
}

// ── What becomes of the drafts ─────────────────────────────────────────────────────────────────────────────────────

/// What an import does to one deployment.
enum Step {
    New(Box<Deployment>, Vec<ItemId>),
    Filled(Box<Deployment>, Vec<ItemId>),
    Same,
}

/// A file held against what the team has.
struct Incoming {
    drafts: Vec<Draft>,
    /// What becomes of each draft.
    steps: Vec<Step>,
    /// What each draft repaired, in words; empty where it repaired nothing.
    repaired: Vec<String>,
    new_services: Vec<Service>,
    rows: Vec<Problem>,
    left_out: Vec<Problem>,
    cells: Vec<Problem>,
    /// How many took something back or mended it without saying what.
    unsaid_repairs: u32,
}

impl Incoming {
    fn prepare(
        reader: Reader<'_>,
        records: &Records,
        mapping: &DeploymentsMapping,
        context: &Context<'_>,
        identities: &mut Identities,
    ) -> Result<Incoming, AppError> {
        let zone = reader.team()?.zone;
        let Drafts { drafts, rows, left_out, cells } = drafts::drafts(records, mapping, zone, context.now);
        context.cancel.check()?;
        let services = reader.services()?;
        let mut ids: HashMap<String, ServiceId> = HashMap::new();
        for service in &services {
            ids.entry(same(&service.name)).or_insert(service.id);
        }
        let mut new_services = Vec::new();
        for draft in &drafts {
            ids.entry(same(&draft.service)).or_insert_with(|| {
                let id = identities.fresh();
                new_services.push(Service { id, name: draft.service.clone(), note: String::new() });
                id
            });
        }
        let here = reader.all_deployments()?;
        let by_key: HashMap<&str, &Deployment> = here
            .iter()
            .filter_map(|one| one.outside.as_ref().map(|outside| (one, outside)))
            .filter(|(_, (source, _))| *source == mapping.source)
            .map(|(one, (_, key))| (key.as_str(), one))
            .collect();
        let mut incoming = Incoming {
            steps: Vec::with_capacity(drafts.len()),
            repaired: vec![String::new(); drafts.len()],
            drafts,
            new_services,
            rows,
            left_out,
            cells,
            unsaid_repairs: 0,
        };
        let known: Vec<Option<&Deployment>> =
            incoming.drafts.iter().map(|draft| by_key.get(draft.key.as_str()).copied()).collect();
        let own: Vec<DeploymentId> =
            known.iter().map(|known| known.map_or_else(|| identities.fresh(), |one| one.id)).collect();
        let repairs = incoming.repairs(mapping, &here, &services, &own);
        let labels = reader.items_by_label()?;
        for (at, draft) in incoming.drafts.iter().enumerate() {
            let (Some(id), Some(service)) = (own.get(at), ids.get(&same(&draft.service))) else {
                continue;
            };
            let told = told(draft, *id, *service, repairs.get(at).copied().flatten(), &mapping.source);
            let items = named_items(&told.commits, &labels);
            let step = match known.get(at).copied().flatten() {
                None => Step::New(Box::new(told), items),
                Some(here) => filled(here, told, draft, mapping, zone, &mut incoming.cells)
                    .map_or(Step::Same, |one| Step::Filled(Box::new(one), items)),
            };
            incoming.steps.push(step);
        }
        incoming.cells.sort_by_key(|problem| problem.line);
        Ok(incoming)
    }

    /// What each draft repaired; what is not found is listed.
    fn repairs(
        &mut self,
        mapping: &DeploymentsMapping,
        here: &[Deployment],
        services: &[Service],
        own: &[DeploymentId],
    ) -> Vec<Option<(DeploymentId, Repair)>> {
        let mut all: Vec<Known<DeploymentId>> =
            self.drafts.iter().zip(own).map(|(draft, id)| draft.known(*id)).collect();
        for one in here.iter().filter(|one| !own.contains(&one.id)) {
            let service = services.iter().find(|service| service.id == one.service);
            let key = one.outside.as_ref().map(|(_, key)| key.clone());
            let names = [one.version.clone()].into_iter().chain(key);
            all.push(Known {
                is: one.id,
                service: service.map_or_else(String::new, |service| same(&service.name)),
                at: one.moment(),
                names: names
                    .chain(one.commits.iter().map(|commit| commit.sha.clone()))
                    .filter(|name| !name.is_empty())
                    .collect(),
            });
        }
        let called: HashMap<DeploymentId, String> =
            self.drafts.iter().zip(own).map(|(draft, id)| (*id, draft.called().to_owned())).collect();
        let all = Repaired::among(all);
        let mut found = Vec::with_capacity(self.drafts.len());
        for ((draft, id), words) in self.drafts.iter().zip(own).zip(&mut self.repaired) {
            let Some((name, how)) = &draft.repairs else {
                found.push(None);
                continue;
            };
            let verb = if *how == Repair::Rollback { "takes back" } else { "mends" };
            let broken = all.find(name, &same(&draft.service), id, draft.moment());
            *words = match &broken {
                Ok(broken) => {
                    let name = called.get(broken).map_or(name.as_str(), String::as_str);
                    format!("{verb} {}", shortened(name, 40))
                }
                Err(_) => format!("{verb} something that is not known"),
            };
            if let Err(why) = broken {
                let target = match how {
                    Repair::Rollback => DeploymentTarget::Rollback,
                    Repair::Hotfix => DeploymentTarget::Hotfix,
                };
                let column = mapping.columns.iter().find(|column| column.target == target);
                let reason = match why {
                    NotFound::NotSaid => "it is not said what it repaired; it counts as rework",
                    NotFound::None => "there is no such deployment; it counts as rework",
                    NotFound::OtherService => "what it repairs is another service; it counts as rework",
                    NotFound::Later => "what it repairs was not there before it; it counts as rework",
                };
                self.unsaid_repairs += 1;
                self.cells.push(Problem {
                    line: draft.line,
                    column: column.map(|column| column.name.clone()).unwrap_or_default(),
                    value: shortened(if name.is_empty() { &draft.subject } else { name }, 120),
                    reason: reason.to_owned(),
                    on_purpose: false,
                });
            }
            found.push(broken.ok().map(|broken| (broken, *how)));
        }
        found
    }

    fn look(self, records: &Records, mapping: DeploymentsMapping) -> DeploymentsLook {
        let (new, changed, unchanged) = self.counts();
        let column = |column: &DeploymentColumn| {
            let values = values_of(records, &column.name);
            let at = records.columns.iter().position(|name| *name == column.name);
            let filled = records
                .rows
                .iter()
                .filter(|row| at.and_then(|at| row.cells.get(at)).is_some_and(|cell| !cell.is_empty()));
            DeploymentsColumn {
                name: column.name.clone(),
                target: column.target,
                filled: in_all(filled.count()),
                examples: values
                    .into_iter()
                    .filter(|(value, _)| !value.is_empty())
                    .take(3)
                    .map(|(value, _)| shortened(&value, 60))
                    .collect(),
            }
        };
        let only = mapping.only.as_ref().map(|only| values_of(records, &only.column)).unwrap_or_default();
        let shown = |(draft, repaired): (&Draft, &String)| DeploymentShown {
            line: draft.line,
            service: draft.service.clone(),
            environment: draft.environment.clone(),
            version: draft.version.clone(),
            at: draft.moment(),
            result: draft.result,
            commits: in_all(draft.commits.len()),
            more: match (repaired.as_str(), draft.is_unplanned) {
                ("", true) => "unplanned".to_owned(),
                (repaired, _) => repaired.to_owned(),
            },
        };
        DeploymentsLook {
            from: records.from,
            columns: mapping.columns.iter().map(column).collect(),
            marks: records
                .marks
                .iter()
                .map(|(marks, count)| MarksCount { marks: *marks, count: *count })
                .collect(),
            only: only.into_iter().map(|(name, count)| NameCount { name, count }).collect(),
            title: self.title(&mapping.source),
            new,
            changed,
            unchanged,
            new_services: self.new_services.iter().map(|service| service.name.clone()).collect(),
            first: self.drafts.iter().zip(&self.repaired).take(SHOWN).map(shown).collect(),
            notes: self.notes(records, &mapping),
            rows_in_all: in_all(self.rows.len()),
            rows: self.rows.into_iter().take(LISTED).collect(),
            left_out_in_all: in_all(self.left_out.len()),
            left_out: self.left_out.into_iter().take(LISTED).collect(),
            cells_in_all: in_all(self.cells.len()),
            cells: self.cells.into_iter().take(LISTED).collect(),
            mapping,
        }
    }

    fn counts(&self) -> (u32, u32, u32) {
        let count = |is: fn(&Step) -> bool| in_all(self.steps.iter().filter(|step| is(step)).count());
        let new = count(|step| matches!(step, Step::New(..)));
        let changed = count(|step| matches!(step, Step::Filled(..)));
        (new, changed, count(|step| matches!(step, Step::Same)))
    }

    /// “Import 3053 deployments from main”, “Import 2 deployments and fill in 1 from GitLab”.
    fn title(&self, source: &str) -> String {
        let (new, changed, _) = self.counts();
        match (new, changed) {
            (0, 0) => format!("Import deployments from {source}"),
            (new, 0) => format!("Import {} from {source}", counted(new, "deployment")),
            (0, changed) => format!("Fill in {} from {source}", counted(changed, "deployment")),
            (new, changed) => {
                format!("Import {} and fill in {changed} from {source}", counted(new, "deployment"))
            }
        }
    }

    /// What else is to be known, in sentences.
    fn notes(&self, records: &Records, mapping: &DeploymentsMapping) -> Vec<String> {
        let has = |target| mapping.columns.iter().any(|column| column.target == target);
        let mut notes = Vec::new();
        if self.drafts.is_empty() && mapping.only.as_ref().is_some_and(|only| only.values.is_empty()) {
            notes
                .push("Nothing says by itself which rows are deployments; choose those that are.".to_owned());
        }
        if !has(DeploymentTarget::Finished) && !has(DeploymentTarget::Started) {
            notes.push("No column says when a deployment was; choose one.".to_owned());
        }
        if self.drafts.is_empty() {
            return notes;
        }
        if !has(DeploymentTarget::Service) {
            notes.push(format!("No column names a service: each is of “{}”.", mapping.service));
        }
        if let Some(names) = self.services_said() {
            notes.push(names);
        }
        if !has(DeploymentTarget::Result) {
            notes.push("The file does not say how they went; each counts as one that got there.".to_owned());
        }
        let with = |is: fn(&Draft) -> bool| self.drafts.iter().filter(|draft| is(draft)).count();
        let written = |draft: &Draft| draft.commits.iter().any(|commit| commit.written.is_some());
        match (records.from, with(written)) {
            (_, 0) => notes.push(
                "The file does not say when commits were written, so that there is no lead time.".to_owned(),
            ),
            (From::Repository, _) => {}
            (_, count) => notes.push(format!(
                "When one commit of each was written is said of {count} of {}; the lead time is counted from it.",
                self.drafts.len()
            )),
        }
        if records.from == From::Repository && mapping.marks == Some(Marks::Tags) {
            notes.push(
                "What the first tag brought is not known: nothing says what was there before.".to_owned(),
            );
        }
        let mut say = |count: u32, one: &str, many: &str| match count {
            0 => {}
            1 => notes.push(one.to_owned()),
            count => notes.push(many.replace('#', &count.to_string())),
        };
        let elsewhere = with(|draft| !is_production(&draft.environment));
        say(
            in_all(elsewhere),
            "One went to an environment that is not production; it counts in no measure.",
            "# went to environments that are not production; they count in no measure.",
        );
        say(
            self.unsaid_repairs,
            "Of one it is not known what it took back or mended; it counts as rework.",
            "Of # it is not known what they took back or mended; they count as rework.",
        );
        let naming = self.steps.iter().filter(|step| match step {
            Step::New(_, items) | Step::Filled(_, items) => !items.is_empty(),
            Step::Same => false,
        });
        say(
            in_all(naming.count()),
            "One contains items that its commits name.",
            "# contain items that their commits name.",
        );
        say(in_all(self.rows.len()), "One row is not taken.", "# rows are not taken.");
        say(
            in_all(self.left_out.len()),
            "One row is left out on purpose.",
            "# rows are left out on purpose.",
        );
        notes
    }

    fn services_said(&self) -> Option<String> {
        let names: Vec<&str> =
            self.new_services.iter().take(5).map(|service| service.name.as_str()).collect();
        let more = if self.new_services.len() > 5 { " and others" } else { "" };
        match names.as_slice() {
            [] => None,
            [one] => Some(format!("The service {one} is new.")),
            several => Some(format!("New services: {}{more}.", several.join(", "))),
        }
    }
}

/// A draft as the team keeps it.
fn told(
    draft: &Draft,
    id: DeploymentId,
    service: ServiceId,
    repairs: Option<(DeploymentId, Repair)>,
    source: &str,
) -> Deployment {
    let commits = draft.commits.iter().map(|commit| Commit {
        sha: commit.sha.clone(),
        authored_at: commit.written,
        subject: commit.subject.clone(),
    });
    Deployment {
        id,
        service,
        environment: draft.environment.clone(),
        is_production: is_production(&draft.environment),
        version: draft.version.clone(),
        started_at: draft.started_at,
        finished_at: draft.finished_at,
        result: draft.result,
        commits: commits.collect(),
        repairs,
        is_unplanned: draft.is_unplanned || (draft.repairs.is_some() && repairs.is_none()),
        note: if draft.commits.is_empty() { draft.subject.clone() } else { String::new() },
        url: String::new(),
        outside: Some((source.to_owned(), draft.key.clone())),
    }
}

/// A deployment with what was not known of it here; none where the file says nothing new. What it says otherwise is
/// listed (rule 2).
fn filled(
    here: &Deployment,
    there: Deployment,
    draft: &Draft,
    mapping: &DeploymentsMapping,
    zone: Zone,
    cells: &mut Vec<Problem>,
) -> Option<Deployment> {
    let mut one = here.clone();
    let when = |at: Instant| zone.local(at).format("%Y-%m-%d %H:%M").to_string();
    let mut otherwise = |target: DeploymentTarget, value: String, here: String| {
        let column = mapping.columns.iter().find(|column| column.target == target);
        cells.push(Problem {
            line: draft.line,
            column: column.map(|column| column.name.clone()).unwrap_or_default(),
            value,
            reason: format!("it is {here} here, which an import does not change"),
            on_purpose: false,
        });
    };
    if here.result == DeploymentResult::Running {
        (one.result, one.finished_at) = (there.result, there.finished_at);
    } else if there.result != here.result && there.result != DeploymentResult::Running {
        otherwise(DeploymentTarget::Result, there.result.to_string(), here.result.to_string());
    } else if there.moment() != here.moment() && there.result == here.result {
        otherwise(DeploymentTarget::Finished, when(there.moment()), when(here.moment()));
    }
    if there.service != here.service {
        otherwise(DeploymentTarget::Service, draft.service.clone(), "another service".to_owned());
    }
    if here.environment.is_empty() {
        one.environment = there.environment;
    }
    if here.version.is_empty() {
        one.version = there.version;
    } else if !there.version.is_empty() && there.version != here.version {
        otherwise(DeploymentTarget::Version, there.version, here.version.clone());
    }
    if here.commits.is_empty() {
        one.commits = there.commits;
    }
    if here.repairs.is_none() && there.repairs.is_some() {
        one.repairs = there.repairs;
        one.is_unplanned = there.is_unplanned;
    }
    (one != *here).then_some(one)
}
