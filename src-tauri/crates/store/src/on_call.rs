//! On call: levels, rotations, what was agreed besides, the times that are stored, notes for handovers.
//!
//! 1. Who is on call is made by the rules of the domain out of these rows; it is stored only for the past, and where it
//!    was brought in or marked by hand.

use crate::Result;
use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, text};
use chrono::{NaiveDateTime, NaiveTime, Timelike};
use domain::backlog::Rank;
use domain::calendar::{Day, Instant};
use domain::identity::{MemberId, RotationId, RowId};
use domain::measures::Minutes;
use domain::on_call::{OnCallBook, OnCallChange, OnCallLevel, Restriction, StoredShift, TeamRotation};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::BTreeSet;

/// How a local time stands in the file.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// What whoever hands over tells the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverNote {
    /// Its identity.
    pub id: RowId,
    /// The level.
    pub level: RowId,
    /// The handover for which it is meant.
    pub handover: Instant,
    /// Who hands over; none where that is no longer known.
    pub member: Option<MemberId>,
    /// What the next should watch.
    pub text: String,
    /// When it was written.
    pub recorded_at: Instant,
}

impl Reader<'_> {
    /// The levels, in the order in which they are called.
    pub fn on_call_levels(&self) -> Result<Vec<OnCallLevel>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, name, takes_hours, all_hours, recorded_until FROM on_call_level ORDER BY rank, id",
        )?;
        let levels = select.query_map([], |row| {
            Ok(OnCallLevel {
                id: row.word("id")?,
                name: row.get("name")?,
                takes_hours: row.get("takes_hours")?,
                all_hours: row.get("all_hours")?,
                recorded_until: row.maybe_number("recorded_until")?,
            })
        })?;
        Ok(levels.collect::<Result<_, _>>()?)
    }

    /// The rotations, by their names.
    pub fn rotations(&self) -> Result<Vec<TeamRotation>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, level, name, zone, first_local, unit, length, ends_at
               FROM rotation
              ORDER BY name COLLATE NOCASE, id",
        )?;
        let mut rotations =
            select.query_map([], read_rotation)?.collect::<rusqlite::Result<Vec<TeamRotation>>>()?;
        let mut people = self
            .connection
            .prepare_cached("SELECT member FROM rotation_person WHERE rotation = :id ORDER BY place, id")?;
        let mut restrictions = self.connection.prepare_cached(
            "SELECT days, from_minute, to_minute FROM rotation_restriction WHERE rotation = :id ORDER BY id",
        )?;
        for rotation in &mut rotations {
            let id = Text(rotation.id);
            let found = people.query_map(named_params! { ":id": id }, |row| row.word("member"))?;
            rotation.people = found.collect::<rusqlite::Result<_>>()?;
            let found = restrictions.query_map(named_params! { ":id": id }, |row| {
                Ok(Restriction {
                    days: row.number("days")?,
                    from: time_of(row.get("from_minute")?),
                    to: time_of(row.get("to_minute")?),
                })
            })?;
            rotation.restrictions = found.collect::<rusqlite::Result<_>>()?;
        }
        Ok(rotations)
    }

    /// What was agreed besides the rotations and touches a window, the newest last.
    pub fn on_call_changes(&self, from: Instant, to: Instant) -> Result<Vec<OnCallChange>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, level, kind, from_at, to_at, leaves, takes, note, recorded_at
               FROM on_call_change
              WHERE from_at < :to AND to_at > :from
              ORDER BY recorded_at, id",
        )?;
        let window = named_params! { ":from": Number(from), ":to": Number(to) };
        let changes = select.query_map(window, |row| {
            Ok(OnCallChange {
                id: row.word("id")?,
                level: row.word("level")?,
                kind: row.word("kind")?,
                from: row.number("from_at")?,
                to: row.number("to_at")?,
                leaves: row.maybe_word("leaves")?,
                takes: row.maybe_word("takes")?,
                note: row.get("note")?,
                recorded_at: row.number("recorded_at")?,
            })
        })?;
        Ok(changes.collect::<Result<_, _>>()?)
    }

    /// The stored shifts that touch a window or its ends, in order of time.
    pub fn stored_shifts(&self, from: Instant, to: Instant) -> Result<Vec<StoredShift>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, level, member, from_at, to_at, source
               FROM on_call_shift
              WHERE from_at <= :to AND to_at >= :from
              ORDER BY from_at, to_at, id",
        )?;
        let window = named_params! { ":from": Number(from), ":to": Number(to) };
        let shifts = select.query_map(window, |row| {
            Ok(StoredShift {
                id: row.word("id")?,
                level: row.word("level")?,
                member: row.word("member")?,
                from: row.number("from_at")?,
                to: row.number("to_at")?,
                source: row.get("source")?,
            })
        })?;
        Ok(shifts.collect::<Result<_, _>>()?)
    }

    /// Everything that says who is on call in a window.
    pub fn on_call_book(&self, from: Instant, to: Instant) -> Result<OnCallBook> {
        let levels = self.on_call_levels()?;
        if levels.is_empty() {
            return Ok(OnCallBook::default());
        }
        let zone = self.team()?.zone;
        let absences = self.absences(zone.day_of(from), zone.day_of(to))?;
        Ok(OnCallBook::new(
            levels,
            &self.rotations()?,
            &self.on_call_changes(from, to)?,
            &self.stored_shifts(from, to)?,
            &absences,
            zone,
        ))
    }

    /// Who is on call on which of the days from the first to the last, as capacity counts it.
    pub fn days_on_call(&self, first: Day, last: Day) -> Result<BTreeSet<(MemberId, Day)>> {
        let zone = self.team()?.zone;
        let book = self.on_call_book(zone.start_of(first), zone.start_of(last.plus(1)))?;
        Ok(book.days(first, last, zone))
    }

    /// What members wrote down on interrupts on the days from the first to the last, summed by member and day.
    pub fn interrupt_time_by_day(&self, first: Day, last: Day) -> Result<Vec<(MemberId, Day, Minutes)>> {
        let mut select = self.connection.prepare_cached(
            "SELECT member, day, sum(minutes) AS minutes
               FROM interrupt_hours
              WHERE member IS NOT NULL AND day BETWEEN :first AND :last
              GROUP BY member, day",
        )?;
        let days = named_params! { ":first": Text(first), ":last": Text(last) };
        let times = select
            .query_map(days, |row| Ok((row.word("member")?, row.word("day")?, row.number("minutes")?)))?;
        Ok(times.collect::<Result<_, _>>()?)
    }

    /// The notes for handovers of a level in a window, the newest last.
    pub fn handover_notes(&self, level: RowId, from: Instant, to: Instant) -> Result<Vec<HandoverNote>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, level, handover_at, member, text, recorded_at
               FROM handover_note
              WHERE level = :level AND handover_at BETWEEN :from AND :to
              ORDER BY handover_at, recorded_at, id",
        )?;
        let notes = select.query_map(
            named_params! { ":level": Text(level), ":from": Number(from), ":to": Number(to) },
            |row| {
                Ok(HandoverNote {
                    id: row.word("id")?,
                    level: row.word("level")?,
                    handover: row.number("handover_at")?,
                    member: row.maybe_word("member")?,
                    text: row.get("text")?,
                    recorded_at: row.number("recorded_at")?,
                })
            },
        )?;
        Ok(notes.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Adds a level after the others, or changes the one with its identity.
    pub fn put_on_call_level(&mut self, level: &OnCallLevel) -> Result<()> {
        let last: Option<Rank> = self
            .connection
            .prepare_cached("SELECT rank FROM on_call_level ORDER BY rank DESC, id DESC LIMIT 1")?
            .query_row([], |row| row.word("rank"))
            .optional()?;
        self.connection
            .prepare_cached(
                "INSERT INTO on_call_level (id, name, rank, takes_hours, all_hours, recorded_until)
                 VALUES (:id, :name, :rank, :takes_hours, :all_hours, :recorded_until)
                 ON CONFLICT (id) DO UPDATE
                    SET name = excluded.name, takes_hours = excluded.takes_hours,
                        all_hours = excluded.all_hours, recorded_until = excluded.recorded_until",
            )?
            .execute(named_params! {
                ":id": Text(level.id), ":name": level.name,
                ":rank": Text(Rank::between(last.as_ref(), None)), ":takes_hours": level.takes_hours,
                ":all_hours": level.all_hours,
                ":recorded_until": level.recorded_until.map(Number),
            })?;
        Ok(())
    }

    /// Takes a level away, with all that is known of it.
    pub fn remove_on_call_level(&mut self, id: RowId) -> Result<bool> {
        let of_level: Vec<TeamRotation> =
            self.rotations()?.into_iter().filter(|rotation| rotation.level == id).collect();
        for rotation in of_level {
            self.remove_rotation(rotation.id)?;
        }
        for table in ["on_call_change", "on_call_shift", "handover_note"] {
            self.connection.execute(&format!("DELETE FROM {table} WHERE level = ?1"), [Text(id)])?;
        }
        Ok(self.connection.execute("DELETE FROM on_call_level WHERE id = ?1", [Text(id)])? > 0)
    }

    /// Writes a rotation, with its people and times of the week.
    pub fn put_rotation(&mut self, rotation: &TeamRotation) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO rotation (id, level, name, zone, first_local, unit, length, ends_at)
                 VALUES (:id, :level, :name, :zone, :first_local, :unit, :length, :ends_at)
                 ON CONFLICT (id) DO UPDATE
                    SET level = excluded.level, name = excluded.name, zone = excluded.zone,
                        first_local = excluded.first_local, unit = excluded.unit, length = excluded.length,
                        ends_at = excluded.ends_at",
            )?
            .execute(named_params! {
                ":id": Text(rotation.id), ":level": Text(rotation.level), ":name": rotation.name,
                ":zone": Text(rotation.zone), ":first_local": rotation.first.format(LOCAL).to_string(),
                ":unit": Text(rotation.unit), ":length": rotation.length, ":ends_at": rotation.ends.map(Number),
            })?;
        self.remove_parts(rotation.id)?;
        for (place, member) in rotation.people.iter().enumerate() {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO rotation_person (id, rotation, member, place)
                 VALUES (:id, :rotation, :member, :place)",
                named_params! {
                    ":id": Text(id), ":rotation": Text(rotation.id), ":member": Text(*member),
                    ":place": place as i64,
                },
            )?;
        }
        for one in &rotation.restrictions {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO rotation_restriction (id, rotation, days, from_minute, to_minute)
                 VALUES (:id, :rotation, :days, :from_minute, :to_minute)",
                named_params! {
                    ":id": Text(id), ":rotation": Text(rotation.id), ":days": one.days.bits(),
                    ":from_minute": minute_of(one.from), ":to_minute": minute_of(one.to),
                },
            )?;
        }
        Ok(())
    }

    /// Takes a rotation away; answers whether there was one.
    pub fn remove_rotation(&mut self, id: RotationId) -> Result<bool> {
        self.remove_parts(id)?;
        Ok(self.connection.execute("DELETE FROM rotation WHERE id = ?1", [Text(id)])? > 0)
    }

    fn remove_parts(&mut self, id: RotationId) -> Result<()> {
        for table in ["rotation_person", "rotation_restriction"] {
            self.connection.execute(&format!("DELETE FROM {table} WHERE rotation = ?1"), [Text(id)])?;
        }
        Ok(())
    }

    /// Adds what was agreed besides a rotation.
    pub fn add_on_call_change(&mut self, change: &OnCallChange) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO on_call_change (id, level, kind, from_at, to_at, leaves, takes, note, recorded_at)
                 VALUES (:id, :level, :kind, :from_at, :to_at, :leaves, :takes, :note, :recorded_at)",
            )?
            .execute(named_params! {
                ":id": Text(change.id), ":level": Text(change.level), ":kind": Text(change.kind),
                ":from_at": Number(change.from), ":to_at": Number(change.to),
                ":leaves": text(change.leaves), ":takes": text(change.takes), ":note": change.note,
                ":recorded_at": Number(change.recorded_at),
            })?;
        Ok(())
    }

    /// Takes back what was agreed; answers whether it was there.
    pub fn remove_on_call_change(&mut self, id: RowId) -> Result<bool> {
        Ok(self.connection.execute("DELETE FROM on_call_change WHERE id = ?1", [Text(id)])? > 0)
    }

    /// Writes a stored shift.
    pub fn put_stored_shift(&mut self, shift: &StoredShift) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO on_call_shift (id, level, member, from_at, to_at, source)
                 VALUES (:id, :level, :member, :from_at, :to_at, :source)
                 ON CONFLICT (id) DO UPDATE
                    SET level = excluded.level, member = excluded.member, from_at = excluded.from_at,
                        to_at = excluded.to_at, source = excluded.source",
            )?
            .execute(named_params! {
                ":id": Text(shift.id), ":level": Text(shift.level), ":member": Text(shift.member),
                ":from_at": Number(shift.from), ":to_at": Number(shift.to), ":source": shift.source,
            })?;
        Ok(())
    }

    /// Takes a stored shift away; answers whether there was one.
    pub fn remove_stored_shift(&mut self, id: RowId) -> Result<bool> {
        Ok(self.connection.execute("DELETE FROM on_call_shift WHERE id = ?1", [Text(id)])? > 0)
    }

    /// Adds a note for a handover.
    pub fn add_handover_note(&mut self, note: &HandoverNote) -> Result<()> {
        self.connection.execute(
            "INSERT INTO handover_note (id, level, handover_at, member, text, recorded_at)
             VALUES (:id, :level, :handover_at, :member, :text, :recorded_at)",
            named_params! {
                ":id": Text(note.id), ":level": Text(note.level), ":handover_at": Number(note.handover),
                ":member": text(note.member), ":text": note.text, ":recorded_at": Number(note.recorded_at),
            },
        )?;
        Ok(())
    }

    /// Takes a member out of all that is said about on call; what they wrote for handovers stays.
    pub(crate) fn remove_from_on_call(&mut self, id: MemberId) -> Result<()> {
        for (table, column) in [
            ("on_call_shift", "member"),
            ("rotation_person", "member"),
            ("on_call_change", "leaves"),
            ("on_call_change", "takes"),
        ] {
            self.connection.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [Text(id)])?;
        }
        self.connection.execute("UPDATE handover_note SET member = NULL WHERE member = ?1", [Text(id)])?;
        Ok(())
    }
}

fn read_rotation(row: &Row<'_>) -> rusqlite::Result<TeamRotation> {
    let first: String = row.get("first_local")?;
    let first = NaiveDateTime::parse_from_str(&first, LOCAL)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error)))?;
    Ok(TeamRotation {
        id: row.word("id")?,
        level: row.word("level")?,
        name: row.get("name")?,
        zone: row.word("zone")?,
        first,
        unit: row.word("unit")?,
        length: row.get("length")?,
        ends: row.maybe_number("ends_at")?,
        people: Vec::new(),
        restrictions: Vec::new(),
    })
}

fn minute_of(time: NaiveTime) -> u32 {
    time.num_seconds_from_midnight() / 60
}

fn time_of(minute: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or(NaiveTime::MIN)
}
