//! Outages and maintenance that came from a file: what it said of them last.
//!
//! 1. What was seen last is JSON of the caller's; nothing here looks into it.

use crate::Result;
use crate::journal::{Reader, Writer};
use crate::row::Text;
use domain::identity::RowId;
use rusqlite::{OptionalExtension, named_params};

impl Reader<'_> {
    /// What its source said last of an outage or of maintenance, as JSON; none where nothing was kept.
    pub fn outage_last_seen(&self, id: RowId) -> Result<Option<String>> {
        let mut select =
            self.connection.prepare_cached("SELECT last_seen FROM outside_outage WHERE id = :id")?;
        Ok(select.query_row(named_params! { ":id": Text(id) }, |row| row.get("last_seen")).optional()?)
    }
}

impl Writer<'_> {
    /// Keeps what its source says of an outage or of maintenance, as JSON.
    pub fn put_outage_last_seen(&mut self, id: RowId, last_seen: &str) -> Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO outside_outage (id, last_seen)
                 VALUES (:id, :last_seen)
                 ON CONFLICT (id) DO UPDATE SET last_seen = excluded.last_seen",
            )?
            .execute(named_params! { ":id": Text(id), ":last_seen": last_seen })?;
        Ok(())
    }
}
