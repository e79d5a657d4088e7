//! Services, and what is known of how they answered.

use crate::Result;
use crate::journal::{Reader, Writer};
use crate::row::{Columns, Text};
use domain::backlog::Rank;
use domain::identity::ServiceId;
use domain::reliability::Service;
use rusqlite::{OptionalExtension, Row, named_params};

impl Reader<'_> {
    /// The services, in the team's order.
    pub fn services(&self) -> Result<Vec<Service>> {
        let mut select =
            self.connection.prepare_cached("SELECT id, name, note FROM service ORDER BY rank, id")?;
        Ok(select.query_map([], read_service)?.collect::<Result<_, _>>()?)
    }

    /// One service, if it is there.
    pub fn service(&self, id: ServiceId) -> Result<Option<Service>> {
        let mut select = self.connection.prepare_cached("SELECT id, name, note FROM service WHERE id = :id")?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, read_service).optional()?)
    }
}

impl Writer<'_> {
    /// Adds a service after the others, or changes the one with its identity.
    pub fn put_service(&mut self, service: &Service) -> Result<()> {
        let last: Option<Rank> = self
            .connection
            .prepare_cached("SELECT rank FROM service ORDER BY rank DESC, id DESC LIMIT 1")?
            .query_row([], |row| row.word("rank"))
            .optional()?;
        self.connection
            .prepare_cached(
                "INSERT INTO service (id, name, rank, note)
                 VALUES (:id, :name, :rank, :note)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, note = excluded.note",
            )?
            .execute(named_params! {
                ":id": Text(service.id), ":name": service.name,
                ":rank": Text(Rank::between(last.as_ref(), None)), ":note": service.note,
            })?;
        Ok(())
    }
}

fn read_service(row: &Row<'_>) -> rusqlite::Result<Service> {
    Ok(Service { id: row.word("id")?, name: row.get("name")?, note: row.get("note")? })
}
