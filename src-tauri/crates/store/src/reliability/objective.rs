//! Objectives, with their hours and their targets.

use crate::Result;
use crate::journal::{Reader, Writer};
use crate::row::{Columns, Text, text};
use domain::calendar::Day;
use domain::identity::{ObjectiveId, RowId};
use domain::reliability::{BusinessHours, HoursOfDay, Objective, Subject, Target};
use rusqlite::{OptionalExtension, Row, named_params};

const OBJECTIVE: &str =
    "objective.id, objective.service, objective.service_group, objective.name, objective.sli,
    objective.series, objective.horizon, objective.days, objective.is_agreement, objective.zone,
    objective.without_holidays";

impl Reader<'_> {
    /// All objectives: those of services in the team's order, then those of groups.
    pub fn objectives(&self) -> Result<Vec<Objective>> {
        let sql = format!(
            "SELECT {OBJECTIVE}
               FROM objective
               LEFT JOIN service ON service.id = objective.service
              ORDER BY service.rank IS NULL, service.rank, objective.is_agreement, objective.id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let objectives = select.query_map([], read_objective)?;
        let objectives = objectives.collect::<rusqlite::Result<Vec<_>>>()?;
        objectives.into_iter().map(|objective| self.complete(objective)).collect()
    }

    /// An objective.
    pub fn objective(&self, id: ObjectiveId) -> Result<Option<Objective>> {
        let sql = format!("SELECT {OBJECTIVE} FROM objective WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let known = select.query_row(named_params! { ":id": Text(id) }, read_objective).optional()?;
        known.map(|objective| self.complete(objective)).transpose()
    }

    fn complete(&self, mut objective: Objective) -> Result<Objective> {
        let mut select = self.connection.prepare_cached(
            "SELECT valid_from, millionths FROM objective_target WHERE objective = :objective ORDER BY valid_from, id",
        )?;
        let targets = select.query_map(named_params! { ":objective": Text(objective.id) }, |row| {
            Ok((row.word("valid_from")?, row.get::<_, u32>("millionths")?))
        })?;
        let targets = targets.collect::<rusqlite::Result<Vec<(Day, u32)>>>()?;
        let target =
            |(day, millionths): (Day, u32)| Target::millionths(millionths).ok().map(|one| (day, one));
        objective.targets = targets.into_iter().filter_map(target).collect();
        if let Some(hours) = &mut objective.hours {
            let mut select = self.connection.prepare_cached(
                "SELECT weekday, from_minute, to_minute
                   FROM objective_hours
                  WHERE objective = :objective
                  ORDER BY weekday, from_minute, id",
            )?;
            let spans = select.query_map(named_params! { ":objective": Text(objective.id) }, |row| {
                Ok(HoursOfDay {
                    weekday: row.get("weekday")?,
                    from: row.get("from_minute")?,
                    to: row.get("to_minute")?,
                })
            })?;
            hours.spans = spans.collect::<rusqlite::Result<_>>()?;
        }
        Ok(objective)
    }
}

impl Writer<'_> {
    /// Adds an objective with its hours, or changes the one with its identity; targets are set one by one.
    pub fn put_objective(&mut self, objective: &Objective) -> Result<()> {
        let (service, group) = match objective.of {
            Subject::Service(service) => (Some(service), None),
            Subject::Group(group) => (None, Some(group)),
        };
        let hours = objective.hours.as_ref();
        self.connection.execute(
            "INSERT INTO objective (id, service, service_group, name, sli, series, horizon, days, is_agreement, zone,
                                    without_holidays)
             VALUES (:id, :service, :service_group, :name, :sli, :series, :horizon, :days, :is_agreement, :zone,
                     :without_holidays)
             ON CONFLICT (id) DO UPDATE
                SET service = excluded.service, service_group = excluded.service_group, name = excluded.name,
                    sli = excluded.sli, series = excluded.series, horizon = excluded.horizon, days = excluded.days,
                    is_agreement = excluded.is_agreement, zone = excluded.zone,
                    without_holidays = excluded.without_holidays",
            named_params! {
                ":id": Text(objective.id), ":service": text(service), ":service_group": text(group),
                ":name": objective.name, ":sli": Text(objective.sli), ":series": objective.series,
                ":horizon": Text(objective.horizon), ":days": objective.days,
                ":is_agreement": objective.is_agreement, ":zone": text(hours.map(|hours| hours.zone)),
                ":without_holidays": hours.is_some_and(|hours| hours.without_holidays),
            },
        )?;
        let known = self.objective(objective.id)?.and_then(|known| known.hours);
        let spans =
            |hours: Option<&BusinessHours>| hours.map(|hours| hours.spans.clone()).unwrap_or_default();
        let (before, after) = (spans(known.as_ref()), spans(hours));
        if before == after {
            return Ok(());
        }
        self.connection.execute("DELETE FROM objective_hours WHERE objective = ?1", [Text(objective.id)])?;
        for span in after {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO objective_hours (id, objective, weekday, from_minute, to_minute)
                 VALUES (:id, :objective, :weekday, :from, :to)",
                named_params! {
                    ":id": Text(id), ":objective": Text(objective.id), ":weekday": span.weekday,
                    ":from": span.from, ":to": span.to,
                },
            )?;
        }
        Ok(())
    }

    /// Sets the target of an objective from a day on.
    pub fn put_target(&mut self, objective: ObjectiveId, valid_from: Day, target: Target) -> Result<()> {
        let changed = self.connection.execute(
            "UPDATE objective_target SET millionths = :millionths
              WHERE objective = :objective AND valid_from = :valid_from",
            named_params! {
                ":millionths": target.in_millionths(), ":objective": Text(objective),
                ":valid_from": Text(valid_from),
            },
        )?;
        if changed == 0 {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO objective_target (id, objective, valid_from, millionths)
                 VALUES (:id, :objective, :valid_from, :millionths)",
                named_params! {
                    ":id": Text(id), ":objective": Text(objective), ":valid_from": Text(valid_from),
                    ":millionths": target.in_millionths(),
                },
            )?;
        }
        Ok(())
    }

    /// Takes an objective away, with its targets and hours; the journal keeps them.
    pub fn remove_objective(&mut self, id: ObjectiveId) -> Result<()> {
        for table in ["objective_target", "objective_hours"] {
            let sql = format!("DELETE FROM {table} WHERE objective = ?1");
            self.connection.execute(&sql, [Text(id)])?;
        }
        self.connection.execute("DELETE FROM objective WHERE id = ?1", [Text(id)])?;
        Ok(())
    }
}

fn read_objective(row: &Row<'_>) -> rusqlite::Result<Objective> {
    let of = match row.maybe_word("service")? {
        Some(service) => Subject::Service(service),
        None => Subject::Group(row.word("service_group")?),
    };
    let zone = row.maybe_word("zone")?;
    Ok(Objective {
        id: row.word("id")?,
        of,
        name: row.get("name")?,
        sli: row.word("sli")?,
        series: row.get("series")?,
        horizon: row.word("horizon")?,
        days: row.get("days")?,
        is_agreement: row.get("is_agreement")?,
        hours: match zone {
            Some(zone) => Some(BusinessHours {
                zone,
                without_holidays: row.get("without_holidays")?,
                spans: Vec::new(),
            }),
            None => None,
        },
        targets: Vec::new(),
    })
}
