//! Sprints, their facts, and what starting and closing seal.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, list, text};
use crate::{Result, StoreError};
use domain::backlog::{ItemPresent, Rank};
use domain::calendar::{Day, Instant};
use domain::identity::{ItemId, LaneId, RowId, SprintId};
use domain::measures::{Share, Size};
use domain::sprint::GoalOutcome;
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::HashSet;

/// A Sprint as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sprint {
    /// Its identity.
    pub id: SprintId,
    /// Its number among the team's Sprints.
    pub number: i64,
    /// Its name: “Sprint 42” unless the team gave it another.
    pub name: String,
    /// The Sprint Goal; empty while there is none.
    pub goal: String,
    /// The planned first day.
    pub first_day: Day,
    /// The planned last day.
    pub last_day: Day,
    /// The team's own number of points for it, where they set one.
    pub own_size: Option<Size>,
    /// When it was started.
    pub started_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Whether the goal was met.
    pub goal_outcome: Option<GoalOutcome>,
    /// Why.
    pub goal_reason: Option<String>,
}

/// An edition of what a closed Sprint came to: the first is that of the close, each later one a correction (3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// Its number, from 1.
    pub number: u32,
    /// When it was sealed.
    pub recorded_at: Instant,
    /// Why it corrects the one before; none for the first.
    pub reason: Option<String>,
}

/// What became so for a Sprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SprintFact {
    /// It was started.
    Started,
    /// It was closed.
    Closed,
    /// It was taken from the plan, before a start.
    Removed,
}

impl Sprint {
    /// The Sprint as the rules see it.
    pub fn plan(&self) -> domain::sprint::Sprint {
        domain::sprint::Sprint {
            id: self.id,
            name: self.name.clone(),
            goal: self.goal.clone(),
            first_day: self.first_day,
            last_day: self.last_day,
            started_at: self.started_at,
            closed_at: self.closed_at,
        }
    }
}

const SPRINT_COLUMNS: &str = "id, number, name, goal, first_day, last_day, own_size, started_at, closed_at,
    goal_outcome, goal_reason";

impl Reader<'_> {
    /// A Sprint.
    pub fn sprint(&self, id: SprintId) -> Result<Option<Sprint>> {
        let sql = format!("SELECT {SPRINT_COLUMNS} FROM sprint WHERE id = :id AND removed_at IS NULL");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_sprint).optional()?)
    }

    /// All Sprints by their planned days.
    pub fn sprints(&self) -> Result<Vec<Sprint>> {
        let sql = format!(
            "SELECT {SPRINT_COLUMNS} FROM sprint WHERE removed_at IS NULL ORDER BY first_day, number, id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let sprints = select.query_map([], read_sprint)?;
        Ok(sprints.collect::<Result<_, _>>()?)
    }

    /// The Sprint that is started and not closed.
    pub fn active_sprint(&self) -> Result<Option<Sprint>> {
        let sql = format!(
            "SELECT {SPRINT_COLUMNS} FROM sprint WHERE started_at IS NOT NULL AND closed_at IS NULL ORDER BY started_at"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row([], read_sprint).optional()?)
    }

    /// The shares that a Sprint has of its own; empty where it follows the team's.
    pub fn sprint_shares(&self, sprint: SprintId) -> Result<Vec<(LaneId, Share)>> {
        let mut select =
            self.connection.prepare_cached("SELECT lane, share FROM sprint_share WHERE sprint = :sprint")?;
        let shares = select.query_map(named_params! { ":sprint": Text(sprint) }, |row| {
            Ok((row.word("lane")?, row.number("share")?))
        })?;
        Ok(shares.collect::<Result<_, _>>()?)
    }

    /// Whether an item is divided into parts (1.1).
    pub fn has_parts(&self, item: ItemId) -> Result<bool> {
        let mut select =
            self.connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM item WHERE parent = :item)")?;
        Ok(select.query_row(named_params! { ":item": Text(item) }, |row| row.get(0))?)
    }

    /// Those of some items that are divided into parts.
    pub fn with_parts(&self, items: &[ItemId]) -> Result<HashSet<ItemId>> {
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT parent FROM item WHERE parent IN (SELECT value FROM json_each(:items))",
        )?;
        let parents = select.query_map(named_params! { ":items": list(items) }, |row| row.word("parent"))?;
        Ok(parents.collect::<Result<_, _>>()?)
    }

    /// The rank right above a place in the Product Backlog; none at the top.
    pub fn rank_above(&self, rank: &Rank) -> Result<Option<Rank>> {
        let mut select = self.connection.prepare_cached("SELECT max(rank) FROM item WHERE rank < :rank")?;
        let above: Option<Text<Rank>> =
            select.query_row(named_params! { ":rank": Text(rank) }, |row| row.get(0))?;
        Ok(above.map(|rank| rank.0))
    }

    /// What starting a Sprint kept, the latest edition, as JSON.
    pub fn commitment(&self, sprint: SprintId) -> Result<Option<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT body FROM sprint_commitment WHERE sprint = :sprint ORDER BY edition DESC LIMIT 1",
        )?;
        Ok(select.query_row(named_params! { ":sprint": Text(sprint) }, |row| row.get(0)).optional()?)
    }

    /// What was sealed of a Sprint for an area, as JSON: in an edition, else in the last one before it that has the
    /// area; without an edition, the latest.
    pub fn report(&self, sprint: SprintId, area: &str, edition: Option<u32>) -> Result<Option<String>> {
        let mut select = self.connection.prepare_cached(
            "SELECT body
               FROM sprint_report
              WHERE sprint = :sprint AND area = :area AND edition <= coalesce(:edition, edition)
              ORDER BY edition DESC
              LIMIT 1",
        )?;
        let of = named_params! { ":sprint": Text(sprint), ":area": area, ":edition": edition };
        Ok(select.query_row(of, |row| row.get(0)).optional()?)
    }

    /// The editions of what a Sprint came to, from the first (3.5).
    pub fn editions(&self, sprint: SprintId) -> Result<Vec<Edition>> {
        let mut select = self.connection.prepare_cached(
            "SELECT edition, min(recorded_at) AS recorded_at, max(reason) AS reason
               FROM sprint_report
              WHERE sprint = :sprint
              GROUP BY edition
              ORDER BY edition",
        )?;
        let editions = select.query_map(named_params! { ":sprint": Text(sprint) }, |row| {
            Ok(Edition {
                number: row.get("edition")?,
                recorded_at: row.number("recorded_at")?,
                reason: row.get("reason")?,
            })
        })?;
        Ok(editions.collect::<Result<_, _>>()?)
    }

    /// The number of the operation that closed a Sprint; none while it is not closed.
    pub fn closing_operation(&self, sprint: SprintId) -> Result<Option<i64>> {
        let mut select = self.connection.prepare_cached(
            "SELECT operation
               FROM sprint_event
              WHERE subject = :sprint AND kind = 'closed'
              ORDER BY happened_at DESC, operation DESC
              LIMIT 1",
        )?;
        Ok(select.query_row(named_params! { ":sprint": Text(sprint) }, |row| row.get(0)).optional()?)
    }
}

impl Writer<'_> {
    /// Writes a Sprint's row; when it was started and closed are facts, written by [`Writer::record_sprint`].
    pub fn put_sprint(&mut self, sprint: &Sprint) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO sprint (id, number, name, goal, first_day, last_day, own_size, goal_outcome, goal_reason)
                 VALUES (:id, :number, :name, :goal, :first_day, :last_day, :own_size, :goal_outcome, :goal_reason)
                 ON CONFLICT (id) DO UPDATE
                    SET number = excluded.number, name = excluded.name, goal = excluded.goal,
                        first_day = excluded.first_day, last_day = excluded.last_day, own_size = excluded.own_size,
                        goal_outcome = excluded.goal_outcome, goal_reason = excluded.goal_reason",
            )?
            .execute(named_params! {
                ":id": Text(sprint.id),
                ":number": sprint.number,
                ":name": sprint.name,
                ":goal": sprint.goal,
                ":first_day": Text(sprint.first_day),
                ":last_day": Text(sprint.last_day),
                ":own_size": sprint.own_size.map(Number),
                ":goal_outcome": text(sprint.goal_outcome),
                ":goal_reason": sprint.goal_reason,
            })?;
        Ok(())
    }

    /// Takes a Sprint from the plan; it stays in the file as long as there are facts, which may name it.
    pub fn remove_sprint(&mut self, id: SprintId, at: Instant) -> Result<()> {
        if self.sprint(id)?.is_none() {
            return Err(StoreError::Unknown("Sprint"));
        }
        self.record_sprint(id, at, SprintFact::Removed)
    }

    /// Records what became so for a Sprint, and stores the fold of its facts: the latest start and close.
    pub fn record_sprint(&mut self, sprint: SprintId, happened_at: Instant, fact: SprintFact) -> Result<()> {
        let id: RowId = self.identity();
        let kind = match fact {
            SprintFact::Started => "started",
            SprintFact::Closed => "closed",
            SprintFact::Removed => "removed",
        };
        self.connection.execute(
            "INSERT INTO sprint_event (id, operation, subject, happened_at, recorded_at, kind)
             VALUES (:id, :operation, :subject, :happened_at, :recorded_at, :kind)",
            named_params! {
                ":id": Text(id), ":operation": self.operation, ":subject": Text(sprint),
                ":happened_at": Number(happened_at), ":recorded_at": Number(self.now), ":kind": kind,
            },
        )?;
        self.connection.execute(
            "UPDATE sprint
                SET started_at = (SELECT max(happened_at) FROM sprint_event WHERE subject = :id AND kind = 'started'),
                    closed_at = (SELECT max(happened_at) FROM sprint_event WHERE subject = :id AND kind = 'closed'),
                    removed_at = (SELECT max(happened_at) FROM sprint_event WHERE subject = :id AND kind = 'removed')
              WHERE id = :id",
            named_params! { ":id": Text(sprint) },
        )?;
        Ok(())
    }

    /// Says that a fact of an item happened at another moment, and stores the fold; the journal keeps the moment before.
    pub fn redate_fact(&mut self, item: ItemId, fact: RowId, happened_at: Instant) -> Result<ItemPresent> {
        let changed = self
            .connection
            .prepare_cached(
                "UPDATE item_event SET happened_at = :happened_at WHERE id = :id AND subject = :subject",
            )?
            .execute(named_params! {
                ":happened_at": Number(happened_at), ":id": Text(fact), ":subject": Text(item),
            })?;
        if changed == 0 {
            return Err(StoreError::Unknown("fact"));
        }
        let present = ItemPresent::fold(&self.item_facts(item)?);
        self.store_present(item, &present)?;
        Ok(present)
    }

    /// Gives a Sprint shares of its own.
    pub fn put_sprint_shares(&mut self, sprint: SprintId, shares: &[(LaneId, Share)]) -> Result<()> {
        self.connection.execute("DELETE FROM sprint_share WHERE sprint = ?1", [Text(sprint)])?;
        for (lane, share) in shares {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO sprint_share (id, sprint, lane, share) VALUES (:id, :sprint, :lane, :share)",
                named_params! {
                    ":id": Text(id), ":sprint": Text(sprint), ":lane": Text(*lane), ":share": Number(*share),
                },
            )?;
        }
        Ok(())
    }

    /// Keeps what starting a Sprint froze, as the next edition.
    pub fn keep_commitment(&mut self, sprint: SprintId, body: &str) -> Result<()> {
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO sprint_commitment (id, sprint, edition, recorded_at, body)
             VALUES (:id, :sprint,
                     (SELECT coalesce(max(edition), 0) + 1 FROM sprint_commitment WHERE sprint = :sprint),
                     :recorded_at, :body)",
            named_params! { ":id": Text(id), ":sprint": Text(sprint), ":recorded_at": Number(self.now), ":body": body },
        )?;
        Ok(())
    }

    /// The next edition of what a Sprint came to, recorded now; a reason says why it corrects the one before.
    pub fn next_edition(&self, sprint: SprintId, reason: Option<&str>) -> Result<Edition> {
        let last = self.editions(sprint)?.last().map_or(0, |edition| edition.number);
        Ok(Edition { number: last + 1, recorded_at: self.now, reason: reason.map(str::to_owned) })
    }

    /// Seals an area's result of a Sprint in an edition.
    pub fn seal_report(&mut self, sprint: SprintId, edition: &Edition, area: &str, body: &str) -> Result<()> {
        let id: RowId = self.identity();
        self.connection.execute(
            "INSERT INTO sprint_report (id, sprint, area, edition, reason, recorded_at, body)
             VALUES (:id, :sprint, :area, :edition, :reason, :recorded_at, :body)",
            named_params! {
                ":id": Text(id), ":sprint": Text(sprint), ":area": area, ":edition": edition.number,
                ":reason": edition.reason, ":recorded_at": Number(edition.recorded_at), ":body": body,
            },
        )?;
        Ok(())
    }
}

fn read_sprint(row: &Row<'_>) -> rusqlite::Result<Sprint> {
    Ok(Sprint {
        id: row.word("id")?,
        number: row.get("number")?,
        name: row.get("name")?,
        goal: row.get("goal")?,
        first_day: row.word("first_day")?,
        last_day: row.word("last_day")?,
        own_size: row.maybe_number("own_size")?,
        started_at: row.maybe_number("started_at")?,
        closed_at: row.maybe_number("closed_at")?,
        goal_outcome: row.maybe_word("goal_outcome")?,
        goal_reason: row.get("goal_reason")?,
    })
}
