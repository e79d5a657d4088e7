//! Incidents with their facts, services, notes and links.
//!
//! 1. A fact is appended and the incident's columns become the fold of its facts, in one step.
//! 2. Notes and links are rows of their own; a correction changes the row, and the journal keeps what stood there before.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, dated, text};
use crate::{Result, StoreError};
use domain::backlog::Dated;
use domain::calendar::Instant;
use domain::identity::{IncidentId, InterruptId, ItemId, MemberId, RowId, ServiceId};
use domain::incident::{Incident, IncidentFact, IncidentNow, IncidentPresent, Milestone};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, named_params, params_from_iter};
use std::collections::HashMap;
use std::fmt::Display;
use std::str::FromStr;

mod links;
mod outside;

pub use outside::OutsideIncident;

/// Which incidents are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncidentFilter {
    /// All of them.
    All,
    /// Those that still need somebody.
    Open,
}

/// Whose incidents are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncidentsOf {
    /// Those that an interrupt counts the hours of.
    Interrupt(InterruptId),
    /// Those that an item belongs to.
    Item(ItemId),
}

const OWN_COLUMNS: &str = "id, label, title";

/// What is so for an incident; [`now_cells`] and [`read_incident`] follow it.
const NOW_COLUMNS: &str = "severity, owner, reported_at, began_at, detected_at, acknowledged_at, mitigated_at, \
                           resolved_at, cycles, merged_into";

const FACT_COLUMNS: &str =
    "subject, id, operation, happened_at, recorded_at, kind, value, member, cycle, moment, why, who";

impl Reader<'_> {
    /// An incident.
    pub fn incident(&self, id: IncidentId) -> Result<Option<Incident>> {
        let sql = format!("SELECT {OWN_COLUMNS}, {NOW_COLUMNS} FROM incident WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_incident).optional()?)
    }

    /// Incidents in the order in which they were written down.
    pub fn incidents(&self, filter: IncidentFilter) -> Result<Vec<Incident>> {
        let wanted = match filter {
            IncidentFilter::All => "TRUE",
            IncidentFilter::Open => "resolved_at IS NULL AND merged_into IS NULL",
        };
        let sql = format!("SELECT {OWN_COLUMNS}, {NOW_COLUMNS} FROM incident WHERE {wanted} ORDER BY id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_map([], read_incident)?.collect::<Result<_, _>>()?)
    }

    /// The incidents that were merged into one.
    pub fn duplicates_of(&self, id: IncidentId) -> Result<Vec<Incident>> {
        let sql =
            format!("SELECT {OWN_COLUMNS}, {NOW_COLUMNS} FROM incident WHERE merged_into = :id ORDER BY id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_map(named_params! { ":id": Text(id) }, read_incident)?.collect::<Result<_, _>>()?)
    }

    /// How many incidents there are.
    pub fn incident_count(&self) -> Result<i64> {
        let mut select = self.connection.prepare_cached("SELECT count(*) FROM incident")?;
        Ok(select.query_row([], |row| row.get(0))?)
    }

    /// The facts of an incident, in their order.
    pub fn incident_facts(&self, id: IncidentId) -> Result<Vec<Dated<IncidentFact>>> {
        let sql = format!(
            "SELECT {FACT_COLUMNS} FROM incident_event WHERE subject = :subject ORDER BY happened_at, recorded_at, id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let facts = select.query_map(named_params! { ":subject": Text(id) }, read_fact)?;
        Ok(facts.map(|fact| fact.map(|(_, fact)| fact)).collect::<Result<_, _>>()?)
    }

    /// What is so for an incident with its past: cycles, corrections, roles.
    pub fn incident_present(&self, id: IncidentId) -> Result<IncidentPresent> {
        Ok(IncidentPresent::fold(&self.incident_facts(id)?))
    }

    /// What is so for every incident with its past.
    pub fn incident_presents(&self) -> Result<HashMap<IncidentId, IncidentPresent>> {
        let sql = format!("SELECT {FACT_COLUMNS} FROM incident_event ORDER BY happened_at, recorded_at, id");
        let mut select = self.connection.prepare_cached(&sql)?;
        let mut presents: HashMap<IncidentId, IncidentPresent> = HashMap::new();
        for fact in select.query_map([], read_fact)? {
            let (incident, dated) = fact?;
            presents.entry(incident).or_default().apply(&dated.fact, dated.happened_at);
        }
        Ok(presents)
    }

    /// Whether a member owns an incident or did, has a role in one, or said something of one.
    pub fn knows_incidents(&self, member: MemberId) -> Result<bool> {
        let mut select = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM incident_event WHERE member = :member)
                 OR EXISTS (SELECT 1 FROM incident_note WHERE member = :member)",
        )?;
        Ok(select.query_row(named_params! { ":member": Text(member) }, |row| row.get(0))?)
    }

    /// Whether an incident affected a service.
    pub fn service_has_incidents(&self, service: ServiceId) -> Result<bool> {
        let mut select = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM incident_service WHERE service = :service)")?;
        Ok(select.query_row(named_params! { ":service": Text(service) }, |row| row.get(0))?)
    }
}

impl Writer<'_> {
    /// Writes a new incident with its facts, each with its moment, in any order.
    pub fn add_incident(
        &mut self,
        label: &str,
        title: &str,
        facts: &[(Instant, IncidentFact)],
    ) -> Result<IncidentId> {
        let id: IncidentId = self.identity();
        let mut sorted: Vec<&(Instant, IncidentFact)> = facts.iter().collect();
        // Written in the order of their moments, facts of one moment keep the order in which they are told.
        sorted.sort_by_key(|(at, _)| *at);
        let mut present = IncidentPresent::default();
        sorted.iter().for_each(|(at, fact)| present.apply(fact, *at));
        let sql = format!(
            "INSERT INTO incident ({OWN_COLUMNS}, {NOW_COLUMNS}) VALUES (?, ?, ?, {})",
            places(NOW_COLUMNS)
        );
        let own = [id.to_string(), label.to_owned(), title.to_owned()].map(Value::Text);
        let cells = own.into_iter().chain(now_cells(&present.now()));
        self.connection.prepare_cached(&sql)?.execute(params_from_iter(cells))?;
        for (at, fact) in sorted {
            self.append_incident(id, *at, fact)?;
        }
        Ok(id)
    }

    /// Records what became so for an incident, and stores the fold of all its facts.
    pub fn record_incident(
        &mut self,
        id: IncidentId,
        happened_at: Instant,
        fact: &IncidentFact,
    ) -> Result<IncidentPresent> {
        self.append_incident(id, happened_at, fact)?;
        let present = self.incident_present(id)?;
        let sql = format!("UPDATE incident SET ({NOW_COLUMNS}) = ({}) WHERE id = ?", places(NOW_COLUMNS));
        let cells = now_cells(&present.now()).into_iter().chain([Value::Text(id.to_string())]);
        let changed = self.connection.prepare_cached(&sql)?.execute(params_from_iter(cells))?;
        if changed == 0 { Err(StoreError::Unknown("incident")) } else { Ok(present) }
    }

    /// Gives an incident another title.
    pub fn put_incident_title(&mut self, id: IncidentId, title: &str) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached("UPDATE incident SET title = :title WHERE id = :id")?
            .execute(named_params! { ":id": Text(id), ":title": title })?;
        if changed == 0 { Err(StoreError::Unknown("incident")) } else { Ok(()) }
    }

    fn append_incident(&mut self, id: IncidentId, happened_at: Instant, fact: &IncidentFact) -> Result<()> {
        let cells = Cells::of(fact);
        let row: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO incident_event (id, operation, subject, happened_at, recorded_at, kind, value, member,
                                             cycle, moment, why, who)
                 VALUES (:id, :operation, :subject, :happened_at, :recorded_at, :kind, :value, :member, :cycle,
                         :moment, :why, :who)",
            )?
            .execute(named_params! {
                ":id": Text(row),
                ":operation": self.operation,
                ":subject": Text(id),
                ":happened_at": Number(happened_at),
                ":recorded_at": Number(self.now),
                ":kind": cells.kind,
                ":value": cells.value,
                ":member": text(cells.member),
                ":cycle": cells.cycle,
                ":moment": cells.moment.map(Number),
                ":why": cells.why,
                ":who": cells.who,
            })?;
        Ok(())
    }
}

/// A question mark for each of some columns.
fn places(columns: &str) -> String {
    vec!["?"; columns.split(',').count()].join(", ")
}

/// What is so for an incident, in the order of [`NOW_COLUMNS`].
fn now_cells(now: &IncidentNow) -> Vec<Value> {
    fn word(value: Option<impl Display>) -> Value {
        value.map_or(Value::Null, |value| Value::Text(value.to_string()))
    }
    let moment = |at: Option<Instant>| at.map_or(Value::Null, |at| Value::Integer(at.millis()));
    let mut cells = vec![word(Some(now.severity)), word(now.owner), moment(now.reported_at)];
    cells.extend(now.reached.map(moment));
    cells.extend([Value::Integer(now.cycles.into()), word(now.merged_into)]);
    cells
}

/// A fact as the columns of `incident_event`.
#[derive(Default)]
struct Cells {
    kind: &'static str,
    value: Option<String>,
    member: Option<MemberId>,
    cycle: Option<u32>,
    moment: Option<Instant>,
    why: Option<String>,
    who: Option<String>,
}

impl Cells {
    fn of(fact: &IncidentFact) -> Cells {
        let kind = |kind| Cells { kind, ..Cells::default() };
        match fact {
            IncidentFact::Reported => kind("reported"),
            IncidentFact::SeveritySet(severity) => {
                Cells { value: Some(severity.to_string()), ..kind("severitySet") }
            }
            IncidentFact::Assigned(member) => Cells { member: *member, ..kind("assigned") },
            IncidentFact::Reached(milestone) => {
                Cells { value: Some(milestone.to_string()), ..kind("reached") }
            }
            IncidentFact::Corrected { cycle, milestone, at, why, by } => Cells {
                value: Some(milestone.to_string()),
                cycle: Some(*cycle),
                moment: *at,
                why: Some(why.clone()),
                who: Some(by.clone()),
                ..kind("corrected")
            },
            IncidentFact::Reopened => kind("reopened"),
            IncidentFact::RoleTaken { role, member } => {
                Cells { value: Some(role.clone()), member: *member, ..kind("roleTaken") }
            }
            IncidentFact::MergedInto(other) => {
                Cells { value: other.map(|other| other.to_string()), ..kind("mergedInto") }
            }
        }
    }
}

/// The fact that the columns hold; none where they hold none.
fn fact(kind: &str, row: &Row<'_>) -> rusqlite::Result<Option<IncidentFact>> {
    fn read<T: FromStr>(value: Option<String>) -> Option<T> {
        value.and_then(|value| value.parse().ok())
    }
    let value: Option<String> = row.get("value")?;
    let member: Option<MemberId> = row.maybe_word("member")?;
    Ok(match kind {
        "reported" => Some(IncidentFact::Reported),
        "severitySet" => read(value).map(IncidentFact::SeveritySet),
        "assigned" => Some(IncidentFact::Assigned(member)),
        "reached" => read(value).map(IncidentFact::Reached),
        "corrected" => match (read::<Milestone>(value), row.get::<_, Option<u32>>("cycle")?) {
            (Some(milestone), Some(cycle)) => Some(IncidentFact::Corrected {
                cycle,
                milestone,
                at: row.maybe_number("moment")?,
                why: row.get::<_, Option<String>>("why")?.unwrap_or_default(),
                by: row.get::<_, Option<String>>("who")?.unwrap_or_default(),
            }),
            _ => None,
        },
        "reopened" => Some(IncidentFact::Reopened),
        "roleTaken" => value.map(|role| IncidentFact::RoleTaken { role, member }),
        "mergedInto" => match value {
            None => Some(IncidentFact::MergedInto(None)),
            value => read(value).map(|other| IncidentFact::MergedInto(Some(other))),
        },
        _ => None,
    })
}

fn read_fact(row: &Row<'_>) -> rusqlite::Result<(IncidentId, Dated<IncidentFact>)> {
    dated(row, |kind| fact(kind, row))
}

fn read_incident(row: &Row<'_>) -> rusqlite::Result<Incident> {
    Ok(Incident {
        id: row.word("id")?,
        label: row.get("label")?,
        title: row.get("title")?,
        now: IncidentNow {
            severity: row.word("severity")?,
            owner: row.maybe_word("owner")?,
            reported_at: row.maybe_number("reported_at")?,
            reached: [
                row.maybe_number("began_at")?,
                row.maybe_number("detected_at")?,
                row.maybe_number("acknowledged_at")?,
                row.maybe_number("mitigated_at")?,
                row.maybe_number("resolved_at")?,
            ],
            cycles: row.get("cycles")?,
            merged_into: row.maybe_word("merged_into")?,
        },
    })
}
