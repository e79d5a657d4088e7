//! Outages, maintenance, unknown times, and what logs of checks leave.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, text};
use crate::{Result, StoreError};
use domain::calendar::{Day, Instant};
use domain::identity::{IncidentId, OutageId, RowId, ServiceId};
use domain::reliability::{
    Class, HourCount, KnownMaintenance, KnownOutage, KnownStretch, ServiceFacts, Stretch, UnknownTime,
};
use rusqlite::{OptionalExtension, Row, named_params};

/// A log of checks or of requests, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StretchSource {
    /// Its name.
    pub name: String,
    /// When its first stretch begins; none where it only counts.
    pub from: Option<Instant>,
    /// When its last stretch ends.
    pub to: Option<Instant>,
    /// How many checks it holds.
    pub checks: i64,
}

const OUTAGE: &str = "id, service, class, from_at, to_at, title, incident, source, key";
const MAINTENANCE: &str = "id, title, from_at, to_at, announced_at, source, key";

impl Reader<'_> {
    /// Everything that is known of a service in some time.
    pub fn service_facts(&self, service: ServiceId, from: Instant, to: Instant) -> Result<ServiceFacts> {
        Ok(ServiceFacts {
            outages: self.outages(Some(service), from, to)?,
            maintenance: self.maintenance(Some(service), from, to)?,
            unknown: self.unknown_times(Some(service), from, to)?,
            stretches: self.stretches(service, from, to)?,
            first_check: self.first_check(service)?,
            hours: self.hour_counts(service, from, to)?,
        })
    }

    /// Outages that overlap a time, of one service or of all, the earliest first.
    pub fn outages(
        &self,
        service: Option<ServiceId>,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<KnownOutage>> {
        let wanted = if service.is_some() { "service = :service" } else { ":service IS NULL" };
        let sql = format!(
            "SELECT {OUTAGE}
               FROM outage
              WHERE {wanted} AND from_at < :to AND (to_at IS NULL OR to_at > :from)
              ORDER BY from_at, id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let outages = select.query_map(
            named_params! { ":service": text(service), ":from": Number(from), ":to": Number(to) },
            read_outage,
        )?;
        Ok(outages.collect::<Result<_, _>>()?)
    }

    /// An outage.
    pub fn outage(&self, id: OutageId) -> Result<Option<KnownOutage>> {
        let sql = format!("SELECT {OUTAGE} FROM outage WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_outage).optional()?)
    }

    /// The outages of an incident, the earliest first.
    pub fn outages_of_incident(&self, incident: IncidentId) -> Result<Vec<KnownOutage>> {
        let sql = format!("SELECT {OUTAGE} FROM outage WHERE incident = :incident ORDER BY from_at, id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let outages = select.query_map(named_params! { ":incident": Text(incident) }, read_outage)?;
        Ok(outages.collect::<Result<_, _>>()?)
    }

    /// What was read from a source before: its outages.
    pub fn outages_from(&self, source: &str) -> Result<Vec<KnownOutage>> {
        let sql = format!("SELECT {OUTAGE} FROM outage WHERE source = :source ORDER BY from_at, id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let outages = select.query_map(named_params! { ":source": source }, read_outage)?;
        Ok(outages.collect::<Result<_, _>>()?)
    }

    /// Maintenance that overlaps a time, of one service or of all, the earliest first.
    pub fn maintenance(
        &self,
        service: Option<ServiceId>,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<KnownMaintenance>> {
        let wanted = match service {
            Some(_) => "id IN (SELECT maintenance FROM maintenance_service WHERE service = :service)",
            None => ":service IS NULL",
        };
        let sql = format!(
            "SELECT {MAINTENANCE} FROM maintenance WHERE {wanted} AND from_at < :to AND to_at > :from ORDER BY from_at, id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let work = select.query_map(
            named_params! { ":service": text(service), ":from": Number(from), ":to": Number(to) },
            read_maintenance,
        )?;
        self.with_services(work.collect::<Result<_, _>>()?)
    }

    /// Maintenance by its identity.
    pub fn maintenance_of(&self, id: RowId) -> Result<Option<KnownMaintenance>> {
        let sql = format!("SELECT {MAINTENANCE} FROM maintenance WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let work = select.query_row(named_params! { ":id": Text(id) }, read_maintenance).optional()?;
        Ok(self.with_services(work.into_iter().collect())?.pop())
    }

    /// What was read from a source before: its maintenance.
    pub fn maintenance_from(&self, source: &str) -> Result<Vec<KnownMaintenance>> {
        let sql =
            format!("SELECT {MAINTENANCE} FROM maintenance WHERE source = :source ORDER BY from_at, id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let work = select.query_map(named_params! { ":source": source }, read_maintenance)?;
        self.with_services(work.collect::<Result<_, _>>()?)
    }

    fn with_services(&self, mut all: Vec<KnownMaintenance>) -> Result<Vec<KnownMaintenance>> {
        let mut select = self.connection.prepare_cached(
            "SELECT service FROM maintenance_service WHERE maintenance = :maintenance ORDER BY id",
        )?;
        for work in &mut all {
            let services = select
                .query_map(named_params! { ":maintenance": Text(work.id) }, |row| row.word("service"))?;
            work.services = services.collect::<rusqlite::Result<_>>()?;
        }
        Ok(all)
    }

    /// Times of which a person says that nothing is known, of one service or of all, the earliest first.
    pub fn unknown_times(
        &self,
        service: Option<ServiceId>,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<UnknownTime>> {
        let wanted = if service.is_some() { "service = :service" } else { ":service IS NULL" };
        let sql = format!(
            "SELECT id, service, from_at, to_at, note
               FROM unknown_time
              WHERE {wanted} AND from_at < :to AND to_at > :from
              ORDER BY from_at, id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let times = select.query_map(
            named_params! { ":service": text(service), ":from": Number(from), ":to": Number(to) },
            read_unknown,
        )?;
        Ok(times.collect::<Result<_, _>>()?)
    }

    /// A time of which a person says that nothing is known.
    pub fn unknown_time(&self, id: RowId) -> Result<Option<UnknownTime>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT id, service, from_at, to_at, note FROM unknown_time WHERE id = :id")?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_unknown).optional()?)
    }

    /// What logs of checks say of a service in some time, the earliest first.
    pub fn stretches(&self, service: ServiceId, from: Instant, to: Instant) -> Result<Vec<KnownStretch>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, source, from_at, to_at, seen, checks
               FROM service_stretch
              WHERE service = :service AND to_at > :from AND from_at < :to
              ORDER BY from_at, id",
        )?;
        let stretches = select.query_map(
            named_params! { ":service": Text(service), ":from": Number(from), ":to": Number(to) },
            read_stretch,
        )?;
        Ok(stretches.collect::<Result<_, _>>()?)
    }

    /// When a service was first checked; none where it never was.
    pub fn first_check(&self, service: ServiceId) -> Result<Option<Instant>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT min(from_at) AS first FROM service_stretch WHERE service = ?1")?;
        Ok(select.query_row([Text(service)], |row| row.maybe_number("first"))?)
    }

    /// Checks and requests of a service by hours of UTC that begin in some time, each with its log.
    pub fn hour_counts(
        &self,
        service: ServiceId,
        from: Instant,
        to: Instant,
    ) -> Result<Vec<(String, HourCount)>> {
        let hour = |at: Instant| at.millis().div_euclid(3_600_000);
        let (first, last) = (hour(from.plus_millis(3_599_999)), hour(to.plus_millis(-1)));
        let mut select = self.connection.prepare_cached(
            "SELECT source, day, hours
               FROM service_day
              WHERE service = :service AND day BETWEEN :first AND :last
              ORDER BY day, source",
        )?;
        let mut rows = select.query(named_params! {
            ":service": Text(service), ":first": Text(day_of(first)), ":last": Text(day_of(last)),
        })?;
        let mut counts = Vec::new();
        while let Some(row) = rows.next()? {
            let (source, day): (String, Day) = (row.get("source")?, row.word("day")?);
            for count in read_hours(day, &row.get::<_, String>("hours")?)? {
                if (first..=last).contains(&count.hour) {
                    counts.push((source.clone(), count));
                }
            }
        }
        Ok(counts)
    }

    /// The logs that tell of a service.
    pub fn stretch_sources(&self, service: ServiceId) -> Result<Vec<StretchSource>> {
        let mut select = self.connection.prepare_cached(
            "SELECT source, min(from_at) AS first, max(to_at) AS last, sum(checks) AS checks
               FROM service_stretch
              WHERE service = :service
              GROUP BY source
              UNION ALL
             SELECT DISTINCT source, NULL, NULL, 0
               FROM service_day
              WHERE service = :service
                AND source NOT IN (SELECT source FROM service_stretch WHERE service = :service)
              ORDER BY source",
        )?;
        let sources = select.query_map(named_params! { ":service": Text(service) }, |row| {
            Ok(StretchSource {
                name: row.get("source")?,
                from: row.maybe_number("first")?,
                to: row.maybe_number("last")?,
                checks: row.get("checks")?,
            })
        })?;
        Ok(sources.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Adds an outage, or changes the one with its identity.
    pub fn put_outage(&mut self, outage: &KnownOutage) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO outage (id, service, class, from_at, to_at, title, incident, source, key)
                 VALUES (:id, :service, :class, :from, :to, :title, :incident, :source, :key)
                 ON CONFLICT (id) DO UPDATE
                    SET service = excluded.service, class = excluded.class, from_at = excluded.from_at,
                        to_at = excluded.to_at, title = excluded.title, incident = excluded.incident",
            )?
            .execute(named_params! {
                ":id": Text(outage.id), ":service": Text(outage.service), ":class": Text(outage.class),
                ":from": Number(outage.from), ":to": outage.to.map(Number), ":title": outage.title,
                ":incident": text(outage.incident), ":source": outage.source, ":key": outage.key,
            })?;
        Ok(())
    }

    /// Takes an outage away that was written down by mistake; the journal keeps it.
    pub fn remove_outage(&mut self, id: OutageId) -> Result<()> {
        self.connection.execute("DELETE FROM outage WHERE id = ?1", [Text(id)])?;
        Ok(())
    }

    /// Adds maintenance, or changes the one with its identity.
    pub fn put_maintenance(&mut self, work: &KnownMaintenance) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO maintenance (id, title, from_at, to_at, announced_at, source, key)
                 VALUES (:id, :title, :from, :to, :announced_at, :source, :key)
                 ON CONFLICT (id) DO UPDATE
                    SET title = excluded.title, from_at = excluded.from_at, to_at = excluded.to_at,
                        announced_at = excluded.announced_at",
            )?
            .execute(named_params! {
                ":id": Text(work.id), ":title": work.title, ":from": Number(work.from), ":to": Number(work.to),
                ":announced_at": work.announced_at.map(Number), ":source": work.source, ":key": work.key,
            })?;
        let known = self.maintenance_of(work.id)?.map(|known| known.services).unwrap_or_default();
        if known == work.services {
            return Ok(());
        }
        self.connection.execute("DELETE FROM maintenance_service WHERE maintenance = ?1", [Text(work.id)])?;
        for service in &work.services {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO maintenance_service (id, maintenance, service) VALUES (:id, :maintenance, :service)",
                named_params! { ":id": Text(id), ":maintenance": Text(work.id), ":service": Text(*service) },
            )?;
        }
        Ok(())
    }

    /// Takes maintenance away.
    pub fn remove_maintenance(&mut self, id: RowId) -> Result<()> {
        self.connection.execute("DELETE FROM maintenance_service WHERE maintenance = ?1", [Text(id)])?;
        self.connection.execute("DELETE FROM maintenance WHERE id = ?1", [Text(id)])?;
        Ok(())
    }

    /// Adds a time of which nothing is known.
    pub fn put_unknown_time(&mut self, time: &UnknownTime) -> Result<()> {
        self.connection.execute(
            "INSERT INTO unknown_time (id, service, from_at, to_at, note)
             VALUES (:id, :service, :from, :to, :note)
             ON CONFLICT (id) DO UPDATE
                SET service = excluded.service, from_at = excluded.from_at, to_at = excluded.to_at,
                    note = excluded.note",
            named_params! {
                ":id": Text(time.id), ":service": Text(time.service), ":from": Number(time.from),
                ":to": Number(time.to), ":note": time.note,
            },
        )?;
        Ok(())
    }

    /// Takes a time of which nothing was known away.
    pub fn remove_unknown_time(&mut self, id: RowId) -> Result<()> {
        self.connection.execute("DELETE FROM unknown_time WHERE id = ?1", [Text(id)])?;
        Ok(())
    }

    /// Writes what a log of checks says of a service, in order of time: it takes the place of what the log said of that
    /// time before. Answers how many stretches are new or other than before.
    pub fn put_stretches(
        &mut self,
        service: ServiceId,
        source: &str,
        stretches: &[Stretch],
    ) -> Result<usize> {
        let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else { return Ok(0) };
        let mut before = self.stretches(service, first.from, last.to)?;
        before.retain(|known| known.source == source);
        let same = |known: &KnownStretch| stretches.contains(&known.stretch);
        let stay: Vec<Stretch> =
            before.iter().filter(|known| same(known)).map(|known| known.stretch).collect();
        for known in before.iter().filter(|known| !same(known)) {
            self.connection
                .prepare_cached("DELETE FROM service_stretch WHERE id = ?1")?
                .execute([Text(known.id)])?;
            // What lies outside of the new time stays, without its number of checks where that is told anew.
            let Stretch { from, to, .. } = known.stretch;
            for (from, to, checks) in
                [(from, to.min(first.from), known.stretch.checks), (from.max(last.to), to, 0)]
            {
                if from < to {
                    self.add_stretch(service, source, &Stretch { from, to, checks, ..known.stretch })?;
                }
            }
        }
        let mut written = 0;
        for stretch in stretches.iter().filter(|stretch| !stay.contains(stretch)) {
            self.add_stretch(service, source, stretch)?;
            written += 1;
        }
        Ok(written)
    }

    fn add_stretch(&mut self, service: ServiceId, source: &str, stretch: &Stretch) -> Result<()> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO service_stretch (id, service, source, from_at, to_at, seen, checks)
                 VALUES (:id, :service, :source, :from, :to, :seen, :checks)",
            )?
            .execute(named_params! {
                ":id": Text(id), ":service": Text(service), ":source": source, ":from": Number(stretch.from),
                ":to": Number(stretch.to), ":seen": seen_word(stretch.seen), ":checks": stretch.checks,
            })?;
        Ok(())
    }

    /// Writes checks and requests by hours; of an hour that is known already the fuller sum stays.
    pub fn put_hour_counts(&mut self, service: ServiceId, source: &str, counts: &[HourCount]) -> Result<()> {
        let mut counts = counts.to_vec();
        counts.sort_by_key(|count| count.hour);
        for of_day in counts.chunk_by(|one, other| one.hour.div_euclid(24) == other.hour.div_euclid(24)) {
            let Some(first) = of_day.first() else { continue };
            let day = day_of(first.hour);
            let (id, mut hours) = self.service_day(service, source, day)?;
            for count in of_day {
                match hours.iter_mut().find(|hour| hour.hour == count.hour) {
                    Some(hour) => *hour = fuller(*hour, *count),
                    None => hours.push(*count),
                }
            }
            self.put_service_day(id, service, source, day, &hours)?;
        }
        Ok(())
    }

    /// Writes the requests of one hour as they are said, whatever was known of it; no valid ones take the count away.
    pub fn set_hour_count(&mut self, service: ServiceId, source: &str, count: HourCount) -> Result<()> {
        let day = day_of(count.hour);
        let (id, mut hours) = self.service_day(service, source, day)?;
        hours.retain(|hour| hour.hour != count.hour);
        if count.valid > 0 || count.checks > 0 {
            hours.push(count);
        }
        self.put_service_day(id, service, source, day, &hours)
    }

    /// The row of a day of a log and the hours that it holds; a fresh identity and none where the day is new.
    fn service_day(&mut self, service: ServiceId, source: &str, day: Day) -> Result<(RowId, Vec<HourCount>)> {
        let known: Option<(RowId, String)> = self
            .connection
            .prepare_cached(
                "SELECT id, hours FROM service_day WHERE service = :service AND day = :day AND source = :source",
            )?
            .query_row(
                named_params! { ":service": Text(service), ":day": Text(day), ":source": source },
                |row| Ok((row.word("id")?, row.get("hours")?)),
            )
            .optional()?;
        match known {
            Some((id, hours)) => Ok((id, read_hours(day, &hours)?)),
            None => Ok((self.identity(), Vec::new())),
        }
    }

    fn put_service_day(
        &mut self,
        id: RowId,
        service: ServiceId,
        source: &str,
        day: Day,
        hours: &[HourCount],
    ) -> Result<()> {
        if hours.is_empty() {
            self.connection.execute("DELETE FROM service_day WHERE id = ?1", [Text(id)])?;
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "INSERT INTO service_day (id, service, source, day, hours)
                 VALUES (:id, :service, :source, :day, :hours)
                 ON CONFLICT (id) DO UPDATE SET hours = excluded.hours",
            )?
            .execute(named_params! {
                ":id": Text(id), ":service": Text(service), ":source": source, ":day": Text(day),
                ":hours": hours_json(hours)?,
            })?;
        Ok(())
    }

    /// Takes away everything that a log says of a service.
    pub fn remove_stretch_source(&mut self, service: ServiceId, source: &str) -> Result<()> {
        for table in ["service_stretch", "service_day"] {
            let sql = format!("DELETE FROM {table} WHERE service = :service AND source = :source");
            self.connection.execute(&sql, named_params! { ":service": Text(service), ":source": source })?;
        }
        Ok(())
    }
}

/// Of two sums of one hour the one of more checks, and the one of more requests.
fn fuller(one: HourCount, other: HourCount) -> HourCount {
    let checks = if other.checks >= one.checks { other } else { one };
    let requests = if other.valid >= one.valid { other } else { one };
    HourCount { valid: requests.valid, good: requests.good, ..checks }
}

/// The day of UTC in which an hour lies.
fn day_of(hour: i64) -> Day {
    domain::calendar::Zone::UTC.day_of(Instant::from_millis(hour.saturating_mul(3_600_000)))
}

/// The hours of a day as JSON: 24 lists of checks, those that saw it up, valid and good requests.
fn hours_json(hours: &[HourCount]) -> Result<String> {
    let mut day = [(0_u32, 0_u32, 0_u64, 0_u64); 24];
    for count in hours {
        if let Some(hour) = day.get_mut(count.hour.rem_euclid(24) as usize) {
            *hour = (count.checks, count.up, count.valid, count.good);
        }
    }
    serde_json::to_string(&day).map_err(|error| StoreError::Internal(error.to_string()))
}

/// The hours of a day that hold anything.
fn read_hours(day: Day, json: &str) -> Result<Vec<HourCount>> {
    let first = domain::calendar::Zone::UTC.start_of(day).millis().div_euclid(3_600_000);
    let hours: Vec<(u32, u32, u64, u64)> =
        serde_json::from_str(json).map_err(|error| StoreError::Internal(error.to_string()))?;
    let counts = hours.into_iter().enumerate().map(|(place, (checks, up, valid, good))| HourCount {
        hour: first + place as i64,
        checks,
        up,
        valid,
        good,
    });
    Ok(counts.filter(|count| count.checks > 0 || count.valid > 0).collect())
}

fn read_outage(row: &Row<'_>) -> rusqlite::Result<KnownOutage> {
    Ok(KnownOutage {
        id: row.word("id")?,
        service: row.word("service")?,
        class: row.word("class")?,
        from: row.number("from_at")?,
        to: row.maybe_number("to_at")?,
        title: row.get("title")?,
        incident: row.maybe_word("incident")?,
        source: row.get("source")?,
        key: row.get("key")?,
    })
}

fn read_maintenance(row: &Row<'_>) -> rusqlite::Result<KnownMaintenance> {
    Ok(KnownMaintenance {
        id: row.word("id")?,
        title: row.get("title")?,
        services: Vec::new(),
        from: row.number("from_at")?,
        to: row.number("to_at")?,
        announced_at: row.maybe_number("announced_at")?,
        source: row.get("source")?,
        key: row.get("key")?,
    })
}

fn read_unknown(row: &Row<'_>) -> rusqlite::Result<UnknownTime> {
    Ok(UnknownTime {
        id: row.word("id")?,
        service: row.word("service")?,
        from: row.number("from_at")?,
        to: row.number("to_at")?,
        note: row.get("note")?,
    })
}

fn read_stretch(row: &Row<'_>) -> rusqlite::Result<KnownStretch> {
    let seen: String = row.get(4)?;
    let seen = match seen.as_str() {
        "unknown" => None,
        "up" => Some(None),
        class => Some(Some(class.parse::<Class>().map_err(|unreadable| {
            rusqlite::Error::FromSqlConversionFailure(4, rusqlite::types::Type::Text, Box::new(unreadable))
        })?)),
    };
    Ok(KnownStretch {
        id: row.word(0)?,
        source: row.get(1)?,
        stretch: Stretch { from: row.number(2)?, to: row.number(3)?, seen, checks: row.get(5)? },
    })
}

fn seen_word(seen: Option<Option<Class>>) -> &'static str {
    match seen {
        None => "unknown",
        Some(None) => "up",
        Some(Some(class)) => class.word(),
    }
}
