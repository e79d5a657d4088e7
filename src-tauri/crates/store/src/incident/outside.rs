//! Incidents that came from a file: by what it knows them, and what it said last.

use crate::exchange::outside;
use crate::journal::{Reader, Writer};
use crate::row::Text;
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
        let found = outside::INCIDENT.find(self, source, key)?;
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
        outside::INCIDENT.add(self, incident, source, key, last_seen)
    }

    /// Writes down what a source says now of an incident that it knew already.
    pub fn put_incident_seen(&mut self, outside_incident: RowId, last_seen: &str) -> Result<()> {
        outside::INCIDENT.seen(self, outside_incident, last_seen)
    }
}
