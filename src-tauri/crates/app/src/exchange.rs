//! Import of delimited files.
//!
//! 1. Bytes become a [`table::Table`], a table and a [`mapping::Mapping`] become [`rows::Draft`]s; nothing is written
//!    on the way.
//! 2. Whatever is not taken is reported: rows, cells and columns.

pub mod dates;
pub mod mapping;
pub mod names;
pub mod rows;
pub mod table;

#[cfg(test)]
mod tests;
