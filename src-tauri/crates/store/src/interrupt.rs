//! Interrupts, their facts and hours, and what was decided about overflows.
//!
//! 1. A fact is appended and the interrupt's columns become the fold of its facts, in one step.
//! 2. Hours are rows of their own; each names the Sprint on which it drew. A correction changes the row, and the
//!    journal keeps what stood there before.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, dated, text};
use crate::{Result, StoreError};
use domain::backlog::Dated;
use domain::calendar::{Day, Instant};
use domain::identity::{InterruptId, ItemId, MemberId, RowId, SprintId};
use domain::interrupt::{
    DecidedItem, Decision, Interrupt, InterruptFact, InterruptHours, InterruptLink, InterruptPresent,
    Relation,
};
use domain::measures::Minutes;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, named_params, params_from_iter};
use std::fmt::Display;

mod outside;

pub use outside::OutsideInterrupt;

/// Which interrupts are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InterruptFilter {
    /// All of them.
    All,
    /// Those that belong to a Sprint, or once did.
    EverIn(SprintId),
    /// Those that are not over.
    Open,
}

const OWN_COLUMNS: &str = "id, label, title";

/// What is so for an interrupt; [`present_cells`] and [`read_interrupt`] follow it.
const PRESENT_COLUMNS: &str =
    "severity, lane, owner, reported_at, ended_at, estimate, timer_since, timer_member, sprint";

const HOURS_COLUMNS: &str = "id, interrupt, member, day, minutes, sprint, recorded_at";

impl Reader<'_> {
    /// An interrupt.
    pub fn interrupt(&self, id: InterruptId) -> Result<Option<Interrupt>> {
        let sql = format!("SELECT {OWN_COLUMNS}, {PRESENT_COLUMNS} FROM interrupt WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_interrupt).optional()?)
    }

    /// Interrupts in the order in which they arrived.
    pub fn interrupts(&self, filter: InterruptFilter) -> Result<Vec<Interrupt>> {
        let (wanted, sprint) = match filter {
            InterruptFilter::All => (":sprint IS NULL", None),
            InterruptFilter::Open => (":sprint IS NULL AND ended_at IS NULL", None),
            InterruptFilter::EverIn(sprint) => (
                "id IN (SELECT subject FROM interrupt_event WHERE kind = 'taken' AND value = :sprint)",
                Some(sprint),
            ),
        };
        let sql = format!(
            "SELECT {OWN_COLUMNS}, {PRESENT_COLUMNS} FROM interrupt WHERE {wanted} ORDER BY reported_at, id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let interrupts = select.query_map(named_params! { ":sprint": text(sprint) }, read_interrupt)?;
        Ok(interrupts.collect::<Result<_, _>>()?)
    }

    /// How many interrupts there are.
    pub fn interrupt_count(&self) -> Result<i64> {
        let mut select = self.connection.prepare_cached("SELECT count(*) FROM interrupt")?;
        Ok(select.query_row([], |row| row.get(0))?)
    }

    /// The facts of an interrupt, in their order.
    pub fn interrupt_facts(&self, id: InterruptId) -> Result<Vec<Dated<InterruptFact>>> {
        let mut select = self.connection.prepare_cached(
            "SELECT subject, id, operation, happened_at, recorded_at, kind, value
               FROM interrupt_event
              WHERE subject = :subject
              ORDER BY happened_at, recorded_at, id",
        )?;
        let facts = select.query_map(named_params! { ":subject": Text(id) }, read_interrupt_fact)?;
        Ok(facts.map(|fact| fact.map(|(_, fact)| fact)).collect::<Result<_, _>>()?)
    }

    /// The hours of an interrupt, by day.
    pub fn interrupt_hours(&self, id: InterruptId) -> Result<Vec<InterruptHours>> {
        let sql = format!(
            "SELECT {HOURS_COLUMNS} FROM interrupt_hours WHERE interrupt = :id ORDER BY day, recorded_at, id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let hours = select.query_map(named_params! { ":id": Text(id) }, read_hours)?;
        Ok(hours.collect::<Result<_, _>>()?)
    }

    /// Hours by their identity.
    pub fn hours_of_interrupt(&self, id: RowId) -> Result<Option<InterruptHours>> {
        let sql = format!("SELECT {HOURS_COLUMNS} FROM interrupt_hours WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_hours).optional()?)
    }

    /// All links between interrupts and items that an interrupt or an item has.
    pub fn interrupt_links(&self, of: LinksOf) -> Result<Vec<InterruptLink>> {
        let (wanted, id) = match of {
            LinksOf::Interrupt(id) => ("interrupt = :id", id.to_string()),
            LinksOf::Item(id) => ("item = :id", id.to_string()),
        };
        let sql =
            format!("SELECT id, interrupt, item, relation FROM interrupt_item WHERE {wanted} ORDER BY id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let links = select.query_map(named_params! { ":id": id }, |row| {
            Ok(InterruptLink {
                id: row.word("id")?,
                interrupt: row.word("interrupt")?,
                item: row.word("item")?,
                relation: row.word("relation")?,
            })
        })?;
        Ok(links.collect::<Result<_, _>>()?)
    }

    /// What was decided about overflows of a Sprint, in order of time, with the items as they are now.
    pub fn overflow_decisions(&self, sprint: SprintId) -> Result<Vec<Decision>> {
        let mut items = self.connection.prepare_cached(
            "SELECT named.item, item.label, item.title, named.size, named.minutes
               FROM overflow_decision_item AS named
               JOIN item ON item.id = named.item
              WHERE named.decision = :decision
              ORDER BY named.place",
        )?;
        let mut select = self.connection.prepare_cached(
            "SELECT id, decided_at, choice, reason, overflow, covered
               FROM overflow_decision
              WHERE sprint = :sprint
              ORDER BY decided_at, recorded_at, id",
        )?;
        let decisions = select.query_map(named_params! { ":sprint": Text(sprint) }, |row| {
            let id: RowId = row.word("id")?;
            let named = items.query_map(named_params! { ":decision": Text(id) }, |row| {
                Ok(DecidedItem {
                    item: row.word("item")?,
                    label: row.get("label")?,
                    title: row.get("title")?,
                    size: row.maybe_number("size")?,
                    minutes: row.maybe_number("minutes")?,
                })
            })?;
            Ok(Decision {
                id,
                at: row.number("decided_at")?,
                choice: row.word("choice")?,
                reason: row.get("reason")?,
                overflow: row.number("overflow")?,
                covered: row.number("covered")?,
                items: named.collect::<Result<_, _>>()?,
            })
        })?;
        Ok(decisions.collect::<Result<_, _>>()?)
    }

    /// Whether a member owns an interrupt or did, or worked on one.
    pub fn knows_interrupts(&self, member: MemberId) -> Result<bool> {
        let mut select = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM interrupt_event WHERE value = :member)
                 OR EXISTS (SELECT 1 FROM interrupt_hours WHERE member = :member)",
        )?;
        Ok(select.query_row(named_params! { ":member": Text(member) }, |row| row.get(0))?)
    }
}

/// Whose links are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinksOf {
    /// Those of an interrupt.
    Interrupt(InterruptId),
    /// Those of an item.
    Item(ItemId),
}

impl Writer<'_> {
    /// Writes a new interrupt with its facts, of which the first says that it was reported.
    pub fn add_interrupt(
        &mut self,
        label: &str,
        title: &str,
        at: Instant,
        facts: &[InterruptFact],
    ) -> Result<InterruptId> {
        let id: InterruptId = self.identity();
        let mut present = InterruptPresent::default();
        facts.iter().for_each(|fact| present.apply(fact, at));
        let sql = format!(
            "INSERT INTO interrupt ({OWN_COLUMNS}, {PRESENT_COLUMNS}) VALUES (?, ?, ?, {})",
            places(PRESENT_COLUMNS)
        );
        let own = [id.to_string(), label.to_owned(), title.to_owned()].map(Value::Text);
        let cells = own.into_iter().chain(present_cells(&present));
        self.connection.prepare_cached(&sql)?.execute(params_from_iter(cells))?;
        for fact in facts {
            self.append_interrupt(id, at, fact)?;
        }
        Ok(id)
    }

    /// Records what became so for an interrupt, and stores the fold of all its facts.
    pub fn record_interrupt(
        &mut self,
        id: InterruptId,
        happened_at: Instant,
        fact: &InterruptFact,
    ) -> Result<InterruptPresent> {
        self.append_interrupt(id, happened_at, fact)?;
        let present = InterruptPresent::fold(&self.interrupt_facts(id)?);
        let sql =
            format!("UPDATE interrupt SET ({PRESENT_COLUMNS}) = ({}) WHERE id = ?", places(PRESENT_COLUMNS));
        let cells = present_cells(&present).into_iter().chain([Value::Text(id.to_string())]);
        let changed = self.connection.prepare_cached(&sql)?.execute(params_from_iter(cells))?;
        if changed == 0 { Err(StoreError::Unknown("interrupt")) } else { Ok(present) }
    }

    /// Gives an interrupt another title.
    pub fn put_interrupt_title(&mut self, id: InterruptId, title: &str) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached("UPDATE interrupt SET title = :title WHERE id = :id")?
            .execute(named_params! { ":id": Text(id), ":title": title })?;
        if changed == 0 { Err(StoreError::Unknown("interrupt")) } else { Ok(()) }
    }

    /// Writes down hours of an interrupt.
    pub fn add_interrupt_hours(
        &mut self,
        interrupt: InterruptId,
        member: Option<MemberId>,
        day: Day,
        minutes: Minutes,
        sprint: Option<SprintId>,
    ) -> Result<RowId> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO interrupt_hours (id, operation, interrupt, member, day, minutes, sprint, recorded_at)
                 VALUES (:id, :operation, :interrupt, :member, :day, :minutes, :sprint, :recorded_at)",
            )?
            .execute(named_params! {
                ":id": Text(id),
                ":operation": self.operation,
                ":interrupt": Text(interrupt),
                ":member": text(member),
                ":day": Text(day),
                ":minutes": Number(minutes),
                ":sprint": text(sprint),
                ":recorded_at": Number(self.now),
            })?;
        Ok(id)
    }

    /// Corrects hours of an interrupt: who, when, how long, and the Sprint on which they drew.
    pub fn put_interrupt_hours(&mut self, hours: &InterruptHours) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached(
                "UPDATE interrupt_hours
                    SET member = :member, day = :day, minutes = :minutes, sprint = :sprint
                  WHERE id = :id",
            )?
            .execute(named_params! {
                ":id": Text(hours.id),
                ":member": text(hours.member),
                ":day": Text(hours.day),
                ":minutes": Number(hours.minutes),
                ":sprint": text(hours.sprint),
            })?;
        if changed == 0 { Err(StoreError::Unknown("time")) } else { Ok(()) }
    }

    /// Takes hours away that were written down by mistake; the journal keeps them.
    pub fn remove_interrupt_hours(&mut self, id: RowId) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM interrupt_hours WHERE id = ?1")?.execute([Text(id)])?;
        Ok(())
    }

    /// Links an interrupt and an item.
    pub fn link_interrupt(&mut self, interrupt: InterruptId, item: ItemId, relation: Relation) -> Result<()> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO interrupt_item (id, interrupt, item, relation) VALUES (:id, :interrupt, :item, :relation)",
            )?
            .execute(named_params! {
                ":id": Text(id), ":interrupt": Text(interrupt), ":item": Text(item), ":relation": Text(relation),
            })?;
        Ok(())
    }

    /// Takes a link away.
    pub fn unlink_interrupt(&mut self, id: RowId) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM interrupt_item WHERE id = ?1")?.execute([Text(id)])?;
        Ok(())
    }

    /// Writes down what was decided about an overflow, with the items that it names.
    pub fn add_overflow_decision(&mut self, sprint: SprintId, decision: &Decision) -> Result<()> {
        self.connection.execute(
            "INSERT INTO overflow_decision (id, operation, sprint, decided_at, recorded_at, choice, reason, overflow,
                                            covered)
             VALUES (:id, :operation, :sprint, :decided_at, :recorded_at, :choice, :reason, :overflow, :covered)",
            named_params! {
                ":id": Text(decision.id),
                ":operation": self.operation,
                ":sprint": Text(sprint),
                ":decided_at": Number(decision.at),
                ":recorded_at": Number(self.now),
                ":choice": Text(decision.choice),
                ":reason": decision.reason,
                ":overflow": Number(decision.overflow),
                ":covered": Number(decision.covered),
            },
        )?;
        for (place, item) in decision.items.iter().enumerate() {
            let id: RowId = self.identity();
            self.connection.execute(
                "INSERT INTO overflow_decision_item (id, decision, item, place, size, minutes)
                 VALUES (:id, :decision, :item, :place, :size, :minutes)",
                named_params! {
                    ":id": Text(id),
                    ":decision": Text(decision.id),
                    ":item": Text(item.item),
                    ":place": place as i64,
                    ":size": item.size.map(Number),
                    ":minutes": item.minutes.map(Number),
                },
            )?;
        }
        Ok(())
    }

    fn append_interrupt(
        &mut self,
        id: InterruptId,
        happened_at: Instant,
        fact: &InterruptFact,
    ) -> Result<()> {
        let (kind, value) = columns(fact);
        let row: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO interrupt_event (id, operation, subject, happened_at, recorded_at, kind, value)
                 VALUES (:id, :operation, :subject, :happened_at, :recorded_at, :kind, :value)",
            )?
            .execute(named_params! {
                ":id": Text(row),
                ":operation": self.operation,
                ":subject": Text(id),
                ":happened_at": Number(happened_at),
                ":recorded_at": Number(self.now),
                ":kind": kind,
                ":value": value,
            })?;
        Ok(())
    }
}

/// A question mark for each of some columns.
fn places(columns: &str) -> String {
    vec!["?"; columns.split(',').count()].join(", ")
}

/// What is so for an interrupt, in the order of [`PRESENT_COLUMNS`].
fn present_cells(present: &InterruptPresent) -> [Value; 9] {
    fn word(value: Option<impl Display>) -> Value {
        value.map_or(Value::Null, |value| Value::Text(value.to_string()))
    }
    let number = |number: Option<i64>| number.map_or(Value::Null, Value::Integer);
    [
        word(Some(present.severity)),
        word(present.lane),
        word(present.owner),
        number(present.reported_at.map(Instant::millis)),
        number(present.ended_at.map(Instant::millis)),
        number(present.estimate.map(Minutes::in_minutes)),
        number(present.timer_since.map(Instant::millis)),
        word(present.timer_member),
        word(present.sprint),
    ]
}

/// A fact as the columns of `interrupt_event`.
fn columns(fact: &InterruptFact) -> (&'static str, Option<String>) {
    match fact {
        InterruptFact::Reported => ("reported", None),
        InterruptFact::SeveritySet(severity) => ("severitySet", Some(severity.to_string())),
        InterruptFact::LaneSet(lane) => ("laneSet", lane.map(|lane| lane.to_string())),
        InterruptFact::Assigned(owner) => ("assigned", owner.map(|owner| owner.to_string())),
        InterruptFact::Estimated(minutes) => {
            ("estimated", minutes.map(|minutes| minutes.in_minutes().to_string()))
        }
        InterruptFact::TimerStarted(member) => ("timerStarted", member.map(|member| member.to_string())),
        InterruptFact::TimerStopped => ("timerStopped", None),
        InterruptFact::Ended => ("ended", None),
        InterruptFact::Reopened => ("reopened", None),
        InterruptFact::Taken(sprint) => ("taken", Some(sprint.to_string())),
    }
}

/// The fact that the columns hold; none where they hold none.
fn fact(kind: &str, value: Option<String>) -> Option<InterruptFact> {
    fn read<T: std::str::FromStr>(text: Option<String>) -> Option<Option<T>> {
        text.map_or(Some(None), |text| text.parse().ok().map(Some))
    }
    Some(match kind {
        "reported" => InterruptFact::Reported,
        "severitySet" => InterruptFact::SeveritySet(read(value)??),
        "laneSet" => InterruptFact::LaneSet(read(value)?),
        "assigned" => InterruptFact::Assigned(read(value)?),
        "estimated" => InterruptFact::Estimated(read(value)?.map(Minutes::new)),
        "timerStarted" => InterruptFact::TimerStarted(read(value)?),
        "timerStopped" => InterruptFact::TimerStopped,
        "ended" => InterruptFact::Ended,
        "reopened" => InterruptFact::Reopened,
        "taken" => InterruptFact::Taken(read(value)??),
        _ => return None,
    })
}

pub(crate) fn read_interrupt_fact(row: &Row<'_>) -> rusqlite::Result<(InterruptId, Dated<InterruptFact>)> {
    dated(row, |kind| Ok(fact(kind, row.get("value")?)))
}

fn read_interrupt(row: &Row<'_>) -> rusqlite::Result<Interrupt> {
    Ok(Interrupt {
        id: row.word("id")?,
        label: row.get("label")?,
        title: row.get("title")?,
        present: InterruptPresent {
            reported_at: row.maybe_number("reported_at")?,
            severity: row.word("severity")?,
            lane: row.maybe_word("lane")?,
            owner: row.maybe_word("owner")?,
            estimate: row.maybe_number("estimate")?,
            ended_at: row.maybe_number("ended_at")?,
            timer_since: row.maybe_number("timer_since")?,
            timer_member: row.maybe_word("timer_member")?,
            sprint: row.maybe_word("sprint")?,
        },
    })
}

fn read_hours(row: &Row<'_>) -> rusqlite::Result<InterruptHours> {
    Ok(InterruptHours {
        id: row.word("id")?,
        interrupt: row.word("interrupt")?,
        member: row.maybe_word("member")?,
        day: row.word("day")?,
        minutes: row.number("minutes")?,
        sprint: row.maybe_word("sprint")?,
        recorded_at: row.number("recorded_at")?,
    })
}
