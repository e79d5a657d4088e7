//! Words that all charts use.
//!
//! 1. One point is a point, many are points; numbers have no needless zeros.
//! 2. Names and titles of people are data: one line, not endless.

use crate::fonts::one_line;
use crate::ticks::{self, plain};
use domain::calendar::Day;
use domain::flow::Unit;
use domain::measures::{Share, Size as Amount};

/// The longest name or title that goes into a text, in characters.
const LONGEST: usize = 200;

/// “17 points”, “1 item”.
pub(crate) fn amount(size: Amount, unit: Unit) -> String {
    let many = if size == one() { "" } else { "s" };
    format!("{} {}{many}", plain(size.in_points()), singular(unit))
}

/// “21.5 points”, “1 item”: of a figure that is no size.
pub(crate) fn number_of(value: f64, unit: Unit) -> String {
    let written = plain(value);
    let many = if written == "1" { "" } else { "s" };
    format!("{written} {}{many}", singular(unit))
}

pub(crate) fn singular(unit: Unit) -> &'static str {
    match unit {
        Unit::Points => "point",
        Unit::Items => "item",
    }
}

/// “+ 5”, “− 3”, nothing for nothing.
pub(crate) fn signed(change: Amount) -> String {
    let points = change.in_points();
    if points > 0.0 {
        format!("+ {}", plain(points))
    } else if points < 0.0 {
        format!("− {}", plain(-points))
    } else {
        String::new()
    }
}

/// “1 day”, “2 days”.
pub(crate) fn counted(count: u32, what: &str) -> String {
    let many = if count == 1 { "" } else { "s" };
    if count < 10_000 {
        format!("{count} {what}{many}")
    } else {
        format!("{} {what}{many}", plain(f64::from(count)))
    }
}

pub(crate) fn is_are(size: Amount) -> &'static str {
    if size == one() { "is" } else { "are" }
}

pub(crate) fn one() -> Amount {
    Amount::points(1)
}

/// A number in tenths.
pub(crate) fn tenths(value: f64) -> f64 {
    (value * 10.0).round()
}

/// Tenths as a number.
pub(crate) fn tenth(tenths: f64) -> String {
    plain(tenths / 10.0)
}

/// “12 %”: whole per cent, as a headline says it.
pub(crate) fn percent(share: Share) -> String {
    format!("{} %", plain(whole_percent(share)))
}

/// The nearest whole per cent.
pub(crate) fn whole_percent(share: Share) -> f64 {
    (share.in_basis_points() as f64 / 100.0).round()
}

/// “A, B and C”; of more than so many the first are named: “A, B and 3 more”.
pub(crate) fn listed(names: &[String], most: usize) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [others @ .., last] if names.len() <= most => format!("{} and {last}", others.join(", ")),
        many => {
            let shown = most.saturating_sub(1).max(1);
            format!("{} and {} more", many[..shown].join(", "), many.len() - shown)
        }
    }
}

/// “as of 3 November 2026”, where a past day is told.
pub(crate) fn as_of(day: Option<Day>) -> Option<String> {
    day.map(|day| format!("as of {}", ticks::in_full(day)))
}

/// A name, safe to draw; what stands for it where nothing is left.
pub(crate) fn name_or(text: &str, otherwise: &str) -> String {
    let name = clean(text);
    if name.is_empty() { otherwise.to_owned() } else { name }
}

/// People's text on one line, not endless.
pub(crate) fn clean(text: &str) -> String {
    let line = one_line(text);
    if line.chars().count() <= LONGEST { line } else { line.chars().take(LONGEST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_one_and_many_are_many() {
        let told = |value| (number_of(value, Unit::Points), number_of(value, Unit::Items));
        assert_eq!(told(1.0), ("1 point".into(), "1 item".into()));
        assert_eq!(told(0.0), ("0 points".into(), "0 items".into()));
        assert_eq!(told(1.004), ("1 point".into(), "1 item".into()));
        assert_eq!(told(21.5), ("21.5 points".into(), "21.5 items".into()));
        assert_eq!((counted(1, "Sprint"), counted(12, "Sprint")), ("1 Sprint".into(), "12 Sprints".into()));
    }

    #[test]
    fn a_list_names_the_first_and_counts_the_rest() {
        let names = |count: usize| {
            ["A", "B", "C", "D", "E"][..count].iter().map(|&name| name.to_owned()).collect::<Vec<_>>()
        };
        let told: Vec<String> = (0..=5).map(|count| listed(&names(count), 3)).collect();
        assert_eq!(told, ["", "A", "A and B", "A, B and C", "A, B and 2 more", "A, B and 3 more"]);
    }
}
