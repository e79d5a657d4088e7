//! Deployments as they are written down: by a person, or by a pipeline when it is through.
//!
//! 1. Nothing but the service has to be said: then it was now, went to production and got there.
//! 2. A deployment with a key that is known is the one that is known: it is changed, not doubled.
//! 3. Items are those that are named, and those that commits name by their labels (12.3).

use super::{deployment_of, named};
use crate::backlog::item_of;
use crate::contract::{Context, Outcome};
use crate::error::{AppError, sentence};
use crate::moment::WrittenMoment;
use crate::reliability::service_of;
use crate::team::counted;
use domain::calendar::{Instant, Zone};
use domain::delivery::{
    Commit, Deployment, DeploymentRefused, DeploymentResult, Repair, is_production, named_items,
};
use domain::identity::{DeploymentId, ItemId, ServiceId};
use serde::{Deserialize, Serialize};
use store::{Reader, Writer};
use ts_rs::TS;

/// What is said of a deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentForm {
    /// The service.
    pub service: ServiceId,
    /// The environment; production if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub environment: Option<String>,
    /// Whether that is production; as its name says if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub is_production: Option<bool>,
    /// What was deployed, by its version.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub version: String,
    /// When it began; when it ended if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub started: Option<WrittenMoment>,
    /// When it ended; now if neither is given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub finished: Option<WrittenMoment>,
    /// What became of it; it got there if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub result: Option<DeploymentResult>,
    /// What it brought; what was known if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub commits: Option<Vec<CommitForm>>,
    /// The items that it contains; those that are known if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub items: Option<Vec<ItemId>>,
    /// The deployment that it repairs.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub repairs: Option<DeploymentId>,
    /// How; it takes it back if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub repair: Option<Repair>,
    /// Whether it was unplanned work on something that users saw.
    #[serde(default)]
    #[ts(optional, as = "Option<bool>")]
    pub is_unplanned: bool,
    /// What people should know of it.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub note: String,
    /// Where more stands.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub url: String,
    /// The source that knows it, and the key by which, such as the number of a pipeline.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub outside: Option<(String, String)>,
}

/// A commit that a deployment brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommitForm {
    /// Its hash.
    pub sha: String,
    /// When it was written.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub authored: Option<WrittenMoment>,
    /// Its first line.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub subject: String,
}

/// Writes a deployment down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deploy {
    /// What is said of it.
    pub deployment: DeploymentForm,
}

pub(super) fn deploy(
    writer: &mut Writer<'_>,
    command: Deploy,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let form = command.deployment;
    let known = match &form.outside {
        Some((source, key)) => writer.outside_deployment(source.trim(), key.trim())?,
        None => None,
    };
    let (before, verb) = match known {
        Some(id) => (Some(deployment_of(writer, id)?), "Change deployment"),
        None => (None, "Deploy"),
    };
    write(writer, form, before, verb, context)
}

/// Corrects a deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChangeDeployment {
    /// Which one.
    pub id: DeploymentId,
    /// What is said of it.
    pub deployment: DeploymentForm,
}

pub(super) fn change(
    writer: &mut Writer<'_>,
    command: ChangeDeployment,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let before = deployment_of(writer, command.id)?;
    let outside = before.outside.clone();
    let form = DeploymentForm { outside, ..command.deployment };
    write(writer, form, Some(before), "Change deployment", context)
}

fn write(
    writer: &mut Writer<'_>,
    form: DeploymentForm,
    before: Option<Deployment>,
    verb: &str,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let service = service_of(writer, form.service).map_err(|error| error.at("service"))?;
    let zone = writer.team()?.zone;
    let is_new = before.is_none();
    let read = |written: &Option<WrittenMoment>, field: &str| {
        WrittenMoment::past(written.as_ref(), field, zone, context.now)
    };
    let result = form.result.unwrap_or(DeploymentResult::Succeeded);
    let (started, finished) = (read(&form.started, "started")?, read(&form.finished, "finished")?);
    let (started_at, finished_at) = match (started, finished, &before) {
        (Some(started), finished, _) => (started, finished),
        (None, Some(finished), Some(known)) => (known.started_at.min(finished), Some(finished)),
        (None, Some(finished), None) => (finished, Some(finished)),
        (None, None, Some(known)) => (known.started_at, known.finished_at),
        (None, None, None) if result == DeploymentResult::Running => (context.now, None),
        (None, None, None) => (context.now, Some(context.now)),
    };
    let environment = form.environment.as_deref().map(str::trim);
    let environment = match (environment, &before) {
        (Some(environment), _) => one_line(environment, "environment")?,
        (None, Some(known)) => known.environment.clone(),
        (None, None) => "production".to_owned(),
    };
    let commits = match (form.commits, &before) {
        (Some(commits), _) => read_commits(commits, zone, context.now)?,
        (None, Some(known)) => known.commits.clone(),
        (None, None) => Vec::new(),
    };
    let repairs = match form.repairs {
        Some(broken) => {
            deployment_of(writer, broken).map_err(|error| error.at("repairs"))?;
            Some((broken, form.repair.unwrap_or(Repair::Rollback)))
        }
        None => None,
    };
    let outside = form.outside.map(|(source, key)| (source.trim().to_owned(), key.trim().to_owned()));
    let deployment = Deployment {
        id: before.as_ref().map_or_else(|| writer.identity(), |known| known.id),
        service: service.id,
        is_production: form.is_production.unwrap_or_else(|| is_production(&environment)),
        environment,
        version: one_line(form.version.trim(), "version")?,
        started_at,
        finished_at: finished_at.filter(|_| result != DeploymentResult::Running),
        result,
        commits,
        repairs,
        is_unplanned: form.is_unplanned,
        note: form.note.trim().to_owned(),
        url: form.url.trim().to_owned(),
        outside,
    };
    let deployment = deployment.checked(&writer.all_deployments()?).map_err(refused)?;
    writer.put_deployment(&deployment)?;
    let mut items = match form.items {
        Some(items) => known_items(writer, &items)?,
        None => writer.items_of_deployment(deployment.id)?,
    };
    for item in items_by_label(writer, &deployment.commits)? {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    writer.put_deployment_items(deployment.id, &items)?;
    let outcome = Outcome::titled(format!("{verb} {}", named(&service.name, &deployment)));
    Ok(if is_new { outcome.created(deployment.id) } else { outcome })
}

/// Items that must be there, each once.
fn known_items(reader: &Reader<'_>, items: &[ItemId]) -> Result<Vec<ItemId>, AppError> {
    let mut known = Vec::new();
    for item in items {
        let item = item_of(reader, *item).map_err(|error| error.at("items"))?.id;
        if !known.contains(&item) {
            known.push(item);
        }
    }
    Ok(known)
}

/// The items that commits name.
fn items_by_label(reader: &Reader<'_>, commits: &[Commit]) -> Result<Vec<ItemId>, AppError> {
    if commits.iter().all(|commit| commit.subject.is_empty()) {
        return Ok(Vec::new());
    }
    Ok(named_items(commits, &reader.items_by_label()?))
}

fn read_commits(forms: Vec<CommitForm>, zone: Zone, now: Instant) -> Result<Vec<Commit>, AppError> {
    let mut commits = Vec::new();
    for form in forms {
        let authored_at = WrittenMoment::past(form.authored.as_ref(), "commits", zone, now)?;
        let subject = form.subject.lines().next().unwrap_or_default().trim().to_owned();
        commits.push(Commit { sha: one_line(form.sha.trim(), "commits")?, authored_at, subject });
    }
    Ok(commits)
}

/// A text of one line. Refused at a field where it is longer than lists can show, or more than a line.
fn one_line(text: &str, field: &str) -> Result<String, AppError> {
    if text.contains(['\n', '\r']) || text.chars().count() > 200 {
        let hint = "Keep it to a line; a note holds the rest.";
        return Err(AppError::refused("This is too long for a list.", hint).at(field));
    }
    Ok(text.to_owned())
}

fn refused(why: DeploymentRefused) -> AppError {
    let (hint, field) = match why {
        DeploymentRefused::EndsBeforeItBegins => ("Correct one of the two times.", "finished"),
        DeploymentRefused::RunsAndEnded => ("Say how it ended, or leave the end empty.", "finished"),
        DeploymentRefused::Circle => ("Say which deployment was there first.", "repairs"),
        DeploymentRefused::RepairsALaterOne => ("Choose an earlier one, or correct the times.", "repairs"),
        DeploymentRefused::RepairsAnotherService => ("Choose one of the same service.", "repairs"),
    };
    AppError::refused(sentence(&why.to_string()), hint).at(field)
}

/// Says how a deployment that ran ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FinishDeployment {
    /// Which one.
    pub deployment: DeploymentId,
    /// Whether it got there.
    pub result: DeploymentResult,
    /// When; now if it is not given.
    #[serde(default)]
    #[ts(optional = nullable)]
    pub at: Option<WrittenMoment>,
}

pub(super) fn finish(
    writer: &mut Writer<'_>,
    command: FinishDeployment,
    context: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = deployment_of(writer, command.deployment)?;
    let name = named(&service_of(writer, known.service)?.name, &known);
    if known.result != DeploymentResult::Running {
        let hint = "Correct it instead.";
        return Err(AppError::refused(format!("{name} does not run any more."), hint));
    }
    if command.result == DeploymentResult::Running {
        let hint = "Say whether it got there.";
        return Err(AppError::refused(format!("{name} runs."), hint).at("result"));
    }
    let zone = writer.team()?.zone;
    let at = WrittenMoment::past(command.at.as_ref(), "at", zone, context.now)?.unwrap_or(context.now);
    let ended = Deployment { result: command.result, finished_at: Some(at), ..known };
    let ended = ended.checked(&writer.all_deployments()?).map_err(|why| refused(why).at("at"))?;
    writer.put_deployment(&ended)?;
    let verb = if command.result == DeploymentResult::Succeeded { "Finish" } else { "Abort" };
    Ok(Outcome::titled(format!("{verb} deployment {name}")))
}

/// Takes a deployment away that was written down by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemoveDeployment {
    /// Which one.
    pub deployment: DeploymentId,
}

pub(super) fn remove(
    writer: &mut Writer<'_>,
    command: RemoveDeployment,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = deployment_of(writer, command.deployment)?;
    let name = named(&service_of(writer, known.service)?.name, &known);
    let all = writer.all_deployments()?;
    let repairing = all.iter().find(|one| one.repairs.is_some_and(|(broken, _)| broken == known.id));
    if let Some(repairing) = repairing {
        let repairing = named(&service_of(writer, repairing.service)?.name, repairing);
        let hint = "Say of that one first that it repairs nothing, or another one.";
        return Err(AppError::refused(format!("{repairing} repaired {name}."), hint));
    }
    let caused = super::failures(writer)?.into_iter().find(|failure| failure.deployment == known.id);
    if let Some(failure) = caused {
        let label = writer.incident(failure.incident)?.map(|one| one.label).unwrap_or_default();
        let hint = "Say first that another one caused it, or none.";
        return Err(AppError::refused(format!("{name} caused {label}."), hint));
    }
    for link in writer.incident_links(None)? {
        // A proposal that was rejected has nothing to say any more.
        if link.to == domain::incident::LinkTarget::Deployment(known.id) {
            writer.remove_incident_link(link.id)?;
        }
    }
    writer.remove_deployment(known.id)?;
    Ok(Outcome::titled(format!("Remove deployment {name}")))
}

/// Says which items a deployment contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SetDeploymentItems {
    /// The deployment.
    pub deployment: DeploymentId,
    /// All of its items.
    pub items: Vec<ItemId>,
}

pub(super) fn set_items(
    writer: &mut Writer<'_>,
    command: SetDeploymentItems,
    _: &Context<'_>,
) -> Result<Outcome, AppError> {
    let known = deployment_of(writer, command.deployment)?;
    let name = named(&service_of(writer, known.service)?.name, &known);
    let items = known_items(writer, &command.items)?;
    writer.put_deployment_items(known.id, &items)?;
    Ok(Outcome::titled(format!("Say that {name} contains {}", counted(items.len() as u32, "item"))))
}
