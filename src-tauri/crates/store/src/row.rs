//! Values of the domain in columns: words, days and identities as TEXT, measures as INTEGER.

use domain::backlog::Dated;
use domain::calendar::{Instant, WorkingWeek};
use domain::measures::{Minutes, Share, Size};
use domain::sprint::Grace;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Row, RowIndex};
use std::fmt::Display;
use std::str::FromStr;

/// A value that is stored as the text it shows.
pub(crate) struct Text<T>(pub T);

impl<T: Display> ToSql for Text<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.to_string()))
    }
}

impl<T: FromStr> FromSql for Text<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Text<T>> {
        value.as_str()?.parse().map(Text).map_err(|error: T::Err| FromSqlError::Other(Box::new(error)))
    }
}

/// An optional value that is stored as the text it shows, or as NULL.
pub(crate) fn text<T>(value: Option<T>) -> Option<Text<T>> {
    value.map(Text)
}

/// Values as a JSON list of the texts they show, for `IN (SELECT value FROM json_each(:list))`: one question for many.
/// Only for what shows no quotation mark, such as identities.
pub(crate) fn list<T: Display>(values: &[T]) -> String {
    let texts: Vec<String> = values.iter().map(|value| format!("\"{value}\"")).collect();
    format!("[{}]", texts.join(","))
}

/// A value that is stored as a whole number.
pub(crate) struct Number<T>(pub T);

macro_rules! numbers {
    ($($measure:ty: $into:ident, $from:path);* $(;)?) => {$(
        impl ToSql for Number<$measure> {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.0.$into()))
            }
        }
        impl FromSql for Number<$measure> {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Number<$measure>> {
                value.as_i64().map(|number| Number($from(number)))
            }
        }
    )*};
}
numbers! {
    Instant: millis, Instant::from_millis;
    Size: in_hundredths, Size::hundredths;
    Share: in_basis_points, Share::basis_points;
    Minutes: in_minutes, Minutes::new;
}

impl FromSql for Number<WorkingWeek> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Number<WorkingWeek>> {
        let bits = value.as_i64()?;
        let week = u8::try_from(bits).ok().and_then(WorkingWeek::from_bits);
        week.map(Number).ok_or(FromSqlError::OutOfRange(bits))
    }
}

impl FromSql for Number<Grace> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Number<Grace>> {
        let days = value.as_i64()?;
        let grace = u8::try_from(days).ok().and_then(|days| Grace::of_days(days).ok());
        grace.map(Number).ok_or(FromSqlError::OutOfRange(days))
    }
}

/// Reads columns as values of the domain, by their names; where thousands of rows are read by their places, from 0: a
/// name is looked up in each row anew.
pub(crate) trait Columns {
    /// A TEXT column.
    fn word<T: FromStr>(&self, column: impl RowIndex) -> rusqlite::Result<T>
    where
        T::Err: std::error::Error + Send + Sync + 'static;
    /// A TEXT column that may be NULL.
    fn maybe_word<T: FromStr>(&self, column: impl RowIndex) -> rusqlite::Result<Option<T>>
    where
        T::Err: std::error::Error + Send + Sync + 'static;
    /// An INTEGER column.
    fn number<T>(&self, column: impl RowIndex) -> rusqlite::Result<T>
    where
        Number<T>: FromSql;
    /// An INTEGER column that may be NULL.
    fn maybe_number<T>(&self, column: impl RowIndex) -> rusqlite::Result<Option<T>>
    where
        Number<T>: FromSql;
}

impl Columns for Row<'_> {
    fn word<T: FromStr>(&self, column: impl RowIndex) -> rusqlite::Result<T>
    where
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        self.get::<_, Text<T>>(column).map(|text| text.0)
    }

    fn maybe_word<T: FromStr>(&self, column: impl RowIndex) -> rusqlite::Result<Option<T>>
    where
        T::Err: std::error::Error + Send + Sync + 'static,
    {
        self.get::<_, Option<Text<T>>>(column).map(|text| text.map(|text| text.0))
    }

    fn number<T>(&self, column: impl RowIndex) -> rusqlite::Result<T>
    where
        Number<T>: FromSql,
    {
        self.get::<_, Number<T>>(column).map(|number| number.0)
    }

    fn maybe_number<T>(&self, column: impl RowIndex) -> rusqlite::Result<Option<T>>
    where
        Number<T>: FromSql,
    {
        self.get::<_, Option<Number<T>>>(column).map(|number| number.map(|number| number.0))
    }
}

/// A fact with its subject, of the columns `subject, id, operation, happened_at, recorded_at, kind` by their names, and of
/// what the caller reads of the kind. Refused: a kind that nobody knows.
pub(crate) fn dated<S, F>(
    row: &Row<'_>,
    fact: impl FnOnce(&str) -> rusqlite::Result<Option<F>>,
) -> rusqlite::Result<(S, Dated<F>)>
where
    S: FromStr,
    S::Err: std::error::Error + Send + Sync + 'static,
{
    let kind: String = row.get("kind")?;
    let fact = fact(&kind)?.ok_or_else(|| {
        let unreadable = domain::UnknownWord { word: kind };
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(unreadable))
    })?;
    let dated = Dated {
        id: row.word("id")?,
        operation: row.get("operation")?,
        happened_at: row.number("happened_at")?,
        recorded_at: row.number("recorded_at")?,
        fact,
    };
    Ok((row.word("subject")?, dated))
}
