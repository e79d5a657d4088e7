//! Absences, the part of a day that being on call takes, and ways to divide the capacity.

use crate::Result;
use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text};
use domain::calendar::Day;
use domain::capacity::{Absence, Attendance, OnCallFactor};
use domain::identity::{LaneId, RowId};
use domain::measures::Share;
use rusqlite::{OptionalExtension, Row, named_params};

/// A way to divide the capacity that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its identity.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// The share of each lane, by the lanes' order in the team.
    pub shares: Vec<(LaneId, Share)>,
}

impl Reader<'_> {
    /// An absence.
    pub fn absence(&self, id: RowId) -> Result<Option<Absence>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, member, first_day, last_day, away, note FROM absence WHERE id = :id",
        )?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, absence).optional()?)
    }

    /// The absences that have a day between the first and the last, by their first day.
    pub fn absences(&self, first: Day, last: Day) -> Result<Vec<Absence>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, member, first_day, last_day, away, note
               FROM absence
              WHERE first_day <= :last AND last_day >= :first
              ORDER BY first_day, id",
        )?;
        let absences =
            select.query_map(named_params! { ":first": Text(first), ":last": Text(last) }, absence)?;
        Ok(absences.collect::<Result<_, _>>()?)
    }

    /// The part of a day that being on call takes (2.3).
    pub fn on_call_factor(&self) -> Result<OnCallFactor> {
        let mut select = self
            .connection
            .prepare_cached("SELECT valid_from, share FROM on_call_factor ORDER BY valid_from, id")?;
        let set = select.query_map([], |row| Ok((row.word("valid_from")?, row.number("share")?)))?;
        Ok(OnCallFactor::new(set.collect::<Result<_, _>>()?))
    }

    /// Who is away and who is on call on the days from the first to the last.
    pub fn attendance(&self, first: Day, last: Day) -> Result<Attendance> {
        let (absences, on_call) = (self.absences(first, last)?, self.days_on_call(first, last)?);
        Ok(Attendance::of(&absences, on_call, self.on_call_factor()?, (first, last)))
    }

    /// The ways to divide the capacity, by their names.
    pub fn policies(&self) -> Result<Vec<Policy>> {
        let mut select =
            self.connection.prepare_cached("SELECT id, name FROM policy ORDER BY name COLLATE NOCASE, id")?;
        let policies = select.query_map([], |row| {
            Ok(Policy { id: row.word("id")?, name: row.get("name")?, shares: Vec::new() })
        })?;
        let mut policies = policies.collect::<rusqlite::Result<Vec<Policy>>>()?;
        let mut select = self.connection.prepare_cached(
            "SELECT policy_share.lane, policy_share.share
               FROM policy_share
               JOIN lane ON lane.id = policy_share.lane
              WHERE policy_share.policy = :policy
              ORDER BY lane.rank, lane.id",
        )?;
        for policy in &mut policies {
            let shares = select.query_map(named_params! { ":policy": Text(policy.id) }, |row| {
                Ok((row.word("lane")?, row.number("share")?))
            })?;
            policy.shares = shares.collect::<rusqlite::Result<_>>()?;
        }
        Ok(policies)
    }
}

impl Writer<'_> {
    /// Writes an absence.
    pub fn put_absence(&mut self, absence: &Absence) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO absence (id, member, first_day, last_day, away, note)
                 VALUES (:id, :member, :first_day, :last_day, :away, :note)
                 ON CONFLICT (id) DO UPDATE
                    SET member = excluded.member, first_day = excluded.first_day, last_day = excluded.last_day,
                        away = excluded.away, note = excluded.note",
            )?
            .execute(named_params! {
                ":id": Text(absence.id),
                ":member": Text(absence.member),
                ":first_day": Text(absence.first),
                ":last_day": Text(absence.last),
                ":away": Number(absence.away),
                ":note": absence.note,
            })?;
        Ok(())
    }

    /// Takes an absence away; answers whether there was one.
    pub fn remove_absence(&mut self, id: RowId) -> Result<bool> {
        Ok(self.connection.execute("DELETE FROM absence WHERE id = ?1", [Text(id)])? > 0)
    }

    /// Sets the part of a day that being on call takes from a day on.
    pub fn put_on_call_factor(&mut self, valid_from: Day, share: Share) -> Result<()> {
        self.connection.execute("DELETE FROM on_call_factor WHERE valid_from = ?1", [Text(valid_from)])?;
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO on_call_factor (id, valid_from, share) VALUES (:id, :valid_from, :share)",
            named_params! { ":id": Text(id), ":valid_from": Text(valid_from), ":share": Number(share) },
        )?;
        Ok(())
    }

    /// Writes a way to divide the capacity, with its shares.
    pub fn put_policy(&mut self, policy: &Policy) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO policy (id, name) VALUES (:id, :name)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            )?
            .execute(named_params! { ":id": Text(policy.id), ":name": policy.name })?;
        self.connection.execute("DELETE FROM policy_share WHERE policy = ?1", [Text(policy.id)])?;
        for (lane, share) in &policy.shares {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO policy_share (id, policy, lane, share) VALUES (:id, :policy, :lane, :share)",
                named_params! {
                    ":id": Text(id), ":policy": Text(policy.id), ":lane": Text(*lane), ":share": Number(*share),
                },
            )?;
        }
        Ok(())
    }

    /// Takes a way to divide the capacity away; answers whether there was one.
    pub fn remove_policy(&mut self, id: RowId) -> Result<bool> {
        self.connection.execute("DELETE FROM policy_share WHERE policy = ?1", [Text(id)])?;
        Ok(self.connection.execute("DELETE FROM policy WHERE id = ?1", [Text(id)])? > 0)
    }
}

fn absence(row: &Row<'_>) -> rusqlite::Result<Absence> {
    Ok(Absence {
        id: row.word("id")?,
        member: row.word("member")?,
        first: row.word("first_day")?,
        last: row.word("last_day")?,
        away: row.number("away")?,
        note: row.get("note")?,
    })
}
