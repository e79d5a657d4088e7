//! Daily Scrums and what was said in them; and what rows were at an earlier moment, by the journal.
//!
//! 1. A row was at a moment what its first change after it replaced; what did not change since is as it is now.
//! 2. A step that was taken back is no change: what it changed stands there as before.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, text};
use crate::{Result, StoreError};
use domain::calendar::Instant;
use domain::daily::{BlockerLimit, Daily, DailyNote, ItemThen};
use domain::identity::{DailyId, IncidentId, InterruptId, ItemId, MemberId, RowId, SprintId};
use domain::interrupt::IncidentSeverity;
use domain::measures::Minutes;
use rusqlite::{OptionalExtension, Row, named_params};
use std::error::Error;
use std::str::FromStr;

/// A thing that changed, with what was so for it before; none where it was not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<Id, Then> {
    /// The thing.
    pub id: Id,
    /// Its label then; empty where it was not here.
    pub label: String,
    /// Its title then; empty where it was not here.
    pub title: String,
    /// What was so.
    pub then: Option<Then>,
}

/// What was known of an incident or an interrupt at an earlier moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GraveThen {
    /// How grave it was.
    pub severity: IncidentSeverity,
    /// Who owned it.
    pub owner: Option<MemberId>,
    /// Whether it was over.
    pub over: bool,
}

const DAILY_COLUMNS: &str = "id, sprint, held_at, ended_at";
const NOTE_COLUMNS: &str = "id, daily, kind, member, item, noted_at, text";

/// The first change of each row of a table from a change on.
const FIRST_CHANGES: &str = "
    SELECT min(number) AS number
      FROM change
     WHERE number >= :from AND table_name = :table
     GROUP BY row";

impl Reader<'_> {
    /// The latest Daily Scrums, the latest first.
    pub fn dailies(&self, limit: u32) -> Result<Vec<Daily>> {
        let sql = format!("SELECT {DAILY_COLUMNS} FROM daily ORDER BY held_at DESC, id DESC LIMIT :limit");
        let mut select = self.connection.prepare_cached(&sql)?;
        let dailies = select.query_map(named_params! { ":limit": limit }, read_daily)?;
        Ok(dailies.collect::<Result<_, _>>()?)
    }

    /// What was said in a Daily Scrum, in its order.
    pub fn daily_notes(&self, daily: DailyId) -> Result<Vec<DailyNote>> {
        let sql = format!("SELECT {NOTE_COLUMNS} FROM daily_note WHERE daily = :daily ORDER BY noted_at, id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let notes = select.query_map(named_params! { ":daily": Text(daily) }, read_note)?;
        Ok(notes.collect::<Result<_, _>>()?)
    }

    /// One thing that was said, if it is there.
    pub fn daily_note(&self, id: RowId) -> Result<Option<DailyNote>> {
        let sql = format!("SELECT {NOTE_COLUMNS} FROM daily_note WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_note).optional()?)
    }

    /// Whether something was said of a member in a Daily Scrum.
    pub fn knows_daily_notes(&self, member: MemberId) -> Result<bool> {
        let mut select = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM daily_note WHERE member = :member)")?;
        Ok(select.query_row(named_params! { ":member": Text(member) }, |row| row.get(0))?)
    }

    /// After how many working days a blocker asks for more than the Daily Scrum.
    pub fn blocker_limit(&self) -> Result<BlockerLimit> {
        let mut select =
            self.connection.prepare_cached("SELECT days FROM blocker_limit ORDER BY id LIMIT 1")?;
        let days: Option<u32> = select.query_row([], |row| row.get(0)).optional()?;
        Ok(days.and_then(|days| BlockerLimit::of_days(days).ok()).unwrap_or_default())
    }

    /// The place in the journal from which on rows changed after a moment; none where nothing did.
    pub fn changes_after(&self, moment: Instant) -> Result<Option<i64>> {
        // Times rise with the numbers: the latest steps are looked at, and as many as there were since.
        let mut select = self.connection.prepare_cached(
            "SELECT first_change
               FROM operation
              WHERE number = 1 + coalesce((SELECT number
                                             FROM operation
                                            WHERE at <= :moment
                                            ORDER BY number DESC
                                            LIMIT 1), 0)",
        )?;
        Ok(select.query_row(named_params! { ":moment": Number(moment) }, |row| row.get(0)).optional()?)
    }

    /// What was so for the items that changed from a place of the journal on.
    pub fn items_then(&self, from: i64) -> Result<Vec<Changed<ItemId, ItemThen>>> {
        let sql = format!(
            "SELECT row AS id, before IS NOT NULL AS known,
                    coalesce(before ->> '$.label', '') AS label, coalesce(before ->> '$.title', '') AS title,
                    before ->> '$.state' AS state, before ->> '$.size' AS size, before ->> '$.owner' AS owner,
                    before ->> '$.blocked' AS blocked, before ->> '$.sprint' AS sprint
               FROM change
              WHERE number IN ({FIRST_CHANGES})
              ORDER BY number"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let changed = select.query_map(named_params! { ":from": from, ":table": "item" }, |row| {
            let then = ItemThen {
                state: row.maybe_word("state")?,
                size: row.maybe_number("size")?,
                owner: row.maybe_word("owner")?,
                blocked: row.get("blocked")?,
                sprint: row.maybe_word("sprint")?,
            };
            read_changed(row, then)
        })?;
        Ok(changed.collect::<Result<_, _>>()?)
    }

    /// What was so for the interrupts that changed from a place of the journal on.
    pub fn interrupts_then(&self, from: i64) -> Result<Vec<Changed<InterruptId, GraveThen>>> {
        self.grave_then("interrupt", "before ->> '$.ended_at'", from)
    }

    fn grave_then<Id>(&self, table: &str, over: &str, from: i64) -> Result<Vec<Changed<Id, GraveThen>>>
    where
        Id: FromStr,
        Id::Err: Error + Send + Sync + 'static,
    {
        let usual = IncidentSeverity::default();
        let sql = format!(
            "SELECT row AS id, before IS NOT NULL AS known,
                    coalesce(before ->> '$.label', '') AS label, coalesce(before ->> '$.title', '') AS title,
                    coalesce(before ->> '$.severity', '{usual}') AS severity, before ->> '$.owner' AS owner,
                    {over} IS NOT NULL AS over
               FROM change
              WHERE number IN ({FIRST_CHANGES})
              ORDER BY number"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let changed = select.query_map(named_params! { ":from": from, ":table": table }, |row| {
            let then = GraveThen {
                severity: row.word("severity")?,
                owner: row.maybe_word("owner")?,
                over: row.get("over")?,
            };
            read_changed(row, then)
        })?;
        Ok(changed.collect::<Result<_, _>>()?)
    }

    /// What was so for the incidents that changed from a place of the journal on; one that was merged is over.
    pub fn incidents_then(&self, from: i64) -> Result<Vec<Changed<IncidentId, GraveThen>>> {
        self.grave_then("incident", "coalesce(before ->> '$.resolved_at', before ->> '$.merged_into')", from)
    }

    /// By how much the time of interrupts rose, or fell, from a place of the journal on; those whose time is the same
    /// are left out.
    pub fn interrupt_time_since(&self, from: i64) -> Result<Vec<(InterruptId, Minutes)>> {
        let sql = format!(
            "SELECT coalesce(now.interrupt, first.before ->> '$.interrupt') AS interrupt,
                    sum(coalesce(now.minutes, 0) - coalesce(first.before ->> '$.minutes', 0)) AS minutes
               FROM change AS first
               LEFT JOIN interrupt_hours AS now ON now.id = first.row
              WHERE first.number IN ({FIRST_CHANGES})
                AND (now.id IS NOT NULL OR first.before IS NOT NULL)
              GROUP BY 1
             HAVING minutes <> 0"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let times = select
            .query_map(named_params! { ":from": from, ":table": "interrupt_hours" }, |row| {
                Ok((row.word("interrupt")?, row.number("minutes")?))
            })?;
        Ok(times.collect::<Result<_, _>>()?)
    }

    /// The Sprint Goal as it was before it changed from a place of the journal on; none where it did not.
    pub fn goal_then(&self, sprint: SprintId, from: i64) -> Result<Option<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT before ->> '$.goal' AS goal
               FROM change
              WHERE number >= :from AND table_name = 'sprint' AND row = :sprint
              ORDER BY number
              LIMIT 1",
        )?;
        let goal: Option<Option<String>> = select
            .query_row(named_params! { ":from": from, ":sprint": Text(sprint) }, |row| row.get("goal"))
            .optional()?;
        Ok(goal.flatten())
    }

    /// The absences that were entered or changed from a place of the journal on and are there.
    pub fn absences_since(&self, from: i64) -> Result<Vec<RowId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT absence.id
               FROM change
               JOIN absence ON absence.id = change.row
              WHERE change.number >= :from AND change.table_name = 'absence'
              ORDER BY absence.first_day, absence.id",
        )?;
        let ids = select.query_map(named_params! { ":from": from }, |row| row.word("id"))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Writes a Daily Scrum, or changes the one with its identity.
    pub fn put_daily(&mut self, daily: &Daily) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO daily (id, sprint, held_at, ended_at)
                 VALUES (:id, :sprint, :held_at, :ended_at)
                 ON CONFLICT (id) DO UPDATE SET
                     sprint = excluded.sprint, held_at = excluded.held_at, ended_at = excluded.ended_at",
            )?
            .execute(named_params! {
                ":id": Text(daily.id), ":sprint": text(daily.sprint), ":held_at": Number(daily.held_at),
                ":ended_at": daily.ended_at.map(Number),
            })?;
        Ok(())
    }

    /// Keeps what was said in a Daily Scrum.
    pub fn add_daily_note(&mut self, note: &DailyNote) -> Result<()> {
        let operation = self.operation;
        self.connection
            .prepare_cached(
                "INSERT INTO daily_note (id, operation, daily, kind, member, item, noted_at, text)
                 VALUES (:id, :operation, :daily, :kind, :member, :item, :noted_at, :text)",
            )?
            .execute(named_params! {
                ":id": Text(note.id), ":operation": operation, ":daily": Text(note.daily),
                ":kind": Text(note.kind), ":member": text(note.member), ":item": text(note.item),
                ":noted_at": Number(note.noted_at), ":text": note.text,
            })?;
        Ok(())
    }

    /// Corrects what was said; the journal keeps what stood there before.
    pub fn correct_daily_note(&mut self, note: &DailyNote) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached("UPDATE daily_note SET kind = :kind, text = :text WHERE id = :id")?
            .execute(named_params! { ":id": Text(note.id), ":kind": Text(note.kind), ":text": note.text })?;
        if changed == 0 { Err(StoreError::Unknown("note")) } else { Ok(()) }
    }

    /// Takes away what was written down by mistake; the journal keeps it.
    pub fn remove_daily_note(&mut self, id: RowId) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM daily_note WHERE id = ?1")?.execute([Text(id)])?;
        Ok(())
    }

    /// Says after how many working days a blocker asks for more than the Daily Scrum.
    pub fn put_blocker_limit(&mut self, limit: BlockerLimit) -> Result<()> {
        let days = limit.days();
        if self.connection.execute("UPDATE blocker_limit SET days = ?1", [days])? == 0 {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO blocker_limit (id, days) VALUES (:id, :days)",
                named_params! { ":id": Text(id), ":days": days },
            )?;
        }
        Ok(())
    }
}

fn read_changed<Id, Then>(row: &Row<'_>, then: Then) -> rusqlite::Result<Changed<Id, Then>>
where
    Id: FromStr,
    Id::Err: Error + Send + Sync + 'static,
{
    let known: bool = row.get("known")?;
    Ok(Changed {
        id: row.word("id")?,
        label: row.get("label")?,
        title: row.get("title")?,
        then: known.then_some(then),
    })
}

fn read_daily(row: &Row<'_>) -> rusqlite::Result<Daily> {
    Ok(Daily {
        id: row.word("id")?,
        sprint: row.maybe_word("sprint")?,
        held_at: row.number("held_at")?,
        ended_at: row.maybe_number("ended_at")?,
    })
}

fn read_note(row: &Row<'_>) -> rusqlite::Result<DailyNote> {
    Ok(DailyNote {
        id: row.word("id")?,
        daily: row.word("daily")?,
        kind: row.word("kind")?,
        member: row.maybe_word("member")?,
        item: row.maybe_word("item")?,
        noted_at: row.number("noted_at")?,
        text: row.get("text")?,
    })
}
