//! What came from outside: by what a source knows it, and what it said of it last.
//!
//! 1. Each kind of thing has a table `outside_…` with the columns id, the thing, source, key, last_seen and seen_at.
//! 2. The same key of the same source is the same thing, for ever.
//! 3. What was seen last is JSON of the caller's; nothing here looks into it.

use crate::journal::{Reader, Writer};
use crate::row::{Columns, Number, Text};
use crate::{Result, StoreError};
use domain::identity::RowId;
use rusqlite::{OptionalExtension, named_params};
use std::fmt::Display;
use std::str::FromStr;

/// A kind of thing that comes from outside, by its column; its table is `outside_` and that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outside(pub &'static str);

/// Items.
pub(crate) const ITEM: Outside = Outside("item");
/// Interrupts.
pub(crate) const INTERRUPT: Outside = Outside("interrupt");
/// Incidents.
pub(crate) const INCIDENT: Outside = Outside("incident");

impl Outside {
    /// The row, the thing and what was seen last, where a source knows a thing by a key.
    pub fn find<T: FromStr>(
        self,
        reader: &Reader<'_>,
        source: &str,
        key: &str,
    ) -> Result<Option<(RowId, T, String)>>
    where
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        let Outside(thing) = self;
        let mut select = reader.connection.prepare_cached(&format!(
            "SELECT id, {thing}, last_seen
               FROM outside_{thing}
              WHERE source = :source AND key = :key
              ORDER BY id
              LIMIT 1"
        ))?;
        let found = select.query_row(named_params! { ":source": source, ":key": key }, |row| {
            Ok((row.word("id")?, row.word(thing)?, row.get("last_seen")?))
        });
        Ok(found.optional()?)
    }

    /// Writes down by what a source knows a thing, and what it says of it.
    pub fn add(
        self,
        writer: &mut Writer<'_>,
        of: impl Display,
        source: &str,
        key: &str,
        last_seen: &str,
    ) -> Result<()> {
        let Outside(thing) = self;
        let id: RowId = writer.identity();
        writer
            .connection
            .prepare_cached(&format!(
                "INSERT INTO outside_{thing} (id, {thing}, source, key, last_seen, seen_at)
                 VALUES (:id, :of, :source, :key, :last_seen, :seen_at)"
            ))?
            .execute(named_params! {
                ":id": Text(id), ":of": Text(of), ":source": source, ":key": key, ":last_seen": last_seen,
                ":seen_at": Number(writer.now),
            })?;
        Ok(())
    }

    /// Writes down what a source says now of a thing that it knew already.
    pub fn seen(self, writer: &mut Writer<'_>, row: RowId, last_seen: &str) -> Result<()> {
        let Outside(thing) = self;
        let changed = writer
            .connection
            .prepare_cached(&format!(
                "UPDATE outside_{thing} SET last_seen = :last_seen, seen_at = :seen_at WHERE id = :id"
            ))?
            .execute(named_params! {
                ":id": Text(row), ":last_seen": last_seen, ":seen_at": Number(writer.now),
            })?;
        if changed == 0 { Err(StoreError::Unknown(thing)) } else { Ok(()) }
    }
}
