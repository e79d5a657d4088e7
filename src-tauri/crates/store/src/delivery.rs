//! Deployments with what they brought, freezes, the Definition of Live, and answers of the release gate.
//!
//! 1. A deployment is in its row; its commits and items are rows of their own. A correction changes the row, and the
//!    journal keeps what stood there before.
//! 2. An answer of the gate is written once and never changed.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, text};
use crate::{Result, StoreError};
use domain::calendar::Instant;
use domain::delivery::{Commit, Deployment, Freeze, LiveCheck, LiveChecks};
use domain::identity::{DeploymentId, ItemId, RowId, ServiceId};
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::HashMap;

/// An answer of the release gate, as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// Its identity.
    pub id: RowId,
    /// The service.
    pub service: ServiceId,
    /// What was to go live; may be empty.
    pub version: String,
    /// When it was given.
    pub at: Instant,
    /// Whether the gate said yes.
    pub may: bool,
    /// What each check found, as JSON.
    pub findings: String,
    /// Who went on against it and why.
    pub overridden: Option<(String, String)>,
}

const COLUMNS: &str = "id, service, environment, is_production, version, started_at, finished_at, result, repairs, \
                       repair, is_unplanned, note, url, source, key";

const ANSWER_COLUMNS: &str =
    "id, service, version, answered_at, may, findings, overridden_by, overridden_why";

impl Reader<'_> {
    /// The deployments that ended, or began where no end is known, from an instant up to another, in that order.
    pub fn deployments(&self, from: Instant, to: Instant) -> Result<Vec<Deployment>> {
        let mut deployments = self.bare_deployments(from, to)?;
        let places: HashMap<DeploymentId, usize> =
            deployments.iter().enumerate().map(|(place, one)| (one.id, place)).collect();
        if !places.is_empty() {
            let mut select = self.connection.prepare_cached(
                "SELECT deployment, sha, authored_at, subject FROM deployment_commit ORDER BY id",
            )?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let place = places.get(&row.word::<DeploymentId>(0)?);
                if let Some(one) = place.and_then(|place| deployments.get_mut(*place)) {
                    one.commits.push(commit(row)?);
                }
            }
        }
        Ok(deployments)
    }

    /// The same without their commits.
    fn bare_deployments(&self, from: Instant, to: Instant) -> Result<Vec<Deployment>> {
        let sql = format!(
            "SELECT {COLUMNS}
               FROM deployment
              WHERE coalesce(finished_at, started_at) >= :from AND coalesce(finished_at, started_at) < :to
              ORDER BY coalesce(finished_at, started_at), id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let found = select.query_map(named_params! { ":from": Number(from), ":to": Number(to) }, read)?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// All deployments, as for [`Reader::deployments`].
    pub fn all_deployments(&self) -> Result<Vec<Deployment>> {
        self.deployments(Instant::from_millis(i64::MIN), Instant::from_millis(i64::MAX))
    }

    /// All deployments in the same order, without their commits: to ask what is live.
    pub fn all_bare_deployments(&self) -> Result<Vec<Deployment>> {
        self.bare_deployments(Instant::from_millis(i64::MIN), Instant::from_millis(i64::MAX))
    }

    /// Whether there is any deployment.
    pub fn has_deployments(&self) -> Result<bool> {
        let mut select = self.connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM deployment)")?;
        Ok(select.query_row([], |row| row.get(0))?)
    }

    /// One deployment, if it is there.
    pub fn deployment(&self, id: DeploymentId) -> Result<Option<Deployment>> {
        let sql = format!("SELECT {COLUMNS} FROM deployment WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let found = select.query_row(named_params! { ":id": Text(id) }, read).optional()?;
        found.map(|one| Ok(Deployment { commits: self.deployment_commits(id)?, ..one })).transpose()
    }

    /// The deployment that an outside source knows by a key.
    pub fn outside_deployment(&self, source: &str, key: &str) -> Result<Option<DeploymentId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id FROM deployment WHERE source = :source AND key = :key ORDER BY id LIMIT 1",
        )?;
        let found = select.query_row(named_params! { ":source": source, ":key": key }, |row| row.word("id"));
        Ok(found.optional()?)
    }

    fn deployment_commits(&self, id: DeploymentId) -> Result<Vec<Commit>> {
        let mut select = self.connection.prepare_cached(
            "SELECT deployment, sha, authored_at, subject FROM deployment_commit WHERE deployment = :id ORDER BY id",
        )?;
        Ok(select.query_map(named_params! { ":id": Text(id) }, commit)?.collect::<Result<_, _>>()?)
    }

    /// The items that a deployment contains, in the order in which they were named.
    pub fn items_of_deployment(&self, id: DeploymentId) -> Result<Vec<ItemId>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT item FROM deployment_item WHERE deployment = :id ORDER BY id")?;
        Ok(select
            .query_map(named_params! { ":id": Text(id) }, |row| row.word("item"))?
            .collect::<Result<_, _>>()?)
    }

    /// The deployments that contain an item.
    pub fn deployments_of_item(&self, item: ItemId) -> Result<Vec<DeploymentId>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT deployment FROM deployment_item WHERE item = :item ORDER BY id")?;
        let found = select.query_map(named_params! { ":item": Text(item) }, |row| row.word("deployment"))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Which deployments contain each item that any contains.
    pub fn deployed_items(&self) -> Result<HashMap<ItemId, Vec<DeploymentId>>> {
        let mut select =
            self.connection.prepare_cached("SELECT item, deployment FROM deployment_item ORDER BY id")?;
        let mut items: HashMap<ItemId, Vec<DeploymentId>> = HashMap::new();
        for row in select.query_map([], |row| Ok((row.word("item")?, row.word("deployment")?)))? {
            let (item, deployment) = row?;
            items.entry(item).or_default().push(deployment);
        }
        Ok(items)
    }

    /// Whether a service has deployments, or answers of the gate.
    pub fn service_has_deployments(&self, service: ServiceId) -> Result<bool> {
        let mut select = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM deployment WHERE service = :service)
                 OR EXISTS (SELECT 1 FROM gate_answer WHERE service = :service)
                 OR EXISTS (SELECT 1 FROM freeze WHERE service = :service)",
        )?;
        Ok(select.query_row(named_params! { ":service": Text(service) }, |row| row.get(0))?)
    }

    /// The Definition of Live.
    pub fn live_checks(&self) -> Result<LiveChecks> {
        let mut select = self.connection.prepare_cached(
            "SELECT name, is_asked, stops_unknown, severity, share, state FROM live_check ORDER BY id",
        )?;
        let changed = select.query_map([], |row| {
            Ok(LiveCheck {
                name: row.word("name")?,
                is_asked: row.get("is_asked")?,
                stops_unknown: row.get("stops_unknown")?,
                severity: row.word("severity")?,
                share: row.number("share")?,
                state: row.maybe_word("state")?,
            })
        })?;
        Ok(LiveChecks::of(&changed.collect::<Result<Vec<_>, _>>()?))
    }

    /// The freezes, by their beginnings.
    pub fn freezes(&self) -> Result<Vec<Freeze>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT id, service, from_at, to_at, why FROM freeze ORDER BY from_at, id")?;
        let freezes = select.query_map([], |row| {
            Ok(Freeze {
                id: row.word("id")?,
                service: row.maybe_word("service")?,
                from: row.number("from_at")?,
                to: row.number("to_at")?,
                why: row.get("why")?,
            })
        })?;
        Ok(freezes.collect::<Result<_, _>>()?)
    }

    /// Answers of the release gate, the latest first; so many at most.
    pub fn gate_answers(&self, service: Option<ServiceId>, most: u32) -> Result<Vec<KeptAnswer>> {
        let sql = format!(
            "SELECT {ANSWER_COLUMNS}
               FROM gate_answer
              WHERE :service IS NULL OR service = :service
              ORDER BY answered_at DESC, id DESC
              LIMIT :most"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let answers =
            select.query_map(named_params! { ":service": text(service), ":most": most }, read_answer)?;
        Ok(answers.collect::<Result<_, _>>()?)
    }

    /// One answer of the release gate.
    pub fn gate_answer(&self, id: RowId) -> Result<Option<KeptAnswer>> {
        let sql = format!("SELECT {ANSWER_COLUMNS} FROM gate_answer WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_answer).optional()?)
    }
}

impl Writer<'_> {
    /// Writes a deployment with its commits, or changes the one with its identity; commits that stay keep their rows.
    pub fn put_deployment(&mut self, one: &Deployment) -> Result<()> {
        let (repairs, repair) = one.repairs.map_or((None, None), |(broken, how)| (Some(broken), Some(how)));
        let (source, key) =
            one.outside.as_ref().map_or((None, None), |(source, key)| (Some(source), Some(key)));
        self.connection
            .prepare_cached(
                "INSERT INTO deployment (id, operation, service, environment, is_production, version, started_at,
                                         finished_at, result, repairs, repair, is_unplanned, note, url, source, key,
                                         recorded_at)
                 VALUES (:id, :operation, :service, :environment, :is_production, :version, :started_at, :finished_at,
                         :result, :repairs, :repair, :is_unplanned, :note, :url, :source, :key, :recorded_at)
                 ON CONFLICT (id) DO UPDATE
                    SET service = excluded.service, environment = excluded.environment,
                        is_production = excluded.is_production, version = excluded.version,
                        started_at = excluded.started_at, finished_at = excluded.finished_at,
                        result = excluded.result, repairs = excluded.repairs, repair = excluded.repair,
                        is_unplanned = excluded.is_unplanned, note = excluded.note, url = excluded.url,
                        source = excluded.source, key = excluded.key",
            )?
            .execute(named_params! {
                ":id": Text(one.id),
                ":operation": self.operation,
                ":service": Text(one.service),
                ":environment": one.environment,
                ":is_production": one.is_production,
                ":version": one.version,
                ":started_at": Number(one.started_at),
                ":finished_at": one.finished_at.map(Number),
                ":result": Text(one.result),
                ":repairs": text(repairs),
                ":repair": text(repair),
                ":is_unplanned": one.is_unplanned,
                ":note": one.note,
                ":url": one.url,
                ":source": source,
                ":key": key,
                ":recorded_at": Number(self.now),
            })?;
        if self.deployment_commits(one.id)? != one.commits {
            self.connection
                .prepare_cached("DELETE FROM deployment_commit WHERE deployment = :id")?
                .execute(named_params! { ":id": Text(one.id) })?;
            for commit in &one.commits {
                let id: RowId = self.identity();
                self.connection
                    .prepare_cached(
                        "INSERT INTO deployment_commit (id, deployment, sha, authored_at, subject)
                         VALUES (:id, :deployment, :sha, :authored_at, :subject)",
                    )?
                    .execute(named_params! {
                        ":id": Text(id),
                        ":deployment": Text(one.id),
                        ":sha": commit.sha,
                        ":authored_at": commit.authored_at.map(Number),
                        ":subject": commit.subject,
                    })?;
            }
        }
        Ok(())
    }

    /// Says which items a deployment contains; those that stay keep their rows.
    pub fn put_deployment_items(&mut self, deployment: DeploymentId, items: &[ItemId]) -> Result<()> {
        let mut known = self.items_of_deployment(deployment)?;
        for gone in known.iter().filter(|item| !items.contains(item)) {
            self.connection
                .prepare_cached(
                    "DELETE FROM deployment_item WHERE deployment = :deployment AND item = :item",
                )?
                .execute(named_params! { ":deployment": Text(deployment), ":item": Text(gone) })?;
        }
        for item in items {
            if known.contains(item) {
                continue;
            }
            known.push(*item);
            let id: RowId = self.identity();
            self.connection
                .prepare_cached(
                    "INSERT INTO deployment_item (id, deployment, item) VALUES (:id, :deployment, :item)",
                )?
                .execute(named_params! {
                    ":id": Text(id), ":deployment": Text(deployment), ":item": Text(item),
                })?;
        }
        Ok(())
    }

    /// Takes a deployment away that was written down by mistake; the journal keeps it.
    pub fn remove_deployment(&mut self, id: DeploymentId) -> Result<()> {
        for sql in [
            "DELETE FROM deployment_commit WHERE deployment = :id",
            "DELETE FROM deployment_item WHERE deployment = :id",
            "DELETE FROM deployment WHERE id = :id",
        ] {
            self.connection.prepare_cached(sql)?.execute(named_params! { ":id": Text(id) })?;
        }
        Ok(())
    }

    /// Changes a line of the Definition of Live.
    pub fn put_live_check(&mut self, check: &LiveCheck) -> Result<()> {
        let known: Option<RowId> = self
            .connection
            .prepare_cached("SELECT id FROM live_check WHERE name = :name")?
            .query_row(named_params! { ":name": Text(check.name) }, |row| row.word("id"))
            .optional()?;
        let id = known.unwrap_or_else(|| self.identity());
        self.connection
            .prepare_cached(
                "INSERT INTO live_check (id, name, is_asked, stops_unknown, severity, share, state)
                 VALUES (:id, :name, :is_asked, :stops_unknown, :severity, :share, :state)
                 ON CONFLICT (id) DO UPDATE
                    SET is_asked = excluded.is_asked, stops_unknown = excluded.stops_unknown,
                        severity = excluded.severity, share = excluded.share, state = excluded.state",
            )?
            .execute(named_params! {
                ":id": Text(id),
                ":name": Text(check.name),
                ":is_asked": check.is_asked,
                ":stops_unknown": check.stops_unknown,
                ":severity": Text(check.severity),
                ":share": Number(check.share),
                ":state": text(check.state),
            })?;
        Ok(())
    }

    /// Writes a freeze, or changes the one with its identity.
    pub fn put_freeze(&mut self, freeze: &Freeze) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO freeze (id, service, from_at, to_at, why)
                 VALUES (:id, :service, :from_at, :to_at, :why)
                 ON CONFLICT (id) DO UPDATE
                    SET service = excluded.service, from_at = excluded.from_at, to_at = excluded.to_at,
                        why = excluded.why",
            )?
            .execute(named_params! {
                ":id": Text(freeze.id),
                ":service": text(freeze.service),
                ":from_at": Number(freeze.from),
                ":to_at": Number(freeze.to),
                ":why": freeze.why,
            })?;
        Ok(())
    }

    /// Takes a freeze away.
    pub fn remove_freeze(&mut self, id: RowId) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached("DELETE FROM freeze WHERE id = :id")?
            .execute(named_params! { ":id": Text(id) })?;
        if changed == 0 { Err(StoreError::Unknown("freeze")) } else { Ok(()) }
    }

    /// Keeps an answer of the release gate.
    pub fn add_gate_answer(&mut self, answer: &KeptAnswer) -> Result<()> {
        let (by, why) = answer.overridden.as_ref().map_or((None, None), |(by, why)| (Some(by), Some(why)));
        self.connection
            .prepare_cached(
                "INSERT INTO gate_answer (id, operation, service, version, answered_at, may, findings, overridden_by,
                                          overridden_why)
                 VALUES (:id, :operation, :service, :version, :answered_at, :may, :findings, :by, :why)",
            )?
            .execute(named_params! {
                ":id": Text(answer.id),
                ":operation": self.operation,
                ":service": Text(answer.service),
                ":version": answer.version,
                ":answered_at": Number(answer.at),
                ":may": answer.may,
                ":findings": answer.findings,
                ":by": by,
                ":why": why,
            })?;
        Ok(())
    }
}

/// A deployment without its commits.
fn read(row: &Row<'_>) -> rusqlite::Result<Deployment> {
    let outside: (Option<String>, Option<String>) = (row.get("source")?, row.get("key")?);
    Ok(Deployment {
        id: row.word("id")?,
        service: row.word("service")?,
        environment: row.get("environment")?,
        is_production: row.get("is_production")?,
        version: row.get("version")?,
        started_at: row.number("started_at")?,
        finished_at: row.maybe_number("finished_at")?,
        result: row.word("result")?,
        commits: Vec::new(),
        repairs: row.maybe_word("repairs")?.zip(row.maybe_word("repair")?),
        is_unplanned: row.get("is_unplanned")?,
        note: row.get("note")?,
        url: row.get("url")?,
        outside: outside.0.zip(outside.1),
    })
}

fn commit(row: &Row<'_>) -> rusqlite::Result<Commit> {
    Ok(Commit { sha: row.get(1)?, authored_at: row.maybe_number(2)?, subject: row.get(3)? })
}

fn read_answer(row: &Row<'_>) -> rusqlite::Result<KeptAnswer> {
    let overridden: (Option<String>, Option<String>) =
        (row.get("overridden_by")?, row.get("overridden_why")?);
    Ok(KeptAnswer {
        id: row.word("id")?,
        service: row.word("service")?,
        version: row.get("version")?,
        at: row.number("answered_at")?,
        may: row.get("may")?,
        findings: row.get("findings")?,
        overridden: overridden.0.zip(overridden.1),
    })
}
