//! What belongs to incidents: services, notes, and links to interrupts, deployments and items.

use super::{IncidentsOf, NOW_COLUMNS, OWN_COLUMNS, read_incident};
use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text, text};
use crate::{Result, StoreError};
use domain::identity::{IncidentId, RowId, ServiceId};
use domain::incident::{Incident, IncidentLink, IncidentNote, LinkHow, LinkStanding, LinkTarget};
use rusqlite::{OptionalExtension, Row, named_params};
use std::collections::HashMap;

const NOTE_COLUMNS: &str = "id, incident, at, recorded_at, role, member, text, url";
const LINK_COLUMNS: &str = "id, incident, interrupt, deployment, item, how, standing";

impl Reader<'_> {
    /// The services that each incident affected, in the team's order.
    pub fn incident_services(&self) -> Result<HashMap<IncidentId, Vec<ServiceId>>> {
        let mut select = self.connection.prepare_cached(
            "SELECT affected.incident, affected.service
               FROM incident_service AS affected
               JOIN service ON service.id = affected.service
              ORDER BY service.rank, service.id",
        )?;
        let mut services: HashMap<IncidentId, Vec<ServiceId>> = HashMap::new();
        for row in select.query_map([], |row| Ok((row.word("incident")?, row.word("service")?)))? {
            let (incident, service) = row?;
            services.entry(incident).or_default().push(service);
        }
        Ok(services)
    }

    /// The notes of an incident, by the moments of which they tell.
    pub fn incident_notes(&self, id: IncidentId) -> Result<Vec<IncidentNote>> {
        let sql = format!(
            "SELECT {NOTE_COLUMNS} FROM incident_note WHERE incident = :id ORDER BY at, recorded_at, id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_map(named_params! { ":id": Text(id) }, read_note)?.collect::<Result<_, _>>()?)
    }

    /// A note by its identity.
    pub fn incident_note(&self, id: RowId) -> Result<Option<IncidentNote>> {
        let sql = format!("SELECT {NOTE_COLUMNS} FROM incident_note WHERE id = :id");
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_note).optional()?)
    }

    /// The links of an incident, or of all of them, in the order in which they were made.
    pub fn incident_links(&self, of: Option<IncidentId>) -> Result<Vec<IncidentLink>> {
        let sql = format!(
            "SELECT {LINK_COLUMNS} FROM incident_link WHERE :id IS NULL OR incident = :id ORDER BY id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        Ok(select.query_map(named_params! { ":id": text(of) }, read_link)?.collect::<Result<_, _>>()?)
    }

    /// The incidents that an interrupt or an item belongs to, with how.
    pub fn incidents_of(&self, of: IncidentsOf) -> Result<Vec<(Incident, LinkHow)>> {
        let (column, id) = match of {
            IncidentsOf::Interrupt(id) => ("interrupt", id.to_string()),
            IncidentsOf::Item(id) => ("item", id.to_string()),
        };
        let columns = format!("{OWN_COLUMNS}, {NOW_COLUMNS}").replace(", ", ", incident.");
        let sql = format!(
            "SELECT incident.{columns}, incident_link.how
               FROM incident_link
               JOIN incident ON incident.id = incident_link.incident
              WHERE incident_link.{column} = :id AND incident_link.standing = 'confirmed'
              ORDER BY incident_link.id"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let incidents = select
            .query_map(named_params! { ":id": id }, |row| Ok((read_incident(row)?, row.word("how")?)))?;
        Ok(incidents.collect::<Result<_, _>>()?)
    }
}

impl Writer<'_> {
    /// Says which services an incident affected; those that stay keep their rows.
    pub fn put_incident_services(&mut self, incident: IncidentId, services: &[ServiceId]) -> Result<()> {
        let known = self.incident_services()?.remove(&incident).unwrap_or_default();
        for gone in known.iter().filter(|service| !services.contains(service)) {
            self.connection
                .prepare_cached(
                    "DELETE FROM incident_service WHERE incident = :incident AND service = :service",
                )?
                .execute(named_params! { ":incident": Text(incident), ":service": Text(gone) })?;
        }
        for (place, service) in services.iter().enumerate() {
            if known.contains(service) || services.iter().take(place).any(|other| other == service) {
                continue;
            }
            let id: RowId = self.identity();
            self.connection
                .prepare_cached(
                    "INSERT INTO incident_service (id, incident, service) VALUES (:id, :incident, :service)",
                )?
                .execute(named_params! {
                    ":id": Text(id), ":incident": Text(incident), ":service": Text(service),
                })?;
        }
        Ok(())
    }

    /// Writes a note, or corrects the one with its identity; when it was first written down stays.
    pub fn put_incident_note(&mut self, note: &IncidentNote) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO incident_note (id, operation, incident, at, recorded_at, role, member, text, url)
                 VALUES (:id, :operation, :incident, :at, :recorded_at, :role, :member, :text, :url)
                 ON CONFLICT (id) DO UPDATE
                    SET at = excluded.at, role = excluded.role, member = excluded.member, text = excluded.text,
                        url = excluded.url",
            )?
            .execute(named_params! {
                ":id": Text(note.id),
                ":operation": self.operation,
                ":incident": Text(note.incident),
                ":at": Number(note.at),
                ":recorded_at": Number(note.recorded_at),
                ":role": note.role,
                ":member": text(note.member),
                ":text": note.text,
                ":url": note.url,
            })?;
        Ok(())
    }

    /// Takes a note away; the journal keeps it.
    pub fn remove_incident_note(&mut self, id: RowId) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM incident_note WHERE id = ?1")?.execute([Text(id)])?;
        Ok(())
    }

    /// Links an incident, or says something else of a link that is there.
    pub fn put_incident_link(
        &mut self,
        incident: IncidentId,
        to: LinkTarget,
        how: LinkHow,
        standing: LinkStanding,
    ) -> Result<()> {
        let known = self.incident_links(Some(incident))?.into_iter().find(|link| link.to == to);
        let id: RowId = known.map_or_else(|| self.identity(), |link| link.id);
        let (mut interrupt, mut deployment, mut item) = (None, None, None);
        match to {
            LinkTarget::Interrupt(id) => interrupt = Some(id),
            LinkTarget::Deployment(id) => deployment = Some(id),
            LinkTarget::Item(id) => item = Some(id),
        }
        self.connection
            .prepare_cached(
                "INSERT INTO incident_link (id, incident, interrupt, deployment, item, how, standing)
                 VALUES (:id, :incident, :interrupt, :deployment, :item, :how, :standing)
                 ON CONFLICT (id) DO UPDATE SET how = excluded.how, standing = excluded.standing",
            )?
            .execute(named_params! {
                ":id": Text(id),
                ":incident": Text(incident),
                ":interrupt": text(interrupt),
                ":deployment": text(deployment),
                ":item": text(item),
                ":how": Text(how),
                ":standing": Text(standing),
            })?;
        Ok(())
    }

    /// Takes a link away.
    pub fn remove_incident_link(&mut self, id: RowId) -> Result<()> {
        let gone =
            self.connection.prepare_cached("DELETE FROM incident_link WHERE id = ?1")?.execute([Text(id)])?;
        if gone == 0 { Err(StoreError::Unknown("link")) } else { Ok(()) }
    }
}

fn read_note(row: &Row<'_>) -> rusqlite::Result<IncidentNote> {
    Ok(IncidentNote {
        id: row.word("id")?,
        incident: row.word("incident")?,
        at: row.number("at")?,
        role: row.get("role")?,
        member: row.maybe_word("member")?,
        text: row.get("text")?,
        url: row.get("url")?,
        recorded_at: row.number("recorded_at")?,
    })
}

fn read_link(row: &Row<'_>) -> rusqlite::Result<IncidentLink> {
    let interrupt = row.maybe_word("interrupt")?.map(LinkTarget::Interrupt);
    let deployment = row.maybe_word("deployment")?.map(LinkTarget::Deployment);
    let to = match interrupt.or(deployment) {
        Some(to) => to,
        None => LinkTarget::Item(row.word("item")?),
    };
    Ok(IncidentLink {
        id: row.word("id")?,
        incident: row.word("incident")?,
        to,
        how: row.word("how")?,
        standing: row.word("standing")?,
    })
}
