//! Services, and what is known of how they answered.
//!
//! 1. What is read of a time is all that overlaps it; what lasts still overlaps everything later.
//! 2. A log of checks is known by its name: what it says of a time anew takes the place of what it said of it before,
//!    so that the same log brought twice leaves the same rows.
//! 3. Sums of an hour are kept as one row a day of UTC and log; of an hour that comes twice the fuller sum stays.

use crate::Result;
use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text};
use domain::backlog::Rank;
use domain::calendar::Day;
use domain::identity::{RowId, ServiceId};
use domain::measures::Share;
use domain::reliability::{BudgetPolicy, ReliabilityRules, Service, ServiceGroup, Weights};
use rusqlite::{OptionalExtension, Row, named_params};

mod known;
mod objective;
mod outside;

pub use known::StretchSource;

impl Reader<'_> {
    /// The services, in the team's order.
    pub fn services(&self) -> Result<Vec<Service>> {
        let mut select =
            self.connection.prepare_cached("SELECT id, name, note FROM service ORDER BY rank, id")?;
        Ok(select.query_map([], read_service)?.collect::<Result<_, _>>()?)
    }

    /// One service, if it is there.
    pub fn service(&self, id: ServiceId) -> Result<Option<Service>> {
        let mut select =
            self.connection.prepare_cached("SELECT id, name, note FROM service WHERE id = :id")?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_service).optional()?)
    }

    /// Whether anything is known or promised of a service.
    pub fn knows_service(&self, id: ServiceId) -> Result<bool> {
        let tables = [
            ("outage", "service"),
            ("maintenance_service", "service"),
            ("unknown_time", "service"),
            ("service_stretch", "service"),
            ("service_day", "service"),
            ("objective", "service"),
            ("service_in_group", "service"),
        ];
        for (table, column) in tables {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE {column} = :id)");
            let mut select = self.connection.prepare_cached(&sql)?;
            if select.query_row(named_params! { ":id": Text(id) }, |row| row.get(0))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The groups of services, by their names.
    pub fn service_groups(&self) -> Result<Vec<ServiceGroup>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT id, name, is_mean FROM service_group ORDER BY name COLLATE NOCASE, id")?;
        let groups = select.query_map([], |row| {
            Ok(ServiceGroup {
                id: row.word("id")?,
                name: row.get("name")?,
                is_mean: row.get("is_mean")?,
                services: Vec::new(),
            })
        })?;
        let mut groups = groups.collect::<rusqlite::Result<Vec<ServiceGroup>>>()?;
        let mut select = self.connection.prepare_cached(
            "SELECT service_in_group.service, service_in_group.weight
               FROM service_in_group
               JOIN service ON service.id = service_in_group.service
              WHERE service_in_group.service_group = :service_group
              ORDER BY service.rank, service.id",
        )?;
        for group in &mut groups {
            let services = select.query_map(named_params! { ":service_group": Text(group.id) }, |row| {
                Ok((row.word("service")?, row.number("weight")?))
            })?;
            group.services = services.collect::<rusqlite::Result<_>>()?;
        }
        Ok(groups)
    }

    /// How facts become figures, in each edition.
    pub fn reliability_rules(&self) -> Result<Vec<ReliabilityRules>> {
        let mut select = self.connection.prepare_cached(
            "SELECT valid_from, full_share, partial_share, degraded_share, notice
               FROM reliability_rules
              ORDER BY valid_from, id",
        )?;
        let rules = select.query_map([], |row| {
            let share = |column: &str| row.number::<Share>(column);
            Ok(ReliabilityRules {
                valid_from: row.word("valid_from")?,
                weights: Weights {
                    full: share("full_share")?,
                    partial: share("partial_share")?,
                    degraded: share("degraded_share")?,
                },
                notice: row.number("notice")?,
            })
        })?;
        Ok(rules.collect::<Result<_, _>>()?)
    }

    /// What follows from a spent budget, in each edition.
    pub fn budget_policies(&self) -> Result<Vec<(Day, BudgetPolicy)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT valid_from, is_on, spent_at FROM budget_policy ORDER BY valid_from, id",
        )?;
        let policies = select.query_map([], |row| {
            Ok((
                row.word("valid_from")?,
                BudgetPolicy { is_on: row.get("is_on")?, spent_at: row.number("spent_at")? },
            ))
        })?;
        Ok(policies.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Adds a service after the others, or changes the one with its identity.
    pub fn put_service(&mut self, service: &Service) -> Result<()> {
        let last: Option<Rank> = self
            .connection
            .prepare_cached("SELECT rank FROM service ORDER BY rank DESC, id DESC LIMIT 1")?
            .query_row([], |row| row.word("rank"))
            .optional()?;
        self.connection
            .prepare_cached(
                "INSERT INTO service (id, name, rank, note)
                 VALUES (:id, :name, :rank, :note)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, note = excluded.note",
            )?
            .execute(named_params! {
                ":id": Text(service.id), ":name": service.name,
                ":rank": Text(Rank::between(last.as_ref(), None)), ":note": service.note,
            })?;
        Ok(())
    }

    /// Takes away a service of which nothing is known.
    pub fn remove_service(&mut self, id: ServiceId) -> Result<()> {
        self.connection.execute("DELETE FROM service WHERE id = ?1", [Text(id)])?;
        Ok(())
    }

    /// Adds a group, or changes the one with its identity.
    pub fn put_service_group(&mut self, group: &ServiceGroup) -> Result<()> {
        self.connection.execute(
            "INSERT INTO service_group (id, name, is_mean) VALUES (:id, :name, :is_mean)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, is_mean = excluded.is_mean",
            named_params! { ":id": Text(group.id), ":name": group.name, ":is_mean": group.is_mean },
        )?;
        self.connection.execute("DELETE FROM service_in_group WHERE service_group = ?1", [Text(group.id)])?;
        for (service, weight) in &group.services {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO service_in_group (id, service_group, service, weight)
                 VALUES (:id, :service_group, :service, :weight)",
                named_params! {
                    ":id": Text(id), ":service_group": Text(group.id), ":service": Text(*service),
                    ":weight": Number(*weight),
                },
            )?;
        }
        Ok(())
    }

    /// Takes a group away; its services stay.
    pub fn remove_service_group(&mut self, id: RowId) -> Result<()> {
        self.connection.execute("DELETE FROM service_in_group WHERE service_group = ?1", [Text(id)])?;
        self.connection.execute("DELETE FROM service_group WHERE id = ?1", [Text(id)])?;
        Ok(())
    }

    /// Says how facts become figures from a day on.
    pub fn put_reliability_rules(&mut self, rules: &ReliabilityRules) -> Result<()> {
        self.connection
            .execute("DELETE FROM reliability_rules WHERE valid_from = ?1", [Text(rules.valid_from)])?;
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO reliability_rules (id, valid_from, full_share, partial_share, degraded_share, notice)
             VALUES (:id, :valid_from, :full_share, :partial_share, :degraded_share, :notice)",
            named_params! {
                ":id": Text(id), ":valid_from": Text(rules.valid_from),
                ":full_share": Number(rules.weights.full),
                ":partial_share": Number(rules.weights.partial),
                ":degraded_share": Number(rules.weights.degraded),
                ":notice": Number(rules.notice),
            },
        )?;
        Ok(())
    }

    /// Says what follows from a spent budget from a day on.
    pub fn put_budget_policy(&mut self, valid_from: Day, policy: &BudgetPolicy) -> Result<()> {
        self.connection.execute("DELETE FROM budget_policy WHERE valid_from = ?1", [Text(valid_from)])?;
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO budget_policy (id, valid_from, is_on, spent_at)
             VALUES (:id, :valid_from, :is_on, :spent_at)",
            named_params! {
                ":id": Text(id), ":valid_from": Text(valid_from), ":is_on": policy.is_on,
                ":spent_at": Number(policy.spent_at),
            },
        )?;
        Ok(())
    }
}

fn read_service(row: &Row<'_>) -> rusqlite::Result<Service> {
    Ok(Service { id: row.word("id")?, name: row.get("name")?, note: row.get("note")? })
}
