//! The deployments as a list, and one with everything that belongs to it.

use super::link::began;
use super::live::ItemLive;
use super::{Book, deployment_of, live_items, named};
use crate::contract::Context;
use crate::error::AppError;
use crate::incident::{incident_of, lasted};
use crate::reliability::ServiceName;
use crate::sprint::window_of;
use crate::sprint::{SprintName, sprint_of};
use domain::backlog::Category;
use domain::calendar::Instant;
use domain::delivery::{Deployment, DeploymentResult, Going, Middle, Repair};
use domain::identity::{DeploymentId, IncidentId, ItemId, RowId, ServiceId, SprintId};
use domain::incident::{LinkHow, LinkStanding, LinkTarget};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::{IncidentFilter, Reader};
use ts_rs::TS;

/// How many rows a page of the list has at most.
const MOST: u32 = 150;

/// Asks about deployments.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DeploymentsQuestion {
    /// Those of one service.
    #[ts(optional = nullable)]
    pub service: Option<ServiceId>,
    /// Those in the time of a Sprint.
    #[ts(optional = nullable)]
    pub sprint: Option<SprintId>,
    /// Those to one environment.
    #[ts(optional = nullable)]
    pub environment: Option<String>,
    /// Those to production that began before an incident did: those of its services first, then the others.
    #[ts(optional = nullable)]
    pub before: Option<IncidentId>,
    /// From which row on, from 0.
    #[ts(optional = nullable)]
    pub from: Option<u32>,
    /// How many rows at most.
    #[ts(optional = nullable)]
    pub limit: Option<u32>,
}

/// The deployments, and by what they can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentList {
    /// The services of the team.
    pub services: Vec<ServiceName>,
    /// The environments that occur.
    pub environments: Vec<String>,
    /// The Sprints that were started, the latest first.
    pub sprints: Vec<SprintName>,
    /// The deployments that are asked for, the latest first.
    pub rows: Vec<DeploymentRow>,
    /// From which of them on these are, from 0.
    pub from: u32,
    /// How many there are of what is asked for.
    pub found: u32,
    /// How many there are at all.
    pub all: u32,
    /// What they come to, in words.
    pub said: String,
}

/// A deployment in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentRow {
    /// Who it is.
    pub id: DeploymentId,
    /// Its name: “checkout 2.4.0”.
    pub name: String,
    /// The service.
    pub service: ServiceId,
    /// The name of the service.
    pub service_name: String,
    /// The version, or the beginning of a commit's hash; may be empty.
    pub version: String,
    /// The environment; may be empty.
    pub environment: String,
    /// Whether that is production.
    pub is_production: bool,
    /// When it began.
    pub started_at: Instant,
    /// When it ended; none while it runs, or where nobody knows.
    pub finished_at: Option<Instant>,
    /// When it ended, or began where no end is known.
    pub at: Instant,
    /// What became of it.
    pub result: DeploymentResult,
    /// How many commits it brought, as far as that is known.
    pub commits: u32,
    /// The median of their lead times, in words; none where it is not known when they were written.
    pub lead_said: Option<String>,
    /// The labels of the items that it contains.
    pub items: Vec<String>,
    /// What it repaired.
    pub repairs: Option<DeploymentBrief>,
    /// How.
    pub repair: Option<Repair>,
    /// The deployments that repaired it, the first of them.
    pub repaired_by: Option<DeploymentBrief>,
    /// How that did so.
    pub repaired_how: Option<Repair>,
    /// The incidents that it caused.
    pub incidents: Vec<CausedIncident>,
    /// Whether it failed: it was repaired, or caused an incident (12.2).
    pub is_failed: bool,
    /// Whether it was unplanned.
    pub is_unplanned: bool,
    /// Whether it is what production runs: the last of its service that got there.
    pub is_current: bool,
}

/// A deployment, named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentBrief {
    /// Who it is.
    pub id: DeploymentId,
    /// Its name: “checkout 2.4.0”.
    pub name: String,
    /// When it ended, or began where no end is known.
    pub at: Instant,
}

/// An incident that a deployment caused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CausedIncident {
    /// The incident.
    pub id: IncidentId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// The link, to take it away.
    pub link: RowId,
}

/// Asks about one deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentQuestion {
    /// Which one.
    pub deployment: DeploymentId,
}

/// One deployment with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentPage {
    /// What lists say of it.
    pub row: DeploymentRow,
    /// What it brought.
    pub commits: Vec<CommitRow>,
    /// The items that it contains.
    pub items: Vec<DeployedItem>,
    /// What people should know of it.
    pub note: String,
    /// Where more stands; may be empty.
    pub url: String,
    /// The source that knows it; none where a person wrote it down.
    pub source: Option<String>,
    /// Earlier deployments of the service to the environment, the latest first: what it may repair.
    pub earlier: Vec<DeploymentBrief>,
    /// The services of the team.
    pub services: Vec<ServiceName>,
}

/// A commit of a deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DeliveryCommit")]
pub struct CommitRow {
    /// Its hash.
    pub sha: String,
    /// When it was written.
    pub authored_at: Option<Instant>,
    /// Its first line.
    pub subject: String,
    /// How long it took from then to production, in words.
    pub lead_said: Option<String>,
}

/// An item that a deployment contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeployedItem {
    /// The item.
    pub id: ItemId,
    /// Its label.
    pub label: String,
    /// Its title.
    pub title: String,
    /// Whether it is done by the Definition of Done.
    pub is_done: bool,
    /// How far it is on its way to users.
    pub live: ItemLive,
}

/// The deployments that ended from an instant up to another, the latest first, for other screens.
pub fn deployments(reader: &Reader<'_>, from: Instant, to: Instant) -> Result<Vec<DeploymentRow>, AppError> {
    let book = Book::read(reader)?;
    let chosen: Vec<&Deployment> =
        book.deployments.iter().rev().filter(|one| from <= one.moment() && one.moment() < to).collect();
    rows(reader, &book, &chosen)
}

pub(super) fn list(
    reader: &Reader<'_>,
    question: DeploymentsQuestion,
    _: &Context<'_>,
) -> Result<DeploymentList, AppError> {
    let book = Book::read(reader)?;
    let zone = reader.team()?.zone;
    let sprints = reader.sprints()?;
    let window = match question.sprint {
        Some(id) => Some(window_of(&sprint_of(reader, id)?, &sprints, zone)),
        None => None,
    };
    let before = match question.before {
        Some(id) => Some(incident_of(reader, id)?),
        None => None,
    };
    let began_at = before.as_ref().and_then(began);
    let mut chosen: Vec<&Deployment> = book
        .deployments
        .iter()
        .rev()
        .filter(|one| before.is_none() || one.is_production)
        .filter(|one| began_at.is_none_or(|at| one.started_at <= at))
        .filter(|one| question.service.is_none_or(|service| one.service == service))
        .filter(|one| question.environment.as_ref().is_none_or(|name| one.environment == *name))
        .filter(|one| window.is_none_or(|(from, to)| from <= one.moment() && one.moment() < to))
        .collect();
    if let Some(incident) = &before {
        let affected = reader.incident_services()?.remove(&incident.id).unwrap_or_default();
        chosen.sort_by_key(|one| !affected.contains(&one.service));
    }
    let found = chosen.len() as u32;
    let limit = question.limit.unwrap_or(MOST).clamp(1, MOST);
    let from = question.from.unwrap_or(0).min(found.saturating_sub(1));
    let page = chosen.get(from as usize..found.min(from + limit) as usize).unwrap_or_default();
    let environments: BTreeSet<&str> =
        book.deployments.iter().map(|one| one.environment.as_str()).filter(|name| !name.is_empty()).collect();
    let live = chosen.iter().filter(|one| one.live_at().is_some()).count();
    let failed: HashSet<DeploymentId> = failed(&book);
    let bad = chosen.iter().filter(|one| one.live_at().is_some() && failed.contains(&one.id)).count();
    let said = match (found, live, bad) {
        (0, ..) => "No deployment.".to_owned(),
        (_, 0, _) => format!("{} none to production.", counted(found, "deployment,", "deployments,")),
        (_, live, 0) => format!("{} to production.", counted(live as u32, "deployment", "deployments")),
        (_, live, bad) => {
            format!(
                "{} to production, of which {bad} failed.",
                counted(live as u32, "deployment", "deployments")
            )
        }
    };
    let mut named: Vec<&store::Sprint> =
        sprints.iter().filter(|sprint| sprint.started_at.is_some()).collect();
    named.sort_by_key(|sprint| std::cmp::Reverse(sprint.first_day));
    Ok(DeploymentList {
        services: service_names(reader)?,
        environments: environments.into_iter().map(str::to_owned).collect(),
        sprints: named.into_iter().map(SprintName::from).collect(),
        rows: rows(reader, &book, page)?,
        from,
        found,
        all: book.deployments.len() as u32,
        said,
    })
}

fn counted(count: u32, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

pub(super) fn service_names(reader: &Reader<'_>) -> Result<Vec<ServiceName>, AppError> {
    let services = reader.services()?.into_iter();
    Ok(services.map(|service| ServiceName { id: service.id, name: service.name }).collect())
}

/// The deployments that failed: repaired by one that got there, or with a confirmed incident (12.2).
fn failed(book: &Book) -> HashSet<DeploymentId> {
    let repaired = book.deployments.iter().filter(|one| one.live_at().is_some());
    let repaired = repaired.filter_map(|one| one.repairs.map(|(broken, _)| broken));
    repaired.chain(book.failures.iter().map(|failure| failure.deployment)).collect()
}

/// Some deployments, named.
pub(super) fn briefs(
    reader: &Reader<'_>,
    book: &Book,
    wanted: &HashSet<DeploymentId>,
) -> Result<HashMap<DeploymentId, DeploymentBrief>, AppError> {
    let services: HashMap<ServiceId, String> =
        reader.services()?.into_iter().map(|one| (one.id, one.name)).collect();
    let chosen = book.deployments.iter().filter(|one| wanted.contains(&one.id));
    Ok(chosen.map(|one| (one.id, brief(one, &services))).collect())
}

fn brief(one: &Deployment, services: &HashMap<ServiceId, String>) -> DeploymentBrief {
    let service = services.get(&one.service).map_or("", String::as_str);
    DeploymentBrief { id: one.id, name: named(service, one), at: one.moment() }
}

/// Some deployments as rows of a list.
fn rows(reader: &Reader<'_>, book: &Book, chosen: &[&Deployment]) -> Result<Vec<DeploymentRow>, AppError> {
    let services: HashMap<ServiceId, String> =
        reader.services()?.into_iter().map(|one| (one.id, one.name)).collect();
    let mut repaired_by: HashMap<DeploymentId, &Deployment> = HashMap::new();
    for one in &book.deployments {
        if let Some((broken, _)) = one.repairs {
            repaired_by.entry(broken).or_insert(one);
        }
    }
    let incidents: HashMap<IncidentId, _> =
        reader.incidents(IncidentFilter::All)?.into_iter().map(|one| (one.id, one)).collect();
    let mut caused: HashMap<DeploymentId, Vec<CausedIncident>> = HashMap::new();
    for link in reader.incident_links(None)? {
        let is_cause = link.how == LinkHow::CausedBy && link.standing == LinkStanding::Confirmed;
        if let (true, LinkTarget::Deployment(deployment), Some(incident)) =
            (is_cause, link.to, incidents.get(&link.incident))
        {
            caused.entry(deployment).or_default().push(CausedIncident {
                id: incident.id,
                label: incident.label.clone(),
                title: incident.title.clone(),
                link: link.id,
            });
        }
    }
    // They come by when they ended: the last one stays.
    let current: HashMap<ServiceId, DeploymentId> = book
        .deployments
        .iter()
        .filter(|one| one.live_at().is_some())
        .map(|one| (one.service, one.id))
        .collect();
    let failed = failed(book);
    let mut rows = Vec::with_capacity(chosen.len());
    for one in chosen {
        let mut items = Vec::new();
        for item in reader.items_of_deployment(one.id)? {
            items.extend(reader.item(item)?.map(|item| item.label));
        }
        let broken = one.repairs.and_then(|(broken, _)| book.get(broken));
        let repairing = repaired_by.get(&one.id).copied();
        rows.push(DeploymentRow {
            id: one.id,
            name: named(services.get(&one.service).map_or("", String::as_str), one),
            service: one.service,
            service_name: services.get(&one.service).cloned().unwrap_or_default(),
            version: one.name().to_owned(),
            environment: one.environment.clone(),
            is_production: one.is_production,
            started_at: one.started_at,
            finished_at: one.finished_at,
            at: one.moment(),
            result: one.result,
            commits: one.commits.len() as u32,
            lead_said: lead(one),
            items,
            repairs: broken.map(|broken| brief(broken, &services)),
            repair: one.repairs.map(|(_, how)| how),
            repaired_by: repairing.map(|repairing| brief(repairing, &services)),
            repaired_how: repairing.and_then(|repairing| repairing.repairs).map(|(_, how)| how),
            incidents: caused.remove(&one.id).unwrap_or_default(),
            is_failed: one.live_at().is_some() && failed.contains(&one.id),
            is_unplanned: one.is_unplanned,
            is_current: current.get(&one.service) == Some(&one.id),
        });
    }
    Ok(rows)
}

/// The median lead time of what a deployment brought to production, in words.
fn lead(one: &Deployment) -> Option<String> {
    let live = one.live_at()?;
    let written = one.commits.iter().filter_map(|commit| commit.authored_at);
    let mut all: Vec<i64> =
        written.map(|at| live.millis() - at.millis()).filter(|duration| *duration >= 0).collect();
    all.sort_unstable();
    let median = Middle { all, left_out: 0 }.median()?;
    Some(lasted(median.round() as i64))
}

pub(super) fn deployment_page(
    reader: &Reader<'_>,
    question: DeploymentQuestion,
    _: &Context<'_>,
) -> Result<DeploymentPage, AppError> {
    let one = deployment_of(reader, question.deployment)?;
    let book = Book::read(reader)?;
    let row = rows(reader, &book, &[&one])?.pop().ok_or_else(|| AppError::not_found("deployment"))?;
    let live = live_items(reader)?;
    let workflow = reader.workflow()?;
    let mut items = Vec::new();
    for id in reader.items_of_deployment(one.id)? {
        let Some(item) = reader.item(id)? else { continue };
        let state = item.present.state.and_then(|state| workflow.get(state));
        let not_live =
            ItemLive { going: Going::NotLive, since: None, deployment: None, deployment_name: String::new() };
        items.push(DeployedItem {
            id,
            label: item.label,
            title: item.title,
            is_done: state.is_some_and(|state| state.category == Category::Done),
            live: live.get(&id).cloned().unwrap_or(not_live),
        });
    }
    let services: HashMap<ServiceId, String> =
        reader.services()?.into_iter().map(|one| (one.id, one.name)).collect();
    let earlier = book.deployments.iter().rev().filter(|other| {
        let is_before = other.started_at <= one.moment() && other.id != one.id;
        is_before && other.service == one.service && other.environment == one.environment
    });
    let commits = one.commits.iter().map(|commit| {
        let took = commit.authored_at.zip(one.live_at()).map(|(at, live)| live.millis() - at.millis());
        CommitRow {
            sha: commit.sha.clone(),
            authored_at: commit.authored_at,
            subject: commit.subject.clone(),
            lead_said: took.filter(|took| *took >= 0).map(lasted),
        }
    });
    Ok(DeploymentPage {
        row,
        commits: commits.collect(),
        items,
        note: one.note.clone(),
        url: one.url.clone(),
        source: one.outside.as_ref().map(|(source, _)| source.clone()),
        earlier: earlier.take(20).map(|other| brief(other, &services)).collect(),
        services: service_names(reader)?,
    })
}
