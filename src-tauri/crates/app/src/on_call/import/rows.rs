//! Shifts in the rows of a table.

use super::{Read, Shift, ShiftColumns, ShiftLeftOut};
use crate::error::{AppError, sentence};
use crate::exchange::dates::{self, OrderEvidence};
use crate::exchange::table::{Reading, Row, Table};
use domain::calendar::{Instant, Zone};

/// Words by which a column is known, in the order in which they are looked for.
const FROM: &[&str] = &["from", "start", "begin", "since"];
const TO: &[&str] = &["to", "end", "until", "finish"];
const PERSON: &[&str] =
    &["person", "who", "name", "member", "user", "engineer", "assignee", "email", "primary"];

/// Reads a table; the columns are chosen, or found by their names.
pub(super) fn read(bytes: &[u8], chosen: Option<&ShiftColumns>, zone: Zone) -> Result<Read, AppError> {
    let table = Table::read(bytes, Reading::default())
        .map_err(|why| AppError::refused(sentence(&why.to_string()), why.way_out()))?;
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    let found = |words: &[&str], not: &[&str]| {
        let word_of = |name: &String| {
            let parts: Vec<String> = name
                .to_lowercase()
                .split(|letter: char| !letter.is_alphanumeric())
                .map(str::to_owned)
                .collect();
            words.iter().position(|word| parts.iter().any(|part| part == word))
        };
        let free = names.iter().filter(|name| !not.contains(&name.as_str()));
        free.filter_map(|name| Some((word_of(name)?, name)))
            .min_by_key(|(rank, _)| *rank)
            .map(|(_, name)| name.clone())
    };
    let columns = match chosen {
        Some(chosen) => chosen.clone(),
        None => {
            let from = found(FROM, &[]).unwrap_or_default();
            let to = found(TO, &[&from]).unwrap_or_default();
            let person = found(PERSON, &[&from, &to]).unwrap_or_default();
            ShiftColumns { from, to, person }
        }
    };
    let place = |name: &str| table.column(name).and_then(|column| column.positions.first().copied());
    let mut read = Read { columns: names.clone(), chosen: Some(columns.clone()), ..Read::default() };
    let (Some(from), Some(person)) = (place(&columns.from), place(&columns.person)) else {
        read.notes.push("Choose the columns that say when a shift begins and who has it.".to_owned());
        read.left_out.push(ShiftLeftOut {
            line: Some(1),
            what: names.join(", "),
            why: "no column says when a shift begins, or who has it".to_owned(),
        });
        return Ok(read);
    };
    let to = place(&columns.to);
    let mut order = OrderEvidence::default();
    let mut rows = table.rows();
    while let Some(row) = rows.next() {
        order.add(row.cell(from));
        order.add(to.map_or("", |to| row.cell(to)));
    }
    if order.is_ambiguous() || order.is_mixed() {
        read.notes.push(
            "No date proves whether the day or the month comes first; it is read day first.".to_owned(),
        );
    }
    let order = order.order();
    let left_out = |row: &Row<'_>, why: String| ShiftLeftOut {
        line: Some(row.line),
        what: [Some(from), to, Some(person)]
            .into_iter()
            .flatten()
            .map(|at| row.cell(at))
            .collect::<Vec<_>>()
            .join(" · "),
        why,
    };
    let has_time = |text: &str| text.contains(':');
    // Without a column for the end a shift lasts until the next one begins.
    let mut open: Option<(String, Instant, ShiftLeftOut)> = None;
    let mut rows = table.rows();
    while let Some(row) = rows.next() {
        let who = row.cell(person).trim().replace('\0', "");
        let begin = match dates::read(row.cell(from), order, zone) {
            Ok(begin) => begin,
            Err(why) => {
                read.left_out.push(left_out(&row, format!("its beginning: {why}")));
                continue;
            }
        };
        let Some(to) = to else {
            if let Some((person, from, left)) = open.take() {
                if from < begin {
                    read.shifts.push(Shift { person, from, to: begin, level: None });
                } else {
                    read.left_out
                        .push(ShiftLeftOut { why: "the next shift does not begin later".to_owned(), ..left });
                }
            }
            let left = left_out(&row, "no later shift says when it ends".to_owned());
            open = (!who.is_empty()).then_some((who, begin, left));
            continue;
        };
        if who.is_empty() {
            read.left_out.push(left_out(&row, "nobody is named".to_owned()));
            continue;
        }
        let end = match dates::read(row.cell(to), order, zone) {
            // The last day is on call too.
            Ok(end) if !has_time(row.cell(to)) => zone.start_of(zone.day_of(end).plus(1)),
            Ok(end) => end,
            Err(why) => {
                read.left_out.push(left_out(&row, format!("its end: {why}")));
                continue;
            }
        };
        if end <= begin {
            read.left_out.push(left_out(&row, "it ends before it begins".to_owned()));
            continue;
        }
        if end.millis() - begin.millis() > 366 * 86_400_000 {
            read.left_out.push(left_out(&row, "it lasts longer than a year".to_owned()));
            continue;
        }
        read.shifts.push(Shift { person: who, from: begin, to: end, level: None });
    }
    read.left_out.extend(open.map(|(_, _, left)| left));
    Ok(read)
}
