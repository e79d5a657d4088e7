//! Incidents that came from a file: by what it knows them, and what it said last.
//!
//! 1. The same key of the same source is the same incident, for ever.
//! 2. What was seen last is JSON of the caller's; nothing here looks into it.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text};
use crate::{Result, StoreError};
use domain::identity::{IncidentId, RowId};
use domain::incident::Incident;
use rusqlite::{OptionalExtension, named_params};

/// An incident that a file knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideIncident {
    /// Its identity.
    pub id: RowId,
    /// Our incident.
    pub incident: Incident,
    /// What was seen there last, as JSON.
    pub last_seen: String,
}

impl Reader<'_> {
    /// The incident that a source knows by a key.
    pub fn outside_incident(&self, source: &str, key: &str) -> Result<Option<OutsideIncident>> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, incident, last_seen
               FROM outside_incident
              WHERE source = :source AND key = :key
              ORDER BY id
              LIMIT 1",
        )?;
        let found = select
            .query_row(named_params! { ":source": source, ":key": key }, |row| {
                Ok((row.word("id")?, row.word("incident")?, row.get("last_seen")?))
            })
            .optional()?;
        let Some((id, incident, last_seen)) = found else { return Ok(None) };
        let incident = self.incident(incident)?.ok_or(StoreError::Unknown("incident"))?;
        Ok(Some(OutsideIncident { id, incident, last_seen }))
    }

    /// Where an incident came from, if a file brought it.
    pub fn incident_source(&self, id: IncidentId) -> Result<Option<String>> {
        let mut select = self
            .connection
            .prepare_cached("SELECT source FROM outside_incident WHERE incident = :id ORDER BY id LIMIT 1")?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, |row| row.get(0)).optional()?)
    }
}

impl Writer<'_> {
    /// Writes down by what a source knows an incident, and what it says of it.
    pub fn add_outside_incident(
        &mut self,
        incident: IncidentId,
        source: &str,
        key: &str,
        last_seen: &str,
    ) -> Result<()> {
        let id: RowId = self.identity();
        self.connection
            .prepare_cached(
                "INSERT INTO outside_incident (id, incident, source, key, last_seen, seen_at)
                 VALUES (:id, :incident, :source, :key, :last_seen, :seen_at)",
            )?
            .execute(named_params! {
                ":id": Text(id),
                ":incident": Text(incident),
                ":source": source,
                ":key": key,
                ":last_seen": last_seen,
                ":seen_at": Number(self.now),
            })?;
        Ok(())
    }

    /// Writes down what a source says now of an incident that it knew already.
    pub fn put_incident_seen(&mut self, outside_incident: RowId, last_seen: &str) -> Result<()> {
        let changed = self
            .connection
            .prepare_cached(
                "UPDATE outside_incident SET last_seen = :last_seen, seen_at = :seen_at WHERE id = :id",
            )?
            .execute(named_params! {
                ":id": Text(outside_incident), ":last_seen": last_seen, ":seen_at": Number(self.now),
            })?;
        if changed == 0 { Err(StoreError::Unknown("incident")) } else { Ok(()) }
    }
}
